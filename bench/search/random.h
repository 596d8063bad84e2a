/*
 * random.h - numbers drawn always the same from the same seed, on every machine.
 */
#ifndef BENCH_RANDOM_H
#define BENCH_RANDOM_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

struct random {
	uint64_t state;
};

/* splitmix64, after Steele, Lea and Flood (2014). */
static inline uint64_t random_next(struct random *r)
{
	uint64_t z = r->state += 0x9E3779B97F4A7C15u;

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return z ^ z >> 31;
}

/* A stream of its own for each number of a document. */
static inline struct random random_of(uint64_t seed, uint64_t number)
{
	struct random r = { seed ^ (number + 1) * 0xD1B54A32D192ED03u };

	random_next(&r);
	return r;
}

/* From 0 up to `n`, not included. */
static inline uint32_t random_below(struct random *r, uint32_t n)
{
	return (uint32_t)((random_next(r) >> 32) * n >> 32);
}

static inline double random_unit(struct random *r)
{
	return (double)(random_next(r) >> 11) * 0x1p-53;
}

static inline bool random_chance(struct random *r, double p)
{
	return random_unit(r) < p;
}

/* A rank below `n` by the law of Zipf and Mandelbrot, of exponent 1: as 1 / (rank + shift). */
static inline uint32_t random_rank(struct random *r, uint32_t n, double shift)
{
	double rank = shift * (exp(random_unit(r) * log((n + shift) / shift)) - 1);

	return rank < n ? (uint32_t)rank : n - 1;
}

/* The first are drawn more often than the last, which still are. */
static inline uint32_t random_early(struct random *r, uint32_t n)
{
	double u = random_unit(r);

	return (uint32_t)(u * u * n);
}

#endif
