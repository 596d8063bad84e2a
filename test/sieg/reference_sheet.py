"""Operation sheet: coherence and rules (stages B and C). The figures are in reference_year."""

from reference_base import DAY, Findings, Problems, finish, regime_of, report_repeats
from reference_year import operator_result, profit_maximum, sheet_totals

MUST_HAVE = {"direct": ("amount", "activity"), "common": ("amount",), "asset": ("asset",),
             "excluded": ("amount", "why")}
MUST_NOT_HAVE = {"direct": ("key", "asset", "why"), "common": ("activity", "asset", "why"),
                 "asset": ("amount", "why"), "excluded": ("activity", "key", "asset")}


def run(document):
    Coherence(document).problems.stop_if_any()
    check_rules(document)
    findings = Findings()
    operators = [operator_result(document, index, findings)
                 for index in range(len(document["operators"]))]
    return finish("sheet", document, findings, sheet_totals(document, operators))


def well_shaped(year):
    return year["from"] <= year["to"] and year["from"].year == year["to"].year


class Coherence:
    """Stage B of a sheet."""

    def __init__(self, document):
        self.document = document
        self.problems = Problems()
        self.check()

    def check(self):
        act = self.document["act"]
        if act["end"] < act["start"]:
            self.problems.add("E_DATE_ORDER", "/act/end")
        if "funding" in self.document:
            self.funding(self.document["funding"])
        self.repeats("/operators", self.document["operators"])
        for index, operator in enumerate(self.document["operators"]):
            self.operator(operator, f"/operators/{index}")

    def repeats(self, path, items, field="id"):
        report_repeats(self.problems, path, items, field)

    def funding(self, funding):
        self.repeats("/funding/shares", funding["shares"], "funder")
        self.sums(funding["type"], funding["shares"], "/funding/shares")

    def sums(self, kind, items, path):
        """Values of a key or shares of the funders."""
        values = [item["value"] for item in items]
        if kind == "percent" and sum(values) != 100:
            self.problems.add("E_KEY_SUM", path)
        if kind == "ratio" and not any(values):
            self.problems.add("E_KEY_ZERO", path)

    def operator(self, operator, path):
        self.repeats(path + "/activities", operator["activities"])
        if not any(activity["inside"] for activity in operator["activities"]):
            self.problems.add("E_NO_ACTIVITY", path + "/activities")
        if "profit_proof" in operator and operator["profit_proof"]["swap"] <= -101:
            self.problems.add("E_RANGE", path + "/profit_proof/swap")
        self.periods(operator["years"], path + "/years")
        paid_references = {entry.get("reference") for year in operator["years"]
                           for entry in year["paid"]}
        for index, year in enumerate(operator["years"]):
            self.year(operator, year, f"{path}/years/{index}")
            self.double_funding(year, paid_references, f"{path}/years/{index}/revenues")

    def periods(self, years, path):
        act = self.document["act"]
        for index, year in enumerate(years):
            if not well_shaped(year):
                self.problems.add("E_PERIOD_SHAPE", f"{path}/{index}/to")
                continue
            if year["from"] < act["start"] or year["to"] > act["end"]:
                self.problems.add("E_PERIOD_OUTSIDE", f"{path}/{index}")
            if index and well_shaped(years[index - 1]):
                self.follows(years[index - 1], year, f"{path}/{index}/from")
        if self.document["stage"] == "ex-ante":
            self.whole_act(years, path)

    def follows(self, before, year, path):
        if year["from"] <= before["to"]:
            self.problems.add("E_PERIOD_OVERLAP", path)
        elif year["from"] != before["to"] + DAY:
            self.problems.add("E_PERIOD_GAP", path)

    def whole_act(self, years, path):
        """Forecasts cover every day of the act."""
        if years[0]["from"] > self.document["act"]["start"]:
            self.problems.add("E_PERIOD_GAP", f"{path}/0/from")
        if years[-1]["to"] < self.document["act"]["end"]:
            self.problems.add("E_PERIOD_GAP", f"{path}/{len(years) - 1}/to")

    def double_funding(self, year, paid_references, path):
        for index, revenue in enumerate(year["revenues"]):
            if "reference" in revenue and revenue["reference"] in paid_references:
                self.problems.add("E_DOUBLE_FUNDING", f"{path}/{index}/reference")

    def year(self, operator, year, path):
        for name in ("keys", "costs", "revenues", "monitoring"):
            self.repeats(f"{path}/{name}", year[name])
        for index, key in enumerate(year["keys"]):
            self.key(operator, key, f"{path}/keys/{index}")
        for index, cost in enumerate(year["costs"]):
            self.cost(operator, year, cost, f"{path}/costs/{index}")
        for index, revenue in enumerate(year["revenues"]):
            self.revenue(operator, year, revenue, f"{path}/revenues/{index}")
        if "profit" in year:
            self.profit(year["profit"], path + "/profit")
        self.method(year, path)
        if "fulfilment" in year:
            self.fulfilment(year, path)

    def key(self, operator, key, path):
        self.repeats(path + "/values", key["values"], "activity")
        self.sums(key["type"], key["values"], path + "/values")
        declared = {activity["id"] for activity in operator["activities"]}
        for index, value in enumerate(key["values"]):
            if value["activity"] not in declared:
                self.problems.add("E_REF", f"{path}/values/{index}/activity")

    def references(self, operator, year, item, path):
        declared = {activity["id"] for activity in operator["activities"]}
        if "activity" in item and item["activity"] not in declared:
            self.problems.add("E_REF", path + "/activity")
        if "key" in item and item["key"] not in {key["id"] for key in year["keys"]}:
            self.problems.add("E_REF", path + "/key")
        if "forecast" in item and self.document["stage"] == "ex-ante":
            self.problems.add("E_STAGE", path + "/forecast")

    def needs(self, item, names, path):
        for name in names:
            if name not in item:
                self.problems.add("E_REQUIRED", f"{path}/{name}")

    def conflicts(self, item, names, path):
        for name in names:
            if name in item:
                self.problems.add("E_FIELD_CONFLICT", f"{path}/{name}")

    def cost(self, operator, year, cost, path):
        kind = cost["kind"]
        self.references(operator, year, cost, path)
        self.needs(cost, MUST_HAVE[kind], path)
        self.conflicts(cost, MUST_NOT_HAVE[kind], path)
        if kind == "asset" and "activity" in cost:
            self.conflicts(cost, ("key",), path)
        if "key" not in cost and (kind == "common" or (kind == "asset" and "activity" not in cost)):
            self.problems.add("E_KEY_MISSING", path + "/key")
        if kind in ("common", "asset") and self.full_key(operator, year, cost.get("key")):
            self.problems.add("E_KEY_FULL", path + "/key")
        if "asset" in cost and cost["asset"].get("grant", 0) > cost["asset"]["cost"]:
            self.problems.add("E_RANGE", path + "/asset/grant")

    def full_key(self, operator, year, name):
        """Whether a shared cost goes wholly to the service though there is something else."""
        outside = {a["id"] for a in operator["activities"] if not a["inside"]}
        if not outside:
            return False
        for key in year["keys"]:
            if key["id"] == name:
                used = [value["activity"] for value in key["values"] if value["value"] > 0]
                return bool(used) and outside.isdisjoint(used)
        return False

    def revenue(self, operator, year, revenue, path):
        self.references(operator, year, revenue, path)
        if revenue["kind"] == "excess_profit":
            self.conflicts(revenue, ("activity", "key"), path)
        elif "activity" in revenue:
            self.conflicts(revenue, ("key",), path)
        elif "key" not in revenue:
            self.problems.add("E_KEY_MISSING", path + "/key")

    def profit(self, profit, path):
        capital, other = ("capital", "swap"), ("maximum",)
        if profit["basis"] == "capital":
            self.needs(profit, capital, path)
            self.conflicts(profit, other, path)
        else:
            self.needs(profit, other + ("reason",), path)
            self.conflicts(profit, capital, path)

    def method(self, year, path):
        method = self.document["method"]
        for name, owner in (("counterfactual", "avoided"), ("unit", "unit")):
            if method == owner:
                self.needs(year, (name,), path)
            else:
                self.conflicts(year, (name,), path)
        if method == "unit" and self.document["stage"] == "ex-post" and "unit" in year:
            self.needs(year["unit"], ("delivered",), path + "/unit")
        if "counterfactual" in year:
            for name in ("costs", "revenues"):
                self.repeats(f"{path}/counterfactual/{name}", year["counterfactual"][name])

    def fulfilment(self, year, path):
        fulfilment = year["fulfilment"]
        criteria = fulfilment["criteria"]
        self.repeats(path + "/fulfilment/criteria", criteria)
        if sum(criterion["weight"] for criterion in criteria) != 1:
            self.problems.add("E_KEY_SUM", path + "/fulfilment/criteria")
        if fulfilment["base"] == "cap":
            self.needs(year, ("cap",), path)


def inside_of(operator):
    """Place of each activity; the first declaration of an id counts."""
    inside = {}
    for activity in operator["activities"]:
        inside.setdefault(activity["id"], activity["inside"])
    return inside


def check_rules(document):
    """Stage C of a sheet."""
    problems = Problems()
    if regime_of(document["act"]["act_date"]) is None:
        problems.add("E_NO_DECISION_YET", "/act/act_date")
    for i, operator in enumerate(document["operators"]):
        for j, year in enumerate(operator["years"]):
            if "profit" in year:
                check_profit(problems, year, f"/operators/{i}/years/{j}/profit/claimed")
    problems.stop_if_any()


def check_profit(problems, year, path):
    claimed = year["profit"]["claimed"]
    # Coherence left counterfactuals only to the method avoided.
    if claimed > 0 and "counterfactual" in year and not year["counterfactual"]["profit_free"]:
        problems.add("E_NAC_DOUBLE_PROFIT", path)
    if claimed > profit_maximum(year):
        problems.add("E_PROFIT_OVER_MAX", path)
