/*
 * split.h - an amount cut into parts by weight, to the cent: the largest remainder (Hamilton's
 * method; CONTRACT, section 6). The parts always sum to the amount.
 */
#ifndef SIEG_SPLIT_H
#define SIEG_SPLIT_H

#include "sieg/value.h"

struct sieg_arena;
struct sieg_split;

/* Weights not below zero, with a sum above it. Made once, used for many amounts. */
struct sieg_split *sieg_split_by_rates(struct sieg_arena *a, const struct sieg_rate *weight,
				       size_t n);
struct sieg_split *sieg_split_by_cents(struct sieg_arena *a, const sieg_cents *weight, size_t n);

/* Cents left go to the largest fractions, ties to the first; an amount below zero is mirrored. */
void sieg_split(const struct sieg_split *s, sieg_cents amount, sieg_cents *part);

#endif
