#include "sieg/fields.h"
#include "sieg/operation.h"
#include "sieg/route.h"
#include "sieg/sheet.h"

static const char *const initiatives[] = { "authority", "operator", SIEG_LAST_WORD };

#define FIELD_OF struct sieg_route_service
static const struct sieg_field service_fields[] = {
	BOOL("need", REQUIRED, need),
	BOOL("no_market", REQUIRED, no_market),
	BOOL("competence", REQUIRED, competence),
	BOOL("obligations", REQUIRED, obligations),
};
#undef FIELD_OF
static const struct sieg_shape service_shape =
	SIEG_SHAPE(struct sieg_route_service, service_fields);

#define FIELD_OF struct sieg_route_altmark
static const struct sieg_field altmark_fields[] = {
	BOOL("obligations_written", REQUIRED, obligations_written),
	BOOL("parameters_before", REQUIRED, parameters_before),
	BOOL("no_overcompensation", REQUIRED, no_overcompensation),
	BOOL("tender", REQUIRED, tender),
	BOOL("benchmark", REQUIRED, benchmark),
};
#undef FIELD_OF
static const struct sieg_shape altmark_shape =
	SIEG_SHAPE(struct sieg_route_altmark, altmark_fields);

#define FIELD_OF struct sieg_route_de_minimis
static const struct sieg_field de_minimis_fields[] = {
	MONEY("whole_right", REQUIRED, whole_right, SIEG_NOT_NEGATIVE),
	MONEY("used", REQUIRED, used, SIEG_NOT_NEGATIVE),
	BOOL("other_compensation", REQUIRED, other_compensation),
	BOOL("sector_excluded", REQUIRED, sector_excluded),
};
#undef FIELD_OF
static const struct sieg_shape de_minimis_shape =
	SIEG_SHAPE(struct sieg_route_de_minimis, de_minimis_fields);

#define FIELD_OF struct sieg_route_funder
static const struct sieg_field funder_fields[] = {
	ID("funder", REQUIRED, funder),
	LIST_OF("amounts", REQUIRED, amount, n_amounts, 1, 50, SIEG_T_MONEY, SIEG_NOT_NEGATIVE),
};
#undef FIELD_OF
static const struct sieg_shape funder_shape = SIEG_SHAPE(struct sieg_route_funder, funder_fields);

#define FIELD_OF struct sieg_route
static const struct sieg_field route_fields[] = {
	ID("dossier", OPTIONAL, dossier),
	DAY("act_date", REQUIRED, act_date),
	DAY("start", REQUIRED, start),
	WORD("sector", REQUIRED, sector, sieg_sector_words),
	BOOL("economic", REQUIRED, economic),
	OBJECT("service", REQUIRED, service, service_shape),
	WORD("initiative", OPTIONAL, initiative, initiatives),
	OBJECT("altmark", OPTIONAL, altmark, altmark_shape),
	OBJECT("de_minimis", OPTIONAL, de_minimis, de_minimis_shape),
	LIST("annual", OPTIONAL, annual, n_annual, 0, 100, funder_shape),
	INT("months", OPTIONAL, months, 1, 1200),
	BOOL("investment", OPTIONAL, investment),
	LIST_OF("turnover", OPTIONAL, turnover, n_turnover, 1, 2, SIEG_T_MONEY, SIEG_NOT_NEGATIVE),
	LIST_OF_INT("passengers", OPTIONAL, passengers, n_passengers, 1, 2, 0, 1000000000),
};
#undef FIELD_OF
const struct sieg_shape sieg_route_shape = SIEG_SHAPE(struct sieg_route, route_fields);
