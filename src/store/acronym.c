#include "store/acronym.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/out.h"
#include "base/text.h"
#include "db/db.h"
#include "store/change.h"

const char *acronym_status_name(enum acronym_status status)
{
	return status == ACRONYM_CONFIRMED ? "confirmed" : "refused";
}

/* ---- comparing ------------------------------------------------------------- */

static bool is_article(const char *word, size_t size)
{
	static const char *const articles[] = { "l", "le", "la", "les", "un", "une", "des" };

	for (size_t i = 0; i < sizeof(articles) / sizeof(*articles); i++)
		if (strlen(articles[i]) == size && !memcmp(articles[i], word, size))
			return true;
	return false;
}

static bool is_in_word(unsigned c)
{
	return utf8_is_letter(c) || (c >= '0' && c <= '9');
}

static size_t word_size(const char *at)
{
	size_t n = 0, size;

	while (is_in_word(utf8_decode(at + n, &size)))
		n += size;
	return n;
}

/* "territoriaux" and "territorial", but "réseaux" and "réseau". */
static void add_singular(struct out *o, const char *word, size_t size)
{
	if (size > 4 && !memcmp(word + size - 3, "aux", 3) && word[size - 4] != 'e') {
		out_bytes(o, word, size - 2);
		out_char(o, 'l');
	} else {
		out_bytes(o, word, size - (size > 3 && strchr("sx", word[size - 1]) != NULL));
	}
}

const char *acronym_key(struct arena *a, const char *words)
{
	const char *at = text_fold(a, words), *key;
	struct out o;
	size_t size;

	out_init(&o);
	while (*at) {
		size_t n = word_size(at);

		if (!n) {
			utf8_decode(at, &size);
			at += size;
			continue;
		}
		if (o.length || !is_article(at, n)) {
			out_raw(&o, o.length ? " " : "");
			add_singular(&o, at, n);
		}
		at += n;
	}
	key = arena_strdup(a, out_string(&o));
	out_release(&o);
	return key;
}

/* ---- reading --------------------------------------------------------------- */

#define SELECT_ACRONYM "SELECT id, letters, words, folded, status FROM acronym"

static struct acronym acronym_row(struct query *q, struct arena *a)
{
	return (struct acronym){
		.id = row_int(q, 0),
		.letters = row_text(q, 1, a),
		.words = row_text(q, 2, a),
		.key = row_text(q, 3, a),
		.status = row_text_is(q, 4, "confirmed") ? ACRONYM_CONFIRMED : ACRONYM_REFUSED,
	};
}

static enum status read_list(struct query *q, struct arena *a, struct acronym_list *list)
{
	size_t capacity = 0;

	*list = (struct acronym_list){ 0 };
	while (query_row(q))
		*arena_push(a, list->acronym, list->n_acronyms, capacity) = acronym_row(q, a);
	return query_end(q);
}

enum status acronym_all(struct db *db, struct arena *a, struct acronym_list *list)
{
	return read_list(db_query(db, SELECT_ACRONYM " ORDER BY letters, folded"), a, list);
}

enum status acronym_confirmed(struct db *db, struct arena *a, struct acronym_list *list)
{
	return read_list(db_query(db, SELECT_ACRONYM " WHERE status = 'confirmed'"
						     " ORDER BY letters, folded"),
			 a, list);
}

/* ---- deciding -------------------------------------------------------------- */

static bool is_acronym(const char *letters)
{
	size_t n = strlen(letters);

	return n >= 2 && strspn(letters, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == n;
}

/* A statement that returns the pair's identifier, and its trace. */
static enum status write_pair(struct db *db, struct query *q)
{
	int64_t id = 0;
	enum status status = query_one_int(q, &id);

	return status == OK ? change_note(db, "acronym", id) : status;
}

enum status acronym_decide(struct db *db, const char *letters, const char *words,
			   enum acronym_status status)
{
	struct arena *a = arena_new();
	const char *key = acronym_key(a, words);
	enum status result = *key && is_acronym(letters) ? db_begin(db) : INVALID;

	if (result == OK) {
		struct query *q =
			db_query(db, "INSERT INTO acronym (letters, words, folded, status)"
				     " VALUES ($1, $2, $3, $4)"
				     " ON CONFLICT (letters, folded)"
				     " DO UPDATE SET words = $2, status = $4"
				     " RETURNING id");

		query_text(q, 1, letters);
		query_text(q, 2, text_squeeze(a, words));
		query_text(q, 3, key);
		query_text(q, 4, acronym_status_name(status));
		result = db_end(db, write_pair(db, q));
	}
	arena_free(a);
	return result;
}

enum status acronym_forget(struct db *db, const char *letters, const char *words)
{
	struct arena *a = arena_new();
	enum status status = db_begin(db);

	if (status == OK) {
		struct query *q = db_query(db, "DELETE FROM acronym"
					       " WHERE letters = $1 AND folded = $2 RETURNING id");

		query_text(q, 1, letters);
		query_text(q, 2, acronym_key(a, words));
		status = db_end(db, write_pair(db, q));
	}
	arena_free(a);
	return status;
}
