"""Field tables: name of the object, then for each field its type and whether it is needed.

`needed` is "required", "optional" or, for a default, a function that makes the default value.
"""

SECTORS = ("general", "hospital", "social_housing", "social_need", "affordable_housing",
           "island_link", "port", "airport", "land_transport")
REGULATION_NAMES = ("360/2012", "2023/2832", "1998/2006", "1407/2013", "2023/2831", "other")
ITEMS = ("amendment", "cap", "carry_clause", "control_calendar", "decision_reference",
         "deliberation", "dm_amount", "dm_regulation", "dm_service", "documents",
         "end_settlement", "funder_shares", "mechanism", "method", "obligations",
         "payment_calendar", "penalties", "personal_data", "profit_parameters", "publication",
         "record_period", "recovery", "republican_commitment", "rights", "separate_accounts",
         "undertaking_territory", "volumes")


def enum(*words):
    return ("enum", words)


def integer(least, most):
    return ("int", least, most)


def array(item, least, most):
    return ("array", item, least, most)


def objects(table, least, most):
    return array(("object", table), least, most)


def obj(table):
    return ("object", table)


def required(kind):
    return (kind, "required")


def optional(kind):
    return (kind, "optional")


def default(kind, value):
    return (kind, lambda: value)


def default_empty(kind):
    return (kind, list)


SHEET = {
    "sheet": {
        "dossier": optional("id"),
        "act": required(obj("sheet.act")),
        "stage": required(enum("ex-ante", "ex-post")),
        "method": required(enum("cost", "avoided", "unit")),
        "reason_above": optional("rate>=0"),
        "funding": optional(obj("sheet.funding")),
        "operators": required(objects("sheet.operator", 1, 200)),
    },
    "sheet.act": {
        "id": required("id"),
        "act_date": required("date"),
        "start": required("date"),
        "end": required("date"),
        "sector": default(enum(*SECTORS), "general"),
    },
    "sheet.funding": {
        "type": required(enum("percent", "ratio")),
        "shares": required(objects("sheet.share", 1, 100)),
    },
    "sheet.share": {
        "funder": required("id"),
        "value": required("key value"),
    },
    "sheet.operator": {
        "id": required("id"),
        "activities": required(objects("sheet.activity", 1, 50)),
        "years": required(objects("sheet.year", 1, 50)),
        "profit_proof": optional(obj("sheet.proof")),
    },
    "sheet.activity": {
        "id": required("id"),
        "inside": required("bool"),
    },
    "sheet.year": {
        "from": required("date"),
        "to": required("date"),
        "keys": default_empty(objects("sheet.key", 0, 50)),
        "costs": required(objects("sheet.cost", 0, 10000)),
        "revenues": default_empty(objects("sheet.revenue", 0, 10000)),
        "profit": optional(obj("sheet.profit")),
        "counterfactual": optional(obj("sheet.without")),
        "unit": optional(obj("sheet.unit")),
        "cap": optional("money>=0"),
        "fulfilment": optional(obj("sheet.fulfilment")),
        "paid": default_empty(objects("sheet.paid", 0, 1000)),
        "monitoring": default_empty(objects("sheet.monitoring", 0, 50)),
    },
    "sheet.key": {
        "id": required("id"),
        "type": required(enum("percent", "ratio")),
        "source": required("text"),
        "values": required(objects("sheet.keyvalue", 1, 50)),
        "reason": optional("text"),
    },
    "sheet.keyvalue": {
        "activity": required("id"),
        "value": required("key value"),
    },
    "sheet.cost": {
        "id": required("id"),
        "kind": required(enum("direct", "common", "asset", "excluded")),
        "label": optional("text"),
        "account": optional("text"),
        "amount": optional("money"),
        "activity": optional("id"),
        "key": optional("id"),
        "asset": optional(obj("sheet.asset")),
        "why": optional(enum("not_sgei", "fine", "out_of_period", "vat", "in_kind", "provision",
                             "transfer")),
        "forecast": optional("money"),
        "reason": optional("text"),
    },
    "sheet.asset": {
        "cost": required("money>=0"),
        "in_service": required("date"),
        "life": required(integer(1, 100)),
        "grant": optional("money>=0"),
    },
    "sheet.revenue": {
        "id": required("id"),
        "kind": required(enum("users", "sales", "grant", "eu", "insurance", "released_grant",
                              "excess_profit", "other_advantage")),
        "label": optional("text"),
        "amount": required("money"),
        "activity": optional("id"),
        "key": optional("id"),
        "reference": optional("id"),
        "forecast": optional("money"),
        "reason": optional("text"),
    },
    "sheet.profit": {
        "basis": default(enum("capital", "other"), "capital"),
        "capital": optional("money>=0"),
        "swap": optional("rate"),
        "maximum": optional("money>=0"),
        "reason": optional("text"),
        "claimed": default("money>=0", 0),
    },
    "sheet.without": {
        "description": required("text"),
        "same_undertaking": required("bool"),
        "profit_free": default("bool", False),
        "costs": required(objects("sheet.simple", 0, 1000)),
        "revenues": required(objects("sheet.simple", 0, 1000)),
    },
    "sheet.simple": {
        "id": required("id"),
        "amount": required("money"),
    },
    "sheet.unit": {
        "price": required("money>=0"),
        "planned": required("rate>=0"),
        "delivered": optional("rate>=0"),
    },
    "sheet.fulfilment": {
        "base": required(enum("cap", "amount")),
        "criteria": required(objects("sheet.criterion", 1, 50)),
    },
    "sheet.criterion": {
        "id": required("id"),
        "target": required("rate>0"),
        "delivered": required("rate>=0"),
        "weight": required("rate>=0"),
    },
    "sheet.paid": {
        "funder": required("id"),
        "amount": required("money>=0"),
        "reference": optional("id"),
    },
    "sheet.monitoring": {
        "id": required("id"),
        "quantity": required("rate>0"),
        "total": optional("rate>0"),
    },
    "sheet.proof": {
        "swap": required("rate"),
        "flows": required(array("money", 2, 51)),
    },
}

CONTROL = {
    "control": {
        "dossier": optional("id"),
        "as_of": optional("date"),
        "acts": required(objects("control.act", 1, 200)),
        "answers": default_empty(objects("answer", 0, 20)),
    },
    "control.act": {
        "id": required("id"),
        "act_date": required("date"),
        "start": required("date"),
        "end": required("date"),
        "ended_on": optional("date"),
        "sector": default(enum(*SECTORS), "general"),
        "netting": default(enum("period", "annual"), "period"),
        "carry_in": default("money>=0", 0),
        "periods": required(objects("control.period", 1, 50)),
    },
    "control.period": {
        "from": required("date"),
        "to": required("date"),
        "allowed": required(array("money>=0", 1, 50)),
        "paid": required(objects("control.paid", 1, 100)),
        "decision": default(enum("carry", "repay"), "carry"),
        "exemption": optional(enum("lump_sum", "reinvested")),
    },
    "control.paid": {
        "funder": required("id"),
        "amounts": required(array("money>=0", 1, 50)),
    },
    "answer": {
        "question": required(enum("carry_rule_2025", "exemption_2025")),
        "value": required("bool"),
        "author": required("text"),
        "date": required("date"),
        "reason": required("text"),
    },
}

DE_MINIMIS = {
    "de-minimis": {
        "dossier": optional("id"),
        "as_of": optional("date"),
        "holidays": default(enum("fr", "alsace-moselle"), "fr"),
        "undertakings": required(objects("dm.undertaking", 1, 500)),
        "links": default_empty(objects("dm.link", 0, 2000)),
        "aids": default_empty(objects("dm.aid", 0, 2000)),
        "request": optional(obj("dm.request")),
        "compensations": default_empty(objects("dm.compensation", 0, 500)),
        "events": default_empty(objects("dm.event", 0, 100)),
    },
    "dm.undertaking": {
        "id": required("id"),
        "kind": required(enum("enterprise", "public", "nonprofit")),
        "fiscal_year_start": default("month-day", (1, 1)),
    },
    "dm.link": {
        "from": required("id"),
        "to": required("id"),
        "kind": required(enum("votes", "appoint", "contract", "agreement")),
        "valid_from": optional("date"),
        "valid_to": optional("date"),
    },
    "dm.aid": {
        "id": required("id"),
        "beneficiary": required("id"),
        "regulation": required(enum(*REGULATION_NAMES)),
        "grant_date": required("date"),
        "instrument": required(obj("dm.instrument")),
        "sgei": optional("id"),
        "covers_from": optional("date"),
        "covers_to": optional("date"),
        "registered_on": optional("date"),
        "used_by": optional("id"),
    },
    "dm.instrument": {
        "type": required(enum("grant", "gge", "instalments", "loan", "guarantee", "unknown")),
        "amount": optional("money>=0"),
        "rate": optional("rate"),
        "flows": optional(objects("dm.flow", 1, 100)),
        "years": optional("rate>0"),
        "collateral": optional("rate>=0"),
        "cover": optional("rate>=0"),
    },
    "dm.flow": {
        "years": required(integer(0, 50)),
        "amount": required("money>=0"),
    },
    "dm.request": {
        "id": required("id"),
        "beneficiary": required("id"),
        "kind": required(enum("sgei", "general")),
        "grant_date": required("date"),
        "instrument": required(obj("dm.instrument")),
        "sgei": optional("id"),
        "covers_from": optional("date"),
        "covers_to": optional("date"),
    },
    "dm.compensation": {
        "id": required("id"),
        "beneficiary": required("id"),
        "sgei": required("id"),
        "from": required("date"),
        "to": required("date"),
    },
    "dm.event": {
        "type": required(enum("merger", "split")),
        "date": required("date"),
        "from": required(array("id", 1, 50)),
        "into": required(objects("dm.part", 1, 50)),
    },
    "dm.part": {
        "id": required("id"),
        "equity": optional("money>=0"),
    },
}

ROUTE = {
    "route": {
        "dossier": optional("id"),
        "act_date": required("date"),
        "start": required("date"),
        "sector": required(enum(*SECTORS)),
        "economic": required("bool"),
        "service": required(obj("route.service")),
        "initiative": default(enum("authority", "operator"), "authority"),
        "altmark": optional(obj("route.altmark")),
        "de_minimis": optional(obj("route.dm")),
        "annual": default_empty(objects("route.annual", 0, 100)),
        "months": optional(integer(1, 1200)),
        "investment": default("bool", False),
        "turnover": optional(array("money>=0", 1, 2)),
        "passengers": optional(array(integer(0, 1000000000), 1, 2)),
    },
    "route.service": {
        "need": required("bool"),
        "no_market": required("bool"),
        "competence": required("bool"),
        "obligations": required("bool"),
    },
    "route.altmark": {
        "obligations_written": required("bool"),
        "parameters_before": required("bool"),
        "no_overcompensation": required("bool"),
        "tender": required("bool"),
        "benchmark": required("bool"),
    },
    "route.dm": {
        "whole_right": required("money>=0"),
        "used": required("money>=0"),
        "other_compensation": required("bool"),
        "sector_excluded": required("bool"),
    },
    "route.annual": {
        "funder": required("id"),
        "amounts": required(array("money>=0", 1, 50)),
    },
}

ACT_CHECK = {
    "act-check": {
        "dossier": optional("id"),
        "act": required(obj("check.act")),
        "route": required(enum("altmark", "decision", "framework", "de-minimis")),
        "items": required(obj("check.items")),
        "annual": default_empty(array("money>=0", 0, 50)),
        "outside_activities": default("bool", False),
        "association": default("bool", False),
        "parameter_changes": default_empty(objects("check.change", 0, 100)),
    },
    "check.act": {
        "id": required("id"),
        "act_date": required("date"),
        "start": required("date"),
        "end": required("date"),
        "first_payment": optional("date"),
    },
    "check.items": {item: optional("text") for item in ITEMS},
    "check.change": {
        "decided_on": required("date"),
        "governs_from": required("date"),
    },
}

CALENDAR = {
    "calendar": {
        "dossier": optional("id"),
        "holidays": default(enum("fr", "alsace-moselle"), "fr"),
        "act": optional(obj("cal.act")),
        "exercises": default_empty(array("date", 0, 100)),
        "de_minimis": default_empty(objects("cal.dm", 0, 2000)),
    },
    "cal.act": {
        "id": required("id"),
        "act_date": required("date"),
        "start": required("date"),
        "end": required("date"),
        "ended_on": optional("date"),
    },
    "cal.dm": {
        "id": required("id"),
        "grant_date": required("date"),
    },
}

TABLES = {**SHEET, **CONTROL, **DE_MINIMIS, **ROUTE, **ACT_CHECK, **CALENDAR}
