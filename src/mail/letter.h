/*
 * letter.h - a letter from the site to one person: said once, written as text and as HTML.
 *
 * Texts are plain, from anyone; what is NULL or empty is left out.
 */
#ifndef MAIL_LETTER_H
#define MAIL_LETTER_H

#include <stdint.h>

#include "base/html.h"
#include "base/status.h"

struct arena;
struct db;

enum { MAX_LETTER_PARAGRAPHS = 8 };

struct letter_link {
	const char *label;
	struct url url; /* absolute: url_path(a, "https://exemple.fr/compte/", token) */
};

struct letter_item {
	struct letter_link link; /* without an address, its label alone */
	const char *note;
};

struct letter {
	const char *greeting;                         /* "Bonjour Anne," */
	const char *paragraph[MAX_LETTER_PARAGRAPHS]; /* as far as the first NULL */
	const struct letter_item *item;               /* a list, after the paragraphs */
	size_t n_items;
	struct letter_link action;                /* what the letter is for */
	const char *after[MAX_LETTER_PARAGRAPHS]; /* "Ce lien vaut jusqu’à demain." */
	const char *closing;                      /* the site's name when NULL */
	struct letter_link foot;                  /* "Ne plus recevoir ces messages" */
};

struct letter_envelope {
	const char *key;   /* the same key is the same letter: it leaves once */
	int64_t person_id; /* 0: none */
	const char *address, *name;
	const char *subject;
	const char *list_unsubscribe; /* the address that one click POSTs to, or NULL */
	int64_t now;
};

/*
 * Puts the letter in the outbox, in the caller's transaction if there is one; "halle serve" sends
 * it within seconds. A key that is there already is OK, and changes nothing. `public_url` gives
 * Message-ID its domain. INVALID when the address is none (see mail_address.h), a subject or a
 * name has a control character, or a link is not absolute: nothing is queued then.
 */
CHECKED enum status letter_queue(struct db *db, struct arena *a, const char *public_url,
				 const struct letter_envelope *to, const struct letter *letter);

/* The two bodies; `letter` as letter_queue() completes it. */
const char *letter_text(struct arena *a, const struct letter *letter);
void letter_html(struct out *o, const char *subject, const struct letter *v);

#endif
