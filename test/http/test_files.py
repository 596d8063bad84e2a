"""Documents: given in the back office, opened by whoever may, and by no one else.

    test_files.py HALLE
"""
import os
import re
import sys
import tempfile
import time
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from halle_site import Site, check, day, end  # noqa: E402

PDF = b"%PDF-1.4\n" + bytes(range(256)) * 40


def fill(site):
    def person(slug, organisation):
        return {"type": "person", "slug": slug, "family_name": slug, "functions": [
            {"organisation": organisation, "kind": "officer", "from": "2020-01-01"}]}

    site.put({"type": "organisation", "slug": "ville", "name": "Ville", "kind": "commune",
              "memberships": [{"kind": "full", "from": day(-9), "to": day(9)}]},
             {"type": "organisation", "slug": "ancienne", "name": "Ancienne", "kind": "commune"},
             person("member", "ville"), person("editor", "ancienne"),
             *({"type": "resource", "slug": slug, "kind": "Guide", "title": slug,
                "status": "published", "visibility": visibility}
               for slug, visibility in (("ouverte", "public"), ("reservee", "members"))))
    site.sql("INSERT INTO role SELECT id, 'editor' FROM person WHERE slug = 'editor'")


def multipart(fields, name, content):
    mark = "----limite-de-l-essai"
    parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode()
             for k, v in fields.items()]
    parts.append(f'--{mark}\r\nContent-Disposition: form-data; name="document"; '
                 f'filename="{name}"\r\nContent-Type: text/html\r\n\r\n'.encode() + content + b"\r\n")
    return b"".join(parts) + f"--{mark}--\r\n".encode(), "multipart/form-data; boundary=" + mark


def give(site, slug, name, content, person="editor", **fields):
    body, kind = multipart({"role": "download", "acces": "", "nom": "", **fields}, name, content)
    return site.ask("POST", f"/gestion/ressources/{slug}/document", person, body=body,
                    headers={"Content-Type": kind})


def address_of(site, slug, name, person="editor"):
    page = site.get(f"/ressources/{slug}", person).text
    found = re.findall(r'href="(/fichiers/[0-9a-f]{32}/[^"]*)"', page)
    return next((a for a in found if urllib.parse.unquote(a).endswith("/" + name)), None)


def check_giving(site):
    answer = give(site, "reservee", "Modèle d’acte.pdf", PDF, nom="Le modèle")
    check(answer.code == 303 and answer.headers["location"].startswith(
        "/gestion/ressources/reservee"), "a document is given", answer)
    check("Le modèle" in site.get("/ressources/reservee", "member").text and
          "Le modèle" not in site.get("/ressources/reservee").text,
          "its link is told to those who may read the resource")
    for what, answer in (("nothing chosen", give(site, "ouverte", "", b"")),
                         ("an empty file", give(site, "ouverte", "vide.pdf", b"")),
                         ("a role there is not", give(site, "ouverte", "a.pdf", PDF, role="x"))):
        check(answer.code == 422 and 'class="form-error' in answer.text, f"{what} is refused")
    check(give(site, "ouverte", "a.pdf", PDF, "member").code == 403, "a member gives nothing")
    check(not site.sql("SELECT 1 FROM link WHERE owner_id = (SELECT id FROM resource"
                       " WHERE slug = 'ouverte')"), "what was refused left no link")
    versions = site.sql("SELECT count(*) FROM resource_version")[0][0]
    check(versions == 1, "the state before is kept")


def check_reading(site):
    address = address_of(site, "reservee", "Modèle d’acte.pdf")
    answer = site.get(address, "member")
    check(answer.code == 200 and answer.bytes == PDF, "a member opens it", answer)
    check(answer.headers["content-type"] == "application/pdf" and
          answer.headers["content-disposition"].startswith("inline") and
          "filename*=UTF-8''Mod%C3%A8le" in answer.headers["content-disposition"],
          "as what it is, under its name", answer.headers)
    check(answer.headers["cache-control"] == "private, no-store" and "etag" not in answer.headers
          and "sandbox" in answer.headers["content-security-policy"] and
          answer.headers["x-content-type-options"] == "nosniff",
          "kept by nobody, and harmless", answer.headers)
    absent = site.get("/fichiers/" + "0" * 32 + "/x")
    for who in (None, "editor"):
        closed = site.get(address, who)
        check((closed.code, closed.text) == (absent.code, absent.text) if who is None
              else closed.code == 200, f"asked by {who or 'anyone'}")
    wrong = address.rsplit("/", 1)[0] + "/autre.pdf"
    check(site.get(wrong).code == 404 and site.get(wrong, "member").code == 301,
          "its right name is told to who may open it alone")


def check_parts(site):
    address = address_of(site, "reservee", "Modèle d’acte.pdf")
    for asked, code, part in (("bytes=0-9", 206, PDF[:10]), ("bytes=100-", 206, PDF[100:]),
                              ("bytes=-7", 206, PDF[-7:]), ("bytes=99999-", 416, None),
                              ("bytes=1-2,5-6", 200, PDF), ("rien", 200, PDF)):
        answer = site.get(address, "member", headers={"Range": asked})
        check(answer.code == code and (part is None or answer.bytes == part),
              f"Range: {asked}", answer)
    check(site.get(address, headers={"Range": "bytes=0-9"}).code == 404,
          "no part of it for anyone")
    head = site.ask("HEAD", address, "member")
    check(head.code == 200 and int(head.headers["content-length"]) == len(PDF), "its size alone")


def check_open_one(site):
    give(site, "reservee", "Programme.pdf", PDF, acces="public")
    address = address_of(site, "reservee", "Programme.pdf")
    answer = site.get(address)
    check(answer.code == 200 and answer.bytes == PDF and
          "Programme.pdf" in site.get("/ressources/reservee").text,
          "an open document of a closed resource is for everyone")
    again = site.get(address, headers={"If-None-Match": answer.headers["etag"]})
    check(again.code == 304 and not again.bytes, "who has it is told so")


def check_hostile(site):
    page = b"<script>alert(document.domain)</script>"
    for name, kept in (("../../etc/passwd", "passwd"), ("a\\b\\c.html", "c.html"),
                       ("&lt;img src=x&gt;.svg", None), ("." * 3, "document")):
        answer = give(site, "ouverte", name, page)
        check(answer.code == 303, f"a file called {name} is taken", answer)
        if kept:
            check(address_of(site, "ouverte", kept), f"as {kept}")
    for address in re.findall(r'href="(/fichiers/[^"]*)"', site.get("/ressources/ouverte").text):
        answer = site.get(address)
        check(answer.headers["content-disposition"].startswith("attachment") and
              answer.headers["content-type"] == "application/octet-stream",
              f"{address.rsplit('/')[-1]} is handed over, and not shown")
    answer = site.ask("POST", "/gestion/ressources/ouverte/document", "editor", headers={
        "Content-Length": str(66 << 20), "Content-Type": "multipart/form-data; boundary=x"})
    check(answer.code == 413, "what is too large is refused before it is sent", answer.code)
    mostly = give(site, "ouverte", "grand.pdf", PDF + b"x" * (20 << 20))
    check(mostly.code == 303 and len(site.get(urllib.parse.quote(urllib.parse.unquote(
        address_of(site, "ouverte", "grand.pdf")))).bytes) == len(PDF) + (20 << 20),
        "twenty megabytes go in and come out")


def check_trace(site):
    """Written down within a second or so; reading on leaves no second one."""
    until = time.time() + 20
    rows = []
    while time.time() < until and not rows:
        time.sleep(0.3)
        rows = site.sql("SELECT p.slug, u.subject FROM audit u JOIN person p ON p.id = u.person_id"
                        " WHERE u.action = 'file-opened'")
    check(("member", "file Modèle d’acte.pdf") in rows, "who opened it is in the journal", rows)
    check(all("Programme" not in subject for _, subject in rows), "what is open is not")


def is_traced(site, file, n):
    """Opened n times, and no more once what waits to be written is."""
    def count():
        return site.sql("SELECT count(*) FROM audit WHERE action = 'file-opened' AND subject = ?",
                        "file " + file)[0][0]

    until = time.time() + 20
    while time.time() < until and count() < n:
        time.sleep(0.2)
    time.sleep(1.5)
    return count() == n


def check_trace_of_pieces(site):
    """Whatever piece is asked for first, it is told; what is read on is not told again."""
    for n, asked in enumerate(("bytes=1-", "Bytes=0-", "bytes=00-", "bytes=-9999999", "rien")):
        name = f"Pièce {n}.pdf"
        give(site, "reservee", name, PDF)
        address = address_of(site, "reservee", name)
        site.get(address, "member", headers={"Range": asked})
        check(is_traced(site, name, 1), f"Range: {asked} leaves a trace")
    for _ in range(3):
        site.get(address, "member", headers={"Range": "bytes=5-9"})
    check(is_traced(site, name, 1), "reading on leaves no second one")
    site.get(address, "editor", headers={"Range": "bytes=5-9"})
    check(is_traced(site, name, 2), "another reader leaves their own")
    site.get(address, "member")
    check(is_traced(site, name, 3), "opening the whole again is told again")


def main(folder):
    site = Site(sys.argv[1], folder)
    fill(site)
    for who in ("member", "editor"):
        site.sign_in(who)
    site.start()
    try:
        check_giving(site)
        check_reading(site)
        check_parts(site)
        check_open_one(site)
        check_trace(site)
        check_trace_of_pieces(site)
        check_hostile(site)
    finally:
        check(site.stop() == 0, "the server stopped when asked")


with tempfile.TemporaryDirectory() as temporary:
    main(temporary)
end()
