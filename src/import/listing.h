/*
 * listing.h - the text of a resource centre's listing pages, read into records, and
 * imported as interchange objects.
 *
 * Reading is pure: bytes in, a struct listing out; no clock, no file, no database.
 * Everything lives in the arena. See doc/design/listing.md.
 */
#ifndef IMPORT_LISTING_H
#define IMPORT_LISTING_H

#include <stdbool.h>
#include <stddef.h>

#include "access/access.h"
#include "base/date.h"
#include "base/html.h"
#include "base/status.h"
#include "import/listing_lines.h"
#include "import/listing_links.h"
#include "import/listing_people.h"
#include "import/listing_sessions.h"

struct import;

/* For the one who has to decide, to check or to know; the message is in French. */
struct listing_warning {
	const char *code;
	const char *message;
};

struct listing_texts {
	const char **text;
	size_t n_texts, capacity;
};

struct listing_record {
	size_t line; /* of its title */
	const char *source_id;
	const char *title;       /* as proposed */
	const char *kind, *form; /* form may be NULL */
	enum visibility visibility;
	struct html summary, body;
	const char *summary_text, *body_text;
	struct listing_texts categories, keywords, territories;
	const char *collection; /* NULL when it is in none */
	int number;             /* 0 when it has none */
	const char *edition, *extent, *access_note;
	char published_on[DAY_SIZE]; /* "" when no date is told */
	enum precision precision;
	struct listing_links links; /* lost images too */
	struct listing_people contacts;
	struct listing_programme programme;
	struct listing_warning *warning;
	size_t n_warnings, warning_capacity;
};

struct listing {
	struct listing_record *record;
	size_t n_records;
	struct listing_error error; /* its message is NULL when there is none */
};

/* INVALID when it cannot be read whole; listing->error says where. */
CHECKED enum status listing_read(struct arena *a, const char *bytes, size_t length,
				 struct listing *listing);

/* Hands all of it to an import under way: collections, resources, cycles, sessions. */
CHECKED enum status listing_import(struct import *import, struct arena *a,
				   const struct listing *listing);

void listing_warn(struct arena *a, struct listing_record *r, const char *code, const char *format,
		  ...) __attribute__((format(printf, 4, 5)));

#endif
