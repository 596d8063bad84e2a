/*
 * smtp.h - hands messages to an SMTP server, one connection for several.
 *
 * Certificates are checked, and nothing is said in clear but to a server on this machine.
 * A struct smtp belongs to one thread.
 */
#ifndef MAIL_SMTP_H
#define MAIL_SMTP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

struct arena;
struct mail_settings;
struct smtp;

enum { SMTP_WORDS_SIZE = 400 };

enum smtp_answer {
	SMTP_TAKEN,   /* the server has it */
	SMTP_NEVER,   /* the server does not want this message, or this recipient: 5xx */
	SMTP_LATER,   /* not now: 4xx, or the connection broke before the last byte */
	SMTP_AWAY,    /* no message can be handed over now: no connection, certificate, login */
	SMTP_UNKNOWN, /* the connection broke after the last byte: it may have left */
	SMTP_STOPPED, /* one of the hooks said so, before the last byte */
};

struct smtp_hooks {
	bool (*may_end)(void *context);   /* just before the last byte leaves; false: stop */
	bool (*must_stop)(void *context); /* asked all the time */
	void *context;
};

/*
 * Without a connection yet. `hello` is the domain this machine calls itself by. INVALID, with the
 * reason in words, when the settings cannot be used: the password's file cannot be read…
 */
CHECKED enum status smtp_new(struct arena *a, const struct mail_settings *settings,
			     const char *hello, struct smtp_hooks hooks,
			     char words[SMTP_WORDS_SIZE], struct smtp **smtp);
void smtp_free(struct smtp *s);

/*
 * Sends one message, complete, to one recipient. `words` is what the server said last, on one
 * line, or what is wrong with the connection.
 */
enum smtp_answer smtp_send(struct smtp *s, const char *from, const char *to, const char *message,
			   size_t length, char words[SMTP_WORDS_SIZE]);

#endif
