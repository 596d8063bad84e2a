/*
 * bounce.h - reports of what became of a message once it had left: RFC 3464 in a multipart/report
 * of RFC 6522, as mail servers send them to the address that a message says it comes from.
 *
 * Anyone can write such a report. What is read says nothing that may be believed without the
 * identifier of a message that was sent, which only its recipient and the servers on its way know.
 */
#ifndef MAIL_BOUNCE_H
#define MAIL_BOUNCE_H

#include <stddef.h>

#include "base/status.h"

struct arena;

/* In the order of what is told first when a report speaks of several. */
enum bounce_action { BOUNCE_NONE, BOUNCE_ARRIVED, BOUNCE_DELAYED, BOUNCE_FAILED };

struct bounce {
	enum bounce_action action;
	const char *message_id; /* of the message that it is about, with its brackets; or "" */
	const char *words;      /* "550 5.1.1 no such user": UTF-8, on one line; or "" */
};

/* Lines end in CR LF or LF. INVALID when it is no report of delivery: an answer, an absence… */
CHECKED enum status bounce_read(struct arena *a, const char *message, size_t length,
				struct bounce *b);

#endif
