"""JSON text of a document in many styles, and damage to it."""

import re

from generate_changes import Raw

LARGEST_INPUT = 16777216
SPACES = ("", " ", "\n", "\t", "\r\n", "  ")


class Writer:
    """Writes the same document in different ways: spaces, order of keys, escapes."""

    def __init__(self, dice):
        self.dice = dice
        self.style = dice.pick(("compact", "spaced", "wild"))
        self.shuffle = dice.chance(0.5)
        self.escapes = dice.pick((0, 0, 0.02, 0.3))

    def space(self):
        if self.style == "compact":
            return ""
        return " " if self.style == "spaced" else self.dice.pick(SPACES)

    def text(self, value):
        return self.space() + self.bare(value) + self.space()

    def bare(self, value):
        if isinstance(value, Raw) and not value.startswith('"'):
            return str(value)
        if isinstance(value, str):
            return self.string(value)
        if isinstance(value, dict):
            names = self.dice.shuffled(list(value)) if self.shuffle else value
            return "{" + ",".join(self.member(name, value[name]) for name in names) + "}"
        if isinstance(value, list):
            return "[" + ",".join(map(self.text, value)) + "]"
        if value is None or isinstance(value, bool):
            return {None: "null", True: "true", False: "false"}[value]
        return repr(value)

    def member(self, name, value):
        return self.space() + self.string(name) + self.space() + ":" + self.text(value)

    def string(self, value):
        if isinstance(value, Raw):
            return str(value)
        return '"' + "".join(map(self.character, value)) + '"'

    def character(self, one):
        must = one in '"\\' or one < " "
        if not must and not (self.escapes and self.dice.chance(self.escapes)):
            return one
        short = {'"': '\\"', "\\": "\\\\", "/": "\\/", "\b": "\\b", "\f": "\\f", "\n": "\\n",
                 "\r": "\\r", "\t": "\\t"}.get(one)
        if short and self.dice.chance(0.7):
            return short
        units = one.encode("utf-16-be")
        codes = [int.from_bytes(units[i:i + 2], "big") for i in range(0, len(units), 2)]
        letters = "04x" if self.dice.chance(0.5) else "04X"
        return "".join("\\u" + format(code, letters) for code in codes)


# --- damage -----------------------------------------------------------------------------------

BAD_UTF8 = (b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80",
            b"\xc3", b"\x80", b"\xe2\x82", b"\xf0\x80\x80\x80", b"\xe0\x80\x80", b"\xc1\xbf",
            b"\xed\xbf\xbf", b"\xf0\x8f\xbf\xbf", b"\xf5\x80\x80\x80")
GOOD_UTF8 = (b"\xc2\x80", b"\xed\x9f\xbf", b"\xee\x80\x80", b"\xf4\x8f\xbf\xbf", b"\xef\xbf\xbf",
             b"\xe0\xa0\x80", b"\xf0\x90\x80\x80", b"\xef\xbb\xbf", b"\x7f", b"\xc2\xa0")
IN_STRING = (rb"\x", rb"\u12", rb"\u0000", rb"\ud800", rb"\udc00", rb"\ud83d\u0041",
             rb"\ud800\ud800", rb"\ud83d\ude00", rb"\uDBFF\uDFFF", rb"\ud83d\n", rb"\uD83D\u00",
             rb"\u00g0", rb"\U0041", b"\\", b"\n", b"\t", b"\x00", b"\x1f", b"\x7f", rb"\'", rb"\/",
             rb"\ud800x", rb"\u0000\x", rb"\udfff\u0000", rb"\u 041", rb"\u+041", rb"\u002")
OUTSIDE = (b"NaN", b"Infinity", b"-", b"01", b"1.", b".5", b"+1", b"1e", b"1e+", b"-01", b"tru",
           b"nulll", b"True", b"'x'", b"//c\n", b"/**/", b",", b",,", b":", b"[", b"]", b"{", b"}",
           b'"', b"0x1", b"1 2", b"\x0c", b"\x0b", b"-Infinity", b"1e5", b"-0", b"1E-2", b"0.0",
           b"\xc2\xa0", b"[1,]", b'{"a":1,}', b"[,1]", b'{"a"}', b'{1:2}', b'{"a":1 "b":2}',
           b"[1 2]", b"\xe2\x80\xa8", b'""', b"{}", b"[]", b"- 1", b"1.e1", b"00", b"1.5.2")
ALONE = (b"", b" ", b"\n\t\r ", b"\xef\xbb\xbf", b"\xef\xbb\xbf{}", b"null", b"true", b"0", b"[]",
         b'"x"', b"{", b"[", b'"', b"{}", b" {} ", b"{} x", b"{}{}", b"\x00", b"\xff", b"-", b"1e9",
         b'{"a', b'{"a"', b'{"a":', b'{"a":1', b'{"a":1,', b"\x0c", b"\xc2\xa0", b"[1", b"[1,",
         b"nul", b'"\\', b'"\\u', b'"\\u00', b'"\\ud800', b'"\\ud800\\', b'"\\ud800\\u',
         b'"\\ud800\\udc', b'{"a":1,"a"', b'{"a":1,"a', b'{"a":1,"\\u0061":2}',
         b'{"a":1,"b":[{"a":1,"a":2}]}',
         b'{"\\ud83d\\ude00":1,"\xf0\x9f\x98\x80":2}', b'{"":1,"":2}', b'{"a":\\u0000}', b"\x1a")


class Damage:
    def __init__(self, dice):
        self.dice = dice

    def apply(self, data):
        way = self.dice.pick((self.truncate, self.bad_utf8, self.good_utf8, self.in_string,
                              self.in_string, self.outside, self.outside, self.repeat_key,
                              self.repeat_key, self.deep, self.deep, self.byte, self.byte,
                              self.alone, self.trailing, self.mark))
        return way(data)

    def insert(self, data, at, what):
        return data[:at] + what + data[at:]

    def anywhere(self, data):
        return self.dice.between(0, len(data))

    def found(self, data, pattern):
        """End of a random match of the pattern, else any place."""
        ends = [match.end() for match in re.finditer(pattern, data)]
        return self.dice.pick(ends) if ends else self.anywhere(data)

    def truncate(self, data):
        return data[:self.anywhere(data)]

    def bad_utf8(self, data):
        return self.insert(data, self.anywhere(data), self.dice.pick(BAD_UTF8))

    def good_utf8(self, data):
        return self.insert(data, self.anywhere(data), self.dice.pick(GOOD_UTF8))

    def in_string(self, data):
        return self.insert(data, self.found(data, rb'[A-Za-z0-9]'), self.dice.pick(IN_STRING))

    def outside(self, data):
        at = self.found(data, rb'[:,\[{}\]]')
        what = self.dice.pick(OUTSIDE)
        if self.dice.chance(0.3):
            # In place of a scalar rather than before it.
            rest = re.match(rb'\s*("[^"\\]*"|[a-z0-9.-]+)', data[at:])
            return data[:at] + what + data[at + (rest.end() if rest else 0):]
        return self.insert(data, at, what)

    def repeat_key(self, data):
        """A key of the document a second time, in the same object or elsewhere."""
        keys = re.findall(rb'"[^"\\]+"\s*:', data)
        at = self.found(data, rb'[{,](?=\s*")')
        if not keys:
            return data
        key = self.dice.pick(keys)
        if self.dice.chance(0.3):
            key = b'"\\u%04x' % key[1] + key[2:]
        return self.insert(data, at, key + self.dice.pick((b"1,", b'"x",', b"[],", b"\\,")))

    def deep(self, data):
        """Brackets around the limit of depth, in place of a value or before one."""
        count = self.dice.between(26, 34)
        kind = self.dice.pick((b"[", b'{"a":', b'[{"a":'))
        opening = kind * (count if kind != b'[{"a":' else count // 2)
        closing = b"".join(b"]" if one == 91 else b"}" for one in reversed(opening)
                           if one in b"[{")
        if self.dice.chance(0.2):
            closing = closing[:self.dice.between(0, len(closing))]
        middle = self.dice.pick((b"1", b"{}", b"[]", b'"\\ud800"', b"x"))
        return self.insert(data, self.found(data, rb'[:\[,]'), opening + middle + closing + b",")

    def byte(self, data):
        """A byte changed, removed or repeated."""
        if not data:
            return data
        at = self.dice.between(0, len(data) - 1)
        new = self.dice.pick((b"", bytes([self.dice.between(0, 255)]), data[at:at + 1] * 2,
                              self.dice.pick((b"{", b"}", b"[", b"]", b",", b":", b'"', b"\\"))))
        return data[:at] + new + data[at + 1:]

    def alone(self, data):
        return self.dice.pick(ALONE)

    def trailing(self, data):
        return data + self.dice.pick((b" ", b"\n\n", b"x", b"{}", b",", b"\x00", b"//", b"]",
                                      b"\xef\xbb\xbf", b"1", b"\xff", b"\x1a"))

    def mark(self, data):
        return b"\xef\xbb\xbf" + data


def padded(dice, data):
    """White space up to the largest size, or one byte above it."""
    size = LARGEST_INPUT + dice.pick((0, 1))
    return data + b" " * (size - len(data))
