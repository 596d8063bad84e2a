/*
 * area_people.h - who is in an organisation: the pieces that its page and those of its managers
 * share.
 */
#ifndef WEB_PAGES_AREA_PEOPLE_H
#define WEB_PAGES_AREA_PEOPLE_H

#include "base/status.h"
#include "store/organisation.h"
#include "store/person.h"
#include "web/form.h"
#include "web/request.h"
#include "web/views_area.h"

/* The organisation that the address names. */
CHECKED enum status organisation_here(struct request *req, struct organisation *o);
struct tag_view organisation_way(struct request *req, const struct organisation *o);

/* The fields of a function. */
struct function_form {
	struct field_view *kind, *title, *from, *to, *representative, *manager;
};

/* `kept` is what stands in them before; reading notes what is wrong beside the fields. */
void function_fields(struct form *form, const struct function *kept, struct function_form *f);
void function_read(struct form *form, const struct function_form *f, struct function *function);

/* In the journal: that this function of this person in this organisation changed. */
CHECKED enum status function_trace(struct request *req, const char *person,
				   const char *organisation, const struct function *f);

/* OK or DENIED, with a trace. */
CHECKED enum status may_manage(struct request *req, const struct organisation *o, const char *what);

/*
 * Tells someone who has an account that a function was given to them: they may not have asked for
 * it, and learn by whom. Nothing is sent to a blocked account, nor where there is no address.
 */
CHECKED enum status tell_of_function(struct request *req, const struct person *p,
				     const struct organisation *o, const struct function *f);

#endif
