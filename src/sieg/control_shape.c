#include "sieg/control.h"
#include "sieg/fields.h"
#include "sieg/operation.h"
#include "sieg/sheet.h"

const char *const sieg_netting_words[] = { "period", "annual", SIEG_LAST_WORD };
const char *const sieg_exemption_words[] = { NULL, "lump_sum", "reinvested", SIEG_LAST_WORD };
const char *const sieg_question_words[] = { "carry_rule_2025", "exemption_2025", SIEG_LAST_WORD };
static const char *const wishes[] = { "carry", "repay", SIEG_LAST_WORD };

#define FIELD_OF struct sieg_control_paid
static const struct sieg_field paid_fields[] = {
	ID("funder", REQUIRED, funder),
	LIST_OF("amounts", REQUIRED, amount, n_amounts, 1, 50, SIEG_T_MONEY, SIEG_NOT_NEGATIVE),
};
#undef FIELD_OF
static const struct sieg_shape paid_shape = SIEG_SHAPE(struct sieg_control_paid, paid_fields);

#define FIELD_OF struct sieg_control_period
static const struct sieg_field period_fields[] = {
	DAY("from", REQUIRED, from),
	DAY("to", REQUIRED, to),
	LIST_OF("allowed", REQUIRED, allowed, n_allowed, 1, 50, SIEG_T_MONEY, SIEG_NOT_NEGATIVE),
	LIST("paid", REQUIRED, paid, n_paid, 1, 100, paid_shape),
	WORD("decision", OPTIONAL, decision, wishes),
	WORD("exemption", OPTIONAL, exemption, sieg_exemption_words),
};
#undef FIELD_OF
static const struct sieg_shape period_shape = SIEG_SHAPE(struct sieg_control_period, period_fields);

#define FIELD_OF struct sieg_control_act
static const struct sieg_field act_fields[] = {
	ID("id", REQUIRED, id),
	DAY("act_date", REQUIRED, act_date),
	DAY("start", REQUIRED, start),
	DAY("end", REQUIRED, end),
	DAY("ended_on", OPTIONAL, ended_on),
	WORD("sector", OPTIONAL, sector, sieg_sector_words),
	WORD("netting", OPTIONAL, netting, sieg_netting_words),
	MONEY("carry_in", OPTIONAL, carry_in, SIEG_NOT_NEGATIVE),
	LIST("periods", REQUIRED, period, n_periods, 1, 50, period_shape),
};
#undef FIELD_OF
static const struct sieg_shape act_shape = SIEG_SHAPE(struct sieg_control_act, act_fields);

#define FIELD_OF struct sieg_given_answer
static const struct sieg_field answer_fields[] = {
	WORD("question", REQUIRED, question, sieg_question_words),
	BOOL("value", REQUIRED, value),
	TEXT("author", REQUIRED, author),
	DAY("date", REQUIRED, date),
	TEXT("reason", REQUIRED, reason),
};
#undef FIELD_OF
static const struct sieg_shape answer_shape = SIEG_SHAPE(struct sieg_given_answer, answer_fields);

#define FIELD_OF struct sieg_control
static const struct sieg_field control_fields[] = {
	ID("dossier", OPTIONAL, dossier),
	DAY("as_of", OPTIONAL, as_of),
	LIST("acts", REQUIRED, act, n_acts, 1, 200, act_shape),
	LIST("answers", OPTIONAL, answer, n_answers, 0, 20, answer_shape),
};
#undef FIELD_OF
const struct sieg_shape sieg_control_shape = SIEG_SHAPE(struct sieg_control, control_fields);
