"""Mail, against a real server (Exim): what arrives is what was meant, and arrives once.

    test_mail.py HALLE
"""
import contextlib
import email
import email.policy
import email.utils
import glob
import os
import signal
import socket
import sqlite3
import stat
import subprocess
import threading
import time
from email.header import decode_header, make_header

from kit import HALLE, case, check, halle, main, one_line
from mail_server import PASSWORD, PATIENCE, Relay, Server, free_port, wait_for

SERVER = Server()
HOME = "https://halle.exemple.fr"
NUMBERS = iter(range(1, 100000))
LEASE = 400  # more than MAIL_LEASE of src/store/mail.h


# ---- the outbox, written and read as the program's own parts would ---------------------------

@contextlib.contextmanager
def database(folder):
    with contextlib.closing(sqlite3.connect(folder + "/halle.db", timeout=20)) as db, db:
        yield db


def queue(folder, to="anne@exemple.fr", name=None, subject="Bonjour", text="Un texte.\n",
          html="<p>Un texte.</p>", unsubscribe=None):
    """Queues a message; returns its Message-ID, by which it is found again."""
    key = f"{os.getpid()}-{next(NUMBERS)}"
    now = int(time.time())
    with database(folder) as db:
        db.execute("INSERT INTO mail (key, to_address, to_name, subject, text, html,"
                   " list_unsubscribe, message_id, made_at, next_at)"
                   " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   (key, to, name, subject, text, html, unsubscribe, f"<{key}@halle.exemple.fr>",
                    now, now))
    return f"<{key}@halle.exemple.fr>"


def kept(folder, message_id):
    """What the outbox says of a message."""
    with database(folder) as db:
        db.row_factory = sqlite3.Row
        return dict(db.execute("SELECT * FROM mail WHERE message_id = ?", (message_id,)).fetchone())


def state(folder, message_id):
    return kept(folder, message_id)["state"]


def time_passes(folder, seconds):
    """For the outbox alone: what was to be later by so much is due now."""
    with database(folder) as db:
        db.execute("UPDATE mail SET next_at = next_at - ?", (seconds,))


def settings(folder, **values):
    for name, value in values.items():
        result = halle("setting", "set", name, value, data=folder)
        check(result.code == 0, result)


def to_server(folder, **more):
    settings(folder, smtp_url=f"smtp://127.0.0.1:{SERVER.port}",
             smtp_ca_file=SERVER.path("good.pem"), **more)


def to_relay(folder, relay):
    """In clear, so that the relay understands what it hands on."""
    settings(folder, smtp_url=f"smtp://127.0.0.1:{relay.port}", smtp_tls="none")


@contextlib.contextmanager
def serving(folder):
    """A server of halle; its standard error is in FOLDER/journal."""
    port = free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("HALLE_")}
    with open(folder + "/journal", "ab") as journal:
        process = subprocess.Popen([HALLE, "serve", "--data", folder, "--public", HOME,
                                    "--listen", f"127.0.0.1:{port}"], stderr=journal,
                                   env=environment)
    try:
        check(wait_for(lambda: is_open(port) or process.poll() is not None), "no server")
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            check(process.wait(timeout=PATIENCE) == 0, open(folder + "/journal").read())
        check("Sanitizer" not in open(folder + "/journal").read(), open(folder + "/journal").read())


def is_open(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
        return True
    except OSError:
        return False


def text_of(message, kind):
    return message.get_body((kind,)).get_content().replace("\r\n", "\n")


# ---- what arrives ----------------------------------------------------------------------------

TEXT = """Bonjour Zoé,

Le rendez-vous « Économie sociale & solidaire » est confirmé : 12 € par personne, œuvres comprises.
.une ligne qui commence par un point
..
From ici, une ligne qui ressemble à un début de message
Une ligne qui finit par un blanc\x20
Un signe = et une tabulation\tici, puis une ligne très longue : """ + "très " * 300 + """

Fin — à bientôt 🎉
"""
HTML = "<!doctype html><p>Bonjour Zoé &amp; Cie, « œuvre » 🎉</p>" + "<p>long</p>" * 200
SUBJECT = "Votre inscription à « Économie sociale & solidaire : où en est-on ? » est confirmée 🎉 – œuvre"
NAME = "Zoé Lefèvre-Saint-Ouen, élue de L’Haÿ-les-Roses (déléguée à l’économie sociale)"


def name_and_address(message):
    """By the older of Python's two readers: the newer one leaves blanks between the encoded words
    of a name, against RFC 2047, 6.2."""
    raw = email.message_from_bytes(message.as_bytes(policy=email.policy.compat32))["To"]
    name, address = email.utils.parseaddr(raw)
    return str(make_header(decode_header(name))), address


def check_is_as_meant(m, message_id):
    check(m["Subject"] == SUBJECT, m["Subject"])
    check(name_and_address(m) == (NAME, "zoe@exemple.fr"), m["To"])
    check(m["From"].addresses[0].display_name == "Réseau d’Été", m["From"])
    check(m["From"].addresses[0].addr_spec == "ne-pas-repondre@halle.exemple.fr", m["From"])
    check(m["Message-ID"] == message_id, m["Message-ID"])
    check(m["Auto-Submitted"] == "auto-generated", m["Auto-Submitted"])
    check(m["Content-Language"] == "fr", m["Content-Language"])
    check(m["List-Unsubscribe"] == f"<{HOME}/fin/abc>", m["List-Unsubscribe"])
    check(m["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click", m["List-Unsubscribe-Post"])
    check(m.get_content_type() == "multipart/alternative", m.get_content_type())
    check([p.get_content_type() for p in m.iter_parts()] == ["text/plain", "text/html"], "parts")
    check(text_of(m, "plain") == TEXT, text_of(m, "plain"))
    check(text_of(m, "html").rstrip("\n") == HTML, text_of(m, "html"))
    check(not m.defects and not any(p.defects for p in m.walk()), m.defects)
    check(not any(h.defects for h in m.values()), [h.defects for h in m.values()])


def queue_the_difficult_one(folder):
    return queue(folder, "zoe@exemple.fr", NAME, SUBJECT, TEXT, HTML, HOME + "/fin/abc")


@case
def a_message_arrives_over_tls_as_it_was_meant(folder):
    to_server(folder, site_name="Réseau d’Été")
    message_id = queue_the_difficult_one(folder)
    with serving(folder):
        found = SERVER.wait_for_mail(Message_ID=message_id)
        check(wait_for(lambda: state(folder, message_id) == "sent"), kept(folder, message_id))
    check(len(found) == 1, len(found))
    check_is_as_meant(found[0], message_id)
    check("esmtps" in str(found[0]["Received"]), found[0]["Received"])
    check(found[0]["Return-path"] == "<ne-pas-repondre@halle.exemple.fr>", found[0]["Return-path"])
    check(found[0]["Envelope-to"] == "zoe@exemple.fr", found[0]["Envelope-to"])
    made = kept(folder, message_id)["made_at"]
    check(int(email.utils.parsedate_to_datetime(found[0]["Date"]).timestamp()) == made, "date")


@case
def what_was_sent_keeps_no_text_and_the_answer(folder):
    to_server(folder)
    message_id = queue(folder)
    check(halle("mail", "send", data=folder).code == 0, "send")
    row = kept(folder, message_id)
    check((row["state"], row["text"], row["html"], row["last_error"]) == ("sent", "", "", None), row)
    check(row["answer"].startswith("250 OK id="), row)
    check(row["subject"] == "Bonjour" and row["sent_at"] >= row["made_at"], row)
    listed = halle("mail", "list", data=folder).out
    check("\tsent\tanne@exemple.fr\tBonjour" in listed and "250 OK id=" in listed, listed)


@case
def tls_from_the_start_and_a_login(folder):
    with open(folder + "/secret", "w", encoding="utf-8") as f:
        f.write(PASSWORD + "\n")
    settings(folder, smtp_url=f"smtps://localhost:{SERVER.tls_port}",
             smtp_ca_file=SERVER.path("good.pem"), smtp_user="halle",
             smtp_password_file=folder + "/secret", mail_from="equipe@exemple.fr",
             mail_from_name="L’équipe")
    result = halle("mail", "test", "members@exemple.fr", "--public", HOME, data=folder)
    check(result.code == 0 and result.out.startswith("sent: 250 OK"), result)
    found = SERVER.wait_for_mail(Envelope_to="members@exemple.fr")
    check(len(found) == 1, len(found))
    check(found[0]["From"] == "L’équipe <equipe@exemple.fr>", found[0]["From"])
    check("esmtpsa" in str(found[0]["Received"]), found[0]["Received"])
    check("é, è, ê, œ, ç, €" in text_of(found[0], "plain"), text_of(found[0], "plain"))
    check("é, è, ê, œ, ç, €" in text_of(found[0], "html"), text_of(found[0], "html"))
    check(PASSWORD not in halle("setting", "list", data=folder).out, "list")
    halle("backup", folder + "/copy", data=folder)
    for name in ("copy", "halle.db"):
        check(PASSWORD.encode() not in open(f"{folder}/{name}", "rb").read(), name)


@case
def a_wrong_password_is_told_and_refuses_nobody(folder):
    with open(folder + "/secret", "w") as f:
        f.write("wrong\n")
    to_server(folder, smtp_user="halle", smtp_password_file=folder + "/secret")
    result = halle("mail", "test", "anne@exemple.fr", data=folder)
    one_line(result, 3)
    check("535" in result.err or "denied" in result.err, result)
    os.unlink(folder + "/secret")
    result = halle("mail", "test", "anne@exemple.fr", data=folder)
    one_line(result, 3)
    check("cannot read the password" in result.err, result)
    check(halle("mail", "list", "--state", "waiting", data=folder).out.count("Essai") == 2, "list")


# ---- what is not sent ------------------------------------------------------------------------

@case
def a_certificate_that_nobody_vouches_for_is_refused(folder):
    settings(folder, smtp_url=f"smtp://127.0.0.1:{SERVER.port}")
    message_id = queue(folder)
    result = halle("mail", "send", data=folder)
    check(result.code == 3 and "certificate" in result.err, result)
    row = kept(folder, message_id)
    check(row["state"] == "waiting" and "certificate" in row["last_error"], row)
    check(SERVER.mails(Message_ID=message_id) == [], "delivered")


@case
def a_certificate_of_another_host_is_refused(folder):
    SERVER.stop()
    SERVER.start("other")
    try:
        settings(folder, smtp_url=f"smtp://127.0.0.1:{SERVER.port}",
                 smtp_ca_file=SERVER.path("other.pem"))
        message_id = queue(folder)
        result = halle("mail", "send", data=folder)
        check(result.code == 3, result)
        row = kept(folder, message_id)
        check(row["state"] == "waiting" and "name" in row["last_error"], row)
        check(SERVER.mails(Message_ID=message_id) == [], "delivered")
    finally:
        SERVER.stop()
        SERVER.start()


@case
def a_server_without_tls_is_told_nothing(folder):
    def without_tls(line, _):
        return line.replace(b"STARTTLS", b"NOOP")

    relay = Relay(SERVER.port, without_tls)
    settings(folder, smtp_url=f"smtp://127.0.0.1:{relay.port}", smtp_ca_file=SERVER.path("good.pem"))
    message_id = queue(folder)
    result = halle("mail", "send", data=folder)
    relay.close()
    check(result.code == 3, result)
    check(state(folder, message_id) == "waiting", kept(folder, message_id))
    check(SERVER.mails(Message_ID=message_id) == [], "delivered")


@case
def a_recipient_that_is_unknown_is_refused_for_good(folder):
    to_server(folder)
    unknown, known = queue(folder, "unknown@exemple.fr"), queue(folder)
    result = halle("mail", "send", data=folder)
    check(result.code == 0 and result.out.startswith("1 sent, 0 to be tried again, 1 refused"), result)
    check("550 no such person here" in result.err, result)
    row = kept(folder, unknown)
    check((row["state"], row["last_error"]) == ("refused", "550 no such person here"), row)
    check(state(folder, known) == "sent", kept(folder, known))
    time_passes(folder, 10**6)
    check(halle("mail", "send", data=folder).out.startswith("0 sent, 0"), "again")
    result = halle("mail", "test", "unknown@exemple.fr", data=folder)
    one_line(result, 1)
    check("refused: 550 no such person here" in result.err, result)


@case
def a_text_that_is_refused_is_refused_for_good(folder):
    to_server(folder)
    message_id = queue(folder, subject="REFUSED")
    halle("mail", "send", data=folder)
    row = kept(folder, message_id)
    check((row["state"], row["last_error"]) == ("refused", "550 this text is not wanted"), row)


@case
def a_sender_that_is_refused_condemns_no_recipient(folder):
    to_server(folder, mail_from="nobody@exemple.fr")
    message_id = queue(folder)
    halle("mail", "send", data=folder)
    row = kept(folder, message_id)
    check((row["state"], row["last_error"]) == ("waiting", "550 this sender is not known here"), row)


@case
def a_header_with_the_end_of_a_line_never_leaves(folder):
    to_server(folder)
    bad = [queue(folder, subject="Bonjour\r\nBcc: marc@exemple.fr"),
           queue(folder, name="Anne\nBcc: marc@exemple.fr"),
           queue(folder, "anne@exemple.fr>\r\nRCPT TO:<marc@exemple.fr"),
           queue(folder, unsubscribe="https://x.fr/\r\nBcc: marc@exemple.fr")]
    halle("mail", "send", data=folder)
    for message_id in bad:
        check(state(folder, message_id) == "refused", kept(folder, message_id))
    check(all(SERVER.mails(Message_ID=message_id) == [] for message_id in bad), "delivered")


# ---- what is tried again ---------------------------------------------------------------------

@case
def a_server_that_was_away_gets_it_once_it_is_back(folder):
    to_server(folder)
    message_id = queue(folder)
    SERVER.stop()
    try:
        check(halle("mail", "send", data=folder).code == 3, "send")
        row = kept(folder, message_id)
        check(row["state"] == "waiting" and row["attempts"] == 1 and row["last_error"], row)
        check(55 <= row["next_at"] - time.time() <= 61, row)
    finally:
        SERVER.start()
    check(halle("mail", "send", data=folder).out.startswith("0 sent"), "before its time")
    time_passes(folder, 60)
    with serving(folder):
        found = SERVER.wait_for_mail(Message_ID=message_id)
    check(len(found) == 1 and state(folder, message_id) == "sent", kept(folder, message_id))


@case
def a_recipient_put_off_gets_it_later(folder):
    open(SERVER.path("defer"), "w").close()
    to_server(folder)
    message_id = queue(folder, "later@exemple.fr")
    with serving(folder):
        check(wait_for(lambda: kept(folder, message_id)["last_error"]), "put off")
        row = kept(folder, message_id)
        check((row["state"], row["last_error"]) == ("waiting", "451 come back later"), row)
        os.unlink(SERVER.path("defer"))
        check(halle("mail", "retry", row["id"], data=folder).code == 0, "retry")
        found = SERVER.wait_for_mail(Message_ID=message_id)
        check(len(found) == 1, len(found))
        check(wait_for(lambda: state(folder, message_id) == "sent"), kept(folder, message_id))
    one_line(halle("mail", "retry", row["id"], data=folder), 1)
    one_line(halle("mail", "retry", 999999, data=folder), 1)
    one_line(halle("mail", "retry", "x", data=folder), 1)


# ---- never twice -----------------------------------------------------------------------------

def hold_answer_to_the_text():
    """A relay that hands on all but the answer to the last byte."""
    texts = threading.Event()

    def change(line, _):
        if texts.is_set():
            return None
        if line.startswith(b"354"):
            texts.set()
        return line

    return Relay(SERVER.port, change)


def hold(beginning):
    return Relay(SERVER.port, lambda line, _: None if line.startswith(beginning) else line)


def kill_while_held(folder, relay):
    with serving(folder) as process:
        check(relay.held.wait(PATIENCE), "nothing was held")
        process.kill()
        process.wait()
    relay.close()


@case
def killed_after_the_last_byte_it_is_not_sent_again(folder):
    relay = hold_answer_to_the_text()
    to_relay(folder, relay)
    message_id = queue(folder)
    kill_while_held(folder, relay)
    check(len(SERVER.wait_for_mail(Message_ID=message_id)) == 1, "not delivered")
    check(state(folder, message_id) == "sending", kept(folder, message_id))
    settings(folder, smtp_url=f"smtp://127.0.0.1:{SERVER.port}")
    with serving(folder):
        time.sleep(2)
        check(state(folder, message_id) == "sending", kept(folder, message_id))
        time_passes(folder, LEASE)
        check(wait_for(lambda: state(folder, message_id) == "abandoned"), kept(folder, message_id))
        time.sleep(2)
    check("may have left" in kept(folder, message_id)["last_error"], kept(folder, message_id))
    check(len(SERVER.mails(Message_ID=message_id)) == 1, "twice")


@case
def killed_before_the_last_byte_it_is_sent_later(folder):
    relay = hold(b"354")
    to_relay(folder, relay)
    message_id = queue(folder)
    kill_while_held(folder, relay)
    check(state(folder, message_id) == "waiting", kept(folder, message_id))
    settings(folder, smtp_url=f"smtp://127.0.0.1:{SERVER.port}")
    with serving(folder):
        time.sleep(2)
        check(SERVER.mails(Message_ID=message_id) == [], "before its lease has passed")
        time_passes(folder, LEASE)
        check(wait_for(lambda: state(folder, message_id) == "sent"), kept(folder, message_id))
    check(len(SERVER.wait_for_mail(Message_ID=message_id)) == 1, "not once")


@case
def an_answer_that_is_lost_does_not_send_it_again(folder):
    def cut(line, relay):
        if line.startswith(b"250 OK id="):
            relay.cut()
            raise OSError
        return line

    relay = Relay(SERVER.port, cut)
    to_relay(folder, relay)
    message_id = queue(folder)
    result = halle("mail", "send", data=folder)
    relay.close()
    check("1 abandoned" in result.out and "may have left or not" in result.err, result)
    time_passes(folder, 10**6)
    settings(folder, smtp_url=f"smtp://127.0.0.1:{SERVER.port}")
    check(halle("mail", "send", data=folder).out.startswith("0 sent"), "again")
    check(len(SERVER.wait_for_mail(Message_ID=message_id)) == 1, "not once")


@case
def many_programs_at_once_send_each_message_once(folder):
    to_server(folder)
    ids = [queue(folder, subject=f"Message {i}") for i in range(120)]
    command = [HALLE, "mail", "send", "--data", folder]
    with serving(folder):
        senders = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(3)]
        outputs = [s.communicate(timeout=120)[0].decode() for s in senders]
        check(wait_for(lambda: all(state(folder, i) == "sent" for i in ids), 60), outputs)
    check(all(s.returncode == 0 for s in senders), outputs)
    check(wait_for(lambda: len(arrived(ids)) >= len(ids)), len(arrived(ids)))
    time.sleep(1)
    check(sorted(arrived(ids)) == sorted(ids), len(arrived(ids)))


def arrived(ids):
    wanted = set(ids)
    return [m["Message-ID"] for m in SERVER.mails() if m["Message-ID"] in wanted]


@case
def killed_again_and_again_each_message_comes_once_at_most(folder):
    to_server(folder)
    ids = [queue(folder, subject=f"Message {i}") for i in range(300)]
    command = [HALLE, "mail", "send", "--data", folder]
    for i in range(40):
        sender = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.05 + 0.011 * i)
        sender.kill()
        sender.wait()
        time_passes(folder, LEASE)
    halle("mail", "send", data=folder)
    states = [state(folder, i) for i in ids]
    check(set(states) <= {"sent", "abandoned"}, set(states))
    time.sleep(1)
    here = arrived(ids)
    check(len(here) == len(set(here)), "one came twice")
    lost = [i for i, s in zip(ids, states) if s == "sent" and i not in here]
    check(not lost, lost)
    print(f"# {states.count('abandoned')} of {len(ids)} given up, 40 kills", flush=True)


# ---- stopping --------------------------------------------------------------------------------

@case
def a_server_of_mail_that_hangs_keeps_nobody(folder):
    relay = hold(b"220")
    to_relay(folder, relay)
    message_id = queue(folder)
    with serving(folder) as process:
        check(relay.held.wait(PATIENCE), "nothing was held")
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        check(process.wait(timeout=PATIENCE) == 0, "code")
        took = time.monotonic() - began
    relay.close()
    check(took < 20, took)  # a library would wait for minutes
    row = kept(folder, message_id)
    check(row["state"] == "waiting" and row["next_at"] <= time.time() + 1, row)


@case
def stopped_while_the_answer_is_owed_it_is_not_sent_again(folder):
    relay = hold_answer_to_the_text()
    to_relay(folder, relay)
    message_id = queue(folder)
    with serving(folder) as process:
        check(relay.held.wait(PATIENCE), "nothing was held")
        process.send_signal(signal.SIGTERM)
        check(process.wait(timeout=PATIENCE) == 0, "code")
    relay.close()
    check(state(folder, message_id) == "abandoned", kept(folder, message_id))
    check(len(SERVER.wait_for_mail(Message_ID=message_id)) == 1, "not once")


# ---- what comes back -------------------------------------------------------------------------

def lend(folder):
    """The server of mail may write into that data."""
    subprocess.run(["chmod", "-R", "a+rwX", folder], check=True)
    link = SERVER.path("halle")
    with contextlib.suppress(FileNotFoundError):
        os.unlink(link)
    os.symlink(folder, link)


def log_of_server():
    return open(SERVER.path("log", "mainlog"), errors="replace").read()


@case
def what_a_server_further_on_refuses_comes_back_and_is_recorded(folder):
    to_server(folder, mail_bounces="retours@exemple.fr")
    lend(folder)
    gone, known = queue(folder, "gone@exemple.fr"), queue(folder)
    check(halle("mail", "send", data=folder).out.startswith("2 sent"), "send")
    check(wait_for(lambda: state(folder, gone) == "bounced"),
          (kept(folder, gone), log_of_server()))
    row = kept(folder, gone)
    check("this mailbox was closed" in row["last_error"], row)
    check(row["answer"].startswith("250") and (row["text"], row["html"]) == ("", ""), row)
    found = SERVER.wait_for_mail(Message_ID=known)
    check(len(found) == 1 and state(folder, known) == "sent", kept(folder, known))
    check(found[0]["Return-path"] == "<retours@exemple.fr>", found[0]["Return-path"])
    check(found[0]["From"].addresses[0].addr_spec == "halle@localhost", found[0]["From"])
    listed = halle("mail", "list", "--state", "bounced", data=folder).out
    check(listed.count("\tbounced\t") == 1 and "this mailbox was closed" in listed, listed)
    one_line(halle("mail", "retry", row["id"], data=folder), 1)


def report(message_id, action="failed", words="smtp; 550 5.1.1 boîte fermée"):
    return ("From: <>\r\nContent-Type: multipart/report; boundary=\"b\"\r\n\r\n"
            "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n"
            f"Action: {action}\r\nStatus: 5.1.1\r\nDiagnostic-Code: {words}\r\n\r\n"
            "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
            f"Message-ID: {message_id}\r\n--b--\r\n").encode()


@case
def a_report_is_believed_for_what_was_sent_alone(folder):
    settings(folder, site_name="Halle")
    sent, waiting = queue(folder), None
    check(halle("mail", "send", data=folder).out.startswith("1 sent"), "send")
    waiting = queue(folder)
    for message_id in (waiting, "<inconnu@exemple.fr>", ""):
        result = halle("mail", "bounce", stdin=report(message_id), data=folder)
        check(result.code == 0 and "no message that was sent" in result.out, result)
    for action in ("delayed", "delivered"):
        result = halle("mail", "bounce", stdin=report(sent, action), data=folder)
        check(result.code == 0 and "no failure" in result.out, result)
    check((state(folder, sent), state(folder, waiting)) == ("sent", "waiting"), "states")
    result = halle("mail", "bounce", stdin=report(sent), data=folder)
    check(result.code == 0 and "came back: 550 5.1.1 boîte fermée" in result.out, result)
    check(kept(folder, sent)["last_error"] == "550 5.1.1 boîte fermée", kept(folder, sent))


@case
def what_is_no_report_is_passed_whatever_its_size(folder):
    settings(folder, site_name="Halle")
    for text in (b"", b"Subject: Absente\r\n\r\nJe reviens lundi.\r\n", b"x" * 5_000_000):
        result = halle("mail", "bounce", stdin=text, data=folder)
        check(result.code == 0 and result.out.startswith("no report of delivery"), result)


# ---- files -----------------------------------------------------------------------------------

@case
def without_a_server_messages_become_files(folder):
    settings(folder, site_name="Réseau d’Été")
    message_id = queue_the_difficult_one(folder)
    with serving(folder):
        check(wait_for(lambda: state(folder, message_id) == "sent"), kept(folder, message_id))
    files = glob.glob(folder + "/outbox/*")
    check(len(files) == 1 and os.listdir(folder + "/outbox") == [os.path.basename(files[0])], files)
    check(stat.S_IMODE(os.stat(files[0]).st_mode) == 0o600, "mode")
    check(stat.S_IMODE(os.stat(folder + "/outbox").st_mode) == 0o700, "mode of the folder")
    day = time.strftime("%Y-%m-%d", time.localtime(kept(folder, message_id)["made_at"]))
    name = f"{day}-{kept(folder, message_id)['id']}.eml"
    check(os.path.basename(files[0])[10:] == name[10:], files)
    raw = open(files[0], "rb").read()
    check_is_as_meant(email.message_from_bytes(raw, policy=email.policy.default), message_id)
    lines = raw.split(b"\r\n")
    check(b"\n" not in b"".join(lines) and max(map(len, lines)) <= 76, max(map(len, lines)))
    check(all(byte < 127 for byte in raw), "more than ASCII")


@case
def a_folder_that_cannot_be_written_loses_nothing(folder):
    message_id = queue_after_start(folder)
    open(folder + "/outbox", "w").close()
    result = halle("mail", "send", data=folder)
    check(result.code == 3 and "cannot write" in result.err, result)
    check(state(folder, message_id) == "waiting", kept(folder, message_id))


def queue_after_start(folder):
    settings(folder, site_name="Halle")
    return queue(folder)


# ---- the command -----------------------------------------------------------------------------

@case
def wrong_words_are_told(folder):
    settings(folder, site_name="Halle")
    one_line(halle("mail", "test", "anne", data=folder), 1)
    one_line(halle("mail", "list", "--state", "lost", data=folder), 2)
    one_line(halle("mail", "list", "--limit", "0", data=folder), 2)
    one_line(halle("mail", "burn", data=folder), 2)
    one_line(halle("mail", "retry", data=folder), 2)
    one_line(halle("setting", "set", "smtp_url", "smtp://a:b@exemple.fr", data=folder), 1)
    one_line(halle("setting", "set", "smtp_tls", "perhaps", data=folder), 1)
    one_line(halle("setting", "set", "mail_from_name", "a\nb", data=folder), 1)


with SERVER:
    main()
