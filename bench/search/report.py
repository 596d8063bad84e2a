#!/usr/bin/env python3
"""Tables from the lines that the programs of this bench print: report.py FILE."""
import sys


def read(path):
    """By engine, then by class: answers, p50, p99, max, p50 and p99 by query, mean total."""
    results = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            field = line.rstrip("\n").split("\t")
            if field[0] == "result":
                engine, name = field[1], field[2]
                results.setdefault(engine, {})[name] = [float(x) for x in field[3:]]
    return results


def brief(ms):
    return f"{ms:.3f}" if ms < 1 else f"{ms:.2f}" if ms < 100 else f"{ms:.0f}"


def row(first, cells):
    print(f"{first:24}" + "".join(f"{cell:>22}" for cell in cells))


def table(results, engines, classes, title, cell):
    print(f"\n{title}")
    row("", classes)
    for engine in engines:
        row(engine, [cell(engine, c) if c in results[engine] else "-" for c in classes])


def main():
    results = read(sys.argv[1])
    asked = [e for e in results if not {"update", "readers"} & set(results[e])]
    classes = list(results[asked[0]])
    peers = [e for e in asked if not e.startswith("halle")]

    def times(engine, name):
        return " / ".join(brief(ms) for ms in results[engine][name][1:4])

    def by_query(engine, name):
        return " / ".join(brief(ms) for ms in results[engine][name][4:6])

    def total(engine, name):
        return f"{results[engine][name][6]:.0f}"

    def ratio(engine, name):
        return " / ".join(
            f"{results[engine][name][i] / max(results['halle'][name][i], 1e-4):.1f}" for i in (2, 5)
        )

    table(results, asked, classes,
          "In full: ten hits, exact count, three facets. All answers, p50 / p99 / max, ms", times)
    table(results, asked, classes,
          "Each query by the median of its answers, p50 / p99, ms", by_query)
    table(results, asked, classes, "Mean number of documents found", total)
    if peers and "halle" in results:
        table(results, peers, classes,
              "p99 of the peer over p99 of halle, of all answers / by query (above 1: halle is ahead)",
              ratio)
    print("\nWriting and reading at once. p50 / p99 / max, ms")
    for engine, rows in results.items():
        for name in rows:
            if name in ("update", "readers"):
                print(f"{engine:24}{name:10}{times(engine, name):>26}  of {rows[name][0]:.0f}")


main()
