"""The programs of bench/search do what they say, on a small corpus. Nothing is timed here."""
import os
import subprocess
import sys
import tempfile

from kit import HALLE, case, check, halle, main

PROGRAMS = os.path.join(os.path.dirname(HALLE), "bench", "search")
CLASSES = ["low", "middle", "high", "and", "phrase", "stops", "prefix"]
N = 500


def program(name):
    return os.path.join(PROGRAMS, name)


def run(name, *words):
    process = subprocess.run(
        [program(name), *[str(word) for word in words]],
        capture_output=True, text=True, timeout=120,
    )
    check(process.returncode == 0, process)
    return process.stdout


def make(folder):
    path = os.path.join(folder, "corpus")
    run("corpus", N, 150, path)
    return path


def results(text):
    """By engine and class: how many answers, times, mean total."""
    lines = [line.split("\t") for line in text.splitlines()]
    return {(f[1], f[2]): [float(x) for x in f[3:]] for f in lines if f[0] == "result"}


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


@case
def the_same_arguments_make_the_same_corpus(folder):
    again = make(folder)
    for name in "queries.tsv", "distinct.txt":
        check(read(os.path.join(again, name)) == read(os.path.join(CORPUS, name)), name)
    exports = [halle("export", "jsonl", data=path).out for path in (again, CORPUS)]
    check(exports[0] == exports[1] and exports[0].count('"type":"resource"') == N, "export")


@case
def a_corpus_is_a_data_folder_with_queries_for_it(folder):
    check(halle("check", data=CORPUS).code == 0, "check")
    asked = [line.split("\t") for line in read(os.path.join(CORPUS, "queries.tsv")).splitlines()]
    check(sorted({line[0] for line in asked}) == sorted(CLASSES), asked[:3])
    distinct = read(os.path.join(CORPUS, "distinct.txt")).splitlines()
    check(len(distinct) > N and len(set(distinct)) == len(distinct), len(distinct))
    process = subprocess.run(
        [program("corpus"), str(N), "150", CORPUS], capture_output=True, text=True
    )
    check(process.returncode != 0 and "already" in process.stderr, process)


@case
def every_class_is_measured_and_titles_are_put_back(folder):
    before = halle("search", "nouveauté", data=CORPUS).out
    found = results(run("bench_search", CORPUS, 1, 5, 1))
    for engine in "halle", "halle anonymous":
        for name in CLASSES:
            check(found[engine, name][0] > 0, (engine, name))
    check(found["halle follow", "update"][0] == 5, found)
    check(found["halle beside a writer", "readers"][0] > 0, found)
    check(halle("search", "nouveauté", data=CORPUS).out == before, "titles")


@case
def the_peer_finds_what_was_drawn_from_the_texts(folder):
    found = results(run("peer_fts5", CORPUS, os.path.join(folder, "fts5.db"), 1))
    for name in CLASSES:
        answers, total = found["SQLite FTS5", name][0], found["SQLite FTS5", name][-1]
        check(answers > 0 and total > 0, (name, found))


if __name__ == "__main__":
    if not os.path.exists(program("corpus")):
        print("the programs of bench/search are not built (-Dbench=true)")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as shared:
        CORPUS = make(shared)
        main()
