/*
 * sheet_inside.h - what the files of the sheet share.
 */
#ifndef SIEG_SHEET_INSIDE_H
#define SIEG_SHEET_INSIDE_H

#include "sieg/calc.h"
#include "sieg/sheet.h"

/* Stage B. */
void sieg_sheet_check(const struct sieg_sheet *in, struct sieg_issues *errors);

/* NULL when the id is NULL, or names none. */
const struct sieg_activity *sieg_activity_named(const struct sieg_operator *o, const char *id);
const struct sieg_key_of_costs *sieg_key_named(const struct sieg_sheet_year *y, const char *id);

/* The lines of a year, and which part of each is the service's. */
void sieg_sheet_lines(struct sieg_calc *calc, const struct sieg_regime *regime,
		      const struct sieg_operator *o, const struct sieg_sheet_year *year,
		      struct sieg_year_result *result);

#endif
