#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/text.h"
#include "base/tr.h"
#include "feed/schema.h"
#include "store/resource.h"
#include "store/row.h"
#include "store/session.h"
#include "web/pages/frame.h"
#include "web/pages/pages.h"
#include "web/pages/parts.h"

struct making {
	struct request *req;
	struct cycle c;
	struct object object;
	struct session_list sessions;
	struct names names;
	struct cycle_page_view v;
};

/* "De février 2024 à novembre 2024" */
static const char *span_of(const struct making *m)
{
	const struct session_list *l = &m->sessions;
	struct arena *a = m->req->arena;
	const char *from, *to;

	if (!l->n_sessions)
		return NULL;
	from = date_in_words(a, l->session[0].on, BY_MONTH);
	to = date_in_words(a, l->session[l->n_sessions - 1].on, BY_MONTH);
	if (!strcmp(from, to))
		return say(m->req, arena_printf(a, _("En %s"), from));
	return say(m->req, arena_printf(a, _("De %s à %s"), from, to));
}

/* What is to come is soonest first, what is past latest first. */
static enum status fill_sessions(struct making *m)
{
	struct session_list *l = &m->sessions;
	struct session *past = arena_make(m->req->arena, struct session, l->n_sessions);
	struct session *coming = arena_make(m->req->arena, struct session, l->n_sessions);
	size_t n_past = 0, n_coming = 0;
	enum status status;

	for (size_t i = 0; i < l->n_sessions; i++)
		if (!session_is_past(m->req, &l->session[i]))
			coming[n_coming++] = l->session[i];
	for (size_t i = l->n_sessions; i-- > 0;)
		if (session_is_past(m->req, &l->session[i]))
			past[n_past++] = l->session[i];
	status = sessions_of(m->req, coming, n_coming, &m->names, &m->v.coming);
	if (status == OK)
		status = sessions_of(m->req, past, n_past, &m->names, &m->v.past);
	return status;
}

/* The cycle's name stands at the head of the page, not beside each of its sessions. */
static void drop_cycle(struct sessions_view *v)
{
	for (size_t i = 0; i < v->n_sessions; i++)
		v->session[i].cycle.label = NULL;
}

static enum status fill_resources(struct making *m)
{
	struct resource_list list;
	enum status status =
		resource_of_cycle(m->req->db, m->req->arena, &m->req->reader, m->c.id, &list);

	if (status == OK)
		m->v.resources = tags_of_resources(m->req, NULL, &list);
	return status;
}

static enum status fill(struct making *m)
{
	enum status status =
		session_of_cycle(m->req->db, m->req->arena, &m->req->reader, m->c.id, &m->sessions);

	if (status == OK)
		status = fill_sessions(m);
	if (status == OK)
		status = actions_of(m->req, OF_CYCLE, m->c.id, &m->object, m->c.title, &m->names,
				    &m->v.actions);
	if (status == OK)
		status = credits_of(m->req, OF_CYCLE, m->c.id, &m->object, EVERYONE, &m->v.credits);
	if (status == OK)
		status = fill_resources(m);
	if (status != OK)
		return status;
	drop_cycle(&m->v.coming);
	drop_cycle(&m->v.past);
	m->v.span = span_of(m);
	return OK;
}

static enum status frame(struct making *m)
{
	struct request *req = m->req;
	struct frame_view *f = &m->v.frame;
	struct identity site;
	enum status status = identity_of(req, &site);

	if (status != OK)
		return status;
	frame_fill(req, f, IN_AGENDA, m->c.title, url_path(req->arena, "/cycles/", m->c.slug));
	f->description = description_of(req->arena, m->c.description);
	f->schema = schema_cycle(req->arena, &site, &m->c, &m->sessions);
	m->v.title = f->title;
	if (m->c.description.markup)
		m->v.description = say_markup(m->req, m->c.description);
	return OK;
}

enum status cycle_show(struct request *req, struct response *res)
{
	struct making m = { .req = req };
	enum status status =
		cycle_by_slug(req->db, req->arena, &req->reader, request_param(req, "slug"), &m.c);

	if (status == NOT_FOUND)
		return not_here(req, res);
	if (status != OK)
		return status;
	m.object = cycle_object(&m.c);
	status = fill(&m);
	if (status == OK)
		status = frame(&m);
	if (status != OK)
		return status;
	cycle_html(&res->body, &m.v);
	return keep_until_next_moment(req, res);
}
