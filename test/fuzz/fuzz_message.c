/* Whatever an address, a name, a subject and a text are: refused, or read back the same. */
#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/mail_address.h"
#include "base/text.h"
#include "mail/message.h"
#include "message_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A good address fits in a header and an SMTP command as it is. */
static void check_address(struct arena *a, const char *address)
{
	bool is_good = mail_address_is_good(address);
	const char *clean, *key;

	if (is_good) {
		assert(strlen(address) <= MAIL_ADDRESS_MAX);
		assert(!strpbrk(address, " \t\r\n<>,;:\\\"()[]"));
		assert(strchr(address, '@') && strchr(address, '@') == strrchr(address, '@'));
	}
	if (text_check(a, address, strlen(address), &clean) != OK)
		return;
	key = mail_address_key(a, clean);
	assert(!strcmp(mail_address_key(a, key), key));
	if (is_good)
		assert(mail_address_is_good(key));
}

/* The next of the pieces that bytes 0xff part, or "". */
static const char *take_piece(struct arena *a, const char **at, const char *end)
{
	const char *start = *at;
	const char *stop = start < end ? memchr(start, 0xff, (size_t)(end - start)) : NULL;

	stop = stop ? stop : end;
	*at = stop < end ? stop + 1 : end;
	return arena_strndup(a, start, (size_t)(stop - start));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	const char *at = (const char *)data, *end = at + size;
	const char *address = take_piece(a, &at, end), *link;
	struct message m = {
		.from_address = "halle@exemple.fr",
		.to_address = mail_address_is_good(address) ? address : "anne@exemple.fr",
		.message_id = "<abc@exemple.fr>",
	};

	check_address(a, address);
	m.subject = take_piece(a, &at, end);
	m.to_name = m.from_name = take_piece(a, &at, end);
	m.text = m.html = take_piece(a, &at, end);
	link = take_piece(a, &at, end);
	m.list_unsubscribe = *link ? link : NULL;
	message_check(&m);
	(void)mail_domain_of(a, address);
	arena_free(a);
	return 0;
}
