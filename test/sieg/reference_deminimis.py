"""Operation de-minimis: coherence, rules and gross grant equivalents.

What depends on a day (heirs, holdings, groups, aids counted) is in reference_holdings, the result
in reference_deminimis_result.
"""

from reference_base import (REGULATIONS, Problems, ceiling_of, figure, regulation_on,
                            report_repeats)
from reference_deminimis_result import Result

INSTRUMENT_FIELDS = ("amount", "rate", "flows", "years", "collateral", "cover")
FIELDS_OF = {"grant": ("amount",), "gge": ("amount",), "instalments": ("rate", "flows"),
             "loan": ("amount", "years", "collateral"), "guarantee": ("amount", "years", "cover"),
             "unknown": ()}
LARGEST_GGE = 75000000
# Full amounts that use the whole ceiling, in cents: over 5 years, over 10 years.
FULL_AMOUNTS = {"loan": (375000000, 187500000), "guarantee": (562500000, 281303600)}


def run(document):
    check_coherence(document)
    check_rules(document)
    gge = {aid["id"]: equivalent(aid["instrument"], aid["regulation"])
           for aid in document["aids"]}
    if "request" in document:
        request = document["request"]
        regulation = regulation_on(request["grant_date"], request["kind"])
        gge[request["id"]] = equivalent(request["instrument"], regulation.name)
    return Result(document, gge).compute()


# --- stage B

def check_coherence(document):
    Coherence(document).problems.stop_if_any()


class Coherence:
    def __init__(self, document):
        self.document = document
        self.problems = Problems()
        self.declared = {undertaking["id"] for undertaking in document["undertakings"]}
        for name in ("undertakings", "aids", "compensations"):
            report_repeats(self.problems, "/" + name, document[name], "id")
        self.links()
        for i, aid in enumerate(document["aids"]):
            self.aid(aid, f"/aids/{i}")
        if "request" in document:
            self.request(document["request"])
        self.compensations()
        self.events()

    def known(self, name, path):
        if name not in self.declared:
            self.problems.add("E_REF", path)

    def in_order(self, first, last, path):
        if first is not None and last is not None and last < first:
            self.problems.add("E_DATE_ORDER", path)

    def links(self):
        for i, link in enumerate(self.document["links"]):
            self.known(link["from"], f"/links/{i}/from")
            self.known(link["to"], f"/links/{i}/to")
            self.in_order(link.get("valid_from"), link.get("valid_to"), f"/links/{i}/valid_to")

    def aid(self, aid, path):
        """Also the request, which has the same fields here."""
        self.known(aid["beneficiary"], path + "/beneficiary")
        if "used_by" in aid:
            self.known(aid["used_by"], path + "/used_by")
        self.in_order(aid.get("covers_from"), aid.get("covers_to"), path + "/covers_to")
        for name, other in (("covers_from", "covers_to"), ("covers_to", "covers_from")):
            if name not in aid and other in aid:
                self.problems.add("E_REQUIRED", f"{path}/{name}")
        self.instrument(aid["instrument"], path + "/instrument")

    def instrument(self, instrument, path):
        own = FIELDS_OF[instrument["type"]]
        for name in INSTRUMENT_FIELDS:
            if name in own and name not in instrument:
                self.problems.add("E_REQUIRED", f"{path}/{name}")
            if name not in own and name in instrument:
                self.problems.add("E_FIELD_CONFLICT", f"{path}/{name}")
        if "rate" in instrument and instrument["rate"] <= -100:
            self.problems.add("E_RANGE", path + "/rate")

    def request(self, request):
        if request["id"] in {aid["id"] for aid in self.document["aids"]}:
            self.problems.add("E_DUPLICATE", "/request/id")
        self.aid(request, "/request")

    def compensations(self):
        for i, item in enumerate(self.document["compensations"]):
            self.known(item["beneficiary"], f"/compensations/{i}/beneficiary")
            self.in_order(item["from"], item["to"], f"/compensations/{i}/to")

    def events(self):
        before = None
        for i, event in enumerate(self.document["events"]):
            path = f"/events/{i}"
            self.in_order(before, event["date"], path + "/date")
            before = event["date"]
            self.event_parts(event, path)
            if event["type"] == "split":
                self.split(event, path)
            else:
                self.merger(event, path)

    def event_parts(self, event, path):
        report_repeats(self.problems, path + "/into", event["into"], "id")
        for j, name in enumerate(event["from"]):
            self.known(name, f"{path}/from/{j}")
            if name in event["from"][:j]:
                self.problems.add("E_DUPLICATE", f"{path}/from/{j}")
        for j, part in enumerate(event["into"]):
            self.known(part["id"], f"{path}/into/{j}/id")

    def split(self, event, path):
        if len(event["from"]) != 1:
            self.problems.add("E_ITEMS", path + "/from")
        for j, part in enumerate(event["into"]):
            if "equity" not in part:
                self.problems.add("E_REQUIRED", f"{path}/into/{j}/equity")
        # A part without equity is not a part with an equity of zero.
        if all(part.get("equity") == 0 for part in event["into"]):
            self.problems.add("E_KEY_ZERO", path + "/into")

    def merger(self, event, path):
        if len(event["into"]) != 1:
            self.problems.add("E_ITEMS", path + "/into")
        for j, part in enumerate(event["into"]):
            if "equity" in part:
                self.problems.add("E_FIELD_CONFLICT", f"{path}/into/{j}/equity")


# --- stage C

def check_rules(document):
    problems = Problems()
    for i, aid in enumerate(document["aids"]):
        regulation = REGULATIONS.get(aid["regulation"])
        if regulation and not regulation.covers(aid["grant_date"]):
            problems.add("E_REGIME_DATE", f"/aids/{i}/grant_date")
        check_instrument(problems, aid["instrument"], aid["regulation"], f"/aids/{i}/instrument")
    if "request" in document:
        check_request(problems, document["request"])
    problems.stop_if_any()


def check_request(problems, request):
    regulation = regulation_on(request["grant_date"], request["kind"])
    if regulation is None:
        problems.add("E_REGIME_DATE", "/request/grant_date")
        return
    check_instrument(problems, request["instrument"], regulation.name, "/request/instrument")


def check_instrument(problems, instrument, regulation, path):
    kind = instrument["type"]
    if kind == "unknown" and regulation == "other":
        problems.add("E_RULE_UNCONFIRMED", path + "/type")
    if kind not in FULL_AMOUNTS:
        return
    if regulation != "2023/2832":
        problems.add("E_RULE_UNCONFIRMED", path + "/type")
    too_long = instrument["years"] > 10
    if too_long:
        problems.add("E_GGE_DURATION", path + "/years")
    condition = failed_condition(instrument)
    if condition:
        problems.add("E_GGE_CONDITION", f"{path}/{condition}")
    if not too_long and not condition and guaranteed(instrument) > LARGEST_GGE:
        problems.add("E_GGE_OVER_CEILING", path + "/amount")


def failed_condition(instrument):
    if instrument["type"] == "loan" and instrument["collateral"] < 50:
        return "collateral"
    if instrument["type"] == "guarantee" and instrument["cover"] > 80:
        return "cover"
    return None


# --- gross grant equivalent

def guaranteed(instrument):
    """Of a loan or a guarantee: the share of the ceiling that amount and duration use."""
    short, long = FULL_AMOUNTS[instrument["type"]]
    years = instrument["years"]
    if years <= 5:
        return ceiling_of(LARGEST_GGE * instrument["amount"] * years / (short * 5))
    return ceiling_of(LARGEST_GGE * instrument["amount"] * years / (long * 10))


def equivalent(instrument, regulation):
    """The figure of an aid or of the request."""
    kind = instrument["type"]
    if kind in FULL_AMOUNTS:
        return figure(guaranteed(instrument), "DMS24-L", "GGE")
    if regulation == "other":
        rule = "HAL-OTHER"
    else:
        rule = "DMS24-G" if regulation == "2023/2832" else REGULATIONS[regulation].rule
    if kind == "unknown":
        return figure(REGULATIONS[regulation].ceiling, rule)
    if kind != "instalments":
        return figure(instrument["amount"], rule)
    growth = 1 + instrument["rate"] / 100
    value = sum(flow["amount"] / growth ** flow["years"] for flow in instrument["flows"])
    return figure(ceiling_of(value), rule, "GGE")
