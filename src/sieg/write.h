/*
 * write.h - results as canonical JSON (CONTRACT, section 5): keys in the order of their bytes, no
 * white space, amounts and fractions as text.
 *
 * Keys must come in order: the writer asserts it. Rules that are written are remembered, and
 * sieg_write_rules() marks where their list goes; it is filled in at the end.
 */
#ifndef SIEG_WRITE_H
#define SIEG_WRITE_H

#include "sieg/issue.h"

struct sieg_arena;
struct sieg_json;

struct sieg_writer;

struct sieg_writer *sieg_writer_new(struct sieg_arena *a);

void sieg_open_object(struct sieg_writer *w);
void sieg_close_object(struct sieg_writer *w);
void sieg_open_list(struct sieg_writer *w);
void sieg_close_list(struct sieg_writer *w);
void sieg_key(struct sieg_writer *w, const char *key);

/* Values: members of an object after their key, or items of a list. */
void sieg_put_text(struct sieg_writer *w, const char *text);
void sieg_put_int(struct sieg_writer *w, int64_t value);
void sieg_put_bool(struct sieg_writer *w, bool value);
void sieg_put_cents(struct sieg_writer *w, sieg_cents cents);
void sieg_put_day(struct sieg_writer *w, sieg_day day);
void sieg_put_rule(struct sieg_writer *w, enum sieg_rule rule);

/* {"amount":…,"rule":…,"rounding":…}, and with a member more */
void sieg_put_figure(struct sieg_writer *w, struct sieg_figure figure);
void sieg_put_figure_of(struct sieg_writer *w, struct sieg_figure figure, const char *key,
			const char *text);

/* A key and its value. Texts that are NULL are left out. */
void sieg_write_text(struct sieg_writer *w, const char *key, const char *text);
void sieg_write_int(struct sieg_writer *w, const char *key, int64_t value);
void sieg_write_bool(struct sieg_writer *w, const char *key, bool value);
void sieg_write_cents(struct sieg_writer *w, const char *key, sieg_cents cents);
void sieg_write_day(struct sieg_writer *w, const char *key, sieg_day day);
void sieg_write_rule(struct sieg_writer *w, enum sieg_rule rule); /* under "rule" */
void sieg_write_figure(struct sieg_writer *w, const char *key, struct sieg_figure figure);

/* The members that every result has, "contract" and "data", "findings", "rules". */
void sieg_write_contract(struct sieg_writer *w);
void sieg_write_findings(struct sieg_writer *w, const struct sieg_issues *findings);
void sieg_write_rules(struct sieg_writer *w);

/* Bytes of the whole document, with its line feed. An amount over SIEG_CENTS_OUT: too_large. */
const char *sieg_writer_end(struct sieg_writer *w, size_t *length);
bool sieg_writer_too_large(const struct sieg_writer *w);

/* The document of errors. */
const char *sieg_write_errors(struct sieg_arena *a, const struct sieg_issues *errors,
			      size_t *length);

/* JSON that was read, as text: without white space, its members as they came. */
const char *sieg_json_text(struct sieg_arena *a, const struct sieg_json *document);

/* "1234.50" */
const char *sieg_cents_text(struct sieg_arena *a, sieg_cents cents);
/* "2026-01-31" */
const char *sieg_day_text(struct sieg_arena *a, sieg_day day);
const char *sieg_rounding_name(enum sieg_rounding rounding);

#endif
