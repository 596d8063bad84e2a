#!/bin/bash
# http.sh - how many searches a second halle answers over HTTP.
#
#	bench/search/http.sh FOLDER [HALLE]
#
# FOLDER is a corpus (run.sh keeps one in $HALLE_BENCH). Asked by wrk over loopback (2 threads, 32
# connections, SECONDS_EACH s, three times): one query again and again, then thousands that differ
# (distinct.txt: middling words, alone or two together), which no cache helps: twenty hits with
# their passages, every facet counted. Medians.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:?usage: bench/search/http.sh FOLDER [HALLE]}
halle=${2:-$here/../../build-bench/halle}
seconds=${SECONDS_EACH:-5}
port=${PORT:-18081}
api=http://127.0.0.1:$port/api/v1/resources

for tool in wrk curl; do
	command -v $tool >/dev/null || { echo "http.sh: no $tool here" >&2; exit 77; }
done
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT

# ---- the server

now() {
	date +%s.%N
}

start=$(now)
"$halle" serve --data "$folder" --listen "127.0.0.1:$port" 2>"$work/log" &
server=$!
until curl -sf -o /dev/null "http://127.0.0.1:$port/sante"; do
	kill -0 "$server" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
	sleep 0.05
done
ready=$(now)
first=$(head -n 1 "$folder/distinct.txt")
until curl -sf -G -o "$work/answer" --data-urlencode "q=$first" "$api"; do
	sleep 0.05
done
answered=$(now)

# ---- asking

used() { # hundredths of a second of processor that the server has had
	sed 's/.*) //' "/proc/$server/stat" | awk '{ print $12 + $13 }'
}

# run NAME WRK-ARGUMENTS...: a line with requests a second, microseconds of processor each, p50
# and p99 of latency, errors.
run() {
	local name=$1 before after
	shift
	before=$(used)
	wrk -t2 -c32 -d"${seconds}s" --latency "$@" >"$work/wrk"
	after=$(used)
	awk -v ticks=$((after - before)) -v hz="$(getconf CLK_TCK)" '
		/requests in/ { n = $1 }
		/Requests\/sec/ { rate = $2 }
		/^ *50%/ { p50 = $2 }
		/^ *99%/ { p99 = $2 }
		/Non-2xx/ { errors += $NF }
		/Socket errors/ { errors += $4 + $6 + $8 + $10 }
		END { printf "%.0f %.1f %s %s %d\n", rate, n ? ticks / hz * 1e6 / n : 0, p50, p99,
			errors }' "$work/wrk" >>"$work/$name"
}

tell() { # NAME WHAT
	sort -n "$work/$1" | awk -v what="$2" '
		{ line[NR] = $0; errors += $5; rates = rates " " $1 }
		END {
			split(line[int((NR + 1) / 2)], m, " ")
			printf "%s: %s requests/s (%s), %s us of processor each, p50 %s, p99 %s, %d errors\n",
				what, m[1], substr(rates, 2), m[2], m[3], m[4], errors
		}'
}

load=$(cut -d' ' -f1 /proc/loadavg)
n=$(wc -l <"$folder/distinct.txt")
wrk -t1 -c4 -d1s "$api" >/dev/null
for i in 0 1 2; do
	run same "$api?q=$(printf %s "$first" | od -An -tx1 | tr -d '\n' | sed 's/ /%/g')"
	run distinct -s "$here/distinct.lua" "$api" -- "$folder/distinct.txt" $((i * n / 3)) 2
done

"$halle" version
wrk -v 2>&1 | head -n 1 || true
echo "$(getconf _NPROCESSORS_ONLN) processors, wrk on the same; ${seconds} s a run, medians of 3"
echo "load before and after: $load, $(cut -d' ' -f1 /proc/loadavg)"
awk -v s="$start" -v r="$ready" -v a="$answered" 'BEGIN {
	printf "started: /sante after %.2f s, a search answered after %.2f s\n", r - s, a - s }'
echo "resident: $(sed -n 's/^VmRSS:[^0-9]*//p' "/proc/$server/status"), at most $(
	sed -n 's/^VmHWM:[^0-9]*//p' "/proc/$server/status")"
echo "'$first' finds $(sed -n 's/^{"total":\([0-9]*\).*/\1/p' "$work/answer"), $(wc -c <"$work/answer") bytes"
tell same "one query repeated"
tell distinct "$n queries that differ"
