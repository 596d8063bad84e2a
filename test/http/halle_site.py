"""halle_site.py - a site of its own for a test: a data folder, a server, and people who are signed in."""
import datetime
import hashlib
import http.client
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.parse

PUBLIC = "https://essai.example"


def _paris_offset(moment):
    """Summer time is from 1:00 UTC on the last Sunday of March to that of October."""
    ends = []
    for month in 3, 10:
        last = datetime.datetime(moment.year, month, 31, 1)
        ends.append(last - datetime.timedelta(days=(last.weekday() + 1) % 7))
    return datetime.timedelta(hours=2 if ends[0] <= moment < ends[1] else 1)


def day(shift=0):
    """The day it is in Paris, where the program's days begin; or so many after."""
    now = datetime.datetime.fromtimestamp(time.time(), datetime.timezone.utc).replace(tzinfo=None)
    return str((now + _paris_offset(now)).date() + datetime.timedelta(days=shift))


class Answer:
    def __init__(self, response):
        self.code = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.cookies = response.headers.get_all("Set-Cookie") or []
        self.bytes = response.read()
        self.text = self.bytes.decode("utf-8", "replace")

    def json(self):
        return json.loads(self.text)

    def __repr__(self):
        return f"{self.code} {self.headers}\n{self.text[:1500]}"


class Site:
    """`halle` is the program; everything is in `folder`."""

    def __init__(self, halle, folder, public=PUBLIC):
        self.halle, self.folder, self.public = os.path.abspath(halle), folder, public
        self.process = None
        self.sessions = {}  # secrets by person

    def run(self, *words, stdin=None, code=0):
        done = subprocess.run([self.halle, *map(str, words), "--data", self.folder],
                              input=stdin, capture_output=True, timeout=120)
        if code is not None and done.returncode != code:
            raise AssertionError(f"halle {words}: {done.returncode}\n"
                                 + done.stdout.decode() + done.stderr.decode())
        return done.stdout.decode()

    def put(self, *objects):
        text = "".join(json.dumps(o, ensure_ascii=False) + "\n" for o in objects)
        return self.run("import", "jsonl", "-", stdin=text.encode())

    def sql(self, text, *values):
        db = sqlite3.connect(os.path.join(self.folder, "halle.db"), timeout=30)
        try:
            with db:
                return db.execute(text, values).fetchall()
        finally:
            db.close()

    def start(self, *options):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.process = subprocess.Popen(
            [self.halle, "serve", "--data", self.folder, "--listen", f"127.0.0.1:{self.port}",
             "--public", self.public, *options],
            stderr=open(os.path.join(self.folder, "serve.log"), "wb"))
        for _ in range(400):
            try:
                if self.get("/sante").code == 200:
                    return self
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.05)
        raise AssertionError("the server does not answer")

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=60) if self.process else 0
        if code:  # what a sanitizer found, or why it gave up
            with open(os.path.join(self.folder, "serve.log"), errors="replace") as f:
                print("".join("    " + line for line in f.readlines()[-60:]))
        return code

    def cookie(self):
        return "__Host-halle" if self.public.startswith("https") else "halle"

    def sign_in(self, person):
        """A session as a sign-in leaves it, for tests of what it opens."""
        secret = (person + "-" * 43)[:43]
        now = int(time.time())
        self.sql("INSERT INTO login_session (hash, person_id, is_whole, made_at, seen_at)"
                 " SELECT ?, id, 1, ?, ? FROM person WHERE slug = ?",
                 hashlib.blake2b(secret.encode(), digest_size=32).hexdigest(), now, now, person)
        self.sessions[person] = secret

    def ask(self, method, target, person=None, form=None, headers=(), body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        told = {"Host": urllib.parse.urlsplit(self.public).netloc, **dict(headers)}
        if person:
            told["Cookie"] = f"{self.cookie()}={self.sessions[person]}"
        if method == "POST":
            told.setdefault("Origin", self.public)
            if form is not None:
                body = urllib.parse.urlencode(form)
                told["Content-Type"] = "application/x-www-form-urlencoded"
            body = body or b""
        try:
            connection.request(method, target, body=body, headers=told)
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def get(self, target, person=None, **more):
        return self.ask("GET", target, person, **more)

    def post(self, target, form=None, person=None, **more):
        return self.ask("POST", target, person, form=form or {}, **more)


def routes(source):
    """(method, pattern, who, the name of the table of its parameters or NULL) of the map."""
    with open(os.path.join(source, "site.c"), encoding="utf-8") as f:
        text = re.sub(r"/\*.*?\*/", "", f.read(), flags=re.S)
    rows = re.findall(r'\{\s*(GET|POST),\s*"([^"]+)",\s*(\w+),\s*\w+(?:,\s*(\w+))?'
                      r'(?:,\s*\.\w+\s*=[^{},]+)*,?\s*\}', text)
    assert len(rows) == len(re.findall(r'\{[^{}]*"/', text)), "a row of site.c is not understood"
    return [(method, pattern, who, table or "NULL") for method, pattern, who, table in rows]


failures = 0


def check(truth, name, *details):
    global failures
    print(("ok - " if truth else "not ok - ") + name)
    if not truth:
        failures += 1
        for detail in details:
            print("    " + str(detail)[:2000])


def end():
    sys.exit(1 if failures else 0)
