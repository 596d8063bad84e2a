#include "base/html.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"

struct html html_trusted(const char *markup)
{
	return (struct html){ markup };
}

static bool is_unreserved(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '.' || c == '_' || c == '~';
}

struct url url_path_and(struct arena *a, const char *prefix, const char *name, const char *rest)
{
	static const char hex[] = "0123456789ABCDEF";
	size_t n_prefix = strlen(prefix), n_rest = strlen(rest);
	char *path = arena_alloc(a, n_prefix + 3 * strlen(name) + n_rest + 1, 1);
	char *at = path;

	memcpy(at, prefix, n_prefix);
	at += n_prefix;
	for (; *name; name++) {
		unsigned char c = (unsigned char)*name;

		if (is_unreserved(c)) {
			*at++ = (char)c;
		} else {
			*at++ = '%';
			*at++ = hex[c >> 4];
			*at++ = hex[c & 15];
		}
	}
	memcpy(at, rest, n_rest);
	return (struct url){ path };
}

struct url url_path(struct arena *a, const char *prefix, const char *name)
{
	return url_path_and(a, prefix, name, "");
}

int url_is_safe(const char *address)
{
	static const char *const scheme[] = { "http://", "https://", "mailto:", "tel:" };

	/* Browsers drop tabs and line ends inside an address, and read '\' as '/'. */
	for (const char *c = address; *c; c++)
		if ((unsigned char)*c <= ' ' || *c == 0x7f || *c == '\\')
			return false;
	if (*address == '#')
		return true;
	if (*address == '/')
		return address[1] != '/';
	for (size_t i = 0; i < sizeof(scheme) / sizeof(*scheme); i++)
		if (!strncasecmp(address, scheme[i], strlen(scheme[i])))
			return address[strlen(scheme[i])] != '\0';
	return false;
}

struct url url_external(struct arena *a, const char *address)
{
	if (!address || !url_is_safe(address))
		return (struct url){ NULL };
	return (struct url){ arena_strdup(a, address) };
}

struct json json_for_page(struct arena *a, const char *json_text)
{
	char *safe = arena_alloc(a, 6 * strlen(json_text) + 1, 1);
	char *at = safe;

	for (const char *c = json_text; *c; c++) {
		const char *escaped = *c == '<'   ? "\\u003c"
				      : *c == '>' ? "\\u003e"
				      : *c == '&' ? "\\u0026"
						  : NULL;

		if (escaped) {
			memcpy(at, escaped, 6);
			at += 6;
		} else {
			*at++ = *c;
		}
	}
	return (struct json){ safe };
}

void out_text(struct out *o, const char *text)
{
	if (!text)
		return;
	while (*text) {
		size_t plain = strcspn(text, "&<>\"'");

		out_bytes(o, text, plain);
		text += plain;
		switch (*text) {
		case '&':
			out_raw(o, "&amp;");
			break;
		case '<':
			out_raw(o, "&lt;");
			break;
		case '>':
			out_raw(o, "&gt;");
			break;
		case '"':
			out_raw(o, "&quot;");
			break;
		case '\'':
			out_raw(o, "&#39;");
			break;
		default:
			return;
		}
		text++;
	}
}

void out_html(struct out *o, struct html html)
{
	out_raw(o, html.markup);
}

void out_url(struct out *o, struct url url)
{
	out_text(o, url.address);
}

void out_json(struct out *o, struct json json)
{
	out_raw(o, json.value);
}

void out_number(struct out *o, long long number)
{
	out_printf(o, "%lld", number);
}
