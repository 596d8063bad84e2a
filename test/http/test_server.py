#!/usr/bin/env python3
"""What the server does with whatever arrives on a socket.

    test_server.py ECHO_SERVER [unittest arguments]

Starts test/http/echo_server.c on free ports and talks to it in raw bytes.
"""
import concurrent.futures
import gzip
import hashlib
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = None
# Sanitizers make everything slower; waiting longer costs nothing when all is well.
PATIENCE = 60


class Server:
    """A running echo server."""

    def __init__(self, *args, db=True):
        self.folder = tempfile.TemporaryDirectory()
        self.journal_path = os.path.join(self.folder.name, "journal")
        self.db_path = os.path.join(self.folder.name, "echo.db")
        command = [PROGRAM, *args] + (["--db", self.db_path] if db else [])
        with open(self.journal_path, "wb") as journal:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=journal)
        line = self.process.stdout.readline()
        self.port = int(line) if line.strip() else None

    def journal(self):
        with open(self.journal_path, encoding="utf-8") as file:
            return file.read()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(PATIENCE)
        self.process.stdout.close()
        journal = self.journal()
        self.folder.cleanup()
        return code, journal

    def connect(self):
        sock = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return sock

    def raw(self, data):
        """Sends bytes, reads until the server closes or stays silent for a while."""
        with self.connect() as sock:
            try:
                sock.sendall(data)
            except OSError:
                pass
            return read_answer(sock, has_body=not data.startswith(b"HEAD "))

    def ask(self, path, method="GET", headers=(), body=b"", version="HTTP/1.1"):
        lines = [f"{method} {path} {version}", "Host: here"]
        lines += [f"{name}: {value}" for name, value in headers]
        return self.raw("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

    def code(self, path, **args):
        return self.ask(path, **args).code


class Answer:
    def __init__(self, data, closed):
        self.data, self.closed = data, closed
        head, _, self.body = data.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        match = re.match(r"HTTP/1\.1 (\d+) ", lines[0])
        self.code = int(match.group(1)) if match else None
        self.headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(": ")
            assert name.lower() not in self.headers, f"{name} twice"
            self.headers[name.lower()] = value

    def __getitem__(self, name):
        return self.headers.get(name.lower())

    def text(self):
        return self.body.decode()

    def runs(self):
        return int(re.search(r"^run (\d+)$", self.text(), re.M).group(1))


def is_whole(data, has_body):
    head, blank, body = data.partition(b"\r\n\r\n")
    length = re.search(rb"\r\nContent-Length: (\d+)", head)
    if not blank or not length:
        return False
    return not has_body or b" 304 " in head[:20] or len(body) >= int(length.group(1))


def read_answer(sock, has_body=True, wait=PATIENCE):
    """Until the answer is whole, then a moment longer to see whether more comes or it closes; as long
    as it takes when it says that it will."""
    data, closed = b"", False
    sock.settimeout(wait)
    while True:
        try:
            piece = sock.recv(1 << 16)
        except socket.timeout:
            break
        except ConnectionResetError:
            closed = True
            break
        if not piece:
            closed = True
            break
        data += piece
        if is_whole(data, has_body):
            will_close = b"\r\nconnection: close" in data.partition(b"\r\n\r\n")[0].lower()
            sock.settimeout(wait if will_close else 0.05)
    return Answer(data, closed)


def seconds_until_cut(sock, bytes_to_drip, limit):
    """Sends a byte each 0.2 s until the server closes."""
    began = time.monotonic()
    sock.settimeout(0.2)
    while time.monotonic() - began < limit:
        try:
            if bytes_to_drip:
                sock.send(bytes_to_drip[:1])
                bytes_to_drip = bytes_to_drip[1:]
            if sock.recv(1) == b"":
                break
        except socket.timeout:
            continue
        except OSError:
            break
    return time.monotonic() - began


class Shared(unittest.TestCase):
    """One server for all the tests of a class."""

    arguments = ()

    @classmethod
    def setUpClass(cls):
        cls.server = Server(*cls.arguments)

    @classmethod
    def tearDownClass(cls):
        code, journal = cls.server.stop()
        assert code == 0, f"the server ended with {code}:\n{journal[-4000:]}"
        assert "Sanitizer" not in journal and "runtime error" not in journal, journal[-8000:]

    def raw(self, data):
        return self.server.raw(data)

    def ask(self, path, **args):
        return self.server.ask(path, **args)


class Answers(Shared):
    def test_every_answer_has_its_policies(self):
        for path in "/", "/absent", "/nowhere", "/panne", "/style.css", "/ailleurs", "/echo/%ff":
            answer = self.ask(path)
            self.assertEqual(
                answer["Content-Security-Policy"],
                "default-src 'self'; object-src 'none'; base-uri 'none'; "
                "form-action 'self'; frame-ancestors 'none'",
            )
            self.assertEqual(answer["X-Content-Type-Options"], "nosniff")
            self.assertEqual(answer["Referrer-Policy"], "strict-origin-when-cross-origin")
            self.assertEqual(answer["Cross-Origin-Opener-Policy"], "same-origin")
            self.assertIsNotNone(answer["Permissions-Policy"])
            self.assertIsNotNone(answer["Date"])
            self.assertIsNone(answer["Server"])

    def test_a_page_may_have_its_own_policy(self):
        self.assertEqual(self.ask("/policy")["Content-Security-Policy"], "sandbox")

    def test_pages_are_asked_for_again_and_files_of_the_program_are_not(self):
        self.assertEqual(self.ask("/")["Cache-Control"], "no-cache")
        self.assertEqual(self.ask("/")["Vary"], "Accept-Encoding")
        self.assertEqual(
            self.ask("/style.css")["Cache-Control"], "public, max-age=31536000, immutable"
        )
        self.assertEqual(self.ask("/panne")["Cache-Control"], "private, no-store")

    def test_failures_have_their_codes(self):
        for path, code in {
            "/absent": 404, "/nowhere": 404, "/invalide": 422, "/panne": 500,
            "/ecrit": 500, "/noter": 405,
        }.items():
            answer = self.ask(path)
            self.assertEqual(answer.code, code, path)
            self.assertIsNone(answer["ETag"])
            self.assertRegex(answer["X-Request-Id"], "^[0-9a-f]{16}$")
            self.assertNotIn(b"what was written", answer.body)
        self.assertEqual(self.ask("/api/panne")["Content-Type"], "application/problem+json")

    def test_a_redirection_holds_no_raw_character(self):
        answer = self.ask("/ailleurs")
        self.assertEqual(answer.code, 303)
        self.assertEqual(answer["Location"], "/%C3%A9cho/%C3%A0%20lire")

    def test_a_slash_at_the_end_goes(self):
        for path, location in {
            "/echo/a/": "/echo/a", "/echo/a//": "/echo/a", "/echo/%C3%A9/?q=a%20b&page=2":
            "/echo/%C3%A9?q=a%20b&page=2",
        }.items():
            answer = self.ask(path)
            self.assertEqual((answer.code, answer["Location"]), (301, location))
        for path in "//evil.example/", "/%2Fevil.example/", "///", "//":
            self.assertEqual(self.ask(path).code, 404, path)
        self.assertEqual(self.ask("/%5Cevil.example/")["Location"], "/%5Cevil.example")

    def test_earlier_addresses_lead_on(self):
        answer = self.ask("/node/3610")
        self.assertEqual((answer.code, answer["Location"]), (301, "/echo/filieres"))

    def test_head_is_get_without_its_body(self):
        for path in "/", "/page", "/absent", "/gros", "/style.css":
            get, head = self.ask(path), self.ask(path, method="HEAD")
            self.assertEqual(head.code, get.code)
            self.assertEqual(head.body, b"")
            self.assertEqual(int(head["Content-Length"]), len(get.body))
            for name in "ETag", "Content-Type", "Cache-Control", "Vary":
                self.assertEqual(head[name], get[name])

    def test_three_megabytes_arrive_whole(self):
        answer = self.ask("/gros")
        self.assertGreater(len(answer.body), 3 << 20)
        self.assertEqual(len(answer.body), int(answer["Content-Length"]))
        packed = self.ask("/gros", headers=[("Accept-Encoding", "gzip")])
        self.assertEqual(gzip.decompress(packed.body), answer.body)

    def test_parameters_arrive_decoded(self):
        text = self.ask("/echo/caf%C3%A9?q=l%27eau+%26+le%20feu&q=&x").text()
        for line in "path /echo/café", "raw /echo/caf%C3%A9", "param name=café", \
                "query q=l'eau & le feu", "query q=", "query x=":
            self.assertIn(line + "\n", text)

    def test_an_absolute_target_is_a_path(self):
        self.assertIn("path /echo/a\n", self.ask("http://other.example/echo/a").text())

    def test_requests_follow_one_another(self):
        with self.server.connect() as sock:
            for i in range(50):
                sock.sendall(b"GET /echo/%d HTTP/1.1\r\nHost: a\r\n\r\n" % i)
                self.assertIn(f"param name={i}\n", read_answer(sock).text())

    def test_requests_sent_at_once_are_answered_in_order(self):
        with self.server.connect() as sock:
            sock.sendall(b"".join(b"GET /echo/p%d HTTP/1.1\r\nHost: a\r\n\r\n" % i
                                  for i in range(20)))
            data = b""
            while data.count(b"param name=p") < 20:
                data += sock.recv(65536)
        names = re.findall(rb"param name=p(\d+)", data)
        self.assertEqual([int(n) for n in names], list(range(20)))


class Encodings(Shared):
    def packed(self, accept):
        answer = self.ask("/page", headers=[("Accept-Encoding", accept)])
        self.assertEqual(answer.code, 200)
        return answer["Content-Encoding"] == "gzip"

    def test_gzip_is_for_those_who_accept_it(self):
        for accept in "gzip", "GZIP", "deflate, gzip", "gzip;q=0.5", "*", "br, *;q=0.1", \
                "x-gzip", "gzip ; q=1.000", "identity;q=0.5, gzip;q=0.5":
            self.assertTrue(self.packed(accept), accept)
        for accept in "", "identity", "gzip;q=0", "gzip;q=0.000", "*;q=0", "gzip;q=0, *", "br", \
                "gzipx", "gzip;q=2", "gzip;q=x", "identity, gzip;q=0.5":
            self.assertFalse(self.packed(accept), accept)

    def test_without_the_header_bytes_are_plain(self):
        self.assertIsNone(self.ask("/page")["Content-Encoding"])

    def test_small_ones_stay_plain(self):
        answer = self.ask("/", headers=[("Accept-Encoding", "gzip")])
        self.assertIsNone(answer["Content-Encoding"])

    def test_the_tag_is_of_the_bytes_sent(self):
        plain = self.ask("/page")
        packed = self.ask("/page", headers=[("Accept-Encoding", "gzip")])
        self.assertRegex(plain["ETag"], '^"[0-9a-f]{32}"$')
        self.assertNotEqual(plain["ETag"], packed["ETag"])
        self.assertEqual(gzip.decompress(packed.body), plain.body)

    def test_what_has_not_changed_is_not_sent(self):
        for encoding in "identity", "gzip":
            accept = ("Accept-Encoding", encoding)
            first = self.ask("/page", headers=[accept])
            tag = first["ETag"]
            for given in tag, f"W/{tag}", f'"x", {tag}', f'"x",W/{tag} , "y"', "*":
                for method in "GET", "HEAD":
                    answer = self.ask("/page", method=method,
                                      headers=[accept, ("If-None-Match", given)])
                    self.assertEqual(answer.code, 304, given)
                    self.assertEqual(answer.body, b"")
                    for name in "ETag", "Cache-Control", "Vary", "Content-Length", \
                            "Content-Encoding":
                        self.assertEqual(answer[name], first[name])
            for given in '"x"', tag.strip('"'), f'W/"x"', "":
                answer = self.ask("/page", headers=[accept, ("If-None-Match", given)])
                self.assertEqual(answer.code, 200, given)

    def test_a_tag_of_the_other_encoding_does_not_do(self):
        tag = self.ask("/page")["ETag"]
        answer = self.ask("/page", headers=[("Accept-Encoding", "gzip"), ("If-None-Match", tag)])
        self.assertEqual(answer.code, 200)

    def test_a_failure_is_never_unchanged(self):
        self.assertEqual(self.ask("/absent", headers=[("If-None-Match", "*")]).code, 404)


class Kept(Shared):
    def test_a_page_runs_once(self):
        first = self.ask("/echo/once?q=a").runs()
        self.assertEqual(self.ask("/echo/once?q=a").runs(), first)
        self.assertEqual(self.ask("/echo/once?unknown=1&q=a&z").runs(), first)
        self.assertNotEqual(self.ask("/echo/once?q=b").runs(), first)

    def test_known_parameters_make_one_key_in_any_order(self):
        first = self.ask("/echo/order?q=a&page=2").runs()
        self.assertEqual(self.ask("/echo/order?page=2&q=a").runs(), first)
        self.assertEqual(self.ask("/echo/%6Frder?page=2&q=%61").runs(), first)

    def test_repeated_values_keep_their_order(self):
        first = self.ask("/echo/repeat?q=a&q=b").runs()
        self.assertNotEqual(self.ask("/echo/repeat?q=b&q=a").runs(), first)

    def test_what_may_not_be_kept_runs_again(self):
        self.assertNotEqual(self.ask("/jamais").runs(), self.ask("/jamais").runs())

    def test_it_is_fresh_until_its_moment(self):
        first = self.ask("/bref").runs()
        time.sleep(2.5)
        self.assertNotEqual(self.ask("/bref").runs(), first)

    def test_a_change_makes_it_run_again(self):
        first = self.ask("/echo/change").runs()
        origin = [("Origin", "http://echo.example"), ("Content-Length", "0")]
        self.assertEqual(self.ask("/noter", method="POST", headers=origin).code, 200)
        second = self.ask("/echo/change").runs()
        self.assertNotEqual(second, first)
        self.assertEqual(self.ask("/echo/change").runs(), second)


class Sessions(Shared):
    def ask_as(self, session, path, **args):
        headers = [("Cookie", f"halle={session}")] + args.pop("headers", [])
        return self.ask(path, headers=headers, **args)

    def session(self, *cookies):
        text = self.ask("/moi", headers=[("Cookie", c) for c in cookies]).text()
        return re.search(r"^session (.*)$", text, re.M).group(1)

    def test_the_first_cookie_of_the_name_counts(self):
        for cookies in ["halle=m7"], ["a=b; halle=m7"], ["a=b;halle=m7;c=d"], ["a=b", "halle=m7"], \
                ["halle=m7; halle=e8"], ["halle=m7", "halle=e8"], ["halle2=x; xhalle=y; halle=m7"], \
                ["=; ;; =x; halle; halle=m7"], ["\t halle=m7 \t; a"]:
            self.assertEqual(self.session(*cookies), "m7", cookies)
        for cookies in [], [""], ["halle"], ["halle="], ["halle=m 7"], ['halle="m7"'], ["Halle=m7"], \
                ["halle=m7,a"], ["halle=m.7"], ["halle=é"], ["halle =m7"], ["halle=!; halle=m7"], \
                ["halle=", "halle=m7"], ["__Host-halle=m7"], ["halle=" + "a" * 129]:
            self.assertEqual(self.session(*cookies), "none", cookies)
        self.assertEqual(self.session("halle=" + "a" * 128), "a" * 128)

    def test_a_cookie_of_eight_kilobytes_does_no_harm(self):
        self.assertEqual(self.session("halle=" + "a" * 8192), "none")
        self.assertEqual(self.session("a=" + "b" * 8192 + "; halle=m7"), "m7")
        self.assertEqual(self.session("a=b;" * 300 + "halle=m7"), "m7")
        self.assertEqual(self.session(*["a=b"] * 100, "halle=m7"), "m7")
        # libmicrohttpd cuts cookies out too: more than some 400 do not fit its memory.
        for cookie in "a=" + "b" * 40000, "a=b;" * 2048:
            answer = self.raw(f"GET /moi HTTP/1.1\r\nHost: a\r\nCookie: {cookie}\r\n\r\n".encode())
            self.assertIn(answer.code, (413, 431))
            self.assertTrue(answer.closed)

    def test_who_asks_is_known(self):
        for session, who in {"s5": "person 5 level 0", "m7": "person 7 level 1",
                             "a9": "person 9 level 3", "xyz": "person 0 level 0"}.items():
            self.assertIn(who + "\n", self.ask_as(session, "/moi").text())
        self.assertEqual(self.ask_as("panne", "/moi").code, 500)

    def test_an_answer_to_a_session_is_for_it_alone(self):
        for session in "m7", "s5", "unknown":
            for path in "/", "/page", "/echo/alone", "/moi", "/absent", "/nowhere", "/ailleurs":
                answer = self.ask_as(session, path, headers=[("Accept-Encoding", "gzip")])
                self.assertEqual(answer["Cache-Control"], "private, no-store", path)
                self.assertIsNone(answer["ETag"])
                self.assertIsNone(answer["Content-Encoding"])
        tag = self.ask("/page")["ETag"]
        self.assertEqual(self.ask_as("m7", "/page", headers=[("If-None-Match", tag)]).code, 200)

    def test_what_was_kept_for_all_is_not_given_to_a_session(self):
        first = self.ask("/moi")
        self.assertEqual(self.ask("/moi").runs(), first.runs())
        for session in "m7", "unknown":
            self.assertNotEqual(self.ask_as(session, "/moi").runs(), first.runs())
        self.assertEqual(self.ask("/moi").runs(), first.runs())

    def test_what_was_made_for_a_session_is_given_to_no_other(self):
        self.server.process.send_signal(signal.SIGUSR1)
        time.sleep(0.2)
        seen = {self.ask_as(s, "/moi").runs() for s in ("m7", "m7", "e8", "unknown")}
        self.assertEqual(len(seen), 4)
        answer = self.ask("/moi")
        self.assertNotIn(answer.runs(), seen)
        self.assertIn("session none\naddress 127.0.0.1\n", answer.text())
        self.assertIn("person 0 level 0\n", answer.text())

    def test_a_file_of_the_program_is_the_same_for_all(self):
        answer = self.ask_as("m7", "/style.css")
        self.assertEqual(answer["Cache-Control"], "public, max-age=31536000, immutable")
        self.assertEqual(answer["ETag"], self.ask("/style.css")["ETag"])

    def test_what_sets_a_cookie_is_not_kept(self):
        first, second = self.ask("/cookie"), self.ask("/cookie")
        self.assertEqual(first["Set-Cookie"], "halle=m7; HttpOnly; SameSite=Lax; Path=/")
        self.assertEqual(first["Cache-Control"], "private, no-store")
        self.assertIsNone(first["ETag"])
        self.assertNotEqual(first.runs(), second.runs())

    def test_nobody_is_sent_to_sign_in(self):
        for path in "/compte", "/espace", "/gestion", "/reglages":
            for headers in [], [("Cookie", "halle=unknown")]:
                answer = self.ask(path, headers=headers)
                self.assertEqual((answer.code, answer["Location"]), (303, "/connexion"), path)
        for session, codes in {"s5": (200, 403, 403, 403), "m7": (200, 200, 403, 403),
                               "e8": (200, 200, 200, 403), "a9": (200, 200, 200, 200)}.items():
            self.assertEqual(tuple(self.ask_as(session, p).code for p in (
                "/compte", "/espace", "/gestion", "/reglages")), codes, session)

    def test_a_form_needs_its_origin_before_anything(self):
        for session, origin, code in ("m7", "http://echo.example", 200), ("unknown", "http://echo.example", 303), \
                ("m7", "http://evil.example", 403), ("unknown", "http://evil.example", 403), \
                ("panne", "http://evil.example", 403), ("panne", "http://echo.example", 500):
            answer = self.ask_as(session, "/compte", method="POST", headers=[
                ("Origin", origin), ("Content-Length", "0")])
            self.assertEqual(answer.code, code, (session, origin))
            self.assertEqual(answer["Cache-Control"], "private, no-store")

    def test_the_agent_is_cut_or_left_out(self):
        def agent(value):
            text = self.ask("/moi", headers=[("User-Agent", value), ("Cookie", "halle=x")]).text()
            return re.search(r"^agent (.*)$", text, re.M).group(1)

        self.assertEqual(agent("Mozilla/5.0 (été)"), "Mozilla/5.0 (été)")
        self.assertEqual(agent("a" * 201), "a" * 200)
        self.assertEqual(agent("a" * 199 + "é"), "a" * 199)
        self.assertEqual(agent("a" * 198 + "é"), "a" * 198 + "é")
        self.assertEqual(agent("a\tb"), "none")
        self.assertEqual(agent(""), "none")
        answer = self.raw(b"GET /moi HTTP/1.1\r\nHost: a\r\nCookie: halle=x\r\n"
                          b"User-Agent: a\xe9\r\n\r\n")
        self.assertIn(b"\nagent none\n", answer.body)

    def test_the_range_arrives(self):
        text = self.ask("/moi", headers=[("Range", "bytes=0-1"), ("Cookie", "halle=x")]).text()
        self.assertIn("\nrange bytes=0-1\n", text)


class SecureSessions(Shared):
    arguments = ("--public", "https://echo.example")

    def test_the_cookie_is_bound_to_its_host(self):
        for cookie, session in ("__Host-halle=m7", "m7"), ("halle=m7", "none"):
            self.assertIn(f"session {session}\n",
                          self.ask("/moi", headers=[("Cookie", cookie)]).text())


class Told(Shared):
    def test_a_change_told_by_the_watcher_makes_it_run_again(self):
        first = self.ask("/echo/told").runs()
        self.server.process.send_signal(signal.SIGUSR1)
        time.sleep(0.2)
        self.assertNotEqual(self.ask("/echo/told").runs(), first)


class Writes(Shared):
    def post(self, headers, body=b"a=b", length=None):
        length = len(body) if length is None else length
        return self.ask("/noter", method="POST", body=body, headers=[
            ("Content-Type", "application/x-www-form-urlencoded"), ("Content-Length", length),
            *headers])

    def test_a_form_of_this_site_is_taken(self):
        for headers in [("Origin", "http://echo.example")], [("Sec-Fetch-Site", "same-origin")], \
                [("Origin", "http://echo.example"), ("Sec-Fetch-Site", "same-origin")]:
            if isinstance(headers[0], str):
                headers = [headers]
            answer = self.post(headers, b"a=b+c&d=%C3%A9%0D%0A")
            self.assertEqual(answer.code, 200)
            self.assertIn("form a=b c\nform d=é\n", answer.text())
            self.assertEqual(answer["Cache-Control"], "private, no-store")
            self.assertIsNone(answer["ETag"])

    def test_a_form_of_another_is_refused(self):
        for headers in [], [("Origin", "null")], [("Origin", "http://evil.example")], \
                [("Origin", "http://echo.example.evil")], [("Origin", "http://echo.example/")], \
                [("Sec-Fetch-Site", "cross-site")], [("Sec-Fetch-Site", "same-site")], \
                [("Sec-Fetch-Site", "none")], [("Referer", "http://echo.example/")], \
                [("Origin", "http://evil.example"), ("Sec-Fetch-Site", "same-origin")]:
            self.assertEqual(self.post(headers).code, 403, headers)

    def test_two_origins_are_none(self):
        here = ("Origin", "http://echo.example")
        self.assertEqual(self.post([here, here]).code, 400)

    def test_what_nobody_sees_is_left_out_of_a_form(self):
        here = [("Origin", "http://echo.example")]
        for typed, read in (b"b%01%1fc%7f%C2%80d", "bcd"), (b"b%0Bc%0Cd%C2%85e", "b\nc\nd\ne"), \
                (b"b%09c%0D%0Ad%EF%BF%BEe", "b\tc\nde"):
            answer = self.post(here, b"a=" + typed)
            self.assertEqual(answer.code, 200, typed)
            self.assertIn(f"form a={read}\n", answer.text())
        self.assertEqual(self.post(here, b"a%01=b").code, 400)

    def test_a_form_must_be_well_written(self):
        here = [("Origin", "http://echo.example")]
        for body in b"a=%ff", b"a=%00", b"a=%", b"a=\x00", b"\xff":
            self.assertEqual(self.post(here, body).code, 400, body)
        answer = self.ask("/noter", method="POST", body=b"{}", headers=[
            ("Content-Type", "application/json"), ("Content-Length", 2), *here])
        self.assertEqual(answer.code, 415)

    def test_a_large_body_is_refused_before_it_is_sent(self):
        answer = self.post([("Origin", "http://echo.example")], b"", length=(1 << 20) + 1)
        self.assertEqual(answer.code, 413)
        self.assertTrue(answer.closed)
        answer = self.post([("Expect", "100-continue")], b"", length=1 << 40)
        self.assertEqual(answer.code, 413)
        self.assertNotIn(b"100 Continue", answer.data)

    def test_the_largest_body_is_taken(self):
        body = b"a=" + b"x" * ((1 << 20) - 2)
        self.assertEqual(self.post([("Origin", "http://echo.example")], body).code, 200)

    def test_other_methods_are_refused(self):
        for method in "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "get", "BREW":
            for path, allow in ("/", "GET, HEAD"), ("/noter", "POST"):
                answer = self.ask(path, method=method)
                self.assertEqual((answer.code, answer["Allow"]), (405, allow), method)
        answer = self.ask("/", method="POST", headers=[("Content-Length", 0)])
        self.assertEqual((answer.code, answer["Allow"]), (405, "GET, HEAD"))
        answer = self.ask("/noter")
        self.assertEqual((answer.code, answer["Allow"]), (405, "POST"))
        self.assertIn(self.ask("here:80", method="CONNECT").code, (400, 405))


class Refusals(Shared):
    """What is not HTTP as it is written down is refused, and the connection closed."""

    def refused(self, data, *codes, answers=1):
        answer = self.raw(data)
        self.assertIn(answer.code, codes or (400,), data[:200])
        self.assertTrue(answer.closed, data[:200])
        self.assertEqual(answer.data.count(b"HTTP/1.1 "), answers, data[:200])

    def with_lines(self, *lines, first=b"GET / HTTP/1.1", host=b"Host: a"):
        lines = [first] + ([host] if host else []) + list(lines)
        return b"\r\n".join(lines) + b"\r\n\r\n"

    def test_the_host_is_there_once(self):
        self.refused(self.with_lines(host=None))
        self.refused(self.with_lines(b"Host: b"))
        self.refused(self.with_lines(b"host: a"))
        for host in b"", b"a b", b"a/b", b"a@b", b"a,b", b"<a>", b"a\xc3\xa9":
            self.refused(self.with_lines(host=b"Host: " + host))

    def test_an_old_client_needs_no_host(self):
        self.assertEqual(self.raw(b"GET / HTTP/1.0\r\n\r\n").code, 200)
        self.assertEqual(self.raw(self.with_lines(host=b"Host: [::1]:80")).code, 200)

    def test_a_length_is_told_once(self):
        self.refused(self.with_lines(b"Content-Length: 0", b"Content-Length: 0"))
        self.refused(self.with_lines(b"Content-Length: 0", b"content-length: 5"))
        self.refused(self.with_lines(b"Content-Length: 9999999999999999999",
                                     first=b"POST /noter HTTP/1.1"), 413)

    def test_a_length_is_a_number(self):
        # libmicrohttpd 0.9.75 refuses these before we see them, and writes its header twice.
        for length in b"+1", b"-1", b"1,1", b"1 1", b"0x1", b"", b"a", b"1.0":
            self.refused(self.with_lines(b"Content-Length: " + length,
                                         first=b"POST /noter HTTP/1.1"), answers=2)
        self.refused(self.with_lines(b"Content-Length: 99999999999999999999",
                                     first=b"POST /noter HTTP/1.1"), 413, answers=2)

    def test_a_length_of_two_kinds_is_refused(self):
        body = b"0\r\n\r\nGET /echo/smuggled HTTP/1.1\r\nHost: a\r\n\r\n"
        for first in b"POST /noter HTTP/1.1", b"GET / HTTP/1.1":
            for lines in (b"Content-Length: 5", b"Transfer-Encoding: chunked"), \
                    (b"Transfer-Encoding: chunked", b"Content-Length: 5"):
                self.refused(self.with_lines(*lines, first=first) + body)

    def test_a_body_of_unknown_length_is_refused(self):
        for coding in b"chunked", b"gzip, chunked", b"identity", b"x":
            self.refused(self.with_lines(b"Transfer-Encoding: " + coding,
                                         first=b"POST /noter HTTP/1.1") + b"0\r\n\r\n", 411)
        self.refused(self.with_lines(first=b"POST /noter HTTP/1.1"), 411)

    def test_a_get_has_no_body(self):
        self.refused(self.with_lines(b"Content-Length: 5") + b"hello")
        self.refused(self.with_lines(b"Transfer-Encoding: chunked") + b"0\r\n\r\n")

    def test_a_name_is_a_token(self):
        for line in b"X : a", b"X\t: a", b"Host : b", b" X: a", b": a", b"X Y: a", b"X(: a", \
                b"X\x01: a", b"X\xc3\xa9: a", b"no colon", b'"X": a', b"X,Y: a":
            self.refused(self.with_lines(line))
        self.refused(b"GET / HTTP/1.1\r\n X: a\r\nHost: a\r\n\r\n")

    def test_a_value_holds_no_control_character(self):
        for value in b"a\x01b", b"a\x7fb", b"a\x0bb", b"a\rb", b"a\x1b[31m", b"a\x00b", b"\x00", \
                b"a\x00\x00b":
            self.refused(self.with_lines(b"X: " + value))
            self.refused(b"GET / HTTP/1.1\r\nX: " + value + b"\r\nHost: a\r\n\r\n")
        self.assertEqual(self.raw(self.with_lines(b"X: a\tb \xe9")).code, 200)

    def test_a_line_is_not_continued(self):
        for blank in b" ", b"\t":
            self.refused(self.with_lines(b"X: a", blank + b"b"))
            self.refused(self.with_lines(b"X: a", blank + b"b", b"Y: c"))
            self.refused(b"GET / HTTP/1.1\r\nHost: a\r\n" + blank + b"b\r\n\r\n")
            # libmicrohttpd makes "Content-Length: 5" of this one.
            self.refused(self.with_lines(b"Content-Len: 5", blank + b"gth",
                                         first=b"POST /noter HTTP/1.1") + b"hello")

    def test_lines_end_in_two_characters(self):
        self.refused(b"GET / HTTP/1.1\nHost: a\n\n")
        self.refused(b"GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n")
        self.refused(b"GET / HTTP/1.1\r\nHost: a\r\nX: b\n\r\n")
        self.refused(b"GET / HTTP/1.1\r\nHost: a\r\n\n")

    def test_the_first_line_is_three_words(self):
        for line in b"GET  / HTTP/1.1", b"GET /  HTTP/1.1", b"GET / HTTP/1.1 ", b"GET / a HTTP/1.1", \
                b"GET /", b"GET / HTTP/1", b"GET / http/1.1", \
                b"GET /\x00a HTTP/1.1", b"GET HTTP/1.1", b"/ HTTP/1.1", \
                b"G\x00T / HTTP/1.1":
            self.refused(self.with_lines(first=line), 400, 405)
        for line in b"GET", b"GET\t/\tHTTP/1.1", b" GET / HTTP/1.1":
            answer = self.raw(self.with_lines(first=line))
            self.assertEqual((answer.data, answer.closed), (b"", True))

    def test_other_versions_are_refused(self):
        for version in b"HTTP/0.9", b"HTTP/1.2", b"HTTP/2.0", b"HTTP/3.0":
            self.refused(self.with_lines(first=b"GET / " + version), 505)
        self.refused(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505)

    def test_other_protocols_are_refused(self):
        for data in b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", b"SSH-2.0-x\r\n\r\n":
            answer = self.raw(data)
            self.assertIn(answer.code, (None, 400))
            self.assertTrue(answer.closed)

    def test_a_bad_target_is_told_apart(self):
        for target in "/%", "/%4", "/%zz", "/%00", "/%0a", "/%7f", "/%ff", "/%c3", "/%c0%af", \
                "/%ed%a0%80", "/%f4%90%80%80", "/%c2%85", "/?q=%ff", "/?q=%00", "/?%zz", "/?a=%1b", \
                "/#a", "a", "*", "?a", "ftp://a/", "http://", "http:///a", "/é", "/?q=é":
            self.assertEqual(self.ask(target).code, 400, target)

    def test_a_long_target_is_refused(self):
        self.refused(self.with_lines(first=b"GET /" + b"a" * 8192 + b" HTTP/1.1"), 414)
        self.refused(self.with_lines(first=b"GET /" + b"a" * 60000 + b" HTTP/1.1"), 414)
        self.assertEqual(
            self.raw(self.with_lines(first=b"GET /" + b"a" * 8000 + b" HTTP/1.1")).code, 404)
        self.assertEqual(
            self.raw(self.with_lines(first=b"GET /?" + b"a&" * 4000 + b" HTTP/1.1")).code, 200)

    def test_a_large_header_is_refused(self):
        self.refused(self.with_lines(b"X: " + b"a" * 40000), 413, 431)
        self.refused(self.with_lines(*[b"X%d: a" % i for i in range(3000)]), 413, 431)


class Forwarded(Shared):
    arguments = ("--proxy", "127.0.0.1")

    def address_of(self, path, *values):
        self.ask(path, headers=[("X-Forwarded-For", v) for v in values])
        time.sleep(0.1)
        line = [x for x in self.server.journal().splitlines() if path in x][-1]
        return line.split()[2]

    def test_the_last_address_is_believed(self):
        self.assertEqual(self.address_of("/f1", "192.0.2.1"), "192.0.2.1")
        self.assertEqual(self.address_of("/f2", "192.0.2.1, 198.51.100.2"), "198.51.100.2")
        self.assertEqual(self.address_of("/f3", "192.0.2.1", "2001:db8::1"), "2001:db8::1")

    def test_a_page_is_told_the_same(self):
        for value, address in ("192.0.2.1, 2001:DB8:0::1", "2001:db8::1"), ("x", "127.0.0.1"):
            text = self.ask("/moi", headers=[("X-Forwarded-For", value), ("Cookie", "halle=x")]).text()
            self.assertIn(f"address {address}\n", text)

    def test_what_is_no_address_is_not(self):
        for i, value in enumerate(["x", "", "192.0.2.1,", "192.0.2.1 x", "1" * 200]):
            self.assertEqual(self.address_of(f"/g{i}", value), "127.0.0.1")


class Files(Shared):
    """Answers that are files, whole and in part."""

    @classmethod
    def setUpClass(cls):
        cls.bytes = bytes(i * i % 251 for i in range(3_000_000))
        with tempfile.NamedTemporaryFile(delete=False) as file:
            file.write(cls.bytes)
        cls.path, cls.arguments = file.name, ("--file", file.name)
        super().setUpClass()

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()
        os.unlink(cls.path)

    def part(self, value, *more, path="/fichier", **args):
        return self.ask(path, headers=[("Range", value), *more], **args)

    def open_files(self):
        return len(os.listdir(f"/proc/{self.server.process.pid}/fd"))

    def test_it_arrives_whole(self):
        answer = self.ask("/fichier", headers=[("Accept-Encoding", "gzip")])
        self.assertEqual((answer.code, answer.body), (200, self.bytes))
        self.assertEqual(answer["Content-Type"], "application/pdf")
        self.assertEqual(answer["ETag"], '"v1"')
        self.assertEqual(answer["Accept-Ranges"], "bytes")
        self.assertEqual(answer["Cache-Control"], "private, no-cache")
        self.assertIsNone(answer["Content-Encoding"])
        self.assertIsNone(answer["Content-Range"])

    def test_a_part_arrives(self):
        n = len(self.bytes)
        for value, first, last in ("bytes=0-0", 0, 0), ("bytes=10-19", 10, 19), (f"bytes=-7", n - 7, n - 1), \
                ("bytes=2999990-", 2999990, n - 1), ("bytes=1000000-99999999", 1000000, n - 1):
            answer = self.part(value)
            self.assertEqual((answer.code, answer.body), (206, self.bytes[first:last + 1]), value)
            self.assertEqual(answer["Content-Range"], f"bytes {first}-{last}/{n}")
            self.assertEqual(int(answer["Content-Length"]), last + 1 - first)

    def test_a_part_that_is_not_there_is_told(self):
        answer = self.part("bytes=3000000-")
        self.assertEqual((answer.code, answer.body), (416, b""))
        self.assertEqual(answer["Content-Range"], "bytes */3000000")

    def test_what_is_no_range_is_the_whole(self):
        for value in "bytes=0-1,5-6", "bytes=5-1", "x", "":
            answer = self.part(value)
            self.assertEqual((answer.code, len(answer.body)), (200, 3_000_000), value)

    def test_a_part_is_of_the_version_the_client_has(self):
        self.assertEqual(self.part("bytes=0-1", ("If-Range", '"v1"')).code, 206)
        for other in '"v0"', 'W/"v1"', "Thu, 26 Nov 2026 15:43:15 GMT":
            self.assertEqual(self.part("bytes=0-1", ("If-Range", other)).code, 200)

    def test_who_has_it_is_not_sent_it(self):
        whole = self.ask("/fichier")
        for headers in [("If-None-Match", '"v1"')], [("If-None-Match", 'W/"v1"')], \
                [("If-None-Match", '"v1"'), ("Range", "bytes=0-1")]:
            for method in "GET", "HEAD":
                answer = self.ask("/fichier", headers=headers, method=method)
                self.assertEqual((answer.code, answer.body), (304, b""))
                for name in "ETag", "Cache-Control", "Content-Length", "Content-Range":
                    self.assertEqual(answer[name], whole[name])
        self.assertEqual(self.ask("/fichier", headers=[("If-None-Match", '"v0"')]).code, 200)
        answer = self.part("bytes=0-1", ("If-None-Match", '"v0"'))
        self.assertEqual((answer.code, len(answer.body)), (200, 3_000_000))

    def test_head_tells_of_it(self):
        answer = self.ask("/fichier", method="HEAD")
        self.assertEqual((answer.code, answer.body, answer["Content-Length"]), (200, b"", "3000000"))
        answer = self.part("bytes=5-9", method="HEAD")
        self.assertEqual((answer.code, answer.body, answer["Content-Length"]), (200, b"", "3000000"))
        self.assertIsNone(answer["Content-Range"])

    def test_the_server_gives_it_no_tag_and_does_not_keep_it(self):
        answer = self.ask("/fichier/nu", headers=[("Accept-Encoding", "gzip")])
        self.assertEqual((answer.code, answer.body), (200, self.bytes))
        self.assertIsNone(answer["ETag"])
        self.assertIsNone(answer["Content-Encoding"])
        self.assertEqual(self.ask("/fichier/nu").body, self.bytes)

    def test_requests_follow_one_another(self):
        with self.server.connect() as sock:
            for i in range(20):
                sock.sendall(b"GET /fichier HTTP/1.1\r\nHost: a\r\nRange: bytes=%d-%d\r\n\r\n" % (i, i + 9))
                self.assertEqual(read_answer(sock).body, self.bytes[i:i + 10])

    def test_it_comes_from_what_is_slow_too(self):
        answer = self.part("bytes=1-3", ("Origin", "http://echo.example"), ("Content-Length", "0"),
                           method="POST")
        self.assertEqual((answer.code, answer.body), (200, self.bytes))

    def test_a_file_that_was_cut_short_ends_the_connection(self):
        answer = self.ask("/fichier/court")
        self.assertTrue(answer.closed)
        self.assertEqual(answer.body, self.bytes)

    def test_no_file_stays_open(self):
        self.assertEqual(self.ask("/").code, 200)
        time.sleep(0.3)
        before = self.open_files()
        for _ in range(20):
            self.assertEqual(self.ask("/fichier/perdu").code, 404)
            self.ask("/fichier", method="HEAD")
            self.ask("/fichier", headers=[("If-None-Match", '"v1"')])
            self.part("bytes=3000000-")
            self.part("bytes=1-2")
            self.ask("/fichier/nu")
            with self.server.connect() as sock:
                sock.sendall(b"GET /fichier HTTP/1.1\r\nHost: a\r\n\r\n")
        time.sleep(0.5)
        self.assertLessEqual(self.open_files(), before + 2)

    def test_bytes_may_have_a_tag_of_their_page(self):
        first = self.ask("/marque", headers=[("Accept-Encoding", "gzip")])
        self.assertEqual(first["ETag"], 'W/"own"')
        self.assertIsNone(first["Content-Encoding"])
        self.assertEqual(self.ask("/marque").runs(), first.runs())
        for given in 'W/"own"', '"own"', '"a", W/"own"', "*":
            self.assertEqual(self.ask("/marque", headers=[("If-None-Match", given)]).code, 304)
        self.assertEqual(self.ask("/marque", headers=[("If-None-Match", '"W/own"')]).code, 200)


class EmptyFiles(Shared):
    arguments = ("--file", "/dev/null")

    def test_an_empty_file_is_one(self):
        for headers, code in ([], 200), ([("Range", "bytes=0-")], 416), ([("Range", "bytes=-5")], 200):
            answer = self.ask("/fichier", headers=headers)
            self.assertEqual((answer.code, answer.body, answer["Content-Length"]), (code, b"", "0"))
        self.assertIsNone(self.ask("/fichier/nu")["ETag"])
        before = len(os.listdir(f"/proc/{self.server.process.pid}/fd"))
        for _ in range(10):
            self.ask("/fichier")
        time.sleep(0.2)
        self.assertLessEqual(len(os.listdir(f"/proc/{self.server.process.pid}/fd")), before + 2)


BOUNDARY = "----halle0123456789"


def multipart(*parts):
    """Of (name, value) and (name, filename, bytes)."""
    body = b""
    for name, *more in parts:
        body += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"'.encode()
        if len(more) == 2:
            body += f'; filename="{more[0]}"\r\nContent-Type: application/pdf'.encode()
        value = more[-1]
        body += b"\r\n\r\n" + (value if isinstance(value, bytes) else value.encode()) + b"\r\n"
    return body + f"--{BOUNDARY}--\r\n".encode()


class Uploads(Shared):
    """Forms with files, and bodies larger than most."""

    def send(self, path, body, *headers, session="m7", origin="http://echo.example", length=None,
             kind=f"multipart/form-data; boundary={BOUNDARY}"):
        return self.ask(path, method="POST", body=body, headers=[
            ("Content-Type", kind), ("Content-Length", len(body) if length is None else length),
            ("Origin", origin), ("Cookie", f"halle={session}"), *headers])

    def head(self, path, length, session="m7"):
        return (f"POST {path} HTTP/1.1\r\nHost: a\r\nOrigin: http://echo.example\r\n"
                f"Cookie: halle={session}\r\nContent-Length: {length}\r\n"
                f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n\r\n").encode()

    def test_fields_and_files_arrive(self):
        data = os.urandom(300_000) + b"\r\n--" + BOUNDARY.encode()[:-1] + b"\0"
        answer = self.send("/poster", multipart(
            ("titre", "L'été\r\nà Rennes"), ("f", "compte rendu é.pdf", data), ("vide", "", b""),
            ("f", "C:\\b.txt", b"")))
        self.assertEqual(answer.code, 200)
        self.assertIn("form titre=L'été\nà Rennes\n", answer.text())
        self.assertIn(f"file f=compte rendu é.pdf {len(data)} {hashlib.sha256(data).hexdigest()}\n",
                      answer.text())
        self.assertIn("file f=b.txt 0 ", answer.text())
        self.assertNotIn("vide", answer.text())

    def test_what_is_badly_written_is_refused(self):
        whole = multipart(("a", "b"))
        for body in b"x", whole[:-5], whole + b"x", b"\r\n" + whole, multipart(("a", b"\xff")), \
                multipart(("a\x1b", "b")), multipart(("a", "f\x07", b"")):
            self.assertEqual(self.send("/poster", body).code, 400, body)
        for kind in "multipart/form-data", "multipart/form-data; boundary=x y", \
                "multipart/form-data; boundary=other":
            self.assertEqual(self.send("/poster", whole, kind=kind).code, 400, kind)
        self.assertEqual(self.send("/poster", whole, kind="multipart/mixed; boundary=x").code, 415)

    def test_each_route_has_its_limit(self):
        for path, most in ("/poster", 1 << 20), ("/deposer", 8 << 20):
            body = multipart(("f", "a", b"x" * (most - 200)))
            self.assertEqual(self.send(path, body).code, 200)
            answer = self.send(path, b"", length=most + 1)
            self.assertEqual((answer.code, answer.closed), (413, True))
        plain = b"a=" + b"x" * (5 << 20)
        answer = self.send("/deposer", plain, kind="application/x-www-form-urlencoded")
        self.assertEqual((answer.code, len(answer.body)), (200, len(plain) + len("run 1\nform \n")
                                                           + len(str(answer.runs())) - 1))

    def test_who_may_not_send_much_is_told_before(self):
        for session, origin, code in ("unknown", "http://echo.example", 303), \
                ("m7", "http://evil.example", 403), ("unknown", "http://evil.example", 403), \
                ("panne", "http://echo.example", 500):
            answer = self.send("/deposer", b"", session=session, origin=origin, length=5 << 20)
            self.assertEqual((answer.code, answer.closed), (code, True), (session, origin))
        self.assertEqual(self.send("/deposer/lent", b"", length=5 << 20).code, 403)
        answer = self.send("/deposer", b"", ("Expect", "100-continue"), session="unknown",
                           length=5 << 20)
        self.assertNotIn(b"100 Continue", answer.data)
        answer = self.send("/deposer", multipart(("a", "b")), session="unknown")
        self.assertEqual((answer.code, answer["Location"]), (303, "/connexion"))

    def test_four_large_bodies_are_on_their_way_at_once(self):
        body = multipart(("f", "a", b"x" * (2 << 20)))
        socks = [self.server.connect() for _ in range(5)]
        for sock in socks:
            sock.sendall(self.head("/deposer", len(body)) + body[:1000])
            time.sleep(0.05)
        answer = read_answer(socks[4])
        self.assertEqual((answer.code, answer["Retry-After"], answer.closed), (503, "10", True))
        # Those of everyday size are not concerned.
        self.assertEqual(self.send("/deposer", multipart(("a", "b"))).code, 200)
        socks[0].close()
        time.sleep(0.3)
        self.assertEqual(self.send("/deposer", body).code, 200)
        for sock in socks[1:4]:
            sock.sendall(body[1000:])
            self.assertEqual(read_answer(sock).code, 200)
            sock.close()
        socks[4].close()
        for _ in range(6):
            self.assertEqual(self.send("/deposer", body).code, 200)

    def test_a_large_body_goes_where_it_is_slow(self):
        data = os.urandom(5 << 20)
        answer = self.send("/deposer/lent", multipart(("f", "a.bin", data), ("t", "é")), session="e8")
        self.assertEqual(answer.code, 200)
        self.assertIn(hashlib.sha256(data).hexdigest(), answer.text())
        self.assertIn("form t=é\n", answer.text())

    def test_a_client_that_leaves_amid_a_body_does_no_harm(self):
        for _ in range(12):
            with self.server.connect() as sock:
                sock.sendall(self.head("/deposer", 5 << 20) + b"x" * 100_000)
            time.sleep(0.05)
        time.sleep(0.3)
        self.assertEqual(self.send("/deposer", multipart(("f", "a", b"x" * (2 << 20)))).code, 200)

    def test_large_bodies_follow_one_another(self):
        body = multipart(("f", "a", b"x" * (7 << 20)))
        with self.server.connect() as sock:
            for _ in range(3):
                sock.settimeout(PATIENCE)
                sock.sendall(self.head("/deposer", len(body)) + body)
                self.assertEqual(read_answer(sock).code, 200)


class OtherProxy(Shared):
    arguments = ("--proxy", "192.0.2.99")

    def test_another_than_the_proxy_is_not_believed(self):
        text = self.ask("/moi", headers=[("X-Forwarded-For", "192.0.2.1"), ("Cookie", "halle=x")]).text()
        self.assertIn("address 127.0.0.1\n", text)


class Slow(Shared):
    """What takes long has its own threads; 127.0.0.1 is a proxy here, that tells of many visitors."""

    arguments = ("--proxy", "127.0.0.1", "--workers", "1", "--header", "2", "--body", "2",
                 "--idle", "3")

    def post(self, path="/dort", ms=500, visitor="192.0.2.1", origin="http://echo.example",
             headers=(), body=None):
        body = f"ms={ms}".encode() if body is None else body
        return self.ask(path, method="POST", body=body, headers=[
            ("Content-Type", "application/x-www-form-urlencoded"), ("Content-Length", len(body)),
            ("Origin", origin), ("X-Forwarded-For", visitor), *headers])

    def many(self, n, visitor, **args):
        """So many at once; each with its visitor. Codes, and the seconds each took."""
        def one(i):
            began = time.monotonic()
            return self.post(visitor=visitor(i), **args), time.monotonic() - began
        with concurrent.futures.ThreadPoolExecutor(n) as pool:
            return list(pool.map(one, range(n)))

    def test_reads_go_on(self):
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            posts = [pool.submit(self.post, ms=3000) for _ in range(2)]
            for _ in range(5):
                time.sleep(0.05)
                self.assertEqual(self.ask("/jamais").code, 200)
            self.assertFalse(any(p.done() for p in posts))
            self.assertEqual([p.result().code for p in posts], [200, 200])

    def test_the_page_is_told_all(self):
        answer = self.post("/dort", ms=1, headers=[("Cookie", "halle=m7"), ("User-Agent", "x")])
        self.assertEqual(answer.code, 200)
        for line in "session m7", "address 192.0.2.1", "agent x", "person 7 level 1":
            self.assertIn(line + "\n", answer.text())
        self.assertEqual(answer["Cache-Control"], "private, no-store")
        self.assertEqual(self.post("/dort/compte", ms=1)["Location"], "/connexion")
        self.assertEqual(self.post("/dort", body=b"a=%ff").code, 400)
        self.assertEqual(self.post("/dort?%ff").code, 400)
        self.assertEqual(self.ask("/dort").code, 405)

    def test_what_it_changes_is_seen_by_the_next(self):
        first = self.ask("/echo/lente").runs()
        self.assertIn("form a=b\n", self.post("/note/lente", body=b"a=b").text())
        self.assertNotEqual(self.ask("/echo/lente").runs(), first)

    def test_a_form_of_another_does_not_enter(self):
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            posts = [pool.submit(self.post, ms=3000) for _ in range(8)]
            time.sleep(0.3)
            self.assertEqual(self.post(origin="http://evil.example", ms=1).code, 403)
            self.assertFalse(any(p.done() for p in posts))
            self.assertEqual([p.result().code for p in posts], [200] * 8)

    def full_for(self, visitors, other):
        answers = self.many(9, lambda i: visitors[i % len(visitors)], ms=800)
        self.assertEqual(sorted(a.code for a, _ in answers), [200] * 8 + [503])
        refused, took = next((a, t) for a, t in answers if a.code == 503)
        self.assertEqual(refused["Retry-After"], "10")
        self.assertLess(took, 0.75)
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            posts = [pool.submit(self.post, ms=800, visitor=visitors[0]) for _ in range(8)]
            time.sleep(0.2)
            self.assertEqual(self.post(visitor=visitors[0], ms=1).code, 503)
            self.assertEqual(self.post(visitor=other, ms=1).code, 200)
            self.assertEqual([p.result().code for p in posts], [200] * 8)

    def test_a_visitor_has_eight_at_once(self):
        self.full_for(["192.0.2.8"], "192.0.2.9")

    def test_a_visitor_with_a_network_has_eight_too(self):
        self.full_for([f"2001:db8::{i}" for i in range(1, 10)], "2001:db8:0:1::1")

    def test_sixty_four_enter_and_none_waits_for_ever(self):
        ms = 20000 // 64 * min(os.cpu_count(), 32)  # 64 would take twenty seconds, ten is the limit
        answers = self.many(70, lambda i: f"198.51.100.{i}", ms=ms)
        at_once = [t for a, t in answers if a.code == 503 and t < 2]
        late = [t for a, t in answers if a.code == 503 and t >= 2]
        done = [t for a, t in answers if a.code == 200]
        self.assertEqual(len(at_once), 6)
        self.assertEqual(len(done) + len(late), 64)
        self.assertGreater(len(late), 8)
        self.assertGreater(len(done), 16)
        self.assertLess(max(late), 11.5 + ms / 1000)
        self.assertGreater(min(late), 9.5)

    def test_nobody_is_cut_while_it_works(self):
        answer = self.post(ms=5000)
        self.assertEqual(answer.code, 200)
        self.assertIn("address 192.0.2.1\n", answer.text())

    def test_requests_behind_it_wait_their_turn(self):
        slow = (b"POST /dort HTTP/1.1\r\nHost: a\r\nOrigin: http://echo.example\r\nContent-Length: 6"
                b"\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nms=300")
        with self.server.connect() as sock:
            sock.sendall(slow + b"GET /echo/behind HTTP/1.1\r\nHost: a\r\n\r\n" + slow)
            data = b""
            while data.count(b"\nperson 0") < 2:
                data += sock.recv(65536)
        self.assertEqual(re.findall(rb"^path (.*)$", data, re.M), [b"/dort", b"/echo/behind", b"/dort"])

    def test_a_client_that_leaves_does_no_harm(self):
        request = (b"POST /dort HTTP/1.1\r\nHost: a\r\nOrigin: http://echo.example\r\nContent-Length: 6"
                   b"\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nms=200")
        for _ in range(3):
            for linger in b"", b"\1\0\0\0\0\0\0\0":
                for _ in range(4):
                    with self.server.connect() as sock:
                        sock.sendall(request)
                        if linger:  # closed by a reset
                            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                time.sleep(0.1)
            time.sleep(8 * 0.2 / os.cpu_count() + 0.3)
        # None of them has kept its place.
        answers = self.many(8, lambda i: "127.0.0.1", ms=1)
        self.assertEqual([a.code for a, _ in answers], [200] * 8)


class SlowStop(unittest.TestCase):
    def stop_under(self, ms, n):
        server = Server("--proxy", "127.0.0.1")
        body = f"ms={ms}".encode()

        def post(i):
            return server.ask("/dort", method="POST", body=body, headers=[
                ("Content-Type", "application/x-www-form-urlencoded"), ("Content-Length", len(body)),
                ("Origin", "http://echo.example"), ("X-Forwarded-For", f"192.0.2.{i}")]).code

        with concurrent.futures.ThreadPoolExecutor(n) as pool:
            posts = [pool.submit(post, i) for i in range(n)]
            time.sleep(0.4)
            began = time.monotonic()
            server.process.send_signal(signal.SIGTERM)
            codes = [p.result() for p in posts]
            self.assertEqual(server.process.wait(PATIENCE), 0)
        took = time.monotonic() - began
        _, journal = server.stop()
        self.assertNotIn("Sanitizer", journal)
        return codes, took

    def test_what_waits_is_finished_when_there_is_time(self):
        codes, took = self.stop_under(100, 20)
        self.assertEqual(codes, [200] * 20)
        self.assertLess(took, 4)

    def test_what_waits_is_told_when_there_is_none(self):
        codes, took = self.stop_under(3000, 60)
        self.assertEqual(set(codes), {200, 503})
        self.assertGreaterEqual(codes.count(503), 20)
        self.assertLess(took, 11)


class Journal(Shared):
    def line_of(self, mark):
        for _ in range(50):
            lines = [x for x in self.server.journal().splitlines() if mark in x]
            if lines:
                return lines[-1]
            time.sleep(0.02)
        self.fail(f"no line with {mark}")

    def test_a_request_is_a_line(self):
        self.ask("/echo/journal?q=secret", headers=[("X-Forwarded-For", "192.0.2.7")])
        line = self.line_of("/echo/journal")
        self.assertRegex(line, r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ [0-9a-f]{16} 127\.0\.0\.1 GET "
                               r"/echo/journal 200 \d+ \d+$")
        self.assertNotIn("secret", self.server.journal())

    def test_a_failure_is_found_by_its_number(self):
        answer = self.ask("/panne")
        self.assertIn(f" {answer['X-Request-Id']} ", self.line_of("/panne"))

    def test_a_path_cannot_forge_a_line(self):
        self.raw(b'GET /forge\x1b[2J"\\\x7f\xe9 HTTP/1.1\r\nHost: a\r\n\r\n')
        self.assertIn(r"/forge\x1b[2J\x22\x5c\x7f\xe9 400 ", self.line_of("/forge"))

    def test_a_long_path_leaves_the_line_whole(self):
        self.ask("/long" + "a" * 7000)
        self.assertRegex(self.line_of("/long"), r"a+ 404 \d+ \d+$")


class Deadlines(Shared):
    arguments = ("--header", "2", "--body", "2", "--idle", "3")

    def cut(self, sock, data, at_least, at_most):
        took = seconds_until_cut(sock, data, at_most + 5)
        self.assertLessEqual(took, at_most)
        self.assertGreaterEqual(took, at_least)

    def test_a_client_that_drips_its_header_is_cut(self):
        with self.server.connect() as sock:
            sock.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nX: ")
            self.cut(sock, b"a" * 1000, 1.5, 4)

    def test_a_client_that_drips_its_first_line_is_cut(self):
        with self.server.connect() as sock:
            self.cut(sock, b"GET /" + b"a" * 1000, 1.5, 4)

    def test_a_client_that_says_nothing_is_cut(self):
        with self.server.connect() as sock:
            self.cut(sock, b"", 1.5, 4)

    def test_the_next_request_has_its_deadline_too(self):
        for drip in b"GET /" + b"a" * 1000, b"\r\n" * 500:
            with self.server.connect() as sock:
                sock.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                self.assertEqual(read_answer(sock).code, 200)
                self.cut(sock, drip, 1.5, 7)

    def test_a_client_that_drips_its_body_is_cut(self):
        with self.server.connect() as sock:
            sock.sendall(b"POST /noter HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n")
            self.cut(sock, b"a" * 1000, 1.5, 4)

    def test_a_large_body_has_more_time(self):
        head = (b"POST /deposer HTTP/1.1\r\nHost: a\r\nOrigin: http://echo.example\r\n"
                b"Cookie: halle=m7\r\nContent-Length: %d\r\n\r\n" % ((1 << 20) + (128 << 10)))
        with self.server.connect() as sock:
            sock.sendall(head)
            self.cut(sock, b"a" * 1000, 3.5, 6)

    def test_a_connection_may_rest_between_requests(self):
        with self.server.connect() as sock:
            for _ in range(3):
                sock.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                self.assertEqual(read_answer(sock).code, 200)
                time.sleep(1.8)

    def test_an_idle_connection_is_cut(self):
        with self.server.connect() as sock:
            sock.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            read_answer(sock)
            self.cut(sock, b"", 2, 6)

    def test_a_slow_page_is_not_cut(self):
        with self.server.connect() as sock:
            for _ in range(3):
                sock.sendall(b"GET /lent HTTP/1.1\r\nHost: a\r\n\r\n")
                self.assertEqual(read_answer(sock).code, 200)


class OneWorker(Shared):
    arguments = ("--header", "2", "--workers", "1")

    def test_nobody_is_cut_for_the_slow_page_of_another(self):
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            codes = [f.result().code for f in [pool.submit(self.ask, "/lent") for _ in range(6)]]
        self.assertEqual(codes, [200] * 6)


class Limits(unittest.TestCase):
    def count_served(self, server, n):
        socks, served = [], 0
        for _ in range(n):
            sock = server.connect()
            socks.append(sock)
            try:
                sock.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                sock.settimeout(1)
                served += sock.recv(12) == b"HTTP/1.1 200"
            except OSError:
                pass
        for sock in socks:
            sock.close()
        return served

    def test_one_address_has_so_many_connections(self):
        server = Server("--per-address", "5", db=False)
        self.assertEqual(self.count_served(server, 8), 5)
        server.stop()

    def test_a_proxy_has_as_many_as_it_needs(self):
        server = Server("--per-address", "5", "--proxy", "127.0.0.1", db=False)
        self.assertEqual(self.count_served(server, 8), 8)
        server.stop()

    def test_there_are_so_many_connections_in_all(self):
        server = Server("--connections", "6", "--workers", "2", db=False)
        self.assertLessEqual(self.count_served(server, 12), 6)
        time.sleep(0.3)
        self.assertEqual(server.code("/"), 200)
        server.stop()

    def test_a_thousand_connections_fit_the_limit_on_files(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if hard < 4096:
            self.skipTest("too few descriptors here")
        resource.setrlimit(resource.RLIMIT_NOFILE, (300, hard))
        server = Server("--proxy", "127.0.0.1", db=False)
        resource.setrlimit(resource.RLIMIT_NOFILE, (4096, hard))
        # Workers share connections as they come: not each has its part at 800.
        self.assertGreater(self.count_served(server, 600), 590)
        server.stop()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


class StartAndStop(unittest.TestCase):
    def refused(self, *words, **_):
        result = subprocess.run([PROGRAM, *words], capture_output=True, text=True,
                                timeout=PATIENCE, check=False)
        self.assertEqual(result.returncode, 3)
        self.assertEqual(result.stdout, "")
        self.assertEqual(result.stderr.count("\n"), 1, result.stderr)
        return result.stderr

    def test_a_port_taken_is_told_in_one_line(self):
        server = Server(db=False)
        where = f"127.0.0.1:{server.port}"
        self.assertEqual(self.refused("--listen", where),
                         f"halle: cannot listen on '{where}': Address already in use\n")
        server.stop()

    def test_what_is_no_address_is_told_in_one_line(self):
        for where in "", "127.0.0.1", "8080", ":8080", "localhost:80", "127.0.0.1:", "[::1]", \
                "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:80x", "::1:80", "[::1:80", \
                "127.0.0.256:80", "[127.0.0.1]:80", "x" * 300 + ":80", "[]:80":
            said = self.refused("--listen", where)
            self.assertIn("not an address and a port", said)
        self.assertIn("cannot listen", self.refused("--listen", "192.0.2.1:0"))
        self.assertIn("is not the address of a proxy", self.refused("--proxy", "here"))

    def test_it_speaks_ipv6(self):
        if not socket.has_ipv6:
            self.skipTest("no IPv6 here")
        try:
            with socket.socket(socket.AF_INET6) as sock:
                sock.bind(("::1", 0))
        except OSError:
            self.skipTest("no IPv6 here")
        server = Server("--listen", "[::1]:0", db=False)
        with socket.create_connection(("::1", server.port), PATIENCE) as sock:
            sock.sendall(b"GET / HTTP/1.1\r\nHost: [::1]\r\n\r\n")
            self.assertEqual(read_answer(sock).code, 200)
        _, journal = server.stop()
        self.assertIn(" ::1 GET / 200 ", journal)

    def test_it_starts_again_at_once_on_the_same_port(self):
        server = Server(db=False)
        port = server.port
        self.assertEqual(server.code("/"), 200)
        server.stop()
        server = Server("--listen", f"127.0.0.1:{port}", db=False)
        self.assertEqual(server.code("/"), 200)
        server.stop()

    def test_answers_under_way_are_finished(self):
        server = Server()
        with concurrent.futures.ThreadPoolExecutor() as pool:
            asked = pool.submit(server.ask, "/lent")
            time.sleep(0.5)
            began = time.monotonic()
            server.process.send_signal(signal.SIGTERM)
            self.assertEqual(asked.result().code, 200)
        self.assertEqual(server.process.wait(PATIENCE), 0)
        self.assertLess(time.monotonic() - began, 4)
        server.stop()

    def test_a_client_that_drips_does_not_hold_it_up_for_ever(self):
        server = Server(db=False)
        with server.connect() as sock:
            sock.sendall(b"GET / HTTP/1.1\r\nHost:")
            time.sleep(0.3)
            began = time.monotonic()
            self.assertEqual(server.stop()[0], 0)
            self.assertLess(time.monotonic() - began, 8)

    def test_resting_connections_do_not_hold_it_up(self):
        server = Server(db=False)
        with server.connect() as sock:
            sock.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            read_answer(sock)
            began = time.monotonic()
            self.assertEqual(server.stop()[0], 0)
            self.assertLess(time.monotonic() - began, 2)


class ManyAtOnce(Shared):
    # What its clients leave behind counts until a worker has looked at it.
    arguments = ("--per-address", "500")

    def ask_many(self, i):
        path = ["/", "/page", "/gros", f"/echo/{i}", "/jamais", "/absent"][i % 6]
        accept = [("Accept-Encoding", "gzip")] if i % 2 else []
        answer = self.ask(path, headers=accept)
        expected = 404 if path == "/absent" else 200
        return None if answer.code == expected else (path, answer.code, answer.body[:80])

    def test_threads_do_not_mix_their_answers(self):
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            notes = [pool.submit(self.ask, "/noter", method="POST", headers=[
                ("Origin", "http://echo.example"), ("Content-Length", 0)]) for _ in range(20)]
            wrong = [x for x in pool.map(self.ask_many, range(400)) if x]
            self.assertEqual(wrong, [])
            self.assertTrue(all(n.result().code == 200 for n in notes))

    def test_a_client_that_leaves_does_no_harm(self):
        for data in b"", b"GET", b"GET / HTTP/1.1\r\n", b"GET /gros HTTP/1.1\r\nHost: a\r\n\r\n", \
                b"POST /noter HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc":
            for _ in range(20):
                with self.server.connect() as sock:
                    sock.sendall(data)
        self.assertEqual(self.ask("/").code, 200)


class Lines(unittest.TextTestResult):
    """A line for each test, "ok - …" or "not ok - …"."""

    def addSuccess(self, test):
        print(f"ok - {test.id().split('.')[-1]}", flush=True)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        print(f"not ok - {test.id().split('.')[-1]}", flush=True)

    def addError(self, test, err):
        super().addError(test, err)
        print(f"not ok - {test.id().split('.')[-1]}", flush=True)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err:
            print(f"not ok - {subtest}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    PROGRAM = sys.argv.pop(1)
    unittest.main(testRunner=unittest.TextTestRunner(resultclass=Lines))
