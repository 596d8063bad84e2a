#include "import/listing_sessions.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "import/listing_heads.h"
#include "import/listing_prose.h"

enum {
	MOST_SESSIONS = 500,
	YEARS_AROUND = 14,
	HALF_A_MONTH = 15,
	SEPTEMBER = 9,
	NEAR = 10,
	FAR = 25,
	MOST_DATES = 20, /* in a sentence */
};

struct reading {
	struct arena *a;
	const char *title;
	const struct listing_part *part;
	struct spelling *spelling;
	struct listing_programme *p;
	size_t cycle; /* the current one */
	int year[2];  /* of the section */
	size_t n_years;
};

/* ---- cycles --------------------------------------------------------------------------------- */

static void start_cycle(struct reading *r, const char *title, int year)
{
	struct listing_programme *p = r->p;

	*arena_push(r->a, p->cycle, p->n_cycles, p->cycle_capacity) =
		(struct listing_cycle){ .title = title, .year = year, .closed = r->part->closed };
	r->cycle = p->n_cycles;
}

/* "Retrouvez les replays du cycle de … en 2023 :" names a cycle from that word on. */
static const char *cycle_named(struct arena *a, const char *heading)
{
	static const char *const cycle[] = { "cycle", "cycles", "serie", "saison", NULL };
	struct words w = words_of(a, heading);
	size_t i = words_find(&w, 0, w.n_words, cycle);

	if (i == w.n_words)
		i = words_find(&w, 0, w.n_words, session_nouns);
	if (i == w.n_words)
		return heading;
	return capitalised(a, piece_of(a, heading, w.word[i].at, strlen(heading)));
}

static bool is_about_sessions(struct arena *a, const char *text)
{
	return says_cycle(a, text) || text_says(a, text, session_nouns);
}

/* A heading with a year begins a section, and a cycle when that year is another. */
static void read_section(struct reading *r, const struct block *b)
{
	int year[2];
	size_t n = years_told(r->a, b->text, year);
	const struct listing_cycle *cycle = r->cycle ? &r->p->cycle[r->cycle - 1] : NULL;

	for (size_t i = 0; i < r->p->n_sessions; i++)
		if (!r->p->session[i].until && r->p->session[i].line < b->line)
			r->p->session[i].until = b->line;
	if (n) {
		memcpy(r->year, year, sizeof(year));
		r->n_years = n;
	}
	if (!cycle || !n || !is_about_sessions(r->a, b->text))
		return;
	if ((cycle->year && cycle->year != year[0]) ||
	    (!cycle->year && cycle->n_sessions && says_cycle(r->a, b->text)))
		start_cycle(r, cycle_named(r->a, b->text), year[0]);
}

static void begin(struct reading *r)
{
	int year[2] = { 0, 0 };

	if (!is_about_sessions(r->a, r->title))
		return;
	r->n_years = years_told(r->a, r->title, year);
	memcpy(r->year, year, sizeof(year));
	if (r->p->n_cycles)
		r->cycle = 1;
	else if (says_cycle(r->a, r->title))
		start_cycle(r, r->title, r->n_years == 1 ? year[0] : 0);
}

/* ---- sessions ------------------------------------------------------------------------------- */

static bool same_day(const struct french_date *a, const struct french_date *b)
{
	return a->month == b->month && a->day == b->day &&
	       (a->year == b->year || !a->year || !b->year);
}

/* The same session told again: on that day, and by the same name when both have one. */
static struct listing_session *told_already(const struct reading *r,
					    const struct listing_session *s)
{
	for (size_t i = 0; i < r->p->n_sessions; i++) {
		struct listing_session *other = &r->p->session[i];

		if (!same_day(&other->date, &s->date))
			continue;
		if (!s->is_head || !other->is_head ||
		    !strcmp(text_fold(r->a, other->title), text_fold(r->a, s->title)))
			return other;
	}
	return NULL;
}

static void add_session(struct reading *r, struct listing_session s)
{
	struct listing_session *other = told_already(r, &s);

	s.closed = r->part->closed;
	s.starts = s.date.starts;
	s.ends = s.date.ends;
	memcpy(s.section_year, r->year, sizeof(s.section_year));
	s.n_section_years = r->n_years;
	if (shouts(r->a, s.title))
		s.title = sentence_case(r->spelling, s.title);
	if (!other) {
		if (r->p->n_sessions < MOST_SESSIONS)
			*arena_push(r->a, r->p->session, r->p->n_sessions, r->p->capacity) = s;
		return;
	}
	/* What is public already learns nothing from a closed text. */
	if (r->part->closed && !other->closed)
		return;
	if (other->starts < 0) {
		other->starts = s.starts;
		other->ends = s.ends;
	}
	if (!other->date.year)
		other->date.year = s.date.year;
}

static size_t own_cycle(struct reading *r)
{
	if (r->cycle)
		r->p->cycle[r->cycle - 1].n_sessions++;
	return r->cycle;
}

static bool take_day(const struct reading *r, size_t i, struct french_date *date)
{
	const struct blocks *b = r->part->blocks;

	if (i + 1 < r->part->to && b->block[i + 1].kind == BLOCK_DAY)
		return date_outside_quotes(b->block[i + 1].text, date);
	return false;
}

static void read_head(struct reading *r, size_t i)
{
	const struct block *b = &r->part->blocks->block[i];
	struct session_head head = head_read(r->a, b->text);
	struct listing_session s = {
		.title = head.title, .line = b->line, .is_head = true, .is_item = b->is_item
	};

	if (!head.has_date && !take_day(r, i, &head.date))
		return;
	if (!*s.title)
		s.title = title_of_session(r->a, r->title);
	s.number = head.number;
	s.date = head.date;
	if (!told_already(r, &s))
		s.cycle = own_cycle(r);
	add_session(r, s);
}

/* "Webinaire du 12 mars 2024", for want of a title. */
static const char *plain_title(struct arena *a, const char *sentence, const struct french_date *d)
{
	const char *noun = session_noun_in(a, sentence);
	char day[DAY_SIZE];

	noun = capitalised(a, noun ? noun : "séance");
	if (!d->year)
		return noun;
	day_write(d->year, d->month, d->day, day);
	return arena_printf(a, "%s du %s", noun, day_in_words(a, day, false));
}

static const char *prose_title(const struct reading *r, const char *sentence,
			       const struct french_date *d)
{
	bool is_first = true;
	struct span inner, outer;

	for (size_t i = 0; i < r->p->n_sessions; i++)
		is_first = false;
	if (is_first && title_is_of_session(r->a, r->title))
		return title_of_session(r->a, r->title);
	if (quoted_find(sentence, d->at + d->length, &inner, &outer) && inner.end > inner.at + 10)
		return piece_of(r->a, sentence, inner.at, inner.end);
	return plain_title(r->a, sentence, d);
}

static void add_mention(struct reading *r, const char *sentence)
{
	for (size_t i = 0; i < r->p->n_mentions; i++)
		if (!strcmp(r->p->mention[i], sentence))
			return;
	*arena_push(r->a, r->p->mention, r->p->n_mentions, r->p->mention_capacity) = sentence;
}

/* Two days of one session: "les 3 et 4 octobre 2024", "du 3 au 5 octobre". */
static bool follows_closely(const char *sentence, size_t last_end, const struct french_date *d)
{
	static const char *const between[] = { " et ", " au ", " et le ", " - ",
					       "-",    " au",  " et",     " ou " };
	size_t gap = d->at > last_end ? d->at - last_end : 0;

	for (size_t i = 0; i < sizeof(between) / sizeof(*between); i++)
		if (gap == strlen(between[i]) && !strncmp(sentence + last_end, between[i], gap))
			return true;
	return false;
}

/* A record on another subject that names a webinar reports it when it says where to see it. */
static bool is_own(const struct reading *r, const struct words *w, enum tie tie)
{
	if (tie == HELD || title_is_of_session(r->a, r->title))
		return true;
	return tie == NAMED && reports(w);
}

static void read_sentence(struct reading *r, const char *sentence, size_t line)
{
	struct words w = words_of(r->a, sentence);
	struct span whole = { 0, strlen(sentence) };
	size_t from = 0, last_end = 0, n = 0;
	struct french_date d;

	for (; n < MOST_DATES && french_date_find(sentence, from, &d);
	     from = d.at + d.length, n++) {
		enum tie tie = tie_of(&w, &whole, &d);
		bool more = last_end && follows_closely(sentence, last_end, &d);

		last_end = d.at + d.length;
		if (more || tie == NO_SESSION)
			continue;
		if (!is_own(r, &w, tie))
			add_mention(r, sentence);
		else
			add_session(r,
				    (struct listing_session){ .title = prose_title(r, sentence, &d),
							      .date = d,
							      .line = line });
	}
}

static void read_prose(struct reading *r, const char *text, size_t line)
{
	for (size_t from = 0; text[from];) {
		size_t end = sentence_end(text, from);

		read_sentence(r, piece_of(r->a, text, from, end), line);
		from = end;
	}
}

/* ---- a part -----------------------------------------------------------------------------------
 */

static void read_cycle_words(struct reading *r, const char *text)
{
	int announced = announced_told(r->a, text);

	if (!announced)
		return;
	if (!r->cycle && r->p->n_cycles == 0)
		start_cycle(r, r->title, 0);
	if (r->cycle && !r->p->cycle[r->cycle - 1].announced && !r->part->is_repeat)
		r->p->cycle[r->cycle - 1].announced = announced;
}

static void read_block(struct reading *r, size_t i)
{
	const struct block *b = &r->part->blocks->block[i];

	switch (b->kind) {
	case BLOCK_HEADING:
		if (!b->is_part)
			read_section(r, b);
		break;
	case BLOCK_SESSION:
		read_head(r, i);
		break;
	case BLOCK_PARAGRAPH:
		read_cycle_words(r, b->text);
		read_prose(r, b->text, b->line);
		break;
	case BLOCK_ITEM:
		read_prose(r, b->text, b->line);
		break;
	default:
		break;
	}
}

void sessions_read(struct arena *a, const char *title, const struct listing_part *part,
		   struct spelling *spelling, struct listing_programme *programme)
{
	struct reading r = {
		.a = a, .title = title, .part = part, .spelling = spelling, .p = programme
	};

	begin(&r);
	if (!programme->n_sessions && !part->closed && title_is_of_session(a, title))
		read_prose(&r, title, 0);
	for (size_t i = part->from; i < part->to; i++)
		read_block(&r, i);
}

/* ---- what is told of each
 * ------------------------------------------------------------------------ */

/* The line stands under the head of that session, and of no other. */
static bool is_under(const struct listing_session *s, size_t line)
{
	if (s->is_item)
		return line == s->line;
	return !s->until || line < s->until;
}

struct listing_session *session_above(struct listing_programme *p, size_t line)
{
	struct listing_session *above = NULL;

	for (size_t i = 0; i < p->n_sessions; i++)
		if (p->session[i].is_head && p->session[i].line <= line &&
		    (!above || p->session[i].line > above->line))
			above = &p->session[i];
	if (above)
		return is_under(above, line) ? above : NULL;
	return p->n_sessions == 1 && !p->session[0].is_head ? &p->session[0] : NULL;
}

struct completing {
	struct arena *a;
	const char *title;
	const struct listing_part *part;
	struct listing_programme *p;
};

static void add_people(const struct completing *c, struct listing_session *s,
		       const struct listing_people *people)
{
	for (size_t i = 0; i < people->n_people; i++) {
		struct listing_person who = people->person[i];

		who.closed = c->part->closed;
		people_add(c->a, &s->people, &who);
	}
}

static size_t items_end(const struct listing_part *part, size_t i)
{
	while (i < part->to && part->blocks->block[i].kind == BLOCK_ITEM)
		i++;
	return i;
}

static void read_speakers(const struct completing *c, size_t i, struct listing_session *s)
{
	const struct block *b = c->part->blocks->block;
	const char *rest = people_introduced(c->a, b[i].text);
	struct listing_people people = { 0 };
	size_t end;

	if (!rest)
		return;
	if (*rest && strcmp(rest, ".") != 0) {
		people_read_sentence(c->a, rest, &people);
	} else {
		end = items_end(c->part, i + 1);
		for (size_t k = i + 1; k < end; k++)
			people_read_item(c->a, b[k].text, &people);
	}
	add_people(c, s, &people);
}

static const char *const speaking[] = { "webinaire*",  "temoign*",   "interven*",
					"conference*", "rencontre*", "table ronde",
					"echange*",    "anime*",     NULL };

static void read_named(const struct completing *c, const char *text, struct listing_session *s)
{
	struct listing_people people = { 0 };

	if (!title_is_of_session(c->a, c->title) || !text_says(c->a, text, speaking))
		return;
	people_find(c->a, text, &people);
	add_people(c, s, &people);
}

static size_t part_end(const struct completing *c, size_t i)
{
	const struct block *b = c->part->blocks->block;

	for (; i < c->part->to; i++)
		if ((b[i].kind != BLOCK_ITEM && b[i].kind != BLOCK_PARAGRAPH) ||
		    people_introduced(c->a, b[i].text))
			break;
	return i;
}

/* "Objectifs", "Contenu" and what stands under them. A public session takes no closed text. */
static void read_part(const struct completing *c, size_t i, struct listing_session *s)
{
	static const char *const aims[] = { "objectif*", "les objectifs", NULL };
	static const char *const contents[] = { "contenu*",  "le contenu", "au programme",
						"programme", "deroule",    "au sommaire",
						NULL };
	const char *text = c->part->blocks->block[i].text;
	struct html html = blocks_html(c->a, c->part->blocks, i + 1, part_end(c, i + 1));

	if (c->part->closed && !s->closed)
		return;
	if (text_begins(c->a, text, aims) && !s->objectives.markup)
		s->objectives = html;
	else if (text_begins(c->a, text, contents) && !s->contents.markup)
		s->contents = html;
}

static void read_figures(const struct completing *c, const char *text, struct listing_session *s)
{
	if (c->part->closed && !s->closed)
		return;
	if (!s->attended)
		s->attended = attended_told(c->a, text);
	if (!s->duration_min && s->ends < 0)
		s->duration_min = duration_told(c->a, text);
	if (!s->audience && !s->cycle && text_says(c->a, text, session_nouns))
		s->audience = audience_told(c->a, text, NEAR);
}

static void complete_at(const struct completing *c, size_t i)
{
	const struct block *b = &c->part->blocks->block[i];
	struct listing_session *s = session_above(c->p, b->line);

	if (!s)
		return;
	if (b->is_part)
		read_part(c, i, s);
	if (b->kind == BLOCK_PARAGRAPH || b->kind == BLOCK_HEADING)
		read_speakers(c, i, s);
	if (b->kind != BLOCK_PARAGRAPH || c->p->n_sessions != 1)
		return;
	read_named(c, b->text, s);
	read_figures(c, b->text, s);
}

/* ---- for whom a cycle is
 * ------------------------------------------------------------------------- */

static void read_audience(const struct completing *c, struct listing_cycle *cycle, const char *text)
{
	for (size_t from = 0; text[from];) {
		size_t end = sentence_end(text, from);
		const char *sentence = piece_of(c->a, text, from, end);
		int number = restriction_told(c->a, sentence);

		if (number && !cycle->restricted) {
			cycle->restricted = number;
			cycle->restriction = sentence;
		} else if (!number && !cycle->audience && is_about_sessions(c->a, sentence)) {
			cycle->audience = audience_told(c->a, sentence, FAR);
		}
		from = end;
	}
}

bool cycle_has_number(const struct listing_programme *p, size_t cycle, int number)
{
	for (size_t i = 0; i < p->n_sessions; i++)
		if (p->session[i].cycle == cycle && p->session[i].number == number)
			return true;
	return false;
}

/* Which session is the first is certain only where they are numbered: else all bear the words. */
static const char *audience_of(const struct completing *c, const struct listing_cycle *cycle,
			       const struct listing_session *s)
{
	static const char *const reserved[] = { "reserve*", NULL };
	const char *base = cycle->audience, *only;

	if (!cycle->restricted)
		return base;
	if (!cycle_has_number(c->p, s->cycle, cycle->restricted))
		return base ? arena_printf(c->a, "%s. %s", base, cycle->restriction)
			    : cycle->restriction;
	if (s->number != cycle->restricted)
		return base;
	only = audience_told(c->a, cycle->restriction, NEAR);
	if (only && text_says(c->a, cycle->restriction, reserved))
		return only;
	return only && base ? arena_printf(c->a, "%s ; %s", base, only) : only ? only : base;
}

static void tell_audiences(const struct completing *c)
{
	for (size_t i = 0; i < c->p->n_sessions; i++) {
		struct listing_session *s = &c->p->session[i];

		if (s->cycle && !s->audience)
			s->audience = audience_of(c, &c->p->cycle[s->cycle - 1], s);
	}
}

void sessions_complete(struct arena *a, const char *title, const struct listing_part *part,
		       struct listing_programme *programme)
{
	struct completing c = { a, title, part, programme };

	if (part->is_repeat)
		return;
	for (size_t i = part->from; i < part->to; i++) {
		const struct block *b = &part->blocks->block[i];

		if (b->kind == BLOCK_PARAGRAPH && programme->n_cycles &&
		    programme->cycle[0].closed >= part->closed)
			read_audience(&c, &programme->cycle[0], b->text);
		complete_at(&c, i);
	}
	tell_audiences(&c);
}

/* ---- days
 * ------------------------------------------------------------------------------------------- */

void days_read(struct arena *a, const char *text, size_t line, struct listing_days *days)
{
	struct words w = words_of(a, text);
	struct french_date d;
	size_t from = 0;

	for (; french_date_find(text, from, &d); from = d.at + d.length)
		if (d.year && !is_of_law(&w, &d))
			*arena_push(a, days->day, days->n_days, days->capacity) =
				(struct listing_day){ day_number(d.year, d.month,
								 d.day ? d.day : HALF_A_MONTH),
						      line };
}

static bool fits(const struct french_date *d, int year)
{
	return day_exists(year, d->month, d->day) &&
	       (d->weekday < 0 || weekday_of(year, d->month, d->day) == d->weekday);
}

static int64_t distance(int64_t a, int64_t b)
{
	return a > b ? a - b : b - a;
}

/* The nearest in the text, before or after. */
static const struct listing_day *nearest_in_text(const struct listing_days *days, size_t line)
{
	const struct listing_day *best = NULL;

	for (size_t i = 0; i < days->n_days; i++)
		if (!best || distance((int64_t)days->day[i].line, (int64_t)line) <
				     distance((int64_t)best->line, (int64_t)line))
			best = &days->day[i];
	return best;
}

/* The year that fits in which the day is nearest to `number`. */
static int year_near(const struct french_date *d, int64_t number, int64_t *how_near)
{
	int year, month, day, best = 0;

	day_from_number(number, &year, &month, &day);
	for (int y = year - YEARS_AROUND; y <= year + YEARS_AROUND; y++) {
		int64_t away;

		if (!fits(d, y))
			continue;
		away = distance(day_number(y, d->month, d->day), number);
		if (best && away >= *how_near)
			continue;
		*how_near = away;
		best = y;
	}
	return best;
}

static int year_of_section(const struct listing_session *s)
{
	const struct french_date *d = &s->date;

	/* "2023-2024": the first is that of autumn. */
	if (s->n_section_years == 2) {
		int likely = s->section_year[d->month < SEPTEMBER];
		int unlikely = s->section_year[d->month >= SEPTEMBER];

		return fits(d, likely) || !fits(d, unlikely) ? likely : unlikely;
	}
	return s->n_section_years ? year_fitting(d->day, d->month, d->weekday, s->section_year[0])
				  : 0;
}

static int year_around(const struct listing_session *s, const struct listing_days *own,
		       const struct listing_days *near)
{
	const struct listing_day *close = nearest_in_text(own, s->line);
	int64_t away, least = 0;
	int best = 0;

	if (close)
		return year_near(&s->date, close->number, &away);
	for (size_t i = 0; i < near->n_days; i++) {
		int year = year_near(&s->date, near->day[i].number, &away);

		if (!year || (best && away >= least))
			continue;
		least = away;
		best = year;
	}
	return best;
}

bool session_date(struct listing_session *s, const struct listing_days *own,
		  const struct listing_days *near)
{
	int year = s->date.year;

	if (!year) {
		year = year_of_section(s);
		if (!year)
			year = year_around(s, own, near);
		s->year_inferred = true;
	}
	if (!day_exists(year, s->date.month, s->date.day))
		return false;
	s->weekday_is_wrong = s->date.weekday >= 0 &&
			      weekday_of(year, s->date.month, s->date.day) != s->date.weekday;
	day_write(year, s->date.month, s->date.day, s->on);
	return true;
}
