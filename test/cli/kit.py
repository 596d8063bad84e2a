"""kit.py - runs the real binary as a user would, and prints one line for each thing that held."""
import os
import subprocess
import sys
import tempfile
import traceback

HALLE = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else "build/halle"
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CASES = []


def case(function):
    """Marks a function as a test; its name says what holds."""
    CASES.append(function)
    return function


class Result:
    def __init__(self, process):
        self.code = process.returncode
        self.out = process.stdout.decode("utf-8", "replace")
        self.err = process.stderr.decode("utf-8", "replace")

    def __repr__(self):
        return f"code {self.code}\nout: {self.out[-2000:]}\nerr: {self.err[-2000:]}"


def halle(*words, data=None, stdin=b"", limits="", env=None):
    """Runs a command; `limits` are commands of the shell such as 'ulimit -f 100'."""
    command = [HALLE, *[str(word) for word in words]]
    if data:
        command += ["--data", data]
    if limits:
        command = ["bash", "-c", f'{limits}; exec "$0" "$@"', *command]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("HALLE_")}
    process = subprocess.run(
        command, input=stdin, capture_output=True, env=environment | (env or {}), timeout=300
    )
    return Result(process)


def check(truth, what):
    if not truth:
        raise AssertionError(repr(what))


def one_line(result, code):
    """A refusal is one clear line of words, and the code that goes with it."""
    check(result.code == code, result)
    lines = [line for line in result.err.splitlines() if line]
    check(lines and all(line.startswith("halle: ") for line in lines), result)
    check("Sanitizer" not in result.err, result)


def main():
    failed = 0
    for function in CASES:
        name = function.__name__.replace("_", " ")
        try:
            with tempfile.TemporaryDirectory() as folder:
                function(folder)
            print(f"ok - {name}", flush=True)
        except Exception:  # every failure is told, and the others still run
            failed += 1
            print(f"not ok - {name}", flush=True)
            traceback.print_exc(file=sys.stdout)
    sys.exit(1 if failed else 0)
