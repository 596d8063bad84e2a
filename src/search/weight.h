/*
 * weight.h - how much a word weighs in a document, kept in one byte.
 *
 * BM25F (Robertson, Zaragoza, Taylor: Simple BM25 extension to multiple weighted fields, 2004): the
 * occurrences of a word are summed over the zones of the document, each zone with its weight and
 * set against its length, before they saturate. Lengths are set against fixed ones rather than
 * the mean of the collection: the order of two documents then depends on them alone, whatever else
 * is added, removed or closed.
 */
#ifndef SEARCH_WEIGHT_H
#define SEARCH_WEIGHT_H

#include <stdint.h>

enum zone { ZONE_TITLE, ZONE_VOCABULARY, ZONE_SUMMARY, ZONE_PEOPLE, ZONE_BODY, N_ZONES };

/* How near what was found is to what was typed. */
enum nearness { SAME_FORM, SAME_FOLDED, SAME_STEM, N_NEARNESS };

/* From the occurrences in each zone and the words of each zone: 1 to 255, rising evenly with the
   logarithm. */
uint8_t weight_pack(const uint32_t occurrences[N_ZONES], const uint32_t length[N_ZONES]);

/* Whole units, so that sums do not depend on their order. */
enum { WEIGHT_UNIT = 4096 };

struct worth {
	uint32_t units[N_NEARNESS][256];
};

void worth_init(struct worth *w);

/*
 * What a word of that rarity brings to the score of a document, in units of SCORE_UNIT: whole ones
 * again, so that scores are the same in whatever order the words of a query are gone through.
 */
enum { SCORE_UNIT = 1 << 16 };

#define WEIGHT_K1 5.0f

/* Halved, units fit in the signed numbers that processors convert many at a time. */
static inline uint32_t weight_score(uint32_t units, float idf)
{
	float half = (float)(int32_t)(units >> 1);

	return (uint32_t)(int32_t)(SCORE_UNIT * idf * half / (half + WEIGHT_K1 * WEIGHT_UNIT / 2));
}

/* The rarity of a word that `frequency` of `n` documents hold. */
float weight_idf(uint32_t frequency, uint32_t n);

#endif
