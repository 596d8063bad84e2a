#include "store/setting.h"

#include <string.h>

#include "base/arena.h"
#include "base/tr.h"
#include "db/db.h"
#include "web/account.h"
#include "web/pages/office/office.h"

/*
 * Settings in the words of those who set them, and what to write when it is not understood; one
 * that is not here is shown as it is declared.
 */
static const struct {
	const char *name, *label, *help, *wanted;
} words[] = {
	{ "site_name", N_("Nom du site"), N_("Celui du réseau, sur chaque page."),
	  N_("Un nom, sur une ligne, de 100 caractères au plus.") },
	{ "site_purpose", N_("Ce qu’est ce site"),
	  N_("Une phrase, sur la page d’accueil : à qui est ce lieu.") },
	{ "site_contact", N_("Adresse de contact"),
	  N_("Une adresse de courriel, montrée au pied des pages. Peut rester vide."),
	  N_("Une adresse de courriel, comme « equipe@exemple.fr », ou rien.") },
	{ "publisher", N_("Qui répond du site"),
	  N_("Pour les mentions légales. Peut rester vide.") },
	{ "public_url", N_("Adresse du site"),
	  N_("« https://exemple.fr ». Vide : celle où le serveur écoute. Une adresse donnée au "
	     "démarrage du serveur passe avant."),
	  N_("Une adresse comme « https://exemple.fr », en petites lettres, sans rien après le "
	     "nom.") },
	{ "mail_from", N_("Adresse d’envoi des courriels"),
	  N_("Vide : « ne-pas-repondre@ » suivi du nom du site sur internet."),
	  N_("Une adresse de courriel, comme « equipe@exemple.fr », ou rien.") },
	{ "mail_from_name", N_("Nom d’envoi des courriels"), N_("Vide : le nom du site."),
	  N_("Un nom, sur une ligne.") },
	{ "mail_bounces", N_("Adresse de retour des courriels"),
	  N_("Où revient ce qui n’a pu être remis, pour que le site le lise. Vide : l’adresse "
	     "d’envoi."),
	  N_("Une adresse de courriel, comme « retours@exemple.fr », ou rien.") },
	{ "smtp_url", N_("Serveur d’envoi des courriels"),
	  N_("« smtp://serveur:587 » ou « smtps://serveur:465 ». Vide : les courriels deviennent "
	     "des fichiers dans le dossier de données."),
	  N_("Une adresse comme « smtp://serveur:587 » ou « smtps://serveur:465 », sans nom ni mot "
	     "de passe.") },
	{ "smtp_user", N_("Nom d’utilisateur du serveur d’envoi"), N_("Vide : sans se nommer."),
	  N_("Un nom, sur une ligne.") },
	{ "smtp_tls", N_("Chiffrement de l’envoi"),
	  N_("« required » ; ou « none », pour un serveur sur cette machine seulement."),
	  N_("« required » ou « none » ; « none » ne vaut que pour un serveur sur cette "
	     "machine.") },
	{ "audit_days", N_("Durée du journal"), N_("En jours."),
	  N_("Un nombre de jours, de 30 à 3650.") },
	{ "mail_days", N_("Durée de la trace des courriels"), N_("En jours, après l’envoi."),
	  N_("Un nombre de jours, de 60 à 3650.") },
	{ "requests_days", N_("Durée des demandes d’accès"),
	  N_("En jours, une fois l’accès fini ou refusé."),
	  N_("Un nombre de jours, de 30 à 3650.") },
	{ "idle_account_days", N_("Comptes qui ne servent plus"),
	  N_("Nombre de jours sans connexion après lesquels la personne est prévenue, puis son "
	     "compte supprimé, si rien ne la rattache plus au réseau."),
	  N_("Un nombre de jours, de 180 à 3650.") },
};

/*
 * The identity of the site never changes; files are named by who runs the machine: a path typed
 * here would send the first line of any file to any server.
 */
static bool is_set_here(const char *name)
{
	return strcmp(name, "site_id") != 0 && !strstr(name, "_file");
}

static const char *label_of(const struct setting *s)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!strcmp(words[i].name, s->name))
			return _(words[i].label);
	return s->name;
}

static const char *help_of(const struct setting *s)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!strcmp(words[i].name, s->name))
			return _(words[i].help);
	return s->help;
}

struct settings {
	struct form form;
	struct field_view **field; /* NULL for what is not set here */
	const char **kept;
	struct field_view *moves; /* when the site is told to be elsewhere than it is asked at */
};

/*
 * Forms are taken from pages of that address alone: with a wrong one nobody could even sign in to
 * correct it.
 */
static void ask_whether_it_moves(struct request *req, struct settings *x, size_t i)
{
	const char *value = x->field[i]->value;

	if (!strcmp(value, x->kept[i]) || !req->origin || !strcmp(value, req->origin))
		return;
	x->moves = form_check(&x->form, "adresse-sure", _("Cette nouvelle adresse mène déjà ici"),
			      false);
	x->moves->help = arena_printf(
		req->arena,
		_("Vous êtes à l’adresse %s. Une fois le serveur redémarré, plus "
		  "aucun envoi n’y sera accepté : seulement à la nouvelle, ou, si elle est "
		  "vide, à celle où le serveur écoute."),
		req->origin);
	if (!x->moves->checked)
		form_refuse(&x->form, x->moves, _("À cocher pour changer l’adresse du site."));
}

static enum status make_form(struct request *req, struct settings *x)
{
	enum status status = OK;

	x->field = arena_make(req->arena, struct field_view *, n_settings);
	x->kept = arena_make(req->arena, const char *, n_settings);
	form_begin(&x->form, req, URL("/gestion/reglages"), _("Enregistrer"));
	for (size_t i = 0; i < n_settings && status == OK; i++) {
		const struct setting *s = &setting_table[i];

		status = setting_get(req->db, req->arena, s->name, &x->kept[i]);
		if (status != OK || !is_set_here(s->name))
			continue;
		x->field[i] = form_field(&x->form, FIELD_TEXT, s->name, label_of(s), x->kept[i]);
		x->field[i]->help = help_of(s);
		if (!strcmp(s->name, "public_url") && x->form.is_sent)
			ask_whether_it_moves(req, x, i);
	}
	return status;
}

static void fill(struct request *req, struct office_view *v, struct settings *x)
{
	static const struct told told[] = { { "enregistre",
					      N_("Les réglages sont enregistrés.") } };
	struct office_section_view *s;
	struct card_view *c;

	office_begin(req, v, OFFICE_SETTINGS, NULL);
	v->done = office_told(req, told, 1);
	s = office_section(req, v, NULL, NULL);
	office_form(req, office_card(req, s, NULL), &x->form);
	s = office_section(req, v, _("Se règlent sur le serveur"), "serveur");
	s->words = _("Par la commande « halle setting », par qui administre la machine.");
	c = office_card(req, s, NULL);
	for (size_t i = 0; i < n_settings; i++)
		if (!x->field[i])
			office_fact(req, c, setting_table[i].name,
				    *x->kept[i] ? x->kept[i] : _("(vide)"));
}

enum status office_settings_show(struct request *req, struct response *res)
{
	struct settings x = { .moves = NULL };
	struct office_view v;
	enum status status = make_form(req, &x);

	if (status != OK)
		return status;
	fill(req, &v, &x);
	office_html(&res->body, &v);
	return OK;
}

static const char *wanted_of(const struct setting *s)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!strcmp(words[i].name, s->name) && words[i].wanted)
			return _(words[i].wanted);
	return _("Cette valeur n’est pas comprise.");
}

/* What the registry says is for whoever types a command, in English. */
static enum status check(struct request *req, struct settings *x, size_t i)
{
	const char *why = NULL;
	enum status status =
		setting_check(req->db, req->arena, setting_table[i].name, x->field[i]->value, &why);

	if (status != INVALID)
		return status;
	form_refuse(&x->form, x->field[i], wanted_of(&setting_table[i]));
	return OK;
}

static bool is_changed(const struct settings *x, size_t i)
{
	return x->field[i] && strcmp(x->field[i]->value, x->kept[i]) != 0;
}

static enum status save(struct request *req, struct settings *x)
{
	enum status status = make_form(req, x);

	for (size_t i = 0; i < n_settings && status == OK; i++)
		if (is_changed(x, i))
			status = check(req, x, i);
	if (status == OK && !form_is_good(&x->form))
		return INVALID;
	for (size_t i = 0; i < n_settings && status == OK; i++) {
		const char *name = setting_table[i].name;

		if (!is_changed(x, i))
			continue;
		status = setting_set(req->db, name, x->field[i]->value);
		if (status == OK)
			status = audit_here(req, "setting-changed", name,
					    arena_printf(req->arena, "« %s » → « %s »", x->kept[i],
							 x->field[i]->value));
	}
	return status;
}

enum status office_settings_save(struct request *req, struct response *res)
{
	struct settings x = { .moves = NULL };
	struct office_view v;
	enum status status = db_begin(req->db);

	if (status == OK)
		status = db_end(req->db, save(req, &x));
	if (status == INVALID) {
		fill(req, &v, &x);
		return office_wrong(res, &v);
	}
	return status == OK ? office_back(req, res, URL("/gestion/reglages"), "enregistre")
			    : status;
}
