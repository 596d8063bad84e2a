#include "search/world.h"

#include "base/arena.h"

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

/* Families stand together, so that a voice of few words has whole ones. */
/* clang-format off */
static const char *const lexicon[] = {
	"marché", "marche", "marchés", "Marché", "marcher", "marchent", "de", "la", "les", "des",
	"du", "l’", "d'", "élu", "élus", "élue", "élues", "élu·e·s", "élu.e", "élus et élues",
	"SIEG", "sieg", "S.I.E.G.", "siège", "sièges", "siéger", "SIÈGE", "siege", "et", "aux",
	"vice-président", "vice-présidente", "vice", "président", "présidente", "viceprésident",
	"président·e", "co-construction", "coconstruction", "co", "construction",
	"constructions", "co-constructions", "construire", "(re)construire", "reconstruire",
	"est", "sur", "SCIC", "SCICs", "scic", "scics", "compte-rendu", "compte", "rendu",
	"comptes", "rendus", "dans", "directeur·trice", "directrice", "directeur", "directeurs",
	"tous·tes", "tous", "toutes", "celles·eux", "celles", "eux", "ceux", "côté", "cote",
	"côte", "cotes", "côtés", "à", "a", "n° 9", "9", "9e", "9ème", "n°112", "112", "2024",
	"12 h 30", "1,5", "10 000", "XXIe", "œuvre", "oeuvre", "œuvres", "l’œuvre",
	"aujourd’hui", "d’emploi", "emploi", "emplois", "l'emploi", "employé·e", "employés",
	"employée", "week-end", "weekend", "week", "end", "là-bas", "celui-ci", "au-delà", "au",
	"delà", "d-es", "l-a", "es", "en-les", "agent.e.s", "agents", "agent", "agente",
	"habitant-e-s", "habitant", "habitants", "habitantes", "PTCE", "ptce", "ptces", "PTCEs",
	"AMAP", "amap", "amaps", "R&D", "C++", "c", "d", "l", "que", "lors-que", "lorsque",
	"lors", "pen-\ndant", "pendant", "dant", "puis-que", "puisque", "eau", "eaux",
	"national", "nationaux", "nationale", "ESS", "ess", "E.S.S.", "île", "presqu’île",
	"presqu'ile", "prud’hommes", "entr’acte", "breton·ne·s", "bretons", "bretonnes",
};
/* clang-format on */

static uint64_t next(struct voice *v)
{
	uint64_t z = v->state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

unsigned voice_pick(struct voice *v, unsigned n)
{
	return (unsigned)(next(v) >> 32) % n;
}

bool voice_once(struct voice *v, unsigned n)
{
	return voice_pick(v, n) == 0;
}

/* Runs of neighbours, from places taken at random. */
void voice_init(struct voice *v, uint64_t seed, size_t n_words)
{
	*v = (struct voice){ .state = seed };
	if (n_words > VOICE_WORDS)
		n_words = VOICE_WORDS;
	while (v->n_words < n_words) {
		size_t from = voice_pick(v, LENGTH(lexicon)), n = 3 + voice_pick(v, 5);

		for (size_t i = 0; i < n && v->n_words < n_words; i++)
			v->word[v->n_words++] = lexicon[(from + i) % LENGTH(lexicon)];
	}
}

/* The first ones most often. */
static const char *word(struct voice *v)
{
	unsigned n = (unsigned)v->n_words;

	return v->word[voice_once(v, 2) ? voice_pick(v, n) : voice_pick(v, 1 + voice_pick(v, n))];
}

static const char *between(struct voice *v)
{
	static const char *const rare[] = { ", ",  ". ", " ", "-",  "\n", "\n\n",
					    " / ", "’",  "·", " (", ") " };

	return voice_once(v, 8) ? rare[voice_pick(v, LENGTH(rare))] : " ";
}

static const char *in_capitals(struct arena *a, const char *text)
{
	char *upper = arena_strdup(a, text);

	for (char *c = upper; *c; c++)
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
	return upper;
}

const char *voice_text(struct voice *v, struct arena *a, unsigned n_words)
{
	const char *text = word(v);

	for (unsigned i = 1; i < n_words; i++) {
		const char *sign = between(v);

		text = arena_printf(a, "%s%s%s", text, sign, word(v));
	}
	return voice_once(v, 24) ? in_capitals(a, text) : text;
}
