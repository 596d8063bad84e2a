#include "base/mail_address.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

/* RFC 5321, 4.5.3.1, and RFC 1035, 2.3.4. */
enum { LOCAL_MAX = 64, LABEL_MAX = 63 };

#define FIGURES "0123456789"
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

/* RFC 5322, 3.2.3: words of "atext" with single dots between them. */
static bool local_is_good(const char *local, size_t length)
{
	if (!length || length > LOCAL_MAX ||
	    strspn(local, LETTERS FIGURES "!#$%&'*+-/=?^_`{|}~.") < length)
		return false;
	if (local[0] == '.' || local[length - 1] == '.')
		return false;
	return !memmem(local, length, "..", 2);
}

static bool label_is_good(const char *label, size_t length)
{
	return length && length <= LABEL_MAX && label[0] != '-' && label[length - 1] != '-';
}

/* The last name of a domain is never a number: "a@10.0.0.1" is no domain. */
static bool domain_is_good(const char *domain)
{
	size_t n_labels = 0;
	const char *label = domain;

	if (domain[strspn(domain, LETTERS FIGURES "-.")])
		return false;
	for (;; label += strcspn(label, ".") + 1) {
		size_t length = strcspn(label, ".");

		if (!label_is_good(label, length))
			return false;
		n_labels++;
		if (!label[length])
			break;
	}
	if (n_labels == 1)
		return !strcmp(domain, "localhost");
	return label[strspn(label, FIGURES)] != '\0';
}

bool mail_address_is_good(const char *address)
{
	const char *at = strchr(address, '@');

	return at && strlen(address) <= MAIL_ADDRESS_MAX &&
	       local_is_good(address, (size_t)(at - address)) && domain_is_good(at + 1);
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Of no-break spaces and their like too: addresses are copied from pages. */
const char *mail_address_key(struct arena *a, const char *typed)
{
	char *key = arena_strdup(a, text_squeeze(a, typed));

	for (char *c = key; *c; c++)
		*c = lower(*c);
	return key;
}

const char *mail_domain_of(struct arena *a, const char *url)
{
	const char *host = url ? strstr(url, "://") : NULL;
	char *domain;

	if (!host)
		return NULL;
	host += strlen("://");
	domain = arena_strndup(a, host, strcspn(host, ":/"));
	return domain_is_good(domain) ? mail_address_key(a, domain) : NULL;
}
