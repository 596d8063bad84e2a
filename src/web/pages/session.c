#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/richtext.h"
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
	struct session s;
	struct object object;
	struct names names;
	struct session_page_view v;
};

/* "2 h", "1 h 30", "45 minutes"; only when the hours do not tell it. */
static const char *duration(const struct making *m)
{
	int64_t minutes = m->s.duration_min;

	if (minutes == NO_NUMBER || m->s.ends_at != NO_NUMBER)
		return NULL;
	if (minutes < 60)
		return say(m->req,
			   arena_printf(m->req->arena,
					_n("%" PRId64 " minute", "%" PRId64 " minutes", minutes),
					minutes));
	return hour_in_words(m->req->arena, (int)(minutes / 60), (int)(minutes % 60));
}

static const char *seats(const struct making *m)
{
	struct arena *a = m->req->arena;

	if (m->v.past || m->s.capacity == NO_NUMBER)
		return NULL;
	return arena_printf(a, _n("%s place", "%s places", m->s.capacity),
			    number_in_words(a, m->s.capacity));
}

static bool takes_names(const struct making *m)
{
	const struct session *s = &m->s;

	return !m->v.past && s->status != CANCELLED &&
	       (s->closes_at == NO_NUMBER || s->closes_at > m->req->now) &&
	       (s->opens_at == NO_NUMBER || s->opens_at <= m->req->now);
}

/* To sign up while one can, else what was kept; never to sign up for what is over. */
static void fill_main(struct making *m)
{
	struct actions_view *actions = &m->v.session.actions;

	if (!takes_names(m))
		drop_role(actions, "registration");
	if (!takes_names(m) || !m->s.registration_url) {
		m->v.main = take_main(actions);
		return;
	}
	m->v.main = action_named(m->req, &m->names, "registration", "", m->s.title);
	m->v.main.url = url_external(m->req->arena, m->s.registration_url);
}

static void fill_texts(struct making *m)
{
	const struct session *s = &m->s;
	struct session_page_view *v = &m->v;

	v->session = session_of(m->req, s);
	v->past = session_is_past(m->req, s);
	v->objectives = say_markup(m->req, s->objectives);
	v->contents = say_markup(m->req, s->contents);
	v->description = say_markup(m->req, s->description);
	v->duration = duration(m);
	v->attended = say(m->req, s->attended_text);
	v->seats = seats(m);
	if (s->online_url)
		v->online = _("En ligne");
	v->calendar = url_path_and(m->req->arena, "/agenda/", s->slug, ".ics");
}

static struct nav_view neighbour(const struct making *m, const struct session *s)
{
	return (struct nav_view){ .label = say(m->req, s->title),
				  .url = url_path(m->req->arena, "/agenda/", s->slug) };
}

/* The sessions before and after in the cycle. */
static enum status fill_neighbours(struct making *m)
{
	struct session_list list;
	enum status status;

	if (!m->s.cycle)
		return OK;
	status = session_of_cycle(m->req->db, m->req->arena, &m->req->reader, m->s.cycle_id, &list);
	if (status != OK)
		return status;
	for (size_t i = 0; i < list.n_sessions; i++) {
		if (list.session[i].id != m->s.id)
			continue;
		if (i)
			m->v.before = neighbour(m, &list.session[i - 1]);
		if (i + 1 < list.n_sessions)
			m->v.after = neighbour(m, &list.session[i + 1]);
	}
	return OK;
}

static enum status fill_resources(struct making *m)
{
	struct resource_list list;
	enum status status =
		resource_of_session(m->req->db, m->req->arena, &m->req->reader, m->s.id, &list);

	if (status == OK)
		m->v.resources = tags_of_resources(m->req, NULL, &list);
	return status;
}

static enum status fill(struct making *m)
{
	enum status status;

	fill_texts(m);
	status = actions_of(m->req, OF_SESSION, m->s.id, &m->object, m->s.title, &m->names,
			    &m->v.session.actions);
	if (status == OK)
		fill_main(m);
	if (status == OK)
		status = credits_of(m->req, OF_SESSION, m->s.id, &m->object, SPEAKERS,
				    &m->v.speakers);
	if (status == OK)
		status = credits_of(m->req, OF_SESSION, m->s.id, &m->object, ALL_BUT_SPEAKERS,
				    &m->v.credits);
	if (status == OK)
		status = fill_neighbours(m);
	if (status == OK)
		status = fill_resources(m);
	return status;
}

static enum status frame(struct making *m)
{
	struct frame_view *f = &m->v.frame;
	struct arena *a = m->req->arena;
	struct html about = m->s.description.markup ? m->s.description : m->s.contents;
	struct identity site;
	enum status status = identity_of(m->req, &site);

	if (status != OK)
		return status;

	frame_fill(m->req, f, IN_AGENDA, m->s.title, url_path(a, "/agenda/", m->s.slug));
	if (m->v.session.cycle.label)
		frame_way(f, m->v.session.cycle.label, m->v.session.cycle.url);
	f->og_type = "article";
	f->description =
		say(m->req, arena_printf(a, "%s, %s", m->v.session.label, m->v.session.when.words));
	if (description_of(a, about))
		f->description =
			arena_printf(a, "%s. %s", f->description, description_of(a, about));
	return schema_session(m->req->db, a, &m->req->reader, &site, &m->s, &f->schema);
}

enum status session_show(struct request *req, struct response *res)
{
	struct making m = { .req = req };
	enum status status = session_by_slug(req->db, req->arena, &req->reader,
					     request_param(req, "slug"), &m.s);

	if (status == NOT_FOUND)
		return not_here(req, res);
	if (status != OK)
		return status;
	m.object = session_object(&m.s);
	status = fill(&m);
	if (status == OK)
		status = frame(&m);
	if (status != OK)
		return status;
	session_html(&res->body, &m.v);
	return keep_until_next_moment(req, res);
}
