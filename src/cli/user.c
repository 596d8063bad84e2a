/*
 * user.c - people who may sign in: added, listed, let in, kept out.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/log.h"
#include "base/mail_address.h"
#include "cli/account.h"
#include "cli/user_inside.h"
#include "db/db.h"
#include "mail/account_letter.h"
#include "store/login.h"
#include "store/membership.h"
#include "store/organisation.h"
#include "store/person.h"
#include "store/row.h"

const char *user_subject(struct work *w, const struct person *p)
{
	return arena_printf(w->a, "person %s", p->slug);
}

enum status named_person(struct work *w, struct person *p)
{
	enum status status = person_by_email(w->db, w->a, w->args->word[1], p);

	if (status == NOT_FOUND)
		log_error("nobody has the address '%s' (see 'halle user list')",
			  shown(w->a, w->args->word[1]));
	return status;
}

/* ---- add --------------------------------------------------------------------------- */

/* The first word is the given name, the rest the family's. */
static enum status read_name(struct work *w, struct person *p)
{
	const char *name, *blank;
	enum status status = clean_option(w, "--name", &name);

	if (status != OK)
		return status;
	if (!name || !*name) {
		log_error("--name is needed, such as --name \"Camille Aubry\"");
		return INVALID;
	}
	blank = strchr(name, ' ');
	p->given_name = blank ? arena_strndup(w->a, name, (size_t)(blank - name)) : name;
	p->family_name = blank ? blank + 1 : "";
	return OK;
}

static enum status save_person(struct work *w, struct person *p)
{
	struct person other;
	enum status status;

	if (!mail_address_is_good(p->email)) {
		log_error("'%s' is not an address of e-mail", shown(w->a, p->email));
		return INVALID;
	}
	status = person_by_email(w->db, w->a, p->email, &other);
	if (status == OK) {
		log_error("%s has the address '%s' already", person_name(w->a, &other),
			  other.email);
		return CONFLICT;
	}
	return status == NOT_FOUND ? person_save(w->db, w->a, p) : status;
}

static enum status read_organisation(struct work *w, int64_t *id)
{
	const char *slug = args_value(w->args, "--organisation");
	struct organisation o;
	enum status status = organisation_by_slug(w->db, w->a, slug, &o);

	if (status == NOT_FOUND)
		log_error("there is no organisation '%s' (see 'halle organisation list')",
			  shown(w->a, slug));
	*id = status == OK ? o.id : 0;
	return status;
}

static enum status read_function(struct work *w, struct function *f)
{
	enum status status = read_organisation(w, &f->organisation_id);

	f->kind = args_value(w->args, "--function");
	if (!f->kind)
		f->kind = "officer";
	f->is_manager = args_value(w->args, "--manager");
	f->is_representative = args_value(w->args, "--representative");
	if (status == OK && !function_kind_is_known(f->kind)) {
		log_error("--function is elected, officer, partner or other, not '%s'",
			  shown(w->a, f->kind));
		status = INVALID;
	}
	if (status == OK)
		status = clean_option(w, "--title", &f->title);
	if (status == OK)
		status = day_option(w, "--from", &f->from_on);
	if (status == OK)
		status = day_option(w, "--to", &f->to_on);
	if (status == OK && !f->from_on)
		f->from_on = w->today;
	return status;
}

static enum status save_function(struct work *w, const struct person *p)
{
	struct function f = { .person_id = p->id };
	enum status status = read_function(w, &f);

	if (status != OK)
		return status;
	if (!days_are_in_order(f.from_on, f.to_on)) {
		log_error("the function ends on %s, before it begins on %s", f.to_on, f.from_on);
		return INVALID;
	}
	return function_save(w->db, &f);
}

/* What belongs to a function alone makes no sense without an organisation. */
static enum status refuse_function(struct work *w)
{
	static const char *const of_function[] = { "--function",       "--title", "--manager",
						   "--representative", "--from",  "--to" };

	for (size_t i = 0; i < sizeof(of_function) / sizeof(*of_function); i++) {
		if (!args_value(w->args, of_function[i]))
			continue;
		log_error("%s goes with --organisation", of_function[i]);
		return INVALID;
	}
	return OK;
}

static enum status invite(struct work *w, const struct person *p)
{
	struct account_letter l = { .db = w->db, .a = w->a, .now = w->now, .person = p };
	enum status status = public_option(w, &l.public_url);

	return status == OK ? letter_invite(&l) : status;
}

static enum status add(struct work *w)
{
	const char *role = args_value(w->args, "--role");
	struct person p = { .email = w->args->word[1], .made_at = w->now };
	enum status status = read_name(w, &p);

	if (status == OK && role)
		status = check_role(w, role);
	if (status == OK)
		status = save_person(w, &p);
	if (status == OK)
		status = args_value(w->args, "--organisation") ? save_function(w, &p)
							       : refuse_function(w);
	if (status == OK)
		status = trace_work(w, "person-added", user_subject(w, &p), NULL);
	if (status == OK && role)
		status = give_role(w, &p, role);
	if (status == OK && args_value(w->args, "--invite"))
		status = invite(w, &p);
	if (status == OK)
		printf("%s\n", p.slug);
	return status;
}

/* ---- list -------------------------------------------------------------------------- */

static const char *state_of(const struct person *p)
{
	if (p->is_blocked)
		return "blocked";
	return p->has_password ? "password" : p->seen_at == NO_NUMBER ? "invited" : "link";
}

static enum status print_functions(struct work *w, const struct person *p)
{
	struct function_list list;
	enum status status = function_of_person(w->db, w->a, p->id, w->today, &list);

	for (size_t i = 0; status == OK && i < list.n_functions; i++) {
		const struct function *f = &list.function[i];

		if (f->is_current)
			printf("\t%s of %s%s%s%s\n", f->kind, f->organisation,
			       f->is_manager ? ", manager" : "",
			       f->is_representative ? ", representative" : "",
			       f->is_member_current ? "" : " (no current membership)");
	}
	return status;
}

static enum status print_person(struct work *w, const struct person *p)
{
	bool editor, administrator;
	enum status status = role_has(w->db, p->id, "editor", &editor);

	if (status == OK)
		status = role_has(w->db, p->id, "administrator", &administrator);
	if (status != OK)
		return status;
	printf("%s\t%s\t%s%s%s%s\n", p->email ? p->email : "-", person_name(w->a, p), state_of(p),
	       p->has_second_factor ? ", second factor" : "", editor ? ", editor" : "",
	       administrator ? ", administrator" : "");
	return print_functions(w, p);
}

static enum status list(struct work *w)
{
	struct person_list people;
	enum status status = person_all(w->db, w->a, NULL, -1, 0, &people);

	for (size_t i = 0; status == OK && i < people.n_persons; i++)
		status = print_person(w, &people.person[i]);
	return status;
}

/* ---- link -------------------------------------------------------------------------- */

enum { MAX_MINUTES = 7 * 1440 };

static enum status link(struct work *w)
{
	struct person p;
	struct account_letter l = { .db = w->db, .a = w->a, .now = w->now, .person = &p };
	const char *address;
	int minutes;
	enum status status = named_person(w, &p);

	if (status == OK && p.is_blocked) {
		log_error("'%s' may not sign in (see 'halle user unblock')", p.email);
		status = DENIED;
	}
	if (status == OK)
		status = public_option(w, &l.public_url);
	if (status == OK &&
	    !args_number(w->args, "--minutes", 1, MAX_MINUTES, SIGN_IN_LINK / 60, &minutes))
		status = INVALID;
	if (status == OK)
		status = draw_sign_in_link(&l, (int64_t)minutes * 60, &address);
	if (status == OK)
		status = trace_work(w, "link-asked", user_subject(w, &p), NULL);
	if (status == OK)
		printf("%s\n", address);
	return status;
}

/* ---- the command ------------------------------------------------------------------- */

static const struct errand errands[] = {
	{ .name = "add", .n_words = 2, .run = add, .creates = true },
	{ .name = "list", .n_words = 1, .run = list, .is_free = true },
	{ .name = "link", .n_words = 2, .run = link },
	/* While one types, others write. */
	{ .name = "password", .n_words = 2, .run = user_password, .is_free = true },
	{ .name = "role", .n_words = 3, .run = user_role },
	{ .name = "factor", .n_words = 3, .run = user_factor },
	{ .name = "block", .n_words = 2, .run = user_block },
	{ .name = "unblock", .n_words = 2, .run = user_unblock },
};

static int user_run(struct args *args)
{
	return run_errand(args, &command_user, errands, sizeof(errands) / sizeof(*errands));
}

static const struct option user_options[] = {
	{ "--name", "NAME", "add: the given name, then the family's" },
	{ "--role", "ROLE", "add: editor or administrator" },
	{ "--organisation", "SLUG", "add: where they have a function" },
	{ "--function", "KIND", "add: elected, officer (by default), partner or other" },
	{ "--title", "WORDS", "add: what the function is called" },
	{ "--manager", NULL, "add: invites people of the organisation" },
	{ "--representative", NULL, "add: represents the organisation in the network" },
	{ "--from", "DAY", "add: first day of the function; today by default" },
	{ "--to", "DAY", "add: its last day" },
	{ "--invite", NULL, "add: send a letter with a link to choose a password" },
	{ "--public", "URL", "add, link: the address people use; by default the setting" },
	{ "--minutes", "N", "link: how long it is good; 30 by default" },
	{ 0 },
};

_Static_assert(sizeof(user_options) / sizeof(*user_options) <= MAX_OPTIONS + 1,
	       "args have room for the options");

const struct command command_user = {
	.name = "user",
	.usage = "add EMAIL --name NAME [OPTION...] | list | password EMAIL |"
		 " role EMAIL editor|administrator|none | link EMAIL [--minutes N] |"
		 " factor EMAIL none | block EMAIL | unblock EMAIL",
	.summary = "who may sign in, and as what",
	.option = user_options,
	.min_words = 1,
	.max_words = 3,
	.run = user_run,
};
