#include "sieg/scalar.h"

#include <string.h>

#define GOOD SIEG_N_CODES

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* How many digits begin at `i`. */
static size_t digits(const char *text, size_t length, size_t i)
{
	size_t n = 0;

	while (i + n < length && is_digit(text[i + n]))
		n++;
	return n;
}

/* A whole number without needless zeros, from `i`: how many digits it has, or 0. */
static size_t whole(const char *text, size_t length, size_t i)
{
	size_t n = digits(text, length, i);

	return n > 1 && text[i] == '0' ? 0 : n;
}

static sieg_wide value_of(const char *text, size_t n, sieg_wide from)
{
	for (size_t i = 0; i < n; i++)
		from = from * 10 + text[i] - '0';
	return from;
}

/* "-12.5" cut into its parts; false when it is not a decimal. */
struct decimal {
	bool is_negative;
	const char *whole, *rest;
	size_t n_whole, n_rest;
};

static bool cut_decimal(const char *text, size_t length, struct decimal *d)
{
	size_t i = length > 0 && text[0] == '-';

	*d = (struct decimal){ .is_negative = i == 1, .whole = text + i };
	d->n_whole = whole(text, length, i);
	if (!d->n_whole)
		return false;
	i += d->n_whole;
	if (i == length)
		return true;
	d->rest = text + i + 1;
	d->n_rest = digits(text, length, i + 1);
	return text[i] == '.' && d->n_rest > 0 && i + 1 + d->n_rest == length;
}

enum sieg_code sieg_read_money(const char *text, size_t length, sieg_cents *cents)
{
	struct decimal d;
	sieg_wide value;

	if (!cut_decimal(text, length, &d) || d.n_rest > 2)
		return SIEG_E_MONEY_FORMAT;
	if (d.n_whole > 20)
		return SIEG_E_OVERFLOW;
	value = value_of(d.rest, d.n_rest, value_of(d.whole, d.n_whole, 0));
	for (size_t i = d.n_rest; i < 2; i++)
		value *= 10;
	if (value > SIEG_CENTS_IN)
		return SIEG_E_OVERFLOW;
	*cents = (sieg_cents)(d.is_negative ? -value : value);
	return GOOD;
}

static bool read_fraction(const char *text, size_t length, struct sieg_rate *rate)
{
	size_t i = length > 0 && text[0] == '-';
	size_t n = whole(text, length, i), m;
	sieg_wide numerator;

	if (n < 1 || n > 9 || i + n >= length || text[i + n] != '/')
		return false;
	m = whole(text, length, i + n + 1);
	if (m < 1 || m > 9 || text[i + n + 1] == '0' || i + n + 1 + m != length)
		return false;
	numerator = value_of(text + i, n, 0);
	rate->numerator = i ? -numerator : numerator;
	rate->denominator = (int64_t)value_of(text + i + n + 1, m, 0);
	return true;
}

enum sieg_code sieg_read_rate(const char *text, size_t length, struct sieg_rate *rate)
{
	struct decimal d;
	sieg_wide value;

	if (memchr(text, '/', length))
		return read_fraction(text, length, rate) ? GOOD : SIEG_E_RATE_FORMAT;
	if (!cut_decimal(text, length, &d) || d.n_whole > 12 || d.n_rest > 12)
		return SIEG_E_RATE_FORMAT;
	value = value_of(d.rest, d.n_rest, value_of(d.whole, d.n_whole, 0));
	rate->numerator = d.is_negative ? -value : value;
	rate->denominator = 1;
	for (size_t i = 0; i < d.n_rest; i++)
		rate->denominator *= 10;
	return GOOD;
}

/* Two digits. */
static int pair(const char *text)
{
	return (text[0] - '0') * 10 + text[1] - '0';
}

enum sieg_code sieg_read_day(const char *text, size_t length, sieg_day *day)
{
	int year;

	if (length != 10 || digits(text, length, 0) != 4 || text[4] != '-' ||
	    digits(text, length, 5) != 2 || text[7] != '-' || digits(text, length, 8) != 2)
		return SIEG_E_DATE;
	year = pair(text) * 100 + pair(text + 2);
	*day = sieg_day_of(year, pair(text + 5), pair(text + 8));
	return year >= 1990 && year <= 2100 && *day ? GOOD : SIEG_E_DATE;
}

enum sieg_code sieg_read_month_day(const char *text, size_t length, struct sieg_civil *day)
{
	if (length != 5 || digits(text, length, 0) != 2 || text[2] != '-' ||
	    digits(text, length, 3) != 2)
		return SIEG_E_DATE;
	*day = (struct sieg_civil){ .month = pair(text), .day = pair(text + 3) };
	/* 2001 has no 29 February. */
	return sieg_day_of(2001, day->month, day->day) ? GOOD : SIEG_E_DATE;
}

enum sieg_code sieg_read_id(const char *text, size_t length)
{
	if (length < 1 || length > 64)
		return SIEG_E_ID;
	for (size_t i = 0; i < length; i++) {
		char c = text[i];

		if (!is_digit(c) && !((c | 32) >= 'a' && (c | 32) <= 'z') && c != '.' && c != '_' &&
		    c != '-')
			return SIEG_E_ID;
	}
	return GOOD;
}

enum sieg_code sieg_read_int(const char *text, size_t length, int64_t min, int64_t max,
			     int64_t *value)
{
	size_t i = length > 0 && text[0] == '-';
	size_t n = whole(text, length, i);
	sieg_wide all;

	if (!n || i + n != length)
		return SIEG_E_TYPE;
	if (n > 18)
		return SIEG_E_RANGE;
	all = value_of(text + i, n, 0);
	*value = (int64_t)(i ? -all : all);
	return *value < min || *value > max ? SIEG_E_RANGE : GOOD;
}
