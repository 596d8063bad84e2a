"""Operation route: the questions in order, until one of them decides."""

from fractions import Fraction

from reference_base import (Findings, Money, Problems, Refused, finish, regime_of, regime_rule,
                            regulation_on, report_repeats)

TRANSPORT = ("island_link", "port", "airport")
NO_CEILING = {
    "2005/842": {"hospital": "DEC05-S", "social_housing": "DEC05-S"},
    "2012/21": {"hospital": "DEC12-H", "social_housing": "DEC12-S", "social_need": "DEC12-S"},
    "2025/2630": {"hospital": "DEC25", "social_housing": "DEC25", "social_need": "DEC25",
                  "affordable_housing": "DEC25-AH"},
}
PASSENGERS_RULE = {"2005/842": "DEC05-S", "2012/21": "DEC12-X"}
AIRPORT_LIMIT = {"2005/842": 1000000, "2012/21": 200000}
OTHER_TRANSPORT_LIMIT = 300000
AMOUNT_CEILING = {"2005/842": 3000000000, "2012/21": 1500000000, "2025/2630": 2000000000}
TURNOVER_CEILING = 10000000000
LONGEST_MONTHS = 120


def run(document):
    check_coherence(document)
    findings = Findings()
    run_of_questions = Questions(document, findings)
    route, rule = run_of_questions.answer()
    if route == "FRAMEWORK":
        findings.add("E_NOTIFY_FIRST", "", rule)
    decided = route == "ALTMARK" or route in NO_CEILING
    if decided and document["act_date"] > document["start"]:
        findings.add("E_RETROACTIVE", "/act_date", rule)
    body = {"route": route, "route_rule": rule, "steps": run_of_questions.steps}
    return finish("route", document, findings, body)


def check_coherence(document):
    problems = Problems()
    report_repeats(problems, "/annual", document["annual"], "funder")
    for i, entry in enumerate(document["annual"]):
        if len(entry["amounts"]) != len(document["annual"][0]["amounts"]):
            problems.add("E_PERIOD_SHAPE", f"/annual/{i}/amounts")
    problems.stop_if_any()


def yes(condition):
    return "yes" if condition else "no"


class Questions:
    """Each question adds a step; one that decides returns the route."""

    def __init__(self, document, findings):
        self.document = document
        self.findings = findings
        self.regime = regime_of(document["act_date"])
        self.steps = []

    def answer(self):
        """The route and the rule that the result cites for it."""
        for question in (self.economic, self.service, self.initiative, self.land_transport,
                         self.altmark, self.de_minimis, self.duration, self.decision):
            route = question()
            if route == "FRAMEWORK":
                return route, "FRA05" if self.regime == "2005/842" else "FRA12"
            if route:
                return route, self.steps[-1]["rule"]

    def step(self, name, answer, rule, **more):
        self.steps.append({"step": name, "answer": answer, "rule": rule, **more})

    def economic(self):
        economic = self.document["economic"]
        self.step("economic", yes(economic), "HAL-Q1")
        return None if economic else "NOT-ECONOMIC"

    def service(self):
        service = self.document["service"]
        missing = [name for name in ("need", "no_market", "competence", "obligations")
                   if not service[name]]
        self.step("service", yes(not missing), "HAL-Q2", missing=missing)
        return "NOT-SGEI" if missing else None

    def initiative(self):
        initiative = self.document["initiative"]
        self.step("initiative", initiative, "HAL-Q3")
        if initiative == "operator":
            self.findings.add("W_SUBSIDY", "/initiative", "HAL-Q3")

    def land_transport(self):
        land = self.document["sector"] == "land_transport"
        self.step("land_transport", yes(land), "DEC12-L")
        return "REG1370" if land else None

    def altmark(self):
        if "altmark" not in self.document:
            self.step("altmark", "not_claimed", "ALT", missing=[])
            return None
        claim = self.document["altmark"]
        conditions = (("1", claim["obligations_written"]), ("2", claim["parameters_before"]),
                      ("3", claim["no_overcompensation"]),
                      ("4", claim["tender"] or claim["benchmark"]))
        missing = [number for number, met in conditions if not met]
        self.step("altmark", yes(not missing), "ALT", missing=missing)
        return None if missing else "ALTMARK"

    def de_minimis(self):
        if "de_minimis" not in self.document:
            self.step("de_minimis", "not_claimed", "HAL-Q6", missing=[])
            return None
        wanted = self.document["de_minimis"]
        regulation = regulation_on(self.document["act_date"], "sgei")
        more, missing = {}, []
        if regulation is None:
            missing.append("date")
        else:
            total = wanted["used"] + wanted["whole_right"]
            more = {"total": Money(total), "ceiling": Money(regulation.ceiling),
                    "margin": Money(max(0, regulation.ceiling - total))}
            if total > regulation.ceiling:
                missing.append("ceiling")
        if wanted["other_compensation"]:
            missing.append("cumulation")
        if wanted["sector_excluded"]:
            missing.append("sector")
        rule = regulation.rule if regulation else "HAL-DATE"
        self.step("de_minimis", yes(not missing), rule, missing=missing, **more)
        return None if missing else "DM-SGEI"

    def duration(self):
        if self.regime is None:
            raise Refused(1, {("/act_date", "E_NO_DECISION_YET")})
        if self.regime == "2005/842":
            return None
        too_long = self.document.get("months", 0) > LONGEST_MONTHS
        refused = too_long and not self.document["investment"]
        self.step("duration", yes(not refused), regime_rule(self.regime, "D"))
        return "FRAMEWORK" if refused else None

    def decision(self):
        sector = self.document["sector"]
        if sector in NO_CEILING[self.regime]:
            rule = NO_CEILING[self.regime][sector]
            return self.decided(True, rule, test="no_ceiling")
        if sector in TRANSPORT:
            return self.passengers(sector)
        return self.amount()

    def decided(self, met, rule, **more):
        self.step("decision", yes(met), rule, regime=self.regime, **more)
        return self.regime if met else "FRAMEWORK"

    def passengers(self, sector):
        if self.regime not in PASSENGERS_RULE:
            raise Refused(1, {("/sector", "E_RULE_UNCONFIRMED")})
        if "passengers" not in self.document:
            raise Refused(1, {("/passengers", "E_REQUIRED")})
        passengers = self.document["passengers"]
        limit = AIRPORT_LIMIT[self.regime] if sector == "airport" else OTHER_TRANSPORT_LIMIT
        met = sum(passengers) <= limit * len(passengers)
        return self.decided(met, PASSENGERS_RULE[self.regime], test="passengers",
                            average=Fraction(sum(passengers), len(passengers)), limit=str(limit))

    def amount(self):
        self.need_amounts()
        annual = self.document["annual"]
        spent = sum(sum(entry["amounts"]) for entry in annual)
        years = Fraction(len(annual[0]["amounts"]))
        if "months" in self.document:
            years = Fraction(self.document["months"], 12)
        ceiling = AMOUNT_CEILING[self.regime]
        more = {"sum": Money(spent), "years": years, "ceiling": Money(ceiling)}
        met = spent <= ceiling * years
        if self.regime == "2005/842":
            turnover = self.document["turnover"]
            more["turnover"] = Money(sum(turnover))
            # This Decision says "less than" for both.
            met = (spent < ceiling * years
                   and sum(turnover) < TURNOVER_CEILING * len(turnover))
        return self.decided(met, regime_rule(self.regime, "T"), test="amount", **more)

    def need_amounts(self):
        problems = Problems()
        if not self.document["annual"]:
            problems.add("E_REQUIRED", "/annual")
        if self.regime == "2005/842" and "turnover" not in self.document:
            problems.add("E_REQUIRED", "/turnover")
        problems.stop_if_any()
