"""Figures of a sheet: one year, one operator, the document (section 7, calculation and output)."""

from datetime import date
from fractions import Fraction
from math import floor

from reference_base import (DAY, Money, add_years, day_fraction, days_in_year, figure, line,
                            percent_text, regime_of, regime_rule, split)

AVERAGE_CEILING = {"2012/21": 1500000000, "2025/2630": 2000000000}


def profit_maximum(year):
    profit = year["profit"]
    if profit["basis"] == "other":
        return profit["maximum"]
    exact = (profit["capital"] * (profit["swap"] + 1) / 100
             * day_fraction(year["from"], year["to"]))
    return max(0, floor(exact))


def depreciated(amount, asset, day):
    """LINE(cum(day)) of an amount that follows the life of an asset."""
    start = asset["in_service"]
    if day < start:
        return 0
    if day >= add_years(start, asset["life"]) - DAY:
        return amount
    elapsed = sum(day_fraction(max(start, date(year, 1, 1)), min(day, date(year, 12, 31)))
                  for year in range(start.year, day.year + 1))
    return line(min(Fraction(amount), Fraction(amount) / asset["life"] * elapsed))


def charge(amount, asset, year):
    """What a period bears of the amount: a difference of rounded sums, so a life sums exactly."""
    return depreciated(amount, asset, year["to"]) - depreciated(amount, asset, year["from"] - DAY)


class Year:
    """One year of one operator."""

    def __init__(self, document, operator, index, path, findings):
        self.document = document
        self.operator = operator
        self.year = operator["years"][index]
        self.before = operator["years"][index - 1] if index else None
        self.path = path
        self.findings = findings
        self.regime = regime_of(document["act"]["act_date"])
        self.inside = {activity["id"]: activity["inside"] for activity in operator["activities"]}
        self.result = {}

    def rule(self, letter):
        return regime_rule(self.regime, letter)

    def compute(self):
        self.result = {"from": self.year["from"], "to": self.year["to"],
                       "fraction": day_fraction(self.year["from"], self.year["to"])}
        self.costs_and_revenues()
        self.profit()
        self.terms()
        self.payments()
        self.funders()
        self.monitoring()
        self.differences()
        self.changed_keys()
        return self.result

    # --- lines

    def placed(self, entry, amount, source):
        """Adds to a line its amount, its part inside and where both come from."""
        entry["amount"] = Money(amount)
        if "activity" in source:
            entry["activity"] = source["activity"]
            entry["inside"] = Money(amount if self.inside[source["activity"]] else 0)
        elif "key" in source:
            self.shared(entry, amount, source["key"])
        return entry

    def shared(self, entry, amount, name):
        values = next(key for key in self.year["keys"] if key["id"] == name)["values"]
        parts = split(amount, [value["value"] for value in values])
        entry["key"] = name
        entry["split"] = [{"activity": value["activity"], "amount": Money(part)}
                          for value, part in zip(values, parts)]
        entry["inside"] = Money(sum(part for value, part in zip(values, parts)
                                    if self.inside[value["activity"]]))

    def cost_line(self, cost):
        entry = {"id": cost["id"], "kind": cost["kind"]}
        if cost["kind"] == "asset":
            entry.update(rule="HAL-DEPR", rounding="LINE")
            return self.placed(entry, charge(cost["asset"]["cost"], cost["asset"], self.year), cost)
        if cost["kind"] == "excluded":
            entry.update(rule="HAL-EXCL", why=cost["why"], inside=Money(0))
        else:
            entry.update(rule=self.rule("N"))
        return self.placed(entry, cost["amount"], cost)

    def revenue_line(self, revenue):
        entry = {"id": revenue["id"], "kind": revenue["kind"], "rule": self.rule("R"),
                 "inside": Money(revenue["amount"])}
        return self.placed(entry, revenue["amount"], revenue)

    def released_grant(self, cost):
        entry = {"id": cost["id"], "kind": "released_grant", "rule": "HAL-DEPR",
                 "rounding": "LINE", "from_asset": True}
        return self.placed(entry, charge(cost["asset"]["grant"], cost["asset"], self.year), cost)

    def costs_and_revenues(self):
        costs = [self.cost_line(cost) for cost in self.year["costs"]]
        revenues = [self.revenue_line(revenue) for revenue in self.year["revenues"]]
        revenues += [self.released_grant(cost) for cost in self.year["costs"]
                     if "grant" in cost.get("asset", {})]
        cost_total = sum(entry["inside"] for entry in costs)
        revenue_total = sum(entry["inside"] for entry in revenues)
        self.net_cost = cost_total - revenue_total
        self.result.update(costs=costs, revenues=revenues,
                           cost_total=figure(cost_total, self.rule("N")),
                           revenue_total=figure(revenue_total, self.rule("R")),
                           net_cost=figure(self.net_cost, self.rule("N")))

    # --- terms

    def profit(self):
        self.claimed = 0
        if "profit" not in self.year:
            return
        profit = self.year["profit"]
        self.claimed = profit["claimed"]
        rounding = "PROFIT_MAX" if profit["basis"] == "capital" else None
        self.result["profit"] = figure(self.claimed, self.rule("P"))
        self.result["profit_max"] = figure(profit_maximum(self.year), self.rule("P"), rounding)

    def base_term(self):
        if self.document["method"] != "avoided":
            return figure(max(0, self.net_cost + self.claimed), self.rule("N"), term="net_cost")
        without = self.year["counterfactual"]
        net_without = (sum(item["amount"] for item in without["costs"])
                       - sum(item["amount"] for item in without["revenues"]))
        self.result["net_cost_without"] = figure(net_without, self.rule("N"))
        if not without["same_undertaking"]:
            self.findings.add("W_COUNTERFACTUAL_OTHER_FIRM",
                              self.path + "/counterfactual/same_undertaking", self.rule("N"))
        amount = max(0, self.net_cost - net_without + self.claimed)
        return figure(amount, self.rule("N"), term="net_avoided_cost")

    def unit_terms(self):
        unit = self.year["unit"]
        quantities = (("unit_delivered", unit.get("delivered", unit["planned"])),
                      ("unit_planned", unit["planned"]))
        return [figure(line(unit["price"] * quantity), "HAL-UNIT", "LINE", term=term)
                for term, quantity in quantities]

    def fulfilment_term(self, terms):
        fulfilment = self.year["fulfilment"]
        ratio = sum(criterion["weight"] * min(1, criterion["delivered"] / criterion["target"])
                    for criterion in fulfilment["criteria"])
        base = self.year["cap"] if fulfilment["base"] == "cap" else smallest(terms)["amount"]
        self.result["fulfilment_ratio"] = Fraction(ratio)
        return figure(line(base * ratio), "HAL-FULFIL", "LINE", term="fulfilment")

    def terms(self):
        terms = [self.base_term()]
        if self.document["method"] == "unit":
            terms += self.unit_terms()
        if "cap" in self.year:
            terms.append(figure(self.year["cap"], "HAL-CAP", term="cap"))
        if "fulfilment" in self.year:
            terms.append(self.fulfilment_term(terms))
        binding = smallest(terms)
        self.allowed = binding["amount"]
        self.result.update(terms=terms, binding=binding["term"],
                           allowed=figure(self.allowed, binding["rule"]))

    # --- what follows from the amount allowed

    def payments(self):
        if not self.year["paid"]:
            return
        paid = sum(entry["amount"] for entry in self.year["paid"])
        self.result["paid"] = figure(paid, "HAL-MAX")
        self.result["balance"] = figure(self.allowed - paid, "HAL-MAX")
        if self.document["stage"] == "ex-post" and self.allowed > paid:
            self.findings.add("W_UNDERCOMPENSATED", self.path + "/paid", "HAL-MAX")

    def funders(self):
        if "funding" not in self.document:
            return
        shares = self.document["funding"]["shares"]
        parts = split(self.allowed, [share["value"] for share in shares])
        self.result["funders"] = [
            figure(part, "HAL-SPLIT", "SPLIT", funder=share["funder"])
            for share, part in zip(shares, parts)]

    def monitoring(self):
        entries = []
        for item in self.year["monitoring"]:
            per_unit = line(self.allowed / item["quantity"])
            entry = {"id": item["id"], "per_unit": figure(per_unit, "HAL-MON", "LINE")}
            if "total" in item:
                entry["percent"] = percent_text(item["quantity"] / item["total"] * 100)
            entries.append(entry)
        if entries:
            self.result["monitoring"] = entries

    def differences(self):
        entries = []
        for name in ("costs", "revenues"):
            for index, item in enumerate(self.year[name]):
                if "forecast" in item:
                    actual = self.result[name][index]["amount"]
                    entries.append(difference(item, actual))
                    self.check_reason(item, actual, f"{self.path}/{name}/{index}")
        if entries:
            self.result["differences"] = entries

    def check_reason(self, item, actual, path):
        if "reason_above" not in self.document or "reason" in item:
            return
        gap = abs(actual - item["forecast"])
        if gap * 100 > self.document["reason_above"] * abs(item["forecast"]):
            self.findings.add("W_REASON_MISSING", path, "HAL-DIFF")

    def changed_keys(self):
        if not self.before:
            return
        earlier = {key["id"]: key for key in self.before["keys"]}
        for index, key in enumerate(self.year["keys"]):
            same = earlier.get(key["id"])
            if same and "reason" not in key and meaning(same) != meaning(key):
                self.findings.add("W_KEY_CHANGED", f"{self.path}/keys/{index}", "HAL-SPLIT")


def smallest(terms):
    """The first of the smallest terms."""
    return min(terms, key=lambda term: term["amount"])


def difference(item, actual):
    gap = actual - item["forecast"]
    entry = {"id": item["id"], "forecast": Money(item["forecast"]), "actual": Money(actual),
             "difference": Money(gap), "rule": "HAL-DIFF"}
    if item["forecast"]:
        entry["percent"] = percent_text(Fraction(gap, abs(item["forecast"])) * 100)
    return entry


def meaning(key):
    """What makes two keys the same: the type and the weights that are not zero, in any order."""
    weights = {value["activity"]: value["value"] for value in key["values"] if value["value"]}
    return key["type"], weights


# --- operator and document --------------------------------------------------------------------

def operator_result(document, index, findings):
    operator = document["operators"][index]
    path = f"/operators/{index}"
    regime = regime_of(document["act"]["act_date"])
    years = [Year(document, operator, j, f"{path}/years/{j}", findings).compute()
             for j in range(len(operator["years"]))]
    allowed = sum(year["allowed"]["amount"] for year in years)
    result = {"id": operator["id"], "years": years,
              "allowed": figure(allowed, regime_rule(regime, "N"))}
    if "profit_proof" in operator:
        result["profit_proof"] = proof(operator["profit_proof"], regime, path, findings)
    average_applies = document["stage"] == "ex-ante" and document["act"]["sector"] == "general"
    if average_applies and regime in AVERAGE_CEILING:
        result["average"] = average(allowed, years, regime)
    return result


def proof(given, regime, path, findings):
    """Net present value of the whole act at swap + 1; its exact value gives the verdict."""
    rule = regime_rule(regime, "P")
    growth = 1 + (given["swap"] + 1) / 100
    value = sum(flow / growth ** t for t, flow in enumerate(given["flows"]))
    if value > 0:
        findings.add("W_PROFIT_NPV", path + "/profit_proof", rule)
    return {"npv": figure(line(value), rule, "LINE"),
            "verdict": "too_high" if value > 0 else "reasonable"}


def average(allowed, years, regime):
    length = sum(year["fraction"] for year in years)
    ceiling = AVERAGE_CEILING[regime]
    return {"sum": Money(allowed), "years": Fraction(length),
            "ceiling": figure(ceiling, regime_rule(regime, "T")),
            "verdict": "within" if allowed <= ceiling * length else "above"}


def sheet_totals(document, operators):
    regime = regime_of(document["act"]["act_date"])
    allowed = sum(operator["allowed"]["amount"] for operator in operators)
    body = {"regime": regime, "stage": document["stage"], "method": document["method"],
            "operators": operators, "allowed": figure(allowed, regime_rule(regime, "N"))}
    if "funding" in document:
        lists = [year["funders"] for operator in operators for year in operator["years"]]
        body["funders"] = [
            figure(sum(entry["amount"] for entry in column), "HAL-SPLIT",
                   funder=column[0]["funder"])
            for column in zip(*lists)]
    return body
