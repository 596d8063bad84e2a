/*
 * multipart.h - a form with files, as it is posted: multipart/form-data, RFC 7578.
 *
 * Read as browsers write it today (HTML, 4.10.22.8): a quotation mark in a name or a file's name
 * came as %22, a backslash stands for itself. Strict: what is before the first boundary or after
 * the last, a part without a name, an encoding of transfer, a text that a form could not hold
 * make the whole INVALID. Nothing is repaired, and no part is dropped but the file that was not
 * chosen (no name, no bytes).
 *
 * Texts are copied to the arena; the bytes of files stay where they came.
 */
#ifndef WEB_MULTIPART_H
#define WEB_MULTIPART_H

#include <stddef.h>

#include "base/status.h"
#include "web/request.h"

struct arena;

struct multipart {
	struct pair *form; /* in order; lines end in CR LF */
	size_t n_form;
	struct upload *upload; /* in order */
	size_t n_uploads;
};

CHECKED enum status multipart_read(struct arena *a, const char *boundary, const char *body,
				   size_t length, struct multipart *read);

#endif
