#!/bin/bash
# coverage.sh BUILD - tells which part of the lines of src/sieg the tests reach; BUILD has been made
# by clang with -fprofile-instr-generate -fcoverage-mapping. The tests of test/sieg run, and random
# dossiers of test/sieg/generate.py. Fails under 95 %.
set -eu
build=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$here/../.."
version=$(clang --version | sed -n 's/.*clang version \([0-9]*\).*/\1/p')
tool() { # NAME: with the version of the compiler in its name, or without
	command -v "$1-$version" || command -v "$1"
}

objects=()
for program in "$build"/test/test_sieg_*; do
	[ -f "$program" ] && [ -x "$program" ] || continue
	LLVM_PROFILE_FILE=$work/$(basename "$program").profraw "$program" >"$work/log" 2>&1 || {
		cat "$work/log"
		exit 1
	}
	objects+=(-object "$program")
done
python3 test/sieg/generate.py 1 2000 "$work/dossiers"
LLVM_PROFILE_FILE=$work/answers.profraw "$build/test/sieg_answer" "$work/dossiers" >"$work/answers"
"$(tool llvm-profdata)" merge -o "$work/all" "$work"/*.profraw
"$(tool llvm-cov)" report "$build/test/sieg_answer" "${objects[@]}" -instr-profile "$work/all" \
	-ignore-filename-regex=/test/ -show-region-summary=false -show-branch-summary=false | tee "$work/table"
percent=$(awk '/^TOTAL/ { print $NF }' "$work/table")
echo "Lines that are not reached:"
"$(tool llvm-cov)" show "$build/test/sieg_answer" "${objects[@]}" -instr-profile "$work/all" \
	-ignore-filename-regex=/test/ |
	awk '/\.[ch]:$/ { file = $0; sub(".*/", "", file) } /^ *[0-9]+\| *0\|/ { print "  " file $0 }'
if awk -v p="${percent%\%}" 'BEGIN { exit !(p >= 95) }'; then
	echo "ok - $percent of the lines of src/sieg are reached"
else
	echo "not ok - $percent of the lines of src/sieg are reached"
	exit 1
fi
