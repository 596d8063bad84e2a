#include "sieg/act_check.h"
#include "sieg/fields.h"
#include "sieg/operation.h"

static const char *const routes[] = {
	"altmark", "decision", "framework", "de-minimis", SIEG_LAST_WORD,
};

#define FIELD_OF struct sieg_checked_act
static const struct sieg_field act_fields[] = {
	ID("id", REQUIRED, id),
	DAY("act_date", REQUIRED, act_date),
	DAY("start", REQUIRED, start),
	DAY("end", REQUIRED, end),
	DAY("first_payment", OPTIONAL, first_payment),
};
#undef FIELD_OF
static const struct sieg_shape act_shape = SIEG_SHAPE(struct sieg_checked_act, act_fields);

/* One field for each item. */
#define FIELD_OF                                      struct sieg_act_items
#define ITEM(name, id, blocks, advised, associations) TEXT(id, OPTIONAL, text[name]),
static const struct sieg_field item_fields[] = { SIEG_ACT_ITEMS(ITEM) };
#undef ITEM
#undef FIELD_OF
static const struct sieg_shape items_shape = SIEG_SHAPE(struct sieg_act_items, item_fields);

#define FIELD_OF struct sieg_parameter_change
static const struct sieg_field change_fields[] = {
	DAY("decided_on", REQUIRED, decided_on),
	DAY("governs_from", REQUIRED, governs_from),
};
#undef FIELD_OF
static const struct sieg_shape change_shape =
	SIEG_SHAPE(struct sieg_parameter_change, change_fields);

#define FIELD_OF struct sieg_act_check
static const struct sieg_field check_fields[] = {
	ID("dossier", OPTIONAL, dossier),
	OBJECT("act", REQUIRED, act, act_shape),
	WORD("route", REQUIRED, route, routes),
	OBJECT("items", REQUIRED, items, items_shape),
	LIST_OF("annual", OPTIONAL, annual, n_annual, 0, 50, SIEG_T_MONEY, SIEG_NOT_NEGATIVE),
	BOOL("outside_activities", OPTIONAL, outside_activities),
	BOOL("association", OPTIONAL, association),
	LIST("parameter_changes", OPTIONAL, parameter_change, n_parameter_changes, 0, 100,
	     change_shape),
};
#undef FIELD_OF
const struct sieg_shape sieg_act_check_shape = SIEG_SHAPE(struct sieg_act_check, check_fields);
