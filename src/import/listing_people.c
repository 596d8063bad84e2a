#include "import/listing_people.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "import/listing_words.h"

enum { LONGEST_NAME = 5, LONGEST_TITLE = 400 };

/* ---- words ------------------------------------------------------------------------ */

static const char *const function_words[] = { "responsable*",
					      "direct*",
					      "charge*",
					      "chef*",
					      "cheffe*",
					      "adjoint*",
					      "president*",
					      "vice-president*",
					      "maire",
					      "conseill*",
					      "elu*",
					      "delegue*",
					      "coordinat*",
					      "coordonnat*",
					      "consultant*",
					      "cherche*",
					      "animat*",
					      "fondat*",
					      "cofondat*",
					      "co-fondat*",
					      "gerant*",
					      "cogerant*",
					      "secretaire*",
					      "referent*",
					      "profess*",
					      "avocat*",
					      "economiste*",
					      "sociologue*",
					      "ingenieur*",
					      "technicien*",
					      "correspondant*",
					      "administrat*",
					      "co-president*",
					      "copresident*",
					      "enseignant*",
					      "juriste*",
					      "expert*",
					      "membre*",
					      "salarie*",
					      "associe*",
					      "depute*",
					      "senat*",
					      "prefet*",
					      "sous-prefet*",
					      "agent*",
					      "assistant*",
					      "manager*",
					      "gestionnaire*",
					      "acheteu*",
					      "represent*",
					      "un.e",
					      "doctorant*",
					      "maitre*",
					      "conservat*",
					      "bibliothecaire*",
					      "benevole*",
					      "tresori*",
					      "porte-parole",
					      "ancien*",
					      "1er",
					      "1ere",
					      "premier*",
					      "2e",
					      "2eme",
					      "deuxieme",
					      "3e",
					      "3eme",
					      "troisieme",
					      "4e",
					      "4eme",
					      "5e",
					      "5eme",
					      NULL };

static const char *const organisation_words[] = {
	"conseil*",  "metropole*", "region*",       "ville*",       "departement*", "communaute*",
	"mairie*",   "direction*", "universite*",   "association*", "pole*",        "reseau*",
	"agence*",   "chambre*",   "centre*",       "federation*",  "union*",       "syndicat*",
	"institut*", "commune*",   "cooperative*",  "fondation*",   "ministere*",   "office*",
	"caisse*",   "banque*",    "observatoire*", "comite*",      "mouvement*",   "groupe*",
	"ecole*",    "maison*",    "prefecture*",   "pays",         "parc*",        "societe*",
	NULL
};

static const char *const linking[] = { "et les",    "et de la",     "et de l'",     "et de",
				       "et d'",     "ainsi que de", "ainsi que d'", "ainsi que les",
				       "ainsi que", "et du",        "et des",       "et",
				       "de la",     "de l'",        "de",           "d'",
				       "du",        "des",          "les",          NULL };

static const char *const particles[] = { "de", "du", "da",  "d'", "des", "van", "von",
					 "le", "la", "ben", "el", "di",  "del", NULL };

static bool is_capital_word(const struct words *w, size_t i)
{
	return i < w->n_words && begins_capital(w->text + w->word[i].at);
}

/* "DREAL", "CD88": no small letter in it. */
static bool is_acronym(const struct words *w, size_t i)
{
	size_t n = 0, size;

	for (size_t at = w->word[i].at; at < w->word[i].end; at += size) {
		unsigned c = utf8_decode(w->text + at, &size);

		if (!utf8_is_letter(c))
			continue;
		if (!begins_capital(w->text + at))
			return false;
		n++;
	}
	return n >= 2;
}

static bool is_beside(const struct words *w, size_t i)
{
	return w->word[i].at - w->word[i - 1].end == 1 && w->text[w->word[i - 1].end] == ' ';
}

/* How many words from `i` are a person's name: 0 when it is none. */
static size_t name_at(const struct words *w, size_t i)
{
	size_t n = 0, capitals = 0, last = 0;

	if (!is_capital_word(w, i) || is_acronym(w, i) ||
	    words_match_any(w, i, organisation_words) || words_match_any(w, i, function_words))
		return 0;
	while (i + n < w->n_words && n < LONGEST_NAME) {
		bool touches = n && w->word[i + n].at == w->word[i + n - 1].end;

		if (n && !touches && !is_beside(w, i + n))
			break;
		if (is_capital_word(w, i + n)) {
			capitals++;
			last = n + 1;
		} else if (!words_match_any(w, i + n, particles)) {
			break;
		}
		n++;
	}
	return capitals >= 2 ? last : 0;
}

static bool is_name(struct arena *a, const char *text)
{
	struct words w = words_of(a, text);
	size_t n = name_at(&w, 0);

	return n && n == w.n_words && w.word[n - 1].end == strlen(text) && w.word[0].at == 0;
}

static const char *trimmed(struct arena *a, const char *text)
{
	size_t length = strlen(text);

	text = piece_of(a, text, 0, length);
	length = strlen(text);
	while (length && strchr(".,;: ", text[length - 1]))
		length--;
	return arena_strndup(a, text, length);
}

static const char *without_linking(struct arena *a, const char *text)
{
	struct words w = words_of(a, text);
	size_t n = words_match_any(&w, 0, linking);

	if (!n || w.word[0].at != 0)
		return text;
	return piece_of(a, text, w.word[n - 1].end, strlen(text));
}

/* ---- a function and its organisation ------------------------------------------------- */

static const char *const at_organisation[] = {
	"a la",       "a l'",          "a",          "au", "aux", "chez", "au sein de la",
	"au sein du", "au sein de l'", "au sein de", NULL
};
static const char *const of_organisation[] = { "du", "de la", "de l'", "des", NULL };
static const char *const no_organisation[] = { "maire", "mairesse", "president*", "prefet*", NULL };

/* "la coopérative Les Vergnes": one of these in small letters, and a name after it. */
static const char *const bodies[] = { "agence",   "cooperative", "association", "federation",
				      "syndicat", "reseau",      "ville",       "commune",
				      "mairie",   "metropole",   "region",      "departement",
				      "conseil",  "communaute",  "fondation",   "universite",
				      "chambre",  "institut",    "societe",     "regie",
				      "ecole",    "banque",      "scic",        "scop",
				      "cae",      NULL };

static bool is_named_body(const struct words *w, size_t i)
{
	size_t end = i + 5 < w->n_words ? i + 5 : w->n_words;

	if (!words_match_any(w, i, bodies))
		return false;
	for (i++; i < end; i++)
		if (is_capital_word(w, i))
			return true;
	return false;
}

static bool begins_organisation(const struct words *w, size_t i)
{
	if (i >= w->n_words || words_match_any(w, i, no_organisation) ||
	    (!is_capital_word(w, i) && !is_named_body(w, i)))
		return false;
	for (size_t at = w->word[i].at; w->text[at]; at++)
		if (w->text[at] == ',')
			return false;
	return true;
}

static void cut_title(struct arena *a, struct listing_person *who, const char *text, size_t title,
		      size_t organisation)
{
	who->title = trimmed(a, arena_strndup(a, text, title));
	who->affiliation = trimmed(a, text + organisation);
}

/* "cheffe de projet … à Rivage Métropole": the last place that is told. */
static bool split_at(struct arena *a, struct listing_person *who, const struct words *w)
{
	for (size_t i = w->n_words; i-- > 1;) {
		size_t n = words_match_any(w, i, at_organisation);

		if (!n || !begins_organisation(w, i + n))
			continue;
		cut_title(a, who, w->text, w->word[i].at, w->word[i + n].at);
		return true;
	}
	return false;
}

/* "Déléguée générale du Réseau": the first, when nothing but the function is before it. */
static bool split_of(struct arena *a, struct listing_person *who, const struct words *w)
{
	for (size_t i = 1; i < w->n_words; i++) {
		size_t n = words_match_any(w, i, of_organisation);

		if (!n)
			continue;
		if (i > 5 || !begins_organisation(w, i + n))
			continue;
		cut_title(a, who, w->text, w->word[i].at, w->word[i + n].at);
		return true;
	}
	return false;
}

static bool is_function(struct arena *a, const char *text)
{
	size_t size;

	return text_begins(a, text, function_words) ||
	       (utf8_is_letter(utf8_decode(text, &size)) && !begins_capital(text));
}

static size_t last_comma(const char *text)
{
	size_t at = 0;
	int depth = 0;

	for (size_t i = 0; text[i]; i++) {
		depth += (text[i] == '(') - (text[i] == ')');
		if (text[i] == ',' && depth == 0)
			at = i;
	}
	return at;
}

/* What is told of someone: a function, an organisation, or both. */
static void tell(struct arena *a, struct listing_person *who, const char *text)
{
	size_t comma;
	struct words w;

	text = trimmed(a, text);
	if (!*text)
		return;
	if (!is_function(a, text)) {
		who->affiliation = text;
		return;
	}
	comma = last_comma(text);
	if (comma && begins_capital(trimmed(a, text + comma)) &&
	    !text_begins(a, trimmed(a, text + comma), function_words)) {
		cut_title(a, who, text, comma, comma);
		return;
	}
	w = words_of(a, text);
	if (!split_at(a, who, &w) && !split_of(a, who, &w))
		who->title = text;
}

/* ---- one of them ------------------------------------------------------------------------ */

void people_add(struct arena *a, struct listing_people *people, const struct listing_person *who)
{
	for (size_t i = 0; i < people->n_people && who->name; i++)
		if (people->person[i].name && !strcmp(people->person[i].name, who->name))
			return;
	*arena_push(a, people->person, people->n_people, people->capacity) = *who;
}

/* Where the name ends and what is told begins: "Name (…)", "Name - …", "Name, …". */
static size_t name_end(struct arena *a, const char *text)
{
	struct words w = words_of(a, text);
	size_t n = name_at(&w, 0), end;

	if (!n || w.word[0].at != 0)
		return 0;
	end = w.word[n - 1].end;
	while (text[end] == ' ')
		end++;
	return !text[end] || strchr("(,:", text[end]) || !strncmp(text + end, "- ", 2) ||
			       !strncmp(text + end, "– ", strlen("– ")) ||
			       !strncmp(text + end, "— ", strlen("— "))
		       ? end
		       : 0;
}

static const char *out_of_brackets(struct arena *a, const char *text)
{
	size_t length = strlen(text);

	if (*text == '(' && length > 2 && text[length - 1] == ')' && !strchr(text + 1, '('))
		return arena_strndup(a, text + 1, length - 2);
	return text;
}

static void read_one(struct arena *a, const char *text, struct listing_people *people)
{
	struct listing_person who = { .role = "speaker" };
	size_t end;

	text = trimmed(a, text);
	if (!*text || strlen(text) > LONGEST_TITLE)
		return;
	end = name_end(a, text);
	if (end) {
		who.name = trimmed(a, arena_strndup(a, text, end));
		tell(a, &who, out_of_brackets(a, trimmed(a, text + end)));
	} else if (is_function(a, text)) {
		tell(a, &who, text);
	} else {
		who.affiliation = text;
	}
	people_add(a, people, &who);
}

void people_read_item(struct arena *a, const char *text, struct listing_people *people)
{
	read_one(a, without_linking(a, trimmed(a, text)), people);
}

/* ---- a sentence that lists them ------------------------------------------------------------ */

/* "et de Mathilde Ory", "et Reseco": this "et" parts two of them. */
static bool parts_people(const struct words *w, size_t i)
{
	size_t n = words_match_any(w, i, linking), after;

	if (strcmp(w->word[i].fold, "et") != 0 && strcmp(w->word[i].fold, "ainsi") != 0)
		return false;
	if (name_at(w, i + n))
		return true;
	after = i + n;
	return is_capital_word(w, after) &&
	       (after + 1 == w->n_words || strchr(",(.;", w->text[w->word[after].end]));
}

/* Cuts at commas, and at each "et" that parts two names, outside brackets. */
static size_t next_cut(const struct words *w, size_t from, bool *is_and)
{
	int depth = 0;
	size_t i = word_at(w, from);

	for (size_t at = from; w->text[at]; at++) {
		depth += (w->text[at] == '(') - (w->text[at] == ')');
		while (i < w->n_words && w->word[i].at < at)
			i++;
		if (depth > 0)
			continue;
		*is_and = at > from && i < w->n_words && w->word[i].at == at && parts_people(w, i);
		if (*is_and || w->text[at] == ',' || w->text[at] == ';')
			return at;
	}
	*is_and = false;
	return strlen(w->text);
}

/* A piece after a comma goes on about the one before it. */
static bool goes_on(struct arena *a, const char *before, const char *piece)
{
	struct words w = words_of(a, piece), last = words_of(a, before);
	size_t n = words_match_any(&w, 0, linking);

	if (!*before || name_at(&w, n))
		return false;
	if (n && is_capital_word(&w, n))
		return false;
	if (w.n_words && !is_capital_word(&w, 0))
		return true;
	/* After "Name, function" an organisation is theirs; after "Name (…)" it stands alone. */
	return strchr(before, ',') && last.n_words > 2 && name_at(&last, 0) &&
	       !ends_with(before, ")");
}

/* "ses collaborateurs Marie-Charlotte Simon": someone else begins within a piece. */
static const char *past_possessive(struct arena *a, const char *piece)
{
	static const char *const possessive[] = { "et ses ?", "et sa ?", "et son ?", "ses ?",
						  "sa ?",     "son ?",   NULL };
	struct words w = words_of(a, piece);

	for (size_t i = 0; i < w.n_words; i++) {
		size_t n = words_match_any(&w, i, possessive);

		if (n && name_at(&w, i + n))
			return piece + w.word[i + n].at;
	}
	return NULL;
}

/* "directeur associé et ses collaborateurs": what only leads to the next names goes. */
static const char *without_possessive(struct arena *a, const char *text)
{
	static const char *const tail[] = { "et ses ?", "et sa ?", "et son ?", NULL };
	struct words w = words_of(a, text);
	size_t n = w.n_words >= 3 ? words_match_any(&w, w.n_words - 3, tail) : 0;

	return n == 3 ? piece_of(a, text, 0, w.word[w.n_words - 3].at) : text;
}

static void read_piece(struct arena *a, const char *piece, const char **pending,
		       struct listing_people *people)
{
	const char *other = past_possessive(a, piece);

	if (other)
		piece = without_possessive(a, piece_of(a, piece, 0, (size_t)(other - piece)));
	if (goes_on(a, *pending, piece)) {
		*pending = arena_printf(a, "%s, %s", *pending, piece);
	} else {
		read_one(a, *pending, people);
		*pending = without_linking(a, piece);
	}
	if (!other)
		return;
	read_one(a, *pending, people);
	*pending = other;
}

void people_read_sentence(struct arena *a, const char *text, struct listing_people *people)
{
	struct words w = words_of(a, arena_strndup(a, text, sentence_end(text, 0)));
	const char *pending = "";
	size_t at = 0, length = strlen(w.text);

	while (at < length) {
		bool is_and;
		size_t end = next_cut(&w, at, &is_and);

		read_piece(a, piece_of(a, w.text, at, end), &pending, people);
		at = is_and ? end : end + 1;
		if (is_and) {
			size_t i = word_at(&w, end);

			at = w.word[i + words_match_any(&w, i, linking) - 1].end;
			read_one(a, pending, people);
			pending = "";
		}
	}
	read_one(a, pending, people);
}

/* ---- what introduces them ----------------------------------------------------------------- */

static const char *const introductions[] = { "avec les interventions de",
					     "avec les interventions d'",
					     "avec l' intervention de",
					     "avec l' intervention d'",
					     "avec la participation de",
					     "avec la participation d'",
					     "avec les temoignages de",
					     "avec les temoignages d'",
					     "avec le temoignage de",
					     "avec le temoignage d'",
					     "interventions de",
					     "interventions d'",
					     "intervention de",
					     "intervention d'",
					     "interventions",
					     "intervenant*",
					     "en presence de",
					     "en presence d'",
					     "temoignages de",
					     "temoignages d'",
					     "temoignage de",
					     "temoignage d'",
					     "temoins",
					     "animation",
					     NULL };

static const char *const led_by[] = {
	"elements",  "introduction",  "presentation*", "cadrage", "conclusion",
	"animation", "intervention*", "temoignage*",   "regard*", "eclairage*",
	"ouverture", "cloture",       "focus",         NULL
};
static const char *const by[] = { "par", NULL };

/* "Eléments de cadrage par Prénom Nom". */
static const char *after_by(const struct words *w)
{
	size_t end = w->n_words < 7 ? w->n_words : 7;
	size_t i = words_find(w, 0, end, by);

	if (!words_match_any(w, 0, led_by) || i == end || !name_at(w, i + 1))
		return NULL;
	return w->text + w->word[i + 1].at;
}

const char *people_introduced(struct arena *a, const char *text)
{
	struct words w = words_of(a, text);
	size_t n = words_match_any(&w, 0, introductions);
	const char *rest;

	if (!n || w.word[0].at > 4)
		return after_by(&w);
	rest = piece_of(a, text, w.word[n - 1].end, strlen(text));
	/* "Témoignage de la ville": nobody in particular. "Interventions" alone leads a list. */
	if (*rest && !begins_capital(rest) && strcmp(rest, ".") != 0 &&
	    !strchr(text + w.word[n - 1].end, ':'))
		return NULL;
	return rest;
}

/* ---- in a sentence -------------------------------------------------------------------------- */

static size_t title_end(const struct words *w, size_t i, size_t stop)
{
	static const char *const and[] = { "et", "ainsi que", NULL };

	for (; i < w->n_words && w->word[i].at < stop; i++) {
		size_t n = words_match_any(w, i, and), name;

		if (i && w->text[w->word[i - 1].end] == ',')
			return w->word[i - 1].end;
		name = n ? name_at(w, i + n) : 0;
		if (name && w->text[w->word[i + n + name - 1].end] == ',')
			return w->word[i].at;
	}
	return stop;
}

void people_find(struct arena *a, const char *text, struct listing_people *people)
{
	struct words w = words_of(a, text);

	for (size_t i = 0; i < w.n_words; i++) {
		size_t n = name_at(&w, i), end;
		struct listing_person who = { .role = "speaker" };

		if (!n || i + n >= w.n_words || w.text[w.word[i + n - 1].end] != ',' ||
		    !words_match_any(&w, i + n, function_words))
			continue;
		end = title_end(&w, i + n + 1, sentence_end(text, w.word[i + n].at));
		who.name = piece_of(a, text, w.word[i].at, w.word[i + n - 1].end);
		tell(a, &who, piece_of(a, text, w.word[i + n].at, end));
		people_add(a, people, &who);
		i += n;
	}
}

/* ---- contacts -------------------------------------------------------------------------------- */

static bool is_mail_byte(char c)
{
	return isalnum((unsigned char)c) || (c && strchr("._-+", c));
}

bool email_find(const char *text, size_t from, size_t *at, size_t *end)
{
	for (size_t i = from; text[i]; i++) {
		if (text[i] != '@')
			continue;
		for (*at = i; *at > from && is_mail_byte(text[*at - 1]); --*at)
			;
		for (*end = i + 1; is_mail_byte(text[*end]); ++*end)
			;
		while (*end > i && !isalnum((unsigned char)text[*end - 1]))
			--*end;
		if (*at<i && * end> i + 3 && memchr(text + i, '.', *end - i))
			return true;
	}
	return false;
}

static const char *past_contact(struct arena *a, const char *text)
{
	static const char *const contact[] = {
		"contacts", "contact", "pour toute question", "renseignements", "inscription*", NULL
	};
	struct words w = words_of(a, text);
	size_t n = words_match_any(&w, 0, contact);
	const char *colon = strchr(text, ':');

	if (!n)
		return text;
	return colon ? colon + 1 : text + w.word[n - 1].end;
}

bool contact_read(struct arena *a, const char *text, struct listing_person *contact)
{
	size_t at, end;
	struct listing_people one = { 0 };
	const char *who;

	*contact = (struct listing_person){ .role = "contact" };
	if (!email_find(text, 0, &at, &end))
		return false;
	contact->email = arena_strndup(a, text + at, end - at);
	who = trimmed(a, past_contact(a, arena_strndup(a, text, at)));
	if (name_end(a, who)) {
		read_one(a, who, &one);
		contact->name = one.person[0].name;
		contact->title = one.person[0].title;
		contact->affiliation = one.person[0].affiliation;
	}
	if (!contact->name && !contact->title && !contact->affiliation)
		contact->name = is_name(a, who) ? who : contact->email;
	return true;
}
