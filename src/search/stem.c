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
	size_t n_from, left; /* left: letters there must be before the ending */
};

#define WORD(from, to)                                                                             \
	{                                                                                          \
		from, to, sizeof(from) - 1, 0                                                      \
	}
#define ENDING(from, to, left)                                                                     \
	{                                                                                          \
		from, to, sizeof(from) - 1, left                                                   \
	}

/* Words whose other number or gender no rule tells, in the order of strcmp(). */
static const struct repair words[] = {
	WORD("adieux", "adieu"),
	WORD("amere", "amer"),
	WORD("aveux", "aveu"),
	WORD("balais", "balai"),
	WORD("basse", "bas"),
	WORD("baux", "bail"),
	WORD("bel", "beau"),
	WORD("belle", "beau"),
	WORD("blanche", "blanc"),
	WORD("chais", "chai"),
	WORD("cheveux", "cheveu"),
	WORD("clef", "cle"),
	WORD("clefs", "cle"),
	WORD("communication", "communiquer"),
	WORD("convois", "convoi"),
	WORD("coraux", "corail"),
	WORD("delais", "delai"),
	WORD("deloyaux", "deloyal"),
	WORD("dieux", "dieu"),
	WORD("digere", "digerer"),
	WORD("emplois", "emploi"),
	WORD("enjeux", "enjeu"),
	WORD("envois", "envoi"),
	WORD("epaisse", "epais"),
	WORD("essais", "essai"),
	WORD("essieux", "essieu"),
	WORD("exagere", "exagerer"),
	WORD("feux", "feu"),
	WORD("fraiche", "frais"),
	WORD("franche", "franc"),
	WORD("gais", "gai"),
	WORD("grasse", "gras"),
	WORD("grosse", "gros"),
	WORD("hebreux", "hebreu"),
	WORD("ideaux", "ideal"),
	WORD("jeux", "jeu"),
	WORD("jumelle", "jumeau"),
	WORD("lieux", "lieu"),
	WORD("lois", "loi"),
	WORD("longue", "long"),
	WORD("loyaux", "loyal"),
	WORD("materiaux", "materiau"),
	WORD("maux", "mal"),
	WORD("milieux", "milieu"),
	WORD("minerais", "minerai"),
	WORD("neveux", "neveu"),
	WORD("nouvel", "nouveau"),
	WORD("nouvelle", "nouveau"),
	WORD("octrois", "octroi"),
	WORD("parois", "paroi"),
	WORD("publication", "publier"),
	WORD("publique", "public"),
	WORD("quais", "quai"),
	WORD("remblais", "remblai"),
	WORD("renvois", "renvoi"),
	WORD("royaux", "royal"),
	WORD("seche", "sec"),
	WORD("suggere", "suggerer"),
	WORD("tournois", "tournoi"),
	WORD("travaux", "travail"),
	WORD("vieille", "vieil"),
	WORD("vieux", "vieil"),
	WORD("vitraux", "vitrail"),
	WORD("voeux", "voeu"),
	WORD("vrais", "vrai"),
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
	ENDING("ee", "e", 2),
};

static const struct repair endings[] = {
	ENDING("ificatrice", "ifier", 1),
	ENDING("ification", "ifier", 1),
	ENDING("ificateur", "ifier", 1),
	ENDING("trice", "teur", 2),
	ENDING("euse", "eur", 2),
	ENDING("iere", "ier", 1),
	ENDING("gere", "ger", 2),
	ENDING("chere", "cher", 2),
	ENDING("llere", "ller", 2),
	ENDING("yere", "yer", 2),
	ENDING("aise", "ais", 3),
	ENDING("oise", "ois", 2),
	ENDING("eaux", "eau", 0),
	ENDING("yaux", "yau", 0),
	ENDING("aux", "al", 2),
	ENDING("eux", "eur", 2),
	ENDING("oux", "ou", 1),
	ENDING("aluent", "alue", 1),
	ENDING("buent", "bue", 2),
	ENDING("tuent", "tue", 2),
	ENDING("nuent", "nue", 2),
	ENDING("inance", "inancer", 0),
	ENDING("communique", "communiquer", 0),
	ENDING("ndique", "ndiquer", 1),
	ENDING("plique", "pliquer", 1),
	ENDING("recie", "recier", 1),
	ENDING("nitie", "nitier", 0),
	ENDING("fie", "fier", 2),
	ENDING("fiez", "fier", 2),
	ENDING("ocie", "ocier", 2),
	ENDING("ncie", "ncier", 2),
	ENDING("ficie", "ficier", 2),
	ENDING("udie", "udier", 1),
	ENDING("ilie", "ilier", 2),
	ENDING("ublie", "ublier", 1),
	ENDING("prie", "prier", 3),
	ENDING("asse", "asser", 2),
	ENDING("tionner", "tion", 2),
	ENDING("tionne", "tion", 2),
	ENDING("sionner", "sion", 2),
	ENDING("sionne", "sion", 2),
	/* An "e" keeps Snowball from taking the rest for the ending of a verb. */
	ENDING("vers", "verse", 1),
	ENDING("mis", "mise", 1),
	ENDING("pris", "prise", 0),
	ENDING("quis", "quise", 1),
	ENDING("cis", "cise", 2),
	ENDING("gris", "grise", 0),
	ENDING("dit", "dite", 2),
	ENDING("crit", "crite", 0),
	ENDING("flit", "flite", 2),
	ENDING("elit", "elite", 1),
	ENDING("cit", "cite", 2),
	ENDING("bit", "bite", 2),
	ENDING("petit", "petite", 0),
	ENDING("fait", "faite", 0),
	ENDING("trait", "traite", 0),
	ENDING("sprit", "sprite", 1),
	ENDING("ofit", "ofite", 2),
	ENDING("nsit", "nsite", 2),
};

/* Of what Snowball leaves: "cheff" is "chef", "actif" is "activ", "employ" is "emploi". */
static const struct repair stems[] = {
	ENDING("ff", "v", 2),  ENDING("f", "v", 3),   ENDING("oy", "oi", 2),
	ENDING("ay", "ai", 2), ENDING("uy", "ui", 2),
};

static bool ends_in(const char *word, size_t n, const char *ending)
{
	size_t length = strlen(ending);

	return n >= length && !memcmp(word + n - length, ending, length);
}

/* No repair makes a word longer by more than two letters, for which `word` has room. */
static size_t put_ending(char *word, size_t n, const struct repair *r)
{
	size_t begin = n - r->n_from, length = strlen(r->to);

	memcpy(word + begin, r->to, length);
	return begin + length;
}

static size_t repair_ending(char *word, size_t n, const struct repair *r, size_t n_repairs)
{
	for (; n_repairs; n_repairs--, r++)
		if (n >= r->n_from + r->left && word[n - 1] == r->from[r->n_from - 1] &&
		    !memcmp(word + n - r->n_from, r->from, r->n_from))
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
