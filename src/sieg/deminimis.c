#include "sieg/deminimis_inside.h"

#include <stdlib.h>
#include <string.h>

#include "sieg/arena.h"

struct work {
	struct sieg_calc *calc;
	const struct sieg_deminimis *in;
	const struct sieg_directory *directory;
	struct sieg_grant *grant; /* the aids, in their order; then the request */
	size_t *compensated;      /* beneficiaries of the compensations */
	struct sieg_ledger *ledger;
	struct sieg_deminimis_result *result;
};

#define FIND(code, rule, path) sieg_issue(w->calc->findings, SIEG_##code, rule, "%s", path)

/* ---- aids and the request, as grants ------------------------------------------------------ */

static void check_days(struct work *w, const struct sieg_grant *g)
{
	const struct sieg_regulation *r = g->regulation;

	if (g->name != SIEG_OTHER_REGULATION && !sieg_within(g->day, r->from, r->to))
		sieg_issue(w->calc->errors, SIEG_E_REGIME_DATE, SIEG_NO_RULE, "%s/grant_date",
			   g->path);
}

static void read_aids(struct work *w)
{
	for (size_t i = 0; i < w->in->n_aids; i++) {
		const struct sieg_aid *aid = &w->in->aid[i];

		w->grant[i] = (struct sieg_grant){
			.aid = aid,
			.id = aid->id,
			.path = sieg_printf(w->calc->arena, "/aids/%zu", i),
			.sgei = aid->sgei,
			.beneficiary = sieg_place(w->directory, aid->beneficiary),
			.used_by = sieg_place(w->directory, aid->used_by),
			.name = aid->regulation,
			.regulation = sieg_regulation(aid->regulation),
			.day = aid->grant_date,
			.covers_from = aid->covers_from,
			.covers_to = aid->covers_to,
		};
		check_days(w, &w->grant[i]);
		w->result->gge[i] = sieg_equivalent_of(w->calc, &w->grant[i], aid->instrument);
		w->grant[i].gge = w->result->gge[i].figure.cents;
	}
	w->result->n_gge = w->in->n_aids;
}

/* Its regulation follows from its kind and its day. */
static void read_request(struct work *w)
{
	const struct sieg_aid_request *q = w->in->request;
	struct sieg_grant *g = &w->grant[w->in->n_aids];

	if (!q)
		return;
	*g = (struct sieg_grant){
		.id = q->id,
		.path = "/request",
		.sgei = q->sgei,
		.beneficiary = sieg_place(w->directory, q->beneficiary),
		.used_by = SIEG_NOWHERE,
		.name = sieg_regulation_on(q->grant_date, q->kind == SIEG_FOR_SGEI),
		.day = q->grant_date,
		.covers_from = q->covers_from,
		.covers_to = q->covers_to,
	};
	g->regulation = sieg_regulation(g->name);
	if (g->name == SIEG_OTHER_REGULATION) {
		sieg_issue(w->calc->errors, SIEG_E_REGIME_DATE, SIEG_NO_RULE,
			   "/request/grant_date");
		return;
	}
	w->result->gge[w->result->n_gge] = sieg_equivalent_of(w->calc, g, q->instrument);
	g->gge = w->result->gge[w->result->n_gge++].figure.cents;
}

static int compare_equivalents(const void *left, const void *right)
{
	const struct sieg_equivalent *l = left, *r = right;

	return strcmp(l->id, r->id);
}

/* False when some error, or an amount, allows no count. */
static bool read_grants(struct work *w)
{
	size_t most = w->in->n_aids + 1;

	w->grant = sieg_make(w->calc->arena, struct sieg_grant, most);
	w->result->gge = sieg_make(w->calc->arena, struct sieg_equivalent, most);
	read_aids(w);
	read_request(w);
	qsort(w->result->gge, w->result->n_gge, sizeof(*w->result->gge), compare_equivalents);
	w->compensated = sieg_make(w->calc->arena, size_t, w->in->n_compensations);
	for (size_t i = 0; i < w->in->n_compensations; i++)
		w->compensated[i] = sieg_place(w->directory, w->in->compensation[i].beneficiary);
	return sieg_calc_end(w->calc);
}

/* ---- windows and sums ---------------------------------------------------------------------- */

/* The first day of the fiscal year of a day. */
static sieg_day fiscal_year(sieg_day day, struct sieg_civil start, int years_before)
{
	int year = sieg_year_of(day), month = start.month ? start.month : 1;
	int first = start.day ? start.day : 1;

	if (sieg_day_of(year, month, first) > day)
		year--;
	return sieg_day_of(year - years_before, month, first);
}

/*
 * The first grant date that still counts on a day. 2023: three years to the day, the anniversary
 * counts. Before: the fiscal year of the grant and the two before it.
 */
static sieg_day window_start(const struct sieg_regulation *r, sieg_day day,
			     const struct sieg_undertaking *heir)
{
	sieg_day from;

	if (!r->rolling)
		return fiscal_year(day, heir->fiscal_year_start, r->years - 1);
	from = sieg_add_years(day, -r->years);
	/* On 29 February, what was granted on the 28th stopped the day before. */
	return sieg_add_years(from, r->years) < day ? from + 1 : from;
}

struct window {
	size_t heir;
	sieg_day from, to;
};

static struct window window_of(const struct work *w, const struct sieg_grant *g,
			       const struct sieg_regulation *r)
{
	size_t heir = sieg_heir(w->ledger, g->beneficiary);

	return (struct window){
		.heir = heir,
		.from = window_start(r, g->day, &w->in->undertaking[heir]),
		.to = g->day,
	};
}

static sieg_wide sum_counted(struct work *w, const struct sieg_grant *g,
			     const struct sieg_regulation *r)
{
	const size_t *group = sieg_groups(w->ledger, r);
	struct window window = window_of(w, g, r);
	sieg_wide sum = 0;

	for (size_t i = 0; i < w->in->n_undertakings; i++)
		if (group[i] == group[window.heir])
			sum += sieg_sum_held(w->ledger, i, r->counts, window.from, window.to);
	return sum;
}

/* Article 7(1) of 2023/2832: whether it would exempt an aid above the ceiling of its day. */
static struct sieg_cover cover_of(struct work *w, const struct sieg_grant *g, sieg_wide added)
{
	const struct sieg_regulation *r = g->regulation, *later = sieg_regulation(r->cover);
	struct sieg_cover cover = { 0 };
	sieg_wide total;

	if (!r->cover_rule)
		return cover;
	total = sum_counted(w, g, later) + added;
	cover.asked = true;
	cover.possible = total <= later->ceiling;
	cover.total = sieg_figure(w->calc, total, r->cover_rule);
	cover.ceiling = sieg_figure(w->calc, later->ceiling, later->rule);
	if (cover.possible)
		FIND(W_ART7_COVER, r->cover_rule, g->path);
	return cover;
}

/* ---- lists of what is held ------------------------------------------------------------------- */

struct held_list {
	struct sieg_held *held;
	size_t n_held, capacity;
};

/* Parts of an aid that a holder has come one after the other. */
static void add_held(struct work *w, struct held_list *list, size_t holder,
		     const struct sieg_holding *holding)
{
	const struct sieg_grant *g = &w->grant[holding->grant];
	const char *id = w->in->undertaking[holder].id;
	struct sieg_held *last = list->n_held ? &list->held[list->n_held - 1] : NULL;

	if (last && last->aid == holding->grant && last->holder == id) {
		last->cents += holding->cents;
		return;
	}
	list->held = sieg_grow(w->calc->arena, list->held, list->n_held, &list->capacity,
			       sizeof(*list->held));
	list->held[list->n_held++] = (struct sieg_held){
		.aid = holding->grant,
		.id = g->id,
		.holder = id,
		.grant_date = g->day,
		.cents = holding->cents,
	};
}

static int compare_by_id(const void *left, const void *right)
{
	const struct sieg_held *l = left, *r = right;
	int order = strcmp(l->id, r->id);

	return order ? order : strcmp(l->holder, r->holder);
}

static int compare_by_day(const void *left, const void *right)
{
	const struct sieg_held *l = left, *r = right;

	if (l->grant_date != r->grant_date)
		return l->grant_date < r->grant_date ? -1 : 1;
	return compare_by_id(left, right);
}

static void gather(struct work *w, struct held_list *list, size_t holder,
		   const struct sieg_regulation *r, struct window window)
{
	size_t n;
	const struct sieg_holding *holding = sieg_holdings(w->ledger, holder, &n);

	for (size_t i = 0; i < n; i++) {
		const struct sieg_grant *g = &w->grant[holding[i].grant];

		if (r->counts >> g->name & 1 && g->day >= window.from && g->day <= window.to)
			add_held(w, list, holder, &holding[i]);
	}
}

static struct sieg_count count_under(struct work *w, const struct sieg_grant *g,
				     const struct sieg_regulation *r)
{
	const size_t *group = sieg_groups(w->ledger, r);
	struct window window = window_of(w, g, r);
	struct held_list list = { 0 };

	for (size_t i = 0; i < w->in->n_undertakings; i++)
		if (group[i] == group[window.heir])
			gather(w, &list, i, r, window);
	if (list.n_held)
		qsort(list.held, list.n_held, sizeof(*list.held), compare_by_day);
	for (size_t i = 0; i < list.n_held; i++) {
		sieg_amount(w->calc, list.held[i].cents);
		if (r->rolling)
			list.held[i].until = sieg_add_years(list.held[i].grant_date, r->years);
	}
	return (struct sieg_count){
		.regulation = r,
		.from = window.from,
		.to = window.to,
		.used = sieg_figure(w->calc, sum_counted(w, g, r), r->rule),
		.held = list.held,
		.n_held = list.n_held,
	};
}

/* ---- cumulation, and what is written down -----------------------------------------------------
 */

static bool overlaps(const struct sieg_grant *g, const struct sieg_compensation *c)
{
	return !g->covers_from || (c->from <= g->covers_to && c->to >= g->covers_from);
}

/* Whether another compensation pays the same service over the same days; one that pays it over
 * others is told. */
static bool check_same_service(struct work *w, const struct sieg_grant *g)
{
	enum sieg_rule rule = g->regulation->same_service;
	bool is_met = false, is_same = false;
	const size_t *group;

	if (!g->sgei || !rule)
		return false;
	group = sieg_groups(w->ledger, g->regulation);
	for (size_t i = 0; i < w->in->n_compensations; i++) {
		const struct sieg_compensation *c = &w->in->compensation[i];

		if (strcmp(c->sgei, g->sgei) != 0 ||
		    group[sieg_heir(w->ledger, w->compensated[i])] !=
			    group[sieg_heir(w->ledger, g->beneficiary)])
			continue;
		is_met = true;
		is_same |= overlaps(g, c);
	}
	if (is_same)
		FIND(E_CUMUL_SAME_SGEI, rule, g->path);
	else if (is_met)
		FIND(W_SUCCESSIVE_SAME_SGEI, rule, g->path);
	return is_same;
}

static struct sieg_deadline_of_record record_of(const struct work *w, const struct sieg_grant *g)
{
	const struct sieg_record *record = g->regulation->record;

	return (struct sieg_deadline_of_record){
		.keep_until = sieg_add_years(g->day, record->years),
		.register_by = sieg_register_by(record, g->day, w->in->holidays),
		.rule = record->rule,
	};
}

static void add_entry(struct work *w, const struct sieg_grant *g)
{
	struct sieg_record_entry *e;
	sieg_day done = g->aid->registered_on ? g->aid->registered_on : w->in->as_of;

	if (!g->regulation->record)
		return;
	e = &w->result->entry[w->result->n_entries++];
	e->aid = g->aid;
	e->record = record_of(w, g);
	e->late = e->record.register_by && done > e->record.register_by;
	if (e->late)
		FIND(W_REGISTER_LATE, e->record.rule, g->path);
}

/* ---- the request ----------------------------------------------------------------------------- */

static void tell_same_service(struct work *w, const struct sieg_grant *g,
			      const struct sieg_count *beside)
{
	for (size_t i = 0; g->sgei && i < beside->n_held; i++) {
		const struct sieg_grant *other = &w->grant[beside->held[i].aid];

		if (other->sgei && strcmp(other->sgei, g->sgei) == 0)
			FIND(W_GENERAL_SAME_SGEI, g->regulation->beside_rule, other->path);
	}
}

/* Article 5(1): the other regulation's aids stand beside these, under their own ceiling. */
static void put_beside(struct work *w, const struct sieg_grant *g, struct sieg_request_result *q)
{
	const struct sieg_regulation *r = g->regulation;

	if (!r->beside_rule)
		return;
	q->has_beside = true;
	q->beside = count_under(w, g, sieg_regulation(r->beside));
	q->joint_total = sieg_figure(w->calc, (sieg_wide)q->total.cents + q->beside.used.cents,
				     r->beside_rule);
	if (q->beside.used.cents > 0)
		FIND(W_BOTH_REGIMES, r->beside_rule, g->path);
	tell_same_service(w, g, &q->beside);
}

static void put_margins(struct work *w, const struct sieg_grant *g, struct sieg_request_result *q)
{
	const struct sieg_regulation *r = g->regulation;
	sieg_wide left = (sieg_wide)r->ceiling - q->counted.used.cents;
	sieg_wide total = (sieg_wide)q->counted.used.cents + g->gge;

	q->ceiling = sieg_figure(w->calc, r->ceiling, r->rule);
	q->total = sieg_figure(w->calc, total, r->rule);
	q->margin_before = sieg_figure(w->calc, left > 0 ? left : 0, r->rule);
	q->above = total > r->ceiling;
	if (q->above) {
		q->cover = cover_of(w, g, g->gge);
		return;
	}
	q->margin_after = sieg_figure(w->calc, r->ceiling - total, r->rule);
	if (100 * total >= SIEG_NEAR_PERCENT * (sieg_wide)r->ceiling)
		FIND(W_CAP_NEAR, r->rule, g->path);
}

static int compare_texts(const void *left, const void *right)
{
	const char *const *l = left, *const *r = right;

	return strcmp(*l, *r);
}

static struct sieg_single_undertaking group_named(const struct work *w, const size_t *group,
						  size_t root)
{
	struct sieg_single_undertaking s = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < w->in->n_undertakings; i++)
		n += group[i] == root;
	s.id = sieg_make(w->calc->arena, const char *, n);
	for (size_t i = 0; i < w->in->n_undertakings; i++)
		if (group[i] == root)
			s.id[s.n_ids++] = w->in->undertaking[i].id;
	qsort(s.id, s.n_ids, sizeof(*s.id), compare_texts);
	return s;
}

static void put_request(struct work *w)
{
	const struct sieg_grant *g = &w->grant[w->in->n_aids];
	struct sieg_request_result *q = sieg_make(w->calc->arena, struct sieg_request_result, 1);
	const size_t *group = sieg_groups(w->ledger, g->regulation);

	w->result->request = q;
	q->regulation = g->regulation;
	q->group = group_named(w, group, group[sieg_heir(w->ledger, g->beneficiary)]);
	q->gge = g->gge;
	q->counted = count_under(w, g, g->regulation);
	put_margins(w, g, q);
	put_beside(w, g, q);
	q->overlaps = check_same_service(w, g);
	q->allowed = !q->above && !q->overlaps;
	q->has_record = g->regulation->record != NULL;
	if (q->has_record)
		q->record = record_of(w, g);
	q->declaration_required =
		g->regulation->declared_to &&
		sieg_within(g->day, g->regulation->from, g->regulation->declared_to);
}

/* ---- groups, and what moved --------------------------------------------------------------------
 */

static int compare_groups(const void *left, const void *right)
{
	const struct sieg_single_undertaking *l = left, *r = right;

	return strcmp(l->id[0], r->id[0]);
}

static void put_groups(struct work *w, const struct sieg_regulation *r)
{
	const size_t *group = sieg_groups(w->ledger, r);
	struct sieg_deminimis_result *result = w->result;

	result->group =
		sieg_make(w->calc->arena, struct sieg_single_undertaking, w->in->n_undertakings);
	for (size_t i = 0; i < w->in->n_undertakings; i++)
		if (group[i] == i)
			result->group[result->n_groups++] = group_named(w, group, i);
	qsort(result->group, result->n_groups, sizeof(*result->group), compare_groups);
}

static void put_moved(struct work *w)
{
	struct held_list list = { 0 };

	for (size_t holder = 0; holder < w->in->n_undertakings; holder++) {
		size_t n;
		const struct sieg_holding *holding = sieg_holdings(w->ledger, holder, &n);

		for (size_t i = 0; i < n; i++) {
			const struct sieg_grant *g = &w->grant[holding[i].grant];

			if (g->day <= w->result->on && g->beneficiary != holder)
				add_held(w, &list, holder, &holding[i]);
		}
	}
	if (list.n_held)
		qsort(list.held, list.n_held, sizeof(*list.held), compare_by_id);
	for (size_t i = 0; i < list.n_held; i++)
		sieg_amount(w->calc, list.held[i].cents);
	w->result->moved = list.held;
	w->result->n_moved = list.n_held;
}

static void open_ledger(struct work *w, size_t n_grants)
{
	w->ledger = sieg_ledger_new(w->calc->arena, w->in, w->directory, w->grant, n_grants);
}

/* False, with an error, when mergers and splits made more parts than a ledger holds. */
static bool go_to(struct work *w, sieg_day day)
{
	sieg_ledger_go(w->ledger, day);
	if (!sieg_ledger_is_full(w->ledger))
		return true;
	sieg_issue_at(w->calc->errors, SIEG_E_OVERFLOW, "",
		      "Fusions et scissions successives découpent les aides en trop de parts pour "
		      "être comptées.");
	return false;
}

/* What is asked of one day: that of the request, else the day of reference, with the groups that
 * count for services now. */
static bool put_day(struct work *w)
{
	const struct sieg_grant *request = w->in->request ? &w->grant[w->in->n_aids] : NULL;

	w->result->on = request ? request->day : w->in->as_of;
	if (!w->result->on)
		return true;
	open_ledger(w, w->in->n_aids);
	if (!go_to(w, w->result->on))
		return false;
	put_groups(w, request ? request->regulation : sieg_regulation(SIEG_2023_2832));
	put_moved(w);
	if (request)
		put_request(w);
	return true;
}

/* ---- the timeline
 * --------------------------------------------------------------------------------- */

static void recount(struct work *w, const struct sieg_grant *g)
{
	const struct sieg_regulation *r = g->regulation;
	struct sieg_recount *t = &w->result->timeline[w->result->n_timeline++];
	sieg_wide total = sum_counted(w, g, r);

	t->aid = g->aid;
	t->regulation = r;
	t->from = window_of(w, g, r).from;
	t->total = sieg_figure(w->calc, total, r->rule);
	t->ceiling = sieg_figure(w->calc, r->ceiling, r->rule);
	t->breach = total > r->ceiling;
	if (!t->breach)
		return;
	FIND(E_TIMELINE_BREACH, r->rule, g->path);
	t->cover = cover_of(w, g, 0);
}

static int compare_grants(const void *left, const void *right)
{
	const struct sieg_grant *const *l = left, *const *r = right;

	if ((*l)->day != (*r)->day)
		return (*l)->day < (*r)->day ? -1 : 1;
	return strcmp((*l)->id, (*r)->id);
}

/* Each aid is counted again on its own day; an allowed request counts from its day on. */
static bool put_timeline(struct work *w)
{
	size_t n = w->in->n_aids;
	bool is_added = w->result->request && w->result->request->allowed;
	const struct sieg_grant **in_order =
		sieg_make(w->calc->arena, const struct sieg_grant *, n);

	w->result->timeline = sieg_make(w->calc->arena, struct sieg_recount, n);
	w->result->entry = sieg_make(w->calc->arena, struct sieg_record_entry, n);
	for (size_t i = 0; i < n; i++)
		in_order[i] = &w->grant[i];
	if (n)
		qsort(in_order, n, sizeof(*in_order), compare_grants);
	open_ledger(w, is_added ? n + 1 : n);
	for (size_t i = 0; i < n; i++) {
		const struct sieg_grant *g = in_order[i];

		if (g->name == SIEG_OTHER_REGULATION)
			continue;
		if (!go_to(w, g->day))
			return false;
		recount(w, g);
		check_same_service(w, g);
		add_entry(w, g);
	}
	return true;
}

struct sieg_deminimis_result *sieg_deminimis(const struct sieg_deminimis *in,
					     struct sieg_issues *errors)
{
	struct sieg_deminimis_result *r = sieg_make(errors->arena, struct sieg_deminimis_result, 1);
	struct sieg_calc calc = {
		.arena = errors->arena,
		.errors = errors,
		.findings = &r->findings,
	};
	struct sieg_directory directory;
	struct work w = { .calc = &calc, .in = in, .directory = &directory, .result = r };

	sieg_issues_init(&r->findings, errors->arena);
	sieg_directory_init(&directory, errors->arena, in);
	sieg_deminimis_check(in, &directory, errors);
	if (errors->n_issues || !read_grants(&w))
		return NULL;
	if (!put_day(&w) || !put_timeline(&w))
		return NULL;
	return sieg_calc_end(&calc) ? r : NULL;
}
