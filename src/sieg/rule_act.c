#include "sieg/rule_act.h"

static const struct sieg_act_rule routes[SIEG_N_ACT_ROUTES] = {
	[SIEG_ACT_ALTMARK] = { SIEG_ALT, .must_precede = true },
	[SIEG_ACT_DECISION] = { .must_precede = true, .publishes = true },
	[SIEG_ACT_FRAMEWORK] = { SIEG_FRA12 },
	[SIEG_ACT_DE_MINIMIS] = { SIEG_DMS24_E },
};

const struct sieg_act_rule *sieg_act_rule(enum sieg_act_route route)
{
	return &routes[route];
}

#define ROW(name, id, blocks, advised, associations) [name] = { id, blocks, advised, associations },
static const struct sieg_act_item_rule items[SIEG_N_ACT_ITEMS] = { SIEG_ACT_ITEMS(ROW) };
#undef ROW

const struct sieg_act_item_rule *sieg_act_item_rule(enum sieg_act_item item)
{
	return &items[item];
}

#define EURO 100

const struct sieg_threshold sieg_thresholds[SIEG_N_THRESHOLDS] = {
	{ "audit_chamber", INT64_C(1500) * EURO, SIEG_FR_CJF, false },
	{ "written_agreement", INT64_C(23000) * EURO, SIEG_FR_AGREE, false },
	{ "published_accounts", INT64_C(153000) * EURO, SIEG_FR_ACC, true },
};
