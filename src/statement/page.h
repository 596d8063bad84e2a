/*
 * page.h - the template of a report.
 */
#ifndef STATEMENT_PAGE_H
#define STATEMENT_PAGE_H

#include "base/html.h"
#include "statement/build.h"

void statement_html(struct out *o, const struct statement *r);

#endif
