"""The real listing, as its owner would bring it in: every fact of it that was read by hand."""
import json
import os
import sys

from kit import ROOT, case, check, halle, main, one_line

SEEDS = os.path.join(os.path.dirname(ROOT), "shared", "seeds")
LISTING = os.path.join(SEEDS, "000_bc682e1926455c10.txt")


def report(data=None, *options):
    result = halle("import", "listing", LISTING, *options, "--report", "json", data=data)
    check(result.code == 0, result)
    return json.loads(result.out)


def record(whole, words):
    found = [r for r in whole["records"] if words in r["title"]]
    check(len(found) == 1, (words, [r["title"] for r in whole["records"]]))
    return found[0]


def days(of):
    return [(s["on"], s["starts"], s["ends"], s["number"], s["year_inferred"]) for s in of["sessions"]]


def codes(of):
    return [warning["code"] for warning in of["warnings"]]


def losses(whole, of, kind):
    return [l for l in whole["losses"] if l["record"] == of["title"] and l["kind"] == kind]


def exported(data):
    result = halle("export", "jsonl", data=data)
    check(result.code == 0, result)
    return [json.loads(line) for line in result.out.splitlines()]


def one(objects, kind, words):
    found = [o for o in objects if o["type"] == kind and words in o["title"]]
    check(len(found) == 1, (kind, words, [o["title"] for o in found]))
    return found[0]


@case
def every_resource_is_found(data):
    whole = report(data, "--dry-run")
    titles = [r["title"] for r in whole["records"]]
    check(len(titles) == 10, titles)
    check(titles[0] == "Cycle de webinaires RTES, CRESS Bretagne et CNFPT en 2024", titles)
    check(titles[3].startswith("Webinaire - Evaluation de l'impact social"), titles)
    check(titles[8] == "FICHE DÉNICHÉ POUR VOUS N°112 : SCIC Relais 2D", titles)
    check(titles[9].endswith("conférence en ligne mai 2022"), titles)
    check(not any("Réseau des collectivités" in t for t in titles), titles)
    kinds = [r["kind"] for r in whole["records"]]
    check(kinds == ["Autres"] + ["Ressources RTES"] * 9, kinds)
    closed = [r["title"] for r in whole["records"] if r["visibility"] == "members"]
    check(closed == [titles[3], titles[9]], closed)
    check(all(len(r["summary"]) <= 600 for r in whole["records"]), whole)
    check((whole["created"], whole["updated"], whole["unchanged"]) == (10, 0, 0), whole["created"])
    check(whole["errors"] == [], whole["errors"])
    check(all(r["categories"] == [] for r in whole["records"]), "categories")


@case
def a_first_record_holds_two_cycles(data):
    whole = report(data, "--dry-run")
    first = whole["records"][0]
    check(days(first) == [
        ("2024-10-03", "09:30", "11:30", None, False),
        ("2024-11-19", "09:30", "11:30", None, False),
        ("2024-02-22", "09:30", "11:30", None, True),
        ("2024-05-28", "09:30", "11:30", None, False),
        ("2023-11-17", None, None, 1, False),
        ("2023-06-27", None, None, 2, False),
        ("2023-06-09", None, None, 3, True),
    ], days(first))
    cycles = [(c["announced"], c["sessions"]) for c in whole["cycles"]]
    check(cycles == [(5, 4), (None, 3), (3, 3)], whole["cycles"])
    check("2023" in whole["cycles"][1]["title"], whole["cycles"])
    check("sessions_missing" in codes(first) and "year_inferred" in codes(first), codes(first))


@case
def days_without_a_year_take_the_one_that_fits(data):
    whole = report(data, "--dry-run")
    check(days(record(whole, "Evaluation")) == [("2023-11-17", "09:30", "11:00", None, True)],
          whole["records"][3])
    check(days(record(whole, "Plateformes")) == [("2023-12-19", None, None, None, False)], "apes")
    check(days(record(whole, "ESUS")) == [("2023-03-30", None, None, None, False)], "esus")
    check(days(record(whole, "conférence en ligne")) == [("2022-05-12", None, None, None, False)],
          "sieg")


@case
def capitals_become_a_sentence(data):
    cycle = record(report(data, "--dry-run"), "bretonnes")
    check([s["title"] for s in cycle["sessions"]] == [
        "Mieux connaître l'ESS dans le champ des politiques publiques",
        "Les achats responsables, une opportunité pour l’ESS",
        "Les tiers lieux : espaces de structuration de la vie économique, sociale et citoyenne"
        " d’un territoire",
    ], cycle["sessions"])
    check([d[0] for d in days(cycle)] == ["2022-02-25", "2022-04-08", "2022-05-20"], days(cycle))
    check([s["number"] for s in cycle["sessions"]] == [1, 2, 3], cycle["sessions"])


@case
def collections_numbers_keywords_and_dates(data):
    whole = report(data, "--dry-run")
    check(record(whole, "Filières")["collection"] == {"name": "RepèrESS", "number": 9}, "9")
    points = record(whole, "Points de RepèrESS")
    check(points["collection"] == {"name": "Points de RepèrESS", "number": None}, points)
    check(points["published_on"] == "2024-02-01", points["published_on"])
    sheet = record(whole, "N°112")
    check(sheet["collection"] == {"name": "Déniché pour vous", "number": 112}, sheet["collection"])
    check(sheet["keywords"] == ["emploi", "insertion", "transition énergétique"], sheet["keywords"])
    check(sheet["published_on"] == "2022-05-01", sheet["published_on"])
    check(record(whole, "Plateformes")["published_on"] == "2023-12-19", "day")


@case
def bodies_are_no_wall_of_text(data):
    whole = report(data, "--dry-run")
    body = whole["records"][0]["body_text"].split("\n")
    check("• Permettre aux acheteurs publics d’atteindre les objectifs du PNAD (2022-2025) et"
          " l’appropriation de la loi Climat et Résilience (en particulier, l’article 35)" in body,
          body)
    for words, image in (("Plateformes", "apes"), ("bretonnes", "ess"), ("N°112", "Relais")):
        of = record(whole, words)
        check(image not in of["body_text"].split("\n"), image)
        check([l["label"] for l in losses(whole, of, "image")] == [image], image)
    check(not any(">>>" in r["body_text"] for r in whole["records"]), "marks")


@case
def lost_links_are_kept_to_be_completed(data):
    whole = report(data, "--dry-run")
    first = whole["records"][0]
    roles = [l["role"] for l in losses(whole, first, "link")]
    check((roles.count("recording"), roles.count("report"), roles.count("article"),
           roles.count("programme")) == (5, 5, 3, 1), roles)
    check(first["lost_links"].count("Voir la synthèse") == 5, first["lost_links"])
    cycle = record(whole, "bretonnes")
    check(len(cycle["lost_links"]) == 7, cycle["lost_links"])
    check(len(record(whole, "15 fiches")["lost_links"]) == 2, "publication, guide")
    check(losses(whole, record(whole, "Points de RepèrESS"), "list"), "a list is lost")
    check(losses(whole, record(whole, "ESUS"), "embed"), "a player is lost")
    check([l["role"] for l in losses(whole, record(whole, "Plateformes"), "link")] == ["article"],
          "article")


@case
def what_differs_is_told(data):
    whole = report(data, "--dry-run")
    for words in ("ESUS", "Plateformes"):
        check("summary_differs" in codes(record(whole, words)), words)
    check("summary_differs" not in codes(whole["records"][0]), "the same words")


@case
def nothing_closed_is_in_a_public_summary(data):
    whole = report(data, "--dry-run")
    conference = record(whole, "conférence en ligne")
    check("summary_told_all" in codes(conference), codes(conference))
    check(conference["summary"].startswith("Une cinquantaine de participants"), conference)
    check("décembre 2022" in conference["summary"], conference["summary"])
    for words in ("connectez-vous", "Altmark", "Guéret", "Da Ponte", "Derrien"):
        check(words not in conference["summary"], words)
    for words in ("Altmark", "Guéret", "Da Ponte", "ENVIE"):
        check(words in conference["body_text"], words)
    check("connectez-vous" not in conference["body_text"], "the access note")
    evaluation = record(whole, "Evaluation")
    check("17 novembre" in evaluation["summary"], evaluation["summary"])
    check("Rochechouart" not in evaluation["summary"], evaluation["summary"])


@case
def what_is_imported_is_what_was_told(data):
    whole = report(data)
    check(whole["created"] == 10, whole["created"])
    objects = exported(data)
    kinds = [o["type"] for o in objects]
    check((kinds.count("resource"), kinds.count("session"), kinds.count("cycle"),
           kinds.count("collection")) == (10, 14, 3, 3), kinds)
    check(all(o["status"] == "published" for o in objects if o["type"] == "resource"), "status")
    check(all(o["visibility"] == "public" for o in objects if o["type"] == "session"), "public")

    for o in objects:
        labels = [l["label"] for l in o["links"]] if o["type"] == "resource" else []
        check(len(set(labels)) == len(labels), labels)
        check(all(l["label"] for l in o.get("links", [])), labels)
    conference = one(objects, "resource", "conférence en ligne")
    check("connectez-vous" in conference["access_note"], conference["access_note"])
    points = one(objects, "resource", "Points de RepèrESS")
    check((points["edition"], points["extent"], points["date_precision"]) ==
          ("Février 2024", "4 pages", "month"), points)
    check(points["slug"] in [l["resource"] for l in conference["links"]], conference["links"])
    apes = one(objects, "resource", "Plateformes")
    check(points["slug"] in [l["resource"] for l in apes["links"]], apes["links"])
    check(one(objects, "resource", "15 fiches")["extent"] == "15 fiches pratiques", "extent")

    first = one(objects, "resource", "CNFPT en 2024")
    check([l for l in first["links"] if l["role"] == "documentation"][0]["url"] ==
          "https://www.ess-bretagne.org/collectivites", first["links"])
    check('<a href="https://www.ess-bretagne.org/collectivites">' in first["body"], "a link")
    contact = [c for c in first["contributions"] if c["role"] == "contact"][0]
    check((contact["name"], contact["affiliation"], contact["email"]) ==
          ("Floriane Désille", "CRESS Bretagne", "fdesille@cress-bretagne.org"), contact)


@case
def sessions_have_their_speakers_and_what_they_hold(data):
    report(data)
    objects = exported(data)
    law = one(objects, "session", "10 ans après")
    check([(p["name"], p["title"], p["affiliation"]) for p in law["contributions"]] == [
        ("Thierry Courret", "correspondant régional ESS", "DREETS Bretagne"),
        ("Anne-Laure Federici", "Déléguée générale", "RTES"),
        ("Grégory Huchon", "directeur", "Cress Bretagne"),
    ], law["contributions"])
    check("agent·e·s de collectivités" in law["audience"] and "n°1" in law["audience"], law)
    check(law["starts_at"] == "2024-02-22T08:30:00Z", law["starts_at"])
    check(law["contents"].count("<li>") == 3 and not law["objectives"], law)
    purchase = one(objects, "session", "Les enjeux environnementaux")
    check([(p["name"], p["affiliation"]) for p in purchase["contributions"]] == [
        ("Corinne Gelin", "Atout Clauses"), (None, "Reseco"), ("Mathilde Ory", "Cress Bretagne"),
    ], purchase["contributions"])
    esus = one(objects, "session", "Agrément")
    check(esus["attended_text"] == "près de 70", esus["attended_text"])
    check(esus["contributions"][-1]["title"] == "témoignages de collectivités", esus)
    check(esus["contributions"][-1]["name"] is None, esus)
    apes = one(objects, "session", "Plateformes coopératives")
    check((apes["duration_min"], apes["starts_at"]) == (90, None), apes)
    check([p["name"] for p in apes["contributions"]] ==
          ["Christine Masse", "Mabrouk Zouareg", "Jean-Christophe Lipovac", "Bérengère Batiot"],
          apes["contributions"])
    conference = one(objects, "session", "Services d'Intérêt")
    check(conference["attended_text"] == "Une cinquantaine", conference)
    check(len(conference["contributions"]) == 5, conference["contributions"])
    check(all(p["visibility"] == "members" for p in conference["contributions"]), conference)


@case
def a_second_import_changes_nothing(data):
    report(data)
    before = exported(data)
    again = report(data)
    check((again["created"], again["updated"], again["unchanged"]) == (0, 0, 10), again["created"])
    check(exported(data) == before, "the export changed")


@case
def an_import_is_undone_whole(data):
    report(data)
    result = halle("import", "list", data=data)
    number = result.out.split()[0]
    check(halle("import", "undo", number, data=data).code == 0, result)
    check([o["type"] for o in exported(data)] == ["halle"], "something is left")


@case
def a_dry_run_writes_nothing(data):
    folder = os.path.join(data, "none")
    report(folder, "--dry-run")
    check(not os.path.exists(folder), os.path.exists(folder) and os.listdir(folder))


@case
def a_page_tells_it_in_french(data):
    result = halle("import", "listing", LISTING, "--dry-run", "--report", "html", data=data)
    check(result.code == 0 and result.out.startswith("<!doctype html>"), result)
    for words in ('lang="fr"', "10 ressources", "14 webinaires", "3 cycles", "À décider",
                  "À vérifier", "À compléter"):
        check(words in result.out.replace("\u00a0", " ").replace("\u202f", " "), words)


@case
def a_listing_cut_in_the_middle_is_refused(data):
    whole = open(LISTING, "rb").read()
    for words in ("Vous trouverez dans ce guide", "Type de ressource\nRessources RTES\nRessource",
                  "Ressource privée\nOui", "Bien que ce projet ait"):
        end = whole.rindex(words.encode()) + len(words.encode())
        path = os.path.join(data, "cut.txt")
        open(path, "wb").write(whole[: end - 3])
        result = halle("import", "listing", path, data=os.path.join(data, "d"))
        one_line(result, 1)
        check("line " in result.err, result)


if __name__ == "__main__":
    if not os.path.exists(LISTING):
        print(f"skipped: the real listing is not there ({LISTING})")
        sys.exit(77)
    main()
