#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/tr.h"
#include "db/db.h"
#include "mail/letter.h"
#include "store/access_request.h"
#include "store/person.h"
#include "store/row.h"
#include "web/account.h"
#include "web/pages/area.h"
#include "web/pages/frame.h"
#include "web/pages/office/office.h"
#include "web/pages/parts.h"

enum { ANSWERED_SHOWN = 30, WORDS_MAX = 1000, PROPOSED_MONTHS = 3 };

static const struct told told[] = {
	{ "accorde", N_("L’accès est accordé, et la personne prévenue.") },
	{ "refuse", N_("La demande est refusée, et la personne prévenue.") },
	{ "deja", N_("Cette demande avait déjà reçu une réponse : rien n’a changé.") },
};

/* One request being answered. */
struct answering {
	struct request *req;
	struct access_request r;
	struct form form;
	struct field_view *until, *words;
	bool is_grant;
};

/* "2026-02-28" for the 30th of November: a day that exists. */
static const char *in_three_months(struct request *req)
{
	char day[DAY_SIZE];
	int y, m, d;

	(void)day_parse(today(req), &y, &m, &d);
	m += PROPOSED_MONTHS;
	if (m > 12) {
		m -= 12;
		y++;
	}
	while (!day_exists(y, m, d))
		d--;
	day_write(y, m, d, day);
	return arena_printf(req->arena, "%.2s/%.2s/%.4s", day + 8, day + 5, day);
}

static const char *name_of_person(struct request *req, const struct access_request *r)
{
	const struct person p = { .given_name = r->given_name, .family_name = r->family_name };

	return person_name(req->arena, &p);
}

static void make_form(struct answering *x, bool is_sent)
{
	struct request *req = x->req;
	const char *number = arena_printf(req->arena, "%" PRId64, x->r.id);

	office_form_begin(&x->form, req, url_path(req->arena, "/gestion/demandes/", number),
			  _("Accorder"), is_sent);
	x->until = form_field(&x->form, FIELD_DATE, name_of(req, "jusqu-au", number),
			      _("Accès jusqu’au (dernier jour)"), in_three_months(req));
	x->words = form_field(&x->form, FIELD_LONG, name_of(req, "mots", number),
			      _("Quelques mots à la personne"), NULL);
	x->words->rows = 3;
	x->words->help = _("Envoyés par courriel avec la réponse.");
}

/* ---- the page ---------------------------------------------------------------------------------
 */

static const char *organisations_of(struct request *req, int64_t person_id)
{
	struct function_list list;
	const char *words = NULL;

	if (function_of_person(req->db, req->arena, person_id, today(req), &list) != OK)
		return NULL;
	for (size_t i = 0; i < list.n_functions; i++) {
		const struct function *f = &list.function[i];
		const char *note = f->is_member_current ? "" : _(" (adhésion échue)");

		if (!f->is_current)
			continue;
		words = arena_printf(req->arena, "%s%s%s, %s%s", words ? words : "",
				     words ? " ; " : "", f->organisation_name,
				     f->title ? f->title : function_kind_words(f->kind), note);
	}
	return words;
}

static void add_request(struct request *req, struct office_section_view *s,
			const struct access_request *r, const struct answering *sent)
{
	struct card_view *c = office_card(req, s, say(req, r->resource_title));
	struct answering x = { .req = req, .r = *r };
	struct office_form_view *v;

	c->url = resource_url(req->arena, r->resource);
	office_fact(req, c, _("Qui demande"), name_of_person(req, r));
	c->fact[0].url = url_path(req->arena, "/gestion/personnes/", r->person);
	office_fact(req, c, _("Pour"), organisations_of(req, r->person_id));
	office_fact(req, c, _("Pourquoi"), r->reason);
	office_fact(req, c, _("Le"), moment_in_words(req, r->made_at));
	if (sent && sent->r.id == r->id)
		x = *sent;
	else
		make_form(&x, false);
	v = office_form(req, c, &x.form);
	v->also = _("Refuser");
	v->also_name = "refuser";
}

static enum status add_waiting(struct request *req, struct office_view *v,
			       const struct answering *sent)
{
	struct office_section_view *s =
		office_section(req, v, _("En attente d’une réponse"), "attente");
	struct access_request_list list;
	enum status status = access_request_waiting(req->db, req->arena, &list);

	for (size_t i = 0; i < list.n_requests && status == OK; i++)
		add_request(req, s, &list.request[i], sent);
	if (!s->n_cards)
		s->words = _("Aucune demande n’attend.");
	return status;
}

static const char *answer_words(struct request *req, const struct access_request *r)
{
	if (!r->is_granted)
		return _("Refusée");
	return arena_printf(req->arena, _("Accordée jusqu’au %s"),
			    day_in_words(req->arena, r->until_on, false));
}

static enum status add_answered(struct request *req, struct office_view *v)
{
	struct office_section_view *s;
	struct access_request_list list;
	enum status status = access_request_answered(req->db, req->arena, ANSWERED_SHOWN, &list);

	if (status != OK || !list.n_requests)
		return status;
	s = office_section(req, v, _("Dernières réponses"), "reponses");
	office_table(req, s, _("Dernières réponses"), _("Ressource"), _("Personne"), _("Réponse"),
		     _("Le"), NULL);
	for (size_t i = 0; i < list.n_requests; i++) {
		const struct access_request *r = &list.request[i];

		office_cell(req, s, say(req, r->resource_title))->url =
			resource_url(req->arena, r->resource);
		office_cell(req, s, name_of_person(req, r))->url =
			url_path(req->arena, "/gestion/personnes/", r->person);
		office_cell(req, s, answer_words(req, r))->note = r->words;
		office_cell(req, s, moment_in_words(req, r->answered_at));
	}
	return OK;
}

static enum status fill(struct request *req, struct office_view *v, const struct answering *sent)
{
	enum status status;

	office_begin(req, v, OFFICE_REQUESTS, NULL);
	v->done = office_told(req, told, 3);
	status = add_waiting(req, v, sent);
	return status == OK ? add_answered(req, v) : status;
}

enum status office_requests_show(struct request *req, struct response *res)
{
	struct office_view v;
	enum status status = fill(req, &v, NULL);

	if (status == OK)
		office_html(&res->body, &v);
	return status;
}

/* ---- the answer
 * ---------------------------------------------------------------------------------- */

/* What has been hidden since has no title for them any more, nor another than it had. */
static enum status title_for_them(const struct answering *x, const char **title)
{
	struct request *req = x->req;
	struct reader reader;
	struct resource r;
	enum status status =
		person_reader(req->db, req->arena, x->r.person_id, today(req), &reader);

	if (status == OK)
		status = resource_by_id(req->db, req->arena, &reader, x->r.resource_id, &r);
	*title = status == OK ? r.title : NULL;
	return status == NOT_FOUND ? OK : status;
}

static const char *outcome(const struct answering *x, const char *title, const char *until)
{
	struct arena *a = x->req->arena;

	if (x->is_grant)
		return title ? arena_printf(a, _("Vous pouvez lire « %s » jusqu’au %s."), title,
					    day_in_words(a, until, false))
			     : _("Votre demande d’accès est acceptée.");
	return title ? arena_printf(a, _("Votre demande d’accès à « %s » n’a pas été acceptée."),
				    title)
		     : _("Votre demande d’accès n’a pas été acceptée.");
}

static struct letter letter_for(const struct answering *x, const char *title, const char *until)
{
	struct arena *a = x->req->arena;
	struct letter letter = {
		.greeting = arena_printf(a, _("Bonjour %s,"), x->r.given_name),
		.paragraph = { outcome(x, title, until), form_value(x->words) },
	};

	if (title)
		letter.action = (struct letter_link){
			x->is_grant ? _("Lire la ressource") : _("Voir ce qui en est public"),
			url_path_and(a, absolute(x->req, "/ressources/"), x->r.resource, "")
		};
	return letter;
}

/* Someone without an address sees the answer in their own area. */
static enum status tell(const struct answering *x, const char *until)
{
	struct arena *a = x->req->arena;
	struct letter letter;
	const char *title;
	enum status status;
	struct letter_envelope to = {
		.key = arena_printf(a, "access-answer:%" PRId64, x->r.id),
		.person_id = x->r.person_id,
		.address = x->r.email,
		.name = name_of_person(x->req, &x->r),
		.subject = x->is_grant ? _("Votre demande d’accès est acceptée")
				       : _("Votre demande d’accès"),
		.now = x->req->now,
	};

	if (!x->r.email)
		return OK;
	status = title_for_them(x, &title);
	if (status != OK)
		return status;
	letter = letter_for(x, title, until);
	return letter_queue(x->req->db, a, x->req->site->public_url, &to, &letter);
}

static const char *read_until(struct answering *x)
{
	const char *until;

	if (!x->is_grant)
		return NULL;
	form_require(&x->form, x->until);
	until = form_day(&x->form, x->until);
	if (until && strcmp(until, today(x->req)) < 0)
		form_refuse(&x->form, x->until, _("Ce jour est passé."));
	return until;
}

static enum status answer(struct answering *x)
{
	struct request *req = x->req;
	const char *until;
	enum status status =
		access_request_by_id(req->db, req->arena, atoll(request_param(req, "id")), &x->r);

	if (status != OK)
		return status;
	make_form(x, true);
	until = read_until(x);
	form_limit(&x->form, x->words, WORDS_MAX);
	if (!form_is_good(&x->form))
		return INVALID;
	status = access_request_answer(req->db, req->arena, &x->r, until, form_value(x->words),
				       req->reader.person_id, req->now);
	if (status == OK)
		status = tell(x, until);
	if (status != OK)
		return status;
	return audit_here(req, x->is_grant ? "access-granted" : "access-refused",
			  arena_printf(req->arena, "resource %s", x->r.resource),
			  arena_printf(req->arena, "person %s%s%s", x->r.person,
				       until ? ", jusqu’au " : "", until ? until : ""));
}

enum status office_request_answer(struct request *req, struct response *res)
{
	struct answering x = { .req = req, .is_grant = !request_form(req, "refuser") };
	struct office_view v;
	enum status status = db_begin(req->db);

	if (status == OK)
		status = db_end(req->db, answer(&x));
	if (status == INVALID) {
		status = fill(req, &v, &x);
		return status == OK ? office_wrong(res, &v) : status;
	}
	if (status != OK && status != CONFLICT)
		return status;
	return office_back(req, res, URL("/gestion/demandes"),
			   status == CONFLICT ? "deja"
			   : x.is_grant       ? "accorde"
					      : "refuse");
}
