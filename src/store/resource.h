/*
 * resource.h - the resource centre: what is published, and its earlier states.
 *
 * What a reader may not discover is NOT_FOUND to them. The body is apart: it is read through the
 * rule of access, by resource_body() and resource_with_body() alone. Results live in the caller's
 * arena. Summary and body are the restricted HTML of base/richtext.h.
 */
#ifndef STORE_RESOURCE_H
#define STORE_RESOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access/access.h"
#include "base/date.h"
#include "base/html.h"
#include "base/status.h"
#include "store/link.h"

struct arena;
struct db;

enum publication { DRAFT, REVIEW, PUBLISHED, ARCHIVED };

const char *publication_name(enum publication status);
bool publication_parse(const char *name, enum publication *status);

/* "day", "month", "year" */
const char *precision_name(enum precision precision);
bool precision_parse(const char *name, enum precision *precision);

struct resource {
	int64_t id;
	const char *slug;
	const char *title;
	struct html summary; /* at most SUMMARY_MAX characters of text */
	struct html body;    /* written by resource_save(); read back where it is said */
	int64_t kind_id, form_id, collection_id, replaces_id; /* 0 is none */
	enum visibility visibility;
	enum publication status;
	bool listed;
	const char *published_on; /* a day, or NULL */
	enum precision date_precision;
	int64_t number; /* NO_NUMBER when it has none */
	const char *edition;
	const char *language;
	const char *extent;
	const char *access_note;
	const char *notice;
	const char *source, *source_id;
	int64_t modified_at;
	int64_t revision;

	/* Read only. */
	const char *kind, *kind_slug; /* label and slug */
	const char *form, *form_slug;
	const char *collection, *collection_title; /* slug and title */
	const char *replaces, *replaces_title;
	bool is_opened; /* by a key of the reader it was read for */
	bool may_read;  /* by that reader */
};

enum { SUMMARY_MAX = 600 };

struct resource_list {
	struct resource *resource;
	size_t n_resources;
};

struct object resource_object(const struct resource *r);

CHECKED enum status resource_by_slug(struct db *db, struct arena *a, const struct reader *reader,
				     const char *slug, struct resource *found);
CHECKED enum status resource_by_id(struct db *db, struct arena *a, const struct reader *reader,
				   int64_t id, struct resource *found);

/* The same with its body, which is empty to a reader who may not read it. */
CHECKED enum status resource_with_body(struct db *db, struct arena *a, const struct reader *reader,
				       int64_t id, struct resource *found);

/* DENIED to a reader who may discover the resource but not read it. */
CHECKED enum status resource_body(struct db *db, struct arena *a, const struct reader *reader,
				  int64_t id, struct html *body);

/* The most recently published. */
CHECKED enum status resource_latest(struct db *db, struct arena *a, const struct reader *reader,
				    int limit, struct resource_list *list);

/* Those of a collection, the highest number first. */
CHECKED enum status resource_of_collection(struct db *db, struct arena *a,
					   const struct reader *reader, int64_t collection_id,
					   struct resource_list *list);

/* Those that announce or report a session, or tell of a cycle. */
CHECKED enum status resource_of_session(struct db *db, struct arena *a, const struct reader *reader,
					int64_t session_id, struct resource_list *list);
CHECKED enum status resource_of_cycle(struct db *db, struct arena *a, const struct reader *reader,
				      int64_t cycle_id, struct resource_list *list);

/* Those to which an organisation contributed. */
CHECKED enum status resource_of_organisation(struct db *db, struct arena *a,
					     const struct reader *reader, int64_t organisation_id,
					     struct resource_list *list);

/* Those that a person put aside, the last one first. */
CHECKED enum status resource_saved_by(struct db *db, struct arena *a, const struct reader *reader,
				      int64_t person_id, struct resource_list *list);

/* Those that a key opens: what is a group's own, what is for those who attended a session. */
CHECKED enum status resource_of_key(struct db *db, struct arena *a, const struct reader *reader,
				    const char *key, struct resource_list *list);

/*
 * Those that this person may read and that were published since, or opened, or granted to them:
 * what a key of theirs opens comes first. That something was opened is told by the journal.
 */
CHECKED enum status resource_news(struct db *db, struct arena *a, const struct reader *reader,
				  int64_t since, int limit, struct resource_list *list);

/* The later edition that replaces this one. */
CHECKED enum status resource_replacing(struct db *db, struct arena *a, const struct reader *reader,
				       int64_t id, struct resource *found);

/* The `limit` resources whose slugs follow `slug`, in order, for walks over all of them. */
CHECKED enum status resource_after(struct db *db, struct arena *a, const struct reader *reader,
				   const char *slug, int limit, struct resource_list *list);

/*
 * For those who look after them: the last changed first, past the first `skip`. A state or a
 * visibility that is NULL is any.
 */
CHECKED enum status resource_in_state(struct db *db, struct arena *a, const struct reader *reader,
				      const char *state, const char *visibility, int limit,
				      int skip, struct resource_list *list);
CHECKED enum status resource_count_in_state(struct db *db, const struct reader *reader,
					    const char *state, const char *visibility, int64_t *n);

CHECKED enum status resource_id_of(struct db *db, const char *slug, int64_t *id);

/*
 * Adds when r->id is 0, and sets it; else changes, and raises the revision. CONFLICT when
 * the slug is taken. Terms, links and contributions are set apart.
 */
CHECKED enum status resource_save(struct db *db, struct resource *r);

CHECKED enum status resource_set_collection(struct db *db, int64_t id, int64_t collection_id);
CHECKED enum status resource_set_replaces(struct db *db, int64_t id, int64_t replaces_id);

/* With its links, contributions and earlier states. */
CHECKED enum status resource_remove(struct db *db, int64_t id);

/* Keeps `data`, the interchange object of the present state, before another replaces it. */
CHECKED enum status resource_keep_version(struct db *db, int64_t id, const char *data);

struct version {
	int64_t revision;
	int64_t replaced_at;
};

struct version_list {
	struct version *version;
	size_t n_versions;
};

/* The latest first. */
CHECKED enum status resource_versions(struct db *db, struct arena *a, int64_t id,
				      struct version_list *list);

/* The state of that revision, as kept. */
CHECKED enum status resource_version(struct db *db, struct arena *a, int64_t id, int64_t revision,
				     const char **data);

#endif
