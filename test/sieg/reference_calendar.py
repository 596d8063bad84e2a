"""Operation calendar: every deadline of an act, of exercises and of de minimis aids."""

from datetime import date

from reference_base import (CONTROL_YEARS, DAY, FIRST_REGISTER_DAY, REGULATIONS, Findings,
                            Problems, add_months, add_years, finish, regime_of, regime_rule,
                            register_by, report_repeats)

FIRST_REPORT_YEAR = 2014


def run(document):
    check_coherence(document)
    check_rules(document)
    found = set()
    if "act" in document:
        found |= act_deadlines(document["act"])
    for day in document["exercises"]:
        found.add((add_months(day, 6), "financial_report", day.isoformat(), "FR-CRF"))
    for aid in document["de_minimis"]:
        found |= aid_deadlines(aid, document["holidays"])
    deadlines = [{"date": day, "kind": kind, "ref": ref, "rule": rule}
                 for day, kind, ref, rule in sorted(found)]
    return finish("calendar", document, Findings(), {"deadlines": deadlines})


def check_coherence(document):
    problems = Problems()
    report_repeats(problems, "/de_minimis", document["de_minimis"], "id")
    act = document.get("act")
    if act and act["end"] < act["start"]:
        problems.add("E_DATE_ORDER", "/act/end")
    if act and "ended_on" in act and not act["start"] <= act["ended_on"] <= act["end"]:
        problems.add("E_DATE_ORDER", "/act/ended_on")
    problems.stop_if_any()


def check_rules(document):
    problems = Problems()
    if "act" in document and regime_of(document["act"]["act_date"]) is None:
        problems.add("E_NO_DECISION_YET", "/act/act_date")
    for i, aid in enumerate(document["de_minimis"]):
        if not REGULATIONS["2023/2832"].covers(aid["grant_date"]):
            problems.add("E_REGIME_DATE", f"/de_minimis/{i}/grant_date")
    problems.stop_if_any()


def act_deadlines(act):
    regime = regime_of(act["act_date"])
    rule, ref = regime_rule(regime, "C"), act["id"]
    end = act.get("ended_on", act["end"])
    found = {(end, "end_check", ref, rule), (add_months(end, -6), "end_warning", ref, rule),
             (add_years(end, 10), "records_until", ref, regime_rule(regime, "K"))}
    for day in control_days(act["start"], end, CONTROL_YEARS[regime]):
        found.add((day, "control_by", ref, rule))
        found.add((add_months(day, -6), "control_warning", ref, rule))
    if regime == "2012/21":
        for year in range(FIRST_REPORT_YEAR, end.year + 1, 2):
            if act["start"] <= date(year, 6, 30) <= end:
                found.add((date(year, 6, 30), "state_report", ref, "DEC12-Q"))
    return found


def control_days(start, end, years):
    """Ends of the intervals of control that come before the end of the act."""
    days = []
    while True:
        day = add_years(start, years * (len(days) + 1)) - DAY
        if day >= end:
            return days
        days.append(day)


def aid_deadlines(aid, calendar):
    day, ref, rule = aid["grant_date"], aid["id"], "DMS24-R"
    found = {(add_years(day, 10), "aid_records_until", ref, rule)}
    if day >= FIRST_REGISTER_DAY:
        found.add((register_by(day, calendar), "register_by", ref, rule))
        found.add((date(day.year + 1, 6, 30), "yearly_aggregate", str(day.year), rule))
    return found
