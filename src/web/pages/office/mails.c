#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/tr.h"
#include "store/mail.h"
#include "store/person.h"
#include "web/pages/frame.h"
#include "web/pages/office/office.h"
#include "web/pages/parts.h"

static const struct told told[] = {
	{ "encore", N_("Le courriel repart dans un instant.") },
	{ "deja", N_("Ce courriel est parti ou part en ce moment : rien n’a changé.") },
};

static int state_asked(struct request *req)
{
	const char *name = request_query(req, "etat");
	enum mail_state state;

	return name && *name && mail_state_by_name(name, &state) ? (int)state : ANY_MAIL_STATE;
}

static void fill_filter(struct request *req, struct office_view *v, int state)
{
	const char *chosen =
		state == ANY_MAIL_STATE ? NULL : mail_state_name((enum mail_state)state);
	struct form f;
	struct field_view *field;

	form_begin(&f, req, URL("/gestion/courriels"), _("Filtrer"));
	field = form_field(&f, FIELD_CHOICE, "etat", _("État"), NULL);
	form_option(&f, field, "", _("Tous les états"), !chosen);
	options_of(&f, field, mail_state_words, chosen);
	office_filter(v, &f);
}

static enum status add_recipient(struct request *req, struct card_view *c, const struct mail *m)
{
	struct person p = { .slug = NULL };
	enum status status =
		m->person_id ? person_by_id(req->db, req->arena, m->person_id, &p) : NOT_FOUND;

	office_fact(req, c, _("À"), m->to_address);
	if (status == OK && p.slug && c->n_facts)
		c->fact[c->n_facts - 1].url = url_path(req->arena, "/gestion/personnes/", p.slug);
	return status == NOT_FOUND ? OK : status;
}

static enum status add_mail(struct request *req, struct office_section_view *s,
			    const struct mail *m)
{
	struct card_view *c = office_card(req, s, say(req, m->subject));
	enum status status = add_recipient(req, c, m);
	struct form f;

	office_fact(req, c, _("État"), word_of(mail_state_words, mail_state_name(m->state)));
	office_fact(req, c, _("Écrit le"), moment_in_words(req, m->made_at));
	if (m->sent_at)
		office_fact(req, c, _("Envoyé le"), moment_in_words(req, m->sent_at));
	if (m->state == MAIL_WAITING && m->attempts)
		office_fact(req, c, _("Prochain essai"), moment_in_words(req, m->next_at));
	if (m->state != MAIL_SENT)
		office_fact(req, c, _("Réponse du serveur"), m->last_error);
	if (m->state == MAIL_BOUNCED)
		c->words = _("Il était parti, et un autre serveur l’a renvoyé. Vérifiez l’adresse "
			     "avec la personne : un nouveau courriel qui arrive lève le doute.");
	if (m->state == MAIL_SENT || m->state == MAIL_SENDING || m->state == MAIL_BOUNCED)
		return status;
	office_form_begin(&f, req,
			  url_path(req->arena, "/gestion/courriels/",
				   arena_printf(req->arena, "%" PRId64, m->id)),
			  arena_printf(req->arena, _("Renvoyer à %s"), m->to_address), false);
	office_form(req, c, &f);
	return status;
}

enum status office_mails_show(struct request *req, struct response *res)
{
	int state = state_asked(req);
	int64_t page = request_number(req, "page", 1, OFFICE_PAGE_MAX), total;
	struct pair pair = { "etat", request_query(req, "etat") };
	struct mail_list list;
	struct office_view v;
	struct office_section_view *s;
	enum status status;

	if (page < 0)
		return refuse(req, res, _("Le numéro de page est un nombre, à partir de 1."));
	status = mail_list(req->db, req->arena, state, (page - 1) * OFFICE_PAGE, OFFICE_PAGE, &list,
			   &total);
	if (status != OK)
		return status;
	office_begin(req, &v, OFFICE_MAILS, NULL);
	v.done = office_told(req, told, 2);
	fill_filter(req, &v, state);
	v.count = total ? arena_printf(req->arena, _n("%s courriel", "%s courriels", total),
				       number_in_words(req->arena, total))
			: _("Aucun courriel.");
	s = office_section(req, &v, _("Courriels, du dernier au premier"), "courriels");
	for (size_t i = 0; i < list.n_mails && status == OK; i++)
		status = add_mail(req, s, &list.mail[i]);
	if (status != OK)
		return status;
	office_paging(req, &v, page, OFFICE_PAGE, total, "/gestion/courriels", &pair, 1);
	office_html(&res->body, &v);
	return OK;
}

enum status office_mail_retry(struct request *req, struct response *res)
{
	enum status status = mail_retry(req->db, atoll(request_param(req, "id")), req->now);

	if (status != OK && status != CONFLICT)
		return status;
	return office_back(req, res, URL("/gestion/courriels"), status == OK ? "encore" : "deja");
}
