#include "search/scanner.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "search/query.h"
#include "search/scanned.h"
#include "search/widen.h"

struct asked_unit {
	bool *is_it; /* by number of a spelling */
	uint32_t position;
};

struct asked_choice {
	enum way way;
	struct asked_unit *unit;
	size_t n_units;
};

struct asked_want {
	struct asked_choice *choice;
	size_t n_choices;
};

struct scan {
	const struct scanner *s;
	struct arena *a;
	const struct reader *reader;
	const bool *discovers, *reads; /* by document */
	struct wanted wanted;
	struct asked_want *want;
};

/* ---- what the reader may ------------------------------------------------------------------- */

static bool holds_one(struct arena *a, const struct reader *reader, const struct opening_list *keys)
{
	for (size_t i = 0; i < keys->n_keys; i++)
		if (reader->keys && strstr(reader->keys, arena_printf(a, ",%s,", keys->key[i])))
			return true;
	return false;
}

static void look_at_all(struct scan *scan)
{
	bool *discovers = arena_make(scan->a, bool, scan->s->n_documents + 1);
	bool *reads = arena_make(scan->a, bool, scan->s->n_documents + 1);

	for (size_t i = 0; i < scan->s->n_documents; i++) {
		struct object object = scan->s->document[i].object;

		object.opened = holds_one(scan->a, scan->reader, &scan->s->document[i].keys);
		discovers[i] = access_may_discover(scan->reader, &object);
		reads[i] = access_may_read(scan->reader, &object);
	}
	scan->discovers = discovers;
	scan->reads = reads;
}

static bool discovers(const struct scan *scan, const struct document *d)
{
	return scan->discovers[d - scan->s->document];
}

static bool reads(const struct scan *scan, const struct document *d)
{
	return scan->reads[d - scan->s->document];
}

/* ---- words of a query -------------------------------------------------------------------- */

static bool is_asked(const struct scan *scan, const struct unit *u, const char *folded, bool alone,
		     const struct spelling *sp)
{
	const struct scanner *s = scan->s;

	if (u->is_prefix)
		return !strncmp(sp->folded, folded, strlen(folded));
	if (!strcmp(sp->folded, folded))
		return true;
	return !alone && !scanned_is_acronym(s, folded) && !scanned_is_acronym(s, sp->folded) &&
	       !strcmp(sp->stem, scanned_stem(s, scan->a, folded));
}

/* An acronym as typed that no open text holds is no ordinary word. */
static bool is_unheard_of(const struct scanner *s, const char *form, const char *folded)
{
	return *form >= 'A' && *form <= 'Z' && !scanned_is_open(s, folded);
}

static struct asked_unit ask_unit(const struct scan *scan, const struct unit *u, bool quoted)
{
	const struct scanner *s = scan->s;
	struct asked_unit made = { .position = u->position };

	made.is_it = arena_make(scan->a, bool, s->n_spellings + 1);
	for (size_t i = 0; i < u->n_forms; i++) {
		const char *folded = scanned_fold(scan->a, u->form[i]);
		bool alone = quoted || u->is_acronym || is_unheard_of(s, u->form[i], folded);

		for (size_t k = 0; k < s->n_spellings; k++)
			if (is_asked(scan, u, folded, alone, &s->spelling[k]))
				made.is_it[k] = true;
	}
	return made;
}

static void ask(struct scan *scan, const char *text)
{
	query_read(scan->a, text, &scan->wanted);
	query_widen(scan->a, scan->s->acronyms, &scan->s->dictionary, text, &scan->wanted);
	scan->want = arena_make(scan->a, struct asked_want, scan->wanted.n_wants + 1);
	for (size_t i = 0; i < scan->wanted.n_wants; i++) {
		const struct want *w = &scan->wanted.want[i];
		struct asked_choice *choice =
			arena_make(scan->a, struct asked_choice, w->n_choices);

		scan->want[i] = (struct asked_want){ choice, w->n_choices };
		for (size_t k = 0; k < w->n_choices; k++) {
			const struct choice *c = &w->choice[k];

			choice[k] = (struct asked_choice){ .way = c->way };
			choice[k].unit = arena_make(scan->a, struct asked_unit, c->n_units);
			for (size_t u = 0; u < c->n_units; u++)
				if (c->way != IN_PLACES || !c->unit[u].is_stop)
					choice[k].unit[choice[k].n_units++] =
						ask_unit(scan, &c->unit[u], w->is_quoted);
		}
	}
}

static bool is_at(const struct field *f, const struct asked_unit *u, uint32_t position)
{
	for (size_t i = 0; i < f->n_words; i++)
		if (f->word[i].position == position && u->is_it[f->word[i].spelling])
			return true;
	return false;
}

static bool field_has_sequence(const struct field *f, const struct asked_choice *c)
{
	for (size_t i = 0; i < f->n_words; i++) {
		size_t k = 1;

		if (!c->unit[0].is_it[f->word[i].spelling])
			continue;
		while (k < c->n_units &&
		       is_at(f, &c->unit[k],
			     f->word[i].position + c->unit[k].position - c->unit[0].position))
			k++;
		if (k == c->n_units)
			return true;
	}
	return false;
}

static bool is_seen(const struct scan *scan, const struct document *d, const struct field *f)
{
	return f->is_open || reads(scan, d);
}

static bool has_sequence(const struct scan *scan, const struct document *d,
			 const struct asked_choice *c)
{
	for (size_t f = 0; f < d->n_fields; f++)
		if (is_seen(scan, d, &d->field[f]) && field_has_sequence(&d->field[f], c))
			return true;
	return false;
}

static bool has_choice(const struct scan *scan, const struct document *d,
		       const struct asked_choice *c)
{
	/* What an acronym stands for may be stop words alone: that is nothing to look for. */
	if (!c->n_units)
		return false;
	if (c->way != ANYWHERE)
		return has_sequence(scan, d, c);
	for (size_t u = 0; u < c->n_units; u++) {
		const struct asked_choice alone = { IN_SEQUENCE, &c->unit[u], 1 };

		if (!has_sequence(scan, d, &alone))
			return false;
	}
	return true;
}

static bool holds(const struct scan *scan, const struct document *d, size_t want)
{
	for (size_t k = 0; k < scan->want[want].n_choices; k++)
		if (has_choice(scan, d, &scan->want[want].choice[k]))
			return true;
	return false;
}

/* How many of the words wanted it holds; -1 when it may not be known of, or is excluded. */
static int n_held(const struct scan *scan, const struct document *d)
{
	int n = 0;

	if (!discovers(scan, d))
		return -1;
	for (size_t i = scan->wanted.n_positive; i < scan->wanted.n_wants; i++)
		if (holds(scan, d, i))
			return -1;
	for (size_t i = 0; i < scan->wanted.n_positive; i++)
		n += holds(scan, d, i);
	return n;
}

/* ---- filters and counts ------------------------------------------------------------------ */

static bool is_chosen(const struct search_query *q, enum facet facet, const char *slug)
{
	for (size_t i = 0; i < q->n_values[facet]; i++)
		if (!strcmp(q->value[facet][i], slug))
			return true;
	return false;
}

/* Of the values chosen in a facet it bears one, if any is chosen. */
static bool passes(const struct scanner *s, const struct document *d, const struct search_query *q,
		   enum facet facet)
{
	if (!q->n_values[facet])
		return true;
	for (size_t i = 0; i < d->n_values; i++)
		if (s->value[d->value[i]].facet == facet &&
		    is_chosen(q, facet, s->value[d->value[i]].slug))
			return true;
	return false;
}

/* The facets but this one; N_FACETS for all. */
static bool passes_but(const struct scanner *s, const struct document *d,
		       const struct search_query *q, enum facet aside)
{
	for (int f = 0; f < N_FACETS; f++)
		if (f != (int)aside && !passes(s, d, q, (enum facet)f))
			return false;
	return true;
}

static bool is_known_to(const struct scan *scan, size_t value)
{
	for (size_t i = 0; i < scan->s->n_documents; i++)
		if (scan->discovers[i] && document_bears(&scan->s->document[i], value))
			return true;
	return false;
}

static int by_count(const void *left, const void *right)
{
	const struct search_value *l = left, *r = right;
	int order;

	if (l->count != r->count)
		return l->count > r->count ? -1 : 1;
	order = strcmp(l->label, r->label);
	return order ? order : strcmp(l->value, r->value);
}

static int by_year(const void *left, const void *right)
{
	return strcmp(((const struct search_value *)right)->value,
		      ((const struct search_value *)left)->value);
}

static void count_facet(const struct scan *scan, const struct search_query *q, enum facet facet,
			const bool *matches, struct search_facet *f)
{
	const struct scanner *s = scan->s;

	f->value = arena_make(scan->a, struct search_value, s->n_values + 1);
	for (size_t v = 0; v < s->n_values; v++) {
		bool chosen = is_chosen(q, facet, s->value[v].slug);
		int64_t n = 0;

		if (s->value[v].facet != facet)
			continue;
		for (size_t i = 0; i < s->n_documents; i++)
			n += matches[i] && document_bears(&s->document[i], v) &&
			     passes_but(s, &s->document[i], q, facet);
		if (n || (chosen && is_known_to(scan, v)))
			f->value[f->n_values++] =
				(struct search_value){ s->value[v].slug, s->value[v].label, n,
						       chosen };
	}
	if (f->n_values)
		qsort(f->value, f->n_values, sizeof(*f->value),
		      facet == FACET_YEAR ? by_year : by_count);
}

static int by_date(const void *left, const void *right)
{
	const struct document *l = *(const struct document *const *)left,
			      *r = *(const struct document *const *)right;
	int order = strcmp(l->day ? l->day : "", r->day ? r->day : "");

	if (order)
		return -order;
	return l->id < r->id ? 1 : l->id > r->id ? -1 : 0;
}

static void tell(const struct scan *scan, const struct search_query *q, const bool *matches,
		 struct search_result *result)
{
	const struct scanner *s = scan->s;
	const struct document **d =
		arena_make(scan->a, const struct document *, s->n_documents + 1);

	for (size_t i = 0; i < s->n_documents; i++)
		if (matches[i] && passes_but(s, &s->document[i], q, N_FACETS)) {
			d[result->total++] = &s->document[i];
			result->n_closed += !scan->reads[i];
		}
	if (result->total)
		qsort(d, (size_t)result->total, sizeof(*d), by_date);
	result->hit = arena_make(scan->a, struct search_hit, (size_t)result->total + 1);
	while (result->n_hits < (size_t)result->total) {
		result->hit[result->n_hits].id = d[result->n_hits]->id;
		result->n_hits++;
	}
	for (enum facet f = 0; f < N_FACETS; f++)
		if (!q->facets || q->facets >> f & 1)
			count_facet(scan, q, f, matches, &result->facet[f]);
}

/* ---- the whole --------------------------------------------------------------------------- */

static bool match_at_least(const struct scan *scan, size_t needed, bool *matches)
{
	bool any = false;

	for (size_t i = 0; i < scan->s->n_documents; i++) {
		matches[i] = n_held(scan, &scan->s->document[i]) >= (int)needed;
		any = any || matches[i];
	}
	return any;
}

static void count_words(const struct scan *scan, const struct search_query *q,
			struct search_result *result)
{
	result->word = arena_make(scan->a, struct search_word, scan->wanted.n_positive + 1);
	for (size_t k = 0; k < scan->wanted.n_positive; k++) {
		struct search_word *w = &result->word[result->n_words++];

		w->text = scan->wanted.want[k].text;
		for (size_t i = 0; i < scan->s->n_documents; i++) {
			const struct document *d = &scan->s->document[i];

			w->count += discovers(scan, d) && holds(scan, d, k) &&
				    passes_but(scan->s, d, q, N_FACETS);
		}
	}
}

/* Half of the words; less when nothing holds as many. */
static void relax(const struct scan *scan, bool *matches, struct search_result *result)
{
	size_t needed = (scan->wanted.n_positive + 1) / 2;

	while (needed && !match_at_least(scan, needed, matches))
		needed--;
	result->relaxed = needed > 0;
	if (!needed)
		memset(matches, 0, scan->s->n_documents * sizeof(*matches));
}

void scanner_run(const struct scanner *s, struct arena *a, const struct reader *reader,
		 const struct search_query *query, const char *corrected,
		 struct search_result *result)
{
	struct scan scan = { .s = s, .a = a, .reader = reader };
	bool *matches = arena_make(a, bool, s->n_documents + 1), any;

	*result = (struct search_result){ 0 };
	look_at_all(&scan);
	ask(&scan, query->text ? query->text : "");
	any = match_at_least(&scan, scan.wanted.n_positive, matches);
	if (!any && scan.wanted.n_positive) {
		count_words(&scan, query, result);
		if (corrected) {
			result->corrected = corrected;
			ask(&scan, corrected);
			any = match_at_least(&scan, scan.wanted.n_positive, matches);
		}
	}
	if (!any && scan.wanted.n_positive > 1)
		relax(&scan, matches, result);
	tell(&scan, query, matches, result);
}
