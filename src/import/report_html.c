/*
 * report_html.c - the report as a page, for those who will decide: French, and nothing
 * of it needs a developer.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/html.h"
#include "base/out.h"
#include "base/text.h"
#include "import/report.h"

/* A file read on its own has no style sheet beside it. */
static const char style[] =
	"body{font:1.05rem/1.6 system-ui,sans-serif;color:#1b1b1f;background:#fff;"
	"max-width:46rem;margin:0 auto;padding:2rem 1.25rem}"
	"h1{font-size:1.7rem;line-height:1.25;margin:0 0 1rem}"
	"h2{font-size:1.3rem;margin:2.5rem 0 .5rem;padding-top:.75rem;border-top:1px solid #c9c9d1}"
	"h3{font-size:1.05rem;margin:1.5rem 0 .25rem}"
	".lead{font-size:1.2rem}.note{color:#4a4a55}"
	"ul{padding-left:1.25rem;margin:.25rem 0}li{margin:.3rem 0}"
	"table{border-collapse:collapse;width:100%;margin:.5rem 0}"
	"caption{text-align:left;font-weight:600;padding:.5rem 0}"
	"th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;"
	"border-bottom:1px solid #dcdce3}"
	"@media(prefers-color-scheme:dark){body{color:#ececf1;background:#17171b}"
	".note{color:#b5b5c0}h2,th,td{border-color:#44444f}}"
	"@media print{body{max-width:none}}";

struct page {
	struct out *o;
	struct arena *a;
	const struct report *report;
};

/* ---- words ------------------------------------------------------------------------------- */

static void put(const struct page *p, const char *text)
{
	out_text(p->o, text_typography(p->a, text));
}

static const char *count_in_words(struct arena *a, size_t n, const char *one, const char *several)
{
	return arena_printf(a, "%zu %s", n, n > 1 ? several : one);
}

static bool is_lost_link(const struct listing_link *link)
{
	return link->lost && strcmp(link->lost, "image") != 0;
}

static size_t count_lost(const struct listing_record *r, bool images)
{
	size_t n = 0;

	for (size_t i = 0; i < r->links.n_links; i++)
		n += r->links.link[i].lost && images != is_lost_link(&r->links.link[i]);
	return n;
}

static size_t count_all_lost(const struct listing *listing, bool images)
{
	size_t n = 0;

	for (size_t i = 0; i < listing->n_records; i++)
		n += count_lost(&listing->record[i], images);
	return n;
}

static size_t count_sessions(const struct listing *listing)
{
	size_t n = 0;

	for (size_t i = 0; i < listing->n_records; i++)
		n += listing->record[i].programme.n_sessions;
	return n;
}

/* ---- the first sentence --------------------------------------------------------------------- */

static const char *what_was_found(const struct page *p)
{
	const struct listing *listing = p->report->listing;
	struct report_cycle *cycle;
	size_t n_cycles = report_cycles(p->a, listing, &cycle);

	return arena_printf(p->a, "%s, %s et %s",
			    count_in_words(p->a, listing->n_records, "ressource", "ressources"),
			    count_in_words(p->a, count_sessions(listing), "webinaire ou rencontre",
					   "webinaires et rencontres"),
			    count_in_words(p->a, n_cycles, "cycle", "cycles"));
}

static const char *what_was_lost(const struct page *p)
{
	size_t n_links = count_all_lost(p->report->listing, false);
	size_t n_images = count_all_lost(p->report->listing, true);

	if (!n_links && !n_images)
		return "rien n’est perdu";
	return arena_printf(p->a, "%s et %s ont perdu leur cible",
			    count_in_words(p->a, n_links, "lien", "liens"),
			    count_in_words(p->a, n_images, "image", "images"));
}

static void put_lead(const struct page *p)
{
	const struct import_result *r = &p->report->result;

	out_raw(p->o, "<p class=\"lead\">");
	put(p, arena_printf(p->a, "Le fichier contient %s ; %s.", what_was_found(p),
			    what_was_lost(p)));
	out_raw(p->o, "</p>\n<p class=\"note\">");
	if (p->report->dry_run)
		put(p, "C’est un essai : rien n’a été enregistré. ");
	put(p, arena_printf(p->a,
			    "Ressources nouvelles : %lld ; modifiées : %lld ; inchangées : %lld.",
			    (long long)r->n_created, (long long)r->n_updated,
			    (long long)r->n_unchanged));
	if (r->batch)
		put(p, arena_printf(p->a, " L’import n° %lld peut être annulé en une fois.",
				    (long long)r->batch));
	out_raw(p->o, "</p>\n");
}

/* ---- what went wrong ------------------------------------------------------------------------- */

static const struct wording {
	const char *code, *french;
} wordings[] = {
	{ "encoding", "Cette ligne n’est pas du texte en UTF-8." },
	{ "line_too_long", "Cette ligne est trop longue (plus de 1 Mio)." },
	{ "file_too_long", "Le fichier est trop gros (plus de 64 Mio)." },
	{ "empty", "Le fichier est vide." },
	{ "no_record", "Aucune ressource : aucune ligne ne dit « Type de ressource »." },
	{ "too_many", "Le fichier contient plus de 10 000 ressources." },
	{ "no_title", "Ces libellés n’ont pas de titre au-dessus d’eux." },
	{ "no_value", "Ce libellé n’a pas de valeur : le fichier semble coupé." },
	{ "no_label", "Il manque des libellés à la dernière ressource : le fichier semble coupé." },
	{ "no_labels", "La ressource qui commence ici n’a pas de libellés : le fichier semble "
		       "coupé." },
	{ "cut", "Le fichier semble coupé au milieu de cette ligne." },
};

static const char *in_french(const struct listing_error *error)
{
	for (size_t i = 0; i < sizeof(wordings) / sizeof(*wordings); i++)
		if (error->code && !strcmp(wordings[i].code, error->code))
			return wordings[i].french;
	return error->message;
}

static void put_error(const struct page *p, int64_t line, const char *message)
{
	out_raw(p->o, "<li>");
	if (line > 0)
		put(p, arena_printf(p->a, "Ligne %lld : ", (long long)line));
	put(p, message);
	out_raw(p->o, "</li>\n");
}

static void put_errors(const struct page *p)
{
	const struct import_result *r = &p->report->result;
	const struct listing_error *error = &p->report->listing->error;

	if (!error->message && !r->n_errors)
		return;
	out_raw(p->o, "<h2>Refusé</h2>\n<p>Rien n’a été enregistré.</p>\n<ul>\n");
	if (error->message)
		put_error(p, (int64_t)error->line, in_french(error));
	for (size_t i = 0; i < r->n_errors && !error->message; i++)
		put_error(p, r->error[i].line, r->error[i].message);
	out_raw(p->o, "</ul>\n");
}

/* ---- sections ---------------------------------------------------------------------------------
 */

static const char *const to_decide[] = { "summary_told_all", "visibility_unknown", NULL };
static const char *const to_know[] = { "no_body", "item_joined", NULL };

static bool is_one_of(const char *code, const char *const *list)
{
	while (*list && strcmp(*list, code) != 0)
		list++;
	return *list != NULL;
}

static bool is_to_decide(const char *code)
{
	return is_one_of(code, to_decide);
}

static bool is_to_know(const char *code)
{
	return is_one_of(code, to_know);
}

static bool is_to_check(const char *code)
{
	return !is_to_decide(code) && !is_to_know(code);
}

static bool has_any(const struct listing_record *r, bool (*belongs)(const char *))
{
	for (size_t i = 0; i < r->n_warnings; i++)
		if (belongs(r->warning[i].code))
			return true;
	return false;
}

static bool any_has(const struct listing *listing, bool (*belongs)(const char *))
{
	for (size_t i = 0; i < listing->n_records; i++)
		if (has_any(&listing->record[i], belongs))
			return true;
	return false;
}

static void put_record_title(const struct page *p, const struct listing_record *r)
{
	out_raw(p->o, "<h3>");
	put(p, r->title);
	out_raw(p->o, "</h3>\n");
}

static void put_warnings(const struct page *p, const struct listing_record *r,
			 bool (*belongs)(const char *))
{
	if (!has_any(r, belongs))
		return;
	put_record_title(p, r);
	out_raw(p->o, "<ul>\n");
	for (size_t i = 0; i < r->n_warnings; i++) {
		if (!belongs(r->warning[i].code))
			continue;
		out_raw(p->o, "<li>");
		put(p, r->warning[i].message);
		out_raw(p->o, "</li>\n");
	}
	out_raw(p->o, "</ul>\n");
}

static void put_section(const struct page *p, const char *heading, const char *intro,
			bool (*belongs)(const char *))
{
	const struct listing *listing = p->report->listing;

	out_raw(p->o, "<h2>");
	put(p, heading);
	out_raw(p->o, "</h2>\n<p class=\"note\">");
	put(p, any_has(listing, belongs) ? intro : "Rien.");
	out_raw(p->o, "</p>\n");
	for (size_t i = 0; i < listing->n_records; i++)
		put_warnings(p, &listing->record[i], belongs);
}

static const struct wording role_words[] = {
	{ "recording", "replay" },
	{ "report", "synthèse ou compte rendu" },
	{ "slides", "diaporama" },
	{ "programme", "programme" },
	{ "download", "document à télécharger" },
	{ "article", "article" },
	{ "registration", "inscription" },
	{ "documentation", "documentation" },
	{ "embed", "contenu intégré" },
	{ "related", "ressources liées" },
	{ "external", "autre page" },
};

static const char *role_in_french(const struct listing_link *link)
{
	for (size_t i = 0; i < sizeof(role_words) / sizeof(*role_words) && link->role; i++)
		if (!strcmp(role_words[i].code, link->role))
			return role_words[i].french;
	return "image";
}

static void put_losses(const struct page *p, const struct listing_record *r)
{
	if (!count_lost(r, false) && !count_lost(r, true))
		return;
	put_record_title(p, r);
	out_raw(p->o, "<ul>\n");
	for (size_t i = 0; i < r->links.n_links; i++) {
		const struct listing_link *link = &r->links.link[i];

		if (!link->lost)
			continue;
		out_raw(p->o, "<li>");
		put(p, link->label);
		out_raw(p->o, " <span class=\"note\">(");
		put(p, role_in_french(link));
		out_raw(p->o, ")</span></li>\n");
	}
	out_raw(p->o, "</ul>\n");
}

static void put_to_complete(const struct page *p)
{
	const struct listing *listing = p->report->listing;
	bool any = count_all_lost(listing, false) || count_all_lost(listing, true);

	out_raw(p->o, "<h2>");
	put(p, "À compléter");
	out_raw(p->o, "</h2>\n<p class=\"note\">");
	put(p, any ? "Le listing a gardé les mots, non l’adresse où ils menaient. Chaque lien est "
		     "enregistré sans adresse ; les images sont à remettre à la main."
		   : "Rien.");
	out_raw(p->o, "</p>\n");
	for (size_t i = 0; i < listing->n_records; i++)
		put_losses(p, &listing->record[i]);
}

/* ---- sessions -----------------------------------------------------------------------------------
 */

static const char *hours_in_words(struct arena *a, const struct listing_session *s)
{
	const char *starts;

	if (s->starts < 0)
		return "";
	starts = hour_in_words(a, s->starts / 60, s->starts % 60);
	if (s->ends < 0)
		return arena_printf(a, ", à %s", starts);
	return arena_printf(a, ", de %s à %s", starts,
			    hour_in_words(a, s->ends / 60, s->ends % 60));
}

static void put_session(const struct page *p, const struct listing_session *s)
{
	out_raw(p->o, "<tr><td>");
	put(p,
	    arena_printf(p->a, "%s%s", day_in_words(p->a, s->on, true), hours_in_words(p->a, s)));
	out_raw(p->o, "</td><td>");
	if (s->number)
		put(p, arena_printf(p->a, "N° %d : ", s->number));
	put(p, s->title);
	out_raw(p->o, s->closed ? " <span class=\"note\">(réservé)</span>" : "");
	out_raw(p->o, "</td></tr>\n");
}

static void put_sessions(const struct page *p)
{
	const struct listing *listing = p->report->listing;

	if (!count_sessions(listing))
		return;
	out_raw(p->o, "<h2>Webinaires et rencontres</h2>\n");
	for (size_t i = 0; i < listing->n_records; i++) {
		const struct listing_programme *programme = &listing->record[i].programme;

		if (!programme->n_sessions)
			continue;
		out_raw(p->o, "<table>\n<caption>");
		put(p, listing->record[i].title);
		out_raw(p->o, "</caption>\n<thead><tr><th scope=\"col\">Jour</th>"
			      "<th scope=\"col\">Titre</th></tr></thead>\n<tbody>\n");
		for (size_t k = 0; k < programme->n_sessions; k++)
			put_session(p, &programme->session[k]);
		out_raw(p->o, "</tbody>\n</table>\n");
	}
}

void report_html(struct out *o, struct arena *a, const struct report *report)
{
	struct page p = { o, a, report };
	const char *title = report->file ? arena_printf(a, "Import de « %s »", report->file)
					 : "Import d’un listing";

	out_raw(o, "<!doctype html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n"
		   "<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
	put(&p, title);
	out_raw(o, "</title>\n<style>");
	out_raw(o, style);
	out_raw(o, "</style>\n</head>\n<body>\n<main>\n<h1>");
	put(&p, title);
	out_raw(o, "</h1>\n");
	put_lead(&p);
	put_errors(&p);
	put_section(&p, "À décider",
		    "Ces ressources sont réservées : voici ce qui reste public, et ce qui ne l’est "
		    "plus.",
		    is_to_decide);
	put_section(&p, "À vérifier", "Ce que le listing ne disait pas tout à fait.", is_to_check);
	put_to_complete(&p);
	put_sessions(&p);
	put_section(&p, "Pour information", "Ce qui a été remis en forme.", is_to_know);
	out_raw(o, "</main>\n</body>\n</html>\n");
}
