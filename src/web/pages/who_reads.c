/*
 * who_reads.c - who may open a closed resource, in one sentence. A group or a session that this
 * reader may not know of has no name in it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/tr.h"
#include "store/opening.h"
#include "store/session.h"
#include "store/working_group.h"
#include "web/pages/area.h"
#include "web/pages/parts.h"

/* The pieces of the sentence, in the order in which they are told. */
struct told {
	struct request *req;
	const char **piece;
	size_t n, capacity;
	int n_groups, n_sessions; /* without a name */
};

static void tell(struct told *t, const char *words)
{
	*arena_push(t->req->arena, t->piece, t->n, t->capacity) = words;
}

static bool has_key(const struct opening_list *keys, const char *key)
{
	for (size_t i = 0; i < keys->n_keys; i++)
		if (!strcmp(keys->key[i], key))
			return true;
	return false;
}

static void tell_functions(struct told *t, const struct opening_list *keys)
{
	bool elected = has_key(keys, "function-elected"),
	     officer = has_key(keys, "function-officer");

	if (elected && officer)
		tell(t, _("aux élues, élus, agentes et agents des collectivités adhérentes"));
	else if (elected)
		tell(t, _("aux élues et élus des collectivités adhérentes"));
	else if (officer)
		tell(t, _("aux agentes et agents des collectivités adhérentes"));
	if (has_key(keys, "function-partner"))
		tell(t, _("aux partenaires du réseau"));
	if (has_key(keys, "function-other"))
		tell(t, _("à d’autres personnes des collectivités adhérentes"));
}

static enum status tell_group(struct told *t, int64_t id)
{
	struct request *req = t->req;
	struct working_group g;
	enum status status;

	if (!access_may_see_group(&req->reader, id)) {
		t->n_groups++;
		return OK;
	}
	status = working_group_by_id(req->db, req->arena, id, &g);
	if (status == OK)
		tell(t, arena_printf(req->arena, _("au groupe « %s »"), say(req, g.name)));
	return status == NOT_FOUND ? OK : status;
}

static enum status tell_session(struct told *t, int64_t id)
{
	struct request *req = t->req;
	struct session s;
	enum status status = session_by_id(req->db, req->arena, &req->reader, id, &s);

	if (status == OK)
		tell(t, arena_printf(req->arena, _("aux personnes qui ont suivi « %s »"),
				     say(req, s.title)));
	else if (status == NOT_FOUND)
		t->n_sessions++;
	return status == NOT_FOUND ? OK : status;
}

/* Grants are between a person and the network: nobody is told of them here. */
static enum status tell_key(struct told *t, const char *key)
{
	if (!strncmp(key, "group-", 6))
		return tell_group(t, strtoll(key + 6, NULL, 10));
	if (!strncmp(key, "session-", 8))
		return tell_session(t, strtoll(key + 8, NULL, 10));
	return OK;
}

static void tell_unnamed(struct told *t)
{
	if (t->n_groups)
		tell(t, t->n_groups > 1 ? _("à des groupes de travail du réseau")
					: _("à un groupe de travail du réseau"));
	if (t->n_sessions)
		tell(t, t->n_sessions > 1 ? _("aux personnes qui ont suivi certaines séances")
					  : _("aux personnes qui ont suivi une séance du réseau"));
}

/* "à …, aux … et à …" */
static const char *joined(struct told *t)
{
	const char *words = t->piece[0];

	for (size_t i = 1; i < t->n; i++)
		words = arena_printf(t->req->arena, i + 1 < t->n ? _("%s, %s") : _("%s et %s"),
				     words, t->piece[i]);
	return words;
}

enum status who_reads(struct request *req, const struct resource *r, const char **words)
{
	struct told t = { .req = req };
	struct opening_list keys;
	enum status status = opening_of(req->db, req->arena, OF_RESOURCE, r->id, &keys);

	if (status != OK)
		return status;
	if (r->visibility == MEMBERS)
		tell(&t, _("aux personnes qui travaillent ou siègent dans une collectivité "
			   "adhérente"));
	else
		tell_functions(&t, &keys);
	for (size_t i = 0; i < keys.n_keys && status == OK; i++)
		status = tell_key(&t, keys.key[i]);
	tell_unnamed(&t);
	if (!t.n)
		tell(&t, _("à l’équipe du réseau et aux personnes à qui elle donne accès"));
	*words = say(req,
		     arena_printf(req->arena, _("Cette ressource est ouverte %s."), joined(&t)));
	return status;
}
