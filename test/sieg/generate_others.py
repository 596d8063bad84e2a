"""Random documents of route, act-check and calendar."""

from datetime import date, timedelta

from reference_base import REGULATIONS
from reference_tables import ITEMS, SECTORS

DAY = timedelta(days=1)
LAST_DAY = date(2100, 12, 31)
FIRST_ACT, LAST_ACT = date(2004, 1, 1), date(2033, 1, 1)
YEARLY = (1500000000, 2000000000, 3000000000)


def likely(dice, names, probability):
    return {name: dice.chance(probability) for name in names}


# --- route

def route(dice):
    day = dice.day(FIRST_ACT, LAST_ACT)
    document = {"act_date": str(day), "start": str(day + dice.pick((-1, 0, 1, 60)) * DAY),
                "sector": dice.pick(SECTORS + ("general",) * 4 + ("airport",)),
                "economic": dice.chance(0.95),
                "service": likely(dice, ("need", "no_market", "competence", "obligations"),
                                  0.97)}
    dice.maybe(document, "dossier", 0.2, "r-1")
    dice.maybe(document, "initiative", 0.4, dice.pick(("authority", "operator")))
    if dice.chance(0.4):
        names = ("obligations_written", "parameters_before", "no_overcompensation", "tender",
                 "benchmark")
        document["altmark"] = likely(dice, names, 0.6)
    if dice.chance(0.4):
        document["de_minimis"] = small_aid(dice)
    dice.maybe(document, "months", 0.5, dice.pick((1, 7, 12, 36, 119, 120, 121, 1200)))
    dice.maybe(document, "investment", 0.4, dice.chance(0.5))
    if dice.chance(0.85):
        document["passengers"] = passengers(dice)
    if dice.chance(0.85):
        document["annual"] = annual(dice, document.get("months"))
    if dice.chance(0.85):
        document["turnover"] = turnover(dice)
    return document


def small_aid(dice):
    used = dice.cents(10 ** 8)
    ceiling = dice.pick((50000000, 75000000))
    whole = dice.pick((max(0, ceiling - used), max(0, ceiling - used) + 1, dice.cents(10 ** 8)))
    return {"used": dice.money_text(used), "whole_right": dice.money_text(whole),
            "other_compensation": dice.chance(0.3), "sector_excluded": dice.chance(0.3)}


def passengers(dice):
    limit = dice.pick((200000, 300000, 1000000))
    if dice.chance(0.5):
        return [limit + dice.pick((0, 0, 1, -1))]
    step = dice.between(0, 1000)
    return [limit + step, limit - step + dice.pick((0, 0, 1, -1))]


def annual(dice, months):
    """Funders whose sum is at the ceiling of the length, one cent off, or anything."""
    names = dice.names(dice.pick((0, 1, 2, 3)))
    if not names:
        return []
    count = dice.pick((1, 2, 3, 5))
    entries = [[dice.cents(2 * 10 ** 9 // len(names)) for _ in range(count)] for _ in names]
    if dice.chance(0.6):
        ceiling = dice.pick(YEARLY) * (months or 12 * count) // 12
        rest = ceiling + dice.pick((0, 0, 1, -1)) - sum(map(sum, entries)) + entries[0][0]
        entries[0][0] = min(max(0, rest), 10 ** 13)
    return [{"funder": name, "amounts": [dice.money_text(cents) for cents in amounts]}
            for name, amounts in zip(names, entries)]


def turnover(dice):
    count = dice.pick((1, 2))
    cents = [dice.cents(10 ** 10) for _ in range(count)]
    if dice.chance(0.4):
        cents[0] = 10 ** 10 * count - sum(cents[1:]) - dice.pick((0, 1, 1))
    return [dice.money_text(amount) for amount in cents]


def huge_route(dice):
    """A sum of 10^15 cents exactly, or a cent more."""
    entries = [{"funder": f"f{i}", "amounts": ["100000000000"]} for i in range(99)]
    entries.append({"funder": "last", "amounts": [dice.pick(("100000000000", "99999999999.99"))]})
    if dice.chance(0.5):
        for entry in entries:
            entry["amounts"].append("0.01")
    service = {"need": True, "no_market": True, "competence": True, "obligations": True}
    return {"act_date": "2020-01-01", "start": "2020-01-01", "sector": "general",
            "economic": True, "service": service, "annual": entries}


# --- act-check

def act_check(dice):
    day = dice.day(FIRST_ACT, LAST_ACT)
    start = day + dice.pick((-1, 0, 1, 90)) * DAY
    act = {"id": "act", "act_date": str(day), "start": str(start),
           "end": str(start + dice.pick((0, 1, 3000)) * DAY)}
    dice.maybe(act, "first_payment", 0.5, str(day + dice.pick((-1, 0, 1, 30)) * DAY))
    share = dice.pick((0.3, 0.9, 1))
    document = {"act": act,
                "route": dice.pick(("altmark", "decision", "decision", "framework",
                                    "de-minimis")),
                "items": {item: dice.text() for item in ITEMS if dice.chance(share)}}
    dice.maybe(document, "dossier", 0.2, "check")
    dice.maybe(document, "annual", 0.7, [dice.money(3 * 10 ** 9)
                                         for _ in range(dice.pick((0, 1, 2, 5)))])
    dice.maybe(document, "outside_activities", 0.6, dice.chance(0.6))
    dice.maybe(document, "association", 0.6, dice.chance(0.6))
    if dice.chance(0.5):
        document["parameter_changes"] = [change(dice) for _ in range(dice.between(0, 3))]
    return document


def change(dice):
    day = dice.day(FIRST_ACT, LAST_ACT)
    return {"decided_on": str(day), "governs_from": str(day + dice.between(-1, 1) * DAY)}


# --- calendar

def calendar(dice):
    document = {}
    dice.maybe(document, "dossier", 0.2, "dates")
    dice.maybe(document, "holidays", 0.5, dice.pick(("fr", "alsace-moselle")))
    if dice.chance(0.8):
        document["act"] = calendar_act(dice)
    if dice.chance(0.7):
        document["exercises"] = [closing_day(dice) for _ in range(dice.between(0, 4))]
    if dice.chance(0.7):
        names = dice.names(dice.between(0, 5))
        limits = REGULATIONS["2023/2832"]
        document["de_minimis"] = [{"id": name, "grant_date": str(dice.day(limits.first,
                                                                          limits.last))}
                                  for name in names]
    return document


def closing_day(dice):
    """Often the last day of a month, where adding months is not obvious."""
    day = dice.day(date(2000, 1, 1), LAST_DAY)
    if dice.chance(0.6):
        day = day.replace(day=1) - DAY
    return str(day)


def calendar_act(dice):
    day = dice.day(date(2006, 1, 1), LAST_ACT)
    start = dice.day(date(2000, 1, 1), date(2060, 1, 1))
    length = dice.pick((0, 1, 364, 365, 366, 1095, 1096, 1826, 4000, 14000))
    end = min(start + length * DAY, LAST_DAY)
    act = {"id": dice.pick(("act", "2025-12-31", "g")), "act_date": str(day),
           "start": str(start), "end": str(end)}
    if dice.chance(0.3):
        act["ended_on"] = str(start + dice.between(0, (end - start).days) * DAY)
    return act
