#include "store/mail_setting.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mail_address.h"
#include "store/setting.h"

/* RFC 8314: submission with STARTTLS, and with TLS from the start. */
enum { STARTTLS_PORT = 587, TLS_PORT = 465 };

/* ---- the place of a server ------------------------------------------------------ */

static bool host_is_here(const char *host)
{
	return !strcmp(host, "localhost") || !strcmp(host, "[::1]") ||
	       (!strncmp(host, "127.", 4) && !host[strspn(host, "0123456789.")]);
}

/* Moves past "host" or "[v6]"; NULL when there is none. */
static const char *take_host(struct arena *a, const char **at)
{
	const char *start = *at;
	size_t length;

	if (*start == '[') {
		length = 1 + strspn(start + 1, "0123456789abcdefABCDEF:.");
		if (length < 3 || start[length] != ']')
			return NULL;
		length++;
	} else {
		length = strspn(start, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				       "0123456789-.");
		if (!length || *start == '-' || *start == '.')
			return NULL;
	}
	*at = start + length;
	return arena_strndup(a, start, length);
}

/* ":587", or nothing. */
static bool take_port(const char *at, int *port)
{
	size_t length;

	if (!*at)
		return true;
	length = *at == ':' ? strspn(at + 1, "0123456789") : 0;
	if (!length || length > 5 || at[1 + length])
		return false;
	*port = atoi(at + 1);
	return *port > 0 && *port < 65536;
}

enum status smtp_place_read(struct arena *a, const char *url, struct smtp_place *place,
			    const char **why)
{
	const char *at = url;

	*place = (struct smtp_place){ .is_tls = !strncmp(url, "smtps://", 8) };
	if (place->is_tls || !strncmp(url, "smtp://", 7)) {
		at += place->is_tls ? 8 : 7;
		place->port = place->is_tls ? TLS_PORT : STARTTLS_PORT;
		place->host = strchr(url, '@') ? NULL : take_host(a, &at);
	}
	if (place->host && take_port(at, &place->port)) {
		place->is_here = host_is_here(place->host);
		return OK;
	}
	*why = strchr(url, '@')
		       ? "it holds no login: see smtp_user and smtp_password_file"
		       : "it is smtp://host:587, or smtps://host:465 for TLS from the start";
	return INVALID;
}

/* ---- checks ----------------------------------------------------------------------- */

enum status check_address(struct db *db, struct arena *a, const char *value, const char **why)
{
	(void)db;
	(void)a;
	if (!*value || mail_address_is_good(value))
		return OK;
	*why = "it is an address such as equipe@exemple.fr, or nothing";
	return INVALID;
}

static bool has_control(const char *value)
{
	for (; *value; value++)
		if ((unsigned char)*value < ' ' || *value == 0x7f)
			return true;
	return false;
}

enum status check_line(struct db *db, struct arena *a, const char *value, const char **why)
{
	(void)db;
	(void)a;
	if (!has_control(value))
		return OK;
	*why = "it stands on one line";
	return INVALID;
}

enum status check_path(struct db *db, struct arena *a, const char *value, const char **why)
{
	(void)db;
	(void)a;
	if (!*value || (*value == '/' && !has_control(value)))
		return OK;
	*why = "it is the path of a file, from /, or nothing";
	return INVALID;
}

#define NOT_IN_CLEAR "without TLS, only a server on this machine may be spoken to (smtp_tls)"

enum status check_smtp_url(struct db *db, struct arena *a, const char *value, const char **why)
{
	struct smtp_place place;
	const char *tls;
	enum status status;

	if (!*value)
		return OK;
	status = smtp_place_read(a, value, &place, why);
	if (status == OK)
		status = setting_get(db, a, "smtp_tls", &tls);
	if (status != OK || place.is_here || strcmp(tls, "none") != 0)
		return status;
	*why = NOT_IN_CLEAR;
	return INVALID;
}

enum status check_smtp_tls(struct db *db, struct arena *a, const char *value, const char **why)
{
	struct smtp_place place;
	const char *url;
	enum status status;

	if (!strcmp(value, "required"))
		return OK;
	*why = "it is 'required' or 'none'";
	if (strcmp(value, "none") != 0)
		return INVALID;
	status = setting_get(db, a, "smtp_url", &url);
	if (status != OK || !*url)
		return status;
	if (smtp_place_read(a, url, &place, why) == OK && place.is_here)
		return OK;
	*why = NOT_IN_CLEAR;
	return INVALID;
}

/* ---- read ------------------------------------------------------------------------- */

enum status mail_settings_read(struct db *db, struct arena *a, struct mail_settings *m)
{
	const char *tls, *site_name;
	const struct {
		const char *name, **value;
	} wanted[] = {
		{ "mail_from", &m->from },       { "mail_from_name", &m->from_name },
		{ "site_name", &site_name },     { "smtp_url", &m->smtp_url },
		{ "smtp_user", &m->user },       { "smtp_password_file", &m->password_file },
		{ "smtp_ca_file", &m->ca_file }, { "smtp_tls", &tls },
		{ "mail_bounces", &m->bounces },
	};
	enum status status = OK;

	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted) && status == OK; i++)
		status = setting_get(db, a, wanted[i].name, wanted[i].value);
	if (status != OK)
		return status;
	m->without_tls = !strcmp(tls, "none");
	if (!*m->from_name)
		m->from_name = site_name;
	return OK;
}
