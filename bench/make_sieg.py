#!/usr/bin/env python3
"""Writes a compensation sheet of N lines, always the same one: several operators and years.

    bench/make_sieg.py N

Of ten lines, five are direct costs, one is common, one an asset with a grant, one excluded, two
are revenues. A year has 2,000 lines at most, an operator five years.
"""
import json
import sys

ACTIVITIES = ["in", "also-in", "out"]


def line(i):
    amount = f"{i * 7919 % 100003}.{i % 100:02}"
    activity = ACTIVITIES[i % 3]
    kind = i % 10
    if kind >= 8:
        return {"id": f"revenue-{i}", "kind": "users", "amount": amount, "activity": activity}
    cost = {"id": f"cost-{i}", "kind": "direct", "label": f"Charge de la ligne {i}"}
    if kind == 5:
        return cost | {"kind": "common", "amount": amount, "key": "hours"}
    if kind == 6:
        asset = {"cost": amount, "in_service": "2018-03-15", "life": 10, "grant": "0.50"}
        if float(amount) < 0.5:
            asset["grant"] = "0"
        return cost | {"kind": "asset", "activity": activity, "asset": asset}
    if kind == 7:
        return cost | {"kind": "excluded", "amount": amount, "why": "not_sgei"}
    return cost | {"amount": amount, "activity": activity}


def year(number, lines):
    return {
        "from": f"{number}-01-01",
        "to": f"{number}-12-31",
        "keys": [{"id": "hours", "type": "percent", "source": "time sheets", "values": [
            {"activity": a, "value": v} for a, v in zip(ACTIVITIES, ["42.5", "17.25", "40.25"])]}],
        "costs": [x for x in lines if x["kind"] != "users"],
        "revenues": [x for x in lines if x["kind"] == "users"],
        "cap": "1000000000.00",
    }


def sheet(n):
    years = [list(range(i, min(i + 2000, n))) for i in range(0, n, 2000)]
    operators = []
    for i in range(0, len(years), 5):
        operators.append({
            "id": f"operator-{i}",
            "activities": [{"id": a, "inside": a != "out"} for a in ACTIVITIES],
            "years": [year(2022 + j, [line(k) for k in numbers])
                      for j, numbers in enumerate(years[i:i + 5])],
        })
    return {
        "act": {"id": "act", "act_date": "2021-12-01", "start": "2022-01-01",
                "end": "2026-12-31"},
        "stage": "ex-post",
        "method": "cost",
        "funding": {"type": "percent", "shares": [
            {"funder": f, "value": v} for f, v in (("a", "50"), ("b", "30"), ("c", "20"))]},
        "operators": operators,
    }


json.dump(sheet(int(sys.argv[1])), sys.stdout, ensure_ascii=False, separators=(",", ":"))
