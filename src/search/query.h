/*
 * query.h - what was typed, read into what is wanted.
 *
 * Words are all wanted, in any order; "words in quotes" must follow one another as they are
 * written (« » do as well); -word must not be there; begin* is any word that begins so, from three
 * letters on. A compound ("vice-président") is its parts one after the other, or written in one.
 * Stop words, and those that questions are made of, count in quotes only, or when there is
 * nothing else.
 *
 * Pure: says nothing of what the index holds. The work that a query may ask for is bounded: past
 * WANTS_MAX and UNITS_MAX nothing is read, past SEQUENCES_MAX words that would have to follow one
 * another are wanted each by itself, and the same is wanted once.
 */
#ifndef SEARCH_QUERY_H
#define SEARCH_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum { WANTS_MAX = 32, SEQUENCES_MAX = 4, UNITS_MAX = 64, UNIT_FORMS_MAX = 6 };

/* The word at one position: its forms, several when it was written for all. */
struct unit {
	const char *form[UNIT_FORMS_MAX];
	size_t n_forms;
	bool is_prefix;
	bool is_stop;
	bool is_asking;    /* such as "comment": what questions are made of, and not what they are
			      about */
	bool is_acronym;   /* confirmed: no relative of what shares its stem */
	uint32_t position; /* among the words of the query */
};

/* One way to satisfy a want. */
enum way {
	IN_SEQUENCE,
	IN_PLACES, /* the same, but a stop word is only a place between two others */
	ANYWHERE,
};

struct choice {
	enum way way;
	struct unit *unit;
	size_t n_units;
};

struct want {
	const char *text; /* as typed, without signs */
	size_t from, to;  /* its bytes in the query */
	bool is_quoted;   /* by its folded forms alone */
	bool is_excluded;
	struct choice *choice; /* any of them will do */
	size_t n_choices;
};

struct wanted {
	struct want *want;
	size_t n_wants;
	size_t n_positive; /* not excluded; these come first */
};

/* Texts live in the arena. */
void query_read(struct arena *a, const char *text, struct wanted *wanted);

/* The units of a text that is no query, such as what an acronym stands for. */
size_t query_units(struct arena *a, const char *text, struct unit **unit);

#endif
