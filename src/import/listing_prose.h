/*
 * listing_prose.h - what sentences say of sessions: on which day one was held, how many
 * came, how long it took, for whom it is, how many a cycle has.
 */
#ifndef IMPORT_LISTING_PROSE_H
#define IMPORT_LISTING_PROSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "import/listing_words.h"

struct arena;

/* What a sentence says of a day that stands in it. */
enum tie {
	NO_SESSION, /* of a law, a publication, a deadline, or nothing we know */
	HELD,       /* a session is on that day */
	NAMED,      /* one is named by it: "le webinaire du 12 mars" */
	MENTIONED,  /* a session that this text is not about was on that day */
};

/* The sentence is bytes [from, to) of the text; the date is in it. */
enum tie tie_of(const struct words *w, const struct span *sentence, const struct french_date *date);

/* "la loi du 31 juillet 2014": the date is of a text of law, and tells nothing of ours. */
bool is_of_law(const struct words *w, const struct french_date *date);

/* The sentence tells where to see or hear it, or how to come. */
bool reports(const struct words *w);

/* "webinaire", "conférence": what the sentence calls it, NULL when it does not. */
const char *session_noun_in(struct arena *a, const char *text);

/* "près de 70", "Une cinquantaine"; NULL when the text does not say. */
const char *attended_told(struct arena *a, const char *text);

/* "d'1h30": 90; 0 when the text does not say. */
int duration_told(struct arena *a, const char *text);

/*
 * "agent·e·s de collectivités", from "un webinaire à destination des agent·e·s de
 * collectivités": at most `near` words after the name of the session.
 */
const char *audience_told(struct arena *a, const char *text, size_t near);

/* "Seul le webinaire n°1 est ouvert aux …": the number, 0 when it is no such sentence. */
int restriction_told(struct arena *a, const char *sentence);

/* "un cycle de 5 webinaires": 5; 0 when the text does not say. */
int announced_told(struct arena *a, const char *text);

/* The years of four figures in a text, at most two. */
size_t years_told(struct arena *a, const char *text, int year[2]);

bool says_cycle(struct arena *a, const char *text);

/* A title that names a session; and what that is about, when it begins or ends by its name. */
bool title_is_of_session(struct arena *a, const char *title);
const char *title_of_session(struct arena *a, const char *title);

#endif
