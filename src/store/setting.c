#include "store/setting.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "db/db.h"
#include "store/change.h"
#include "store/mail_setting.h"
#include "store/retention.h"

/* ":8080", or nothing; browsers leave out the port that goes without saying. */
static bool port_is_good(const char *port, const char *usual)
{
	size_t length = *port == ':' ? strspn(port + 1, "0123456789") : 0;

	if (!*port)
		return true;
	return length && length < 6 && !port[1 + length] && port[1] != '0' &&
	       strcmp(port + 1, usual) != 0;
}

bool public_url_is_good(const char *url)
{
	bool is_secure = !strncmp(url, "https://", 8);
	const char *host = url + (is_secure ? 8 : 7), *end;

	if (!is_secure && strncmp(url, "http://", 7) != 0)
		return false;
	if (*host == '[')
		end = host + 1 + strspn(host + 1, "0123456789abcdef:.");
	else
		end = host + strspn(host, "abcdefghijklmnopqrstuvwxyz0123456789.-");
	if (end == host || *host == '.' || *host == '-' || (*host == '[' && *end++ != ']'))
		return false;
	return port_is_good(end, is_secure ? "443" : "80");
}

static enum status check_public_url(struct db *db, struct arena *a, const char *value,
				    const char **why)
{
	(void)db;
	(void)a;
	*why = "it is an address such as https://exemple.fr, in small letters, with nothing after "
	       "it";
	return !*value || public_url_is_good(value) ? OK : INVALID;
}

static enum status check_name(struct db *db, struct arena *a, const char *value, const char **why)
{
	size_t size, n = 0, letters = 0;

	for (const char *at = value; *at; at += size, n++)
		letters += utf8_is_letter(utf8_decode(at, &size));
	*why = "it is a name, of 100 characters at most";
	return letters && n <= 100 ? check_line(db, a, value, why) : INVALID;
}

const struct setting setting_table[] = {
	{ "site_name", "Halle", "the name of the network, on every page", check_name },
	{ "site_purpose", "Le centre de ressources d’un réseau de collectivités.",
	  "one sentence on the home page that says whose place this is", NULL },
	{ "site_contact", "", "an e-mail address shown at the foot of pages; may be empty",
	  check_address },
	{ "publisher", "", "who answers for the site, in the legal notice; may be empty", NULL },
	{ "public_url", "",
	  "the address people use, such as https://exemple.fr; --public of serve and user goes"
	  " before it; empty: the listening one",
	  check_public_url },
	{ "site_id", "",
	  "what the identifiers of feeds and calendars are made from; drawn at"
	  " the first start, and never changed after",
	  NULL },
	{ "mail_from", "",
	  "the address that mail comes from; by default ne-pas-repondre@ and the host of the"
	  " public address",
	  check_address },
	{ "mail_from_name", "", "the name beside it; by default the site's", check_line },
	{ "mail_bounces", "",
	  "the address that what cannot be delivered comes back to, for 'halle mail bounce'; by"
	  " default the one mail comes from",
	  check_address },
	{ "smtp_url", "",
	  "the server that takes mail, smtp://host:587 or smtps://host:465; empty: messages"
	  " become files in the data folder",
	  check_smtp_url },
	{ "smtp_user", "", "the name that halle logs in with; empty: without logging in",
	  check_line },
	{ "smtp_password_file", "", "the file whose first line is the password that goes with it",
	  check_path },
	{ "smtp_ca_file", "", "the certificates to trust; empty: those that the system trusts",
	  check_path },
	{ "smtp_tls", "required", "none: without TLS, to a server on this machine alone",
	  check_smtp_tls },
	RETENTION_SETTINGS,
};

const size_t n_settings = sizeof(setting_table) / sizeof(*setting_table);

static const struct setting *find(const char *name)
{
	for (size_t i = 0; i < n_settings; i++)
		if (!strcmp(setting_table[i].name, name))
			return &setting_table[i];
	return NULL;
}

enum status setting_get(struct db *db, struct arena *a, const char *name, const char **value)
{
	const struct setting *setting = find(name);
	struct query *q;

	if (!setting)
		return INVALID;
	*value = setting->initial;
	q = db_query(db, "SELECT value FROM setting WHERE name = $1");
	query_text(q, 1, name);
	if (query_row(q))
		*value = row_text(q, 0, a);
	return query_end(q);
}

enum status setting_check(struct db *db, struct arena *a, const char *name, const char *value,
			  const char **why)
{
	const struct setting *setting = find(name);

	*why = "there is no such setting (see 'halle help settings')";
	if (!setting)
		return INVALID;
	return setting->check ? setting->check(db, a, value, why) : OK;
}

enum status setting_set(struct db *db, const char *name, const char *value)
{
	struct arena *a = arena_new();
	const char *why;
	enum status status = setting_check(db, a, name, value, &why);
	struct query *q;

	arena_free(a);
	if (status != OK)
		return status;
	q = db_query(db, "INSERT INTO setting (name, value) VALUES ($1, $2)"
			 " ON CONFLICT (name) DO UPDATE SET value = $2");
	query_text(q, 1, name);
	query_text(q, 2, value);
	status = query_run(q);
	return status == OK ? change_note(db, "setting", 0) : status;
}
