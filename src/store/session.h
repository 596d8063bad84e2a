/*
 * session.h - the programme: cycles, and the sessions in them.
 *
 * A session always has a day; its hours may be unknown, and then starts_at is
 * NO_NUMBER. Moments are seconds since 1970, UTC. What a reader may not read is NOT_FOUND
 * to them, and is in no list.
 */
#ifndef STORE_SESSION_H
#define STORE_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access/access.h"
#include "base/html.h"
#include "base/status.h"

struct arena;
struct db;

enum session_status { PLANNED, CONFIRMED, CANCELLED, HELD };

const char *session_status_name(enum session_status status);
bool session_status_parse(const char *name, enum session_status *status);

struct session {
	int64_t id;
	const char *slug;
	int64_t cycle_id; /* 0 is none */
	int64_t number;   /* in its cycle; NO_NUMBER, as the others below */
	const char *title;
	const char *on; /* day */
	int64_t starts_at, ends_at;
	enum session_status status;
	enum visibility visibility;
	const char *audience;
	const char *place;
	const char *online_url;
	struct html objectives, contents, description;
	int64_t duration_min;
	int64_t capacity, quota;
	int64_t opens_at, closes_at, members_until;
	const char *registration_url;
	const char *attended_text;
	int64_t sequence;
	int64_t modified_at;
	int64_t revision;

	/* Read only. */
	const char *cycle, *cycle_title; /* slug and title, NULL when not readable */
	bool is_opened;                  /* by a key of the reader it was read for */
};

struct session_list {
	struct session *session;
	size_t n_sessions;
};

struct cycle {
	int64_t id;
	const char *slug;
	const char *title;
	struct html description;
	int64_t announced; /* sessions announced; NO_NUMBER */
	enum visibility visibility;
	int64_t n_sessions; /* that the reader may read; read only */
	bool is_opened;     /* by a key of that reader; read only */
};

/* For the rule of access. */
struct object session_object(const struct session *s);
struct object cycle_object(const struct cycle *c);

struct cycle_list {
	struct cycle *cycle;
	size_t n_cycles;
};

CHECKED enum status session_by_slug(struct db *db, struct arena *a, const struct reader *reader,
				    const char *slug, struct session *found);
CHECKED enum status session_by_id(struct db *db, struct arena *a, const struct reader *reader,
				  int64_t id, struct session *found);

/* The `limit` sessions of `from` (a day) and later, soonest first. */
CHECKED enum status session_coming(struct db *db, struct arena *a, const struct reader *reader,
				   const char *from, int limit, struct session_list *list);

/* Those before `until` (a day, not counted), latest first, past the first `skip`. */
CHECKED enum status session_past(struct db *db, struct arena *a, const struct reader *reader,
				 const char *until, int limit, int skip, struct session_list *list);

/* By day. */
CHECKED enum status session_of_cycle(struct db *db, struct arena *a, const struct reader *reader,
				     int64_t cycle_id, struct session_list *list);
CHECKED enum status session_of_resource(struct db *db, struct arena *a, const struct reader *reader,
					int64_t resource_id, struct session_list *list);

/* Those that a person attended, the latest first. */
CHECKED enum status session_attended(struct db *db, struct arena *a, const struct reader *reader,
				     int64_t person_id, struct session_list *list);

/* Those that follow `slug`, by slug, for walks over all of them. */
CHECKED enum status session_after(struct db *db, struct arena *a, const struct reader *reader,
				  const char *slug, int limit, struct session_list *list);

/* Those from one day to another, both counted, soonest first, past the first `skip`. */
CHECKED enum status session_between(struct db *db, struct arena *a, const struct reader *reader,
				    const char *from, const char *until, int limit, int skip,
				    struct session_list *list);
CHECKED enum status session_count_between(struct db *db, const struct reader *reader,
					  const char *from, const char *until, int64_t *n);

CHECKED enum status session_count(struct db *db, const struct reader *reader, int64_t *n);

/*
 * The first moment after `now` at which a session that this reader sees begins or ends;
 * NO_NUMBER when none does.
 */
CHECKED enum status session_next_moment(struct db *db, const struct reader *reader, int64_t now,
					int64_t *moment);

CHECKED enum status session_id_of(struct db *db, const char *slug, int64_t *id);

/* Adds when s->id is 0, and sets it; else changes. CONFLICT when the slug is taken. */
CHECKED enum status session_save(struct db *db, struct session *s);
CHECKED enum status session_set_cycle(struct db *db, int64_t id, int64_t cycle_id);
CHECKED enum status session_remove(struct db *db, int64_t id);

/* Which resources announce or report it, of those this reader may know of: slugs by name. */
CHECKED enum status session_resource_slugs(struct db *db, struct arena *a,
					   const struct reader *reader, int64_t id,
					   const char ***slug, size_t *n);
CHECKED enum status session_clear_resources(struct db *db, int64_t id);
CHECKED enum status session_add_resource(struct db *db, int64_t id, int64_t resource_id);

CHECKED enum status cycle_by_slug(struct db *db, struct arena *a, const struct reader *reader,
				  const char *slug, struct cycle *found);
CHECKED enum status cycle_of_resource(struct db *db, struct arena *a, const struct reader *reader,
				      int64_t resource_id, struct cycle_list *list);

/* By slug. */
CHECKED enum status cycle_all(struct db *db, struct arena *a, const struct reader *reader,
			      struct cycle_list *list);
CHECKED enum status cycle_id_of(struct db *db, const char *slug, int64_t *id);
CHECKED enum status cycle_save(struct db *db, struct cycle *c);
CHECKED enum status cycle_remove(struct db *db, int64_t id);
CHECKED enum status cycle_resource_slugs(struct db *db, struct arena *a,
					 const struct reader *reader, int64_t id,
					 const char ***slug, size_t *n);
CHECKED enum status cycle_clear_resources(struct db *db, int64_t id);
CHECKED enum status cycle_add_resource(struct db *db, int64_t id, int64_t resource_id);

#endif
