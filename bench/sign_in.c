/*
 * sign_in.c - whether time tells which addresses are known: how long the answers take to someone
 * who is known, unknown, without a password, blocked, to a wrong password and to asking for a link.
 *
 *	build/bench_sign_in [ROUNDS]
 *
 * In one process, on a database in a file of its own, the cases in turn; medians and what a
 * quarter of the rounds stayed under and over.
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/secret.h"
#include "db/db.h"
#include "search/search.h"
#include "store/login.h"
#include "store/person.h"
#include "web/address.h"
#include "web/site.h"

static const struct {
	const char *name, *path, *form;
} cases[] = {
	{ "password: wrong", "/connexion", "courriel=camille%40v.fr&mot_de_passe=faux" },
	{ "password: unknown address", "/connexion", "courriel=inconnu%40v.fr&mot_de_passe=faux" },
	{ "password: none was set", "/connexion", "courriel=sans-rien%40v.fr&mot_de_passe=faux" },
	{ "password: blocked", "/connexion", "courriel=bloque%40v.fr&mot_de_passe=une+phrase" },
	{ "link: known address", "/connexion/lien", "courriel=camille%40v.fr" },
	{ "link: unknown address", "/connexion/lien", "courriel=inconnu%40v.fr" },
};

enum { N_CASES = sizeof(cases) / sizeof(*cases), MAX_ROUNDS = 1000 };

static double taken[N_CASES][MAX_ROUNDS]; /* milliseconds */

static void must(enum status status, const char *what)
{
	if (status != OK)
		die("cannot %s", what);
}

static void add(struct db *db, struct arena *a, const char *email, const char *hash,
		bool is_blocked)
{
	struct person p = { .given_name = "Camille",
			    .family_name = "Aubry",
			    .email = email,
			    .is_blocked = is_blocked };

	must(person_save(db, a, &p), "add a person");
	must(credentials_set_password(db, p.id, hash), "set a password");
}

static void fill(struct db *db, struct arena *a)
{
	char hash[PASSWORD_HASH_SIZE];

	if (!password_hash("une phrase", hash))
		die("cannot hash");
	add(db, a, "camille@v.fr", hash, false);
	add(db, a, "sans-rien@v.fr", NULL, false);
	add(db, a, "bloque@v.fr", hash, true);
}

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* `now` moves by an hour, so that letters are sent each time. */
static double ask(struct db *db, struct arena *a, const struct site *site, size_t k, int64_t now)
{
	struct request req = { .arena = a,
			       .db = db,
			       .site = site,
			       .method = POST,
			       .path = cases[k].path,
			       .raw_path = cases[k].path,
			       .origin = site->public_url,
			       .address = "192.0.2.1",
			       .now = now };
	struct response res;
	double began;

	must(address_form(a, cases[k].form, strlen(cases[k].form), &req.form, &req.n_form),
	     "read a form");
	response_init(&res);
	began = now_ms();
	route_answer(&site_map, &req, &res);
	began = now_ms() - began;
	if (res.code != 422 && res.code != 303)
		die("'%s' was answered %d", cases[k].name, res.code);
	response_release(&res);
	return began;
}

static int compare(const void *x, const void *y)
{
	double a = *(const double *)x, b = *(const double *)y;

	return a < b ? -1 : a > b;
}

static void print(int rounds)
{
	printf("%-28s %10s %10s %10s\n", "milliseconds", "quarter", "median", "quarter");
	for (size_t k = 0; k < N_CASES; k++) {
		qsort(taken[k], (size_t)rounds, sizeof(double), compare);
		printf("%-28s %10.2f %10.2f %10.2f\n", cases[k].name, taken[k][rounds / 4],
		       taken[k][rounds / 2], taken[k][rounds * 3 / 4]);
	}
	printf("unknown to known: password %.3f, link %.3f\n",
	       taken[1][rounds / 2] / taken[0][rounds / 2],
	       taken[5][rounds / 2] / taken[4][rounds / 2]);
}

int main(int argc, char *argv[])
{
	char folder[] = "/tmp/bench-sign-in-XXXXXX";
	int rounds = argc > 1 ? atoi(argv[1]) : 100;
	struct site site = { .public_url = "https://exemple.fr", .version = "1" };
	struct arena *a = arena_new();
	struct db *db;

	if (sodium_init() < 0 || rounds < 4 || rounds > MAX_ROUNDS || !mkdtemp(folder))
		die("usage: bench_sign_in [ROUNDS], 4 to %d", MAX_ROUNDS);
	must(db_open(arena_printf(a, "%s/halle.db", folder), &db), "open a database");
	must(db_migrate(db), "make its tables");
	must(search_new(db, &site.search), "make an index");
	fill(db, a);
	for (int i = 0; i < rounds; i++)
		for (size_t k = 0; k < N_CASES; k++)
			taken[k][i] = ask(db, a, &site, k, 1795424400 + (int64_t)i * 3601);
	print(rounds);
	search_free(site.search);
	db_close(db);
	unlink(arena_printf(a, "%s/halle.db", folder));
	rmdir(folder);
	arena_free(a);
	return 0;
}
