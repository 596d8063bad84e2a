/*
 * user_access.c - passwords, roles, and who is kept out.
 */
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <sodium.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/password_rule.h"
#include "base/secret.h"
#include "cli/user_inside.h"
#include "db/db.h"
#include "store/login.h"
#include "store/person.h"
#include "store/setting.h"

/* ---- password ---------------------------------------------------------------------- */

enum { LINE_MAX_BYTES = PASSWORD_MAX + 2 };

/* Without its end; false when there is none, or when it is too long. */
static bool read_line(char line[LINE_MAX_BYTES])
{
	char *end;

	if (!fgets(line, LINE_MAX_BYTES, stdin))
		return false;
	end = strchr(line, '\n');
	if (end)
		*end = '\0';
	return end || feof(stdin);
}

static bool ask(const char *words, char line[LINE_MAX_BYTES])
{
	struct termios seen, hidden;
	bool is_read;

	if (tcgetattr(STDIN_FILENO, &seen) != 0)
		return read_line(line);
	hidden = seen;
	hidden.c_lflag &= ~(tcflag_t)ECHO;
	/* What was typed ahead is dropped here: before the question is asked. */
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
	fputs(words, stderr);
	is_read = read_line(line);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &seen);
	fputc('\n', stderr);
	return is_read;
}

/* Typed twice where nothing shows what was typed. */
static enum status read_password(struct work *w, const char **password)
{
	char line[LINE_MAX_BYTES], again[LINE_MAX_BYTES];
	enum status status = INVALID;

	if (!ask("password: ", line))
		log_error("no password was given");
	else if (isatty(STDIN_FILENO) && (!ask("once more: ", again) || strcmp(line, again) != 0))
		log_error("the two are not the same");
	else
		status = OK;
	*password = password_clean(w->a, status == OK ? line : "");
	*password = arena_strdup(w->a, *password);
	sodium_memzero(line, sizeof(line));
	sodium_memzero(again, sizeof(again));
	return status;
}

static enum status check_password(struct work *w, const struct person *p, const char *password)
{
	static const char *const why[] = {
		[PASSWORD_TOO_SHORT] = "it has less than 12 characters",
		[PASSWORD_TOO_LONG] = "it is too long",
		[PASSWORD_COMMON] = "it is among those that are tried first",
		[PASSWORD_OF_HERE] = "it is the address, or the name of the site",
	};
	enum password_fault fault;
	const char *site;
	enum status status = setting_get(w->db, w->a, "site_name", &site);

	if (status != OK)
		return status;
	fault = password_fault(w->a, password, p->email, site);
	if (fault == PASSWORD_GOOD)
		return OK;
	log_error("the password is not taken: %s", why[fault]);
	return INVALID;
}

static enum status keep(struct work *w, const struct person *p, const char *hash)
{
	enum status status = credentials_set_password(w->db, p->id, hash);

	if (status == OK)
		status = login_end_others(w->db, p->id, 0);
	return status == OK ? trace_work(w, "password-set", user_subject(w, p), NULL) : status;
}

static enum status set_password(struct work *w, const struct person *p, const char *password)
{
	char hash[PASSWORD_HASH_SIZE];
	enum status status;

	if (!password_hash(password, hash)) {
		log_error("cannot hash the password: no memory for it");
		return FAILED;
	}
	status = db_begin(w->db);
	return status == OK ? db_end(w->db, keep(w, p, hash)) : status;
}

enum status user_password(struct work *w)
{
	const char *password;
	struct person p;
	enum status status = named_person(w, &p);

	if (status == OK)
		status = read_password(w, &password);
	if (status == OK)
		status = check_password(w, &p, password);
	return status == OK ? set_password(w, &p, password) : status;
}

/* ---- roles ------------------------------------------------------------------------- */

enum status check_role(struct work *w, const char *role)
{
	if (role_is_known(role))
		return OK;
	log_error("a role is editor or administrator, not '%s'", shown(w->a, role));
	return INVALID;
}

enum status give_role(struct work *w, const struct person *p, const char *role)
{
	enum status status = role_set(w->db, p->id, role, true);

	return status == OK ? trace_work(w, "role-given", user_subject(w, p), role) : status;
}

static enum status take_role(struct work *w, const struct person *p, const char *role)
{
	bool has;
	enum status status = role_has(w->db, p->id, role, &has);

	if (status != OK || !has)
		return status;
	status = role_set(w->db, p->id, role, false);
	return status == OK ? trace_work(w, "role-taken", user_subject(w, p), role) : status;
}

static enum status take_roles(struct work *w, const struct person *p)
{
	enum status status = take_role(w, p, "editor");

	return status == OK ? take_role(w, p, "administrator") : status;
}

enum status user_role(struct work *w)
{
	const char *role = w->args->word[2];
	bool is_none = !strcmp(role, "none");
	struct person p;
	enum status status = is_none ? OK : check_role(w, role);

	if (status == OK)
		status = named_person(w, &p);
	if (status != OK)
		return status;
	return is_none ? take_roles(w, &p) : give_role(w, &p, role);
}

/* ---- who has lost their telephone -------------------------------------------------------- */

/* Sessions end too: whoever found the telephone may be in one. */
enum status user_factor(struct work *w)
{
	struct person p;
	enum status status = INVALID;

	if (strcmp(w->args->word[2], "none") != 0)
		log_error("a second factor is set up by its person; here it is taken away: 'none'");
	else
		status = named_person(w, &p);
	if (status == OK)
		status = credentials_propose_totp(w->db, p.id, NULL);
	if (status == OK)
		status = recovery_set(w->db, p.id, NULL, 0);
	if (status == OK)
		status = login_end_others(w->db, p.id, 0);
	return status == OK ? trace_work(w, "factor-removed", user_subject(w, &p), NULL) : status;
}

/* ---- who is kept out --------------------------------------------------------------- */

static enum status set_blocked(struct work *w, bool is_blocked)
{
	struct person p;
	enum status status = named_person(w, &p);

	if (status != OK)
		return status;
	p.is_blocked = is_blocked;
	status = person_save(w->db, w->a, &p);
	if (status == OK && is_blocked)
		status = login_end_others(w->db, p.id, 0);
	if (status == OK && is_blocked)
		status = token_drop(w->db, p.id, w->now);
	return status == OK ? trace_work(w, "person-changed", user_subject(w, &p),
					 is_blocked ? "blocked" : "unblocked")
			    : status;
}

enum status user_block(struct work *w)
{
	return set_blocked(w, true);
}

enum status user_unblock(struct work *w)
{
	return set_blocked(w, false);
}
