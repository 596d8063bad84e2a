#include "search/analyse.h"

#include <string.h>

#include "search/analyse_rules.h"

void analyser_init(struct analyser *an, const char *text, size_t length, uint32_t position)
{
	an->text = text;
	an->length = length;
	an->at = 0;
	an->position = position;
	an->shouting = false;
	an->line_shouts = false;
	an->line_begins = true;
	an->begun = false;
	an->capitals_to = 0;
	an->linked = SIZE_MAX;
	an->n_waiting = an->next = 0;
}

void analyser_emit(struct analyser *an, const char *form, size_t length, size_t from, size_t to)
{
	struct token *t;

	if (an->n_waiting == ANALYSER_WAITING || !length)
		return;
	t = &an->waiting[an->n_waiting++];
	memcpy(t->form, form, length);
	t->form[length] = '\0';
	t->length = (uint32_t)length;
	t->position = an->position;
	t->from = from;
	t->to = to;
	t->joined = false;
}

void analyser_emit_capitals(struct analyser *an, const char *form, size_t length, size_t from,
			    size_t to)
{
	char capitals[FORM_MAX + 1];

	analyser_emit(an, capitals, form_capitals(form, length, capitals), from, to);
}

static bool read_inclusive(struct analyser *an, const struct piece *p)
{
	struct inclusive inc;

	if (!inclusive_read(an->text, an->length, p, &inc))
		return false;
	for (unsigned i = 0; i < INCLUSIVE_FORMS; i++)
		if (!i || strcmp(inc.form[i].form, inc.form[0].form) != 0)
			analyser_emit(an, inc.form[i].form, inc.form[i].length, p->from, inc.to);
	an->at = inc.to;
	an->position++;
	return true;
}

/* "XXIe" is "21e" as well. */
static void emit_century(struct analyser *an, const struct piece *p, unsigned century)
{
	char form[4];
	unsigned n = 0;

	if (century >= 10)
		form[n++] = (char)('0' + century / 10);
	form[n++] = (char)('0' + century % 10);
	form[n++] = 'e';
	analyser_emit(an, form, n, p->from, p->to);
}

static void emit_word(struct analyser *an, const struct piece *p)
{
	uint32_t n = acronym_length(an, p);
	unsigned century = roman_ordinal(p, an->shouting);

	if (n)
		analyser_emit_capitals(an, p->form, n, p->from, p->to);
	else
		analyser_emit(an, p->form, p->length, p->from, p->to);
	if (century)
		emit_century(an, p, century);
}

/* A piece to which no rule but the plainest can apply: most words, so this is quick. */
static bool is_plain(const struct analyser *an, const struct piece *p)
{
	if (p->n < 2 || p->n_upper > 1)
		return false;
	/* "no 9"; "Ve", "Ier" */
	if (p->form[0] == 'n' || (p->n_upper && strchr("ivx", p->form[0])))
		return false;
	switch (kind_here(an, p->after)) {
	case LETTER_BLANK:
	case LETTER_LINE_END:
	case LETTER_COMMA:
	case LETTER_NONE:
		return p->after == p->to;
	default:
		return false;
	}
}

static void read_plain(struct analyser *an, const struct piece *p)
{
	analyser_emit(an, p->form, p->length, p->from, p->to);
	an->at = p->after;
	an->position++;
}

static void read_by_rules(struct analyser *an, struct piece *p)
{
	if (p->n_upper)
		capitals_begin(an, p);
	if (number_sign_skip(an, p) || elision_skip(an, p) || acronym_read(an, p) ||
	    optional_prefix_read(an, p) || read_inclusive(an, p))
		return;
	emit_word(an, p);
	an->at = p->after;
	compound_join(an, p);
	an->position++;
}

static void read_word(struct analyser *an)
{
	struct piece p;

	piece_read(an->text, an->length, an->at, &p);
	if (p.seen & 1u << LETTER_DIGIT && kind_here(an, p.from) == LETTER_DIGIT)
		number_read(an, &p);
	else if (is_plain(an, &p))
		read_plain(an, &p);
	else
		read_by_rules(an, &p);
}

static void begin_line(struct analyser *an)
{
	if (an->begun)
		an->position += LINE_GAP;
	an->line_begins = false;
	an->line_shouts = line_shouts(an->text, an->length, an->at);
	an->shouting = an->line_shouts;
}

const struct token *analyser_next(struct analyser *an)
{
	if (an->next < an->n_waiting)
		return &an->waiting[an->next++];
	an->n_waiting = an->next = 0;
	while (an->at < an->length) {
		struct letter l = letter_at(an->text, an->length, an->at);

		if (!kind_begins(l.kind)) {
			an->line_begins = an->line_begins || l.kind == LETTER_LINE_END;
			an->at += l.size;
			continue;
		}
		if (an->line_begins)
			begin_line(an);
		read_word(an);
		if (!an->n_waiting)
			continue;
		an->begun = true;
		return &an->waiting[an->next++];
	}
	return NULL;
}
