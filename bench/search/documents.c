#include "documents.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/html.h"
#include "base/log.h"
#include "base/richtext.h"
#include "db/db.h"

enum { MAX_BEARINGS = 64 };

/* Both walks go by number of resource. */
struct walk {
	struct query *bearings;
	bool has_bearing;
	struct peer_bearing bearing[MAX_BEARINGS];
};

static void must(enum status status)
{
	if (status != OK)
		exit(3);
}

static int facet_of(struct query *q, int column)
{
	return row_text_is(q, column, "category") ? PEER_CATEGORY : PEER_KEYWORD;
}

static size_t read_bearings(struct walk *w, int64_t id, int64_t kind)
{
	size_t n = 0;

	w->bearing[n++] = (struct peer_bearing){ PEER_KIND, kind };
	while (w->has_bearing && row_int(w->bearings, 0) <= id) {
		if (row_int(w->bearings, 0) == id && n < MAX_BEARINGS)
			w->bearing[n++] = (struct peer_bearing){ facet_of(w->bearings, 2),
								 row_int(w->bearings, 1) };
		w->has_bearing = query_row(w->bearings);
	}
	return n;
}

static const char *words_of(struct query *q, int column, struct arena *a)
{
	const char *markup = row_text(q, column, a);

	return markup ? richtext_to_text(a, html_trusted(markup)) : "";
}

static void walk_all(struct db *db, peer_document_fn *each, void *context)
{
	struct query *q = db_query(db, "SELECT id, title, summary, body, kind_id FROM resource"
				       " ORDER BY id");
	struct arena *a = arena_new();
	struct walk w = { .bearings = db_query(
				  db, "SELECT b.resource_id, t.id, t.vocabulary"
				      " FROM resource_term b JOIN term t ON t.id = b.term_id"
				      " WHERE t.vocabulary IN ('category', 'keyword')"
				      " ORDER BY b.resource_id, t.id") };

	w.has_bearing = query_row(w.bearings);
	while (query_row(q)) {
		struct peer_document d = {
			.id = row_int(q, 0),
			.title = row_text(q, 1, a),
			.summary = words_of(q, 2, a),
			.body = words_of(q, 3, a),
			.bearing = w.bearing,
		};

		d.n_bearings = read_bearings(&w, d.id, row_int(q, 4));
		each(context, &d);
		arena_reset(a);
	}
	must(query_end(w.bearings));
	must(query_end(q));
	arena_free(a);
}

void documents_each(const char *folder, peer_document_fn *each, void *context)
{
	struct arena *a = arena_new();
	struct db *db;

	must(db_open(arena_printf(a, "%s/halle.db", folder), &db));
	walk_all(db, each, context);
	db_close(db);
	arena_free(a);
}
