/*
 * retention_words.h - for how long what concerns people is kept, in words: the page about
 * personal data and that of one's own data say the same, and what the program does.
 */
#ifndef WEB_PAGES_RETENTION_WORDS_H
#define WEB_PAGES_RETENTION_WORDS_H

#include "base/status.h"
#include "web/request.h"
#include "web/views_area.h"

/* "1 an", "90 jours" */
const char *duration_in_words(const struct request *req, int64_t days);

CHECKED enum status retention_facts(struct request *req, struct fact_view **fact, size_t *n);

#endif
