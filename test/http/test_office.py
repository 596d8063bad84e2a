#!/usr/bin/env python3
"""What people do in the office and in their area, one after another and at the same time.

    test_office.py HALLE

What a test of one form does not show: accounts without an address, pages that were open while
something else changed, what one learns of another by what one does, and what is left when a session
ends before a form is sent.
"""
import collections
import concurrent.futures
import email
import email.policy
import glob
import html
import html.parser
import json
import os
import re
import sys
import tempfile
import time
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from halle_site import Site, check, day, end  # noqa: E402

PHRASE = "une phrase que je retiens"
NAME = "Maëlle Touzard"


def person(slug, organisation="ville", **function):
    return {"type": "person", "slug": slug, "given_name": slug.title(), "family_name": "Essai",
            "email": f"{slug}@essai.example",
            "functions": [{"organisation": organisation, "kind": "officer", "from": day(-90),
                           **function}]}


def resource(slug, **more):
    return {"type": "resource", "slug": slug, "kind": "Guide", "title": f"Titre {slug}",
            "status": "published", "visibility": "public", **more}


def fill(site):
    site.put(
        {"type": "organisation", "slug": "ville", "name": "Ville", "kind": "commune",
         "memberships": [{"kind": "full", "from": day(-100), "to": day(100)}]},
        {"type": "organisation", "slug": "ancienne", "name": "Ancienne Commune", "kind": "commune",
         "memberships": [{"kind": "full", "from": day(-500), "to": day(-1)}]},
        person("editor"), person("administrator"), person("manager", manager=True),
        person("member"), person("lapsed", "ancienne"), person("coordinator", manager=True),
        person("leaver", manager=True), person("other"), person("first"), person("second"),
        {"type": "group", "slug": "achats", "name": "Achats", "members": ["member", "coordinator"],
         "coordinator": "coordinator"},
        {"type": "group", "slug": "sieg", "name": "SIEG", "members": ["other"], "coordinator": "other"},
        {"type": "session", "slug": "seance", "title": "Séance", "on": day(-3), "attended": ["member"]},
        {"type": "session", "slug": "autre", "title": "Autre séance", "on": day(-2)},
        resource("note", visibility="restricted", open_to=["group:achats"],
                 contributions=[{"role": "speaker", "name": NAME}]),
        resource("signes", body="<p>De Dupont &amp; Fils, de Jean d’Ormesson, d’Élodie <strong>Nével</strong>"
                                " et de Sœur Anne. Aussi <b>Ž</b>eljko <em>Đo</em>kić,"
                                " Jean\u2011Pierre Strauß d’Annecy.</p>",
                 notice="Vu avec Łukasz Bąk."),
        resource("compte-rendu", body=f"<p>Animation : {NAME}.</p>"))
    for who in ("editor", "administrator"):
        site.sql("INSERT INTO role SELECT id, ? FROM person WHERE slug = ?", who, who)
    site.sql("UPDATE person SET totp_since = 1, totp_secret = 'JBSWY3DPEHPK3PXP'"
             " WHERE slug = 'administrator'")
    # They have come before: nobody among them is waiting for an invitation.
    site.sql("UPDATE person SET seen_at = ?", int(time.time()))


def texts_of(site, address):
    """The letters to an address, the oldest first, once all that are due have gone."""
    for _ in range(400):
        if not site.sql("SELECT count(*) FROM mail WHERE state IN ('waiting', 'sending')")[0][0]:
            break
        time.sleep(0.05)
    found = []
    for path in glob.glob(os.path.join(site.folder, "outbox", "*.eml")):
        with open(path, "rb") as f:
            letter = email.message_from_binary_file(f, policy=email.policy.default)
        if address in letter["to"]:
            number = int(re.search(r"-(\d+)\.eml$", path).group(1))
            found.append((number, letter["subject"] + "\n"
                          + letter.get_body(("plain",)).get_content()))
    return [text for _, text in sorted(found)]


def value(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page).group(1)


class FormReader(html.parser.HTMLParser):
    """What a browser would send of the form of an address, changed in nothing."""

    def __init__(self, action):
        super().__init__()
        self.action, self.inside, self.fields = action, False, []
        self.select = self.text = None

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if tag == "form":
            self.inside = a.get("action") == self.action and a.get("method") == "post"
        if not self.inside:
            return
        if tag == "input" and (a.get("type") not in ("radio", "checkbox") or "checked" in a):
            self.fields.append([a["name"], a.get("value", "on")])
        elif tag == "select":
            self.select = a["name"]
        elif tag == "option" and "selected" in a:
            self.fields.append([self.select, a["value"]])
        elif tag == "textarea":
            self.text = [a["name"], ""]
            self.fields.append(self.text)

    def handle_data(self, data):
        if self.text:
            self.text[1] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.text = None


def form_of(site, address, who, **changed):
    reader = FormReader(address)
    reader.feed(site.get(address, who).text)
    return [(name, value) for name, value in reader.fields if name not in changed] + [*changed.items()]


# ---- one test each ------------------------------------------------------------------------

def check_person_without_address(site):
    made = site.post("/gestion/personnes/nouvelle", {"prenom": "Sans", "nom": "Adresse"}, "editor")
    page = made.headers.get("location", "").split("?")[0]
    check(made.code == 303 and page == "/gestion/personnes/sans-adresse", "someone without an address",
          made)
    given = site.post(page + "/fonctions", {"organisation": "ville", "genre": "officer",
                                            "debut": "01/01/2026"}, "editor")
    check(given.code == 303, "is given a function", given)
    check(site.get(page, "editor").text.count("Modifier (Ville)") == 1, "which is there")
    check(site.get("/sante").code == 200, "and the server lives on")


def invite(site, address):
    return site.post("/espace/organisations/ville/inviter",
                     {"courriel": address, "prenom": "Zoé", "nom": "Inconnue", "genre": "officer",
                      "debut": "01/02/2026", "intitule": "https://piege.example/connexion"},
                     "manager")


def own_journal(site, who):
    return collections.Counter(
        json.dumps({k: v for k, v in line.items() if k not in ("at", "address")}, ensure_ascii=False)
        for line in site.get("/espace/donnees.json", who).json()["journal"])


def check_invited(site):
    """Whether an address is known, and whose it is, is not told to who invites it."""
    before = own_journal(site, "manager")
    added = []
    for address in "lapsed@essai.example", "personne@essai.example":
        check(invite(site, address).code == 303, f"{address} is invited")
        whole = own_journal(site, "manager")
        added.append(whole - before)
        before = whole
    check(added[0] and added[0] == added[1], "the manager's own journal says the same of both", added)
    text = " ".join(before)
    check("lapsed" not in text and "inconnue" not in text, "and names neither", text)
    for words in "lapsed@essai.example", "Lapsed", "personne@essai.example", "Inconnue":
        found = site.get(f"/espace/groupes/achats?qui={words}", "coordinator").text
        check("Personne d’autre" in found and "Ancienne Commune" not in found,
              f"'{words}' is not found by who coordinates a group before they come", found)
    told = "".join(texts_of(site, "lapsed@essai.example"))
    check("fonction" in told and "piege.example" not in told,
          "the letter holds no words of who invites", told)


def check_hidden_since(site):
    """The answer to a request tells nothing of what has been hidden meanwhile."""
    site.post("/ressources/note/demande", {"motif": "pour le comité"}, "lapsed")
    number = site.sql("SELECT id FROM access_request")[0][0]
    site.sql("UPDATE resource SET title = 'TITRE CACHE', slug = 'adresse-cachee', listed = 0"
             " WHERE slug = 'note'")
    answer = site.post(f"/gestion/demandes/{number}", {"refuser": "oui"}, "editor")
    told = "".join(texts_of(site, "lapsed@essai.example"))
    check(answer.code == 303 and "n’a pas été acceptée" in told, "a refusal is told", answer, told)
    check("TITRE CACHE" not in told and "adresse-cachee" not in told, "without the new title", told)
    site.sql("UPDATE resource SET title = 'Titre note', slug = 'note', listed = 1"
             " WHERE slug = 'adresse-cachee'")


def check_pasted(site):
    page = site.get("/gestion/ressources/compte-rendu", "editor").text
    form = {"titre": "Titre compte-rendu", "revision": value(page, "revision"),
            "texte": f"Animation : {NAME}.\x0bSuite\x01 du texte", "format": "markdown"}
    for name in re.findall(r'<input type="hidden" name="([^"]+)"', page):
        form.setdefault(name, value(page, name))
    answer = site.post("/gestion/ressources/compte-rendu", form, "editor")
    check(answer.code < 500 and "Suite du texte" in answer.text or answer.code == 303,
          "what nobody sees in a pasted text does not refuse it", answer)
    check("pas comprise" not in answer.text, "and nothing is said of an address", answer)


def check_interrupted(site):
    """A session that ended takes nothing of what was typed with it."""
    text = "TROIS HEURES DE TRAVAIL\nsur <deux> lignes"
    answer = site.post("/gestion/ressources/compte-rendu",
                       {"titre": "Titre", "texte": text, "revision": "1"})
    check(answer.code == 403 and "Votre connexion a pris fin" in answer.text, "it is told", answer)
    check("\nTROIS HEURES DE TRAVAIL\r\nsur &lt;deux&gt; lignes</textarea>"
          in answer.text.replace("\nsur", "\r\nsur").replace("\r\r", "\r"), "the text is there", answer)
    check('name="revision" value="1"' in answer.text and
          'action="/gestion/ressources/compte-rendu"' in answer.text, "to be sent again", answer)
    check("<details>" in answer.text and "<li><code>titre</code> Titre</li>" in answer.text,
          "the rest can be read", answer)
    check(answer.headers["cache-control"] == "private, no-store", "in no cache", answer)
    answer = site.post("/gestion/noms", {"nom": NAME, "retirer": "oui", "sur": "oui", "avant-x": "a"})
    check("<details open>" in answer.text and f"<li><code>nom</code> {NAME}</li>" in answer.text
          and "<code>/gestion/noms</code>" in answer.text and "<code>avant-x" not in answer.text,
          "what weighs is told before it is sent again", answer)
    for page, form in (("/espace/securite/mot-de-passe", {"nouveau": PHRASE + "!"}),
                       ("/espace/donnees/supprimer", {"confirmation": "x", "actuel": PHRASE}),
                       ("/espace/securite/deux-etapes/codes", {"preuve_codes": PHRASE})):
        secret = site.post(page, form)
        check(secret.code == 303 and secret.headers["location"].startswith("/connexion"),
              f"what is secret in {page} is not shown", secret)
    check(site.post("/espace/vu").code == 303, "where nothing was typed one signs in at once")


def ask_link(site):
    return site.post("/connexion/lien", {"courriel": "member@essai.example"})


def n_links(site):
    return site.sql("SELECT count(*) FROM token t JOIN person p ON p.id = t.person_id"
                    " WHERE p.slug = 'member' AND t.purpose = 'sign-in'")[0][0]


def check_links(site):
    """Who asks for links in another's name shuts nobody out."""
    codes = [ask_link(site).code for _ in range(7)]
    check(codes == [303] * 7 and n_links(site) == 3, "three links lie in a mailbox, and no more",
          codes, n_links(site))
    site.sql("UPDATE token SET made_at = made_at - 1801, expires_at = expires_at - 1801"
             " WHERE purpose = 'sign-in'")
    ask_link(site)
    check(n_links(site) == 4, "once they are too old another is sent", n_links(site))
    bad = [site.post(f"/connexion/lien/{'z' * 43}").code for _ in range(22)]
    check(bad[:20] == [410] * 20 and bad[21] == 429, "too many bad links are held back", bad)
    letter = texts_of(site, "member@essai.example")[-1]
    good = re.search(r"/connexion/lien/[\w-]+", letter).group()
    answer = site.post(good)
    check(answer.code == 303 and "set-cookie" in answer.headers, "but a good one passes", answer)


def groups_of(site, who):
    return {slug for slug, in site.sql(
        "SELECT g.slug FROM group_member m JOIN working_group g ON g.id = m.group_id"
        " JOIN person p ON p.id = m.person_id WHERE p.slug = ?", who)}


def check_old_pages(site):
    """A page that was open for a while changes what its reader changed, and nothing else."""
    page = site.get("/gestion/personnes/member", "editor").text
    ids = dict(site.sql("SELECT slug, id FROM working_group"))
    shown = {"avant-groupes": value(page, "avant-groupes"), "groupes": str(ids["achats"])}
    site.post("/espace/groupes/achats/retirer", {"personne": "member"}, "coordinator")
    check(groups_of(site, "member") == set(), "taken out meanwhile")
    form = [(k, v) for k, v in shown.items()] + [("groupes", str(ids["sieg"]))]
    answer = site.post("/gestion/personnes/member/groupes", form, "editor")
    check(answer.code == 303 and groups_of(site, "member") == {"sieg"},
          "what was taken away meanwhile does not come back", groups_of(site, "member"))
    form = [("avant-groupes", str(ids["sieg"]))]
    site.post("/gestion/personnes/member/groupes", form, "editor")
    check(groups_of(site, "member") == set(), "what is unticked is taken away")

    page = site.get("/gestion/personnes/member", "editor").text
    kept = value(page, "avant-suivies")
    site.sql("INSERT INTO attendance (session_id, person_id) SELECT s.id, p.id FROM session s, person p"
             " WHERE s.slug = 'autre' AND p.slug = 'member'")
    site.post("/gestion/personnes/member/seances", [("avant-suivies", kept), ("suivies", kept)],
              "editor")
    n = site.sql("SELECT count(*) FROM attendance a JOIN person p ON p.id = a.person_id"
                 " WHERE p.slug = 'member'")[0][0]
    check(n == 2, "a session added meanwhile stays", n)

    page = site.get("/gestion/groupes/achats", "editor").text
    members = value(page, "avant-membres")
    site.sql("INSERT INTO group_member (group_id, person_id) SELECT g.id, p.id FROM working_group g,"
             " person p WHERE g.slug = 'achats' AND p.slug = 'member'")
    site.post("/gestion/groupes/achats/membres",
              [("avant-membres", members)] + [("membres", m) for m in members.split()], "editor")
    check("achats" in groups_of(site, "member"), "who joined meanwhile stays")


def check_coordinator(site):
    site.sql("UPDATE person SET email = NULL, email_key = NULL WHERE slug = 'coordinator'")
    page = site.get("/gestion/groupes/achats", "editor").text
    check("Coordinator Essai, dont le compte n’a pas d’adresse" in page, "who coordinates is told")
    form = {"nom": "Achats", "description": "Autre description.", "format": "markdown",
            "coordination": "", "adresse": "achats"}
    answer = site.post("/gestion/groupes/achats", form, "editor")
    kept = site.sql("SELECT p.slug FROM working_group g JOIN person p ON p.id = g.coordinator_id"
                    " WHERE g.slug = 'achats'")
    check(answer.code == 303 and kept == [("coordinator",)], "and stays, without an address", kept)
    site.post("/gestion/groupes/achats", form | {"coordination": "member@essai.example"}, "editor")
    site.post("/gestion/groupes/achats", form, "editor")
    kept = site.sql("SELECT coordinator_id FROM working_group WHERE slug = 'achats'")
    check(kept == [(None,)], "with one, an empty field takes them away", kept)


def check_settings(site):
    page = site.get("/gestion/reglages", "administrator").text
    form = {name: html.unescape(kept) for name, kept in
            re.findall(r'<input id="[a-z_]+" name="([a-z_]+)" type="text" value="([^"]*)"', page)}
    check(len(form) > 10, "settings", form)
    for name, wrong in (("public_url", site.public + "/halle"), ("public_url", "https://"),
                        ("public_url", "https://Essai.example"), ("public_url", site.public + ":443"),
                        ("public_url", site.public + ":"), ("public_url", "https://exémple.fr"),
                        ("site_name", "\u200e"), ("site_name", "X" * 101),
                        ("public_url", "https://ailleurs.example"), ("audit_days", "3"),
                        ("site_contact", "<script>"), ("site_name", ""), ("mail_days", "31")):
        sure = {} if wrong == "https://ailleurs.example" else {"adresse-sure": "oui"}
        answer = site.post("/gestion/reglages", form | {name: wrong} | sure, "administrator")
        words = re.findall(r'class="form-error"[^>]*>([^<]*)<', answer.text)
        check(answer.code == 422 and words and not re.search(r"\bit (is|stands|cannot)\b", answer.text),
              f"{name} = '{wrong}' is refused, in French", answer.code, words)
    moved = form | {"public_url": "https://ailleurs.example", "adresse-sure": "oui"}
    answer = site.post("/gestion/reglages", moved, "administrator")
    kept = site.sql("SELECT value FROM setting WHERE name = 'public_url'")
    check(answer.code == 303 and kept == [("https://ailleurs.example",)],
          "the site moves once it is meant", answer.code, kept)
    answer = site.post("/gestion/reglages", form | {"public_url": ""}, "administrator")
    check(answer.code == 422 and "À cocher" in answer.text, "nor goes without being asked", answer.code)
    for good in "http://127.0.0.1:8080", "https://[::1]:8443", "https://a-b.example":
        answer = site.post("/gestion/reglages", form | {"public_url": good, "adresse-sure": "oui"},
                           "administrator")
        check(answer.code == 303, f"{good} is an address", answer.code)
    site.post("/gestion/reglages", form | {"adresse-sure": "oui"}, "administrator")


def check_foreign(site):
    answer = site.post("/connexion", {"courriel": "x@y.example"},
                       headers={"Origin": "http://localhost:8080"})
    check(answer.code == 403 and site.public in answer.text and "partie du réseau" not in answer.text,
          "who came by another address is told the right one", answer)
    answer = site.ask("POST", "/connexion", body=b"{}", headers={"Content-Type": "application/json"})
    check(answer.code == 415 and "Cet envoi n’est pas compris" in answer.text, "a form is one", answer)


def check_withdrawn(site):
    page = site.get("/gestion/noms?nom=" + NAME.replace("ë", "%C3%AB").replace(" ", "+"), "editor").text
    texts = page.partition('id="textes"')[2].partition("</section>")[0]
    check("/gestion/ressources/compte-rendu" in texts and "la page d’aujourd’hui" in texts,
          "the texts that hold a name are listed", page)
    check('/gestion/ressources/note"' not in texts, "and no other")
    for name in ("Dupont & Fils", "Jean d'Ormesson", "Jean d’Ormesson", "Élodie Nével",
                 "elodie nevel", "ÉLODIE NÉVEL", "Sœur Anne", "soeur anne", "Željko Đokić",
                 "Jean-Pierre Strauß", "jean pierre STRAUSS", "Łukasz Bąk"):
        found = site.get("/gestion/noms?nom=" + urllib.parse.quote(name), "editor").text
        check("/gestion/ressources/signes" in found, f"{name} is found", found)
    for name in "%", "_", "Elodie Novel", "Annec", "ean Pierre", "---":
        found = site.get("/gestion/noms?nom=" + urllib.parse.quote(name), "editor").text
        check("/gestion/ressources/signes" not in found, f"{name} is not", found)
    answer = site.post("/gestion/noms", {"nom": "A" * 60000, "corrige": ""}, "editor")
    check(answer.code < 500, "a name of any length", answer.code)
    answer = site.post("/gestion/noms", {"nom": NAME, "retirer": "oui", "sur": "oui"}, "editor")
    told = site.get(answer.headers["location"], "editor").text
    check("à enlever à la main" in told and "/gestion/ressources/compte-rendu" in told,
          "and it is told that they are left, and where", told)


def check_giving_up(site):
    """Others give functions; one may say that it is not theirs."""
    functions = dict(site.sql("SELECT p.slug, f.id FROM function f JOIN person p"
                              " ON p.id = f.person_id WHERE f.to_on IS NULL AND p.slug IN"
                              " ('member', 'manager', 'editor')"))
    page = site.get("/espace/profil", "member").text
    address = f"/espace/profil/fonctions/{functions['member']}/fin"
    check(f'action="{address}"' in page, "it is offered in one's profile", page)
    check("/espace/profil/fonctions/" not in site.get("/espace/profil", "manager").text,
          "not to who manages")
    for who, whose in ("member", "editor"), ("manager", "manager"), ("editor", "member"):
        answer = site.post(f"/espace/profil/fonctions/{functions[whose]}/fin", {}, who)
        check(answer.code == 404, f"{who} does not end the function of {whose}", answer.code)
    answer = site.post(address, {}, "member")
    ended = site.sql("SELECT to_on FROM function WHERE id = ?", functions["member"])
    check(answer.code == 303 and ended == [(day(-1),)], "it ends", answer, ended)
    check(site.post(address, {}, "member").code == 404, "once")
    site.sql("INSERT INTO function (person_id, organisation_id, kind, from_on)"
             " SELECT person_id, organisation_id, kind, ? FROM function WHERE id = ?", day(0),
             functions["member"])
    new = site.sql("SELECT max(id) FROM function")[0][0]
    site.post(f"/espace/profil/fonctions/{new}/fin", {}, "member")
    said = site.sql("SELECT detail FROM audit ORDER BY id DESC LIMIT 1")[0][0]
    check(not site.sql("SELECT 1 FROM function WHERE id = ?", new) and said.endswith(", removed"),
          "one that has not lasted a day leaves no row", said)


def check_lost_tags(site):
    address = "/gestion/ressources/signes"
    typed = {"format": "html", "texte": "<p>De Dupont &amp; Fils.</p><iframe src='https://x'></iframe>"}
    form = form_of(site, address, "editor", **typed)
    page = site.post(address, form + [("apercu", "oui")], "editor").text
    check("&lt;iframe&gt;</code>" in page, "a tag that is not kept is told in the preview", page)
    saved = site.post(address, form, "editor")
    check(saved.headers.get("location", "").endswith("fait=allegee"), "and once saved", saved)
    saved = site.post(address, form_of(site, address, "editor", **typed), "editor")
    check(saved.headers.get("location", "").endswith("fait=allegee"), "though nothing else changed", saved)
    saved = site.post(address, form_of(site, address, "editor", format="markdown",
                                       texte="De Dupont & Fils. ![un plan](http://x/y.png)"), "editor")
    check(saved.headers.get("location", "").endswith("fait=allegee"), "an image of Markdown too", saved)
    again = site.post(address, form_of(site, address, "editor", format="html", mots="balises"), "editor")
    check(again.headers.get("location", "").endswith("fait=enregistree"), "but not where none is", again)


def check_closed_at_once(site):
    """Who is told that a page is closed has closed it for the search and for kept pages too."""
    address = "/gestion/ressources/a-fermer"
    places = {"/api/v1/resources?q=crocodile": "/ressources/a-fermer",
              "/ressources?q=crocodile": "/ressources/a-fermer",
              "/ressources/a-fermer": "crocodile dort"}
    site.put(resource("a-fermer", title="Un guide", body="<p>Le crocodile dort.</p>"))
    wrong = []
    for turn in range(12):
        access = ("members", "public")[turn % 2]
        answer = site.post(address, form_of(site, address, "editor", acces=access, ouvrir="oui"), "editor")
        seen = [words in site.get(path).text for path, words in places.items()]
        if answer.code != 303 or any(said != (access == "public") for said in seen):
            wrong.append((turn, access, answer.code, seen))
    check(not wrong, "what is opened or closed is so at once, everywhere", wrong)


def check_out_of_reach(site):
    """What was sent to an address did not arrive: who can do something about it knows, nobody else."""
    told = "n’est pas arrivé"
    pages = {"manager": ("/espace/organisations/ville", told), "member": ("/espace/profil", told),
             "editor": ("/gestion/personnes/member", "Dernier courriel, pas arrivé")}

    def said():
        return {who: words in site.get(path, who).text for who, (path, words) in pages.items()}

    def wrote(key, state):
        site.sql("INSERT INTO mail (key, to_address, subject, text, html, message_id, made_at, state,"
                 " next_at, last_error) VALUES (?, 'member@essai.example', 'Bonjour', '', '', ?, 1, ?,"
                 " 0, ?)", key, f"<{key}@x>", state, None if state == "sent" else "550 boîte fermée")

    check(not any(said().values()), "before anything came back nobody is told")
    wrote("reach-1", "bounced")
    check(all(said().values()), "manager, editor and the person are told that it came back")
    check("550 boîte fermée" in site.get(pages["editor"][0], "editor").text, "the editor reads why")
    check(site.get(pages["manager"][0], "manager").text.count(told) == 1, "of that address alone")
    check(told not in site.get(pages["manager"][0], "member").text, "a colleague is not told")
    check(told not in site.get("/espace/profil", "other").text, "nor is another in their profile")
    home = site.get("/gestion", "administrator").text
    check("1 adresse ne reçoit plus nos courriels" in home, "it waits on the first page", home)
    listed = site.get("/gestion/courriels?etat=bounced", "administrator").text
    check("Revenu" in listed and "550 boîte fermée" in listed
          and "Renvoyer à member" not in listed, "listed, with why, and not to be sent again")
    page = site.get(pages["manager"][0], "manager").text
    for who in "lapsed@essai.example", "personne@essai.example":
        site.sql("INSERT INTO mail (key, to_address, subject, text, html, message_id, made_at, state,"
                 " next_at) VALUES (?, ?, 'Bonjour', '', '', ?, 1, 'bounced', 0)", who, who, who)
        site.sql("DELETE FROM mail WHERE to_address = ? AND state = 'sent'", who)
    check(site.get(pages["manager"][0], "manager").text == page,
          "of who has not come, what came back before they were invited is not told")
    site.sql("UPDATE mail SET made_at = ? WHERE key = 'personne@essai.example'", int(time.time()) + 1)
    check(site.get(pages["manager"][0], "manager").text.count(told) == 2, "what came back since is")
    site.sql("DELETE FROM mail WHERE key LIKE '%@essai.example'")
    wrote("reach-2", "sent")
    check("ne reçoit plus" not in site.get("/gestion", "administrator").text, "nor does it wait then")
    check(not any(said().values()), "one that is taken lifts the doubt")


def check_words(site):
    site.sql("UPDATE person SET is_blocked = 1 WHERE slug = 'lapsed'")
    answer = site.post("/gestion/personnes/lapsed/invitation", {}, "editor")
    told = site.get(answer.headers["location"], "editor").text
    check("Son compte est bloqué" in told, "why someone is not invited", told)
    for page, reserved in (("organisations/ville", "nouvelle"), ("groupes/sieg", "nouveau")):
        for slug, words in (reserved, "Le site se sert lui-même"), ("É t", "petites lettres"):
            answer = site.post(f"/gestion/{page}", {"nom": "X", "adresse": slug}, "editor")
            check(answer.code == 422 and words in answer.text, f"{slug} is no address of {page}",
                  answer.code)


def check_taken_out(site):
    """Who coordinates learns of no account by trying addresses of pages."""
    for who in "lapsed", "editor", "nobody-here", "zoe-inconnue":
        answer = site.post("/espace/groupes/sieg/retirer", {"personne": who}, "other")
        check(answer.code == 422, f"{who} is not in the group", answer.code)
    site.post("/espace/groupes/sieg/ajouter", {"personne": "manager"}, "other")
    site.post("/espace/groupes/sieg/retirer", {"personne": "manager"}, "other")
    told = " ".join(own_journal(site, "other"))
    check("group-changed" in told and "manager" not in told, "one's own data name nobody else", told)


def check_last_administrator(site):
    """Two who leave at the same moment do not both go."""
    site.sql("DELETE FROM role WHERE role = 'administrator'")
    for who in "first", "second":
        site.run("user", "password", f"{who}@essai.example", stdin=PHRASE.encode())
        site.sign_in(who)
        site.sql("INSERT INTO role SELECT id, 'administrator' FROM person WHERE slug = ?", who)
    with concurrent.futures.ThreadPoolExecutor() as pool:
        form = {"confirmation": "supprimer", "actuel": PHRASE}
        codes = sorted(a.code for a in pool.map(
            lambda who: site.post("/espace/donnees/supprimer", form, who), ("first", "second")))
    left = site.sql("SELECT count(*) FROM role WHERE role = 'administrator'")[0][0]
    check(codes == [303, 422] and left == 1, "one administrator is left", codes, left)


def check_leaving(site):
    """An account is not deleted by who finds a session open."""
    page = "/espace/donnees/supprimer"
    word = {"confirmation": "supprimer"}
    shown = site.get(page, "leaver").text
    check("dans la demi-heure" in shown and "confirmation" not in shown,
          "without a password one comes by a link first", shown)
    check(site.post(page, word, "leaver").code == 422, "and is not believed before")
    site.run("user", "password", "leaver@essai.example", stdin=PHRASE.encode())
    site.sign_in("leaver")
    shown = site.get(page, "leaver").text
    check('name="actuel"' in shown, "with one, it is asked for", shown)
    for wrong in ({}, {"actuel": ""}, {"actuel": "une autre phrase"}):
        answer = site.post(page, word | wrong, "leaver")
        check(answer.code == 422 and site.get("/espace", "leaver").code == 200, f"not with {wrong}")
    site.sql("UPDATE function SET is_manager = 0 WHERE person_id <> (SELECT id FROM person"
             " WHERE slug = 'leaver')")
    check("Personne d’autre ne gère" in site.get(page, "leaver").text, "what is left alone is told")
    answer = site.post(page, word | {"actuel": PHRASE}, "leaver")
    check(answer.code == 303 and site.sql("SELECT count(*) FROM person WHERE slug = 'leaver'") == [(0,)],
          "with the right one it is gone", answer)


def main(folder):
    site = Site(sys.argv[1], folder)
    fill(site)
    for who in ("editor", "administrator", "manager", "coordinator", "lapsed", "member", "leaver",
                "other", "first", "second"):
        site.sign_in(who)
    site.start()
    try:
        for test in (check_person_without_address, check_invited, check_hidden_since, check_pasted,
                     check_interrupted, check_links, check_old_pages, check_coordinator,
                     check_settings, check_foreign, check_withdrawn, check_words, check_lost_tags, check_closed_at_once,
                     check_out_of_reach,
                     check_giving_up, check_taken_out, check_leaving, check_last_administrator):
            test(site)
    finally:
        check(site.stop() == 0, "the server stopped when asked")


with tempfile.TemporaryDirectory() as temporary:
    main(temporary)
end()
