/*
 * peer_fts5.c - SQLite's FTS5 over the corpus of a folder, in plain SQL.
 *
 *	peer_fts5 FOLDER DATABASE [RUNS [LIMIT]]
 *
 * DATABASE is made, and left to the caller. Prints the lines of measure.h.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "documents.h"
#include "measure.h"

enum { TOP = 10 };

static const char engine[] = "SQLite FTS5";

static const char tables[] =
	"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -524288;"
	"CREATE VIRTUAL TABLE text USING fts5 (title, summary, body, content='',"
	" tokenize='unicode61 remove_diacritics 2', prefix='2 3');"
	"CREATE TABLE bearing (document INTEGER, facet INTEGER, term INTEGER,"
	" PRIMARY KEY (document, facet, term)) WITHOUT ROWID;"
	"BEGIN";

/* In full: ten best, the exact count, three facets. The first column is what is counted. */
static const char top_sql[] = "SELECT rowid FROM text WHERE text MATCH ?1"
			      " ORDER BY bm25(text, 8, 3, 1) LIMIT ?2";
static const char count_sql[] = "SELECT count(*) FROM text WHERE text MATCH ?1";
static const char facet_sql[] =
	"SELECT b.term, count(*) FROM text JOIN bearing b"
	" ON b.document = text.rowid AND b.facet = ?2 WHERE text MATCH ?1 GROUP BY b.term";

struct peer {
	sqlite3 *db;
	sqlite3_stmt *add_text, *add_bearing;
	sqlite3_stmt *top, *count, *facet;
	int64_t n_documents;
};

static void must(struct peer *p, int code)
{
	if (code != SQLITE_OK && code != SQLITE_DONE)
		die("SQLite: %s", sqlite3_errmsg(p->db));
}

static sqlite3_stmt *prepare(struct peer *p, const char *sql)
{
	sqlite3_stmt *stmt;

	must(p, sqlite3_prepare_v2(p->db, sql, -1, &stmt, NULL));
	return stmt;
}

/* ---- building ---------------------------------------------------------------------------- */

static void add(void *context, const struct peer_document *d)
{
	struct peer *p = context;

	sqlite3_bind_int64(p->add_text, 1, d->id);
	sqlite3_bind_text(p->add_text, 2, d->title, -1, SQLITE_STATIC);
	sqlite3_bind_text(p->add_text, 3, d->summary, -1, SQLITE_STATIC);
	sqlite3_bind_text(p->add_text, 4, d->body, -1, SQLITE_STATIC);
	must(p, sqlite3_step(p->add_text));
	sqlite3_reset(p->add_text);
	for (size_t i = 0; i < d->n_bearings; i++) {
		sqlite3_bind_int64(p->add_bearing, 1, d->id);
		sqlite3_bind_int(p->add_bearing, 2, d->bearing[i].facet);
		sqlite3_bind_int64(p->add_bearing, 3, d->bearing[i].term);
		must(p, sqlite3_step(p->add_bearing));
		sqlite3_reset(p->add_bearing);
	}
	p->n_documents++;
}

static void build(struct peer *p, const char *folder, const char *path)
{
	double start = seconds_now();

	remove(path);
	must(p, sqlite3_open(path, &p->db));
	must(p, sqlite3_exec(p->db, tables, NULL, NULL, NULL));
	p->add_text = prepare(p, "INSERT INTO text (rowid, title, summary, body)"
				 " VALUES (?1, ?2, ?3, ?4)");
	p->add_bearing = prepare(p, "INSERT INTO bearing VALUES (?1, ?2, ?3)");
	documents_each(folder, add, p);
	must(p, sqlite3_finalize(p->add_text));
	must(p, sqlite3_finalize(p->add_bearing));
	must(p, sqlite3_exec(p->db, "INSERT INTO text (text) VALUES ('optimize'); COMMIT; ANALYZE",
			     NULL, NULL, NULL));
	note(engine,
	     "%s, index of %lld documents: %.2f s, %.1f MB on disk (merged into one segment)",
	     sqlite3_libversion(), (long long)p->n_documents, seconds_now() - start,
	     (double)size_on_disk(path) / 1e6);
}

/* ---- asking -------------------------------------------------------------------------------- */

/* Every word between quotes, so that none is read as an operator: word, "a phrase", begin*. */
static void query_of(const char *text, char *match, size_t size)
{
	size_t n = 0;

	if (*text == '"') {
		snprintf(match, size, "%s", text);
		return;
	}
	while (*text) {
		size_t length = strcspn(text, " "), bare = strcspn(text, " *");

		n += (size_t)snprintf(match + n, size - n, "%s\"%.*s\"%s", n ? " " : "", (int)bare,
				      text, length > bare ? "*" : "");
		text += length + strspn(text + length, " ");
	}
}

/* All the rows of a statement; returns the first column of the last. */
static int64_t run(struct peer *p, sqlite3_stmt *stmt, const char *match, int second)
{
	int64_t value = 0;
	int code;

	sqlite3_bind_text(stmt, 1, match, -1, SQLITE_STATIC);
	if (second >= 0)
		sqlite3_bind_int(stmt, 2, second);
	while ((code = sqlite3_step(stmt)) == SQLITE_ROW)
		value = sqlite3_column_int64(stmt, 0);
	must(p, code);
	sqlite3_reset(stmt);
	return value;
}

static int64_t ask(void *context, const char *text)
{
	struct peer *p = context;
	char match[1024];
	int64_t total;

	query_of(text, match, sizeof(match));
	run(p, p->top, match, TOP);
	total = run(p, p->count, match, -1);
	for (int facet = 0; facet < N_PEER_FACETS; facet++)
		run(p, p->facet, match, facet);
	return total;
}

int main(int argc, char *argv[])
{
	struct peer p = { 0 };
	struct asked_list list;
	char path[4096];

	if (argc < 3)
		die("usage: peer_fts5 FOLDER DATABASE [RUNS [LIMIT]]");
	snprintf(path, sizeof(path), "%s/queries.tsv", argv[1]);
	list = asked_read(path);
	build(&p, argv[1], argv[2]);
	p.top = prepare(&p, top_sql);
	p.count = prepare(&p, count_sql);
	p.facet = prepare(&p, facet_sql);
	measure_all(engine, &list, argc > 3 ? atoi(argv[3]) : 3, argc > 4 ? atof(argv[4]) : 60, ask,
		    &p);
	sqlite3_finalize(p.top);
	sqlite3_finalize(p.count);
	sqlite3_finalize(p.facet);
	sqlite3_close(p.db);
	asked_release(&list);
	return 0;
}
