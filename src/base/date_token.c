#include "base/date_token.h"

#include <string.h>
#include <utf8proc.h>

#include "base/text.h"

static bool is_invisible(unsigned c)
{
	return c >= 0x80 && utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_CF;
}

/* Past blanks; false when an empty line is among them, which parts what is around it. */
static bool skip_blanks(const char *text, size_t *at)
{
	int lines = 0;
	size_t size;

	for (;; *at += size) {
		unsigned c = utf8_decode(text + *at, &size);

		if (!utf8_is_blank(c) && !is_invisible(c))
			return lines < 2;
		lines += c == '\n';
	}
}

static bool is_digit(unsigned c)
{
	return c >= '0' && c <= '9';
}

static bool is_accent(unsigned c)
{
	return c >= 0x300 && utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_MN;
}

/* Adds a letter; false when there is no room for it or it is none of ours. */
static bool add_letter(int c, char word[WORD_SIZE], size_t *length)
{
	if (c < 'a' || c > 'z' || *length == WORD_SIZE - 1)
		return false;
	word[(*length)++] = (char)c;
	return true;
}

/* Adds what `c` folds to. */
static bool fold_letter(unsigned c, char word[WORD_SIZE], size_t *length)
{
	utf8proc_int32_t part[32];
	utf8proc_ssize_t n;

	if (c < 0x80)
		return add_letter((int)c | 32, word, length);
	n = utf8proc_decompose_char((utf8proc_int32_t)c, part, 32,
				    UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
					    UTF8PROC_STRIPMARK,
				    NULL);
	for (utf8proc_ssize_t i = 0; i < n; i++)
		if (!add_letter(part[i], word, length))
			return false;
	return n >= 0;
}

static void read_word(const char *text, struct token *t)
{
	size_t size, length = 0;
	bool ours = true;

	t->kind = WORD;
	for (;; t->end += size) {
		unsigned c = utf8_decode(text + t->end, &size);

		if (!utf8_is_letter(c) && !is_accent(c))
			break;
		ours = ours && fold_letter(c, t->word, &length);
	}
	t->word[ours ? length : 0] = '\0';
}

static void read_number(const char *text, struct token *t)
{
	t->kind = NUMBER;
	for (; is_digit((unsigned char)text[t->end]); t->end++)
		if (++t->digits <= 4)
			t->number = t->number * 10 + text[t->end] - '0';
}

struct token token_at(const char *text, size_t at)
{
	struct token t = { .at = at };
	bool together = skip_blanks(text, &t.at);
	size_t size;
	unsigned c = utf8_decode(text + t.at, &size);

	t.close = t.at == at;
	t.end = t.at;
	if (!c || !together)
		return t;
	if (is_digit(c)) {
		read_number(text, &t);
	} else if (utf8_is_letter(c)) {
		read_word(text, &t);
	} else {
		t.kind = MARK;
		t.mark = c;
		t.end += size;
	}
	return t;
}

bool is_on_one_line(const char *text, size_t from, size_t to)
{
	return !memchr(text + from, '\n', to - from);
}

bool is_word(const struct token *t, const char *word)
{
	return t->kind == WORD && !strcmp(t->word, word);
}

bool is_word_of(const struct token *t, const char *const word[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is_word(t, word[i]))
			return true;
	return false;
}

bool is_mark(const struct token *t, unsigned mark)
{
	return t->kind == MARK && t->mark == mark;
}

bool is_dash(const struct token *t)
{
	return t->kind == MARK && (t->mark == '-' || (t->mark >= 0x2010 && t->mark <= 0x2015));
}

bool take_word(const char *text, size_t *at, const char *word)
{
	struct token t = token_at(text, *at);

	if (!is_word(&t, word))
		return false;
	*at = t.end;
	return true;
}

bool take_mark(const char *text, size_t *at, unsigned mark)
{
	struct token t = token_at(text, *at);

	if (!is_mark(&t, mark))
		return false;
	*at = t.end;
	return true;
}

bool take_number(const char *text, size_t *at, int least, int most, int *number)
{
	struct token t = token_at(text, *at);

	if (t.kind != NUMBER || t.digits < least || t.digits > most)
		return false;
	*number = t.number;
	*at = t.end;
	return true;
}

bool take_piece(const char *text, size_t *at, unsigned mark, int least, int most, int *number)
{
	struct token t = token_at(text, *at), next = token_at(text, t.end);

	if (!is_mark(&t, mark) || !t.close || !next.close ||
	    !take_number(text, &t.end, least, most, number))
		return false;
	*at = t.end;
	return true;
}

static bool is_inside(const char *text, size_t at)
{
	size_t begins = at, size;
	unsigned before, here = utf8_decode(text + at, &size);

	if (!at)
		return false;
	while (begins && ((unsigned char)text[--begins] & 0xc0) == 0x80)
		;
	before = utf8_decode(text + begins, &size);
	return (utf8_is_letter(before) || is_accent(before) || is_digit(before)) &&
	       (utf8_is_letter(here) || is_accent(here) || is_digit(here));
}

struct token token_from(const char *text, size_t from)
{
	struct token t;

	while (((unsigned char)text[from] & 0xc0) == 0x80)
		from++;
	t = token_at(text, from);
	return is_inside(text, from) ? token_at(text, t.end) : t;
}

/* ---- what stands before ------------------------------------------------------ */

void past_add(struct past *p, const struct token *t)
{
	p->before_last = p->last;
	p->last = *t;
}

static bool numbers_what_follows(const struct token *t)
{
	static const char *const word[] = { "no", "numero", "article", "page", "fiche" };

	return IS_WORD_OF(t, word) || is_mark(t, 0xb0) || is_mark(t, 0xba) || is_mark(t, '#') ||
	       is_mark(t, 0x2116);
}

static bool joins_numbers(const struct token *t)
{
	return is_dash(t) || (t->kind == MARK && t->mark < 0x80 && strchr(".,:/'+", (int)t->mark));
}

bool is_free(const struct past *p, const struct token *t)
{
	if (numbers_what_follows(&p->last))
		return false;
	if (!t->close || p->last.kind == NOTHING)
		return true;
	if (p->last.kind != MARK)
		return false;
	if (!p->last.close || !joins_numbers(&p->last))
		return true;
	return p->before_last.kind != NUMBER && !(is_dash(&p->last) && p->before_last.kind == WORD);
}
