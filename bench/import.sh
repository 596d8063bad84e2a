#!/bin/bash
# import.sh - how long the interchange takes to come in and go out, and in how much memory.
#
#	bench/import.sh [N] [HALLE]	N resources of about 3 KiB (100,000)
#
# The peer is the sqlite3 shell, which only puts each line of the same file into a table: what
# any reader of that file must spend. Three runs of each, alternating; medians.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
n=${1:-100000}
halle=${2:-$here/../build/halle}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 "$here/make_jsonl.py" "$n" >"$work/in.jsonl"
bytes=$(stat -c %s "$work/in.jsonl")
echo "$("$halle" version), sqlite3 $(sqlite3 --version | cut -d' ' -f1), $(nproc) cores"
echo "$n resources, $((bytes / n)) bytes each"

timed() { # NAME COMMAND...: seconds and kilobytes, a line a run
	local name=$1
	shift
	/usr/bin/env python3 - "$name" "$@" <<'PY'
import resource, subprocess, sys, time
start = time.monotonic()
code = subprocess.run(sys.argv[2:], stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL).returncode
took = time.monotonic() - start
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(sys.argv[1], f"{took:.2f}", peak, code)
sys.exit(code)
PY
}

for _ in 1 2 3; do
	rm -rf "$work/data" "$work/peer.db"
	timed import "$halle" import jsonl "$work/in.jsonl" --data "$work/data"
	timed export "$halle" export jsonl --to "$work/out.jsonl" --data "$work/data"
	timed sqlite3 sqlite3 "$work/peer.db" "CREATE TABLE line (text TEXT)" \
		".mode ascii" ".separator \"\\037\" \"\\n\"" ".import $work/in.jsonl line"
done | tee "$work/times" >&2

python3 - "$work/times" <<'PY'
import statistics, sys
times = {}
for line in open(sys.argv[1]):
    name, seconds, peak, _ = line.split()
    times.setdefault(name, []).append((float(seconds), int(peak)))
for name, runs in times.items():
    seconds = statistics.median(s for s, _ in runs)
    print(f"{name:8} median {seconds:6.2f} s, peak {max(p for _, p in runs) / 1024:6.1f} MiB")
ratio = statistics.median(s for s, _ in times["import"]) / statistics.median(
    s for s, _ in times["sqlite3"])
print(f"import / sqlite3 .import: {ratio:.1f}")
PY
