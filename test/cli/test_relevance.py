"""What is found by judged queries: the judgements are sound, halle is above floors and peers."""
import os
import sys

from kit import HALLE, ROOT, case, check, main

sys.path.insert(0, os.path.join(ROOT, "bench"))
import relevance

# What halle may not fall under, over all queries.
FLOOR_NDCG = 0.85
FLOOR_FIRST = 0.92

QUERIES_AT_LEAST = 80


@case
def the_judgements_are_sound(folder):
    queries = relevance.read_judged()
    slugs = {r["slug"] for r in relevance.Content().resources}
    check(len(queries) >= QUERIES_AT_LEAST, len(queries))
    texts = [query.text for query in queries]
    check(len(set(texts)) == len(texts), [text for text in texts if texts.count(text) > 1])
    for query in queries:
        check(query.text and query.kind, query)
        check(set(query.grades) <= slugs, (query.text, set(query.grades) - slugs))
        check(max(query.grades.values(), default=0) >= relevance.USEFUL, query)


@case
def what_cannot_be_read_is_told_with_its_line(folder):
    path = os.path.join(folder, "judged.txt")
    for wrong in ("4 slug", "3", "slug", "? query\n3 slug\n2 slug"):
        with open(path, "w", encoding="utf-8") as out:
            out.write(f"= kind\n? other\n{wrong}\n")
        try:
            relevance.read_judged(path)
        except ValueError as error:
            check(f"{path}:{3 + wrong.count(chr(10))}:" in str(error), error)
        else:
            check(False, wrong)


@case
def the_measures_are_those_of_the_books(folder):
    query = relevance.Query("q", "kind", {"a": 3, "b": 2, "c": 1}, 1)
    check(relevance.measure(query, ["a", "b", "c"]) == (1, 1, 1), "ideal")
    check(relevance.measure(query, []) == (0, 0, 0), "nothing")
    ndcg, first, mrr = relevance.measure(query, ["c", "a"])
    log2of3 = 1.5849625
    check(abs(ndcg - (1 + 7 / log2of3) / (7 + 3 / log2of3 + 1 / 2)) < 1e-6, ndcg)
    check((first, mrr) == (0, 0.5), (first, mrr))


@case
def halle_is_above_its_floors_and_its_peers(folder):
    queries, content = relevance.read_judged(), relevance.Content()
    engines = [
        relevance.Halle(HALLE, os.path.join(folder, "data")),
        relevance.Fts5(content, "AND"),
        relevance.Fts5(content, "OR"),
    ]
    values = {engine.name: relevance.measure_all(engine, queries) for engine in engines}
    print("\n".join(relevance.table(queries, values)))
    (ndcg, first, _), *peers = [relevance.means(of_engine) for of_engine in values.values()]
    check(ndcg >= FLOOR_NDCG and first >= FLOOR_FIRST, (ndcg, first))
    for peer in peers:
        check(ndcg > peer[0] and first > peer[1], (ndcg, first, peer))


main()
