#include "feed/interchange_people.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "feed/interchange.h"
#include "feed/put.h"
#include "store/membership.h"
#include "store/opening.h"
#include "store/person.h"
#include "store/session.h"
#include "store/working_group.h"

enum status put_memberships(struct db *db, struct arena *a, int64_t organisation_id, json_t *object)
{
	struct membership_list list;
	enum status status = membership_of(db, a, organisation_id, &list);
	json_t *memberships = json_array();

	for (size_t i = 0; i < list.n_memberships; i++) {
		json_t *m = json_object();

		put_text(m, "kind", list.membership[i].kind);
		put_text(m, "from", list.membership[i].from_on);
		put_text(m, "to", list.membership[i].to_on);
		json_array_append_new(memberships, m);
	}
	put_value(object, "memberships", memberships);
	return status;
}

/* ---- people ---------------------------------------------------------------------------- */

static json_t *function_object(const struct function *f)
{
	json_t *object = json_object();

	put_text(object, "organisation", f->organisation);
	put_text(object, "kind", f->kind);
	put_text(object, "title", f->title);
	put_text(object, "from", f->from_on);
	put_text(object, "to", f->to_on);
	put_value(object, "representative", json_boolean(f->is_representative));
	put_value(object, "manager", json_boolean(f->is_manager));
	return object;
}

/* In an order that no day changes. */
static int compare_functions(const void *left, const void *right)
{
	const struct function *l = left, *r = right;
	int order = strcmp(l->from_on, r->from_on);

	if (!order)
		order = strcmp(l->organisation, r->organisation);
	if (!order)
		order = strcmp(l->kind, r->kind);
	return order ? order : l->id < r->id ? -1 : l->id > r->id;
}

enum status interchange_person(struct db *db, struct arena *a, const struct person *p,
			       json_t **object)
{
	struct function_list list;
	enum status status = function_of_person(db, a, p->id, "", &list);
	json_t *o = json_object(), *functions = json_array();

	put_text(o, "type", "person");
	put_text(o, "slug", p->slug);
	put_text(o, "given_name", *p->given_name ? p->given_name : NULL);
	put_text(o, "family_name", p->family_name);
	put_text(o, "email", p->email);
	put_value(o, "shown", json_boolean(p->is_shown));
	if (list.n_functions)
		qsort(list.function, list.n_functions, sizeof(*list.function), compare_functions);
	for (size_t i = 0; i < list.n_functions; i++)
		json_array_append_new(functions, function_object(&list.function[i]));
	put_value(o, "functions", functions);
	*object = o;
	return status;
}

static int compare_slugs(const void *left, const void *right)
{
	return strcmp(((const struct person *)left)->slug, ((const struct person *)right)->slug);
}

static json_t *slugs_of(struct person_list *list)
{
	json_t *slugs = json_array();

	if (list->n_persons)
		qsort(list->person, list->n_persons, sizeof(*list->person), compare_slugs);
	for (size_t i = 0; i < list->n_persons; i++)
		if (!list->person[i].is_erased)
			json_array_append_new(slugs, json_string(list->person[i].slug));
	return slugs;
}

enum status interchange_group(struct db *db, struct arena *a, const struct working_group *g,
			      json_t **object)
{
	struct person_list members;
	enum status status = person_of_group(db, a, g->id, &members);
	json_t *o = json_object();

	put_text(o, "type", "group");
	put_text(o, "slug", g->slug);
	put_text(o, "name", g->name);
	put_text(o, "description", g->description.markup);
	put_text(o, "coordinator", g->coordinator);
	put_value(o, "members", slugs_of(&members));
	*object = o;
	return status;
}

/* ---- what is opened to whom -------------------------------------------------------------- */

static const struct reader everything = { .level = EDITOR };

/* "group-3" is "group:achats"; NULL for what is a person's own, or leads nowhere. */
static enum status name_key(struct db *db, struct arena *a, const char *key, const char **name)
{
	int64_t id = atoll(strchr(key, '-') + 1);
	struct working_group g;
	struct session s;
	enum status status = OK;

	*name = NULL;
	if (!strncmp(key, "function-", 9)) {
		*name = arena_printf(a, "function:%s", key + 9);
	} else if (!strncmp(key, "group-", 6)) {
		status = working_group_by_id(db, a, id, &g);
		*name = status == OK ? arena_printf(a, "group:%s", g.slug) : NULL;
	} else if (!strncmp(key, "session-", 8)) {
		status = session_by_id(db, a, &everything, id, &s);
		*name = status == OK ? arena_printf(a, "session:%s", s.slug) : NULL;
	}
	return status == NOT_FOUND ? OK : status;
}

static int compare_names(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

enum status put_open_to(struct db *db, struct arena *a, const struct reader *reader,
			enum owner owner, int64_t owner_id, json_t *object)
{
	struct opening_list list;
	const char **name;
	size_t n = 0;
	json_t *keys;
	enum status status;

	if (reader->level < EDITOR)
		return OK;
	status = opening_of(db, a, owner, owner_id, &list);
	name = arena_make(a, const char *, list.n_keys + 1);
	for (size_t i = 0; i < list.n_keys && status == OK; i++) {
		status = name_key(db, a, list.key[i], &name[n]);
		n += status == OK && name[n];
	}
	if (n)
		qsort(name, n, sizeof(*name), compare_names);
	keys = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(keys, json_string(name[i]));
	put_value(object, "open_to", keys);
	return status;
}

enum status put_attendance(struct db *db, struct arena *a, const struct reader *reader,
			   int64_t session_id, json_t *object)
{
	struct person_list list;
	enum status status;

	if (reader->level < EDITOR)
		return OK;
	status = person_of_session(db, a, session_id, &list);
	put_value(object, "attended", slugs_of(&list));
	return status;
}
