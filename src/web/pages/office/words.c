#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/tr.h"
#include "web/pages/office/office.h"

const struct word state_words[] = {
	{ "draft", N_("Brouillon") },
	{ "review", N_("À relire") },
	{ "published", N_("Publiée") },
	{ "archived", N_("Archivée") },
	{ NULL, NULL },
};

const struct word visibility_sentences[] = {
	{ "public", N_("Ouverte à tout le monde") },
	{ "members", N_("Réservée aux collectivités adhérentes") },
	{ "restricted", N_("Réservée à une partie du réseau") },
	{ NULL, NULL },
};

const struct word precision_words[] = {
	{ "day", N_("Au jour près : « 3 octobre 2024 »") },
	{ "month", N_("Au mois près : « octobre 2024 »") },
	{ "year", N_("À l’année près : « 2024 »") },
	{ NULL, NULL },
};

const struct word link_role_words[] = {
	{ "recording", N_("Replay") },
	{ "report", N_("Synthèse ou compte-rendu") },
	{ "slides", N_("Diaporama") },
	{ "programme", N_("Programme") },
	{ "download", N_("Document à télécharger") },
	{ "article", N_("Article") },
	{ "registration", N_("Inscription") },
	{ "documentation", N_("Documentation") },
	{ "embed", N_("Contenu à afficher dans la page") },
	{ "related", N_("À lire aussi") },
	{ "external", N_("Autre site") },
	{ NULL, NULL },
};

const struct word contribution_role_words[] = {
	{ "speaker", N_("Intervention") }, { "author", N_("Rédaction") },
	{ "publisher", N_("Édition") },    { "lead", N_("Pilotage") },
	{ "partner", N_("Partenariat") },  { "participant", N_("Participation") },
	{ "supporter", N_("Soutien") },    { "funder", N_("Financement") },
	{ "contact", N_("Contact") },      { NULL, NULL },
};

const struct word organisation_kind_words[] = {
	{ "region", N_("Région") },
	{ "departement", N_("Département") },
	{ "metropole", N_("Métropole") },
	{ "intercommunalite", N_("Intercommunalité") },
	{ "petr", N_("Pôle d’équilibre territorial et rural") },
	{ "commune", N_("Commune") },
	{ "reseau", N_("Réseau") },
	{ "association", N_("Association") },
	{ "scic", N_("Société coopérative d’intérêt collectif") },
	{ "scop", N_("Société coopérative de production") },
	{ "entreprise", N_("Entreprise") },
	{ "etat", N_("Service de l’État") },
	{ "autre", N_("Autre organisation") },
	{ NULL, NULL },
};

const struct word membership_kind_words[] = {
	{ "full", N_("Adhésion") },
	{ "associate", N_("Adhésion associée") },
	{ "honorary", N_("Adhésion d’honneur") },
	{ NULL, NULL },
};

const struct word mail_state_words[] = {
	{ "waiting", N_("En attente") },
	{ "sending", N_("En cours d’envoi") },
	{ "sent", N_("Envoyé") },
	{ "refused", N_("Refusé") },
	{ "abandoned", N_("Abandonné") },
	{ "bounced", N_("Revenu") },
	{ NULL, NULL },
};

const struct word owner_words[] = {
	{ "resource", N_("Ressource") },
	{ "cycle", N_("Cycle") },
	{ "session", N_("Séance ou webinaire") },
	{ NULL, NULL },
};

const struct word action_words[] = {
	{ "sign-in", N_("Connexion") },
	{ "sign-in-failed", N_("Connexion refusée") },
	{ "sign-out", N_("Déconnexion") },
	{ "link-asked", N_("Lien de connexion demandé") },
	{ "password-set", N_("Mot de passe choisi") },
	{ "factor-set", N_("Second facteur mis en place") },
	{ "factor-removed", N_("Second facteur retiré") },
	{ "person-added", N_("Personne ajoutée") },
	{ "person-changed", N_("Personne modifiée") },
	{ "person-erased", N_("Compte supprimé") },
	{ "role-given", N_("Rôle donné") },
	{ "role-taken", N_("Rôle retiré") },
	{ "function-changed", N_("Fonction modifiée") },
	{ "membership-changed", N_("Adhésion modifiée") },
	{ "group-changed", N_("Groupe modifié") },
	{ "access-asked", N_("Accès demandé") },
	{ "access-granted", N_("Accès accordé") },
	{ "access-refused", N_("Accès refusé") },
	{ "file-opened", N_("Fichier réservé ouvert") },
	{ "resource-opened", N_("Accès à une ressource modifié") },
	{ "resource-changed", N_("Ressource modifiée") },
	{ "name-changed", N_("Nom cité modifié ou retiré") },
	{ "setting-changed", N_("Réglage modifié") },
	{ "refused", N_("Demande refusée, faute de droits") },
	{ NULL, NULL },
};

const char *word_of(const struct word *words, const char *name)
{
	for (; words->name; words++)
		if (!strcmp(words->name, name))
			return _(words->label);
	return name;
}

void options_of(struct form *f, struct field_view *field, const struct word *words,
		const char *kept)
{
	for (; words->name; words++)
		form_option(f, field, words->name, _(words->label),
			    kept && !strcmp(words->name, kept));
}

const char *moment_in_words(struct request *req, int64_t moment)
{
	struct civil at = civil_in_paris(moment);

	return arena_printf(req->arena, "%s, %s",
			    day_in_words(req->arena, day_of_moment(req->arena, moment), false),
			    hour_in_words(req->arena, at.hour, at.minute));
}
