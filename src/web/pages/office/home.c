#include <inttypes.h>

#include "base/arena.h"
#include "base/tr.h"
#include "store/access_request.h"
#include "store/lost.h"
#include "store/mail.h"
#include "store/resource.h"
#include "web/pages/office/office.h"
#include "web/pages/parts.h"

enum { LATEST = 8 };

static void add(struct request *req, struct office_section_view *s, const char *words,
		struct url url)
{
	office_card(req, s, words)->url = url;
}

static enum status add_requests(struct request *req, struct office_section_view *s)
{
	int64_t n;
	enum status status = access_request_count_waiting(req->db, &n);

	if (status == OK && n)
		add(req, s,
		    arena_printf(req->arena,
				 _n("%s demande d’accès attend une réponse",
				    "%s demandes d’accès attendent une réponse", n),
				 number_in_words(req->arena, n)),
		    URL("/gestion/demandes"));
	return status;
}

static enum status add_lost(struct request *req, struct office_section_view *s)
{
	int64_t n, n_owners;
	enum status status = lost_count(req->db, &n, &n_owners);

	if (status == OK && n)
		add(req, s,
		    arena_printf(req->arena,
				 _n("%s lien est à compléter", "%s liens sont à compléter", n),
				 number_in_words(req->arena, n)),
		    URL("/gestion/a-completer"));
	return status;
}

static enum status add_state(struct request *req, struct office_section_view *s, const char *state,
			     const char *one, const char *many, struct url url)
{
	int64_t n;
	enum status status = resource_count_in_state(req->db, &req->reader, state, NULL, &n);

	if (status == OK && n)
		add(req, s,
		    arena_printf(req->arena, "%s %s", number_in_words(req->arena, n),
				 n > 1 ? many : one),
		    url);
	return status;
}

/* What did not reach anyone. */
static enum status add_mails(struct request *req, struct office_section_view *s)
{
	int64_t refused, abandoned = 0, away = 0, n;
	enum status status = mail_count(req->db, MAIL_REFUSED, &refused);

	if (status == OK)
		status = mail_count(req->db, MAIL_ABANDONED, &abandoned);
	if (status == OK)
		status = mail_count_out_of_reach(req->db, &away);
	if (status != OK)
		return status;
	n = refused + abandoned;
	if (n)
		add(req, s,
		    arena_printf(req->arena,
				 _n("%s courriel n’est pas parti",
				    "%s courriels ne sont pas partis", n),
				 number_in_words(req->arena, n)),
		    refused == n ? URL("/gestion/courriels?etat=refused")
				 : URL("/gestion/courriels"));
	if (away)
		add(req, s,
		    arena_printf(req->arena,
				 _n("%s adresse ne reçoit plus nos courriels",
				    "%s adresses ne reçoivent plus nos courriels", away),
				 number_in_words(req->arena, away)),
		    URL("/gestion/courriels?etat=bounced"));
	return OK;
}

static enum status fill_waiting(struct request *req, struct office_section_view *s)
{
	enum status status = add_requests(req, s);

	if (status == OK)
		status =
			add_state(req, s, "review", _("ressource à relire"),
				  _("ressources à relire"), URL("/gestion/ressources?etat=review"));
	if (status == OK)
		status = add_state(req, s, "draft", _("brouillon"), _("brouillons"),
				   URL("/gestion/ressources?etat=draft"));
	if (status == OK)
		status = add_lost(req, s);
	if (status == OK)
		status = add_mails(req, s);
	if (!s->n_cards)
		s->words = _("Rien n’attend : tout est à jour.");
	return status;
}

static enum status fill_latest(struct request *req, struct office_section_view *s)
{
	struct resource_list list;
	enum status status =
		resource_in_state(req->db, req->arena, &req->reader, NULL, NULL, LATEST, 0, &list);

	office_table(req, s, _("Dernières ressources modifiées"), _("Titre"), _("État"),
		     _("Modifiée"), NULL);
	for (size_t i = 0; i < list.n_resources && status == OK; i++) {
		const struct resource *r = &list.resource[i];

		office_cell(req, s, say(req, r->title))->url =
			url_path(req->arena, "/gestion/ressources/", r->slug);
		office_cell(req, s, word_of(state_words, publication_name(r->status)))->state =
			publication_name(r->status);
		office_cell(req, s, moment_in_words(req, r->modified_at));
	}
	return status;
}

enum status office_home_show(struct request *req, struct response *res)
{
	struct office_view v;
	enum status status;

	office_begin(req, &v, OFFICE_HOME, NULL);
	office_action(req, &v, _("Nouvelle ressource"), URL("/gestion/ressources/nouvelle"));
	status = fill_waiting(req, office_section(req, &v, _("Ce qui attend"), "attend"));
	if (status == OK)
		status = fill_latest(req,
				     office_section(req, &v, _("Modifiées récemment"), "recentes"));
	if (status == OK)
		office_html(&res->body, &v);
	return status;
}
