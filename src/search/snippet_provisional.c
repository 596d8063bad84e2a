#include "base/arena.h"
#include "search/snippet.h"
struct marks {
	int x;
};
struct marks *marks_new(struct arena *a)
{
	return arena_make(a, struct marks, 1);
}
void marks_add(struct marks *m, const char *folded, size_t length, unsigned word)
{
	(void)m;
	(void)folded;
	(void)length;
	(void)word;
}
void marks_phrase(struct marks *m, unsigned first, unsigned n_words)
{
	(void)m;
	(void)first;
	(void)n_words;
}
