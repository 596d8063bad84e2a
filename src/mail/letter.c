#include "mail/letter.h"

#include <sodium.h>
#include <string.h>

#include "base/arena.h"
#include "base/mail_address.h"
#include "mail/message.h"
#include "store/mail.h"
#include "store/setting.h"

static bool is_absolute(const char *address)
{
	return !strncmp(address, "https://", 8) || !strncmp(address, "http://", 7);
}

static bool link_is_good(const struct letter_link *l)
{
	return !l->url.address || (is_absolute(l->url.address) && url_is_safe(l->url.address));
}

static bool links_are_good(const struct letter *l)
{
	for (size_t i = 0; i < l->n_items; i++)
		if (!link_is_good(&l->item[i].link))
			return false;
	return link_is_good(&l->action) && link_is_good(&l->foot);
}

static bool envelope_is_good(const struct letter_envelope *to)
{
	return to->address && mail_address_is_good(to->address) &&
	       (!to->name || message_words_are_good(to->name)) && *to->subject &&
	       message_words_are_good(to->subject) &&
	       (!to->list_unsubscribe || message_link_is_good(to->list_unsubscribe));
}

/* ---- as text ----------------------------------------------------------------------- */

static void put_paragraph(struct out *o, const char *words)
{
	if (words && *words)
		out_printf(o, "%s%s\n", o->length ? "\n" : "", words);
}

static void put_paragraphs(struct out *o, const char *const *paragraph)
{
	for (size_t i = 0; i < MAX_LETTER_PARAGRAPHS && paragraph[i]; i++)
		put_paragraph(o, paragraph[i]);
}

/* The address has a line of its own: nothing after it may be taken for a part of it. */
static const char *link_text(struct arena *a, const struct letter_link *l)
{
	if (!l->url.address)
		return l->label;
	return arena_printf(a, "%s\u00a0:\n%s", l->label, l->url.address);
}

static void put_items(struct out *o, struct arena *a, const struct letter *l)
{
	for (size_t i = 0; i < l->n_items; i++) {
		const struct letter_item *item = &l->item[i];

		put_paragraph(o,
			      arena_printf(a, "- %s%s%s", link_text(a, &item->link),
					   item->note ? "\n" : "", item->note ? item->note : ""));
	}
}

const char *letter_text(struct arena *a, const struct letter *l)
{
	struct out o;
	const char *text;

	out_init(&o);
	put_paragraph(&o, l->greeting);
	put_paragraphs(&o, l->paragraph);
	put_items(&o, a, l);
	put_paragraph(&o, link_text(a, &l->action));
	put_paragraphs(&o, l->after);
	put_paragraph(&o, l->closing);
	if (l->foot.label) {
		put_paragraph(&o, "-- "); /* what mail programs know as the end of a letter */
		out_printf(&o, "%s\n", link_text(a, &l->foot));
	}
	text = arena_strdup(a, out_string(&o));
	out_release(&o);
	return text;
}

static const char *html_of(struct arena *a, const char *subject, const struct letter *l)
{
	struct out o;
	const char *html;

	out_init(&o);
	letter_html(&o, subject, l);
	html = arena_strdup(a, out_string(&o));
	out_release(&o);
	return html;
}

/* ---- queued -------------------------------------------------------------------------- */

static const char *draw_message_id(struct arena *a, const char *public_url)
{
	const char *domain = mail_domain_of(a, public_url);
	unsigned char random[16];
	char hex[sizeof(random) * 2 + 1];

	randombytes_buf(random, sizeof(random));
	sodium_bin2hex(hex, sizeof(hex), random, sizeof(random));
	return arena_printf(a, "<%s@%s>", hex, domain ? domain : "localhost");
}

enum status letter_queue(struct db *db, struct arena *a, const char *public_url,
			 const struct letter_envelope *to, const struct letter *letter)
{
	struct letter whole = *letter;
	enum status status = OK;

	if (!envelope_is_good(to) || !links_are_good(letter))
		return INVALID;
	if (!whole.closing)
		status = setting_get(db, a, "site_name", &whole.closing);
	if (status != OK)
		return status;
	return mail_queue(db, &(struct mail){
				      .key = to->key,
				      .person_id = to->person_id,
				      .to_address = to->address,
				      .to_name = to->name,
				      .subject = to->subject,
				      .text = letter_text(a, &whole),
				      .html = html_of(a, to->subject, &whole),
				      .list_unsubscribe = to->list_unsubscribe,
				      .message_id = draw_message_id(a, public_url),
				      .made_at = to->now,
			      });
}
