#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/markdown.h"
#include "base/richtext.h"
#include "base/text.h"
#include "base/tr.h"
#include "store/collection.h"
#include "store/row.h"
#include "store/session.h"
#include "store/slug.h"
#include "store/term.h"
#include "store/working_group.h"
#include "web/pages/office/edit.h"

enum { TITLE_MAX = 500, NOTE_MAX = 2000, SHORT_MAX = 100, LABEL_MAX = 200, BODY_ROWS = 22 };

/* One form being filled. */
struct filling {
	struct edit *e;
	struct request *req;
	struct arena *a;
	struct form *f;
	struct field_view **field;
	const struct state *s;
	struct term_list terms; /* of all vocabularies */
};

static const char *kept(const struct filling *x, enum edit_field i)
{
	return x->s->value[i] ? x->s->value[i] : "";
}

static struct field_view *add(struct filling *x, enum edit_field i, enum field_kind kind,
			      const char *name, const char *label, const char *help)
{
	x->field[i] = form_field(x->f, kind, name, label, kept(x, i));
	x->field[i]->help = help;
	return x->field[i];
}

static bool list_has(const char *list, const char *one)
{
	size_t n = strlen(one);

	for (const char *at = list; (at = strstr(at, one)); at += n)
		if ((at == list || at[-1] == ' ') && (!at[n] || at[n] == ','))
			return true;
	return false;
}

/* ---- texts ----------------------------------------------------------------------------------- */

/* Markdown where it says the same, else HTML. */
static bool show_markup(struct filling *x, enum edit_field i)
{
	const char *text = markdown_from_richtext(x->a, html_trusted(kept(x, i)));

	if (!x->f->is_sent)
		x->field[i]->value = text ? text : markup_in_lines(x->a, html_trusted(kept(x, i)));
	return text != NULL;
}

static void add_format(struct filling *x, bool is_markdown)
{
	struct field_view *field = x->field[EDIT_FORMAT] =
		form_field(x->f, FIELD_RADIO, "format", _("Ce texte est écrit"), NULL);

	form_option(x->f, field, "markdown",
		    _("simplement : une ligne vide entre deux paragraphes, « ## » devant un "
		      "titre, « - » devant un point de liste, « **gras** », "
		      "« [un lien](https://…) » ; un tableau reste en HTML"),
		    is_markdown);
	form_option(x->f, field, "html", _("tout en HTML"), !is_markdown);
}

static void add_texts(struct filling *x)
{
	struct field_view *field;
	bool is_markdown;

	form_require(x->f, add(x, EDIT_TITLE, FIELD_TEXT, "titre", _("Titre"), NULL));
	field = add(x, EDIT_SUMMARY, FIELD_LONG, "resume", _("Résumé"),
		    _("Public, même quand la ressource est réservée : 600 caractères au plus."));
	field->max = SUMMARY_MAX;
	is_markdown = show_markup(x, EDIT_SUMMARY);
	x->field[EDIT_SUMMARY_FORMAT] = form_field(x->f, FIELD_HIDDEN, "resume-format", "",
						   is_markdown ? "markdown" : "html");
	field = add(x, EDIT_BODY, FIELD_LONG, "texte", _("Texte"), NULL);
	field->rows = BODY_ROWS;
	add_format(x, show_markup(x, EDIT_BODY));
	add(x, EDIT_NOTICE, FIELD_LONG, "note", _("Note de l’équipe"),
	    _("Datée et signée, elle s’affiche au-dessus du texte : une loi qui a changé, une "
	      "correction."))
		->rows = 2;
}

/* ---- who reads it ---------------------------------------------------------------------------- */

static void add_key(struct filling *x, const char *key, const char *label)
{
	form_option(x->f, x->field[EDIT_KEYS], key, label, list_has(kept(x, EDIT_KEYS), key));
}

static enum status add_groups(struct filling *x)
{
	struct working_group_list list;
	enum status status = working_group_all(x->req->db, x->a, &list);

	for (size_t i = 0; i < list.n_groups && status == OK; i++)
		add_key(x, arena_printf(x->a, "group-%lld", (long long)list.group[i].id),
			arena_printf(x->a, _("Le groupe de travail « %s »"), list.group[i].name));
	return status;
}

static const char *session_label(struct filling *x, const char *number)
{
	struct session s;
	int64_t id = 0;

	for (; *number >= '0' && *number <= '9' && id < INT32_MAX; number++)
		id = id * 10 + (*number - '0');
	if (session_by_id(x->req->db, x->a, &x->req->reader, id, &s) != OK)
		return NULL;
	return arena_printf(x->a, _("Les personnes qui ont suivi « %s », le %s"), s.title,
			    day_in_words(x->a, s.on, false));
}

static bool has_option(const struct field_view *field, const char *value)
{
	for (size_t i = 0; i < field->n_options; i++)
		if (!strcmp(field->option[i].value, value))
			return true;
	return false;
}

/* What is kept and is none of the above: sessions, and what is no more. */
static void add_other_keys(struct filling *x)
{
	const char *at = x->e->kept.value[EDIT_KEYS];

	while (at && *at) {
		size_t n = strcspn(at, ",");
		const char *key = arena_strndup(x->a, at, n), *label = NULL;

		if (!strncmp(key, "session-", 8))
			label = session_label(x, key + 8);
		if (!has_option(x->field[EDIT_KEYS], key))
			add_key(x, key, label ? label : key);
		at += n;
		at += strspn(at, ", ");
	}
}

static enum status add_readers(struct filling *x)
{
	struct form *f = x->f;
	enum status status;

	options_of(f, add(x, EDIT_STATUS, FIELD_RADIO, "etat", _("État"), NULL), state_words,
		   kept(x, EDIT_STATUS));
	options_of(f, add(x, EDIT_VISIBILITY, FIELD_RADIO, "acces", _("Qui peut lire"), NULL),
		   visibility_sentences, kept(x, EDIT_VISIBILITY));
	add(x, EDIT_KEYS, FIELD_CHOICES, "pour", _("Si elle est réservée à une partie du réseau :"),
	    _("Sans rien cocher, l’équipe seule la lit."));
	add_key(x, "function-elected", _("Les élues et élus des collectivités adhérentes"));
	add_key(x, "function-officer", _("Les agentes et agents des collectivités adhérentes"));
	add_key(x, "function-partner", _("Les partenaires"));
	status = add_groups(x);
	add_other_keys(x);
	add(x, EDIT_SESSIONS, FIELD_TEXT, "seance", _("et les personnes qui ont suivi la séance"),
	    _("L’adresse de sa page : « /agenda/… »."))
		->list = "liste-seances";
	if (!f->is_sent)
		x->field[EDIT_SESSIONS]->value = "";
	add(x, EDIT_LISTED, FIELD_RADIO, "existence", _("Si elle est réservée, son existence"),
	    NULL);
	form_option(f, x->field[EDIT_LISTED], "oui",
		    _("se voit : titre, date, résumé, et comment y accéder"),
		    !strcmp(kept(x, EDIT_LISTED), "oui"));
	form_option(f, x->field[EDIT_LISTED], "non", _("ne se voit pas : rien n’en est dit"),
		    strcmp(kept(x, EDIT_LISTED), "oui") != 0);
	add(x, EDIT_ACCESS_NOTE, FIELD_LONG, "comment", _("Comment y accéder"),
	    _("Montré à qui ne peut pas lire la ressource."))
		->rows = 2;
	x->field[EDIT_CONFIRM] =
		form_check(f, "ouvrir",
			   _("Oui, ouvrir ce texte, ses documents et ses liens à tout le monde"),
			   false);
	return status;
}

/* ---- where it stands ---------------------------------------------------------------------------
 */

static bool is_of(const struct term *t, const char *vocabulary)
{
	return !strcmp(t->vocabulary, vocabulary);
}

/* Terms by label, or by slug, to choose one of. */
static void add_terms(struct filling *x, enum edit_field i, const char *vocabulary, bool by_slug)
{
	for (size_t n = 0; n < x->terms.n_terms; n++) {
		const struct term *t = &x->terms.term[n];
		const char *value = by_slug ? t->slug : t->label;
		bool chosen = is_of(t, vocabulary) &&
			      (by_slug ? list_has(kept(x, i), value) : !strcmp(kept(x, i), value));

		if (is_of(t, vocabulary) && (chosen || !t->replaced_by_id))
			form_option(x->f, x->field[i], value, t->label, chosen);
	}
}

static const char *label_of_slug(const struct filling *x, const char *vocabulary, const char *slug)
{
	for (size_t n = 0; n < x->terms.n_terms; n++)
		if (is_of(&x->terms.term[n], vocabulary) && !strcmp(x->terms.term[n].slug, slug))
			return x->terms.term[n].label;
	return slug;
}

static const char *territories_by_label(struct filling *x)
{
	const char *at = kept(x, EDIT_TERRITORIES), *labels = "";

	while (*at) {
		size_t n = strcspn(at, ",");
		const char *slug = arena_strndup(x->a, at, n);

		labels = arena_printf(x->a, "%s%s%s", labels, *labels ? ", " : "",
				      label_of_slug(x, "territory", slug));
		at += n;
		at += strspn(at, ", ");
	}
	return labels;
}

static void add_kinds(struct filling *x)
{
	add(x, EDIT_KIND, FIELD_CHOICE, "type", _("Type de ressource"), NULL);
	form_option(x->f, x->field[EDIT_KIND], "", _("À choisir"), !*kept(x, EDIT_KIND));
	add_terms(x, EDIT_KIND, "kind", false);
	add(x, EDIT_NEW_KIND, FIELD_TEXT, "nouveau-type", _("ou un nouveau type"), NULL);
	add(x, EDIT_FORM, FIELD_CHOICE, "forme", _("Forme"),
	    _("Ce que c’est : un guide, une fiche, une synthèse…"));
	form_option(x->f, x->field[EDIT_FORM], "", _("Aucune"), !*kept(x, EDIT_FORM));
	add_terms(x, EDIT_FORM, "form", false);
	add(x, EDIT_NEW_FORM, FIELD_TEXT, "nouvelle-forme", _("ou une nouvelle forme"), NULL);
}

static void add_vocabulary(struct filling *x)
{
	add_kinds(x);
	add(x, EDIT_CATEGORIES, FIELD_CHOICES, "categories", _("Catégories"), NULL);
	add_terms(x, EDIT_CATEGORIES, "category", true);
	add(x, EDIT_KEYWORDS, FIELD_TEXT, "mots", _("Mots-clés"),
	    _("Séparés par des virgules ; un mot nouveau est créé."))
		->list = "liste-mots";
	add(x, EDIT_TERRITORIES, FIELD_TEXT, "territoires", _("Territoires"),
	    _("Leurs noms, séparés par des virgules."))
		->list = "liste-territoires";
	if (!x->f->is_sent)
		x->field[EDIT_TERRITORIES]->value = territories_by_label(x);
	add(x, EDIT_AUDIENCES, FIELD_CHOICES, "publics", _("Publics"), NULL);
	add_terms(x, EDIT_AUDIENCES, "audience", true);
}

/* "2024-10-03" is shown as it is typed: "03/10/2024". */
static const char *day_typed(struct arena *a, const char *day)
{
	return strlen(day) == 10 ? arena_printf(a, "%.2s/%.2s/%.4s", day + 8, day + 5, day) : day;
}

static enum status add_place(struct filling *x)
{
	struct collection_list list;
	enum status status = collection_all(x->req->db, x->a, &list);

	add(x, EDIT_DATE, FIELD_DATE, "date", _("Date"),
	    _("« 03/10/2024 » ; ou seulement « 10/2024 », « 2024 »."));
	if (!x->f->is_sent)
		x->field[EDIT_DATE]->value = day_typed(x->a, kept(x, EDIT_DATE));
	options_of(x->f,
		   add(x, EDIT_PRECISION, FIELD_RADIO, "precision", _("La date est connue"), NULL),
		   precision_words, kept(x, EDIT_PRECISION));
	add(x, EDIT_COLLECTION, FIELD_CHOICE, "collection", _("Collection"), NULL);
	form_option(x->f, x->field[EDIT_COLLECTION], "", _("Aucune"), !*kept(x, EDIT_COLLECTION));
	for (size_t i = 0; i < list.n_collections && status == OK; i++)
		form_option(x->f, x->field[EDIT_COLLECTION], list.collection[i].slug,
			    list.collection[i].title,
			    !strcmp(kept(x, EDIT_COLLECTION), list.collection[i].slug));
	add(x, EDIT_NUMBER, FIELD_NUMBER, "numero", _("Numéro dans la collection"), NULL);
	add(x, EDIT_EDITION, FIELD_TEXT, "edition", _("Édition"), NULL);
	add(x, EDIT_REPLACES, FIELD_TEXT, "remplace", _("Remplace"),
	    _("L’adresse de la page de l’édition précédente : « /ressources/… »."));
	add(x, EDIT_EXTENT, FIELD_TEXT, "etendue", _("Étendue"), _("« 4 pages », « 15 fiches »."));
	add(x, EDIT_LANGUAGE, FIELD_TEXT, "langue", _("Langue"),
	    _("Deux lettres : « fr », « en »."));
	add(x, EDIT_SLUG, FIELD_TEXT, "adresse", _("Adresse de la page"),
	    x->e->r.id ? _("Ce qui suit « /ressources/ ». Changée, l’ancienne mène à la nouvelle.")
		       : _("Ce qui suit « /ressources/ ». Laissée vide, elle est faite du titre."));
	return status;
}

static void add_hidden(struct filling *x)
{
	x->field[EDIT_REVISION] = form_field(
		x->f, FIELD_HIDDEN, "revision", "",
		arena_printf(x->a, "%lld", x->e->r.id ? (long long)x->e->r.revision : 0));
	x->field[EDIT_N_LINKS] = form_field(x->f, FIELD_HIDDEN, "liens", "", "");
}

enum status fields_make(struct edit *e, const struct state *state, bool is_sent,
			struct edit_fields *fields)
{
	struct filling x = { .e = e, .req = e->req, .a = e->req->arena, .s = state };
	enum status status;

	*fields = (struct edit_fields){ 0 };
	x.f = &fields->form;
	x.field = fields->field;
	office_form_begin(x.f, e->req, e->action, _("Enregistrer"), is_sent);
	status = term_all(e->req->db, x.a, NULL, &x.terms);
	add_texts(&x);
	if (status == OK)
		status = add_readers(&x);
	add_vocabulary(&x);
	if (status == OK)
		status = add_place(&x);
	add_hidden(&x);
	if (status == OK)
		status = link_rows_make(e, state, is_sent, fields);
	fields->field[EDIT_N_LINKS]->value = arena_printf(x.a, "%zu", fields->n_rows);
	return status;
}

/* ---- what was typed -------------------------------------------------------------------------- */

struct html markup_typed(struct form *f, struct field_view *field, bool is_markdown)
{
	struct html clean = { NULL };
	struct arena *a = f->req->arena;

	if (!*field->value)
		return clean;
	if (is_markdown) {
		if (markdown_to_richtext(a, field->value, &clean) != OK)
			form_refuse(
				f, field,
				_("Ce texte contient des balises : choisissez « tout en HTML », "
				  "ou retirez-les."));
	} else if (richtext_clean(a, field->value, strlen(field->value), &clean) != OK) {
		form_refuse(f, field, _("Ce texte n’a pas pu être lu comme du HTML."));
	}
	return clean;
}

static bool is_chosen(const struct field_view *field, const char *value)
{
	for (size_t i = 0; i < field->n_options; i++)
		if (field->option[i].chosen && !strcmp(field->option[i].value, value))
			return true;
	return false;
}

/* Without counting what is typed, as the summary does. */
static void limit(struct edit *e, enum edit_field i, int max)
{
	form_limit(&e->fields.form, e->fields.field[i], max);
	e->fields.field[i]->max = 0;
}

static void read_texts(struct edit *e, struct state *t)
{
	struct form *f = &e->fields.form;
	struct field_view **field = e->fields.field;
	bool is_markdown = strcmp(field[EDIT_SUMMARY_FORMAT]->value, "html") != 0;
	bool is_html = is_chosen(field[EDIT_FORMAT], "html");
	struct html summary = markup_typed(f, field[EDIT_SUMMARY], is_markdown);
	struct html body = markup_typed(f, field[EDIT_BODY], !is_html);
	size_t length = utf8_length(richtext_to_text(e->req->arena, summary));

	e->lost = is_html ? richtext_lost(e->req->arena, field[EDIT_BODY]->value)
			  : markdown_lost(e->req->arena, field[EDIT_BODY]->value);
	if (length > SUMMARY_MAX)
		form_refuse(f, field[EDIT_SUMMARY],
			    arena_printf(e->req->arena,
					 _("%zu caractères : c’est trop, il en faut au plus %d. La "
					   "suite a sa place dans le texte."),
					 length, SUMMARY_MAX));
	limit(e, EDIT_TITLE, TITLE_MAX);
	limit(e, EDIT_NOTICE, NOTE_MAX);
	limit(e, EDIT_ACCESS_NOTE, NOTE_MAX);
	t->value[EDIT_TITLE] = form_value(field[EDIT_TITLE]);
	t->value[EDIT_SUMMARY] = summary.markup && *summary.markup ? summary.markup : NULL;
	t->value[EDIT_BODY] = body.markup && *body.markup ? body.markup : NULL;
	t->value[EDIT_NOTICE] = form_value(field[EDIT_NOTICE]);
	t->value[EDIT_ACCESS_NOTE] = form_value(field[EDIT_ACCESS_NOTE]);
}

static const char *chosen_list(struct edit *e, enum edit_field i)
{
	const struct field_view *field = e->fields.field[i];
	const char *list = NULL;

	for (size_t n = 0; n < field->n_options; n++)
		if (field->option[n].chosen)
			list = list ? arena_printf(e->req->arena, "%s, %s", list,
						   field->option[n].value)
				    : field->option[n].value;
	return list;
}

static const char *required_choice(struct edit *e, enum edit_field i)
{
	const char *value = form_chosen(&e->fields.form, e->fields.field[i]);

	if (!value)
		form_refuse(&e->fields.form, e->fields.field[i], _("Ce champ est à remplir."));
	return value;
}

/* The key of a session that was named by the address of its page; NULL when none was. */
static const char *session_key(struct edit *e)
{
	struct field_view *field = e->fields.field[EDIT_SESSIONS];
	const char *slug = strrchr(field->value, '/');
	int64_t id;

	slug = slug ? slug + 1 : field->value;
	if (!*slug)
		return NULL;
	if (session_id_of(e->req->db, slug, &id) == OK)
		return arena_printf(e->req->arena, "session-%lld", (long long)id);
	form_refuse(&e->fields.form, field, _("Aucune séance n’a cette adresse."));
	return NULL;
}

static void read_readers(struct edit *e, struct state *t)
{
	const char *keys = NULL, *session;

	t->value[EDIT_STATUS] = required_choice(e, EDIT_STATUS);
	t->value[EDIT_VISIBILITY] = required_choice(e, EDIT_VISIBILITY);
	t->value[EDIT_LISTED] = required_choice(e, EDIT_LISTED);
	if (t->value[EDIT_VISIBILITY] && !strcmp(t->value[EDIT_VISIBILITY], "restricted")) {
		keys = chosen_list(e, EDIT_KEYS);
		session = session_key(e);
		if (session && !(keys && list_has(keys, session)))
			keys = keys ? arena_printf(e->req->arena, "%s, %s", keys, session)
				    : session;
	}
	t->value[EDIT_KEYS] = keys;
	t->knows_keys = true;
}

/* A new one that is typed has the last word. */
static const char *term_typed(struct edit *e, enum edit_field chosen, enum edit_field typed)
{
	struct field_view *field = e->fields.field[typed];
	const char *value = form_chosen(&e->fields.form, e->fields.field[chosen]);

	limit(e, typed, LABEL_MAX);
	return *field->value ? field->value : value && *value ? value : NULL;
}

/* Each part of a list that was typed, by a term; "" is the end. */
static const char *next_part(struct arena *a, const char **at)
{
	size_t n = strcspn(*at, ",;");
	const char *part = text_squeeze(a, arena_strndup(a, *at, n));

	*at += n;
	*at += **at != '\0';
	return part;
}

static const char *read_keywords(struct edit *e)
{
	const char *at = e->fields.field[EDIT_KEYWORDS]->value, *list = NULL;

	while (*at) {
		const char *part = next_part(e->req->arena, &at);

		if (utf8_length(part) > LABEL_MAX)
			form_refuse(&e->fields.form, e->fields.field[EDIT_KEYWORDS],
				    _("Un de ces mots-clés est trop long."));
		if (*part && !(list && list_has(list, part)))
			list = list ? arena_printf(e->req->arena, "%s, %s", list, part) : part;
	}
	return list;
}

static const char *territory_slug(struct edit *e, const char *label)
{
	struct request *req = e->req;
	struct term t;

	if (term_by_label(req->db, req->arena, "territory", label, &t) == OK ||
	    term_by_slug(req->db, req->arena, "territory", slug_for(req->arena, label, "-"), &t) ==
		    OK)
		return t.slug;
	form_refuse(&e->fields.form, e->fields.field[EDIT_TERRITORIES],
		    arena_printf(req->arena, _("« %s » n’est pas un territoire connu ici."),
				 label));
	return NULL;
}

static const char *read_territories(struct edit *e)
{
	const char *at = e->fields.field[EDIT_TERRITORIES]->value, *list = NULL;

	while (*at) {
		const char *part = next_part(e->req->arena, &at);
		const char *slug = *part ? territory_slug(e, part) : NULL;

		if (slug && !(list && list_has(list, slug)))
			list = list ? arena_printf(e->req->arena, "%s, %s", list, slug) : slug;
	}
	return list;
}

static void read_vocabulary(struct edit *e, struct state *t)
{
	t->value[EDIT_KIND] = term_typed(e, EDIT_KIND, EDIT_NEW_KIND);
	if (!t->value[EDIT_KIND])
		form_refuse(&e->fields.form, e->fields.field[EDIT_KIND],
			    _("Ce champ est à remplir."));
	t->value[EDIT_FORM] = term_typed(e, EDIT_FORM, EDIT_NEW_FORM);
	t->value[EDIT_CATEGORIES] = chosen_list(e, EDIT_CATEGORIES);
	t->value[EDIT_KEYWORDS] = read_keywords(e);
	t->value[EDIT_TERRITORIES] = read_territories(e);
	t->value[EDIT_AUDIENCES] = chosen_list(e, EDIT_AUDIENCES);
}

/* "2024", "10/2024", "2024-10": the first day of it, and how much of it is told. */
static const char *coarse_day(struct arena *a, const char *text, const char **precision)
{
	size_t n = strlen(text), figures = strspn(text, "0123456789");

	if (n == 4 && figures == 4) {
		*precision = "year";
		return arena_printf(a, "%s-01-01", text);
	}
	if (n != 7)
		return NULL;
	*precision = "month";
	if (text[2] == '/')
		return arena_printf(a, "%.4s-%.2s-01", text + 3, text);
	return text[4] == '-' ? arena_printf(a, "%s-01", text) : NULL;
}

static void read_date(struct edit *e, struct state *t)
{
	struct field_view *field = e->fields.field[EDIT_DATE];
	const char *precision = required_choice(e, EDIT_PRECISION);
	const char *coarse = precision, *day = coarse_day(e->req->arena, field->value, &coarse);
	int y, m, d;

	if (day && !day_parse(day, &y, &m, &d))
		day = NULL;
	if (!day)
		day = form_day(&e->fields.form, field);
	else if (precision && strcmp(precision, "year") != 0)
		precision = coarse;
	t->value[EDIT_DATE] = day;
	t->value[EDIT_PRECISION] = precision;
}

static const char *read_replaces(struct edit *e)
{
	struct field_view *field = e->fields.field[EDIT_REPLACES];
	struct target_typed target;

	if (!*field->value)
		return NULL;
	if (!read_target(e->req, field->value, &target) || !target.resource)
		form_refuse(&e->fields.form, field, _("Aucune ressource n’a cette adresse."));
	else if (target.resource_id == e->r.id)
		form_refuse(&e->fields.form, field,
			    _("Une ressource ne se remplace pas elle-même."));
	return target.resource;
}

static void read_short(struct edit *e, struct state *t, enum edit_field i)
{
	limit(e, i, SHORT_MAX);
	t->value[i] = form_value(e->fields.field[i]);
}

static const char *read_slug(struct edit *e)
{
	struct field_view *field = e->fields.field[EDIT_SLUG];
	const char *slug = field->value;
	int64_t id;

	if (!*slug)
		return e->r.slug;
	office_expect_slug(&e->fields.form, field, "nouvelle");
	if (!field->error && resource_id_of(e->req->db, slug, &id) == OK && id != e->r.id)
		form_refuse(&e->fields.form, field, _("Une autre ressource a déjà cette adresse."));
	return slug;
}

static void read_place(struct edit *e, struct state *t)
{
	struct form *f = &e->fields.form;
	struct field_view **field = e->fields.field;
	const char *collection = form_chosen(f, field[EDIT_COLLECTION]);
	int64_t number = form_number(f, field[EDIT_NUMBER], 1, 1000000);

	read_date(e, t);
	t->value[EDIT_COLLECTION] = collection && *collection ? collection : NULL;
	t->value[EDIT_NUMBER] =
		number == NO_NUMBER ? NULL : arena_printf(e->req->arena, "%lld", (long long)number);
	t->value[EDIT_REPLACES] = read_replaces(e);
	read_short(e, t, EDIT_EDITION);
	read_short(e, t, EDIT_EXTENT);
	t->value[EDIT_LANGUAGE] = form_value(field[EDIT_LANGUAGE]);
	if (!t->value[EDIT_LANGUAGE] || strlen(t->value[EDIT_LANGUAGE]) != 2 ||
	    strspn(t->value[EDIT_LANGUAGE], "abcdefghijklmnopqrstuvwxyz") != 2)
		form_refuse(f, field[EDIT_LANGUAGE],
			    _("La langue se dit en deux lettres : « fr »."));
	t->value[EDIT_SLUG] = read_slug(e);
}

enum status fields_read(struct edit *e, struct state *typed)
{
	*typed = (struct state){ 0 };
	read_texts(e, typed);
	read_readers(e, typed);
	read_vocabulary(e, typed);
	read_place(e, typed);
	link_rows_read(e, typed);
	return OK;
}
