/* naming_texts.c - a name in the texts that people wrote, which nothing here changes. */
#include "store/naming.h"

#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "base/out.h"
#include "base/richtext.h"
#include "base/text.h"
#include "db/db.h"

struct looking {
	struct db *db;
	struct arena *a, *row; /* of the result, of one row */
	const char *like, *key;
	struct naming_text_list *list;
	size_t capacity;
};

/* A letter that may carry an accent, whether it does here or not. */
static bool may_differ(unsigned c)
{
	return strchr("aceinouyACEINOUY'%_\\", (int)c) != NULL;
}

/* "œ" and "æ", or how they are written apart. */
static bool is_ligature(const char *at)
{
	return !strncasecmp(at, "oe", 2) || !strncasecmp(at, "ae", 2);
}

/*
 * For LIKE, which knows neither accents nor markup: all that may be written otherwise is left open,
 * and what is found is looked at again.
 */
static const char *like_anywhere(struct arena *a, const char *name)
{
	struct out o;
	const char *like;

	out_init(&o);
	out_char(&o, '%');
	for (size_t size; *name; name += size) {
		unsigned c = utf8_decode(name, &size);

		if (is_ligature(name))
			size = 2;
		if (is_ligature(name) || utf8_is_blank(c) || c == '&' || c > 0x7f)
			out_char(&o, '%');
		else if (may_differ(c))
			out_char(&o, '_');
		else
			out_bytes(&o, name, size);
	}
	out_char(&o, '%');
	like = arena_strdup(a, out_string(&o));
	out_release(&o);
	return like;
}

static bool holds(const struct looking *k, const char *markup)
{
	const char *words = markup ? richtext_to_text(k->row, html_trusted(markup)) : "";

	return strstr(text_fold(k->row, text_squeeze(k->row, words)), k->key) != NULL;
}

static struct naming_text *add(struct looking *k, enum owner owner, const char *slug,
			       const char *title)
{
	struct naming_text *text = arena_push(k->a, k->list->text, k->list->n_texts, k->capacity);

	*text = (struct naming_text){ owner, arena_strdup(k->a, slug), arena_strdup(k->a, title) };
	return text;
}

static enum status look_at_present(struct looking *k, enum owner owner, const char *select)
{
	struct query *q = db_query(k->db, select);

	query_text(q, 1, k->like);
	for (; query_row(q); arena_reset(k->row))
		if (holds(k, row_text(q, 2, k->row)))
			add(k, owner, row_text(q, 0, k->row), row_text(q, 1, k->row));
	return query_end(q);
}

/* Its contributions aside: there the name is changed with the others. */
static bool state_holds(const struct looking *k, const char *data)
{
	static const char *const field[] = { "title", "summary", "body", "access_note" };
	json_t *state = json_loads(data, 0, NULL);
	bool found = false;

	for (size_t i = 0; i < sizeof(field) / sizeof(*field) && !found; i++)
		found = holds(k, json_string_value(json_object_get(state, field[i])));
	json_decref(state);
	return found;
}

static enum status look_at_earlier(struct looking *k)
{
	struct query *q = db_query(k->db, "SELECT r.slug, r.title, v.data FROM resource_version v"
					  " JOIN resource r ON r.id = v.resource_id"
					  " WHERE v.data LIKE $1 ORDER BY r.id");
	struct naming_text *last = NULL;

	query_text(q, 1, k->like);
	for (; query_row(q); arena_reset(k->row)) {
		if (!state_holds(k, row_text(q, 2, k->row)))
			continue;
		if (!last || !row_text_is(q, 0, last->slug))
			last = add(k, OF_RESOURCE, row_text(q, 0, k->row), row_text(q, 1, k->row));
		last->n_earlier++;
	}
	return query_end(q);
}

static enum status look(struct looking *k)
{
	enum status status = look_at_present(
		k, OF_RESOURCE,
		"SELECT slug, title, t FROM (SELECT slug, title, title || '<br>'"
		" || coalesce(summary, '') || '<br>' || coalesce(body, '') || '<br>'"
		" || coalesce(access_note, '') AS t FROM resource) WHERE t LIKE $1");

	if (status == OK)
		status = look_at_present(k, OF_CYCLE,
					 "SELECT slug, title, t FROM (SELECT slug, title, title"
					 " || '<br>' || coalesce(description, '') AS t FROM cycle)"
					 " WHERE t LIKE $1");
	if (status == OK)
		status = look_at_present(
			k, OF_SESSION,
			"SELECT slug, title, t FROM (SELECT slug, title, title || '<br>'"
			" || coalesce(objectives, '') || '<br>' || coalesce(contents, '') || '<br>'"
			" || coalesce(description, '') AS t FROM session) WHERE t LIKE $1");
	return status == OK ? look_at_earlier(k) : status;
}

enum status naming_in_texts(struct db *db, struct arena *a, const char *name,
			    struct naming_text_list *list)
{
	const char *words = text_squeeze(a, name);
	struct looking k = {
		.db = db,
		.a = a,
		.row = arena_new(),
		.like = like_anywhere(a, words),
		.key = text_fold(a, words),
		.list = list,
	};
	enum status status;

	*list = (struct naming_text_list){ 0 };
	status = *k.key ? look(&k) : OK;
	arena_free(k.row);
	return status;
}
