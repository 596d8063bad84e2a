/*
 * chart.h - where the bars of a time line stand, in a drawing of 900 by 300.
 */
#ifndef STATEMENT_CHART_H
#define STATEMENT_CHART_H

#include "statement/statement.h"

struct chart {
	struct chart_bar {
		int x, y, height;
		int ceiling_x1, ceiling_x2, ceiling_y;
		int label_x, label_y;
	} * bar;
	size_t n_bars;
	struct chart_year {
		int x;
		const char *label;
	} * year;
	size_t n_years;
};

/* Marks in order of days; at least one. */
struct chart chart_of(struct arena *a, const struct statement_mark *mark, size_t n);

#endif
