#include <errno.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "cli/chores.h"
#include "cli/command.h"
#include "db/db.h"
#include "search/search.h"
#include "store/change.h"
#include "store/setting.h"
#include "web/limiter.h"
#include "web/listen.h"
#include "web/server.h"
#include "web/site.h"
#include "web/trace.h"

enum { FOLLOW_MS = 100, GRACE_SECONDS = 10, MAX_WORKERS = 256 };

/* Drawn once: what the identifiers of feeds and calendars are made from. */
static enum status draw_site_id(struct db *db, struct arena *a)
{
	unsigned char random[16];
	char hex[33];
	const char *id;
	enum status status = setting_get(db, a, "site_id", &id);

	if (status != OK || *id)
		return status;
	randombytes_buf(random, sizeof(random));
	sodium_bin2hex(hex, sizeof(hex), random, sizeof(random));
	return setting_set(db, "site_id", hex);
}

/* Another process may have written: looked at ten times a second, until a signal comes. */
static void follow(struct server *server, struct search *search, struct db *db,
		   const sigset_t *signals)
{
	const struct timespec pause = { 0, FOLLOW_MS * 1000000L };
	bool behind = true; /* what was left in the database at the start is to be told too */

	while (sigtimedwait(signals, NULL, &pause) < 0) {
		int64_t change;

		behind |= db_changed_elsewhere(db);
		if (!behind || search_follow(search, db) != OK || change_last(db, &change) != OK)
			continue;
		server_changed(server, change);
		behind = false;
	}
}

/* Signals are blocked before any thread is made, so that only this one is told. */
static void block_signals(sigset_t *signals)
{
	sigemptyset(signals);
	sigaddset(signals, SIGTERM);
	sigaddset(signals, SIGINT);
	pthread_sigmask(SIG_BLOCK, signals, NULL);
}

/* Without the file, the next start takes longer: nothing to stop for. */
static void keep(struct search *search, struct db *db, const char *path)
{
	if (search_save(search, db, path) != OK)
		log_error("the search index is not kept: the next start will read every text");
}

/* Answers and does the chores until told to stop. */
static int run(struct args *args, struct arena *a, struct db *db, struct server *server,
	       const struct chores_options *options, struct search *search, const sigset_t *signals)
{
	struct chores *chores;

	if (chores_start(options, &chores) != OK) {
		server_stop(server, 0);
		return SYSTEM_FAILED;
	}
	log_error("%s (data in '%s')", options->public_url, args->data);
	follow(server, search, db, signals);
	chores_stop(chores);
	server_stop(server, GRACE_SECONDS);
	keep(search, db, search_path(args, a));
	return DONE;
}

static int serve(struct args *args, struct arena *a, struct db *db, struct server_options *options,
		 struct site *site)
{
	struct chores_options chores = { options->db_address, site->public_url,
					 outbox_path(args, a), args->data, traces_new() };
	sigset_t signals;
	struct server *server;
	int code = SYSTEM_FAILED;
	bool was_read;

	block_signals(&signals);
	if (draw_site_id(db, a) != OK || change_prune(db) != OK ||
	    search_open(db, search_path(args, a), &site->search, &was_read) != OK) {
		close(options->socket);
		traces_free(chores.traces);
		return SYSTEM_FAILED;
	}
	/* While nobody asks yet, so that a restart after a failure need not read it all again. */
	if (!was_read)
		keep(site->search, db, search_path(args, a));
	site->limiter = limiter_new();
	site->traces = chores.traces;
	if (server_start(options, &server) == OK)
		code = run(args, a, db, server, &chores, site->search, &signals);
	/* What the last answers left. */
	if (traces_flush(chores.traces, db) != OK && code == DONE)
		code = SYSTEM_FAILED;
	traces_free(chores.traces);
	limiter_free(site->limiter);
	search_free(site->search);
	return code;
}

static bool public_is_good(const char *public)
{
	if (!public || public_url_is_good(public))
		return true;
	log_error("--public takes an address such as https://exemple.fr, in small letters, with "
		  "nothing after it but a port, not '%s'",
		  public);
	return false;
}

/* "http://127.0.0.1:8080", with the port that was really taken. */
static const char *listening_url(struct arena *a, const char *listen, int port)
{
	return arena_printf(a, "http://%.*s:%d", (int)(strrchr(listen, ':') - listen), listen,
			    port);
}

/* NULL when there is none. */
static const char *set_url(struct db *db, struct arena *a)
{
	const char *url;

	return setting_get(db, a, "public_url", &url) == OK && *url ? url : NULL;
}

static int open_and_serve(struct args *args, struct arena *a, struct server_options *options)
{
	const char *listen = args_value(args, "--listen");
	struct site site = { .version = HALLE_VERSION, .public_url = args_value(args, "--public") };
	int code, port;
	struct db *db = open_data(args, a, true, &code);

	if (!db)
		return code;
	listen = listen ? listen : "127.0.0.1:8080";
	options->socket = listen_on(listen, &port);
	if (options->socket >= 0) {
		if (!site.public_url)
			site.public_url = set_url(db, a);
		if (!site.public_url)
			site.public_url = listening_url(a, listen, port);
		options->db_address = database_address(args, a);
		site.data = args->data;
		options->site = &site;
		code = serve(args, a, db, options, &site);
	} else {
		code = SYSTEM_FAILED;
	}
	db_close(db);
	return code;
}

static int serve_run(struct args *args)
{
	struct arena *a = arena_new();
	struct server_options options = { .map = &site_map, .proxy = args_value(args, "--proxy") };
	int code = WRONG_USAGE;

	if (public_is_good(args_value(args, "--public")) &&
	    args_number(args, "--workers", 1, MAX_WORKERS, 0, &options.n_workers))
		code = open_and_serve(args, a, &options);
	arena_free(a);
	return code;
}

static const struct option serve_options[] = {
	{ "--listen", "ADDR:PORT", "where to listen; 127.0.0.1:8080 by default" },
	{ "--public", "URL",
	  "the address people use; by default the setting, else where it listens" },
	{ "--proxy", "ADDR", "the one peer whose last X-Forwarded-For is believed" },
	{ "--workers", "N", "threads that answer; one for each processor by default" },
	{ 0 },
};

const struct command command_serve = {
	.name = "serve",
	.usage = "[--listen ADDR:PORT] [--public URL] [--proxy ADDR] [--workers N]",
	.summary = "answer on the web until stopped",
	.option = serve_options,
	.run = serve_run,
};
