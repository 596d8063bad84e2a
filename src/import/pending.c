/*
 * pending.c - what a slug of an interchange object becomes, now or at the end of the file.
 */
#include <string.h>

#include "base/arena.h"
#include "db/db.h"
#include "import/batch_import.h"
#include "store/change.h"
#include "store/collection.h"
#include "store/contribution.h"
#include "store/link.h"
#include "store/opening.h"
#include "store/organisation.h"
#include "store/pending.h"
#include "store/person.h"
#include "store/resource.h"
#include "store/session.h"
#include "store/term.h"
#include "store/working_group.h"

static enum owner owner_of(const struct pending *p)
{
	if (!strcmp(p->owner, "session"))
		return OF_SESSION;
	return !strcmp(p->owner, "cycle") ? OF_CYCLE : OF_RESOURCE;
}

static enum status set_collection(struct import *import, const struct pending *p, int64_t id)
{
	return resource_set_collection(import->db, p->owner_id, id);
}

static enum status set_replaces(struct import *import, const struct pending *p, int64_t id)
{
	if (id != p->owner_id)
		return resource_set_replaces(import->db, p->owner_id, id);
	import_refuse(import, p->line, "'replaces' names the resource itself");
	return INVALID;
}

static enum status set_term(struct import *import, const struct pending *p, int64_t id)
{
	return term_add_to_resource(import->db, p->owner_id, id, p->position);
}

static enum status set_link(struct import *import, const struct pending *p, int64_t id)
{
	return link_point(import->db, owner_of(p), p->owner_id, p->position, id);
}

static enum status set_organisation(struct import *import, const struct pending *p, int64_t id)
{
	return contribution_point(import->db, owner_of(p), p->owner_id, p->position, id);
}

static enum status set_resource(struct import *import, const struct pending *p, int64_t id)
{
	if (owner_of(p) == OF_CYCLE)
		return cycle_add_resource(import->db, p->owner_id, id);
	return session_add_resource(import->db, p->owner_id, id);
}

static enum status set_cycle(struct import *import, const struct pending *p, int64_t id)
{
	return session_set_cycle(import->db, p->owner_id, id);
}

static enum status set_parent(struct import *import, const struct pending *p, int64_t id)
{
	return term_set_parent(import->db, p->owner_id, id);
}

static enum status set_replaced_by(struct import *import, const struct pending *p, int64_t id)
{
	return term_set_replaced_by(import->db, p->owner_id, id);
}

static enum status set_territory(struct import *import, const struct pending *p, int64_t id)
{
	return organisation_set_territory(import->db, p->owner_id, id);
}

static enum status set_function(struct import *import, const struct pending *p, int64_t id)
{
	return function_set_organisation(import->db, p->owner_id, id);
}

static enum status set_member(struct import *import, const struct pending *p, int64_t id)
{
	return working_group_join(import->db, p->owner_id, id);
}

static enum status set_coordinator(struct import *import, const struct pending *p, int64_t id)
{
	return working_group_set_coordinator(import->db, p->owner_id, id);
}

static enum status set_attended(struct import *import, const struct pending *p, int64_t id)
{
	return attendance_set(import->db, p->owner_id, id, true);
}

static enum status open_to(struct import *import, const struct pending *p, const char *kind,
			   int64_t id)
{
	const char *key = arena_printf(import->object, "%s-%lld", kind, (long long)id);

	return opening_add(import->db, owner_of(p), p->owner_id, key);
}

static enum status open_to_group(struct import *import, const struct pending *p, int64_t id)
{
	return open_to(import, p, "group", id);
}

static enum status open_to_session(struct import *import, const struct pending *p, int64_t id)
{
	return open_to(import, p, "session", id);
}

/* What a field names, and what is then done. A vocabulary in place of a kind: a term of it. */
static const struct reference {
	const char *field, *kind;
	enum status (*set)(struct import *import, const struct pending *p, int64_t id);
} references[] = {
	{ "collection", "collection", set_collection },
	{ "replaces", "resource", set_replaces },
	{ "category", "category", set_term },
	{ "territory", "territory", set_term },
	{ "audience", "audience", set_term },
	{ "link", "resource", set_link },
	{ "organisation", "organisation", set_organisation },
	{ "resource", "resource", set_resource },
	{ "cycle", "cycle", set_cycle },
	{ "parent", NULL, set_parent }, /* of the vocabulary named by the owner */
	{ "replaced_by", NULL, set_replaced_by },
	{ "organisation_territory", "territory", set_territory },
	{ "function_organisation", "organisation", set_function },
	{ "member", "person", set_member },
	{ "coordinator", "person", set_coordinator },
	{ "attended", "person", set_attended },
	{ "open_group", "group", open_to_group },
	{ "open_session", "session", open_to_session },
};

static const struct reference *reference_of(const struct pending *p)
{
	for (size_t i = 0; i < sizeof(references) / sizeof(*references); i++)
		if (!strcmp(references[i].field, p->field))
			return &references[i];
	die("no reference '%s'", p->field);
}

static enum status resolve(struct import *import, const struct pending *p)
{
	const struct reference *ref = reference_of(p);
	int64_t id;
	enum status status =
		object_find(import->db, ref->kind ? ref->kind : p->owner, p->target, &id);

	return status == OK ? ref->set(import, p, id) : status;
}

enum status pending_resolve_or_keep(struct import *import, const struct pending *p)
{
	enum status status = resolve(import, p);

	if (status != NOT_FOUND)
		return status;
	import->left_pending = true;
	return pending_add(import->db, p);
}

/* Its owner may have been committed long ago, and have been read as it was then. */
static enum status note(struct import *import, const struct pending *p)
{
	return change_note(import->db, vocabulary_is_known(p->owner) ? "term" : p->owner,
			   p->owner_id);
}

static enum status resolve_list(struct import *import, const struct pending_list *list)
{
	for (size_t i = 0; i < list->n_pending; i++) {
		const struct pending *p = &list->pending[i];
		const struct reference *ref = reference_of(p);
		enum status status = resolve(import, p);

		if (status == OK)
			status = note(import, p);
		if (status == NOT_FOUND)
			import_refuse(import, p->line, "there is no %s '%s', named in '%s'",
				      ref->kind ? ref->kind : p->owner, p->target, p->field);
		else if (status == FAILED)
			return status;
	}
	return OK;
}

enum status pending_resolve_all(struct import *import)
{
	enum { STEP = 500 };
	struct arena *a = arena_new();
	struct pending_list list = { .n_pending = STEP };
	enum status status = OK;

	while (list.n_pending > 0 && status == OK) {
		arena_reset(a);
		status = pending_take(import->db, a, STEP, &list);
		if (status == OK)
			status = resolve_list(import, &list);
	}
	arena_free(a);
	return status;
}
