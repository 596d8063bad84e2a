#include "sieg/fields.h"
#include "sieg/operation.h"
#include "sieg/sheet.h"

const char *const sieg_sector_words[] = {
	"general",     "hospital", "social_housing", "social_need",    "affordable_housing",
	"island_link", "port",     "airport",        "land_transport", SIEG_LAST_WORD,
};
const char *const sieg_stage_words[] = { "ex-ante", "ex-post", SIEG_LAST_WORD };
const char *const sieg_method_words[] = { "cost", "avoided", "unit", SIEG_LAST_WORD };
const char *const sieg_cost_words[] = { "direct", "common", "asset", "excluded", SIEG_LAST_WORD };
const char *const sieg_why_words[] = {
	NULL,      "not_sgei",  "fine",     "out_of_period", "vat",
	"in_kind", "provision", "transfer", SIEG_LAST_WORD,
};
const char *const sieg_revenue_words[] = {
	"users",          "sales",         "grant",           "eu",           "insurance",
	"released_grant", "excess_profit", "other_advantage", SIEG_LAST_WORD,
};
static const char *const key_types[] = { "percent", "ratio", SIEG_LAST_WORD };
static const char *const profit_bases[] = { "capital", "other", SIEG_LAST_WORD };
static const char *const fulfilment_bases[] = { "cap", "amount", SIEG_LAST_WORD };

#define FIELD_OF struct sieg_sheet_act
static const struct sieg_field act_fields[] = {
	ID("id", REQUIRED, id),
	DAY("act_date", REQUIRED, act_date),
	DAY("start", REQUIRED, start),
	DAY("end", REQUIRED, end),
	WORD("sector", OPTIONAL, sector, sieg_sector_words),
};
#undef FIELD_OF
static const struct sieg_shape act_shape = SIEG_SHAPE(struct sieg_sheet_act, act_fields);

#define FIELD_OF struct sieg_share
static const struct sieg_field share_fields[] = {
	ID("funder", REQUIRED, funder),
	KEY_VALUE("value", value),
};
#undef FIELD_OF
static const struct sieg_shape share_shape = SIEG_SHAPE(struct sieg_share, share_fields);

#define FIELD_OF struct sieg_funding
static const struct sieg_field funding_fields[] = {
	WORD("type", REQUIRED, type, key_types),
	LIST("shares", REQUIRED, share, n_shares, 1, 100, share_shape),
};
#undef FIELD_OF
static const struct sieg_shape funding_shape = SIEG_SHAPE(struct sieg_funding, funding_fields);

#define FIELD_OF struct sieg_activity
static const struct sieg_field activity_fields[] = {
	ID("id", REQUIRED, id),
	BOOL("inside", REQUIRED, inside),
};
#undef FIELD_OF
static const struct sieg_shape activity_shape = SIEG_SHAPE(struct sieg_activity, activity_fields);

#define FIELD_OF struct sieg_key_value
static const struct sieg_field key_value_fields[] = {
	ID("activity", REQUIRED, activity),
	KEY_VALUE("value", value),
};
#undef FIELD_OF
static const struct sieg_shape key_value_shape =
	SIEG_SHAPE(struct sieg_key_value, key_value_fields);

#define FIELD_OF struct sieg_key_of_costs
static const struct sieg_field key_fields[] = {
	ID("id", REQUIRED, id),
	WORD("type", REQUIRED, type, key_types),
	TEXT("source", REQUIRED, source),
	LIST("values", REQUIRED, value, n_values, 1, 50, key_value_shape),
	TEXT("reason", OPTIONAL, reason),
};
#undef FIELD_OF
static const struct sieg_shape key_shape = SIEG_SHAPE(struct sieg_key_of_costs, key_fields);

#define FIELD_OF struct sieg_asset
static const struct sieg_field asset_fields[] = {
	MONEY("cost", REQUIRED, cost, SIEG_NOT_NEGATIVE),
	DAY("in_service", REQUIRED, in_service),
	INT("life", REQUIRED, life, 1, 100),
	MAYBE_MONEY("grant", grant, SIEG_NOT_NEGATIVE),
};
#undef FIELD_OF
static const struct sieg_shape asset_shape = SIEG_SHAPE(struct sieg_asset, asset_fields);

#define FIELD_OF struct sieg_cost
static const struct sieg_field cost_fields[] = {
	ID("id", REQUIRED, id),
	WORD("kind", REQUIRED, kind, sieg_cost_words),
	TEXT("label", OPTIONAL, label),
	TEXT("account", OPTIONAL, account),
	MAYBE_MONEY("amount", amount, SIEG_ANY_SIGN),
	ID("activity", OPTIONAL, activity),
	ID("key", OPTIONAL, key),
	OBJECT("asset", OPTIONAL, asset, asset_shape),
	WORD("why", OPTIONAL, why, sieg_why_words),
	MAYBE_MONEY("forecast", forecast, SIEG_ANY_SIGN),
	TEXT("reason", OPTIONAL, reason),
};
#undef FIELD_OF
static const struct sieg_shape cost_shape = SIEG_SHAPE(struct sieg_cost, cost_fields);

#define FIELD_OF struct sieg_revenue
static const struct sieg_field revenue_fields[] = {
	ID("id", REQUIRED, id),
	WORD("kind", REQUIRED, kind, sieg_revenue_words),
	TEXT("label", OPTIONAL, label),
	MONEY("amount", REQUIRED, amount, SIEG_ANY_SIGN),
	ID("activity", OPTIONAL, activity),
	ID("key", OPTIONAL, key),
	ID("reference", OPTIONAL, reference),
	MAYBE_MONEY("forecast", forecast, SIEG_ANY_SIGN),
	TEXT("reason", OPTIONAL, reason),
};
#undef FIELD_OF
static const struct sieg_shape revenue_shape = SIEG_SHAPE(struct sieg_revenue, revenue_fields);

#define FIELD_OF struct sieg_profit
static const struct sieg_field profit_fields[] = {
	WORD("basis", OPTIONAL, basis, profit_bases),
	MAYBE_MONEY("capital", capital, SIEG_NOT_NEGATIVE),
	RATE("swap", OPTIONAL, swap, SIEG_ANY_SIGN),
	MAYBE_MONEY("maximum", maximum, SIEG_NOT_NEGATIVE),
	TEXT("reason", OPTIONAL, reason),
	MONEY("claimed", OPTIONAL, claimed, SIEG_NOT_NEGATIVE),
};
#undef FIELD_OF
static const struct sieg_shape profit_shape = SIEG_SHAPE(struct sieg_profit, profit_fields);

#define FIELD_OF struct sieg_simple_line
static const struct sieg_field simple_fields[] = {
	ID("id", REQUIRED, id),
	MONEY("amount", REQUIRED, amount, SIEG_ANY_SIGN),
};
#undef FIELD_OF
static const struct sieg_shape simple_shape = SIEG_SHAPE(struct sieg_simple_line, simple_fields);

#define FIELD_OF struct sieg_counterfactual
static const struct sieg_field without_fields[] = {
	TEXT("description", REQUIRED, description),
	BOOL("same_undertaking", REQUIRED, same_undertaking),
	BOOL("profit_free", OPTIONAL, profit_free),
	LIST("costs", REQUIRED, cost, n_costs, 0, 1000, simple_shape),
	LIST("revenues", REQUIRED, revenue, n_revenues, 0, 1000, simple_shape),
};
#undef FIELD_OF
static const struct sieg_shape without_shape =
	SIEG_SHAPE(struct sieg_counterfactual, without_fields);

#define FIELD_OF struct sieg_unit
static const struct sieg_field unit_fields[] = {
	MONEY("price", REQUIRED, price, SIEG_NOT_NEGATIVE),
	RATE("planned", REQUIRED, planned, SIEG_NOT_NEGATIVE),
	RATE("delivered", OPTIONAL, delivered, SIEG_NOT_NEGATIVE),
};
#undef FIELD_OF
static const struct sieg_shape unit_shape = SIEG_SHAPE(struct sieg_unit, unit_fields);

#define FIELD_OF struct sieg_criterion
static const struct sieg_field criterion_fields[] = {
	ID("id", REQUIRED, id),
	RATE("target", REQUIRED, target, SIEG_POSITIVE),
	RATE("delivered", REQUIRED, delivered, SIEG_NOT_NEGATIVE),
	RATE("weight", REQUIRED, weight, SIEG_NOT_NEGATIVE),
};
#undef FIELD_OF
static const struct sieg_shape criterion_shape =
	SIEG_SHAPE(struct sieg_criterion, criterion_fields);

#define FIELD_OF struct sieg_fulfilment
static const struct sieg_field fulfilment_fields[] = {
	WORD("base", REQUIRED, base, fulfilment_bases),
	LIST("criteria", REQUIRED, criterion, n_criteria, 1, 50, criterion_shape),
};
#undef FIELD_OF
static const struct sieg_shape fulfilment_shape =
	SIEG_SHAPE(struct sieg_fulfilment, fulfilment_fields);

#define FIELD_OF struct sieg_paid
static const struct sieg_field paid_fields[] = {
	ID("funder", REQUIRED, funder),
	MONEY("amount", REQUIRED, amount, SIEG_NOT_NEGATIVE),
	ID("reference", OPTIONAL, reference),
};
#undef FIELD_OF
static const struct sieg_shape paid_shape = SIEG_SHAPE(struct sieg_paid, paid_fields);

#define FIELD_OF struct sieg_monitoring
static const struct sieg_field monitoring_fields[] = {
	ID("id", REQUIRED, id),
	RATE("quantity", REQUIRED, quantity, SIEG_POSITIVE),
	RATE("total", OPTIONAL, total, SIEG_POSITIVE),
};
#undef FIELD_OF
static const struct sieg_shape monitoring_shape =
	SIEG_SHAPE(struct sieg_monitoring, monitoring_fields);

#define FIELD_OF struct sieg_sheet_year
static const struct sieg_field year_fields[] = {
	DAY("from", REQUIRED, from),
	DAY("to", REQUIRED, to),
	LIST("keys", OPTIONAL, key, n_keys, 0, 50, key_shape),
	LIST("costs", REQUIRED, cost, n_costs, 0, 10000, cost_shape),
	LIST("revenues", OPTIONAL, revenue, n_revenues, 0, 10000, revenue_shape),
	OBJECT("profit", OPTIONAL, profit, profit_shape),
	OBJECT("counterfactual", OPTIONAL, counterfactual, without_shape),
	OBJECT("unit", OPTIONAL, unit, unit_shape),
	MAYBE_MONEY("cap", cap, SIEG_NOT_NEGATIVE),
	OBJECT("fulfilment", OPTIONAL, fulfilment, fulfilment_shape),
	LIST("paid", OPTIONAL, paid, n_paid, 0, 1000, paid_shape),
	LIST("monitoring", OPTIONAL, monitoring, n_monitoring, 0, 50, monitoring_shape),
};
#undef FIELD_OF
static const struct sieg_shape year_shape = SIEG_SHAPE(struct sieg_sheet_year, year_fields);

#define FIELD_OF struct sieg_profit_proof
static const struct sieg_field proof_fields[] = {
	RATE("swap", REQUIRED, swap, SIEG_ANY_SIGN),
	LIST_OF("flows", REQUIRED, flow, n_flows, 2, 51, SIEG_T_MONEY, SIEG_ANY_SIGN),
};
#undef FIELD_OF
static const struct sieg_shape proof_shape = SIEG_SHAPE(struct sieg_profit_proof, proof_fields);

#define FIELD_OF struct sieg_operator
static const struct sieg_field operator_fields[] = {
	ID("id", REQUIRED, id),
	LIST("activities", REQUIRED, activity, n_activities, 1, 50, activity_shape),
	LIST("years", REQUIRED, year, n_years, 1, 50, year_shape),
	OBJECT("profit_proof", OPTIONAL, profit_proof, proof_shape),
};
#undef FIELD_OF
static const struct sieg_shape operator_shape = SIEG_SHAPE(struct sieg_operator, operator_fields);

#define FIELD_OF struct sieg_sheet
static const struct sieg_field sheet_fields[] = {
	ID("dossier", OPTIONAL, dossier),
	OBJECT("act", REQUIRED, act, act_shape),
	WORD("stage", REQUIRED, stage, sieg_stage_words),
	WORD("method", REQUIRED, method, sieg_method_words),
	RATE("reason_above", OPTIONAL, reason_above, SIEG_NOT_NEGATIVE),
	OBJECT("funding", OPTIONAL, funding, funding_shape),
	LIST("operators", REQUIRED, operator_, n_operators, 1, 200, operator_shape),
};
#undef FIELD_OF
const struct sieg_shape sieg_sheet_shape = SIEG_SHAPE(struct sieg_sheet, sheet_fields);
