/*
 * mail_setting.h - the settings of mail, read together; and what they may be.
 *
 * The password is in a file of its own, so that no backup and no list of settings holds it.
 */
#ifndef STORE_MAIL_SETTING_H
#define STORE_MAIL_SETTING_H

#include <stdbool.h>

#include "base/status.h"

struct arena;
struct db;

/* The place of an SMTP server: "smtp://host:587", or "smtps://host:465" for TLS from the start. */
struct smtp_place {
	bool is_tls;
	const char *host; /* an IPv6 address has its brackets */
	int port;
	bool is_here; /* a loopback address: nobody listens on the way */
};

struct mail_settings {
	const char *from;      /* an address; "" when it is to be made from the public one */
	const char *from_name; /* the site's name when none is set */
	const char *bounces;   /* where what cannot be delivered comes back to; "": to `from` */
	const char *smtp_url;  /* "": messages become files */
	const char *user, *password_file;
	const char *ca_file; /* "": the certificates that the system trusts */
	bool without_tls;
};

CHECKED enum status mail_settings_read(struct db *db, struct arena *a, struct mail_settings *m);

/* INVALID with *why when it is no such place. */
CHECKED enum status smtp_place_read(struct arena *a, const char *url, struct smtp_place *place,
				    const char **why);

/* Of the table of settings: see setting.h. */
CHECKED enum status check_address(struct db *db, struct arena *a, const char *value,
				  const char **why);
CHECKED enum status check_line(struct db *db, struct arena *a, const char *value, const char **why);
CHECKED enum status check_path(struct db *db, struct arena *a, const char *value, const char **why);
CHECKED enum status check_smtp_url(struct db *db, struct arena *a, const char *value,
				   const char **why);
CHECKED enum status check_smtp_tls(struct db *db, struct arena *a, const char *value,
				   const char **why);

#endif
