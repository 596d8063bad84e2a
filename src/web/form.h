/*
 * form.h - a form that people fill in: its fields declared once, for showing and for reading.
 *
 *	struct form f;
 *	struct field_view *email;
 *
 *	form_begin(&f, req, URL("/connexion"), _("Se connecter"));
 *	email = form_field(&f, FIELD_EMAIL, "courriel", _("Adresse de courriel"), NULL);
 *	form_require(&f, email);
 *	if (form_is_good(&f)) … email->value …
 *	else v.form = form_show(&f);
 *
 * A GET shows what is kept, a POST what was typed, so that nothing is lost. What is wrong is noted
 * by field, and checks of a field that is wrong already say nothing more. A GET has no errors.
 * Fields live in the arena of the request.
 */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include <stdbool.h>
#include <stdint.h>

#include "web/form_view.h"
#include "web/request.h"

/* The form of a resource is the longest, with a choice for each of its fields. */
enum { FORM_FIELDS = 80 };

struct form {
	struct request *req;
	bool is_sent;
	struct form_view view;
	struct field_view *field[FORM_FIELDS];
};

void form_begin(struct form *f, struct request *req, struct url action, const char *submit);

/*
 * `kept` is the value before anything is typed; NULL is empty. What comes in is put into NFC, and
 * trimmed: on one line except for FIELD_LONG. Passwords are left as they are.
 */
struct field_view *form_field(struct form *f, enum field_kind kind, const char *name,
			      const char *label, const char *kept);

/*
 * What is typed under these names is shown nowhere again, even where nobody knows of which form it
 * is. FIELD_PASSWORD takes no other.
 */
bool form_name_is_secret(const char *name);

/* FIELD_CHECK */
struct field_view *form_check(struct form *f, const char *name, const char *label, bool kept);

/* For FIELD_CHOICE, FIELD_RADIO and FIELD_CHOICES: another thing to choose from. */
void form_option(struct form *f, struct field_view *field, const char *value, const char *label,
		 bool kept);

/*
 * For FIELD_CHOICES, once it has its options: notes in the page which are chosen, so that a page
 * that was open for a while changes what its reader changed, and nothing else.
 */
void form_note_choices(struct form *f, struct field_view *field);
bool form_is_ticked(const struct field_view *field, size_t i);
bool form_is_unticked(const struct field_view *field, size_t i);

/* The value of the option that is chosen, or NULL. What is no option is an error. */
const char *form_chosen(struct form *f, struct field_view *field);

/* Notes what is wrong, unless something is already. */
void form_refuse(struct form *f, struct field_view *field, const char *words);

/* Not empty, and for the second not longer than `max` characters. */
void form_require(struct form *f, struct field_view *field);
void form_limit(struct form *f, struct field_view *field, int max);

/* Empty, or of the kind it says: an address of e-mail, of the web; a day; a whole number. */
void form_expect_email(struct form *f, struct field_view *field);
/* A name of someone: no address, which a letter would make a link of. */
void form_expect_name(struct form *f, struct field_view *field);
void form_expect_url(struct form *f, struct field_view *field);
const char *form_day(struct form *f, struct field_view *field); /* "YYYY-MM-DD", or NULL */
int64_t form_number(struct form *f, struct field_view *field, int64_t min, int64_t max);

/* The value, or NULL when it is empty. */
const char *form_value(const struct field_view *field);

/* True when it was sent, and nothing is wrong. */
bool form_is_good(const struct form *f);

/* What the template takes. */
struct form_view form_show(struct form *f);

#endif
