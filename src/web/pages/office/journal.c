#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/tr.h"
#include "store/audit.h"
#include "store/person.h"
#include "web/address.h"
#include "web/pages/frame.h"
#include "web/pages/office/office.h"
#include "web/pages/parts.h"

enum { ENTRIES = 100 };

static const char *action_asked(struct request *req)
{
	const char *name = request_query(req, "action");

	for (size_t i = 0; name && audit_actions[i]; i++)
		if (!strcmp(audit_actions[i], name))
			return audit_actions[i];
	return NULL;
}

static void fill_filter(struct request *req, struct office_view *v, const char *action)
{
	struct form f;
	struct field_view *field;

	form_begin(&f, req, URL("/gestion/journal"), _("Filtrer"));
	field = form_field(&f, FIELD_CHOICE, "action", _("Ce qui a été fait"), NULL);
	form_option(&f, field, "", _("Tout"), !action);
	for (size_t i = 0; audit_actions[i]; i++)
		form_option(&f, field, audit_actions[i], word_of(action_words, audit_actions[i]),
			    action == audit_actions[i]);
	office_filter(v, &f);
}

/* ---- what the journal keeps, in words ----------------------------------------------------------
 */

static const struct {
	const char *kind, *label, *path; /* NULL where there is no page to go to */
} kinds[] = {
	{ "person", N_("Personne"), "/gestion/personnes/" },
	{ "resource", N_("Ressource"), "/gestion/ressources/" },
	{ "organisation", N_("Organisation"), "/gestion/organisations/" },
	{ "group", N_("Groupe de travail"), "/gestion/groupes/" },
	{ "session", N_("Séance"), "/agenda/" },
	{ "cycle", N_("Cycle"), "/cycles/" },
	{ "file", N_("Fichier"), NULL },
};

static const struct word detail_words[] = {
	{ "administrator", N_("administration du site") },
	{ "editor", N_("équipe du réseau") },
	{ "elected", N_("élu ou élue") },
	{ "officer", N_("agent ou agente") },
	{ "partner", N_("partenaire") },
	{ "other", N_("autre fonction") },
	{ "manager", N_("gère les comptes") },
	{ "representative", N_("représente l’organisation") },
	{ "full", N_("adhésion") },
	{ "associate", N_("adhésion associée") },
	{ "honorary", N_("adhésion d’honneur") },
	{ "public", N_("ouverte à tout le monde") },
	{ "members", N_("réservée aux collectivités adhérentes") },
	{ "restricted", N_("réservée à une partie du réseau") },
	{ "members → public",
	  N_("réservée aux collectivités adhérentes → ouverte à tout le monde") },
	{ "public → members",
	  N_("ouverte à tout le monde → réservée aux collectivités adhérentes") },
	{ "halle", N_("par une commande sur le serveur") },
	{ NULL, NULL },
};

/* "person marc-tanguy" is "Personne : marc-tanguy", and has a page. */
static const char *subject_in_words(struct request *req, const char *subject, struct url *url)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		size_t n = strlen(kinds[i].kind);

		if (strncmp(subject, kinds[i].kind, n) != 0 || subject[n] != ' ')
			continue;
		subject += n + 1;
		if (kinds[i].path)
			*url = url_path(req->arena, kinds[i].path, subject);
		return arena_printf(req->arena, "%s\u00a0: %s", _(kinds[i].label), subject);
	}
	return subject;
}

/* Its parts, between commas, each in words where it is a name of the program's own. */
static const char *detail_in_words(struct request *req, const char *detail)
{
	const char *words = NULL;
	struct url nowhere = { NULL };

	while (detail && *detail) {
		const char *end = strstr(detail, ", ");
		size_t n = end ? (size_t)(end - detail) : strlen(detail);
		const char *part = arena_strndup(req->arena, detail, n);

		part = subject_in_words(req, word_of(detail_words, part), &nowhere);
		words = words ? arena_printf(req->arena, "%s, %s", words, part) : part;
		detail += end ? n + 2 : n;
	}
	return words;
}

static void add_who(struct request *req, struct office_section_view *s, const struct audit *u)
{
	const struct person p = { .given_name = u->given_name, .family_name = u->family_name };
	struct cell_view *cell;

	if (!u->person) {
		office_cell(req, s, u->address ? _("Hors connexion") : _("Le serveur"));
		return;
	}
	cell = office_cell(req, s,
			   *u->given_name || *u->family_name ? person_name(req->arena, &p)
							     : _("Compte supprimé"));
	cell->url = url_path(req->arena, "/gestion/personnes/", u->person);
}

static void add_entry(struct request *req, struct office_section_view *s, const struct audit *u)
{
	struct url url = { NULL };
	struct cell_view *cell;

	office_cell(req, s, moment_in_words(req, u->at));
	office_cell(req, s, word_of(action_words, u->action));
	add_who(req, s, u);
	cell = office_cell(req, s, u->subject ? subject_in_words(req, u->subject, &url) : NULL);
	cell->url = url;
	cell->note = say(req, detail_in_words(req, u->detail));
	office_cell(req, s, u->address);
}

static void fill_older(struct request *req, struct office_view *v, const char *action,
		       const struct audit_list *list)
{
	struct pair pair[2] = { { "avant", arena_printf(req->arena, "%" PRId64,
							list->audit[list->n_audits - 1].id) },
				{ "action", action } };

	v->next_label = _("Ce qui précède");
	v->next =
		(struct url){ address_write(req->arena, "/gestion/journal", pair, action ? 2 : 1) };
}

enum status office_journal_show(struct request *req, struct response *res)
{
	const char *action = action_asked(req);
	int64_t before = request_number(req, "avant", 0, INT64_MAX / 16);
	struct audit_list list;
	struct office_view v;
	struct office_section_view *s;
	enum status status;

	if (before < 0)
		return refuse(req, res, _("Le numéro d’une ligne du journal est un nombre."));
	status = audit_list(req->db, req->arena, action, before, ENTRIES, &list);
	if (status != OK)
		return status;
	office_begin(req, &v, OFFICE_JOURNAL, NULL);
	v.lead = _("Ce qui a été fait, du plus récent au plus ancien. Rien ne s’y change.");
	fill_filter(req, &v, action);
	s = office_section(req, &v, NULL, NULL);
	if (!list.n_audits)
		s->words = _("Rien de noté.");
	office_table(req, s, _("Journal"), _("Le"), _("Ce qui a été fait"), _("Par"), _("Sur quoi"),
		     _("Depuis"), NULL);
	for (size_t i = 0; i < list.n_audits; i++)
		add_entry(req, s, &list.audit[i]);
	if (list.n_audits == ENTRIES)
		fill_older(req, &v, action, &list);
	office_html(&res->body, &v);
	return OK;
}
