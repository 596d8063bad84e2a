/*
 * peer_pg.c - PostgreSQL's full text search over the corpus of a folder: French stems without
 * accents, weights, GIN.
 *
 *	peer_pg FOLDER CONNECTION [RUNS [LIMIT]]
 *
 * CONNECTION is an empty database where extensions may be made. Prints the lines of measure.h.
 */
#include <libpq-fe.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/out.h"
#include "documents.h"
#include "measure.h"

static const char engine[] = "PostgreSQL";

static const char *const before[] = {
	"CREATE EXTENSION unaccent",
	"CREATE TEXT SEARCH CONFIGURATION fr (COPY = french)",
	"ALTER TEXT SEARCH CONFIGURATION fr ALTER MAPPING"
	" FOR asciiword, word, hword, hword_part, hword_asciipart, asciihword"
	" WITH unaccent, french_stem",
	"CREATE UNLOGGED TABLE document (id integer PRIMARY KEY, title text, summary text,"
	" body text)",
	"CREATE UNLOGGED TABLE bearing (document integer, facet integer, term integer)",
	NULL,
};

static const char *const after[] = {
	"CREATE UNLOGGED TABLE indexed AS SELECT id,"
	" setweight(to_tsvector('fr', title), 'A') || setweight(to_tsvector('fr', summary), 'B')"
	" || setweight(to_tsvector('fr', body), 'D') AS words FROM document",
	"ALTER TABLE indexed ADD PRIMARY KEY (id)",
	"CREATE INDEX indexed_words ON indexed USING gin (words) WITH (fastupdate = off)",
	"ALTER TABLE bearing ADD PRIMARY KEY (facet, document, term)",
	"DROP TABLE document",
	"VACUUM ANALYZE",
	NULL,
};

/* What reads the query: every word, the words in their order, the beginning of a word. */
enum reading { ALL_WORDS, PHRASE, BEGINNING, N_READINGS };

static const char *const readings[N_READINGS] = {
	"plainto_tsquery('fr', $1)",
	"phraseto_tsquery('fr', $1)",
	"to_tsquery('fr', $1)",
};

struct peer {
	PGconn *connection;
	struct out rows; /* of bearings, until they are sent */
	int64_t n_documents;
};

static void must(struct peer *p, bool done)
{
	if (!done)
		die("PostgreSQL: %s", PQerrorMessage(p->connection));
}

static void run(struct peer *p, const char *sql)
{
	PGresult *r = PQexec(p->connection, sql);

	must(p, PQresultStatus(r) == PGRES_COMMAND_OK || PQresultStatus(r) == PGRES_TUPLES_OK);
	PQclear(r);
}

static void run_all(struct peer *p, const char *const *sql)
{
	for (; *sql; sql++)
		run(p, *sql);
}

/* ---- building ------------------------------------------------------------------------------- */

static void begin_copy(struct peer *p, const char *sql)
{
	PGresult *r = PQexec(p->connection, sql);

	must(p, PQresultStatus(r) == PGRES_COPY_IN);
	PQclear(r);
}

static void end_copy(struct peer *p)
{
	PGresult *r;

	must(p, PQputCopyEnd(p->connection, NULL) == 1);
	r = PQgetResult(p->connection);
	must(p, PQresultStatus(r) == PGRES_COMMAND_OK);
	PQclear(r);
	while ((r = PQgetResult(p->connection)))
		PQclear(r);
}

static void put_escaped(struct out *o, const char *text)
{
	for (; *text; text++) {
		if (*text == '\n')
			out_raw(o, "\\n");
		else if (*text == '\t')
			out_raw(o, "\\t");
		else if (*text == '\\')
			out_raw(o, "\\\\");
		else
			out_char(o, *text);
	}
}

static void add(void *context, const struct peer_document *d)
{
	struct peer *p = context;
	const char *const text[] = { d->title, d->summary, d->body };
	struct out line;

	out_init(&line);
	out_printf(&line, "%lld", (long long)d->id);
	for (int i = 0; i < 3; i++) {
		out_char(&line, '\t');
		put_escaped(&line, text[i]);
	}
	out_char(&line, '\n');
	must(p, PQputCopyData(p->connection, line.data, (int)line.length) == 1);
	out_release(&line);
	for (size_t i = 0; i < d->n_bearings; i++)
		out_printf(&p->rows, "%lld\t%d\t%lld\n", (long long)d->id, d->bearing[i].facet,
			   (long long)d->bearing[i].term);
	p->n_documents++;
}

static void send_bearings(struct peer *p)
{
	enum { PIECE = 1 << 20 };

	begin_copy(p, "COPY bearing FROM STDIN");
	for (size_t at = 0; at < p->rows.length; at += PIECE) {
		size_t left = p->rows.length - at;

		must(p, PQputCopyData(p->connection, p->rows.data + at,
				      (int)(left < PIECE ? left : PIECE)) == 1);
	}
	end_copy(p);
}

static void tell_size(struct peer *p, double seconds)
{
	PGresult *r = PQexec(p->connection, "SELECT pg_indexes_size('indexed') / 1e6,"
					    " pg_table_size('indexed') / 1e6");

	must(p, PQresultStatus(r) == PGRES_TUPLES_OK);
	note(engine, "%d, index of %lld documents: %.2f s, GIN %.0f MB, tsvectors %.0f MB",
	     PQserverVersion(p->connection), (long long)p->n_documents, seconds,
	     atof(PQgetvalue(r, 0, 0)), atof(PQgetvalue(r, 0, 1)));
	PQclear(r);
}

static void build(struct peer *p, const char *folder)
{
	double start = seconds_now();

	run_all(p, before);
	begin_copy(p, "COPY document FROM STDIN");
	documents_each(folder, add, p);
	end_copy(p);
	send_bearings(p);
	run_all(p, after);
	tell_size(p, seconds_now() - start);
}

/* ---- asking -----------------------------------------------------------------------------------
 */

static const char *const full[] = {
	"SELECT id, ts_rank(words, q) AS rank FROM indexed, %s q WHERE words @@ q"
	" ORDER BY rank DESC LIMIT 10",
	"SELECT count(*) FROM indexed, %s q WHERE words @@ q",
	"SELECT b.term, count(*) FROM indexed, %s q, bearing b WHERE words @@ q"
	" AND b.document = indexed.id AND b.facet = 0 GROUP BY b.term",
	"SELECT b.term, count(*) FROM indexed, %s q, bearing b WHERE words @@ q"
	" AND b.document = indexed.id AND b.facet = 1 GROUP BY b.term",
	"SELECT b.term, count(*) FROM indexed, %s q, bearing b WHERE words @@ q"
	" AND b.document = indexed.id AND b.facet = 2 GROUP BY b.term",
};

enum { N_STATEMENTS = sizeof(full) / sizeof(*full) };

static void prepare(struct peer *p)
{
	for (int reading = 0; reading < N_READINGS; reading++)
		for (int i = 0; i < N_STATEMENTS; i++) {
			char sql[512], name[16];
			PGresult *r;

			snprintf(sql, sizeof(sql), full[i], readings[reading]);
			snprintf(name, sizeof(name), "s%d%d", reading, i);
			r = PQprepare(p->connection, name, sql, 0, NULL);
			must(p, PQresultStatus(r) == PGRES_COMMAND_OK);
			PQclear(r);
		}
}

/* Strips what the reading says by itself: quotes, the star. */
static enum reading read_query(const char *text, char *words, size_t size)
{
	size_t length = strlen(text);

	if (*text == '"') {
		snprintf(words, size, "%.*s", (int)length - 2, text + 1);
		return PHRASE;
	}
	if (text[length - 1] == '*') {
		snprintf(words, size, "%.*s:*", (int)length - 1, text);
		return BEGINNING;
	}
	snprintf(words, size, "%s", text);
	return ALL_WORDS;
}

static int64_t ask(void *context, const char *text)
{
	struct peer *p = context;
	char words[1024];
	const char *value = words;
	enum reading reading = read_query(text, words, sizeof(words));
	int64_t total = 0;

	for (int i = 0; i < N_STATEMENTS; i++) {
		char name[16];
		PGresult *r;

		snprintf(name, sizeof(name), "s%d%d", reading, i);
		r = PQexecPrepared(p->connection, name, 1, &value, NULL, NULL, 0);
		must(p, PQresultStatus(r) == PGRES_TUPLES_OK);
		if (i == 1)
			total = atoll(PQgetvalue(r, 0, 0));
		PQclear(r);
	}
	return total;
}

static void be_quiet(void *context, const char *message)
{
	(void)context, (void)message;
}

int main(int argc, char *argv[])
{
	struct peer p = { 0 };
	struct asked_list list;
	char path[4096];

	if (argc < 3)
		die("usage: peer_pg FOLDER CONNECTION [RUNS [LIMIT]]");
	snprintf(path, sizeof(path), "%s/queries.tsv", argv[1]);
	list = asked_read(path);
	out_init(&p.rows);
	p.connection = PQconnectdb(argv[2]);
	must(&p, PQstatus(p.connection) == CONNECTION_OK);
	PQsetNoticeProcessor(p.connection, be_quiet, NULL);
	build(&p, argv[1]);
	prepare(&p);
	measure_all(engine, &list, argc > 3 ? atoi(argv[3]) : 3, argc > 4 ? atof(argv[4]) : 60, ask,
		    &p);
	out_release(&p.rows);
	PQfinish(p.connection);
	asked_release(&list);
	return 0;
}
