"""Bringing in a listing, as someone who has one file and one evening."""
import json
import os
import subprocess

from kit import HALLE, ROOT, case, check, halle, main, one_line

LISTINGS = [os.path.join(ROOT, "test/data", f"listing-{name}.txt")
            for name in ("achats", "agenda", "reserve")]
EMPTY = '{"type":"halle","version":1}\n'


def export(folder):
    result = halle("export", "jsonl", data=folder)
    check(result.code == 0, result)
    return result.out


def report(folder, path, *words):
    result = halle("import", "listing", path, "--report", "json", *words, data=folder)
    check(result.code == 0, result)
    return json.loads(result.out)


def write(folder, content):
    path = folder + "/listing.txt"
    with open(path, "wb") as f:
        f.write(content)
    return path


def refused(folder, content, words):
    path = content if isinstance(content, str) else write(folder, content)
    data = folder + "/data"
    check(halle("migrate", data=data).code == 0, "migrate")
    result = halle("import", "listing", path, data=data)
    one_line(result, 1)
    check(words in result.err, result)
    check(export(data) == EMPTY, "something was kept")


@case
def a_dry_run_needs_no_data_folder_and_makes_none(folder):
    for path in LISTINGS:
        told = report(folder + "/none", path, "--dry-run")
        check(told["created"] == len(told["records"]) > 0, told["created"])
        check(not os.path.exists(folder + "/none"), "a folder was made")


@case
def the_report_is_the_same_with_and_without_dry_run(folder):
    for number, path in enumerate(LISTINGS):
        data = f"{folder}/{number}"
        check(report(data, path, "--dry-run") == report(data, path), path)


@case
def a_second_import_changes_nothing(folder):
    for path in LISTINGS:
        told = report(folder, path)
        before = export(folder)
        again = report(folder, path)
        check(again["unchanged"] == told["created"] and again["created"] == 0, again["unchanged"])
        check(export(folder) == before, "changed")


@case
def what_was_improved_here_survives_a_second_import(folder):
    report(folder, LISTINGS[0])
    lines = [json.loads(line) for line in export(folder).splitlines()]
    one = next(o for o in lines if o["type"] == "resource")
    one["title"] = "Un titre corrigé par quelqu’un"
    halle("import", "jsonl", "-", data=folder, stdin=json.dumps(one).encode())
    check(report(folder, LISTINGS[0])["updated"] == 0, "updated")
    check("Un titre corrigé par quelqu’un" in export(folder), "lost")


@case
def an_import_is_undone_whole(folder):
    for path in LISTINGS:
        check(halle("import", "listing", path, data=folder).code == 0, path)
    for number in (3, 2, 1):
        check(halle("import", "undo", number, data=folder).code == 0, number)
    check(export(folder) == EMPTY, export(folder))


@case
def beside_a_resource_of_the_same_address_another_is_found(folder):
    told = report(folder, LISTINGS[0])
    lines = [json.loads(line) for line in export(folder).splitlines()]
    slug = next(o["slug"] for o in lines if o["type"] == "resource")
    other = folder + "/other"
    halle("import", "jsonl", "-", data=other, stdin=json.dumps(
        {"type": "resource", "slug": slug, "kind": "Guide", "title": "Tout autre chose",
         "visibility": "public", "status": "published"}).encode())
    check(report(other, LISTINGS[0])["created"] == told["created"], "created")
    text = export(other)
    check("Tout autre chose" in text and f'"slug":"{slug}-2"' in text, text[:500])


@case
def the_page_for_those_who_decide_stands_alone(folder):
    for path in LISTINGS:
        result = halle("import", "listing", path, "--dry-run", "--report", "html", data=folder)
        check(result.code == 0 and result.out.startswith("<!doctype html>"), result)
        check('lang="fr"' in result.out and "src=" not in result.out, "needs nothing else")
        check("http://" not in result.out.replace("http://127", ""), "asks another host")


@case
def what_is_no_listing_is_refused_with_its_line(folder):
    good = open(LISTINGS[0], "rb").read()
    for number, (content, words) in enumerate([
        (b"", "empty"),
        (b"Un titre\n\ncaf\xe9\n", "line 3: "),
        (good + b"\nUn dernier titre\n\nEt son texte, sans rien apr\xc3\xa8s.\n\n"
         b"Type de ressource\n", "line "),
    ]):
        os.mkdir(f"{folder}/{number}")
        refused(f"{folder}/{number}", content, words)
    os.mkdir(folder + "/folder")
    refused(folder + "/folder", folder, "is a folder")
    os.mkdir(folder + "/absent")
    refused(folder + "/absent", folder + "/nowhere.txt", "cannot read")


@case
def a_very_long_line_is_refused_quickly(folder):
    command = "yes aaaaaaaaaaaaaaa | tr -d '\\n' | head -c 200000000"
    process = subprocess.run(
        ["bash", "-c", f"{command} | '{HALLE}' import listing - --data '{folder}'"],
        capture_output=True)
    check(process.returncode == 1 and b"line 1: " in process.stderr, process)


main()
