#include "import/people.h"

#include <string.h>

#include "base/arena.h"
#include "base/mail_address.h"
#include "base/text.h"
#include "import/batch_import.h"
#include "store/opening.h"
#include "store/person.h"
#include "store/slug.h"
#include "store/working_group.h"

enum { NAME_MAX_CHARS = 200, TITLE_MAX_CHARS = 300 };

/* ---- memberships ------------------------------------------------------------------------- */

/* Two days, the first of which is there. */
static void read_days(struct fields *f, const char **from_on, const char **to_on)
{
	*from_on = field_day(f, "from");
	*to_on = field_day(f, "to");
	if (!*from_on && !f->failed)
		fields_refuse(f, "from", "is missing");
	if (*from_on && !days_are_in_order(*from_on, *to_on))
		fields_refuse(f, "to", "is before 'from'");
}

static struct membership read_membership(struct fields *f)
{
	static const char *const known[] = { "kind", "from", "to", NULL };
	struct membership m = { .kind = field_required(f, "kind", 20) };

	fields_check_known(f, known);
	if (*m.kind && !membership_kind_is_known(m.kind))
		fields_refuse(f, "kind", "is none of full, associate, honorary");
	read_days(f, &m.from_on, &m.to_on);
	return m;
}

struct membership_list people_read_memberships(struct fields *f)
{
	const json_t *list;
	size_t n = parts_list(f, "memberships", &list);
	struct membership_list memberships = { arena_make(f->a, struct membership, n + 1), n };

	for (size_t i = 0; i < n; i++) {
		struct fields of = parts_item(f, "memberships", i, list);

		memberships.membership[i] = read_membership(&of);
		f->failed |= of.failed;
	}
	return memberships;
}

/* The latest stands first, and the first of two that begin together was the later to come. */
enum status people_save_memberships(struct fields *f, int64_t organisation_id,
				    const struct membership_list *list)
{
	enum status status = membership_clear(f->import->db, organisation_id);

	for (size_t i = list->n_memberships; i-- > 0 && status == OK;) {
		struct membership m = list->membership[i];

		m.organisation_id = organisation_id;
		status = membership_save(f->import->db, &m);
	}
	return status;
}

/* ---- people ------------------------------------------------------------------------------ */

const char *const person_fields[] = { "type",  "slug",  "given_name", "family_name",
				      "email", "shown", "functions",  NULL };

static struct function read_function(struct fields *f)
{
	static const char *const known[] = { "organisation", "kind",           "title",   "from",
					     "to",           "representative", "manager", NULL };
	struct function made = {
		.organisation = field_required_slug(f, "organisation"),
		.kind = field_required(f, "kind", 20),
		.title = field_text(f, "title", TITLE_MAX_CHARS),
		.is_representative = field_yes(f, "representative", false),
		.is_manager = field_yes(f, "manager", false),
	};

	fields_check_known(f, known);
	if (*made.kind && !function_kind_is_known(made.kind))
		fields_refuse(f, "kind", "is none of elected, officer, partner, other");
	read_days(f, &made.from_on, &made.to_on);
	return made;
}

static struct function_list read_functions(struct fields *f)
{
	const json_t *list;
	size_t n = parts_list(f, "functions", &list);
	struct function_list functions = { arena_make(f->a, struct function, n + 1), n };

	for (size_t i = 0; i < n; i++) {
		struct fields of = parts_item(f, "functions", i, list);

		functions.function[i] = read_function(&of);
		f->failed |= of.failed;
	}
	return functions;
}

/* The organisation may stand later in the file: the database asks for it at the end. */
static enum status save_functions(struct fields *f, int64_t person_id, struct function_list *list)
{
	enum status status = function_clear(f->import->db, person_id);

	for (size_t i = 0; i < list->n_functions && status == OK; i++) {
		struct function *made = &list->function[i];

		made->person_id = person_id;
		status = function_save(f->import->db, made);
		if (status == OK)
			status = parts_refer_one(f, "function", made->id, "function_organisation",
						 0, made->organisation);
	}
	return status;
}

static enum status refuse_taken_address(struct fields *f, const char *email, int64_t id)
{
	struct person other;
	enum status status = person_by_email(f->import->db, f->a, email, &other);

	if (status == NOT_FOUND || (status == OK && other.id == id))
		return OK;
	if (status == OK)
		fields_refuse(f, "email",
			      arena_printf(f->a, "is the address of '%s' already", other.slug));
	return status == OK ? INVALID : status;
}

enum status apply_person(struct fields *f, const char *slug, int64_t *id)
{
	struct person p = { .id = *id, .slug = slug };
	struct function_list functions;
	enum status status = OK;

	if (*id && person_by_id(f->import->db, f->a, *id, &p) != OK)
		return FAILED;
	p.given_name = field_text(f, "given_name", NAME_MAX_CHARS);
	p.given_name = p.given_name ? p.given_name : "";
	p.family_name = field_required(f, "family_name", NAME_MAX_CHARS);
	p.email = field_email(f, "email");
	p.is_shown = field_yes(f, "shown", false);
	p.made_at = *id ? p.made_at : import_now(f->import);
	functions = read_functions(f);
	if (p.email && !mail_address_is_good(p.email))
		fields_refuse(f, "email", "is not an address of e-mail");
	if (f->failed)
		return INVALID;
	if (p.email)
		status = refuse_taken_address(f, p.email, *id);
	if (status == OK)
		status = person_save(f->import->db, f->a, &p);
	*id = p.id;
	return status == OK ? save_functions(f, p.id, &functions) : status;
}

/* ---- groups ------------------------------------------------------------------------------ */

const char *const group_fields[] = { "type",        "slug",    "name", "description",
				     "coordinator", "members", NULL };

enum status apply_group(struct fields *f, const char *slug, int64_t *id)
{
	struct working_group g = {
		.id = *id,
		.slug = slug,
		.name = field_required(f, "name", NAME_MAX_CHARS),
		.description = field_html(f, "description", 0),
	};
	const char *coordinator = field_slug(f, "coordinator");
	struct names members = parts_read_slugs(f, "members");
	enum status status;

	if (f->failed)
		return INVALID;
	status = working_group_save(f->import->db, &g);
	*id = g.id;
	if (status == OK)
		status = working_group_clear(f->import->db, g.id);
	if (status == OK)
		status = parts_refer_one(f, "group", g.id, "coordinator", 0, coordinator);
	if (status == OK)
		status = parts_refer(f, "group", g.id, "member", &members);
	return status;
}

/* ---- what is opened to whom, and who attended --------------------------------------------- */

static bool is_told(const struct fields *f, const char *key)
{
	return json_object_get(f->object, key) != NULL;
}

struct names people_read_keys(struct fields *f)
{
	struct names keys = parts_read_labels(f, "open_to");

	for (size_t i = 0; i < keys.n_names; i++) {
		const char *key = keys.name[i];
		bool good = !strncmp(key, "function:", 9) ? function_kind_is_known(key + 9)
			    : !strncmp(key, "group:", 6)
				    ? slug_is_valid(key + 6)
				    : !strncmp(key, "session:", 8) && slug_is_valid(key + 8);

		if (!good)
			fields_refuse(f, arena_printf(f->a, "open_to[%zu]", i),
				      "is none of function:KIND, group:SLUG, session:SLUG");
	}
	return keys;
}

enum status people_save_keys(struct fields *f, enum owner owner, int64_t id,
			     const struct names *keys)
{
	const char *kind = owner_name(owner);
	enum status status = OK;

	if (!is_told(f, "open_to"))
		return OK;
	status = opening_set(f->import->db, owner, id, NULL, 0);
	for (size_t i = 0; i < keys->n_names && status == OK; i++) {
		const char *key = keys->name[i], *colon = strchr(key, ':');

		if (*key == 'f')
			status = opening_add(f->import->db, owner, id,
					     arena_printf(f->a, "function-%s", colon + 1));
		else
			status = parts_refer_one(f, kind, id,
						 *key == 'g' ? "open_group" : "open_session",
						 (int)i, colon + 1);
	}
	return status;
}

enum status people_save_attendance(struct fields *f, int64_t session_id, const struct names *people)
{
	enum status status;

	if (!is_told(f, "attended"))
		return OK;
	status = attendance_clear(f->import->db, session_id);
	return status == OK ? parts_refer(f, "session", session_id, "attended", people) : status;
}
