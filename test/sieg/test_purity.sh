#!/bin/sh
# test_purity.sh LIBRARY SRC_DIR CC: the calculator reads its arguments and nothing else. What its
# library leaves to others to define is arithmetic, memory and text; its headers stand alone.

set -u
export LC_ALL=C
library=$1 src=$2 cc=$3
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
failures=0

ok() {
	printf 'ok - %s\n' "$1"
}

not_ok() {
	printf 'not ok - %s\n' "$1"
	[ $# -lt 2 ] || printf '%s\n' "$2" | sed 's/^/# /'
	failures=$((failures + 1))
}

# empty NAME TEXT: passes when there is no text.
empty() {
	if [ -z "$2" ]; then ok "$1"; else not_ok "$1" "$2"; fi
}

# What may be asked of others, as one expression by line.
cat >"$dir/allowed" <<'LIST'
__gmp[qz]_[a-z0-9_]+
(malloc|calloc|realloc|free|abort|qsort)
mem(chr|cmp|cpy|move|set)
str(chr|rchr|cmp|ncmp|len|nlen|str|spn|cspn)
v?snprintf
__v?snprintf_chk
__mem(cpy|move|set)_chk
__(u?div|u?mod|divmod|udivmod|mul|mulo)ti[34]
__assert_fail
__stack_chk_fail
_GLOBAL_OFFSET_TABLE_
LIST
# Of GMP, what reads, writes, draws by lot or goes through floating point.
outside='^__gmp[qz]_(inp|out|random|urandom|rrandom|get_d|set_d|cmp_d|cmpabs_d|init_set_d|set_f|get_f|fits_d)'

nm -u "$library" | awk 'NF == 2 { print $2 }' | sort -u >"$dir/used"
nm --defined-only "$library" | awk 'NF == 3 { print $3 }' | sort -u >"$dir/defined"
comm -23 "$dir/used" "$dir/defined" >"$dir/asked"

if grep -qx malloc "$dir/asked" && grep -qx sieg_sheet "$dir/defined"; then
	ok "the library is read"
else
	not_ok "the library is read" "$library"
fi
empty "nothing is asked of others but arithmetic, memory and text" \
	"$(grep -vxE -f "$dir/allowed" "$dir/asked"; grep -E "$outside" "$dir/asked")"

# The expressions above let none of these through.
printf '%s\n' fopen fread fwrite read write open printf puts stdout stderr getenv time \
	clock_gettime gettimeofday localtime setlocale strtod strtol atof strcoll isalpha \
	__ctype_b_loc errno __errno_location rand socket pow floor __floattidf __fixdfti \
	__gmpf_add __gmpz_get_d __gmpq_set_d __gmpz_out_str __gmp_printf __gmpz_urandomb >"$dir/never"
empty "this test would see input, output, clock, locale and floating point" \
	"$(grep -xE -f "$dir/allowed" "$dir/never" | grep -vE "$outside")"

# No variable that a calculation could leave changed: two may run at once.
empty "no data of the library can be written to" \
	"$(objdump -t "$library" | awk '/ O / && /\*COM\*|[[:space:]]\.(data|bss|tdata|tbss)/ && !/\.data\.rel\.ro/')"

# Comments taken away, no type nor constant of floating point is left.
for file in "$src"/sieg/*.c "$src"/sieg/*.h; do
	"$cc" -fpreprocessed -dD -E -P "$file" 2>/dev/null | sed -E 's/"(\\.|[^"\\])*"//g' |
		grep -nE '\b(float|double|long double)\b|[0-9]\.[0-9]*[fFlL]?\b' |
		sed "s|^|$file: |"
done >"$dir/floats"
empty "no floating point is written in the sources" "$(cat "$dir/floats")"

case $(uname -m) in
x86_64)
	empty "no instruction of the library computes in floating point" \
		"$(objdump -d --no-show-raw-insn "$library" |
			grep -E '\b(v?(add|sub|mul|div|sqrt|ucomi|comi)[sp][sd]|v?cvt[a-z0-9]*|f(ld|ild|st|mul|add|div)[a-z]*)\b' |
			head -n 5)"
	;;
esac

# Files of the calculator name its own headers, GMP's and those of the language.
empty "no header of another part of the program is included" \
	"$(grep -HnE '^#include' "$src"/sieg/*.c "$src"/sieg/*.h |
		grep -vE '#include ("sieg/|<(assert|gmp|stdarg|stdbool|stddef|stdint|stdio|stdlib|string)\.h>)')"

flags="-std=c17 -Wall -Wextra -pedantic -Werror -I$src"
for header in "$src"/sieg/*.h; do
	name=${header##*/}
	printf '#include "sieg/%s"\n#include "sieg/%s"\nint main(void)\n{\n\treturn 0;\n}\n' \
		"$name" "$name" >"$dir/alone.c"
	if message=$("$cc" $flags -c -o "$dir/alone.o" "$dir/alone.c" 2>&1); then
		ok "$name stands alone, twice"
	else
		not_ok "$name stands alone, twice" "$message"
	fi
done

cat >"$dir/all.c" <<'C'
#include <stdio.h>
#include <string.h>

#include "sieg/arena.h"
#include "sieg/control.h"
#include "sieg/document.h"
#include "sieg/sheet.h"

int main(void)
{
	static const char document[] = "{}";
	struct sieg_arena *a = sieg_arena_new();
	struct sieg_answer answer = sieg_answer(a, SIEG_SHEET, document, strlen(document));

	printf("%d %.*s", answer.code, (int)answer.length, answer.bytes);
	sieg_arena_free(a);
	return 0;
}
C
if message=$("$cc" $flags -o "$dir/all" "$dir/all.c" "$library" -lgmp 2>&1) &&
	message=$("$dir/all") && [ "${message%%,*}" = '1 {"errors":[{"code":"E_REQUIRED"' ]; then
	ok "a program is made with the public headers, the library and GMP alone"
else
	not_ok "a program is made with the public headers, the library and GMP alone" "$message"
fi

[ $failures = 0 ]
