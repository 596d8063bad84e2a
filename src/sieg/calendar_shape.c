#include "sieg/calendar.h"
#include "sieg/fields.h"
#include "sieg/operation.h"

static const char *const holidays[] = { "fr", "alsace-moselle", SIEG_LAST_WORD };

#define FIELD_OF struct sieg_calendar_act
static const struct sieg_field act_fields[] = {
	ID("id", REQUIRED, id),
	DAY("act_date", REQUIRED, act_date),
	DAY("start", REQUIRED, start),
	DAY("end", REQUIRED, end),
	DAY("ended_on", OPTIONAL, ended_on),
};
#undef FIELD_OF
static const struct sieg_shape act_shape = SIEG_SHAPE(struct sieg_calendar_act, act_fields);

#define FIELD_OF struct sieg_calendar_aid
static const struct sieg_field aid_fields[] = {
	ID("id", REQUIRED, id),
	DAY("grant_date", REQUIRED, grant_date),
};
#undef FIELD_OF
static const struct sieg_shape aid_shape = SIEG_SHAPE(struct sieg_calendar_aid, aid_fields);

#define FIELD_OF struct sieg_calendar
static const struct sieg_field calendar_fields[] = {
	ID("dossier", OPTIONAL, dossier),
	WORD("holidays", OPTIONAL, holidays, holidays),
	OBJECT("act", OPTIONAL, act, act_shape),
	LIST_OF("exercises", OPTIONAL, exercise, n_exercises, 0, 100, SIEG_T_DAY, SIEG_ANY_SIGN),
	LIST("de_minimis", OPTIONAL, aid, n_aids, 0, 2000, aid_shape),
};
#undef FIELD_OF
const struct sieg_shape sieg_calendar_shape = SIEG_SHAPE(struct sieg_calendar, calendar_fields);
