#include "import/listing_records.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "import/listing_alike.h"
#include "import/listing_labels.h"
#include "import/listing_words.h"

enum {
	WINDOW = 8,         /* lines looked ahead for the same line */
	MOST_COMPARED = 64, /* lines of a body, to know it again in its summary */
	MOST_ANCHORS = 200, /* titles tried between two blocks of labels */
	LONG_LINE = 40,     /* bytes: shorter lines may be alike by chance */
	MANY_LINES = 5,     /* nobody repeats so many for a summary, and then stops */
	LONG_TITLE = 200,
	LONGEST_TITLE = 500,
	IMPOSSIBLE = -1000,
};

struct search {
	struct arena *a;
	const struct listing_lines *lines;
	const struct print *print; /* of each line */
	const struct label_blocks *blocks;
	bool *repeats; /* the line repeats one of the body before it */
};

static const char *text_of(const struct search *s, size_t i)
{
	return s->lines->line[i].text;
}

/* ---- could a line be a title? --------------------------------------------------- */

static const char *const title_no[] = { "contact",        "contacts",  "contenu",
					"contenus",       "objectif*", "programme",
					"replay",         "sommaire",  "intervenant*",
					"inscription*",   "mots-cles", "lien*",
					"en savoir plus", NULL };
static const char *const calls[] = { "voir",       "visionnez*", "telechargez",   "retrouvez",
				     "consultez",  "decouvrez",  "plus d'",       "pour en savoir",
				     "mots-cles*", "contact",    "interventions", NULL };
static const char *const weekdays[] = { "lundi",    "mardi",  "mercredi", "jeudi",
					"vendredi", "samedi", "dimanche", NULL };

static int marks_against(const char *text)
{
	static const struct {
		const char *end;
		int points;
	} ending[] = { { ".", -6 }, { ":", -6 }, { ",", -8 }, { ";", -8 } };
	int points = 0;

	for (size_t i = 0; i < sizeof(ending) / sizeof(*ending); i++)
		if (ends_with(text, ending[i].end))
			points += ending[i].points;
	if (strstr(text, "http") || strchr(text, '@'))
		points -= 8;
	if (!strncmp(text, ">>", 2))
		points -= 20;
	return points;
}

static int words_against(const struct search *s, const char *text)
{
	struct words w = words_of(s->a, text);
	int points = 0;

	if (!w.n_words)
		return -20;
	if (w.n_words == 1)
		points -= 3;
	if (w.n_words <= 3 && words_match_any(&w, 0, title_no))
		points -= 6;
	if (words_match_any(&w, 0, calls))
		points -= 4;
	if (words_match_any(&w, 0, weekdays) && w.n_words <= 8)
		points -= 8;
	if (strchr("0123456789", text[0]) || words_match(&w, 0, "n°"))
		points -= 2;
	return points;
}

static bool stands_alone(const struct search *s, size_t i, size_t end)
{
	return i + 1 >= end || s->lines->line[i + 1].after_blank;
}

/* How much a line looks like a title; `end` is the first line of the labels. */
static int looks(const struct search *s, size_t i, size_t end)
{
	const struct listing_line *line = &s->lines->line[i];
	size_t length = strlen(line->text), size;
	unsigned first = utf8_decode(line->text, &size);
	int points = 0;

	if (line->is_item || length > LONGEST_TITLE)
		return IMPOSSIBLE;
	points += line->after_blank ? 1 : -3;
	points += stands_alone(s, i, end) ? 1 : -1;
	points -= length > LONG_TITLE ? 4 : 0;
	points -= utf8_is_letter(first) && !begins_capital(line->text) ? 5 : 0;
	return points + marks_against(line->text) + words_against(s, line->text);
}

/* ---- what a summary repeats of a body ---------------------------------------------- */

/* The line of `in` that repeats line `i`, `*next` or little after it. */
static bool find_repeated(const struct search *s, size_t i, const struct listing_range *in,
			  size_t *next)
{
	for (size_t j = *next; j < in->to && j < *next + WINDOW; j++) {
		if (!is_alike(&s->print[i], &s->print[j]))
			continue;
		*next = j + 1;
		return true;
	}
	return false;
}

/* Marks the lines of a gap that repeat the body before it; returns how many do. */
static size_t mark_repeated(struct search *s, const struct listing_range *gap,
			    const struct listing_range *body, size_t *next)
{
	size_t n = 0;

	*next = body->from;
	for (size_t i = gap->from; i < gap->to; i++) {
		s->repeats[i] = find_repeated(s, i, body, next);
		n += s->repeats[i];
	}
	return n;
}

/* ---- choosing the title ------------------------------------------------------------- */

/* Between two blocks of labels: a summary, a title, and the body that it heads. */
struct gap {
	struct listing_range range;
	size_t n_repeated; /* lines that repeat the body before */
	bool has_summary, next_has_summary;
	struct listing_range next_summary; /* and what follows it */
	int anchors_left;
};

/* Points for lines of the summary before `i` that repeat, and against those after. */
static int points_before(const struct search *s, const struct gap *g, size_t i)
{
	int points = 0;

	if (!g->has_summary)
		return i == g->range.from ? 0 : IMPOSSIBLE;
	if (!g->n_repeated)
		return i == g->range.from ? -5 : 0;
	for (size_t j = g->range.from; j < i; j++)
		points += s->repeats[j] ? 2 : -2;
	return points;
}

static int points_repeated_after(const struct search *s, const struct gap *g, size_t i)
{
	int points = g->n_repeated && s->repeats[i] ? -3 : 0;

	for (size_t j = i; g->n_repeated && j < g->range.to; j++)
		if (s->repeats[j] && strlen(text_of(s, j)) >= LONG_LINE)
			points -= 2;
	return points;
}

/* Points for a line after the title that begins the next summary too, or comes second in it. */
static int anchor_of(const struct search *s, const struct gap *g, size_t i)
{
	static const int points[] = { 6, 2 };
	const struct listing_range *next = &g->next_summary;

	for (size_t j = 0; j < 2 && next->from + j < next->to; j++)
		if (is_close(&s->print[i + 1], &s->print[next->from + j]))
			return points[j];
	return 0;
}

/* Points for a body, after a title at `i`, that its own summary repeats. */
static int points_after(const struct search *s, struct gap *g, size_t i)
{
	size_t next = g->next_summary.from, last = g->range.to;
	int points;

	if (i + 1 == g->range.to)
		return 0;
	if (!g->next_has_summary)
		return -1;
	points = g->anchors_left ? anchor_of(s, g, i) : 0;
	if (!points)
		return -2;
	g->anchors_left--;
	if (last > i + MOST_COMPARED)
		last = i + MOST_COMPARED;
	for (size_t j = i + 1; j < last; j++)
		points += find_repeated(s, j, &g->next_summary, &next) ? 1 : -1;
	return points < 2 ? 2 : points;
}

/* A title's words come back in the sentence after it. */
static int points_for_echo(const struct search *s, const struct gap *g, size_t i)
{
	if (i + 1 >= g->range.to || s->print[i].n_words < 2)
		return 0;
	return share_in(&s->print[i], &s->print[i + 1]) >= 60 ? 2 : 0;
}

static int points_of(const struct search *s, struct gap *g, size_t i, bool *is_sure)
{
	int look = looks(s, i, g->range.to);
	int before = points_before(s, g, i);
	int after;

	if (look <= IMPOSSIBLE || before <= IMPOSSIBLE)
		return IMPOSSIBLE;
	after = points_after(s, g, i);
	*is_sure = after > 0 || g->n_repeated > 0 || !g->has_summary;
	return look + before + after + points_repeated_after(s, g, i) + points_for_echo(s, g, i);
}

/* Sums are kept running where a gap is long, so that choosing takes no square of it. */
enum { LONGEST_GAP = 2000 };

static bool may_be_tried(const struct search *s, const struct gap *g, size_t i)
{
	if (g->range.to - g->range.from <= LONGEST_GAP)
		return true;
	return looks(s, i, g->range.to) > 0 && (i + 1 == g->range.to || anchor_of(s, g, i)) &&
	       g->anchors_left > 0;
}

static size_t choose_title(const struct search *s, struct gap *g, bool *is_sure)
{
	size_t best = g->range.from;
	int most = IMPOSSIBLE - 1;

	for (size_t i = g->range.from; i < g->range.to; i++) {
		bool sure = false;
		int points;

		if (!may_be_tried(s, g, i))
			continue;
		points = points_of(s, g, i, &sure);
		if (points <= most)
			continue;
		most = points;
		best = i;
		*is_sure = sure;
	}
	return best;
}

/* The first line of a listing is the name of its site: its second may be the first title. */
static size_t choose_first_title(const struct search *s, struct gap *g, bool *is_sure)
{
	size_t first = g->range.from, best;

	if (g->range.to - first < 2)
		return first;
	g->has_summary = true;
	best = choose_title(s, g, is_sure);
	if (best == first && !*is_sure && looks(s, first + 1, g->range.to) >= 1)
		best = first + 1;
	return best;
}

/* ---- all of them ---------------------------------------------------------------------- */

static struct gap gap_before(const struct search *s, size_t k)
{
	const struct label_block *block = s->blocks->block, *next = &block[k];
	size_t n_blocks = s->blocks->n_blocks;
	struct gap g = { .anchors_left = MOST_ANCHORS };

	g.range.from = k ? block[k - 1].to : 0;
	g.range.to = next->from;
	g.has_summary = k && block[k - 1].label[LABEL_SUMMARY].told;
	g.next_has_summary = next->label[LABEL_SUMMARY].told;
	g.next_summary.from = next->to;
	g.next_summary.to = k + 1 < n_blocks ? block[k + 1].from : s->lines->n_lines;
	return g;
}

static enum status refuse(const struct search *s, struct listing_error *error, size_t line,
			  const char *code, const char *message)
{
	size_t n = s->lines->n_lines;

	error->line = s->lines->line[line < n ? line : n - 1].number;
	error->code = code;
	error->message = message;
	return INVALID;
}

static enum status place_title(struct search *s, struct listing_raws *raws, size_t k,
			       struct listing_error *error)
{
	struct listing_raw *raw = &raws->raw[k], *last = k ? raw - 1 : NULL;
	struct gap g = gap_before(s, k);
	size_t next;

	if (g.range.from >= g.range.to)
		return refuse(s, error, g.range.to, "no_title",
			      "these labels have no title before them");
	if (last) {
		g.n_repeated = mark_repeated(s, &g.range, &last->body, &next);
		raw->title = choose_title(s, &g, &raw->is_sure);
		last->summary = (struct listing_range){ g.range.from, raw->title };
	} else {
		raw->title = choose_first_title(s, &g, &raw->is_sure);
		raws->preamble = (struct listing_range){ 0, raw->title };
	}
	raw->body = (struct listing_range){ raw->title + 1, g.range.to };
	memcpy(raw->label, s->blocks->block[k].label, sizeof(raw->label));
	return OK;
}

static const struct print *prints_of(struct arena *a, const struct listing_lines *lines)
{
	struct print *print = arena_make(a, struct print, lines->n_lines + 1);

	for (size_t i = 0; i < lines->n_lines; i++)
		print[i] = print_of(a, lines->line[i].text);
	return print;
}

/* ---- a listing cut in its last record ------------------------------------------------- */

static bool is_cut_inside(const struct search *s, size_t i, const struct listing_range *body)
{
	const char *text = text_of(s, i);
	size_t length = strlen(text);

	for (size_t j = body->from; j < body->to; j++)
		if (!strncmp(text_of(s, j), text, length) && text_of(s, j)[length])
			return true;
	return false;
}

/* Prose that stops in the middle of a line that has no end. */
static bool is_cut_in_prose(const struct search *s, size_t i)
{
	static const char *const ending[] = { ".", "!", "?", "…", ":", ";", "»", "\"", "”", ")" };
	const char *text = text_of(s, i);

	if (!s->lines->ends_open || s->lines->line[i].is_item || strlen(text) < LONG_LINE)
		return false;
	for (size_t k = 0; k < sizeof(ending) / sizeof(*ending); k++)
		if (ends_with(text, ending[k]))
			return false;
	return true;
}

/* After a summary that repeats its body to the end, what follows was a record of its own. */
static enum status check_remains(struct search *s, const struct listing_raw *raw,
				 struct listing_error *error)
{
	size_t next, last = raw->summary.from;

	if (!mark_repeated(s, &raw->summary, &raw->body, &next) || next + 1 < raw->body.to ||
	    (next < raw->body.to && raw->body.to - raw->body.from < MANY_LINES))
		return OK;
	for (size_t i = raw->summary.from; i < raw->summary.to; i++)
		if (s->repeats[i])
			last = i;
	/* One more line may be anything; of several, the first may be a title of one word. */
	if (last + 1 >= raw->summary.to ||
	    looks(s, last + 1, raw->summary.to) < (last + 2 < raw->summary.to ? -1 : 1))
		return OK;
	return refuse(s, error, last + 1, "no_labels",
		      "what begins here has no labels: the listing seems to be cut");
}

/* How far a summary repeats its body, line after line from the first. */
enum repetition { NOT_AT_ALL, IN_PART, TO_THE_END };

static enum repetition repetition_of(const struct search *s, const struct listing_raw *raw)
{
	size_t n = raw->summary.to - raw->summary.from, n_body = raw->body.to - raw->body.from;

	if (!n || !n_body || n > n_body)
		return n && n_body &&
				       is_alike(&s->print[raw->summary.from],
						&s->print[raw->body.from])
			       ? TO_THE_END
			       : NOT_AT_ALL;
	for (size_t i = 0; i < n; i++)
		if (!is_alike(&s->print[raw->summary.from + i], &s->print[raw->body.from + i]))
			return NOT_AT_ALL;
	return n < n_body ? IN_PART : TO_THE_END;
}

/* Where every other summary repeats its whole body, one that stops short was cut. */
static bool stops_short(const struct search *s, const struct listing_raws *raws)
{
	const struct listing_raw *last = &raws->raw[raws->n_raws - 1];
	size_t n_whole = 0;

	if (repetition_of(s, last) != IN_PART)
		return false;
	if (last->summary.to - last->summary.from >= MANY_LINES)
		return true;
	for (size_t k = 0; k + 1 < raws->n_raws; k++) {
		enum repetition how = repetition_of(s, &raws->raw[k]);

		if (how == IN_PART)
			return false;
		n_whole += how == TO_THE_END;
	}
	return n_whole >= 2;
}

static bool another_has_no_summary(const struct listing_raws *raws)
{
	for (size_t k = 0; k + 1 < raws->n_raws; k++)
		if (raws->raw[k].label[LABEL_SUMMARY].told &&
		    raws->raw[k].summary.from == raws->raw[k].summary.to)
			return true;
	return false;
}

static bool all_others_tell(const struct listing_raws *raws, enum listing_label label)
{
	for (size_t k = 0; k + 1 < raws->n_raws; k++)
		if (!raws->raw[k].label[label].told)
			return false;
	return true;
}

static bool lacks_value(const struct listing_raw *raw, enum listing_label label)
{
	const struct listing_values *v = &raw->label[label];

	return v->told && v->range.from == v->range.to;
}

static enum status check_last_labels(const struct search *s, const struct listing_raws *raws,
				     struct listing_error *error)
{
	const struct listing_raw *last = &raws->raw[raws->n_raws - 1];
	size_t end = s->lines->n_lines - 1;

	if (lacks_value(last, LABEL_KIND) || lacks_value(last, LABEL_PRIVATE))
		return refuse(s, error, end, "no_value",
			      "this label has no value: the listing seems to be cut");
	if (last->label[LABEL_SUMMARY].told && !another_has_no_summary(raws))
		return refuse(s, error, end, "no_value",
			      "this label has no value: the listing seems to be cut");
	if ((!last->label[LABEL_PRIVATE].told && all_others_tell(raws, LABEL_PRIVATE)) ||
	    (!last->label[LABEL_KIND].told && all_others_tell(raws, LABEL_KIND)) ||
	    (!last->label[LABEL_SUMMARY].told && last->body.from == last->body.to))
		return refuse(s, error, end, "no_label",
			      "the last record lacks labels: the listing seems to be cut");
	return OK;
}

static enum status check_last(struct search *s, const struct listing_raws *raws,
			      struct listing_error *error)
{
	const struct listing_raw *last = &raws->raw[raws->n_raws - 1];
	size_t end = s->lines->n_lines - 1;

	if (last->summary.from >= last->summary.to)
		return check_last_labels(s, raws, error);
	if (!last->label[LABEL_SUMMARY].told)
		return refuse(s, error, last->summary.from, "no_labels",
			      "what begins here has no labels: the listing seems to be cut");
	if (is_cut_inside(s, end, &last->body) || is_cut_in_prose(s, end) || stops_short(s, raws))
		return refuse(s, error, end, "cut", "the listing seems to be cut in this line");
	return check_remains(s, last, error);
}

/* In a summary that no body repeats, a title whose words the next line takes up. */
static size_t find_suspect(const struct search *s, const struct listing_raw *raw)
{
	for (size_t i = raw->summary.from + 1; i + 1 < raw->summary.to; i++)
		if (looks(s, i, raw->summary.to) >= 2 && s->print[i].n_words >= 2 &&
		    share_in(&s->print[i], &s->print[i + 1]) >= 60 &&
		    s->print[i + 1].n_words > s->print[i].n_words)
			return i;
	return 0;
}

/* A title among them that ends a summary early would leave a record without labels. */
static enum status check_inner(struct search *s, const struct listing_raws *raws,
			       struct listing_error *error)
{
	for (size_t k = 0; k + 1 < raws->n_raws; k++) {
		const struct listing_raw *raw = &raws->raw[k];

		if (raw->summary.to - raw->summary.from > 2 && check_remains(s, raw, error) != OK)
			return INVALID;
	}
	return OK;
}

enum status listing_records_find(struct arena *a, const struct listing_lines *lines,
				 struct listing_raws *raws, struct listing_error *error)
{
	struct label_blocks blocks = label_blocks_find(a, lines);
	struct search s = { a, lines, prints_of(a, lines), &blocks,
			    arena_make(a, bool, lines->n_lines + 1) };
	enum status status = OK;

	*raws = (struct listing_raws){ .n_raws = blocks.n_blocks };
	if (!blocks.n_blocks)
		return refuse(&s, error, 0, "no_record",
			      "no resource here: no line says 'Type de ressource'");
	if (blocks.n_blocks > LISTING_RECORDS_MAX)
		return refuse(&s, error, blocks.block[LISTING_RECORDS_MAX].from, "too_many",
			      "the listing has more than 10000 resources");
	raws->raw = arena_make(a, struct listing_raw, blocks.n_blocks);
	for (size_t k = 0; k < blocks.n_blocks && status == OK; k++)
		status = place_title(&s, raws, k, error);
	if (status != OK)
		return status;
	raws->raw[blocks.n_blocks - 1].summary =
		(struct listing_range){ blocks.block[blocks.n_blocks - 1].to, lines->n_lines };
	status = check_last(&s, raws, error);
	if (status == OK)
		status = check_inner(&s, raws, error);
	if (status == OK)
		raws->suspect = find_suspect(&s, &raws->raw[blocks.n_blocks - 1]);
	return status;
}
