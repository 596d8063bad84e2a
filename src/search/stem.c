#include "search/analyse.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

struct stemmer {
	struct sb_stemmer *snowball;
};

struct stemmer *stemmer_new(void)
{
	struct stemmer *st = malloc(sizeof(*st));

	if (!st)
		die("out of memory");
	st->snowball = sb_stemmer_new("french", "UTF_8");
	if (!st->snowball)
		die("libstemmer has no French");
	return st;
}

void stemmer_free(struct stemmer *st)
{
	if (!st)
		return;
	sb_stemmer_delete(st->snowball);
	free(st);
}

/* ---- repairs -------------------------------------------------------------------------- */

/* A word, or an ending, and what is read in its place. */
struct repair {
	const char *from, *to;
	size_t left; /* letters there must be before the ending */
};

/* Words whose other number or gender no rule tells, in the order of strcmp(). */
static const struct repair words[] = {
	{ "adieux", "adieu", 0 },
	{ "amere", "amer", 0 },
	{ "aveux", "aveu", 0 },
	{ "balais", "balai", 0 },
	{ "basse", "bas", 0 },
	{ "baux", "bail", 0 },
	{ "bel", "beau", 0 },
	{ "belle", "beau", 0 },
	{ "blanche", "blanc", 0 },
	{ "chais", "chai", 0 },
	{ "cheveux", "cheveu", 0 },
	{ "clef", "cle", 0 },
	{ "communication", "communiquer", 0 },
	{ "convois", "convoi", 0 },
	{ "coraux", "corail", 0 },
	{ "delais", "delai", 0 },
	{ "deloyaux", "deloyal", 0 },
	{ "dieux", "dieu", 0 },
	{ "digere", "digerer", 0 },
	{ "emplois", "emploi", 0 },
	{ "enjeux", "enjeu", 0 },
	{ "envois", "envoi", 0 },
	{ "epaisse", "epais", 0 },
	{ "essais", "essai", 0 },
	{ "essieux", "essieu", 0 },
	{ "exagere", "exagerer", 0 },
	{ "feux", "feu", 0 },
	{ "fraiche", "frais", 0 },
	{ "franche", "franc", 0 },
	{ "gais", "gai", 0 },
	{ "grasse", "gras", 0 },
	{ "grosse", "gros", 0 },
	{ "hebreux", "hebreu", 0 },
	{ "ideaux", "ideal", 0 },
	{ "jeux", "jeu", 0 },
	{ "jumelle", "jumeau", 0 },
	{ "lieux", "lieu", 0 },
	{ "lois", "loi", 0 },
	{ "longue", "long", 0 },
	{ "loyaux", "loyal", 0 },
	{ "materiaux", "materiau", 0 },
	{ "maux", "mal", 0 },
	{ "milieux", "milieu", 0 },
	{ "minerais", "minerai", 0 },
	{ "neveux", "neveu", 0 },
	{ "nouvel", "nouveau", 0 },
	{ "nouvelle", "nouveau", 0 },
	{ "octrois", "octroi", 0 },
	{ "parois", "paroi", 0 },
	{ "publication", "publier", 0 },
	{ "publique", "public", 0 },
	{ "quais", "quai", 0 },
	{ "remblais", "remblai", 0 },
	{ "renvois", "renvoi", 0 },
	{ "royaux", "royal", 0 },
	{ "seche", "sec", 0 },
	{ "suggere", "suggerer", 0 },
	{ "tournois", "tournoi", 0 },
	{ "travaux", "travail", 0 },
	{ "vieille", "vieil", 0 },
	{ "vieux", "vieil", 0 },
	{ "vitraux", "vitrail", 0 },
	{ "voeux", "voeu", 0 },
	{ "vrais", "vrai", 0 },
};

/* Words that are their own stems, lest they meet another: "pays" and "payer". The same order. */
static const char *const wholes[] = {
	"attention",   "avenant",   "avenir",     "commune", "cours",         "course",    "delai",
	"departement", "direction", "dispositif", "duree",   "environnement", "essai",     "fois",
	"formation",   "foyer",     "francais",   "france",  "loi",           "loyer",     "maree",
	"mars",        "mois",      "montant",    "musee",   "organisme",     "parlement", "pays",
	"plus",        "puis",      "trois",
};

/*
 * Endings of what has lost the "s" of its plural; each list is gone through once, and its first
 * that fits is the one. Accents would have told Snowball some of it, but folding has taken them
 * away: it would take "vérifié" for a noun, "classé" for a subjunctive. "-eux" and "-eur" have one
 * feminine, so they become one.
 */
static const struct repair participles[] = {
	{ "ee", "e", 2 },
};

static const struct repair endings[] = {
	{ "trice", "teur", 2 },
	{ "euse", "eur", 2 },
	{ "iere", "ier", 1 },
	{ "gere", "ger", 2 },
	{ "chere", "cher", 2 },
	{ "llere", "ller", 2 },
	{ "yere", "yer", 2 },
	{ "aise", "ais", 3 },
	{ "oise", "ois", 2 },
	{ "eaux", "eau", 0 },
	{ "yaux", "yau", 0 },
	{ "aux", "al", 2 },
	{ "eux", "eur", 2 },
	{ "oux", "ou", 1 },
	{ "aluent", "alue", 1 },
	{ "buent", "bue", 2 },
	{ "tuent", "tue", 2 },
	{ "nuent", "nue", 2 },
	{ "inance", "inancer", 0 },
	{ "communique", "communiquer", 0 },
	{ "ndique", "ndiquer", 1 },
	{ "plique", "pliquer", 1 },
	{ "recie", "recier", 1 },
	{ "nitie", "nitier", 0 },
	{ "fie", "fier", 2 },
	{ "fiez", "fier", 2 },
	{ "ification", "ifier", 1 },
	{ "ificateur", "ifier", 1 },
	{ "ocie", "ocier", 2 },
	{ "ncie", "ncier", 2 },
	{ "ficie", "ficier", 2 },
	{ "udie", "udier", 1 },
	{ "ilie", "ilier", 2 },
	{ "ublie", "ublier", 1 },
	{ "prie", "prier", 3 },
	{ "asse", "asser", 2 },
	{ "tionner", "tion", 2 },
	{ "tionne", "tion", 2 },
	{ "sionner", "sion", 2 },
	{ "sionne", "sion", 2 },
	/* An "e" keeps Snowball from taking the rest for the ending of a verb. */
	{ "vers", "verse", 1 },
	{ "mis", "mise", 1 },
	{ "pris", "prise", 0 },
	{ "quis", "quise", 1 },
	{ "cis", "cise", 2 },
	{ "gris", "grise", 0 },
	{ "dit", "dite", 2 },
	{ "crit", "crite", 0 },
	{ "flit", "flite", 2 },
	{ "elit", "elite", 1 },
	{ "cit", "cite", 2 },
	{ "bit", "bite", 2 },
	{ "petit", "petite", 0 },
	{ "fait", "faite", 0 },
	{ "trait", "traite", 0 },
	{ "sprit", "sprite", 1 },
	{ "ofit", "ofite", 2 },
	{ "nsit", "nsite", 2 },
};

/* Of what Snowball leaves: "cheff" is "chef", "actif" is "activ", "employ" is "emploi". */
static const struct repair stems[] = {
	{ "ff", "v", 2 }, { "f", "v", 3 }, { "oy", "oi", 2 }, { "ay", "ai", 2 }, { "uy", "ui", 2 },
};

static bool ends_in(const char *word, size_t n, const char *ending)
{
	size_t length = strlen(ending);

	return n >= length && !memcmp(word + n - length, ending, length);
}

/* No repair makes a word longer by more than two letters, for which `word` has room. */
static size_t put_ending(char *word, size_t n, const struct repair *r)
{
	size_t begin = n - strlen(r->from), length = strlen(r->to);

	memcpy(word + begin, r->to, length);
	return begin + length;
}

static size_t repair_ending(char *word, size_t n, const struct repair *r, size_t n_repairs)
{
	for (; n_repairs; n_repairs--, r++)
		if (n >= strlen(r->from) + r->left && ends_in(word, n, r->from))
			return put_ending(word, n, r);
	return n;
}

static int compare_repair(const void *key, const void *item)
{
	return strcmp(key, ((const struct repair *)item)->from);
}

static int compare_text(const void *key, const void *item)
{
	return strcmp(key, *(const char *const *)item);
}

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

static bool repair_word(char *word, size_t *n)
{
	const struct repair *r;

	word[*n] = '\0';
	r = bsearch(word, words, LENGTH(words), sizeof(*words), compare_repair);
	if (r)
		*n = put_ending(word, *n, r);
	return r;
}

static bool is_whole(char *word, size_t n)
{
	word[n] = '\0';
	return bsearch(word, wholes, LENGTH(wholes), sizeof(*wholes), compare_text);
}

/* Is its "s" no plural's? "divers", "soumis", "inclus": their feminine keeps it. */
static bool keeps_s(const char *word, size_t n)
{
	static const char *const kept[] = { "vers", "mis", "pris", "quis", "cis", "gris",
					    "sis",  "fus", "clus", "trus", "ais", "ois" };

	if (ends_in(word, n, "amis") || ends_in(word, n, "ennemis"))
		return false;
	for (size_t i = 0; i < LENGTH(kept); i++)
		if (ends_in(word, n, kept[i]))
			return true;
	return false;
}

/*
 * Snowball keeps the "s" after a vowel ("élus"), takes "-ions" for a verb's, and what it makes of
 * "-er" it must see bare.
 */
static size_t drop_plural(const char *word, size_t n)
{
	if (n < 4 || word[n - 1] != 's')
		return n;
	switch (word[n - 2]) {
	case 'a':
	case 'o':
		return n > 4 ? n - 1 : n;
	case 'e':
	case 'u':
	case 'i':
	case 'r':
		return keeps_s(word, n) ? n : n - 1;
	case 'n':
		return ends_in(word, n, "ions") || ends_in(word, n, "erons") ||
				       ends_in(word, n, "issons")
			       ? n - 1
			       : n;
	case 't':
		return n - 1;
	default:
		return n;
	}
}

/* ---- stems ------------------------------------------------------------------------------- */

static bool has_figure(const char *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (word[i] >= '0' && word[i] <= '9')
			return true;
	return false;
}

static size_t snowball(struct stemmer *st, char *word, size_t n)
{
	const sb_symbol *stem = sb_stemmer_stem(st->snowball, (const sb_symbol *)word, (int)n);

	if (!stem)
		die("out of memory");
	n = (size_t)sb_stemmer_length(st->snowball);
	memcpy(word, stem, n);
	return n;
}

static size_t stem_word(struct stemmer *st, char *word, size_t n)
{
	if (is_whole(word, n))
		return n;
	if (!repair_word(word, &n)) {
		n = drop_plural(word, n);
		if (!is_whole(word, n))
			n = repair_ending(word, n, participles, LENGTH(participles));
		if (!is_whole(word, n) && !repair_word(word, &n))
			n = repair_ending(word, n, endings, LENGTH(endings));
	}
	if (is_whole(word, n))
		return n;
	n = snowball(st, word, n);
	return repair_ending(word, n, stems, LENGTH(stems));
}

size_t form_stem(struct stemmer *st, const char *folded, size_t length, char stem[FORM_MAX + 1])
{
	char word[2 * FORM_MAX];
	size_t n = length < FORM_MAX ? length : FORM_MAX;

	memcpy(word, folded, n);
	if (!has_figure(word, n))
		n = stem_word(st, word, n);
	if (!n || n > FORM_MAX) {
		n = length < FORM_MAX ? length : FORM_MAX;
		memcpy(word, folded, n);
	}
	memcpy(stem, word, n);
	stem[n] = '\0';
	return n;
}
