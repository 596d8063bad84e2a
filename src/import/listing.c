#include "import/listing.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "import/listing_facts.h"
#include "import/listing_prose.h"
#include "import/listing_records.h"
#include "import/listing_related.h"
#include "import/listing_summary.h"

enum {
	LONGEST_TITLE = 500,
	LONGEST_SOURCE_ID = 150,
	MESSAGE_MAX = 1500,
	EXCERPT = 160,
	MOST_DIFFERENCES = 3,
	CLOSED_EXCERPT = 80,
	MOST_NEIGHBOURS = 50
};

/* One record while it is read. */
struct draft {
	struct listing_record *record;
	const struct listing_raw *raw;
	struct division division;
	struct listing_days open_days, all_days;
};

struct reading {
	struct arena *a;
	struct listing_lines lines;
	struct listing_raws raws;
	struct listing *listing;
	struct draft *draft;
	struct spelling *spelling;
	struct collection_names names;
};

void listing_warn(struct arena *a, struct listing_record *r, const char *code, const char *format,
		  ...)
{
	char message[MESSAGE_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	/* What does not fit is cut at a whole character. */
	message[utf8_valid_length(message, strlen(message))] = '\0';
	*arena_push(a, r->warning, r->n_warnings, r->warning_capacity) =
		(struct listing_warning){ code, arena_strdup(a, message) };
}

static const char *excerpt(struct arena *a, const char *text)
{
	return text_clip(a, text, EXCERPT);
}

/* ---- labels --------------------------------------------------------------------------------- */

static const char *value_of(const struct reading *r, const struct listing_raw *raw,
			    enum listing_label label)
{
	const struct listing_range *range = &raw->label[label].range;

	return raw->label[label].told && range->from < range->to ? r->lines.line[range->from].text
								 : NULL;
}

static void read_values(const struct reading *r, const struct listing_raw *raw,
			enum listing_label label, struct listing_texts *texts)
{
	const struct listing_range *range = &raw->label[label].range;

	for (size_t i = range->from; raw->label[label].told && i < range->to; i++)
		texts_add(r->a, texts, text_clip(r->a, r->lines.line[i].text, 200));
}

static void read_visibility(const struct reading *r, struct draft *d)
{
	static const char *const yes[] = { "oui", "yes", "vrai", NULL };
	static const char *const no[] = { "non", "no", "faux", NULL };
	const char *value = value_of(r, d->raw, LABEL_PRIVATE);
	struct listing_record *it = d->record;

	it->visibility = MEMBERS;
	if (value && text_begins(r->a, value, no))
		it->visibility = PUBLIC;
	else if (!value)
		listing_warn(r->a, it, "visibility_unknown",
			     "Le listing ne dit pas si la ressource est privée : elle est réservée "
			     "aux collectivités adhérentes jusqu’à décision.");
	else if (!text_begins(r->a, value, yes))
		listing_warn(r->a, it, "visibility_unknown",
			     "« Ressource privée » vaut « %s », ni Oui ni Non : la ressource est "
			     "réservée aux collectivités adhérentes jusqu’à décision.",
			     excerpt(r->a, value));
}

static void read_kind(const struct reading *r, struct draft *d)
{
	const char *value = value_of(r, d->raw, LABEL_KIND);

	d->record->kind = text_clip(r->a, value ? value : "Ressource", 200);
	if (!value)
		listing_warn(r->a, d->record, "kind_unknown",
			     "Le listing ne dit pas le type de ressource : « Ressource » est "
			     "proposé.");
}

/* ---- titles -----------------------------------------------------------------------------------
 */

static void read_title(struct reading *r, struct draft *d)
{
	struct listing_record *it = d->record;
	const char *written = r->lines.line[d->raw->title].text;

	it->line = r->lines.line[d->raw->title].number;
	it->title = text_clip(r->a, written, LONGEST_TITLE);
	if (!text_is_shouting(it->title))
		return;
	it->title = sentence_case(r->spelling, it->title);
	listing_warn(r->a, it, "title_recased",
		     "Le titre était tout en capitales : « %s » est proposé.", it->title);
}

/* From the title; the second of the same name is told apart by its rank. */
static void set_source_id(struct arena *a, struct listing *listing, size_t k, const char **slug)
{
	const char *id = text_slug(a, listing->record[k].title, LONGEST_SOURCE_ID);
	int n = 1;

	if (!*id)
		id = "sans-titre";
	for (size_t i = 0; i < k; i++)
		n += !strcmp(slug[i], id);
	slug[k] = id;
	listing->record[k].source_id = n > 1 ? arena_printf(a, "%s#%d", id, n) : id;
}

/* ---- texts --------------------------------------------------------------------------------------
 */

/* Only what everyone may read teaches how words are spelled: titles show it to everyone. */
static void learn_spelling(struct reading *r)
{
	for (size_t k = 0; k < r->raws.n_raws; k++) {
		const struct listing_raw *raw = &r->raws.raw[k];
		const char *value = value_of(r, raw, LABEL_PRIVATE);
		bool is_public = value && !strcmp(text_fold(r->a, value), "non");

		spelling_learn(r->spelling, r->lines.line[raw->title].text);
		for (size_t i = raw->body.from; is_public && i < raw->body.to; i++)
			spelling_learn(r->spelling, r->lines.line[i].text);
		for (size_t i = raw->summary.from; is_public && i < raw->summary.to; i++)
			spelling_learn(r->spelling, r->lines.line[i].text);
	}
}

static void take_texts(struct reading *r, struct draft *d)
{
	struct listing_record *it = d->record;
	const struct division *v = &d->division;

	it->summary = v->kept;
	it->summary_text = v->kept_text;
	it->body = blocks_html(r->a, &v->text, v->body_from, v->text.n_blocks);
	it->body_text = blocks_text(r->a, &v->text, v->body_from, v->text.n_blocks);
	for (size_t i = 0; i < v->text.n_blocks && !it->access_note; i++)
		if (v->text.block[i].kind == BLOCK_ACCESS)
			it->access_note = v->text.block[i].text;
}

static void note_difference(struct reading *r, struct draft *d)
{
	const char *only[MOST_DIFFERENCES], *other[MOST_DIFFERENCES];
	size_t n = lines_only_in(r->a, &r->lines, &d->raw->summary, &d->raw->body, only,
				 MOST_DIFFERENCES);
	size_t m = lines_only_in(r->a, &r->lines, &d->raw->body, &d->raw->summary, other,
				 MOST_DIFFERENCES);

	for (size_t i = 0; i < n || i < m; i++)
		listing_warn(r->a, d->record, "summary_differs",
			     "Le résumé et le texte ne disent pas la même chose. Résumé : « %s ». "
			     "Texte, qui est gardé : « %s ».",
			     i < n ? excerpt(r->a, only[i]) : "rien",
			     i < m ? excerpt(r->a, other[i]) : "rien");
}

/* The first words of what is closed. */
static const char *first_closed(const struct division *v)
{
	for (size_t i = v->body_from; i < v->text.n_blocks; i++)
		if (block_is_shown(&v->text.block[i]))
			return v->text.block[i].text;
	return "…";
}

static void note_texts(struct reading *r, struct draft *d)
{
	struct listing_record *it = d->record;
	const struct division *v = &d->division;

	if (v->telling == TELLS_NOTHING)
		listing_warn(r->a, it, "no_summary", "La ressource n’a pas de résumé.");
	if (v->telling == TELLS_ALONE)
		listing_warn(r->a, it, "no_body",
			     "La ressource n’a pas de texte en dehors de son résumé.");
	if (v->telling == TELLS_AGAIN)
		note_difference(r, d);
	if (v->moved)
		listing_warn(r->a, it, "summary_moved",
			     "Le résumé dépassait 600 caractères : sa suite ouvre le texte.");
	if (v->told_all)
		listing_warn(r->a, it, "summary_told_all",
			     "Le résumé public d’une ressource réservée racontait tout. Reste "
			     "public : « %s ». Est désormais réservé aux collectivités adhérentes "
			     "ce qui suit, à partir de « %s ».",
			     text_squeeze(r->a, it->summary_text),
			     text_clip(r->a, first_closed(v), CLOSED_EXCERPT));
	for (size_t i = 0; i < v->text.n_blocks; i++)
		if (v->text.block[i].joined)
			listing_warn(r->a, it, "item_joined",
				     "Deux puces n’en faisaient qu’une : « %s ».",
				     excerpt(r->a, v->text.block[i].text));
}

/* ---- sessions
 * ------------------------------------------------------------------------------------ */

typedef void part_fn(struct reading *r, struct draft *d, const struct listing_part *part);

static void find_in_part(struct reading *r, struct draft *d, const struct listing_part *part)
{
	sessions_read(r->a, d->record->title, part, r->spelling, &d->record->programme);
}

static void complete_part(struct reading *r, struct draft *d, const struct listing_part *part)
{
	sessions_complete(r->a, d->record->title, part, &d->record->programme);
}

/* The public part first, so that nothing of it comes from the closed one. */
static void each_part(struct reading *r, struct draft *d, part_fn *take)
{
	const struct division *v = &d->division;
	struct listing_part open = { &v->text, 0, v->n_open, false, false };
	struct listing_part repeat = { &v->summary, 0, v->summary.n_blocks, false, true };
	struct listing_part closed = { &v->text, v->n_open, v->text.n_blocks, true, false };

	take(r, d, &open);
	if (d->record->visibility == PUBLIC && v->telling != TELLS_ALONE)
		take(r, d, &repeat);
	if (v->n_open < v->text.n_blocks)
		take(r, d, &closed);
}

static void read_days(struct reading *r, struct draft *d)
{
	const struct blocks *text = &d->division.text;

	days_read(r->a, d->record->title, d->record->line, &d->open_days);
	days_read(r->a, d->record->title, d->record->line, &d->all_days);
	for (size_t i = 0; i < text->n_blocks; i++) {
		const struct block *b = &text->block[i];

		if (b->kind == BLOCK_LONG)
			continue;
		if (i < d->division.n_open)
			days_read(r->a, b->text, b->line, &d->open_days);
		days_read(r->a, b->text, b->line, &d->all_days);
	}
}

static void add_days(struct reading *r, const struct listing_days *from, struct listing_days *to)
{
	for (size_t i = 0; i < from->n_days; i++)
		*arena_push(r->a, to->day, to->n_days, to->capacity) = from->day[i];
}

/* The public dates of the nearest records that have any, before and after. */
static struct listing_days days_near(struct reading *r, size_t k)
{
	struct listing_days near = { 0 };

	for (size_t far = 1; far < MOST_NEIGHBOURS && !near.n_days; far++) {
		if (k >= far)
			add_days(r, &r->draft[k - far].open_days, &near);
		if (k + far < r->raws.n_raws)
			add_days(r, &r->draft[k + far].open_days, &near);
	}
	return near;
}

static void note_date(struct reading *r, struct listing_record *it, const struct listing_session *s)
{
	if (s->year_inferred)
		listing_warn(
			r->a, it, "year_inferred",
			"L’année de « %s » n’est pas dite : %s est proposé, d’après le jour de "
			"la semaine et les dates voisines.",
			s->title, day_in_words(r->a, s->on, true));
	if (s->weekday_is_wrong)
		listing_warn(r->a, it, "weekday_contradicts",
			     "Le jour de la semaine dit pour « %s » n’est pas celui du %s.",
			     s->title, day_in_words(r->a, s->on, true));
}

static void drop_session(struct listing_programme *p, size_t i)
{
	if (p->session[i].cycle)
		p->cycle[p->session[i].cycle - 1].n_sessions--;
	p->n_sessions--;
	memmove(&p->session[i], &p->session[i + 1], (p->n_sessions - i) * sizeof(*p->session));
}

static void date_sessions(struct reading *r, size_t k)
{
	struct draft *d = &r->draft[k];
	struct listing_programme *p = &d->record->programme;
	struct listing_days near = days_near(r, k);

	for (size_t i = 0; i < p->n_sessions;) {
		struct listing_session *s = &p->session[i];

		if (session_date(s, s->closed ? &d->all_days : &d->open_days, &near)) {
			note_date(r, d->record, s);
			i++;
			continue;
		}
		listing_warn(r->a, d->record, "year_unknown",
			     "La séance « %s » n’est pas reprise : rien ne dit son année.",
			     s->title);
		drop_session(p, i);
	}
}

static void drop_empty_cycles(struct listing_programme *p)
{
	for (size_t c = p->n_cycles; c-- > 0;) {
		if (p->cycle[c].n_sessions || p->cycle[c].announced)
			continue;
		p->n_cycles--;
		memmove(&p->cycle[c], &p->cycle[c + 1], (p->n_cycles - c) * sizeof(*p->cycle));
		for (size_t i = 0; i < p->n_sessions; i++)
			p->session[i].cycle -= p->session[i].cycle > c;
	}
}

static void note_programme(struct reading *r, struct listing_record *it)
{
	const struct listing_programme *p = &it->programme;

	for (size_t i = 0; i < p->n_cycles; i++) {
		const struct listing_cycle *c = &p->cycle[i];

		if (c->announced && (size_t)c->announced != c->n_sessions)
			listing_warn(
				r->a, it, "sessions_missing",
				"Le cycle « %s » annonce %d séances ; le listing en donne %zu.",
				c->title, c->announced, c->n_sessions);
		if (c->restricted && !cycle_has_number(p, i + 1, c->restricted))
			listing_warn(r->a, it, "audience_restricted",
				     "À reporter sur la bonne séance : « %s »",
				     excerpt(r->a, c->restriction));
	}
	for (size_t i = 0; i < p->n_mentions; i++)
		listing_warn(r->a, it, "session_mentioned",
			     "Une séance est évoquée sans être reprise : « %s ».",
			     excerpt(r->a, p->mention[i]));
}

/* ---- links and contacts
 * ---------------------------------------------------------------------------- */

static bool is_read_for_links(const struct block *b)
{
	switch (b->kind) {
	case BLOCK_PARAGRAPH:
	case BLOCK_ITEM:
	case BLOCK_SESSION:
	case BLOCK_CALL:
	case BLOCK_EMBED:
		return true;
	default:
		return false;
	}
}

static void read_block_links(struct reading *r, struct draft *d, size_t i)
{
	const struct block *b = &d->division.text.block[i];
	struct listing_session *s = session_above(&d->record->programme, b->line);
	struct links_context c = { r->a, r->spelling, s && s->is_head ? s->title : NULL,
				   i >= d->division.n_open };

	if (b->kind == BLOCK_LOST_LIST)
		link_add_lost(&c, "list", b->text, &d->record->links);
	else if (b->kind == BLOCK_IMAGE)
		link_add_lost(&c, "image", b->text, &d->record->links);
	else if (is_read_for_links(b))
		links_read(&c, b->text, &d->record->links);
}

static void read_contact(struct reading *r, struct draft *d, size_t i)
{
	struct listing_person who;

	if (d->division.text.block[i].kind == BLOCK_LONG ||
	    !contact_read(r->a, d->division.text.block[i].text, &who))
		return;
	who.closed = i >= d->division.n_open;
	people_add(r->a, &d->record->contacts, &who);
}

static void read_links(struct reading *r, struct draft *d)
{
	for (size_t i = 0; i < d->division.text.n_blocks; i++) {
		read_block_links(r, d, i);
		read_contact(r, d, i);
	}
}

/* "Un Point de … a été réalisé en décembre 2022", when the record is of February 2024. */
static void note_edition(struct reading *r, const char *text, struct listing_record *other)
{
	struct french_date d;
	char month[DAY_SIZE];

	if (!other->edition || !french_date_find(text, 0, &d) || d.day)
		return;
	day_write(d.year, d.month, 1, month);
	if (strcmp(month, other->published_on) != 0)
		listing_warn(r->a, other, "edition_mentioned",
			     "Une autre édition est évoquée ailleurs dans le listing : « %s ».",
			     excerpt(r->a, text));
}

static void read_related(struct reading *r, const struct related_index *index, size_t k)
{
	struct draft *d = &r->draft[k];
	struct listing_links *links = &d->record->links;

	for (size_t i = 0; i < d->division.text.n_blocks; i++) {
		const struct block *b = &d->division.text.block[i];
		size_t n = links->n_links;

		if (!is_read_for_links(b))
			continue;
		related_read(index, k, b->text, i >= d->division.n_open, links);
		for (; n < links->n_links && i < d->division.n_open; n++)
			note_edition(r, b->text, &r->listing->record[links->link[n].related - 1]);
	}
}

/* ---- one record after the other
 * ----------------------------------------------------------------------- */

static void read_record(struct reading *r, size_t k)
{
	struct draft *d = &r->draft[k];

	d->record = &r->listing->record[k];
	d->raw = &r->raws.raw[k];
	read_title(r, d);
	read_kind(r, d);
	read_visibility(r, d);
	read_values(r, d->raw, LABEL_CATEGORY, &d->record->categories);
	read_values(r, d->raw, LABEL_TERRITORY, &d->record->territories);
	d->division =
		divide(r->a, &r->lines, d->raw, d->record->title, d->record->visibility != PUBLIC);
	take_texts(r, d);
	note_texts(r, d);
	each_part(r, d, find_in_part);
	read_days(r, d);
	for (size_t i = 0; i < d->division.n_open; i++)
		if (d->division.text.block[i].kind != BLOCK_LONG)
			collection_names_learn(r->a, d->division.text.block[i].text, &r->names);
}

/* Once the dates of all records are known. */
static void complete_record(struct reading *r, size_t k)
{
	struct draft *d = &r->draft[k];
	const char *keywords = value_of(r, d->raw, LABEL_KEYWORDS);
	const char *day = value_of(r, d->raw, LABEL_DATE);

	date_sessions(r, k);
	drop_empty_cycles(&d->record->programme);
	each_part(r, d, complete_part);
	note_programme(r, d->record);
	read_links(r, d);
	if (day)
		date_told(d->record, day);
	if (keywords)
		keywords_read(r->a, d->record, keywords);
	facts_read(r->a, d->record, &d->division.text, d->division.n_open, r->spelling, &r->names);
}

static void note_doubts(struct reading *r)
{
	size_t n = r->raws.n_raws;

	if (r->raws.suspect)
		listing_warn(r->a, &r->listing->record[n - 1], "title_like_line",
			     "« %s » ressemble au titre d’une ressource dont le reste manquerait.",
			     excerpt(r->a, r->lines.line[r->raws.suspect].text));
	for (size_t k = 1; k < n; k++)
		if (!r->raws.raw[k].is_sure)
			listing_warn(r->a, &r->listing->record[k], "title_unsure",
				     "Rien ne confirme où commence cette ressource : son titre est "
				     "à vérifier.");
}

static void read_all(struct reading *r)
{
	const struct related_index *index;
	size_t n = r->raws.n_raws;
	const char **slug = arena_make(r->a, const char *, n);

	r->listing->record = arena_make(r->a, struct listing_record, n);
	r->listing->n_records = n;
	r->draft = arena_make(r->a, struct draft, n);
	r->spelling = spelling_new(r->a);
	learn_spelling(r);
	for (size_t k = 0; k < n; k++)
		read_record(r, k);
	for (size_t k = 0; k < n; k++)
		complete_record(r, k);
	index = related_index_of(r->a, r->listing);
	for (size_t k = 0; k < n; k++)
		read_related(r, index, k);
	for (size_t k = 0; k < n; k++)
		set_source_id(r->a, r->listing, k, slug);
	note_doubts(r);
}

enum status listing_read(struct arena *a, const char *bytes, size_t length, struct listing *listing)
{
	struct reading r = { .a = a, .listing = listing };
	enum status status;

	*listing = (struct listing){ 0 };
	status = listing_lines_read(a, bytes, length, &r.lines, &listing->error);
	if (status == OK)
		status = listing_records_find(a, &r.lines, &r.raws, &listing->error);
	if (status == OK)
		read_all(&r);
	return status;
}
