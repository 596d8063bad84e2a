#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/text.h"
#include "base/tr.h"
#include "store/session.h"
#include "web/pages/frame.h"
#include "web/pages/pages.h"
#include "web/pages/parts.h"

enum { COMING_MAX = 200, PAST_PAGE = 24, PAGES_MAX = 10000 };

const char *const agenda_known[] = { "page", NULL };

/* ---- by month ----------------------------------------------------------------------- */

static bool same_month(const struct session *a, const struct session *b)
{
	return !strncmp(a->on, b->on, strlen("YYYY-MM"));
}

static struct month_view *add_month(struct request *req, const struct session *s,
				    struct months_view *v)
{
	struct month_view *month = &v->month[v->n_months++];
	int y, m, d;

	if (day_parse(s->on, &y, &m, &d))
		month->words = month_in_words(req->arena, y, m);
	month->id = arena_strndup(req->arena, s->on, strlen("YYYY-MM"));
	return month;
}

static enum status by_month(struct request *req, const struct session *session, size_t n,
			    struct names *names, struct months_view *v)
{
	enum status status = OK;

	v->month = arena_make(req->arena, struct month_view, n);
	for (size_t from = 0, to; from < n && status == OK; from = to) {
		struct month_view *month = add_month(req, &session[from], v);

		for (to = from + 1; to < n && same_month(&session[from], &session[to]);)
			to++;
		status = sessions_of(req, &session[from], to - from, names, &month->sessions);
	}
	return status;
}

/* ---- the agenda --------------------------------------------------------------------- */

static struct url page_url(struct request *req, int64_t page)
{
	if (page < 2)
		return URL("/agenda");
	return (struct url){ arena_printf(req->arena, "/agenda?page=%" PRId64, page) };
}

static enum status fill_coming(struct request *req, const char *today, struct names *names,
			       struct agenda_view *v)
{
	struct session_list list;
	enum status status =
		session_coming(req->db, req->arena, &req->reader, today, COMING_MAX, &list);

	if (status != OK)
		return status;
	return by_month(req, list.session, list.n_sessions, names, &v->coming);
}

/* One more than a page is asked for, to know whether there is another. */
static enum status fill_past(struct request *req, const char *today, int64_t page,
			     struct names *names, struct agenda_view *v)
{
	struct session_list list;
	enum status status = session_past(req->db, req->arena, &req->reader, today, PAST_PAGE + 1,
					  (int)(page - 1) * PAST_PAGE, &list);

	if (status != OK)
		return status;
	if (list.n_sessions > PAST_PAGE) {
		v->older = page_url(req, page + 1);
		list.n_sessions = PAST_PAGE;
	}
	if (page > 1)
		v->newer = page_url(req, page - 1);
	return by_month(req, list.session, list.n_sessions, names, &v->past);
}

static enum status fill_cycles(struct request *req, struct agenda_view *v)
{
	struct cycle_list list;
	enum status status = cycle_all(req->db, req->arena, &req->reader, &list);

	if (status != OK)
		return status;
	v->cycles.tag = arena_make(req->arena, struct tag_view, list.n_cycles);
	v->cycles.n_tags = list.n_cycles;
	for (size_t i = 0; i < list.n_cycles; i++)
		v->cycles.tag[i] = (struct tag_view){
			.label = say(req, list.cycle[i].title),
			.url = url_path(req->arena, "/cycles/", list.cycle[i].slug),
		};
	return OK;
}

enum status agenda_show(struct request *req, struct response *res)
{
	const char *today = day_of_moment(req->arena, req->now);
	int64_t page = request_number(req, "page", 1, PAGES_MAX);
	struct agenda_view v = { .is_past = page > 1 };
	struct names names = { 0 };
	enum status status;

	if (page < 0)
		return refuse(req, res, _("Le numéro de page est un nombre, à partir de 1."));
	status = v.is_past ? OK : fill_coming(req, today, &names, &v);
	if (status == OK)
		status = fill_past(req, today, page, &names, &v);
	if (status == OK)
		status = fill_cycles(req, &v);
	if (status != OK)
		return status;
	v.today = (struct when_view){ day_in_words(req->arena, today, true), today };
	v.calendar = URL("/flux/agenda.ics");
	v.past_open = !v.coming.n_months;
	frame_fill(req, &v.frame, v.is_past ? NO_SECTION : IN_AGENDA,
		   v.is_past ? _("Rendez-vous passés") : _("Agenda"), page_url(req, page));
	if (v.is_past)
		frame_way(&v.frame, _("Agenda"), URL("/agenda"));
	v.frame.nav[IN_AGENDA].current = v.is_past ? "true" : "page";
	v.frame.description = _("Webinaires et rencontres du réseau : les rendez-vous à venir et "
				"les replays.");
	agenda_html(&res->body, &v);
	return keep_until_next_moment(req, res);
}
