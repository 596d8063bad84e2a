/*
 * listing_heads.h - the line that heads a session: "WEBINAIRE – « … » - Jeudi 3 octobre
 * 2024 de 9h30 à 11h30", "2 | 27 juin 2023 : « … »", "N°1 : …" with its day on the next.
 */
#ifndef IMPORT_LISTING_HEADS_H
#define IMPORT_LISTING_HEADS_H

#include <stdbool.h>

#include "base/date.h"

struct arena;

struct session_head {
	const char *title; /* "" when it has none */
	int number;        /* 0 when it has none */
	bool has_date;
	struct french_date date;
};

/* A date with its hours, and nothing else. */
bool head_is_day(struct arena *a, const char *text);

/* `next` is the line after it, or NULL. */
bool head_is_session(struct arena *a, const char *text, const char *next);

/* What such a line says. */
struct session_head head_read(struct arena *a, const char *text);

/* The first date of a text that has a day and stands in no quotes; false when there is none. */
bool date_outside_quotes(const char *text, struct french_date *date);

/* Patterns of what a session is called; table ends with NULL. */
extern const char *const session_nouns[];

#endif
