"""Random sheets that keep to the coherence of section 7."""

from datetime import date, timedelta
from fractions import Fraction
from math import floor

from reference_base import day_fraction
from reference_tables import SECTORS

DAY = timedelta(days=1)
LAST_DAY = date(2100, 12, 31)
WHYS = ("not_sgei", "fine", "out_of_period", "vat", "in_kind", "provision", "transfer")
REVENUE_KINDS = ("users", "sales", "grant", "eu", "insurance", "released_grant",
                 "other_advantage")
ACT_DATES = ("2005-12-19", "2012-01-30", "2012-01-31", "2026-01-07", "2026-01-08", "2021-12-15",
             "2021-12-15", "2027-03-01")


def sheet(dice):
    return Sheet(dice).document


class Sheet:
    def __init__(self, dice):
        self.dice = dice
        self.stage = dice.pick(("ex-ante", "ex-post"))
        self.method = dice.pick(("cost", "cost", "avoided", "unit"))
        self.most = dice.pick((1000, 10 ** 6, 10 ** 9, 10 ** 9, 10 ** 13))
        self.reason_above = dice.pick((0, 5, 10, 33))
        self.document = {"act": self.act(), "stage": self.stage, "method": self.method}
        self.document["operators"] = [self.operator(name)
                                      for name in dice.names(dice.pick((1, 1, 1, 2, 3)))]
        self.options()

    def options(self):
        dice = self.dice
        dice.maybe(self.document, "dossier", 0.3, dice.pick(("d-1", "x.y_z")))
        dice.maybe(self.document, "reason_above", 0.6, str(self.reason_above))
        if dice.chance(0.5):
            self.document["funding"] = self.funding()

    def act(self):
        dice = self.dice
        start = dice.day(date(2000, 1, 1), date(2095, 1, 1))
        if dice.chance(0.5):
            start = start.replace(month=1, day=1)
        self.start = start
        self.end = min(LAST_DAY, start + timedelta(days=dice.pick((0, 30, 365, 365, 800, 2000))))
        if dice.chance(0.5):
            self.end = self.end.replace(month=12, day=31)
        act = {"id": "act", "act_date": dice.pick(ACT_DATES),
               "start": str(self.start), "end": str(self.end)}
        dice.maybe(act, "sector", 0.3, dice.pick(SECTORS))
        return act

    def weights(self, names, name_field, kind):
        """Values of a key or of a funding, summing to 100 for percent."""
        dice = self.dice
        values = [dice.fraction() for _ in names]
        if not any(values):
            values[0] = Fraction(1)
        if kind == "percent":
            whole = sum(values)
            values = [value * 100 / whole for value in values]
            if any(value.denominator > 10 ** 6 for value in values):
                values = [Fraction(0)] * (len(names) - 1) + [Fraction(100)]
        return [{name_field: name, "value": dice.rate_text(value)}
                for name, value in zip(names, values)]

    def funding(self):
        kind = self.dice.pick(("percent", "ratio"))
        names = self.dice.names(self.dice.pick((1, 2, 3, 4, 7)))
        return {"type": kind, "shares": self.weights(names, "funder", kind)}

    # --- operator

    def operator(self, name):
        dice = self.dice
        names = dice.names(dice.pick((1, 2, 2, 3, 4)))
        inside = [dice.chance(0.5) for _ in names]
        inside[dice.between(0, len(names) - 1)] = True
        self.activities = list(zip(names, inside))
        self.keys_before = []
        operator = {"id": name, "activities": [{"id": activity, "inside": place}
                                               for activity, place in self.activities]}
        operator["years"] = [self.year(first, last) for first, last in self.periods()]
        if dice.chance(0.3):
            operator["profit_proof"] = self.proof()
        return operator

    def periods(self):
        """The act cut at calendar years and elsewhere; a run of them for an ex-post sheet."""
        dice = self.dice
        periods, first = [], self.start
        while first <= self.end:
            last = min(self.end, date(first.year, 12, 31))
            if dice.chance(0.15):
                last = first + timedelta(days=dice.between(0, (last - first).days))
            periods.append((first, last))
            first = last + DAY
        if self.stage == "ex-post":
            begin = dice.between(0, len(periods) - 1)
            periods = periods[begin:begin + dice.between(1, 3)]
        return periods[:50]

    def proof(self):
        dice = self.dice
        swap = dice.pick(("-100.5", "-1", "2.37", "0", "1/3", "-1/2", "-100.999999999999"))
        flows = [dice.signed_money(self.most) for _ in range(dice.pick((2, 3, 5, 11, 51)))]
        if dice.chance(0.3):
            swap, flows = "9", ["-100", "0", dice.pick(("121", "121.01", "120.99"))]
        if dice.chance(0.8) and swap.startswith("-100"):
            flows = [dice.signed_money(1000) for _ in range(3)]
        return {"swap": swap, "flows": flows}

    # --- year

    def year(self, first, last):
        dice = self.dice
        self.fraction = day_fraction(first, last)
        self.first, self.last = first, last
        year = {"from": str(first), "to": str(last)}
        self.keys = self.new_keys()
        if self.keys or dice.chance(0.5):
            year["keys"] = self.keys
        year["costs"] = [self.cost(f"c{i}") for i in range(dice.pick((0, 1, 2, 3, 5)))]
        year["revenues"] = [self.revenue(f"r{i}") for i in range(dice.pick((0, 0, 1, 2, 3)))]
        if self.method == "avoided":
            year["counterfactual"] = self.without()
        if self.method == "unit":
            year["unit"] = self.unit()
        if dice.chance(0.4):
            year["profit"] = self.profit(year)
        self.ceilings(year)
        self.payments(year)
        self.boundary(year)
        if not year["revenues"] and dice.chance(0.3):
            del year["revenues"]
        return year

    def new_keys(self):
        """Keys of this year, some taken over from the year before."""
        dice = self.dice
        keys = [self.kept_key(key) for key in self.keys_before if dice.chance(0.8)]
        for name in dice.names(dice.pick((0, 1, 2))):
            if name not in [key["id"] for key in keys]:
                keys.append(self.key(name))
        self.keys_before = keys
        return keys

    def kept_key(self, key):
        dice = self.dice
        values = key["values"]
        way = dice.between(0, 3)
        if way == 0:
            values = dice.shuffled(values)
        if way == 1:
            return self.key(key["id"])
        if way == 2 and key["type"] == "ratio":
            values = [value for value in values if value["value"] != "0"]
            rest = [name for name, _ in self.activities
                    if name not in [value["activity"] for value in values]]
            values += [{"activity": name, "value": "0.0"} for name in rest]
        return {**key, "values": values}

    def key(self, name):
        """Something always falls outside when there is an outside."""
        dice = self.dice
        kind = dice.pick(("percent", "ratio"))
        outside = [activity for activity, inside in self.activities if not inside]
        chosen = dice.some([activity for activity, _ in self.activities], 1)
        if outside and outside[0] not in chosen:
            chosen.append(outside[0])
        values = self.weights(chosen, "activity", kind)
        zero = [value for value in values
                if value["activity"] in outside and Fraction(value["value"])]
        if outside and not zero:
            values = [{"activity": activity, "value": "50" if activity == outside[0] else "0"}
                      for activity in chosen]
            values[0]["value"] = "100" if len(chosen) == 1 else "50"
            if chosen[0] == outside[0]:
                values[0]["value"] = "100"
        key = {"id": name, "type": kind, "source": dice.text(), "values": values}
        dice.maybe(key, "reason", 0.2, dice.text())
        return key

    def place(self, entry, share):
        """An activity, or a key when there is one."""
        if self.keys and self.dice.chance(share):
            entry["key"] = self.dice.pick(self.keys)["id"]
        else:
            entry["activity"] = self.dice.pick(self.activities)[0]

    def details(self, entry):
        dice = self.dice
        dice.maybe(entry, "label", 0.1, dice.text())
        self.forecast(entry)

    def forecast(self, entry):
        """A forecast that the actual amount is exactly at the threshold of, or near it."""
        dice = self.dice
        if self.stage == "ex-ante" or dice.chance(0.5):
            return
        entry["forecast"] = dice.signed_money(self.most)
        if "amount" in entry and dice.chance(0.5):
            base = dice.between(-50, 50) * 10000
            cents = base * (100 + dice.pick((1, -1)) * self.reason_above) // 100
            entry["forecast"] = dice.money_text(base)
            entry["amount"] = dice.money_text(cents + dice.pick((0, 0, 1, -1)))
        dice.maybe(entry, "reason", 0.3, dice.text())

    def cost(self, name):
        dice = self.dice
        kind = dice.pick(("direct", "common", "asset", "asset", "excluded"))
        if kind == "common" and not self.keys:
            kind = "direct"
        cost = {"id": name, "kind": kind}
        if kind == "asset":
            cost["asset"] = self.asset()
            self.place(cost, 0.5)
        else:
            cost["amount"] = dice.signed_money(self.most)
        if kind == "direct":
            self.place(cost, 0)
        if kind == "common":
            self.place(cost, 1)
        if kind == "excluded":
            cost["why"] = dice.pick(WHYS)
        dice.maybe(cost, "account", 0.1, dice.text())
        self.details(cost)
        return cost

    def asset(self):
        """In service before, in or after the year, often at a leap day; its life often ends."""
        dice = self.dice
        life = dice.pick((1, 1, 2, 3, 5, 100))
        day = dice.pick((self.first, self.last)) + timedelta(days=dice.between(-1200, 100))
        if dice.chance(0.2):
            day = date(day.year, 2, 28) + dice.pick((0, 1)) * DAY
        if dice.chance(0.2):
            day = date(max(1991, self.last.year - life), self.last.month,
                       min(28, self.last.day)) + dice.between(-2, 5) * DAY
        day = min(max(day, date(1990, 1, 1)), LAST_DAY)
        cost = dice.cents(self.most)
        asset = {"cost": dice.money_text(cost), "in_service": str(day), "life": life}
        grant = dice.pick((cost, dice.between(0, cost), 0))
        dice.maybe(asset, "grant", 0.5, dice.money_text(grant))
        return asset

    def revenue(self, name):
        dice = self.dice
        kind = dice.pick(REVENUE_KINDS)
        # Small before the costs, or there would seldom be anything to compensate.
        most = self.most // dice.pick((1, 20, 20))
        revenue = {"id": name, "kind": kind, "amount": dice.signed_money(most)}
        if dice.chance(0.2):
            revenue["kind"] = "excess_profit"
        else:
            self.place(revenue, 0.5)
        dice.maybe(revenue, "reference", 0.2, dice.pick(("g-1", "g-2")))
        self.details(revenue)
        return revenue

    def without(self):
        dice = self.dice
        simple = lambda count: [{"id": f"w{i}", "amount": dice.signed_money(self.most)}
                                for i in range(count)]
        without = {"description": dice.text(), "same_undertaking": dice.chance(0.7),
                   "costs": simple(dice.between(0, 2)), "revenues": simple(dice.between(0, 2))}
        dice.maybe(without, "profit_free", 0.6, dice.chance(0.6))
        return without

    def unit(self):
        dice = self.dice
        unit = {"price": dice.money(10 ** 6), "planned": dice.rate(500)}
        if self.stage == "ex-post" or dice.chance(0.3):
            unit["delivered"] = dice.rate(500)
        return unit

    def profit(self, year):
        """Claimed: nothing, a part of the maximum, the maximum; above it now and then."""
        dice = self.dice
        if dice.chance(0.6):
            capital = dice.cents(self.most)
            swap = dice.pick((Fraction(2), Fraction(237, 100), Fraction(-1, 2), Fraction(-3),
                              Fraction(1, 3)))
            maximum = max(0, floor(capital * (swap + 1) / 100 * self.fraction))
            profit = {"capital": dice.money_text(capital), "swap": dice.rate_text(swap)}
            dice.maybe(profit, "basis", 0.3, "capital")
        else:
            maximum = dice.cents(self.most)
            profit = {"basis": "other", "maximum": dice.money_text(maximum),
                      "reason": dice.text()}
        claimed = dice.pick((0, maximum, dice.between(0, maximum)))
        if dice.chance(0.03):
            claimed = maximum + 1
        without = year.get("counterfactual", {"profit_free": True})
        if not without.get("profit_free") and dice.chance(0.97):
            claimed = 0
        dice.maybe(profit, "claimed", 0.8, dice.money_text(min(claimed, 10 ** 13)))
        return profit

    def ceilings(self, year):
        dice = self.dice
        dice.maybe(year, "cap", 0.4, dice.money(self.most))
        if dice.chance(0.3):
            base = dice.pick(("cap", "amount")) if "cap" in year else "amount"
            year["fulfilment"] = {"base": base, "criteria": self.criteria()}

    def criteria(self):
        dice = self.dice
        count = dice.pick((1, 2, 3, 7))
        weights = [Fraction(1, count)] * count
        if count > 1 and dice.chance(0.5):
            weights = [Fraction(0)] * (count - 2) + [Fraction(3, 10), Fraction(7, 10)]
        criteria = []
        for i, weight in enumerate(weights):
            target = dice.positive()
            delivered = dice.pick((target, target * Fraction(17, 20), dice.fraction()))
            if delivered.denominator > 10 ** 6:
                delivered = target
            criteria.append({"id": f"q{i}", "weight": dice.rate_text(weight),
                             "target": dice.rate_text(target),
                             "delivered": dice.rate_text(delivered)})
        return criteria

    def payments(self, year):
        dice = self.dice
        if dice.chance(0.4):
            year["paid"] = [self.paid() for _ in range(dice.between(0, 3))]
        if dice.chance(0.3):
            year["monitoring"] = [self.monitoring(f"m{i}") for i in range(dice.between(0, 2))]

    def paid(self):
        dice = self.dice
        most = self.most // dice.pick((1, 20))
        paid = {"funder": dice.pick(("ville", "region")), "amount": dice.money(most)}
        dice.maybe(paid, "reference", 0.2, dice.pick(("p-1", "p-2", "g-2")))
        return paid

    def monitoring(self, name):
        dice = self.dice
        entry = {"id": name, "quantity": dice.rate_text(dice.positive(5000))}
        dice.maybe(entry, "total", 0.5, dice.rate_text(dice.positive(5000)))
        return entry

    def boundary(self, year):
        """Now and then one round cost at the ceiling of the average, and payments equal to it."""
        dice = self.dice
        if self.method != "cost" or not dice.chance(0.1):
            return
        ceiling = dice.pick((1500000000, 2000000000)) * self.fraction
        cents = floor(ceiling) + dice.pick((0, 0, 1))
        inside = next(name for name, place in self.activities if place)
        year["costs"] = [{"id": "c", "kind": "direct", "activity": inside,
                          "amount": dice.money_text(cents)}]
        year["revenues"] = []
        for field in ("cap", "fulfilment", "profit"):
            year.pop(field, None)
        paid = cents + dice.pick((-1, 0, 1))
        dice.maybe(year, "paid", 0.5, [{"funder": "ville", "amount": dice.money_text(paid)}])


def huge_sheet(dice):
    """Results at 10^15 cents exactly, or above: a hundred of the largest lines."""
    lines = [{"id": f"c{i}", "kind": "direct", "amount": "100000000000", "activity": "a"}
             for i in range(100)]
    if dice.chance(0.5):
        lines.append({"id": "last", "kind": "direct", "amount": "0.01", "activity": "a"})
    year = {"from": "2022-01-01", "to": "2022-12-31", "costs": lines, "revenues": []}
    return {"act": {"id": "act", "act_date": "2021-12-15", "start": "2022-01-01",
                    "end": "2022-12-31"}, "stage": "ex-post", "method": "cost",
            "operators": [{"id": "o", "activities": [{"id": "a", "inside": True}],
                           "years": [year]}]}
