#include "sieg/deminimis.h"
#include "sieg/operation.h"

static void write_equivalents(struct sieg_writer *w, const struct sieg_deminimis_result *r)
{
	sieg_key(w, "gge");
	sieg_open_list(w);
	for (size_t i = 0; i < r->n_gge; i++)
		sieg_put_figure_of(w, r->gge[i].figure, "id", r->gge[i].id);
	sieg_close_list(w);
}

static void put_group(struct sieg_writer *w, const struct sieg_single_undertaking *group)
{
	sieg_open_list(w);
	for (size_t i = 0; i < group->n_ids; i++)
		sieg_put_text(w, group->id[i]);
	sieg_close_list(w);
}

static void write_groups(struct sieg_writer *w, const struct sieg_deminimis_result *r)
{
	if (!r->on)
		return;
	sieg_key(w, "groups");
	sieg_open_list(w);
	for (size_t i = 0; i < r->n_groups; i++)
		put_group(w, &r->group[i]);
	sieg_close_list(w);
}

static void write_moved(struct sieg_writer *w, const struct sieg_deminimis_result *r)
{
	if (!r->n_moved)
		return;
	sieg_key(w, "moved");
	sieg_open_list(w);
	for (size_t i = 0; i < r->n_moved; i++) {
		sieg_open_object(w);
		sieg_write_text(w, "aid", r->moved[i].id);
		sieg_write_cents(w, "amount", r->moved[i].cents);
		sieg_write_text(w, "holder", r->moved[i].holder);
		sieg_write_rule(w, SIEG_DMS24_M);
		sieg_close_object(w);
	}
	sieg_close_list(w);
}

static void write_deadline(struct sieg_writer *w, const char *key, sieg_day day,
			   enum sieg_rule rule)
{
	if (!day)
		return;
	sieg_key(w, key);
	sieg_open_object(w);
	sieg_write_day(w, "date", day);
	sieg_write_rule(w, rule);
	sieg_close_object(w);
}

static void write_entries(struct sieg_writer *w, const struct sieg_deminimis_result *r)
{
	sieg_key(w, "register");
	sieg_open_list(w);
	for (size_t i = 0; i < r->n_entries; i++) {
		const struct sieg_record_entry *e = &r->entry[i];

		sieg_open_object(w);
		sieg_write_text(w, "aid", e->aid->id);
		write_deadline(w, "keep_until", e->record.keep_until, e->record.rule);
		if (e->record.register_by)
			sieg_write_bool(w, "late", e->late);
		write_deadline(w, "register_by", e->record.register_by, e->record.rule);
		sieg_close_object(w);
	}
	sieg_close_list(w);
}

static void write_cover(struct sieg_writer *w, const struct sieg_cover *cover)
{
	if (!cover->asked)
		return;
	sieg_key(w, "art_7_1");
	sieg_open_object(w);
	sieg_write_figure(w, "total", cover->total);
	sieg_write_text(w, "verdict", cover->possible ? "may_be_covered" : "not_covered");
	sieg_close_object(w);
}

/* ---- the request --------------------------------------------------------------------- */

static void write_counted(struct sieg_writer *w, const struct sieg_count *count)
{
	sieg_key(w, "counted");
	sieg_open_list(w);
	for (size_t i = 0; i < count->n_held; i++) {
		const struct sieg_held *held = &count->held[i];

		sieg_open_object(w);
		sieg_write_text(w, "aid", held->id);
		sieg_write_cents(w, "amount", held->cents);
		sieg_write_text(w, "holder", held->holder);
		if (held->until)
			sieg_write_day(w, "until", held->until);
		sieg_close_object(w);
	}
	sieg_close_list(w);
}

static void write_reasons(struct sieg_writer *w, const struct sieg_request_result *q)
{
	sieg_key(w, "reasons");
	sieg_open_list(w);
	if (q->above)
		sieg_put_text(w, "ceiling");
	if (q->overlaps)
		sieg_put_text(w, "cumulation");
	sieg_close_list(w);
}

/* Three years to the day need no bounds: each aid says until when it counts. */
static void write_window(struct sieg_writer *w, const struct sieg_count *count)
{
	if (count->regulation->rolling)
		return;
	sieg_key(w, "window");
	sieg_open_object(w);
	sieg_write_day(w, "from", count->from);
	sieg_write_day(w, "to", count->to);
	sieg_close_object(w);
}

static void write_request(struct sieg_writer *w, const struct sieg_deminimis *in,
			  const struct sieg_request_result *q)
{
	if (!q)
		return;
	sieg_key(w, "request");
	sieg_open_object(w);
	write_cover(w, &q->cover);
	sieg_write_figure(w, "ceiling", q->ceiling);
	write_counted(w, &q->counted);
	if (q->regulation->declared_to)
		sieg_write_bool(w, "declaration_required", q->declaration_required);
	sieg_write_cents(w, "gge", q->gge);
	sieg_key(w, "group");
	put_group(w, &q->group);
	sieg_write_text(w, "id", in->request->id);
	if (q->has_beside)
		sieg_write_figure(w, "joint_total", q->joint_total);
	write_deadline(w, "keep_until", q->record.keep_until, q->record.rule);
	if (!q->above)
		sieg_write_figure(w, "margin_after", q->margin_after);
	sieg_write_figure(w, "margin_before", q->margin_before);
	if (q->has_beside)
		sieg_write_figure(w, "other_regulation_used", q->beside.used);
	write_reasons(w, q);
	write_deadline(w, "register_by", q->record.register_by, q->record.rule);
	sieg_write_text(w, "regulation", q->regulation->name);
	sieg_write_figure(w, "total", q->total);
	sieg_write_figure(w, "used", q->counted.used);
	sieg_write_text(w, "verdict", q->allowed ? "allowed" : "refused");
	write_window(w, &q->counted);
	sieg_close_object(w);
}

static void write_timeline(struct sieg_writer *w, const struct sieg_deminimis_result *r)
{
	sieg_key(w, "timeline");
	sieg_open_list(w);
	for (size_t i = 0; i < r->n_timeline; i++) {
		const struct sieg_recount *t = &r->timeline[i];

		sieg_open_object(w);
		sieg_write_text(w, "aid", t->aid->id);
		write_cover(w, &t->cover);
		sieg_write_figure(w, "ceiling", t->ceiling);
		sieg_write_day(w, "date", t->aid->grant_date);
		sieg_write_text(w, "regulation", t->regulation->name);
		sieg_write_figure(w, "total", t->total);
		sieg_write_text(w, "verdict", t->breach ? "breach" : "ok");
		sieg_close_object(w);
	}
	sieg_close_list(w);
}

void sieg_write_deminimis(struct sieg_writer *w, const struct sieg_deminimis *in,
			  const struct sieg_deminimis_result *result)
{
	sieg_open_object(w);
	sieg_write_contract(w);
	sieg_write_text(w, "dossier", in->dossier);
	sieg_write_findings(w, &result->findings);
	write_equivalents(w, result);
	write_groups(w, result);
	write_moved(w, result);
	sieg_write_text(w, "operation", "de-minimis");
	write_entries(w, result);
	write_request(w, in, result->request);
	sieg_write_rules(w);
	write_timeline(w, result);
	sieg_close_object(w);
}
