#!/usr/bin/env python3
"""People and organisations from the command line.

    test_users.py HALLE
"""
import os
import pty
import sqlite3
import subprocess

from kit import HALLE, case, check, halle, main, one_line

CAMILLE = ("user", "add", "camille@ville.example", "--name", "Camille de La Tour")
URL = "https://exemple.fr"


def rows(folder, sql):
    with sqlite3.connect(os.path.join(folder, "halle.db")) as db:
        return db.execute(sql).fetchall()


def must(*words, data, **more):
    result = halle(*words, data=data, **more)
    check(result.code == 0 and not result.err, result)
    return result.out


def add_town(folder, *more):
    must("organisation", "add", "ville", "--name", "Ville de Halle", "--kind", "commune", *more,
         data=folder)


@case
def someone_is_added_with_a_function_and_told(folder):
    add_town(folder, "--siren", "217500016", "--member-from", "2026-01-01")
    out = must(*CAMILLE, "--organisation", "ville", "--function", "elected", "--title",
               "Maire", "--manager", "--representative", "--invite", "--public", URL, data=folder)
    check(out == "camille-de-la-tour\n", out)
    check(rows(folder, "SELECT given_name, family_name FROM person") == [("Camille", "de La Tour")],
          "name")
    check(rows(folder, "SELECT kind, title, is_manager, is_representative FROM function")
          == [("elected", "Maire", 1, 1)], "function")
    (to, text), = rows(folder, "SELECT to_address, text FROM mail")
    check(to == "camille@ville.example" and URL + "/mot-de-passe/" in text, text)
    listed = must("user", "list", data=folder)
    check("camille@ville.example\tCamille de La Tour\tinvited" in listed, listed)
    check("elected of ville, manager, representative" in listed, listed)


@case
def what_is_refused_leaves_nothing(folder):
    must(*CAMILLE, data=folder)
    before = rows(folder, "SELECT count(*) FROM person"), rows(folder, "SELECT count(*) FROM audit")
    for words in (
        ("user", "add", "CAMILLE@ville.example", "--name", "Autre"),
        ("user", "add", "x@y.example\r\nBcc: z@y.example", "--name", "X"),
        ("user", "add", "x", "--name", "X"),
        ("user", "add", "x@y.example"),
        ("user", "add", "x@y.example", "--name", "X\nY"),
        ("user", "add", "x@y.example", "--name", "X", "--organisation", "nulle-part"),
        ("user", "add", "x@y.example", "--name", "X", "--manager"),
        ("user", "add", "x@y.example", "--name", "X", "--role", "chef"),
        ("user", "add", "x@y.example", "--name", "X", "--invite"),
        ("user", "add", "x@y.example", "--name", "X", "--invite", "--public", "exemple.fr"),
        ("user", "role", "camille@ville.example", "chef"),
        ("user", "role", "x@y.example", "editor"),
        ("user", "link", "x@y.example", "--public", URL),
        ("user", "link", "camille@ville.example"),
        ("user", "link", "camille@ville.example", "--public", URL, "--minutes", "0"),
        ("user", "block", "x@y.example"),
        ("organisation", "add", "Ville", "--name", "X", "--kind", "commune"),
        ("organisation", "add", "ville", "--name", "X", "--kind", "cirque"),
        ("organisation", "add", "ville", "--kind", "commune"),
        ("organisation", "add", "ville", "--name", "X", "--kind", "commune", "--siren", "217500017"),
        ("organisation", "add", "ville", "--name", "X", "--kind", "commune", "--territory", "x"),
        ("organisation", "add", "ville", "--name", "X", "--kind", "commune", "--member-from",
         "2026-02-30"),
        ("organisation", "add", "ville", "--name", "X", "--kind", "commune", "--member-from",
         "2026-02-01", "--member-to", "2026-01-31"),
        ("organisation", "add", "ville", "--name", "X", "--kind", "commune", "--member-to",
         "2026-01-31"),
    ):
        one_line(halle(*words, data=folder), 1)
    after = rows(folder, "SELECT count(*) FROM person"), rows(folder, "SELECT count(*) FROM audit")
    check(before == after, (before, after))
    check(rows(folder, "SELECT count(*) FROM organisation") == [(0,)], "organisation")
    check(rows(folder, "SELECT count(*) FROM token") == [(0,)], "token")


@case
def a_function_does_not_end_before_it_begins(folder):
    add_town(folder)
    one_line(halle(*CAMILLE, "--organisation", "ville", "--from", "2026-02-01", "--to",
                   "2026-01-01", data=folder), 1)
    one_line(halle(*CAMILLE, "--organisation", "ville", "--function", "chef", data=folder), 1)
    check(rows(folder, "SELECT count(*) FROM person") == [(0,)], "person")


@case
def an_organisation_is_added_once(folder):
    add_town(folder, "--member-from", "2020-01-01", "--member-to", "2020-12-31")
    one_line(halle("organisation", "add", "ville", "--name", "X", "--kind", "commune",
                   data=folder), 1)
    out = must("organisation", "list", data=folder)
    check(out == "ville\tVille de Halle\tcommune\twas a member until 2020-12-31\n", out)


@case
def roles_are_given_and_taken(folder):
    must(*CAMILLE, "--role", "editor", data=folder)
    must("user", "role", "Camille@Ville.example", "administrator", data=folder)
    check(", editor, administrator" in must("user", "list", data=folder), "given")
    must("user", "role", "camille@ville.example", "none", data=folder)
    check("editor" not in must("user", "list", data=folder), "taken")
    actions = [row[0] for row in rows(folder, "SELECT action FROM audit ORDER BY id")]
    check(actions == ["person-added", "role-given", "role-given", "role-taken", "role-taken"],
          actions)


@case
def a_password_comes_from_standard_input(folder):
    must(*CAMILLE, data=folder)
    for bad in (b"", b"court\n", b"motdepasse2026\n", b"camille@ville.example\n", b"x" * 2000):
        one_line(halle("user", "password", "camille@ville.example", data=folder, stdin=bad), 1)
    check(rows(folder, "SELECT password FROM person") == [(None,)], "kept")
    must("user", "password", "camille@ville.example", data=folder, stdin=b"une phrase que je retiens")
    (kept,), = rows(folder, "SELECT password FROM person")
    check(kept.startswith("$argon2id$"), kept)


@case
def a_password_typed_does_not_show(folder):
    must(*CAMILLE, data=folder)
    mine, its = pty.openpty()
    process = subprocess.Popen([HALLE, "user", "password", "camille@ville.example", "--data", folder],
                               stdin=its, stdout=its, stderr=subprocess.PIPE, close_fds=True)
    os.close(its)
    for _ in range(2):
        words = b""
        while not words.endswith(b": "):
            words += process.stderr.read(1)
        os.write(mine, b"une phrase que je retiens\n")
    process.stderr.read()
    check(process.wait(60) == 0, "code")
    try:
        shown = os.read(mine, 4096)
    except OSError:  # nothing was shown, and the other end has gone
        shown = b""
    os.close(mine)
    process.stderr.close()
    check(b"phrase" not in shown, shown)
    check(rows(folder, "SELECT count(*) FROM person WHERE password IS NOT NULL") == [(1,)], "kept")


@case
def who_is_blocked_has_no_link(folder):
    must(*CAMILLE, data=folder)
    must("setting", "set", "public_url", URL, data=folder)
    link = must("user", "link", "camille@ville.example", "--minutes", "5", data=folder)
    check(link.startswith(URL + "/connexion/lien/"), link)
    must("user", "block", "camille@ville.example", data=folder)
    one_line(halle("user", "link", "camille@ville.example", data=folder), 1)
    check(rows(folder, "SELECT count(*) FROM token WHERE expires_at > strftime('%s')") == [(0,)],
          "links are dropped")
    must("user", "unblock", "camille@ville.example", data=folder)
    must("user", "link", "camille@ville.example", data=folder)


@case
def who_has_lost_their_telephone_begins_again(folder):
    must(*CAMILLE, data=folder)
    must("user", "role", "camille@ville.example", "administrator", data=folder)
    with sqlite3.connect(os.path.join(folder, "halle.db")) as db:
        db.execute("UPDATE person SET totp_secret = 'JBSWY3DPEHPK3PXP', totp_since = 1")
        db.execute("INSERT INTO recovery_code SELECT id, 'x' FROM person")
        db.execute("INSERT INTO login_session (hash, person_id, is_whole, made_at, seen_at)"
                   " SELECT 'x', id, 1, 1, 1 FROM person")
    db.close()
    one_line(halle("user", "factor", "camille@ville.example", "now", data=folder), 1)
    must("user", "factor", "camille@ville.example", "none", data=folder)
    check(rows(folder, "SELECT totp_secret, totp_since, (SELECT count(*) FROM recovery_code),"
                       " (SELECT count(*) FROM login_session) FROM person") ==
          [(None, None, 0, 0)], "taken away")


@case
def wrong_usage_is_told(folder):
    for words in (("user",), ("user", "sing"), ("user", "list", "x"), ("user", "role", "x"),
                  ("organisation", "add"), ("organisation",), ("user", "list", "--colour", "red")):
        one_line(halle(*words, data=folder), 2)
    one_line(halle("user", "list", data=os.path.join(folder, "nowhere")), 3)
    one_line(halle("setting", "set", "public_url", "exemple.fr", data=folder), 1)


main()
