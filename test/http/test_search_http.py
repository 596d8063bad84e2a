#!/usr/bin/env python3
"""What the search answers over HTTP, to good and to bad questions alike.

    test_search_http.py HALLE

Starts the real program on the demonstration and asks it in raw bytes. A bad question has a clear
400 (or 414, 431 when the server itself will not read it), never 500, and the server goes on.
"""
import html
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

halle = os.path.abspath(sys.argv[1])
here = os.path.dirname(os.path.abspath(__file__))
failures = 0
port = 0

LIST, API, SUGGEST = "/ressources", "/api/v1/resources", "/api/v1/suggest"


def check(truth, name, detail=""):
    global failures
    failures += not truth
    print(("ok - " if truth else "not ok - ") + name + (f": {str(detail)[:300]}" if not truth else ""))
    return truth


class Answer:
    def __init__(self, code, media, body):
        self.code, self.media, self.body = code, media, body
        self.text = body.decode("utf-8", "replace")

    def json(self):
        return json.loads(self.body)


def ask(target):
    """In raw bytes: no library may tidy up what is asked."""
    target = target if isinstance(target, bytes) else target.encode()
    with socket.create_connection(("127.0.0.1", port), timeout=30) as sock:
        try:
            sock.sendall(b"GET " + target + b" HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
        except OSError:  # it answered before it had read all
            pass
        data = b""
        try:
            while more := sock.recv(1 << 16):
                data += more
        except ConnectionResetError:
            pass
    head, _, body = data.partition(b"\r\n\r\n")
    code = re.match(rb"HTTP/1\.1 (\d+)", head)
    media = re.search(rb"(?i)\r\ncontent-type: *([^\r;]*)", head)
    return Answer(int(code.group(1)) if code else 0, media.group(1).decode() if media else "", body)


def quote(text):
    return urllib.parse.quote(text, safe="")


# ---- questions that are no mistake ------------------------------------------------------


def check_good():
    words = {
        "5,000 words within a line": None,
        "punctuation alone": "?!,;:.()[]{}«»…—",
        "quotation marks that do not close": '"marchés publics',
        "a quotation mark alone": '"',
        "empty quotation marks": '""',
        "a hyphen alone": "-",
        "an excluded word alone": "-coopération",
        "stars": "* ** a* ab* abc*",
        "markup": "<script>alert(1)</script> & \"'",
        "patterns of SQL": "%' OR 1=1 -- _",
        "blanks of all widths": " \u00a0\u202f\u3000 ",
        "characters that take no place": "\u200b\u00ad\u2060",
        "another script": "合作社 кооператив تعاونية",
        "signs beyond the first plane": "🚲 𝔠𝔬𝔬𝔭",
        "accents without letters": "\u0301\u0301\u0301",
        "one long word": "a" * 500,
    }
    for name, q in words.items():
        q = " ".join("abcdefgh"[i % 8] for i in range(250)) if q is None else q
        for path in (LIST, API, SUGGEST):
            answer = ask(f"{path}?q={quote(q)}")
            check(answer.code == 200, f"{path}: {name}", answer.code)
            check(path != LIST or "<script>alert" not in answer.text,
                  f"{path}: {name}, nothing of it is markup")
    for query in ("kind=rien-de-tel", "keyword=rien", "year=1066", "collection=rien", "offset=2147483647"):
        answer = ask(f"{API}?{query}")
        check(answer.code == 200 and answer.json()["items"] == [], f"{API}?{query} finds nothing",
              answer.code)
    for query in ("type=rien-de-tel", "annee=1066", "page=100000", "page=", "type=&type=", "tri=", "q="):
        check(ask(f"{LIST}?{query}").code == 200, f"{LIST}?{query} is a good question")
    check(ask(f"{LIST}?q=a&q=b&inconnu={quote('é' * 100)}").code == 200,
          "of a word that repeats the first counts, and what is unknown is passed over")


# ---- questions that are ---------------------------------------------------------------------


def check_refused(target, name, codes=(400,)):
    answer = ask(target)
    good = check(answer.code in codes, name, f"{answer.code} {answer.text[:200]}")
    if not answer.media:  # above 32 KiB the HTTP library answers by itself
        check(len(target) > 32768, name + ", answered by us", answer.body)
    elif good and target.startswith("/api/" if isinstance(target, str) else b"/api/"):
        good = check(answer.media == "application/problem+json" and answer.json()["status"] == answer.code,
                     name + ", told to a program", answer.media)
    elif good and answer.media == "text/html":
        check("<h1" in answer.text and 'name="q"' in answer.text, name + ", told to a person")
    return answer


def check_bad():
    unread = (414, 431)
    for path in (LIST, API, SUGGEST):
        check_refused(f"{path}?q={'a' * 512}", f"{path}: 512 bytes of words")
        check_refused(f"{path}?q={quote('é' * 256)}", f"{path}: 256 letters of two bytes")
        check_refused(f"{path}?q={'+'.join('mot%d' % i for i in range(800))}", f"{path}: 800 words")
        check_refused(f"{path}?q={'a' * 102400}", f"{path}: 100 KB of words", unread)
        check_refused(f"{path}?q={'a+' * 5000}", f"{path}: 5,000 words", unread)
        check_refused(f"{path}?q=a%00b", f"{path}: a NUL")
        check_refused(f"{path}?q=%ff", f"{path}: a byte that is not UTF-8")
        check_refused(f"{path}?q=%c3", f"{path}: half a character")
        check_refused(f"{path}?q=%ed%a0%80", f"{path}: half a pair")
        check_refused(f"{path}?q=%zz", f"{path}: a percent sign that says nothing")
        check_refused(f"{path}?q=%", f"{path}: a percent sign at the end")
        check_refused(path.encode() + b"?q=\xc3\x28", f"{path}: raw bytes that are not UTF-8")
    for page in ("-1", "0", "999999999999", "1e3", "99999999999999999999999", "0x1", "%20", "1.5", "deux"):
        check_refused(f"{LIST}?page={page}", f"page={page}")
    check_refused(f"{LIST}?type={'a' * 10240}", "a kind of 10 KB", unread)
    check_refused(f"{API}?kind={'a' * 10240}", "a kind of 10 KB, asked by a program", unread)
    for query in ("acces=secret", "annee=deux", "type=..%2f", f"type={'a' * 8000}", "tri=hasard",
                  f"mot={quote('é')}", "&".join(f"type=genre-{i}" for i in range(100))):
        check_refused(f"{LIST}?{query}", f"{LIST}?{query[:40]}")
    for query in ("limit=0", "limit=-1", "limit=101", "offset=-1", f"kind={'a' * 8000}", "access=secret",
                  "&".join(f"category=sorte-{i}" for i in range(100))):
        check_refused(f"{API}?{query}", f"{API}?{query[:40]}")


def check_typed_is_kept():
    typed = "régie de quartier & <habitat> " * 20
    answer = ask(f"{LIST}?q={quote(typed)}")
    box = re.search(r'<input id="q"[^>]*value="([^"]*)"', answer.text)
    check(answer.code == 400 and box and html.unescape(box.group(1)).strip() == typed.strip(),
          "a search that is too long stays in the box", box and box.group(1)[:200])
    check("trop longue" in answer.text, "and it is told why")
    check(re.search(r'maxlength="(\d+)"', ask(LIST).text).group(1) == "250"
          and ask(f"{LIST}?q={quote('é' * 250)}").code == 200, "what the box takes is never too long")


# ---- what is found ---------------------------------------------------------------------------


def check_snippets():
    answer = ask(f"{API}?q={quote('coopérative')}&limit=100").json()
    check(answer["total"] > 3, "the demonstration has cooperatives", answer["total"])
    snippets = [s for item in answer["items"] for s in item["snippets"]]
    check(any("<mark>" in s for s in snippets), "a passage has what was found marked")
    bare = [s for s in snippets if re.search(r"<(?!/?mark>)", s) or s.count("<mark>") != s.count("</mark>")]
    check(not bare, "passages hold text and <mark> alone", bare[:1])
    check(all(len(i["snippets"]) <= 2 for i in answer["items"]), "two passages at most")
    check(all(i["snippets"] == [] for i in ask(API).json()["items"]), "without words, no passage")
    page = ask(f"{LIST}?q={quote('coopérative')}").text
    check("<mark>" in page, "the list shows them")


def check_suggestions():
    empty = ask(SUGGEST)
    check(empty.code == 200 and empty.json() == {"items": []}, "nothing typed, nothing suggested", empty.text)
    check(ask(SUGGEST + "?q=%20%20").json() == {"items": []}, "blanks alone neither")
    found = ask(SUGGEST + "?q=coop").json()["items"]
    check(0 < len(found) <= 8, "what begins alike is suggested", found)
    for item in found:
        check(ask(item["url"]).code == 200, f"{item['kind']} leads to {item['url']}")
        lists = item["kind"] not in ("resource", "organisation")
        check(item["url"].startswith("/ressources?") == lists, f"{item['kind']} leads where it should")
    check(ask(SUGGEST + "?q=coop&limit=1&x=y").body == ask(SUGGEST + "?q=coop").body,
          "no other parameter counts")
    check(ask(SUGGEST + "?q=zzzzzz").json() == {"items": []}, "nothing begins so")


# ---- a server to ask --------------------------------------------------------------------------


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(process):
    for _ in range(1200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/sante", timeout=5).read()
            return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.05)
    sys.exit("not ok - the server answers")


with tempfile.TemporaryDirectory() as folder:
    content = os.path.join(here, "../../content/demonstration.jsonl")
    subprocess.run([halle, "import", "jsonl", content, "--relative", "--data", folder],
                   check=True, stdout=subprocess.DEVNULL)
    port = free_port()
    server = subprocess.Popen([halle, "serve", "--data", folder, "--listen", f"127.0.0.1:{port}"],
                              stderr=subprocess.DEVNULL)
    try:
        wait_for(server)
        check_good()
        check_bad()
        check_typed_is_kept()
        check_snippets()
        check_suggestions()
        check(ask("/sante").code == 200, "the server goes on")
    finally:
        server.send_signal(signal.SIGTERM)
        stopped = server.wait(timeout=60)
check(stopped == 0, "the server stopped when asked", stopped)
sys.exit(1 if failures else 0)
