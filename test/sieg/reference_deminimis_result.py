"""Result of de-minimis: request, timeline, register, groups (section 9, output)."""

from datetime import date

from reference_base import (FIRST_REGISTER_DAY, REGULATIONS, Findings, Money, add_years, dated,
                            figure, finish, register_by, regulation_on)
from reference_holdings import ROLLING, SGEI, World

DECLARED_UNTIL = date(2028, 12, 31)
OTHER_REGULATION = {"2023/2832": "2023/2831", "2023/2831": "2023/2832"}


class Result:
    def __init__(self, document, gge):
        self.document = document
        self.gge = gge
        self.world = World(document)
        self.findings = Findings()
        self.aids = document["aids"]
        self.place = {aid["id"]: f"/aids/{i}" for i, aid in enumerate(document["aids"])}

    def compute(self):
        body = {"gge": [{"id": name, **self.gge[name]} for name in sorted(self.gge)]}
        body.update(self.groups_and_moves())
        timeline_aids = self.aids
        if "request" in self.document:
            request = self.request_as_aid()
            body["request"] = self.request(request)
            if body["request"]["verdict"] == "allowed":
                timeline_aids = self.aids + [request]
        ordered = sorted(self.aids, key=lambda aid: (aid["grant_date"], aid["id"]))
        body["timeline"] = [self.timeline_entry(aid, timeline_aids) for aid in ordered
                            if aid["regulation"] != "other"]
        body["register"] = [self.register_entry(aid) for aid in ordered
                            if aid["regulation"] in ROLLING]
        for aid in self.aids:
            self.cumulation(aid, self.place[aid["id"]])
        return finish("de-minimis", self.document, self.findings, body)

    def request_as_aid(self):
        request = self.document["request"]
        regulation = regulation_on(request["grant_date"], request["kind"])
        return {**request, "regulation": regulation.name}

    # --- groups and holdings of the day that matters

    def groups_and_moves(self):
        if "request" in self.document:
            request = self.request_as_aid()
            day, regulation = request["grant_date"], request["regulation"]
        elif "as_of" in self.document:
            day, regulation = self.document["as_of"], "2023/2832"
        else:
            return {}
        groups = {tuple(sorted(group)) for group in self.world.groups(day, regulation).values()}
        body = {"groups": [list(group) for group in sorted(groups)]}
        moved = self.moved(day)
        if moved:
            body["moved"] = moved
        return body

    def moved(self, day):
        beneficiary = {aid["id"]: aid["beneficiary"] for aid in self.aids}
        holdings = sorted(self.world.holdings(self.aids, self.gge, day))
        return [figure(amount, "DMS24-M", aid=aid, holder=holder)
                for aid, holder, amount in holdings if holder != beneficiary[aid]]

    # --- the request

    def request(self, request):
        regulation = REGULATIONS[request["regulation"]]
        day, name = request["grant_date"], request["beneficiary"]
        counted = self.world.counted(self.aids, self.gge, day, regulation.name, name)
        used = sum(holding.amount for holding in counted)
        total = used + self.gge[request["id"]]["amount"]
        reasons = ["ceiling"] if total > regulation.ceiling else []
        if self.cumulation(request, "/request") == "overlap":
            reasons.append("cumulation")
        body = {"id": request["id"], "regulation": regulation.name,
                "group": sorted(self.world.group(name, day, regulation.name)),
                "gge": self.gge[request["id"]]["amount"],
                "verdict": "refused" if reasons else "allowed", "reasons": reasons,
                "counted": [self.counted_entry(holding, regulation) for holding in counted]}
        body.update(self.margins(regulation, used, total))
        if regulation.name in ROLLING:
            body.update(self.new_regulation(request, total))
        else:
            body["window"] = {"from": self.world.window_start(name, day), "to": day}
        if regulation.name == "360/2012" and total > regulation.ceiling:
            added = self.gge[request["id"]]["amount"]
            body["art_7_1"] = self.art_7_1(request, self.aids, added, "/request")
        return body

    def counted_entry(self, holding, regulation):
        entry = {"aid": holding.aid, "holder": holding.holder, "amount": Money(holding.amount)}
        if regulation.name in ROLLING:
            granted = next(aid["grant_date"] for aid in self.aids if aid["id"] == holding.aid)
            entry["until"] = add_years(granted, 3)
        return entry

    def margins(self, regulation, used, total):
        ceiling, rule = regulation.ceiling, regulation.rule
        body = {"ceiling": figure(ceiling, rule), "used": figure(used, rule),
                "total": figure(total, rule),
                "margin_before": figure(max(0, ceiling - used), rule)}
        if total <= ceiling:
            body["margin_after"] = figure(ceiling - total, rule)
            if 10 * total >= 9 * ceiling:
                self.findings.add("W_CAP_NEAR", "/request", rule)
        return body

    def new_regulation(self, request, total):
        """What only the two regulations of 2024 ask for."""
        day = request["grant_date"]
        other = REGULATIONS[OTHER_REGULATION[request["regulation"]]]
        counted = self.world.counted(self.aids, self.gge, day, other.name, request["beneficiary"])
        used = sum(holding.amount for holding in counted)
        if used > 0:
            self.findings.add("W_BOTH_REGIMES", "/request", "DMS24-C")
        self.same_service(request, counted)
        body = {"other_regulation_used": figure(used, other.rule),
                "joint_total": figure(total + used, "DMS24-C"),
                "declaration_required": day <= DECLARED_UNTIL}
        body.update(self.register_dates(day))
        return body

    def same_service(self, request, counted):
        services = {aid["id"]: aid.get("sgei") for aid in self.aids}
        for holding in counted:
            if "sgei" in request and services[holding.aid] == request["sgei"]:
                self.findings.add("W_GENERAL_SAME_SGEI", self.place[holding.aid], "DMS24-C")

    def art_7_1(self, aid, aids, added, path):
        """Whether an old aid above its ceiling would fit the regulation of 2024."""
        limit = REGULATIONS["2023/2832"]
        counted = self.world.counted(aids, self.gge, aid["grant_date"], limit.name,
                                     aid["beneficiary"])
        total = sum(holding.amount for holding in counted) + added
        covered = total <= limit.ceiling
        if covered:
            self.findings.add("W_ART7_COVER", path, "DMS24-B")
        return {"total": figure(total, "DMS24-B"),
                "verdict": "may_be_covered" if covered else "not_covered"}

    def cumulation(self, aid, path):
        """None, overlap or successive; the last two are also findings."""
        if "sgei" not in aid or aid["regulation"] not in SGEI:
            return None
        day = aid["grant_date"]
        group = self.world.group(aid["beneficiary"], day, aid["regulation"])
        same = [item for item in self.document["compensations"]
                if item["sgei"] == aid["sgei"]
                and self.world.heir(item["beneficiary"], day) in group]
        if not same:
            return None
        rule = "DMS24-C" if aid["regulation"] == "2023/2832" else "DMS12-X"
        if "covers_from" not in aid or any(overlaps(item, aid) for item in same):
            self.findings.add("E_CUMUL_SAME_SGEI", path, rule)
            return "overlap"
        self.findings.add("W_SUCCESSIVE_SAME_SGEI", path, rule)
        return "successive"

    # --- the aids granted

    def timeline_entry(self, aid, aids):
        regulation = REGULATIONS[aid["regulation"]]
        path = self.place[aid["id"]]
        counted = self.world.counted(aids, self.gge, aid["grant_date"], regulation.name,
                                     aid["beneficiary"])
        total = sum(holding.amount for holding in counted)
        breach = total > regulation.ceiling
        entry = {"aid": aid["id"], "date": aid["grant_date"], "regulation": regulation.name,
                 "total": figure(total, regulation.rule),
                 "ceiling": figure(regulation.ceiling, regulation.rule),
                 "verdict": "breach" if breach else "ok"}
        if breach:
            self.findings.add("E_TIMELINE_BREACH", path, regulation.rule)
        if breach and regulation.name == "360/2012":
            entry["art_7_1"] = self.art_7_1(aid, aids, 0, path)
        return entry

    def register_dates(self, day):
        dates = {"keep_until": dated(add_years(day, 10), "DMS24-R")}
        if day >= FIRST_REGISTER_DAY:
            deadline = register_by(day, self.document["holidays"])
            dates["register_by"] = dated(deadline, "DMS24-R")
        return dates

    def register_entry(self, aid):
        entry = {"aid": aid["id"], **self.register_dates(aid["grant_date"])}
        if "register_by" in entry:
            known = aid.get("registered_on", self.document.get("as_of"))
            entry["late"] = known is not None and known > entry["register_by"]["date"]
            if entry["late"]:
                self.findings.add("W_REGISTER_LATE", self.place[aid["id"]], "DMS24-R")
        return entry


def overlaps(compensation, aid):
    return (compensation["from"] <= aid["covers_to"]
            and aid["covers_from"] <= compensation["to"])
