/*
 * person.h - the pages of one person in the back office: what they share.
 */
#ifndef WEB_PAGES_OFFICE_PERSON_H
#define WEB_PAGES_OFFICE_PERSON_H

#include "store/person.h"
#include "web/pages/area_people.h"
#include "web/pages/office/office.h"

struct identity_form {
	struct field_view *given, *family, *email, *shown, *blocked;
};

void identity_form_fill(struct form *f, const struct person *p, struct identity_form *x);

/* What is wrong is noted beside the fields. */
CHECKED enum status identity_form_read(struct form *f, const struct identity_form *x,
				       struct person *p);

#endif
