/* access_ask.c - someone signed in asks for a closed resource; an editor answers. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/tr.h"
#include "db/db.h"
#include "mail/letter.h"
#include "store/access_request.h"
#include "web/account.h"
#include "web/form.h"
#include "web/pages/area.h"
#include "web/pages/frame.h"
#include "web/pages/parts.h"

enum { REASON_MAX = 1000 };

static struct url ask_url(struct request *req, const struct resource *r)
{
	return url_path_and(req->arena, "/ressources/", r->slug, "/demande");
}

/* ---- the last request ---------------------------------------------------------------------------
 */

static const char *day_told(struct request *req, int64_t moment)
{
	return day_in_words(req->arena, day_of_moment(req->arena, moment), false);
}

static void fill_last(struct request *req, const struct access_request *last, struct ask_view *v)
{
	struct arena *a = req->arena;
	const char *made = day_told(req, last->made_at);

	v->can_ask = last->is_answered;
	v->answer = say(req, last->words);
	if (!last->is_answered)
		v->state = arena_printf(a,
					_("Votre demande du %s attend sa réponse : vous serez "
					  "prévenu ou prévenue par courriel."),
					made);
	else if (last->is_granted)
		v->state = arena_printf(a, _("Votre demande du %s a été acceptée, jusqu’au %s."),
					made, day_in_words(a, last->until_on, false));
	else
		v->state = arena_printf(a, _("Votre demande du %s n’a pas été acceptée."), made);
	v->state = say(req, v->state);
}

static enum status fill(struct request *req, const struct resource *r, struct form *form,
			struct ask_view *v)
{
	struct access_request last;
	enum status status =
		access_request_last(req->db, req->arena, req->reader.person_id, r->id, &last);

	v->can_ask = true;
	if (status == OK)
		fill_last(req, &last, v);
	else if (status != NOT_FOUND)
		return status;
	v->form = form_show(form);
	return who_reads(req, r, &v->who);
}

static enum status show(struct request *req, struct response *res, const struct resource *r,
			struct form *form)
{
	struct ask_view v = { 0 };
	enum status status = fill(req, r, form, &v);

	if (status != OK)
		return status;
	frame_fill(req, &v.frame, NO_SECTION, _("Demander l’accès"), (struct url){ NULL });
	v.title = say(req, r->title);
	v.resource = resource_url(req->arena, r->slug);
	frame_way(&v.frame, _("Ressources"), URL("/ressources"));
	frame_way(&v.frame, v.title, v.resource);
	ask_html(&res->body, &v);
	res->code = v.form.n_errors ? 422 : 200;
	return OK;
}

/* ---- asked
 * ---------------------------------------------------------------------------------------- */

static enum status tell_editors(struct request *req, const struct resource *r,
				const struct access_request *asked)
{
	struct arena *a = req->arena;
	const char *contact = setting_of(req, "site_contact"), *name;
	struct person p;
	struct letter letter = { .greeting = _("Bonjour,") };
	const struct letter_envelope to = {
		.key = arena_printf(a, "access-request:%" PRId64, asked->id),
		.address = contact,
		.subject = arena_printf(a, _("Demande d’accès : %s"), r->title),
		.now = req->now,
	};
	enum status status = *contact ? area_person(req, &p) : OK;

	if (status != OK || !*contact)
		return status;
	name = person_name(a, &p);
	letter.paragraph[0] = arena_printf(a, _("%s demande à lire « %s »."), name, r->title);
	letter.paragraph[1] = asked->reason;
	letter.action = (struct letter_link){ _("Répondre à la demande"),
					      url_path(a, absolute(req, "/gestion/demandes"), "") };
	status = letter_queue(req->db, a, req->site->public_url, &to, &letter);
	return status == INVALID ? OK : status; /* the setting may be no address */
}

static enum status ask(struct request *req, const struct resource *r, const char *reason)
{
	struct access_request asked = {
		.person_id = req->reader.person_id,
		.resource_id = r->id,
		.reason = reason,
		.made_at = req->now,
	};
	enum status status = access_request_add(req->db, &asked);

	if (status == CONFLICT)
		return OK; /* the page tells that it waits */
	if (status == OK)
		status = audit_here(req, "access-asked",
				    arena_printf(req->arena, "resource %s", r->slug), NULL);
	return status == OK ? tell_editors(req, r, &asked) : status;
}

static enum status run(struct request *req, struct response *res)
{
	struct resource r;
	struct form form;
	struct field_view *reason;
	enum status status =
		resource_by_slug(req->db, req->arena, &req->reader, request_param(req, "slug"), &r);

	if (status != OK)
		return status;
	if (r.may_read) {
		response_redirect(res, 303, resource_url(req->arena, r.slug).address);
		return OK;
	}
	form_begin(&form, req, ask_url(req, &r), _("Envoyer la demande"));
	reason = form_field(&form, FIELD_LONG, "motif", _("Pourquoi souhaitez-vous la lire ?"),
			    NULL);
	reason->help = _("Quelques mots suffisent : votre fonction, ce que vous préparez. L’équipe "
			 "du réseau les lit pour vous répondre.");
	form_require(&form, reason);
	form_limit(&form, reason, REASON_MAX);
	if (!form_is_good(&form))
		return show(req, res, &r, &form);
	status = ask(req, &r, reason->value);
	if (status == OK)
		response_redirect(res, 303, ask_url(req, &r).address);
	return status;
}

enum status ask_show(struct request *req, struct response *res)
{
	enum status status = req->method == POST ? db_begin(req->db) : OK;

	if (status != OK || req->method != POST)
		return status == OK ? run(req, res) : status;
	return db_end(req->db, run(req, res));
}
