#include "web/pages/parts.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/tr.h"

/* What one does with a link of each role, in the order of what people come for. */
static const struct {
	const char *role, *verb;
	bool may_be_main;
} roles[] = {
	{ "recording", N_("Voir le replay"), true },
	{ "registration", N_("S’inscrire"), true },
	{ "download", N_("Télécharger"), true },
	{ "report", N_("Lire la synthèse"), true },
	{ "article", N_("Lire l’article"), true },
	{ "slides", N_("Voir le diaporama"), true },
	{ "documentation", N_("Consulter la documentation"), true },
	{ "external", N_("Consulter"), true },
	{ "embed", N_("Voir"), false },
	{ "programme", N_("Lire le programme"), false },
	{ "related", N_("Voir aussi"), false },
};

enum { N_ROLES = sizeof(roles) / sizeof(*roles) };

static size_t rank(const char *role)
{
	size_t i = 0;

	while (i + 1 < N_ROLES && strcmp(roles[i].role, role) != 0)
		i++;
	return i;
}

/* Words of labels such as "Visionnez le replay ici", which name nothing. */
static const char empty_words[] =
	" a acceder article atelier au autre ce cette clic cliquant cliquez compte"
	" consulter consultez d dans de decouvrir dedie diaporama document"
	" documentation du ecouter en enregistrement et fiche guide ici info"
	" informations infos inscription inscrire inscrivez l la le les lien ligne"
	" lire lisez notre nous page pdf plus pour presentation programme publication"
	" regarder rencontre rendez rendu replay retrouver retrouvez revoir s savoir"
	" seance site soiree sur synthese telechargement telecharger telechargez un"
	" une video visionner visionnez voir vous webinaire ";

static bool names_nothing(struct arena *a, const char *word)
{
	return strstr(empty_words, arena_printf(a, " %s ", word)) != NULL;
}

static bool is_telling(struct arena *a, const char *label)
{
	char *words = arena_strdup(a, text_slug(a, label, strlen(label) + 1)), *rest = NULL;

	for (char *w = strtok_r(words, "-", &rest); w; w = strtok_r(NULL, "-", &rest))
		if (!names_nothing(a, w))
			return true;
	return false;
}

/* "Voir la synthèse de …" needs no verb of ours. */
static bool says_what_to_do(struct arena *a, const char *label)
{
	static const char *const verb[] = { "voir ",      "lire ",     "visionner ", "revoir ",
					    "telecharge", "consulte",  "decouvr",    "acceder ",
					    "s'inscrire", "retrouve",  "ecouter ",   "visionnez ",
					    "lisez ",     "inscrivez", "regarder " };
	const char *folded = text_fold(a, label);

	for (size_t i = 0; i < sizeof(verb) / sizeof(*verb); i++)
		if (!strncmp(folded, verb[i], strlen(verb[i])))
			return true;
	return false;
}

/* A label that says what to do is the whole name; one that says nothing gives way to the title. */
static struct action_view first_name(struct request *req, const char *role, const char *label,
				     const char *title)
{
	struct arena *a = req->arena;
	bool telling = is_telling(a, label);

	if (telling && says_what_to_do(a, label))
		return (struct action_view){ .role = role, .verb = say(req, label) };
	return (struct action_view){
		.role = role,
		.verb = _(roles[rank(role)].verb),
		.what = say(req, arena_printf(a, "\u00a0: %s", telling ? label : title)),
		.about_title = !telling,
	};
}

static bool is_used(struct arena *a, const struct names *names, const char *name)
{
	const char *folded = text_fold(a, name);

	for (size_t i = 0; i < names->n_names; i++)
		if (!strcmp(text_fold(a, names->name[i]), folded))
			return true;
	return false;
}

static const char *whole_name(struct arena *a, const struct action_view *v)
{
	return arena_printf(a, "%s%s", v->verb, v->what ? v->what : "");
}

struct action_view action_named(struct request *req, struct names *names, const char *role,
				const char *label, const char *title)
{
	struct arena *a = req->arena;
	struct action_view first = first_name(req, role, label, title), v = first;

	if (!v.what && is_used(a, names, v.verb))
		first.what = v.what = say(req, arena_printf(a, "\u00a0: %s", title));
	for (int n = 2; is_used(a, names, whole_name(a, &v)); n++) {
		v.about_title = false;
		v.what = arena_printf(a, "%s (%d)", first.what, n);
	}
	*arena_push(a, names->name, names->n_names, names->capacity) = whole_name(a, &v);
	return v;
}

/* "exemple.fr" in "https://www.exemple.fr/a". */
static const char *host_of(struct arena *a, const char *url)
{
	const char *host = strstr(url, "://");

	if (!host)
		return NULL;
	host += 3;
	if (!strncasecmp(host, "www.", 4))
		host += 4;
	return arena_strndup(a, host, strcspn(host, "/:?#"));
}

/* A type people know, told by the end of the path. */
static const char *type_of(const char *url)
{
	static const char *const type[][2] = {
		{ ".pdf", "PDF" }, { ".odt", "ODT" },   { ".docx", "DOCX" }, { ".xlsx", "XLSX" },
		{ ".ods", "ODS" }, { ".pptx", "PPTX" }, { ".odp", "ODP" },   { ".csv", "CSV" },
		{ ".zip", "ZIP" }, { ".mp3", "MP3" },   { ".mp4", "MP4" },
	};
	size_t length = strcspn(url, "?#");

	for (size_t i = 0; i < sizeof(type) / sizeof(*type); i++) {
		size_t n = strlen(type[i][0]);

		if (length > n && !strncasecmp(url + length - n, type[i][0], n))
			return type[i][1];
	}
	return NULL;
}

static const char *note_of(struct arena *a, const char *url)
{
	const char *host = host_of(a, url), *type = type_of(url);

	if (host && type)
		return arena_printf(a, "%s, %s", type, host);
	return host ? host : type;
}

static bool target_may_be_told(const struct request *req, const struct link *l)
{
	struct object target = link_target(l);

	return access_may_discover(&req->reader, &target);
}

static bool is_shown(const struct request *req, const struct object *owner, const struct link *l)
{
	if (!access_may_read_part(&req->reader, owner, l->visibility))
		return false;
	if (l->resource_id)
		return target_may_be_told(req, l);
	return l->file_name || (l->url && url_is_safe(l->url)) || req->reader.level >= EDITOR;
}

static struct url target_of(struct request *req, const struct link *l)
{
	if (l->file_name)
		return file_url(req->arena, l->file, l->file_name);
	return l->resource_id ? resource_url(req->arena, l->resource)
			      : url_external(req->arena, l->url);
}

/* "1,4 Mo", in steps that tell what matters before one begins. */
static const char *size_of(struct arena *a, int64_t bytes)
{
	int64_t tenths = bytes / 100000;

	if (bytes < 1000000)
		return arena_printf(a, _("%lld ko"), (long long)(bytes / 1000 + (bytes < 1000)));
	if (tenths >= 100 || tenths % 10 == 0)
		return arena_printf(a, _("%lld Mo"), (long long)(tenths / 10));
	return arena_printf(a, _("%lld,%lld Mo"), (long long)(tenths / 10),
			    (long long)(tenths % 10));
}

static const char *note_of_file(struct arena *a, const struct link *l)
{
	const char *type = type_of(l->file_name), *size = size_of(a, l->file_size);

	return type ? arena_printf(a, "%s, %s", type, size) : size;
}

static bool is_related(const struct link *l)
{
	return l->resource_id && !strcmp(l->role, "related");
}

static struct action_view action_of(struct request *req, const struct link *l, const char *title,
				    struct names *names)
{
	struct action_view v = action_named(req, names, l->role, l->label, title);

	v.url = target_of(req, l);
	if (l->file_name)
		v.note = note_of_file(req->arena, l);
	else if (!v.url.address)
		v.note = _("lien à compléter");
	else if (!l->resource_id)
		v.note = note_of(req->arena, l->url);
	return v;
}

enum status actions_of(struct request *req, enum owner owner, int64_t id,
		       const struct object *object, const char *title, struct names *names,
		       struct actions_view *v)
{
	struct link_list links;
	size_t capacity = 0;
	enum status status = link_of(req->db, req->arena, &req->reader, owner, id, &links);

	if (status != OK)
		return status;
	for (size_t i = 0; i < links.n_links; i++)
		if (is_shown(req, object, &links.link[i]) && !is_related(&links.link[i]))
			*arena_push(req->arena, v->action, v->n_actions, capacity) =
				action_of(req, &links.link[i], title, names);
	return OK;
}

enum status related_of(struct request *req, enum owner owner, int64_t id,
		       const struct object *object, struct tags_view *v)
{
	struct link_list links;
	size_t capacity = 0;
	enum status status = link_of(req->db, req->arena, &req->reader, owner, id, &links);

	if (status != OK)
		return status;
	for (size_t i = 0; i < links.n_links; i++)
		if (is_shown(req, object, &links.link[i]) && is_related(&links.link[i]))
			*arena_push(req->arena, v->tag, v->n_tags, capacity) = (struct tag_view){
				.label = say(req, links.link[i].resource_title),
				.url = target_of(req, &links.link[i]),
			};
	return OK;
}

void drop_role(struct actions_view *v, const char *role)
{
	size_t n = 0;

	for (size_t i = 0; i < v->n_actions; i++)
		if (strcmp(v->action[i].role, role) != 0)
			v->action[n++] = v->action[i];
	v->n_actions = n;
}

struct action_view take_main(struct actions_view *v)
{
	size_t best = v->n_actions;
	struct action_view main;

	for (size_t i = 0; i < v->n_actions; i++) {
		size_t r = rank(v->action[i].role);

		if (roles[r].may_be_main && v->action[i].url.address &&
		    (best == v->n_actions || r < rank(v->action[best].role)))
			best = i;
	}
	if (best == v->n_actions)
		return (struct action_view){ 0 };
	main = v->action[best];
	v->n_actions--;
	memmove(&v->action[best], &v->action[best + 1], (v->n_actions - best) * sizeof(*v->action));
	return main;
}
