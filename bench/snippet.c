/*
 * snippet.c - passages: microseconds of processor for a text of 400 words.
 *
 *	bench_snippet FILE...	plain texts, cut into pieces of 400 words
 *
 * Words of the queries are drawn from the texts themselves, so that the frequent come often.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/out.h"
#include "search/analyse.h"
#include "search/snippet.h"

enum { WORDS = 400, QUERIES = 300 };

struct texts {
	struct arena *a;
	const char **text;
	size_t n, capacity;
};

static unsigned seed = 1;

static unsigned draw(unsigned n)
{
	seed = seed * 1103515245 + 12345;
	return (seed >> 8) % n;
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n';
}

static void cut(struct texts *t, const char *all)
{
	while (*all) {
		const char *at = all;

		for (unsigned n = 0; *at && n < WORDS; n++) {
			while (*at && is_blank(*at))
				at++;
			while (*at && !is_blank(*at))
				at++;
		}
		*arena_push(t->a, t->text, t->n, t->capacity) =
			arena_strndup(t->a, all, (size_t)(at - all));
		all = at;
	}
}

static void read_file(struct texts *t, const char *path)
{
	FILE *file = fopen(path, "r");
	struct out o;
	int c;

	if (!file)
		die("cannot open '%s'", path);
	out_init(&o);
	while ((c = getc(file)) != EOF)
		out_char(&o, (char)c);
	fclose(file);
	cut(t, out_string(&o));
	out_release(&o);
}

/* A word of some text, with all forms that begin like it when it is a beginning. */
static void add_word(const struct texts *t, struct marks *m, unsigned word, size_t letters)
{
	const char *text = t->text[draw((unsigned)t->n)];
	size_t from = draw((unsigned)strlen(text) + 1);
	char folded[FORM_MAX + 1], other[FORM_MAX + 1];
	const struct token *token;
	struct analyser an;

	analyser_init(&an, text + from, strlen(text + from), 0);
	token = analyser_next(&an);
	token = token ? analyser_next(&an) : NULL;
	if (!token)
		return;
	marks_add(m, folded, form_fold(token->form, token->length, folded), word);
	for (size_t i = 0; letters && i < t->n; i++) {
		analyser_init(&an, t->text[i], strlen(t->text[i]), 0);
		while ((token = analyser_next(&an))) {
			size_t n = form_fold(token->form, token->length, other);

			if (!strncmp(folded, other, letters))
				marks_add(m, other, n, word);
		}
	}
}

static void measure(const struct texts *t, const char *what, unsigned n_words, size_t letters)
{
	struct arena *a = arena_new(), *b = arena_new();
	size_t n = 0, found = 0;
	double spent = 0;

	for (unsigned i = 0; i < QUERIES; i++) {
		struct marks *m = marks_new(a);
		double start;

		for (unsigned j = 0; j < n_words; j++)
			add_word(t, m, j, letters);
		start = now();
		for (size_t j = 0; j < t->n; j++) {
			struct html snippet[SNIPPETS];

			found += snippets_of(b, m, t->text[j], snippet) > 0;
			n++;
			arena_reset(b);
		}
		spent += now() - start;
		arena_reset(a);
	}
	printf("%-36s %6.1f us a text, %.0f %% found\n", what, spent / (double)n * 1e6,
	       100.0 * (double)found / (double)n);
	arena_free(a);
	arena_free(b);
}

int main(int argc, char *argv[])
{
	struct texts t = { .a = arena_new() };

	for (int i = 1; i < argc; i++)
		read_file(&t, argv[i]);
	if (!t.n)
		die("no text to read");
	printf("%zu texts of %d words\n", t.n, WORDS);
	measure(&t, "one word", 1, 0);
	measure(&t, "two words", 2, 0);
	measure(&t, "five words", 5, 0);
	measure(&t, "one beginning of three letters", 1, 3);
	measure(&t, "two beginnings of two letters", 2, 2);
	arena_free(t.a);
	return 0;
}
