"""Random scalars with a taste for the edges: amounts, rates, days, names, texts."""

import random
from datetime import date, timedelta
from fractions import Fraction

# Days around which a rule begins, ends or counts: regimes, regulations, leap days, limits.
EDGES = tuple(map(date.fromisoformat, (
    "1990-01-01", "2005-12-19", "2007-01-01", "2012-01-31", "2012-04-29", "2014-01-01",
    "2016-02-29", "2020-02-29", "2021-12-31", "2023-12-31", "2024-01-01", "2024-02-29",
    "2026-01-01", "2026-01-08", "2028-02-29", "2028-12-31", "2030-12-31", "2100-12-31")))
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)

AMOUNTS = (0, 1, 5, 10, 99, 100, 101, 333, 1000, 150000, 150001, 2300000, 2300001,
           9999999, 15300000, 15300001, 20000000, 30000000, 50000000, 75000000,
           100000000, 100000001, 1500000000, 1500000001, 2000000000, 3000000000, 10 ** 13)
TEXTS = ("s", "note d'août", 'a "b" \\ c/d', "été 🙂", "line\nbreak\ttab", "\u007f\u0001\u2028",
         "x" * 40, "\ud7ff\ue000\U0010ffff", "é" * 1000)
NAMES = ("a", "b", "c", "sgei", "shop", "A", "a.b", "_x", "x-1", "10", "2", "z" * 64, "B", "Zz")


class Dice:
    """A random source; every choice of a dossier comes from it."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def chance(self, probability):
        return self.random.random() < probability

    def between(self, least, most):
        return self.random.randint(least, most)

    def pick(self, items):
        return self.random.choice(items)

    def some(self, items, least=0):
        """A random choice of distinct items, in random order."""
        items = list(items)
        return self.random.sample(items, self.between(min(least, len(items)), len(items)))

    def shuffled(self, items):
        return self.random.sample(items, len(items))

    def names(self, count):
        """Distinct names, not in sorted order."""
        names = self.shuffled(NAMES)[:count]
        return names + [f"n{i}" for i in range(count - len(names))]

    # --- amounts and rates

    def cents(self, most=10 ** 9):
        way = self.between(0, 5)
        if way == 0:
            return min(most, self.pick(AMOUNTS))
        if way == 1:
            return self.between(0, min(most, 200))
        if way == 2:
            return self.between(0, most // 100) * 100
        return self.between(0, self.pick((most, max(1, most // 10), max(1, most // 1000))))

    def money_text(self, cents):
        """One of the ways to write an amount."""
        sign = "-" if cents < 0 or (cents == 0 and self.chance(0.1)) else ""
        units, rest = divmod(abs(cents), 100)
        if rest == 0 and self.chance(0.6):
            return f"{sign}{units}"
        if rest % 10 == 0 and self.chance(0.5):
            return f"{sign}{units}.{rest // 10}"
        return f"{sign}{units}.{rest:02d}"

    def money(self, most=10 ** 9):
        return self.money_text(self.cents(most))

    def signed_money(self, most=10 ** 9):
        return self.money_text(self.cents(most) * self.pick((1, 1, 1, -1)))

    def fraction(self, most=100):
        """Zero or more."""
        way = self.between(0, 4)
        if way == 0:
            return Fraction(self.between(0, most))
        if way == 1:
            return Fraction(self.between(0, most * 100), 100)
        if way == 2:
            return Fraction(self.between(0, most), self.between(1, 30))
        if way == 3:
            return Fraction(self.between(0, 3))
        return Fraction(self.between(0, most * 10 ** 6), 10 ** 6)

    def positive(self, most=100):
        return self.fraction(most) or Fraction(1, self.between(1, 9))

    def rate_text(self, value):
        """One of the ways to write a rate; a fraction when no short decimal is exact."""
        scaled = value * 10 ** 12
        small = abs(value.numerator) < 10 ** 8 and value.denominator < 10 ** 8
        if scaled.denominator != 1 or (small and self.chance(0.15)):
            factor = self.pick((1, 1, 2, 7))
            return f"{value.numerator * factor}/{value.denominator * factor}"
        sign = "-" if value < 0 else ""
        units, rest = divmod(abs(scaled.numerator), 10 ** 12)
        digits = f"{rest:012d}".rstrip("0")
        digits += "0" * self.pick((0, 0, 0, 1, 2))
        digits = digits[:12]
        return f"{sign}{units}.{digits}" if digits else f"{sign}{units}"

    def rate(self, most=100):
        return self.rate_text(self.fraction(most))

    # --- days

    def day(self, first=FIRST_DAY, last=LAST_DAY):
        """A day in the limits, often near an edge."""
        near = [edge for edge in EDGES if first <= edge <= last]
        if near and self.chance(0.5):
            found = self.pick(near) + timedelta(days=self.between(-2, 2))
        else:
            found = first + timedelta(days=self.between(0, (last - first).days))
        return min(max(found, first), last)

    def month_day(self):
        month = self.between(1, 12)
        if self.chance(0.3):
            return self.pick(("01-01", "02-28", "03-01", "12-31", "07-01", "10-15"))
        return f"{month:02d}-{self.between(1, 28):02d}"

    def text(self):
        return self.pick(TEXTS)

    def maybe(self, document, field, probability, value):
        """Sets an optional field now and then."""
        if self.chance(probability):
            document[field] = value
