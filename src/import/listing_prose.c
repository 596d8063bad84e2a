#include "import/listing_prose.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "import/listing_heads.h"

enum { NEAR = 7, LONGEST_AUDIENCE = 300 };

/* ---- a day in a sentence --------------------------------------------------------------- */

static const char *const holding[] = { "organis*",
				       "propose*",
				       "proposait",
				       "proposaient",
				       "se tien*",
				       "se tenait",
				       "aura lieu",
				       "auront lieu",
				       "a eu lieu",
				       "eu lieu",
				       "avait lieu",
				       "se deroul*",
				       "s' est tenu*",
				       "s' est deroule*",
				       "tenu",
				       "tenue",
				       "tenait",
				       "anime*",
				       "invit*",
				       "convi*",
				       "accueil*",
				       "reuni*",
				       "rassembl*",
				       "particip*",
				       "suivi",
				       "assiste*",
				       "retrouvons-nous",
				       "rejoignez*",
				       NULL };

static const char *const other[] = { "loi",           "lois",         "decret*",
				     "arrete*",       "circulaire*",  "ordonnance*",
				     "directive*",    "reglement*",   "recommandation*",
				     "avis",          "communique*",  "officiel",
				     "publie",        "publiee",      "publies",
				     "publiees",      "publication*", "paru",
				     "parue",         "parus",        "parution",
				     "adopt*",        "vote",         "votee",
				     "votes",         "signe",        "signee",
				     "signes",        "signature",    "promulgu*",
				     "inscri*",       "cloture*",     "mis a jour",
				     "mise a jour",   "mis en ligne", "mise en ligne",
				     "deliberation*", "municipal",    "assemblee*",
				     "accord*",       "convention*",  "limite",
				     "cree",          "creee",        "creation",
				     "fonde",         "fondee",       "election*",
				     "vigueur",       "modifie*",     "candidature*",
				     "depose*",       "depot",        "avant",
				     "jusqu'",        "depuis",       "compter",
				     "ouvre*",        "ouvrira*",     "renouvel*",
				     "actualise*",    "realise",      "realisee",
				     "consulte*",     "delai*",       NULL };

static const char *const mentioning[] = {
	"suite au",       "suite a la",  "suite a l'", "suite a un",      "suite a une",
	"suite aux",      "apres le",    "apres la",   "prolongement du", "prolongement de la",
	"faisant suite",  "fait suite",  "issu du",    "issue du",        "issus du",
	"lors du",        "lors de la",  "lors de l'", "lors d'",         "occasion du",
	"occasion de la", "occasion d'", "pendant le", "tire du",         NULL
};

static size_t begin_of(const struct words *w, const struct span *sentence)
{
	return word_at(w, sentence->at);
}

static bool has_noun(const struct words *w, size_t from, size_t to)
{
	return words_find(w, from, to, session_nouns) < to;
}

/* What a word tells of a day near it: 1 that something was held, -1 something else, 0 nothing. */
static int telling_at(const struct words *w, size_t i)
{
	if (words_match_any(w, i, other))
		return -1;
	return words_match_any(w, i, holding) || words_match_any(w, i, session_nouns);
}

static int nearest_before(const struct words *w, size_t first, size_t at)
{
	for (size_t i = at; i-- > first;)
		if (telling_at(w, i))
			return telling_at(w, i);
	return 0;
}

static int nearest_after(const struct words *w, size_t after, size_t last)
{
	for (size_t i = after; i < last; i++)
		if (telling_at(w, i))
			return telling_at(w, i);
	return 0;
}

/* "du 12 mars": of the noun before it, past the words between. */
static int noun_before(const struct words *w, size_t first, size_t at)
{
	size_t from = at > first + NEAR ? at - NEAR : first;

	for (size_t i = at; i-- > from;) {
		if (words_match_any(w, i, session_nouns))
			return 1;
		if (words_match_any(w, i, other))
			return -1;
	}
	return 0;
}

static bool is_of(const struct words *w, size_t at)
{
	static const char *const of[] = { "du", "des", "en date du", NULL };

	return words_match_before(w, at, of) > 0;
}

static bool is_held(const struct words *w, size_t first, size_t at, size_t after, size_t last)
{
	int told;

	if (is_of(w, at))
		return noun_before(w, first, at - 1) > 0;
	told = nearest_before(w, first, at);
	if (!told)
		told = nearest_after(w, after, last);
	return told > 0 && has_noun(w, first, last);
}

enum tie tie_of(const struct words *w, const struct span *sentence, const struct french_date *date)
{
	size_t first = begin_of(w, sentence), last = word_at(w, sentence->end);
	size_t at = word_at(w, date->at), after = word_at(w, date->at + date->length), mention;

	if (!date->day || !is_held(w, first, at, after, last))
		return NO_SESSION;
	mention = words_find(w, first, at, mentioning);
	if (mention == at || !has_noun(w, mention, at))
		return is_of(w, at) ? NAMED : HELD;
	return MENTIONED;
}

bool is_of_law(const struct words *w, const struct french_date *date)
{
	static const char *const law[] = { "loi",        "lois",        "decret*",
					   "arrete*",    "circulaire*", "ordonnance*",
					   "directive*", "reglement*",  "recommandation*",
					   NULL };
	size_t at = word_at(w, date->at), from = at > NEAR ? at - NEAR : 0;

	return words_find(w, from, at, law) < at;
}

bool reports(const struct words *w)
{
	static const char *const telling[] = { "replay*",     "retour",     "compte-rendu*",
					       "synthese*",   "retrouvez",  "revivez",
					       "inscri*",     "diaporama*", "particip*",
					       "rendez-vous", "revoir",     "voir",
					       NULL };

	return words_find(w, 0, w->n_words, telling) < w->n_words;
}

const char *session_noun_in(struct arena *a, const char *text)
{
	struct words w = words_of(a, text);
	size_t i = words_find(&w, 0, w.n_words, session_nouns), n;

	if (i == w.n_words)
		return NULL;
	n = words_match_any(&w, i, session_nouns);
	return piece_of(a, text, w.word[i].at, w.word[i + n - 1].end);
}

/* ---- how many, how long ------------------------------------------------------------------ */

static const char *const dozens[] = {
	"une dizaine",          "une quinzaine",        "une vingtaine",   "une trentaine",
	"une quarantaine",      "une cinquantaine",     "une soixantaine", "une centaine",
	"pres d' une centaine", "plus d' une centaine", "deux cents",      NULL
};
static const char *const abouts[] = { "pres de",  "plus de",   "environ",      "quelque",
				      "quelques", "autour de", "pas moins de", NULL };
static const char *const people[] = { "participant*",  "personne*", "elu*",       "agent*",
				      "inscrit*",      "auditeur*", "auditrice*", "professionnel*",
				      "spectat*",      "acteur*",   "actrice*",   "collectivites",
				      "representant*", "connecte*", NULL };
static const char *const coming[] = { "participant*", "participe*",  "suivi*",  "rassembl*",
				      "reuni*",       "rendez-vous", "presen*", "inscrit*",
				      "connecte*",    "assiste*",    NULL };

static bool is_number(const char *word)
{
	return *word && strspn(word, "0123456789") == strlen(word) && strlen(word) <= 4;
}

/* How many words from `i` are a quantity. */
static size_t quantity_at(const struct words *w, size_t i)
{
	size_t n = words_match_any(w, i, dozens), about;

	if (n)
		return n;
	about = words_match_any(w, i, abouts);
	if (i + about < w->n_words && is_number(w->word[i + about].fold))
		return about + 1;
	return 0;
}

static size_t past_of(const struct words *w, size_t i)
{
	static const char *const of[] = { "de", "d'", NULL };

	return i + words_match_any(w, i, of);
}

const char *attended_told(struct arena *a, const char *text)
{
	struct words w = words_of(a, text);

	for (size_t i = 0; i < w.n_words; i++) {
		size_t n = quantity_at(&w, i), from, to;

		if (!n || !words_match_any(&w, past_of(&w, i + n), people))
			continue;
		from = word_at(&w, i > NEAR ? w.word[i - NEAR].at : 0);
		to = word_at(&w, sentence_end(text, w.word[i].at));
		if (words_find(&w, from, to, coming) < to)
			return piece_of(a, text, w.word[i].at, w.word[i + n - 1].end);
	}
	return NULL;
}

/* "1h30", "2h", "90": minutes of what stands at word `i`, and in *n its words. */
static int minutes_at(const struct words *w, size_t i, size_t *n)
{
	char *end;
	const char *word = i < w->n_words ? w->word[i].fold : "";
	long hours = strtol(word, &end, 10);
	const char *unit = i + 1 < w->n_words ? w->word[i + 1].fold : "";

	*n = 1;
	if (end == word || hours <= 0 || hours > 999)
		return 0;
	if (*end == 'h' && hours < 24)
		return (int)hours * 60 + (end[1] ? atoi(end + 1) % 60 : 0);
	*n = 2;
	if (*end)
		return 0;
	if (!strcmp(unit, "minutes") || !strcmp(unit, "min"))
		return (int)hours;
	if ((!strcmp(unit, "h") || !strncmp(unit, "heure", 5)) && hours < 24)
		return (int)hours * 60 + (i + 2 < w->n_words && is_number(w->word[i + 2].fold)
						  ? atoi(w->word[i + 2].fold) % 60
						  : 0);
	return 0;
}

int duration_told(struct arena *a, const char *text)
{
	static const char *const said[] = { "d' une duree de", "duree", "duree de", NULL };
	struct words w = words_of(a, text);

	for (size_t i = 0; i < w.n_words; i++) {
		size_t used, n = words_match_any(&w, i, said);
		int minutes;

		if (!n && !words_match_any(&w, i, session_nouns))
			continue;
		n = n ? n : words_match_any(&w, i, session_nouns);
		i = past_of(&w, i + n);
		minutes = minutes_at(&w, i, &used);
		if (minutes)
			return minutes;
		i = i ? i - 1 : 0;
	}
	return 0;
}

/* ---- for whom ------------------------------------------------------------------------------- */

static const char *const meant_for[] = { "a destination des",
					 "a destination de",
					 "a destination d'",
					 "a destination du",
					 "a l' attention des",
					 "a l' intention des",
					 "a l' attention de",
					 "a l' intention de",
					 "destine* aux",
					 "destine* a",
					 "reserve* aux",
					 "reserve* a",
					 "ouvert* aux",
					 "ouvert* a",
					 "ouvert* uniquement aux",
					 "s' adresse* aux",
					 NULL };

/* A comma ends it, unless the list goes on: "des élus, des agents et des partenaires". */
static bool ends_audience(struct arena *a, const char *text, size_t at)
{
	static const char *const more[] = { "des", "de", "d'", "aux", "les", "et", "du", NULL };

	if (strchr(";:(", text[at]) || !strncmp(text + at, " pour ", 6))
		return true;
	return text[at] == ',' && !text_begins(a, text + at, more);
}

static size_t audience_end(struct arena *a, const char *text, size_t from)
{
	size_t stop = sentence_end(text, from);

	for (size_t at = from; at < stop; at++)
		if (ends_audience(a, text, at))
			return at;
	return stop;
}

const char *audience_told(struct arena *a, const char *text, size_t near)
{
	struct words w = words_of(a, text);
	size_t noun = words_find(&w, 0, w.n_words, session_nouns);
	size_t last = noun + near < w.n_words ? noun + near : w.n_words;
	size_t i = words_find(&w, noun, last, meant_for), n, end;
	const char *audience;

	if (i >= last)
		return NULL;
	n = words_match_any(&w, i, meant_for);
	end = audience_end(a, text, w.word[i + n - 1].end);
	audience = piece_of(a, text, w.word[i + n - 1].end, end);
	n = strlen(audience);
	if (n && audience[n - 1] == '.')
		audience = arena_strndup(a, audience, n - 1);
	return *audience && strlen(audience) <= LONGEST_AUDIENCE ? audience : NULL;
}

int restriction_told(struct arena *a, const char *sentence)
{
	static const char *const only[] = {
		"seul", "seule", "seuls", "seules", "uniquement", NULL
	};
	static const char *const sign[] = { "n°", "no", "numero", NULL };
	struct words w = words_of(a, sentence);
	size_t end = w.n_words < NEAR ? w.n_words : NEAR, i, n;

	if (!words_match_any(&w, 0, only) || !has_noun(&w, 0, end))
		return 0;
	i = words_find(&w, 0, end, sign);
	n = i < end ? words_match_any(&w, i, sign) : 0;
	return n && i + n < w.n_words && is_number(w.word[i + n].fold) ? atoi(w.word[i + n].fold)
								       : 0;
}

/* ---- cycles -----------------------------------------------------------------------------------
 */

static const char *const cycle_words[] = { "cycle", "cycles", "serie", "saison", NULL };
static const char *const number_words[] = { "zero", "un",   "deux", "trois", "quatre",
					    "cinq", "six",  "sept", "huit",  "neuf",
					    "dix",  "onze", "douze" };

static int number_of(const char *word)
{
	for (int i = 2; i < (int)(sizeof(number_words) / sizeof(*number_words)); i++)
		if (!strcmp(number_words[i], word))
			return i;
	return is_number(word) && strlen(word) <= 2 ? atoi(word) : 0;
}

bool says_cycle(struct arena *a, const char *text)
{
	return text_says(a, text, cycle_words);
}

int announced_told(struct arena *a, const char *text)
{
	struct words w = words_of(a, text);

	for (size_t i = words_find(&w, 0, w.n_words, cycle_words); i < w.n_words; i++)
		for (size_t k = i + 1; k < i + 6 && k + 1 < w.n_words; k++)
			if (number_of(w.word[k].fold) &&
			    words_match_any(&w, k + 1, session_nouns) &&
			    words_match_any(&w, i, cycle_words))
				return number_of(w.word[k].fold);
	return 0;
}

size_t years_told(struct arena *a, const char *text, int year[2])
{
	struct words w = words_of(a, text);
	size_t n = 0;

	for (size_t i = 0; i < w.n_words && n < 2; i++) {
		const char *word = w.word[i].fold;
		int value = atoi(word);

		if (strlen(word) != 4 && !(strlen(word) == 9 && word[4] == '-'))
			continue;
		if (strspn(word, "0123456789-") != strlen(word) || value < 1950 || value > 2100)
			continue;
		year[n++] = value;
		if (word[4] == '-' && n < 2 && atoi(word + 5) == value + 1)
			year[n++] = value + 1;
	}
	return n;
}

/* ---- titles
 * -------------------------------------------------------------------------------------- */

static size_t separator_size(const char *text)
{
	static const char *const mark[] = { " : ", " - ", " – ", " — ", " | ", ": " };

	for (size_t i = 0; i < sizeof(mark) / sizeof(*mark); i++)
		if (!strncmp(text, mark[i], strlen(mark[i])))
			return strlen(mark[i]);
	return 0;
}

static bool begins_session(struct arena *a, const char *text)
{
	return text_begins(a, text, session_nouns);
}

/* Where the last " - " piece that names the session begins: "… ? - conférence en ligne". */
static size_t tail_of(struct arena *a, const char *title)
{
	for (size_t at = strlen(title); at-- > 1;) {
		size_t n = separator_size(title + at);

		if (n && begins_session(a, title + at + n))
			return at;
	}
	return strlen(title);
}

bool title_is_of_session(struct arena *a, const char *title)
{
	return text_says(a, title, session_nouns);
}

const char *title_of_session(struct arena *a, const char *title)
{
	size_t end = tail_of(a, title);
	const char *whole = piece_of(a, title, 0, end), *rest = whole;

	if (!begins_session(a, whole))
		return unquoted(a, whole);
	for (size_t at = 1; whole[at]; at++) {
		size_t n = separator_size(whole + at);

		if (!n && strncmp(whole + at, "«", 2) != 0 && whole[at] != '"')
			continue;
		rest = piece_of(a, whole, at, strlen(whole));
		break;
	}
	return capitalised(a, words_of(a, rest).n_words >= 2 ? unquoted(a, rest) : whole);
}
