"""The commands as an administrator meets them: usage, data folders, failures of the system."""
import json
import os
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.request

from kit import HALLE, ROOT, case, check, halle, main, one_line


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Serving:
    """`halle serve` on a free port, stopped at the end."""

    def __init__(self, folder, *words):
        self.port = free_port()
        self.process = subprocess.Popen(
            [HALLE, "serve", "--data", folder, "--listen", f"127.0.0.1:{self.port}", *words],
            stderr=subprocess.PIPE,
        )

    def __enter__(self):
        for _ in range(1200):
            if self.process.poll() is not None:
                raise AssertionError(self.process.stderr.read())
            try:
                self.get("/sante")
                return self
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the server does not answer")

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=60) as answer:
            return answer.read().decode()

    def __exit__(self, *unused):
        self.process.send_signal(signal.SIGTERM)
        self.code = self.process.wait(timeout=60)
        self.err = self.process.stderr.read().decode()
        self.process.stderr.close()


@case
def help_and_version_are_told(folder):
    check("serve" in halle("help").out, "help")
    check("--listen" in halle("help", "serve").out, "help serve")
    check("site_name" in halle("help", "settings").out, "help settings")
    check(halle("version").out.startswith("halle "), "version")
    check(halle("--version").code == 0 and halle("--help").code == 0, "dashes")


@case
def wrong_usage_is_2_and_one_line(folder):
    for words in (["dance"], ["import"], ["import", "csv2", "x"], ["export", "pdf"],
                  ["serve", "--colour"], ["serve", "--listen"], ["search"],
                  ["search", "x", "--as", "king"], ["help", "dance"], ["setting", "drop"],
                  ["import", "undo", "one"], ["serve", "--workers", "many"],
                  ["serve", "--public", "exemple.fr"], ["import", "jsonl", "x", "--report", "pdf"]):
        one_line(halle(*words, data=None if words[0] == "help" else folder), 2)


@case
def settings_are_set_and_listed(folder):
    check(halle("setting", "set", "site_name", "Réseau d’essai", data=folder).code == 0, "set")
    check("site_name = Réseau d’essai" in halle("setting", "list", data=folder).out, "list")
    one_line(halle("setting", "set", "no_such", "x", data=folder), 1)


@case
def a_folder_that_is_a_file_is_3(folder):
    path = folder + "/file"
    open(path, "w").close()
    one_line(halle("migrate", data=path), 3)


@case
def an_absent_folder_is_told(folder):
    one_line(halle("export", "jsonl", data=folder + "/absent"), 3)
    one_line(halle("search", "x", data=folder), 3)


@case
def a_corrupt_database_is_3(folder):
    with open(folder + "/halle.db", "wb") as f:
        f.write(os.urandom(8192))
    one_line(halle("serve", "--listen", "127.0.0.1:0", data=folder), 3)
    one_line(halle("import", "jsonl", "-", data=folder), 3)


@case
def a_newer_database_is_refused(folder):
    check(halle("migrate", data=folder).code == 0, "migrate")
    subprocess.run(["sqlite3", folder + "/halle.db",
                    "INSERT INTO schema_version VALUES (9999, 'tomorrow', 0)"], check=True)
    result = halle("export", "jsonl", data=folder)
    one_line(result, 1)
    check("newer halle" in result.err, result)


@case
def a_full_disk_is_3_and_loses_nothing(folder):
    check(halle("import", "jsonl", "-", data=folder,
                stdin=b'{"type":"collection","slug":"c","title":"C"}\n').code == 0, "first")
    before = halle("export", "jsonl", data=folder).out
    many = b"".join(b'{"type":"collection","slug":"c%d","title":"%s"}\n' % (i, b"x" * 400)
                    for i in range(5000))
    result = halle("import", "jsonl", "-", data=folder, stdin=many, limits="ulimit -f 600")
    check(result.code == 3 and "halle: " in result.err, result)
    check(halle("export", "jsonl", data=folder).out == before, "changed")


@case
def an_export_that_cannot_be_written_is_3(folder):
    check(halle("migrate", data=folder).code == 0, "migrate")
    one_line(halle("export", "jsonl", "--to", folder + "/no/such/place", data=folder), 3)
    with open("/dev/full", "w") as full:
        process = subprocess.run([HALLE, "export", "jsonl", "--data", folder], stdout=full,
                                 stderr=subprocess.PIPE)
    check(process.returncode == 3 and b"halle: " in process.stderr, process)


@case
def a_reader_who_has_read_enough_is_no_error(folder):
    check(halle("migrate", data=folder).code == 0, "migrate")
    reading, writing = os.pipe()
    os.close(reading)
    process = subprocess.run([HALLE, "search", "--data", folder, "marché"], stdout=writing,
                             stderr=subprocess.PIPE)
    os.close(writing)
    check(process.returncode == 0 and not process.stderr, process)


@case
def a_backup_is_restored_elsewhere(folder):
    one, two, copy = folder + "/one", folder + "/two", folder + "/copy"
    halle("import", "jsonl", "-", data=one,
          stdin=b'{"type":"collection","slug":"c","title":"C"}\n')
    check(halle("backup", copy, data=one).code == 0, "backup")
    one_line(halle("backup", copy, data=one), 1)
    check(halle("restore", copy, data=two).code == 0, "restore")
    check(halle("export", "jsonl", data=two).out == halle("export", "jsonl", data=one).out, "same")
    check(halle("check", data=two).code == 0, "check")
    one_line(halle("restore", copy, data=two), 1)
    with open(folder + "/noise", "wb") as f:
        f.write(os.urandom(5000))
    one_line(halle("restore", folder + "/noise", data=folder + "/three"), 1)
    check(not os.path.exists(folder + "/three/halle.db"), "a folder was left behind")


@case
def a_database_of_any_version_before_is_brought_up_to_date(folder):
    migrations = sorted(os.listdir(os.path.join(ROOT, "sql/sqlite")))
    check(len(migrations) > 3, migrations)
    for n in range(1, len(migrations)):
        data = f"{folder}/{n}"
        os.mkdir(data)
        with sqlite3.connect(data + "/halle.db") as db:
            db.execute("CREATE TABLE schema_version (number INTEGER PRIMARY KEY, name TEXT NOT"
                       " NULL, applied_at BIGINT NOT NULL)")
            for number, name in enumerate(migrations[:n], 1):
                with open(os.path.join(ROOT, "sql/sqlite", name)) as f:
                    db.executescript(f.read())
                db.execute("INSERT INTO schema_version VALUES (?, ?, 1)", (number, name))
            db.execute("INSERT INTO term (id, vocabulary, slug, label)"
                       " VALUES (1, 'kind', 'guide', 'Guide')")
            db.execute("INSERT INTO resource (slug, kind_id, title, visibility, status,"
                       " modified_at) VALUES ('avant', 1, 'Avant', 'public', 'published', 1)")
            db.execute("INSERT INTO link (owner, owner_id, position, role, label)"
                       " VALUES ('resource', 1, 0, 'report', 'Perdu')")
        db.close()
        text = halle("export", "jsonl", data=data)
        check(text.code == 0 and '"avant"' in text.out and '"Perdu"' in text.out, (n, text))
        check(str(len(migrations)) in halle("migrate", data=data).out, (n, "migrate"))
        check(halle("check", data=data).code == 0, (n, "check"))


@case
def documents_are_kept_listed_backed_up_and_checked(folder):
    one, two, copy = folder + "/one", folder + "/two", folder + "/copy"
    halle("import", "jsonl", "-", data=one, stdin=(
        b'{"type":"resource","slug":"guide","kind":"Guide","title":"G","visibility":"members",'
        b'"status":"published"}\n'))
    document = folder + "/Mon guide \u00e9.pdf"
    with open(document, "wb") as f:
        f.write(b"%PDF-1.4 " + os.urandom(200000))
    one_line(halle("file", "add", "nulle-part", document, data=one), 1)
    one_line(halle("file", "add", "guide", folder + "/absent", data=one), 1)
    one_line(halle("file", "add", "guide", document, "--role", "x", data=one), 2)
    check("files" not in os.listdir(one), "something was kept")
    added = halle("file", "add", "guide", document, "--label", "Le guide", data=one)
    check(added.code == 0 and added.out.endswith("/Mon guide \u00e9.pdf\n"), added)
    number = added.out.split("/")[2]
    check(number in halle("file", "list", data=one).out, "list")
    check('"file":"' + number in halle("export", "jsonl", data=one).out, "export")
    check(halle("backup", copy, data=one).code == 0 and halle("restore", copy, data=two).code == 0,
          "backup and restore")
    for data in (one, two):
        check(halle("check", data=data).code == 0, "check")
    kept = [os.path.join(path, name) for path, _, names in os.walk(two + "/files")
            for name in names]
    check(len(kept) == 1, kept)
    with open(kept[0], "r+b") as f:
        f.write(b"x")
    damaged = halle("check", data=two)
    check(damaged.code == 1 and "Mon guide" in damaged.err, damaged)
    check(halle("file", "remove", number, data=one).code == 0, "remove")
    one_line(halle("file", "remove", number, data=one), 1)
    check('"file":"' not in halle("export", "jsonl", data=one).out, "the link is gone")
    check(not [n for _, _, names in os.walk(one + "/files") for n in names], "contents are gone")


@case
def a_port_in_use_is_3(folder):
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        s.listen()
        result = halle("serve", "--listen", f"127.0.0.1:{s.getsockname()[1]}", data=folder)
    one_line(result, 3)
    check("in use" in result.err, result)


@case
def the_server_stops_when_asked_and_says_0(folder):
    with Serving(folder) as server:
        check(server.get("/sante"), "health")
    check(server.code == 0, server.code)
    check("Sanitizer" not in server.err, server.err)


@case
def what_another_process_imports_shows_within_a_second(folder):
    line = ('{"type":"resource","slug":"nouvelle","kind":"Guide","title":"Une nouvelle venue",'
            '"visibility":"public","status":"published"}\n')
    with Serving(folder) as server:
        check("Une nouvelle venue" not in server.get("/ressources"), "before")
        check(halle("import", "jsonl", "-", data=folder, stdin=line.encode()).code == 0, "import")
        for _ in range(40):
            if "Une nouvelle venue" in server.get("/ressources"):
                break
            time.sleep(0.05)
        check("Une nouvelle venue" in server.get("/ressources"), "not seen")
        check('"total":1' in server.get("/api/v1/resources").replace(" ", ""), "api")


@case
def an_address_of_an_earlier_site_leads_to_its_page(folder):
    halle("import", "jsonl", "-", data=folder, stdin=(
        b'{"type":"redirect","path":"/spip.php?article12","target":"/agenda"}\n'
        b'{"type":"redirect","path":"/index.php?id=3&page=a","target":"/collections"}\n'
        b'{"type":"redirect","path":"/node/12","target":"/annuaire"}\n'))
    with Serving(folder) as server:
        for path, word in (("/spip.php?article12", "Agenda"), ("/node/12", "Annuaire"),
                           ("/index.php?id=3&page=a", "Collections")):
            check(f"<h1>{word}" in server.get(path), path)


@case
def search_obeys_who_asks(folder):
    halle("import", "jsonl", "-", data=folder, stdin=(
        '{"type":"resource","slug":"a","kind":"Guide","title":"Marchés publics",'
        '"visibility":"public","status":"published"}\n'
        '{"type":"resource","slug":"b","kind":"Guide","title":"Marchés réservés",'
        '"visibility":"members","status":"published","listed":false}\n'
        '{"type":"resource","slug":"c","kind":"Guide","title":"Marchés en projet",'
        '"visibility":"public","status":"draft"}\n').encode())
    for level, total in (("anonymous", 1), ("member", 2), ("editor", 3)):
        result = halle("search", "marché", "--as", level, "--json", data=folder)
        check(f'"total":{total},' in result.out, result)


def resource(slug, title):
    return ('{"type":"resource","slug":"%s","kind":"Guide","title":"%s",'
            '"visibility":"public","status":"published"}\n' % (slug, title)).encode()


def total(folder, query):
    result = halle("search", query, "--json", data=folder)
    check(result.code == 0, result)
    return json.loads(result.out)["total"]


@case
def the_search_index_is_kept_and_follows_what_came_since(folder):
    kept = os.path.join(folder, "search.index")
    halle("import", "jsonl", "-", data=folder, stdin=resource("a", "Une ancienne"))
    with Serving(folder):
        pass
    check(os.stat(kept).st_mode & 0o777 == 0o600, "readable by others")
    halle("import", "jsonl", "-", data=folder, stdin=resource("b", "Une nouvelle"))
    check(total(folder, "ancienne") == 1 and total(folder, "nouvelle") == 1, "not followed")


@case
def a_damaged_search_index_is_no_index(folder):
    kept = os.path.join(folder, "search.index")
    halle("import", "jsonl", "-", data=folder, stdin=resource("a", "Une ancienne"))
    check(halle("reindex", data=folder).code == 0, "reindex")
    whole = open(kept, "rb").read()
    for damaged in (b"", whole[:-1], whole[:len(whole) // 2], b"halle search",
                    whole[:200] + bytes([whole[200] ^ 1]) + whole[201:]):
        with open(kept, "wb") as file:
            file.write(damaged)
        check(total(folder, "ancienne") == 1, len(damaged))
    os.unlink(kept)
    os.mkdir(kept)
    check(total(folder, "ancienne") == 1, "a folder")


@case
def a_search_index_of_another_time_is_not_believed(folder):
    kept, backup = os.path.join(folder, "search.index"), os.path.join(folder, "backup.db")
    halle("import", "jsonl", "-", data=folder, stdin=resource("a", "Une ancienne"))
    halle("backup", backup, data=folder)
    halle("import", "jsonl", "-", data=folder, stdin=resource("b", "Une nouvelle"))
    halle("reindex", data=folder)
    index = open(kept, "rb").read()
    for ending in ("", "-wal", "-shm"):
        if os.path.exists(os.path.join(folder, "halle.db" + ending)):
            os.unlink(os.path.join(folder, "halle.db" + ending))
    check(halle("restore", backup, data=folder).code == 0, "restore")
    with open(kept, "wb") as file:
        file.write(index)
    halle("import", "jsonl", "-", data=folder, stdin=resource("c", "Une autre"))
    check(total(folder, "nouvelle") == 0 and total(folder, "autre") == 1, "another's index")


main()
