/* privacy.c - what is done with what concerns people: made from the settings that rule it. */
#include "base/arena.h"
#include "base/tr.h"
#include "store/login.h"
#include "store/retention.h"
#include "web/pages/area.h"
#include "web/pages/frame.h"
#include "web/pages/parts.h"
#include "web/pages/retention_words.h"

enum { A_DAY = 86400, A_YEAR = 365, MAX_FACTS = 12 };

const char *duration_in_words(const struct request *req, int64_t days)
{
	struct arena *a = req->arena;

	if (days % A_YEAR == 0)
		return say(req, arena_printf(a, _n("%lld an", "%lld ans", days / A_YEAR),
					     (long long)(days / A_YEAR)));
	return say(req, arena_printf(a, _n("%lld jour", "%lld jours", days), (long long)days));
}

static struct fact_view fact_of(const struct request *req, const char *label, const char *format,
				int64_t days, int64_t more)
	__attribute__((format(__printf__, 3, 0)));

static struct fact_view fact_of(const struct request *req, const char *label, const char *format,
				int64_t days, int64_t more)
{
	return (struct fact_view){
		label,
		say(req, arena_printf(req->arena, format, duration_in_words(req, days),
				      duration_in_words(req, more))),
	};
}

enum status retention_facts(struct request *req, struct fact_view **fact, size_t *n)
{
	struct retention r;
	enum status status = retention_read(req->db, req->arena, &r);
	struct fact_view *f = arena_make(req->arena, struct fact_view, MAX_FACTS);

	*fact = f;
	*n = 0;
	if (status != OK)
		return status;
	f[(*n)++] = fact_of(req, _("Compte, profil et fonctions"),
			    _("Tant que le compte existe. Un compte qui n’a pas servi depuis %s et "
			      "que plus aucune fonction n’appelle dans une collectivité adhérente "
			      "s’éteint : la personne est prévenue par courriel, et le compte est "
			      "supprimé %s plus tard, sauf si elle se connecte ou si ce courriel "
			      "n’arrive pas."),
			    r.idle_accounts, IDLE_NOTICE_DAYS);
	f[(*n)++] =
		fact_of(req, _("Connexions"),
			_("Une connexion s’éteint après %s sans visite, et au plus tard %s après "
			  "son début."),
			LOGIN_IDLE / A_DAY, LOGIN_LONGEST / A_DAY);
	f[(*n)++] = fact_of(req, _("Journal de sécurité"),
			    _("%s : connexions, changements de droits, ouvertures de documents "
			      "réservés, avec l’adresse du réseau d’où ils viennent."),
			    r.audit, r.audit);
	f[(*n)++] = fact_of(req, _("Demandes d’accès"),
			    _("%s après la fin de l’accès ou le refus."), r.requests, r.requests);
	f[(*n)++] =
		fact_of(req, _("Courriels envoyés par le site"),
			_("%s pour leur trace (adresse, objet, date, réponse du serveur). Le texte "
			  "est effacé dès l’envoi."),
			r.mail, r.mail);
	return OK;
}

enum status privacy_show(struct request *req, struct response *res)
{
	const char *publisher = setting_of(req, "publisher");
	struct privacy_view v = { .publisher = *publisher ? say(req, publisher) : NULL };
	enum status status = retention_facts(req, &v.kept, &v.n_kept);

	if (status != OK)
		return status;
	frame_fill(req, &v.frame, NO_SECTION, _("Données personnelles"),
		   URL("/pages/donnees-personnelles"));
	privacy_html(&res->body, &v);
	return OK;
}
