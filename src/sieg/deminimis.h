/*
 * deminimis.h - small aid that is free of formalities under a ceiling: whether one more fits, and
 * whether those already granted did (CONTRACT, section 9).
 *
 * Regulations 360/2012, article 2, and 2023/2832, articles 3 to 7, for services of general
 * economic interest; 1998/2006, 1407/2013 and 2023/2831 for the rest. Amounts are in cents, rates
 * in percent and durations in years, exact.
 */
#ifndef SIEG_DEMINIMIS_H
#define SIEG_DEMINIMIS_H

#include "sieg/issue.h"

enum sieg_undertaking_kind { SIEG_ENTERPRISE, SIEG_PUBLIC_BODY, SIEG_NONPROFIT };
enum sieg_link_kind { SIEG_VOTES, SIEG_APPOINT, SIEG_CONTRACT_LINK, SIEG_AGREEMENT };

enum sieg_instrument_type {
	SIEG_PLAIN_GRANT,
	SIEG_GIVEN_EQUIVALENT,
	SIEG_INSTALMENTS,
	SIEG_LOAN,
	SIEG_GUARANTEE,
	SIEG_UNKNOWN_AMOUNT,
};

enum sieg_request_kind { SIEG_FOR_SGEI, SIEG_IN_GENERAL };
enum sieg_event_type { SIEG_MERGER, SIEG_DIVISION };

/* ---- what is asked ------------------------------------------------------------ */

struct sieg_undertaking {
	const char *id;
	enum sieg_undertaking_kind kind;
	struct sieg_civil fiscal_year_start; /* without year; month 0: 1 January */
};

/* One undertaking controls another, on these days, both included; 0: always. */
struct sieg_link {
	const char *from, *to;
	enum sieg_link_kind kind;
	sieg_day valid_from, valid_to;
};

#define SIEG_MOST_INSTALMENT_YEARS 50

struct sieg_instalment {
	int64_t years; /* after the grant */
	sieg_cents amount;
};

struct sieg_instrument {
	enum sieg_instrument_type type;
	struct sieg_optional_cents amount;
	struct sieg_rate rate;
	struct sieg_instalment *flow;
	size_t n_flows;
	struct sieg_rate years, collateral, cover;
};

struct sieg_aid {
	const char *id, *beneficiary, *sgei, *used_by;
	enum sieg_regulation_name regulation;
	sieg_day grant_date; /* when the legal right is conferred */
	sieg_day covers_from, covers_to, registered_on;
	struct sieg_instrument *instrument;
};

struct sieg_aid_request {
	const char *id, *beneficiary, *sgei;
	enum sieg_request_kind kind;
	sieg_day grant_date, covers_from, covers_to;
	struct sieg_instrument *instrument;
};

/* What else is paid for a service. */
struct sieg_compensation {
	const char *id, *beneficiary, *sgei;
	sieg_day from, to;
};

#define SIEG_MOST_EVENT_IDS 50 /* on either side */

struct sieg_event_part {
	const char *id;
	struct sieg_optional_cents equity;
};

struct sieg_event {
	enum sieg_event_type type;
	sieg_day date; /* from this day on */
	const char **from;
	struct sieg_event_part *into;
	size_t n_from, n_into;
};

struct sieg_deminimis {
	const char *dossier;
	sieg_day as_of;
	enum sieg_holidays holidays;
	struct sieg_undertaking *undertaking;
	struct sieg_link *link;
	struct sieg_aid *aid;
	struct sieg_aid_request *request;
	struct sieg_compensation *compensation;
	struct sieg_event *event;
	size_t n_undertakings, n_links, n_aids, n_compensations, n_events;
};

/* ---- what comes out ------------------------------------------------------------ */

/* The gross grant equivalent of an aid, and what it was computed from. */
struct sieg_equivalent {
	const char *id;
	const struct sieg_instrument *instrument;
	const struct sieg_regulation *regulation;
	const struct sieg_yardstick *yardstick; /* of a loan or a guarantee; else NULL */
	struct sieg_figure figure;
};

/* Part of an aid, or the whole, in the hands of an undertaking. */
struct sieg_held {
	size_t aid; /* its place in the document */
	const char *id, *holder;
	sieg_day grant_date;
	sieg_day until; /* the last day that it counts; 0 with fiscal years */
	sieg_cents cents;
};

/* What counts on a day under a regulation. */
struct sieg_count {
	const struct sieg_regulation *regulation;
	sieg_day from, to; /* grants of these days, both included */
	struct sieg_figure used;
	struct sieg_held *held; /* by grant date, then aid, then holder */
	size_t n_held;
};

struct sieg_single_undertaking {
	const char **id; /* sorted */
	size_t n_ids;
};

/* Whether a later regulation may exempt an aid that is above the ceiling: article 7(1). */
struct sieg_cover {
	bool asked, possible;
	struct sieg_figure total, ceiling;
};

struct sieg_deadline_of_record {
	sieg_day keep_until;
	sieg_day register_by; /* 0: no register yet */
	enum sieg_rule rule;
};

struct sieg_request_result {
	const struct sieg_regulation *regulation;
	struct sieg_single_undertaking group;
	sieg_cents gge;
	struct sieg_count counted;
	struct sieg_figure ceiling, total, margin_before, margin_after;
	bool above, overlaps, allowed; /* without a margin after when above */
	bool has_beside;
	struct sieg_count beside; /* under the other regulation that may be used too */
	struct sieg_figure joint_total;
	bool has_record, declaration_required;
	struct sieg_deadline_of_record record;
	struct sieg_cover cover;
};

/* The count of an aid's own grant date, the aid included. */
struct sieg_recount {
	const struct sieg_aid *aid;
	const struct sieg_regulation *regulation;
	sieg_day from; /* of the window, which ends with the grant */
	struct sieg_figure total, ceiling;
	bool breach;
	struct sieg_cover cover;
};

struct sieg_record_entry {
	const struct sieg_aid *aid;
	struct sieg_deadline_of_record record;
	bool late;
};

struct sieg_deminimis_result {
	struct sieg_equivalent *gge; /* by id */
	size_t n_gge;
	sieg_day on; /* of groups and of what moved; 0: none were asked */
	struct sieg_single_undertaking *group;
	size_t n_groups;
	struct sieg_held *moved; /* held by another than the beneficiary: by aid, then holder */
	size_t n_moved;
	struct sieg_recount *timeline;   /* by grant date, then id */
	struct sieg_record_entry *entry; /* idem */
	size_t n_timeline, n_entries;
	struct sieg_request_result *request; /* NULL without one */
	struct sieg_issues findings;
};

/*
 * Stages B and C. NULL, with `errors`, when the document cannot be computed: E_REGIME_DATE where
 * no regulation was in force, E_RULE_UNCONFIRMED and E_GGE_... where an equivalent cannot be had,
 * E_OVERFLOW also when mergers and splits in turn cut the aids in millions of parts. Everything
 * lives in the arena of `errors`.
 */
struct sieg_deminimis_result *sieg_deminimis(const struct sieg_deminimis *in,
					     struct sieg_issues *errors);

#endif
