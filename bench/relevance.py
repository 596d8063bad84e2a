#!/usr/bin/env python3
"""relevance.py - how well a query brings up what the person wanted, beside SQLite's FTS5.

    bench/relevance.py [--detail] [HALLE]

The queries and what each should find are in test/data/judged.txt, on the texts of
content/demonstration.jsonl. Both engines read the same texts, as an editor may; the peer has no
analyser for French, only what SQLite brings: accents off, BM25 over weighted columns. It is asked
twice, all the words wanted and any of them.

With --detail, the queries where the better peer is ahead, and what halle put first there.

test/cli/test_relevance.py measures with this module, against floors.
"""
import argparse
import collections
import html.parser
import json
import math
import os
import platform
import re
import sqlite3
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
JUDGED = os.path.join(ROOT, "test", "data", "judged.txt")
CONTENT = os.path.join(ROOT, "content", "demonstration.jsonl")

DEPTH = 10  # hits looked at
GRADES = {"0", "1", "2", "3"}
USEFUL = 2  # the grade from which a hit is a success
MEASURES = "nDCG@10", "first", "MRR"

Query = collections.namedtuple("Query", "text kind grades line")


# ---- the judgements


def read_judged(path=JUDGED):
    """The queries of the file; ValueError tells the line of what cannot be read."""
    queries, kind = [], None
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            mark, _, rest = line.partition(" ")
            if mark == "=" and rest:
                kind = rest
            elif mark == "?" and rest:
                queries.append(Query(rest, kind, {}, number))
            elif mark in GRADES and rest and queries and rest not in queries[-1].grades:
                queries[-1].grades[rest] = int(mark)
            else:
                raise ValueError(f"{path}:{number}: not to be read: {line}")
    return queries


# ---- the texts


class TextOf(html.parser.HTMLParser):
    """What is to be read in a piece of markup; blocks and cells part words."""

    INLINE = set("a abbr b cite code em i q s small span strong sub sup u".split())

    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.parts = []
        self.feed(markup or "")
        self.close()

    def handle_starttag(self, tag, attributes):
        if tag not in self.INLINE:
            self.parts.append("\n")

    def handle_endtag(self, tag):
        self.handle_starttag(tag, ())

    def handle_data(self, data):
        self.parts.append(data)

    def __str__(self):
        return "".join(self.parts)


class Content:
    """The objects of an interchange file, resources apart."""

    def __init__(self, path=CONTENT):
        self.resources, self.terms, self.collections, self.organisations = [], {}, {}, {}
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                self._add(json.loads(line))

    def _add(self, o):
        if o["type"] == "resource":
            self.resources.append(o)
        elif o["type"] == "term":
            self.terms[o["vocabulary"], o["slug"]] = o["label"]
        elif o["type"] == "collection":
            self.collections[o["slug"]] = o["title"]
        elif o["type"] == "organisation":
            self.organisations[o["slug"]] = " ".join(filter(None, (o["name"], o.get("acronym"))))

    def vocabulary(self, r):
        words = [r["kind"], *r.get("keywords", ())]
        words += [self.terms["category", slug] for slug in r.get("categories", ())]
        words += [self.terms["territory", slug] for slug in r.get("territories", ())]
        if "collection" in r:
            words += [self.collections[r["collection"]], str(r.get("number", ""))]
        return "\n".join([*words, r.get("edition", "")])

    def names(self, r):
        words = []
        for c in r.get("contributions", ()):
            words += [c.get("name", ""), self.organisations.get(c.get("organisation"), "")]
        return "\n".join(words)

    def texts(self, r):
        """What is searched, in the order of COLUMNS."""
        summary, body = str(TextOf(r["summary"])), str(TextOf(r["body"]))
        return r["title"], self.vocabulary(r), summary, self.names(r), body


# ---- the engines: a name, and ask(text), which gives slugs, the best first


class Halle:
    name = "halle"

    def __init__(self, program, data, content=CONTENT):
        self.program, self.data = program, data
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("HALLE_")}
        self.run("import", "jsonl", content, "--relative")

    def run(self, *words):
        command = [self.program, *words, "--data", self.data]
        process = subprocess.run(command, capture_output=True, env=self.environment, timeout=60)
        if process.returncode:
            raise RuntimeError(f"{command}: {process.stderr.decode('utf-8', 'replace')}")
        return process.stdout

    def ask(self, text):
        answer = json.loads(self.run("search", text, "--as", "editor", "--json"))
        return [item["slug"] for item in answer["items"]][:DEPTH]


COLUMNS = {"title": 8, "vocabulary": 5, "summary": 3, "names": 1, "body": 1}


class Fts5:
    """Words as the tokenizer itself parts them, so that punctuation never spoils a query."""

    def __init__(self, content, operator):
        self.name, self.operator = f"FTS5 {operator}", operator
        self.db = sqlite3.connect(":memory:")
        self.db.execute(
            f"CREATE VIRTUAL TABLE text USING fts5(slug UNINDEXED, {', '.join(COLUMNS)},"
            " tokenize='unicode61 remove_diacritics 2')"
        )
        for r in content.resources:
            self.db.execute(
                f"INSERT INTO text VALUES (?{', ?' * len(COLUMNS)})", (r["slug"], *content.texts(r))
            )
        self.rank = f"bm25(text, 0, {', '.join(map(str, COLUMNS.values()))})"

    def ask(self, text):
        words = dict.fromkeys(re.findall(r"[^\W_]+", text.lower()))
        match = f" {self.operator} ".join(f'"{word}"' for word in words)
        rows = self.db.execute(
            f"SELECT slug FROM text WHERE text MATCH ? ORDER BY {self.rank}, rowid LIMIT ?",
            (match, DEPTH),
        )
        return [slug for slug, in rows]


# ---- the measures


def gain(grades):
    return sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades))


def measure(query, slugs):
    """nDCG, whether the first hit is a success, and the reciprocal rank of the first success."""
    grades = [query.grades.get(slug, 0) for slug in slugs[:DEPTH]]
    ideal = sorted(query.grades.values(), reverse=True)[:DEPTH]
    useful = [rank for rank, grade in enumerate(grades, 1) if grade >= USEFUL]
    return gain(grades) / gain(ideal), float(useful[:1] == [1]), 1 / useful[0] if useful else 0.0


def means(values):
    """The mean of each measure, over queries."""
    values = list(values)
    return tuple(sum(column) / len(values) for column in zip(*values))


def measure_all(engine, queries):
    return [measure(query, engine.ask(query.text)) for query in queries]


# ---- what is printed


def table(queries, values):
    """`values` is of each engine, by name, the measures of each query."""
    names = list(values)
    yield " " * 28 + "".join(f"{name:>24}" for name in names)
    yield f"{'':22}{'n':>6}" + "".join(f"{m:>8}" for m in MEASURES) * len(names)
    for kind in [*dict.fromkeys(query.kind for query in queries), None]:
        chosen = [i for i, query in enumerate(queries) if kind in (query.kind, None)]
        row = [mean for name in names for mean in means(values[name][i] for i in chosen)]
        yield f"{kind or 'all':22}{len(chosen):6}" + "".join(f"{mean:8.3f}" for mean in row)


def losses(engine, queries, values):
    """The queries where another engine is ahead of the first, by nDCG, the worst first."""
    first, *others = values
    rows = []
    for i, query in enumerate(queries):
        best = max(others, key=lambda name: values[name][i][0])
        lost = values[best][i][0] - values[first][i][0]
        if lost > 0.005:
            rows.append((lost, i, best))
    for lost, i, best in sorted(rows, reverse=True):
        query, score = queries[i], values[first][i][0]
        yield f"\n{query.text}  (line {query.line}: {score:.2f}, {best} {score + lost:.2f})"
        for slug in engine.ask(query.text)[:5]:
            yield f"    {query.grades.get(slug, 0)} {slug}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("halle", nargs="?", default=os.path.join(ROOT, "build", "halle"))
    parser.add_argument("--detail", action="store_true", help="tell the queries where halle loses")
    args = parser.parse_args()

    queries, content = read_judged(), Content()
    with tempfile.TemporaryDirectory() as data:
        halle = Halle(args.halle, data)
        engines = [halle, Fts5(content, "AND"), Fts5(content, "OR")]
        version = subprocess.run([args.halle, "version"], capture_output=True, text=True).stdout
        python = platform.python_version()
        print("$", " ".join(sys.argv))
        print(f"{version.strip()}, SQLite {sqlite3.sqlite_version}, Python {python}")
        print(f"{len(queries)} queries, {len(content.resources)} resources\n")
        values = {engine.name: measure_all(engine, queries) for engine in engines}
        print("\n".join(table(queries, values)))
        if args.detail:
            print("\n".join(losses(halle, queries, values)))


if __name__ == "__main__":
    main()
