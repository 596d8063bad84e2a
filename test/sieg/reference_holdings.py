"""Who holds which aid on a day, and which aids count then (section 9)."""

from collections import namedtuple
from datetime import date

from reference_base import add_years, split

Holding = namedtuple("Holding", "aid holder amount")

GENERAL = ("1998/2006", "1407/2013", "2023/2831")
SGEI = ("360/2012", "2023/2832")
EVERY = GENERAL + SGEI + ("other",)
COUNTED_REGULATIONS = {"2023/2832": SGEI, "2023/2831": GENERAL, "360/2012": EVERY,
                       "1407/2013": GENERAL, "1998/2006": GENERAL}
ROLLING = ("2023/2832", "2023/2831")


class World:
    """The undertakings with their links and events."""

    def __init__(self, document):
        self.undertakings = {item["id"]: item for item in document["undertakings"]}
        self.links = document["links"]
        self.events = document["events"]

    def events_until(self, day):
        return [event for event in self.events if event["date"] <= day]

    def heir(self, name, day):
        for event in self.events_until(day):
            if event["type"] == "merger" and name in event["from"]:
                name = event["into"][0]["id"]
        return name

    def holdings(self, aids, gge, day):
        """Holdings of the aids granted by that day, added up by aid and holder."""
        held = [Holding(aid["id"], aid["beneficiary"], gge[aid["id"]]["amount"])
                for aid in aids if aid["grant_date"] <= day]
        by_id = {aid["id"]: aid for aid in aids}
        for event in self.events_until(day):
            held = [moved for holding in held
                    for moved in after(event, holding, by_id[holding.aid])]
        sums = {}
        for aid, holder, amount in held:
            sums[aid, holder] = sums.get((aid, holder), 0) + amount
        return [Holding(aid, holder, amount) for (aid, holder), amount in sums.items()]

    def link_counts(self, link, day, regulation):
        ignored = {"public", "nonprofit"} if regulation == "2023/2832" else {"public"}
        kinds = {self.undertakings[link[end]]["kind"] for end in ("from", "to")}
        valid = link.get("valid_from", day) <= day <= link.get("valid_to", day)
        return valid and not kinds & ignored

    def groups(self, day, regulation):
        """The undertakings, in sets joined by the links of that day."""
        group_of = {name: {name} for name in self.undertakings}
        for link in self.links:
            one, other = group_of[link["from"]], group_of[link["to"]]
            if one is not other and self.link_counts(link, day, regulation):
                one |= other
                for name in other:
                    group_of[name] = one
        return group_of

    def group(self, name, day, regulation):
        """The group of the heir of an undertaking."""
        return self.groups(day, regulation)[self.heir(name, day)]

    def window_start(self, name, day):
        """First day of the fiscal year of the heir two years before the one of the day."""
        month, first = self.undertakings[self.heir(name, day)]["fiscal_year_start"]
        year = day.year if (day.month, day.day) >= (month, first) else day.year - 1
        return date(year - 2, month, first)

    def counted(self, aids, gge, day, regulation, name):
        """Holdings that count on a day for a regulation and an undertaking, by date, id, holder."""
        by_id = {aid["id"]: aid for aid in aids}
        group = self.group(name, day, regulation)
        start = self.window_start(name, day)
        found = []
        for holding in self.holdings(aids, gge, day):
            aid = by_id[holding.aid]
            if holding.holder in group and aid["regulation"] in COUNTED_REGULATIONS[regulation]:
                if in_window(aid["grant_date"], day, regulation, start):
                    found.append(holding)
        return sorted(found, key=lambda h: (by_id[h.aid]["grant_date"], h.aid, h.holder))


def in_window(granted, day, regulation, start):
    if regulation in ROLLING:
        return day <= add_years(granted, 3)
    return granted >= start


def after(event, holding, aid):
    """What a holding becomes by an event."""
    if holding.holder not in event["from"]:
        return [holding]
    parts = event["into"]
    if event["type"] == "merger":
        return [holding._replace(holder=parts[0]["id"])]
    if aid["grant_date"] >= event["date"]:
        return [holding]
    if aid.get("used_by") in [part["id"] for part in parts]:
        return [holding._replace(holder=aid["used_by"])]
    amounts = split(holding.amount, [part["equity"] for part in parts])
    return [Holding(aid["id"], part["id"], amount) for part, amount in zip(parts, amounts)]
