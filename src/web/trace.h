/*
 * trace.h - what a page that is asked for leaves behind: a GET writes nothing, so that this waits
 * here until the background writes it down, within a second.
 *
 * Every thread may call everything at any time.
 */
#ifndef WEB_TRACE_H
#define WEB_TRACE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

struct audit;
struct db;
struct traces;

struct traces *traces_new(void);
void traces_free(struct traces *t);

/* When a session was last used. */
void traces_use(struct traces *t, int64_t login_id, int64_t now);

/*
 * Someone opened a closed file: `entry` is copied, for the journal. A file is read in pieces, and
 * another piece within the hour leaves nothing more. False when too many wait: what must leave a
 * trace may not be done.
 */
bool traces_opened(struct traces *t, const struct audit *entry, const char *file_id, bool is_piece);

/* Writes it all down. What could not be written waits on. */
CHECKED enum status traces_flush(struct traces *t, struct db *db);

#endif
