#include "search/suggest_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "search/analyse.h"

/*
 * text_fold() takes some ten microseconds for a title, and a million titles are folded at a
 * start. Characters that stand for themselves whatever is beside them are folded by a table of
 * what it makes of each; a text with any other goes through text_fold() itself.
 */
enum { LETTERS = 0x250, PUNCTUATION = 0x2000, PUNCTUATION_END = 0x2070 };

struct fold {
	bool long_one; /* left to text_fold() */
	uint8_t length;
	char bytes[6];
};

struct folds {
	struct fold letter[LETTERS];
	struct fold punctuation[PUNCTUATION_END - PUNCTUATION];
};

static struct fold fold_of(struct arena *a, unsigned c)
{
	const char text[] = { (char)(c < 0x800 ? 0xc0 | c >> 6 : 0xe0 | c >> 12),
			      (char)(0x80 | (c < 0x800 ? c : c >> 6) % 64),
			      (char)(c < 0x800 ? 0 : 0x80 | c % 64), 0 };
	const char ascii[] = { (char)c, 0 };
	const char *folded = text_fold(a, c < 0x80 ? ascii : text);
	size_t length = strlen(folded);
	struct fold fold = { .long_one = length > sizeof(fold.bytes) };

	if (!fold.long_one)
		memcpy(fold.bytes, folded, fold.length = (uint8_t)length);
	return fold;
}

struct folds *folds_new(void)
{
	struct folds *f = calloc(1, sizeof(*f));
	struct arena *a = arena_new();

	if (!f)
		die("out of memory");
	for (unsigned c = 1; c < LETTERS; c++)
		f->letter[c] = fold_of(a, c);
	for (unsigned c = PUNCTUATION; c < PUNCTUATION_END; c++)
		f->punctuation[c - PUNCTUATION] = fold_of(a, c);
	arena_free(a);
	return f;
}

void folds_free(struct folds *f)
{
	free(f);
}

/* ---- folding ------------------------------------------------------------------- */

static bool continues(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* The fold of the character there, and in *size its bytes; NULL when the table has none. */
static const struct fold *look_up(const struct folds *f, const char *text, size_t left,
				  size_t *size)
{
	const unsigned char *b = (const unsigned char *)text;
	unsigned c;

	if (b[0] < 0x80) {
		*size = 1;
		return &f->letter[b[0]];
	}
	if (b[0] >= 0xc2 && b[0] < 0xe0 && left > 1 && continues(text[1])) {
		*size = 2;
		c = (b[0] & 31u) << 6 | (b[1] & 63u);
		return c < LETTERS ? &f->letter[c] : NULL;
	}
	if (b[0] == 0xe2 && left > 2 && continues(text[1]) && continues(text[2])) {
		*size = 3;
		c = 0x2000u | (b[1] & 63u) << 6 | (b[2] & 63u);
		return c < PUNCTUATION_END ? &f->punctuation[c - PUNCTUATION] : NULL;
	}
	return NULL;
}

/* False when a character asks for text_fold(). `to` has room for all that a table may write. */
static bool fold_by_table(const struct folds *f, const char *text, size_t length, char *to)
{
	size_t size;

	for (size_t i = 0; i < length; i += size) {
		const struct fold *fold = look_up(f, text + i, length - i, &size);

		if (!fold || fold->long_one)
			return false;
		memcpy(to, fold->bytes, fold->length);
		to += fold->length;
	}
	*to = '\0';
	return true;
}

static void fold_by_text_fold(const char *text, size_t length, char *to, size_t room)
{
	struct arena *a = arena_new();
	size_t valid = utf8_valid_length(text, length);
	const char *folded = text_fold(a, arena_strndup(a, text, valid));
	size_t n = strlen(folded);

	if (n >= room)
		for (n = room - 1; n && continues(folded[n]); n--)
			;
	memcpy(to, folded, n);
	to[n] = '\0';
	arena_free(a);
}

/* ---- words ------------------------------------------------------------------------ */

static size_t letters(const char *text)
{
	const char *at = text;

	for (;;) {
		size_t size = 1;

		if ((unsigned char)*at < 0x80) {
			if (!((*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9')))
				break;
		} else if (!utf8_is_letter(utf8_decode(at, &size))) {
			break;
		}
		at += size;
	}
	return (size_t)(at - text);
}

/* The bytes of a dot, of the middle or not; 0 when there is none. */
static size_t dot(const char *text)
{
	static const char *const dots[] = { ".", "·", "•", "‧", "⋅", "∙" };

	for (size_t i = 0; i < sizeof(dots) / sizeof(*dots); i++)
		if (!strncmp(text, dots[i], strlen(dots[i])))
			return strlen(dots[i]);
	return 0;
}

static void add_form(struct words *w, const char *form, size_t length, bool again)
{
	struct word *word = &w->word[w->n_words];

	if (w->n_words == FORMS_MAX || !length)
		return;
	if (length > WORD_BYTES)
		length = utf8_valid_length(form, WORD_BYTES);
	*word = (struct word){ (uint16_t)w->used, (uint8_t)length, again };
	memcpy(w->bytes + w->used, form, length);
	w->used += length;
	w->n_words++;
}

/* "elu·e·s", "agent.e.s", "s.i.e.g", "rtes.org": the analyser knows which is what. */
static void add_dotted(struct words *w, const char *text, size_t length)
{
	struct analyser an;
	const struct token *t;
	uint32_t position = UINT32_MAX;

	analyser_init(&an, text, length, 0);
	while ((t = analyser_next(&an))) {
		char folded[FORM_MAX + 1];
		size_t n = form_fold(t->form, t->length, folded);

		add_form(w, folded, n, t->position == position);
		position = t->position;
	}
}

static bool is_figure(char c)
{
	return c >= '0' && c <= '9';
}

/* Letters, and dots between them. Figures are parted at their dots, whatever they mean there. */
static const char *read_word(struct words *w, const char *text)
{
	size_t length = letters(text), first = length, between;

	while (!is_figure(*text) && (between = dot(text + length))) {
		size_t more = letters(text + length + between);

		if (!more || is_figure(text[length + between]))
			break;
		length += between + more;
	}
	if (length > first)
		add_dotted(w, text, length);
	else
		add_form(w, text, length, false);
	return text + length;
}

static void read_folded(struct words *w, const char *text)
{
	size_t size;

	while (*text) {
		if (letters(text)) {
			text = read_word(w, text);
		} else {
			utf8_decode(text, &size);
			text += size;
		}
	}
}

void words_read(const struct folds *f, const char *text, size_t length, struct words *w)
{
	/* The table writes six bytes at most for two. */
	char folded[4 * TEXT_BYTES];

	if (length > TEXT_BYTES)
		for (length = TEXT_BYTES; length && continues(text[length]); length--)
			;
	w->n_words = w->used = 0;
	if (!fold_by_table(f, text, length, folded))
		fold_by_text_fold(text, length, folded, sizeof(folded));
	read_folded(w, folded);
}
