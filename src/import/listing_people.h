/*
 * listing_people.h - those who speak, and whom to write to: names, functions and
 * organisations read from a sentence or a list.
 *
 * What is not certain to be an organisation stays in the title, whole.
 */
#ifndef IMPORT_LISTING_PEOPLE_H
#define IMPORT_LISTING_PEOPLE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct listing_person {
	const char *role; /* "speaker", "contact" */
	const char *name; /* NULL when none is told */
	const char *title;
	const char *affiliation;
	const char *email;
	bool closed; /* told in a closed text only */
};

struct listing_people {
	struct listing_person *person;
	size_t n_people, capacity;
};

/* What an item of a list of speakers says: one of them, with commas in it. */
void people_read_item(struct arena *a, const char *text, struct listing_people *people);

/* "… (…), de … et de …": all that a sentence lists. */
void people_read_sentence(struct arena *a, const char *text, struct listing_people *people);

/*
 * Past the words that introduce speakers ("Avec les interventions de :", "Témoignage
 * d'"), or NULL when the line does not begin so. "" when they are on the lines below.
 */
const char *people_introduced(struct arena *a, const char *text);

/* "…, Prénom Nom, directrice de…": those whom a sentence names with their function. */
void people_find(struct arena *a, const char *text, struct listing_people *people);

/* A line with an e-mail address: whose it is. False when there is none. */
bool contact_read(struct arena *a, const char *text, struct listing_person *contact);

/* The e-mail address at `from` or after. */
bool email_find(const char *text, size_t from, size_t *at, size_t *end);

/* Without those who are already there under the same name. */
void people_add(struct arena *a, struct listing_people *people, const struct listing_person *who);

#endif
