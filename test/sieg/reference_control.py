"""Operation control: what was paid against what was allowed, period after period."""

from reference_base import (CONTROL_YEARS, DAY, Findings, Money, Problems, add_months, add_years,
                            dated, figure, finish, regime_of, regime_rule,
                            report_repeats, split)

NEW_REGIME = "2025/2630"


def run(document):
    check_coherence(document)
    answers = {answer["question"]: answer["value"] for answer in document["answers"]}
    check_rules(document, answers)
    findings = Findings()
    problems = Problems()
    acts = [Act(document, act, f"/acts/{i}", answers, findings, problems).compute()
            for i, act in enumerate(document["acts"])]
    problems.stop_if_any()
    body = {"acts": acts,
            "repay": total(acts, "repay"),
            "carry_out": total(acts, "carry_out"),
            "answers": sorted(document["answers"], key=lambda answer: answer["question"])}
    return finish("control", document, findings, body)


def total(acts, name):
    return figure(sum(act[name]["amount"] for act in acts), "HAL-NONET")


def effective_end(act):
    return act.get("ended_on", act["end"])


# --- stage B

def check_coherence(document):
    problems = Problems()
    report_repeats(problems, "/acts", document["acts"], "id")
    report_repeats(problems, "/answers", document["answers"], "question")
    for i, act in enumerate(document["acts"]):
        check_act(problems, act, f"/acts/{i}")
    problems.stop_if_any()


def check_act(problems, act, path):
    if act["end"] < act["start"]:
        problems.add("E_DATE_ORDER", path + "/end")
    if "ended_on" in act and not act["start"] <= act["ended_on"] <= act["end"]:
        problems.add("E_DATE_ORDER", path + "/ended_on")
    before = None
    for j, period in enumerate(act["periods"]):
        check_payers(problems, period, f"{path}/periods/{j}/paid")
        check_period(problems, act, before, period, f"{path}/periods/{j}")
        before = period


def check_payers(problems, period, path):
    report_repeats(problems, path, period["paid"], "funder")
    for k, entry in enumerate(period["paid"]):
        if len(entry["amounts"]) != len(period["allowed"]):
            problems.add("E_PERIOD_SHAPE", f"{path}/{k}/amounts")


def check_period(problems, act, before, period, path):
    if period["to"] < period["from"]:
        problems.add("E_PERIOD_SHAPE", path + "/to")
        return
    if period["to"] > add_years(period["from"], len(period["allowed"])) - DAY:
        problems.add("E_PERIOD_SHAPE", path + "/allowed")
    if period["from"] < act["start"] or period["to"] > effective_end(act):
        problems.add("E_PERIOD_OUTSIDE", path)
    if before is None or before["to"] < before["from"]:
        return
    if period["from"] <= before["to"]:
        problems.add("E_PERIOD_OVERLAP", path + "/from")
    elif period["from"] != before["to"] + DAY:
        problems.add("E_PERIOD_GAP", path + "/from")


# --- stage C

def check_rules(document, answers):
    problems = Problems()
    for i, act in enumerate(document["acts"]):
        regime = regime_of(act["act_date"])
        if regime is None:
            problems.add("E_NO_DECISION_YET", f"/acts/{i}/act_date")
            continue
        for j, period in enumerate(act["periods"]):
            check_period_rules(problems, regime, period, answers, f"/acts/{i}/periods/{j}")
    problems.stop_if_any()


def check_period_rules(problems, regime, period, answers, path):
    if len(period["allowed"]) > CONTROL_YEARS[regime]:
        problems.add("E_CONTROL_INTERVAL", path)
    if "exemption" not in period:
        return
    if regime != NEW_REGIME:
        problems.add("E_FIELD_CONFLICT", path + "/exemption")
    if not answers.get("exemption_2025"):
        problems.add("E_RULE_UNCONFIRMED", path + "/exemption")


# --- calculation

class Act:
    """One act, never netted against another one."""

    def __init__(self, document, act, path, answers, findings, problems):
        self.document = document
        self.act = act
        self.path = path
        self.answers = answers
        self.findings = findings
        self.problems = problems
        self.regime = regime_of(act["act_date"])
        self.rule = regime_rule(self.regime, "C")
        # The carry of the newest Decision is an unconfirmed rule, cited apart.
        self.carry_rule = "DEC25-10" if self.regime == NEW_REGIME else self.rule
        self.end = effective_end(act)
        self.paid_so_far = {}

    def compute(self):
        carry = self.act["carry_in"]
        periods = []
        for j, period in enumerate(self.act["periods"]):
            periods.append(self.period(period, carry, f"{self.path}/periods/{j}"))
            carry = periods[-1]["carry"]["amount"]
        result = {"id": self.act["id"], "regime": self.regime, "periods": periods}
        for name in ("paid", "allowed", "repay"):
            amount = sum(period[name]["amount"] for period in periods)
            result[name] = figure(amount, self.rule)
        result["carry_out"] = figure(carry, self.carry_rule)
        result["conservation"] = self.conservation(result)
        self.deadlines(result)
        return result

    def period(self, period, carry_in, path):
        lines = self.lines(period, carry_in)
        gaps = [entry["difference"] for entry in lines]
        if self.act["netting"] == "period":
            over, under = max(0, sum(gaps)), max(0, -sum(gaps))
        else:
            over = sum(gap for gap in gaps if gap > 0)
            under = -sum(gap for gap in gaps if gap < 0)
        result = self.amounts(period, carry_in, lines, over, under)
        verdict = self.verdict(period, over, result, path)
        repay = over if verdict == "repay" else 0
        result.update(verdict=verdict, repay=figure(repay, self.rule),
                      carry=figure(over if verdict == "carry" else 0, self.carry_rule))
        self.count_payers(period)
        if repay:
            result["notices"] = self.notices(period, repay, path)
        if period.get("exemption") == "lump_sum":
            self.findings.add("W_PROFIT_CHECK", path + "/exemption", "DEC25-C")
        if under > 0:
            self.findings.add("W_UNDERCOMPENSATED", path, "HAL-MAX")
        return result

    def lines(self, period, carry_in):
        lines = []
        for year, allowed in enumerate(period["allowed"]):
            paid = sum(entry["amounts"][year] for entry in period["paid"])
            carry = carry_in if year == 0 else 0
            lines.append({"paid": Money(paid), "allowed": Money(allowed), "carry_in": Money(carry),
                          "difference": Money(paid - allowed + carry)})
        return lines

    def amounts(self, period, carry_in, lines, over, under):
        paid = sum(entry["paid"] for entry in lines)
        count = len(lines)
        old_housing = self.regime == "2005/842" and self.act["sector"] == "social_housing"
        factor = 5 if old_housing else 10
        test = "none"
        if over:
            test = "within" if factor * count * over <= paid else "above"
        return {"from": period["from"], "to": period["to"], "years": count, "lines": lines,
                "last": period["to"] == self.end,
                "paid": figure(paid, self.rule),
                "allowed": figure(sum(period["allowed"]), self.rule),
                "carry_in": figure(carry_in, self.carry_rule),
                "over": figure(over, self.rule), "under": figure(under, "HAL-MAX"),
                "limit": figure(paid // (factor * count), self.carry_rule),
                "test": test, "update_parameters": over > 0}

    def verdict(self, period, over, result, path):
        if not over:
            return "nothing"
        if "exemption" in period:
            return "exempt"
        if result["test"] != "within" or result["last"] or period["decision"] != "carry":
            return "repay"
        if self.regime == NEW_REGIME and not self.answers.get("carry_rule_2025"):
            self.findings.add("W_RULE_UNCONFIRMED", path + "/decision", "DEC25-10")
            return "repay"
        return "carry"

    def count_payers(self, period):
        for entry in period["paid"]:
            before = self.paid_so_far.get(entry["funder"], 0)
            self.paid_so_far[entry["funder"]] = before + sum(entry["amounts"])

    def notices(self, period, repay, path):
        """Who gets what back: by what each paid in the period, else in the periods so far."""
        paid = {entry["funder"]: sum(entry["amounts"]) for entry in period["paid"]}
        if not any(paid.values()):
            paid = self.paid_so_far
        if not any(paid.values()):
            self.problems.add("E_KEY_ZERO", path + "/paid")
            return []
        parts = split(repay, list(paid.values()))
        return [figure(part, "HAL-FUNDER", "SPLIT", funder=funder)
                for funder, part in zip(paid, parts)]

    def conservation(self, result):
        kept = (result["paid"]["amount"] + self.act["carry_in"] - result["repay"]["amount"]
                - result["carry_out"]["amount"])
        allowed = result["allowed"]["amount"]
        return {"kept": Money(kept), "allowed": Money(allowed), "rule": "HAL-CONS",
                "verdict": "holds" if kept <= allowed else "exceeded"}

    def deadlines(self, result):
        as_of = self.document.get("as_of")
        last_day = self.act["periods"][-1]["to"]
        if last_day >= self.end:
            return
        limit = add_years(last_day + DAY, CONTROL_YEARS[self.regime]) - DAY
        due = min(self.end, limit)
        result["next_check_by"] = dated(due, self.rule)
        if as_of is None:
            return
        if as_of > self.end:
            field = "ended_on" if "ended_on" in self.act else "end"
            self.findings.add("E_END_CHECK_MISSING", f"{self.path}/{field}", self.rule)
        elif as_of >= add_months(due, -6):
            self.findings.add("W_CONTROL_DUE", self.path + "/periods", self.rule)
