"""Operation act-check: checklist of the act and board of thresholds."""

from reference_base import (Findings, Money, Refused, finish, regime_of, regime_rule)

BLOCKING = ("obligations", "undertaking_territory", "rights", "mechanism", "recovery",
            "decision_reference", "method", "separate_accounts")
BLOCKING_DE_MINIMIS = ("dm_regulation", "dm_amount", "dm_service")
OTHERS = ("deliberation", "profit_parameters", "cap", "volumes", "payment_calendar", "documents",
          "control_calendar", "carry_clause", "end_settlement", "funder_shares", "penalties",
          "amendment", "personal_data", "publication", "record_period", "republican_commitment")
ROUTE_RULES = {"altmark": "ALT", "framework": "FRA12", "de-minimis": "DMS24-E"}


def run(document):
    act = document["act"]
    if act["end"] < act["start"]:
        raise Refused(1, {("/act/end", "E_DATE_ORDER")})
    regime = regime_of(act["act_date"])
    if document["route"] == "decision" and regime is None:
        raise Refused(1, {("/act/act_date", "E_NO_DECISION_YET")})
    rule = ROUTE_RULES.get(document["route"]) or regime_rule(regime, "M")
    findings = Findings()
    items = checklist(document, rule, findings)
    check_dates(document, rule, findings)
    body = {"status": "blocked" if findings.any_stop() else "complete",
            "items": items, "thresholds": thresholds(document, regime)}
    if regime:
        body["regime"] = regime
    return finish("act-check", document, findings, body)


def wanted_items(document):
    """Blocking items and the others, for this route."""
    de_minimis = document["route"] == "de-minimis"
    others = set(OTHERS)
    if not document["association"]:
        others.discard("republican_commitment")
    if de_minimis:
        others.discard("carry_clause")
    return (BLOCKING_DE_MINIMIS if de_minimis else BLOCKING), others


def checklist(document, rule, findings):
    blocking, others = wanted_items(document)
    items = []
    for name in sorted([*blocking, *others]):
        stops = name in blocking
        item = {"id": name, "blocking": stops, "present": name in document["items"],
                "rule": rule if stops else "HAL-ACT"}
        if not item["present"]:
            code = "E_ACT_INCOMPLETE" if stops else "W_ACT_ITEM"
            findings.add(code, f"/items/{name}", item["rule"])
        items.append(item)
    return items


def check_dates(document, rule, findings):
    """An act signed after what it governs."""
    strict = document["route"] in ("altmark", "decision")
    code = "E_RETROACTIVE" if strict else "W_RETROACTIVE"
    act = document["act"]
    for name in ("start", "first_payment"):
        if name in act and act["act_date"] > act[name]:
            findings.add(code, f"/act/{name}", rule)
    for i, change in enumerate(document["parameter_changes"]):
        if change["decided_on"] > change["governs_from"]:
            findings.add(code, f"/parameter_changes/{i}/decided_on", rule)


def thresholds(document, regime):
    if not document["annual"]:
        return []
    amount = max(document["annual"])
    board = [threshold("audit_chamber", amount, 150000, "FR-CJF"),
             threshold("written_agreement", amount, 2300000, "FR-AGREE")]
    if document["association"]:
        board.append(threshold("published_accounts", amount, 15300000, "FR-ACC"))
    if document["route"] == "decision" and regime == "2012/21":
        entry = threshold("publication", amount, 1500000000, "DEC12-V")
        entry["exceeded"] = entry["exceeded"] and document["outside_activities"]
        board.append(entry)
    if document["route"] == "decision" and regime == "2025/2630":
        board.append(threshold("publication", amount, 100000000, "DEC25-V"))
    return board


def threshold(name, amount, limit, rule):
    return {"id": name, "amount": Money(amount), "limit": Money(limit),
            "exceeded": amount > limit, "rule": rule}
