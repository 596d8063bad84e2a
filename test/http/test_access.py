"""Who reads what, in every output, against matrices written by hand.

    test_access.py HALLE

Each resource has words of its own in its body, in a link and in a file. Each person asks for all
of them in every way there is; what is told must be what the matrix says. So do sessions and
cycles, and files whose links say more than what they belong to. Then what has no matrix: names of
people and groups, what one kept or attended. Then something is closed while the server runs, and
the server is started again: the matrix holds as before.

What was broken on purpose to see it fail, each by itself: keys that open anything, anything of the
same owner, what another kind of owner with this number is opened by, group-11 by group-1 (SQL
and C), drafts (SQL, C, index); keys of members kept by who has lapsed; grants past their day, refused,
of others; past functions; groups and attendance of others; an administrator without the second
factor; a sign-in without it; someone blocked; the part's own visibility; the index without its
audiences (found, read, walked and summed unasked), with those of other documents, not followed
when keys change, or mixed up at a restart; files without their link's visibility, their owner's,
its state, or of a session that is not there; the name of a file told before access; an ETag or no
trace for a closed one; links to files on pages and in the API; people who did not agree, blocked,
past functions, addresses; names of groups and closed sessions in who may read; pages of groups,
lists of them, addresses in them; what is new, kept, attended, asked for without access; kept pages
given across sessions, or after something was closed; what is for editors on public pages.

Not seen, since no output tells it: who attended, which the interchange tells (only 'halle export'
has sessions in it).
"""
import json
import os
import sys
import tempfile
import time
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from halle_site import Site, check, day, end  # noqa: E402

# R reads it; D knows that it is there, with its summary; - knows nothing of it.
# "ended" and "refused" asked for "accordee" too; "once" and "former" had functions, "once" still
# has another; "half" lacks the second step of a sign-in, "unproven" has none to administer with.
MATRIX = """
           anonymous lapsed granted ended refused member former once elected grouped eleventh attended half blocked unproven editor administrator
ouverte    R         R      R       R     R       R      R      R    R       R       R        R        R    R       R        R      R
adherents  D         D      D       D     D       R      D      R    R       R       R        R        D    D       D        R      R
elus       D         D      D       D     D       D      D      D    R       D       D        D        D    D       D        R      R
groupe     -         -      -       -     -       -      -      -    -       R       -        -        -    -       -        R      R
onzieme    D         D      D       D     D       D      D      D    D       D       R        D        D    D       D        R      R
suivie     D         D      D       D     D       D      D      D    D       D       D        R        D    D       D        R      R
accordee   D         D      R       D     D       D      D      D    D       D       D        D        D    D       D        R      R
brouillon  -         -      -       -     -       -      -      -    -       -       -        -        -    -       -        R      R
archivee   -         -      -       -     -       -      -      -    -       -       -        -        -    -       -        R      R
"""

# A session or a cycle that may not be read is not there; files are linked from "ouverte" too, each
# with a visibility of its own.
EVENTS = """
           anonymous lapsed granted ended refused member former once elected grouped eleventh attended half blocked unproven editor administrator
seance     R         R      R       R     R       R      R      R    R       R       R        R        R    R       R        R      R
atelier    -         -      -       -     -       R      -      R    R       R       R        R        -    -       -        R      R
conseil    -         -      -       -     -       -      -      -    R       -       -        -        -    -       -        R      R
reunion    -         -      -       -     -       -      -      -    -       R       -        -        -    -       -        R      R
huis-clos  -         -      -       -     -       -      -      -    -       -       -        -        -    -       -        R      R
a-part     -         -      -       -     -       -      -      -    -       -       -        -        -    -       -        R      R
parcours   -         -      -       -     -       R      -      R    R       R       R        R        -    -       -        R      R
mandats    -         -      -       -     -       -      -      -    R       -       -        -        -    -       -        R      R
"""

FILES = """
           anonymous lapsed granted ended refused member former once elected grouped eleventh attended half blocked unproven editor administrator
members    -         -      -       -     -       R      -      R    R       R       R        R        -    -       -        R      R
restricted -         -      -       -     -       -      -      -    -       -       -        -        -    -       -        R      R
conseil    -         -      -       -     -       -      -      -    R       -       -        -        -    -       -        R      R
mandats    -         -      -       -     -       -      -      -    R       -       -        -        -    -       -        R      R
both       R         R      R       R     R       R      R      R    R       R       R        R        R    R       R        R      R
"""

VISIBILITY = {
    "ouverte": {"visibility": "public"},
    "adherents": {"visibility": "members"},
    "elus": {"visibility": "restricted", "open_to": ["function:elected"]},
    "groupe": {"visibility": "restricted", "listed": False, "open_to": ["group:achats"]},
    "onzieme": {"visibility": "restricted", "open_to": ["group:onzieme"]},
    "suivie": {"visibility": "restricted", "open_to": ["session:seance", "session:huis-clos"]},
    "accordee": {"visibility": "restricted"},
    "brouillon": {"visibility": "public", "status": "draft", "open_to": ["function:elected"]},
    "archivee": {"visibility": "members", "status": "archived", "open_to": ["function:elected"]},
}

SESSIONS = {
    "seance": {"visibility": "public"},
    "atelier": {"visibility": "members"},
    "conseil": {"visibility": "restricted", "open_to": ["function:elected"], "cycle": "mandats"},
    "reunion": {"visibility": "restricted", "open_to": ["group:achats"]},
    "huis-clos": {"visibility": "restricted"},
    "a-part": {"visibility": "restricted"},
    # Of the same numbers as resources, with keys that do not open those.
    **{f"suite-{i}": {"visibility": "restricted", "open_to": ["function:officer"]} for i in range(6)},
}

CYCLES = {
    "parcours": {"visibility": "members"},
    "mandats": {"visibility": "restricted", "open_to": ["function:elected"]},
}

# Who of those that ask may be told a name at all.
NAMES = {
    "Achats": {"grouped", "editor", "administrator"},
    "Onze": {"eleventh", "editor", "administrator"},
    "Titre huis-clos": {"editor", "administrator"},
    "blocked@essai.example": {"editor", "administrator"},
    "elected@essai.example": {"elected", "editor", "administrator"},
}
SHOWN = ("elected", "former", "blocked")
STAFF = ("editor", "administrator")


def matrix(text):
    head, *rows = [line.split() for line in text.strip().splitlines()]
    return [(row[0], person, may) for row in rows for person, may in zip(head, row[1:])]


def everyone():
    return list(dict.fromkeys(person for _, person, _ in matrix(MATRIX)))


def name(who):
    return None if who == "anonymous" else who


def word(slug, where):
    """A word that nothing else holds, and that no other looks like."""
    return {"body": "zorvak", "link": "kliptu", "file": "wexbom"}[where] + slug.replace("-", "")


def many(slug):
    """So many words of one beginning that their lists are summed."""
    return " ".join(word(slug, "body") + letter for letter in "abcdefghijklmnopqrstuvwxyz")


def person(slug, organisation="ville", *functions):
    functions = functions or ({"kind": "officer"},)
    return {"type": "person", "slug": slug, "given_name": slug.title(), "family_name": "Essai",
            "email": f"{slug}@essai.example", "shown": slug in SHOWN, "functions": [
                {"organisation": organisation, "from": "2020-01-01", **f} for f in functions]}


def past(**more):
    return {"kind": "elected", "to": day(-1), **more}


def resource(slug, more):
    return {"type": "resource", "slug": slug, "kind": "Guide", "title": f"Titre {slug}",
            "summary": f"<p>Résumé {slug}.</p>",
            "body": f"<p>Le texte {word(slug, 'body')}.</p><p>{many(slug)}</p>",
            "status": "published", "published_on": day(-2), "links": [
                {"role": "external", "label": f"Voir {word(slug, 'link')}",
                 "url": f"https://{word(slug, 'link')}.example/"},
                {"role": "article", "label": "Rubrique perdue"}],
            "contributions": [{"role": "author", "name": f"Autrice {word(slug, 'link')}"}], **more}


def add_people(site):
    current = [{"kind": "full", "from": day(-100), "to": day(100)}]
    former = [{"kind": "full", "from": day(-500), "to": day(-1)}]
    elected = {"kind": "elected"}
    site.put(
        {"type": "organisation", "slug": "ville", "name": "Ville", "kind": "commune",
         "memberships": current},
        {"type": "organisation", "slug": "ancienne", "name": "Ancienne", "kind": "commune",
         "memberships": former},
        person("lapsed", "ancienne", elected), person("granted", "ancienne"),
        person("ended", "ancienne"), person("refused", "ancienne"), person("member"),
        person("former", "ville", past(title="Chef d’autrefois"),
               {"kind": "elected", "from": day(1)}),
        person("once", "ville", past(manager=True), {"kind": "officer"}),
        person("elected", "ville", elected), person("grouped"), person("eleventh"),
        person("attended"), person("half", "ville", elected), person("blocked", "ville", elected),
        person("unproven", "ancienne"), person("editor", "ancienne"),
        person("administrator", "ancienne"),
        person("manager", "ville", {"kind": "officer", "manager": True}),
        # Held by someone whose organisation has lapsed, keys open nothing.
        {"type": "group", "slug": "achats", "name": "Achats", "members": ["grouped", "lapsed"],
         "coordinator": "lapsed"},
        *({"type": "group", "slug": f"groupe-{i}", "name": f"Groupe {i}"} for i in range(2, 11)),
        {"type": "group", "slug": "onzieme", "name": "Onze", "members": ["eleventh", "half"]})
    check(site.sql("SELECT id FROM working_group WHERE slug IN ('achats', 'onzieme') ORDER BY id")
          == [(1,), (11,)], "the number of a group begins as that of another")
    for who, role in (("editor", "editor"), ("administrator", "administrator"),
                      ("unproven", "administrator")):
        site.sql("INSERT INTO role SELECT id, ? FROM person WHERE slug = ?", role, who)
    site.sql("UPDATE person SET totp_since = 1 WHERE slug = 'administrator'")


def add_things(site):
    site.put(
        *({"type": "cycle", "slug": slug, "title": f"Titre {slug}",
           "description": f"<p>{word(slug, 'body')}</p>", "resources": ["groupe", "ouverte"],
           **more} for slug, more in CYCLES.items()),
        *({"type": "session", "slug": slug, "title": f"Titre {slug}", "on": day(-3),
           "description": f"<p>{word(slug, 'body')}</p>", "resources": ["groupe", "ouverte"],
           "attended": {"seance": ["attended", "lapsed"], "a-part": ["member"]}.get(slug, []),
           **more} for slug, more in SESSIONS.items()),
        *(resource(slug, more) for slug, more in VISIBILITY.items()))
    for number, who, answer, until in ((7, "granted", "granted", day(0)),
                                       (8, "ended", "granted", day(-1)),
                                       (9, "refused", "refused", day(9))):
        site.sql("INSERT INTO access_request (id, person_id, resource_id, reason, made_at, answer,"
                 " until_on, answered_at) SELECT ?, p.id, r.id, 'essai', 1, ?, ?, 2"
                 " FROM person p, resource r WHERE p.slug = ? AND r.slug = 'accordee'",
                 number, answer, until, who)
        site.sql("INSERT INTO opening SELECT 'resource', id, ? FROM resource"
                 " WHERE slug = 'accordee'", f"grant-{number}")
    # What someone kept and asked for while it was there for them.
    site.sql("INSERT INTO saved_resource SELECT p.id, r.id, 1 FROM person p, resource r"
             " WHERE p.slug = 'member' AND r.slug IN ('groupe', 'brouillon', 'archivee')")
    site.sql("INSERT INTO access_request (person_id, resource_id, reason, made_at)"
             " SELECT p.id, r.id, 'essai', 1 FROM person p, resource r WHERE p.slug = 'member'"
             " AND r.slug = 'groupe'")


def add_file(site, slug, label, *words):
    path = os.path.join(site.folder, f"{label}.pdf")
    with open(path, "wb") as f:
        f.write(b"%PDF-1.4 " + label.encode())
    return site.run("file", "add", slug, path, "--label", label, *words).strip()


def link_file(site, address, owner, slug, visibility):
    site.sql("INSERT INTO link (owner, owner_id, position, role, label, visibility, file_id)"
             f" SELECT ?, id, 9, 'download', 'x', ?, ? FROM {owner} WHERE slug = ?",
             owner, visibility, address.split("/")[2], slug)


def add_files(site):
    files = {slug: add_file(site, slug, word(slug, "file")) for slug in VISIBILITY}
    for visibility in ("members", "restricted"):
        files[visibility] = add_file(site, "ouverte", "wexbompart" + visibility, "--visibility",
                                     visibility)
    for owner, slug in (("session", "conseil"), ("cycle", "mandats")):
        files[slug] = add_file(site, "brouillon", "wexbomevent" + slug)
        link_file(site, files[slug], owner, slug, "public")
    # Of two links one is enough.
    files["both"] = add_file(site, "brouillon", "wexbomboth")
    link_file(site, files["both"], "resource", "ouverte", "public")
    link_file(site, files["both"], "resource", "elus", None)
    return files


# ---- what is told of one resource to one person ---------------------------------------------

def section(page, name):
    return page.partition(f'id="{name}"')[2].partition("</section>")[0]


def ask_all(site, who):
    """Everything that one person may ask for at once."""
    def get(target):
        return site.get(target, who).text

    return {
        "list": get("/ressources") + get("/ressources?page=2"), "home": get("/"),
        "feed": get("/flux/ressources.atom"), "map": get("/sitemap.xml"),
        "api": site.get("/api/v1/resources?limit=100", who).json(),
        "organisation": get("/annuaire/ville"), "agenda": get("/agenda"),
        "sessions": get("/api/v1/sessions?limit=100"), "calendar": get("/flux/agenda.ics"),
        "area": get("/espace"), "groups": get("/espace/groupes"),
        "colleagues": get("/espace/organisations/ville"), "data": get("/espace/donnees.json"),
        "saved": get("/espace/enregistrees"), "news": section(get("/espace"), "nouveau"),
        "ask": get("/ressources/onzieme/demande") + get("/ressources/suivie/demande"),
        "pages": get("/ressources/onzieme") + get("/ressources/suivie"),
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
        (found.get("body") is None) == (may == "D") and \
        ("open_to" in found) == (who in STAFF)


def check_search(site, who, slug, may, told):
    """Its title is found by whoever knows of it, its words by whoever reads it."""
    def ask(words):
        return site.get("/api/v1/resources?q=" + urllib.parse.quote(words), who).json()

    by_word, by_name = ask(word(slug, "body")), ask(word(slug, "link"))
    by_title = ask(f'"titre {slug}"')
    snippets = "".join(s for i in by_word["items"] for s in i["snippets"])

    return by_word["total"] == (may == "R") == by_name["total"] and \
        ask(word(slug, "body")[:-1] + "*")["total"] == (may == "R") and \
        by_title["total"] == (may != "-") and (word(slug, "body") in snippets) == (may == "R")


def check_facets(site, who, slug, may, told):
    kinds = {v["value"]: v["count"] for v in told["api"]["facets"]["kind"]}
    known = sum(m != "-" for _, w, m in matrix(MATRIX) if w == (who or "anonymous"))
    return kinds == {"guide": known} and told["api"]["total"] == known


def check_lists(site, who, slug, may, told):
    address = f"/ressources/{slug}"
    return (address in told["list"]) == (may != "-") and all(
        word(slug, where) not in told[output] for output in ("list", "home", "feed", "map")
        for where in ("body", "link", "file") if may != "R") and all(
        f"Titre {slug}" not in told[output] for output in ("saved", "data", "area", "home", "feed")
        if may == "-")


def check_news(site, who, slug, may, told):
    published = VISIBILITY[slug].get("status", "published") == "published"
    known = f"Titre {slug}" in told["news"]
    return known == (may == "R" and published and "Mon espace" in told["home"])


def check_suggest(site, who, slug, may, told):
    """The same for everyone: from open texts alone."""
    items = site.get("/api/v1/suggest?q=zorv", who).json()["items"]
    open_ones = site.get("/api/v1/suggest?q=zorv").json()["items"]
    titles = site.get("/api/v1/suggest?q=titre " .replace(" ", "%20") + slug, who).text
    known = VISIBILITY[slug].get("status", "published") == "published" and \
        VISIBILITY[slug].get("listed", True)
    return items == open_ones and (f"/ressources/{slug}" in titles) == known


def check_feed(site, who, slug, may, told):
    """Feeds and maps are read by programs: they tell what anyone may know, and nothing more."""
    published = VISIBILITY[slug].get("status", "published") == "published"
    known = published and VISIBILITY[slug].get("listed", True)
    return (f"/ressources/{slug}" in site.get("/sitemap.xml").text) == known


def may_open(site, who, address, may, closed):
    """A file, by its name or by another: to who may not have it, it is not there."""
    answer = site.get(urllib.parse.quote(address), who)
    other = site.get(address.rsplit("/", 1)[0] + "/autre.pdf", who)
    label = address.rsplit("/", 1)[1][:-4]

    if may != "R":
        return answer.code == other.code == 404 and label not in answer.text + other.text + \
            other.headers.get("location", "")
    return answer.code == 200 and answer.bytes.endswith(label.encode()) and other.code == 301 and \
        (not closed or (answer.headers["cache-control"] == "private, no-store" and
                        "etag" not in answer.headers))


def check_file(site, who, slug, may, told, files):
    return may_open(site, who, files[slug], may, VISIBILITY[slug] != {"visibility": "public"})


OUTPUTS = (check_page, check_api, check_search, check_facets, check_lists, check_news,
           check_suggest, check_feed)


def check_matrix(site, files, told):
    for slug, who, may in matrix(MATRIX):
        wrong = [f.__name__ for f in OUTPUTS if not f(site, name(who), slug, may, told[who])]
        if not check_file(site, name(who), slug, may, told[who], files):
            wrong.append("check_file")
        check(not wrong, f"{who}, {slug}: {may}", wrong)


# ---- sessions, cycles, files -------------------------------------------------------------------

def check_events(site, told):
    for slug, who, may in matrix(EVENTS):
        kind = "cycles" if slug in CYCLES else "agenda"
        answers = [site.get(f"/{kind}/{slug}", name(who))]
        if kind == "agenda":
            answers.append(site.get(f"/agenda/{slug}.ics", name(who)))
        right = all((a.code == 200) == (may == "R") and (a.code == 404) == (may == "-") and
                    (word(slug, "body") in a.text) == (may == "R") for a in answers)
        known = [output for output in ("agenda", "sessions", "calendar", "map", "home", "area",
                                       "data", "pages", "ask") if f"Titre {slug}" in
                 told[who][output].replace("\r\n ", "") or f"/{kind}/{slug}<" in told[who][output]]
        right &= may == "R" or not known
        right &= kind == "cycles" or may == "-" or "sessions" in known
        check(right, f"{who}, {slug}: {may}", *(a.code for a in answers), known)
    for owner, slug, may in (("cycles", "parcours", "member"), ("agenda", "seance", "member"),
                             ("agenda", "reunion", "grouped")):
        page = site.get(f"/{owner}/{slug}", may).text
        check("Titre ouverte" in page and ("Titre groupe" in page) == (may == "grouped"),
              f"{slug} leads {may} to what they know of")


def check_files(site, files):
    for slug, who, may in matrix(FILES):
        check(may_open(site, name(who), files[slug], may, slug != "both"),
              f"{who}, file {slug}: {may}")
    for who in everyone():
        page = site.get("/ressources/ouverte", name(who)).text + \
            site.get("/api/v1/resources/ouverte", name(who)).text
        for slug, asking, may in matrix(FILES):
            if asking == who and slug in ("members", "restricted"):
                check(page.count(files[slug].split("/")[2]) == (2 if may == "R" else 0),
                      f"{who}: the link to file {slug}")


# ---- names ---------------------------------------------------------------------------------------

def check_names(site, told):
    for who in everyone():
        for told_name, may in NAMES.items():
            where = [output for output, text in told[who].items()
                     if output != "api" and told_name in text and who not in may
                     and not told_name.startswith(who)]
            check(not where, f"{who} is not told '{told_name}'", where)
    for who in everyone():
        page = site.get("/ressources/ouverte", name(who)).text
        check(("lien à compléter" in page) == ('href="/gestion"' in page) == (who in STAFF),
              f"{who}: what is for editors is theirs")
    page = told["anonymous"]["organisation"]
    check("Elected Essai" in page and not any(
        f"{who.title()} Essai" in page for who in ("member", "former", "blocked", "once"))
          and "Chef d’autrefois" not in page and "@essai.example" not in page,
          "the directory names who agreed and has a function today, without address")
    page = site.get("/espace/groupes/achats?qui=essai", "grouped").text
    check("Grouped Essai" in page and "Lapsed Essai" in page and "Eleventh Essai" not in page
          and "lapsed@essai.example" not in page, "a group shows its members, and no one else")
    for who, code in (("grouped", 200), ("lapsed", 404), ("member", 404), ("eleventh", 404)):
        check(site.get("/espace/groupes/achats", who).code == code, f"group, {who}: {code}")


def check_managers(site):
    other, = site.sql("SELECT f.id FROM function f JOIN person p ON p.id = f.person_id"
                      " WHERE p.slug = 'lapsed'")[0]
    for who, path, code in (("manager", "inviter", 200), ("once", "inviter", 403),
                            ("elected", "inviter", 403), ("manager", f"fonctions/{other}", 404)):
        check(site.get(f"/espace/organisations/ville/{path}", who).code == code,
              f"{who}, {path}: {code}")


def check_own_data(site, told):
    mine = json.loads(told["lapsed"]["data"])
    check(mine["groups"] == [None] and [s["title"] for s in mine["sessions_attended"]] ==
          ["Titre seance"], "whoever has lapsed has no group any more")
    mine = json.loads(told["member"]["data"])
    check(mine["n_sessions_attended"] == 1 and mine["sessions_attended"] == [] and
          [r["resource"] for r in mine["requests"]] == [None] and mine["saved_resources"] == [],
          "what has been hidden since has no title in one's own data")


# ---- what changes ----------------------------------------------------------------------------------

def check_kept(site):
    """Whoever asked before, each is answered as the matrix says: now the other way round."""
    for slug, who, may in reversed(matrix(MATRIX)):
        page = site.get(f"/ressources/{slug}", name(who))
        if page.code != (404 if may == "-" else 200) or \
                (word(slug, "body") in page.text) != (may == "R"):
            check(False, f"{who}, {slug} is still {may}")
        if who != "anonymous":
            check_unkept(page, f"{who}, {slug}")


def check_unkept(page, what):
    if page.headers.get("cache-control") != "private, no-store" or "etag" in page.headers:
        check(False, f"{what}: nobody keeps it", page.headers)


def finds(site, slug, who):
    return site.get("/api/v1/resources?q=" + word(slug, "body"), who).json()["total"]


def check_closing(site):
    """An open resource is closed, and another opened to others than before, while all look on."""
    def settled():
        return (site.get("/ressources/ouverte").text.count(word("ouverte", "body")) == 0 and
                finds(site, "elus", "grouped") == 1)

    for target in ("/ressources/ouverte", "/ressources?q=" + word("ouverte", "body")):
        site.get(target)
    site.put(resource("ouverte", {"visibility": "restricted", "listed": False}),
             resource("elus", {"visibility": "restricted", "open_to": ["group:achats"]}))
    for _ in range(100):
        if settled():
            break
        time.sleep(0.1)
    check(site.get("/ressources/ouverte").code == 404 and finds(site, "ouverte", None) == 0 and
          "/ressources/ouverte" not in site.get(
              "/ressources?q=" + word("ouverte", "body")).text and
          site.get("/api/v1/resources/ouverte", "member").code == 404 and
          "/ressources/ouverte" not in site.get("/sitemap.xml").text,
          "what was closed is gone for everyone")
    check(finds(site, "elus", "elected") == 0 and finds(site, "elus", "grouped") == 1 and
          word("elus", "body") not in site.get("/ressources/elus", "elected").text,
          "other keys open from now on, and those of before no more")
    check(site.get("/api/v1/suggest?q=titre%20ouv").json()["items"] == [],
          "and nothing is suggested of it")


def check_granting(site):
    """What an editor grants is found and read from the next request on."""
    waiting, = site.sql("SELECT id FROM access_request WHERE answer IS NULL")[0]
    before = finds(site, "groupe", "member")
    answer = site.post(f"/gestion/demandes/{waiting}", {f"jusqu-au-{waiting}": day(0)}, "editor")
    for _ in range(100):
        if finds(site, "groupe", "member"):
            break
        time.sleep(0.1)
    check(before == 0 and answer.code == 303 and finds(site, "groupe", "member") == 1 and
          site.get("/ressources/groupe", "member").code == 200 and
          finds(site, "groupe", "elected") == 0, "a grant opens to one person, in the index too")


def main(folder):
    site = Site(sys.argv[1], folder)
    add_people(site)
    add_things(site)
    files = add_files(site)
    for who in everyone() + ["manager"]:
        if who != "anonymous":
            site.sign_in(who)
    site.sql("UPDATE login_session SET is_whole = 0 WHERE person_id ="
             " (SELECT id FROM person WHERE slug = 'half')")
    site.sql("UPDATE person SET is_blocked = 1 WHERE slug = 'blocked'")
    site.start()
    try:
        told = {who: ask_all(site, name(who)) for who in everyone()}
        check_matrix(site, files, told)
        check_events(site, told)
        check_files(site, files)
        check_names(site, told)
        check_managers(site)
        check_own_data(site, told)
        check_kept(site)
        absent = site.get("/fichiers/" + "0" * 32 + "/x.pdf")
        closed = site.get(urllib.parse.quote(files["elus"]))
        check(absent.text == closed.text and absent.code == closed.code == 404,
              "a file that is closed is as one that is not there")
        check(site.stop() == 0, "the server stopped when asked")
        opened = {subject for subject, in site.sql("SELECT subject FROM audit"
                                                   " WHERE action = 'file-opened'")}
        check(opened == {f"file {a.rsplit('/', 1)[1]}" for slug, a in files.items()
                         if slug not in ("ouverte", "both")},
              "whoever opened a closed file left a trace", opened)
        site.start()
        check_matrix(site, files, {who: ask_all(site, name(who)) for who in everyone()})
        check_granting(site)
        check_closing(site)
    finally:
        check(site.stop() == 0, "the server stopped again")


with tempfile.TemporaryDirectory() as temporary:
    main(temporary)
end()
