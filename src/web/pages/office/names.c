#include "store/naming.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/tr.h"
#include "db/db.h"
#include "store/link.h"
#include "web/account.h"
#include "web/address.h"
#include "web/pages/frame.h"
#include "web/pages/office/office.h"
#include "web/pages/parts.h"

enum { NAME_MAX_CHARACTERS = 200 };

static const struct told told[] = {
	{ "renomme", N_("Le nom est corrigé partout.") },
	{ "retire",
	  N_("Le nom n’est plus cité nulle part, ni dans les états précédents. Dans les textes "
	     "qui le contenaient, il reste à enlever à la main.") },
	{ "personne", N_("Personne n’est cité sous ce nom : rien n’a changé.") },
};

/* ---- all names ------------------------------------------------------------------------------ */

static struct url name_url(struct request *req, const char *name)
{
	const struct pair pair = { "nom", name };

	return (struct url){ address_write(req->arena, "/gestion/noms", &pair, 1) };
}

/* The words are looked for anywhere in the name. */
static bool is_looked_for(struct request *req, const char *name, const char *words)
{
	return !*words || strstr(text_fold(req->arena, name), words);
}

static void fill_filter(struct request *req, struct office_view *v, const char *typed)
{
	struct form f;

	form_begin(&f, req, URL("/gestion/noms"), _("Chercher"));
	form_field(&f, FIELD_TEXT, "q", _("Nom"), typed);
	office_filter(v, &f);
}

static enum status list_names(struct request *req, struct office_view *v)
{
	const char *typed = request_query(req, "q");
	const char *words = typed ? text_fold(req->arena, text_squeeze(req->arena, typed)) : "";
	struct named_list list;
	struct office_section_view *s;
	enum status status = naming_all(req->db, req->arena, &list);

	office_begin(req, v, OFFICE_NAMES, NULL);
	v->lead = _("Les personnes nommées dans les ressources, les cycles et l’agenda. Un nom se "
		    "corrige, ou se retire à la demande de la personne, partout à la fois.");
	v->done = office_told(req, told, 3);
	fill_filter(req, v, typed);
	s = office_section(req, v, NULL, NULL);
	office_table(req, s, _("Noms cités"), _("Nom"), _("Cité"), NULL);
	for (size_t i = 0; i < list.n_named && status == OK; i++) {
		int64_t n = list.named[i].n_places;

		if (!is_looked_for(req, list.named[i].name, words))
			continue;
		office_cell(req, s, list.named[i].name)->url = name_url(req, list.named[i].name);
		office_cell(req, s,
			    arena_printf(req->arena, _n("%s fois", "%s fois", n),
					 number_in_words(req->arena, n)));
	}
	if (!s->table.n_cells)
		s->words = _("Aucun nom.");
	return status;
}

/* ---- one of them ----------------------------------------------------------------------------- */

static struct url place_url(struct request *req, enum owner owner, const char *slug)
{
	static const char *const where[] = {
		[OF_RESOURCE] = "/ressources/", [OF_CYCLE] = "/cycles/", [OF_SESSION] = "/agenda/"
	};

	return url_path(req->arena, where[owner], slug);
}

static const char *beside_name(struct request *req, const struct naming *n)
{
	const char *part[] = { n->words, n->organisation, n->affiliation, n->email };
	const char *words = NULL;

	for (size_t i = 0; i < sizeof(part) / sizeof(*part); i++)
		if (part[i])
			words = words ? arena_printf(req->arena, "%s, %s", words, part[i])
				      : part[i];
	return words;
}

static void add_places(struct request *req, struct office_view *v, const struct naming_list *list)
{
	struct office_section_view *s = office_section(req, v, _("Où ce nom est cité"), "cite");

	if (!list->n_namings)
		s->words = _("Nulle part aujourd’hui ; peut-être dans des états précédents.");
	office_table(req, s, _("Où ce nom est cité"), _("Page"), _("Rôle"), _("Écrit"),
		     _("Avec ce nom"), NULL);
	for (size_t i = 0; i < list->n_namings; i++) {
		const struct naming *n = &list->naming[i];

		office_cell(req, s, say(req, n->title))->url = place_url(req, n->owner, n->slug);
		office_cell(req, s, word_of(contribution_role_words, n->role));
		office_cell(req, s, n->name);
		office_cell(req, s, beside_name(req, n));
	}
}

/* Nothing changes the sentences that somebody wrote: they are listed, to be corrected. */
static enum status add_texts(struct request *req, struct office_view *v, const char *name)
{
	static const char *const where[] = {
		[IN_RESOURCE] = "/gestion/ressources/",
		[IN_CYCLE] = "/cycles/",
		[IN_SESSION] = "/agenda/",
		[IN_COLLECTION] = "/collections/",
	};
	struct naming_text_list list;
	struct office_section_view *s;
	enum status status;

	/* No one has such a name, and a database takes no such pattern. */
	if (utf8_length(name) > NAME_MAX_CHARACTERS)
		return OK;
	status = naming_in_texts(req->db, req->arena, name, &list);
	if (status != OK || !list.n_texts)
		return status;
	s = office_section(req, v, _("Dans des textes, à corriger à la main"), "textes");
	if (list.is_cut)
		s->words = _("Seuls les premiers sont listés : il y en a d’autres.");
	office_table(req, s, _("Textes qui contiennent ce nom"), _("Texte"), _("Où"), NULL);
	for (size_t i = 0; i < list.n_texts; i++) {
		const struct naming_text *t = &list.text[i];

		office_cell(req, s, say(req, t->title))->url = url_path_and(
			req->arena, where[t->place], t->slug, t->n_earlier ? "/versions" : "");
		office_cell(req, s,
			    t->n_earlier ? arena_printf(req->arena,
							_n("%s état précédent",
							   "%s états précédents", t->n_earlier),
							number_in_words(req->arena, t->n_earlier))
					 : _("la page d’aujourd’hui"));
	}
	return OK;
}

static void add_forms(struct request *req, struct office_view *v, struct form *renaming,
		      struct form *withdrawing)
{
	struct office_section_view *s = office_section(req, v, _("Corriger ou retirer"), "changer");
	struct card_view *c = office_card(req, s, _("Corriger le nom partout"));

	office_form(req, c, renaming);
	c = office_card(req, s, _("Retirer ce nom partout"));
	c->words = _("À la demande de la personne. Son nom, son titre et son adresse quittent les "
		     "pages, les flux, la recherche et les états précédents. Quand elle "
		     "intervenait pour une organisation de l’annuaire, l’organisation reste seule. "
		     "Cela ne se défait pas ; le journal n’en garde que le nombre.");
	office_form(req, c, withdrawing)->is_grave = true;
}

static struct field_view *make_renaming(struct request *req, const char *name, bool is_sent,
					struct form *f)
{
	office_form_begin(f, req, URL("/gestion/noms"), _("Corriger partout"), is_sent);
	form_field(f, FIELD_HIDDEN, "nom", "", name)->value = name;
	return form_field(f, FIELD_TEXT, "corrige", _("Le nom, comme il doit s’écrire"), name);
}

static struct field_view *make_withdrawing(struct request *req, const char *name, bool is_sent,
					   struct form *f)
{
	office_form_begin(f, req, URL("/gestion/noms"), _("Retirer partout"), is_sent);
	form_field(f, FIELD_HIDDEN, "nom", "", name)->value = name;
	form_field(f, FIELD_HIDDEN, "retirer", "", "oui")->value = "oui";
	return form_check(f, "sur", _("Oui, retirer ce nom partout"), false);
}

static enum status show_name(struct request *req, struct office_view *v, const char *name,
			     struct form *renaming, struct form *withdrawing)
{
	struct naming_list list;
	enum status status = naming_of(req->db, req->arena, name, &list);

	office_begin(req, v, OFFICE_NAMES, name);
	v->done = office_told(req, told, 3);
	if (status != OK)
		return status;
	add_places(req, v, &list);
	status = add_texts(req, v, name);
	if (status != OK)
		return status;
	add_forms(req, v, renaming, withdrawing);
	return OK;
}

enum status office_names_show(struct request *req, struct response *res)
{
	const char *name = request_query(req, "nom");
	struct office_view v;
	struct form renaming, withdrawing;
	enum status status;

	if (name && *name) {
		(void)make_renaming(req, name, false, &renaming);
		(void)make_withdrawing(req, name, false, &withdrawing);
		status = show_name(req, &v, name, &renaming, &withdrawing);
	} else {
		status = list_names(req, &v);
	}
	if (status == OK)
		office_html(&res->body, &v);
	return status;
}

/* ---- changing -------------------------------------------------------------------------------- */

/* How many, never who: a name that was withdrawn must not live on in the journal. */
static enum status trace(struct request *req, const char *what, const struct naming_result *r)
{
	return audit_here(req, "name-changed", NULL,
			  arena_printf(req->arena, "%s : %lld contributions, %lld états précédents",
				       what, (long long)r->n_contributions,
				       (long long)r->n_versions));
}

static enum status change(struct request *req, const char *name, const char *to)
{
	struct naming_result r;
	enum status status = db_begin(req->db);

	if (status != OK)
		return status;
	status = to ? naming_rename(req->db, name, to, req->now, &r)
		    : naming_withdraw(req->db, name, req->now, &r);
	if (status == OK)
		status = trace(req, to ? "nom corrigé" : "nom retiré", &r);
	return db_end(req->db, status);
}

static const char *name_sent(struct request *req)
{
	const char *sent = request_form(req, "nom");

	return sent ? text_squeeze(req->arena, sent) : "";
}

/* The page of the name again, with the texts where it is to be taken out by hand. */
static enum status show_what_is_left(struct request *req, struct response *res, const char *name)
{
	const struct pair query[] = { { "nom", name }, { "fait", "retire" } };

	response_redirect(res, 303, address_write(req->arena, "/gestion/noms", query, 2));
	return OK;
}

enum status office_name_change(struct request *req, struct response *res)
{
	const char *name = name_sent(req);
	bool withdraws = request_form(req, "retirer") != NULL;
	struct form renaming, withdrawing;
	struct field_view *to = make_renaming(req, name, !withdraws, &renaming);
	struct field_view *sure = make_withdrawing(req, name, withdraws, &withdrawing);
	struct office_view v;
	enum status status;

	form_require(&renaming, to);
	form_limit(&renaming, to, NAME_MAX_CHARACTERS);
	if (withdraws && !sure->checked)
		form_refuse(&withdrawing, sure,
			    _("Cochez cette case : un nom retiré ne revient pas."));
	if (!form_is_good(withdraws ? &withdrawing : &renaming)) {
		status = show_name(req, &v, name, &renaming, &withdrawing);
		return status == OK ? office_wrong(res, &v) : status;
	}
	status = change(req, name, withdraws ? NULL : to->value);
	if (status != OK && status != NOT_FOUND)
		return status;
	if (status == OK && withdraws)
		return show_what_is_left(req, res, name);
	return office_back(req, res, URL("/gestion/noms"),
			   status == NOT_FOUND ? "personne" : "renomme");
}
