#include "web/trace.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "db/db.h"
#include "store/audit.h"
#include "store/login.h"

/* More uses are forgotten until they come again; more entries are refused. */
enum { USES_MAX = 1024, ENTRIES_MAX = 4096 };

/* Who reads a file in pieces: one that is forgotten here leaves one more entry, and no less. */
enum { READERS_MAX = 1024, FILE_ID_SIZE = 33, AN_HOUR = 3600 };

struct use {
	int64_t login_id, at;
};

/* What waits. */
struct waiting {
	struct arena *a;
	struct use use[USES_MAX];
	size_t n_uses;
	struct audit entry[ENTRIES_MAX];
	size_t n_entries;
};

struct piece_reader {
	int64_t person_id, at;
	char file_id[FILE_ID_SIZE];
};

struct traces {
	pthread_mutex_t lock;     /* of what is being filled, and of readers */
	pthread_mutex_t flushing; /* one at a time */
	struct waiting *filling, *writing;
	struct piece_reader reader[READERS_MAX];
};

static struct waiting *new_waiting(void)
{
	struct waiting *w = calloc(1, sizeof(*w));

	if (!w)
		die("out of memory");
	w->a = arena_new();
	return w;
}

static void free_waiting(struct waiting *w)
{
	arena_free(w->a);
	free(w);
}

struct traces *traces_new(void)
{
	struct traces *t = calloc(1, sizeof(*t));

	if (!t)
		die("out of memory");
	pthread_mutex_init(&t->lock, NULL);
	pthread_mutex_init(&t->flushing, NULL);
	t->filling = new_waiting();
	t->writing = new_waiting();
	return t;
}

void traces_free(struct traces *t)
{
	if (!t)
		return;
	free_waiting(t->filling);
	free_waiting(t->writing);
	pthread_mutex_destroy(&t->lock);
	pthread_mutex_destroy(&t->flushing);
	free(t);
}

void traces_use(struct traces *t, int64_t login_id, int64_t now)
{
	struct waiting *w;
	size_t i = 0;

	pthread_mutex_lock(&t->lock);
	w = t->filling;
	while (i < w->n_uses && w->use[i].login_id != login_id)
		i++;
	if (i < USES_MAX) {
		w->use[i] = (struct use){ login_id, now };
		w->n_uses += i == w->n_uses;
	}
	pthread_mutex_unlock(&t->lock);
}

static struct audit copy(struct arena *a, const struct audit *entry)
{
	struct audit kept = *entry;

	kept.action = arena_strdup(a, entry->action);
	kept.subject = arena_strdup(a, entry->subject);
	kept.detail = arena_strdup(a, entry->detail);
	kept.address = arena_strdup(a, entry->address);
	return kept;
}

static bool add(struct traces *t, const struct audit *entry)
{
	struct waiting *w = t->filling;
	bool has_room = w->n_entries < ENTRIES_MAX;

	if (has_room)
		w->entry[w->n_entries++] = copy(w->a, entry);
	return has_room;
}

/* Identifiers of files are random. */
static struct piece_reader *place_of(struct traces *t, int64_t person_id, const char *file_id)
{
	uint64_t place = (uint64_t)person_id;

	for (; *file_id; file_id++)
		place = place * 31 + (unsigned char)*file_id;
	return &t->reader[place % READERS_MAX];
}

bool traces_opened(struct traces *t, const struct audit *entry, const char *file_id, bool is_piece)
{
	struct piece_reader *r;
	bool is_known, has_room;

	pthread_mutex_lock(&t->lock);
	r = place_of(t, entry->person_id, file_id);
	is_known = r->person_id == entry->person_id && entry->at - r->at < AN_HOUR &&
		   !strcmp(r->file_id, file_id);
	has_room = (is_piece && is_known) || add(t, entry);
	if (has_room && !is_known) {
		*r = (struct piece_reader){ .person_id = entry->person_id, .at = entry->at };
		(void)snprintf(r->file_id, sizeof(r->file_id), "%s", file_id);
	}
	pthread_mutex_unlock(&t->lock);
	return has_room;
}

static enum status write_down(struct waiting *w, struct db *db)
{
	enum status status = db_begin(db);

	if (status != OK)
		return status;
	for (size_t i = 0; i < w->n_uses && status == OK; i++)
		status = login_seen(db, w->use[i].login_id, w->use[i].at);
	for (size_t i = 0; i < w->n_entries && status == OK; i++)
		status = audit_add(db, &w->entry[i]);
	return db_end(db, status);
}

/* What was filled is written next, unless what is being written has not been yet. */
static void turn(struct traces *t)
{
	struct waiting *filled;

	pthread_mutex_lock(&t->lock);
	filled = t->filling;
	t->filling = t->writing;
	t->writing = filled;
	pthread_mutex_unlock(&t->lock);
}

static bool is_empty(const struct waiting *w)
{
	return !w->n_uses && !w->n_entries;
}

enum status traces_flush(struct traces *t, struct db *db)
{
	enum status status = OK;

	pthread_mutex_lock(&t->flushing);
	if (is_empty(t->writing))
		turn(t);
	if (!is_empty(t->writing))
		status = write_down(t->writing, db);
	if (status == OK) {
		arena_reset(t->writing->a);
		t->writing->n_uses = t->writing->n_entries = 0;
	}
	pthread_mutex_unlock(&t->flushing);
	return status;
}
