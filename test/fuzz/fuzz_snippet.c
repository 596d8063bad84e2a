/* What is promised of the passages of any text that is let in, and of words that are in it. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "search/analyse.h"
#include "snippet_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every so many words of the text are looked for, the first of them as a sequence. */
static void choose(struct arena *a, const char *text, unsigned every, unsigned phrase,
		   struct check *c)
{
	struct analyser an;
	const struct token *t;
	unsigned n = 0;

	analyser_init(&an, text, strlen(text), 0);
	while ((t = analyser_next(&an)) && c->n < MARK_WORDS) {
		char folded[FORM_MAX + 1];
		size_t length = form_fold(t->form, t->length, folded);

		/* Folded to nothing, or with a blank in it. */
		if (!length || strchr(folded, ' '))
			continue;
		if (c->n < phrase || n % every == 0)
			c->word[c->n++] = arena_strndup(a, folded, length);
		n++;
	}
	c->phrase = phrase > 1 && phrase <= c->n ? phrase : 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	struct check c = { .n = 0 };
	const char *text, *wrong;

	if (size > 1 && text_check(a, (const char *)data + 1, size - 1, &text) == OK) {
		choose(a, text, 1 + *data % 16, *data / 64, &c);
		wrong = check_snippets(a, &c, text);
		if (wrong) {
			fprintf(stderr, "%s\n", wrong);
			abort();
		}
	}
	/* What is not UTF-8 is no text, but does no harm. */
	if (size) {
		struct html snippet[SNIPPETS];

		text = arena_strndup(a, (const char *)data, size);
		choose(a, "des élus en commun, 2024", 1, 0, &c);
		(void)snippets_of(a, check_marks(a, &c), text, snippet);
	}
	arena_free(a);
	return 0;
}
