#include "search/analyse_rules.h"

#include <string.h>

/* "quelqu", "presqu" only before what is_one_word() does not know. */
static bool is_elided(const struct piece *p)
{
	static const char *const elided[] = { "qu",     "ç",      "lorsqu", "puisqu", "jusqu",
					      "quoiqu", "presqu", "quelqu", "entr",   NULL };

	if (p->length == 1)
		return strchr("ldjmtscn", p->form[0]);
	return piece_is_any(p, elided);
}

static bool begins(const struct piece *p, const char *beginning)
{
	return !strncmp(p->form, beginning, strlen(beginning));
}

/* aujourd'hui, presqu'île, entr'acte. */
static bool is_one_word(const struct piece *p, const struct piece *next)
{
	if (piece_is(p, "aujourd"))
		return piece_is(next, "hui");
	if (piece_is(p, "presqu"))
		return begins(next, "île") || begins(next, "ile");
	if (piece_is(p, "quelqu"))
		return begins(next, "un");
	if (piece_is(p, "entr"))
		return !piece_is(next, "eux") && !piece_is(next, "elles");
	return piece_is(p, "prud");
}

/* The form keeps an apostrophe; folding drops it, so that "presquile" is found. */
static void merge(struct piece *p, const struct piece *next)
{
	p->to = next->to;
	p->after = next->after;
	p->n += next->n;
	p->n_upper += next->n_upper;
	p->seen |= next->seen;
	p->ascii = false;
	p->length = form_append(p->form, p->length, "'", 1);
	p->length = form_append(p->form, p->length, next->form, next->length);
}

bool elision_skip(struct analyser *an, struct piece *p)
{
	struct piece next;

	if (kind_here(an, p->after) != LETTER_APOSTROPHE)
		return false;
	if (piece_read_next(an->text, an->length, p, &next) && is_one_word(p, &next)) {
		merge(p, &next);
		return false;
	}
	if (!is_elided(p))
		return false;
	kind_after(an->text, an->length, p->after, &an->at);
	return true;
}
