#!/bin/bash
# members.sh - what a list page costs a member, against the same page asked by anyone and not kept.
#
#	bench/members.sh [HALLE]
#
# The demonstration with 2,000 more resources, a third of them closed, half of those by keys. The
# member holds a function, a group and twenty sessions attended, as keys. Asked by wrk over loopback, a different
# address each time (a word excluded that nothing holds): the page cache helps
# nobody. Microseconds of the server's processor for a request, medians of 5; wants a quiet machine.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
halle=${1:-$here/../build/halle}
seconds=${SECONDS_EACH:-4}
port=${PORT:-18082}

for tool in wrk curl python3; do
	command -v $tool >/dev/null || { echo "members.sh: no $tool here" >&2; exit 77; }
done
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || { kill "$server"; wait "$server"; } 2>/dev/null; rm -rf "$work"' EXIT

"$halle" import jsonl "$here/../content/demonstration.jsonl" --relative --data "$work/data" >/dev/null
python3 - >"$work/more.jsonl" <<'END'
import json
for i in range(2000):
    more = {}
    if i % 3 == 0:
        more = {"visibility": "members"} if i % 2 else {
            "visibility": "restricted", "open_to": [["function:elected"], ["group:sieg"],
                ["session:sieg-1-comprendre-et-qualifier"]][i % 9 // 3]}
    print(json.dumps({"type": "resource", "slug": f"fiche-{i}", "kind": ["Fiche", "Guide"][i % 2],
        "title": f"Fiche {i} sur l’achat et la coopération", "status": "published",
        "published_on": f"20{10 + i % 15}-0{1 + i % 9}-11", "keywords": [f"mot {i % 40}"],
        "summary": f"<p>Ce que la fiche {i} dit de l’achat, en deux lignes de résumé public.</p>",
        "body": f"<p>Le texte de la fiche {i}. " + "Un achat se prépare. " * 60 + "</p>",
        "visibility": "public", **more}))
END
"$halle" import jsonl "$work/more.jsonl" --data "$work/data" >/dev/null
python3 - "$work/data/halle.db" <<'END'
import hashlib, sqlite3, sys, time
db = sqlite3.connect(sys.argv[1])
now = int(time.time())
db.execute("INSERT INTO login_session (hash, person_id, is_whole, made_at, seen_at) SELECT ?, id,"
           " 1, ?, ? FROM person WHERE slug = 'aurelien-vasseur'",
           (hashlib.blake2b(b"m" * 43, digest_size=32).hexdigest(), now, now))
db.execute("INSERT OR IGNORE INTO attendance SELECT s.id, p.id FROM session s, person p"
           " WHERE p.slug = 'aurelien-vasseur'")
db.commit()
END

"$halle" serve --data "$work/data" --listen "127.0.0.1:$port" 2>"$work/log" &
server=$!
until curl -sf -o /dev/null "http://127.0.0.1:$port/sante"; do
	kill -0 "$server" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
	sleep 0.05
done

# A word that is not there is excluded: the same results under an address of its own.
cat >"$work/list.lua" <<'END'
local n, words = 0, { "achat", "fiche", "mandat", "guide" }
local id = 0
function setup(thread) thread:set("id", id); id = id + 1 end
function init(args) n = (id or 0) * 500000; cookie = args[1] end
function request()
	n = n + 1
	local path = "/ressources?q=" .. words[n % #words + 1] .. "%20-zz" .. n
	return wrk.format("GET", path, { Host = "x", Cookie = cookie })
end
END

used() {
	sed 's/.*) //' "/proc/$server/stat" | awk '{ print $12 + $13 }'
}

run() { # NAME [COOKIE]
	local before after
	before=$(used)
	wrk -t2 -c8 -d"${seconds}s" --latency -s "$work/list.lua" "http://127.0.0.1:$port/" -- "${2:-}" \
		>"$work/wrk"
	after=$(used)
	awk -v ticks=$((after - before)) -v hz="$(getconf CLK_TCK)" '
		/requests in/ { n = $1 } /Requests\/sec/ { rate = $2 } /Non-2xx/ { bad = $NF }
		END { printf "%.1f %.0f %d\n", ticks / hz * 1e6 / n, rate, bad }' "$work/wrk" >>"$work/$1"
}

median() {
	sort -n "$work/$1" | awk '{ line[NR] = $0 } END { print line[int((NR + 1) / 2)] }'
}

wrk -t1 -c2 -d1s "http://127.0.0.1:$port/ressources" >/dev/null
for i in 1 2 3 4 5; do
	run anyone ""
	run member "halle=mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm"
done
"$halle" version
echo "$(getconf _NPROCESSORS_ONLN) processors, wrk on the same; ${seconds} s a run, medians of 5"
for who in anyone member; do
	read -r us rate bad <<<"$(median $who)"
	echo "$who: $us us of processor for a list page, $rate requests/s, $bad refused"
done
awk -v a="$(median anyone)" -v m="$(median member)" 'BEGIN {
	split(a, x, " "); split(m, y, " "); printf "a member costs %.2f times as much\n", y[1] / x[1] }'
