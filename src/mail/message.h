/*
 * message.h - a whole message as it goes over the wire: RFC 5322, MIME, UTF-8.
 *
 * A text and the same in HTML, quoted-printable, no line over 76 bytes but those of an address.
 * Lines end in CR LF. A header with a control character in it is refused, never repaired.
 */
#ifndef MAIL_MESSAGE_H
#define MAIL_MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

struct out;

struct message {
	const char *from_address, *from_name; /* names may be NULL or empty */
	const char *to_address, *to_name;
	const char *subject;
	const char *message_id; /* with its brackets */
	int64_t date;
	const char *text, *html;
	const char *list_unsubscribe; /* an address of the web, or NULL */
};

/* INVALID, and nothing is written, when a header cannot be what it is given. */
CHECKED enum status message_write(struct out *o, const struct message *m);

/* What message_write() asks of a subject or a name: UTF-8, on one line. */
bool message_words_are_good(const char *words);

/* What it asks of list_unsubscribe: http or https, visible ASCII, not too long for a line. */
bool message_link_is_good(const char *url);

#endif
