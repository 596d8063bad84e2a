/*
 * bench_search.c - the time and memory of halle's own search over the corpus of a folder.
 *
 *	bench_search FOLDER [RUNS [UPDATES [SECONDS]]]
 *
 * Prints the lines of measure.h. Each query is asked in full: ten hits, the exact count, the
 * counts of three facets; once as an editor, who reads all, and once as anyone. Then
 * UPDATES resources are saved one by one, and two readers ask for SECONDS, alone and beside a
 * writer. Titles are put back as they were.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/log.h"
#include "db/db.h"
#include "measure.h"
#include "search/search.h"
#include "store/resource.h"

enum { N_READERS = 2, WRITES_A_SECOND = 50, TOP = 10, MINUTE = 60 };

static const struct reader editor = { .level = EDITOR }, anyone = { .level = ANONYMOUS };

/* What fails has been logged. */
static void must(enum status status)
{
	if (status != OK)
		exit(3);
}

/* ---- asking -------------------------------------------------------------------------------- */

struct asker {
	struct search *search;
	struct arena *a;
	const struct reader *reader;
	size_t n_asked, n_empty, n_eased; /* found nothing; a word was corrected or left out */
};

static int64_t ask(void *context, const char *text)
{
	struct asker *asker = context;
	const struct search_query query = {
		.text = text,
		.limit = TOP,
		.facets = 1u << FACET_KIND | 1u << FACET_CATEGORY | 1u << FACET_KEYWORD,
	};
	struct search_result result;

	arena_reset(asker->a);
	must(search_run(asker->search, asker->a, asker->reader, &query, &result));
	asker->n_asked++;
	asker->n_empty += result.total == 0;
	asker->n_eased += result.relaxed || result.corrected;
	return result.total;
}

static void ask_as(struct search *search, const struct asked_list *list, int runs, const char *name,
		   const struct reader *reader)
{
	struct asker asker = { .search = search, .a = arena_new(), .reader = reader };

	measure_all(name, list, runs, MINUTE, ask, &asker);
	note(name, "%zu of %zu answers were empty, %zu were eased (corrected, or not every word)",
	     asker.n_empty, asker.n_asked, asker.n_eased);
	arena_free(asker.a);
}

/* ---- building ----------------------------------------------------------------------------------
 */

static int64_t count_resources(struct db *db)
{
	int64_t n;

	must(query_one_int(db_query(db, "SELECT count(*) FROM resource"), &n));
	return n;
}

static struct search *build(struct db *db, const char *what)
{
	int64_t n = count_resources(db), before = memory_now(), grown;
	double start = seconds_now();
	struct search *search;

	must(search_new(db, &search));
	grown = memory_now() - before;
	note("halle",
	     "%s of %lld documents: %.2f s, resident %.1f MB more, %.0f bytes a document,"
	     " peak %.1f MB",
	     what, (long long)n, seconds_now() - start, (double)grown / 1e6,
	     (double)grown / (double)n, (double)memory_peak() / 1e6);
	note("halle", "words, lists and documents take %.0f bytes a document",
	     (double)search_memory(search) / (double)n);
	return search;
}

/* ---- writing -----------------------------------------------------------------------------------
 */

/* A resource whose title is changed, and what it was. */
struct writing {
	struct db *db;
	struct search *search;
	int64_t *id;
	char **title;
	size_t n_written, n_ids;
	struct samples save, follow;
};

static struct writing *writing_new(const char *path, struct search *search, size_t n)
{
	struct writing *w = calloc(1, sizeof(*w));
	int64_t n_resources;

	if (!w)
		die("out of memory");
	must(db_open(path, &w->db));
	n_resources = count_resources(w->db);
	w->search = search;
	w->n_ids = n;
	w->id = calloc(n, sizeof(*w->id));
	w->title = calloc(n, sizeof(*w->title));
	if (!w->id || !w->title)
		die("out of memory");
	for (size_t i = 0; i < n; i++)
		w->id[i] = 1 + (int64_t)(i * 7919 + 11) % n_resources;
	return w;
}

static void set_title(struct writing *w, struct arena *a, int64_t id, const char *title, char **old)
{
	struct resource r;

	must(db_begin(w->db));
	must(resource_by_id(w->db, a, &editor, id, &r));
	must(resource_body(w->db, a, &editor, id, &r.body));
	if (old)
		*old = strdup(r.title);
	r.title = title ? title : arena_printf(a, "%s nouveauté", r.title);
	must(resource_save(w->db, &r));
	must(db_end(w->db, OK));
}

/* Saves the next one and follows. */
static void write_one(struct writing *w)
{
	size_t at = w->n_written++ % w->n_ids;
	struct arena *a = arena_new();
	double start = seconds_now(), saved;

	set_title(w, a, w->id[at], NULL, w->title[at] ? NULL : &w->title[at]);
	saved = seconds_now();
	must(search_follow(w->search, w->db));
	samples_add(&w->follow, seconds_now() - saved);
	samples_add(&w->save, saved - start);
	arena_free(a);
}

static void put_back(struct writing *w)
{
	struct arena *a = arena_new();

	for (size_t i = 0; i < w->n_ids; i++) {
		if (w->title[i])
			set_title(w, a, w->id[i], w->title[i], NULL);
		free(w->title[i]);
		arena_reset(a);
	}
	must(search_follow(w->search, w->db));
	arena_free(a);
	samples_release(&w->save);
	samples_release(&w->follow);
	db_close(w->db);
	free(w->id);
	free(w->title);
	free(w);
}

static void measure_updates(const char *path, struct search *search, int n)
{
	struct writing *w = writing_new(path, search, (size_t)n);

	for (int i = 0; i < n; i++)
		write_one(w);
	result("halle save", "update", &w->save, 0, 0);
	result("halle follow", "update", &w->follow, 0, 0);
	put_back(w);
}

/* ---- readers beside a writer --------------------------------------------------------------------
 */

struct stage {
	struct search *search;
	const struct asked_list *list;
	atomic_bool over;
	struct writing *writing; /* NULL when nobody writes */
};

struct visitor {
	pthread_t thread;
	struct stage *stage;
	size_t first;
	struct samples samples;
};

/* Every query in turn, each reader from a place of its own. */
static void *read_on(void *context)
{
	struct visitor *v = context;
	struct asker asker = { .search = v->stage->search, .a = arena_new(), .reader = &anyone };
	const struct asked_list *list = v->stage->list;

	for (size_t i = v->first; !atomic_load(&v->stage->over); i++) {
		double start = seconds_now();

		ask(&asker, list->asked[i % list->n_asked].text);
		samples_add(&v->samples, seconds_now() - start);
	}
	arena_free(asker.a);
	return NULL;
}

static void sleep_until(double moment)
{
	double left = moment - seconds_now();

	if (left > 0)
		nanosleep(&(struct timespec){ (time_t)left,
					      (long)((left - (double)(time_t)left) * 1e9) },
			  NULL);
}

static void *write_on(void *context)
{
	struct stage *stage = context;
	double next = seconds_now();

	while (!atomic_load(&stage->over)) {
		write_one(stage->writing);
		next += 1.0 / WRITES_A_SECOND;
		sleep_until(next);
	}
	return NULL;
}

static void play(struct stage *stage, int seconds, const char *name)
{
	struct visitor visitor[N_READERS] = { 0 };
	struct samples all = { NULL, 0, 0 };
	pthread_t writer;

	atomic_store(&stage->over, false);
	for (size_t i = 0; i < N_READERS; i++) {
		visitor[i].stage = stage;
		visitor[i].first = i * stage->list->n_asked / N_READERS;
		pthread_create(&visitor[i].thread, NULL, read_on, &visitor[i]);
	}
	if (stage->writing)
		pthread_create(&writer, NULL, write_on, stage);
	sleep_until(seconds_now() + seconds);
	atomic_store(&stage->over, true);
	if (stage->writing)
		pthread_join(writer, NULL);
	for (size_t i = 0; i < N_READERS; i++) {
		pthread_join(visitor[i].thread, NULL);
		for (size_t k = 0; k < visitor[i].samples.n; k++)
			samples_add(&all, visitor[i].samples.seconds[k]);
		samples_release(&visitor[i].samples);
	}
	result(name, "readers", &all, 0, 0);
	samples_release(&all);
}

static void measure_readers(const char *path, struct search *search, const struct asked_list *list,
			    int seconds)
{
	struct stage stage = { .search = search, .list = list };

	play(&stage, seconds, "halle quiet");
	stage.writing = writing_new(path, search, 500);
	play(&stage, seconds, "halle beside a writer");
	note("halle", "the writer saved %.1f documents a second",
	     (double)stage.writing->n_written / seconds);
	result("halle follow", "readers", &stage.writing->follow, 0, 0);
	put_back(stage.writing);
}

/* What a restart waits for: the database opened anew, and the index. */
static void measure_restart(const char *path)
{
	double start = seconds_now();
	struct search *search;
	struct db *db;

	must(db_open(path, &db));
	must(db_migrate(db));
	must(search_new(db, &search));
	note("halle", "restart, files in the system's cache: %.2f s", seconds_now() - start);
	search_free(search);
	db_close(db);
}

/* ---- the whole
 * ----------------------------------------------------------------------------------- */

static int number_of(int argc, char *argv[], int place, int otherwise)
{
	return argc > place ? atoi(argv[place]) : otherwise;
}

int main(int argc, char *argv[])
{
	struct arena *a = arena_new();
	struct asked_list list;
	struct search *search;
	struct db *db;
	const char *path;
	int runs = number_of(argc, argv, 2, 20), updates = number_of(argc, argv, 3, 200),
	    seconds = number_of(argc, argv, 4, 10);

	if (argc < 2 || argc > 5 || runs < 1)
		die("usage: bench_search FOLDER [RUNS [UPDATES [SECONDS]]]");
	path = arena_printf(a, "%s/halle.db", argv[1]);
	list = asked_read(arena_printf(a, "%s/queries.tsv", argv[1]));
	must(db_open(path, &db));
	must(db_migrate(db));
	search = build(db, "index");
	ask_as(search, &list, runs, "halle", &editor);
	ask_as(search, &list, runs, "halle anonymous", &anyone);
	if (updates > 0)
		measure_updates(path, search, updates);
	if (seconds > 0)
		measure_readers(path, search, &list, seconds);
	search_free(search);
	db_close(db);
	measure_restart(path);
	asked_release(&list);
	arena_free(a);
	return 0;
}
