"""Random de minimis dossiers that keep to the coherence of section 9."""

import json
from datetime import date, timedelta

import reference
from reference_base import REGULATIONS, add_years, register_by

DAY = timedelta(days=1)
INSTRUMENTS = ("grant", "grant", "grant", "gge", "instalments", "unknown")
GUARANTEED = ("loan", "guarantee")
FULL = {"loan": (375000000, 187500000), "guarantee": (562500000, 281303600)}


def de_minimis(dice):
    document = Dossier(dice).document
    if "request" in document and dice.chance(0.3):
        aim_at_ceiling(dice, document)
    return document


def aim_at_ceiling(dice, document):
    """Sets the request so that the total is the ceiling, nine tenths of it, or a cent away."""
    document["request"]["instrument"] = {"type": "grant", "amount": "0"}
    result = json.loads(reference.run(["de-minimis"], json.dumps(document).encode())[1])
    if "request" not in result:
        return
    used = cents(result["request"]["used"]["amount"])
    ceiling = cents(result["request"]["ceiling"]["amount"])
    goal = dice.pick((ceiling, ceiling, ceiling * 9 // 10)) + dice.pick((0, 0, 1, -1))
    amount = dice.money_text(max(0, goal - used))
    document["request"]["instrument"] = {"type": dice.pick(("grant", "gge")), "amount": amount}


def cents(text):
    return int(text.replace(".", ""))


class Dossier:
    def __init__(self, dice):
        self.dice = dice
        self.base = dice.day(date(2010, 1, 1), date(2030, 12, 31))
        if dice.chance(0.5):
            self.base = dice.day(date(2023, 6, 1), date(2027, 6, 1))
        self.first_days = [(1, 1)]
        self.names = dice.names(dice.pick((1, 2, 3, 5, 8)))
        self.document = {"undertakings": [self.undertaking(name) for name in self.names]}
        self.put("links", [self.link() for _ in range(dice.pick((0, 0, 1, 2, 4, 8)))])
        count = dice.pick((0, 1, 2, 3, 5, 8))
        self.put("aids", [self.aid(f"aid{i}") for i in dice.shuffled(range(count))])
        self.put("compensations", [self.compensation(f"k{i}")
                                   for i in range(dice.pick((0, 0, 1, 2, 4)))])
        self.put("events", self.events())
        self.options()

    def put(self, field, items):
        """An empty array or none: the same."""
        if items or self.dice.chance(0.5):
            self.document[field] = items

    def options(self):
        dice = self.dice
        if dice.chance(0.75):
            self.document["request"] = self.request()
        dice.maybe(self.document, "as_of", 0.5, str(self.reference_day()))
        dice.maybe(self.document, "holidays", 0.4, dice.pick(("fr", "alsace-moselle")))
        dice.maybe(self.document, "dossier", 0.2, "D")

    def reference_day(self):
        """Often the day before, of or after the deadline of the register for some aid."""
        dice = self.dice
        aids = self.document.get("aids", [])
        if aids and dice.chance(0.5):
            return self.around_deadline(date.fromisoformat(dice.pick(aids)["grant_date"]))
        return self.near(3000)

    def around_deadline(self, day):
        return register_by(day, self.dice.pick(("fr", "alsace-moselle"))) + (
            self.dice.between(-1, 1) * DAY)

    def near(self, spread):
        """A day around the one the dossier turns on, often itself or an anniversary."""
        dice = self.dice
        way = dice.between(0, 5)
        day = self.base + timedelta(days=dice.between(-spread, spread))
        if way == 0:
            day = add_years(self.base, dice.pick((0, -3, 3, -2))) + dice.between(-1, 1) * DAY
        if way == 1:
            day = dice.day(date(2012, 1, 1), date(2030, 12, 31))
        if way == 2:
            # The edges of the three fiscal years.
            month, first = dice.pick(self.first_days)
            day = date(self.base.year - dice.between(0, 3), month, first)
            day += dice.pick((0, 0, -1)) * DAY
        return min(max(day, date(1990, 1, 1)), date(2100, 12, 31))

    def undertaking(self, name):
        dice = self.dice
        kind = dice.pick(("enterprise",) * 4 + ("public", "nonprofit"))
        undertaking = {"id": name, "kind": kind}
        if dice.chance(0.5):
            undertaking["fiscal_year_start"] = dice.month_day()
            self.first_days.append(tuple(map(int, undertaking["fiscal_year_start"].split("-"))))
        return undertaking

    def link(self):
        dice = self.dice
        link = {"from": dice.pick(self.names), "to": dice.pick(self.names),
                "kind": dice.pick(("votes", "appoint", "contract", "agreement"))}
        first = self.near(400)
        if dice.chance(0.3):
            link["valid_from"] = str(first)
        if dice.chance(0.3):
            last = max(first, self.near(400))
            link["valid_to"] = str(dice.pick((first, last)))
        return link

    # --- aids

    def granted(self, aid_or_request, day):
        dice = self.dice
        aid_or_request.update(beneficiary=dice.pick(self.names), grant_date=str(day))
        if dice.chance(0.5):
            aid_or_request["sgei"] = dice.pick(("svc", "svc", "bus"))
        if dice.chance(0.5):
            first = self.near(500)
            last = first + dice.pick((0, 1, 100, 700)) * DAY
            aid_or_request.update(covers_from=str(first), covers_to=str(last))

    def aid(self, name):
        dice = self.dice
        day = self.near(1300)
        fitting = [regulation.name for regulation in REGULATIONS.values()
                   if regulation.covers(day)] + ["other"]
        aid = {"id": name, "regulation": dice.pick(fitting + fitting[:-1])}
        if dice.chance(0.01):
            aid["regulation"] = dice.pick(list(REGULATIONS))
        self.granted(aid, day)
        aid["instrument"] = self.instrument(aid["regulation"])
        dice.maybe(aid, "registered_on", 0.3, str(self.around_deadline(day)))
        dice.maybe(aid, "used_by", 0.3, dice.pick(self.names))
        return aid

    def request(self):
        dice = self.dice
        day = dice.pick((self.base, self.near(300)))
        kind = dice.pick(("sgei", "sgei", "general"))
        request = {"id": dice.pick(("new", "aid9", "B")), "kind": kind}
        self.granted(request, day)
        newest = kind == "sgei" and REGULATIONS["2023/2832"].covers(day)
        request["instrument"] = self.instrument("2023/2832" if newest else "1407/2013")
        return request

    def instrument(self, regulation):
        dice = self.dice
        kind = dice.pick(INSTRUMENTS)
        if regulation == "2023/2832" and dice.chance(0.3):
            return self.guaranteed()
        if kind == "unknown" and regulation == "other":
            kind = "grant"
        if kind == "instalments":
            return self.instalments()
        instrument = {"type": kind}
        if kind != "unknown":
            most = dice.pick((10 ** 7, 3 * 10 ** 7, 10 ** 8))
            instrument["amount"] = dice.money_text(dice.cents(most))
        return instrument

    def instalments(self):
        dice = self.dice
        rate = dice.pick(("0", "3", "2.5", "-0.5", "1/3", "-50", "100"))
        # Over many years a rate far below zero goes beyond any amount.
        years = (0, 1, 2, 3) if rate == "-50" else (0, 1, 2, 3, 10, 50)
        flows = [{"years": dice.pick(years), "amount": dice.money(10 ** 7)}
                 for _ in range(dice.between(1, 4))]
        if dice.chance(0.01):
            rate = "-99.5"
        return {"type": "instalments", "rate": rate, "flows": flows}

    def guaranteed(self):
        """Loans and guarantees, often at the limits of amount, duration and cover."""
        dice = self.dice
        kind = dice.pick(GUARANTEED)
        years = dice.pick(("5", "10", "0.5", "7", "1/3", "5.000001", "9.999"))
        full = FULL[kind][1 if float_years(years) > 5 else 0]
        amount = dice.pick((full, full // 2, dice.between(0, full)))
        if dice.chance(0.03):
            amount, years = full + dice.pick((0, 1)), dice.pick(("5", "10", "10.1"))
        instrument = {"type": kind, "amount": dice.money_text(amount), "years": years}
        if kind == "loan":
            instrument["collateral"] = dice.pick(("50", "60", "100", "150.5"))
        else:
            instrument["cover"] = dice.pick(("80", "0", "79.999", "50"))
        return instrument

    # --- the rest

    def compensation(self, name):
        first = self.near(500)
        last = first + self.dice.pick((0, 1, 100, 700)) * DAY
        return {"id": name, "beneficiary": self.dice.pick(self.names),
                "sgei": self.dice.pick(("svc", "svc", "bus")),
                "from": str(first), "to": str(last)}

    def events(self):
        dice = self.dice
        days = sorted(self.near(600) for _ in range(dice.pick((0, 0, 0, 1, 2, 4))))
        return [self.merger(day) if dice.chance(0.5) else self.split(day) for day in days]

    def merger(self, day):
        return {"type": "merger", "date": str(day), "from": self.dice.some(self.names, 1)[:3],
                "into": [{"id": self.dice.pick(self.names)}]}

    def split(self, day):
        dice = self.dice
        parts = dice.some(self.names, 1)[:4]
        equities = [dice.cents(1000) for _ in parts]
        equities[dice.between(0, len(parts) - 1)] += 1
        return {"type": "split", "date": str(day), "from": [dice.pick(self.names)],
                "into": [{"id": name, "equity": dice.money_text(equity)}
                         for name, equity in zip(parts, equities)]}


def float_years(text):
    """Good enough to choose an amount."""
    head, _, tail = text.partition("/")
    return float(head) / float(tail or 1)


def huge_de_minimis(dice):
    """Aids whose sum is 10^15 cents exactly, or a cent more."""
    grant = lambda name, amount: {
        "id": name, "beneficiary": "a", "regulation": "2023/2832", "grant_date": "2024-05-01",
        "instrument": {"type": "grant", "amount": amount}}
    aids = [grant(f"x{i}", "100000000000") for i in range(100)]
    if dice.chance(0.5):
        aids.append(grant("y", "0.01"))
    return {"undertakings": [{"id": "a", "kind": "enterprise"}], "aids": aids}
