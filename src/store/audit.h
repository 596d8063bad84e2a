/*
 * audit.h - who did what, and when: only added to. Nothing in it is changed, and nothing leaves it
 * before a month has passed; the database itself refuses.
 */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;
struct db;

struct audit {
	int64_t id, at;
	const char *action; /* "sign-in", "sign-in-failed", "role-given"…: see audit.c */
	int64_t person_id;  /* who did it; 0 when nobody was known */
	const char
		*subject; /* what it was done to: "resource filieres", "person camille"; or NULL */
	const char *detail;  /* or NULL */
	const char *address; /* or NULL */

	/* Read only. */
	const char *person, *given_name, *family_name;
};

struct audit_list {
	struct audit *audit;
	size_t n_audits;
};

/* Ends the program when `action` is not one of the table: a name misspelt is found at once. */
CHECKED enum status audit_add(struct db *db, const struct audit *entry);

/* The actions there are, for a filter. */
extern const char *const audit_actions[]; /* ends with NULL */

/* The latest first, before the one numbered `before` (0: from the last), of an action or NULL. */
CHECKED enum status audit_list(struct db *db, struct arena *a, const char *action, int64_t before,
			       int limit, struct audit_list *list);

/* What a person did, for the person. */
CHECKED enum status audit_of_person(struct db *db, struct arena *a, int64_t person_id, int limit,
				    struct audit_list *list);

/* What is older goes. */
CHECKED enum status audit_prune(struct db *db, int64_t before);

#endif
