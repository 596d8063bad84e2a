"""Acronyms, as the editor who decides what they stand for meets them."""
import json
import subprocess

from kit import case, check, halle, main, one_line

SIEG = "services d’intérêt économique général"


def resource(slug, summary="", body="", **changes):
    return {"type": "resource", "slug": slug, "kind": "Guide", "title": slug,
            "visibility": "public", "status": "published",
            "summary": f"<p>{summary}</p>", "body": f"<p>{body}</p>"} | changes


def fill(folder, *objects):
    lines = "".join(json.dumps(o, ensure_ascii=False) + "\n" for o in objects)
    result = halle("import", "jsonl", "-", data=folder, stdin=lines.encode())
    check(result.code == 0, result)


def pairs(folder):
    result = halle("acronyms", "list", "--json", data=folder)
    check(result.code == 0, result)
    whole = json.loads(result.out)
    check(whole["total"] == len(whole["items"]), whole)
    return whole["items"]


def states(folder):
    return [(p["letters"], p["words"], p["state"]) for p in pairs(folder)]


def sample(folder):
    fill(folder,
         resource("a", body=f"Les {SIEG} (SIEG) et l’économie sociale et solidaire (ESS)."),
         resource("b", summary="Un service d'intérêt économique général (S.I.E.G.) est confié."),
         resource("c", title=f"Les {SIEG} (SIEG)", body=f"Ces {SIEG} (SIEG), encore."))


@case
def what_texts_define_is_listed_most_frequent_first(folder):
    sample(folder)
    check(pairs(folder) == [
        {"letters": "SIEG", "words": SIEG, "state": "proposed", "resources": 3, "example": "a"},
        {"letters": "ESS", "words": "économie sociale et solidaire", "state": "proposed",
         "resources": 1, "example": "a"}], pairs(folder))
    text = halle("acronyms", "list", data=folder).out
    check(text.splitlines()[0] ==
          f"proposed  SIEG   {SIEG} (3 resources, for example a)", text)
    check("(1 resource, for example a)" in text, text)


@case
def nothing_is_listed_where_nothing_is_defined(folder):
    fill(folder, resource("a"))
    check(pairs(folder) == [], "json")
    result = halle("acronyms", "list", data=folder)
    check(result.code == 0 and not result.out, result)


@case
def a_closed_text_proposes_nothing(folder):
    bail = "le bail réel solidaire (BRS)"
    fill(folder,
         resource("members", body=bail, visibility="members"),
         resource("restricted", body=bail, visibility="restricted"),
         resource("unlisted", summary=bail, body=bail, visibility="members", listed=False),
         resource("draft", summary=bail, body=bail, status="draft"),
         resource("archived", body=bail, status="archived"))
    check(pairs(folder) == [], pairs(folder))
    one_line(halle("acronyms", "confirm", "BRS", data=folder), 1)
    # What is public of a closed resource is as public as the rest.
    fill(folder, resource("teaser", summary="l’organisme de foncier solidaire (OFS)", body=bail,
                          visibility="members"))
    check([p["letters"] for p in pairs(folder)] == ["OFS"], pairs(folder))
    fill(folder, resource("open", body=bail))
    check([p["letters"] for p in pairs(folder)] == ["BRS", "OFS"], pairs(folder))
    check(pairs(folder)[0]["example"] == "open" and pairs(folder)[0]["resources"] == 1, "open")


@case
def closed_texts_change_nothing_of_what_is_told(folder):
    one, two = folder + "/one", folder + "/two"
    for place, body in ((one, "le bail réel solidaire (BRS)"), (two, "Rien de cela.")):
        sample(place)
        fill(place, resource("z", body=body, visibility="members"))
    for words in (["list"], ["list", "--json"], ["confirm", "BRS"],
                  ["confirm", "BRS", "bail réel solidaire"], ["list"]):
        left, right = (halle("acronyms", *words, data=place) for place in (one, two))
        check((left.code, left.out, left.err) == (right.code, right.out, right.err), (left, right))


@case
def a_pair_is_confirmed_however_it_is_typed(folder):
    sample(folder)
    for letters, words in (("SIEG", [SIEG]), ("sieg", ["service", "d'interet", "economique",
                                                       "general"]),
                           ("S.I.E.G.", ["les SERVICES  d’intérêt économique général"])):
        result = halle("acronyms", "confirm", letters, *words, data=folder)
        check(result.code == 0 and result.out ==
              f"confirmed: SIEG, {SIEG} (3 resources, for example a)\n", result)
        check(states(folder)[0] == ("SIEG", SIEG, "confirmed"), states(folder))
        check(len(states(folder)) == 2, states(folder))


@case
def without_words_the_only_meaning_is_confirmed(folder):
    sample(folder)
    check(halle("acronyms", "confirm", "ess", data=folder).code == 0, "confirm")
    check(("ESS", "économie sociale et solidaire", "confirmed") in states(folder), states(folder))
    result = halle("acronyms", "confirm", "ESS", data=folder)
    one_line(result, 1)
    check("give its words" in result.err, result)


@case
def without_words_several_meanings_are_told(folder):
    fill(folder, resource("a", body="la coopérative d’activité et d’emploi (CAE)"),
         resource("b", body="le contrat d’accompagnement dans l’emploi (CAE)"))
    result = halle("acronyms", "confirm", "CAE", data=folder)
    one_line(result, 1)
    for words in ("coopérative d’activité et d’emploi", "contrat d’accompagnement dans l’emploi"):
        check(words in result.err, result)
    check(all(state == "proposed" for _, _, state in states(folder)), states(folder))
    check(halle("acronyms", "refuse", "CAE", "contrat d'accompagnement dans l'emploi",
                data=folder).code == 0, "refuse")
    check(halle("acronyms", "confirm", "CAE", data=folder).code == 0, "the one that is left")
    check(sorted(state for _, _, state in states(folder)) == ["confirmed", "refused"], "states")


@case
def a_pair_never_met_is_confirmed_and_said_so(folder):
    sample(folder)
    result = halle("acronyms", "confirm", "drac", "direction", "régionale", "des affaires",
                   "culturelles", data=folder)
    check(result.code == 0 and result.out == "confirmed: DRAC, direction régionale des affaires "
          "culturelles (in no open text)\n", result)
    check(pairs(folder)[-1] == {"letters": "DRAC", "state": "confirmed", "resources": 0,
                                "words": "direction régionale des affaires culturelles",
                                "example": None}, pairs(folder))


@case
def minds_may_change(folder):
    sample(folder)
    for action, state in (("confirm", "confirmed"), ("refuse", "refused"), ("refuse", "refused"),
                          ("confirm", "confirmed")):
        result = halle("acronyms", action, "SIEG", SIEG, data=folder)
        check(result.code == 0 and result.out.startswith(state + ": SIEG, "), result)
        check(states(folder)[0] == ("SIEG", SIEG, state), states(folder))
    check(halle("acronyms", "forget", "sieg", SIEG, data=folder).code == 0, "forget")
    check(states(folder)[0] == ("SIEG", SIEG, "proposed"), states(folder))
    one_line(halle("acronyms", "forget", "SIEG", SIEG, data=folder), 1)


@case
def what_is_no_pair_is_refused_in_a_line(folder):
    sample(folder)
    before = states(folder)
    for words, message in ((["confirm", "S"], "is no acronym"), (["confirm", "CO2", "gaz"], "'CO2'"),
                           (["refuse", "", SIEG], "''"), (["confirm", "A" * 13, "x"], "12 letters"),
                           (["confirm", "SIEG", "—"], "has no words"),
                           (["confirm", "SIEG", ""], "has no words"),
                           (["confirm", "SIEG", "mot " * 60], "longer than 200"),
                           (["confirm", "XYZ"], "'XYZ'")):
        result = halle("acronyms", *words, data=folder)
        one_line(result, 1)
        check(message in result.err, result)
    one_line(halle("acronyms", "confirm", "SIEG", b"\xff\xfe".decode("utf-8", "surrogateescape"),
                   data=folder), 1)
    check(states(folder) == before, states(folder))


@case
def wrong_usage_is_2(folder):
    sample(folder)
    for words in ([], ["dance"], ["list", "SIEG"], ["confirm"], ["refuse"], ["refuse", "SIEG"],
                  ["forget", "SIEG"], ["confirm", "SIEG", "--json"], ["list", "--colour"]):
        one_line(halle("acronyms", *words, data=folder), 2)
    check("acronyms" in halle("help").out, "help")
    check("--json" in halle("help", "acronyms").out, "help acronyms")


@case
def without_a_database_it_is_3(folder):
    one_line(halle("acronyms", "list", data=folder), 3)


@case
def decisions_travel_with_a_backup_and_survive_the_texts(folder):
    one, two, copy = folder + "/one", folder + "/two", folder + "/copy"
    sample(one)
    check(halle("acronyms", "confirm", "SIEG", SIEG, data=one).code == 0, "confirm")
    check(halle("backup", copy, data=one).code == 0, "backup")
    check(halle("restore", copy, data=two).code == 0, "restore")
    check(halle("check", data=two).code == 0, "check")
    check(pairs(two) == pairs(one), pairs(two))
    fill(one, *[resource(slug) for slug in "abc"])
    check([(p["letters"], p["state"], p["resources"]) for p in pairs(one)] ==
          [("SIEG", "confirmed", 0)], pairs(one))


main()
