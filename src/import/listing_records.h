/*
 * listing_records.h - where each record of a listing begins and ends.
 *
 * A record is a title line, a body, labels with their values, and after the label
 * "Résumé" a summary which nothing ends: the next title is any line. Where a summary
 * often repeats its body, the repetition tells; see doc/design/listing.md.
 */
#ifndef IMPORT_LISTING_RECORDS_H
#define IMPORT_LISTING_RECORDS_H

#include "import/listing_lines.h"

enum { LISTING_RECORDS_MAX = 10000 };

enum listing_label {
	LABEL_KIND,
	LABEL_PRIVATE,
	LABEL_SUMMARY,
	LABEL_CATEGORY,
	LABEL_KEYWORDS,
	LABEL_TERRITORY,
	LABEL_DATE,
	N_LABELS,
};

/* Lines [from, to). */
struct listing_range {
	size_t from, to;
};

struct listing_values {
	bool told; /* the label is there */
	struct listing_range range;
};

struct listing_raw {
	size_t title; /* a line */
	struct listing_range body, summary;
	struct listing_values label[N_LABELS];
	bool is_sure; /* a repetition told where its title is */
};

struct listing_raws {
	struct listing_raw *raw;
	size_t n_raws;
	struct listing_range preamble; /* before the first title: the name of the site */
	size_t suspect; /* a line of the last summary that may be a title of its own, or 0 */
};

/* INVALID when there is no record, or the listing is cut in its last one. */
CHECKED enum status listing_records_find(struct arena *a, const struct listing_lines *lines,
					 struct listing_raws *raws, struct listing_error *error);

/* The label that a line is, or N_LABELS. */
enum listing_label listing_label_of(struct arena *a, const char *text);

#endif
