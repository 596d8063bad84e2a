"""mail_server.py - Exim as an ordinary process, which keeps what it takes in a folder; and a
relay in front of it that can hold answers back or change them.

What it does with a message is told by the recipient: "unknown" is refused, "later" is put off
while the file `defer` is there, "members" needs a login. "gone" is taken, then refused by the
next server, which is the same. What comes back to "retours" is read by halle, with the data that the link `halle` leads
to. All others are delivered.
"""
import contextlib
import email
import email.policy
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

from kit import HALLE

PASSWORD = "mot de passe très secret"

CONFIG = """
primary_hostname = mail.exemple.fr
spool_directory = {dir}/spool
log_file_path = {dir}/log/%slog
pid_file_path = {dir}/exim.pid
exim_user = {user}
exim_group = {group}
deliver_drop_privilege
never_users =
keep_environment =
local_interfaces = 127.0.0.1
daemon_smtp_ports = {port} : {tls_port}
tls_on_connect_ports = {tls_port}
tls_advertise_hosts = *
tls_certificate = {dir}/{certificate}.pem
tls_privatekey = {dir}/{certificate}.key
auth_advertise_hosts = *
acl_smtp_mail = acl_mail
acl_smtp_rcpt = acl_rcpt
acl_smtp_data = acl_data
smtp_accept_max = 100
smtp_accept_max_per_connection = 5000
smtp_accept_queue_per_connection = 0
recipients_max = 10
begin acl
acl_mail:
  deny senders = nobody@exemple.fr
       message = this sender is not known here
  accept
acl_rcpt:
  deny local_parts = gone
       condition = ${{if eq{{$sender_helo_name}}{{mail.exemple.fr}}}}
       message = this mailbox was closed
  deny local_parts = unknown
       message = no such person here
  defer local_parts = later
       condition = ${{if exists{{{dir}/defer}}}}
       message = come back later
  deny local_parts = members
       !authenticated = *
       message = log in first
  accept
acl_data:
  deny condition = ${{if match{{$h_subject:}}{{REFUSED}}}}
       message = this text is not wanted
  accept
begin routers
gone:
  driver = manualroute
  local_parts = gone
  route_list = * 127.0.0.1
  self = send
  transport = onward
retours:
  driver = accept
  local_parts = retours
  transport = bounces
all:
  driver = accept
  transport = maildir
begin transports
onward:
  driver = smtp
  port = {port}
  allow_localhost
bounces:
  driver = pipe
  command = {dir}/program mail bounce --data {dir}/halle
  user = {user}
  group = {group}
  log_output
  return_fail_output
maildir:
  driver = appendfile
  maildir_format
  directory = {dir}/mail
  create_directory
  envelope_to_add
  return_path_add
  user = {user}
  group = {group}
begin retry
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{halle}}}}{{eq{{$auth3}}{{{password}}}}}}}}}
  server_set_id = $auth2
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


# A machine that does much else is no defect of the program.
PATIENCE = 60


def wait_for(truth, seconds=PATIENCE):
    """True as soon as `truth()` is, false when it never was."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if truth():
            return True
        time.sleep(0.05)
    return bool(truth())


class Server:
    """Exim refuses to be root, so it runs as "nobody" when we are."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="exim-", dir="/tmp")
        os.chmod(self.folder, 0o755)
        self.uid, self.gid = (65534, 65534) if os.getuid() == 0 else (os.getuid(), os.getgid())
        self.port, self.tls_port = free_port(), free_port()
        self.process = None
        for name in ("spool", "log", "mail"):
            os.mkdir(os.path.join(self.folder, name), 0o755)
        shutil.copy(HALLE, self.path("program"))  # where any user may run it
        self.make_certificate("good", "127.0.0.1", "IP:127.0.0.1,DNS:localhost")
        self.make_certificate("other", "autre.exemple.fr", "DNS:autre.exemple.fr")

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def make_certificate(self, name, host, names):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-days", "30", "-subj", f"/CN={host}", "-addext", f"subjectAltName={names}",
             "-keyout", self.path(name + ".key"), "-out", self.path(name + ".pem")],
            check=True, capture_output=True)

    def start(self, certificate="good"):
        names = {"user": self.uid, "group": self.gid, "dir": self.folder, "port": self.port,
                 "tls_port": self.tls_port, "certificate": certificate, "password": PASSWORD}
        with open(self.path("exim.conf"), "w") as f:
            f.write(CONFIG.format(**names))
        for folder, _, files in os.walk(self.folder):
            for path in [folder] + [os.path.join(folder, name) for name in files]:
                os.chown(path, self.uid, self.gid)
        who = {"user": self.uid, "group": self.gid, "extra_groups": []} if os.getuid() == 0 else {}
        self.output = open(self.path("output"), "a")
        self.process = subprocess.Popen(
            ["/usr/sbin/exim4", "-C", self.path("exim.conf"), "-bdf"],
            stdout=self.output, stderr=self.output, stdin=subprocess.DEVNULL,
            start_new_session=True, **who)
        if not wait_for(self.answers):
            raise AssertionError("exim does not start: " + open(self.path("output")).read())

    def answers(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as s:
                return s.recv(3) == b"220"
        except OSError:
            return False

    def stop(self):
        if not self.process:
            return
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.output.close()
        self.process = None

    def mails(self, **headers):
        """What was delivered with these headers, as Python's email package reads it."""
        found = []
        folder = self.path("mail", "new")
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            with open(os.path.join(folder, name), "rb") as f:
                m = email.message_from_binary_file(f, policy=email.policy.default)
            if all(m[h.replace("_", "-")] == value for h, value in headers.items()):
                found.append(m)
        return found

    def wait_for_mail(self, n=1, seconds=PATIENCE, **headers):
        """All that came, once as many as `n` are there and no more are on their way."""
        wait_for(lambda: len(self.mails(**headers)) >= n, seconds)
        time.sleep(0.5)
        return self.mails(**headers)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Relay:
    """Stands between halle and the server, in clear. `change(line, relay)` is given each line of
    the server before it goes on, and returns what goes on instead; None holds it back for good."""

    def __init__(self, port, change):
        self.target, self.change = port, change
        self.held = threading.Event()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.ends = []
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.socket.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.target))
            self.ends += [client, server]
            threading.Thread(target=self.forth, args=(client, server), daemon=True).start()
            threading.Thread(target=self.back, args=(client, server), daemon=True).start()

    def forth(self, client, server):
        try:
            while data := client.recv(65536):
                server.sendall(data)
            server.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def back(self, client, server):
        try:
            for line in server.makefile("rb"):
                line = self.change(line, self)
                if line is None:
                    self.held.set()
                    return
                client.sendall(line)
            client.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def cut(self):
        for end in self.ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self):
        self.socket.close()
        self.cut()
