/*
 * access_request.h - someone asks for a closed resource, an editor answers. What was granted opens
 * it to that person until the end of a day, by the key "grant-" and the number of the request.
 */
#ifndef STORE_ACCESS_REQUEST_H
#define STORE_ACCESS_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;
struct db;

struct access_request {
	int64_t id, person_id, resource_id;
	const char *reason;
	int64_t made_at;
	bool is_answered, is_granted;
	const char *until_on; /* the last day of a grant, or NULL */
	const char *words;    /* of the answer, or NULL */
	int64_t answered_at;  /* NO_NUMBER */

	/* Read only. */
	const char *resource, *resource_title; /* slug and title */
	const char *person, *given_name, *family_name, *email;
};

struct access_request_list {
	struct access_request *request;
	size_t n_requests;
};

/* Sets r->id. CONFLICT when this person's last one for the resource waits for its answer. */
CHECKED enum status access_request_add(struct db *db, struct access_request *r);

CHECKED enum status access_request_by_id(struct db *db, struct arena *a, int64_t id,
					 struct access_request *found);

/* The last one of a person for a resource. */
CHECKED enum status access_request_last(struct db *db, struct arena *a, int64_t person_id,
					int64_t resource_id, struct access_request *found);

/* The latest first. */
CHECKED enum status access_request_of_person(struct db *db, struct arena *a, int64_t person_id,
					     struct access_request_list *list);

/* Those that wait, the oldest first; or those that were answered, the latest first. */
CHECKED enum status access_request_waiting(struct db *db, struct arena *a,
					   struct access_request_list *list);
CHECKED enum status access_request_answered(struct db *db, struct arena *a, int limit,
					    struct access_request_list *list);
CHECKED enum status access_request_count_waiting(struct db *db, int64_t *n);

/* `until_on` is NULL for a refusal. CONFLICT when it was answered meanwhile. */
CHECKED enum status access_request_answer(struct db *db, struct arena *a,
					  const struct access_request *r, const char *until_on,
					  const char *words, int64_t by, int64_t now);

#endif
