"""Starts the real program on the demonstration, and runs check_feeds.py on it.

    test_feeds.py HALLE CHECK_ICAL
"""
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

here = os.path.dirname(os.path.abspath(__file__))
halle, check_ical = sys.argv[1:3]


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(base, process):
    for _ in range(1200):
        try:
            urllib.request.urlopen(base + "/sante", timeout=5).read()
            return
        except OSError:
            if process.poll() is not None:
                sys.exit("not ok - the server starts")
            time.sleep(0.05)
    sys.exit("not ok - the server answers")


with tempfile.TemporaryDirectory() as folder:
    content = os.path.join(here, "../../content/demonstration.jsonl")
    subprocess.run([halle, "import", "jsonl", content, "--relative", "--data", folder],
                   check=True, stdout=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{free_port()}"
    server = subprocess.Popen([halle, "serve", "--data", folder, "--listen", base[7:]],
                              stderr=subprocess.DEVNULL)
    try:
        wait_for(base, server)
        script = os.path.join(here, "check_feeds.py")
        code = subprocess.run([sys.executable, script, base, check_ical]).returncode
    finally:
        server.send_signal(signal.SIGTERM)
        stopped = server.wait(timeout=60)
print("ok - the server stopped when asked" if stopped == 0 else "not ok - the server stopped badly")
sys.exit(code or stopped)
