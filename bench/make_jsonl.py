#!/usr/bin/env python3
"""Writes N resources of about 3 KiB as JSON Lines, always the same ones: make_jsonl.py N > FILE."""
import json
import random
import sys

WORDS = """service public collectivité économie sociale solidaire territoire commune région filière
emploi insertion achat responsable marché convention subvention compensation mandat obligation
coopérative association élu·e agent·e habitant·e réseau projet partenaire financement transition
énergie alimentation mobilité logement culture numérique commun plateforme évaluation impact utilité
intérêt général rural urbain quartier atelier ressource guide fiche étude témoignage cycle webinaire
l’emploi d’insertion qu’elle développement local coopération""".split()


def words(rng, n):
    return " ".join(rng.choice(WORDS) for _ in range(n))


def resource(rng, i):
    body = "".join(
        f"<h2>{words(rng, 4)}</h2><p>{words(rng, 50)}.</p>"
        f"<ul><li>{words(rng, 12)}</li><li>{words(rng, 12)}</li></ul>"
        for _ in range(3)
    )
    return {
        "type": "resource",
        "slug": f"ressource-{i}",
        "title": words(rng, 7).capitalize(),
        "kind": rng.choice(["Guide", "Fiche", "Synthèse", "Webinaire"]),
        "summary": f"<p>{words(rng, 35)}.</p>",
        "body": body,
        "visibility": "members" if i % 10 == 0 else "public",
        "status": "published",
        "published_on": f"{2010 + i % 16}-{1 + i % 12:02}-{1 + i % 28:02}",
        "collection": f"collection-{i % 20}",
        "number": 1 + i // 20,
        "categories": [f"categorie-{i % 15}"],
        "keywords": [rng.choice(WORDS) for _ in range(3)],
        "links": [{"role": "download", "label": "Le guide", "url": f"https://example.org/{i}.pdf"}],
    }


def main():
    n = int(sys.argv[1])
    rng = random.Random(1)
    for i in range(15):
        term = {"type": "term", "vocabulary": "category", "slug": f"categorie-{i}"}
        print(json.dumps(term | {"label": f"Catégorie {i}"}, ensure_ascii=False))
    for i in range(20):
        one = {"type": "collection", "slug": f"collection-{i}", "title": f"Collection {i}"}
        print(json.dumps(one, ensure_ascii=False))
    for i in range(n):
        print(json.dumps(resource(rng, i), ensure_ascii=False))


main()
