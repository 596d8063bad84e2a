/* Any text that is let in may be read for dates, and what is told is read again. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef bool find_fn(const char *text, size_t from, struct french_date *found);

static void check_hours(const struct french_date *d)
{
	assert(d->starts >= -1 && d->starts < 24 * 60);
	assert(d->ends >= -1 && d->ends <= 24 * 60);
	assert(d->ends < 0 || d->starts >= 0);
}

static void check_day(const struct french_date *d)
{
	assert(d->month >= 1 && d->month <= 12);
	assert(d->weekday >= -1 && d->weekday < 7);
	if (d->day)
		assert(day_exists(d->year ? d->year : 2000, d->month, d->day));
	else
		assert(d->year && d->weekday < 0 && d->starts < 0);
}

static void check_no_day(const struct french_date *d)
{
	assert(!d->year && !d->month && !d->day && d->weekday == -1 && d->starts >= 0);
}

/* Each find stands in the text, on whole characters, and beyond the one before it. */
static void find_all(const char *text, find_fn *find, void (*check)(const struct french_date *))
{
	size_t from = 0, length = strlen(text);
	struct french_date d;

	while (find(text, from, &d)) {
		assert(d.at >= from && d.length && d.length <= length && d.at <= length - d.length);
		assert(utf8_valid_length(text + d.at, d.length) == d.length);
		check(&d);
		check_hours(&d);
		from = d.at + d.length;
	}
}

/* From anywhere, be it the middle of a character. */
static void find_from_everywhere(const char *text)
{
	size_t length = strlen(text);
	struct french_date d;

	for (size_t from = 0; from <= length && from < 20; from++) {
		if (french_date_find(text, from, &d))
			assert(d.at >= from && d.at + d.length <= length);
		if (french_hours_find(text, from, &d))
			assert(d.at >= from && d.at + d.length <= length);
	}
}

static void tell_and_read(struct arena *a, const char *text)
{
	struct french_date d, again;
	char day[DAY_SIZE];
	int year, month, number;

	if (!french_date_find(text, 0, &d) || !d.year || !d.day)
		return;
	day_write(d.year, d.month, d.day, day);
	assert(day_parse(day, &year, &month, &number));
	assert(french_date_find(day_in_words(a, day, true), 0, &again));
	assert(again.year == d.year && again.month == d.month && again.day == d.day);
	assert(again.weekday == weekday_of(d.year, d.month, d.day));
}

static void read_moment(struct arena *a, const char *text)
{
	int64_t moment, again;
	int year, month, day;

	if (day_parse(text, &year, &month, &day))
		assert(day_exists(year, month, day));
	if (!moment_parse(text, &moment))
		return;
	assert(next_midnight_in_paris(moment) > moment);
	if (moment < day_number(1001, 1, 1) * 86400 || moment > day_number(9999, 1, 1) * 86400)
		return;
	assert(moment_parse(moment_rfc3339_utc(a, moment), &again) && again == moment);
	assert(moment_parse(moment_rfc3339_paris(a, moment), &again) && again == moment);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	const char *text;

	if (text_check(a, (const char *)data, size, &text) == OK) {
		find_all(text, french_date_find, check_day);
		find_all(text, french_hours_find, check_no_day);
		find_from_everywhere(text);
		tell_and_read(a, text);
		read_moment(a, text);
	}
	arena_free(a);
	return 0;
}
