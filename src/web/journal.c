#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/log.h"
#include "web/server_inside.h"

/* What opens an account stands in some addresses, and must not stand in the journal. */
static bool hides_rest(const char *text, size_t n)
{
	static const char *const before[] = { "/connexion/lien/", "/mot-de-passe/", "/courriel/" };

	for (size_t i = 0; i < sizeof(before) / sizeof(*before); i++)
		if (n == strlen(before[i]) && !memcmp(text, before[i], n))
			return true;
	return false;
}

/* As it came, without what could end or forge a line of the journal, nor the query. */
static void write_log_path(const struct visit *v, char *text, size_t size)
{
	size_t n = 0, at = 0;

	for (; at < v->target.length && v->target.data[at] != '?' && n + 5 < size; at++) {
		if (hides_rest(text, n)) {
			n += (size_t)snprintf(text + n, size - n, "...");
			break;
		}
		unsigned char c = (unsigned char)v->target.data[at];

		if (c > ' ' && c < 0x7f && c != '"' && c != '\\')
			text[n++] = (char)c;
		else
			n += (size_t)snprintf(text + n, size - n, "\\x%02x", c);
	}
	text[n] = '\0';
}

static const char *method_name(const struct visit *v)
{
	switch (v->method) {
	case GET:
		return v->is_head ? "HEAD" : "GET";
	case POST:
		return "POST";
	case OTHER_METHOD:
		break;
	}
	return "OTHER";
}

void journal_write(const struct visit *v)
{
	struct civil t = civil_in_utc(time(NULL));
	char path[1024], code[16] = "-";

	write_log_path(v, path, sizeof(path));
	/* "-" is cut before it was answered. */
	if (v->code)
		snprintf(code, sizeof(code), "%d", v->code);
	log_line("%04d-%02d-%02dT%02d:%02d:%02dZ %016llx %s %s %s %s %zu %lld", t.year, t.month,
		 t.day, t.hour, t.minute, t.second, (unsigned long long)v->id, v->address,
		 v->has_header ? method_name(v) : "-", path, code, v->length,
		 (long long)(clock_us() - v->began));
}
