/* area_words.c - functions and memberships, told in words. */
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/tr.h"
#include "store/membership.h"
#include "web/account.h"
#include "web/pages/area.h"
#include "web/pages/parts.h"

const char *const function_kinds[] = { "elected", "officer", "partner", "other", NULL };

const char *function_kind_words(const char *kind)
{
	if (!strcmp(kind, "elected"))
		return _("Élu ou élue");
	if (!strcmp(kind, "officer"))
		return _("Agent ou agente");
	if (!strcmp(kind, "partner"))
		return _("Partenaire");
	return _("Autre fonction");
}

const char *function_words(const struct request *req, const struct function *f)
{
	return f->title ? say(req, f->title) : function_kind_words(f->kind);
}

const char *function_person_words(const struct request *req, const struct function *f)
{
	const struct person p = { .given_name = f->given_name, .family_name = f->family_name };

	if (f->invited_as && req->reader.level < EDITOR)
		return f->invited_as;
	return person_name(req->arena, &p);
}

const char *days_in_words(struct request *req, const char *from_on, const char *to_on)
{
	struct arena *a = req->arena;
	const char *from = day_in_words(a, from_on, false);

	if (to_on)
		return arena_printf(a, _("du %s au %s"), from, day_in_words(a, to_on, false));
	return arena_printf(
		a, strcmp(from_on, today(req)) > 0 ? _("à partir du %s") : _("depuis le %s"), from);
}

/* ---- memberships --------------------------------------------------------------------------- */

static bool holds_on(const struct membership *m, const char *day)
{
	return strcmp(m->from_on, day) <= 0 && (!m->to_on || strcmp(m->to_on, day) >= 0);
}

static const char *day_after(struct arena *a, const char *day)
{
	int y, m, d;
	char text[DAY_SIZE];

	if (!day_parse(day, &y, &m, &d))
		return day;
	day_from_number(day_number(y, m, d) + 1, &y, &m, &d);
	day_write(y, m, d, text);
	return arena_strdup(a, text);
}

/* The last day of memberships that follow one another without a gap; NULL when none is known. */
static const char *last_day(struct arena *a, const struct membership_list *list, const char *day)
{
	size_t i = 0;

	while (i < list->n_memberships) {
		const struct membership *m = &list->membership[i++];

		if (!holds_on(m, day))
			continue;
		if (!m->to_on)
			return NULL;
		day = day_after(a, m->to_on);
		i = 0;
	}
	return day;
}

static const char *day_before(struct arena *a, const char *day)
{
	int y, m, d;
	char text[DAY_SIZE];

	if (!day_parse(day, &y, &m, &d))
		return day;
	day_from_number(day_number(y, m, d) - 1, &y, &m, &d);
	day_write(y, m, d, text);
	return arena_strdup(a, text);
}

static const char *current_words(struct arena *a, const struct membership_list *list,
				 const char *day)
{
	const char *after = last_day(a, list, day);

	if (!after)
		return _("adhérente, sans date de fin");
	return arena_printf(a, _("adhérente jusqu’au %s"),
			    day_in_words(a, day_before(a, after), false));
}

/* The one that begins next, else the one that ended last. */
static const char *lapsed_words(struct arena *a, const struct membership_list *list,
				const char *day)
{
	const char *ended = NULL, *next = NULL;

	for (size_t i = 0; i < list->n_memberships; i++) {
		const struct membership *m = &list->membership[i];

		if (strcmp(m->from_on, day) > 0 && (!next || strcmp(m->from_on, next) < 0))
			next = m->from_on;
		if (m->to_on && strcmp(m->to_on, day) < 0 &&
		    (!ended || strcmp(m->to_on, ended) > 0))
			ended = m->to_on;
	}
	if (next)
		return arena_printf(a, _("adhérente à partir du %s"), day_in_words(a, next, false));
	if (ended)
		return arena_printf(a, _("adhésion échue depuis le %s"),
				    day_in_words(a, ended, false));
	return _("pas d’adhésion en cours");
}

enum status membership_words(struct request *req, int64_t organisation_id, const char **words,
			     bool *is_current)
{
	struct membership_list list;
	const char *day = today(req);
	enum status status = membership_of(req->db, req->arena, organisation_id, &list);

	*is_current = false;
	if (status != OK)
		return status;
	for (size_t i = 0; i < list.n_memberships; i++)
		*is_current |= holds_on(&list.membership[i], day);
	*words = *is_current ? current_words(req->arena, &list, day)
			     : lapsed_words(req->arena, &list, day);
	return OK;
}

enum status standings_of(struct request *req, const struct function_list *functions,
			 struct standings_view *v)
{
	enum status status = OK;

	v->standing = arena_make(req->arena, struct standing_view, functions->n_functions);
	for (size_t i = 0; i < functions->n_functions && status == OK; i++) {
		const struct function *f = &functions->function[i];
		struct standing_view *s = &v->standing[v->n_standings];
		bool is_current;

		if (!f->is_current)
			continue;
		*s = (struct standing_view){
			.name = say(req, f->organisation_name),
			.function = function_words(req, f),
			.url = url_path(req->arena, "/espace/organisations/", f->organisation),
		};
		status = membership_words(req, f->organisation_id, &s->state, &is_current);
		s->is_lapsed = !is_current;
		v->n_standings++;
	}
	return status;
}
