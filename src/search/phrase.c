#include "search/phrase.h"

#include <stdlib.h>

void phrase_scratch_release(struct phrase_scratch *s)
{
	spots_release(&s->reached);
	spots_release(&s->spots);
}

static int compare_spots(const void *left, const void *right)
{
	uint32_t l = *(const uint32_t *)left, r = *(const uint32_t *)right;

	return l < r ? -1 : l > r;
}

/* Where a word stands, in order: its forms have lists of their own. */
static void gather(struct source *s, uint32_t document, bool closed, struct spots *spots)
{
	size_t n_lists = 0;

	spots->n = 0;
	for (size_t i = 0; i < s->n_lanes; i++) {
		struct cursor *c = &s->lane[i].cursor;

		if (s->lane[i].is_closed != closed)
			continue;
		cursor_seek(c, document);
		if (c->document != document)
			continue;
		cursor_spots(c, spots);
		n_lists++;
	}
	if (n_lists > 1)
		qsort(spots->spot, spots->n, sizeof(*spots->spot), compare_spots);
}

/* Keeps those beginnings from which the word stands at its offset. */
static void intersect(struct spots *reached, const struct spots *spots, uint32_t offset)
{
	size_t kept = 0, k = 0;

	for (size_t i = 0; i < reached->n; i++) {
		uint32_t wanted = reached->spot[i] + offset;

		while (k < spots->n && spots->spot[k] < wanted)
			k++;
		if (k < spots->n && spots->spot[k] == wanted)
			reached->spot[kept++] = reached->spot[i];
	}
	reached->n = kept;
}

static bool is_in_layer(struct phrase_scratch *s, struct planned_choice *c, uint32_t document,
			bool closed)
{
	uint32_t first = c->in_place[0].offset;
	size_t kept = 0;

	gather(&c->in_place[0], document, closed, &s->reached);
	/* As where the sequence would begin. */
	for (size_t i = 0; i < s->reached.n; i++)
		if (s->reached.spot[i] >= first)
			s->reached.spot[kept++] = s->reached.spot[i] - first;
	s->reached.n = kept;
	for (size_t k = 1; k < c->n_sources && s->reached.n; k++) {
		gather(&c->in_place[k], document, closed, &s->spots);
		intersect(&s->reached, &s->spots, c->in_place[k].offset);
	}
	return s->reached.n > 0;
}

bool phrase_is_in(struct phrase_scratch *s, struct planned_choice *c, uint32_t document,
		  bool closed_too)
{
	return is_in_layer(s, c, document, false) ||
	       (closed_too && is_in_layer(s, c, document, true));
}
