#include "import/fields.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/richtext.h"
#include "base/text.h"
#include "import/batch_import.h"
#include "store/row.h"
#include "store/slug.h"

enum { DAY_SECONDS = 86400 };

void fields_refuse(struct fields *f, const char *key, const char *why)
{
	f->failed = true;
	import_refuse(f->import, f->line, "'%s%s' %s", f->path, key, why);
}

void fields_check_known(struct fields *f, const char *const *known)
{
	const char *key;
	json_t *value;

	json_object_foreach ((json_t *)f->object, key, value) {
		size_t i = 0;

		while (known[i] && strcmp(known[i], key) != 0)
			i++;
		if (!known[i])
			fields_refuse(f, key, "is not a field of this type");
	}
}

static const json_t *value_of(const struct fields *f, const char *key)
{
	const json_t *value = json_object_get(f->object, key);

	return json_is_null(value) ? NULL : value;
}

/* The string as it came, or NULL; anything that is not a string is noted. */
static const json_t *string_of(struct fields *f, const char *key)
{
	const json_t *value = value_of(f, key);

	if (value && !json_is_string(value)) {
		fields_refuse(f, key, "is not a text");
		return NULL;
	}
	return value;
}

/* jansson has checked the UTF-8; a NUL written \u0000 it refuses too. */
static const char *clean_text(struct fields *f, const char *key, const json_t *value)
{
	const char *clean = "";

	if (text_check(f->a, json_string_value(value), json_string_length(value), &clean) != OK)
		fields_refuse(f, key, "holds a character that cannot be kept");
	return text_squeeze(f->a, clean);
}

const char *field_text(struct fields *f, const char *key, size_t max)
{
	const json_t *value = string_of(f, key);
	const char *text;

	if (!value)
		return NULL;
	text = clean_text(f, key, value);
	if (utf8_length(text) > max)
		fields_refuse(f, key, arena_printf(f->a, "is longer than %zu characters", max));
	return *text ? text : NULL;
}

const char *field_required(struct fields *f, const char *key, size_t max)
{
	const char *text = field_text(f, key, max);

	if (!text && !f->failed)
		fields_refuse(f, key, "is missing or empty");
	return text ? text : "";
}

const char *field_slug(struct fields *f, const char *key)
{
	const char *slug = field_text(f, key, SLUG_MAX);

	if (slug && !slug_is_valid(slug))
		fields_refuse(f, key, "is not a slug (a-z, 0-9 and single hyphens)");
	return slug;
}

const char *field_required_slug(struct fields *f, const char *key)
{
	const char *slug = field_slug(f, key);

	if (!slug && !f->failed)
		fields_refuse(f, key, "is missing or empty");
	return slug ? slug : "";
}

const char *field_address(struct fields *f, const char *key)
{
	const char *address = field_text(f, key, 2000);

	if (address && !url_is_safe(address))
		fields_refuse(f, key, "is not an address (https://…, mailto:… or /…)");
	return address;
}

/* Enough that "mailto:" and the address make one recipient, and nothing else. */
const char *field_email(struct fields *f, const char *key)
{
	const char *email = field_text(f, key, 254), *at = email ? strchr(email, '@') : NULL;

	if (!email)
		return NULL;
	if (!at || at == email || strchr(at + 1, '@') || !strchr(at, '.') ||
	    strpbrk(email, " ?&#%<>()\",;:\\/"))
		fields_refuse(f, key, "is not an e-mail address");
	return email;
}

/* "today+12": the day so many days from now, in Paris; weekends move to Monday. */
static bool relative_day(struct fields *f, const char *text, const char **rest, int *year,
			 int *month, int *day)
{
	struct civil now = civil_in_paris(import_now(f->import));
	int64_t number = day_number(now.year, now.month, now.day);
	char *end;
	long shift;

	if (!import_is_relative(f->import) || strncmp(text, "today", 5) != 0)
		return false;
	shift = strtol(text + 5, &end, 10);
	if (shift < -40000 || shift > 40000)
		return false;
	number += shift;
	day_from_number(number, year, month, day);
	if (weekday_of(*year, *month, *day) >= 5)
		day_from_number(number + 7 - weekday_of(*year, *month, *day), year, month, day);
	*rest = end;
	return true;
}

const char *field_day(struct fields *f, const char *key)
{
	const char *text = field_text(f, key, 40), *rest = "";
	char written[DAY_SIZE];
	int year, month, day;

	if (!text)
		return NULL;
	if (day_parse(text, &year, &month, &day) ||
	    (relative_day(f, text, &rest, &year, &month, &day) && !*rest)) {
		day_write(year, month, day, written);
		return arena_strdup(f->a, written);
	}
	fields_refuse(f, key, "is not a day (YYYY-MM-DD)");
	return "1970-01-01";
}

static bool relative_moment(struct fields *f, const char *text, int64_t *moment)
{
	int year, month, day;
	const char *rest;

	if (!relative_day(f, text, &rest, &year, &month, &day) || strlen(rest) != 6 ||
	    rest[0] != 'T' || rest[3] != ':')
		return false;
	*moment = moment_in_paris(year, month, day, atoi(rest + 1), atoi(rest + 4));
	return true;
}

int64_t field_moment(struct fields *f, const char *key)
{
	const char *text = field_text(f, key, 40);
	int64_t moment = NO_NUMBER;

	if (text && !moment_parse(text, &moment) && !relative_moment(f, text, &moment))
		fields_refuse(f, key,
			      "is not a moment (RFC 3339, such as "
			      "2024-10-03T09:30:00+02:00)");
	return moment;
}

int64_t field_number(struct fields *f, const char *key, int64_t min, int64_t max)
{
	const json_t *value = value_of(f, key);

	if (!value)
		return NO_NUMBER;
	if (json_is_integer(value) && json_integer_value(value) >= min &&
	    json_integer_value(value) <= max)
		return json_integer_value(value);
	fields_refuse(f, key,
		      arena_printf(f->a, "is not a whole number from %lld to %lld", (long long)min,
				   (long long)max));
	return NO_NUMBER;
}

bool field_real(struct fields *f, const char *key, double min, double max, double *number)
{
	const json_t *value = value_of(f, key);

	*number = 0;
	if (!value)
		return false;
	if (!json_is_number(value) || json_number_value(value) < min ||
	    json_number_value(value) > max) {
		fields_refuse(f, key, "is not a number in its range");
		return false;
	}
	*number = json_number_value(value);
	return true;
}

bool field_yes(struct fields *f, const char *key, bool otherwise)
{
	const json_t *value = value_of(f, key);

	if (!value)
		return otherwise;
	if (!json_is_boolean(value))
		fields_refuse(f, key, "is not true or false");
	return json_is_true(value);
}

enum visibility field_visibility(struct fields *f, const char *key, enum visibility otherwise)
{
	const char *name = field_text(f, key, 40);
	enum visibility visibility = otherwise;

	if (name && !visibility_parse(name, &visibility))
		fields_refuse(f, key, "is none of public, members, restricted");
	return visibility;
}

struct html field_html(struct fields *f, const char *key, size_t max)
{
	const json_t *value = string_of(f, key);
	struct html html = { NULL };

	if (!value)
		return html;
	if (richtext_clean(f->a, json_string_value(value), json_string_length(value), &html) !=
	    OK) {
		fields_refuse(f, key, "cannot be read as a text (too large, or nested too deep)");
		return (struct html){ NULL };
	}
	if (max && utf8_length(richtext_to_text(f->a, html)) > max)
		fields_refuse(f, key,
			      arena_printf(f->a, "is longer than %zu characters of text", max));
	return html.markup && *html.markup ? html : (struct html){ NULL };
}

const json_t *field_list(struct fields *f, const char *key)
{
	const json_t *value = value_of(f, key);

	if (value && !json_is_array(value)) {
		fields_refuse(f, key, "is not a list");
		return NULL;
	}
	return value;
}

const char *field_item_text(struct fields *f, const char *key, size_t i, const json_t *item)
{
	const char *text;

	if (!json_is_string(item)) {
		fields_refuse(f, arena_printf(f->a, "%s[%zu]", key, i), "is not a text");
		return NULL;
	}
	text = clean_text(f, key, item);
	if (!*text || utf8_length(text) > 200) {
		fields_refuse(f, arena_printf(f->a, "%s[%zu]", key, i),
			      "is empty or longer than 200 characters");
		return NULL;
	}
	return text;
}
