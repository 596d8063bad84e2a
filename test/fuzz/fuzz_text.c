/* What is promised of every text that is let in. */
#include <assert.h>
#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/arena.h"
#include "base/html.h"
#include "base/out.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void is_clean(struct arena *a, const char *text)
{
	utf8proc_uint8_t *nfc = utf8proc_NFC((const utf8proc_uint8_t *)text);
	const char *again;

	assert(nfc && !strcmp((const char *)nfc, text));
	free(nfc);
	assert(utf8_valid_length(text, strlen(text)) == strlen(text));
	for (const char *c = text; *c; c++)
		assert((unsigned char)*c >= ' ' || *c == '\t' || *c == '\n');
	assert(!strchr(text, 0x7f));
	assert(text_check(a, text, strlen(text), &again) == OK && !strcmp(text, again));
}

static void folds(struct arena *a, const char *text)
{
	const char *folded = text_fold(a, text);

	assert(!strcmp(folded, text_fold(a, folded)));
	assert(utf8_valid_length(folded, strlen(folded)) == strlen(folded));
}

static void slugs(struct arena *a, const char *text)
{
	for (size_t max = 0; max < 80; max += 13) {
		const char *slug = text_slug(a, text, max);
		size_t length = strlen(slug);

		assert(length <= max);
		assert(strspn(slug, "abcdefghijklmnopqrstuvwxyz0123456789-") == length);
		assert(!strstr(slug, "--") && *slug != '-' && (!length || slug[length - 1] != '-'));
		assert(!strcmp(slug, text_slug(a, slug, max)));
	}
}

static void squeezes(struct arena *a, const char *text)
{
	const char *squeezed = text_squeeze(a, text);

	assert(!strcmp(squeezed, text_squeeze(a, squeezed)));
	assert(!strstr(squeezed, "  ") && !strchr(squeezed, '\n') && *squeezed != ' ');
}

static void clips(struct arena *a, const char *text)
{
	for (size_t max = 0; max < 64; max = max * 2 + 1) {
		const char *clipped = text_clip(a, text, max);

		assert(utf8_length(clipped) <= max);
		assert(utf8_valid_length(clipped, strlen(clipped)) == strlen(clipped));
		if (utf8_length(text) <= max)
			assert(!strcmp(text, clipped));
	}
}

/* A text but for what typography may set: blanks and apostrophes. */
static const char *bare(struct arena *a, const char *text)
{
	struct out o;
	const char *result;
	size_t size;

	out_init(&o);
	for (; *text; text += size) {
		unsigned c = utf8_decode(text, &size);

		if (c == ' ' || c == 0xa0 || c == 0x202f)
			continue;
		if (c == 0x2019)
			out_char(&o, '\'');
		else
			out_bytes(&o, text, size);
	}
	result = arena_strdup(a, out_string(&o));
	out_release(&o);
	return result;
}

static void sets(struct arena *a, const char *text)
{
	const char *set = text_typography(a, text);

	assert(!strcmp(set, text_typography(a, set)));
	assert(!strcmp(bare(a, set), bare(a, text)));
}

static const char *tag_end(const char *at)
{
	char quote = 0;

	if (!strncmp(at, "<!--", 4)) {
		const char *end = strstr(at, "-->");

		return end ? end + 3 : at + strlen(at);
	}
	for (; *at; at++) {
		if (quote ? *at == quote : *at == '"' || *at == '\'')
			quote = quote ? 0 : *at;
		else if (!quote && *at == '>')
			return at + 1;
	}
	return at;
}

static const char *tags_of(struct arena *a, const char *markup)
{
	struct out o;
	const char *tags;

	out_init(&o);
	while ((markup = strchr(markup, '<'))) {
		const char *end = markup + 1;

		if (isalpha((unsigned char)*end) || (*end && strchr("/!?", *end))) {
			end = tag_end(markup);
			out_bytes(&o, markup, (size_t)(end - markup));
		}
		markup = end;
	}
	tags = arena_strdup(a, out_string(&o));
	out_release(&o);
	return tags;
}

static void sets_markup(struct arena *a, const char *text)
{
	struct html set = html_typography(a, html_trusted(text));

	assert(!strcmp(set.markup, html_typography(a, set).markup));
	/* Inside <code> and its like a tag or a comment may begin that never ends. */
	if (!strchr(text, '\'') && !strchr(text, '"') && !strstr(text, "<!--"))
		assert(!strcmp(tags_of(a, set.markup), tags_of(a, text)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	const char *text;

	assert(utf8_valid_length((const char *)data, size) <= size);
	if (text_check(a, (const char *)data, size, &text) == OK) {
		is_clean(a, text);
		folds(a, text);
		slugs(a, text);
		squeezes(a, text);
		clips(a, text);
		sets(a, text);
		sets_markup(a, text);
		(void)text_is_shouting(text);
	}
	arena_free(a);
	return 0;
}
