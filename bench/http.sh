#!/bin/sh
# Compares wrk on an address of a running halle with nginx serving the same bytes.
#
#	bench/http.sh URL FILE [SECONDS]
#
# FILE holds what URL answers (curl -o FILE URL). Both are asked over loopback by the same
# wrk (2 threads, 64 connections), three times each in turn; medians and their ratio are
# printed, with the processor time of each request when the server's process can be found.
# Both answer plain bytes: wrk sends no Accept-Encoding.
set -eu

url=${1:?usage: bench/http.sh URL FILE [SECONDS]}
file=${2:?usage: bench/http.sh URL FILE [SECONDS]}
seconds=${3:-5}
port=${NGINX_PORT:-18080}

for tool in wrk nginx curl; do
	command -v $tool >/dev/null || { echo "bench/http.sh: no $tool here" >&2; exit 77; }
done

dir=$(mktemp -d)
trap 'test -s "$dir/pid" && kill "$(cat "$dir/pid")"; sleep 0.3; rm -rf "$dir"' EXIT

curl -sf -o "$dir/answer" "$url"
cmp -s "$dir/answer" "$file" || { echo "bench/http.sh: '$url' does not answer '$file'" >&2; exit 1; }
mkdir "$dir/root" "$dir/tmp"
cp "$file" "$dir/root/page.html"
chmod -R a+rX "$dir"

cat >"$dir/nginx.conf" <<EOF
worker_processes auto;
pid $dir/pid;
error_log $dir/error.log;
events { worker_connections 1024; }
http {
	access_log off;
	sendfile on;
	tcp_nopush on;
	keepalive_requests 1000000000;
	open_file_cache max=100;
	server_tokens off;
	client_body_temp_path $dir/tmp; proxy_temp_path $dir/tmp; fastcgi_temp_path $dir/tmp;
	uwsgi_temp_path $dir/tmp; scgi_temp_path $dir/tmp;
	types { text/html html; }
	server { listen 127.0.0.1:$port backlog=1024; root $dir/root; }
}
EOF
nginx -c "$dir/nginx.conf" -e "$dir/error.log"
sleep 0.5
peer=http://127.0.0.1:$port/page.html
curl -sf -o "$dir/answer" "$peer"
cmp -s "$dir/answer" "$file"

# Hundredths of a second of processor used so far by the processes given.
used()
{
	total=0
	for process in "$@"; do
		set -- $(sed 's/.*) //' "/proc/$process/stat")
		total=$((total + ${12} + ${13}))
	done
	echo $total
}

# One run: requests a second, and microseconds of processor for each.
run()
{
	target=$1
	shift
	before=$(used "$@")
	wrk -t2 -c64 -d"${seconds}s" "$target" >"$dir/wrk"
	after=$(used "$@")
	grep -E 'Non-2xx|Socket errors' "$dir/wrk" >&2 || true
	awk -v ticks=$((after - before)) -v hz="$(getconf CLK_TCK)" '
		/requests in/ { n = $1 }
		/Requests\/sec/ { rate = $2 }
		END { printf "%.0f %.2f\n", rate, n ? ticks / hz * 1e6 / n : 0 }' "$dir/wrk"
}

median()
{
	sort -n | sed -n 2p
}

ours=$(ss -Hltnp "sport = :$(echo "$url" | sed 's|.*://[^/]*:\([0-9]*\).*|\1|')" 2>/dev/null |
	sed -n 's/.*pid=\([0-9]*\).*/\1/p' | head -n 1)
theirs=$(pgrep -P "$(cat "$dir/pid")" | tr '\n' ' ')

load=$(cut -d' ' -f1 /proc/loadavg)
wrk -t2 -c64 -d1s "$url" >/dev/null
wrk -t2 -c64 -d1s "$peer" >/dev/null
for i in 1 2 3; do
	run "$url" $ours >>"$dir/ours"
	run "$peer" $theirs >>"$dir/theirs"
done

wrk -v 2>&1 | head -n 1 || true
nginx -v 2>&1
echo "$(getconf _NPROCESSORS_ONLN) processors, $(wc -c <"$file") bytes, ${seconds} s a run, medians of 3"
echo "load before and after: $load, $(cut -d' ' -f1 /proc/loadavg)"

# Name, and the runs: requests a second and microseconds of processor for each.
tell()
{
	rate=$(cut -d' ' -f1 "$2" | median)
	cost=$(cut -d' ' -f2 "$2" | median)
	echo "$1  $rate requests/s ($(cut -d' ' -f1 "$2" | tr '\n' ' ' | sed 's/ $//')), $cost us of processor each"
}

tell halle "$dir/ours"
a=$rate a_cost=$cost
tell nginx "$dir/theirs"
awk -v a="$a" -v b="$rate" -v ac="$a_cost" -v bc="$cost" 'BEGIN {
	printf "ratio  %.2f in requests/s", a / b
	if (ac > 0 && bc > 0)
		printf ", %.2f in processor time", bc / ac
	print " (above 1: halle is ahead)"
}'
