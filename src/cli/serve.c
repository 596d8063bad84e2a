#include <errno.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/log.h"
#include "cli/command.h"
#include "db/db.h"
#include "search/search.h"
#include "store/change.h"
#include "store/setting.h"
#include "web/server.h"
#include "web/site.h"

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

	while (sigtimedwait(signals, NULL, &pause) < 0) {
		int64_t change;

		if (errno != EAGAIN || !db_changed_elsewhere(db))
			continue;
		if (search_follow(search, db) == OK && change_last(db, &change) == OK)
			server_changed(server, change);
	}
}

static int serve(struct args *args, struct arena *a, struct db *db, struct server_options *options,
		 struct site *site)
{
	sigset_t signals;
	struct server *server;
	int code = SYSTEM_FAILED;

	/* Blocked before any thread is made, so that only this one is told. */
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	pthread_sigmask(SIG_BLOCK, &signals, NULL);

	if (draw_site_id(db, a) != OK || change_prune(db) != OK ||
	    search_new(db, &site->search) != OK)
		return SYSTEM_FAILED;
	if (server_start(options, &server) == OK) {
		if (!args_value(args, "--public"))
			site->public_url =
				arena_printf(a, "http://127.0.0.1:%d", server_port(server));
		fprintf(stderr, "halle: %s (data in '%s')\n", site->public_url, args->data);
		follow(server, site->search, db, &signals);
		server_stop(server, GRACE_SECONDS);
		code = DONE;
	}
	search_free(site->search);
	return code;
}

static bool public_is_good(const char *public)
{
	if (!public)
		return true;
	if ((!strncmp(public, "https://", 8) || !strncmp(public, "http://", 7)) &&
	    !strpbrk(public, " \"<>#?") && public[strlen(public) - 1] != '/')
		return true;
	log_error("--public takes an address such as https://exemple.fr, without a final slash, "
		  "not '%s'",
		  public);
	return false;
}

static int serve_run(struct args *args)
{
	struct arena *a = arena_new();
	struct server_options options = { .map = &site_map, .proxy = args_value(args, "--proxy") };
	struct site site = { .version = HALLE_VERSION };
	struct db *db;
	int code = WRONG_USAGE;

	options.listen = args_value(args, "--listen");
	if (!options.listen)
		options.listen = "127.0.0.1:8080";
	if (public_is_good(args_value(args, "--public")) &&
	    args_number(args, "--workers", 1, MAX_WORKERS, 0, &options.n_workers)) {
		db = open_data(args, a, true, &code);
		if (db) {
			site.public_url = args_value(args, "--public");
			if (!site.public_url)
				site.public_url = arena_printf(a, "http://%s", options.listen);
			options.db_address = database_address(args, a);
			options.site = &site;
			code = serve(args, a, db, &options, &site);
			db_close(db);
		}
	}
	arena_free(a);
	return code;
}

static const struct option serve_options[] = {
	{ "--listen", "ADDR:PORT", "where to listen; 127.0.0.1:8080 by default" },
	{ "--public", "URL", "the address people use; the listening one by default" },
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
