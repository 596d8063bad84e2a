#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/richtext.h"
#include "base/text.h"
#include "base/tr.h"
#include "feed/schema.h"
#include "search/search.h"
#include "store/access_request.h"
#include "store/person.h"
#include "store/resource.h"
#include "store/row.h"
#include "store/term.h"
#include "web/account.h"
#include "web/address.h"
#include "web/pages/area.h"
#include "web/pages/frame.h"
#include "web/pages/list_query.h"
#include "web/pages/pages.h"
#include "web/pages/parts.h"

/* One page being made. */
struct making {
	struct request *req;
	struct resource r;
	struct object object;
	struct names names;
	struct resource_view v;
};

/* ---- what it is ------------------------------------------------------------------- */

static void fill_heading(struct making *m)
{
	struct arena *a = m->req->arena;
	const struct resource *r = &m->r;
	struct resource_view *v = &m->v;

	v->title = say(m->req, r->title);
	v->language = strcmp(r->language, "fr") != 0 ? r->language : NULL;
	v->kind = (struct tag_view){ .label = say(m->req, r->kind),
				     .url = list_of(a, FACET_KIND, r->kind_slug) };
	if (r->form && strcmp(r->form, r->kind) != 0)
		v->form.label = say(m->req, r->form);
	v->state = entry_of(m->req, r).state;
	v->when = when_published(a, r);
	v->extent = say(m->req, r->extent);
	v->edition = say(m->req, r->edition);
	v->notice = say(m->req, r->notice);
}

/* Whoever is signed in and reads no more than anyone does is told why. */
static enum status fill_lapsed(struct making *m, struct closed_view *v)
{
	struct request *req = m->req;
	struct function_list functions;
	struct standings_view standings = { 0 };
	enum status status = function_of_person(req->db, req->arena, req->reader.person_id,
						today(req), &functions);

	if (status == OK)
		status = standings_of(req, &functions, &standings);
	if (status != OK)
		return status;
	v->how = _("Votre compte n’est lié à aucune organisation aujourd’hui : les ressources "
		   "réservées vous sont fermées.");
	if (standings.n_standings)
		v->how = arena_printf(req->arena,
				      _("%s : %s. Les ressources réservées s’ouvrent à vous quand "
					"son adhésion est en cours."),
				      standings.standing[0].name, standings.standing[0].state);
	v->how = say(req, v->how);
	return OK;
}

/* What became of the last request of someone who is signed in. */
static enum status fill_asked(struct making *m, struct closed_view *v)
{
	struct request *req = m->req;
	struct access_request last;
	enum status status =
		access_request_last(req->db, req->arena, req->reader.person_id, m->r.id, &last);

	v->ask = (struct tag_view){ .label = _("Demander l’accès"),
				    .url = url_path_and(req->arena, "/ressources/", m->r.slug,
							"/demande") };
	if (status != OK)
		return status == NOT_FOUND ? OK : status;
	if (!last.is_answered) {
		v->asked = _("Votre demande attend sa réponse.");
		v->ask.label = _("Voir ma demande");
	} else if (!last.is_granted) {
		v->asked = _("Votre dernière demande n’a pas été acceptée.");
	} else {
		v->asked = _("L’accès qui vous avait été donné a pris fin.");
	}
	return OK;
}

/* Whoever signs in comes back here; whoever asks signs in first. */
static void fill_way_in(struct making *m, struct closed_view *v)
{
	struct arena *a = m->req->arena;
	const char *here = resource_url(a, m->r.slug).address;
	const struct pair back = { "retour", here };

	v->sign_in = (struct tag_view){
		.label = _("Se connecter pour la lire"),
		.url = url_external(a, address_write(a, "/connexion", &back, 1)),
	};
	v->ask = (struct tag_view){ .label = _("Demander l’accès"),
				    .url = url_path_and(a, "/ressources/", m->r.slug, "/demande") };
	v->how = _("Votre collectivité est adhérente, et vous n’avez pas encore de compte ? La "
		   "personne qui gère les comptes chez vous peut vous inviter.");
}

static enum status fill_closed(struct making *m)
{
	struct closed_view *v = &m->v.closed;
	enum status status;

	v->words = closed_words(&m->r);
	if (!v->words)
		return OK;
	v->note = say(m->req, m->r.access_note);
	status = who_reads(m->req, &m->r, &v->who);
	if (m->req->reader.person_id && m->req->reader.level == ANONYMOUS && status == OK)
		status = fill_lapsed(m, v);
	if (m->req->reader.person_id && status == OK)
		return fill_asked(m, v);
	fill_way_in(m, v);
	v->how = say(m->req, v->how);
	return status;
}

static enum status fill_keep(struct making *m)
{
	struct entry_view entry = { .id = m->r.id, .slug = m->r.slug, .title = m->v.title };
	struct entries_view one = { &entry, 1 };
	enum status status =
		offer_to_keep(m->req, &one, resource_url(m->req->arena, m->r.slug).address);

	m->v.keep = entry.keep;
	return status;
}

/* ---- its place in a collection ---------------------------------------------------- */

static void add_number(struct making *m, const struct resource *r)
{
	struct arena *a = m->req->arena;
	struct numbers_view *v = &m->v.neighbours;

	v->number[v->n_numbers++] = (struct nav_view){
		.label = say(m->req, arena_printf(a, "n° %" PRId64, r->number)),
		.url = resource_url(a, r->slug),
		.current = r->id == m->r.id ? "page" : NULL,
	};
}

/* The nearest number on each side that this reader may know of, not the next by count. */
static void fill_neighbours(struct making *m, const struct resource_list *list)
{
	const struct resource *before = NULL, *after = NULL;

	for (size_t i = 0; i < list->n_resources; i++) {
		const struct resource *r = &list->resource[i];

		if (r->number == NO_NUMBER || r->status != PUBLISHED)
			continue;
		if (r->number < m->r.number && (!before || r->number > before->number))
			before = r;
		if (r->number > m->r.number && (!after || r->number < after->number))
			after = r;
	}
	if (!before && !after)
		return;
	m->v.neighbours.number = arena_make(m->req->arena, struct nav_view, 3);
	if (before)
		add_number(m, before);
	add_number(m, &m->r);
	if (after)
		add_number(m, after);
}

static enum status fill_collection(struct making *m)
{
	struct arena *a = m->req->arena;
	struct resource_list list;
	enum status status;

	if (!m->r.collection)
		return OK;
	m->v.collection = (struct tag_view){ .label = say(m->req, m->r.collection_title),
					     .url = url_path(a, "/collections/", m->r.collection) };
	if (m->r.number == NO_NUMBER)
		return OK;
	m->v.number = arena_printf(a, "%" PRId64, m->r.number);
	status = resource_of_collection(m->req->db, a, &m->req->reader, m->r.collection_id, &list);
	if (status == OK)
		fill_neighbours(m, &list);
	return status;
}

/* ---- its text ---------------------------------------------------------------------- */

static bool begins_with(const char *text, const char *start)
{
	return !strncmp(text, start, strlen(start));
}

/* The words of a summary, without the "…" of one that was cut. */
static const char *words_of(struct arena *a, struct html markup)
{
	char *words = arena_strdup(a, text_fold(a, text_squeeze(a, richtext_to_text(a, markup))));
	size_t n = strlen(words), cut = strlen("…");

	if (n > cut && !strcmp(words + n - cut, "…"))
		words[n - cut] = '\0';
	return words;
}

/*
 * A summary is often the beginning of the text: it is then shown once, apart when it is
 * whole blocks of the text, else where it stands in it.
 */
static void fill_texts(struct making *m, struct html body)
{
	struct arena *a = m->req->arena;
	struct html summary = m->r.summary;

	if (body.markup && summary.markup && *summary.markup) {
		if (begins_with(body.markup, summary.markup))
			body = html_trusted(body.markup + strlen(summary.markup));
		else if (begins_with(words_of(a, body), words_of(a, summary)))
			summary.markup = NULL;
	}
	m->v.summary = say_markup(m->req, summary);
	m->v.body = say_markup(m->req, body);
}

static enum status fill_body(struct making *m)
{
	struct html body = { NULL };
	enum status status =
		resource_body(m->req->db, m->req->arena, &m->req->reader, m->r.id, &body);

	if (status == DENIED)
		body.markup = NULL;
	else if (status != OK)
		return status;
	fill_texts(m, body);
	return OK;
}

/* ---- what it leads to ---------------------------------------------------------------- */

static enum status fill_links(struct making *m)
{
	enum status status = actions_of(m->req, OF_RESOURCE, m->r.id, &m->object, m->r.title,
					&m->names, &m->v.actions);

	if (status == OK)
		status = related_of(m->req, OF_RESOURCE, m->r.id, &m->object, &m->v.related);
	return status;
}

static enum status fill_editions(struct making *m)
{
	struct arena *a = m->req->arena;
	struct resource later;
	enum status status;

	if (m->r.replaces)
		m->v.replaces = (struct tag_view){ .label = say(m->req, m->r.replaces_title),
						   .url = resource_url(a, m->r.replaces) };
	status = resource_replacing(m->req->db, a, &m->req->reader, m->r.id, &later);
	if (status == NOT_FOUND)
		return OK;
	if (status == OK)
		m->v.replaced_by = (struct tag_view){ .label = say(m->req, later.title),
						      .url = resource_url(a, later.slug) };
	return status;
}

/* Nobody signs up for what is over. */
static bool is_over(const struct making *m, const struct session_list *list)
{
	for (size_t i = 0; i < list->n_sessions; i++)
		if (!session_is_past(m->req, &list->session[i]))
			return false;
	return list->n_sessions > 0;
}

static enum status fill_programme(struct making *m)
{
	struct arena *a = m->req->arena;
	struct session_list sessions;
	struct cycle_list cycles;
	enum status status =
		session_of_resource(m->req->db, a, &m->req->reader, m->r.id, &sessions);

	if (status == OK)
		status = sessions_of(m->req, sessions.session, sessions.n_sessions, &m->names,
				     &m->v.sessions);
	if (status == OK)
		status = cycle_of_resource(m->req->db, a, &m->req->reader, m->r.id, &cycles);
	if (status != OK)
		return status;
	if (is_over(m, &sessions))
		drop_role(&m->v.actions, "registration");
	m->v.main = take_main(&m->v.actions);
	m->v.cycles.tag = arena_make(a, struct tag_view, cycles.n_cycles);
	m->v.cycles.n_tags = cycles.n_cycles;
	for (size_t i = 0; i < cycles.n_cycles; i++)
		m->v.cycles.tag[i] =
			(struct tag_view){ .label = say(m->req, cycles.cycle[i].title),
					   .url = url_path(a, "/cycles/", cycles.cycle[i].slug) };
	return OK;
}

static enum status fill_terms(struct making *m, const char *vocabulary, enum facet facet,
			      const char *label, struct tags_view *v)
{
	struct arena *a = m->req->arena;
	struct term_list list;
	enum status status = term_of_resource(m->req->db, a, m->r.id, vocabulary, &list);

	if (status != OK)
		return status;
	v->label = label;
	v->tag = arena_make(a, struct tag_view, list.n_terms);
	v->n_tags = list.n_terms;
	for (size_t i = 0; i < list.n_terms; i++) {
		v->tag[i].label = say(m->req, list.term[i].label);
		if (facet != N_FACETS)
			v->tag[i].url = list_of(a, facet, list.term[i].slug);
	}
	return OK;
}

static enum status fill_vocabulary(struct making *m)
{
	struct resource_view *v = &m->v;
	enum status status =
		fill_terms(m, "category", FACET_CATEGORY, _("Catégories"), &v->categories);

	if (status == OK)
		status = fill_terms(m, "keyword", FACET_KEYWORD, _("Mots-clés"), &v->keywords);
	if (status == OK)
		status = fill_terms(m, "territory", FACET_TERRITORY, _("Territoires"),
				    &v->territories);
	if (status == OK)
		status = fill_terms(m, "audience", N_FACETS, _("Publics"), &v->audiences);
	return status;
}

/* ---- citing and sharing ----------------------------------------------------------- */

/* "Une autrice, Un auteur. " or nothing. */
static const char *authors(struct making *m)
{
	struct arena *a = m->req->arena;
	const char *names = "";

	for (size_t i = 0; i < m->v.credits.n_credits; i++) {
		const struct credit_view *c = &m->v.credits.credit[i];

		if (strcmp(c->label, _("Rédaction")) != 0)
			continue;
		for (size_t p = 0; p < c->n_persons; p++)
			names = arena_printf(a, "%s%s%s", names, *names ? ", " : "",
					     c->person[p].name ? c->person[p].name
							       : c->person[p].organisation.label);
	}
	return *names ? arena_printf(a, "%s. ", names) : "";
}

static void fill_citation(struct making *m)
{
	struct arena *a = m->req->arena;
	struct resource_view *v = &m->v;
	const char *collection = entry_of(m->req, &m->r).collection;
	struct pair mail[] = { { "subject", m->r.title }, { "body", v->frame.address } };

	v->address = v->frame.address;
	v->citation =
		say(m->req, arena_printf(a, "%s« %s », %s%s%s%s%s.", authors(m), m->r.title,
					 v->frame.site_name, collection ? ", " : "",
					 collection ? collection : "", v->when.words ? ", " : "",
					 v->when.words ? v->when.words : ""));
	v->mail = url_external(a, arena_printf(a, "mailto:%s", address_write(a, "", mail, 2)));
}

static enum status fill(struct making *m)
{
	enum status status;

	fill_heading(m);
	status = fill_closed(m);
	if (status == OK)
		status = fill_keep(m);
	if (status == OK)
		status = fill_collection(m);
	if (status == OK)
		status = fill_body(m);
	if (status == OK)
		status = fill_links(m);
	if (status == OK)
		status = fill_editions(m);
	if (status == OK)
		status = fill_programme(m);
	if (status == OK)
		status = fill_vocabulary(m);
	if (status == OK)
		status = credits_of(m->req, OF_RESOURCE, m->r.id, &m->object, EVERYONE,
				    &m->v.credits);
	return status;
}

static enum status frame(struct making *m)
{
	struct frame_view *f = &m->v.frame;
	struct arena *a = m->req->arena;
	struct identity site;
	enum status status = identity_of(m->req, &site);

	if (status != OK)
		return status;

	frame_fill(m->req, f, IN_RESOURCES, m->r.title, resource_url(a, m->r.slug));
	if (m->r.kind_slug)
		frame_way(f, m->v.kind.label, m->v.kind.url);
	f->og_type = "article";
	f->description = description_of(a, m->r.summary);
	return schema_resource(m->req->db, a, &m->req->reader, &site, &m->r, &f->schema);
}

enum status resource_show(struct request *req, struct response *res)
{
	struct making m = { .req = req };
	enum status status = resource_by_slug(req->db, req->arena, &req->reader,
					      request_param(req, "slug"), &m.r);

	if (status == NOT_FOUND)
		return not_here(req, res);
	if (status != OK)
		return status;
	m.object = resource_object(&m.r);
	status = fill(&m);
	if (status == OK)
		status = frame(&m);
	if (status != OK)
		return status;
	fill_citation(&m);
	resource_html(&res->body, &m.v);
	return m.v.sessions.n_sessions ? keep_until_next_moment(req, res) : OK;
}
