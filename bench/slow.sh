#!/bin/sh
# Shows that a flood of sign-ins does not stop those who read.
#
#	bench/slow.sh ECHO_SERVER [SECONDS]
#
# wrk asks for a page that is not kept (written anew each time, with its read transaction) from
# 32 connections: alone, then while 64 others post what costs an argon2id hash, as fast as they
# are let, then with the hashes made in the readers' own threads. Three times in turn; medians of
# the rates, of the 99th percentiles and of the longest are printed. wrk asks again only once it was
# answered: a reader who waits for seconds is one in its percentiles, so the longest tells most.
set -eu

server=${1:?usage: bench/slow.sh ECHO_SERVER [SECONDS]}
seconds=${2:-5}
for tool in wrk curl; do
	command -v $tool >/dev/null || { echo "bench/slow.sh: no $tool here" >&2; exit 77; }
done

dir=$(mktemp -d)
"$server" --quiet 1 --db "$dir/db" --proxy 127.0.0.1 >"$dir/port" 2>"$dir/journal" &
server_id=$!
trap 'kill $server_id; wait $server_id; rm -rf "$dir"' EXIT
while [ ! -s "$dir/port" ]; do sleep 0.1; done
url=http://127.0.0.1:$(cat "$dir/port")

# Each post comes from a visitor of its own, so that they fill all the room there is.
cat >"$dir/post.lua" <<'EOF2'
wrk.method = "POST"
local n = 0
request = function()
	n = n + 1
	return wrk.format("POST", nil, {
		["Origin"] = "http://echo.example",
		["Content-Type"] = "application/x-www-form-urlencoded",
		["X-Forwarded-For"] = string.format("192.0.%d.%d", n / 250 % 250, n % 250),
	}, "a=b")
end
EOF2
cat >"$dir/tell.lua" <<'EOF2'
done = function(summary, latency)
	io.write(string.format("%.0f %.2f %.0f\n", summary.requests / summary.duration * 1e6,
		latency:percentile(99) / 1000, latency.max / 1000))
end
EOF2

read_for()
{
	wrk -t1 -c32 -d"$1s" -s "$dir/tell.lua" "$url/jamais" | tail -n 1
}

flood()
{
	wrk -t1 -c64 -d"$((seconds + 2))s" --timeout 20s -s "$dir/post.lua" "$url$2" >"$dir/flood" &
	flood=$!
	sleep 1
	read_for "$seconds" >>"$dir/$1"
	wait $flood
	sed -n 's/ *\([0-9]*\) requests in.*/\1 hashes/p; /Non-2xx/p; /Socket/p' "$dir/flood" | tr '\n' ' ' >>"$dir/$1-posts"
	sleep 8 # what has entered is worked off, though its clients have gone
}

median()
{
	cut -d' ' -f"$2" "$1" | sort -n | sed -n 2p
}

column()
{
	echo "$(median "$1" "$2") $3 ($(cut -d' ' -f"$2" "$1" | tr '\n' ' ' | sed 's/ $//'))"
}

tell()
{
	echo "$1: $(column "$2" 1 requests/s), p99 $(column "$2" 2 ms), longest $(column "$2" 3 ms)"
}

read_for 1 >/dev/null
for i in 1 2 3; do
	read_for "$seconds" >>"$dir/alone"
	flood apart /empreinte
	flood among /empreinte/ici
done

echo "$(getconf _NPROCESSORS_ONLN) processors, ${seconds} s a run, medians of 3; wrk runs on the same ones"
tell "reading alone      " "$dir/alone"
tell "64 posting, apart  " "$dir/apart"
tell "64 posting, among  " "$dir/among"
echo "apart: $(cat "$dir/apart-posts")"
echo "among: $(cat "$dir/among-posts")"
