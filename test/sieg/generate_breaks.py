"""Breaks of one rule of coherence or of calculation in a valid document.

Each function changes a document in place, or leaves it alone when it has nothing to break.
"""

from datetime import date, timedelta

DAY = timedelta(days=1)


def shifted(text, days):
    return str(date.fromisoformat(text) + days * DAY)


def entries(dice, items):
    """One random item of an array, as a list: nothing when there is none."""
    return [dice.pick(items)] if items else []


# --- sheet

def operator_of(dice, document):
    return dice.pick(document["operators"])


def year_of(dice, document):
    return dice.pick(operator_of(dice, document)["years"])


def any_cost(dice, document, kind=None):
    costs = [cost for operator in document["operators"] for year in operator["years"]
             for cost in year["costs"] if kind in (None, cost["kind"])]
    return entries(dice, costs)


def any_revenue(dice, document):
    revenues = [revenue for operator in document["operators"] for year in operator["years"]
                for revenue in year.get("revenues", [])]
    return entries(dice, revenues)


def any_key(dice, document):
    keys = [key for operator in document["operators"] for year in operator["years"]
            for key in year.get("keys", [])]
    return entries(dice, keys)


def weighted(dice, document):
    """A list of values: of a key, or of the funding."""
    lists = [key["values"] for key in any_key(dice, document)]
    if "funding" in document:
        lists.append(document["funding"]["shares"])
    return entries(dice, lists)


def zero_weights(dice, document):
    for values in weighted(dice, document):
        for value in values:
            value["value"] = dice.pick(("0", "0.0", "0/5", "-0"))


def other_weight(dice, document):
    for values in weighted(dice, document):
        dice.pick(values)["value"] = dice.pick(("1", "0.000000000001", "100", "33.34", "1/3"))


def wrong_weight(dice, document):
    for values in weighted(dice, document):
        dice.pick(values)["value"] = dice.pick(("-1", "-1/3", "-0.000000000001", 5, "x", "1e2"))


def other_type_of_key(dice, document):
    for key in any_key(dice, document):
        key["type"] = "percent" if key["type"] == "ratio" else "ratio"


def full_key(dice, document):
    """Every value of a key on activities inside."""
    operator = operator_of(dice, document)
    inside = [item["id"] for item in operator["activities"] if item["inside"]]
    for year in operator["years"]:
        for key in year.get("keys", []):
            key.update(type="ratio", values=[{"activity": name, "value": "1"} for name in inside])
            if dice.chance(0.3):
                key["values"].append({"activity": "nowhere", "value": dice.pick(("0", "2"))})


def unknown_reference(dice, document):
    for line in any_cost(dice, document) + any_revenue(dice, document):
        for field in ("activity", "key"):
            if field in line or dice.chance(0.1):
                line[field] = dice.pick(("nowhere", "a", "c0"))


def no_place(dice, document):
    lines = (any_cost(dice, document, "asset") + any_cost(dice, document, "common")
             + any_revenue(dice, document))
    for line in entries(dice, lines):
        line.pop("key", None)
        line.pop("activity", None)


def both_places(dice, document):
    for line in any_cost(dice, document) + any_revenue(dice, document):
        keys = [key["id"] for key in any_key(dice, document)] or ["k"]
        line.setdefault("key", dice.pick(keys))
        line.setdefault("activity", operator_of(dice, document)["activities"][0]["id"])


def other_kind(dice, document):
    for cost in any_cost(dice, document):
        cost["kind"] = dice.pick(("direct", "common", "asset", "excluded"))
    for revenue in any_revenue(dice, document):
        revenue["kind"] = dice.pick(("excess_profit", "grant"))


def large_grant(dice, document):
    for cost in any_cost(dice, document, "asset"):
        cost["asset"]["cost"] = "10.00"
        cost["asset"]["grant"] = dice.pick(("10", "10.01", "10.00"))


def proof_limit(dice, document):
    swap = dice.pick(("-101", "-101.000000000001", "-100.999999999999", "-102", "-303/3"))
    operator_of(dice, document)["profit_proof"] = {"swap": swap, "flows": ["0", "0.01", "-1"]}


def nothing_inside(dice, document):
    for activity in operator_of(dice, document)["activities"]:
        activity["inside"] = False


def twice(dice, document):
    """A repeated name in one of the arrays that forbid it."""
    operator = operator_of(dice, document)
    year = dice.pick(operator["years"])
    arrays = [document["operators"], operator["activities"], year["costs"],
              year.get("revenues", []), year.get("keys", []), year.get("monitoring", []),
              year.get("fulfilment", {}).get("criteria", []),
              year.get("counterfactual", {}).get("costs", []),
              year.get("counterfactual", {}).get("revenues", []),
              document.get("funding", {}).get("shares", [])]
    arrays += [key["values"] for key in year.get("keys", [])]
    for items in entries(dice, [items for items in arrays if items]):
        items.insert(dice.between(0, len(items)), dict(dice.pick(items)))


def moved_period(dice, document):
    year = year_of(dice, document)
    field = dice.pick(("from", "to"))
    year[field] = shifted(year[field], dice.pick((-366, -31, -1, 1, 31, 366)))


def dropped_period(dice, document):
    years = operator_of(dice, document)["years"]
    if len(years) > 1:
        years.pop(dice.between(0, len(years) - 1))


def swapped_periods(dice, document):
    years = operator_of(dice, document)["years"]
    years.append(years.pop(0))


def act_dates(dice, document):
    act = document["act"]
    field = dice.pick(("start", "end"))
    act[field] = shifted(act[field], dice.pick((-1000, -1, 1, 1000)))


def early_act(dice, document):
    act = dice.pick(document["acts"]) if "acts" in document else document.get("act")
    if act:
        act["act_date"] = dice.pick(("2005-12-18", "1990-01-01", "2005-12-19"))


def other_stage(dice, document):
    document["stage"] = "ex-ante" if document["stage"] == "ex-post" else "ex-post"


def other_method(dice, document):
    document["method"] = dice.pick(("cost", "avoided", "unit"))


def double_funding(dice, document):
    """A reference of a revenue in the payments of a year, of this operator or another one."""
    for revenue in any_revenue(dice, document):
        revenue["reference"] = "g-77"
        paid = {"funder": "ville", "amount": "1", "reference": "g-77"}
        year_of(dice, document).setdefault("paid", []).append(paid)


def large_profit(dice, document):
    year = year_of(dice, document)
    year["profit"] = {"basis": "other", "maximum": "10", "reason": "r",
                      "claimed": dice.pick(("10", "10.01", "0", "0.01", "100000000000"))}
    if "counterfactual" in year and dice.chance(0.7):
        year["counterfactual"]["profit_free"] = dice.chance(0.3)


def profit_fields(dice, document):
    year = year_of(dice, document)
    choices = {"basis": dice.pick(("capital", "other")), "capital": "1000", "swap": "2",
               "maximum": "5", "reason": "r", "claimed": dice.pick(("0", "1"))}
    year["profit"] = {field: choices[field] for field in dice.some(choices)}


def criteria_sum(dice, document):
    year = year_of(dice, document)
    weight = dice.pick(("0.5", "1", "0", "1/3"))
    year["fulfilment"] = {"base": dice.pick(("cap", "amount")), "criteria": [
        {"id": name, "target": "10", "delivered": "5", "weight": weight}
        for name in dice.names(dice.between(1, 3))]}


def no_delivered(dice, document):
    for operator in document["operators"]:
        for year in operator["years"]:
            year.get("unit", {}).pop("delivered", None)


SHEET = (zero_weights, other_weight, wrong_weight, other_type_of_key, full_key, full_key,
         unknown_reference, no_place, both_places, other_kind, large_grant, proof_limit,
         nothing_inside, twice, twice, moved_period, moved_period, dropped_period,
         swapped_periods, act_dates, early_act, other_stage, other_method, double_funding,
         large_profit, large_profit, profit_fields, criteria_sum, no_delivered)


# --- control

def period_of(dice, document):
    return dice.pick(dice.pick(document["acts"])["periods"])


def more_years(dice, document):
    """One amount more or less for everybody, or for some only."""
    period = period_of(dice, document)
    lists = [period["allowed"]] + [entry["amounts"] for entry in period["paid"]]
    everybody = dice.chance(0.6)
    for amounts in lists:
        if everybody or dice.chance(0.3):
            amounts.append("5")
    if dice.chance(0.5):
        period["to"] = shifted(period["to"], dice.pick((0, 100, 365, 366)))


def moved_control_period(dice, document):
    period = period_of(dice, document)
    field = dice.pick(("from", "to"))
    period[field] = shifted(period[field], dice.pick((-2000, -365, -1, 1, 365, 2000)))


def control_dates(dice, document):
    act = dice.pick(document["acts"])
    field = dice.pick(("start", "end", "ended_on"))
    act[field] = shifted(act.get(field, act["end"]), dice.pick((-3000, -1, 0, 1, 3000)))


def exemption(dice, document):
    period_of(dice, document)["exemption"] = dice.pick(("lump_sum", "reinvested"))


def repeated_control(dice, document):
    arrays = [document["acts"], document.get("answers", []), period_of(dice, document)["paid"]]
    for items in entries(dice, [items for items in arrays if items]):
        items.append(dict(dice.pick(items)))


def nobody_paid(dice, document):
    """A carry to pay back though nobody paid, in the first period or in all."""
    act = dice.pick(document["acts"])
    act["carry_in"] = "5.01"
    for period in act["periods"][:dice.pick((1, 50))]:
        period["allowed"] = [dice.pick(("0", "5", "5.01", "2")) for _ in period["allowed"]]
        for entry in period["paid"]:
            entry["amounts"] = ["0" for _ in entry["amounts"]]


def swapped_control(dice, document):
    periods = dice.pick(document["acts"])["periods"]
    periods.append(periods.pop(0))


def other_act_date(dice, document):
    dates = ("2005-12-18", "2005-12-19", "2012-01-30", "2012-01-31", "2026-01-07", "2026-01-08")
    dice.pick(document["acts"])["act_date"] = dice.pick(dates)


CONTROL = (more_years, more_years, moved_control_period, control_dates, exemption, early_act,
           repeated_control, nobody_paid, swapped_control, other_act_date)


# --- de minimis

def granted(dice, document):
    """An aid or the request."""
    found = list(document.get("aids", []))
    if "request" in document:
        found += [document["request"]] * 3
    return entries(dice, found)


INSTRUMENTS = (
    {"type": "loan", "amount": "1000", "years": "10.000001", "collateral": "49.99"},
    {"type": "loan", "amount": "3750000.01", "years": "5", "collateral": "50"},
    {"type": "loan", "amount": "1875000.01", "years": "10", "collateral": "50"},
    {"type": "loan", "amount": "3750000", "years": "5", "collateral": "50"},
    {"type": "loan", "amount": "9999999", "years": "11", "collateral": "50"},
    {"type": "loan", "amount": "9999999", "years": "9", "collateral": "49"},
    {"type": "guarantee", "amount": "1", "years": "10", "cover": "80.000001"},
    {"type": "guarantee", "amount": "5625000.01", "years": "5", "cover": "80"},
    {"type": "guarantee", "amount": "2813036", "years": "10", "cover": "80"},
    {"type": "guarantee", "amount": "2813036.01", "years": "10", "cover": "0"},
    {"type": "guarantee", "amount": "7", "years": "31/3", "cover": "81"},
    {"type": "unknown"}, {"type": "unknown"}, {"type": "unknown"}, {"type": "grant"},
    {"type": "grant", "amount": "5", "years": "1"},
    {"type": "gge", "amount": "5", "rate": "-100"}, {"type": "unknown", "amount": "5"},
    {"type": "instalments", "rate": "-100", "flows": [{"years": 1, "amount": "5"}]},
    {"type": "instalments", "rate": "-99.99", "flows": [{"years": 50, "amount": "5"}]},
    {"type": "instalments", "rate": "-101", "amount": "1"},
    {"type": "instalments", "flows": [{"years": 1, "amount": "5"}], "collateral": "1"},
    {"type": "loan", "amount": "5", "cover": "1"}, {"type": "guarantee", "collateral": "1"})


def other_instrument(dice, document):
    for aid in granted(dice, document):
        aid["instrument"] = dict(dice.pick(INSTRUMENTS))


def other_regulation(dice, document):
    for aid in entries(dice, document.get("aids", [])):
        aid["regulation"] = dice.pick(("360/2012", "2023/2832", "1998/2006", "1407/2013",
                                       "2023/2831", "other", "other"))


def grant_at_limit(dice, document):
    """The last or first day of a regulation, or the day before or after."""
    for aid in granted(dice, document):
        limit = dice.pick(("2007-01-01", "2012-04-29", "2014-01-01", "2024-01-01", "2031-01-01"))
        aid["grant_date"] = shifted(limit, dice.pick((-1, 0, 1)))


def half_cover(dice, document):
    for aid in granted(dice, document):
        aid.update(covers_from="2024-02-01", covers_to=dice.pick(("2024-01-31", "2024-02-01")))
        if dice.chance(0.7):
            del aid[dice.pick(("covers_from", "covers_to"))]


def unknown_name(dice, document):
    """An undertaking that nobody declared, in one of the places that name one."""
    places = [(aid, field) for aid in document.get("aids", [])
              for field in ("beneficiary", "used_by")]
    places += [(link, field) for link in document.get("links", []) for field in ("from", "to")]
    places += [(item, "beneficiary") for item in document.get("compensations", [])]
    if "request" in document:
        places.append((document["request"], "beneficiary"))
    for event in document.get("events", []):
        places += [(event["from"], at) for at in range(len(event["from"]))]
        places += [(part, "id") for part in event["into"]]
    for holder, at in entries(dice, places):
        holder[at] = "nobody"


def repeated_name(dice, document):
    arrays = [document["undertakings"], document.get("aids", []),
              document.get("compensations", [])]
    for event in document.get("events", []):
        arrays += [event["from"], event["into"]]
    for items in entries(dice, [items for items in arrays if items]):
        items.append(dice.pick(items))
    if "request" in document and dice.chance(0.3):
        document["request"]["id"] = dice.pick(("aid0", "aid1"))


def bent_event(dice, document):
    """A merger into two, a split of two, equities absent, useless or all zero."""
    for event in entries(dice, document.get("events", [])):
        way = dice.between(0, 4)
        if way == 0:
            event["type"] = "split" if event["type"] == "merger" else "merger"
        if way == 1:
            event["from"] = [item["id"] for item in document["undertakings"]][:2]
        for part in event["into"]:
            if way == 2:
                part["equity"] = dice.pick(("0", "0.00", "-0"))
            if way == 3 and dice.chance(0.5):
                part.pop("equity", None)
        if way == 4:
            event["date"] = shifted(event["date"], dice.pick((-2000, 2000)))


def backwards(dice, document):
    for link in entries(dice, document.get("links", [])):
        link.update(valid_from="2024-03-01", valid_to=dice.pick(("2024-02-29", "2024-03-01")))
    for item in entries(dice, document.get("compensations", [])):
        item["to"] = shifted(item["from"], dice.pick((-1, 0)))


def odd_fiscal_year(dice, document):
    first = dice.pick(("02-29", "02-28", "13-01", "00-10", "1-1", "04-31", "0101", "12-31", ""))
    dice.pick(document["undertakings"])["fiscal_year_start"] = first


DE_MINIMIS = (odd_fiscal_year, other_instrument, other_instrument, other_regulation,
              grant_at_limit, grant_at_limit, half_cover, unknown_name, repeated_name, bent_event,
              bent_event, backwards)


# --- route, act-check, calendar

def repeated_funder(dice, document):
    for entry in entries(dice, document.get("annual", [])):
        document["annual"].append({"funder": entry["funder"],
                                   "amounts": entry["amounts"] + dice.pick(([], ["1"]))})


def unequal_amounts(dice, document):
    for entry in entries(dice, document.get("annual", [])):
        entry["amounts"].append("1")


def missing_figures(dice, document):
    for field in dice.some(("annual", "turnover", "passengers"), 1):
        document.pop(field, None)


def backwards_act(dice, document):
    act = document.get("act", {})
    if act:
        field = dice.pick(("end", "end", "ended_on")) if "exercises" in document else "end"
        act[field] = shifted(act["start"], dice.pick((-1, 0, 5000)))


def repeated_aid(dice, document):
    for aid in entries(dice, document.get("de_minimis", [])):
        document["de_minimis"].append(dict(aid))


def calendar_limits(dice, document):
    day = dice.pick(("2023-12-31", "2024-01-01", "2030-12-31", "2031-01-01"))
    document.setdefault("de_minimis", []).append({"id": "edge", "grant_date": day})


BREAKS = {"sheet": SHEET, "control": CONTROL, "de-minimis": DE_MINIMIS,
          "route": (repeated_funder, unequal_amounts, missing_figures, missing_figures),
          "act-check": (backwards_act, early_act),
          "calendar": (backwards_act, early_act, repeated_aid, calendar_limits)}


def broken(dice, operation, document):
    """One to three breaks."""
    for _ in range(dice.pick((1, 1, 2, 3))):
        dice.pick(BREAKS[operation])(dice, document)
    return document
