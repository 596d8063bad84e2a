#include "web/pages/parts.h"

#include <string.h>

#include "base/arena.h"
#include "base/tr.h"

/* In the order in which they are shown. */
static const struct {
	const char *role, *label;
} roles[] = {
	{ "speaker", N_("Interventions") },
	{ "author", N_("Rédaction") },
	{ "publisher", N_("Édition") },
	{ "lead", N_("Pilotage") },
	{ "partner", N_("En partenariat avec") },
	{ "participant", N_("Avec la participation de") },
	{ "supporter", N_("Avec le soutien de") },
	{ "funder", N_("Avec le financement de") },
	{ "contact", N_("Contact") },
};

enum { N_ROLES = sizeof(roles) / sizeof(*roles) };

static struct tag_view organisation_of(const struct request *req, const struct contribution *c)
{
	if (c->organisation)
		return (struct tag_view){ .label = say(req, c->organisation_name),
					  .url = url_path(req->arena, "/annuaire/",
							  c->organisation) };
	return (struct tag_view){ .label = say(req, c->affiliation) };
}

/* Someone unnamed is told by their title, an organisation by its own name. */
static struct person_view person_of(const struct request *req, const struct contribution *c)
{
	struct person_view v = {
		.name = say(req, c->name),
		.detail = say(req, c->title),
		.organisation = organisation_of(req, c),
		.email = c->email,
	};

	if (!v.name && !v.organisation.label) {
		v.name = v.detail;
		v.detail = NULL;
	}
	if (c->email)
		v.email_url =
			url_external(req->arena, arena_printf(req->arena, "mailto:%s", c->email));
	return v;
}

static void add_credit(const struct request *req, const struct contribution_list *list,
		       const struct object *object, size_t role, struct credits_view *v)
{
	struct credit_view *credit = &v->credit[v->n_credits];
	size_t capacity = 0;

	*credit = (struct credit_view){ .label = _(roles[role].label) };
	for (size_t i = 0; i < list->n_contributions; i++) {
		const struct contribution *c = &list->contribution[i];

		if (!strcmp(c->role, roles[role].role) &&
		    access_may_read_part(&req->reader, object, c->visibility))
			*arena_push(req->arena, credit->person, credit->n_persons, capacity) =
				person_of(req, c);
	}
	v->n_credits += credit->n_persons > 0;
}

static bool is_among(size_t role, enum people people)
{
	bool speaker = !strcmp(roles[role].role, "speaker");

	return people == EVERYONE || speaker == (people == SPEAKERS);
}

enum status credits_of(struct request *req, enum owner owner, int64_t id,
		       const struct object *object, enum people people, struct credits_view *v)
{
	struct contribution_list list;
	enum status status = contribution_of(req->db, req->arena, owner, id, &list);

	if (status != OK)
		return status;
	v->credit = arena_make(req->arena, struct credit_view, N_ROLES);
	for (size_t r = 0; r < N_ROLES; r++)
		if (is_among(r, people))
			add_credit(req, &list, object, r, v);
	return OK;
}
