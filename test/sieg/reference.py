#!/usr/bin/env python3
"""Independent calculator of the contract halle-sieg/1, to compare the program with.

    reference.py OPERATION < input.json > output.json
"""

import sys

import reference_actcheck
import reference_calendar
import reference_control
import reference_deminimis
import reference_json
import reference_route
import reference_shape
import reference_sheet
from reference_base import Refused

OPERATIONS = {
    "sheet": reference_sheet.run,
    "control": reference_control.run,
    "de-minimis": reference_deminimis.run,
    "route": reference_route.run,
    "act-check": reference_actcheck.run,
    "calendar": reference_calendar.run,
}


def known_operation(operation_args):
    return len(operation_args) == 1 and operation_args[0] in OPERATIONS


def errors_result(errors):
    """Sorted by path as bytes, then by code."""
    ordered = sorted(errors, key=lambda error: (error[0].encode(), error[1]))
    return {"errors": [{"code": code, "message": "Donnée refusée : voir le code et le chemin.",
                        "path": path} for path, code in ordered]}


def run(operation_args, data):
    """The exit status and the bytes of the standard output."""
    try:
        if not known_operation(operation_args):
            raise Refused(2, {("", "E_OPERATION")})
        operation = operation_args[0]
        document = reference_json.read(data)
        result = OPERATIONS[operation](reference_shape.check(operation, document))
    except Refused as refused:
        return refused.status, reference_json.output(errors_result(refused.errors))
    return 0, reference_json.output(result)


def standard_input(operation_args):
    """The input is not read for an unknown operation; one that cannot be read counts as empty."""
    if not known_operation(operation_args):
        return b""
    try:
        return sys.stdin.buffer.read()
    except (OSError, AttributeError):
        return b""


def main():
    operation_args = sys.argv[1:]
    status, result = run(operation_args, standard_input(operation_args))
    sys.stdout.buffer.write(result)
    return status


if __name__ == "__main__":
    sys.exit(main())
