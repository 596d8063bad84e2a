#include "store/lost.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/tr.h"
#include "db/db.h"
#include "web/account.h"
#include "web/pages/office/office.h"
#include "web/pages/parts.h"

static const struct told told[] = {
	{ "complete", N_("Le lien est complété.") },
	{ "abandonne", N_("Le lien est enlevé.") },
	{ "deja", N_("Ce lien avait déjà été complété ou enlevé : rien n’a changé.") },
};

/* The link whose form was sent, with what is to be corrected; 0 when none was. */
struct sent {
	int64_t id;
	struct form form;
};

static const char *number_of(struct request *req, const struct lost *l)
{
	return arena_printf(req->arena, "%" PRId64, l->id);
}

static struct field_view *make_form(struct request *req, const struct lost *l, bool is_sent,
				    struct form *f)
{
	const char *number = number_of(req, l);
	struct field_view *field;

	office_form_begin(f, req, url_path(req->arena, "/gestion/a-completer/", number),
			  _("Compléter"), is_sent);
	field = form_field(f, FIELD_TEXT, name_of(req, "adresse", number),
			   arena_printf(req->arena, "%s : %s", word_of(link_role_words, l->role),
					l->label),
			   NULL);
	field->help = _("« https://… », ou l’adresse d’une page du site : « /ressources/… ».");
	return field;
}

static struct url owner_url(struct request *req, const struct lost *l)
{
	if (l->owner == OF_RESOURCE)
		return url_path(req->arena, "/gestion/ressources/", l->slug);
	return url_path(req->arena, l->owner == OF_CYCLE ? "/cycles/" : "/agenda/", l->slug);
}

static bool same_owner(const struct lost *a, const struct lost *b)
{
	return a->owner == b->owner && a->owner_id == b->owner_id;
}

static void add_link(struct request *req, struct card_view *c, const struct lost *l,
		     struct sent *sent)
{
	struct form f;
	struct office_form_view *v;

	if (sent && sent->id == l->id)
		f = sent->form;
	else
		(void)make_form(req, l, false, &f);
	v = office_form(req, c, &f);
	v->also = _("Abandonner ce lien");
	v->also_name = "abandonner";
}

static const char *progress(struct request *req, const struct lost_list *list, int64_t n_owners)
{
	int64_t n = (int64_t)list->n_lost;

	if (!n)
		return _("Aucun lien n’est à compléter.");
	return arena_printf(req->arena, _("%s dans %s"),
			    arena_printf(req->arena,
					 _n("%s lien à compléter", "%s liens à compléter", n),
					 number_in_words(req->arena, n)),
			    arena_printf(req->arena, _n("%s page", "%s pages", n_owners),
					 number_in_words(req->arena, n_owners)));
}

static enum status fill(struct request *req, struct office_view *v, struct sent *sent)
{
	struct lost_list list;
	struct office_section_view *s;
	struct card_view *c = NULL;
	int64_t n_owners = 0;
	enum status status = lost_all(req->db, req->arena, &list);

	office_begin(req, v, OFFICE_LOST, NULL);
	v->lead =
		_("L’importation a trouvé ces liens sans leur adresse. Chacun s’enregistre seul.");
	v->done = office_told(req, told, 3);
	s = office_section(req, v, _("Liens à compléter, page par page"), "liens");
	for (size_t i = 0; i < list.n_lost && status == OK; i++) {
		const struct lost *l = &list.lost[i];

		if (!i || !same_owner(l, &list.lost[i - 1])) {
			c = office_card(req, s, say(req, l->title));
			c->url = owner_url(req, l);
			c->words = word_of(owner_words, owner_name(l->owner));
			n_owners++;
		}
		add_link(req, c, l, sent);
	}
	v->count = progress(req, &list, n_owners);
	return status;
}

enum status office_lost_show(struct request *req, struct response *res)
{
	struct office_view v;
	enum status status = fill(req, &v, NULL);

	if (status == OK)
		office_html(&res->body, &v);
	return status;
}

/* ---- one link
 * ------------------------------------------------------------------------------------ */

static enum status trace(struct request *req, const struct lost *l, const char *what)
{
	const char *subject = arena_printf(req->arena, "%s %s", owner_name(l->owner), l->slug);

	return audit_here(req, "resource-changed", subject, what);
}

static enum status complete(struct request *req, const struct lost *l, struct sent *sent,
			    struct field_view *field)
{
	struct target_typed target;
	struct link target_link;
	enum status status;

	form_require(&sent->form, field);
	if (*field->value && !read_target(req, field->value, &target))
		form_refuse(&sent->form, field,
			    _("Cette adresse n’est pas comprise : elle commence par « https:// », "
			      "ou c’est l’adresse d’une page du site."));
	if (!form_is_good(&sent->form))
		return INVALID;
	target_link = (struct link){ .url = target.url,
				     .resource_id = target.resource_id,
				     .file = target.file };
	status = touch_owner(req, l->owner, l->owner_id, l->slug);
	if (status == OK)
		status = lost_complete(req->db, l->id, &target_link);
	return status == OK ? trace(req, l, "lien complété") : status;
}

static enum status give_up(struct request *req, const struct lost *l)
{
	enum status status = touch_owner(req, l->owner, l->owner_id, l->slug);

	if (status == OK)
		status = lost_give_up(req->db, l->id);
	return status == OK ? trace(req, l, "lien perdu enlevé") : status;
}

static enum status change(struct request *req, struct sent *sent)
{
	struct lost l;
	struct field_view *field;
	enum status status;

	sent->id = atoll(request_param(req, "id"));
	status = lost_by_id(req->db, req->arena, sent->id, &l);
	if (status != OK)
		return status;
	field = make_form(req, &l, true, &sent->form);
	return request_form(req, "abandonner") ? give_up(req, &l) : complete(req, &l, sent, field);
}

/* What was typed for the others is not sent with it: a browser keeps it when one goes back. */
enum status office_lost_save(struct request *req, struct response *res)
{
	struct sent sent = { 0 };
	struct office_view v;
	const char *told_name = request_form(req, "abandonner") ? "abandonne" : "complete";
	enum status status = db_begin(req->db);

	if (status == OK)
		status = db_end(req->db, change(req, &sent));
	if (status == INVALID) {
		status = fill(req, &v, &sent);
		return status == OK ? office_wrong(res, &v) : status;
	}
	if (status == NOT_FOUND)
		told_name = "deja";
	else if (status != OK)
		return status;
	return office_back(req, res, URL("/gestion/a-completer"), told_name);
}
