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
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "search/snippet.h"

/* Stands in for the marks and passages until they are there. */
struct marks {
	struct arena *a;
	char form[MARK_WORDS][65];
	unsigned n;
};

struct marks *marks_new(struct arena *a)
{
	struct marks *m = arena_make(a, struct marks, 1);

	m->a = a;
	return m;
}

void marks_add(struct marks *m, const char *folded, size_t length, unsigned word)
{
	(void)word;
	if (m->n < MARK_WORDS && length < 65 && length)
		memcpy(m->form[m->n++], folded, length);
}

void marks_phrase(struct marks *m, unsigned first, unsigned n_words)
{
	(void)m;
	(void)first;
	(void)n_words;
}

bool marks_are_empty(const struct marks *m)
{
	return !m->n;
}

static bool matches(struct arena *a, const struct marks *m, const char *word, size_t n)
{
	const char *folded = text_fold(a, arena_strndup(a, word, n));

	for (unsigned i = 0; i < m->n; i++)
		if (!strcmp(folded, m->form[i]))
			return true;
	return false;
}

static bool mark(struct arena *a, const struct marks *m, const char *text, struct out *o)
{
	static const char ends[] = " .,;:()\n'";
	bool any = false;

	while (*text) {
		size_t n = strcspn(text, ends);
		bool hit = n && matches(a, m, text, n);

		any |= hit;
		if (hit)
			out_raw(o, "<mark>");
		out_text(o, arena_strndup(a, text, n));
		if (hit)
			out_raw(o, "</mark>");
		text += n;
		if (*text)
			out_text(o, arena_strndup(a, text++, 1));
	}
	return any;
}

size_t snippets_of(struct arena *a, const struct marks *m, const char *text,
		   struct html snippet[SNIPPETS])
{
	size_t n = 0;

	while (*text && n < SNIPPETS) {
		size_t line = strcspn(text, "\n");
		struct out o;

		out_init(&o);
		if (mark(a, m, text_clip(a, arena_strndup(a, text, line), SNIPPET_LENGTH), &o))
			snippet[n++] = html_trusted(arena_strdup(a, out_string(&o)));
		out_release(&o);
		text += line + (text[line] != '\0');
	}
	return n;
}

struct html marked(struct arena *a, const struct marks *m, const char *text)
{
	struct html all;
	struct out o;

	out_init(&o);
	(void)mark(a, m, text, &o);
	all = html_trusted(arena_strdup(a, out_string(&o)));
	out_release(&o);
	return all;
}
