/*
 * echo_server.c - a server with a small map of its own, for test_server.py and bench/http.sh.
 *
 *	echo_server [--listen ADDRESS:PORT] [--db PATH] [--proxy ADDRESS] [--public URL]
 *		[--header S] [--body S] [--idle S] [--workers N] [--connections N]
 *		[--per-address N] [--quiet] [--file PATH]
 *
 * Writes its port on standard output once it listens; SIGTERM stops it. SIGUSR1 tells the
 * server that the database has changed.
 */
#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/html.h"
#include "db/db.h"
#include "store/change.h"
#include "web/listen.h"
#include "web/range.h"
#include "web/server.h"

static atomic_int n_runs;
static const char *file_path; /* what /fichier sends */

static enum status show_home(struct request *req, struct response *res)
{
	(void)req;
	out_raw(&res->body, "<!doctype html><title>home</title>");
	return OK;
}

static void show_pairs(struct out *o, const char *what, const struct pair *pair, size_t n)
{
	for (size_t i = 0; i < n; i++)
		out_printf(o, "%s %s=%s\n", what, pair[i].name, pair[i].value);
}

/* Tells how often pages ran, so that one can see what came from the cache. */
static enum status show_echo(struct request *req, struct response *res)
{
	res->content_type = "text/plain; charset=utf-8";
	out_printf(&res->body, "run %d\n", atomic_fetch_add(&n_runs, 1) + 1);
	out_printf(&res->body, "path %s\nraw %s\n", req->path, req->raw_path);
	show_pairs(&res->body, "param", req->param, req->n_params);
	show_pairs(&res->body, "query", req->query, req->n_query);
	return OK;
}

static void show_fact(struct out *o, const char *name, const char *value)
{
	out_printf(o, "%s %s\n", name, value ? value : "none");
}

/* What the server found in the header, and who asks. */
static enum status show_me(struct request *req, struct response *res)
{
	enum status status = show_echo(req, res);

	show_fact(&res->body, "session", req->session);
	show_fact(&res->body, "address", req->address);
	show_fact(&res->body, "agent", req->agent);
	show_fact(&res->body, "range", req->range);
	out_printf(&res->body, "person %d level %d\n", (int)req->reader.person_id,
		   (int)req->reader.level);
	return status;
}

static enum status give_cookie(struct request *req, struct response *res)
{
	response_header(res, "Set-Cookie", "halle=m7; HttpOnly; SameSite=Lax; Path=/");
	return show_echo(req, res);
}

static enum status show_short_lived(struct request *req, struct response *res)
{
	res->fresh_until = req->now + 2;
	return show_echo(req, res);
}

static enum status show_never_kept(struct request *req, struct response *res)
{
	res->fresh_until = -1;
	return show_echo(req, res);
}

static enum status show_slowly(struct request *req, struct response *res)
{
	const struct timespec second = { .tv_sec = 1 };

	nanosleep(&second, NULL);
	return show_never_kept(req, res);
}

/* Takes as long as the field "ms" says, without a processor. */
static enum status sleep_slowly(struct request *req, struct response *res)
{
	const char *text = request_form(req, "ms");
	int ms = text ? atoi(text) : 500;
	const struct timespec pause = { ms / 1000, ms % 1000 * 1000000L };

	nanosleep(&pause, NULL);
	return show_me(req, res);
}

/* What a sign-in costs. */
static enum status hash_slowly(struct request *req, struct response *res)
{
	char hash[crypto_pwhash_STRBYTES];

	(void)req;
	if (crypto_pwhash_str(hash, "password", 8, crypto_pwhash_OPSLIMIT_INTERACTIVE,
			      crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
		return FAILED;
	out_raw(&res->body, "hashed\n");
	return OK;
}

static void fill(struct out *o, size_t length)
{
	for (int i = 0; o->length < length; i++)
		out_printf(o,
			   "<p>Fiche %d : <a href=\"/ressources/fiche-%d\">la coopération "
			   "entre collectivités, %x</a></p>\n",
			   i, i, (unsigned)i * 2654435761u);
}

static enum status show_page(struct request *req, struct response *res)
{
	(void)req;
	fill(&res->body, 20000);
	return OK;
}

static enum status show_much(struct request *req, struct response *res)
{
	(void)req;
	fill(&res->body, 3 << 20);
	return OK;
}

static void open_file(int *fd, int64_t *size)
{
	struct stat stat;

	*fd = open(file_path, O_RDONLY | O_CLOEXEC);
	if (*fd < 0 || fstat(*fd, &stat) < 0)
		die("cannot open '%s'", file_path);
	*size = stat.st_size;
}

/* As the page of a file should. */
static enum status show_file(struct request *req, struct response *res)
{
	static const char etag[] = "\"v1\"";
	int64_t size, from, length;
	int fd;
	enum range range;

	open_file(&fd, &size);
	res->content_type = "application/pdf";
	response_header(res, "ETag", etag);
	response_header(res, "Accept-Ranges", "bytes");
	response_header(res, "Cache-Control", "private, no-cache");
	range = range_read(request_range(req, etag), size, &from, &length);
	if (range == RANGE_NONE) {
		close(fd);
		res->code = 416;
		response_header(res, "Content-Range",
				arena_printf(req->arena, "bytes */%lld", (long long)size));
		return OK;
	}
	if (range == RANGE_PART) {
		res->code = 206;
		response_header(res, "Content-Range",
				arena_printf(req->arena, "bytes %lld-%lld/%lld", (long long)from,
					     (long long)(from + length - 1), (long long)size));
	}
	response_file(res, fd, from, length);
	return OK;
}

/* Nothing of its own said: what does the server say of it? */
static enum status show_bare_file(struct request *req, struct response *res)
{
	int64_t size;
	int fd;

	(void)req;
	open_file(&fd, &size);
	response_file(res, fd, 0, size);
	return OK;
}

static enum status lose_file(struct request *req, struct response *res)
{
	return show_bare_file(req, res) == OK ? NOT_FOUND : FAILED;
}

/* It was cut short since its size was read. */
static enum status show_short_file(struct request *req, struct response *res)
{
	int64_t size;
	int fd;

	(void)req;
	open_file(&fd, &size);
	response_file(res, fd, 0, size + 1000);
	return OK;
}

/* A page of bytes with an ETag of its own. */
static enum status show_tagged(struct request *req, struct response *res)
{
	response_header(res, "ETag", "W/\"own\"");
	fill(&res->body, 5000);
	return show_echo(req, res);
}

static enum status show_style(struct request *req, struct response *res)
{
	(void)req;
	res->content_type = "text/css; charset=utf-8";
	res->is_static = true;
	out_raw(&res->body, "body { margin: 0 }\n");
	return OK;
}

static enum status show_policy(struct request *req, struct response *res)
{
	(void)req;
	response_header(res, "Content-Security-Policy", "sandbox");
	out_raw(&res->body, "own policy");
	return OK;
}

static enum status go_there(struct request *req, struct response *res)
{
	(void)req;
	response_redirect(res, 303, "/écho/à lire");
	return OK;
}

static enum status be_absent(struct request *req, struct response *res)
{
	(void)req;
	out_raw(&res->body, "what was written before it failed");
	return NOT_FOUND;
}

static enum status be_invalid(struct request *req, struct response *res)
{
	(void)req;
	(void)res;
	return INVALID;
}

static enum status be_broken(struct request *req, struct response *res)
{
	(void)req;
	(void)res;
	return FAILED;
}

static enum status try_to_write(struct request *req, struct response *res)
{
	(void)res;
	return change_note(req->db, "echo", 1);
}

static enum status write_note(struct request *req, struct response *res)
{
	enum status status = db_begin(req->db);

	if (status != OK)
		return status;
	status = db_end(req->db, change_note(req->db, "echo", 1));
	show_pairs(&res->body, "form", req->form, req->n_form);
	return status;
}

static enum status show_posted(struct request *req, struct response *res)
{
	out_printf(&res->body, "run %d\n", atomic_fetch_add(&n_runs, 1) + 1);
	show_pairs(&res->body, "form", req->form, req->n_form);
	for (size_t i = 0; i < req->n_uploads; i++) {
		const struct upload *u = &req->upload[i];
		unsigned char hash[crypto_hash_sha256_BYTES];
		char hex[2 * sizeof(hash) + 1];

		crypto_hash_sha256(hash, u->bytes, u->length);
		sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
		out_printf(&res->body, "file %s=%s %zu %s\n", u->name, u->filename, u->length, hex);
	}
	return OK;
}

static void show_error(struct request *req, struct response *res, enum status status)
{
	if (!strncmp(req->path, "/api/", 5)) {
		res->content_type = "application/problem+json";
		out_printf(&res->body, "{\"status\":%d}\n", res->code);
		return;
	}
	out_printf(&res->body, "<!doctype html><title>%d</title><p>%d ", res->code, (int)status);
	out_text(&res->body, req->path);
}

/* "m7" is a session of person 7, a member; "panne" breaks; another is nobody's. */
static enum status identify(struct request *req)
{
	static const char letter[] = "smea";
	const char *found = strchr(letter, *req->session);

	if (!strcmp(req->session, "panne"))
		return FAILED;
	if (!found || !*found)
		return OK;
	req->reader.level = (enum level)(found - letter);
	req->reader.person_id = atoi(req->session + 1);
	return OK;
}

static enum status go_and_sign_in(struct request *req, struct response *res)
{
	(void)req;
	response_redirect(res, 303, "/connexion");
	return OK;
}

static enum status find_moved(struct request *req, struct response *res)
{
	if (strcmp(req->path, "/node/3610") != 0)
		return NOT_FOUND;
	response_redirect(res, 301, "/echo/filieres");
	return OK;
}

static const char *const known[] = { "q", "page", NULL };

static const struct route route[] = {
	{ GET, "/", ANYONE, show_home, NULL },
	{ GET, "/echo/:name", ANYONE, show_echo, known },
	{ GET, "/bref", ANYONE, show_short_lived, NULL },
	{ GET, "/jamais", ANYONE, show_never_kept, NULL },
	{ GET, "/lent", ANYONE, show_slowly, NULL },
	{ GET, "/page", ANYONE, show_page, NULL },
	{ GET, "/gros", ANYONE, show_much, NULL },
	{ GET, "/style.css", ANYONE, show_style, NULL },
	{ GET, "/policy", ANYONE, show_policy, NULL },
	{ GET, "/ailleurs", ANYONE, go_there, NULL },
	{ GET, "/absent", ANYONE, be_absent, NULL },
	{ GET, "/invalide", ANYONE, be_invalid, NULL },
	{ GET, "/panne", ANYONE, be_broken, NULL },
	{ GET, "/api/panne", ANYONE, be_broken, NULL },
	{ GET, "/ecrit", ANYONE, try_to_write, NULL },
	{ GET, "/moi", ANYONE, show_me, NULL },
	{ GET, "/cookie", ANYONE, give_cookie, NULL },
	{ GET, "/compte", SIGNED_IN, show_me, NULL },
	{ GET, "/espace", MEMBERS_ONLY, show_home, NULL },
	{ GET, "/gestion", EDITORS_ONLY, show_home, NULL },
	{ GET, "/reglages", ADMINISTRATORS_ONLY, show_home, NULL },
	{ GET, "/fichier", ANYONE, show_file, NULL },
	{ GET, "/fichier/nu", ANYONE, show_bare_file, NULL },
	{ GET, "/fichier/perdu", ANYONE, lose_file, NULL },
	{ GET, "/fichier/court", ANYONE, show_short_file, NULL },
	{ POST, "/fichier", ANYONE, show_file, NULL, .is_slow = true },
	{ GET, "/marque", ANYONE, show_tagged, NULL },
	{ POST, "/poster", ANYONE, show_posted, NULL },
	{ POST, "/deposer", SIGNED_IN, show_posted, NULL, .max_body = 8 << 20 },
	{ POST, "/deposer/lent", EDITORS_ONLY, show_posted, NULL, .is_slow = true,
	  .max_body = 8 << 20 },
	{ POST, "/noter", ANYONE, write_note, NULL },
	{ POST, "/compte", SIGNED_IN, write_note, NULL },
	{ POST, "/dort", ANYONE, sleep_slowly, NULL, .is_slow = true },
	{ POST, "/dort/compte", SIGNED_IN, sleep_slowly, NULL, .is_slow = true },
	{ POST, "/note/lente", ANYONE, write_note, NULL, .is_slow = true },
	{ POST, "/empreinte", ANYONE, hash_slowly, NULL, .is_slow = true },
	{ POST, "/empreinte/ici", ANYONE, hash_slowly, NULL },
	{ 0 },
};

static const struct site_map map = {
	.route = route,
	.error = show_error,
	.moved = find_moved,
	.identify = identify,
	.sign_in = go_and_sign_in,
};

static const char *option(char **argv, const char *name, const char *otherwise)
{
	for (; *argv; argv++)
		if (!strcmp(*argv, name))
			return argv[1] ? argv[1] : "";
	return otherwise;
}

static int number(char **argv, const char *name)
{
	return atoi(option(argv, name, "0"));
}

static int prepare(const char *path)
{
	struct db *db;
	enum status status = db_open(path, &db);

	if (status != OK)
		return 0;
	status = db_migrate(db);
	db_close(db);
	return status == OK;
}

/* Until SIGTERM. */
static void wait_for_signals(struct server *server, const sigset_t *signals)
{
	int which;

	for (int64_t change = 1000000; !sigwait(signals, &which) && which == SIGUSR1; change++)
		server_changed(server, change);
}

int main(int argc, char *argv[])
{
	const struct site site = {
		.public_url = option(argv, "--public", "http://echo.example"),
		.version = "1",
	};
	struct server_options options = {
		.db_address = option(argv, "--db", NULL),
		.proxy = option(argv, "--proxy", NULL),
		.n_workers = number(argv, "--workers"),
		.header_seconds = number(argv, "--header"),
		.body_seconds = number(argv, "--body"),
		.idle_seconds = number(argv, "--idle"),
		.max_connections = number(argv, "--connections"),
		.max_per_address = number(argv, "--per-address"),
		.quiet = option(argv, "--quiet", NULL) != NULL,
		.map = &map,
		.site = &site,
	};
	struct server *server;
	sigset_t signals;
	int port;

	(void)argc;
	file_path = option(argv, "--file", "/dev/null");
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGUSR1);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	if (options.db_address && !prepare(options.db_address))
		return 3;
	options.socket = listen_on(option(argv, "--listen", "127.0.0.1:0"), &port);
	if (options.socket < 0 || server_start(&options, &server) != OK)
		return 3;
	printf("%d\n", port);
	fflush(stdout);
	wait_for_signals(server, &signals);
	server_stop(server, 5);
	return 0;
}
