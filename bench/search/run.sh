#!/bin/bash
# run.sh - halle's search and its peers, over the same corpus, in the same run.
#
#	bench/search/run.sh [N [WORDS [PEER...]]]	100000 documents of 400 words; fts5 pg xapian
#
# The corpus is kept in $HALLE_BENCH/NxWORDS when HALLE_BENCH is set, and made there when it is
# absent; else it goes to a folder that is removed. "none" for PEER is halle alone. RUNS,
# PEER_RUNS, PEER_LIMIT, UPDATES, SECONDS_BESIDE: see the README.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
n=${1:-100000}
words=${2:-400}
shift $(($# < 2 ? $# : 2))
peers=${*:-fts5 pg xapian}
runs=${RUNS:-20} peer_runs=${PEER_RUNS:-3} limit=${PEER_LIMIT:-120}
build=${BUILD:-$here/../../build-bench}
work=$(mktemp -d)
cluster=

stop_cluster() {
	[ -n "$cluster" ] || return 0
	as_postgres "$cluster/pg_ctl" -D "$work/pg/data" -m immediate stop >/dev/null 2>&1 || true
	cluster=
}
trap 'stop_cluster; rm -rf "$work"' EXIT

# ---- build, corpus

case " $peers " in
*" pg "* | *" xapian "*) with_peers=true ;;
*) with_peers=false ;;
esac
if [ -z "${BUILD:-}" ]; then
	[ -f "$build/build.ninja" ] ||
		meson setup "$build" "$here/../.." --buildtype=release >"$work/log"
	meson configure "$build" -Dbench=true -Dbench_peers=$with_peers
	ninja -C "$build" >"$work/log" || { grep -E 'error' "$work/log" >&2; exit 1; }
fi
programs=$build/bench/search
corpus=${HALLE_BENCH:-$work}/${n}x$words
if [ ! -f "$corpus/queries.tsv" ]; then
	rm -rf "$corpus"
	mkdir -p "$(dirname "$corpus")"
	"$programs/corpus" "$n" "$words" "$corpus"
fi

# ---- PostgreSQL: a cluster of its own, on a socket, without network

as_postgres() {
	if [ "$(id -u)" = 0 ]; then
		(cd / && runuser -u postgres -- "$@")
	else
		"$@"
	fi
}

start_cluster() {
	local bin
	bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
	mkdir "$work/pg"
	chmod 711 "$work"
	[ "$(id -u)" != 0 ] || chown postgres "$work/pg"
	as_postgres "$bin/initdb" -D "$work/pg/data" -A trust -U postgres --no-sync -E UTF8 \
		--locale=C.UTF-8 >/dev/null
	# One process answers, as one thread of halle does; compiling queries costs more than it saves.
	cat >>"$work/pg/data/postgresql.conf" <<END
listen_addresses = ''
unix_socket_directories = '$work/pg'
shared_buffers = 1GB
work_mem = 256MB
maintenance_work_mem = 512MB
max_parallel_workers_per_gather = 0
max_wal_size = 4GB
fsync = off
jit = off
END
	as_postgres "$bin/pg_ctl" -D "$work/pg/data" -l "$work/pg/log" -w start >/dev/null
	cluster=$bin
}

run_pg() {
	start_cluster
	"$programs/peer_pg" "$corpus" "host=$work/pg user=postgres dbname=postgres" \
		"$peer_runs" "$limit"
	stop_cluster
	rm -rf "$work/pg"
}

run_fts5() {
	"$programs/peer_fts5" "$corpus" "$work/fts5.db" "$peer_runs" "$limit"
	rm -f "$work/fts5.db"
}

run_xapian() {
	"$programs/peer_xapian" "$corpus" "$work/xapian" "$peer_runs" "$limit"
	rm -rf "$work/xapian" "$work/xapian.new"
}

# ---- the run

load() {
	cut -d' ' -f1-3 /proc/loadavg
}

echo "halle $(git -C "$here" log -1 --format=%h 2>/dev/null || echo '?'), $n documents of about $words words"
echo "$(getconf _NPROCESSORS_ONLN) processors ($(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1))"
echo "load before: $(load)"
{
	"$programs/bench_search" "$corpus" "$runs" "${UPDATES:-200}" "${SECONDS_BESIDE:-10}"
	for peer in $peers; do
		case $peer in
		none) ;;
		fts5 | pg | xapian)
			printf 'note\t%s\tload %s\n' "$peer" "$(load)"
			"run_$peer"
			;;
		*)
			echo "run.sh: there is no peer '$peer': fts5, pg, xapian or none" >&2
			exit 2
			;;
		esac
	done
} | tee "$work/results" | sed -un 's/^note\t\([^\t]*\)\t/\1: /p'
echo "load after: $(load)"
python3 "$here/report.py" "$work/results"
