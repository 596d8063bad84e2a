/*
 * corpus.c - writes a data folder of N documents of about WORDS words, and queries for it.
 *
 *	corpus N WORDS FOLDER
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/log.h"
#include "db/db.h"
#include "lexicon.h"
#include "queries.h"
#include "text.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

enum {
	SEED = 1,
	N_CATEGORIES = 40,
	N_TOP_CATEGORIES = 8,
	N_KEYWORDS = 2000,
	N_TERRITORIES = 120,
	N_REGIONS = 13,
	N_COLLECTIONS = 20,
	FIRST_YEAR = 2009,
	N_YEARS = 15,
	BATCH = 20000, /* documents of a transaction */
};

static const char *const kinds[] = {
	"Guide",     "Fiche",      "Synthèse", "Étude",   "Témoignage", "Compte-rendu",
	"Webinaire", "Communiqué", "Lettre",   "Repères", "Enquête",    "Boîte à outils",
};

enum { N_KINDS = COUNT(kinds) };

/* Numbers of the terms, in the order in which they are made. */
enum {
	FIRST_KIND = 1,
	FIRST_CATEGORY = FIRST_KIND + N_KINDS,
	FIRST_KEYWORD = FIRST_CATEGORY + N_CATEGORIES,
	FIRST_TERRITORY = FIRST_KEYWORD + N_KEYWORDS,
};

struct maker {
	struct corpus corpus;
	struct db *db;
	struct arena *a; /* of one row */
	struct text text;
	uint32_t *last; /* the last document that held a word */
	bool *met;      /* forms */
};

/* What fails has been logged. */
static void must(enum status status)
{
	if (status != OK)
		exit(3);
}

/* ---- vocabularies ---------------------------------------------------------------------- */

static void add_term(struct maker *m, int id, const char *vocabulary, const char *label, int parent)
{
	struct query *q =
		db_query(m->db, "INSERT INTO term (id, vocabulary, slug, label, parent_id)"
				" VALUES ($1, $2, $3, $4, $5)");

	query_int(q, 1, id);
	query_text(q, 2, vocabulary);
	query_text(q, 3, arena_printf(m->a, "%s-%d", vocabulary, id));
	query_text(q, 4, label);
	if (parent)
		query_int(q, 5, parent);
	else
		query_null(q, 5);
	must(query_run(q));
}

/* The first form of the stem of that rank: what a vocabulary is named with. */
static const char *word_at(const struct maker *m, uint32_t rank)
{
	const struct lexicon *lex = m->corpus.lex;

	return lex->form[lex->stem[rank].first];
}

static void add_categories(struct maker *m)
{
	for (int i = 0; i < N_CATEGORIES; i++) {
		int parent = i < N_TOP_CATEGORIES ? 0 : FIRST_CATEGORY + i % N_TOP_CATEGORIES;
		const char *label = arena_printf(m->a, "%s et %s", word_at(m, 40 + 3 * (uint32_t)i),
						 word_at(m, 900 + (uint32_t)i));

		add_term(m, FIRST_CATEGORY + i, "category", label, parent);
	}
}

/* Every other one has two words. */
static void add_keywords(struct maker *m)
{
	for (int i = 0; i < N_KEYWORDS; i++) {
		const char *first = word_at(m, 60 + 9 * (uint32_t)i);
		const char *label =
			i % 2 ? first
			      : arena_printf(m->a, "%s %s", first, word_at(m, 500 + (uint32_t)i));

		add_term(m, FIRST_KEYWORD + i, "keyword", label, 0);
	}
}

static void add_territories(struct maker *m)
{
	struct random r = random_of(SEED, UINT32_MAX);
	char name[2][WORD_BYTES];

	for (int i = 0; i < N_TERRITORIES; i++) {
		int parent = i < N_REGIONS ? 0 : FIRST_TERRITORY + i % N_REGIONS;

		lexicon_name(&r, name[0]);
		lexicon_name(&r, name[1]);
		add_term(m, FIRST_TERRITORY + i, "territory",
			 arena_printf(m->a, "%s-sur-%s", name[0], name[1]), parent);
	}
}

static void add_collections(struct maker *m)
{
	for (int i = 1; i <= N_COLLECTIONS; i++) {
		struct query *q = db_query(m->db, "INSERT INTO collection (id, slug, title)"
						  " VALUES ($1, $2, $3)");

		query_int(q, 1, i);
		query_text(q, 2, arena_printf(m->a, "collection-%d", i));
		query_text(q, 3, arena_printf(m->a, "Les %s", word_at(m, 70 + 11 * (uint32_t)i)));
		must(query_run(q));
	}
}

static void add_vocabularies(struct maker *m)
{
	for (int i = 0; i < N_KINDS; i++)
		add_term(m, FIRST_KIND + i, "kind", kinds[i], 0);
	add_categories(m);
	add_keywords(m);
	add_territories(m);
	add_collections(m);
}

/* ---- documents --------------------------------------------------------------------------- */

static void bear(struct maker *m, uint32_t document, int64_t term, int position)
{
	struct query *q =
		db_query(m->db, "INSERT INTO resource_term (resource_id, term_id, position)"
				" VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");

	query_int(q, 1, document);
	query_int(q, 2, term);
	query_int(q, 3, position);
	must(query_run(q));
}

/* The topic of the text is its first category, and has keywords that it prefers. */
static void add_bearings(struct maker *m, uint32_t document, struct random *r)
{
	uint32_t topic = m->text.topic;
	int position = 0;

	bear(m, document, FIRST_CATEGORY + topic, position++);
	for (uint32_t n = random_below(r, 3); n > 0; n--)
		bear(m, document, FIRST_CATEGORY + random_rank(r, N_CATEGORIES, 10), position++);
	for (uint32_t n = 2 + random_below(r, 4); n > 0; n--) {
		uint32_t rank = random_rank(r, N_KEYWORDS, 5);

		if (random_chance(r, 0.4))
			rank = (random_rank(r, N_KEYWORDS / N_TOPICS, 3) * N_TOPICS + topic) %
			       N_KEYWORDS;
		bear(m, document, FIRST_KEYWORD + rank, position++);
	}
	bear(m, document, FIRST_TERRITORY + random_rank(r, N_TERRITORIES, 15), position++);
	if (random_chance(r, 0.2))
		bear(m, document, FIRST_TERRITORY + random_rank(r, N_TERRITORIES, 15), position);
}

static void add_document(struct maker *m, uint32_t document)
{
	struct random r = random_of(SEED, document);
	struct query *q =
		db_query(m->db,
			 "INSERT INTO resource (id, slug, kind_id, title, summary, body,"
			 " visibility, status, published_on, collection_id, number, modified_at)"
			 " VALUES ($1, $2, $3, $4, $5, $6, $7, 'published', $8, $9, $10, $11)");
	uint32_t year = FIRST_YEAR + N_YEARS - 1 - random_early(&r, N_YEARS);
	uint32_t month = 1 + random_below(&r, 12), day = 1 + random_below(&r, 28);

	text_write(m->corpus.lex, document, m->corpus.n_words, &m->text);
	query_int(q, 1, document);
	query_text(q, 2, arena_printf(m->a, "ressource-%u", document));
	query_int(q, 3, FIRST_KIND + random_rank(&r, N_KINDS, 3));
	query_text(q, 4, out_string(&m->text.title));
	query_text(q, 5, out_string(&m->text.summary));
	query_text(q, 6, out_string(&m->text.body));
	query_text(q, 7, corpus_is_public(document) ? "public" : "members");
	query_text(q, 8, arena_printf(m->a, "%u-%02u-%02u", year, month, day));
	if (random_chance(&r, 0.4)) {
		query_int(q, 9, 1 + random_rank(&r, N_COLLECTIONS, 4));
		query_int(q, 10, document);
	} else {
		query_null(q, 9);
		query_null(q, 10);
	}
	query_int(q, 11, (day_number((int)year, (int)month, (int)day) * 24 + 9) * 3600);
	must(query_run(q));
	add_bearings(m, document, &r);
	arena_reset(m->a);
}

static void count_words(struct maker *m, uint32_t document)
{
	for (size_t i = 0; i < m->text.n_placed; i++) {
		uint32_t form = m->text.placed[i].word, word;

		if (form >= m->corpus.lex->n_forms)
			continue;
		m->met[form] = true;
		word = m->corpus.lex->word_of[form];
		if (word == NO_WORD || m->last[word] == document)
			continue;
		m->last[word] = document;
		m->corpus.df[word]++;
	}
}

/* What an index will follow: the number of the last change is not 0. */
static void add_documents(struct maker *m)
{
	uint32_t n = m->corpus.n_documents;

	for (uint32_t i = 1; i <= n; i++) {
		add_document(m, i);
		count_words(m, i);
		if (i % BATCH == 0 || i == n) {
			must(db_end(m->db, OK));
			must(db_begin(m->db));
			if (isatty(STDERR_FILENO))
				fprintf(stderr, "\r%u of %u", i, n);
		}
	}
	if (isatty(STDERR_FILENO))
		fputc('\n', stderr);
	must(db_run(m->db, "INSERT INTO change (kind, object_id) VALUES ('resource', 1)"));
}

/* Nothing is lost that could not be made again: the disk is not waited for. */
static void fill(struct maker *m, const char *folder)
{
	must(db_open(arena_printf(m->a, "%s/halle.db", folder), &m->db));
	must(db_migrate(m->db));
	must(db_run(m->db, "PRAGMA synchronous = OFF; PRAGMA cache_size = -262144;"
			   "PRAGMA foreign_keys = OFF"));
	must(db_begin(m->db));
	add_vocabularies(m);
	add_documents(m);
	must(db_end(m->db, OK));
	must(db_run(m->db, "PRAGMA wal_checkpoint(TRUNCATE)"));
	db_close(m->db);
}

static void tell(const struct maker *m)
{
	size_t n = 0;

	for (size_t i = 0; i < m->corpus.lex->n_forms; i++)
		n += m->met[i];
	printf("%u documents of about %u words; %zu forms beside stop words, numbers and names of"
	       " the moment\n",
	       m->corpus.n_documents, m->corpus.n_words, n);
}

static uint32_t number_of(const char *text)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (*end || n < 10 || n > 100000000)
		die("not a number of documents or words: '%s'", text);
	return (uint32_t)n;
}

int main(int argc, char *argv[])
{
	struct arena *lasting = arena_new();
	struct maker m = { .a = arena_new() };
	int code = 0;

	if (argc != 4)
		die("usage: corpus N WORDS FOLDER");
	m.corpus.n_documents = number_of(argv[1]);
	m.corpus.n_words = number_of(argv[2]);
	if (mkdir(argv[3], 0755) != 0 && errno != EEXIST)
		die("cannot make '%s': %s", argv[3], strerror(errno));
	if (access(arena_printf(lasting, "%s/halle.db", argv[3]), F_OK) == 0)
		die("there is a database in '%s' already", argv[3]);
	m.corpus.lex = lexicon_new(lasting);
	m.corpus.df = arena_make(lasting, uint32_t, N_WORDS);
	m.last = arena_make(lasting, uint32_t, N_WORDS);
	m.met = arena_make(lasting, bool, m.corpus.lex->n_forms);
	fill(&m, argv[3]);
	tell(&m);
	if (!queries_write(&m.corpus, argv[3]))
		code = 3;
	text_release(&m.text);
	arena_free(m.a);
	arena_free(lasting);
	return code;
}
