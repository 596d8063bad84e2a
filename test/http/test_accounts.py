#!/usr/bin/env python3
"""Accounts over HTTP, with the real program and the letters it writes.

    test_accounts.py HALLE [unittest arguments]

From an invitation to a closed text and out again; what a cookie and the journal hold; what altered
links, foreign forms and cookies of any size get.
"""
import base64
import email
import email.policy
import glob
import hashlib
import hmac
import http.client
import os
import re
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse

HALLE = None
PATIENCE = 60
PHRASE = "une phrase que je retiens"
CLOSED = "MOTFERME"


def totp(key, step):
    digest = hmac.new(base64.b32decode(key), struct.pack(">Q", step), hashlib.sha1).digest()
    at = digest[19] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7fffffff) % 1000000:06d}"


class Site:
    """A data folder and a server on it."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.data = self.folder.name
        self.journal_path = os.path.join(self.data, "journal")
        self.process = None

    def halle(self, *words, stdin=b""):
        done = subprocess.run([HALLE, *words, "--data", self.data], input=stdin,
                              capture_output=True, timeout=PATIENCE)
        assert done.returncode == 0, done
        return done.stdout.decode().strip()

    def start(self):
        with open(self.journal_path, "ab") as journal:
            self.process = subprocess.Popen(
                [HALLE, "serve", "--data", self.data, "--listen", "127.0.0.1:0"],
                stderr=journal, stdout=subprocess.DEVNULL)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            match = re.search(r"http://127\.0\.0\.1:(\d+) \(data", self.journal())
            if match:
                self.port = int(match.group(1))
                self.url = f"http://127.0.0.1:{self.port}"
                return
            time.sleep(0.02)
        raise AssertionError("the server does not start: " + self.journal())

    def stop(self):
        self.process.terminate()
        code = self.process.wait(PATIENCE)
        journal = self.journal()
        self.folder.cleanup()
        return code, journal

    def journal(self):
        with open(self.journal_path, encoding="utf-8") as file:
            return file.read()

    def one(self, sql):
        with sqlite3.connect(os.path.join(self.data, "halle.db"), timeout=30) as db:
            return db.execute(sql).fetchone()[0]

    def letters(self, at_least):
        """What was sent, in order, once there are so many."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            paths = sorted(glob.glob(os.path.join(self.data, "outbox", "*.eml")))
            if len(paths) >= at_least:
                break
            time.sleep(0.1)
        else:
            raise AssertionError(f"{len(paths)} letters, not {at_least}")
        found = []
        for path in paths:
            with open(path, "rb") as file:
                message = email.message_from_binary_file(file, policy=email.policy.default)
            found.append((message, message.get_body(("plain",)).get_content()))
        return found


class Browser:
    """Keeps its cookie, and sends forms as pages of the site do."""

    def __init__(self, site, origin=None):
        self.site, self.cookie, self.set_cookie = site, None, None
        self.origin = origin or site.url

    def ask(self, method, path, form=None, headers=()):
        path = path.removeprefix(self.site.url)
        sent = dict(headers)
        body = None
        if self.cookie is not None and "Cookie" not in sent:
            sent["Cookie"] = "halle=" + self.cookie
        if method == "POST":
            body = urllib.parse.urlencode(form or {})
            sent |= {"Content-Type": "application/x-www-form-urlencoded"}
            if self.origin:
                sent["Origin"] = self.origin
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=PATIENCE)
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        self.code, self.location = answer.status, answer.getheader("Location")
        self.headers = answer.headers
        self.body = answer.read().decode()
        self.set_cookie = answer.getheader("Set-Cookie")
        if self.set_cookie:
            self.cookie = re.match(r"halle=([^;]*)", self.set_cookie).group(1) or None
        connection.close()
        return self.code

    def get(self, path, **more):
        return self.ask("GET", path, **more)

    def post(self, path, **form):
        return self.ask("POST", path, form)


class AccountsTest(unittest.TestCase):
    def setUp(self):
        self.site = Site()
        self.site.halle("organisation", "add", "ville", "--name", "Ville", "--kind", "commune",
                        "--member-from", "2020-01-01")
        self.site.halle("import", "jsonl", "-", stdin=(
            '{"type":"resource","slug":"reservee","kind":"Guide","title":"Une note réservée",'
            '"summary":"<p>Un résumé.</p>","body":"<p>Un ' + CLOSED + '.</p>",'
            '"visibility":"members","status":"published","published_on":"2024-05-01"}\n').encode())
        self.site.halle("user", "add", "camille@ville.example", "--name", "Camille Aubry",
                        "--organisation", "ville")
        self.site.start()
        self.browser = Browser(self.site)

    def tearDown(self):
        code, journal = self.site.stop()
        self.assertEqual(code, 0, journal)
        self.assertNotIn("Sanitizer", journal)
        # Neither a secret of a link nor a password is in the journal.
        self.assertNotRegex(journal, r"/(lien|mot-de-passe|courriel)/[A-Za-z0-9_-]{8}")
        self.assertNotIn("phrase", journal)

    def set_password(self):
        self.site.halle("user", "password", "camille@ville.example", stdin=PHRASE.encode())

    def sign_in(self, browser, password=PHRASE):
        return browser.post("/connexion", courriel="camille@ville.example", mot_de_passe=password)

    def link_of(self, letter, before):
        return re.search(re.escape(self.site.url + before) + r"[\w-]+", letter[1]).group(0)

    def test_from_an_invitation_to_a_closed_text_and_out_again(self):
        b, stranger = self.browser, Browser(self.site)
        self.site.halle("user", "add", "noe@ville.example", "--name", "Noé Petit",
                        "--organisation", "ville", "--invite", "--public", self.site.url)
        letter = self.site.letters(1)[0]
        self.assertIn("noe@ville.example", letter[0]["to"])
        link = self.link_of(letter, "/mot-de-passe/")
        self.assertEqual(b.get("/ressources/reservee"), 200)
        closed = b.body
        self.assertNotIn(CLOSED, closed)
        self.assertEqual(b.get(link), 200)
        self.assertIn("no-store", b.headers["Cache-Control"])
        self.assertEqual(b.post(link, nouveau="court"), 422)
        self.assertEqual(b.post(link, nouveau=PHRASE), 303)
        self.assertEqual(b.location, "/espace")
        self.assertEqual(b.get("/espace"), 200)
        self.assertEqual(b.get("/ressources/reservee"), 200)
        self.assertIn(CLOSED, b.body)
        self.assertEqual(b.headers["Cache-Control"], "private, no-store")
        stranger.get("/ressources/reservee")
        self.assertEqual(stranger.body, closed)
        old = b.cookie
        self.assertEqual(b.post("/deconnexion"), 303)
        self.assertIsNone(b.cookie)
        b.get("/ressources/reservee")
        self.assertEqual(b.body, closed)
        b.cookie = old
        b.get("/ressources/reservee")
        self.assertNotIn(CLOSED, b.body)
        self.assertEqual(stranger.post(link, nouveau=PHRASE), 410)

    def test_a_link_asked_for_comes_by_mail_and_leads_back(self):
        b = self.browser
        self.assertEqual(b.get("/espace/securite"), 303)
        self.assertEqual(b.location, "/connexion?retour=%2Fespace%2Fsecurite")
        self.assertEqual(b.post("/connexion/lien", courriel="inconnue@ville.example",
                                retour="/espace/securite"), 303)
        unknown = dict(b.headers)
        self.assertEqual(b.post("/connexion/lien", courriel="Camille@ville.example",
                                retour="/espace/securite"), 303)
        known = dict(b.headers)
        for headers in (unknown, known):
            headers.pop("Date", None)
        self.assertEqual(known, unknown)
        letters = self.site.letters(1)
        self.assertEqual(len(letters), 1)
        link = self.link_of(letters[0], "/connexion/lien/")
        self.assertEqual(b.get(link), 200)
        self.assertEqual(b.ask("HEAD", link), 200)
        self.assertIsNone(b.cookie)
        self.assertEqual(b.post(link), 303)
        self.assertEqual(b.location, "/espace/securite")
        self.assertEqual(b.get(b.location), 200)
        self.assertEqual(Browser(self.site).post(link), 410)

    def test_the_cookie_is_for_this_site_alone(self):
        b = self.browser
        self.set_password()
        self.assertEqual(self.sign_in(b), 303)
        self.assertRegex(b.set_cookie,
                         r"^halle=[\w-]{43}; Path=/; HttpOnly; SameSite=Lax; Max-Age=\d+$")
        self.assertEqual(self.site.one("SELECT count(*) FROM login_session WHERE hash = '"
                                       + b.cookie + "'"), 0)
        other = Browser(self.site)
        other.get("/connexion")
        self.assertIsNone(other.set_cookie)
        other.get("/")
        self.assertIsNone(other.set_cookie)

    def test_the_second_step_is_set_up_and_asked_for(self):
        b = self.browser
        self.set_password()
        self.sign_in(b)
        self.assertEqual(b.post("/espace/securite/deux-etapes/commencer"), 303)
        self.assertEqual(b.get("/espace/securite/deux-etapes"), 200)
        key = re.search(r'class="key">([A-Z2-7 ]+)<', b.body).group(1).replace(" ", "")
        step = int(time.time()) // 30
        self.assertEqual(b.post("/espace/securite/deux-etapes", code=totp(key, step),
                                actuel=PHRASE), 200)
        codes = re.findall(r"<code>([0-9a-z-]{14})</code>", b.body)
        self.assertEqual(len(set(codes)), 10)
        self.assertEqual(b.get("/espace/securite"), 200)
        other = Browser(self.site)
        self.assertEqual(self.sign_in(other), 303)
        self.assertEqual(other.location, "/connexion/code")
        self.assertEqual(other.get("/espace/securite"), 303)
        self.assertEqual(other.post("/connexion/code", code=totp(key, step)), 422)
        self.assertEqual(other.post("/connexion/code", secours=codes[0]), 303)
        self.assertEqual(other.get("/espace/securite"), 200)
        third = Browser(self.site)
        self.sign_in(third)
        self.assertEqual(third.post("/connexion/code", code=totp(key, step + 1)), 303)
        self.assertEqual(third.get("/espace/securite"), 200)

    def test_forms_of_other_sites_change_nothing(self):
        self.set_password()
        before = self.site.one("SELECT count(*) FROM audit")
        for origin in ("https://exemple.org", "null", "http://127.0.0.1:1", None):
            b = Browser(self.site)
            b.origin = origin
            self.assertEqual(self.sign_in(b), 403)
            self.assertEqual(b.post("/connexion/lien", courriel="camille@ville.example"), 403)
        self.assertEqual(self.site.one("SELECT count(*) FROM audit"), before)
        self.assertEqual(self.site.one("SELECT count(*) FROM login_session"), 0)

    def test_cookies_of_any_size_are_nobodys(self):
        b = self.browser
        for cookie in ("halle=" + "A" * 8192, "halle=; halle=x", "halle=%00", "x" * 8192,
                       "__Host-halle=" + "A" * 43, "halle=" + "A" * 43):
            code = b.get("/espace/securite", headers={"Cookie": cookie})
            self.assertIn(code, (303, 400, 431), cookie[:20])
            self.assertEqual(Browser(self.site).get("/sante"), 200)
        code = b.get("/", headers={"Cookie": "halle=" + "A" * 2000})
        self.assertEqual(code, 200)

    def test_too_many_attempts_wait_and_readers_do_not(self):
        b = self.browser
        codes = [b.post("/connexion", courriel=f"x{i}@y.example", mot_de_passe="x")
                 for i in range(21)]
        self.assertEqual(codes[:20], [422] * 20)
        self.assertEqual(codes[20], 429)
        self.assertRegex(b.headers["Retry-After"], r"^\d+$")
        self.assertIn("/connexion/lien", b.body)
        self.assertEqual(b.get("/"), 200)

    def test_a_blocked_person_is_out_at_once(self):
        b = self.browser
        self.set_password()
        self.sign_in(b)
        self.assertEqual(b.get("/espace/securite"), 200)
        self.site.halle("user", "block", "camille@ville.example")
        self.assertEqual(b.get("/espace/securite"), 303)
        self.assertEqual(self.sign_in(b), 422)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    HALLE = os.path.abspath(sys.argv.pop(1))


    class Lines(unittest.TextTestResult):
        """One line for each test, for ./check to count."""

        def addSuccess(self, test):
            print("ok -", test._testMethodName.removeprefix("test_").replace("_", " "), flush=True)

        def addFailure(self, test, err):
            super().addFailure(test, err)
            print("not ok -", test._testMethodName, flush=True)

        def addError(self, test, err):
            super().addError(test, err)
            print("not ok -", test._testMethodName, flush=True)


    unittest.main(testRunner=unittest.TextTestRunner(resultclass=Lines))
