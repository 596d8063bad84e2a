#include <string.h>

#include "base/arena.h"
#include "base/tr.h"
#include "web/pages/office/edit.h"

_Static_assert(2 * N_EDIT_FIELDS <= FORM_FIELDS, "room for a choice beside each field");

/* What becomes of a field that differs between this form and what is kept. */
enum fate { MINE, THEIRS, ASKED };

static enum fate fate_of(const struct edit *e, enum edit_field i)
{
	if (!values_differ(&e->typed, &e->kept, i))
		return MINE;
	if (e->has_base && !values_differ(&e->base, &e->typed, i) &&
	    (i != EDIT_KEYS || e->base.knows_keys))
		/* Once the differences were shown, putting the old text back is meant. */
		return e->seen == e->r.revision ? MINE : THEIRS;
	if (e->has_base && !values_differ(&e->base, &e->kept, i) &&
	    (i != EDIT_KEYS || e->base.knows_keys))
		return MINE;
	return ASKED;
}

static const char *choice_name(struct edit *e, enum edit_field i)
{
	return arena_printf(e->req->arena, "choix-%s", e->fields.field[i]->name);
}

static void show_clash(struct edit *e, enum edit_field i, struct field_view *choice)
{
	struct clash_view *clash = &e->v.clash[e->v.n_clashes++];

	*clash = (struct clash_view){
		.label = field_label(i),
		.mine = value_in_words(e->req, &e->typed, i),
		.theirs = value_in_words(e->req, &e->kept, i),
		.choice = choice,
	};
}

/* "mien", "leur", or NULL while nothing is chosen, or was chosen against another text. */
static const char *ask(struct edit *e, enum edit_field i)
{
	struct form *f = &e->fields.form;
	bool was_shown = e->seen == e->r.revision;
	struct field_view *choice;
	const char *chosen;

	f->is_sent = was_shown;
	choice = form_field(f, FIELD_RADIO, choice_name(e, i),
			    arena_printf(e->req->arena, _("%s : que garder ?"), field_label(i)),
			    NULL);
	form_option(f, choice, "mien",
		    _("Ma version : ce qui est dans le formulaire plus bas, où elle se reprend"),
		    false);
	form_option(f, choice, "leur", _("La version enregistrée entre-temps"), false);
	chosen = form_chosen(f, choice);
	f->is_sent = true;
	if (!chosen && was_shown)
		form_refuse(f, choice, _("Choisissez l’une des deux."));
	show_clash(e, i, choice);
	return chosen;
}

static void take_links(struct edit *e, const struct edit_fields *kept)
{
	e->fields.row = kept->row;
	e->fields.n_rows = kept->n_rows;
}

/* Fields that tell more of another. */
static const enum edit_field beside[][2] = {
	{ EDIT_SUMMARY, EDIT_SUMMARY_FORMAT }, { EDIT_BODY, EDIT_FORMAT },
	{ EDIT_KEYS, EDIT_SESSIONS },          { EDIT_KIND, EDIT_NEW_KIND },
	{ EDIT_FORM, EDIT_NEW_FORM },
};

/* The field of the form becomes the one that shows what is kept. */
static void take_theirs(struct edit *e, const struct edit_fields *kept, enum edit_field i)
{
	struct field_view **field = e->fields.field;

	e->typed.value[i] = e->kept.value[i];
	if (field[i]->error)
		e->fields.form.view.n_errors--;
	*field[i] = *kept->field[i];
	for (size_t n = 0; n < sizeof(beside) / sizeof(*beside); n++)
		if (beside[n][0] == i)
			*field[beside[n][1]] = *kept->field[beside[n][1]];
	if (i == EDIT_N_LINKS)
		take_links(e, kept);
}

static void tell_taken(struct edit *e, enum edit_field i)
{
	e->v.taken = e->v.taken ? arena_printf(e->req->arena, "%s, %s", e->v.taken, field_label(i))
				: field_label(i);
}

enum status clash_settle(struct edit *e, bool *is_settled)
{
	struct edit_fields kept;
	enum status status = fields_make(e, &e->kept, false, &kept);

	*is_settled = e->seen == e->r.revision;
	e->v.clash = arena_make(e->req->arena, struct clash_view, N_EDIT_FIELDS);
	for (enum edit_field i = 0; i < N_EDIT_FIELDS && status == OK; i++) {
		enum fate fate = field_is_compared(i) ? fate_of(e, i) : MINE;
		const char *chosen = fate == ASKED ? ask(e, i) : NULL;

		if (fate == ASKED && !chosen)
			*is_settled = false;
		if (fate == THEIRS)
			tell_taken(e, i);
		if (fate == THEIRS || (chosen && !strcmp(chosen, "leur")))
			take_theirs(e, &kept, i);
	}
	/* What was only taken over is shown once before it is saved with the rest. */
	return status;
}
