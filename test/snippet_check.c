#include "snippet_check.h"

#include <string.h>

#include "base/arena.h"
#include "base/out.h"
#include "base/text.h"
#include "search/analyse.h"

/* The longest that one passage may be, in characters, and two that have become one. */
enum { LONGEST = 2 * SNIPPET_LENGTH, LONGEST_OF_TWO = 2 * LONGEST };

struct marks *check_marks(struct arena *a, const struct check *c)
{
	struct marks *m = marks_new(a);

	for (unsigned i = 0; i < c->n; i++)
		for (const char *form = c->word[i]; *form;) {
			size_t n = strcspn(form, " ");

			marks_add(m, form, n, i);
			form += n + strspn(form + n, " ");
		}
	if (c->phrase)
		marks_phrase(m, 0, c->phrase);
	return m;
}

static bool is_form(const struct check *c, const char *folded, size_t length)
{
	for (unsigned i = 0; i < c->n; i++)
		for (const char *form = c->word[i]; *form;) {
			size_t n = strcspn(form, " ");

			if (n == length && !memcmp(form, folded, n))
				return true;
			form += n + strspn(form + n, " ");
		}
	return false;
}

/* ---- markup ---------------------------------------------------------------------- */

static const struct entity {
	const char *name;
	char is;
} entity[] = {
	{ "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&#39;", '\'' },
};

/* The text of a passage; NULL when there is other markup than <mark>. */
static const char *plain(struct arena *a, const char *markup)
{
	char *text = arena_alloc(a, strlen(markup) + 1, 1), *to = text;
	bool in_mark = false;

	while (*markup) {
		const char *tag = in_mark ? "</mark>" : "<mark>";
		size_t i = 0;

		if (!strncmp(markup, tag, strlen(tag))) {
			markup += strlen(tag);
			in_mark = !in_mark;
			continue;
		}
		if (strchr("<>\"'", *markup))
			return NULL;
		if (*markup != '&') {
			*to++ = *markup++;
			continue;
		}
		while (i < 5 && strncmp(markup, entity[i].name, strlen(entity[i].name)) != 0)
			i++;
		if (i == 5)
			return NULL;
		*to++ = entity[i].is;
		markup += strlen(entity[i].name);
	}
	return in_mark ? NULL : text;
}

/* Without what is added or left out between words and lines. */
static const char *bones(struct arena *a, const char *text)
{
	static const char *const added[] = { "…", "·", "•", "-", "–", "*" };
	char *bare = arena_alloc(a, strlen(text) + 1, 1), *to = bare;
	size_t size;

	for (; *text; text += size) {
		bool dropped = utf8_is_blank(utf8_decode(text, &size));

		for (size_t i = 0; i < sizeof(added) / sizeof(*added); i++)
			dropped = dropped || !strncmp(text, added[i], strlen(added[i]));
		if (dropped)
			continue;
		memcpy(to, text, size);
		to += size;
	}
	return bare;
}

/* ---- marks ------------------------------------------------------------------------- */

static bool holds_a_form(const struct check *c, const char *text, size_t length)
{
	struct analyser an;
	const struct token *t;

	analyser_init(&an, text, length, 0);
	while ((t = analyser_next(&an))) {
		char folded[FORM_MAX + 1];

		if (is_form(c, folded, form_fold(t->form, t->length, folded)))
			return true;
	}
	return false;
}

/* A word that was cut at the end of a line shows its hyphen. */
static bool holds_without_hyphens(struct arena *a, const struct check *c, const char *text)
{
	char *whole = arena_alloc(a, strlen(text) + 1, 1), *to = whole;

	for (; *text; text++)
		if (*text != '-')
			*to++ = *text;
	return holds_a_form(c, whole, strlen(whole));
}

/* The first mark that holds nothing that matches, or NULL. */
static const char *empty_mark(struct arena *a, const struct check *c, const char *markup)
{
	for (; (markup = strstr(markup, "<mark>")); markup++) {
		const char *from = markup + strlen("<mark>"), *to = strstr(from, "</mark>");
		const char *text = plain(a, arena_strndup(a, from, (size_t)(to - from))), *line;

		if (!text)
			return "<";
		/* What a figure is part of is told by what stands around it. */
		if (strpbrk(text, "0123456789"))
			continue;
		/* By itself "X" is a line in capitals, where it stands it may not be, or the
		 * reverse. */
		line = arena_printf(a, "du mot %s\nDU TITRE %s", text, text);
		if (!holds_a_form(c, text, strlen(text)) && !holds_a_form(c, line, strlen(line)) &&
		    !holds_without_hyphens(a, c, text))
			return text;
	}
	return NULL;
}

static const char *check_one(struct arena *a, const struct check *c, const char *text,
			     const char *markup, size_t longest)
{
	const char *passage = plain(a, markup);

	if (utf8_valid_length(markup, strlen(markup)) != strlen(markup))
		return "it is not UTF-8";
	if (!passage)
		return "it holds other markup than marks";
	if (!strstr(bones(a, text), bones(a, passage)))
		return "it is not of the text";
	if (empty_mark(a, c, markup))
		return arena_printf(a, "marked without a match: %s", empty_mark(a, c, markup));
	if (utf8_length(passage) > longest)
		return "it is too long";
	return NULL;
}

const char *check_snippets(struct arena *a, const struct check *c, const char *text)
{
	struct marks *m = check_marks(a, c);
	struct html snippet[SNIPPETS];
	size_t n = snippets_of(a, m, text, snippet);
	struct html whole = marked(a, m, text);
	const char *wrong = check_one(a, c, text, whole.markup, SIZE_MAX);

	if (n > SNIPPETS)
		return "there are too many";
	if (!n != !strstr(whole.markup, "<mark>"))
		return "the whole and the passages do not agree";
	for (size_t i = 0; i < n && !wrong; i++) {
		wrong = check_one(a, c, text, snippet[i].markup, n == 1 ? LONGEST_OF_TWO : LONGEST);
		if (!wrong && !strstr(snippet[i].markup, "<mark>"))
			wrong = "nothing is marked";
	}
	if (!wrong && strcmp(bones(a, text), bones(a, plain(a, whole.markup))) != 0)
		wrong = "the whole is not whole";
	return wrong;
}

/* How many characters of the bones of a text stand in marks, up to a byte of it. */
static bool is_marked(struct arena *a, const char *markup, const char *text, size_t to)
{
	size_t left = strlen(bones(a, arena_strndup(a, text, to)));
	bool in_mark = false;

	/* The bones of the markup are gone through until so many of the text are passed. */
	while (*markup) {
		const char *tag = in_mark ? "</mark>" : "<mark>";
		size_t n = strcspn(markup, "<");
		const char *part = bones(a, plain(a, arena_strndup(a, markup, n)));

		if (strlen(part) >= left)
			return in_mark;
		left -= strlen(part);
		markup += n;
		if (*markup) {
			markup += strlen(tag);
			in_mark = !in_mark;
		}
	}
	return false;
}

const char *check_all_marked(struct arena *a, const struct check *c, const char *text)
{
	const char *markup = marked(a, check_marks(a, c), text).markup;
	struct analyser an;
	const struct token *t;

	analyser_init(&an, text, strlen(text), 0);
	while ((t = analyser_next(&an))) {
		char folded[FORM_MAX + 1];

		if (is_form(c, folded, form_fold(t->form, t->length, folded)) &&
		    !is_marked(a, markup, text, t->to))
			return arena_strdup(a, t->form);
	}
	return NULL;
}
