#include "web/form.h"

#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/mail_address.h"
#include "base/text.h"
#include "base/tr.h"
#include "store/row.h"

void form_begin(struct form *f, struct request *req, struct url action, const char *submit)
{
	*f = (struct form){
		.req = req,
		.is_sent = req->method == POST,
		.view = { .action = action, .submit = submit },
	};
}

/* ---- what is typed --------------------------------------------------------------------- */

static const char *trim(struct arena *a, const char *text)
{
	size_t n;

	while (*text == '\n' || *text == ' ')
		text++;
	n = strlen(text);
	while (n && (text[n - 1] == '\n' || text[n - 1] == ' '))
		n--;
	return arena_strndup(a, text, n);
}

static const char *read_text(struct form *f, enum field_kind kind, const char *name)
{
	const char *typed = request_form(f->req, name);
	struct arena *a = f->req->arena;

	if (!typed || kind == FIELD_PASSWORD)
		return typed ? typed : "";
	return kind == FIELD_LONG ? trim(a, typed) : text_squeeze(a, typed);
}

static struct field_view *add(struct form *f, enum field_kind kind, const char *name,
			      const char *label)
{
	struct field_view *field = arena_make(f->req->arena, struct field_view, 1);

	if (f->view.n_fields == FORM_FIELDS)
		die("more than %d fields in a form", FORM_FIELDS);
	*field = (struct field_view){ .kind = kind, .name = name, .label = label, .value = "" };
	f->field[f->view.n_fields++] = field;
	return field;
}

bool form_name_is_secret(const char *name)
{
	static const char *const secret[] = {
		"actuel", "code",         "mot_de_passe",   "nouveau",
		"preuve", "preuve_codes", "preuve_retrait",
	};

	for (size_t i = 0; i < sizeof(secret) / sizeof(*secret); i++)
		if (!strcmp(name, secret[i]))
			return true;
	return false;
}

struct field_view *form_field(struct form *f, enum field_kind kind, const char *name,
			      const char *label, const char *kept)
{
	struct field_view *field = add(f, kind, name, label);

	if (kind == FIELD_PASSWORD && !form_name_is_secret(name))
		die("the field '%s' holds a secret, and its name does not tell", name);

	field->value = f->is_sent ? read_text(f, kind, name) : kept ? kept : "";
	f->view.has_files |= kind == FIELD_FILE;
	return field;
}

struct field_view *form_check(struct form *f, const char *name, const char *label, bool kept)
{
	struct field_view *field = add(f, FIELD_CHECK, name, label);

	field->checked = f->is_sent ? request_form(f->req, name) != NULL : kept;
	return field;
}

/* A name may come several times, for FIELD_CHOICES. */
static bool was_chosen(const struct request *req, const char *name, const char *value)
{
	for (size_t i = 0; i < req->n_form; i++)
		if (!strcmp(req->form[i].name, name) && !strcmp(req->form[i].value, value))
			return true;
	return false;
}

void form_option(struct form *f, struct field_view *field, const char *value, const char *label,
		 bool kept)
{
	size_t capacity = field->n_options;

	*arena_push(f->req->arena, field->option, field->n_options, capacity) =
		(struct option_view){
			.value = value,
			.label = label,
			.chosen = f->is_sent ? was_chosen(f->req, field->name, value) : kept,
		};
}

static bool is_word_of(const char *list, const char *word)
{
	size_t length = strlen(word);

	if (!length)
		return false;
	for (const char *at = list; (at = strstr(at, word)); at += length)
		if ((at == list || at[-1] == ' ') && (at[length] == ' ' || !at[length]))
			return true;
	return false;
}

void form_note_choices(struct form *f, struct field_view *field)
{
	const char *chosen = "";

	for (size_t i = 0; i < field->n_options; i++)
		if (field->option[i].chosen)
			chosen = arena_printf(f->req->arena, "%s%s%s", chosen, *chosen ? " " : "",
					      field->option[i].value);
	field->before = form_field(f, FIELD_HIDDEN,
				   arena_printf(f->req->arena, "avant-%s", field->name), "", chosen)
				->value;
}

bool form_is_ticked(const struct field_view *field, size_t i)
{
	return field->option[i].chosen && !is_word_of(field->before, field->option[i].value);
}

bool form_is_unticked(const struct field_view *field, size_t i)
{
	return !field->option[i].chosen && is_word_of(field->before, field->option[i].value);
}

const char *form_chosen(struct form *f, struct field_view *field)
{
	for (size_t i = 0; i < field->n_options; i++)
		if (field->option[i].chosen)
			return field->option[i].value;
	if (f->is_sent && request_form(f->req, field->name))
		form_refuse(f, field, _("Ce choix n’existe pas."));
	return NULL;
}

/* ---- what is wrong --------------------------------------------------------------------- */

void form_refuse(struct form *f, struct field_view *field, const char *words)
{
	if (!f->is_sent || field->error)
		return;
	field->error = words;
	f->view.n_errors++;
}

static bool is_empty(const struct field_view *field)
{
	switch (field->kind) {
	case FIELD_CHECK:
		return !field->checked;
	case FIELD_CHOICE:
	case FIELD_RADIO:
	case FIELD_CHOICES:
		for (size_t i = 0; i < field->n_options; i++)
			if (field->option[i].chosen && *field->option[i].value)
				return false;
		return true;
	default:
		return !*field->value;
	}
}

void form_require(struct form *f, struct field_view *field)
{
	field->required = true;
	if (is_empty(field))
		form_refuse(f, field, _("Ce champ est à remplir."));
}

void form_limit(struct form *f, struct field_view *field, int max)
{
	size_t length = utf8_length(field->value);

	field->max = max;
	if (length > (size_t)max)
		form_refuse(f, field,
			    arena_printf(f->req->arena,
					 _("%zu caractères : c’est trop, il en faut au plus %d."),
					 length, max));
}

void form_expect_email(struct form *f, struct field_view *field)
{
	if (*field->value && !mail_address_is_good(field->value))
		form_refuse(f, field,
			    _("Cette adresse n’est pas complète : elle s’écrit "
			      "« nom@domaine.fr »."));
}

void form_expect_name(struct form *f, struct field_view *field)
{
	if (strpbrk(field->value, "/@<>:\\"))
		form_refuse(f, field, _("Un nom s’écrit avec des lettres, sans adresse."));
}

void form_expect_url(struct form *f, struct field_view *field)
{
	if (*field->value && !url_is_safe(field->value))
		form_refuse(f, field,
			    _("Cette adresse n’est pas comprise : elle commence par "
			      "« https:// »."));
}

/* "31/05/2026" as well. */
static const char *read_day(struct arena *a, const char *text)
{
	int y, m, d;

	if (strlen(text) == 10 && text[2] == '/' && text[5] == '/')
		text = arena_printf(a, "%.4s-%.2s-%.2s", text + 6, text + 3, text);
	return day_parse(text, &y, &m, &d) ? text : NULL;
}

const char *form_day(struct form *f, struct field_view *field)
{
	const char *day = *field->value ? read_day(f->req->arena, field->value) : NULL;

	if (*field->value && !day)
		form_refuse(f, field, _("Ce jour n’existe pas : il s’écrit « 31/05/2026 »."));
	return day;
}

int64_t form_number(struct form *f, struct field_view *field, int64_t min, int64_t max)
{
	int64_t n = 0;
	const char *at = field->value;

	if (!*at)
		return NO_NUMBER;
	for (; *at >= '0' && *at <= '9' && n <= max; at++)
		n = n * 10 + (*at - '0');
	if (!*at && n >= min && n <= max)
		return n;
	form_refuse(f, field,
		    arena_printf(f->req->arena, _("Il faut un nombre entier, de %lld à %lld."),
				 (long long)min, (long long)max));
	return NO_NUMBER;
}

const char *form_value(const struct field_view *field)
{
	return *field->value ? field->value : NULL;
}

bool form_is_good(const struct form *f)
{
	return f->is_sent && !f->view.n_errors;
}

/* ---- showing --------------------------------------------------------------------------- */

static const char *const types[] = {
	[FIELD_TEXT] = "text", [FIELD_EMAIL] = "email",   [FIELD_PASSWORD] = "password",
	[FIELD_CODE] = "text", [FIELD_DATE] = "text",     [FIELD_NUMBER] = "text",
	[FIELD_URL] = "url",   [FIELD_RADIO] = "radio",   [FIELD_CHOICES] = "checkbox",
	[FIELD_FILE] = "file", [FIELD_HIDDEN] = "hidden",
};

static const char *set(struct arena *a, const char *words)
{
	return words ? text_typography(a, words) : NULL;
}

/* What we say of a field, never what is typed in it. */
static void set_words(struct arena *a, struct field_view *field)
{
	field->label = set(a, field->label);
	field->help = set(a, field->help);
	field->error = set(a, field->error);
	for (size_t i = 0; i < field->n_options; i++) {
		field->option[i].label = set(a, field->option[i].label);
		field->option[i].note = set(a, field->option[i].note);
	}
}

static void describe(struct arena *a, struct field_view *field)
{
	field->type = types[field->kind];
	field->mode = field->kind == FIELD_CODE || field->kind == FIELD_NUMBER ? "numeric" : NULL;
	field->here = url_path(a, "#", field->name);
	if (field->help)
		field->help_id = arena_printf(a, "%s-aide", field->name);
	if (field->error)
		field->error_id = arena_printf(a, "%s-erreur", field->name);
	if (field->help && field->error)
		field->described_by = arena_printf(a, "%s %s", field->error_id, field->help_id);
	else
		field->described_by = field->help ? field->help_id : field->error_id;
	if (field->kind == FIELD_PASSWORD || field->kind == FIELD_FILE)
		field->value = "";
}

struct form_view form_show(struct form *f)
{
	for (size_t i = 0; i < f->view.n_fields; i++) {
		set_words(f->req->arena, f->field[i]);
		describe(f->req->arena, f->field[i]);
	}
	f->view.field = f->field;
	if (f->view.n_errors)
		f->view.failed = _n("Un point est à corriger\u00a0:",
				    "Des points sont à corriger\u00a0:", (int64_t)f->view.n_errors);
	return f->view;
}
