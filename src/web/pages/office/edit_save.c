#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "db/db.h"
#include "store/collection.h"
#include "store/opening.h"
#include "store/redirect.h"
#include "store/row.h"
#include "store/slug.h"
#include "store/term.h"
#include "web/account.h"
#include "web/pages/office/edit.h"

static const char *value(const struct edit *e, enum edit_field i)
{
	return e->typed.value[i];
}

static bool is_changed(const struct edit *e, enum edit_field i)
{
	return values_differ(&e->typed, &e->kept, i);
}

/* ---- the resource itself ------------------------------------------------------------------- */

static enum status obtain_term(struct edit *e, const char *vocabulary, const char *label,
			       int64_t *id)
{
	bool created;

	*id = 0;
	if (!label)
		return OK;
	return term_obtain(e->req->db, e->req->arena, vocabulary, label, id, &created);
}

/* What an earlier state names and is no more is left out. */
static enum status set_places(struct edit *e, struct resource *r)
{
	struct collection c = { 0 };
	enum status status = obtain_term(e, "kind", value(e, EDIT_KIND), &r->kind_id);

	if (status == OK)
		status = obtain_term(e, "form", value(e, EDIT_FORM), &r->form_id);
	if (status == OK && value(e, EDIT_COLLECTION))
		status = collection_by_slug(e->req->db, e->req->arena, value(e, EDIT_COLLECTION),
					    &c);
	if (status == NOT_FOUND)
		status = OK;
	r->collection_id = c.id;
	r->replaces_id = 0;
	if (status == OK && value(e, EDIT_REPLACES))
		status = resource_id_of(e->req->db, value(e, EDIT_REPLACES), &r->replaces_id);
	return status == NOT_FOUND ? OK : status;
}

/* Markup was cleaned when it was read, or is what is kept. */
static void set_columns(struct edit *e, struct resource *r)
{
	r->slug = value(e, EDIT_SLUG);
	r->title = value(e, EDIT_TITLE);
	r->summary = html_trusted(value(e, EDIT_SUMMARY));
	r->body = html_trusted(value(e, EDIT_BODY));
	(void)visibility_parse(value(e, EDIT_VISIBILITY), &r->visibility);
	(void)publication_parse(value(e, EDIT_STATUS), &r->status);
	(void)precision_parse(value(e, EDIT_PRECISION), &r->date_precision);
	r->listed = !strcmp(value(e, EDIT_LISTED), "oui");
	r->published_on = value(e, EDIT_DATE);
	r->number = value(e, EDIT_NUMBER) ? atoll(value(e, EDIT_NUMBER)) : NO_NUMBER;
	r->edition = value(e, EDIT_EDITION);
	r->language = value(e, EDIT_LANGUAGE);
	r->extent = value(e, EDIT_EXTENT);
	r->access_note = value(e, EDIT_ACCESS_NOTE);
	r->notice = value(e, EDIT_NOTICE);
	r->modified_at = e->req->now;
}

/* Of the title, with a number when another has it. */
static enum status make_slug(struct edit *e)
{
	struct arena *a = e->req->arena;
	const char *base = slug_for(a, value(e, EDIT_TITLE), "ressource"), *slug = base;
	int64_t id;
	enum status status = OK;

	if (value(e, EDIT_SLUG))
		return OK;
	if (!strcmp(base, "nouvelle"))
		slug = slug_numbered(a, base, 2);
	for (int i = 2; status == OK; i++) {
		status = resource_id_of(e->req->db, slug, &id);
		if (status == OK)
			slug = slug_numbered(a, base, i);
	}
	e->typed.value[EDIT_SLUG] = slug;
	return status == NOT_FOUND ? OK : status;
}

/* ---- what it bears ------------------------------------------------------------------------------
 */

/* The next of "a, b"; NULL at the end. */
static const char *next_of(struct arena *a, const char **list)
{
	size_t n = *list ? strcspn(*list, ",") : 0;
	const char *one = n ? arena_strndup(a, *list, n) : NULL;

	if (n) {
		*list += n;
		*list += strspn(*list, ", ");
	}
	return one;
}

static enum status find_term(struct edit *e, const char *vocabulary, bool by_slug, const char *name,
			     int64_t *id)
{
	struct term t = { 0 };
	enum status status;

	if (!by_slug)
		return obtain_term(e, vocabulary, name, id);
	status = term_by_slug(e->req->db, e->req->arena, vocabulary, name, &t);
	*id = t.id;
	return status;
}

static enum status set_terms(struct edit *e, enum edit_field i, const char *vocabulary,
			     bool by_slug)
{
	const char *list = value(e, i), *one;
	int64_t *id = NULL;
	size_t n = 0, capacity = 0;
	enum status status = OK;

	if (!is_changed(e, i))
		return OK;
	while (status == OK && (one = next_of(e->req->arena, &list))) {
		int64_t term;

		status = find_term(e, vocabulary, by_slug, one, &term);
		if (status == OK)
			*arena_push(e->req->arena, id, n, capacity) = term;
		if (status == NOT_FOUND)
			status = OK;
	}
	return status == OK ? term_set_of_resource(e->req->db, e->r.id, vocabulary, id, n) : status;
}

static enum status set_keys(struct edit *e)
{
	const char *list = value(e, EDIT_KEYS), *one;
	const char **key = NULL;
	size_t n = 0, capacity = 0;

	if (!is_changed(e, EDIT_KEYS))
		return OK;
	while ((one = next_of(e->req->arena, &list)))
		*arena_push(e->req->arena, key, n, capacity) = one;
	return opening_set(e->req->db, OF_RESOURCE, e->r.id, key, n);
}

static struct link link_of_row(struct edit *e, struct link_row *row)
{
	struct target_typed target = { 0 };
	struct link l = { .role = form_chosen(&row->form, row->role),
			  .label = row->label->value,
			  .visibility = AS_OWNER };
	const char *visibility = form_chosen(&row->form, row->visibility);

	if (*row->target->value)
		(void)read_target(e->req, row->target->value, &target);
	l.url = target.url;
	l.resource_id = target.resource_id;
	l.file = target.file;
	if (visibility && *visibility)
		(void)visibility_parse(visibility, &l.visibility);
	return l;
}

static enum status set_links(struct edit *e)
{
	struct link *link = arena_make(e->req->arena, struct link, e->fields.n_rows);
	size_t n = 0;

	if (!is_changed(e, EDIT_N_LINKS))
		return OK;
	for (size_t i = 0; i < e->fields.n_rows; i++) {
		struct link_row *row = &e->fields.row[i];

		if (*row->label->value || *row->target->value)
			link[n++] = link_of_row(e, row);
	}
	return link_set(e->req->db, OF_RESOURCE, e->r.id, link, n);
}

/* ---- the trace
 * -------------------------------------------------------------------------------------- */

static const char *changed_fields(struct edit *e)
{
	const char *list = "";

	for (enum edit_field i = 0; i < N_EDIT_FIELDS; i++)
		if (field_is_compared(i) && is_changed(e, i))
			list = arena_printf(e->req->arena, "%s%s%s", list, *list ? ", " : "",
					    field_label(i));
	return list;
}

static const char *openness(struct edit *e, const struct state *s)
{
	return arena_printf(e->req->arena, "%s%s%s%s", s->value[EDIT_VISIBILITY],
			    s->value[EDIT_KEYS] ? " : " : "",
			    s->value[EDIT_KEYS] ? s->value[EDIT_KEYS] : "",
			    !strcmp(s->value[EDIT_LISTED], "oui") ? "" : ", existence tue");
}

static enum status leave_trace(struct edit *e, bool is_new, const char *changed)
{
	struct arena *a = e->req->arena;
	const char *subject = arena_printf(a, "resource %s", value(e, EDIT_SLUG));
	enum status status =
		audit_here(e->req, "resource-changed", subject, is_new ? "nouvelle" : changed);

	if (status != OK || (!is_new && !is_changed(e, EDIT_VISIBILITY) &&
			     !is_changed(e, EDIT_KEYS) && !is_changed(e, EDIT_LISTED)))
		return status;
	return audit_here(e->req, "resource-opened", subject,
			  is_new ? openness(e, &e->typed)
				 : arena_printf(a, "%s → %s", openness(e, &e->kept),
						openness(e, &e->typed)));
}

static enum status move_address(struct edit *e)
{
	struct arena *a = e->req->arena;

	if (!e->kept.value[EDIT_SLUG] || !is_changed(e, EDIT_SLUG))
		return OK;
	return redirect_move(e->req->db,
			     arena_printf(a, "/ressources/%s", e->kept.value[EDIT_SLUG]),
			     arena_printf(a, "/ressources/%s", value(e, EDIT_SLUG)));
}

static enum status write_all(struct edit *e, bool is_new, const char *changed)
{
	enum status status = is_new ? OK : keep_version(e->req, &e->r);
	struct resource r = e->r;

	if (status == OK)
		status = set_places(e, &r);
	set_columns(e, &r);
	if (status == OK)
		status = resource_save(e->req->db, &r);
	e->r.id = r.id;
	if (status == OK)
		status = set_terms(e, EDIT_CATEGORIES, "category", true);
	if (status == OK)
		status = set_terms(e, EDIT_KEYWORDS, "keyword", false);
	if (status == OK)
		status = set_terms(e, EDIT_TERRITORIES, "territory", true);
	if (status == OK)
		status = set_terms(e, EDIT_AUDIENCES, "audience", true);
	if (status == OK)
		status = set_keys(e);
	if (status == OK)
		status = set_links(e);
	if (status == OK)
		status = move_address(e);
	return status == OK ? leave_trace(e, is_new, changed) : status;
}

enum status edit_write(struct edit *e, const char **slug)
{
	bool is_new = !e->r.id;
	enum status status = make_slug(e);
	const char *changed = changed_fields(e);

	if (status == OK && (is_new || *changed))
		status = write_all(e, is_new, changed);
	*slug = value(e, EDIT_SLUG);
	return status;
}
