/*
 * form_view.h - a form as a template shows it: fields with their labels, what was typed, and
 * what is to be corrected.
 */
#ifndef WEB_FORM_VIEW_H
#define WEB_FORM_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/html.h"

enum field_kind {
	FIELD_TEXT,
	FIELD_EMAIL,
	FIELD_PASSWORD, /* what was typed is never shown again */
	FIELD_CODE,     /* figures to be copied */
	FIELD_DATE,     /* "2026-05-31" or "31/05/2026" */
	FIELD_NUMBER,
	FIELD_URL,
	FIELD_LONG,    /* several lines */
	FIELD_CHOICE,  /* one of several, in a list */
	FIELD_RADIO,   /* the same, all of them in view */
	FIELD_CHOICES, /* any of several */
	FIELD_CHECK,   /* yes or no */
	FIELD_HIDDEN,
	FIELD_FILE,
};

/* One thing to choose from. */
struct option_view {
	const char *value, *label;
	const char *note; /* or NULL */
	bool chosen;
};

struct field_view {
	enum field_kind kind;
	const char *name;  /* of the parameter, and its id in the page */
	const char *label; /* with the box of FIELD_CHECK beside it */
	const char *help;  /* under the label, or NULL */
	const char *value; /* never NULL */
	const char *error; /* what is to be corrected, or NULL */
	const char *autocomplete;
	const char *list; /* the id of a <datalist> of the page, or NULL */
	bool required;
	int max;  /* characters; 0 for no limit told */
	int rows; /* of FIELD_LONG */
	bool checked;
	struct option_view *option;
	size_t n_options;
	const char *before; /* what was chosen when the page was shown: see form_note_choices() */

	/* Made from those above. */
	const char *type, *mode; /* of an input */
	const char *help_id, *error_id, *described_by;
	struct url here; /* "#name" */
};

struct form_view {
	struct url action;
	const char *submit; /* the words of its button */
	const char *failed; /* what stands above the list of errors, or NULL */
	struct field_view **field;
	size_t n_fields, n_errors;
	bool has_files;
};

struct out;

/* templates/form.html: the whole, or its pieces within a form of the page's own. */
void part_form(struct out *o, const struct form_view *v);
void part_form_errors(struct out *o, const struct form_view *v);
void part_form_fields(struct out *o, const struct form_view *v);
void part_field(struct out *o, const struct field_view *f);

#endif
