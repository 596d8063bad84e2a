#include "text.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

enum { SEED = 4, RECENT = 64 };

struct writer {
	const struct lexicon *lex;
	struct text *text;
	struct out *out;
	struct random *r;
	uint32_t held;    /* a stop word that waits for the next word, to be elided or not */
	bool is_first;    /* of the sentence */
	bool is_glued;    /* no blank before the next word */
	unsigned n_words; /* of the part being written */
	uint32_t recent[RECENT];
	unsigned n_recent;
};

static void place(struct writer *w, uint32_t word, size_t from)
{
	struct text *t = w->text;

	if (t->n_placed == t->capacity) {
		t->capacity = t->capacity ? 2 * t->capacity : 1024;
		t->placed = realloc(t->placed, t->capacity * sizeof(*t->placed));
		if (!t->placed)
			die("out of memory");
	}
	t->placed[t->n_placed++] =
		(struct placed){ word, (uint32_t)from, (uint32_t)w->out->length };
	w->n_words++;
}

/* The first letter of a sentence: "é" is C3 A9, "É" is C3 89; "œ" is C5 93, "Œ" is C5 92. */
static void put_capital(struct out *o, const char *text)
{
	unsigned char c = (unsigned char)*text, next = (unsigned char)text[1];

	if (c >= 'a' && c <= 'z')
		out_char(o, (char)(c - 'a' + 'A'));
	else if (c == 0xc3 && next >= 0xa0)
		out_printf(o, "\xc3%c", next - 0x20), text++;
	else if (c == 0xc5 && next == 0x93)
		out_raw(o, "Œ"), text++;
	else
		out_char(o, *text);
	out_raw(o, text + 1);
}

/* A word with the blank that parts it from the one before. */
static void write_word(struct writer *w, uint32_t word, const char *text)
{
	size_t from;

	if (!w->is_first && !w->is_glued)
		out_char(w->out, ' ');
	w->is_glued = false;
	from = w->out->length;
	if (w->is_first)
		put_capital(w->out, text);
	else
		out_raw(w->out, text);
	w->is_first = false;
	place(w, word, from);
}

static bool starts_with_vowel(const char *text)
{
	return strchr("aeiou", *text) || !strncmp(text, "é", 2) || !strncmp(text, "è", 2) ||
	       !strncmp(text, "œ", 2) || !strncmp(text, "ê", 2);
}

static void write_held(struct writer *w, const char *next)
{
	const char *elided;

	if (w->held == NO_WORD)
		return;
	elided = next && starts_with_vowel(next) ? stop_elided(w->held) : NULL;
	write_word(w, STOP_WORD + w->held, elided ? elided : stop_text(w->held));
	if (elided) {
		out_raw(w->out, random_below(w->r, 4) ? "’" : "'");
		w->is_glued = true;
	}
	w->held = NO_WORD;
}

/* "qu’il", "d’un", but no article before a stop word is elided: "la à", as drawn. */
static void put_stop(struct writer *w, uint32_t stop)
{
	bool is_article = w->held != NO_WORD && *stop_text(w->held) == 'l';

	write_held(w, is_article ? NULL : stop_text(stop));
	w->held = stop;
}

static void put_form(struct writer *w, uint32_t form)
{
	const char *text = w->lex->form[form];

	write_held(w, text);
	write_word(w, form, text);
	w->recent[w->n_recent++ % RECENT] = form;
}

static void put_other(struct writer *w, const char *text)
{
	write_held(w, NULL);
	write_word(w, NO_WORD, text);
}

static void put_idiom(struct writer *w, const struct idiom *idiom)
{
	put_form(w, idiom->word[0]);
	for (int i = 0; i < 2; i++)
		if (idiom->link[i] != NO_WORD)
			put_stop(w, idiom->link[i]);
	put_form(w, idiom->word[1]);
	if (idiom->word[2] != NO_WORD)
		put_form(w, idiom->word[2]);
}

static void put_compound(struct writer *w, const struct compound *compound)
{
	put_form(w, compound->word[0]);
	out_char(w->out, '-');
	w->is_glued = true;
	put_form(w, compound->word[1]);
}

static void put_number(struct writer *w)
{
	char text[32];

	switch (random_below(w->r, 4)) {
	case 0:
		snprintf(text, sizeof(text), "%u", 2000 + random_below(w->r, 25));
		break;
	case 1:
		snprintf(text, sizeof(text), "n°\u00a0%u", 1 + random_below(w->r, 200));
		break;
	default:
		snprintf(text, sizeof(text), "%u", 1 + random_rank(w->r, 5000, 10));
	}
	put_other(w, text);
}

static void put_name(struct writer *w)
{
	char name[WORD_BYTES];

	lexicon_name(w->r, name);
	put_other(w, name);
}

/* What says something: a word, or a few that go together. */
static void put_content(struct writer *w)
{
	double p = random_unit(w->r);

	if (p < 0.12 && w->n_recent)
		put_form(
			w,
			w->recent[random_below(w->r, w->n_recent < RECENT ? w->n_recent : RECENT)]);
	else if (p < 0.16)
		put_idiom(w, &w->lex->idiom[random_rank(w->r, N_IDIOMS, 30)]);
	else if (p < 0.166)
		put_compound(w, &w->lex->compound[random_rank(w->r, N_COMPOUNDS, 20)]);
	else if (p < 0.171)
		put_form(w, w->lex->acronym[random_rank(w->r, N_ACRONYMS, 4)]);
	else if (p < 0.183)
		put_number(w);
	else if (p < 0.187)
		put_form(w, lexicon_draw_name(w->lex, w->r));
	else if (p < 0.188)
		put_name(w);
	else
		put_form(w, lexicon_draw(w->lex, w->r, w->text->topic));
}

/* About 45 words in 100 are stop words; a sentence does not end on one. */
static void put_words(struct writer *w, unsigned n)
{
	unsigned until = w->n_words + n;
	bool after_stop = false;

	while (w->n_words < until || after_stop) {
		if (random_chance(w->r, after_stop ? 0.25 : 0.61) && w->n_words + 1 < until) {
			put_stop(w, stop_draw(w->lex, w->r));
			after_stop = true;
			continue;
		}
		put_content(w);
		after_stop = false;
		if (w->n_words + 3 < until && random_chance(w->r, 0.06))
			out_char(w->out, ',');
	}
}

static void put_sentence(struct writer *w, unsigned n)
{
	w->is_first = true;
	put_words(w, n);
	out_raw(w->out, random_chance(w->r, 0.96) ? "." : "\u00a0?");
}

/* Paragraphs of a few sentences, until there are `n` words. */
static void put_paragraphs(struct writer *w, unsigned n)
{
	w->n_words = 0;
	while (w->n_words < n) {
		out_raw(w->out, "<p>");
		for (unsigned i = 3 + random_below(w->r, 4); i > 0 && w->n_words < n; i--) {
			unsigned left = n - w->n_words, length = 8 + random_below(w->r, 20);

			put_sentence(w, left < length + 6 ? left : length);
			out_raw(w->out, i > 1 && w->n_words < n ? " " : "");
		}
		out_raw(w->out, "</p>");
	}
}

static void clear(struct out *o)
{
	out_raw(o, "");
	o->length = 0;
}

static void write_all(struct writer *w, unsigned n_words)
{
	struct text *t = w->text;

	w->out = &t->title;
	w->is_first = true;
	put_words(w, 6 + random_below(w->r, 7));
	w->out = &t->summary;
	put_paragraphs(w, 32 + random_below(w->r, 16));
	t->n_outside = t->n_placed;
	w->out = &t->body;
	put_paragraphs(w, n_words * 3 / 4 + random_below(w->r, n_words / 2 + 1));
}

void text_write(const struct lexicon *lex, uint64_t number, unsigned n_words, struct text *text)
{
	struct random r = random_of(SEED, number);
	struct writer w = { .lex = lex, .text = text, .r = &r, .held = NO_WORD };

	clear(&text->title);
	clear(&text->summary);
	clear(&text->body);
	text->n_placed = 0;
	text->topic = random_rank(&r, N_TOPICS, 15);
	write_all(&w, n_words);
}

void text_release(struct text *text)
{
	out_release(&text->title);
	out_release(&text->summary);
	out_release(&text->body);
	free(text->placed);
}
