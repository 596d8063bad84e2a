/*
 * listing_labels.h - the blocks of labels of a listing: each ends the body of a record.
 */
#ifndef IMPORT_LISTING_LABELS_H
#define IMPORT_LISTING_LABELS_H

#include "import/listing_records.h"

struct label_block {
	size_t from, to; /* lines; what follows `to` is the summary when that label is told */
	struct listing_values label[N_LABELS];
};

struct label_blocks {
	struct label_block *block;
	size_t n_blocks;
};

struct label_blocks label_blocks_find(struct arena *a, const struct listing_lines *lines);

#endif
