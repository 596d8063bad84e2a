#include "search/acronym.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "search/acronym_line.h"
#include "search/acronym_match.h"

struct finder {
	struct arena *a;
	struct line line;
	acronym_fn *each;
	void *context;
};

/* ---- what is an acronym ---------------------------------------------------- */

/* Said of a document, whatever the words before it begin with. */
static const char *const formats[] = { "PDF", "DOC",  "DOCX", "ODT", "ODS", "ODP",  "XLS", "XLSX",
				       "PPT", "PPTX", "CSV",  "ZIP", "JPG", "HTML", "MP3", "MP4" };

static bool is_format(const char *letters)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++)
		if (!strcmp(formats[i], letters))
			return true;
	return false;
}

static bool is_roman(const char *letters)
{
	return strspn(letters, "IVX") == strlen(letters);
}

static bool is_capital(unsigned c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7) || c == 0x152;
}

/* Two at least, and the first letter: "SIEG", "NOTRe", "CoTech". */
static bool has_capitals(const struct line_word *w)
{
	size_t size, n = is_capital(utf8_decode(w->at, &size));

	for (size_t at = size; n && at < w->size; at += size)
		n += is_capital(utf8_decode(w->at + at, &size));
	return n >= 2;
}

const char *acronym_letters(struct arena *a, const char *text)
{
	char bare[4 * ACRONYM_MAX + 1], letters[ACRONYM_MAX + 1];
	size_t n = 0;

	for (; *text && n + 1 < sizeof(bare); text++)
		if (*text != '.' && *text != ' ')
			bare[n++] = *text;
	if (*text || utf8_valid_length(bare, n) != n ||
	    !letters_fold(a, bare, n, letters, ACRONYM_MAX) || strlen(letters) < ACRONYM_MIN)
		return NULL;
	return arena_strdup(a, letters);
}

/* "SCICs" loses its plural. NULL when the word is none. */
static const char *read_acronym(struct arena *a, const struct line_word *w)
{
	const char *letters;
	size_t size = w->size;

	if (w->mark || w->is_tail || size > 4 * ACRONYM_MAX || !has_capitals(w))
		return NULL;
	if (size > 2 && w->at[size - 1] == 's' && is_capital((unsigned char)w->at[size - 2]))
		size--;
	letters = acronym_letters(a, arena_strndup(a, w->at, size));
	return letters && !is_format(letters) && !is_roman(letters) ? letters : NULL;
}

/* ---- how it is set beside its words ---------------------------------------- */

static unsigned mark_at(const struct line *l, size_t i)
{
	return i < l->n_words ? l->word[i].mark : '.';
}

static bool is_any(const struct line *l, size_t i, const char *const words[])
{
	if (i >= l->n_words || l->word[i].mark)
		return false;
	for (; *words; words++)
		if (strlen(*words) == l->word[i].size &&
		    !memcmp(*words, l->word[i].at, l->word[i].size))
			return true;
	return false;
}

/* Between the words and their acronym: "…, dits PTCE", "(ci-après « SIEG »)". */
static const char *const saying[] = { "ou",       "dit",    "dite",    "dits",    "dites",
				      "sigle",    "abrégé", "abrégée", "abrégés", "abrégées",
				      "acronyme", "ci",     "appelé",  "appelée", "appelés",
				      "appelées", NULL };
static const char *const beside[] = { "en", "le",  "la",  "les",   "l",
				      "un", "une", "des", "après", NULL };
static const char *const meaning[] = { "ou", "signifie", "désigne", "pour", NULL };

enum { BETWEEN = 5 /* words and marks */ };

static bool is_opening(unsigned mark)
{
	return mark == QUOTE_OPEN || mark == '"';
}

/* After an acronym in a parenthesis, what is no part of a longer name. */
static bool may_follow(unsigned mark)
{
	return mark == QUOTE_CLOSE || mark_is_any(mark, ")],;:.\"");
}

static bool is_between(const struct line *l, size_t i)
{
	return is_opening(l->word[i].mark) || is_any(l, i, saying) || is_any(l, i, beside) ||
	       (l->word[i].mark == ':' && i && is_any(l, i - 1, saying));
}

static size_t before_quotes(const struct line *l, size_t end)
{
	while (end && (l->word[end - 1].mark == QUOTE_CLOSE || l->word[end - 1].mark == '"'))
		end--;
	return end;
}

/*
 * Where the words before acronym `i` end, or 0. *is_plain tells that a parenthesis or a word
 * says what it is; a comma or a dash alone does not.
 */
static size_t words_before(const struct line *l, size_t i, bool *is_plain)
{
	size_t at = i;

	*is_plain = false;
	for (; at && i - at < BETWEEN && is_between(l, at - 1); at--)
		*is_plain |= is_any(l, at - 1, saying);
	if (!at)
		return 0;
	if (mark_is_any(l->word[at - 1].mark, "([")) {
		*is_plain = true;
		return may_follow(mark_at(l, i + 1)) ? before_quotes(l, at - 1) : 0;
	}
	if (mark_is_any(l->word[at - 1].mark, ",-"))
		return before_quotes(l, at - 1);
	return is_any(l, at, saying) ? before_quotes(l, at) : 0;
}

/* Where the words after acronym `i` begin, or 0. */
static size_t words_after(const struct line *l, size_t i, bool *is_plain)
{
	size_t at = i + 1;

	while (mark_at(l, at) == QUOTE_CLOSE || mark_at(l, at) == '"')
		at++;
	*is_plain = mark_is_any(mark_at(l, at), "([");
	if (!*is_plain && !mark_is_any(mark_at(l, at), ":=-,") && !is_any(l, at, meaning))
		return 0;
	at++;
	for (int n = 0; n < BETWEEN && at < l->n_words; n++, at++)
		if (!is_opening(l->word[at].mark) && !l->word[at].is_small)
			break;
	return at;
}

/* ---- finding --------------------------------------------------------------- */

static void tell(struct finder *f, const char *letters, size_t from, size_t end)
{
	const char *at = f->line.word[from].at;
	const struct line_word *last = &f->line.word[end - 1];
	size_t size = (size_t)(last->at + last->size - at);
	const char *words = arena_strndup(f->line.a, at, size);

	f->each(f->context, arena_strdup(f->a, letters), text_squeeze(f->a, words));
}

/* Two letters meet by chance: they need more than a comma or a dash between. */
static bool may_say(const char *letters, bool is_plain)
{
	return is_plain || letters[2];
}

static bool tell_words_before(struct finder *f, size_t i, const char *letters)
{
	bool is_plain;
	size_t end = words_before(&f->line, i, &is_plain), from;

	if (!end || !may_say(letters, is_plain))
		return false;
	from = acronym_match_before(&f->line, end, letters);
	if (from < end)
		tell(f, letters, from, end);
	return from < end;
}

static void tell_words_after(struct finder *f, size_t i, const char *letters)
{
	bool is_plain;
	size_t from = words_after(&f->line, i, &is_plain), end;

	if (!from || !may_say(letters, is_plain))
		return;
	end = acronym_match_after(&f->line, from, letters);
	if (end)
		tell(f, letters, from, end);
}

static void look_at(struct finder *f, size_t i)
{
	const struct line *l = &f->line;
	const char *letters = read_acronym(l->a, &l->word[i]);

	if (!letters || (i + 1 < l->n_words && l->word[i + 1].is_tail))
		return;
	if (!tell_words_before(f, i, letters))
		tell_words_after(f, i, letters);
}

void acronyms_in(struct arena *a, const char *text, acronym_fn *each, void *context)
{
	struct arena *scratch = arena_new();
	struct finder f = { .a = a, .each = each, .context = context };

	while (*text) {
		arena_reset(scratch);
		f.line = (struct line){ .a = scratch };
		text = line_read(&f.line, text);
		for (size_t i = 0; i < f.line.n_words; i++)
			look_at(&f, i);
	}
	arena_free(scratch);
}
