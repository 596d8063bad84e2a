/*
 * analyse.c - what the French analyser takes for a word.
 *
 *	analyse JSONL [MILLIONS]	texts of an interchange file, until so many million words
 *(10)
 *
 * Prints nanoseconds of processor a word: splitting alone, then with folding, then with the
 * stems as well.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/out.h"
#include "search/analyse.h"

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Tags become line ends. */
static void add_markup(struct out *o, const char *markup)
{
	bool tag = false;

	for (; markup && *markup; markup++) {
		if (*markup == '<')
			tag = true;
		else if (*markup == '>')
			out_char(o, '\n');
		else if (!tag)
			out_char(o, *markup);
		tag = tag && *markup != '>';
	}
	out_char(o, '\n');
}

static void read_texts(const char *path, struct out *o)
{
	FILE *f = fopen(path, "r");
	char *line = NULL;
	size_t capacity = 0;

	if (!f) {
		fprintf(stderr, "cannot read '%s'\n", path);
		exit(1);
	}
	while (getline(&line, &capacity, f) > 0) {
		json_t *object = json_loads(line, 0, NULL);

		add_markup(o, json_string_value(json_object_get(object, "title")));
		add_markup(o, json_string_value(json_object_get(object, "summary")));
		add_markup(o, json_string_value(json_object_get(object, "body")));
		json_decref(object);
	}
	free(line);
	fclose(f);
}

enum depth { SPLIT, FOLD, STEM };

struct figures {
	size_t words, tokens, joined;
};

static void walk(const struct out *o, struct stemmer *st, enum depth depth, struct figures *f)
{
	char folded[FORM_MAX + 1], stem[FORM_MAX + 1];
	const struct token *t;
	struct analyser an;
	uint32_t last = 0;

	analyser_init(&an, o->data, o->length, 1);
	while ((t = analyser_next(&an))) {
		f->tokens++;
		f->joined += t->joined;
		f->words += t->position != last;
		last = t->position;
		if (depth >= FOLD) {
			size_t n = form_fold(t->form, t->length, folded);

			if (depth == STEM)
				form_stem(st, folded, n, stem);
		}
	}
}

static void measure(const struct out *o, struct stemmer *st, enum depth depth, size_t words,
		    const char *label)
{
	struct figures f = { 0 };
	double begin = now();

	while (f.words < words)
		walk(o, st, depth, &f);
	printf("%s: %.1f ns a word (%zu words, %.4f tokens a word, %.4f joined)\n", label,
	       (now() - begin) * 1e9 / (double)f.words, f.words, (double)f.tokens / (double)f.words,
	       (double)f.joined / (double)f.words);
}

int main(int argc, char **argv)
{
	size_t words = (argc > 2 ? strtoul(argv[2], NULL, 10) : 10) * 1000000;
	struct stemmer *st = stemmer_new();
	struct out o;

	if (argc < 2) {
		fprintf(stderr, "usage: %s JSONL [MILLIONS]\n", argv[0]);
		return 2;
	}
	out_init(&o);
	read_texts(argv[1], &o);
	measure(&o, st, SPLIT, words, "analyser_next");
	measure(&o, st, FOLD, words, "and form_fold");
	measure(&o, st, STEM, words / 10, "and form_stem");
	out_release(&o);
	stemmer_free(st);
	return 0;
}
