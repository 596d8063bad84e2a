"""Changes of a valid document: shape, coherence, rules, limits - with the field tables."""

import copy
from datetime import date, timedelta

from reference_tables import TABLES

WRONG_TYPES = (None, True, False, 1, 0, -1, 1.5, "", "x", [], {}, [1], {"a": 1}, [None])
ODD_NAMES = ("", "a/b", "~", "~1", "~0/", "é", "\n", "\u007f", '"', "\\", "🙂", "\u0001", "zz",
             "Act", "id ", "10", "2", "\ue000", "\U00010000")
DIGITS = "9" * 5000


class Raw(str):
    """JSON text that the writer copies as it is."""


ODD_FORMS = {
    "money": ("1.234", "+1", "01", "1e3", " 1", "1 ", "１", "-0.00", "-0.01", "100000000000.00",
              "100000000000.01", "-100000000000.00", "-100000000000.01", DIGITS, "1.", ".5", "-",
              "1,5", "0x1", "1\n", "1_0", "NaN", "-0", "0.1"),
    "rate": ("1/0", "01/2", "1/02", "123456789012", "1234567890123", "0.123456789012",
             "0.1234567890123", ".5", "1.", "-1/3", "999999999/1", "1000000000/1", "1/1000000000",
             "-0", "-0/5", "1/-2", "1 /2", "+1", "1e2", "50 %", "２", "1/2\n", "-0.000000000001",
             "0/7", "100.0", DIGITS),
    # Zero is the edge of these; their other forms come through other changes.
    "rate>0": ("0", "-0", "0/7", "0.000", "-0/5", "0.000000000001", "-1", "1/999999999", "x"),
    "money>=0": ("-0.00", "-0.01", "-1", "100000000000", "100000000000.01", "-100000000000.01",
                 "1.234", "01", "0.0", DIGITS),
    "date": ("2023-02-29", "2024-02-29", "1989-12-31", "1990-01-01", "2100-12-31", "2101-01-01",
             "2024-2-1", "2024-02-30", "20240201", "0000-00-00", "2024-13-01", "2024-00-10",
             "2024-01-00", "2100-02-29", "2000-02-29", "２024-01-01", "2024-01-01 ", "", "2024"),
    "month-day": ("02-29", "02-28", "12-31", "13-01", "00-10", "1-1", "04-31", "01-01 ", "0101"),
    "id": ("", "é", "a b", "a" * 64, "a" * 65, "a/b", "a\n", "A.b_c-9"),
    "text": ("", "é" * 1000, "é" * 1000 + "a", "a" * 2000, "a" * 2001, "\u0001", " "),
    "bool": (Raw('"true"'), Raw("0"), Raw("1")),
    "int": tuple(map(Raw, ("1.0", "1e0", "1E2", "-0", "-1", "0", "101", "1" + "0" * 30, "1200",
                           "1201", "1000000000", "1000000001", "51", "50", "100", '"1"'))),
    "enum": ("", "General", "zoo", "cost ", "ex-ante", "percent"),
    "array": (Raw("{}"), Raw('"x"')),
    "object": (Raw("[]"), Raw('"x"')),
}
LIKE = {"money>=0": "money", "rate>=0": "rate", "rate>0": "rate", "key value": "rate"}


def family(kind):
    name = kind if isinstance(kind, str) else kind[0]
    return LIKE.get(name, name)


class Site:
    """A value of a document: where it is and what the tables say of it."""

    def __init__(self, holder, at, kind):
        self.holder = holder
        self.at = at
        self.kind = kind

    @property
    def value(self):
        return self.holder[self.at]

    @value.setter
    def value(self, new):
        self.holder[self.at] = new


def sites(value, kind):
    """Every value inside a document that still has the shape of its tables."""
    name = family(kind)
    if name == "object" and isinstance(value, dict):
        for field, (inner, _) in TABLES[kind[1]].items():
            if field in value:
                yield Site(value, field, inner)
                yield from sites(value[field], inner)
    if name == "array" and isinstance(value, list):
        for i, item in enumerate(value):
            yield Site(value, i, kind[1])
            yield from sites(item, kind[1])


class Changer:
    def __init__(self, dice, operation, document):
        self.dice = dice
        self.root = {"document": document}
        self.kind = ("object", operation)

    def change(self):
        """One change; the document."""
        found = list(sites(self.root["document"], self.kind))
        # The root too: a document that is not an object, a field at its top.
        found.append(Site(self.root, "document", self.kind))
        way = self.dice.pick((self.wrong_type, self.odd_form, self.odd_form, self.remove,
                              self.remove, self.add_field, self.add_field, self.unknown_field,
                              self.same_kind, self.same_kind, self.same_kind, self.copy_value,
                              self.copy_value, self.copy_value, self.nudge, self.nudge,
                              self.nudge, self.repeat_item, self.repeat_item, self.resize))
        way(found)
        return self.root["document"]

    def one(self, found, *families):
        """A random site, of one of the families when there are such sites."""
        fitting = [site for site in found if not families or family(site.kind) in families]
        return self.dice.pick(fitting) if fitting else None

    def of_any_kind(self, found):
        """A random site, with the same chance for each kind however rare it is."""
        kind = self.dice.pick(sorted({site.kind for site in found}, key=repr))
        return self.dice.pick([site for site in found if site.kind == kind])

    # --- shape

    def wrong_type(self, found):
        self.of_any_kind(found).value = copy.deepcopy(self.dice.pick(WRONG_TYPES))

    def odd_form(self, found):
        site = self.of_any_kind(found)
        own = site.kind if site.kind in ODD_FORMS else family(site.kind)
        site.value = self.dice.pick(ODD_FORMS[own])

    def remove(self, found):
        site = self.one(found)
        if site.holder is not self.root:
            del site.holder[site.at]

    def unknown_field(self, found):
        site = self.one(found, "object")
        if site and isinstance(site.value, dict):
            site.value[self.dice.pick(ODD_NAMES)] = self.dice.pick((1, "x", [], {"a": [{}]}))

    def resize(self, found):
        """Too few items, too many, or just enough."""
        site = self.one(found, "array")
        if not site or not isinstance(site.value, list):
            return
        _, item, least, most = site.kind
        size = self.dice.pick((0, least, max(0, least - 1), most, most + 1))
        if size <= 201 and (site.value or size == 0):
            site.value = [copy.deepcopy(self.dice.pick(site.value)) for _ in range(size)]
            self.rename(site.value)

    def stretch(self):
        """An array as long as it may be, or one item longer, however long that is; the document."""
        found = list(sites(self.root["document"], self.kind))
        filled = [site for site in found if family(site.kind) == "array" and site.value]
        if filled:
            site = self.dice.pick(filled)
            size = site.kind[3] + self.dice.pick((0, 0, 1))
            site.value = [copy.copy(self.dice.pick(site.value)) for _ in range(size)]
            self.rename(site.value)
        return self.root["document"]

    def rename(self, items):
        """Keeps copies apart, else E_DUPLICATE would hide everything else."""
        if self.dice.chance(0.3):
            return
        for i, item in enumerate(items):
            for field in ("id", "funder", "activity"):
                if isinstance(item, dict) and field in item:
                    item[field] = f"{i}{item[field]}"[:64]
                    break

    # --- values that fit the tables

    def add_field(self, found):
        site = self.one(found, "object")
        if not site or not isinstance(site.value, dict):
            return
        absent = [field for field in TABLES[site.kind[1]] if field not in site.value]
        if absent:
            field = self.dice.pick(absent)
            site.value[field] = self.fitting(TABLES[site.kind[1]][field][0])

    def same_kind(self, found):
        site = self.of_any_kind(found)
        site.value = self.fitting(site.kind)

    def fitting(self, kind):
        """A random value that the tables accept."""
        dice, name = self.dice, family(kind)
        if name == "object":
            fields = TABLES[kind[1]].items()
            return {field: self.fitting(inner) for field, (inner, needed) in fields
                    if needed == "required" or dice.chance(0.4)}
        if name == "array":
            size = dice.between(kind[2], min(kind[3], kind[2] + 2))
            return [self.fitting(kind[1]) for _ in range(size)]
        makers = {"bool": lambda: dice.chance(0.5), "id": lambda: dice.names(1)[0],
                  "text": dice.text, "date": lambda: str(dice.day()),
                  "month-day": dice.month_day, "enum": lambda: dice.pick(kind[1]),
                  "int": lambda: self.fitting_int(*kind[1:]),
                  "money": lambda: self.fitting_money(kind),
                  "rate": lambda: self.fitting_rate(kind)}
        return makers[name]()

    def fitting_int(self, least, most):
        return self.dice.pick((least, most, self.dice.between(least, min(most, least + 5))))

    def fitting_money(self, kind):
        most = self.dice.pick((100, 10 ** 8, 10 ** 13))
        return self.dice.signed_money(most) if kind == "money" else self.dice.money(most)

    def fitting_rate(self, kind):
        if kind == "rate>0":
            return self.dice.rate_text(self.dice.positive())
        value = self.dice.fraction()
        return self.dice.rate_text(-value if kind == "rate" and self.dice.chance(0.3) else value)

    # --- coherence and rules

    def copy_value(self, found):
        """The value of another place of the same kind: repeated ids, references, equal days."""
        site = self.one(found, "id", "date", "money", "enum")
        if site:
            others = [other for other in found if other.kind == site.kind]
            site.value = copy.deepcopy(self.dice.pick(others).value)

    def nudge(self, found):
        """One day, one year, one cent more or less."""
        site = self.one(found, "date", "money")
        if not site or not isinstance(site.value, str) or isinstance(site.value, Raw):
            return
        if family(site.kind) == "date":
            site.value = self.near_day(site.value)
        else:
            site.value = self.near_amount(site.value)

    def near_day(self, text):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return text
        return str(day + timedelta(days=self.dice.pick((1, -1, 365, -365, 366, 30))))

    def near_amount(self, text):
        units, _, rest = text.lstrip("-").partition(".")
        if not units.isascii() or not units.isdigit() or len(units) > 12:
            return text
        cents = int(units) * 100 + int(rest.ljust(2, "0")) if rest.isdigit() or not rest else 0
        sign = -1 if text.startswith("-") else 1
        return self.dice.money_text(sign * cents + self.dice.pick((1, -1, 100, -100)))

    def repeat_item(self, found):
        """An item twice, gone, or elsewhere in its array."""
        site = self.one(found, "array")
        if not site or not isinstance(site.value, list) or not site.value:
            return
        items, dice = site.value, self.dice
        at = dice.between(0, len(items) - 1)
        way = dice.between(0, 2)
        item = copy.deepcopy(items[at]) if way == 0 else items.pop(at)
        if way != 1:
            items.insert(dice.between(0, len(items)), item)
