/*
 * sign_in_first.c - what nobody may ask for: they sign in, and go on where they were. What was
 * typed while a session ended is kept in the page that tells so.
 */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/tr.h"
#include "web/address.h"
#include "web/form.h"
#include "web/pages/frame.h"
#include "web/pages/pages.h"
#include "web/pages/parts.h"

/* Longer than that, or of several lines, it is shown, so that it can be copied as well. */
enum { SHORT = 80 };

/* Passwords and codes are not shown to who looks over a shoulder, nor kept. */
static bool is_secret(const struct request *req)
{
	for (size_t i = 0; i < req->n_form; i++)
		if (form_name_is_secret(req->form[i].name))
			return true;
	return false;
}

/* Beside what pages note for themselves: where one came from, what was ticked. */
static bool is_noted(const char *name)
{
	return !strcmp(name, "retour") || !strncmp(name, "avant-", strlen("avant-"));
}

static bool holds_something(const struct request *req)
{
	for (size_t i = 0; i < req->n_form; i++)
		if (*req->form[i].value && !is_noted(req->form[i].name))
			return true;
	return req->n_uploads > 0;
}

static void show_kept(struct request *req, struct response *res)
{
	struct interrupted_view v = {
		.again = url_path(req->arena, req->path, ""),
		.path = req->path,
		.has_files = req->n_uploads > 0,
	};

	v.field = arena_make(req->arena, struct typed_view, req->n_form);
	for (; v.n_fields < req->n_form; v.n_fields++) {
		const struct pair *p = &req->form[v.n_fields];
		bool is_long = utf8_length(p->value) > SHORT || strchr(p->value, '\n');

		v.field[v.n_fields] = (struct typed_view){
			.name = p->name,
			.value = p->value,
			.id = arena_printf(req->arena, "champ-%zu", v.n_fields + 1),
			.is_long = !is_noted(p->name) && is_long,
			.is_short = !is_noted(p->name) && !is_long && *p->value,
		};
		v.has_long |= v.field[v.n_fields].is_long;
	}
	frame_fill(req, &v.frame, NO_SECTION, _("Votre connexion a pris fin"),
		   (struct url){ NULL });
	res->code = 403;
	interrupted_html(&res->body, &v);
}

enum status sign_in_first(struct request *req, struct response *res)
{
	struct pair back = { "retour", "/espace" };

	if (req->method == POST && holds_something(req) && !is_secret(req)) {
		show_kept(req, res);
		return OK;
	}
	if (req->method == GET)
		back.value = address_write(req->arena, req->path, req->query, req->n_query);
	response_redirect(res, 303, address_write(req->arena, "/connexion", &back, 1));
	return OK;
}
