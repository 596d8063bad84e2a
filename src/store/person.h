/*
 * person.h - the people of the network, and the functions they have in organisations.
 *
 * Days are "YYYY-MM-DD"; a function or a membership without a last day goes on. Someone who
 * deletes their account keeps a row without name nor address (is_erased), so that what they
 * did remains. Results live in the caller's arena.
 */
#ifndef STORE_PERSON_H
#define STORE_PERSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;
struct db;
struct reader;

struct person {
	int64_t id;
	const char *slug;
	const char *given_name, *family_name;
	const char *email; /* as written; NULL when there is none */
	bool is_shown;     /* agreed to be in the public directory */
	bool is_blocked;   /* may not sign in */
	bool is_erased;
	int64_t made_at;
	int64_t seen_at, news_at; /* NO_NUMBER */
	int64_t revision;

	/* Read only: see login.h. */
	bool has_password, has_second_factor;
};

struct person_list {
	struct person *person;
	size_t n_persons;
};

/* "Camille Aubry", in the arena; "Personne partie" has no name. */
const char *person_name(struct arena *a, const struct person *p);

CHECKED enum status person_by_id(struct db *db, struct arena *a, int64_t id, struct person *found);
CHECKED enum status person_by_slug(struct db *db, struct arena *a, const char *slug,
				   struct person *found);

/* Whatever the case in which the address was written. */
CHECKED enum status person_by_email(struct db *db, struct arena *a, const char *email,
				    struct person *found);

/* By family name; those whose name or address begins with `words`, when they are not NULL. */
CHECKED enum status person_all(struct db *db, struct arena *a, const char *words, int limit,
			       int skip, struct person_list *list);
CHECKED enum status person_count(struct db *db, const char *words, int64_t *n);

/* The members of a working group; those who attended a session. By family name. */
CHECKED enum status person_of_group(struct db *db, struct arena *a, int64_t group_id,
				    struct person_list *list);
CHECKED enum status person_of_session(struct db *db, struct arena *a, int64_t session_id,
				      struct person_list *list);

/*
 * Who has a function of that day in an organisation that is a member then, and has come since it
 * was given. By family name.
 */
CHECKED enum status person_of_members(struct db *db, struct arena *a, const char *today,
				      struct person_list *list);

/* Those that follow `slug`, by slug, for walks over all of them; erased ones are left out. */
CHECKED enum status person_after(struct db *db, struct arena *a, const char *slug, int limit,
				 struct person_list *list);

/*
 * Adds when p->id is 0, and sets it; else changes. An empty slug is made from the name.
 * CONFLICT when the slug or the address is taken.
 */
CHECKED enum status person_save(struct db *db, struct arena *a, struct person *p);

/*
 * Name, address, password, sessions, requests' reasons, letters to them go; what they did stays,
 * without them.
 */
CHECKED enum status person_erase(struct db *db, int64_t id, const char *today);

/* Only by an import that is undone: with all that is theirs. */
CHECKED enum status person_remove(struct db *db, int64_t id);

/* What came since is new to them. */
CHECKED enum status person_set_news(struct db *db, int64_t id, int64_t now);

/* Attended a session, or did not. */
CHECKED enum status attendance_set(struct db *db, int64_t session_id, int64_t person_id,
				   bool attended);

CHECKED enum status attendance_clear(struct db *db, int64_t session_id);

/* ---- roles --------------------------------------------------------------------------- */

/* "editor", "administrator" */
bool role_is_known(const char *role);

CHECKED enum status role_set(struct db *db, int64_t person_id, const char *role, bool has);
CHECKED enum status role_has(struct db *db, int64_t person_id, const char *role, bool *has);

/* Of people who can sign in. */
CHECKED enum status role_count(struct db *db, const char *role, int64_t *n);

/* ---- functions ------------------------------------------------------------------------ */

struct function {
	int64_t id;
	int64_t person_id, organisation_id;
	const char *kind;  /* "elected", "officer", "partner", "other" */
	const char *title; /* in words, or NULL */
	const char *from_on, *to_on;
	bool is_representative, is_manager;
	/*
	 * The name that who gave it typed, until the person signs in: whether the address had an
	 * account, and whose, is not theirs to learn. NULL once the person's own name is told.
	 */
	const char *invited_as;
	int64_t invited_at; /* 0: it is not known when, or nobody was */

	/* Read only. */
	const char *organisation, *organisation_name; /* slug and name */
	const char *person, *given_name, *family_name, *email;
	bool is_shown;
	bool is_current;        /* on the day it was asked for */
	bool is_member_current; /* so is the membership of its organisation */
};

struct function_list {
	struct function *function;
	size_t n_functions;
};

bool function_kind_is_known(const char *kind);

/* Current ones first, then the latest. */
CHECKED enum status function_of_person(struct db *db, struct arena *a, int64_t person_id,
				       const char *today, struct function_list *list);

/* The same by name of person; `shown_only` is for the public: current, of people who agreed. */
CHECKED enum status function_of_organisation(struct db *db, struct arena *a,
					     int64_t organisation_id, const char *today,
					     bool shown_only, struct function_list *list);
CHECKED enum status function_by_id(struct db *db, struct arena *a, int64_t id, const char *today,
				   struct function *found);

/* Adds when f->id is 0, and sets it; else changes. INVALID when it ends before it begins. */
CHECKED enum status function_save(struct db *db, struct function *f);
/* For an import that tells of people before their organisations. */
CHECKED enum status function_set_organisation(struct db *db, int64_t id, int64_t organisation_id);

/* What had not begun by its last day never was. */
CHECKED enum status function_end(struct db *db, int64_t id, const char *last_day);
CHECKED enum status function_clear(struct db *db, int64_t person_id);

/* Functions of managers of that day, of people who can sign in, but for the one numbered `but` and
 * those of one person; 0 for none. */
CHECKED enum status function_count_managers(struct db *db, int64_t organisation_id,
					    const char *today, int64_t but, int64_t but_person,
					    int64_t *n);

/* ---- what it opens --------------------------------------------------------------------- */

/*
 * What this person may on that day: level and keys, for the rule of access. Being an
 * administrator counts once the second factor is set up.
 */
CHECKED enum status person_reader(struct db *db, struct arena *a, int64_t id, const char *today,
				  struct reader *reader);

#endif
