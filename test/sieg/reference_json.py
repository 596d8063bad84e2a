"""Reading of the input (section 2) and canonical writing of the output (section 5)."""

import re
from datetime import date
from fractions import Fraction

from reference_base import Money, Refused, money_text, rational_text

LARGEST_INPUT = 16777216
DEEPEST = 32

SPACE = re.compile(r"[ \t\n\r]*")
PLAIN = re.compile(r'[^"\\\x00-\x1f]*')
HEX4 = re.compile(r"[0-9A-Fa-f]{4}")
LOW_ESCAPE = re.compile(r"\\u([dD][c-fC-F][0-9A-Fa-f]{2})")
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
SHORT_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n",
                 "r": "\r", "t": "\t"}
WORDS = {"t": ("true", True), "f": ("false", False), "n": ("null", None)}


class Number:
    """A JSON number, kept as written: 1.0 and 1e2 are not integers."""

    def __init__(self, text):
        self.text = text


def unreadable(code):
    return Refused(2, {("", code)})


def read(data):
    """The document held by the bytes; raises Refused with the only error of section 2."""
    if len(data) > LARGEST_INPUT:
        raise unreadable("E_JSON_SIZE")
    if not data.strip(b" \t\n\r"):
        raise unreadable("E_JSON_EMPTY")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise unreadable("E_JSON_UTF8") from None
    return Reader(text).document()


class Reader:
    """Left to right, without looking ahead except for the second half of a surrogate pair."""

    def __init__(self, text):
        self.text = text
        self.at = 0
        self.open = 0

    def document(self):
        value = self.value()
        if self.next() != "":
            raise unreadable("E_JSON_SYNTAX")
        return value

    def next(self):
        """Skips white space; the character there, empty at the end."""
        self.at = SPACE.match(self.text, self.at).end()
        return self.text[self.at:self.at + 1]

    def take(self, expected):
        if self.next() != expected:
            raise unreadable("E_JSON_SYNTAX")
        self.at += 1

    def value(self):
        first = self.next()
        if first == "{":
            return self.nested(self.members)
        if first == "[":
            return self.nested(self.items)
        if first == '"':
            self.at += 1
            return self.string()
        if first in WORDS:
            return self.word(*WORDS[first])
        return self.number()

    def nested(self, content):
        if self.open == DEEPEST:
            raise unreadable("E_JSON_DEPTH")
        self.open += 1
        self.at += 1
        value = content()
        self.open -= 1
        return value

    def members(self):
        found = {}
        if self.next() == "}":
            self.at += 1
            return found
        while True:
            self.take('"')
            key = self.string()
            if key in found:
                raise unreadable("E_JSON_DUPLICATE")
            self.take(":")
            found[key] = self.value()
            if self.next() != ",":
                self.take("}")
                return found
            self.at += 1

    def items(self):
        found = []
        if self.next() == "]":
            self.at += 1
            return found
        while True:
            found.append(self.value())
            if self.next() != ",":
                self.take("]")
                return found
            self.at += 1

    def word(self, word, value):
        if not self.text.startswith(word, self.at):
            raise unreadable("E_JSON_SYNTAX")
        self.at += len(word)
        return value

    def number(self):
        match = NUMBER.match(self.text, self.at)
        if not match:
            raise unreadable("E_JSON_SYNTAX")
        # What cannot follow a number (1x, 01, 1.) is refused by whoever reads the next character.
        self.at = match.end()
        return Number(match.group())

    def string(self):
        """The content of a string whose opening quote is read."""
        parts = []
        while True:
            match = PLAIN.match(self.text, self.at)
            parts.append(match.group())
            self.at = match.end()
            stop = self.text[self.at:self.at + 1]
            if stop == '"':
                self.at += 1
                return "".join(parts)
            if stop != "\\":
                raise unreadable("E_JSON_SYNTAX")
            parts.append(self.escape())

    def escape(self):
        letter = self.text[self.at + 1:self.at + 2]
        if letter in SHORT_ESCAPES:
            self.at += 2
            return SHORT_ESCAPES[letter]
        match = HEX4.match(self.text, self.at + 2)
        if letter != "u" or not match:
            raise unreadable("E_JSON_SYNTAX")
        self.at += 6
        return self.escaped_character(int(match.group(), 16))

    def escaped_character(self, code):
        if code == 0:
            raise unreadable("E_JSON_STRING")
        if not 0xD800 <= code <= 0xDFFF:
            return chr(code)
        low = LOW_ESCAPE.match(self.text, self.at)
        if code >= 0xDC00 or not low:
            raise unreadable("E_JSON_STRING")
        self.at += 6
        return chr(0x10000 + ((code - 0xD800) << 10) + int(low.group(1), 16) - 0xDC00)


# --- writing ----------------------------------------------------------------------------------

WRITTEN_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n",
                   "\r": "\\r", "\t": "\\t"}
TO_ESCAPE = re.compile(r'["\\\x00-\x1f]')


def escaped(match):
    character = match.group()
    return WRITTEN_ESCAPES.get(character) or f"\\u{ord(character):04x}"


def string_text(value):
    return '"' + TO_ESCAPE.sub(escaped, value) + '"'


def member_text(name, value):
    return string_text(name) + ":" + canonical(value)


def canonical(value):
    """Canonical JSON of a result; amounts, fractions and dates become strings here."""
    if isinstance(value, dict):
        names = sorted(value, key=str.encode)
        return "{" + ",".join(member_text(name, value[name]) for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Money):
        return string_text(money_text(value))
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Fraction):
        return string_text(rational_text(value))
    if isinstance(value, date):
        return string_text(value.isoformat())
    return string_text(value)


def output(value):
    return canonical(value).encode() + b"\n"
