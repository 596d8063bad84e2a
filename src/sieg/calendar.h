/*
 * calendar.h - the days by which something is due: controls, reports, records, the register
 * (CONTRACT, section 10).
 *
 * Decisions: control at most every so many years, and at the end of the act; records kept ten
 * years. Regulation 2023/2832, article 6: records, central register. Law 2000-321, article 10, and
 * its order of 24 May 2005: the financial report, six months after the exercise.
 */
#ifndef SIEG_CALENDAR_H
#define SIEG_CALENDAR_H

#include "sieg/issue.h"

/* ---- what is asked ------------------------------------------------------------ */

struct sieg_calendar_act {
	const char *id;
	sieg_day act_date, start, end;
	sieg_day ended_on; /* before the end; 0: not given */
};

struct sieg_calendar_aid {
	const char *id;
	sieg_day grant_date;
};

struct sieg_calendar {
	const char *dossier;
	enum sieg_holidays holidays;
	struct sieg_calendar_act *act; /* NULL: none */
	sieg_day *exercise;            /* the last day of each */
	struct sieg_calendar_aid *aid;
	size_t n_exercises, n_aids;
};

/* ---- what comes out ------------------------------------------------------------ */

/* In the order of the names' bytes. */
enum sieg_deadline_kind {
	SIEG_DUE_AID_RECORDS_UNTIL,
	SIEG_DUE_CONTROL_BY,
	SIEG_DUE_CONTROL_WARNING,
	SIEG_DUE_END_CHECK,
	SIEG_DUE_END_WARNING,
	SIEG_DUE_FINANCIAL_REPORT,
	SIEG_DUE_RECORDS_UNTIL,
	SIEG_DUE_REGISTER_BY,
	SIEG_DUE_STATE_REPORT,
	SIEG_DUE_YEARLY_AGGREGATE,
};

/* "control_by" */
const char *sieg_deadline_name(enum sieg_deadline_kind kind);

struct sieg_deadline {
	sieg_day day;
	enum sieg_deadline_kind kind;
	enum sieg_rule rule;
	const char *about; /* the id of the act or of the aid, the exercise's last day, the year */
};

struct sieg_calendar_result {
	struct sieg_deadline *deadline; /* by day, name, what it is about; each once */
	size_t n_deadlines, capacity;
	struct sieg_issues findings;
};

/*
 * NULL, with `errors`, when the document cannot be computed: E_DATE_ORDER, E_DUPLICATE; then
 * E_NO_DECISION_YET for the act, E_REGIME_DATE for a grant of a day whose regulation keeps no
 * register. Everything lives in the arena of `errors`.
 */
struct sieg_calendar_result *sieg_calendar(const struct sieg_calendar *in,
					   struct sieg_issues *errors);

#endif
