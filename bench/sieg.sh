#!/bin/sh
# Measures the calculator of compensation: on structures, and as a command.
#
#	bench/sieg.sh [BUILD [RUNS]]
#
# First: ninja -C build halle bench_sieg. Sheets on structures, one after the other; documents of
# 1,000 to 100,000 lines through the command, with its peak memory, beside python3 that only reads
# the same document; and what is not to be read at all, made as it is piped in: how long until it
# is refused. Medians of the runs; of the memory the largest.
set -eu

build=${1:-build}
runs=${2:-9}
here=$(cd "$(dirname "$0")" && pwd)
for program in halle bench_sieg; do
	[ -x "$build/$program" ] || { echo "bench/sieg.sh: no $build/$program; ninja -C $build $program" >&2; exit 1; }
done
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# measure RUNS INPUT COMMAND...: milliseconds, megabytes at the peak, exit code.
cat >"$dir/measure.py" <<'PYTHON'
import os, statistics, subprocess, sys, time

runs, path, command = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
times, peak, code = [], 0, 0
for _ in range(runs):
    with open(path, "rb") as file:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=file, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        times.append(time.perf_counter() - start)
    peak, code = max(peak, usage.ru_maxrss), os.waitstatus_to_exitcode(status)
print(f"{statistics.median(times) * 1000:.1f} {peak / 1024:.1f} {code}")
PYTHON

# refuse RUNS KIND COMMAND...: what KIND names is piped in until the command hangs up.
cat >"$dir/refuse.py" <<'PYTHON'
import itertools, os, statistics, subprocess, sys, time

MILLION = 1 << 20

def times_of(piece, n):
    block = piece * (MILLION // len(piece))
    whole, rest = divmod(n, len(block))
    return itertools.chain(itertools.repeat(block, whole), [block[:rest]])

KINDS = {
    "200 MB of JSON": lambda: itertools.chain([b"["], times_of(b"1,", 200 * MILLION), [b"1]"]),
    "100,000 levels": lambda: [b"[" * 100000, b"]" * 100000],
    "a number of a billion digits": lambda: times_of(b"7", 10**9),
    "a number of 16 million digits": lambda: times_of(b"7", 16 * 10**6),
    "an open text of 16 MB": lambda: itertools.chain([b'"'], times_of(b"\\\\", 16 * 10**6)),
    "16 MB of empty lists": lambda: itertools.chain([b"["], times_of(b"[],", 16 * 10**6 // 3 * 3), [b"[]]"]),
    "a million unknown fields": lambda: [b"{", b",".join(b'"%d":0' % i for i in range(10**6)), b"}"],
}
runs, kind, command = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
times, peak, piped = [], 0, 0
for _ in range(runs):
    pieces = list(KINDS[kind]()) if "unknown" in kind else KINDS[kind]()
    start = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    piped = 0
    # What it answers comes once its input has ended, or once it has hung up.
    try:
        for piece in pieces:
            process.stdin.write(piece)
            piped += len(piece)
        process.stdin.close()
    except BrokenPipeError:
        pass
    answer = process.stdout.read(60).decode(errors="replace")
    while process.stdout.read(MILLION):
        pass
    _, status, usage = os.wait4(process.pid, 0)
    times.append(time.perf_counter() - start)
    peak = max(peak, usage.ru_maxrss)
    try:
        process.stdin.close()
    except BrokenPipeError:
        pass
print(f"{kind:32} {answer.split(chr(34))[5]:18} exit {os.waitstatus_to_exitcode(status)}, "
      f"{statistics.median(times) * 1000:7.1f} ms, {peak / 1024:6.1f} MB at the peak, "
      f"{piped / MILLION:5.1f} MB taken from the pipe")
PYTHON

echo "$(uname -m), $(getconf _NPROCESSORS_ONLN) processors, $("$build/halle" --version 2>/dev/null | head -n 1), GMP $(
	pkg-config --modversion gmp 2>/dev/null || echo '?'), $(python3 --version); medians of $runs"

echo "# on structures: $build/bench_sieg 100000 200"
for i in 1 2 3; do
	"$build/bench_sieg" 100000 200
done | sort -t: -k2 -n | sed -n 2p

if command -v valgrind >/dev/null; then
	# The difference of two runs: what begins and ends each is not counted.
	for n in 10 60; do
		valgrind --tool=callgrind --callgrind-out-file="$dir/callgrind.$n" \
			"$build/bench_sieg" $n 200 2>&1 | sed -n 's/.*Collected : *//p' >"$dir/instructions.$n"
	done
	echo "instructions a line: $((($(cat "$dir/instructions.60") - $(cat "$dir/instructions.10")) / (50 * 200)))"
fi

echo "# documents: $build/halle sieg sheet < sheet.json (bench/make_sieg.py N)"
echo '{}' >"$dir/empty.json"
set -- $(python3 "$dir/measure.py" "$runs" "$dir/empty.json" "$build/halle" sieg sheet)
echo "{}: $1 ms, $2 MB at the peak (to start and to end)"
for n in 1000 10000 100000; do
	python3 "$here/make_sieg.py" $n >"$dir/$n.json"
	set -- $(python3 "$dir/measure.py" "$runs" "$dir/$n.json" "$build/halle" sieg sheet)
	[ "$3" = 0 ] || { echo "bench/sieg.sh: exit $3 for $n lines" >&2; exit 1; }
	ours=$1 peak=$2
	set -- $(python3 "$dir/measure.py" "$runs" "$dir/$n.json" python3 -c 'import json, sys; json.load(sys.stdin)')
	echo "$n lines, $(($(wc -c <"$dir/$n.json") / 1024)) KB: $ours ms, $peak MB at the peak; python3 reading it: $1 ms, $2 MB"
done

echo "# refused: ... | $build/halle sieg sheet"
for kind in "200 MB of JSON" "100,000 levels" "a number of a billion digits" "a number of 16 million digits" \
	"an open text of 16 MB" "16 MB of empty lists" "a million unknown fields"; do
	python3 "$dir/refuse.py" 3 "$kind" "$build/halle" sieg sheet
done
