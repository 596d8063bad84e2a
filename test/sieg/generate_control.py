"""Random controls that keep to the coherence of section 8."""

from datetime import date, timedelta

from reference_base import add_months, add_years, regime_of
from reference_tables import SECTORS

DAY = timedelta(days=1)
LAST_DAY = date(2100, 12, 31)
LIMITS = {"2005/842": 1, "2012/21": 3, "2025/2630": 5, None: 3}
ACT_DATES = tuple(map(date.fromisoformat, (
    "2005-12-18", "2005-12-19", "2010-06-01", "2012-01-30", "2012-01-31", "2020-12-14",
    "2020-12-14", "2026-01-07", "2026-01-08", "2026-05-01", "2026-05-01", "2026-05-01")))


def control(dice):
    acts = [Act(dice, name) for name in dice.names(dice.pick((1, 1, 1, 2, 4)))]
    document = {"acts": [act.document for act in acts]}
    dice.maybe(document, "dossier", 0.3, "dos-1")
    exempted = any("exemption" in period for act in acts for period in act.document["periods"])
    if exempted or dice.chance(0.6):
        document["answers"] = answers(dice, exempted)
    if dice.chance(0.7):
        document["as_of"] = str(reference_day(dice, dice.pick(acts)))
    return document


def answers(dice, exempted):
    """An exemption is nearly always confirmed, else nothing would be computed."""
    questions = dice.some(("carry_rule_2025", "exemption_2025"))
    confirmed = exempted and dice.chance(0.95)
    if confirmed and "exemption_2025" not in questions:
        questions.append("exemption_2025")
    return [{"question": question, "author": dice.text(), "date": str(dice.day()),
             "reason": dice.text(),
             "value": (confirmed and question == "exemption_2025") or dice.chance(0.75)}
            for question in questions]


def reference_day(dice, act):
    """Near the day when a check becomes due or missing."""
    due = add_years(act.last + DAY, LIMITS[act.regime]) - DAY
    near = dice.pick((act.end, add_months(act.end, -6), add_months(due, -6), due, act.last))
    day = near + dice.between(-1, 1) * DAY
    return min(max(day, date(1990, 1, 1)), LAST_DAY)


class Act:
    def __init__(self, dice, name):
        self.dice = dice
        act_date = dice.pick(ACT_DATES[1:] if dice.chance(0.97) else ACT_DATES)
        self.regime = regime_of(act_date)
        self.start = dice.day(date(2006, 1, 1), date(2060, 1, 1))
        self.funders = dice.names(dice.pick((1, 2, 3)))
        self.document = {"id": name, "act_date": str(act_date), "start": str(self.start)}
        dice.maybe(self.document, "netting", 0.4, dice.pick(("annual", "period")))
        sectors = SECTORS + ("social_housing",) * 6
        dice.maybe(self.document, "sector", 0.5, dice.pick(sectors))
        self.carry = 0
        if dice.chance(0.3):
            self.carry = dice.cents(10 ** 6)
            self.document["carry_in"] = dice.money_text(self.carry)
        self.document["periods"] = self.periods()
        self.ends()

    def ends(self):
        """The act ends with the last period, or later; sometimes it ended early."""
        dice = self.dice
        self.end = self.last + dice.pick((0, 0, 1, 200, 400, 2000)) * DAY
        self.end = min(self.end, LAST_DAY)
        self.document["end"] = str(self.end)
        if dice.chance(0.25):
            later = self.end + dice.pick((0, 1, 700)) * DAY
            self.document["end"] = str(min(later, LAST_DAY))
            self.document["ended_on"] = str(self.end)

    def periods(self):
        dice = self.dice
        periods, first = [], self.start
        if dice.chance(0.2):
            first += dice.between(1, 400) * DAY
        for _ in range(dice.pick((1, 1, 2, 3))):
            count = dice.between(1, LIMITS[self.regime])
            last = add_years(first, count) - DAY
            if dice.chance(0.2):
                last = first + dice.between(0, (last - first).days) * DAY
            periods.append(self.period(first, last, count))
            first = last + DAY
        self.last = first - DAY
        return periods

    def period(self, first, last, count):
        dice = self.dice
        most = dice.pick((1000, 10 ** 8, 10 ** 8, 10 ** 13))
        paid = [[dice.cents(most) for _ in range(count)] for _ in self.funders]
        if dice.chance(0.1):
            paid = [[0] * count for _ in self.funders]
        allowed = self.allowed([sum(column) for column in zip(*paid)], most)
        self.carry = 0
        period = {"from": str(first), "to": str(last),
                  "allowed": [dice.money_text(amount) for amount in allowed],
                  "paid": [{"funder": name, "amounts": [dice.money_text(x) for x in amounts]}
                           for name, amounts in zip(self.funders, paid)]}
        dice.maybe(period, "decision", 0.3, dice.pick(("carry", "repay")))
        if self.regime == "2025/2630":
            dice.maybe(period, "exemption", 0.15, dice.pick(("lump_sum", "reinvested")))
        return period

    def allowed(self, paid, most):
        """Amounts near what was paid: equal, around the limit of 10 % or 20 %, or anything."""
        dice = self.dice
        way = dice.between(0, 4)
        if way == 0:
            return [dice.cents(most) for _ in paid]
        limit = sum(paid) // (dice.pick((10, 10, 5)) * len(paid))
        wanted = dice.pick((0, 1, -1, limit, limit, limit + 1, limit - 1, limit // 2))
        allowed = list(paid)
        allowed[0] += self.carry
        at = dice.between(0, len(paid) - 1)
        allowed[at] -= wanted
        if way == 4 and len(paid) > 1:
            # Lets years differ in sign, to tell the two nettings apart.
            move = dice.between(0, most // 10)
            allowed[0] += move
            allowed[-1] -= move
        return [min(max(0, amount), 10 ** 13) for amount in allowed]


def huge_control(dice):
    """A hundred funders who paid the largest amount, one cent more or one year more."""
    years = dice.pick((1, 1, 2))
    paid = [{"funder": f"f{i}", "amounts": ["100000000000"] * years} for i in range(100)]
    period = {"from": "2021-01-01", "to": "2021-12-31", "allowed": ["100000000000"] * years,
              "paid": paid}
    act = {"id": "a", "act_date": "2020-12-14", "start": "2021-01-01", "end": "2025-12-31",
           "periods": [period]}
    dice.maybe(act, "carry_in", 0.5, dice.pick(("0.01", "100000000000", "0")))
    return {"acts": [act]}
