/*
 * build.h - the parts of a report, added in order, and words for figures in French.
 */
#ifndef STATEMENT_BUILD_H
#define STATEMENT_BUILD_H

#include "sieg/value.h"
#include "statement/statement.h"

/* A section, then what goes into it: the last one added is the one that is filled. */
void statement_section(struct statement *r, const char *format, ...) PRINTF_LIKE(2, 3);
void statement_text(struct statement *r, const char *format, ...) PRINTF_LIKE(2, 3);

/* Columns by their heads; one that begins with "#" holds numbers. Ended by NULL. */
void statement_table(struct statement *r, const char *caption, ...) __attribute__((sentinel));

/* A row of the last table; its cells are then filled from the left. */
struct statement_row *statement_row(struct statement *r);
void statement_put(struct statement_row *row, size_t column, const char *text);
void statement_cite(struct statement *r, struct statement_row *row, size_t column,
		    enum sieg_rule rule);

/* The table that most figures stand in: what, how it is found, how much, by which rule. */
void statement_figures(struct statement *r, const char *caption);
struct statement_row *statement_figure(struct statement *r, const char *label,
				       const char *calculation, struct sieg_figure figure);

void statement_findings(struct statement *r, const struct sieg_issues *findings);

/* Words: "12 340,00 €", "3 janvier 2024", "2,37", "3 lignes". */
const char *euros(struct statement *r, sieg_cents cents);
const char *day_words(struct statement *r, sieg_day day);
const char *period_words(struct statement *r, sieg_day from, sieg_day to);
const char *rate_words(struct statement *r, struct sieg_rate rate);
const char *decimal_words(struct statement *r, const char *decimal); /* "80.00" is "80,00" */
const char *counted(struct statement *r, size_t n, const char *one, const char *many);
const char *words(struct statement *r, const char *format, ...) PRINTF_LIKE(2, 3);

/* "a", "a et b", "a, b et c": adds one to a list that began as 0. After a dozen, "et 3 autres". */
struct enumeration {
	const char *text;
	const char *last;
	size_t n;
};
void enumerate(struct statement *r, struct enumeration *list, const char *item);
const char *enumerated(struct statement *r, const struct enumeration *list);

/* Set as French is set; a control character, which a page cannot hold, is shown as what it is not.
 */
const char *statement_shown(struct arena *a, const char *text);

/* A rule's article in French, and how far it was verified, in words. */
const char *rule_article(enum sieg_rule rule);
const char *standing_words(enum sieg_standing standing);

void statement_sheet(struct statement *r, const struct sieg_work *work);
void statement_control(struct statement *r, const struct sieg_work *work);
void statement_deminimis(struct statement *r, const struct sieg_work *work);
void statement_route(struct statement *r, const struct sieg_work *work);
void statement_act_check(struct statement *r, const struct sieg_work *work);
void statement_calendar(struct statement *r, const struct sieg_work *work);

#endif
