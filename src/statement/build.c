#include "statement/build.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "sieg/day.h"

static const char *printed(struct statement *r, const char *format, va_list arguments)
{
	char *text;
	int length;
	va_list again;

	va_copy(again, arguments);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length < 0)
		die("a text of the report cannot be written");
	text = arena_alloc(r->arena, (size_t)length + 1, 1);
	vsnprintf(text, (size_t)length + 1, format, arguments);
	return text;
}

const char *words(struct statement *r, const char *format, ...)
{
	va_list arguments;
	const char *text;

	va_start(arguments, format);
	text = printed(r, format, arguments);
	va_end(arguments);
	return text;
}

/* ---- parts ---------------------------------------------------------------------------- */

static struct statement_section *last_section(struct statement *r)
{
	return &r->section[r->n_sections - 1];
}

static struct statement_table *last_table(struct statement *r)
{
	struct statement_section *s = last_section(r);

	return &s->table[s->n_tables - 1];
}

void statement_section(struct statement *r, const char *format, ...)
{
	struct statement_section *s = arena_push(r->arena, r->section, r->n_sections, r->capacity);
	va_list arguments;

	*s = (struct statement_section){ .id = words(r, "partie-%zu", r->n_sections) };
	va_start(arguments, format);
	s->title = printed(r, format, arguments);
	va_end(arguments);
}

void statement_text(struct statement *r, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	last_section(r)->text = printed(r, format, arguments);
	va_end(arguments);
}

void statement_table(struct statement *r, const char *caption, ...)
{
	struct statement_section *s = last_section(r);
	struct statement_table *t = arena_push(r->arena, s->table, s->n_tables, s->capacity);
	const char *head;
	va_list heads;

	*t = (struct statement_table){ .caption = caption };
	va_start(heads, caption);
	while ((head = va_arg(heads, const char *)))
		t->column[t->n_columns++] =
			(struct statement_column){ head + (*head == '#'), *head == '#' };
	va_end(heads);
}

struct statement_row *statement_row(struct statement *r)
{
	struct statement_table *t = last_table(r);
	struct statement_row *row = arena_push(r->arena, t->row, t->n_rows, t->capacity);

	*row = (struct statement_row){ 0 };
	return row;
}

void statement_put(struct statement_row *row, size_t column, const char *text)
{
	row->cell[column].text = text;
}

void statement_cite(struct statement *r, struct statement_row *row, size_t column,
		    enum sieg_rule rule)
{
	row->cell[column].rule = rule;
	r->cited[rule] = true;
}

void statement_figures(struct statement *r, const char *caption)
{
	statement_table(r, caption, "Quoi", "Calcul", "#Montant", "Règle", NULL);
}

static const char *rounding_words(enum sieg_rounding rounding)
{
	static const char *const texts[] = {
		[SIEG_NOT_ROUNDED] = NULL,
		[SIEG_LINE] = "arrondi au centime le plus proche",
		[SIEG_PROFIT_MAX] = "arrondi au centime inférieur",
		[SIEG_GGE] = "arrondi au centime supérieur",
		[SIEG_SPLIT] = "réparti au plus fort reste",
	};

	return texts[rounding];
}

struct statement_row *statement_figure(struct statement *r, const char *label,
				       const char *calculation, struct sieg_figure figure)
{
	struct statement_row *row = statement_row(r);
	const char *rounded = rounding_words(figure.rounding);

	if (rounded)
		calculation = calculation ? words(r, "%s ; %s", calculation, rounded) : rounded;
	statement_put(row, 0, label);
	statement_put(row, 1, calculation);
	statement_put(row, 2, euros(r, figure.cents));
	statement_cite(r, row, 3, figure.rule);
	return row;
}

void statement_findings(struct statement *r, const struct sieg_issues *findings)
{
	r->n_notes = findings->n_issues;
	r->note = arena_make(r->arena, struct statement_note, r->n_notes);
	for (size_t i = 0; i < r->n_notes; i++) {
		const struct sieg_issue *f = &findings->issue[i];

		r->note[i] = (struct statement_note){
			.stops = sieg_code_stops(f->code),
			.where = f->path,
			.text = f->message,
			.rule = f->rule,
		};
		r->cited[f->rule] = true;
	}
}

/* ---- words ------------------------------------------------------------------------------ */

#define THIN  "\u202f" /* between thousands, never at the end of a line */
#define FIXED "\u00a0"

/* Digits by three. */
static const char *grouped(struct statement *r, const char *digits, size_t n)
{
	char *text = arena_alloc(r->arena, n * 2 + 1, 2), *to = text;

	for (size_t i = 0; i < n; i++) {
		if (i && (n - i) % 3 == 0) {
			memcpy(to, THIN, strlen(THIN));
			to += strlen(THIN);
		}
		*to++ = digits[i];
	}
	return text;
}

const char *euros(struct statement *r, sieg_cents cents)
{
	unsigned long long size =
		cents < 0 ? 0ULL - (unsigned long long)cents : (unsigned long long)cents;
	const char *whole = words(r, "%llu", size / 100);

	return words(r, "%s%s,%02llu" FIXED "€", cents < 0 ? "−" : "",
		     grouped(r, whole, strlen(whole)), size % 100);
}

const char *day_words(struct statement *r, sieg_day day)
{
	static const char *const months[] = {
		"janvier", "février", "mars",      "avril",   "mai",      "juin",
		"juillet", "août",    "septembre", "octobre", "novembre", "décembre",
	};
	struct sieg_civil c = sieg_civil_of(day);

	return words(r, "%d%s %s %d", c.day, c.day == 1 ? "er" : "", months[c.month - 1], c.year);
}

const char *period_words(struct statement *r, sieg_day from, sieg_day to)
{
	struct sieg_civil f = sieg_civil_of(from), t = sieg_civil_of(to);
	bool whole_years = f.month == 1 && f.day == 1 && t.month == 12 && t.day == 31;

	if (whole_years && f.year == t.year)
		return words(r, "%d", f.year);
	if (whole_years)
		return words(r, "%d à %d", f.year, t.year);
	return words(r, "du %s au %s", day_words(r, from), day_words(r, to));
}

const char *decimal_words(struct statement *r, const char *decimal)
{
	bool is_negative = *decimal == '-';
	const char *digits = decimal + is_negative;
	size_t n = strcspn(digits, ".");
	const char *rest = digits[n] ? digits + n + 1 : NULL;

	return words(r, "%s%s%s%s", is_negative ? "−" : "", grouped(r, digits, n), rest ? "," : "",
		     rest ? rest : "");
}

/* As it was written: a decimal, or a fraction. */
const char *rate_words(struct statement *r, struct sieg_rate rate)
{
	sieg_wide size = rate.numerator < 0 ? -rate.numerator : rate.numerator;
	const char *sign = rate.numerator < 0 ? "−" : "";
	unsigned long long whole = (unsigned long long)(size / rate.denominator);
	unsigned long long rest = (unsigned long long)(size % rate.denominator);
	int places = 0;

	for (int64_t d = rate.denominator; d % 10 == 0; d /= 10)
		places++;
	if (places > 0 || rate.denominator == 1) {
		const char *digits = words(r, "%llu", whole);
		const char *left = grouped(r, digits, strlen(digits));

		if (!rest)
			return words(r, "%s%s", sign, left);
		for (; rest % 10 == 0; rest /= 10)
			places--;
		return words(r, "%s%s,%0*llu", sign, left, places, rest);
	}
	return words(r, "%s%llu/%lld", sign, (unsigned long long)size, (long long)rate.denominator);
}

const char *counted(struct statement *r, size_t n, const char *one, const char *many)
{
	return words(r, "%zu %s", n, n < 2 ? one : many);
}

/* A sentence names so many, and counts the others. */
enum { DOZEN = 12 };

void enumerate(struct statement *r, struct enumeration *list, const char *item)
{
	if (++list->n > DOZEN)
		return;
	if (list->last)
		list->text = list->text ? words(r, "%s, %s", list->text, list->last) : list->last;
	list->last = item;
}

const char *enumerated(struct statement *r, const struct enumeration *list)
{
	if (list->n > DOZEN)
		return words(r, "%s, %s et %s", list->text, list->last,
			     counted(r, list->n - DOZEN, "autre", "autres"));
	return list->text ? words(r, "%s et %s", list->text, list->last) : list->last;
}

const char *statement_shown(struct arena *a, const char *text)
{
	static const char instead[] = "\ufffd";
	char *copy = arena_alloc(a, strlen(text) * 3 + 1, 1), *to = copy;

	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c >= 0x20 && c != 0x7f) {
			*to++ = *text;
		} else if (c == '\n' || c == '\t') {
			*to++ = ' ';
		} else {
			memcpy(to, instead, strlen(instead));
			to += strlen(instead);
		}
	}
	return text_typography(a, copy);
}

const char *standing_words(enum sieg_standing standing)
{
	static const char *const texts[] = {
		[SIEG_PRIMARY] = "lue dans le texte",
		[SIEG_SECONDARY] = "lue dans une source secondaire",
		[SIEG_KNOWN] = "à vérifier dans le texte",
		[SIEG_CHOICE] = "choix de calcul",
		[SIEG_UNCONFIRMED] = "non confirmée",
	};

	return texts[standing];
}
