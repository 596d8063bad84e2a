#include "cli/account.h"

#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/log.h"
#include "base/text.h"
#include "db/db.h"
#include "store/audit.h"
#include "store/setting.h"

static const struct errand *find(const struct args *args, const struct errand *errands, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(errands[i].name, args->word[0]) && errands[i].n_words == args->n_words)
			return &errands[i];
	return NULL;
}

static enum status run(struct work *w, const struct errand *errand)
{
	enum status status = errand->is_free ? OK : db_begin(w->db);

	if (errand->is_free)
		return errand->run(w);
	return status == OK ? db_end(w->db, errand->run(w)) : status;
}

int run_errand(struct args *args, const struct command *c, const struct errand *errands, size_t n)
{
	const struct errand *errand = find(args, errands, n);
	struct work w = { .args = args, .now = time(NULL) };
	int code = WRONG_USAGE;

	if (!errand) {
		log_error("usage: halle %s %s", c->name, c->usage);
		return code;
	}
	w.a = arena_new();
	w.today = day_of_moment(w.a, w.now);
	w.db = open_data(args, w.a, errand->creates, &code);
	if (w.db) {
		code = exit_code(run(&w, errand));
		db_close(w.db);
	}
	arena_free(w.a);
	return code;
}

const char *shown(struct arena *a, const char *text)
{
	size_t n = utf8_valid_length(text, strlen(text));
	char *line = arena_strndup(a, text, n);

	for (char *at = line; *at; at++)
		if ((unsigned char)*at < ' ' || *at == 0x7f)
			*at = '?';
	return line;
}

enum status clean_option(struct work *w, const char *name, const char **text)
{
	const char *given = args_value(w->args, name), *clean;

	*text = NULL;
	if (!given)
		return OK;
	if (text_check(w->a, given, strlen(given), &clean) != OK || strchr(clean, '\n')) {
		log_error("%s takes one line of text, not '%s'", name, shown(w->a, given));
		return INVALID;
	}
	*text = text_squeeze(w->a, clean);
	return OK;
}

enum status day_option(struct work *w, const char *name, const char **day)
{
	int y, m, d;

	*day = args_value(w->args, name);
	if (!*day || day_parse(*day, &y, &m, &d))
		return OK;
	log_error("%s takes a day such as 2026-05-31, not '%s'", name, shown(w->a, *day));
	return INVALID;
}

enum status public_option(struct work *w, const char **url)
{
	enum status status;

	*url = args_value(w->args, "--public");
	if (*url && public_url_is_good(*url))
		return OK;
	if (*url) {
		log_error("--public takes an address such as https://exemple.fr, without a final "
			  "slash, not '%s'",
			  shown(w->a, *url));
		return INVALID;
	}
	status = setting_get(w->db, w->a, "public_url", url);
	if (status != OK || **url)
		return status;
	log_error("the address people use is not known: give it with --public, or once for all "
		  "with 'halle setting set public_url https://exemple.fr'");
	return INVALID;
}

enum status trace_work(struct work *w, const char *action, const char *subject, const char *detail)
{
	const struct audit entry = {
		.at = w->now,
		.action = action,
		.subject = subject,
		.detail = detail ? detail : "halle",
	};

	return audit_add(w->db, &entry);
}
