#include <string.h>

#include "base/arena.h"
#include "base/tr.h"
#include "store/person.h"
#include "web/pages/feeds.h"
#include "web/pages/frame.h"
#include "web/pages/pages.h"
#include "web/route.h"

struct failure {
	int code;
	const char *title, *words;
};

static const struct failure failures[] = {
	{ 400, N_("Cette adresse n’est pas comprise"),
	  N_("Elle a peut-être été coupée ou mal recopiée.") },
	{ 403, N_("Cette page n’est pas ouverte à tout le monde"),
	  N_("Elle est réservée à une partie du réseau.") },
	{ 404, N_("Cette page n’existe pas ou n’existe plus"),
	  N_("L’adresse a peut-être changé. La recherche retrouve une ressource par son titre.") },
	{ 405, N_("Cette page ne se demande pas ainsi"), N_("Revenez à la page précédente.") },
	{ 410, N_("Cette page n’existe plus"), N_("Elle a été retirée.") },
	{ 413, N_("L’envoi est trop lourd"),
	  N_("Essayez avec un fichier ou un texte plus court.") },
	{ 414, N_("Cette adresse est trop longue"),
	  N_("La recherche ou les filtres y tiennent trop de place. Gardez les mots importants.") },
	{ 422, N_("L’envoi n’a pas été compris"),
	  N_("Revenez à la page précédente pour le corriger.") },
	{ 429, N_("Trop de demandes en peu de temps"), N_("Réessayez dans quelques minutes.") },
	{ 500, N_("Une panne est survenue de notre côté"),
	  N_("Elle est notée dans le journal du site. Réessayez dans quelques minutes.") },
	{ 503, N_("Le site est occupé pour quelques secondes"),
	  N_("Réessayez dans un instant : rien n’est perdu.") },
};

static const struct failure *failure_of(int code)
{
	const struct failure *unknown = NULL;

	for (size_t i = 0; i < sizeof(failures) / sizeof(*failures); i++) {
		if (failures[i].code == code)
			return &failures[i];
		if (failures[i].code == (code < 500 ? 400 : 500))
			unknown = &failures[i];
	}
	return unknown;
}

/* A form that a page of this site did not send, or not as it was made. */
static const struct failure foreign = {
	403, N_("Cet envoi n’est pas parti d’une page de ce site"),
	N_("Ouvrez le site à son adresse, %s, et recommencez : rien n’a été enregistré.")
};
static const struct failure broken = {
	400, N_("Cet envoi n’est pas compris"),
	N_("Il a peut-être été coupé en route : rien n’a été enregistré. Revenez à la page "
	   "précédente et recommencez.")
};

static const struct failure *failure_here(const struct request *req, int code)
{
	if (req->method == POST && code == 403 && !route_comes_from_here(req))
		return &foreign;
	return req->method == POST && (code == 400 || code == 415) ? &broken : failure_of(code);
}

/* The role waits for the second factor: whoever has it is told the way. */
static bool lacks_factor(const struct request *req, int code)
{
	bool is_administrator = false;

	return code == 403 && req->method == GET && req->db && req->reader.person_id &&
	       req->reader.level < ADMINISTRATOR &&
	       !strncmp(req->path, "/gestion", strlen("/gestion")) &&
	       role_has(req->db, req->reader.person_id, "administrator", &is_administrator) == OK &&
	       is_administrator;
}

void error_show(struct request *req, struct response *res, enum status status)
{
	const struct failure *f = failure_here(req, res->code);
	struct error_view v = {
		.code = arena_printf(req->arena, "%d", res->code),
		.title = _(f->title),
		.words = f == &foreign
				 ? arena_printf(req->arena, _(f->words), req->site->public_url)
				 : _(f->words),
		.offers = res->code < 500,
	};

	(void)status;
	if (lacks_factor(req, res->code)) {
		v.words = _("Votre rôle d’administration vaut une fois la connexion en deux étapes "
			    "mise en place.");
		v.way = (struct tag_view){ .label = _("La mettre en place"),
					   .url = URL("/espace/securite/deux-etapes") };
	}
	if (req->path && !strncmp(req->path, "/api/", strlen("/api/"))) {
		api_problem(req, res, res->code, NULL);
		return;
	}
	frame_fill(req, &v.frame, NO_SECTION, v.title, (struct url){ NULL });
	v.frame.has_box = v.offers;
	error_html(&res->body, &v);
}
