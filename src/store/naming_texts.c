/* naming_texts.c - a name in the texts that people wrote, which nothing here changes. */
#include "store/naming.h"

#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "base/out.h"
#include "base/richtext.h"
#include "base/text.h"
#include "db/db.h"

/* Latin, its accents, its punctuation: what is below is folded once, the rest as it comes. */
enum { FOLDED = 0x2050 };

struct looking {
	struct db *db;
	struct arena *a, *row; /* of the result, of one row */
	const char **folded;   /* FOLDED of them, NULL where it was not needed yet */
	struct out key, words; /* the name, and the text that is looked at, both folded */
	struct naming_text_list *list;
	size_t capacity;
};

/* ---- words that are compared --------------------------------------------------------------- */

/* Between the words of a name: "Jean-Pierre", "Jean Pierre", whatever the hyphen. */
static bool parts_words(unsigned c)
{
	return c == '-' || (c >= 0x2010 && c <= 0x2015) || utf8_is_blank(c);
}

static const char *fold_one(struct looking *k, unsigned c, const char *at, size_t size)
{
	if (c >= FOLDED)
		return text_fold(k->row, arena_strndup(k->row, at, size));
	if (!k->folded[c])
		k->folded[c] = text_fold(k->a, arena_strndup(k->a, at, size));
	return k->folded[c];
}

/* As text_fold(), a character at a time, for it is done to every text there is. */
static void put_folded(struct looking *k, struct out *o, const char *text)
{
	for (size_t size; *text; text += size) {
		unsigned c = utf8_decode(text, &size);

		if (!parts_words(c))
			out_raw(o, fold_one(k, c, text, size));
		else if (!o->length || o->data[o->length - 1] != ' ')
			out_char(o, ' ');
	}
	out_char(o, ' ');
}

static bool is_of_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c > 0x7f;
}

/* "Anne" is not in "Annecy", nor "Ana" in "banana". */
static bool holds_key(const struct looking *k)
{
	const char *text = out_string(&k->words), *key = out_string(&k->key);

	for (const char *at = text; (at = strstr(at, key)); at++)
		if ((at == text || !is_of_word(at[-1])) && !is_of_word(at[k->key.length]))
			return true;
	return false;
}

static bool holds(struct looking *k, const char *plain, const char *markup)
{
	if (!plain && !markup)
		return false;
	k->words.length = 0;
	if (plain)
		put_folded(k, &k->words, plain);
	if (markup)
		put_folded(k, &k->words, richtext_to_text(k->row, html_trusted(markup)));
	return holds_key(k);
}

/* ---- where they are looked for ------------------------------------------------------------- */

/* Slug, title, what is plain, what is markup; one line for each place. */
static const struct {
	enum naming_place place;
	const char *select;
} present[] = {
	{ IN_RESOURCE, "SELECT slug, title, title || ' ' || coalesce(access_note, '') || ' '"
		       " || coalesce(notice, ''), coalesce(summary, '') || '<br>'"
		       " || coalesce(body, '') FROM resource ORDER BY id" },
	{ IN_RESOURCE, "SELECT r.slug, r.title, l.label, NULL FROM link l JOIN resource r"
		       " ON r.id = l.owner_id WHERE l.owner = 'resource' ORDER BY r.id" },
	{ IN_COLLECTION, "SELECT slug, title, title, description FROM collection ORDER BY id" },
	{ IN_CYCLE, "SELECT slug, title, title, description FROM cycle ORDER BY id" },
	{ IN_CYCLE, "SELECT c.slug, c.title, l.label, NULL FROM link l JOIN cycle c"
		    " ON c.id = l.owner_id WHERE l.owner = 'cycle' ORDER BY c.id" },
	{ IN_SESSION, "SELECT slug, title, title || ' ' || coalesce(audience, '') || ' '"
		      " || coalesce(place, '') || ' ' || coalesce(attended_text, ''),"
		      " coalesce(objectives, '') || '<br>' || coalesce(contents, '') || '<br>'"
		      " || coalesce(description, '') FROM session ORDER BY id" },
	{ IN_SESSION, "SELECT s.slug, s.title, l.label, NULL FROM link l JOIN session s"
		      " ON s.id = l.owner_id WHERE l.owner = 'session' ORDER BY s.id" },
};

/* The one that is there already, or one more. */
static struct naming_text *text_of(struct looking *k, enum naming_place place, const char *slug,
				   const char *title, bool is_earlier)
{
	struct naming_text *text;

	for (size_t i = 0; i < k->list->n_texts; i++) {
		text = &k->list->text[i];
		if (text->place == place && !strcmp(text->slug, slug) &&
		    (text->n_earlier > 0) == is_earlier)
			return text;
	}
	text = arena_push(k->a, k->list->text, k->list->n_texts, k->capacity);
	*text = (struct naming_text){ place, arena_strdup(k->a, slug), arena_strdup(k->a, title) };
	return text;
}

static bool is_full(const struct looking *k)
{
	return k->list->n_texts >= NAMING_TEXTS_MAX;
}

static enum status look_at_present(struct looking *k, enum naming_place place, const char *select)
{
	struct query *q = db_query(k->db, select);

	for (; !is_full(k) && query_row(q); arena_reset(k->row))
		if (holds(k, row_text(q, 2, k->row), row_text(q, 3, k->row)))
			(void)text_of(k, place, row_text(q, 0, k->row), row_text(q, 1, k->row),
				      false);
	return query_end(q);
}

/* Its contributions aside: there the name is changed with the others. */
static bool state_holds(struct looking *k, const char *data)
{
	static const char *const plain[] = { "title", "access_note", "notice" };
	static const char *const markup[] = { "summary", "body" };
	json_t *state = json_loads(data, 0, NULL);
	bool found = false;

	for (size_t i = 0; i < sizeof(plain) / sizeof(*plain) && !found; i++)
		found = holds(k, json_string_value(json_object_get(state, plain[i])), NULL);
	for (size_t i = 0; i < sizeof(markup) / sizeof(*markup) && !found; i++)
		found = holds(k, NULL, json_string_value(json_object_get(state, markup[i])));
	json_decref(state);
	return found;
}

static enum status look_at_earlier(struct looking *k)
{
	struct query *q = db_query(k->db, "SELECT r.slug, r.title, v.data FROM resource_version v"
					  " JOIN resource r ON r.id = v.resource_id"
					  " ORDER BY r.id");

	for (; !is_full(k) && query_row(q); arena_reset(k->row))
		if (state_holds(k, row_text(q, 2, k->row)))
			text_of(k, IN_RESOURCE, row_text(q, 0, k->row), row_text(q, 1, k->row),
				true)
				->n_earlier++;
	return query_end(q);
}

static enum status look(struct looking *k)
{
	enum status status = OK;

	for (size_t i = 0; i < sizeof(present) / sizeof(*present) && status == OK; i++)
		status = look_at_present(k, present[i].place, present[i].select);
	return status == OK ? look_at_earlier(k) : status;
}

enum status naming_in_texts(struct db *db, struct arena *a, const char *name,
			    struct naming_text_list *list)
{
	struct looking k = {
		.db = db,
		.a = a,
		.row = arena_new(),
		.folded = arena_make(a, const char *, FOLDED),
		.list = list,
	};
	enum status status = OK;

	*list = (struct naming_text_list){ 0 };
	out_init(&k.key);
	out_init(&k.words);
	put_folded(&k, &k.key, text_squeeze(a, name));
	while (k.key.length && k.key.data[k.key.length - 1] == ' ')
		k.key.data[--k.key.length] = '\0';
	if (k.key.length)
		status = look(&k);
	list->is_cut = is_full(&k);
	out_release(&k.key);
	out_release(&k.words);
	arena_free(k.row);
	return status;
}
