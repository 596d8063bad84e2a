#include "web/server.h"

#include <pthread.h>
#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "db/db.h"
#include "store/change.h"
#include "web/cache.h"
#include "web/compress.h"
#include "web/server_inside.h"

enum {
	MAX_CONNECTIONS = 1000,
	MAX_PER_ADDRESS = 100,
	CACHE_BYTES = 64 << 20,
	CONNECTION_MEMORY = 32 << 10,
	OTHER_DESCRIPTORS = 200,
	LAST_WORDS_MS = 500, /* to send what is ready */
};

int64_t clock_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int or_default(int value, int otherwise)
{
	return value > 0 ? value : otherwise;
}

/* ---- workers ------------------------------------------------------------------ */

static void free_worker(void *arg)
{
	struct worker *w = arg;

	db_close(w->db);
	arena_free(w->arena);
	compressor_free(w->compressor);
	free(w);
}

struct worker *server_worker(struct server *s)
{
	struct worker *w = pthread_getspecific(s->worker);

	if (w)
		return w;
	w = calloc(1, sizeof(*w));
	if (!w || pthread_setspecific(s->worker, w) != 0)
		die("out of memory");
	w->arena = arena_new();
	w->compressor = compressor_new();
	return w;
}

/* False, logged, when it cannot be opened: it is tried again at the next request. */
bool worker_open_db(struct server *s, struct worker *w)
{
	if (w->db || !s->options.db_address)
		return true;
	return db_open(s->options.db_address, &w->db) == OK;
}

/* ---- start and stop -------------------------------------------------------------------- */

/* A connection is a file, and may be sending another. */
static void raise_file_limit(int connections)
{
	struct rlimit limit;
	rlim_t wanted = 2 * (rlim_t)connections + OTHER_DESCRIPTORS;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur >= wanted)
		return;
	limit.rlim_cur = wanted < limit.rlim_max ? wanted : limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

static int count_workers(int wanted)
{
	long n = wanted > 0 ? wanted : sysconf(_SC_NPROCESSORS_ONLN);

	return n < 2 && wanted <= 0 ? 2 : (int)n;
}

static struct MHD_Daemon *start_daemon(struct server *s, int fd)
{
	const unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
	const struct server_options *o = &s->options;
	int connections = or_default(o->max_connections, MAX_CONNECTIONS);
	int per_address = *s->proxy ? 0 : or_default(o->max_per_address, MAX_PER_ADDRESS);

	raise_file_limit(connections);
	return MHD_start_daemon(flags, 0, NULL, NULL, visit_on_request, s,
				/* clang-format off */
		MHD_OPTION_LISTEN_SOCKET, fd,
		MHD_OPTION_THREAD_POOL_SIZE, (unsigned)count_workers(o->n_workers),
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)connections,
		MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)per_address,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)or_default(o->idle_seconds, IDLE_SECONDS),
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
		MHD_OPTION_URI_LOG_CALLBACK, visit_on_target, s,
		MHD_OPTION_UNESCAPE_CALLBACK, visit_unescape, s,
		MHD_OPTION_NOTIFY_CONNECTION, visit_on_connection, s,
		MHD_OPTION_NOTIFY_COMPLETED, visit_on_completed, s,
				/* clang-format on */
				MHD_OPTION_END);
}

/* Signals are for the main thread: threads begun here inherit that they are blocked. */
static bool start_threads(struct server *s, int fd)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	s->watchdog = watchdog_new();
	s->slow = slow_new(errand_work);
	s->daemon = start_daemon(s, fd);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return s->daemon != NULL;
}

/* The last change, -1 without a database. */
static enum status read_change(const char *db_address, int64_t *change)
{
	struct db *db;
	enum status status;

	*change = -1;
	if (!db_address)
		return OK;
	status = db_open(db_address, &db);
	if (status != OK)
		return status;
	status = change_last(db, change);
	db_close(db);
	return status;
}

static void free_server(struct server *s)
{
	slow_free(s->slow);
	watchdog_free(s->watchdog);
	cache_free(s->cache);
	pthread_key_delete(s->worker);
	free(s);
}

static struct server *new_server(const struct server_options *options, int64_t change)
{
	struct server *s = calloc(1, sizeof(*s));
	size_t bytes = options->cache_bytes ? options->cache_bytes : CACHE_BYTES;

	if (!s || sodium_init() < 0 || pthread_key_create(&s->worker, free_worker) != 0)
		die("out of memory");
	s->options = *options;
	s->cache = cache_new(bytes, change, answer_free);
	s->sees_lines = !strcmp(MHD_get_version(), "0.9.75");
	randombytes_buf(&s->id_base, sizeof(s->id_base));
	return s;
}

static enum status start_on(struct server *s)
{
	if (s->options.proxy && !address_normalise(s->options.proxy, s->proxy)) {
		log_error("'%s' is not the address of a proxy", s->options.proxy);
		return FAILED;
	}
	if (start_threads(s, s->options.socket))
		return OK;
	log_error("cannot start: no thread could be made");
	return FAILED;
}

enum status server_start(const struct server_options *options, struct server **server)
{
	int64_t change;
	struct server *s;

	if (read_change(options->db_address, &change) != OK) {
		close(options->socket);
		return FAILED;
	}
	s = new_server(options, change);
	if (start_on(s) != OK) {
		close(options->socket);
		free_server(s);
		return FAILED;
	}
	*server = s;
	return OK;
}

void server_changed(struct server *server, int64_t change)
{
	cache_changed(server->cache, change);
}

static void wait_for_answers(struct server *s, int64_t milliseconds)
{
	const struct timespec pause = { .tv_nsec = 10 * 1000000 };
	int64_t until = clock_us() + 1000 * milliseconds;

	while (atomic_load(&s->under_way) > 0 && clock_us() < until)
		nanosleep(&pause, NULL);
}

/* libmicrohttpd ends the program when it is stopped while a connection sleeps. */
static void wake_all(struct server *s)
{
	slow_stop(s->slow);
	wait_for_answers(s, LAST_WORDS_MS);
}

void server_stop(struct server *server, int seconds)
{
	int fd = MHD_quiesce_daemon(server->daemon);

	if (fd >= 0)
		close(fd);
	wait_for_answers(server, 1000 * (int64_t)seconds);
	wake_all(server);
	MHD_stop_daemon(server->daemon);
	free_server(server);
}
