#include "mail/account_letter.h"

#include "base/arena.h"
#include "base/secret.h"
#include "base/tr.h"
#include "mail/letter.h"
#include "store/login.h"
#include "store/person.h"
#include "store/setting.h"

/* ---- links ------------------------------------------------------------------------- */

struct link {
	const char *purpose;
	const char *path; /* "/connexion/lien/": the secret follows */
	const char *subject;
	int64_t seconds;

	/* Drawn. */
	struct url url;
	int64_t id;
};

static enum status draw(const struct account_letter *l, struct link *link)
{
	char secret[SECRET_SIZE], hash[SECRET_HASH_SIZE];
	struct token t = {
		.person_id = l->person->id,
		.purpose = link->purpose,
		.subject = link->subject,
		.made_at = l->now,
		.expires_at = l->now + link->seconds,
	};
	enum status status;

	secret_draw(secret);
	secret_hash(secret, hash);
	status = token_add(l->db, hash, &t);
	link->id = t.id;
	link->url = url_path(l->a, arena_printf(l->a, "%s%s", l->public_url, link->path), secret);
	return status;
}

static struct link sign_in_link(const char *wanted, int64_t seconds)
{
	return (struct link){ .purpose = "sign-in",
			      .path = "/connexion/lien/",
			      .subject = wanted,
			      .seconds = seconds };
}

static struct link password_link(const char *wanted, int64_t seconds)
{
	return (struct link){ .purpose = "password",
			      .path = "/mot-de-passe/",
			      .subject = wanted,
			      .seconds = seconds };
}

enum status draw_sign_in_link(const struct account_letter *l, int64_t seconds, const char **address)
{
	struct link link = sign_in_link(NULL, seconds);
	enum status status = draw(l, &link);

	*address = link.url.address;
	return status;
}

/* ---- letters ----------------------------------------------------------------------- */

static const char *greeting(const struct account_letter *l)
{
	return arena_printf(l->a, _("Bonjour %s,"), person_name(l->a, l->person));
}

/* `key` is the letter's own; `address` is where it goes. */
static enum status queue(const struct account_letter *l, const char *key, const char *address,
			 const char *subject, struct letter *letter)
{
	const struct letter_envelope to = {
		.key = key,
		.person_id = l->person->id,
		.address = address,
		.name = person_name(l->a, l->person),
		.subject = subject,
		.now = l->now,
	};

	letter->greeting = greeting(l);
	return letter_queue(l->db, l->a, l->public_url, &to, letter);
}

static const char *key_of(const struct account_letter *l, const char *what, int64_t number)
{
	return arena_printf(l->a, "%s:%lld:%lld", what, (long long)l->person->id,
			    (long long)number);
}

/* The link is drawn first, and put under the letter's button. */
static enum status queue_with(const struct account_letter *l, struct link *link,
			      const char *address, const char *subject, struct letter *letter)
{
	enum status status = address ? draw(l, link) : INVALID;

	if (status != OK)
		return status;
	letter->action.url = link->url;
	return queue(l, key_of(l, link->purpose, link->id), address, subject, letter);
}

static enum status site_name(const struct account_letter *l, const char **name)
{
	return setting_get(l->db, l->a, "site_name", name);
}

static const char *told_by_mistake(void)
{
	return _("Si vous n’avez rien demandé, vous pouvez laisser ce message de côté : sans ce "
		 "lien, rien ne change.");
}

static enum status remind(const struct account_letter *l, const char *site)
{
	struct letter letter = {
		.paragraph = { arena_printf(l->a, _("Votre compte sur le site « %s » est ouvert."),
					    site),
			       _("Vous avez déjà choisi un mot de passe. S’il s’est perdu, la page "
				 "de connexion permet d’en choisir un autre.") },
		.action = { _("Se connecter"),
			    url_path(l->a, arena_printf(l->a, "%s/connexion", l->public_url), "") },
	};

	return queue(l, key_of(l, "reminder", l->now), l->person->email,
		     arena_printf(l->a, _("%s : votre compte"), site), &letter);
}

/* Whoever knows the name of who invites knows that the letter is no trap. */
static const char *opened_words(const struct account_letter *l, const char *site)
{
	if (!l->by)
		return arena_printf(
			l->a, _("Un compte vous est ouvert sur le site « %s », à l’adresse %s."),
			site, l->public_url);
	return arena_printf(l->a,
			    _("%s vous a ouvert un compte sur le site « %s », à l’adresse %s."),
			    l->by, site, l->public_url);
}

enum status letter_invite(const struct account_letter *l)
{
	struct link link = password_link(NULL, INVITATION_LINK);
	const char *site;
	enum status status = site_name(l, &site);
	struct letter letter = { .action = { .label = _("Choisir mon mot de passe") } };

	if (status != OK)
		return status;
	if (!l->person->email)
		return INVALID;
	if (l->person->has_password)
		return remind(l, site);
	letter.paragraph[0] = opened_words(l, site);
	letter.paragraph[1] = _("Il donne accès à votre espace et, quand votre organisation est "
				"adhérente, à ce que le réseau réserve à ses membres. Pour "
				"commencer, choisissez un mot de passe.");
	letter.after[0] = _("Ce lien vaut quatorze jours et sert une seule fois. Passé ce délai, "
			    "la page de connexion en donne un autre.");
	letter.after[1] = _("Si ce message ne vous dit rien, vous pouvez le laisser de côté.");
	return queue_with(l, &link, l->person->email,
			  arena_printf(l->a, _("%s : votre compte"), site), &letter);
}

enum status letter_sign_in(const struct account_letter *l, const char *wanted)
{
	struct link link = sign_in_link(wanted, SIGN_IN_LINK);
	const char *site;
	enum status status = site_name(l, &site);
	struct letter letter = {
		.paragraph = { _("Voici le lien que vous avez demandé pour vous connecter.") },
		.action = { .label = _("Me connecter") },
		.after = { _("Il vaut trente minutes et sert une seule fois."), told_by_mistake() },
	};

	if (status != OK)
		return status;
	return queue_with(l, &link, l->person->email,
			  arena_printf(l->a, _("%s : votre lien de connexion"), site), &letter);
}

enum status letter_reset(const struct account_letter *l, const char *wanted)
{
	struct link link = password_link(wanted, PASSWORD_LINK);
	const char *site;
	enum status status = site_name(l, &site);
	struct letter letter = {
		.paragraph = { _("Voici le lien que vous avez demandé pour choisir un nouveau mot "
				 "de passe.") },
		.action = { .label = _("Choisir un mot de passe") },
		.after = { _("Il vaut deux heures et sert une seule fois."), told_by_mistake() },
	};

	if (status != OK)
		return status;
	return queue_with(l, &link, l->person->email,
			  arena_printf(l->a, _("%s : choisir un mot de passe"), site), &letter);
}

enum status letter_confirm_email(const struct account_letter *l, const char *address)
{
	struct link link = {
		.purpose = "email", .path = "/courriel/", .subject = address, .seconds = EMAIL_LINK
	};
	const char *site;
	enum status status = site_name(l, &site);
	struct letter letter = {
		.action = { .label = _("Confirmer cette adresse") },
		.after = { _("Ce lien vaut un jour et sert une seule fois."), told_by_mistake() },
	};

	if (status != OK)
		return status;
	letter.paragraph[0] = arena_printf(l->a,
					   _("Vous avez demandé que votre compte sur le site « %s "
					     "» utilise désormais l’adresse %s."),
					   site, address);
	return queue_with(l, &link, address,
			  arena_printf(l->a, _("%s : confirmer votre adresse"), site), &letter);
}

/* ---- what was done, told to whoever might not have done it ------------------------- */

static enum status tell(const struct account_letter *l, const char *what, const char *subject,
			const char *words)
{
	struct letter letter = { .paragraph = { words } };
	const char *contact;
	enum status status = setting_get(l->db, l->a, "site_contact", &contact);

	if (status != OK)
		return status;
	if (!l->person->email)
		return INVALID;
	letter.paragraph[1] =
		*contact
			? arena_printf(l->a, _("Si ce n’est pas vous, écrivez sans attendre à %s."),
				       contact)
			: _("Si ce n’est pas vous, prévenez sans attendre l’équipe du réseau.");
	return queue(l, key_of(l, what, l->now), l->person->email, subject, &letter);
}

enum status letter_email_changed(const struct account_letter *l, const char *address)
{
	const char *site;
	enum status status = site_name(l, &site);

	if (status != OK)
		return status;
	return tell(l, "email-changed", arena_printf(l->a, _("%s : votre adresse a changé"), site),
		    arena_printf(l->a,
				 _("Votre compte sur le site « %s » utilise désormais l’adresse "
				   "%s. Celle-ci ne "
				   "recevra plus de message."),
				 site, address));
}

enum status letter_password_changed(const struct account_letter *l)
{
	const char *site;
	enum status status = site_name(l, &site);

	if (status != OK)
		return status;
	return tell(
		l, "password-changed",
		arena_printf(l->a, _("%s : votre mot de passe a changé"), site),
		arena_printf(
			l->a,
			_("Le mot de passe de votre compte sur le site « %s » vient d’être changé. "
			  "Les autres appareils ont été déconnectés."),
			site));
}

enum status letter_factor_changed(const struct account_letter *l, bool is_set)
{
	const char *site;
	enum status status = site_name(l, &site);

	if (status != OK)
		return status;
	return tell(l, is_set ? "factor-set" : "factor-removed",
		    arena_printf(l->a, _("%s : la connexion en deux étapes a changé"), site),
		    arena_printf(l->a,
				 is_set ? _("La connexion en deux étapes est en place pour votre "
					    "compte sur le site "
					    "« %s » : un code de votre téléphone sera demandé à la "
					    "connexion.")
					: _("La connexion en deux étapes a été retirée de votre "
					    "compte sur le site "
					    "« %s » : le mot de passe y suffit de nouveau."),
				 site));
}
