#include "search/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/out.h"
#include "base/text.h"

/* ---- questions ------------------------------------------------------------------------------ */

static const char *any_word(struct voice *v)
{
	return v->word[voice_pick(v, (unsigned)v->n_words)];
}

/* A letter less, doubled, or put where the next one was. */
static const char *mistyped(struct voice *v, struct arena *a, const char *word)
{
	size_t n = strlen(word), at = voice_pick(v, (unsigned)n);

	switch (voice_pick(v, 3)) {
	case 0:
		return arena_printf(a, "%.*s%s", (int)at, word, word + at + 1);
	case 1:
		return arena_printf(a, "%.*s%s", (int)at + 1, word, word + at);
	default:
		return arena_printf(a, "%.*s%c%s", (int)at, word, 'a' + (int)voice_pick(v, 26),
				    word + at + 1);
	}
}

/* From its first letters. */
static const char *beginning(struct voice *v, struct arena *a, const char *word)
{
	size_t length = utf8_length(word), n = 1 + voice_pick(v, 6), at = 0, size;

	for (size_t i = 0; i < n && i < length; i++) {
		utf8_decode(word + at, &size);
		at += size;
	}
	return arena_printf(a, "%.*s*", (int)at, word);
}

static const char *phrase(struct voice *v, struct arena *a)
{
	static const char *const quotes[][2] = { { "\"", "\"" }, { "« ", " »" }, { "“", "”" } };
	const char *text = any_word(v);
	unsigned n = voice_pick(v, 4), q = voice_once(v, 4) ? voice_pick(v, 3) : 0;

	for (unsigned i = 0; i < n; i++)
		text = arena_printf(a, "%s%s%s", text, voice_once(v, 9) ? "\n" : " ", any_word(v));
	return arena_printf(a, "%s%s%s", quotes[q][0], text, quotes[q][1]);
}

static const char *part(struct voice *v, struct arena *a)
{
	switch (voice_pick(v, 12)) {
	case 0:
		return mistyped(v, a, any_word(v));
	case 1:
		return beginning(v, a, any_word(v));
	case 2:
	case 3:
	case 4:
		return phrase(v, a);
	case 5:
		return arena_printf(a, "-%s", any_word(v));
	case 6:
		return voice_once(v, 3) ? arena_printf(a, "-%s", phrase(v, a))
					: arena_printf(a, "%s-%s", any_word(v), any_word(v));
	default:
		return any_word(v);
	}
}

static const char *any_text(struct voice *v, struct arena *a)
{
	const char *text = part(v, a);
	unsigned n = voice_pick(v, 4);

	if (voice_once(v, 12))
		return "";
	for (unsigned i = 0; i < n; i++)
		text = arena_printf(a, "%s %s", text, part(v, a));
	return text;
}

static const char *any_value(const struct world *w, struct voice *v, struct arena *a,
			     enum facet facet)
{
	static const char *const access[] = { "public", "members", "restricted" };

	switch (facet) {
	case FACET_ACCESS:
		return access[voice_pick(v, 3)];
	case FACET_YEAR:
		return arena_printf(a, "20%u", 17 + voice_pick(v, 9));
	case FACET_COLLECTION:
		/* Named after the terms and between the organisations: some of these are none. */
		return arena_printf(a, "coll-%u", 24 + voice_pick(v, 7));
	default:
		return w->term[voice_pick(v, (unsigned)w->n_terms)].slug;
	}
}

static void choose(const struct world *w, struct voice *v, struct arena *a, struct search_query *q)
{
	unsigned n = voice_once(v, 2) ? 0 : 1 + voice_pick(v, 3);

	for (unsigned i = 0; i < n; i++) {
		enum facet facet = (enum facet)voice_pick(v, N_FACETS);

		q->value[facet][q->n_values[facet]++] = any_value(w, v, a, facet);
	}
}

struct question world_question(const struct world *w, struct voice *v, struct arena *a)
{
	struct question q = { .reader = world_reader(v, a) };

	q.query.text = any_text(v, a);
	choose(w, v, a, &q.query);
	q.query.sort = voice_once(v, 4) ? BY_DATE : BY_RELEVANCE;
	q.query.facets = voice_once(v, 8) ? 1 + voice_pick(v, (1 << N_FACETS) - 1) : 0;
	q.query.limit = 1000000;
	return q;
}

/* ---- as text ----------------------------------------------------------------------- */

static const char *const facet_names[] = { "kind", "category",   "keyword", "territory",
					   "year", "collection", "access" };

const char *question_text(struct arena *a, const struct question *q)
{
	static const char *const levels[] = { "anonymous", "member", "editor" };
	const char *keys = q->reader.keys ? q->reader.keys : "";
	const char *text =
		arena_printf(a, "%s %s asks [%s]", levels[q->reader.level], keys, q->query.text);

	for (enum facet f = 0; f < N_FACETS; f++)
		for (size_t i = 0; i < q->query.n_values[f]; i++)
			text = arena_printf(a, "%s %s=%s", text, facet_names[f],
					    q->query.value[f][i]);
	return arena_printf(a, "%s%s facets %x", text, q->query.sort == BY_DATE ? " by date" : "",
			    q->query.facets);
}

static void put_facet(struct out *o, enum facet facet, const struct search_facet *f)
{
	out_printf(o, "\n%s", facet_names[facet]);
	for (size_t i = 0; i < f->n_values; i++) {
		const struct search_value *v = &f->value[i];

		out_printf(o, " %s(%s)=%lld%s", v->value, v->label, (long long)v->count,
			   v->chosen ? "!" : "");
	}
}

const char *answer_text(struct arena *a, const struct search_result *result)
{
	struct out o;
	const char *text;

	out_init(&o);
	out_printf(&o, "total %lld, closed %lld%s", (long long)result->total,
		   (long long)result->n_closed, result->relaxed ? ", relaxed" : "");
	if (result->corrected)
		out_printf(&o, ", corrected [%s]", result->corrected);
	out_raw(&o, "\nhits");
	for (size_t i = 0; i < result->n_hits; i++)
		out_printf(&o, " %lld", (long long)result->hit[i].id);
	for (enum facet f = 0; f < N_FACETS; f++)
		put_facet(&o, f, &result->facet[f]);
	out_raw(&o, "\nwords");
	for (size_t i = 0; i < result->n_words; i++)
		out_printf(&o, " [%s]=%lld", result->word[i].text,
			   (long long)result->word[i].count);
	out_char(&o, '\n');
	text = arena_strdup(a, out_string(&o));
	out_release(&o);
	return text;
}

/* ---- compared ----------------------------------------------------------------------------- */

enum { SHOWN = 160, SHOWN_BEFORE = 40 };

static void show_line(struct out *o, const char *sign, const char *line, size_t n, size_t from)
{
	out_printf(o, "%s ", sign);
	if (from)
		out_printf(o, "%.*s … ", (int)strcspn(line, " "), line);
	out_bytes(o, line + from, n - from < SHOWN ? n - from : SHOWN);
	out_char(o, '\n');
}

static void show_difference(struct out *o, const char *left, const char *right)
{
	while (*left && *right) {
		size_t n_left = strcspn(left, "\n"), n_right = strcspn(right, "\n"), same = 0;

		while (same < n_left && same < n_right && left[same] == right[same])
			same++;
		if (same < n_left || same < n_right) {
			size_t from = same > SHOWN_BEFORE ? same - SHOWN_BEFORE : 0;

			show_line(o, "<", left, n_left, from);
			show_line(o, ">", right, n_right, from);
		}
		left += n_left + 1;
		right += n_right + 1;
	}
}

void answers_compare(struct arena *a, uint64_t seed, const struct question *q, const char *left,
		     const char *right)
{
	struct out o;

	if (!strcmp(left, right))
		return;
	out_init(&o);
	show_difference(&o, left, right);
	print_error("seed %llu, %s\n%s", (unsigned long long)seed, question_text(a, q),
		    out_string(&o));
	out_release(&o);
	fail();
}
