/*
 * server_inside.h - what the files of the server share, and nobody else includes.
 *
 *	server.c   start and stop, threads
 *	visit.c    a connection and the request on it, as libmicrohttpd tells of them
 *	handle.c   from a request to an answer
 *	errand.c   a request that takes long: its connection sleeps meanwhile
 *	answer.c   the bytes of an answer, made and sent
 *	journal.c  a line for each request
 */
#ifndef WEB_SERVER_INSIDE_H
#define WEB_SERVER_INSIDE_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/out.h"
#include "web/deadline.h"
#include "web/headers.h"
#include "web/listen.h"
#include "web/server.h"
#include "web/slow.h"

enum {
	BODY_SECONDS = 30,
	IDLE_SECONDS = 15,
	MAX_BODY = 1 << 20, /* of who asks for no more */
	ETAG_SIZE = 96,     /* ours have 34 characters, a page's own at most so many */
};

struct server {
	struct server_options options;
	struct MHD_Daemon *daemon;
	struct watchdog *watchdog;
	struct cache *cache;
	struct slow *slow;
	pthread_key_t worker;
	char proxy[PEER_SIZE]; /* "" for none */
	uint64_t id_base;
	atomic_uint_fast64_t n_requests;
	atomic_int under_way;
	atomic_int n_large; /* bodies of more than MAX_BODY on their way */
	bool sees_lines;    /* see look_at_line() */
};

/* What a worker thread has of its own. */
struct worker {
	struct db *db;
	struct arena *arena;
	struct compressor *compressor;
};

/* A connection, and the request under way on it. */
struct visit {
	struct deadline deadline; /* first: it is found by it */
	struct server *server;
	char peer[PEER_SIZE];
	char address[PEER_SIZE]; /* the visitor's: the peer's, or what a proxy tells */

	bool has_header, is_head;
	const char *target_end; /* where MHD has it */
	struct out target;      /* as it came */
	struct out body;
	struct headers headers;
	enum method method;
	uint64_t id;
	int64_t began; /* microseconds */
	bool is_slow;  /* what is asked takes long */
	bool is_large; /* one of n_large */
	size_t max_body;
	int code;
	size_t length; /* of the body sent */

	/* Of one that is slow: between slow_push() and done() they are the slow thread's. */
	struct task task;
	struct MHD_Connection *asleep;
	struct answer *answer; /* ready, not sent yet */
};

/* One form of an answer, plain or gzip. */
struct form {
	struct MHD_Response *response; /* NULL when there is none */
	char etag[ETAG_SIZE];
};

struct answer {
	int code;
	struct form plain, gzip;
	size_t plain_length, gzip_length;
	bool lacks_gzip; /* nobody who takes it has asked */
};

/* ---- server.c ------------------------------------------------------------------- */

int64_t clock_us(void);
int or_default(int value, int otherwise);

/* This thread's own. */
struct worker *server_worker(struct server *s);

/* False, logged, when it cannot be opened: it is tried again at the next request. */
bool worker_open_db(struct server *s, struct worker *w);

/* ---- visit.c --------------------------------------------------------------------- */

enum MHD_Result visit_on_request(void *cls, struct MHD_Connection *con, const char *url,
				 const char *method, const char *version, const char *bytes,
				 size_t *length, void **context);
void *visit_on_target(void *cls, const char *target, struct MHD_Connection *con);
size_t visit_unescape(void *cls, struct MHD_Connection *con, char *text);
void visit_on_completed(void *cls, struct MHD_Connection *con, void **context,
			enum MHD_RequestTerminationCode reason);
void visit_on_connection(void *cls, struct MHD_Connection *con, void **context,
			 enum MHD_ConnectionNotificationCode what);

/* ---- handle.c -------------------------------------------------------------------- */

/* What is known once the header has arrived; it lives in this worker's arena. */
void handle_begin(struct visit *v, struct request *req);
CHECKED enum status handle_target(struct visit *v, struct request *req);

/* Lets in a body of more than MAX_BODY, from who may send it and when there is room; or answers. */
enum MHD_Result handle_large(struct visit *v, struct MHD_Connection *con);

/* All of it has arrived. */
enum MHD_Result handle_request(struct visit *v, struct MHD_Connection *con);

/* Runs the page; `key` is what its answer is kept under, NULL for not at all. */
enum MHD_Result handle_page(struct visit *v, struct MHD_Connection *con, struct request *req,
			    const char *key);

/* Answers with a failure that no page has to do with. */
enum MHD_Result handle_refusal(struct visit *v, struct MHD_Connection *con, struct request *req,
			       int code);

/* Finds out what the route asks of us before the body has come. */
void handle_foresee(struct visit *v);

/* What answers the whole request, or the failure `code`: made in this thread, not sent. */
struct answer *handle_apart(struct visit *v, int code);

/* ---- errand.c -------------------------------------------------------------------- */

extern const struct slow_work errand_work;

/* Puts the connection to sleep while a slow thread works, or refuses for want of room. */
enum MHD_Result errand_begin(struct visit *v, struct MHD_Connection *con);

/* It has woken up with an answer. */
enum MHD_Result errand_finish(struct visit *v, struct MHD_Connection *con);

/* Drops an answer that was not sent: the client has gone. */
void errand_end(struct visit *v);

/* ---- answer.c -------------------------------------------------------------------- */

/*
 * Takes the bytes of `res`. `is_for_all` tells that anyone who asks the same may have them,
 * kept and compressed. `request_id` is NULL for none.
 */
struct answer *answer_make(struct compressor *compressor, struct response *res, bool is_for_all,
			   bool wants_gzip, const char *request_id);
void answer_free(void *answer);
size_t answer_size(const struct answer *answer);
enum MHD_Result answer_send(struct visit *v, struct MHD_Connection *con,
			    const struct answer *answer);

/* ---- journal.c ------------------------------------------------------------------- */

void journal_write(const struct visit *v);

#endif
