/* What is promised of the tokens of any text. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "search/analyse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct stemmer *stemmer;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	stemmer = stemmer_new();
	return 0;
}

static void is_form(const char *form, size_t length)
{
	assert(length <= FORM_MAX && strlen(form) == length);
	assert(utf8_valid_length(form, length) == length);
}

static void folds(const char *form, size_t length)
{
	char folded[FORM_MAX + 1], again[FORM_MAX + 1], stem[FORM_MAX + 1];
	size_t n = form_fold(form, length, folded);

	is_form(folded, n);
	assert(form_fold(folded, n, again) == n && !memcmp(folded, again, n));
	if (!n)
		return;
	n = form_stem(stemmer, folded, n, stem);
	assert(n);
	is_form(stem, n);
	(void)form_is_stop(folded, n);
}

static void follows(const struct token *t, const struct token *last, size_t size)
{
	assert(t->from < t->to && t->to <= size);
	assert(t->length);
	is_form(t->form, t->length);
	assert(t->position >= last->position);
	assert(t->from >= last->from);
	/* Words do not overlap, but a compound and its parts do. */
	if (t->position > last->position && !last->joined)
		assert(t->from >= last->to);
}

/* The same text again, as a part of a longer one: its end is not read past. */
static void is_bounded(const char *text, size_t size)
{
	struct analyser an;
	size_t n = 0;

	analyser_init(&an, text, size / 2, 0);
	while (analyser_next(&an))
		n++;
	assert(n <= 2 * size + 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct token last = { .position = 1 };
	const struct token *t;
	struct analyser an;
	size_t n = 0;

	analyser_init(&an, text, size, 1);
	while ((t = analyser_next(&an))) {
		follows(t, &last, size);
		folds(t->form, t->length);
		last = *t;
		n++;
	}
	assert(!analyser_next(&an));
	assert(n <= 2 * size);
	folds(text, size);
	is_bounded(text, size);
	return 0;
}
