"""Every route of the map, asked by everyone there is, against a matrix written by hand.

    test_routes.py HALLE

A POST is sent with nothing filled in. A route that is not in the matrix is a failure: whoever
adds one says here who may ask for it. Then the same POSTs are sent from another site, and must be
refused to everyone, with nothing changed.
"""
import os
import re
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from halle_site import Site, check, day, end, routes  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))

# ok: an answer of the page, be it that something is to be corrected; in: sent to sign in;
# no: refused (403); -: there is no such thing for this person (404).
MATRIX = """
                                                 nobody lapsed member manager grouped editor administrator
GET  /                                           ok     ok     ok     ok      ok      ok     ok
GET  /ressources                                 ok     ok     ok     ok      ok      ok     ok
GET  /ressources/ouverte                         ok     ok     ok     ok      ok      ok     ok
GET  /ressources/reservee                        ok     ok     ok     ok      ok      ok     ok
GET  /ressources/du-groupe                       -      -      -      -       ok      ok     ok
GET  /ressources/brouillon                       -      -      -      -       -       ok     ok
GET  /collections                                ok     ok     ok     ok      ok      ok     ok
GET  /collections/reperes                        ok     ok     ok     ok      ok      ok     ok
GET  /agenda                                     ok     ok     ok     ok      ok      ok     ok
GET  /agenda/seance.ics                          ok     ok     ok     ok      ok      ok     ok
GET  /agenda/reservee.ics                        -      -      ok     ok      ok      ok     ok
GET  /agenda/seance                              ok     ok     ok     ok      ok      ok     ok
GET  /agenda/reservee                            -      -      ok     ok      ok      ok     ok
GET  /cycles/cycle                               ok     ok     ok     ok      ok      ok     ok
GET  /annuaire                                   ok     ok     ok     ok      ok      ok     ok
GET  /annuaire/ville                             ok     ok     ok     ok      ok      ok     ok
GET  /pages/donnees-personnelles                 ok     ok     ok     ok      ok      ok     ok
GET  /pages/mentions-legales                     ok     ok     ok     ok      ok      ok     ok
GET  /fichiers/00000000000000000000000000000000/x -     -      -      -       -       -      -
GET  /fichiers/NUMBER/Note.pdf                   -      -      ok     ok      ok      ok     ok

GET  /connexion                                  ok     ok     ok     ok      ok      ok     ok
POST /connexion                                  ok     ok     ok     ok      ok      ok     ok
GET  /connexion/code                             in     ok     ok     ok      ok      ok     ok
POST /connexion/code                             in     ok     ok     ok      ok      ok     ok
GET  /connexion/lien                             ok     ok     ok     ok      ok      ok     ok
POST /connexion/lien                             ok     ok     ok     ok      ok      ok     ok
GET  /connexion/lien-envoye                      ok     ok     ok     ok      ok      ok     ok
GET  /connexion/lien/rien                        ok     ok     ok     ok      ok      ok     ok
POST /connexion/lien/rien                        ok     ok     ok     ok      ok      ok     ok
GET  /deconnexion                                ok     ok     ok     ok      ok      ok     ok
GET  /mot-de-passe                               ok     ok     ok     ok      ok      ok     ok
POST /mot-de-passe                               ok     ok     ok     ok      ok      ok     ok
GET  /mot-de-passe/rien                          ok     ok     ok     ok      ok      ok     ok
POST /mot-de-passe/rien                          ok     ok     ok     ok      ok      ok     ok
GET  /courriel/rien                              ok     ok     ok     ok      ok      ok     ok
POST /courriel/rien                              ok     ok     ok     ok      ok      ok     ok

GET  /espace                                     in     ok     ok     ok      ok      ok     ok
POST /espace/vu                                  in     ok     ok     ok      ok      ok     ok
GET  /espace/profil                              in     ok     ok     ok      ok      ok     ok
POST /espace/profil                              in     ok     ok     ok      ok      ok     ok
GET  /espace/organisation                        in     ok     ok     ok      ok      ok     ok
GET  /espace/organisations/ville                 in     no     ok     ok      ok      ok     ok
GET  /espace/organisations/ancienne              in     ok     no     no      no      ok     ok
GET  /espace/organisations/ville/inviter         in     no     no     ok      no      ok     ok
POST /espace/organisations/ville/inviter         in     no     no     ok      no      ok     ok
POST /espace/organisations/ancienne/inviter      in     no     no     no      no      ok     ok
GET  /espace/organisations/ville/fonctions/MEMBER in    no     no     ok      no      ok     ok
POST /espace/organisations/ville/fonctions/MEMBER in    no     no     ok      no      ok     ok
POST /espace/profil/fonctions/LAPSED/fin         in     ok     -      -       -       -      -
POST /espace/organisations/ancienne/fonctions/LAPSED in no     no     no      no      ok     ok
POST /espace/organisations/ancienne/fonctions/LAPSED/fin in no no     no      no      ok     ok
GET  /espace/groupes                             in     ok     ok     ok      ok      ok     ok
GET  /espace/groupes/achats                      in     -      -      -       ok      ok     ok
POST /espace/groupes/achats/ajouter              in     -      -      -       no      ok     ok
POST /espace/groupes/achats/retirer              in     -      -      -       no      ok     ok
GET  /espace/enregistrees                        in     ok     ok     ok      ok      ok     ok
POST /ressources/ouverte/garder                  in     ok     ok     ok      ok      ok     ok
POST /ressources/du-groupe/garder                in     -      -      -       ok      ok     ok
GET  /ressources/reservee/demande                in     ok     ok     ok      ok      ok     ok
POST /ressources/reservee/demande                in     ok     ok     ok      ok      ok     ok
GET  /ressources/du-groupe/demande               in     -      -      -       ok      ok     ok
GET  /espace/donnees                             in     ok     ok     ok      ok      ok     ok
GET  /espace/donnees.json                        in     ok     ok     ok      ok      ok     ok
GET  /espace/donnees/supprimer                   in     ok     ok     ok      ok      ok     ok
POST /espace/donnees/supprimer                   in     ok     ok     ok      ok      ok     ok
GET  /espace/securite                            in     ok     ok     ok      ok      ok     ok
POST /espace/securite/mot-de-passe               in     ok     ok     ok      ok      ok     ok
POST /espace/securite/courriel                   in     ok     ok     ok      ok      ok     ok
POST /espace/securite/appareils/autres           in     ok     ok     ok      ok      ok     ok
POST /espace/securite/appareils/999999/fin       in     -      -      -       -       -      -
GET  /espace/securite/deux-etapes                in     ok     ok     ok      ok      ok     ok
POST /espace/securite/deux-etapes                in     ok     ok     ok      ok      ok     ok
POST /espace/securite/deux-etapes/commencer      in     ok     ok     ok      ok      ok     ok
POST /espace/securite/deux-etapes/codes          in     ok     ok     ok      ok      ok     ok
POST /espace/securite/deux-etapes/retirer        in     ok     ok     ok      ok      ok     no

GET  /gestion                                    in     no     no     no      no      ok     ok
GET  /gestion/ressources                         in     no     no     no      no      ok     ok
GET  /gestion/ressources/nouvelle                in     no     no     no      no      ok     ok
POST /gestion/ressources/nouvelle                in     no     no     no      no      ok     ok
GET  /gestion/ressources/reservee                in     no     no     no      no      ok     ok
POST /gestion/ressources/reservee                in     no     no     no      no      ok     ok
GET  /gestion/ressources/reservee/document       in     no     no     no      no      ok     ok
POST /gestion/ressources/reservee/document       in     no     no     no      no      ok     ok
GET  /gestion/ressources/reservee/versions       in     no     no     no      no      ok     ok
GET  /gestion/ressources/reservee/versions/999   in     no     no     no      no      -      -
POST /gestion/ressources/reservee/versions/999   in     no     no     no      no      ok     ok
GET  /gestion/a-completer                        in     no     no     no      no      ok     ok
POST /gestion/a-completer/999999                 in     no     no     no      no      ok     ok
GET  /gestion/demandes                           in     no     no     no      no      ok     ok
POST /gestion/demandes/999999                    in     no     no     no      no      -      -
GET  /gestion/noms                               in     no     no     no      no      ok     ok
POST /gestion/noms                               in     no     no     no      no      ok     ok
GET  /gestion/personnes                          in     no     no     no      no      ok     ok
GET  /gestion/personnes/nouvelle                 in     no     no     no      no      ok     ok
POST /gestion/personnes/nouvelle                 in     no     no     no      no      ok     ok
GET  /gestion/personnes/lapsed                   in     no     no     no      no      ok     ok
POST /gestion/personnes/lapsed                   in     no     no     no      no      ok     ok
POST /gestion/personnes/rien/fonctions           in     no     no     no      no      -      -
POST /gestion/personnes/rien/groupes             in     no     no     no      no      -      -
POST /gestion/personnes/rien/seances             in     no     no     no      no      -      -
POST /gestion/personnes/rien/invitation          in     no     no     no      no      -      -
POST /gestion/personnes/rien/roles               in     no     no     no      no      no     -
GET  /gestion/organisations                      in     no     no     no      no      ok     ok
GET  /gestion/organisations/nouvelle             in     no     no     no      no      ok     ok
POST /gestion/organisations/nouvelle             in     no     no     no      no      ok     ok
GET  /gestion/organisations/ville                in     no     no     no      no      ok     ok
POST /gestion/organisations/ville                in     no     no     no      no      ok     ok
POST /gestion/organisations/ville/adhesions/999999 in   no     no     no      no      -      -
GET  /gestion/groupes                            in     no     no     no      no      ok     ok
GET  /gestion/groupes/nouveau                    in     no     no     no      no      ok     ok
POST /gestion/groupes/nouveau                    in     no     no     no      no      ok     ok
GET  /gestion/groupes/achats                     in     no     no     no      no      ok     ok
POST /gestion/groupes/achats                     in     no     no     no      no      ok     ok
POST /gestion/groupes/rien/membres               in     no     no     no      no      -      -
POST /gestion/groupes/rien/suppression           in     no     no     no      no      -      -
GET  /gestion/courriels                          in     no     no     no      no      ok     ok
POST /gestion/courriels/999999                   in     no     no     no      no      -      -
GET  /gestion/journal                            in     no     no     no      no      no     ok
GET  /gestion/reglages                           in     no     no     no      no      no     ok
POST /gestion/reglages                           in     no     no     no      no      no     ok

GET  /api/v1/resources                           ok     ok     ok     ok      ok      ok     ok
GET  /api/v1/resources/ouverte                   ok     ok     ok     ok      ok      ok     ok
GET  /api/v1/resources/du-groupe                 -      -      -      -       ok      ok     ok
GET  /api/v1/resources/brouillon                 -      -      -      -       -       ok     ok
GET  /api/v1/suggest?q=ou                        ok     ok     ok     ok      ok      ok     ok
GET  /api/v1/sessions                            ok     ok     ok     ok      ok      ok     ok
GET  /api/openapi.json                           ok     ok     ok     ok      ok      ok     ok
GET  /flux/ressources.atom                       ok     ok     ok     ok      ok      ok     ok
GET  /flux/agenda.ics                            ok     ok     ok     ok      ok      ok     ok
GET  /sitemap.xml                                ok     ok     ok     ok      ok      ok     ok
GET  /sitemap-1.xml                              ok     ok     ok     ok      ok      ok     ok
GET  /robots.txt                                 ok     ok     ok     ok      ok      ok     ok
GET  /statique/rien                              -      -      -      -       -       -      -
GET  /favicon.ico                                ok     ok     ok     ok      ok      ok     ok
GET  /sante                                      ok     ok     ok     ok      ok      ok     ok
POST /deconnexion                                ok     ok     ok     ok      ok      ok     ok
"""


def matrix():
    lines = [line.split() for line in MATRIX.strip().splitlines() if line.strip()]
    return lines[0], [(row[0], row[1], row[2:]) for row in lines[1:]]


def person(slug, organisation="ville", **more):
    return {"type": "person", "slug": slug, "given_name": slug.title(), "family_name": "Essai",
            "email": f"{slug}@essai.example", "functions": [
                {"organisation": organisation, "kind": "officer", "from": "2020-01-01", **more}]}


def fill(site):
    def resource(slug, **more):
        return {"type": "resource", "slug": slug, "kind": "Guide", "title": f"Titre {slug}",
                "status": "published", "visibility": "public", **more}

    site.put(
        {"type": "organisation", "slug": "ville", "name": "Ville", "kind": "commune",
         "memberships": [{"kind": "full", "from": day(-100), "to": day(100)}]},
        {"type": "organisation", "slug": "ancienne", "name": "Ancienne", "kind": "commune",
         "memberships": [{"kind": "full", "from": day(-500), "to": day(-1)}]},
        # A manager of what has lapsed is no manager of anything for this matrix.
        person("lapsed", "ancienne"), person("member"), person("manager", manager=True),
        person("grouped"), person("editor"), person("administrator"),
        {"type": "group", "slug": "achats", "name": "Achats", "members": ["grouped"]},
        {"type": "collection", "slug": "reperes", "title": "Repères"},
        {"type": "cycle", "slug": "cycle", "title": "Cycle"},
        {"type": "session", "slug": "seance", "title": "Séance", "on": day(3)},
        {"type": "session", "slug": "reservee", "title": "Réservée", "on": day(4),
         "visibility": "members"},
        resource("ouverte", collection="reperes"), resource("reservee", visibility="members"),
        resource("du-groupe", visibility="restricted", listed=False, open_to=["group:achats"]),
        resource("brouillon", status="draft"))
    for who in ("editor", "administrator"):
        site.sql("INSERT INTO role SELECT id, ? FROM person WHERE slug = ?", who, who)
    site.sql("UPDATE person SET totp_since = 1, totp_secret = 'JBSWY3DPEHPK3PXP'"
             " WHERE slug = 'administrator'")
    path = os.path.join(site.folder, "Note.pdf")
    with open(path, "wb") as f:
        f.write(b"%PDF-1.4")
    names = {"NUMBER": site.run("file", "add", "reservee", path).split("/")[2]}
    for who in ("member", "lapsed"):
        names[who.upper()] = str(site.sql("SELECT f.id FROM function f JOIN person p"
                                          " ON p.id = f.person_id WHERE p.slug = ?", who)[0][0])
    return names


def told(answer):
    """In the words of the matrix."""
    if answer.code == 403:
        return "no"
    if answer.code == 404:
        return "-"
    if answer.headers.get("location", "").startswith("/connexion"):
        return "in"
    return "ok" if answer.code < 500 and answer.code != 405 else str(answer.code)


def state(site):
    """All that may be changed, but for the journal, and for what the server seals as it starts."""
    tables = [name for name, in site.sql("SELECT name FROM sqlite_master WHERE type = 'table'"
                                         " AND name NOT LIKE 'sqlite_%' ORDER BY name")]
    return {name: site.sql(f"SELECT * FROM {name}") for name in tables
            if name not in ("audit", "change")}


def check_map(rows):
    """The matrix and the map of the site know the same routes."""
    asked = {(method, address.split("?")[0]) for method, address, _ in rows}
    for method, pattern, _, _ in routes(os.path.join(HERE, "../../src/web")):
        shape = re.compile(re.sub(r":\w+", "[^/]+", re.sub(r"\*\w+", ".+", pattern)
                                  .replace(".", r"\.")) + "$")
        check(any(m == method and shape.match(a) for m, a in asked),
              f"{method} {pattern} is in the matrix")


def check_from_elsewhere(site, people, rows):
    """No form of another site acts in anyone's name."""
    before = state(site)
    wrong = []
    for method, address, _ in rows:
        if method == "POST":
            for who in people:
                for origin in ("https://ailleurs.example", "null", site.public + ".example"):
                    answer = site.post(address, {}, who, headers={"Origin": origin})
                    if answer.code != 403:
                        wrong.append((who, address, origin, answer.code))
    check(not wrong, "a form of another site is refused to everyone", *wrong[:5])
    check(state(site) == before, "and changes nothing")


def check_nothing_by_get(site, people, rows):
    before = state(site)
    for method, address, _ in rows:
        for who in people if method == "POST" else ():
            site.get(address, who)
    check(state(site) == before, "asking for the address of a form changes nothing")


def main(folder):
    site = Site(sys.argv[1], folder)
    names = fill(site)
    people, rows = matrix()
    rows = [(method, re.sub("|".join(names), lambda m: names[m.group()], address), may)
            for method, address, may in rows]
    check_map(rows)
    for who in people[1:]:
        site.sign_in(who)
    people[0] = None
    site.start()
    try:
        check_from_elsewhere(site, people, rows)
        check_nothing_by_get(site, people, rows)
        for method, address, may in rows:
            got = [told(site.ask(method, address, who, form={} if method == "POST" else None))
                   for who in people]
            check(got == may, f"{method} {address}", f"is  {got}", f"not {may}")
    finally:
        check(site.stop() == 0, "the server stopped when asked")


with tempfile.TemporaryDirectory() as temporary:
    main(temporary)
end()
