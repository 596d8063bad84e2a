/*
 * organisation.c - authorities and others of the directory: added, listed.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "cli/account.h"
#include "store/membership.h"
#include "store/organisation.h"
#include "store/slug.h"
#include "store/term.h"

/* ---- add --------------------------------------------------------------------------- */

static enum status check(struct work *w, const struct organisation *o)
{
	if (!slug_is_valid(o->slug)) {
		log_error("'%s' is not the end of an address: a-z, 0-9 and single hyphens",
			  shown(w->a, o->slug));
		return INVALID;
	}
	if (!o->name || !*o->name) {
		log_error("--name is needed");
		return INVALID;
	}
	if (!o->kind || !organisation_kind_is_known(o->kind)) {
		log_error("--kind is region, departement, metropole, intercommunalite, petr, "
			  "commune, reseau, association, scic, scop, entreprise, etat or autre, "
			  "not '%s'",
			  o->kind ? shown(w->a, o->kind) : "");
		return INVALID;
	}
	if (o->siren && !siren_is_valid(o->siren)) {
		log_error("'%s' is not a SIREN: nine figures, whose key is right",
			  shown(w->a, o->siren));
		return INVALID;
	}
	return OK;
}

static enum status read_territory(struct work *w, int64_t *id)
{
	const char *slug = args_value(w->args, "--territory");
	struct term term;
	enum status status;

	*id = 0;
	if (!slug)
		return OK;
	status = term_by_slug(w->db, w->a, "territory", slug, &term);
	if (status == NOT_FOUND)
		log_error("there is no territory '%s'", shown(w->a, slug));
	if (status == OK)
		*id = term.id;
	return status;
}

/* A member from a day, or not one yet. */
static enum status read_membership(struct work *w, struct membership *m)
{
	enum status status = day_option(w, "--member-from", &m->from_on);

	if (status == OK)
		status = day_option(w, "--member-to", &m->to_on);
	if (status != OK)
		return status;
	if (m->to_on && !m->from_on) {
		log_error("--member-to goes with --member-from");
		return INVALID;
	}
	if (m->from_on && !days_are_in_order(m->from_on, m->to_on)) {
		log_error("the membership ends on %s, before it begins on %s", m->to_on,
			  m->from_on);
		return INVALID;
	}
	return OK;
}

static enum status save(struct work *w, struct organisation *o, struct membership *m)
{
	enum status status = organisation_save(w->db, o);

	if (status == CONFLICT)
		log_error("there is an organisation '%s' already", o->slug);
	if (status != OK || !m->from_on)
		return status;
	m->organisation_id = o->id;
	status = membership_save(w->db, m);
	return status == OK ? trace_work(w, "membership-changed",
					 arena_printf(w->a, "organisation %s", o->slug), NULL)
			    : status;
}

static enum status add(struct work *w)
{
	struct organisation o = {
		.slug = w->args->word[1],
		.kind = args_value(w->args, "--kind"),
		.siren = args_value(w->args, "--siren"),
	};
	struct membership m = { .kind = "full" };
	enum status status = clean_option(w, "--name", &o.name);

	if (status == OK)
		status = check(w, &o);
	if (status == OK)
		status = read_territory(w, &o.territory_id);
	if (status == OK)
		status = read_membership(w, &m);
	return status == OK ? save(w, &o, &m) : status;
}

/* ---- list -------------------------------------------------------------------------- */

static enum status print_one(struct work *w, const struct organisation *o)
{
	struct membership_list list;
	bool is_member;
	enum status status = membership_is_current(w->db, o->id, w->today, &is_member);

	if (status == OK)
		status = membership_of(w->db, w->a, o->id, &list);
	if (status != OK)
		return status;
	printf("%s\t%s\t%s\t", o->slug, o->name, o->kind);
	if (!list.n_memberships)
		puts("never a member");
	else if (list.membership[0].to_on)
		printf("%s%s\n", is_member ? "member until " : "was a member until ",
		       list.membership[0].to_on);
	else
		puts(is_member ? "member" : "not yet a member");
	return OK;
}

static enum status list(struct work *w)
{
	struct organisation_list all;
	enum status status = organisation_all(w->db, w->a, &all);

	for (size_t i = 0; status == OK && i < all.n_organisations; i++)
		status = print_one(w, &all.organisation[i]);
	return status;
}

/* ---- the command ------------------------------------------------------------------- */

static const struct errand errands[] = {
	{ .name = "add", .n_words = 2, .run = add, .creates = true },
	{ .name = "list", .n_words = 1, .run = list, .is_free = true },
};

static int organisation_run(struct args *args)
{
	return run_errand(args, &command_organisation, errands, sizeof(errands) / sizeof(*errands));
}

static const struct option organisation_options[] = {
	{ "--name", "NAME", "add: as it is called" },
	{ "--kind", "KIND", "add: region, departement, metropole, intercommunalite, commune…" },
	{ "--siren", "NUMBER", "add: nine figures" },
	{ "--territory", "SLUG", "add: where it lies" },
	{ "--member-from", "DAY", "add: first day of its membership" },
	{ "--member-to", "DAY", "add: its last day, when it is known" },
	{ 0 },
};

const struct command command_organisation = {
	.name = "organisation",
	.usage = "add SLUG --name NAME --kind KIND [OPTION...] | list",
	.summary = "the authorities and others of the directory",
	.option = organisation_options,
	.min_words = 1,
	.max_words = 2,
	.run = organisation_run,
};
