#!/usr/bin/env python3
"""Random dossiers for the comparison of the program with the reference.

    generate.py SEED N [DIR]

Writes N dossiers into DIR (NNN.op, NNN.in.json), or lists their operations and sizes without it.
The same seed gives the same dossiers.
"""

import sys
from pathlib import Path

from generate_breaks import broken
from generate_changes import Changer
from generate_control import control, huge_control
from generate_deminimis import de_minimis, huge_de_minimis
from generate_dice import Dice
from generate_others import act_check, calendar, huge_route, route
from generate_sheet import huge_sheet, sheet
from generate_text import Damage, Writer, padded

MAKERS = {"sheet": sheet, "control": control, "de-minimis": de_minimis, "route": route,
          "act-check": act_check, "calendar": calendar}
HUGE = {"sheet": huge_sheet, "control": huge_control, "de-minimis": huge_de_minimis,
        "route": huge_route}
# The operations with the most rules come more often.
FREQUENT = ("sheet",) * 4 + ("de-minimis",) * 4 + ("control",) * 3 + ("route",) * 2 + (
    "act-check", "calendar")
UNKNOWN = ("nope", "", "Sheet", "sheet ", "de_minimis", "--help")


def document_of(dice, operation):
    """Valid half of the time, else with a rule broken or changed in any way."""
    huge = operation in HUGE and dice.chance(0.01)
    document = (HUGE if huge else MAKERS)[operation](dice)
    way = dice.random.random()
    if 0.5 <= way < 0.75:
        document = broken(dice, operation, document)
    if way >= 0.72:
        changer = Changer(dice, operation, document)
        for _ in range(dice.pick((1, 1, 1, 2, 3))):
            document = changer.change()
    if dice.chance(0.002):
        document = Changer(dice, operation, document).stretch()
    return document


def dossier(dice):
    """An operation and the bytes of its input."""
    operation = dice.pick(FREQUENT)
    data = Writer(dice).text(document_of(dice, operation)).encode()
    if dice.chance(0.12):
        for _ in range(dice.pick((1, 1, 1, 2))):
            data = Damage(dice).apply(data)
    if dice.chance(0.0005):
        data = padded(dice, data)
    if dice.chance(0.002):
        operation = dice.pick(UNKNOWN)
    return operation, data


def dossiers(seed, count):
    """Each dossier has its own dice, so that one alone can be made again."""
    for number in range(count):
        yield dossier(Dice(f"{seed}/{number}"))


def main():
    seed, count = sys.argv[1], int(sys.argv[2])
    folder = Path(sys.argv[3]) if len(sys.argv) > 3 else None
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    for number, (operation, data) in enumerate(dossiers(seed, count)):
        if folder:
            (folder / f"{number:06d}.op").write_text(operation + "\n")
            (folder / f"{number:06d}.in.json").write_bytes(data)
        else:
            print(number, operation, len(data))


if __name__ == "__main__":
    main()
