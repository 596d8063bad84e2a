/*
 * value.h - the amounts, rates and days that the calculator works with.
 *
 * Nothing here is a floating point number. An amount is a whole number of cents; a rate is an
 * exact fraction; what is written with twelve decimals is kept with twelve decimals.
 */
#ifndef SIEG_VALUE_H
#define SIEG_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Wide enough for a sum of any number of amounts, and for an amount times a rate. */
__extension__ typedef __int128 sieg_wide;

/* Cents of euro, with their sign. One that is given is at most SIEG_CENTS_IN. */
typedef int64_t sieg_cents;

#define SIEG_CENTS_IN  INT64_C(10000000000000)
#define SIEG_CENTS_OUT INT64_C(1000000000000000) /* the largest that a result may hold */

struct sieg_optional_cents {
	sieg_cents cents;
	bool given;
};

/*
 * An exact fraction, not always in lowest terms: what "2.37" or "1/3" says. Rates that are
 * percentages are in percent: 2.37 % is 237/100. The numerator is at most 10^24 in absolute
 * value, the denominator at most 10^12; 0 as denominator: not given.
 */
struct sieg_rate {
	sieg_wide numerator;
	int64_t denominator;
};

/* Days since 1 January 1970, in the Gregorian calendar. 0: not given. */
typedef int32_t sieg_day;

/* Where a figure was rounded, and how (CONTRACT, section 6). */
enum sieg_rounding {
	SIEG_NOT_ROUNDED,
	SIEG_LINE,       /* to the cent, half away from zero */
	SIEG_PROFIT_MAX, /* down, so that rounding never helps to pass */
	SIEG_GGE,        /* up, for the same reason */
	SIEG_SPLIT,      /* by the largest remainder */
};

static inline bool sieg_rate_given(struct sieg_rate r)
{
	return r.denominator != 0;
}

#endif
