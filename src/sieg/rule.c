#include "sieg/rule.h"

#define ROW(name, id, article, standing) [name] = { id, article, standing },
static const struct sieg_rule_text texts[SIEG_N_RULES] = { SIEG_RULES(ROW) };
#undef ROW

const struct sieg_rule_text *sieg_rule_text(enum sieg_rule rule)
{
	return &texts[rule];
}

const char *sieg_standing_letter(enum sieg_standing standing)
{
	static const char *const letters[] = { "P", "S2", "K", "D", "U" };

	return letters[standing];
}

#define EURO 100

/* In order of their days. Where a decision has no rule of its own for a clause, it is cited whole.
 */
static const struct sieg_regime regimes[] = {
	{
		.name = "2005/842",
		.from = 20051219,
		.to = 20120130,
		.rule = {
			[SIEG_CONTROL] = SIEG_DEC05_C,
			[SIEG_CARRY] = SIEG_DEC05_C,
			[SIEG_RECORDS] = SIEG_DEC05,
			[SIEG_CONTENTS] = SIEG_DEC05_M,
			[SIEG_NET_COST] = SIEG_DEC05,
			[SIEG_PROFIT] = SIEG_DEC05,
			[SIEG_REVENUE] = SIEG_DEC05,
			[SIEG_CEILING] = SIEG_DEC05_T,
			[SIEG_FRAMEWORK] = SIEG_FRA05,
		},
		.control_years = 1,
		.premium = { 1, 1 },
		.record_years = 10,
		.carry_part = 10,
		.carry_part_of = { [SIEG_SOCIAL_HOUSING] = 5 },
		.ceiling = INT64_C(30000000) * EURO,
		.below_ceiling = true,
		.turnover = INT64_C(100000000) * EURO,
		.scope = {
			[SIEG_HOSPITAL] = { SIEG_NO_CEILING, SIEG_DEC05_S, 0 },
			[SIEG_SOCIAL_HOUSING] = { SIEG_NO_CEILING, SIEG_DEC05_S, 0 },
			[SIEG_ISLAND_LINK] = { SIEG_PASSENGERS, SIEG_DEC05_S, 300000 },
			[SIEG_PORT] = { SIEG_PASSENGERS, SIEG_DEC05_S, 300000 },
			[SIEG_AIRPORT] = { SIEG_PASSENGERS, SIEG_DEC05_S, 1000000 },
		},
	},
	{
		.name = "2012/21",
		.from = 20120131,
		.to = 20260107,
		.rule = {
			[SIEG_CONTROL] = SIEG_DEC12_C,
			[SIEG_CARRY] = SIEG_DEC12_C,
			[SIEG_DURATION] = SIEG_DEC12_D,
			[SIEG_RECORDS] = SIEG_DEC12_K,
			[SIEG_CONTENTS] = SIEG_DEC12_M,
			[SIEG_NET_COST] = SIEG_DEC12_N,
			[SIEG_PROFIT] = SIEG_DEC12_P,
			[SIEG_REVENUE] = SIEG_DEC12_R,
			[SIEG_CEILING] = SIEG_DEC12_T,
			[SIEG_STATE_REPORT] = SIEG_DEC12_Q,
			[SIEG_PUBLICATION] = SIEG_DEC12_V,
			[SIEG_FRAMEWORK] = SIEG_FRA12,
		},
		.control_years = 3,
		.carry_part = 10,
		.premium = { 1, 1 },
		.months = 120,
		.record_years = 10,
		.report_from = 2014,
		.report_every = 2,
		.report_by = { 6, 30 },
		.ceiling = INT64_C(15000000) * EURO,
		.publication = INT64_C(15000000) * EURO,
		.publication_if_outside = true,
		.scope = {
			[SIEG_HOSPITAL] = { SIEG_NO_CEILING, SIEG_DEC12_H, 0 },
			[SIEG_SOCIAL_HOUSING] = { SIEG_NO_CEILING, SIEG_DEC12_S, 0 },
			[SIEG_SOCIAL_NEED] = { SIEG_NO_CEILING, SIEG_DEC12_S, 0 },
			[SIEG_ISLAND_LINK] = { SIEG_PASSENGERS, SIEG_DEC12_X, 300000 },
			[SIEG_PORT] = { SIEG_PASSENGERS, SIEG_DEC12_X, 300000 },
			[SIEG_AIRPORT] = { SIEG_PASSENGERS, SIEG_DEC12_X, 200000 },
		},
	},
	{
		.name = "2025/2630",
		.from = 20260108,
		.rule = {
			[SIEG_CONTROL] = SIEG_DEC25_C,
			[SIEG_CARRY] = SIEG_DEC25_10,
			[SIEG_DURATION] = SIEG_DEC25_D,
			[SIEG_RECORDS] = SIEG_DEC25,
			[SIEG_CONTENTS] = SIEG_DEC25,
			[SIEG_NET_COST] = SIEG_DEC25,
			[SIEG_PROFIT] = SIEG_DEC25,
			[SIEG_REVENUE] = SIEG_DEC25,
			[SIEG_CEILING] = SIEG_DEC25_T,
			[SIEG_PUBLICATION] = SIEG_DEC25_V,
			[SIEG_FRAMEWORK] = SIEG_FRA12,
		},
		.control_years = 5,
		.carry_part = 10,
		.premium = { 1, 1 },
		.months = 120,
		.record_years = 10,
		.carry_to_confirm = true,
		.exemptions = true,
		.ceiling = INT64_C(20000000) * EURO,
		.publication = INT64_C(1000000) * EURO,
		.scope = {
			[SIEG_HOSPITAL] = { SIEG_NO_CEILING, SIEG_DEC25, 0 },
			[SIEG_SOCIAL_HOUSING] = { SIEG_NO_CEILING, SIEG_DEC25, 0 },
			[SIEG_SOCIAL_NEED] = { SIEG_NO_CEILING, SIEG_DEC25, 0 },
			[SIEG_AFFORDABLE_HOUSING] = { SIEG_NO_CEILING, SIEG_DEC25_AH, 0 },
			[SIEG_ISLAND_LINK] = { .test = SIEG_NOT_KNOWN },
			[SIEG_PORT] = { .test = SIEG_NOT_KNOWN },
			[SIEG_AIRPORT] = { .test = SIEG_NOT_KNOWN },
		},
	},
};

#define BIT(name) (1U << (name))
#define GENERAL   (BIT(SIEG_1998_2006) | BIT(SIEG_1407_2013))
#define ALL       (BIT(SIEG_N_REGULATIONS) - 1)

/* Law 2000-321, article 10, and the order of 24 May 2005. */
static const struct sieg_account account = { SIEG_FR_CRF, .months = 6 };

/* Regulation 2023/2832, article 4(3) and 4(6). */
static const struct sieg_lending lending = {
	.rule = SIEG_DMS24_L,
	.worth = INT64_C(750000) * EURO,
	.loan = { { INT64_C(3750000) * EURO, 5 }, { INT64_C(1875000) * EURO, 10 } },
	.guarantee = { { INT64_C(5625000) * EURO, 5 }, { INT64_C(2813036) * EURO, 10 } },
	.collateral = 50,
	.cover = 80,
};

/* Regulation 2023/2832, article 6; the other of 2023 says the same. */
static const struct sieg_record record_2023 = {
	.rule = SIEG_DMS24_R,
	.years = 10,
	.from = 20260101,
	.working_days = 20,
	.summed_by = { 6, 30 },
};

static const struct sieg_regulation regulations[SIEG_N_REGULATIONS] = {
	[SIEG_1998_2006] = {
		.name = "1998/2006",
		.from = 20070101,
		.to = 20131231,
		.ceiling = INT64_C(200000) * EURO,
		.rule = SIEG_DMG07,
		.gross = SIEG_DMG07,
		.years = 3,
		.counts = GENERAL | BIT(SIEG_2023_2831),
	},
	[SIEG_1407_2013] = {
		.name = "1407/2013",
		.from = 20140101,
		.to = 20231231,
		.ceiling = INT64_C(200000) * EURO,
		.rule = SIEG_DMG14,
		.gross = SIEG_DMG14,
		.years = 3,
		.counts = GENERAL | BIT(SIEG_2023_2831),
	},
	[SIEG_2023_2831] = {
		.name = "2023/2831",
		.from = 20240101,
		.to = 20301231,
		.ceiling = INT64_C(300000) * EURO,
		.rule = SIEG_DMG24,
		.gross = SIEG_DMG24,
		.rolling = true,
		.years = 3,
		.counts = GENERAL | BIT(SIEG_2023_2831),
		.record = &record_2023,
		.beside_rule = SIEG_DMS24_C,
		.beside = SIEG_2023_2832,
		.declared_to = 20281231,
	},
	[SIEG_360_2012] = {
		.name = "360/2012",
		.from = 20120429,
		.to = 20231231,
		.ceiling = INT64_C(500000) * EURO,
		.rule = SIEG_DMS12,
		.gross = SIEG_DMS12,
		.sgei = true,
		.years = 3,
		.counts = ALL,
		.same_service = SIEG_DMS12_X,
		.cover_rule = SIEG_DMS24_B,
		.cover = SIEG_2023_2832,
	},
	[SIEG_2023_2832] = {
		.name = "2023/2832",
		.from = 20240101,
		.to = 20301231,
		.ceiling = INT64_C(750000) * EURO,
		.rule = SIEG_DMS24,
		.gross = SIEG_DMS24_G,
		.sgei = true,
		.rolling = true,
		.years = 3,
		.counts = BIT(SIEG_360_2012) | BIT(SIEG_2023_2832),
		.nonprofit_parts = true,
		.loans = true,
		.record = &record_2023,
		.same_service = SIEG_DMS24_C,
		.beside_rule = SIEG_DMS24_C,
		.beside = SIEG_2023_2831,
		.declared_to = 20281231,
	},
	[SIEG_OTHER_REGULATION] = {
		.name = "other",
		.rule = SIEG_HAL_OTHER,
		.gross = SIEG_HAL_OTHER,
	},
};

static int yyyymmdd(sieg_day day)
{
	struct sieg_civil c = sieg_civil_of(day);

	return c.year * 10000 + c.month * 100 + c.day;
}

bool sieg_within(sieg_day day, int from, int to)
{
	int d = yyyymmdd(day);

	return d >= from && (to == 0 || d <= to);
}

const struct sieg_regime *sieg_regime_of(sieg_day act_date)
{
	for (size_t i = 0; i < sizeof(regimes) / sizeof(*regimes); i++)
		if (sieg_within(act_date, regimes[i].from, regimes[i].to))
			return &regimes[i];
	return NULL;
}

const struct sieg_regime *sieg_regime_first(void)
{
	return &regimes[0];
}

const struct sieg_regulation *sieg_regulation(enum sieg_regulation_name name)
{
	return &regulations[name];
}

const struct sieg_account *sieg_account(void)
{
	return &account;
}

const struct sieg_lending *sieg_lending(void)
{
	return &lending;
}

enum sieg_regulation_name sieg_regulation_on(sieg_day day, bool sgei)
{
	for (enum sieg_regulation_name n = 0; n < SIEG_OTHER_REGULATION; n++) {
		const struct sieg_regulation *r = &regulations[n];

		if (r->sgei == sgei && sieg_within(day, r->from, r->to))
			return n;
	}
	return SIEG_OTHER_REGULATION;
}

sieg_day sieg_register_by(const struct sieg_record *record, sieg_day grant,
			  enum sieg_holidays holidays)
{
	if (!sieg_within(grant, record->from, 0))
		return 0;
	return sieg_add_working_days(grant, record->working_days, holidays);
}
