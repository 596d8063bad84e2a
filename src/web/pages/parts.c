#include "web/pages/parts.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/richtext.h"
#include "base/text.h"
#include "base/tr.h"
#include "store/row.h"
#include "web/pages/frame.h"

#define NARROW "\u202f"

enum { EXCERPT_MAX = 175 };

const char *say(const struct request *req, const char *text)
{
	return text ? text_typography(req->arena, text) : NULL;
}

/* The markup is canonical: "<table>" is a tag wherever it stands, never a text. */
static struct html with_tables_that_scroll(struct arena *a, struct html markup)
{
	static const char open[] = "<table>", close[] = "</table>";
	const char *at = markup.markup;
	struct out o;

	if (!strstr(at, open))
		return markup;
	out_init(&o);
	while (*at) {
		if (!strncmp(at, open, strlen(open))) {
			out_raw(&o,
				"<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"");
			out_text(&o, _("Tableau"));
			out_raw(&o, "\">");
		}
		out_char(&o, *at);
		if (!strncmp(at, close, strlen(close))) {
			out_raw(&o, close + 1);
			out_raw(&o, "</div>");
			at += strlen(close) - 1;
		}
		at++;
	}
	markup = html_trusted(arena_strdup(a, out_string(&o)));
	out_release(&o);
	return markup;
}

struct html say_markup(const struct request *req, struct html markup)
{
	if (!markup.markup || !*markup.markup)
		return (struct html){ NULL };
	return with_tables_that_scroll(req->arena, html_typography(req->arena, markup));
}

const char *number_in_words(struct arena *a, int64_t number)
{
	if (number < 1000)
		return arena_printf(a, "%" PRId64, number);
	return arena_printf(a, "%s" NARROW "%03d", number_in_words(a, number / 1000),
			    (int)(number % 1000));
}

const char *resources_in_words(struct arena *a, int64_t n, int64_t n_closed)
{
	const char *all, *closed;

	if (!n)
		return _("Aucune ressource");
	all = arena_printf(a, _n("%s ressource", "%s ressources", n), number_in_words(a, n));
	if (!n_closed)
		return all;
	if (n == n_closed)
		return arena_printf(a,
				    _n("%s, réservée aux collectivités adhérentes",
				       "%s, réservées aux collectivités adhérentes", n),
				    all);
	closed = number_in_words(a, n_closed);
	return arena_printf(a,
			    _n("%s, dont %s réservée aux collectivités adhérentes",
			       "%s, dont %s réservées aux collectivités adhérentes", n_closed),
			    all, closed);
}

const char *closed_words(const struct resource *r)
{
	if (r->may_read)
		return NULL;
	return r->visibility == RESTRICTED ? _("Réservée à une partie du réseau")
					   : _("Réservée aux collectivités adhérentes");
}

static const char *publication_words(enum publication status)
{
	switch (status) {
	case DRAFT:
		return _("Brouillon");
	case REVIEW:
		return _("En relecture");
	case ARCHIVED:
		return _("Archivée");
	case PUBLISHED:
		break;
	}
	return NULL;
}

/* "2022-05" is a month to <time>, and "2022" a year. */
struct when_view when_published(struct arena *a, const struct resource *r)
{
	static const size_t length[] = { [BY_DAY] = 10, [BY_MONTH] = 7, [BY_YEAR] = 4 };

	if (!r->published_on)
		return (struct when_view){ 0 };
	return (struct when_view){
		.words = date_in_words(a, r->published_on, r->date_precision),
		.datetime = arena_strndup(a, r->published_on, length[r->date_precision]),
	};
}

struct url file_url(struct arena *a, const char *id, const char *name)
{
	return url_path(a, arena_printf(a, "/fichiers/%s/", id), name);
}

struct url resource_url(struct arena *a, const char *slug)
{
	return url_path(a, "/ressources/", slug);
}

static const char *place_in_collection(const struct request *req, const struct resource *r)
{
	if (!r->collection_title)
		return NULL;
	if (r->number == NO_NUMBER)
		return say(req, r->collection_title);
	return say(req,
		   arena_printf(req->arena, "%s, n° %" PRId64, r->collection_title, r->number));
}

static const char *excerpt(const struct request *req, struct html summary)
{
	const char *text = text_squeeze(req->arena, richtext_to_text(req->arena, summary));

	return *text ? say(req, text_clip(req->arena, text, EXCERPT_MAX)) : NULL;
}

struct entry_view entry_of(const struct request *req, const struct resource *r)
{
	return (struct entry_view){
		.id = r->id,
		.slug = r->slug,
		.title = say(req, r->title),
		.url = resource_url(req->arena, r->slug),
		.kind = say(req, r->kind),
		.when = when_published(req->arena, r),
		.collection = place_in_collection(req, r),
		.excerpt = excerpt(req, r->summary),
		.closed = closed_words(r),
		.state = publication_words(r->status),
	};
}

struct entries_view entries_of(const struct request *req, const struct resource_list *list)
{
	struct entries_view v = {
		arena_make(req->arena, struct entry_view, list->n_resources),
		list->n_resources,
	};

	for (size_t i = 0; i < v.n_entries; i++)
		v.entry[i] = entry_of(req, &list->resource[i]);
	return v;
}

struct tags_view tags_of_resources(const struct request *req, const char *label,
				   const struct resource_list *list)
{
	struct tags_view v = {
		label,
		arena_make(req->arena, struct tag_view, list->n_resources),
		list->n_resources,
	};

	for (size_t i = 0; i < v.n_tags; i++)
		v.tag[i] = (struct tag_view){
			.label = say(req, list->resource[i].title),
			.url = resource_url(req->arena, list->resource[i].slug),
			.note = closed_words(&list->resource[i]),
		};
	return v;
}

/* ---- sessions ------------------------------------------------------------------ */

static bool is_today(const struct request *req, const struct session *s)
{
	return !strcmp(s->on, day_of_moment(req->arena, req->now));
}

bool session_is_past(const struct request *req, const struct session *s)
{
	if (s->status == HELD)
		return true;
	if (s->ends_at != NO_NUMBER)
		return s->ends_at <= req->now;
	return strcmp(s->on, day_of_moment(req->arena, req->now)) < 0;
}

static bool has_word(struct arena *a, const char *text, const char *word)
{
	return text && strstr(text_fold(a, text), word);
}

const char *session_word(const struct request *req, const struct session *s)
{
	bool webinar = has_word(req->arena, s->title, "webinaire") ||
		       has_word(req->arena, s->cycle_title, "webinaire") ||
		       (s->online_url && !s->place);

	return webinar ? _("Webinaire") : _("Séance");
}

static const char *session_label(const struct request *req, const struct session *s)
{
	if (s->number == NO_NUMBER)
		return session_word(req, s);
	return say(req,
		   arena_printf(req->arena, "%s n° %" PRId64, session_word(req, s), s->number));
}

static const char *session_state(const struct request *req, const struct session *s)
{
	if (s->status == CANCELLED)
		return _("Annulé");
	if (session_is_past(req, s))
		return is_today(req, s) ? _("Terminé") : NULL;
	if (is_today(req, s))
		return s->starts_at != NO_NUMBER && s->starts_at <= req->now ? _("En cours")
									     : _("Aujourd’hui");
	return NULL;
}

static struct day_view day_of(const struct request *req, const char *day)
{
	static const char *const weekday[] = { "lun.", "mar.", "mer.", "jeu.",
					       "ven.", "sam.", "dim." };
	static const char *const month[] = { "janv.", "févr.", "mars",  "avr.", "mai",  "juin",
					     "juil.", "août",  "sept.", "oct.", "nov.", "déc." };
	int y, m, d;

	if (!day_parse(day, &y, &m, &d))
		return (struct day_view){ 0 };
	return (struct day_view){
		.weekday = weekday[weekday_of(y, m, d)],
		.day = arena_printf(req->arena, "%d", d),
		.month = month[m - 1],
		.year = arena_printf(req->arena, "%d", y),
	};
}

static struct when_view session_when(const struct request *req, const struct session *s)
{
	struct arena *a = req->arena;

	if (s->starts_at == NO_NUMBER)
		return (struct when_view){ day_in_words(a, s->on, true), s->on };
	return (struct when_view){
		moments_in_words(a, s->starts_at, s->ends_at == NO_NUMBER ? 0 : s->ends_at),
		moment_rfc3339_paris(a, s->starts_at),
	};
}

struct session_view session_of(const struct request *req, const struct session *s)
{
	struct session_view v = {
		.title = say(req, s->title),
		.url = url_path(req->arena, "/agenda/", s->slug),
		.day = day_of(req, s->on),
		.when = session_when(req, s),
		.label = session_label(req, s),
		.audience = say(req, s->audience),
		.place = say(req, s->place),
		.state = session_state(req, s),
		.cancelled = s->status == CANCELLED,
		.today = is_today(req, s),
	};

	if (s->cycle)
		v.cycle = (struct tag_view){ .label = say(req, s->cycle_title),
					     .url = url_path(req->arena, "/cycles/", s->cycle) };
	return v;
}

static enum status kept_of(struct request *req, const struct session *s, struct names *names,
			   struct actions_view *v)
{
	struct object object = session_object(s);
	enum status status;

	if (!session_is_past(req, s))
		return OK;
	status = actions_of(req, OF_SESSION, s->id, &object, s->title, names, v);
	drop_role(v, "registration");
	return status;
}

enum status sessions_of(struct request *req, const struct session *session, size_t n,
			struct names *names, struct sessions_view *v)
{
	enum status status = OK;

	v->session = arena_make(req->arena, struct session_view, n);
	v->n_sessions = n;
	for (size_t i = 0; i < n && status == OK; i++) {
		v->session[i] = session_of(req, &session[i]);
		status = kept_of(req, &session[i], names, &v->session[i].actions);
	}
	return status;
}
