#!/usr/bin/env python3
"""Compares a program with the cases of a folder, or with the reference on random dossiers.

    compare.py PROGRAM --cases DIR
    compare.py PROGRAM --seed S --count N [--operation OPERATION]

Both may be given. Each document is fed to `PROGRAM sieg OPERATION`, one process each. Everything
but the fields named message must be equal. Prints one line per case, or per operation of random
dossiers; a difference saves its input in a file and makes the exit status 1.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import generate
import reference
from reference_json import string_text

SECONDS = 60
SHOWN = 100
BATCH = 100


class Difference(Exception):
    """What is wrong, in a few lines."""


# --- canonical form ---------------------------------------------------------------------------

def written_again(value):
    """Canonical JSON of parsed JSON; integers are the only numbers a result may hold."""
    if isinstance(value, dict):
        names = sorted(value, key=str.encode)
        return "{" + ",".join(string_text(name) + ":" + written_again(value[name])
                              for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(written_again, value)) + "]"
    if isinstance(value, str):
        return string_text(value)
    return json.dumps(value)


def parsed(data):
    """The document that the bytes hold, in canonical form."""
    try:
        text = data.decode("utf-8")
        value = json.loads(text)
        canonical = written_again(value) + "\n"
    except (UnicodeError, ValueError) as error:
        raise Difference(f"output is not JSON: {error}") from None
    if text != canonical:
        raise Difference("output is not canonical\n" + short_diff(text, canonical))
    return value


def check_messages(value):
    for name in ("errors", "findings"):
        for entry in value.get(name, []):
            message = entry.get("message")
            if not isinstance(message, str) or not message:
                raise Difference(f"{name} without message: {entry.get('code')}")


def without_messages(value):
    if isinstance(value, dict):
        return {name: without_messages(child) for name, child in value.items()
                if name != "message"}
    if isinstance(value, list):
        return [without_messages(child) for child in value]
    return value


def short_diff(got, wanted):
    """The neighbourhood of the first place where two texts part."""
    at = next((i for i, (a, b) in enumerate(zip(got, wanted)) if a != b),
              min(len(got), len(wanted)))
    start = max(0, at - SHOWN)
    return (f"  at {at}\n  got    ...{got[start:at + SHOWN]!r}\n"
            f"  wanted ...{wanted[start:at + SHOWN]!r}")


# --- one document -----------------------------------------------------------------------------

def run_program(program, operation_args, data):
    try:
        done = subprocess.run([program, "sieg", *operation_args], input=data, timeout=SECONDS,
                              capture_output=True, check=False)
    except subprocess.TimeoutExpired:
        raise Difference("no answer in time") from None
    return done.returncode, done.stdout


def compare(program, operation_args, data, status, wanted):
    """Raises Difference; `wanted` is the expected document without messages."""
    got_status, output = run_program(program, operation_args, data)
    if got_status != status:
        raise Difference(f"exit {got_status}, wanted {status}; wanted output begins with\n"
                         f"  {wanted[:2 * SHOWN]}")
    value = parsed(output)
    if not isinstance(value, dict):
        raise Difference("output is not an object")
    check_messages(value)
    got = written_again(without_messages(value))
    if got != wanted:
        raise Difference(short_diff(got, wanted))


def expected_status(value):
    if "errors" not in value:
        return 0
    code = value["errors"][0]["code"]
    return 2 if code == "E_OPERATION" or code.startswith("E_JSON_") else 1


def report(label, problem, data):
    """A failed document, its input kept for the person who looks for the reason."""
    with tempfile.NamedTemporaryFile(prefix="sieg-", suffix=".json", delete=False) as kept:
        kept.write(data)
    print(f"not ok - {label}\n  input in {kept.name}\n{problem}", flush=True)


# --- cases ------------------------------------------------------------------------------------

def run_cases(program, folder):
    good = True
    cases = sorted(Path(folder).glob("*.in.json"))
    for source in cases:
        good &= run_case(program, source)
    if not cases:
        print(f"not ok - no case in {folder}")
    return good and bool(cases)


def run_case(program, source):
    name = source.name.removesuffix(".in.json")
    operation_args = source.with_name(name + ".op").read_text().split()
    wanted = json.loads(source.with_name(name + ".out.json").read_bytes())
    data = source.read_bytes()
    try:
        compare(program, operation_args, data, expected_status(wanted), written_again(wanted))
    except Difference as problem:
        report(name, problem, data)
        return False
    print(f"ok - {name}")
    return True


# --- random dossiers --------------------------------------------------------------------------

def random_result(program, operation, data):
    """None, or the difference found."""
    status, output = reference.run([operation], data)
    wanted = written_again(without_messages(json.loads(output)))
    try:
        compare(program, [operation], data, status, wanted)
    except Difference as problem:
        return problem
    return None


class Tally:
    """How many dossiers of each operation, and which operations differ."""

    def __init__(self):
        self.totals = {}
        self.bad = set()

    def add(self, name, operation, data, problem):
        label = operation if operation in reference.OPERATIONS else "unknown operations"
        self.totals[label] = self.totals.get(label, 0) + 1
        if problem:
            self.bad.add(label)
            report(f"{operation}: {name}", problem, data)

    def print(self):
        for label, total in sorted(self.totals.items()):
            if label not in self.bad:
                print(f"ok - {total} random dossiers of {label}")


def run_random(program, seed, count, jobs, only):
    """A few dossiers at a time, because some are as large as an input may be."""
    tally = Tally()
    source = ((f"dossier {number} of seed {seed}", dossier)
              for number, dossier in enumerate(generate.dossiers(seed, count))
              if only in (None, dossier[0]))
    with ThreadPoolExecutor(jobs) as pool:
        while batch := list(islice(source, BATCH)):
            results = pool.map(lambda named: random_result(program, *named[1]), batch)
            for (name, (operation, data)), problem in zip(batch, results):
                tally.add(name, operation, data, problem)
    tally.print()
    return not tally.bad


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--cases")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--count", type=int, default=0)
    parser.add_argument("--operation", help="only the random dossiers of this operation")
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    good = True
    if arguments.cases and not Path(arguments.cases).is_dir():
        print(f"there are no cases in {arguments.cases} here")
        return 77
    if arguments.cases:
        good &= run_cases(arguments.program, arguments.cases)
    if arguments.count:
        good &= run_random(arguments.program, arguments.seed, arguments.count, arguments.jobs,
                           arguments.operation)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
