#include "search/snapshot.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "db/db.h"
#include "search/analyse.h"
#include "search/file.h"
#include "search/index_inside.h"
#include "search/large.h"
#include "search/suggest.h"
#include "search/widen.h"
#include "store/change.h"

/* Raised when what is in the file changes, or what prepare.c puts into the index. */
enum { FORMAT = 7 };

/* ---- whose it is ------------------------------------------------------------------- */

/* What the analyser makes of a text that has a little of everything. */
static uint64_t fingerprint(void)
{
	static const char sample[] =
		"Les élu·e·s de l’agglomération, directeur·rice·s et conseiller(e)s d’État :\n"
		"S.I.E.G. et SCIC, n° 9, 1re édition, 10 000 €, 12,5 %, co-construction "
		"aujourd’hui.\n"
		"MARCHÉS PUBLICS\ncontact@exemple.fr www.exemple.fr plan.pdf vice-présidente cœur "
		"9e";
	struct analyser an;
	const struct token *t;
	struct stemmer *st = stemmer_new();
	uint64_t hash = 0xcbf29ce484222325u;

	analyser_init(&an, sample, strlen(sample), 0);
	while ((t = analyser_next(&an))) {
		char folded[FORM_MAX + 1], stem[FORM_MAX + 1];
		size_t n = form_fold(t->form, t->length, folded);

		form_stem(st, folded, n, stem);
		for (const char *at = t->form; *at; at++)
			hash = (hash ^ (unsigned char)*at) * 0x100000001b3u;
		for (const char *at = stem; *at; at++)
			hash = (hash ^ (unsigned char)*at) * 0x100000001b3u;
		hash = (hash ^ t->position ^ (form_is_stop(folded, n) ? 1u << 20 : 0)) *
		       0x100000001b3u;
	}
	stemmer_free(st);
	return hash;
}

struct saved_document {
	int64_t id, replaces;
	int32_t day;
	uint32_t title_hash, audience, n_forms, forms_length, n_labels;
	uint8_t access;
	bool is_alive;
};

struct head {
	char magic[16];
	char version[16];
	uint64_t fingerprint;
	uint32_t format, size_of_postings, size_of_block, size_of_saved_document;
	int64_t seal, token; /* the number of a change of kind "seal", and what it says */
	int64_t change;
};

static struct head head_of(void)
{
	struct head h;

	memset(&h, 0, sizeof(h));
	memcpy(h.magic, "halle search", 12);
	snprintf(h.version, sizeof(h.version), "%s", HALLE_VERSION);
	h.fingerprint = fingerprint();
	h.format = FORMAT;
	h.size_of_postings = sizeof(struct postings);
	h.size_of_block = sizeof(struct block);
	h.size_of_saved_document = sizeof(struct saved_document);
	return h;
}

static bool is_ours(const struct head *h)
{
	struct head own = head_of();

	own.seal = h->seal;
	own.token = h->token;
	own.change = h->change;
	return !memcmp(h, &own, sizeof(own));
}

static enum status draw_seal(struct db *db, struct head *h)
{
	enum status status = db_begin(db);

	if (status != OK)
		return status;
	h->token = (int64_t)(((uint64_t)randombytes_random() << 31) ^ randombytes_random());
	status = change_note(db, "seal", h->token);
	if (status == OK)
		status = change_last(db, &h->seal);
	return db_end(db, status);
}

/* ---- dictionary -------------------------------------------------------------------- */

static void save_keys(const struct intern *in, struct file_out *f)
{
	uint32_t n = intern_count(in);

	file_put_number(f, n);
	for (uint32_t i = 0; i < n; i++) {
		const struct key *k = intern_key(in, i);
		unsigned char length = (unsigned char)k->length;

		file_put(f, &length, 1);
		file_put(f, k->bytes, k->length);
	}
}

/* Added in the order of their numbers, they have the same numbers again. */
static void load_keys(struct dictionary *d, struct file_in *f, bool pairs)
{
	int64_t n = file_get_number(f);
	char key[256];
	unsigned char length;

	for (int64_t i = 0; i < n; i++) {
		file_get(f, &length, 1);
		file_get(f, key, length);
		key[length] = '\0';
		if (pairs)
			dictionary_restore_pair(d, key, length);
		else
			dictionary_form(d, key, length);
	}
}

/* The region as it stands in memory, and where it stood: pointers into it are shifted. */
static void save_lists(const struct dictionary *d, const struct paged *paged, uint32_t n,
		       const struct packed *p, struct file_out *f)
{
	file_put_number(f, (int64_t)(uintptr_t)p->block);
	file_put_number(f, (int64_t)p->size);
	file_put(f, p->block, p->size);
	for (uint32_t i = 0; i < n; i++) {
		const struct lists *l = paged_at(paged, i);
		const struct postings *closed = lists_find(d, l, CLOSED_TEXT);
		unsigned char has_closed = closed != NULL;

		file_put(f, &l->open, sizeof(l->open));
		file_put(f, &has_closed, 1);
		if (closed)
			file_put(f, closed, sizeof(*closed));
	}
}

static void load_postings(struct postings *p, ptrdiff_t shift, struct file_in *f)
{
	file_get(f, p, sizeof(*p));
	postings_shift(p, shift);
}

static void load_lists(struct dictionary *d, const struct paged *paged, uint32_t n,
		       struct packed *p, struct file_in *f)
{
	uintptr_t before = (uintptr_t)file_get_number(f);
	ptrdiff_t shift;

	p->size = (size_t)file_get_number(f);
	p->block = large_alloc(p->size + 1);
	file_get(f, p->block, p->size);
	shift = (ptrdiff_t)((uintptr_t)p->block - before);
	for (uint32_t i = 0; i < n; i++) {
		struct lists *l = paged_at(paged, i);
		unsigned char has_closed;

		load_postings(&l->open, shift, f);
		file_get(f, &has_closed, 1);
		if (has_closed)
			load_postings(lists_of(d, l, CLOSED_TEXT), shift, f);
	}
}

static void save_dictionary(const struct index *x, struct file_out *f)
{
	const struct dictionary *d = &x->dictionary;

	/* Forms have beginnings, which are among the pairs. */
	save_keys(&d->pair_key, f);
	save_keys(&d->form_key, f);
	save_lists(d, &d->form, intern_count(&d->form_key), &x->writing->forms, f);
	save_lists(d, &d->pair, intern_count(&d->pair_key), &x->writing->pairs, f);
}

static void load_dictionary(struct index *x, struct file_in *f)
{
	struct dictionary *d = &x->dictionary;

	load_keys(d, f, true);
	load_keys(d, f, false);
	load_lists(d, &d->form, intern_count(&d->form_key), &x->writing->forms, f);
	load_lists(d, &d->pair, intern_count(&d->pair_key), &x->writing->pairs, f);
	x->writing->is_packed = true;
	dictionary_pack(d);
}

/* ---- audiences: as words, in the order of their numbers, but that of no key ----------- */

static void save_audiences(const struct index *x, struct file_out *f)
{
	uint32_t n = intern_count(&x->audience);

	file_put_number(f, n);
	for (uint32_t i = 1; i < n; i++)
		file_put_text(f, index_audience(x, i));
}

static void load_audiences(struct index *x, struct file_in *f)
{
	struct arena *a = arena_new();
	int64_t n = file_get_number(f);

	for (int64_t i = 1; i < n; i++) {
		const char *keys = file_get_text(f, a);

		intern_add(&x->audience, keys, strlen(keys));
	}
	arena_free(a);
}

/* ---- documents --------------------------------------------------------------------- */

static size_t length_of_forms(const struct backing *b)
{
	const uint8_t *at = b->forms;
	uint32_t step;

	for (uint32_t i = 0; i < b->n_forms; i++)
		at = read_number(at, &step);
	return (size_t)(at - b->forms);
}

static void save_document(const struct index *x, uint32_t number, struct file_out *f)
{
	uint32_t i;
	const struct columns *c = index_window(x, number, &i);
	const struct bearing *bearing = columns_bearing(c);
	const struct backing *b = paged_at(&x->writing->backing, number);
	struct saved_document s;

	memset(&s, 0, sizeof(s));
	s.id = index_identity(x, number)->id;
	s.is_alive = !(column_state(c, i) & HAS_DIED);
	s.replaces = index_identity(x, number)->replaces;
	s.day = c->day[i];
	s.title_hash = c->title_hash[i];
	s.audience = c->audience[i];
	s.access = state_access(column_state(c, i));
	if (s.is_alive) {
		s.n_labels = c->first[i + 1] - c->first[i];
		s.n_forms = b->n_forms;
		s.forms_length = (uint32_t)length_of_forms(b);
	}
	file_put(f, &s, sizeof(s));
	for (uint32_t k = 0; k < s.n_labels; k++) {
		uint32_t label = bearing_label(bearing, c->first[i] + k);

		file_put(f, &label, sizeof(label));
	}
	file_put(f, b->forms, s.forms_length);
}

static void load_document(struct index *x, struct arena *scratch, uint32_t number,
			  struct file_in *f)
{
	struct writing *w = x->writing;
	struct identity *who = paged_add(&x->identity, number);
	struct backing *b = paged_add(&w->backing, number);
	struct saved_document s;
	uint32_t *label;
	uint8_t *forms;

	file_get(f, &s, sizeof(s));
	label = arena_make(scratch, uint32_t, s.n_labels);
	forms = arena_make(w->a, uint8_t, s.forms_length);
	file_get(f, label, s.n_labels * sizeof(*label));
	file_get(f, forms, s.forms_length);
	who->id = s.id;
	who->replaces = s.replaces;
	*b = (struct backing){ forms, s.n_forms };
	documents_add(&x->documents, number,
		      &(struct facts){ s.access, s.audience, s.day, s.title_hash, label,
				       s.n_labels },
		      &w->waste);
	w->n_documents++;
	if (s.is_alive)
		index_register(x, number);
	else
		index_mark_dead(x, number, 0);
}

static void save_documents(const struct index *x, struct file_out *f)
{
	file_put_number(f, x->writing->n_documents);
	for (uint32_t i = 0; i < x->writing->n_documents; i++)
		save_document(x, i, f);
}

static void load_documents(struct index *x, struct file_in *f)
{
	struct arena *scratch = arena_new();
	int64_t n = file_get_number(f);

	for (uint32_t i = 0; i < n; i++) {
		load_document(x, scratch, i, f);
		arena_reset(scratch);
	}
	arena_free(scratch);
}

/* ---- suggestions: labels are suggested anew when the index is published ------------ */

static void save_suggestion(void *context, enum suggestion_kind kind, int64_t id, const char *text,
			    const char *slug, uint32_t use)
{
	struct file_out *f = context;

	if (kind != SUGGEST_RESOURCE && kind != SUGGEST_ORGANISATION)
		return;
	file_put_number(f, kind);
	file_put_number(f, id);
	file_put_text(f, text);
	file_put_text(f, slug);
	file_put_number(f, use);
}

enum { NO_MORE = -1 };

static void load_suggestions(struct index *x, struct file_in *f)
{
	struct arena *a = arena_new();
	int64_t kind;

	while ((kind = file_get_number(f)) != NO_MORE) {
		int64_t id = file_get_number(f);
		const char *text = file_get_text(f, a), *slug = file_get_text(f, a);

		suggest_put(x->writing->suggest, (enum suggestion_kind)kind, id, text, slug,
			    (uint32_t)file_get_number(f));
		arena_reset(a);
	}
	arena_free(a);
}

/* ---- the whole --------------------------------------------------------------------- */

enum status snapshot_save(struct index *x, struct db *db, const char *path)
{
	struct head h = head_of();
	struct file_out *f;
	enum status status = file_create(path, &f);

	if (status != OK)
		return status;
	index_pack(x);
	h.change = x->current->change;
	status = draw_seal(db, &h);
	file_put(f, &h, sizeof(h));
	labels_save(x->writing->labels, f);
	save_dictionary(x, f);
	save_audiences(x, f);
	save_documents(x, f);
	suggest_each(x->writing->suggest, save_suggestion, f);
	file_put_number(f, NO_MORE);
	if (file_finish(f) != OK)
		return FAILED;
	return status;
}

static enum status read_head(struct db *db, struct file_in *f, struct head *h)
{
	enum status status;
	bool sealed;

	file_get(f, h, sizeof(*h));
	if (!is_ours(h))
		return NOT_FOUND;
	status = change_is(db, h->seal, "seal", h->token, &sealed);
	return status == OK && !sealed ? NOT_FOUND : status;
}

static enum status load(struct db *db, struct file_in *f, struct index *x)
{
	pthread_mutex_t alone = PTHREAD_MUTEX_INITIALIZER;
	struct acronyms *acronyms;
	struct head h;
	enum status status = read_head(db, f, &h);

	if (status == OK)
		status = acronyms_read(db, &acronyms);
	if (status != OK)
		return status;
	index_set_acronyms(x, acronyms);
	labels_load(x->writing->labels, f);
	load_dictionary(x, f);
	load_audiences(x, f);
	load_documents(x, f);
	load_suggestions(x, f);
	index_publish(x, &alone, h.change);
	return OK;
}

enum status snapshot_load(struct db *db, const char *path, struct index **loaded)
{
	struct file_in *f;
	struct index *x;
	enum status status = file_open(path, &f);

	if (status != OK)
		return status;
	x = index_new();
	status = load(db, f, x);
	file_close(f);
	if (status == OK)
		*loaded = x;
	else
		index_free(x);
	return status;
}
