/*
 * suggest.c - completion at full size: time to fill, memory, look-ups, commits.
 *
 *	bench_suggest [TITLES]
 *
 * Times are of the processor: nothing is waited for, and machines are shared.
 *
 * Titles of ten words from a vocabulary of 20,000, drawn as words are in texts: the second half
 * as often as the first, and so on.
 */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "search/suggest.h"

enum { VOCABULARY = 20000, TITLE_WORDS = 10, LOOK_UPS = 20000, COMMITS = 3000, GENERAL = 5000 };

static char word[VOCABULARY][24];
static double share[VOCABULARY]; /* of this word and those before */
static unsigned long long seed = 1;

static unsigned draw(unsigned n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)((seed >> 33) % n);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void make_words(void)
{
	static const char *const start[] = { "d", "l", "c", "p",  "s",  "r",  "m",
					     "t", "f", "v", "b",  "é",  "a",  "i",
					     "g", "n", "h", "pr", "tr", "co", "ch" };
	static const char *const middle[] = {
		"a", "e", "i", "o", "u", "é", "ou", "on", "an", "eau"
	};
	static const char *const end[] = { "s",   "t",   "r",    "nt", "tion",
					   "ble", "que", "ment", "l",  "x" };
	double sum = 0;

	for (unsigned i = 0; i < VOCABULARY; i++) {
		char *at = word[i];

		at += snprintf(at, 8, "%s%s", start[draw(21)], middle[draw(10)]);
		for (unsigned n = i < 20 ? 0 : 1 + draw(2); n; n--)
			at += snprintf(at, 8, "%s%s", start[draw(12)], middle[draw(10)]);
		snprintf(at, 8, "%s", end[draw(10)]);
		share[i] = sum += 1 / (double)(i + 3);
	}
	for (unsigned i = 0; i < VOCABULARY; i++)
		share[i] /= sum;
}

static const char *draw_word(void)
{
	double at = (double)draw(1u << 30) / (1u << 30);
	unsigned from = 0, to = VOCABULARY - 1;

	while (from < to) {
		unsigned half = (from + to) / 2;

		if (share[half] < at)
			from = half + 1;
		else
			to = half;
	}
	return word[from];
}

static void make_title(char title[512])
{
	char *at = title;

	for (unsigned i = 0; i < TITLE_WORDS; i++)
		at += snprintf(at, 40, "%s%s", i ? draw(8) ? " " : " l’" : "", draw_word());
}

static void put(struct suggest *s, long id)
{
	char title[512], slug[40];

	make_title(title);
	snprintf(slug, sizeof(slug), "ressource-%ld-du-reseau", id);
	suggest_put(s, SUGGEST_RESOURCE, id, title, slug, 15000 + draw(5500));
}

static int compare(const void *left, const void *right)
{
	double l = *(const double *)left, r = *(const double *)right;

	return l < r ? -1 : l > r;
}

static void tell(const char *what, double time[], unsigned n)
{
	qsort(time, n, sizeof(*time), compare);
	printf("%-34s p50 %8.1f  p99 %8.1f  longest %9.1f us\n", what, time[n / 2] * 1e6,
	       time[n - 1 - n / 100] * 1e6, time[n - 1] * 1e6);
}

/* Words cut at a letter, as many as told, of so many bytes at most. */
static void look_up(struct suggest *s, const char *what, unsigned n_words, unsigned bytes)
{
	static double time[LOOK_UPS];
	struct arena *a = arena_new();
	size_t found = 0;

	for (unsigned i = 0; i < LOOK_UPS; i++) {
		struct suggestion suggestion[SUGGESTIONS_MAX];
		char typed[256] = "", *at = typed;
		double start;

		for (unsigned j = 0; j < n_words; j++) {
			const char *w = draw_word();
			size_t n = strnlen(w, bytes);

			/* Not in the middle of a letter. */
			n += ((unsigned char)w[n] & 0xc0) == 0x80;
			at += snprintf(at, 40, "%s%.*s", j ? " " : "", (int)n, w);
		}
		start = now();
		found += suggest_find(s, a, typed, 10, suggestion);
		time[i] = now() - start;
		arena_reset(a);
	}
	tell(what, time, LOOK_UPS);
	if (getenv("VERBOSE"))
		printf("  found %.1f\n", (double)found / LOOK_UPS);
	arena_free(a);
}

static void look_all_up(struct suggest *s)
{
	look_up(s, "one letter", 1, 1);
	look_up(s, "one word, two letters", 1, 2);
	look_up(s, "one word, three letters", 1, 3);
	look_up(s, "one word, whole", 1, 23);
	look_up(s, "two words, one letter each", 2, 1);
	look_up(s, "two words, three letters each", 2, 3);
	look_up(s, "two words, whole", 2, 23);
	look_up(s, "three words, whole", 3, 23);
	look_up(s, "ten words, one letter each", 10, 1);
	look_up(s, "ten words, three letters each", 10, 3);
}

int main(int argc, char *argv[])
{
	long n = argc > 1 ? atol(argv[1]) : 1000000;
	struct suggest *s = suggest_new();
	static double time[COMMITS];
	size_t before, text = 0;
	char title[512];
	double start;

	make_words();
	for (int i = 0; i < 1000; i++) {
		make_title(title);
		text += strlen(title) + 1 + 28;
	}
	before = mallinfo2().uordblks + mallinfo2().hblkhd;
	start = now();
	for (long i = 0; i < n; i++)
		put(s, i);
	for (long i = 0; i < GENERAL; i++)
		suggest_put(s, SUGGEST_KEYWORD, i, draw_word(), "mot", draw(5000));
	printf("%ld titles put in %.2f s\n", n, now() - start);
	start = now();
	suggest_commit(s);
	printf("built in %.2f s\n", now() - start);
	printf("%.0f bytes for each title, of which text and slug %.0f\n",
	       (double)(mallinfo2().uordblks + mallinfo2().hblkhd - before) / (double)n,
	       (double)text / 1000);
	look_all_up(s);
	for (unsigned i = 0; i < COMMITS; i++) {
		start = now();
		put(s, draw((unsigned)n));
		suggest_commit(s);
		time[i] = now() - start;
	}
	tell("put and commit of one", time, COMMITS);
	puts("with what is new in a list:");
	look_all_up(s);
	suggest_free(s);
	return 0;
}
