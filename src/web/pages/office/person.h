/*
 * person.h - the pages of one person in the back office: what they share.
 */
#ifndef WEB_PAGES_OFFICE_PERSON_H
#define WEB_PAGES_OFFICE_PERSON_H

#include "store/person.h"
#include "web/pages/area_people.h"
#include "web/pages/office/office.h"

struct person_form {
	struct field_view *given, *family, *email, *shown, *blocked;
};

void person_fields(struct form *f, const struct person *p, struct person_form *x);

/* What is wrong is noted beside the fields. */
CHECKED enum status person_fields_read(struct form *f, const struct person_form *x, struct person *p);

#endif
