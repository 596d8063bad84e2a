/*
 * rule.h - the law as data: each rule with its article and how far its text was read, each
 * decision and regulation with its days and thresholds.
 *
 * A new decision or regulation is a new row in rule.c, and its tests. The sources are named in
 * each row; the state of the data is SIEG_DATA.
 */
#ifndef SIEG_RULE_H
#define SIEG_RULE_H

#include "sieg/day.h"

#define SIEG_CONTRACT "halle-sieg/1"
#define SIEG_DATA     "2026-11-23"

/* Choices of this program: what is due is told so many months before, and an aid that takes so
 * many percent of its ceiling is near it. */
#define SIEG_WARNING_MONTHS 6
#define SIEG_NEAR_PERCENT   90

/* How far the text of a rule was verified. */
enum sieg_standing {
	SIEG_PRIMARY,     /* P: read in a copy of the text itself */
	SIEG_SECONDARY,   /* S2: read in a source about it */
	SIEG_KNOWN,       /* K: from own knowledge, not read again */
	SIEG_CHOICE,      /* D: a choice of this program; no text fixes it */
	SIEG_UNCONFIRMED, /* U */
};

/* In the order of the identifiers' bytes. */
/* clang-format off */
#define SIEG_RULES(X) \
	X(SIEG_ALT, "ALT", "Altmark C-280/00, paras 88-93", SIEG_PRIMARY) \
	X(SIEG_DEC05, "DEC05", "Decision 2005/842/EC", SIEG_KNOWN) \
	X(SIEG_DEC05_C, "DEC05-C", "Decision 2005/842/EC art. 6", SIEG_KNOWN) \
	X(SIEG_DEC05_M, "DEC05-M", "Decision 2005/842/EC art. 4", SIEG_KNOWN) \
	X(SIEG_DEC05_S, "DEC05-S", "Decision 2005/842/EC art. 2(1)(b)-(d)", SIEG_KNOWN) \
	X(SIEG_DEC05_T, "DEC05-T", "Decision 2005/842/EC art. 2(1)(a)", SIEG_KNOWN) \
	X(SIEG_DEC12_C, "DEC12-C", "Decision 2012/21/EU art. 5(10), 6", SIEG_KNOWN) \
	X(SIEG_DEC12_D, "DEC12-D", "Decision 2012/21/EU art. 2(2)", SIEG_KNOWN) \
	X(SIEG_DEC12_H, "DEC12-H", "Decision 2012/21/EU art. 2(1)(b)", SIEG_PRIMARY) \
	X(SIEG_DEC12_K, "DEC12-K", "Decision 2012/21/EU art. 8", SIEG_KNOWN) \
	X(SIEG_DEC12_L, "DEC12-L", "Decision 2012/21/EU art. 2(5)", SIEG_KNOWN) \
	X(SIEG_DEC12_M, "DEC12-M", "Decision 2012/21/EU art. 4", SIEG_KNOWN) \
	X(SIEG_DEC12_N, "DEC12-N", "Decision 2012/21/EU art. 5(1)-(3)", SIEG_PRIMARY) \
	X(SIEG_DEC12_P, "DEC12-P", "Decision 2012/21/EU art. 5(5), 5(7)", SIEG_KNOWN) \
	X(SIEG_DEC12_Q, "DEC12-Q", "Decision 2012/21/EU art. 9", SIEG_SECONDARY) \
	X(SIEG_DEC12_R, "DEC12-R", "Decision 2012/21/EU art. 5(4)", SIEG_KNOWN) \
	X(SIEG_DEC12_S, "DEC12-S", "Decision 2012/21/EU art. 2(1)(c)", SIEG_PRIMARY) \
	X(SIEG_DEC12_T, "DEC12-T", "Decision 2012/21/EU art. 2(1)(a)", SIEG_PRIMARY) \
	X(SIEG_DEC12_V, "DEC12-V", "Decision 2012/21/EU art. 7", SIEG_SECONDARY) \
	X(SIEG_DEC12_X, "DEC12-X", "Decision 2012/21/EU art. 2(1)(d)-(e)", SIEG_PRIMARY) \
	X(SIEG_DEC25, "DEC25", "Decision (EU) 2025/2630", SIEG_SECONDARY) \
	X(SIEG_DEC25_10, "DEC25-10", "Decision (EU) 2025/2630, carry-over", SIEG_UNCONFIRMED) \
	X(SIEG_DEC25_AH, "DEC25-AH", "Decision (EU) 2025/2630 art. 2, annex", SIEG_SECONDARY) \
	X(SIEG_DEC25_C, "DEC25-C", "Decision (EU) 2025/2630, control", SIEG_SECONDARY) \
	X(SIEG_DEC25_D, "DEC25-D", "Decision (EU) 2025/2630 art. 2", SIEG_SECONDARY) \
	X(SIEG_DEC25_T, "DEC25-T", "Decision (EU) 2025/2630 art. 2", SIEG_SECONDARY) \
	X(SIEG_DEC25_V, "DEC25-V", "Decision (EU) 2025/2630, publication", SIEG_SECONDARY) \
	X(SIEG_DMG07, "DMG07", "Regulation (EC) 1998/2006 art. 2(2)", SIEG_SECONDARY) \
	X(SIEG_DMG14, "DMG14", "Regulation (EU) 1407/2013 art. 3(2)", SIEG_PRIMARY) \
	X(SIEG_DMG24, "DMG24", "Regulation (EU) 2023/2831 art. 3(2)", SIEG_PRIMARY) \
	X(SIEG_DMS12, "DMS12", "Regulation (EU) 360/2012 art. 2(2)", SIEG_PRIMARY) \
	X(SIEG_DMS12_X, "DMS12-X", "Regulation (EU) 360/2012 art. 2(5), (7), (8)", SIEG_PRIMARY) \
	X(SIEG_DMS24, "DMS24", "Regulation (EU) 2023/2832 art. 3(2)", SIEG_PRIMARY) \
	X(SIEG_DMS24_B, "DMS24-B", "Regulation (EU) 2023/2832 art. 7(1)-(3)", SIEG_PRIMARY) \
	X(SIEG_DMS24_C, "DMS24-C", "Regulation (EU) 2023/2832 art. 5(1)-(2)", SIEG_PRIMARY) \
	X(SIEG_DMS24_E, "DMS24-E", "Regulation (EU) 2023/2832 rec. 9", SIEG_PRIMARY) \
	X(SIEG_DMS24_G, "DMS24-G", "Regulation (EU) 2023/2832 art. 3(3), (5)-(7)", SIEG_PRIMARY) \
	X(SIEG_DMS24_L, "DMS24-L", "Regulation (EU) 2023/2832 art. 4(3), 4(6)", SIEG_PRIMARY) \
	X(SIEG_DMS24_M, "DMS24-M", "Regulation (EU) 2023/2832 art. 3(8)-(9)", SIEG_PRIMARY) \
	X(SIEG_DMS24_R, "DMS24-R", "Regulation (EU) 2023/2832 art. 6(1)-(5)", SIEG_PRIMARY) \
	X(SIEG_DMS24_U, "DMS24-U", "Regulation (EU) 2023/2832 art. 2(2)", SIEG_PRIMARY) \
	X(SIEG_FR_ACC, "FR-ACC", "C. com. L612-4", SIEG_KNOWN) \
	X(SIEG_FR_AGREE, "FR-AGREE", "Loi 2000-321 art. 10, decret 2001-495 art. 1", SIEG_KNOWN) \
	X(SIEG_FR_CJF, "FR-CJF", "CJF L211-8", SIEG_SECONDARY) \
	X(SIEG_FR_CRF, "FR-CRF", "Loi 2000-321 art. 10, arrete 24 May 2005", SIEG_PRIMARY) \
	X(SIEG_FRA05, "FRA05", "Framework 2005/C 297/04", SIEG_KNOWN) \
	X(SIEG_FRA12, "FRA12", "Framework 2012/C 8/03", SIEG_KNOWN) \
	X(SIEG_HAL_ACT, "HAL-ACT", "practice checklist", SIEG_CHOICE) \
	X(SIEG_HAL_CAP, "HAL-CAP", "yearly cap of the act", SIEG_CHOICE) \
	X(SIEG_HAL_CONS, "HAL-CONS", "conservation over the life of the act", SIEG_CHOICE) \
	X(SIEG_HAL_DATE, "HAL-DATE", "no rule in force on that day", SIEG_CHOICE) \
	X(SIEG_HAL_DEPR, "HAL-DEPR", "linear depreciation by days, sum over the life equal to the cost", SIEG_CHOICE) \
	X(SIEG_HAL_DIFF, "HAL-DIFF", "difference with the forecast", SIEG_CHOICE) \
	X(SIEG_HAL_EXCL, "HAL-EXCL", "cost not admitted", SIEG_CHOICE) \
	X(SIEG_HAL_FULFIL, "HAL-FULFIL", "fulfilment clause of the act", SIEG_CHOICE) \
	X(SIEG_HAL_FUNDER, "HAL-FUNDER", "repayment follows what each funder paid", SIEG_CHOICE) \
	X(SIEG_HAL_MAX, "HAL-MAX", "compensation is a maximum, not a due", SIEG_CHOICE) \
	X(SIEG_HAL_MON, "HAL-MON", "monitoring, information only", SIEG_CHOICE) \
	X(SIEG_HAL_NONET, "HAL-NONET", "acts, services and operators are never netted", SIEG_CHOICE) \
	X(SIEG_HAL_OTHER, "HAL-OTHER", "other de minimis regulation", SIEG_CHOICE) \
	X(SIEG_HAL_Q1, "HAL-Q1", "economic activity", SIEG_CHOICE) \
	X(SIEG_HAL_Q2, "HAL-Q2", "real service of general economic interest", SIEG_CHOICE) \
	X(SIEG_HAL_Q3, "HAL-Q3", "initiative of the project", SIEG_CHOICE) \
	X(SIEG_HAL_Q6, "HAL-Q6", "de minimis asked for", SIEG_CHOICE) \
	X(SIEG_HAL_SPLIT, "HAL-SPLIT", "largest remainder", SIEG_CHOICE) \
	X(SIEG_HAL_UNIT, "HAL-UNIT", "unit cost ceiling of the act", SIEG_CHOICE)
/* clang-format on */

#define SIEG_RULE_NAME(name, id, article, standing) name,
enum sieg_rule { SIEG_NO_RULE, SIEG_RULES(SIEG_RULE_NAME) SIEG_N_RULES };
#undef SIEG_RULE_NAME

struct sieg_rule_text {
	const char *id, *article;
	enum sieg_standing standing;
};

/* Never NULL; SIEG_NO_RULE has no text. */
const struct sieg_rule_text *sieg_rule_text(enum sieg_rule rule);

/* "P", "S2", "K", "D" or "U". */
const char *sieg_standing_letter(enum sieg_standing standing);

enum sieg_sector {
	SIEG_GENERAL,
	SIEG_HOSPITAL,
	SIEG_SOCIAL_HOUSING,
	SIEG_SOCIAL_NEED,
	SIEG_AFFORDABLE_HOUSING,
	SIEG_ISLAND_LINK,
	SIEG_PORT,
	SIEG_AIRPORT,
	SIEG_LAND_TRANSPORT,
	SIEG_N_SECTORS,
};

/* A day of any year. */
struct sieg_year_day {
	int month, day;
};

/* How a decision tells whether a service of some sector is in its scope. */
enum sieg_scope_test { SIEG_AMOUNT, SIEG_NO_CEILING, SIEG_PASSENGERS, SIEG_NOT_KNOWN };

struct sieg_scope {
	enum sieg_scope_test test; /* SIEG_AMOUNT unless told */
	enum sieg_rule rule;       /* NO_CEILING and PASSENGERS */
	int64_t passengers;        /* a year, on average of two */
};

/* Clauses of a decision, each under its rule. */
enum sieg_clause {
	SIEG_CONTROL,  /* when to check, and to repay */
	SIEG_CARRY,    /* what may be carried over */
	SIEG_DURATION, /* SIEG_NO_RULE: not limited */
	SIEG_RECORDS,
	SIEG_CONTENTS, /* of the act */
	SIEG_NET_COST,
	SIEG_PROFIT,
	SIEG_REVENUE,
	SIEG_CEILING,
	SIEG_STATE_REPORT, /* SIEG_NO_RULE: none is due */
	SIEG_PUBLICATION,  /* idem */
	SIEG_FRAMEWORK,    /* of who is out of the decision's scope */
	SIEG_N_CLAUSES,
};

/* A decision of the Commission on compensation that need not be notified. */
struct sieg_regime {
	const char *name;
	int from, to; /* days of the act, both included, as yyyymmdd; `to` 0: no end */
	enum sieg_rule rule[SIEG_N_CLAUSES];
	int control_years;                 /* a period of control is at most so long */
	int carry_part;                    /* one part in so many of the average may be carried */
	int carry_part_of[SIEG_N_SECTORS]; /* idem, where a sector has its own; else 0 */
	bool carry_to_confirm;             /* carrying over needs an answer */
	bool exemptions;          /* some need no full check, once a person has confirmed it */
	struct sieg_rate premium; /* percent above the swap rate that capital may always earn */
	sieg_cents ceiling;       /* of the average compensation of a year */
	bool below_ceiling;     /* the ceiling itself is too much, and turnover is looked at too */
	sieg_cents turnover;    /* of a year, on average of two: below this */
	sieg_cents publication; /* above this */
	bool publication_if_outside; /* only where the operator has other activities */
	int months;       /* an act is at most so long, unless there is an investment to amortise */
	int record_years; /* kept after the end of the act */
	int report_from, report_every; /* years of the State's report, and one in so many */
	struct sieg_year_day report_by;
	struct sieg_scope scope[SIEG_N_SECTORS];
};

/* NULL before the first decision. */
const struct sieg_regime *sieg_regime_of(sieg_day act_date);

/* The first of all. */
const struct sieg_regime *sieg_regime_first(void);

/* What an association that had a grant hands over after each of its exercises. */
struct sieg_account {
	enum sieg_rule rule;
	int months; /* after the end of the exercise */
};

const struct sieg_account *sieg_account(void);

/* De minimis. */
enum sieg_regulation_name {
	SIEG_360_2012,
	SIEG_2023_2832,
	SIEG_1998_2006,
	SIEG_1407_2013,
	SIEG_2023_2831,
	SIEG_OTHER_REGULATION, /* agriculture, fishery */
	SIEG_N_REGULATIONS,
};

/* A loan or a guarantee that is worth the ceiling: so much of principal, for so many years. */
struct sieg_yardstick {
	sieg_cents principal;
	int years;
};

#define SIEG_N_YARDSTICKS 2

/*
 * Equivalents of loans and guarantees: `worth` x principal / that of the yardstick x years / those
 * of the yardstick, which is the first one with so many years.
 */
struct sieg_lending {
	enum sieg_rule rule;
	sieg_cents worth; /* no equivalent is above */
	struct sieg_yardstick loan[SIEG_N_YARDSTICKS], guarantee[SIEG_N_YARDSTICKS];
	int collateral; /* percent of a loan that its collateral covers, at least */
	int cover;      /* percent of a loan that is guaranteed, at most */
};

const struct sieg_lending *sieg_lending(void);

/* What is written down of a grant, and until when it is kept. */
struct sieg_record {
	enum sieg_rule rule;
	int years;        /* kept after the grant */
	int from;         /* the first grant to go into the central register, as yyyymmdd */
	int working_days; /* from the grant until it is there */
	struct sieg_year_day summed_by; /* of the year after, for the register of a year */
};

struct sieg_regulation {
	const char *name;
	int from, to;       /* days of the grant, both included, as yyyymmdd */
	sieg_cents ceiling; /* 0: none is known */
	enum sieg_rule rule;
	enum sieg_rule gross; /* of equivalents other than of loans and guarantees */
	bool sgei;
	bool rolling;         /* years to the day, rather than fiscal years, the grant's included */
	int years;            /* of the window */
	unsigned counts;      /* bits, 1 << name: the regulations whose aids count */
	bool nonprofit_parts; /* links through a non-profit entity do not make a group */
	bool loans;           /* sieg_lending() is its own */
	const struct sieg_record *record; /* NULL: nothing is known of it */
	int declared_to; /* other aids are declared before a grant, until then, as yyyymmdd */

	/* SIEG_NO_RULE: does not apply. */
	enum sieg_rule same_service; /* never with another compensation of the service */
	enum sieg_rule beside_rule;
	enum sieg_regulation_name beside; /* whose aids may be had too, under its own ceiling */
	enum sieg_rule cover_rule;
	enum sieg_regulation_name cover; /* which may exempt an aid that is above the ceiling */
};

const struct sieg_regulation *sieg_regulation(enum sieg_regulation_name name);

/* The last day to register a grant of that day; 0 when it need not be. */
sieg_day sieg_register_by(const struct sieg_record *record, sieg_day grant,
			  enum sieg_holidays holidays);

/* The one in force that day for services of general economic interest, or in general; or
 * SIEG_OTHER_REGULATION. */
enum sieg_regulation_name sieg_regulation_on(sieg_day day, bool sgei);

/* An amount of a result: by which rule, and rounded how. */
struct sieg_figure {
	sieg_cents cents;
	enum sieg_rule rule;
	enum sieg_rounding rounding;
};

/* Whether `day` is within two days given as yyyymmdd, both included; an end of 0 is none. */
bool sieg_within(sieg_day day, int from, int to);

#endif
