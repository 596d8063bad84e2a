"""Two worlds that differ only in closed texts must look the same to someone who may read none.

    test_two_worlds.py HALLE [anonymous|lapsed|member]

Who asks: no one in particular; someone signed in whose organisation is a member no more; a member
who holds none of the keys. For the first two the worlds differ in all that is closed, for the
third in what is restricted to others: what is for all members is the same in both.

Both are served under one public address and asked the same: every route of the map with every
name of both worlds, every parameter that a page knows with every value of both, every link that
an answer holds; as GET and HEAD, plain and gzip, and again with the ETag. Status, headers and
bytes must be equal.

What was broken on purpose to see it fail, each by itself: the body shown to anyone; links and
contributions without access_may_read_part(); links to hidden resources; drafts and unlisted
resources in the index, or their counts in facets; closed bodies in the index; the label of a
chosen value that only hidden things bear; counts of collections, collections without anything to
know of; the order of values that have one label; hidden numbers as neighbours; `replaces` and what
replaces; sitemap, Atom, calendar and the calendar of one session; a number of a row in Atom; JSON-LD;
the API's resource and its list of sessions with its total; sessions of the agenda, of a cycle, of a
resource; hidden cycles and their titles; resources of an organisation, of a session, of a cycle; the
rule in SQL and in C; an ETag and a Last-Modified made from the number of the last change.

And since there are people, keys and files: names of groups and of closed sessions in who may read
a resource, how many were given access; people who did not agree to be shown, who are blocked, or
whose function is over; addresses of colleagues and of those in a group; what was kept, attended,
asked for, or is new, without access, on pages and in one's own data; resources of a group; drafts
opened by keys, in SQL, C and the index; territories where no organisation is; closed words
proposed for one that is misspelt, of titles and of people; words that stand together in closed
texts, as a phrase and in the order of what is found; closed lists walked unasked; snippets of closed
bodies.

Not seen, since no output tells it: how many sessions cycle_all() counts; until when an answer is
kept (test/store/test_session.c holds that); lists so long that documents are looked up in them, how
rare a word is in closed texts, how often they were edited (test/search/test_layers.c); which marks
a search leaves out because nothing that is shown has them. Who holds which key is told by
test_access.py, and "published" in the rule of what is read in SQL guards what is known of already.
"""
import gzip
import html
import itertools
import json
import os
import re
import hashlib
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse

from halle_site import day

halle = os.path.abspath(sys.argv[1])
ASKING = sys.argv[2] if len(sys.argv) > 2 else "anonymous"
source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../src/web")
PUBLIC = "https://essai.example"
SITE_ID = "3f0c6a52-8d11-4f6e-9b7a-0123456789ab"
NOW = int(time.time())  # of what is written beside the program
SECRET = "een-sleutel-van-drieenveertig-tekens-1234567"  # of the session under which one asks
# What hides a thing from who asks, beside "restricted".
CLOSED = "restricted" if ASKING == "member" else "members"
N_PUBLIC = 64  # more than any feed or page of a list holds
MOST = 60000   # addresses: a crawl that finds more has met something without an end
failures = 0


def check(truth, name, *details):
    global failures
    print(("ok - " if truth else "not ok - ") + name)
    if not truth:
        failures += 1
        for detail in details:
            print("    " + str(detail)[:2000])


# ---- the worlds ---------------------------------------------------------------------

class World:
    """What is closed is drawn from `word`, which no other world knows."""

    def __init__(self, mark, words):
        self.mark = mark
        self.words = words
        self.used = set()
        self.draw = itertools.cycle(words)
        self.lines = []
        self.late = []  # of a second import

    def word(self):
        word = next(self.draw)
        self.used.add(word)
        return word

    def text(self, paragraphs, words=6):
        return "".join(f"<p>{' '.join(self.word() for _ in range(words))}.</p>"
                       for _ in range(paragraphs))

    def add(self, what, slug, **fields):
        self.lines.append({"type": what, "slug": slug, **fields})


def only_in(w, few, many):
    """So that numbers differ too."""
    return few if w.mark == "a" else many


def closed_links(w, n):
    return [{"role": role, "label": f"Voir {w.word()}", "visibility": visibility,
             "url": f"https://{w.word()}.example/{w.word()}.pdf"}
            for role, visibility, _ in zip(
                itertools.cycle(["recording", "download", "slides", "external", "registration"]),
                itertools.cycle([CLOSED, "restricted"]), range(n))]


def closed_people(w, n, organisation):
    people = [{"role": role, "name": w.word().title(), "title": w.word(), "affiliation": w.word(),
               "visibility": visibility}
              for role, visibility, _ in zip(
                  itertools.cycle(["speaker", "author", "contact", "publisher", "funder"]),
                  itertools.cycle([CLOSED, "restricted"]), range(n))]
    return people + [{"role": "partner", "organisation": organisation, "visibility": CLOSED}]


def without_visibility(parts):
    return [{k: v for k, v in part.items() if k != "visibility"} for part in parts]


def add_vocabulary(w):
    def term(vocabulary, slug, label, **more):
        w.add("term", slug, vocabulary=vocabulary, label=label, **more)

    for i in range(only_in(w, 1, 4)):  # hidden things come first: numbers are shifted
        term("category", f"secrete-{w.mark}-{i}", f"Catégorie {w.word()}")
        term("keyword", f"cache-{w.mark}-{i}", f"Mot {w.word()}")
        term("audience", f"initie-{w.mark}-{i}", f"Public {w.word()}")
    for i in range(9):
        term("category", f"categorie-{i}", f"Catégorie {i}")
    term("territory", "bretagne", "Bretagne")
    term("territory", "rennes", "Rennes", parent="bretagne")
    term("territory", f"lieu-{w.mark}", f"Lieu {w.word()}", parent="bretagne")
    term("keyword", "coop", "Coop", replaced_by="cooperation")
    term("keyword", "cooperation", "Coopération")
    term("keyword", f"vieux-{w.mark}", f"Vieux {w.word()}", replaced_by="cooperation")
    term("audience", "elues", "Élu·e·s")


def add_organisations(w):
    for i in range(4):
        w.add("organisation", f"organisation-{i}", name=f"Organisation {i}", kind="association",
              website=f"https://o{i}.example/", territory="rennes")


def keys(w):
    """Held by someone, and not by who asks; of a group of theirs when that gives nothing any more."""
    return ["function:elected", f"group:groupe-{w.mark}-0", "session:seance-2",
            f"session:seance-cachee-{w.mark}-0"] + (["group:ouvert"] if ASKING == "lapsed" else [])


def keys_of_drafts(w):
    """Held by who asks as well: no key opens a draft."""
    return keys(w) + ["group:ouvert", "function:officer"]


def person(w, slug, family_name, functions, until=None, **more):
    w.add("person", slug, given_name="Camille", family_name=family_name, functions=[
        {"organisation": organisation, "kind": kind, "title": title, "from": "2020-01-01",
         "to": until} for organisation, kind, title in functions],
        **{"email": f"{slug}@essai.example", **more})


def closed_address(w):
    return f"{w.word()}@{w.word()}.example"


def add_people(w):
    current = [{"kind": "full", "from": day(-100), "to": day(100)}]
    past = [{"kind": "full", "from": day(-500), "to": day(-101)}]
    w.add("organisation", "a-jour", name="Ville à jour", kind="commune", memberships=current)
    w.add("organisation", "echue", name="Ville échue", kind="commune", memberships=past)
    person(w, "lapsed", "Échue", [("echue", "elected", "maire")], shown=True)
    person(w, "member", "Membre", [("a-jour", "officer", "juriste")], shown=True)
    # Colleagues and members of one's group, whose addresses are not for everyone.
    person(w, "elue", "Élue", [("a-jour", "elected", "maire")], shown=True,
           email=closed_address(w))
    person(w, "ancienne", "Ancienne", [("echue", "officer", "secrétaire")], shown=True,
           email=closed_address(w))
    # They agreed to be shown; what they did is over, or they are blocked.
    for i in range(only_in(w, 1, 3)):
        person(w, f"partie-{w.mark}-{i}", w.word().title(),
               [("organisation-0", "officer", w.word())], until=day(-1), shown=True)
        person(w, f"bloquee-{w.mark}-{i}", w.word().title(),
               [("organisation-1", "officer", w.word())], shown=True)
    # Not to be shown: their number and names are as many as there are worlds.
    for i in range(only_in(w, 1, 4)):
        person(w, f"inconnue-{w.mark}-{i}" if i else "inconnue-a", w.word().title(),
               [(only_in(w, "organisation-0", "organisation-1"), "officer", w.word())])
    for i in range(only_in(w, 2, 5)):
        w.add("group", f"groupe-{w.mark}-{i}", name=f"Groupe {w.word()}", description=w.text(1),
              members=["elue"], coordinator="elue")
    # The one group of who asks is the same in both.
    w.add("group", "ouvert", name="Groupe ouvert", members=["member", "lapsed", "elue"])


def add_collections(w):
    for i in range(only_in(w, 2, 5)):
        w.add("collection", f"collection-cachee-{w.mark}-{i}", title=f"Cahiers {w.word()}",
              description=w.text(2))
    for i in range(2):  # of one title and one count: their order must not come from hidden things
        w.add("collection", f"jumelle-{i}", title="Jumelles")
    for i in range(3):
        w.add("collection", f"collection-{i}", title=f"Collection {i}",
              description=f"<p>Ce que dit la collection {i}.</p>")


def resource(w, slug, title, i, **more):
    base = {"kind": ["Guide", "Article", "Fiche"][i % 3], "visibility": "public",
            "status": "published", "published_on": f"{2016 + i % 8}-03-{1 + i % 4:02d}",
            "modified_at": f"2025-01-{1 + i % 28:02d}T08:00:00Z", "language": "fr"}
    w.add("resource", slug, title=title, **{**base, **more})


def add_hidden(w, i):
    """One that nobody may know of, near the public one of this number."""
    state = [{"status": "draft", "open_to": keys_of_drafts(w)}, {"status": "review"},
             {"status": "archived", "open_to": keys_of_drafts(w)},
             {"visibility": CLOSED, "listed": False, "open_to": keys(w)},
             {"visibility": "restricted", "listed": False, "open_to": keys(w)},
             {"status": "draft", "visibility": CLOSED, "listed": False, "open_to": keys(w)}][i % 6]
    people = closed_people(w, 2, only_in(w, "organisation-0", "organisation-1"))
    people[-1]["visibility"] = "public"
    people.append({"role": "author", "name": w.words[4].title(), "visibility": "public"})
    w.used.add(w.words[4])
    resource(w, f"cachee-{w.mark}-{i}", f"Guide {w.word()} {w.word()}", i, **{
        "summary": w.text(1), "body": w.text(1 + i % 3),
        # Among the latest of all, or alone in a year.
        "published_on": f"19{70 + i}-03-01" if i % 2 else day(-1) if i % 4 else "2023-03-04",
        "kind": f"Genre {w.word()}" if i % 3 == 0 else "Guide", "form": f"Forme {w.word()}",
        "modified_at": f"2026-02-{1 + i % 28:02d}T08:00:00Z",
        "collection": f"jumelle-{only_in(w, 0, 1)}" if i == 0 else
        f"collection-cachee-{w.mark}-{i % 2}" if i % 2 else f"collection-{i % 3}",
        "number": 10 * i + 5, "replaces": f"publique-{i}",
        "categories": [f"secrete-{w.mark}-0", "categorie-1"],
        "keywords": [f"Mot {w.word()}", "Coopération", f"Rare {w.word()}"],
        "territories": [f"lieu-{w.mark}"], "audiences": [f"initie-{w.mark}-0", "elues"],
        "links": closed_links(w, 2) + [{"role": "related", "label": w.word(), "url": None,
                                        "resource": f"publique-{i}", "visibility": "public"}],
        "contributions": people, "access_note": w.word(), "notice": w.word(),
        "source": w.word(), "source_id": w.word(), "extent": w.word(), "edition": w.word(), **state})


def add_closed(w, i):
    """One that everyone may know of and few may read: what is public of it is the same."""
    n = only_in(w, 1 + i % 3, 3 + i % 4)
    # Words that everyone may look for stand together in closed texts of different ones.
    together = "<p>habitat coopération élus</p>" * (i in only_in(w, (0, 3), (1, 2, 4)))
    resource(w, f"reservee-{i}", f"Réservée {i} sur l’habitat", i, **{
        "visibility": [CLOSED, "restricted"][i % 2], "body": w.text(n, 4 + n) + together,
        "open_to": keys(w) if i % 3 else [],
        "summary": f"<p>Résumé ouvert de la réservée {i}.</p>" if i % 3 else None,
        "collection": f"collection-{i % 3}", "number": 10 * i + 3,
        "replaces": f"cachee-{w.mark}-0" if i % 2 else f"publique-{i}",
        "categories": [f"categorie-{i % 4}"], "keywords": ["Habitat", "Coopération"],
        "territories": ["rennes"], "audiences": ["elues"], "access_note": "Sur demande.",
        "links": closed_links(w, n) + without_visibility(closed_links(w, n)) + [
            {"role": "external", "label": "Voir la page ouverte", "visibility": "public",
             "url": f"https://ouvert.example/{i}"},
            {"role": "related", "label": w.word(), "resource": f"cachee-{w.mark}-1",
             "visibility": "public"},
            {"role": "related", "label": "Voisine", "resource": f"publique-{i}",
             "visibility": "public"}],
        "contributions": closed_people(w, n, only_in(w, "organisation-2", "organisation-3")) +
        without_visibility(closed_people(w, n, only_in(w, "organisation-3", "organisation-2"))) +
        [{"role": "publisher", "organisation": "organisation-0", "visibility": "public"}]})


def add_public(w, i):
    hidden = {"role": "related", "label": w.word(), "resource": f"cachee-{w.mark}-{i % 4}"}
    document = {"role": "download", "label": w.word(), "resource": f"cachee-{w.mark}-{i % 4}"}
    resource(w, f"publique-{i}", f"Publique {i} sur l’énergie", i, **{
        "summary": f"<p>Résumé de la publique {i}.</p>",
        "body": f"<p>Résumé de la publique {i}.</p><p>Texte ouvert.</p>",
        "collection": f"jumelle-{i - 40}" if i in (40, 41) else
        f"collection-{i % 3}" if i % 2 else None, "number": 10 * i + 1,
        "replaces": f"cachee-{w.mark}-{i % 3}" if i % 3 else None,
        "categories": [f"categorie-{i % 9}"], "keywords": ["Énergie", "Coop"][:1 + i % 2],
        "territories": [["bretagne"], ["rennes"], []][i % 3],
        "links": [hidden] * (i % 2) + [document] * only_in(w, 1, 2) + closed_links(w, i % 3) + [
            {"role": "download", "label": "Voir la fiche", "url": f"https://ouvert.example/{i}.pdf"},
            {"role": "related", "label": "Réservée", "resource": f"reservee-{i % 6}"}],
        "contributions": closed_people(w, only_in(w, 1, 3),
                                       f"organisation-{2 + (i + only_in(w, 0, 1)) % 2}") + [
            {"role": "author", "name": f"Autrice {i}", "organisation": "organisation-1"}]})


def add_resources(w):
    for i in range(N_PUBLIC):
        if i < only_in(w, 7, 13):
            add_hidden(w, i)
        add_public(w, i)
        if i < 6:
            add_closed(w, i)


def session(w, slug, title, shift, **more):
    hour = {"starts_at": f"{day(shift)}T09:00:00Z", "ends_at": f"{day(shift)}T11:00:00Z"}
    w.add("session", slug, title=title, **{
        "on": day(shift), "status": "held" if shift < 0 else "confirmed",
        "modified_at": "2025-02-01T08:00:00Z", **(hour if shift % 2 else {}), **more})


def add_hidden_session(w, i, shift, **more):
    session(w, f"seance-cachee-{w.mark}-{i}", f"Webinaire {w.word()}", shift, **{
        "visibility": [CLOSED, "restricted"][i % 2], "cycle": "cycle-0", "number": 100 + i,
        "open_to": keys(w) if i % 3 == 0 else [], "attended": ["inconnue-a"][:i % 2],
        "description": w.text(2), "objectives": w.text(1), "contents": w.text(3),
        "place": w.word(), "audience": w.word(), "modified_at": "2026-03-01T08:00:00Z",
        "links": closed_links(w, 2), "contributions": closed_people(w, 2, "organisation-2"),
        "resources": ["publique-0", "reservee-0"], **more})


def add_session(w, i, shift):
    session(w, f"seance-{i}", f"Webinaire {i}", shift, **{
        "cycle": ["cycle-0", f"cycle-cache-{w.mark}-0", "cycle-1"][i % 3], "number": i + 1,
        "description": f"<p>Séance {i}.</p>", "place": "En ligne",
        "links": closed_links(w, only_in(w, 1, 2)) + [
            {"role": "recording", "label": "Voir le replay", "url": f"https://v.example/{i}"},
            {"role": "report", "label": w.word(), "resource": f"cachee-{w.mark}-2"},
            {"role": "report", "label": "Synthèse", "resource": "reservee-1"}],
        "contributions": closed_people(w, only_in(w, 2, 1), "organisation-3") + [
            {"role": "speaker", "name": f"Oratrice {i}"}],
        "resources": [f"cachee-{w.mark}-{i % 5}", f"publique-{i}", f"reservee-{i % 6}"]})


def add_programme(w):
    for i in range(only_in(w, 1, 3)):
        w.add("cycle", f"cycle-cache-{w.mark}-{i}", title=f"Cycle {w.word()}", visibility=CLOSED,
              open_to=keys(w),
              description=w.text(2), announced=only_in(w, 3, 8), links=closed_links(w, 2),
              contributions=closed_people(w, 2, "organisation-1"), resources=["publique-1", "reservee-1"])
    for i in range(3):
        w.add("cycle", f"cycle-{i}", title=f"Cycle {i}", announced=40,
              description=f"<p>Le cycle {i}.</p>",
              links=closed_links(w, only_in(w, 1, 3)) + [
                  {"role": "related", "label": w.word(), "resource": f"cachee-{w.mark}-1"},
                  {"role": "programme", "label": "Programme", "url": "https://ouvert.example/p"}],
              contributions=closed_people(w, only_in(w, 3, 1), "organisation-2") + [
                  {"role": "lead", "organisation": "organisation-1"}],
              resources=[f"cachee-{w.mark}-{i}", f"publique-{i}", f"reservee-{i}"])
    for i in range(44):
        if i < only_in(w, 4, 11):
            add_hidden_session(w, i, 13 * i - 40 if i > 1 else (i or -1) * 1500)
        add_session(w, i, 11 * i - 330 or 1)
    # Alone in a cycle that everyone sees, and first and last of all.
    add_hidden_session(w, 90, only_in(w, -700, 90), cycle="cycle-2", number=1)


def add_redirects(w):
    for path, target in (("/spip-article1", "/ressources/publique-1"),
                         ("/vers-une-cachee", "/ressources/cachee-a-1"),
                         ("/ressources/cachee-a-2", "/ressources/publique-2"),
                         ("/ressources/cachee-b-2", "https://ailleurs.example/"),
                         ("/agenda/seance-cachee-a-1", "/agenda"),
                         ("/collections/collection-cachee-b-0", "/collections")):
        w.lines.append({"type": "redirect", "path": path, "target": target})


def make_world(mark, words):
    w = World(mark, words)
    for add in (add_vocabulary, add_organisations, add_people, add_collections, add_resources, add_programme,
                add_redirects):
        add(w)
    # Only one of them is corrected later: revisions and numbers of changes differ.
    if mark == "b":
        for i in range(3):
            first = len(w.lines)
            add_closed(w, i)
            w.late += w.lines[first:]
            del w.lines[first:]
    return w


def syllables(first):
    return [first + middle + last for middle in ("bla", "dro", "fli", "gru", "ska", "vno")
            for last in ("zak", "mup", "wib", "jod", "kex", "fyr", "quol")]


WORDS = {"a": syllables("zy"), "b": [word + "ix" for word in syllables("kwe")]}
worlds = [make_world(mark, WORDS[mark]) for mark in "ab"]


# ---- serving them ---------------------------------------------------------------------

def run(folder, *words):
    done = subprocess.run([halle, *words, "--data", folder], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    if done.returncode:
        sys.exit("not ok - halle " + " ".join(words) + "\n" + done.stdout.decode())
    return done.stdout.decode()


def fill(folder, w):
    run(folder, "setting", "set", "site_id", SITE_ID)
    run(folder, "setting", "set", "site_contact", "bonjour@essai.example")
    for n, lines in enumerate((w.lines, w.late)):
        name = os.path.join(folder, f"{n}.jsonl")
        with open(name, "w", encoding="utf-8") as f:
            f.writelines(json.dumps(line) + "\n" for line in lines)
        if lines:
            run(folder, "import", "jsonl", name)
    add_files(folder, w)
    with sqlite3.connect(os.path.join(folder, "halle.db")) as db:
        add_traces(db, w)
    db.close()
    if ASKING != "anonymous":
        sign_in(folder)


FILES = []  # (number, name) of those of both worlds


def add_file(folder, slug, name, content, number=None, *words):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as f:
        f.write("%PDF-1.4 " + content)
    drawn = run(folder, "file", "add", slug, path, "--label", name, *words).split("/")[2]
    if number:
        with sqlite3.connect(os.path.join(folder, "halle.db")) as db:
            db.execute("UPDATE file SET id = ? WHERE id = ?", (number, drawn))
            db.execute("UPDATE link SET file_id = ? WHERE file_id = ?", (number, drawn))
        db.close()
    FILES.append((number or drawn, name))


def add_files(folder, w):
    """Open ones that are the same, and closed ones of other names, sizes and number."""
    for i in range(3):
        add_file(folder, f"publique-{i}", f"Ouvert {i}.pdf", "ouvert", f"{i}" * 32)
        add_file(folder, f"reservee-{i}", f"Programme {i}.pdf", "ouvert", f"a{i}" * 16,
                 "--visibility", "public")
        for k in range(only_in(w, 1, 1 + i)):
            words = " ".join(w.word() for _ in range(1 + i + 3 * k))
            add_file(folder, f"reservee-{i}", f"{w.word()}.pdf", words)
            add_file(folder, f"cachee-{w.mark}-{i}", f"{w.word()}.odt", words)
            add_file(folder, f"publique-{i}", f"{w.word()}.pdf", words, None,
                     "--visibility", CLOSED)
    # When something was added last is told, though not what.
    with sqlite3.connect(os.path.join(folder, "halle.db")) as db:
        db.execute("UPDATE resource SET modified_at = 1735689600 WHERE slug GLOB '*-[012]'")
    db.close()


def add_traces(db, w):
    """Others were given access; who asks kept, attended and asked for what is hidden."""
    db.execute("UPDATE person SET is_blocked = 1 WHERE slug GLOB 'bloquee-*'")
    for number in range(100, 100 + only_in(w, 1, 3)):
        db.execute("INSERT INTO access_request (id, person_id, resource_id, reason, made_at, answer,"
                   " until_on, answered_at) SELECT ?, p.id, r.id, 'essai', ?, 'granted', ?, ?"
                   " FROM person p, resource r WHERE p.slug = 'inconnue-a'"
                   " AND r.slug = 'reservee-1'", (number, NOW, day(9), NOW))
        db.execute("INSERT INTO opening SELECT 'resource', id, ? FROM resource"
                   " WHERE slug = 'reservee-1'", (f"grant-{number}",))
    db.execute("INSERT INTO audit (at, action, subject) SELECT ?, 'resource-opened',"
               " 'resource ' || slug FROM resource WHERE slug GLOB 'cachee-*'"
               " OR slug GLOB 'reservee-*'", (NOW - 9,))
    db.execute("INSERT INTO saved_resource SELECT p.id, r.id, ? FROM person p, resource r"
               " WHERE p.slug = ? AND r.slug GLOB 'cachee-*'", (NOW, ASKING))
    for i in (1, 2):  # as many in both: that much is theirs to know
        db.execute("INSERT INTO attendance SELECT s.id, p.id FROM session s, person p"
                   " WHERE s.slug = ? AND p.slug = ?", (f"seance-cachee-{w.mark}-{i}", ASKING))
        db.execute("INSERT INTO access_request (person_id, resource_id, reason, made_at)"
                   " SELECT p.id, r.id, 'essai', ? FROM person p, resource r"
                   " WHERE p.slug = ? AND r.slug = ?", (NOW, ASKING, f"cachee-{w.mark}-{i}"))


def sign_in(folder):
    """A session as a sign-in leaves it; never so old that its last use is written down."""
    with sqlite3.connect(os.path.join(folder, "halle.db")) as db:
        db.execute("INSERT INTO login_session (hash, person_id, is_whole, made_at, seen_at,"
                   " address, agent) SELECT ?, id, 1, ?, ?, '192.0.2.1', 'essai' FROM person"
                   " WHERE slug = ?",
                   (hashlib.blake2b(SECRET.encode(), digest_size=32).hexdigest(),
                    NOW, NOW + 86400, ASKING))
        db.execute("UPDATE person SET made_at = ?", (NOW,))
    db.close()


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """Asked over one connection by few words of HTTP: the library takes most of the time."""

    def __init__(self, folder):
        self.port = free_port()
        self.process = subprocess.Popen(
            [halle, "serve", "--data", folder, "--listen", f"127.0.0.1:{self.port}",
             "--public", PUBLIC], stderr=subprocess.DEVNULL)
        self.file = None

    def wait(self):
        for _ in range(400):
            try:
                return self.ask("GET", "/sante")
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.05)
        sys.exit("not ok - the server answers")

    def exchange(self, method, request):
        if not self.file:
            connection = socket.create_connection(("127.0.0.1", self.port), timeout=30)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.file = connection.makefile("rwb")
        self.file.write(request)
        self.file.flush()
        status = self.file.readline()
        if not status.endswith(b"\r\n"):
            raise ConnectionError("closed")
        headers = []
        while (line := self.file.readline()) != b"\r\n":
            name, _, value = line.decode().rstrip("\r\n").partition(": ")
            headers.append((name, value))
        told = {name.lower(): value for name, value in headers}
        empty = method == "HEAD" or status.split()[1] == b"304"
        body = b"" if empty else self.file.read(int(told["content-length"]))
        if told.get("connection", "").lower() == "close":
            self.file = None
        return status.decode().strip(), headers, body

    def ask(self, method, target, headers=()):
        """Status line, headers but those that tell one answer from another, bytes."""
        lines = [f"{method} {target} HTTP/1.1", "Host: " + PUBLIC[8:],
                 *(f"{name}: {value}" for name, value in headers)]
        if ASKING != "anonymous":
            lines.append(f"Cookie: __Host-halle={SECRET}")
        if method == "POST":
            lines += ["Content-Length: 0", "Origin: " + PUBLIC]
        request = "\r\n".join(lines + ["", ""]).encode()
        try:
            status, found, body = self.exchange(method, request)
        except ConnectionError:  # it was kept too long
            self.file = None
            status, found, body = self.exchange(method, request)
        return int(status.split()[1]), [("", status)] + [
            header for header in found if header[0].lower() not in ("date", "x-request-id")], body

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)


# ---- what to ask -----------------------------------------------------------------------

def read(path):
    with open(path, encoding="utf-8") as f:
        return re.sub(r"/\*.*?\*/", "", f.read(), flags=re.S)


def routes():
    """(method, pattern, who may ask, the name of the table of its parameters or NULL)"""
    text = read(os.path.join(source, "site.c"))
    found = re.findall(r'\{\s*(GET|POST),\s*"([^"]+)",\s*(\w+),\s*\w+(?:,\s*(\w+))?'
                       r'(?:,\s*\.\w+\s*=[^{},]+)*,?\s*\}', text)
    assert len(found) == len(re.findall(r'\{[^{}]*"/', text))
    return [(method, pattern, who, table or "NULL") for method, pattern, who, table in found]


def known_parameters():
    tables = {}
    for folder, _, names in os.walk(source):
        for name in names:
            if name.endswith(".c"):
                for table, values in re.findall(r"(\w+_known)\[\]\s*=\s*\{(.*?)\}",
                                                read(os.path.join(folder, name)), flags=re.S):
                    tables[table] = re.findall(r'"([^"]+)"', values)
    return tables


def slugs():
    return sorted({line["slug"] for w in worlds for line in w.lines if "slug" in line} |
                  {"mentions-legales", "accessibilite", "rien"})


def parameter_values(name):
    if name == "slug":
        return slugs()
    if name == "part":
        return ["0", "1", "2", "3", "9999", "x"]
    if name == "secret":
        return ["a" * 43, SECRET, "rien"]
    if name == "id":
        return [str(i) for i in range(12)] + ["x"]
    return [str(i) for i in range(60)] + slugs()[:80]


def addresses_of(pattern):
    """The pattern filled with every name of both worlds."""
    if pattern.startswith("/fichiers/"):
        return [f"/fichiers/{number}/" + urllib.parse.quote(name) for number, told in FILES
                for name in (told, "autre.pdf")] + [f"/fichiers/{'0' * 32}/x", "/fichiers/x/x"]
    names = re.findall(r"[:*](\w*)", pattern)
    blank = re.sub(r"[:*]\w*", "{}", pattern)
    return [blank.format(*values) for values in itertools.islice(
        itertools.product(*(parameter_values(name) for name in names)), 5000)]


def made_slugs():
    """What a label becomes: terms that only resources name."""
    labels = {label for w in worlds for line in w.lines for label in
              line.get("keywords", []) + [line.get("kind"), line.get("form")]
              if label and line["type"] == "resource"}
    return sorted({re.sub(r"\W+", "-", label.lower().replace("é", "e").replace("’", "-"))
                   for label in labels})


def all_values():
    """Values to ask for: those of hidden things first, then all."""
    closed = [word for mark in "ab" for word in WORDS[mark][:8]]
    hidden = closed[:2] + closed[8:10] + [f"{name}-{mark}{n}" for mark in "ab" for name, n in (
        ("secrete", "-0"), ("cache", "-0"), ("lieu", ""), ("collection-cachee", "-0"))] + ["1971"]
    # One letter off: only what open texts hold is proposed instead.
    typed = [word[:-1] + "h" for word in closed[4:6] + closed[12:14]]
    words = typed + [f'"{closed[0]} {closed[1]}"', closed[2][:5] + "*", f"-{closed[3]}",
             f"publique {closed[0]}", "publique", "énergie habitat", "", "texte ouvert",
             "habitat coopération", '"habitat coopération"', '-"habitat coopération" réservée']
    years = [str(y) for y in range(1969, 2027) if y < 1984 or y > 2014]
    numbers = ["0", "1", "2", "5", "6", "69", "70", "71", "100", "101", "999999999999", "-1", "x"]
    days = [day(d) for d in (-1501, -1500, -700, -330, 0, 1, 90, 140, 1500, 1501)]
    names = ["public", "members", "restricted", "date", "relevance", "pertinence"]
    few = [slug for slug in slugs() if not re.search(r"-\d\d", slug)]
    return hidden, hidden + closed + words + years + names + few + made_slugs() + numbers + days


def questions(pattern, table):
    """Each parameter with each value."""
    for name in table:
        for value in dict.fromkeys(all_values()[1]):
            yield pattern + "?" + urllib.parse.urlencode({name: value})


def pairs(pattern, table):
    """A hidden value beside an open one: the other counts of a list must not move."""
    for first, second in itertools.permutations(table, 2):
        for one, two in itertools.product(all_values()[0],
                                          ["publique", "guide", "2018"]):
            yield pattern + "?" + urllib.parse.urlencode({first: one, second: two})


def of_tables(ask):
    known = known_parameters()
    return [(method, address) for method, pattern, _, table in routes() if table != "NULL"
            for address in ask(pattern, known[table])]


ENDING = ("/espace/securite/appareils/:id/fin", "/deconnexion")
# A secret of its own in each answer.
DRAWING = "/espace/securite/deux-etapes"


def first_questions():
    for method, pattern, who, _ in routes():
        if method == "GET":
            # What is for editors answers all others in one way, whatever is asked for.
            few = 20 if who in ("EDITORS_ONLY", "ADMINISTRATORS_ONLY") else None
            for address in addresses_of(pattern)[:few]:
                yield method, address
    yield from of_tables(questions)
    for name in slugs():
        yield "GET", "/" + name
    for line in worlds[0].lines:
        if line["type"] == "redirect":
            yield "GET", line["path"]


def last_questions():
    """What would write: with nothing filled in, and at the end what ends the session."""
    yield "POST", "/ressources"
    asked = [(method, pattern) for method, pattern, _, _ in routes()
             if method == "POST" and not pattern.startswith(DRAWING)]
    for method, pattern in sorted(asked, key=lambda r: ENDING.index(r[1]) if r[1] in ENDING else -1):
        for address in addresses_of(pattern):
            yield method, address


IN_HTML = re.compile(r'\s(?:href|src|action|data-[\w-]*url)="([^"]*)"')
IN_JSON = re.compile(r'"(/[^"{}\\]*)"')
WHOLE = re.compile(re.escape(PUBLIC) + r"[^\s\"<>\\{]*")


def links_in(target, headers, body):
    """Paths of this site that an answer names, whatever it is written in."""
    told = dict(headers)
    kind = told.get("Content-Type", "")
    text = body.decode("utf-8", "replace").replace("\r\n ", "")
    found = set(WHOLE.findall(text))
    if "html" in kind:
        found.update(IN_HTML.findall(text))
    if "json" in kind:
        found.update(IN_JSON.findall(text))
    found.add(told.get("Location", "/"))
    for link in found:
        whole = urllib.parse.urljoin(PUBLIC + target, html.unescape(link)).split("#")[0]
        if whole.startswith(PUBLIC + "/") and "{" not in whole:
            yield whole[len(PUBLIC):]


# ---- asking -----------------------------------------------------------------------------

class Crawl:
    def __init__(self, servers):
        self.servers = servers
        self.differences = []  # the first of each address
        self.differing = set()
        self.n_answers = self.n_bytes = 0
        self.n_back = 0
        self.page = {}    # by address, what GET gave
        self.n_codes = {}
        self.leaks = []
        self.kept = []  # answers for one person that might be kept for another
        self.closed = re.compile("|".join(WORDS["a"] + WORDS["b"]))

    def compare(self, method, target, headers=()):
        first, second = (server.ask(method, target, headers) for server in self.servers)
        self.n_answers += 1
        self.n_bytes += len(first[2])
        self.n_codes[first[0]] = self.n_codes.get(first[0], 0) + 1
        if first != second and target not in self.differing:
            self.differing.add(target)
            self.differences.append(self.describe(method, target, headers, first, second))
        return first, second

    @staticmethod
    def describe(method, target, headers, first, second):
        at = next((i for i, (a, b) in enumerate(zip(first[2], second[2])) if a != b),
                  min(len(first[2]), len(second[2])))
        return (f"{method} {target} {dict(headers)}\n      {first[0]} {second[0]}"
                f" {sorted(set(first[1]) ^ set(second[1]))}\n"
                f"      a: …{first[2][max(0, at - 60):at + 80]!r}\n"
                f"      b: …{second[2][max(0, at - 60):at + 80]!r}")

    def look_for_words(self, target, answer):
        """A leak that is the same in both would be found too. What was asked may be repeated."""
        asked = urllib.parse.unquote(target)
        for word in set(self.closed.findall(answer[2].decode("utf-8", "replace").lower())):
            if word not in asked:
                self.leaks.append(f"{target}: {word}")

    def visit(self, target):
        """All the ways to ask for an address. Gives the links found in both worlds."""
        answers = self.compare("GET", target)
        self.page[target] = answers[0]
        self.look_for_words(target, answers[0])
        if answers[0][0] == 400:
            return set()
        if ASKING != "anonymous":
            if (("Cache-Control", "private, no-store") not in answers[0][1] and
                    not target.startswith("/statique/")):
                self.kept.append(target)
            return set(links_in(target, answers[0][1], answers[0][2]))
        self.compare("HEAD", target)
        zipped = self.compare("GET", target, [("Accept-Encoding", "gzip")])[0]
        if dict(zipped[1]).get("Content-Encoding") == "gzip":
            assert gzip.decompress(zipped[2]) == answers[0][2]
        for answer in (answers[0], zipped):
            etag = dict(answer[1]).get("ETag")
            if etag:
                again = [("If-None-Match", etag), ("Accept-Encoding", "gzip")]
                self.compare("GET", target, again if answer is zipped else again[:1])
        return {link for answer in answers[:1 if answers[0] == answers[1] else 2]
                for link in links_in(target, answer[1], answer[2])}

    def is_wanted(self, link):
        """Every page leads to a page that leads back to it: some of these are enough."""
        self.n_back += "retour=" in link
        return "retour=" not in link or self.n_back < 400

    def run(self, start):
        waiting = list(dict.fromkeys(start))
        seen = set(waiting)
        while waiting:
            _, target = waiting.pop(0)
            for link in sorted(self.visit(target)):
                if ("GET", link) not in seen and len(seen) < MOST and self.is_wanted(link):
                    seen.add(("GET", link))
                    waiting.append(("GET", link))
        self.ended = len(seen) < MOST
        for method, target in of_tables(pairs):
            self.look_for_words(target, self.compare(method, target)[0])
            seen.add((method, target))
        for method, target in last_questions():
            self.look_for_words(target, self.compare(method, target)[0])
        return len(seen)


# ---- what must have been there ------------------------------------------------------------

def check_worlds(folders):
    for w, other, folder in zip(worlds, reversed(worlds), folders):
        text = run(folder, "export", "jsonl").lower()
        check(len(w.used) > 30 and all(word in text for word in w.used) and
              not any(word in text for word in other.used),
              f"world {w.mark} holds its {len(w.used)} closed words, and not the other's")
        hidden = next(line for line in w.lines if line["slug"].startswith("cachee-"))
        found = run(folder, "search", hidden["title"], "--as", "editor")
        check(hidden["title"] in found, f"in world {w.mark} an editor finds what is hidden")
    for words in ("guide", "publique", WORDS["a"][0], WORDS["b"][0]):
        answers = [subprocess.run([halle, "search", words, "--json", "--data", folder],
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                   for folder in folders]
        check(answers[0].stdout == answers[1].stdout and
              answers[0].returncode == answers[1].returncode, f"'halle search {words}' says the same in both")


def check_public_parts(crawl):
    def text(target):
        return crawl.page[target][2].decode()

    def count(target, what):
        return len(re.findall(what, text(target)))

    check(all(crawl.page[f"/ressources/publique-{i}"][0] == 200 and f"Publique {i} sur" in
              text(f"/ressources/publique-{i}") for i in range(N_PUBLIC)),
          "every public resource has its page")
    check(all(crawl.page[f"/ressources/reservee-{i}"][0] == 200 and
              "ouvert.example" in text(f"/ressources/reservee-{i}") for i in range(6)),
          "every closed one that is listed has its page, with its open link")
    check(json.loads(text("/api/v1/resources"))["total"] == N_PUBLIC + 6 and
          json.loads(text("/api/v1/sessions"))["total"] == 44, "the API counts what is public")
    check(count("/flux/ressources.atom", "<entry>") > 20 and
          count("/flux/agenda.ics", "BEGIN:VEVENT") > 20 and
          count("/sitemap.xml", "<loc>") > N_PUBLIC + 50, "the feeds are full")
    check(count("/cycles/cycle-0", "/agenda/seance-") > 5 and
          count("/annuaire/organisation-1", "/ressources/publique-") > 20 and
          count("/collections/collection-1", "/ressources/") > 10, "so are lists of parts")
    check(all(crawl.page[f"/ressources/cachee-{w.mark}-1"][0] == 404 and
              crawl.page[f"/agenda/seance-cachee-{w.mark}-2"][0] == 404 and
              crawl.page[f"/cycles/cycle-cache-{w.mark}-0"][0] == 404 for w in worlds),
          "what is hidden is not there")


def may_be_shown(pattern, who):
    """A page that this asker is shown, whatever it holds."""
    if re.search(r":(secret|id)\b", pattern) and not pattern.startswith("/fichiers"):
        return False
    if pattern in ("/connexion/code", "/deconnexion", "/connexion", "/espace/organisation"):
        return False
    return who == "ANYONE" or (who == "SIGNED_IN" and ASKING != "anonymous" and
                               ":" not in pattern)


def check_routes(crawl):
    for method, pattern, who, _ in routes():
        if not may_be_shown(pattern, who):
            continue
        shape = re.compile(re.sub(r":\w+", "[^/]+", re.sub(r"\*\w+", ".+", pattern)
                                  .replace(".", r"\.")) + r"(\?.*)?$")
        if method == "GET":
            check(any(answer[0] == 200 and shape.match(target)
                      for target, answer in crawl.page.items()), f"{pattern} was answered")


def main(folder):
    folders = [os.path.join(folder, w.mark) for w in worlds]
    for name, w in zip(folders, worlds):
        os.mkdir(name)
        fill(name, w)
    check_worlds(folders)
    servers = [Server(name) for name in folders]
    try:
        for server in servers:
            server.wait()
        crawl = Crawl(servers)
        n = crawl.run(first_questions())
        check(not crawl.differences, f"{n} addresses, {crawl.n_answers} pairs of answers,"
              f" {crawl.n_bytes // 1024} KiB: the same in both worlds",
              f"{len(crawl.differences)} differ", *crawl.differences[:12])
        check(not crawl.leaks, "no closed word is told", *crawl.leaks[:12])
        check(not crawl.kept, "no answer for one person may be kept", *crawl.kept[:9])
        if ASKING != "anonymous":
            check("Mon espace" in crawl.page["/"][2].decode(), "the session was known all along")
        check(n > 5000 and crawl.n_codes[200] > 5000 and crawl.ended,
              "enough was compared, and the crawl came to an end")
        print("# " + ", ".join(f"{code}: {k}" for code, k in sorted(crawl.n_codes.items())))
        check_public_parts(crawl)
        check_routes(crawl)
    except OSError as error:
        check(False, f"both servers went on answering: {error}",
              *(f"exit {server.process.poll()}" for server in servers))
    finally:
        codes = [server.stop() for server in servers]
    check(codes == [0, 0], "both servers stopped when asked")


with tempfile.TemporaryDirectory() as temporary:
    main(temporary)
sys.exit(1 if failures else 0)
