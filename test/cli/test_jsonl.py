"""The interchange, as someone who moves a data folder meets it."""
import json
import os
import subprocess

from kit import HALLE, ROOT, case, check, halle, main, one_line

RESOURCE = {
    "type": "resource",
    "slug": "filieres-et-ess",
    "kind": "Guide",
    "title": "Filières et ESS",
    "visibility": "public",
    "status": "published",
}


def lines(*objects):
    return "".join(json.dumps(o, ensure_ascii=False) + "\n" for o in objects).encode()


def resource(**changes):
    return RESOURCE | changes


def person(**changes):
    return {"type": "person", "slug": "camille", "family_name": "Roux"} | changes


def function(**changes):
    return {"organisation": "val", "kind": "elected", "from": "2020-01-01"} | changes


def put(folder, *objects):
    result = halle("import", "jsonl", "-", "--report", "json", data=folder, stdin=lines(*objects))
    return result, json.loads(result.out) if result.out else None


def export(folder):
    result = halle("export", "jsonl", data=folder)
    check(result.code == 0, result)
    return result.out


def refused(folder, text, line=None, words=""):
    """Refused with its line, and the folder's content as before."""
    stdin = text if isinstance(text, bytes) else lines(*text)
    result = halle("import", "jsonl", "-", data=folder, stdin=stdin)
    one_line(result, 1)
    if line:
        check(f"line {line}: " in result.err, result)
    check(words in result.err, result)
    after = export(folder)
    check(after == '{"type":"halle","version":1}\n', after)


@case
def the_demonstration_goes_round_to_the_byte(folder):
    one, two = folder + "/one", folder + "/two"
    source = os.path.join(ROOT, "content/demonstration.jsonl")
    result = halle("import", "jsonl", source, "--relative", data=one)
    check(result.code == 0, result)
    first = export(one)
    check(first.count("\n") > 60, first[:200])
    check(halle("import", "jsonl", "-", data=two, stdin=first.encode()).code == 0, "second")
    check(export(two) == first, "the second export differs")


@case
def every_field_goes_round(folder):
    one, two = folder + "/one", folder + "/two"
    objects = [
        {"type": "halle", "version": 1},
        resource(
            form="Guide pratique", summary="<p>Un <strong>résumé</strong>.</p>",
            body="<h2>Titre</h2><p>Corps &amp; âme</p>", published_on="2023-11-07",
            date_precision="month", modified_at="2024-01-02T03:04:05Z", collection="reperes",
            number=9, edition="Février 2024", replaces="ancienne", categories=["filieres"],
            keywords=["coopération", "emploi"], territories=["france"], audiences=["agents"],
            links=[{"role": "recording", "label": "Replay", "url": "https://example.org/r"},
                   {"role": "related", "label": "Avant", "resource": "ancienne"},
                   {"role": "report", "label": "Perdu", "visibility": "members"},
                   {"role": "download", "label": "Fichier", "file": "0123456789abcdef" * 2}],
            contributions=[{"role": "author", "name": "Camille Roux", "title": "chargée d’étude",
                            "organisation": "val"},
                           {"role": "contact", "name": "A", "email": "a@example.org"}],
            language="fr", extent="15 fiches", access_note="Pour lire…", notice="Corrigé.",
            source="listing", source_id="x", listed=False,
            open_to=["function:elected", "group:achats", "session:seance"]),
        # Told before the organisation they serve and the group they are in.
        {"type": "group", "slug": "achats", "name": "Achats", "description": "<p>D</p>",
         "coordinator": "camille-roux", "members": ["alix-morel", "camille-roux"]},
        {"type": "person", "slug": "camille-roux", "given_name": "Camille",
         "family_name": "Roux", "email": "camille@example.org", "shown": True, "functions": [
             {"organisation": "val", "kind": "officer", "title": "Chargée de mission",
              "from": "2020-01-01", "to": None, "representative": False, "manager": True},
             {"organisation": "val", "kind": "elected", "title": None, "from": "2020-01-01",
              "to": "2026-03-31", "representative": True, "manager": False}]},
        {"type": "person", "slug": "alix-morel", "given_name": None, "family_name": "Morel",
         "email": None, "shown": False, "functions": []},
        resource(slug="ancienne", title="Ancienne", visibility="members", status="archived"),
        {"type": "term", "vocabulary": "category", "slug": "filieres", "label": "Filières",
         "parent": "economie"},
        {"type": "term", "vocabulary": "category", "slug": "economie", "label": "Économie"},
        {"type": "term", "vocabulary": "category", "slug": "eco", "label": "Eco",
         "replaced_by": "economie"},
        {"type": "term", "vocabulary": "territory", "slug": "france", "label": "France"},
        {"type": "term", "vocabulary": "audience", "slug": "agents", "label": "Agent·e·s"},
        {"type": "collection", "slug": "reperes", "title": "Repères", "description": "<p>D</p>"},
        {"type": "organisation", "slug": "val", "name": "Val", "kind": "commune", "acronym": "V",
         "siren": "732829320", "insee": "01004", "territory": "france",
         "website": "https://example.org", "lat": 48.5, "lon": -1.25, "memberships": [
             {"kind": "honorary", "from": "2026-01-01", "to": None},
             {"kind": "full", "from": "2025-01-01", "to": "2025-12-31"}]},
        {"type": "session", "slug": "seance", "title": "Séance", "cycle": "cycle", "number": 2,
         "on": "2024-10-03", "starts_at": "2024-10-03T09:30:00+02:00",
         "ends_at": "2024-10-03T09:30:00Z", "status": "cancelled", "visibility": "members",
         "audience": "élu·e·s", "place": "Rennes", "online_url": "https://example.org/v",
         "objectives": "<p>O</p>", "contents": "<p>C</p>", "description": "<p>D</p>",
         "duration_min": 120, "capacity": 40, "quota": 2, "opens_at": "2024-09-01T00:00:00Z",
         "closes_at": "2024-10-01T00:00:00Z", "members_until": "2024-09-15T00:00:00Z",
         "registration_url": "https://example.org/i", "attended_text": "près de 70",
         "sequence": 3, "modified_at": "2024-01-02T03:04:05Z",
         "links": [{"role": "slides", "label": "Diapos", "url": "https://example.org/d"}],
         "contributions": [{"role": "speaker", "title": "des collectivités"}],
         "resources": ["filieres-et-ess"], "open_to": ["group:achats"],
         "attended": ["alix-morel"]},
        {"type": "cycle", "slug": "cycle", "title": "Cycle", "description": "<p>D</p>",
         "announced": 5, "visibility": "members", "resources": ["filieres-et-ess"],
         "links": [{"role": "programme", "label": "Programme"}],
         "contributions": [{"role": "partner", "affiliation": "Un réseau"}]},
        {"type": "redirect", "path": "/node/12", "target": "/ressources/filieres-et-ess"},
    ]
    result, report = put(one, *objects)
    check(result.code == 0 and report["created"] == 2, result)
    first = export(one)
    kept = {}
    for line in first.splitlines():
        o = json.loads(line)
        kept[(o["type"], o.get("slug"))] = o
    for told in objects[1:]:
        o = kept[(told["type"], told.get("slug"))]
        for key, value in told.items():
            if key in ("starts_at", "links", "contributions"):
                continue
            if key in ("functions", "open_to"):
                value, o[key] = sorted(value, key=str), sorted(o[key], key=str)
            check(o[key] == value, (key, value, o[key]))
    check(kept[("session", "seance")]["starts_at"] == "2024-10-03T07:30:00Z", "starts_at")
    result = halle("import", "jsonl", "-", data=two, stdin=first.encode())
    check(result.code == 0, result)
    check(export(two) == first, "the second export differs")


@case
def one_address_is_one_person(folder):
    refused(folder, [person(email="camille@example.org"),
                     person(slug="autre", email="CAMILLE@example.org")], 2, "'email'")


@case
def what_is_not_told_of_keys_stays(folder):
    put(folder, resource(open_to=["function:elected"]))
    put(folder, resource(title="Autre"))
    check('"open_to":["function:elected"]' in export(folder), export(folder))
    put(folder, resource(title="Autre", open_to=[]))
    check('"open_to":[]' in export(folder), export(folder))


@case
def people_are_undone_with_their_organisation(folder):
    _, report = put(folder, person(functions=[function()]),
                    {"type": "organisation", "slug": "val", "name": "Val", "kind": "commune",
                     "memberships": [{"kind": "full", "from": "2026-01-01"}]},
                    {"type": "group", "slug": "achats", "name": "Achats", "members": ["camille"]},
                    resource(visibility="restricted", open_to=["group:achats"]))
    check(export(folder).count("\n") > 5, export(folder))
    check(halle("import", "undo", report["batch"], data=folder).code == 0, "undo")
    check(export(folder) == '{"type":"halle","version":1}\n', export(folder))


@case
def a_second_import_changes_nothing(folder):
    put(folder, resource(keywords=["emploi"]))
    before = export(folder)
    result, report = put(folder, resource(keywords=["emploi"]))
    check(report["unchanged"] == 1 and report["updated"] == 0 and report["batch"] == 0, report)
    check(export(folder) == before, "changed")


@case
def a_change_is_an_update_and_undo_takes_it_back(folder):
    put(folder, resource(keywords=["emploi"]))
    before = export(folder)
    result, report = put(folder, resource(title="Autrement", keywords=["insertion"]))
    check(report["updated"] == 1, report)
    check("Autrement" in export(folder), "not updated")
    result = halle("import", "undo", report["batch"], data=folder)
    check(result.code == 0, result)
    check(json.loads(export(folder).splitlines()[-1])["title"] == RESOURCE["title"], "title")
    check("insertion" not in export(folder), "a keyword was left behind")
    check(export(folder) == before, (before, export(folder)))


@case
def an_import_is_undone_whole_and_once(folder):
    result, report = put(folder, resource(keywords=["emploi"], form="Fiche"),
                         {"type": "redirect", "path": "/node/1", "target": "/"})
    number = report["batch"]
    check(halle("import", "undo", number, data=folder).code == 0, "undo")
    check(export(folder) == '{"type":"halle","version":1}\n', export(folder))
    one_line(halle("import", "undo", number, data=folder), 1)
    one_line(halle("import", "undo", 99, data=folder), 1)


@case
def what_was_changed_since_is_not_lost_by_an_undo(folder):
    _, first = put(folder, resource())
    put(folder, resource(title="Corrigé depuis"))
    before = export(folder)
    result = halle("import", "undo", first["batch"], data=folder)
    one_line(result, 1)
    check("filieres-et-ess" in result.err and "changed since" in result.err, result)
    check(export(folder) == before, "changed")


@case
def a_dry_run_tells_and_keeps_nothing(folder):
    put(folder, resource())
    before = export(folder)
    result = halle("import", "jsonl", "-", "--dry-run", "--report", "json", data=folder,
                   stdin=lines(resource(title="X"), resource(slug="autre")))
    report = json.loads(result.out)
    check(result.code == 0 and report["updated"] == 1 and report["created"] == 1, result)
    check(export(folder) == before, "changed")


@case
def one_bad_line_at_the_end_keeps_nothing(folder):
    many = [resource(slug=f"r{i}") for i in range(2500)]
    refused(folder, lines(*many) + b'{"type":"resource","slug":"x"}\n', 2501, "'title'")


@case
def each_fault_is_told_with_its_line(folder):
    bad = [
        (resource(color="red"), "'color' is not a field"),
        (resource(title=""), "'title' is missing"),
        (resource(slug="Pas Un Slug"), "'slug' is not a slug"),
        (resource(visibility="secret"), "'visibility' is none of"),
        ({k: v for k, v in RESOURCE.items() if k != "visibility"}, "'visibility' is missing"),
        (resource(status="gone"), "'status' is none of"),
        (resource(published_on="2023-02-30"), "'published_on' is not a day"),
        (resource(open_to=["function:mayor"]), "'open_to[0]' is none of"),
        (resource(open_to=["group:nulle-part"]), "no group 'nulle-part'"),
        (resource(links=[{"role": "download", "label": "x", "file": "../../etc/passwd"}]),
         "'links[0].file' is not the number"),
        (person(email="sans-arobase"), "'email'"),
        (person(email="a@example.org\r\nBcc: b@example.org"), "'email'"),
        (person(functions=[function(organisation="nulle-part")]), "no organisation 'nulle-part'"),
        (person(functions=[function(kind="mayor")]), "'functions[0].kind' is none of"),
        (person(functions=[{"organisation": "val", "kind": "elected"}]),
         "'functions[0].from' is missing"),
        (person(functions=[function(to="2019-12-31")]), "'functions[0].to' is before 'from'"),
        ({"type": "organisation", "slug": "val", "name": "Val", "kind": "commune",
          "siren": "732829321"}, "'siren' is not a SIREN"),
        ({"type": "organisation", "slug": "val", "name": "Val", "kind": "commune",
          "memberships": [{"kind": "full", "from": "2026-02-01", "to": "2026-01-31"}]},
         "'memberships[0].to' is before 'from'"),
        ({"type": "group", "slug": "achats", "name": "Achats", "members": ["personne"]},
         "no person 'personne'"),
        (resource(published_on="today-3"), "'published_on' is not a day"),
        (resource(modified_at="yesterday"), "'modified_at' is not a moment"),
        (resource(number="9"), "'number' is not a whole number"),
        (resource(number=0), "'number' is not a whole number"),
        (resource(listed="yes"), "'listed' is not true or false"),
        (resource(summary="<p>" + "a " * 400 + "</p>"), "longer than 600"),
        (resource(body=12), "'body' is not a text"),
        (resource(categories="x"), "'categories' is not a list"),
        (resource(categories=["nulle-part"]), "no category 'nulle-part'"),
        (resource(collection="nulle-part"), "no collection 'nulle-part'"),
        (resource(replaces="filieres-et-ess"), "names the resource itself"),
        (resource(links=[{"role": "recording"}]), "'links[0].label' is missing"),
        (resource(links=[{"role": "x", "label": "y"}]), "'links[0].role' is not a role"),
        (resource(links=[{"role": "related", "label": "y", "url": "javascript:alert(1)"}]),
         "'links[0].url' is not an address"),
        (resource(links=[{"role": "related", "label": "y", "resource": "nulle-part"}]),
         "no resource 'nulle-part'"),
        (resource(contributions=[{"role": "author"}]), "'contributions[0].name' or"),
        (resource(contributions=[{"role": "contact", "email": "a@b.fr?bcc=c@d.fr", "name": "A"}]),
         "'contributions[0].email' is not an e-mail"),
        (resource(language="français"), "'language'"),
        ({"type": "planet", "slug": "x"}, "'type' is not a type"),
        ({"slug": "x"}, "'type' is missing"),
        ({"type": "term", "vocabulary": "colour", "slug": "x", "label": "X"}, "vocabulary"),
        ({"type": "organisation", "slug": "x", "name": "X", "kind": "commune",
          "siren": "123456789"}, "'siren' is not a SIREN"),
        ({"type": "organisation", "slug": "x", "name": "X", "kind": "commune", "lat": 1},
         "'lon' is missing"),
        ({"type": "session", "slug": "x", "title": "X"}, "'on' is missing"),
        ({"type": "session", "slug": "x", "title": "X", "on": "2024-10-04",
          "starts_at": "2024-10-03T09:30:00+02:00"}, "'on' is not the day"),
        ({"type": "session", "slug": "x", "title": "X", "on": "2024-10-03",
          "starts_at": "2024-10-03T09:30:00Z", "ends_at": "2024-10-03T09:30:00Z"}, "not after"),
        ({"type": "redirect", "path": "node/1", "target": "/"}, "'path' is not a path"),
        ({"type": "redirect", "path": "/node/1"}, "'target' is missing"),
    ]
    for number, (one, words) in enumerate(bad):
        refused(f"{folder}/{number}", [{"type": "collection", "slug": "c", "title": "C"}, one], 2,
                words)


@case
def what_is_no_json_is_refused(folder):
    for number, (text, words) in enumerate([
        (b"{\n", "not a JSON object"),
        (b"[]\n", "not a JSON object"),
        (b'{"type":"collection","type":"collection"}\n', "not a JSON object"),
        (b'{"type":"collection","slug":"c","title":"caf\xe9"}\n', "not UTF-8"),
        (b"\xef\xbb\xbfx\n", "not a JSON object"),
        (b'{"type":"halle","version":2}\n', "version 1"),
        (b'{"a":' * 100000 + b"1" + b"}" * 100000, "not a JSON object"),
        (b'{"type":"collection","slug":"c","title":"a\\u0000b"}\n', "not a JSON object"),
    ]):
        refused(f"{folder}/{number}", text, 1, words)


@case
def a_slug_that_stands_twice_is_refused(folder):
    refused(folder, [resource(), resource(title="Encore")], 2, "twice")


@case
def vocabularies_with_a_loop_are_refused(folder):
    refused(folder, [
        {"type": "term", "vocabulary": "category", "slug": "a", "label": "A", "parent": "b"},
        {"type": "term", "vocabulary": "category", "slug": "b", "label": "B", "parent": "a"},
    ], words="above itself")


@case
def a_very_long_line_is_refused_quickly_and_in_little_memory(folder):
    command = "yes aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | tr -d '\\n' | head -c 200000000"
    process = subprocess.run(
        ["bash", "-c", f"{command} | '{HALLE}' import jsonl - --data '{folder}'"],
        capture_output=True,
    )
    check(process.returncode == 1, process)
    check(b"line 1: is longer than 16 MiB" in process.stderr, process.stderr)


@case
def files_that_cannot_be_read_are_refused(folder):
    for path in (folder, folder + "/absent.jsonl"):
        one_line(halle("import", "jsonl", path, data=folder + "/data"), 1)


@case
def an_empty_file_brings_nothing_and_is_no_fault(folder):
    result, report = put(folder, )
    check(result.code == 0 and report["objects"] == 0, result)


@case
def an_address_of_an_earlier_site_may_have_a_query(folder):
    redirect = {"type": "redirect", "path": "/spip.php?article12", "target": "/agenda"}
    result, _ = put(folder, redirect)
    check(result.code == 0 and "/spip.php?article12" in export(folder), result)


@case
def markup_comes_in_through_the_sanitiser(folder):
    put(folder, resource(body='<p onclick="x()">a<script>alert(1)</script></p><img src=x onerror=y>'))
    text = export(folder)
    for word in ("script", "onclick", "onerror", "alert"):
        check(word not in text, word)


main()
