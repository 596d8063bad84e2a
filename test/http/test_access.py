"""Who reads what, in every output, against a matrix written by hand.

    test_access.py HALLE

Each resource has words of its own in its body, in a link and in a file. Each person asks for all
of them in every way there is; what is told must be what the matrix says. Then every route of the
map is asked by each of them, against a second matrix.
"""
import os
import sys
import tempfile
import urllib.parse
import datetime

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from halle_site import Site, check, end, routes  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))

# R reads it; D knows that it is there, with its summary; - knows nothing of it.
MATRIX = """
            anonymous lapsed granted member elected grouped attended editor administrator
ouverte     R         R      R       R      R       R       R        R      R
adherents   D         D      D       R      R       R       R        R      R
elus        D         D      D       D      R       D       D        R      R
groupe      -         -      -       -      -       R       -        R      R
suivie      D         D      D       D      D       D       R        R      R
accordee    D         D      R       D      D       D       D        R      R
brouillon   -         -      -       -      -       -       -        R      R
archivee    -         -      -       -      -       -       -        R      R
"""

VISIBILITY = {
    "ouverte": {"visibility": "public"},
    "adherents": {"visibility": "members"},
    "elus": {"visibility": "restricted", "open_to": ["function:elected"]},
    "groupe": {"visibility": "restricted", "listed": False, "open_to": ["group:achats"]},
    "suivie": {"visibility": "restricted", "open_to": ["session:seance"]},
    "accordee": {"visibility": "restricted"},
    "brouillon": {"visibility": "public", "status": "draft"},
    "archivee": {"visibility": "members", "status": "archived", "open_to": ["function:elected"]},
}


def matrix():
    head, *rows = [line.split() for line in MATRIX.strip().splitlines()]
    return [(row[0], person, may) for row in rows for person, may in zip(head, row[1:])]


def word(slug, where):
    """A word that nothing else holds, and that no other looks like."""
    return {"body": "zorvak", "link": "kliptu", "file": "wexbom"}[where] + slug


def day(shift):
    return str(datetime.date.today() + datetime.timedelta(days=shift))


def person(slug, organisation="ville", kind="officer"):
    return {"type": "person", "slug": slug, "given_name": slug.title(), "family_name": "Essai",
            "email": f"{slug}@essai.example", "functions": [
                {"organisation": organisation, "kind": kind, "from": "2020-01-01"}]}


def fill(site):
    current = [{"kind": "full", "from": day(-100), "to": day(100)}]
    past = [{"kind": "full", "from": day(-500), "to": day(-1)}]
    site.put(
        {"type": "organisation", "slug": "ville", "name": "Ville", "kind": "commune",
         "memberships": current},
        {"type": "organisation", "slug": "ancienne", "name": "Ancienne", "kind": "commune",
         "memberships": past},
        person("lapsed", "ancienne", "elected"), person("granted", "ancienne"),
        person("member"), person("elected", kind="elected"), person("grouped"),
        person("attended"), person("editor", "ancienne"), person("administrator", "ancienne"),
        # Held by someone whose organisation has lapsed, keys open nothing.
        {"type": "group", "slug": "achats", "name": "Achats", "members": ["grouped", "lapsed"]},
        {"type": "session", "slug": "seance", "title": "Séance", "on": day(-3),
         "attended": ["attended", "lapsed"]},
        *({"type": "resource", "slug": slug, "kind": "Guide", "title": f"Titre {slug}",
           "summary": f"<p>Résumé {slug}.</p>", "body": f"<p>Le texte {word(slug, 'body')}.</p>",
           "status": "published", "published_on": "2026-01-05", "links": [
               {"role": "external", "label": f"Voir {word(slug, 'link')}",
                "url": f"https://{word(slug, 'link')}.example/"}],
           "contributions": [{"role": "author", "name": f"Autrice {word(slug, 'link')}"}],
           **more} for slug, more in VISIBILITY.items()))
    files = {}
    for slug in VISIBILITY:
        path = os.path.join(site.folder, f"{word(slug, 'file')}.pdf")
        with open(path, "wb") as f:
            f.write(b"%PDF-1.4 " + word(slug, "file").encode())
        files[slug] = site.run("file", "add", slug, path, "--label", word(slug, "file")).strip()
    for who, role in (("editor", "editor"), ("administrator", "administrator")):
        site.sql("INSERT INTO role SELECT id, ? FROM person WHERE slug = ?", role, who)
    site.sql("UPDATE person SET totp_since = 1 WHERE slug = 'administrator'")
    site.sql("INSERT INTO access_request (id, person_id, resource_id, reason, made_at, answer,"
             " until_on, answered_at) SELECT 7, p.id, r.id, 'essai', 1, 'granted', ?, 2"
             " FROM person p, resource r WHERE p.slug = 'granted' AND r.slug = 'accordee'", day(0))
    site.sql("INSERT INTO opening SELECT 'resource', id, 'grant-7' FROM resource"
             " WHERE slug = 'accordee'")
    return files


# ---- what is told of one resource to one person ---------------------------------------------

def ask_all(site, who):
    """Everything that one person may ask for at once."""
    def get(target):
        return site.get(target, who).text

    return {
        "list": get("/ressources") + get("/ressources?page=2"), "home": get("/"),
        "feed": get("/flux/ressources.atom"), "map": get("/sitemap.xml"),
        "api": site.get("/api/v1/resources?limit=100", who).json(),
        "organisation": get("/annuaire/ville"), "agenda": get("/agenda"),
    }


def check_page(site, who, slug, may, told):
    page = site.get(f"/ressources/{slug}", who)
    shown = [where for where in ("body", "link", "file") if word(slug, where) in page.text]

    if may == "-":
        return page.code == 404 and not shown
    return page.code == 200 and shown == (["body", "link", "file"] if may == "R" else []) and \
        f"Résumé {slug}" in page.text


def check_api(site, who, slug, may, told):
    item = site.get(f"/api/v1/resources/{slug}", who)
    listed = [i for i in told["api"]["items"] if i["slug"] == slug]

    if may == "-":
        return item.code == 404 and not listed
    if item.code != 200 or len(listed) != 1:
        return False
    found = item.json()
    holds = [where for where in ("body", "link", "file") if word(slug, where) in item.text]
    return holds == (["body", "link", "file"] if may == "R" else []) and \
        (found.get("body") is None) == (may == "D")


def check_search(site, who, slug, may, told):
    """Its title is found by whoever knows of it, its words by whoever reads it."""
    by_word = site.get("/api/v1/resources?q=" + word(slug, "body"), who).json()
    by_name = site.get("/api/v1/resources?q=" + word(slug, "link"), who).json()
    by_title = site.get("/api/v1/resources?q=" + urllib.parse.quote(f'"titre {slug}"'), who).json()
    snippets = "".join(s for i in by_word["items"] for s in i["snippets"])

    return by_word["total"] == (may == "R") == by_name["total"] and \
        by_title["total"] == (may != "-") and (word(slug, "body") in snippets) == (may == "R")


def check_facets(site, who, slug, may, told):
    kinds = {v["value"]: v["count"] for v in told["api"]["facets"]["kind"]}
    known = sum(m != "-" for _, w, m in matrix() if w == (who or "anonymous"))
    return kinds == {"guide": known} and told["api"]["total"] == known


def check_lists(site, who, slug, may, told):
    address = f"/ressources/{slug}"
    return (address in told["list"]) == (may != "-") and all(
        word(slug, where) not in told[output] for output in ("list", "home", "feed", "map")
        for where in ("body", "link", "file") if may != "R")


def check_suggest(site, who, slug, may, told):
    """The same for everyone: from open texts alone."""
    items = site.get("/api/v1/suggest?q=zorv", who).json()["items"]
    open_ones = site.get("/api/v1/suggest?q=zorv").json()["items"]
    return items == open_ones


def check_feed(site, who, slug, may, told):
    """Feeds and maps are read by programs: they tell what anyone may know, and nothing more."""
    published = VISIBILITY[slug].get("status", "published") == "published"
    known = published and VISIBILITY[slug].get("listed", True)
    return (f"/ressources/{slug}" in site.get("/sitemap.xml").text) == known


def check_file(site, who, slug, may, told, files):
    answer = site.get(urllib.parse.quote(files[slug]), who)
    if may != "R":
        return answer.code == 404 and word(slug, "file") not in answer.text
    closed = VISIBILITY[slug] != {"visibility": "public"}
    return answer.code == 200 and answer.bytes.endswith(word(slug, "file").encode()) and \
        (not closed or answer.headers["cache-control"] == "private, no-store")


OUTPUTS = (check_page, check_api, check_search, check_facets, check_lists, check_suggest,
           check_feed)


def check_matrix(site, files):
    told = {}
    for slug, who, may in matrix():
        asking = None if who == "anonymous" else who
        if who not in told:
            told[who] = ask_all(site, asking)
        wrong = [f.__name__ for f in OUTPUTS if not f(site, asking, slug, may, told[who])]
        if not check_file(site, asking, slug, may, told[who], files):
            wrong.append("check_file")
        check(not wrong, f"{who}, {slug}: {may}", wrong)


def main(folder):
    site = Site(sys.argv[1], folder)
    files = fill(site)
    for who in {who for _, who, _ in matrix()} - {"anonymous"}:
        site.sign_in(who)
    site.start()
    try:
        check_matrix(site, files)
        absent = site.get("/fichiers/" + "0" * 32 + "/x.pdf")
        closed = site.get(urllib.parse.quote(files["elus"]))
        check(absent.text == closed.text and absent.code == closed.code == 404,
              "a file that is closed is as one that is not there")
    finally:
        check(site.stop() == 0, "the server stopped when asked")


with tempfile.TemporaryDirectory() as temporary:
    main(temporary)
end()
