#include "mail/idle.h"

#include "base/arena.h"
#include "base/date.h"
#include "base/tr.h"
#include "db/db.h"
#include "mail/letter.h"
#include "store/retention.h"
#include "store/setting.h"

enum { DAY = 86400, AT_ONCE = 50 };

static enum status tell(struct db *db, struct arena *a, const char *public_url,
			const struct person *p, int64_t now)
{
	const char *name = person_name(a, p), *site;
	const char *until = day_in_words(a, day_of_moment(a, now + IDLE_NOTICE_DAYS * DAY), false);
	struct letter letter = {
		.greeting = arena_printf(a, _("Bonjour %s,"), name),
		.action = { _("Me connecter"),
			    url_path(a, arena_printf(a, "%s/connexion", public_url), "") },
		.after = { _("Si vous n’en avez plus besoin, vous n’avez rien à faire.") },
	};
	struct letter_envelope to = {
		.key = retention_idle_key(a, p),
		.person_id = p->id,
		.address = p->email,
		.name = *name ? name : NULL,
		.now = now,
	};
	enum status status = setting_get(db, a, "site_name", &site);

	if (status != OK)
		return status;
	to.subject = arena_printf(a, _("Votre compte sur %s va s’éteindre"), site);
	letter.paragraph[0] = arena_printf(
		a, _("Vous avez un compte sur %s, et il ne sert plus depuis longtemps."), site);
	letter.paragraph[1] = arena_printf(
		a, _("Sans connexion de votre part, il sera supprimé après le %s."), until);
	letter.paragraph[2] = _("Pour le garder, il suffit de vous connecter une fois.");
	return letter_queue(db, a, public_url, &to, &letter);
}

enum status idle_tell(struct db *db, struct arena *a, const char *public_url, int64_t now)
{
	struct person_list list;
	enum status status = retention_idle(db, a, now, AT_ONCE, &list);

	if (status != OK || !list.n_persons)
		return status;
	status = db_begin(db);
	if (status != OK)
		return status;
	for (size_t i = 0; i < list.n_persons && status == OK; i++) {
		status = tell(db, a, public_url, &list.person[i], now);
		/* Nobody can be told at an address that is none: that account stays. */
		if (status == INVALID)
			status = OK;
	}
	return db_end(db, status);
}
