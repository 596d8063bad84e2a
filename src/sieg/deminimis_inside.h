/*
 * deminimis_inside.h - what the files of the de minimis count share.
 *
 * Undertakings are told by their place in the document, once their ids are resolved.
 */
#ifndef SIEG_DEMINIMIS_INSIDE_H
#define SIEG_DEMINIMIS_INSIDE_H

#include "sieg/calc.h"
#include "sieg/deminimis.h"

/* Undertakings by id. */
struct sieg_directory {
	struct sieg_listed {
		const char *id;
		size_t place;
	} * listed; /* sorted */
	size_t n_listed;
};

#define SIEG_NOWHERE SIZE_MAX

void sieg_directory_init(struct sieg_directory *d, struct sieg_arena *a,
			 const struct sieg_deminimis *in);

/* SIEG_NOWHERE when the id is NULL, or names none. */
size_t sieg_place(const struct sieg_directory *d, const char *id);

/* Stage B. */
void sieg_deminimis_check(const struct sieg_deminimis *in, const struct sieg_directory *d,
			  struct sieg_issues *errors);

/* An aid, or the request as one. */
struct sieg_grant {
	const struct sieg_aid *aid; /* NULL: the request */
	const char *id, *path, *sgei;
	size_t beneficiary, used_by;
	enum sieg_regulation_name name;
	const struct sieg_regulation *regulation;
	sieg_day day, covers_from, covers_to;
	sieg_cents gge;
};

/* Its equivalent, and the errors of one that cannot be had. */
struct sieg_equivalent sieg_equivalent_of(struct sieg_calc *calc, const struct sieg_grant *grant,
					  const struct sieg_instrument *instrument);

/*
 * Who holds what on a day, after the mergers and splits until then, and who is one undertaking
 * with whom. It goes from day to day, never back; grants to come are in it, so who counts says
 * until which day.
 */
struct sieg_ledger;

struct sieg_ledger *sieg_ledger_new(struct sieg_arena *a, const struct sieg_deminimis *in,
				    const struct sieg_directory *d, const struct sieg_grant *grant,
				    size_t n_grants);
void sieg_ledger_go(struct sieg_ledger *l, sieg_day day);

/* Mergers and splits made more parts than can be held: what is told after that is wrong. */
bool sieg_ledger_is_full(const struct sieg_ledger *l);

/* What became of an undertaking. */
size_t sieg_heir(const struct sieg_ledger *l, size_t undertaking);

/* For each undertaking one that stands for its group: the same for all of it. */
const size_t *sieg_groups(struct sieg_ledger *l, const struct sieg_regulation *regulation);

struct sieg_holding {
	size_t grant; /* its place among those of the ledger */
	sieg_cents cents;
	sieg_cents before; /* the sum of all that stand before in the ledger */
};

/* Of one holder, by regulation then grant date; an aid may be there in several parts, next to
 * each other. */
const struct sieg_holding *sieg_holdings(struct sieg_ledger *l, size_t holder, size_t *n);

/* The sum of what a holder has of the regulations in `names` (bits), granted on these days. */
sieg_wide sieg_sum_held(struct sieg_ledger *l, size_t holder, unsigned names, sieg_day from,
			sieg_day to);

#endif
