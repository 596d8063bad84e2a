#include "web/pages/account_kit.h"

#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/password_rule.h"
#include "base/secret.h"
#include "base/tr.h"
#include "db/db.h"
#include "store/audit.h"
#include "web/account.h"
#include "web/address.h"
#include "web/pages/frame.h"

const char *const return_known[] = { "retour", NULL };

/*
 * Links that open an account are in the addresses of some of these pages, and words about one
 * person in others: neither a cache nor another site is told. "no-referrer" would take the origin
 * out of the forms too, and they are refused without it.
 */
void account_frame(struct request *req, struct response *res, struct frame_view *f,
		   const char *title)
{
	frame_fill(req, f, NO_SECTION, title, (struct url){ NULL });
	res->fresh_until = -1;
	response_header(res, "Cache-Control", "private, no-store");
	response_header(res, "Referrer-Policy", "same-origin");
}

void account_code(struct response *res, const struct form *f)
{
	if (f->is_sent && f->view.n_errors)
		res->code = 422;
}

/* ---- the page that was wanted ------------------------------------------------------ */

enum { MAX_WANTED = 1000 };

static bool begins_with(const char *path, const char *beginning)
{
	return !strncmp(path, beginning, strlen(beginning));
}

/* Signing in does not lead back to signing in or out. */
const char *wanted_or_null(const char *path)
{
	if (!path || strlen(path) > MAX_WANTED || !account_return(path, NULL))
		return NULL;
	if (begins_with(path, "/connexion") || begins_with(path, "/deconnexion") ||
	    begins_with(path, "/mot-de-passe"))
		return NULL;
	return path;
}

const char *wanted_page(struct request *req)
{
	return wanted_or_null(req->method == POST ? request_form(req, "retour")
						  : request_query(req, "retour"));
}

const char *path_wanting(struct request *req, const char *path, const char *wanted)
{
	const struct pair back = { "retour", wanted };

	return wanted ? address_write(req->arena, path, &back, 1) : path;
}

struct url url_wanting(struct request *req, const char *path, const char *wanted)
{
	return url_external(req->arena, path_wanting(req, path, wanted));
}

void form_keep_wanted(struct form *f)
{
	const char *wanted = wanted_page(f->req);
	struct field_view *field;

	if (!wanted)
		return;
	field = form_field(f, FIELD_HIDDEN, "retour", "", wanted);
	field->value = wanted;
}

/* ---- telling ----------------------------------------------------------------------- */

void add_way(struct tag_view *way, size_t *n, const char *label, struct url url)
{
	if (*n < ACCOUNT_WAYS)
		way[(*n)++] = (struct tag_view){ .label = label, .url = url };
}

void account_tell(struct request *req, struct response *res, struct account_told_view *v,
		  const char *title)
{
	account_frame(req, res, &v->frame, title);
	account_told_html(&res->body, v);
}

enum status find_link(struct request *req, const char *purpose, struct token *t, struct person *p)
{
	char hash[SECRET_HASH_SIZE];
	enum status status;

	secret_hash(request_param(req, "secret"), hash);
	status = token_find(req->db, req->arena, hash, purpose, req->now, t);
	return status == OK ? person_by_id(req->db, req->arena, t->person_id, p) : status;
}

enum status link_is_stale(struct request *req, struct response *res)
{
	struct account_told_view v = {
		.words = { _("Un lien sert une seule fois, et pour un temps limité. Celui-ci a "
			     "déjà "
			     "servi, ou il est trop ancien, ou il a été coupé en chemin."),
			   _("Vous pouvez en demander un autre : il arrive en une minute ou "
			     "deux.") },
	};

	res->code = 410;
	add_way(v.way, &v.n_ways, _("Recevoir un lien de connexion"), URL("/connexion/lien"));
	add_way(v.way, &v.n_ways, _("Choisir un nouveau mot de passe"), URL("/mot-de-passe"));
	add_way(v.way, &v.n_ways, _("Se connecter avec un mot de passe"), URL("/connexion"));
	account_tell(req, res, &v, _("Ce lien ne sert plus"));
	return OK;
}

static const char *wait_in_words(struct arena *a, int64_t wait)
{
	int64_t minutes = (wait + 59) / 60;

	return arena_printf(
		a, _n("Réessayez dans une minute.", "Réessayez dans %lld minutes.", minutes),
		(long long)minutes);
}

enum status hold_back(struct request *req, struct response *res, int64_t wait)
{
	struct account_told_view v = {
		.words = { _("Il y a eu beaucoup d’essais en peu de temps. Pour protéger les "
			     "comptes, les suivants attendent."),
			   wait_in_words(req->arena, wait) },
	};

	res->code = 429;
	response_header(res, "Retry-After", arena_printf(req->arena, "%lld", (long long)wait));
	if (!req->reader.person_id)
		add_way(v.way, &v.n_ways, _("Recevoir plutôt un lien de connexion par courriel"),
			url_wanting(req, "/connexion/lien", wanted_page(req)));
	add_way(v.way, &v.n_ways, _("Revenir à l’accueil"), URL("/"));
	account_tell(req, res, &v, _("Trop d’essais"));
	return OK;
}

/* ---- doing ------------------------------------------------------------------------- */

enum status trace_of(struct request *req, int64_t person_id, const char *action,
		     const char *subject, const char *detail)
{
	const struct audit entry = {
		.at = req->now,
		.action = action,
		.person_id = person_id,
		.subject = subject,
		.detail = detail,
		.address = req->address,
	};

	return audit_add(req->db, &entry);
}

const char *subject_of(struct request *req, const struct person *p)
{
	return p && p->slug ? arena_printf(req->arena, "person %s", p->slug) : NULL;
}

struct account_letter letter_to(struct request *req, const struct person *p)
{
	return (struct account_letter){
		.db = req->db,
		.a = req->arena,
		.public_url = req->site->public_url,
		.now = req->now,
		.person = p,
	};
}

enum status enter_as(struct request *req, struct response *res, const struct person *p,
		     bool is_whole, const char *how, const char *wanted)
{
	enum status status = account_begin(req, res, p->id, is_whole);

	if (status == OK && is_whole)
		status = trace_of(req, p->id, "sign-in", subject_of(req, p), how);
	if (status == OK)
		response_redirect(res, 303,
				  is_whole ? account_return(wanted, "/espace")
					   : path_wanting(req, "/connexion/code", wanted));
	return status;
}

enum status letter_is_due(struct request *req, const struct person *p, const char *purpose,
			  bool *is_due)
{
	int64_t n;
	enum status status =
		token_count(req->db, p->id, purpose, req->now - LETTERS_WITHIN, req->now, &n);

	*is_due = status == OK && n < LETTERS_AT_ONCE;
	return status;
}

/* Nanoseconds of a clock that only goes forward. */
int64_t even_begin(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

void even_end(int64_t began)
{
	int64_t step = EVEN_MS * INT64_C(1000000), past = even_begin() - began;
	int64_t until = began + (past / step + 1) * step;
	const struct timespec t = { until / 1000000000, (long)(until % 1000000000) };

	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
}

/* ---- passwords --------------------------------------------------------------------- */

struct field_view *new_password_field(struct form *f, const char *name)
{
	struct field_view *field =
		form_field(f, FIELD_PASSWORD, name, _("Nouveau mot de passe"), NULL);

	field->help = _("Au moins 12 caractères. Une phrase que vous retenez convient très bien ; "
			"vous pouvez aussi coller celui d’un gestionnaire de mots de passe.");
	field->autocomplete = "new-password";
	form_require(f, field);
	return field;
}

void expect_password(struct form *f, struct field_view *field, const struct person *p)
{
	if (!*field->value)
		return;
	switch (password_fault(f->req->arena, field->value, p->email,
			       setting_of(f->req, "site_name"))) {
	case PASSWORD_GOOD:
		return;
	case PASSWORD_TOO_SHORT:
		form_refuse(f, field, _("Il est trop court : il faut au moins 12 caractères."));
		return;
	case PASSWORD_TOO_LONG:
		form_refuse(f, field, _("Il est trop long : il en faut un plus court."));
		return;
	case PASSWORD_COMMON:
		form_refuse(f, field,
			    _("Il est parmi les plus répandus, donc parmi les premiers essayés : "
			      "choisissez-en un autre."));
		return;
	case PASSWORD_OF_HERE:
		form_refuse(f, field,
			    _("Il ressemble trop à votre adresse ou au nom de ce site : "
			      "choisissez-en un autre."));
		return;
	}
}
