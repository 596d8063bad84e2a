"""What every operation shares: errors, dates, rounding, legal data, figures, the shell of a result.

Amounts are integers of cents and rates are exact fractions everywhere, because a legal test on a
ceiling must not depend on a binary approximation.
"""

from datetime import date, timedelta
from fractions import Fraction
from math import floor

CONTRACT = "halle-sieg/1"
DATA_VERSION = "2026-11-23"
LARGEST_RESULT = 10 ** 15


class Refused(Exception):
    """Ends a run; carries the exit status and the (path, code) pairs."""

    def __init__(self, status, errors):
        super().__init__(errors)
        self.status = status
        self.errors = errors


class Problems:
    """Errors of one stage. A set, because the same path and code are reported once."""

    def __init__(self):
        self.found = set()

    def add(self, code, path):
        self.found.add((path, code))

    def stop_if_any(self):
        if self.found:
            raise Refused(1, self.found)


class Money(int):
    """An amount of cents that goes to the output."""


def pointer(path, name):
    """One more step of a JSON pointer."""
    return path + "/" + str(name).replace("~", "~0").replace("/", "~1")


def report_repeats(problems, path, items, field):
    """E_DUPLICATE at the field of each item whose value an earlier item of the array has."""
    seen = set()
    for index, item in enumerate(items):
        if item[field] in seen:
            problems.add("E_DUPLICATE", f"{path}/{index}/{field}")
        seen.add(item[field])


# --- rounding ---------------------------------------------------------------------------------

def line(value):
    """To the unit, half away from zero."""
    size = floor(abs(Fraction(value)) + Fraction(1, 2))
    return -size if value < 0 else size


def ceiling_of(value):
    return -floor(-value)


def percent_text(value):
    """Two decimals, half away from zero, for a percentage given for information."""
    return money_text(line(value * 100))


def money_text(cents):
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def rational_text(value):
    value = Fraction(value)
    if value.denominator == 1:
        return str(value.numerator)
    return f"{value.numerator}/{value.denominator}"


def split(total, weights):
    """Largest remainder; a negative total is shared as its opposite, then the sign comes back."""
    size = abs(total)
    whole = sum(weights)
    exact = [Fraction(size) * weight / whole for weight in weights]
    parts = [floor(share) for share in exact]
    # sorted() keeps the declared order of equal remainders.
    by_remainder = sorted(range(len(parts)), key=lambda i: parts[i] - exact[i])
    for index in by_remainder[:size - sum(parts)]:
        parts[index] += 1
    return [-part for part in parts] if total < 0 else parts


# --- dates ------------------------------------------------------------------------------------

DAY = timedelta(days=1)


def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_year(year):
    return 366 if is_leap(year) else 365


def days_in_month(year, month):
    if month == 2:
        return 29 if is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def add_years(day, years):
    year = day.year + years
    return date(year, day.month, min(day.day, days_in_month(year, day.month)))


def add_months(day, months):
    """The last day of a month stays the last day of a month."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    length = days_in_month(year, month)
    if day.day == days_in_month(day.year, day.month):
        return date(year, month, length)
    return date(year, month, min(day.day, length))


def day_fraction(first, last):
    """Share of a calendar year that a period inside it covers."""
    return Fraction((last - first).days + 1, days_in_year(first.year))


def easter(year):
    """Sunday of Easter, Gregorian: the paschal full moon, then the Sunday after it."""
    golden = year % 19
    century = year // 100
    # Age of the moon on 22 March, with the century corrections of sun and moon.
    epact = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    # The two exceptions keep the full moon on or before 18 April.
    if epact == 29 or (epact == 28 and golden > 10):
        epact -= 1
    full_moon = date(year, 3, 21) + epact * DAY
    # weekday(): Monday 0 .. Sunday 6; a full moon on a Sunday sends Easter a week later.
    return full_moon + (6 - full_moon.weekday() or 7) * DAY


FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))


def is_holiday(day, calendar):
    local = calendar == "alsace-moselle"
    if (day.month, day.day) in FIXED_HOLIDAYS or (local and (day.month, day.day) == (12, 26)):
        return True
    from_easter = (day - easter(day.year)).days
    return from_easter in (1, 39, 50) or (local and from_easter == -2)


def add_working_days(day, count, calendar):
    while count:
        day += DAY
        if day.weekday() < 5 and not is_holiday(day, calendar):
            count -= 1
    return day


# --- legal data -------------------------------------------------------------------------------

def regime_of(act_date):
    """The Decision that an act follows, None before the first one."""
    if act_date < date(2005, 12, 19):
        return None
    if act_date <= date(2012, 1, 30):
        return "2005/842"
    if act_date <= date(2026, 1, 7):
        return "2012/21"
    return "2025/2630"


REGIME_PREFIX = {"2005/842": "DEC05", "2012/21": "DEC12", "2025/2630": "DEC25"}
CONTROL_YEARS = {"2005/842": 1, "2012/21": 3, "2025/2630": 5}


def regime_rule(regime, letter):
    """DEC*-X of the regime; its general rule when section 12 has no such rule."""
    prefix = REGIME_PREFIX[regime]
    rule = f"{prefix}-{letter}"
    return rule if rule in RULES else prefix


class Regulation:
    """A de minimis regulation: its days, both included, its ceiling in cents, kind and rule."""

    def __init__(self, name, first, last, ceiling, kind, rule):
        self.name = name
        self.first = date.fromisoformat(first)
        self.last = date.fromisoformat(last)
        self.ceiling = ceiling
        self.kind = kind
        self.rule = rule

    def covers(self, day):
        return self.first <= day <= self.last


REGULATIONS = {regulation.name: regulation for regulation in (
    Regulation("1998/2006", "2007-01-01", "2013-12-31", 20000000, "general", "DMG07"),
    Regulation("1407/2013", "2014-01-01", "2023-12-31", 20000000, "general", "DMG14"),
    Regulation("2023/2831", "2024-01-01", "2030-12-31", 30000000, "general", "DMG24"),
    Regulation("360/2012", "2012-04-29", "2023-12-31", 50000000, "sgei", "DMS12"),
    Regulation("2023/2832", "2024-01-01", "2030-12-31", 75000000, "sgei", "DMS24"),
)}


def regulation_on(day, kind):
    for regulation in REGULATIONS.values():
        if regulation.kind == kind and regulation.covers(day):
            return regulation
    return None


FIRST_REGISTER_DAY = date(2026, 1, 1)


def register_by(day, calendar):
    return add_working_days(day, 20, calendar)


RULES = {
    "ALT": ("Altmark C-280/00, paras 88-93", "P"),
    "DEC05": ("Decision 2005/842/EC", "K"),
    "DEC05-C": ("Decision 2005/842/EC art. 6", "K"),
    "DEC05-M": ("Decision 2005/842/EC art. 4", "K"),
    "DEC05-S": ("Decision 2005/842/EC art. 2(1)(b)-(d)", "K"),
    "DEC05-T": ("Decision 2005/842/EC art. 2(1)(a)", "K"),
    "DEC12-C": ("Decision 2012/21/EU art. 5(10), 6", "K"),
    "DEC12-D": ("Decision 2012/21/EU art. 2(2)", "K"),
    "DEC12-H": ("Decision 2012/21/EU art. 2(1)(b)", "P"),
    "DEC12-K": ("Decision 2012/21/EU art. 8", "K"),
    "DEC12-L": ("Decision 2012/21/EU art. 2(5)", "K"),
    "DEC12-M": ("Decision 2012/21/EU art. 4", "K"),
    "DEC12-N": ("Decision 2012/21/EU art. 5(1)-(3)", "P"),
    "DEC12-P": ("Decision 2012/21/EU art. 5(5), 5(7)", "K"),
    "DEC12-Q": ("Decision 2012/21/EU art. 9", "S2"),
    "DEC12-R": ("Decision 2012/21/EU art. 5(4)", "K"),
    "DEC12-S": ("Decision 2012/21/EU art. 2(1)(c)", "P"),
    "DEC12-T": ("Decision 2012/21/EU art. 2(1)(a)", "P"),
    "DEC12-V": ("Decision 2012/21/EU art. 7", "S2"),
    "DEC12-X": ("Decision 2012/21/EU art. 2(1)(d)-(e)", "P"),
    "DEC25": ("Decision (EU) 2025/2630", "S2"),
    "DEC25-10": ("Decision (EU) 2025/2630, carry-over", "U"),
    "DEC25-AH": ("Decision (EU) 2025/2630 art. 2, annex", "S2"),
    "DEC25-C": ("Decision (EU) 2025/2630, control", "S2"),
    "DEC25-D": ("Decision (EU) 2025/2630 art. 2", "S2"),
    "DEC25-T": ("Decision (EU) 2025/2630 art. 2", "S2"),
    "DEC25-V": ("Decision (EU) 2025/2630, publication", "S2"),
    "DMG07": ("Regulation (EC) 1998/2006 art. 2(2)", "S2"),
    "DMG14": ("Regulation (EU) 1407/2013 art. 3(2)", "P"),
    "DMG24": ("Regulation (EU) 2023/2831 art. 3(2)", "P"),
    "DMS12": ("Regulation (EU) 360/2012 art. 2(2)", "P"),
    "DMS12-X": ("Regulation (EU) 360/2012 art. 2(5), (7), (8)", "P"),
    "DMS24": ("Regulation (EU) 2023/2832 art. 3(2)", "P"),
    "DMS24-B": ("Regulation (EU) 2023/2832 art. 7(1)-(3)", "P"),
    "DMS24-C": ("Regulation (EU) 2023/2832 art. 5(1)-(2)", "P"),
    "DMS24-E": ("Regulation (EU) 2023/2832 rec. 9", "P"),
    "DMS24-G": ("Regulation (EU) 2023/2832 art. 3(3), (5)-(7)", "P"),
    "DMS24-L": ("Regulation (EU) 2023/2832 art. 4(3), 4(6)", "P"),
    "DMS24-M": ("Regulation (EU) 2023/2832 art. 3(8)-(9)", "P"),
    "DMS24-R": ("Regulation (EU) 2023/2832 art. 6(1)-(5)", "P"),
    "DMS24-U": ("Regulation (EU) 2023/2832 art. 2(2)", "P"),
    "FR-ACC": ("C. com. L612-4", "K"),
    "FR-AGREE": ("Loi 2000-321 art. 10, decret 2001-495 art. 1", "K"),
    "FR-CJF": ("CJF L211-8", "S2"),
    "FR-CRF": ("Loi 2000-321 art. 10, arrete 24 May 2005", "P"),
    "FRA05": ("Framework 2005/C 297/04", "K"),
    "FRA12": ("Framework 2012/C 8/03", "K"),
    "HAL-ACT": ("practice checklist", "D"),
    "HAL-CAP": ("yearly cap of the act", "D"),
    "HAL-CONS": ("conservation over the life of the act", "D"),
    "HAL-DATE": ("no rule in force on that day", "D"),
    "HAL-DEPR": ("linear depreciation by days, sum over the life equal to the cost", "D"),
    "HAL-DIFF": ("difference with the forecast", "D"),
    "HAL-EXCL": ("cost not admitted", "D"),
    "HAL-FULFIL": ("fulfilment clause of the act", "D"),
    "HAL-FUNDER": ("repayment follows what each funder paid", "D"),
    "HAL-MAX": ("compensation is a maximum, not a due", "D"),
    "HAL-MON": ("monitoring, information only", "D"),
    "HAL-NONET": ("acts, services and operators are never netted", "D"),
    "HAL-OTHER": ("other de minimis regulation", "D"),
    "HAL-Q1": ("economic activity", "D"),
    "HAL-Q2": ("real service of general economic interest", "D"),
    "HAL-Q3": ("initiative of the project", "D"),
    "HAL-Q6": ("de minimis asked for", "D"),
    "HAL-SPLIT": ("largest remainder", "D"),
    "HAL-UNIT": ("unit cost ceiling of the act", "D"),
}


# --- results ----------------------------------------------------------------------------------

def figure(cents, rule, rounding=None, **more):
    result = {"amount": Money(cents), "rule": rule, **more}
    if rounding:
        result["rounding"] = rounding
    return result


def dated(day, rule):
    return {"date": day, "rule": rule}


class Findings:
    """Legal answers of a result; one for a path and a code."""

    def __init__(self):
        self.found = {}

    def add(self, code, path, rule):
        self.found.setdefault((path.encode(), code), {
            "code": code, "path": path, "rule": rule,
            "level": "stop" if code.startswith("E_") else "warn",
            "message": "Point à examiner avant de poursuivre."})

    def sorted(self):
        return [self.found[key] for key in sorted(self.found)]

    def any_stop(self):
        return any(finding["level"] == "stop" for finding in self.found.values())


def cited(node):
    """The rule ids in a part of a result."""
    if isinstance(node, dict):
        ids = {node[name] for name in ("rule", "route_rule") if name in node}
        return ids.union(*(cited(child) for child in node.values()))
    if isinstance(node, list):
        return set().union(*(cited(child) for child in node))
    return set()


def too_large(node):
    if isinstance(node, dict):
        return any(too_large(child) for child in node.values())
    if isinstance(node, list):
        return any(too_large(child) for child in node)
    return isinstance(node, Money) and abs(node) > LARGEST_RESULT


def finish(operation, document, findings, body):
    """The whole result: what is common to the operations, the size of the amounts, the rules."""
    if too_large(body):
        raise Refused(1, {("", "E_OVERFLOW")})
    result = {"contract": CONTRACT, "data": DATA_VERSION, "operation": operation,
              "findings": findings.sorted(), **body}
    if "dossier" in document:
        result["dossier"] = document["dossier"]
    result["rules"] = [{"id": rule, "article": RULES[rule][0], "status": RULES[rule][1]}
                       for rule in sorted(cited(result))]
    return result
