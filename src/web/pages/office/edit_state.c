#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/richtext.h"
#include "base/text.h"
#include "base/tr.h"
#include "feed/interchange.h"
#include "store/opening.h"
#include "web/account.h"
#include "web/pages/office/edit.h"

/* How a field is told in an interchange object. */
enum kind { NOT_TOLD, TEXT, NUMBER, LIST, YES, LINKS, KEYS };

static const struct {
	const char *key, *label;
	enum kind kind;
} fields[N_EDIT_FIELDS] = {
	[EDIT_TITLE] = { "title", N_("Titre"), TEXT },
	[EDIT_SUMMARY] = { "summary", N_("Résumé"), TEXT },
	[EDIT_BODY] = { "body", N_("Texte"), TEXT },
	[EDIT_NOTICE] = { "notice", N_("Note de l’équipe"), TEXT },
	[EDIT_STATUS] = { "status", N_("État"), TEXT },
	[EDIT_VISIBILITY] = { "visibility", N_("Qui peut lire"), TEXT },
	[EDIT_KEYS] = { NULL, N_("À qui elle est réservée"), KEYS },
	[EDIT_LISTED] = { "listed", N_("Son existence"), YES },
	[EDIT_ACCESS_NOTE] = { "access_note", N_("Comment y accéder"), TEXT },
	[EDIT_KIND] = { "kind", N_("Type de ressource"), TEXT },
	[EDIT_FORM] = { "form", N_("Forme"), TEXT },
	[EDIT_CATEGORIES] = { "categories", N_("Catégories"), LIST },
	[EDIT_KEYWORDS] = { "keywords", N_("Mots-clés"), LIST },
	[EDIT_TERRITORIES] = { "territories", N_("Territoires"), LIST },
	[EDIT_AUDIENCES] = { "audiences", N_("Publics"), LIST },
	[EDIT_DATE] = { "published_on", N_("Date"), TEXT },
	[EDIT_PRECISION] = { "date_precision", N_("Précision de la date"), TEXT },
	[EDIT_COLLECTION] = { "collection", N_("Collection"), TEXT },
	[EDIT_NUMBER] = { "number", N_("Numéro"), NUMBER },
	[EDIT_EDITION] = { "edition", N_("Édition"), TEXT },
	[EDIT_REPLACES] = { "replaces", N_("Remplace"), TEXT },
	[EDIT_EXTENT] = { "extent", N_("Étendue"), TEXT },
	[EDIT_LANGUAGE] = { "language", N_("Langue"), TEXT },
	[EDIT_SLUG] = { "slug", N_("Adresse de la page"), TEXT },
	[EDIT_N_LINKS] = { "links", N_("Liens"), LINKS },
};

bool field_is_compared(enum edit_field field)
{
	return fields[field].kind != NOT_TOLD;
}

const char *field_label(enum edit_field field)
{
	return _(fields[field].label);
}

/* Where boxes are ticked, nobody says in which order. */
static bool has_no_order(enum edit_field field)
{
	return field == EDIT_CATEGORIES || field == EDIT_AUDIENCES || field == EDIT_KEYS;
}

/* Every one of "a, b" stands in `list` too. */
static bool is_within(const char *some, const char *list)
{
	while (*some) {
		size_t n = strcspn(some, ","), m;
		const char *at = list;

		for (; *at; at += m, at += strspn(at, ", ")) {
			m = strcspn(at, ",");
			if (m == n && !strncmp(at, some, n))
				break;
		}
		if (!*at)
			return false;
		some += n;
		some += strspn(some, ", ");
	}
	return true;
}

bool values_differ(const struct state *a, const struct state *b, enum edit_field field)
{
	const char *x = a->value[field], *y = b->value[field];

	if (fields[field].kind == KEYS && !(a->knows_keys && b->knows_keys))
		return false;
	x = x ? x : "";
	y = y ? y : "";
	if (has_no_order(field))
		return !is_within(x, y) || !is_within(y, x);
	return strcmp(x, y) != 0;
}

/* ---- from objects ---------------------------------------------------------------------------- */

static const char *text_in(struct arena *a, const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text && *text ? arena_strdup(a, text) : NULL;
}

static const char *list_in(struct arena *a, const json_t *list)
{
	const char *text = NULL;

	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *one = json_string_value(json_array_get(list, i));

		if (one)
			text = text ? arena_printf(a, "%s, %s", text, one) : arena_strdup(a, one);
	}
	return text;
}

/* "role<tab>visibility<tab>target<tab>label", a line each. */
static const char *links_in(struct arena *a, const json_t *list)
{
	const char *text = NULL;

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *one = json_array_get(list, i);
		const char *url = text_in(a, one, "url"), *to = text_in(a, one, "resource");
		const char *visibility = text_in(a, one, "visibility");
		const char *file = text_in(a, one, "file");

		if (to)
			url = arena_printf(a, "/ressources/%s", to);
		if (file)
			url = arena_printf(a, "/fichiers/%s", file);
		text = arena_printf(a, "%s%s%s\t%s\t%s\t%s", text ? text : "", text ? "\n" : "",
				    text_in(a, one, "role"), visibility ? visibility : "",
				    url ? url : "", text_squeeze(a, text_in(a, one, "label")));
	}
	return text;
}

static const char *value_in(struct arena *a, const json_t *object, enum edit_field i)
{
	const json_t *value = json_object_get(object, fields[i].key);

	switch (fields[i].kind) {
	case TEXT:
		return text_in(a, object, fields[i].key);
	case NUMBER:
		return json_is_integer(value)
			       ? arena_printf(a, "%lld", (long long)json_integer_value(value))
			       : NULL;
	case LIST:
		return list_in(a, value);
	case YES:
		return json_is_false(value) ? "non" : "oui";
	case LINKS:
		return links_in(a, value);
	case KEYS:
	case NOT_TOLD:
		break;
	}
	return NULL;
}

struct state state_of_object(struct arena *a, const json_t *object)
{
	struct state s = { .knows_keys = false };

	for (enum edit_field i = 0; i < N_EDIT_FIELDS; i++)
		if (fields[i].key)
			s.value[i] = value_in(a, object, i);
	return s;
}

static enum status read_keys(struct request *req, int64_t id, struct state *s)
{
	struct opening_list list;
	const char *keys = NULL;
	enum status status = opening_of(req->db, req->arena, OF_RESOURCE, id, &list);

	for (size_t i = 0; i < list.n_keys && status == OK; i++)
		if (strncmp(list.key[i], "grant-", 6) != 0)
			keys = keys ? arena_printf(req->arena, "%s, %s", keys, list.key[i])
				    : list.key[i];
	s->value[EDIT_KEYS] = keys;
	s->knows_keys = true;
	return status;
}

enum status state_of_resource(struct request *req, const struct resource *r, struct state *state)
{
	json_t *object;
	enum status status = interchange_resource(req->db, req->arena, &req->reader, r, &object);

	*state = state_of_object(req->arena, object);
	json_decref(object);
	return status == OK ? read_keys(req, r->id, state) : status;
}

enum status state_of_version(struct request *req, int64_t id, int64_t revision, struct state *state)
{
	const char *data;
	json_t *object;
	enum status status = resource_version(req->db, req->arena, id, revision, &data);

	if (status != OK)
		return status;
	object = json_loads(data, 0, NULL);
	*state = state_of_object(req->arena, object);
	json_decref(object);
	return OK;
}

struct state state_new(struct request *req)
{
	return (struct state){
		.value = { [EDIT_STATUS] = "draft",
			   [EDIT_VISIBILITY] = "members",
			   [EDIT_LISTED] = "oui",
			   [EDIT_DATE] = today(req),
			   [EDIT_PRECISION] = "day",
			   [EDIT_LANGUAGE] = "fr" },
		.knows_keys = true,
	};
}

/* ---- in words -----------------------------------------------------------------------------------
 */

static const char *links_in_words(struct arena *a, const char *links)
{
	char *text = arena_strdup(a, links);
	const char *words = "";

	for (char *line = text, *next; line; line = next) {
		char *role = line, *visibility, *target, *label;

		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		visibility = strchr(role, '\t');
		target = visibility ? strchr(visibility + 1, '\t') : NULL;
		label = target ? strchr(target + 1, '\t') : NULL;
		if (!label)
			continue;
		*visibility = *target++ = *label++ = '\0';
		words = arena_printf(a, "%s%s%s : %s (%s)", words, *words ? "\n" : "",
				     word_of(link_role_words, role), label, target);
	}
	return words;
}

const char *value_in_words(struct request *req, const struct state *s, enum edit_field field)
{
	const char *value = s->value[field];

	if (!value || !*value)
		return _("(vide)");
	switch (field) {
	case EDIT_SUMMARY:
	case EDIT_BODY:
		return richtext_to_text(req->arena, html_trusted(value));
	case EDIT_STATUS:
		return word_of(state_words, value);
	case EDIT_VISIBILITY:
		return word_of(visibility_sentences, value);
	case EDIT_LISTED:
		return !strcmp(value, "oui") ? _("Elle se voit") : _("Elle ne se voit pas");
	case EDIT_PRECISION:
		return word_of(precision_words, value);
	case EDIT_DATE:
		return day_in_words(req->arena, value, false);
	case EDIT_N_LINKS:
		return links_in_words(req->arena, value);
	default:
		return value;
	}
}
