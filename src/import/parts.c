#include "import/parts.h"

#include "base/arena.h"
#include "import/batch_import.h"
#include "store/file.h"
#include "store/pending.h"
#include "store/slug.h"

enum { MAX_PARTS = 1000 };

struct fields parts_item(const struct fields *f, const char *key, size_t i, const json_t *list)
{
	struct fields of = *f;

	of.object = json_array_get(list, i);
	of.path = arena_printf(f->a, "%s%s[%zu].", f->path, key, i);
	return of;
}

size_t parts_list(struct fields *f, const char *key, const json_t **list)
{
	size_t n;

	*list = field_list(f, key);
	n = json_array_size(*list);
	if (n > MAX_PARTS) {
		fields_refuse(f, key, "has more than 1000 items");
		return 0;
	}
	for (size_t i = 0; i < n; i++) {
		if (!json_is_object(json_array_get(*list, i))) {
			fields_refuse(f, arena_printf(f->a, "%s[%zu]", key, i), "is not an object");
			return 0;
		}
	}
	return n;
}

static struct link read_link(struct fields *f)
{
	static const char *const known[] = { "role", "label",      "url", "resource",
					     "file", "visibility", NULL };
	struct link l;

	fields_check_known(f, known);
	l = (struct link){
		.role = field_required(f, "role", 40),
		.label = field_required(f, "label", 500),
		.url = field_address(f, "url"),
		.resource = field_slug(f, "resource"),
		.file = field_text(f, "file", 40),
		.visibility = field_visibility(f, "visibility", AS_OWNER),
	};
	if (l.file && !file_id_is_good(l.file))
		fields_refuse(f, "file", "is not the number of a file");
	if (*l.role && !link_role_is_known(l.role))
		fields_refuse(f, "role", "is not a role of links");
	if (!!l.url + !!l.resource + !!l.file > 1)
		fields_refuse(f, "url", "and 'resource' or 'file' cannot both be told");
	return l;
}

struct link_list parts_read_links(struct fields *f)
{
	const json_t *list;
	size_t n = parts_list(f, "links", &list);
	struct link_list links = { arena_make(f->a, struct link, n + 1), n };

	for (size_t i = 0; i < n; i++) {
		struct fields of = parts_item(f, "links", i, list);

		links.link[i] = read_link(&of);
		f->failed |= of.failed;
	}
	return links;
}

static struct contribution read_contribution(struct fields *f)
{
	static const char *const known[] = { "role",  "name",  "organisation", "affiliation",
					     "title", "email", "visibility",   NULL };
	struct contribution c;

	fields_check_known(f, known);
	c = (struct contribution){
		.role = field_required(f, "role", 40),
		.name = field_text(f, "name", 200),
		.organisation = field_slug(f, "organisation"),
		.affiliation = field_text(f, "affiliation", 300),
		.title = field_text(f, "title", 500),
		.email = field_email(f, "email"),
		.visibility = field_visibility(f, "visibility", AS_OWNER),
	};
	if (*c.role && !contribution_role_is_known(c.role))
		fields_refuse(f, "role", "is not a role of contributions");
	if (!c.name && !c.organisation && !c.affiliation && !c.title)
		fields_refuse(f, "name", "or 'organisation', 'affiliation', 'title' is missing");
	return c;
}

struct contribution_list parts_read_contributions(struct fields *f)
{
	const json_t *list;
	size_t n = parts_list(f, "contributions", &list);
	struct contribution_list people = { arena_make(f->a, struct contribution, n + 1), n };

	for (size_t i = 0; i < n; i++) {
		struct fields of = parts_item(f, "contributions", i, list);

		people.contribution[i] = read_contribution(&of);
		f->failed |= of.failed;
	}
	return people;
}

static struct names read_names(struct fields *f, const char *key, bool slugs)
{
	const json_t *list = field_list(f, key);
	size_t n = json_array_size(list);
	struct names names = { NULL, 0 };

	if (n > MAX_PARTS) {
		fields_refuse(f, key, "has more than 1000 items");
		return names;
	}
	names.name = arena_make(f->a, const char *, n + 1);
	for (size_t i = 0; i < n; i++) {
		const char *text = field_item_text(f, key, i, json_array_get(list, i));

		if (text && slugs && !slug_is_valid(text))
			fields_refuse(f, arena_printf(f->a, "%s[%zu]", key, i),
				      "is not a slug (a-z, 0-9 and single hyphens)");
		else if (text)
			names.name[names.n_names++] = text;
	}
	return names;
}

struct names parts_read_slugs(struct fields *f, const char *key)
{
	return read_names(f, key, true);
}

struct names parts_read_labels(struct fields *f, const char *key)
{
	return read_names(f, key, false);
}

enum status parts_refer_one(struct fields *f, const char *owner, int64_t id, const char *field,
			    int position, const char *slug)
{
	struct pending p = { f->line, owner, id, field, position, slug };

	return slug ? pending_resolve_or_keep(f->import, &p) : OK;
}

enum status parts_refer(struct fields *f, const char *owner, int64_t id, const char *field,
			const struct names *names)
{
	enum status status = OK;

	for (size_t i = 0; i < names->n_names && status == OK; i++)
		status = parts_refer_one(f, owner, id, field, (int)i, names->name[i]);
	return status;
}

enum status parts_save_links(struct fields *f, enum owner owner, int64_t id,
			     const struct link_list *links)
{
	enum status status = link_set(f->import->db, owner, id, links->link, links->n_links);

	for (size_t i = 0; i < links->n_links && status == OK; i++)
		status = parts_refer_one(f, owner_name(owner), id, "link", (int)i,
					 links->link[i].resource);
	return status;
}

enum status parts_save_contributions(struct fields *f, enum owner owner, int64_t id,
				     const struct contribution_list *people)
{
	enum status status = contribution_set(f->import->db, owner, id, people->contribution,
					      people->n_contributions);

	for (size_t i = 0; i < people->n_contributions && status == OK; i++)
		status = parts_refer_one(f, owner_name(owner), id, "organisation", (int)i,
					 people->contribution[i].organisation);
	return status;
}
