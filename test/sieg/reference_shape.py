"""Stage A: types, forms, limits, required and unknown fields, driven by the field tables.

A document that passes comes out with amounts as cents, rates as fractions, days as dates and
defaults filled in; an optional field that is absent stays absent.
"""

import re
from datetime import date
from fractions import Fraction

from reference_base import Problems, pointer
from reference_json import Number
from reference_tables import TABLES

LARGEST_INPUT_AMOUNT = 10 ** 13

MONEY = re.compile(r"(-?)(0|[1-9][0-9]*)(?:\.([0-9]{1,2}))?")
DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,12})?")
FRACTION = re.compile(r"-?(?:0|[1-9][0-9]{0,8})/[1-9][0-9]{0,8}")
DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
MONTH_DAY = re.compile(r"([0-9]{2})-([0-9]{2})")
ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")


class Wrong(Exception):
    """The code of the first check that a value fails."""


def need_string(value, number_code="E_TYPE"):
    if isinstance(value, Number):
        raise Wrong(number_code)
    if not isinstance(value, str):
        raise Wrong("E_TYPE")
    return value


def read_money(value):
    match = MONEY.fullmatch(need_string(value, "E_MONEY_FLOAT"))
    if not match:
        raise Wrong("E_MONEY_FORMAT")
    sign, units, decimals = match.groups()
    # The length is looked at first: no number of digits must be slow or refused by int().
    cents = 0 if len(units) > 15 else int(units) * 100 + int((decimals or "").ljust(2, "0"))
    if len(units) > 15 or cents > LARGEST_INPUT_AMOUNT:
        raise Wrong("E_OVERFLOW")
    return -cents if sign else cents


def read_rate(value):
    text = need_string(value, "E_RATE_FLOAT")
    if not DECIMAL.fullmatch(text) and not FRACTION.fullmatch(text):
        raise Wrong("E_RATE_FORMAT")
    return Fraction(text)


def not_negative(reader, code="E_NEGATIVE"):
    def read(value):
        result = reader(value)
        if result < 0:
            raise Wrong(code)
        return result
    return read


def read_positive_rate(value):
    result = not_negative(read_rate)(value)
    if result == 0:
        raise Wrong("E_RANGE")
    return result


def real_day(year, month, day):
    try:
        return date(year, month, day)
    except ValueError:
        raise Wrong("E_DATE") from None


def read_date(value):
    match = DATE.fullmatch(need_string(value))
    if not match:
        raise Wrong("E_DATE")
    year, month, day = map(int, match.groups())
    if not 1990 <= year <= 2100:
        raise Wrong("E_DATE")
    return real_day(year, month, day)


def read_month_day(value):
    match = MONTH_DAY.fullmatch(need_string(value))
    if not match:
        raise Wrong("E_DATE")
    month, day = map(int, match.groups())
    # A year without 29 February: the day must exist in every year.
    real_day(2001, month, day)
    return month, day


def read_id(value):
    if not ID.fullmatch(need_string(value)):
        raise Wrong("E_ID")
    return value


def read_text(value):
    if not 1 <= len(need_string(value).encode()) <= 2000:
        raise Wrong("E_TEXT")
    return value


def read_bool(value):
    if not isinstance(value, bool):
        raise Wrong("E_TYPE")
    return value


def read_int(value, least, most):
    if not isinstance(value, Number) or not INTEGER.fullmatch(value.text):
        raise Wrong("E_TYPE")
    if len(value.text) > 18 or not least <= int(value.text) <= most:
        raise Wrong("E_RANGE")
    return int(value.text)


def read_enum(value, words):
    if need_string(value) not in words:
        raise Wrong("E_ENUM")
    return value


SCALARS = {
    "money": read_money,
    "money>=0": not_negative(read_money),
    "rate": read_rate,
    "rate>=0": not_negative(read_rate),
    "rate>0": read_positive_rate,
    "key value": not_negative(read_rate, "E_KEY_NEGATIVE"),
    "date": read_date,
    "month-day": read_month_day,
    "id": read_id,
    "text": read_text,
    "bool": read_bool,
}


class Shape:
    """One walk over a document, collecting every error."""

    def __init__(self):
        self.problems = Problems()

    def value(self, kind, value, path):
        """The converted value, None when there is an error at this very place."""
        if isinstance(kind, str):
            return self.scalar(SCALARS[kind], value, path)
        name, *limits = kind
        if name == "object":
            return self.object(TABLES[limits[0]], value, path)
        if name == "array":
            return self.array(*limits, value, path)
        if name == "int":
            return self.scalar(read_int, value, path, *limits)
        return self.scalar(read_enum, value, path, limits[0])

    def scalar(self, reader, value, path, *limits):
        try:
            return reader(value, *limits)
        except Wrong as wrong:
            self.problems.add(str(wrong), path)
            return None

    def array(self, item, least, most, value, path):
        if not isinstance(value, list):
            self.problems.add("E_TYPE", path)
            return None
        if not least <= len(value) <= most:
            self.problems.add("E_ITEMS", path)
            return None
        return [self.value(item, child, f"{path}/{i}") for i, child in enumerate(value)]

    def object(self, fields, value, path):
        if not isinstance(value, dict):
            self.problems.add("E_TYPE", path)
            return None
        for name in value.keys() - fields.keys():
            self.problems.add("E_FIELD_UNKNOWN", pointer(path, name))
        result = {}
        for name, (kind, needed) in fields.items():
            if name in value:
                result[name] = self.value(kind, value[name], pointer(path, name))
            elif needed == "required":
                self.problems.add("E_REQUIRED", pointer(path, name))
            elif needed != "optional":
                result[name] = needed()
        return result


def check(operation, document):
    """The converted document; raises Refused with every error of shape."""
    shape = Shape()
    result = shape.value(("object", operation), document, "")
    shape.problems.stop_if_any()
    return result
