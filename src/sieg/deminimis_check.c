#include "sieg/deminimis_inside.h"

#include <string.h>

#include "sieg/arena.h"
#include "sieg/exact.h"
#include "sieg/name_set.h"

/* A document, and where its errors go. */
struct here {
	const struct sieg_directory *directory;
	struct sieg_issues *errors;
};

#define SAY(code, ...) sieg_issue(h->errors, SIEG_##code, SIEG_NO_RULE, __VA_ARGS__)

/* An undertaking that must be declared; NULL is none. */
static void check_reference(const struct here *h, const char *id, const char *path)
{
	if (id && sieg_place(h->directory, id) == SIEG_NOWHERE)
		SAY(E_REF, "%s", path);
}

#define PATH(...) sieg_printf(h->errors->arena, __VA_ARGS__)

static void check_undertakings(const struct here *h, const struct sieg_deminimis *in)
{
	struct sieg_name_set met;

	sieg_name_set_init(&met, h->errors->arena);
	for (size_t i = 0; i < in->n_undertakings; i++)
		sieg_once(h->errors, &met, in->undertaking[i].id, "/undertakings/%zu/id", i);
}

static void check_links(const struct here *h, const struct sieg_deminimis *in)
{
	for (size_t i = 0; i < in->n_links; i++) {
		const struct sieg_link *link = &in->link[i];

		check_reference(h, link->from, PATH("/links/%zu/from", i));
		check_reference(h, link->to, PATH("/links/%zu/to", i));
		if (link->valid_from && link->valid_to && link->valid_to < link->valid_from)
			SAY(E_DATE_ORDER, "/links/%zu/valid_to", i);
	}
}

/* ---- aids and the request ------------------------------------------------------------ */

enum { AMOUNT = 1, RATE = 2, FLOWS = 4, YEARS = 8, COLLATERAL = 16, COVER = 32 };

static const unsigned fields_of[] = {
	[SIEG_PLAIN_GRANT] = AMOUNT,
	[SIEG_GIVEN_EQUIVALENT] = AMOUNT,
	[SIEG_INSTALMENTS] = RATE | FLOWS,
	[SIEG_LOAN] = AMOUNT | YEARS | COLLATERAL,
	[SIEG_GUARANTEE] = AMOUNT | YEARS | COVER,
	[SIEG_UNKNOWN_AMOUNT] = 0,
};

static void check_instrument(const struct here *h, const struct sieg_instrument *x,
			     const char *path)
{
	const struct {
		const char *name;
		unsigned bit;
		bool given;
	} field[] = {
		{ "amount", AMOUNT, x->amount.given },
		{ "rate", RATE, sieg_rate_given(x->rate) },
		{ "flows", FLOWS, x->n_flows > 0 },
		{ "years", YEARS, sieg_rate_given(x->years) },
		{ "collateral", COLLATERAL, sieg_rate_given(x->collateral) },
		{ "cover", COVER, sieg_rate_given(x->cover) },
	};

	for (size_t i = 0; i < sizeof(field) / sizeof(*field); i++) {
		bool wanted = fields_of[x->type] & field[i].bit;

		if (wanted && !field[i].given)
			SAY(E_REQUIRED, "%s/instrument/%s", path, field[i].name);
		if (!wanted && field[i].given)
			SAY(E_FIELD_CONFLICT, "%s/instrument/%s", path, field[i].name);
	}
	if (sieg_rate_given(x->rate) &&
	    sieg_rate_compare(x->rate, (struct sieg_rate){ -100, 1 }) <= 0)
		SAY(E_RANGE, "%s/instrument/rate", path);
}

static void check_covers(const struct here *h, sieg_day from, sieg_day to, const char *path)
{
	if (!from != !to)
		SAY(E_REQUIRED, "%s/%s", path, from ? "covers_to" : "covers_from");
	else if (to < from)
		SAY(E_DATE_ORDER, "%s/covers_to", path);
}

static void check_aids(const struct here *h, const struct sieg_deminimis *in,
		       struct sieg_name_set *met)
{
	for (size_t i = 0; i < in->n_aids; i++) {
		const struct sieg_aid *aid = &in->aid[i];
		const char *path = PATH("/aids/%zu", i);

		sieg_once(h->errors, met, aid->id, "%s/id", path);
		check_reference(h, aid->beneficiary, PATH("%s/beneficiary", path));
		check_reference(h, aid->used_by, PATH("%s/used_by", path));
		check_instrument(h, aid->instrument, path);
		check_covers(h, aid->covers_from, aid->covers_to, path);
	}
}

static void check_request(const struct here *h, const struct sieg_aid_request *request,
			  struct sieg_name_set *aids)
{
	sieg_once(h->errors, aids, request->id, "/request/id");
	check_reference(h, request->beneficiary, "/request/beneficiary");
	check_instrument(h, request->instrument, "/request");
	check_covers(h, request->covers_from, request->covers_to, "/request");
}

static void check_compensations(const struct here *h, const struct sieg_deminimis *in)
{
	struct sieg_name_set met;

	sieg_name_set_init(&met, h->errors->arena);
	for (size_t i = 0; i < in->n_compensations; i++) {
		const struct sieg_compensation *c = &in->compensation[i];

		sieg_once(h->errors, &met, c->id, "/compensations/%zu/id", i);
		check_reference(h, c->beneficiary, PATH("/compensations/%zu/beneficiary", i));
		if (c->to < c->from)
			SAY(E_DATE_ORDER, "/compensations/%zu/to", i);
	}
}

/* ---- events --------------------------------------------------------------------------- */

static void check_from(const struct here *h, const struct sieg_event *event, size_t i)
{
	struct sieg_name_set met;

	sieg_name_set_init(&met, h->errors->arena);
	for (size_t k = 0; k < event->n_from; k++) {
		sieg_once(h->errors, &met, event->from[k], "/events/%zu/from/%zu", i, k);
		check_reference(h, event->from[k], PATH("/events/%zu/from/%zu", i, k));
	}
	if (event->type == SIEG_DIVISION && event->n_from != 1)
		SAY(E_ITEMS, "/events/%zu/from", i);
}

static void check_into(const struct here *h, const struct sieg_event *event, size_t i)
{
	struct sieg_name_set met;
	bool is_split = event->type == SIEG_DIVISION, is_nothing = is_split;

	sieg_name_set_init(&met, h->errors->arena);
	for (size_t k = 0; k < event->n_into; k++) {
		const struct sieg_event_part *part = &event->into[k];

		sieg_once(h->errors, &met, part->id, "/events/%zu/into/%zu/id", i, k);
		check_reference(h, part->id, PATH("/events/%zu/into/%zu/id", i, k));
		if (is_split && !part->equity.given)
			SAY(E_REQUIRED, "/events/%zu/into/%zu/equity", i, k);
		if (!is_split && part->equity.given)
			SAY(E_FIELD_CONFLICT, "/events/%zu/into/%zu/equity", i, k);
		is_nothing &= part->equity.given && part->equity.cents == 0;
	}
	if (!is_split && event->n_into != 1)
		SAY(E_ITEMS, "/events/%zu/into", i);
	if (is_nothing)
		SAY(E_KEY_ZERO, "/events/%zu/into", i);
}

static void check_events(const struct here *h, const struct sieg_deminimis *in)
{
	for (size_t i = 0; i < in->n_events; i++) {
		check_from(h, &in->event[i], i);
		check_into(h, &in->event[i], i);
		if (i > 0 && in->event[i].date < in->event[i - 1].date)
			SAY(E_DATE_ORDER, "/events/%zu/date", i);
	}
}

void sieg_deminimis_check(const struct sieg_deminimis *in, const struct sieg_directory *d,
			  struct sieg_issues *errors)
{
	const struct here here = { d, errors }, *h = &here;
	struct sieg_name_set aids;

	sieg_name_set_init(&aids, errors->arena);
	check_undertakings(h, in);
	check_links(h, in);
	check_aids(h, in, &aids);
	if (in->request)
		check_request(h, in->request, &aids);
	check_compensations(h, in);
	check_events(h, in);
}
