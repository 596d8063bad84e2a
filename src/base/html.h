/*
 * html.h - what a page is made of, told apart by type.
 *
 *   const char *   text, from anyone           always escaped
 *   struct html    markup that is known good   written as it is
 *   struct url     an address                  escaped, in address attributes only
 *   struct json    a JSON value                in <script type="application/ld+json"> only
 *
 * The plain type is the untrusted one, so that forgetting is safe. struct html is
 * made by HTML("a literal"), by the sanitiser (base/richtext.h) and by
 * html_trusted(), which is the one word to look for in a review.
 */
#ifndef BASE_HTML_H
#define BASE_HTML_H

#include "base/out.h"

struct arena;

struct html {
	const char *markup; /* NULL is empty */
};

struct url {
	const char *address; /* NULL is empty */
};

struct json {
	const char *value; /* holds no '<', '>' or '&': see json_for_page() */
};

/* Only a literal can stand here, by grammar. */
#define HTML(literal) ((struct html){ "" literal "" })
#define URL(literal)  ((struct url){ "" literal "" })

struct html html_trusted(const char *markup);

/*
 * A path of this site: `prefix` as it is, then `name` with everything outside
 * RFC 3986's unreserved set percent-encoded ('/' too).
 */
struct url url_path(struct arena *a, const char *prefix, const char *name);

/* The same with a further piece written as it is, such as "?page=2" or "#seances". */
struct url url_path_and(struct arena *a, const char *prefix, const char *name, const char *rest);

/*
 * An address met in a text or typed by someone: http, https, mailto and tel
 * only, or a path of this site ("/…", not "//…"), or a fragment. Anything else,
 * and anything with a control character or a blank, is empty.
 */
struct url url_external(struct arena *a, const char *address);

/* True when url_external() would keep it. */
int url_is_safe(const char *address);

/* JSON text made safe inside a <script>: '<', '>', '&' become \u003c and so on. */
struct json json_for_page(struct arena *a, const char *json_text);

/* One writer per type; templates reach them through the macros below. */
void out_text(struct out *o, const char *text); /* escaped; NULL writes nothing */
void out_html(struct out *o, struct html html);
void out_url(struct out *o, struct url url);
void out_json(struct out *o, struct json json);
void out_number(struct out *o, long long number);

/* Between tags. */
#define out_put(o, value)                                                                          \
	_Generic((value),                                                                          \
		char * : out_text,                                                                 \
		const char * : out_text,                                                           \
		struct html : out_html,                                                            \
		int : out_number,                                                                  \
		long : out_number,                                                                 \
		long long : out_number,                                                            \
		unsigned : out_number,                                                             \
		unsigned long : out_number)((o), (value))

/* In a quoted attribute: no markup, no address. */
#define out_put_attribute(o, value)                                                                \
	_Generic((value),                                                                          \
		char * : out_text,                                                                 \
		const char * : out_text,                                                           \
		int : out_number,                                                                  \
		long : out_number,                                                                 \
		long long : out_number,                                                            \
		unsigned : out_number,                                                             \
		unsigned long : out_number)((o), (value))

/* In href, src, action and their like: an address alone. */
#define out_put_url(o, value) _Generic((value), struct url : out_url)((o), (value))

/* In <script type="application/ld+json">. */
#define out_put_json(o, value) _Generic((value), struct json : out_json)((o), (value))

#endif
