"""The SIEG calculator as its users run it: the dossiers of doc/sieg, refusals, the report."""
import json
import os
import subprocess

from kit import HALLE, ROOT, case, check, halle, main, one_line

DOSSIERS = os.path.join(ROOT, "doc/sieg")

# What each document of the dossiers is for, and figures that were found apart from the program.
EXAMPLES = {
    "recuperation/voie": ("route", {"route": "2012/21"}),
    "recuperation/acte-projet": ("act-check", {"status": "blocked"}),
    "recuperation/acte-signe": ("act-check", {"status": "complete"}),
    "recuperation/fiche-ex-ante": ("sheet", {"allowed.amount": "1967430.27"}),
    "recuperation/fiche-ex-post-2021-2023": ("sheet", {
        "allowed.amount": "1168645.57",
        "operators.0.years.0.allowed.amount": "379845.57",
        "operators.0.years.1.binding": "cap",
        "operators.0.years.2.allowed.amount": "388800.00",
        "operators.0.years.2.fulfilment_ratio": "243/250",
        "operators.0.years.2.net_cost.amount": "351556.67",
        "operators.0.years.2.balance.amount": "-11200.00",
    }),
    "recuperation/fiche-ex-post-2024-2025": ("sheet", {"allowed.amount": "776028.59"}),
    "recuperation/controle-2023": ("control", {
        "carry_out.amount": "31354.43",
        "acts.0.next_check_by.date": "2025-12-31",
    }),
    "recuperation/controle-fin": ("control", {
        "repay.amount": "15325.84",
        "acts.0.periods.1.notices.0.amount": "12260.67",
        "acts.0.conservation.kept": "1944674.16",
    }),
    "recuperation/calendrier": ("calendar", {"deadlines.0.date": "2022-06-30"}),
    "creation-entreprises/voie": ("route", {"route": "2012/21"}),
    "creation-entreprises/acte": ("act-check", {"status": "complete"}),
    "creation-entreprises/fiche-ex-ante": ("sheet", {
        "allowed.amount": "1875554.45",
        "funders.0.amount": "1250369.64",
    }),
    "creation-entreprises/fiche-ex-post": ("sheet", {
        "allowed.amount": "1833750.23",
        "operators.0.years.0.binding": "unit_delivered",
        "operators.1.years.0.binding": "net_cost",
    }),
    "creation-entreprises/controle": ("control", {"repay.amount": "17035.27"}),
    "creation-entreprises/calendrier": ("calendar", {"operation": "calendar"}),
    "creation-entreprises/renouvellement-voie": ("route", {"route": "2025/2630"}),
    "de-minimis/demande-1": ("de-minimis", {
        "request.verdict": "allowed",
        "request.total.amount": "699175.46",
        "request.margin_after.amount": "50824.54",
    }),
    "de-minimis/demande-2-refusee": ("de-minimis", {"request.reasons.0": "ceiling"}),
    "de-minimis/demande-2-lendemain": ("de-minimis", {"request.total.amount": "679175.46"}),
    "de-minimis/demande-3-refusee": ("de-minimis", {"request.reasons.0": "cumulation"}),
    "de-minimis/voie": ("route", {"route": "DM-SGEI"}),
    "de-minimis/acte": ("act-check", {"status": "complete"}),
    "de-minimis/calendrier": ("calendar", {"operation": "calendar"}),
}


def at(document, path):
    for part in path.split("."):
        document = document[int(part)] if part.isdigit() else document[part]
    return document


def read(name):
    with open(os.path.join(DOSSIERS, name), "rb") as file:
        return file.read()


def only_error(result, code, name):
    """A refusal is one error, on standard output."""
    check(result.code == code, result)
    errors = json.loads(result.out)["errors"]
    check([(e["code"], e["path"]) for e in errors] == [(name, "")], result)
    check(errors[0]["message"], result)


@case
def each_document_of_the_dossiers_gives_its_figures(_folder):
    found = {
        os.path.join(folder, name)[:-5]
        for folder in os.listdir(DOSSIERS)
        for name in os.listdir(os.path.join(DOSSIERS, folder))
        if name.endswith(".json")
    }
    check(found == set(EXAMPLES) | {"recuperation/fiche-2023"}, found ^ set(EXAMPLES))
    for name, (operation, figures) in EXAMPLES.items():
        result = halle("sieg", operation, stdin=read(name + ".json"))
        check(result.code == 0 and not result.err, (name, result))
        document = json.loads(result.out)
        for path, wanted in figures.items():
            check(at(document, path) == wanted, (name, path, at(document, path), wanted))


@case
def what_is_paid_back_ends_the_first_dossier_with_nothing_too_much(_folder):
    document = json.loads(halle("sieg", "control", stdin=read("recuperation/controle-fin.json")).out)
    act = document["acts"][0]
    check(act["conservation"]["verdict"] == "holds", act)
    check(act["conservation"]["kept"] == act["conservation"]["allowed"], act)


@case
def an_operation_that_is_none_is_refused_without_reading(_folder):
    for words in [], ["nope"], ["sheet", "more"], ["--help"], ["sheet", "--data"], ["--data", "x"]:
        only_error(halle("sieg", *words, stdin=b"{}"), 2, "E_OPERATION")


@case
def what_is_no_json_is_told_by_its_code(_folder):
    for data, code in [
        (b"", "E_JSON_EMPTY"), (b" \n", "E_JSON_EMPTY"), (b'{"a":"\xff"}', "E_JSON_UTF8"),
        (b"{", "E_JSON_SYNTAX"), (b"[" * 100_000, "E_JSON_DEPTH"), (b'"\\u0000"', "E_JSON_STRING"),
        (b'{"a":1,"a":2}', "E_JSON_DUPLICATE"), (b" " * (1 << 24) + b"{", "E_JSON_SIZE"),
    ]:
        only_error(halle("sieg", "sheet", stdin=data), 2, code)


@case
def a_stream_without_end_is_refused_at_the_limit(_folder):
    """The program leaves before what is said to it ends: 200 MB of one number."""
    process = subprocess.Popen(
        [HALLE, "sieg", "sheet"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    said, piece = 0, b"7" * (1 << 20)
    try:
        for _ in range(200):
            process.stdin.write(piece)
            said += len(piece)
        process.stdin.close()
    except BrokenPipeError:
        pass
    out = process.stdout.read()
    check(process.wait(60) == 2 and b"E_JSON_SIZE" in out, out[:200])
    check(said < 64 << 20, said)


@case
def all_that_is_wrong_is_told_at_once(_folder):
    result = halle("sieg", "calendar", stdin=b'{"exercises":["2025-02-30",7],"x":1,"act":{}}')
    check(result.code == 1, result)
    found = [(e["path"], e["code"]) for e in json.loads(result.out)["errors"]]
    check(found == sorted(found) and len(found) == 7, found)
    check(("/x", "E_FIELD_UNKNOWN") in found and ("/exercises/0", "E_DATE") in found, found)


@case
def nothing_is_kept_nor_looked_for(folder):
    result = subprocess.run(
        [HALLE, "sieg", "calendar"], input=read("recuperation/calendrier.json"), cwd=folder,
        capture_output=True, check=True, env={"LC_ALL": "fr_FR.UTF-8", "TZ": "Asia/Tokyo"},
    )
    check(os.listdir(folder) == [], os.listdir(folder))
    check(result.stdout.decode() == halle(
        "sieg", "calendar", stdin=read("recuperation/calendrier.json")).out, result)


@case
def a_report_without_an_operation_or_a_document_is_refused(_folder):
    one_line(halle("sieg-report"), 2)
    one_line(halle("sieg-report", "nope"), 2)
    one_line(halle("sieg-report", "control", "--lines", "x.csv"), 2)
    one_line(halle("sieg-report", "sheet", "--lines", "/nowhere.csv",
                   stdin=read("recuperation/fiche-2023.json")), 3)
    for data in b"", b"{", b"{}":
        result = halle("sieg-report", "sheet", stdin=data)
        one_line(result, 1)
        check(result.out == "", result)


@case
def a_file_of_lines_has_a_bound(_folder):
    result = halle("sieg-report", "sheet", "--lines", "/dev/zero",
                   stdin=read("recuperation/fiche-2023.json"))
    one_line(result, 3)
    check("larger than 16777216" in result.err, result)


@case
def the_first_sentence_says_what_the_figures_say(_folder):
    def lead(operation, document):
        page = halle("sieg-report", operation, stdin=json.dumps(document).encode())
        check(page.code == 0, page)
        text = page.out.split('<p class="lead">')[1].split("</p>")[0]
        return text.replace("\u00a0", " ").replace("\u202f", " ")

    def control(paid, act_date="2024-01-01", **more):
        period = {"from": "2026-01-01", "to": "2026-12-31", "allowed": ["100"],
                  "paid": [{"funder": "ville", "amounts": [paid]}]} | more.pop("period", {})
        return {"acts": [{"id": "acte", "act_date": act_date, "start": "2026-01-01",
                          "end": "2027-12-31", "periods": [period]}]} | more

    check(lead("control", control("100")) ==
          "À reverser : rien ; il n’a pas été payé plus que ce qui est admis.", "exactly")
    check("Reporté sur la période suivante, dans la limite permise : 5,00 €." in
          lead("control", control("105")), "carried")
    check(lead("control", control("150")).startswith("À reverser : 50,00 € ; à ville (50,00 €) ;"),
          "repaid")
    answer = {"question": "exemption_2025", "value": True, "author": "a", "date": "2026-01-01",
              "reason": "r"}
    check("dispensé du contrôle, selon la réponse donnée : 50,00 €" in lead("control", control(
        "150", "2026-01-08", period={"exemption": "reinvested"}, answers=[answer])), "exempt")
    yes = {"need": True, "no_market": True, "competence": True, "obligations": True}
    altmark = {"obligations_written": True, "parameters_before": True, "no_overcompensation": True,
               "tender": True, "benchmark": False}
    check("Attention : 1 point bloquant, à lire ci-dessous." in lead("route", {
        "act_date": "2022-02-01", "start": "2022-01-01", "sector": "general", "economic": True,
        "service": yes, "altmark": altmark}), "what stops is in the sentence")


@case
def lines_of_a_spreadsheet_give_the_same_as_written_in_the_document(_folder):
    csv = os.path.join(DOSSIERS, "recuperation/lignes-2023.csv")
    page = halle("sieg-report", "sheet", "--lines", csv, stdin=read("recuperation/fiche-2023.json"))
    check(page.code == 0 and not page.err, page.err)
    text = page.out.replace("\u00a0", " ").replace("\u202f", " ")
    for words in "388 800,00 €", "351 556,67 €", "119 426,76 €", "950 226,88 €", "Fichier «":
        check(words in text, words)


@case
def what_is_wrong_with_a_line_names_its_row(folder):
    path = os.path.join(folder, "l.csv")
    for row, words in ("a;direct;1,234;reemploi", "1,234"), ("a;direct;1;nowhere", "activite: E_REF"):
        with open(path, "w", encoding="utf-8") as file:
            file.write("poste;nature;montant;activite\nb;direct;5;reemploi\n" + row + "\n")
        result = halle("sieg-report", "sheet", "--lines", path,
                       stdin=read("recuperation/fiche-2023.json"))
        one_line(result, 1)
        check(f"{path}:3: " in result.err and words in result.err, result)
        check(result.out == "", "half a page")


main()
