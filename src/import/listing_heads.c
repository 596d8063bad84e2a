#include "import/listing_heads.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "import/listing_words.h"

enum { MOST_DATES = 50, MOST_WORDS = 60 };

const char *const session_nouns[] = { "webinaire*",
				      "web-conference*",
				      "webconference*",
				      "visioconference*",
				      "visio-conference*",
				      "conference*",
				      "rencontre*",
				      "atelier*",
				      "seminaire*",
				      "table ronde",
				      "tables rondes",
				      "table-ronde",
				      "colloque*",
				      "forum*",
				      "petit-dejeuner*",
				      "petit dejeuner",
				      "journee*",
				      "seance*",
				      "rendez-vous",
				      "visio",
				      "webin",
				      NULL };

static const char *const verbs[] = {
	"organis*",    "propose*",  "proposait",    "a reuni",         "a permis", "aura lieu",
	"se tiendra*", "a eu lieu", "s' est tenu*", "s' est deroule*", "a ete",    "ont",
	"est",         "sont",      "sera",         "seront",          "fait",     "permet*",
	"invite*",     "revient",   "reviendra",    "ont ete",         "vous",     NULL,
};

static const char *const ordinals[] = { "1er",       "1ere",      "premier", "premiere",  "2e",
					"2eme",      "deuxieme",  "second*", "3e",        "3eme",
					"troisieme", "4e",        "4eme",    "quatrieme", "5e",
					"5eme",      "cinquieme", "6e",      "6eme",      NULL };

/* ---- dates ------------------------------------------------------------------------------ */

bool date_outside_quotes(const char *text, struct french_date *date)
{
	struct french_date d;
	size_t from = 0;
	bool found = false;

	for (int i = 0; i < MOST_DATES && french_date_find(text, from, &d); i++) {
		bool better = d.weekday >= 0 || d.starts >= 0;

		from = d.at + d.length;
		if (!d.day || is_quoted_at(text, d.at))
			continue;
		if (!found || better)
			*date = d;
		found = true;
		if (better)
			break;
	}
	if (found && date->starts < 0 && french_hours_find(text, 0, &d) &&
	    !is_quoted_at(text, d.at)) {
		date->starts = d.starts;
		date->ends = d.ends;
	}
	return found;
}

static size_t words_outside(const struct words *w, size_t from, size_t to)
{
	size_t n = 0;

	for (size_t i = 0; i < w->n_words; i++)
		n += w->word[i].at < from || w->word[i].at >= to;
	return n;
}

bool head_is_day(struct arena *a, const char *text)
{
	struct french_date d;
	struct words w;

	if (!date_outside_quotes(text, &d) || strlen(text) > 120 || strchr(text, '.'))
		return false;
	w = words_of(a, text);
	return words_outside(&w, d.at, d.at + d.length) <= 1 && !strpbrk(text, "\"(|") &&
	       !strstr(text, "«");
}

/* ---- what leads ---------------------------------------------------------------------------- */

struct lead {
	size_t end;    /* bytes */
	int number;    /* 0 is none */
	bool is_event; /* "Webinaire", "Séance" */
};

static int small_number(const char *text)
{
	int n = atoi(text);

	return n > 0 && n < 100 ? n : 0;
}

/* "2 | …", "2. …", "2) …", "2/ …", "2 - …" */
static bool lead_figure(const char *text, struct lead *lead)
{
	size_t n = strspn(text, "0123456789"), at = n;

	if (!n || n > 2)
		return false;
	while (text[at] == ' ')
		at++;
	if (!text[at] || !(strchr("|/.):-", text[at]) || !strncmp(text + at, "–", 3)))
		return false;
	if (text[at + 1] && text[at + 1] != ' ' && text[at] != '|' &&
	    (unsigned char)text[at] < 0x80)
		return false;
	lead->number = small_number(text);
	lead->end = at + ((unsigned char)text[at] < 0x80 ? 1 : strlen("–"));
	return true;
}

/* "n°2", "N° 2", "#2", and "2" after the name of a session. */
static size_t take_number(const struct words *w, size_t i, bool bare, struct lead *lead)
{
	static const char *const sign[] = { "n°", "no", "numero", NULL };
	size_t n = words_match_any(w, i, sign);

	bare = bare || (i < w->n_words && w->word[i].at && w->text[w->word[i].at - 1] == '#');
	if ((!n && !bare) || i + n >= w->n_words)
		return 0;
	if (strspn(w->word[i + n].fold, "0123456789") != strlen(w->word[i + n].fold) ||
	    strlen(w->word[i + n].fold) > 2)
		return 0;
	lead->number = small_number(w->word[i + n].fold);
	lead->end = w->word[i + n].end;
	return n + 1;
}

/* A bare number after the name is its own only when no month follows: "Webinaire 2 – …". */
static bool is_set_off(const struct words *w, size_t i)
{
	const char *after;

	if (i >= w->n_words)
		return false;
	after = w->text + w->word[i].end;
	after += strspn(after, " ");
	return *after == ':' || *after == '-' || *after == '|' || !strncmp(after, "–", 3) ||
	       !strncmp(after, "«", 2) || !*after;
}

static bool lead_words(const struct words *w, struct lead *lead)
{
	size_t i = 0, n;
	bool ordinal = words_match_any(w, 0, ordinals) > 0;

	if (!w->n_words || w->word[0].at > 4)
		return false;
	if (take_number(w, 0, false, lead))
		return true;
	i += ordinal;
	n = words_match_any(w, i, session_nouns);
	if (!n)
		return false;
	lead->is_event = true;
	lead->end = w->word[i + n - 1].end;
	if (ordinal)
		lead->number = small_number(w->word[0].fold);
	take_number(w, i + n, is_set_off(w, i + n), lead);
	return true;
}

static bool lead_of(const struct words *w, struct lead *lead)
{
	*lead = (struct lead){ 0 };
	return lead_figure(w->text, lead) || lead_words(w, lead);
}

/* ---- whether it heads a session -------------------------------------------------------------- */

static bool tells_a_story(const struct words *w, size_t end)
{
	for (size_t i = 0; i < w->n_words && w->word[i].at < end; i++)
		if (words_match_any(w, i, verbs) && !is_quoted_at(w->text, w->word[i].at))
			return true;
	return false;
}

/* A day that comes first heads what follows it when more than a bare day says so. */
static bool is_led_by_day(const struct words *w, const struct french_date *d)
{
	size_t before = word_at(w, d->at), after = word_at(w, d->at + d->length);
	struct span inner, outer;

	if (before > 1 || after >= w->n_words)
		return false;
	if (before == 1 && strcmp(w->word[0].fold, "le") != 0)
		return false;
	return d->starts >= 0 || d->weekday >= 0 ||
	       (quoted_find(w->text, d->at + d->length, &inner, &outer) &&
		outer.at < w->word[after].at);
}

bool head_is_session(struct arena *a, const char *text, const char *next)
{
	struct words w = words_of(a, text);
	size_t end = sentence_end(text, 0);
	struct french_date d;
	struct lead lead;
	bool led = lead_of(&w, &lead), dated = date_outside_quotes(text, &d);

	if (w.n_words > MOST_WORDS || w.n_words < 2)
		return false;
	if (dated && d.at + d.length > end)
		end = d.at + d.length;
	if (tells_a_story(&w, end))
		return false;
	if (!dated)
		return led && next && head_is_day(a, next);
	return led || is_led_by_day(&w, &d);
}

/* ---- reading it ---------------------------------------------------------------------------------
 */

static const char *without_last_word(struct arena *a, const char *text)
{
	static const char *const last[] = { "le", "du", "de", "au", "les", NULL };
	struct words w = words_of(a, text);

	if (!w.n_words || !words_match_any(&w, w.n_words - 1, last) ||
	    w.word[w.n_words - 1].end != strlen(text))
		return text;
	return piece_of(a, text, 0, w.word[w.n_words - 1].at);
}

static const char *title_in(struct arena *a, const char *text, size_t from, size_t to)
{
	const char *title = without_last_word(a, piece_of(a, text, from, to));
	size_t length = strlen(title);

	if (length && (title[length - 1] == '(' || title[length - 1] == '.'))
		title = piece_of(a, title, 0, length - 1);
	return unquoted(a, title);
}

static bool has_words(struct arena *a, const char *text)
{
	return words_of(a, text).n_words > 0;
}

struct session_head head_read(struct arena *a, const char *text)
{
	struct words w = words_of(a, text);
	struct session_head head = { .title = "" };
	struct lead lead;
	size_t day_end;

	lead_of(&w, &lead);
	head.number = lead.number;
	head.has_date = date_outside_quotes(text, &head.date);
	if (!head.has_date) {
		head.title = title_in(a, text, lead.end, strlen(text));
		return head;
	}
	day_end = head.date.at + head.date.length;
	if (head.date.at > lead.end)
		head.title = title_in(a, text, lead.end, head.date.at);
	if (!has_words(a, head.title))
		head.title = title_in(a, text, day_end, sentence_end(text, day_end));
	return head;
}
