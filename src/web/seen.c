#include <pthread.h>
#include <stdlib.h>

#include "base/log.h"
#include "db/db.h"
#include "store/login.h"
#include "web/account.h"

/* More are forgotten until they ask again. */
enum { SEEN_MAX = 1024 };

struct use {
	int64_t login_id, at;
};

struct seen {
	pthread_mutex_t lock;
	struct use use[SEEN_MAX];
	size_t n;
};

struct seen *seen_new(void)
{
	struct seen *s = calloc(1, sizeof(*s));

	if (!s)
		die("out of memory");
	pthread_mutex_init(&s->lock, NULL);
	return s;
}

void seen_free(struct seen *s)
{
	if (!s)
		return;
	pthread_mutex_destroy(&s->lock);
	free(s);
}

void seen_note(struct seen *s, int64_t login_id, int64_t now)
{
	size_t i = 0;

	pthread_mutex_lock(&s->lock);
	while (i < s->n && s->use[i].login_id != login_id)
		i++;
	if (i < SEEN_MAX) {
		s->use[i] = (struct use){ login_id, now };
		s->n += i == s->n;
	}
	pthread_mutex_unlock(&s->lock);
}

static size_t take(struct seen *s, struct use use[SEEN_MAX])
{
	size_t n;

	pthread_mutex_lock(&s->lock);
	n = s->n;
	for (size_t i = 0; i < n; i++)
		use[i] = s->use[i];
	s->n = 0;
	pthread_mutex_unlock(&s->lock);
	return n;
}

enum status seen_flush(struct seen *s, struct db *db)
{
	struct use use[SEEN_MAX];
	size_t n = take(s, use);
	enum status status = n ? db_begin(db) : OK;

	if (!n || status != OK)
		return status;
	for (size_t i = 0; i < n && status == OK; i++)
		status = login_seen(db, use[i].login_id, use[i].at);
	return db_end(db, status);
}
