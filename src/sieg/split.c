#include "sieg/split.h"

#include <stdlib.h>

#include <gmp.h>

#include "sieg/arena.h"
#include "sieg/exact.h"

/*
 * Weights as whole numbers over one denominator. Where they are small enough for an amount times
 * a weight to hold in 128 bits, nothing else is needed; else each share is computed by GMP. GMP's
 * own memory is given back at once: the weights are kept as their digits.
 */
struct sieg_split {
	size_t n;
	struct sieg_rate *weight;
	bool is_small;
	sieg_wide *whole, total; /* of small weights */
	struct share {
		sieg_wide rest; /* of small weights */
		mpz_t big;
		sieg_cents *part;
	} * share;            /* room to work in */
	struct share **order; /* by what is left over, the largest first */
};

/* An amount is under 2^50. */
#define SMALL ((sieg_wide)1 << 76)

static bool multiple(sieg_wide *common, sieg_wide with)
{
	sieg_wide a = *common, b = with;

	while (b) {
		sieg_wide rest = a % b;

		a = b;
		b = rest;
	}
	*common = *common / a * with;
	return *common < SMALL;
}

static bool make_whole(struct sieg_split *s)
{
	sieg_wide common = 1;

	for (size_t i = 0; i < s->n; i++)
		if (!multiple(&common, s->weight[i].denominator))
			return false;
	for (size_t i = 0; i < s->n; i++) {
		if (__builtin_mul_overflow(s->weight[i].numerator,
					   common / s->weight[i].denominator, &s->whole[i]))
			return false;
		if (s->whole[i] >= SMALL)
			return false;
		s->total += s->whole[i];
		if (s->total >= SMALL)
			return false;
	}
	return true;
}

struct sieg_split *sieg_split_by_rates(struct sieg_arena *a, const struct sieg_rate *weight,
				       size_t n)
{
	struct sieg_split *s = sieg_make(a, struct sieg_split, 1);

	s->n = n;
	s->weight = sieg_make(a, struct sieg_rate, n);
	s->whole = sieg_make(a, sieg_wide, n);
	s->share = sieg_make(a, struct share, n);
	s->order = sieg_make(a, struct share *, n);
	for (size_t i = 0; i < n; i++)
		s->weight[i] = weight[i];
	s->is_small = make_whole(s);
	return s;
}

struct sieg_split *sieg_split_by_cents(struct sieg_arena *a, const sieg_cents *weight, size_t n)
{
	struct sieg_rate *rate = sieg_make(a, struct sieg_rate, n);

	for (size_t i = 0; i < n; i++)
		rate[i] = (struct sieg_rate){ weight[i], 1 };
	return sieg_split_by_rates(a, rate, n);
}

/* Shares stand in declared order: of two that are equal, the first comes first. */
static int by_place(const struct share *l, const struct share *r)
{
	return (l > r) - (l < r);
}

static int compare_small(const void *left, const void *right)
{
	const struct share *l = *(struct share *const *)left, *r = *(struct share *const *)right;

	return l->rest == r->rest ? by_place(l, r) : l->rest < r->rest ? 1 : -1;
}

static int compare_big(const void *left, const void *right)
{
	const struct share *l = *(struct share *const *)left, *r = *(struct share *const *)right;
	int order = mpz_cmp(r->big, l->big);

	return order ? order : by_place(l, r);
}

/* The parts hold their floors; `left` cents, fewer than there are parts, go out one by one. */
static void hand_out(const struct sieg_split *s, sieg_cents left, sieg_cents *part)
{
	if (!left)
		return;
	for (size_t i = 0; i < s->n; i++) {
		s->share[i].part = &part[i];
		s->order[i] = &s->share[i];
	}
	qsort(s->order, s->n, sizeof(*s->order), s->is_small ? compare_small : compare_big);
	for (sieg_cents i = 0; i < left; i++)
		++*s->order[i]->part;
}

static void split_small(const struct sieg_split *s, sieg_cents amount, sieg_cents *part)
{
	sieg_cents left = amount;

	for (size_t i = 0; i < s->n; i++) {
		sieg_wide product = s->whole[i] * amount;

		part[i] = (sieg_cents)(product / s->total);
		s->share[i].rest = product % s->total;
		left -= part[i];
	}
	hand_out(s, left, part);
}

static void split_big(const struct sieg_split *s, sieg_cents amount, sieg_cents *part)
{
	sieg_cents left = amount;
	mpz_t common, total, whole;
	mpq_t weight;

	mpz_init_set_ui(common, 1);
	mpz_inits(total, whole, NULL);
	mpq_init(weight);
	for (size_t i = 0; i < s->n; i++) {
		sieg_set_rate(weight, s->weight[i]);
		mpz_lcm(common, common, mpq_denref(weight));
	}
	for (size_t i = 0; i < s->n; i++) {
		sieg_set_rate(weight, s->weight[i]);
		mpz_init(s->share[i].big);
		mpz_divexact(whole, common, mpq_denref(weight));
		mpz_mul(s->share[i].big, whole, mpq_numref(weight));
		mpz_add(total, total, s->share[i].big);
	}
	for (size_t i = 0; i < s->n; i++) {
		mpz_mul_si(whole, s->share[i].big, amount);
		mpz_fdiv_qr(whole, s->share[i].big, whole, total);
		part[i] = mpz_get_si(whole);
		left -= part[i];
	}
	hand_out(s, left, part);
	for (size_t i = 0; i < s->n; i++)
		mpz_clear(s->share[i].big);
	mpz_clears(common, total, whole, NULL);
	mpq_clear(weight);
}

void sieg_split(const struct sieg_split *s, sieg_cents amount, sieg_cents *part)
{
	sieg_cents size = amount < 0 ? -amount : amount;

	if (s->is_small)
		split_small(s, size, part);
	else
		split_big(s, size, part);
	if (amount < 0)
		for (size_t i = 0; i < s->n; i++)
			part[i] = -part[i];
}
