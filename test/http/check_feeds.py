#!/usr/bin/env python3
"""Checks what machines read, on a server that runs: check_feeds.py URL [CHECK_ICAL].

URL is where it listens; addresses it writes may be others (--public). CHECK_ICAL is the program
made from check_ical.c; without it the calendars are read by the rules below alone. The schemas
are asked when xmllint is there. Prints "ok - ..." and "not ok - ..."; exit code 1 when one failed.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ET

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data")
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")

base = ""
failures = 0


def check(good, name, detail=""):
    global failures
    failures += not good
    print(("ok - " if good else "not ok - ") + name + (f": {detail}" if detail and not good else ""))
    return good


class Answer:
    def __init__(self, code, headers, body):
        self.code, self.headers, self.body = code, headers, body
        self.type = headers.get("Content-Type", "")

    def json(self):
        return json.loads(self.body.decode())


def fetch(path, method="GET", **headers):
    request = urllib.request.Request(base + path, method=method)
    for name, value in headers.items():
        request.add_header(name.replace("_", "-"), value)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        return Answer(error.code, error.headers, error.read())


def path_of(address):
    """An address the site writes, as a path: the server may listen elsewhere."""
    parts = urllib.parse.urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def check_schema(name, schema, body):
    if not shutil.which("xmllint"):
        return
    run = subprocess.run(
        ["xmllint", "--noout", "--nonet", "--relaxng", os.path.join(DATA, schema), "-"],
        input=body, stderr=subprocess.PIPE, check=False)
    check(run.returncode == 0, f"{name} is valid by {schema}", run.stderr.decode()[:300])


def check_conditional(path):
    answer = fetch(path)
    etag = answer.headers.get("ETag", "")
    check(etag.startswith('"'), f"{path} has a strong ETag", etag)
    again = fetch(path, If_None_Match=etag)
    check(again.code == 304 and not again.body, f"{path} is not sent twice", again.code)
    check(fetch(path).body == answer.body, f"{path} is the same bytes twice")


# ---- Atom --------------------------------------------------------------------


def check_entry(entry):
    for name in ("id", "title", "updated"):
        if len(entry.findall(ATOM + name)) != 1:
            return f"{name} is not there once"
    if not MOMENT.fullmatch(entry.findtext(ATOM + "updated")):
        return "updated is no moment"
    links = [e.get("href", "") for e in entry.findall(ATOM + "link") if e.get("rel") == "alternate"]
    if len(links) != 1 or not re.match(r"https?://", links[0]):
        return "no absolute alternate link"
    return ""


def check_atom():
    answer = fetch("/flux/ressources.atom")
    check(answer.code == 200 and answer.type.startswith("application/atom+xml"), "the feed is there",
          f"{answer.code} {answer.type}")
    check_schema("the feed", "atom.rng", answer.body)
    feed = ET.fromstring(answer.body)
    entries = feed.findall(ATOM + "entry")
    faults = [fault for fault in map(check_entry, entries) if fault]
    check(not faults, "every entry has what Atom requires", faults[:3])
    ids = [e.findtext(ATOM + "id") for e in [feed] + entries]
    check(len(set(ids)) == len(ids) and all(re.match(r"urn:uuid:[0-9a-f-]{36}$", i) for i in ids),
          "identifiers are UUIDs, each once")
    check(feed.find(ATOM + "author") is not None, "the feed has an author")
    check(len(entries) <= 30, "the feed has thirty entries at most", len(entries))
    rels = {e.get("rel"): e.get("href") for e in feed.findall(ATOM + "link")}
    check(path_of(rels.get("self", "")) == "/flux/ressources.atom", "the feed says where it is", rels)
    check(feed.findtext(ATOM + "updated") == max([e.findtext(ATOM + "updated") for e in entries],
          default="1970-01-01T00:00:00Z"), "the feed is as recent as its last entry")
    check_conditional("/flux/ressources.atom")


# ---- iCalendar ----------------------------------------------------------------


def unfold(body):
    """The content lines, or a fault."""
    if not body.endswith(b"\r\n"):
        return None, "the last line has no end"
    lines = []
    for raw in body[:-2].split(b"\r\n"):
        if b"\n" in raw or b"\r" in raw:
            return None, "a line end alone"
        if len(raw) > 75:
            return None, f"a line of {len(raw)} octets"
        try:
            text = raw.decode()
        except UnicodeDecodeError:
            return None, f"a character is cut: {raw!r}"
        if text.startswith((" ", "\t")):
            lines[-1] += text[1:]
        else:
            lines.append(text)
    return lines, ""


def components(lines):
    """Every component as (name, lines); a fault ends it."""
    stack, found = [], []
    for line in lines:
        name, _, value = line.partition(":")
        if name == "BEGIN":
            stack.append((value, []))
        elif name == "END":
            if not stack or stack[-1][0] != value:
                raise ValueError(f"END:{value}")
            found.append(stack.pop())
        else:
            stack[-1][1].append(line)
    if stack:
        raise ValueError(f"{stack[-1][0]} is not ended")
    return found


def values(lines, name):
    return [line.partition(":")[2] for line in lines if re.match(rf"{name}[;:]", line)]


def event_fault(event):
    for name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "STATUS", "URL"):
        if len(values(event, name)) != 1:
            return f"{name} is not there once"
    if not re.fullmatch(r"\d{8}T\d{6}Z", values(event, "DTSTAMP")[0]):
        return "DTSTAMP is not in UTC"
    if values(event, "STATUS")[0] not in ("TENTATIVE", "CONFIRMED", "CANCELLED"):
        return "STATUS"
    for line in event:
        if line.startswith(("DTSTART", "DTEND")) and not re.fullmatch(
                r"DT(START|END)(;TZID=Europe/Paris:\d{8}T\d{6}|;VALUE=DATE:\d{8}|:\d{8}T\d{6}Z)", line):
            return line
        if line.startswith("ATTENDEE"):
            return "someone who attends is told"
    text = values(event, "SUMMARY")[0]
    if re.search(r"(?<!\\)(\\\\)*[,;]", text):
        return f"a mark is not escaped: {text}"
    return ""


def check_calendar(path, check_ical):
    answer = fetch(path)
    if not check(answer.code == 200 and answer.type == "text/calendar; charset=utf-8",
                 f"{path} is there", f"{answer.code} {answer.type}"):
        return
    lines, fault = unfold(answer.body)
    if not check(lines is not None, f"{path} has lines of 75 octets, ended by CR LF", fault):
        return
    found = components(lines)
    calendar = [body for name, body in found if name == "VCALENDAR"]
    check(len(calendar) == 1 and "VERSION:2.0" in calendar[0] and "METHOD:PUBLISH" in calendar[0]
          and values(calendar[0], "PRODID"), f"{path} is one calendar")
    zones = [values(body, "TZID") for name, body in found if name == "VTIMEZONE"]
    rules = [values(body, "RRULE") for name, body in found if name in ("STANDARD", "DAYLIGHT")]
    check(zones == [["Europe/Paris"]] and len(rules) == 2 and all(rules),
          f"{path} describes its time zone, both rules")
    events = [body for name, body in found if name == "VEVENT"]
    faults = [fault for fault in map(event_fault, events) if fault]
    check(not faults, f"{path} has whole events", faults[:3])
    uids = [values(event, "UID")[0] for event in events]
    check(len(set(uids)) == len(uids), f"{path} has each UID once")
    check_conditional(path)
    if check_ical:
        run = subprocess.run([check_ical], input=answer.body, capture_output=True, check=False)
        check(run.returncode == 0 and f"{len(events)} events" in run.stdout.decode(),
              f"{path} is read by libical", run.stderr.decode()[:300])


# ---- the map --------------------------------------------------------------------


def check_sitemap():
    answer = fetch("/sitemap.xml")
    check(answer.code == 200 and answer.type.startswith("application/xml"), "the map is there")
    check_schema("the map", "sitemap.rng", answer.body)
    root = ET.fromstring(answer.body)
    places = [e.text for e in root.iter(SITEMAP + "loc")]
    if root.tag == SITEMAP + "sitemapindex":
        parts = [fetch(path_of(place)) for place in places]
        check(all(part.code == 200 for part in parts), "every part of the map is there")
        for part in parts:
            check_schema("a part of the map", "sitemap.rng", part.body)
        places = [e.text for part in parts for e in ET.fromstring(part.body).iter(SITEMAP + "loc")]
    check(len(places) == len(set(places)) and len(places) > 0, "every address is there once")
    check(len({urllib.parse.urlsplit(place)[:2] for place in places}) == 1, "all of one site")
    step = max(1, len(places) // 40)
    missing = [place for place in places[::step] if fetch(path_of(place)).code != 200]
    check(not missing, "the addresses of the map lead to pages", missing[:3])
    robots = fetch("/robots.txt")
    named = re.findall(r"^Sitemap: (\S+)$", robots.body.decode(), re.M)
    check([path_of(name) for name in named] == ["/sitemap.xml"], "robots.txt names the map", named)
    return places


def check_json_ld(places):
    faults = []
    n = 0
    for place in places[:: max(1, len(places) // 20)]:
        page = fetch(path_of(place)).body.decode()
        for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S):
            n += 1
            try:
                if json.loads(text).get("@context") != "https://schema.org":
                    faults.append(place)
            except ValueError as error:
                faults.append(f"{place}: {error}")
    check(not faults, f"JSON-LD is read on {n} pages", faults[:3])


# ---- the API, against its own description -------------------------------------------


TYPES = {
    "object": dict, "array": list, "string": str, "boolean": bool, "null": type(None),
    "integer": int,
}


def is_of_type(value, name):
    return isinstance(value, TYPES[name]) and not (name == "integer" and isinstance(value, bool))


def find_fault(value, schema, whole, at="$"):
    """Where a value is not as the schema says: the keywords that openapi.json uses."""
    if "$ref" in schema:
        target = whole
        for part in schema["$ref"][2:].split("/"):
            target = target[part]
        fault = find_fault(value, target, whole, at)
        if fault:
            return fault
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(is_of_type(value, t) for t in types):
        return f"{at} is no {types}: {value!r}"
    if "enum" in schema and value not in schema["enum"]:
        return f"{at}: {value!r}"
    if "const" in schema and value != schema["const"]:
        return f"{at}: {value!r}"
    if isinstance(value, str):
        return string_fault(value, schema, at)
    if isinstance(value, list):
        if len(value) > schema.get("maxItems", len(value)):
            return f"{at}: {len(value)} items"
        for i, one in enumerate(value):
            fault = find_fault(one, schema.get("items", {}), whole, f"{at}[{i}]")
            if fault:
                return fault
    if isinstance(value, dict):
        return object_fault(value, schema, whole, at)
    if isinstance(value, int) and not isinstance(value, bool):
        if not schema.get("minimum", value) <= value <= schema.get("maximum", value):
            return f"{at}: {value}"
    return ""


def string_fault(value, schema, at):
    formats = {"date-time": MOMENT, "date": re.compile(r"\d{4}-\d\d-\d\d")}
    if "pattern" in schema and not re.search(schema["pattern"], value):
        return f"{at}: {value!r}"
    if schema.get("format") in formats and not formats[schema["format"]].fullmatch(value):
        return f"{at} is no {schema['format']}: {value!r}"
    return ""


def object_fault(value, schema, whole, at):
    properties, more = schema.get("properties", {}), schema.get("additionalProperties", True)
    for name in schema.get("required", []):
        if name not in value:
            return f"{at}.{name} is missing"
    for name, one in value.items():
        if name not in properties and more is False:
            return f"{at}.{name} is not described"
        rule = properties.get(name, more if isinstance(more, dict) else {})
        fault = find_fault(one, rule, whole, f"{at}.{name}")
        if fault:
            return fault
    return ""


def response_schema(api, path, code):
    answer = api["paths"][path]["get"]["responses"][str(code)]
    if "$ref" in answer:
        answer = api["components"]["responses"][answer["$ref"].split("/")[-1]]
    return next(iter(answer["content"].items()))


def check_as_described(api, template, path, code=200):
    answer = fetch(path)
    if not check(answer.code == code, f"GET {path} is {code}", answer.code):
        return None
    media, schema = response_schema(api, template, code)
    check(answer.type == media, f"GET {path} is {media}", answer.type)
    value = answer.json()
    fault = find_fault(value, schema["schema"], api)
    check(not fault, f"GET {path} is as described", fault)
    return value


def check_references(api):
    text = json.dumps(api)
    missing = []
    for name in set(re.findall(r'"\$ref": "#/([^"]+)"', text)):
        target = api
        for part in name.split("/"):
            target = target.get(part, {})
        if not target:
            missing.append(name)
    check(not missing, "every reference of the description leads somewhere", missing)


def check_resources(api):
    path = "/api/v1/resources"
    found = check_as_described(api, path, path)
    every = check_as_described(api, path, path + "?limit=100")
    if not found or not every:
        return
    n = min(every["total"], 12)
    pages = [fetch(f"{path}?limit=1&offset={i}").json()["items"] for i in range(n)]
    check([p[0]["slug"] for p in pages] == [i["slug"] for i in every["items"][:n]],
          "pages of one follow each other as in a page of a hundred")
    past = check_as_described(api, path, f"{path}?offset={every['total']}")
    check(past["items"] == [] and past["total"] == every["total"], "a page past the last is empty")
    for facet, counts in found["facets"].items():
        for one in counts[:3]:
            value = urllib.parse.quote(one["value"])
            total = fetch(f"{path}?{facet}={value}&limit=1").json()["total"]
            check(total == one["count"], f"{facet}={one['value']} counts what it finds",
                  f"{total}, told {one['count']}")
    kinds = found["facets"]["kind"][:2]
    if len(kinds) == 2:
        query = "&".join(f"kind={k['value']}" for k in kinds)
        check(fetch(f"{path}?{query}").json()["total"] == sum(k["count"] for k in kinds),
              "two kinds are alternatives")
    check(fetch(path + "?unknown=1").body == fetch(path).body, "unknown parameters are ignored")
    for item in every["items"][:5]:
        one = check_as_described(api, path + "/{slug}", f"{path}/{item['slug']}")
        check(one and one["slug"] == item["slug"] and (item["visibility"] == "public") == ("body" in one),
              f"{item['slug']} has its text when it is public, and not else")
        check(fetch(item["url"]).code == 200, f"{item['url']} is a page")


def check_search(api):
    """Words of the titles there are: found, with passages, and suggested."""
    path = "/api/v1/resources"
    words = re.findall(r"\w{5,}", " ".join(i["title"] for i in fetch(path + "?limit=5").json()["items"]))
    for word in words[:3]:
        found = check_as_described(api, path, f"{path}?q={urllib.parse.quote(word)}")
        check(found and found["total"] > 0, f"{word} is found")
    path = "/api/v1/suggest"
    for typed in ["", "zzzzzz"] + [word[:4] for word in words[:3]]:
        check_as_described(api, path, f"{path}?q={urllib.parse.quote(typed)}")
    check_conditional(f"{path}?q={urllib.parse.quote(words[0][:4] if words else 'a')}")


def check_sessions(api):
    path = "/api/v1/sessions"
    every = check_as_described(api, path, path + "?limit=100")
    if not every:
        return None
    days = [s["on"] for s in every["items"]]
    check(days == sorted(days), "sessions come by day")
    check(all(s["starts_at"] is None or s["starts_at"].startswith(s["on"]) for s in every["items"]),
          "a session starts on its day")
    check(all(s["starts_at"] is None or re.search(r"\+0[12]:00$", s["starts_at"])
              for s in every["items"]), "hours are told with the offset of Paris")
    if days:
        day = days[len(days) // 2]
        some = check_as_described(api, path, f"{path}?from={day}&until={day}")
        check(some["total"] == days.count(day), "a day has its own sessions")
    return every["items"][0]["slug"] if every["items"] else None


def check_problem(path, code, name="", method="GET"):
    answer = fetch(path, method)
    good = answer.code == code and answer.type == "application/problem+json"
    problem = answer.json() if good else {}
    good = good and problem.get("status") == code and problem.get("title") and problem.get("type")
    check(good and problem.get("detail", name).startswith(name), f"{method} {path} is a problem {code}",
          f"{answer.code} {answer.type} {answer.body[:200]!r}")


def check_problems():
    resources, sessions = "/api/v1/resources", "/api/v1/sessions"
    for query in ("limit=0", "limit=101", "limit=-1", "limit=x", "limit=", "limit=1e2", "limit=%2B5",
                  "limit=99999999999999999999", "offset=-1", "offset=x", "offset=2147483648",
                  "sort=title", "sort=", "year=24", "year=deux", "access=secret", "kind=Un%20Guide",
                  "category=", "keyword=a--b", "territory=%27", "collection=A", "q=" + "a" * 512):
        check_problem(f"{resources}?{query}", 400, query.split("=")[0])
    for query in ("from=2024-02-30", "from=hier", "until=2024-1-1", "limit=101", "offset=-1"):
        check_problem(f"{sessions}?{query}", 400, query.split("=")[0])
    check_problem("/api/v1/suggest?q=" + "a" * 512, 400, "q")
    check_problem(resources + "/rien-de-tel", 404)
    check_problem("/api/v1/rien", 404)
    check_problem(resources + "?q=%zz", 400)
    check_problem(resources, 405, method="DELETE")


def check_api():
    answer = fetch("/api/openapi.json")
    if not check(answer.code == 200 and answer.type == "application/json", "the API is described",
                 f"{answer.code} {answer.type}"):
        return None
    api = answer.json()
    check(api["openapi"].startswith("3.1.") and re.match(r"https?://", api["servers"][0]["url"]),
          "it is OpenAPI 3.1 and says where it is")
    check_references(api)
    check_resources(api)
    check_search(api)
    slug = check_sessions(api)
    check_problems()
    check_conditional("/api/v1/resources")
    return slug


def main():
    global base
    if len(sys.argv) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 2
    base = sys.argv[1].rstrip("/")
    check_ical = sys.argv[2] if len(sys.argv) == 3 else None
    check_atom()
    check_json_ld(check_sitemap())
    slug = check_api()
    check_calendar("/flux/agenda.ics", check_ical)
    if slug:
        check_calendar(f"/agenda/{slug}.ics", check_ical)
    check(fetch("/agenda/rien-de-tel.ics").code == 404, "no calendar of a session that is not")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
