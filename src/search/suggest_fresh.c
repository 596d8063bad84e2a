#include "search/suggest_fresh.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "search/suggest_shelf.h"

enum { FORM_OTHER = 128 };

struct fresh *fresh_new(void)
{
	struct fresh *f = calloc(1, sizeof(*f));

	if (!f)
		die("out of memory");
	f->holders = 1;
	f->a = arena_new();
	return f;
}

void fresh_release(struct fresh *f)
{
	if (--f->holders)
		return;
	arena_free(f->a);
	free(f);
}

/* ---- by identifier ---------------------------------------------------------------- */

/* Slots hold a line and one. What is taken off stays in its slot, which then leads nowhere. */
static void enter(struct fresh *f, size_t line)
{
	const struct entry *e = f->line[line].entry;
	uint32_t i = hash_id(e->kind, e->id);

	while (f->slot[i & (f->n_slots - 1)])
		i++;
	f->slot[i & (f->n_slots - 1)] = (uint32_t)line + 1;
}

static void enter_all(struct fresh *f)
{
	f->n_slots = f->n_slots ? f->n_slots * 2 : 64;
	f->slot = arena_make(f->a, uint32_t, f->n_slots);
	for (size_t i = 0; i < f->n; i++)
		if (f->line[i].entry)
			enter(f, i);
}

const struct entry *fresh_entry(const struct fresh *f, enum suggestion_kind kind, int64_t id,
				size_t *line)
{
	if (!f->n_slots)
		return NULL;
	for (uint32_t i = hash_id(kind, id);; i++) {
		uint32_t slot = f->slot[i & (f->n_slots - 1)];
		const struct entry *e;

		if (!slot)
			return NULL;
		*line = slot - 1;
		e = f->line[*line].entry;
		if (e && e->id == id && e->kind == kind)
			return e;
	}
}

/* ---- the list ---------------------------------------------------------------------- */

static uint32_t hash_said(enum suggestion_kind kind, const char *text)
{
	return hash_bytes(text, strlen(text)) * 8 + (uint32_t)kind;
}

void fresh_put(struct fresh *f, enum suggestion_kind kind, int64_t id, const char *text,
	       const char *slug, uint32_t use)
{
	struct entry *e = arena_make(f->a, struct entry, 1);
	size_t n_text = strlen(text) + 1, n_slug = strlen(slug) + 1, length = utf8_length(text);
	char *copy = arena_alloc(f->a, n_text + n_slug, 1);

	memcpy(copy, text, n_text);
	memcpy(copy + n_text, slug, n_slug);
	*e = (struct entry){
		.id = id,
		.text = copy,
		.use = use,
		.hash = hash_said(kind, text),
		.length = (uint16_t)(length < UINT16_MAX ? length : UINT16_MAX),
		.kind = (uint8_t)kind,
	};
	*arena_push(f->a, f->line, f->n, f->capacity) = (struct line){ .entry = e };
	if (f->n * 2 > f->n_slots)
		enter_all(f);
	else
		enter(f, f->n - 1);
}

void fresh_take_off(struct fresh *f, size_t line)
{
	f->line[line].entry = NULL;
}

size_t fresh_entries(const struct fresh *f, bool titles, const struct entry *entry[])
{
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++) {
		const struct entry *e = f->line[i].entry;

		if (e && entry_is_title(e) == titles)
			entry[n++] = e;
	}
	return n;
}

static const unsigned char *forms_of(struct arena *a, const struct folds *folds, const char *text)
{
	struct words w;
	unsigned char *forms, *at;

	words_read(folds, text, strlen(text), &w);
	at = forms = arena_alloc(a, w.used + w.n_words + 1, 1);
	for (size_t i = 0; i < w.n_words; i++) {
		const struct word *word = &w.word[i];

		*at++ = (unsigned char)(word->length | (word->again ? FORM_OTHER : 0));
		memcpy(at, w.bytes + word->at, word->length);
		at += word->length;
	}
	return forms;
}

size_t fresh_lines(struct fresh *f, const struct folds *folds, struct line line[])
{
	size_t n = 0;

	for (; f->n_read < f->n; f->n_read++) {
		struct line *l = &f->line[f->n_read];

		if (l->entry)
			l->forms = forms_of(f->a, folds, l->entry->text);
	}
	for (size_t i = 0; i < f->n; i++)
		if (f->line[i].entry)
			line[n++] = f->line[i];
	return n;
}

/* ---- finding ------------------------------------------------------------------------- */

static struct touch touch_of(const unsigned char *form, size_t length, const struct typed *t)
{
	struct touch touch = { 0 };

	for (unsigned i = 0; i < t->n; i++) {
		if (*form != (unsigned char)*t->text[i] || length < t->length[i] ||
		    memcmp(form, t->text[i], t->length[i]))
			continue;
		touch.begins |= (uint16_t)(1u << i);
		if (length == t->length[i])
			touch.is |= (uint16_t)(1u << i);
	}
	return touch;
}

static enum likeness look(const struct line *line, const struct typed *t)
{
	struct touch touch[FORMS_MAX];
	size_t n = 0;

	for (const unsigned char *at = line->forms; *at;) {
		size_t length = *at & (FORM_OTHER - 1);

		touch[n] = touch_of(at + 1, length, t);
		touch[n++].again = *at & FORM_OTHER;
		at += length + 1;
	}
	return likeness_of(touch, n, t->n);
}

/* As the shelf spells. */
static const char *spell(struct arena *a, const void *where, const struct entry *e)
{
	char *spelt = arena_alloc(a, (size_t)FORMS_MAX * (WORD_BYTES + 1) + 1, 1), *to = spelt;

	(void)e;
	for (const unsigned char *at = where; *at;) {
		size_t length = *at & (FORM_OTHER - 1);

		if (!(*at & FORM_OTHER)) {
			memcpy(to, at + 1, length);
			to += length;
			*to++ = ' ';
		}
		at += length + 1;
	}
	return spelt;
}

void lines_find(const struct line line[], size_t n, const struct typed *t, struct best *b)
{
	for (size_t i = 0; i < n; i++) {
		enum likeness likeness = look(&line[i], t);

		if (likeness != UNLIKE)
			best_offer(b, (struct candidate){
					      .entry = line[i].entry,
					      .likeness = likeness,
					      .spell = spell,
					      .where = line[i].forms,
				      });
	}
}
