/*
 * sheet_given.h - what a sheet's calculation of a year stands on and its lines do not show: the
 * situation without the obligation, objectives, keys, payments.
 */
#ifndef STATEMENT_SHEET_GIVEN_H
#define STATEMENT_SHEET_GIVEN_H

#include "sieg/sheet.h"
#include "statement/build.h"

void statement_given(struct statement *r, const struct sieg_sheet_year *in);

#endif
