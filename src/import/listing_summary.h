/*
 * listing_summary.h - what of a record's texts is its summary, and what its body.
 *
 * Of a public resource the summary is the first paragraphs, at most 600 characters, and
 * the body is whole. Of one that is not, the summary goes no further than where the
 * account begins, and what is in the body is closed: nothing of it is in the summary.
 */
#ifndef IMPORT_LISTING_SUMMARY_H
#define IMPORT_LISTING_SUMMARY_H

#include "import/listing_body.h"
#include "import/listing_records.h"

/* How the source's summary stands to its body. */
enum telling {
	TELLS_APART,   /* another text */
	TELLS_AGAIN,   /* repeats the body */
	TELLS_ALONE,   /* there is no body */
	TELLS_NOTHING, /* there is no summary */
};

struct division {
	enum telling telling;
	struct blocks summary; /* the source's, as blocks */
	struct html kept;      /* the summary */
	const char *kept_text;
	struct blocks text; /* what is shown and searched of the record */
	size_t n_open;      /* of them, those that are public */
	size_t body_from;   /* of them, those that are the body */
	bool told_all;      /* a closed resource whose public summary said more than is kept */
	bool moved;         /* the rest of a long summary went to the body */
};

struct division divide(struct arena *a, const struct listing_lines *lines,
		       const struct listing_raw *raw, const char *title, bool is_closed);

/* Lines of one range that are not, in the same words, in the other; at most `max`. */
size_t lines_only_in(struct arena *a, const struct listing_lines *lines,
		     const struct listing_range *one, const struct listing_range *other,
		     const char **text, size_t max);

#endif
