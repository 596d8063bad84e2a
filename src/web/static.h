/*
 * static.h - files that are part of the program: style, scripts, signs.
 *
 * Their addresses hold a hash of their bytes, so that browsers may keep them for ever.
 */
#ifndef WEB_STATIC_H
#define WEB_STATIC_H

#include <stddef.h>

#include "base/html.h"
#include "base/status.h"
#include "web/request.h"
#include "web/response.h"

struct static_file {
	const char *name; /* "style.css" */
	const char *path; /* "/statique/1a2b3c4d-style.css" */
	const char *media_type;
	const char *bytes;
	size_t length;
};

extern const struct static_file site_file[];
extern const size_t n_site_files;

/* The address of a file of the program; ends the program when there is no such file. */
struct url static_url(const char *name);

/* Its bytes, ended by NUL; idem. */
const char *static_text(const char *name);

enum status static_show(struct request *req, struct response *res);

#endif
