#include "sieg/deminimis.h"
#include "sieg/fields.h"
#include "sieg/operation.h"

static const char *const undertaking_kinds[] = { "enterprise", "public", "nonprofit",
						 SIEG_LAST_WORD };
static const char *const link_kinds[] = { "votes", "appoint", "contract", "agreement",
					  SIEG_LAST_WORD };
static const char *const instrument_types[] = {
	"grant", "gge", "instalments", "loan", "guarantee", "unknown", SIEG_LAST_WORD,
};
/* In the order of enum sieg_regulation_name. */
static const char *const regulations[] = {
	"360/2012", "2023/2832", "1998/2006", "1407/2013", "2023/2831", "other", SIEG_LAST_WORD,
};
static const char *const request_kinds[] = { "sgei", "general", SIEG_LAST_WORD };
static const char *const event_types[] = { "merger", "split", SIEG_LAST_WORD };
static const char *const holidays[] = { "fr", "alsace-moselle", SIEG_LAST_WORD };

#define FIELD_OF struct sieg_undertaking
static const struct sieg_field undertaking_fields[] = {
	ID("id", REQUIRED, id),
	WORD("kind", REQUIRED, kind, undertaking_kinds),
	MONTH_DAY("fiscal_year_start", OPTIONAL, fiscal_year_start),
};
#undef FIELD_OF
static const struct sieg_shape undertaking_shape =
	SIEG_SHAPE(struct sieg_undertaking, undertaking_fields);

#define FIELD_OF struct sieg_link
static const struct sieg_field link_fields[] = {
	ID("from", REQUIRED, from),
	ID("to", REQUIRED, to),
	WORD("kind", REQUIRED, kind, link_kinds),
	DAY("valid_from", OPTIONAL, valid_from),
	DAY("valid_to", OPTIONAL, valid_to),
};
#undef FIELD_OF
static const struct sieg_shape link_shape = SIEG_SHAPE(struct sieg_link, link_fields);

#define FIELD_OF struct sieg_instalment
static const struct sieg_field instalment_fields[] = {
	INT("years", REQUIRED, years, 0, SIEG_MOST_INSTALMENT_YEARS),
	MONEY("amount", REQUIRED, amount, SIEG_NOT_NEGATIVE),
};
#undef FIELD_OF
static const struct sieg_shape instalment_shape =
	SIEG_SHAPE(struct sieg_instalment, instalment_fields);

#define FIELD_OF struct sieg_instrument
static const struct sieg_field instrument_fields[] = {
	WORD("type", REQUIRED, type, instrument_types),
	MAYBE_MONEY("amount", amount, SIEG_NOT_NEGATIVE),
	RATE("rate", OPTIONAL, rate, SIEG_ANY_SIGN),
	LIST("flows", OPTIONAL, flow, n_flows, 1, 100, instalment_shape),
	RATE("years", OPTIONAL, years, SIEG_POSITIVE),
	RATE("collateral", OPTIONAL, collateral, SIEG_NOT_NEGATIVE),
	RATE("cover", OPTIONAL, cover, SIEG_NOT_NEGATIVE),
};
#undef FIELD_OF
static const struct sieg_shape instrument_shape =
	SIEG_SHAPE(struct sieg_instrument, instrument_fields);

#define FIELD_OF struct sieg_aid
static const struct sieg_field aid_fields[] = {
	ID("id", REQUIRED, id),
	ID("beneficiary", REQUIRED, beneficiary),
	WORD("regulation", REQUIRED, regulation, regulations),
	DAY("grant_date", REQUIRED, grant_date),
	OBJECT("instrument", REQUIRED, instrument, instrument_shape),
	ID("sgei", OPTIONAL, sgei),
	DAY("covers_from", OPTIONAL, covers_from),
	DAY("covers_to", OPTIONAL, covers_to),
	DAY("registered_on", OPTIONAL, registered_on),
	ID("used_by", OPTIONAL, used_by),
};
#undef FIELD_OF
static const struct sieg_shape aid_shape = SIEG_SHAPE(struct sieg_aid, aid_fields);

#define FIELD_OF struct sieg_aid_request
static const struct sieg_field request_fields[] = {
	ID("id", REQUIRED, id),
	ID("beneficiary", REQUIRED, beneficiary),
	WORD("kind", REQUIRED, kind, request_kinds),
	DAY("grant_date", REQUIRED, grant_date),
	OBJECT("instrument", REQUIRED, instrument, instrument_shape),
	ID("sgei", OPTIONAL, sgei),
	DAY("covers_from", OPTIONAL, covers_from),
	DAY("covers_to", OPTIONAL, covers_to),
};
#undef FIELD_OF
static const struct sieg_shape request_shape = SIEG_SHAPE(struct sieg_aid_request, request_fields);

#define FIELD_OF struct sieg_compensation
static const struct sieg_field compensation_fields[] = {
	ID("id", REQUIRED, id),     ID("beneficiary", REQUIRED, beneficiary),
	ID("sgei", REQUIRED, sgei), DAY("from", REQUIRED, from),
	DAY("to", REQUIRED, to),
};
#undef FIELD_OF
static const struct sieg_shape compensation_shape =
	SIEG_SHAPE(struct sieg_compensation, compensation_fields);

#define FIELD_OF struct sieg_event_part
static const struct sieg_field part_fields[] = {
	ID("id", REQUIRED, id),
	MAYBE_MONEY("equity", equity, SIEG_NOT_NEGATIVE),
};
#undef FIELD_OF
static const struct sieg_shape part_shape = SIEG_SHAPE(struct sieg_event_part, part_fields);

#define FIELD_OF struct sieg_event
static const struct sieg_field event_fields[] = {
	WORD("type", REQUIRED, type, event_types),
	DAY("date", REQUIRED, date),
	LIST_OF("from", REQUIRED, from, n_from, 1, SIEG_MOST_EVENT_IDS, SIEG_T_ID, SIEG_ANY_SIGN),
	LIST("into", REQUIRED, into, n_into, 1, SIEG_MOST_EVENT_IDS, part_shape),
};
#undef FIELD_OF
static const struct sieg_shape event_shape = SIEG_SHAPE(struct sieg_event, event_fields);

#define FIELD_OF struct sieg_deminimis
static const struct sieg_field deminimis_fields[] = {
	ID("dossier", OPTIONAL, dossier),
	DAY("as_of", OPTIONAL, as_of),
	WORD("holidays", OPTIONAL, holidays, holidays),
	LIST("undertakings", REQUIRED, undertaking, n_undertakings, 1, 500, undertaking_shape),
	LIST("links", OPTIONAL, link, n_links, 0, 2000, link_shape),
	LIST("aids", OPTIONAL, aid, n_aids, 0, 2000, aid_shape),
	OBJECT("request", OPTIONAL, request, request_shape),
	LIST("compensations", OPTIONAL, compensation, n_compensations, 0, 500, compensation_shape),
	LIST("events", OPTIONAL, event, n_events, 0, 100, event_shape),
};
#undef FIELD_OF
const struct sieg_shape sieg_deminimis_shape = SIEG_SHAPE(struct sieg_deminimis, deminimis_fields);
