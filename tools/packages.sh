# packages.sh - installs the Debian packages that are missing; sourced by ./demo and ./check.

# What the program is built with and runs on.
packages_build="gcc libc6-dev meson ninja-build pkg-config libcmark-dev libgmp-dev libgumbo-dev libjansson-dev \
libcurl4-openssl-dev libmicrohttpd-dev liboath-dev libqrencode-dev libsodium-dev libsqlite3-dev libstemmer-dev libutf8proc-dev \
zlib1g-dev ca-certificates"

# What its tests need beside that.
packages_test="clang clang-format libclang-rt-14-dev llvm libcmocka-dev libical-dev python3 \
sqlite3 curl openssl exim4-daemon-light libxml2-utils mandoc nodejs chromium default-jre-headless fonts-dejavu-core"

say() {
	printf '%s\n' "$*" >&2
}

stop() {
	say "$0: $*"
	exit 1
}

missing_packages() {
	for package in "$@"; do
		state=$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null) || state=
		case $state in
		ii*) ;;
		*) printf '%s ' "$package" ;;
		esac
	done
}

# Node.js from elsewhere than Debian is as good, and brings its own npm.
drop_known_tools() {
	for package in "$@"; do
		case $package in
		nodejs | npm) command -v "${package%js}" >/dev/null 2>&1 && continue ;;
		esac
		printf '%s ' "$package"
	done
}

install_packages() {
	command -v dpkg-query >/dev/null 2>&1 ||
		stop "this is made for Debian 12: dpkg is not here"
	missing=$(drop_known_tools $(missing_packages "$@"))
	[ -n "${missing% }" ] || return 0
	command="apt-get install -y --no-install-recommends $missing"
	if [ "$(id -u)" = 0 ]; then
		as_root=
	elif command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
		as_root="sudo"
	else
		stop "as root, run: apt-get update && $command"
	fi
	say "installing: $missing"
	log=$(mktemp)
	if ! { $as_root apt-get update && $as_root env DEBIAN_FRONTEND=noninteractive $command; } \
		>"$log" 2>&1 </dev/null; then
		tail -n 5 "$log" >&2
		rm -f "$log"
		stop "cannot install packages; as root, run: apt-get update && $command"
	fi
	rm -f "$log"
}

# build_in FOLDER OPTIONS...: sets the folder up, or adds the options it was not set up with,
# then builds what has changed: all of it, or $targets.
build_in() {
	folder=$1
	log=$folder.log
	shift
	if [ ! -f "$folder/build.ninja" ]; then
		rm -rf "$folder"
		set_up "$@"
	else
		for option in "$@"; do
			grep -qxe "$option" "$folder/options" 2>/dev/null || {
				set_up --reconfigure "$@"
				break
			}
		done
	fi
	say "building $folder"
	ninja -C "$folder" ${targets:-} >"$log" 2>&1 || {
		grep -E ' error:|FAILED|undefined' "$log" | head -n 15 >&2
		stop "cannot build: see $log"
	}
}

set_up() {
	say "preparing $folder"
	meson setup "$folder" "$@" >"$log" 2>&1 || {
		tail -n 15 "$log" >&2
		stop "cannot prepare the build: see $log"
	}
	printf '%s\n' "$@" >"$folder/options"
}
