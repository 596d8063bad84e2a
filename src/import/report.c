#include "import/report.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/out.h"
#include "base/text.h"

/* ---- cycles -------------------------------------------------------------------------------- */

static struct report_cycle *cycle_of(struct arena *a, struct report_cycle *cycle, size_t n,
				     const char *title)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(text_fold(a, cycle[i].title), text_fold(a, title)))
			return &cycle[i];
	return NULL;
}

size_t report_cycles(struct arena *a, const struct listing *listing, struct report_cycle **cycle)
{
	size_t n = 0, capacity = 0;

	*cycle = NULL;
	for (size_t k = 0; k < listing->n_records; k++) {
		const struct listing_programme *p = &listing->record[k].programme;

		for (size_t i = 0; i < p->n_cycles; i++) {
			const struct listing_cycle *c = &p->cycle[i];
			struct report_cycle *known = cycle_of(a, *cycle, n, c->title);

			if (!known) {
				known = arena_push(a, *cycle, n, capacity);
				known->title = c->title;
			}
			known->n_sessions += c->n_sessions;
			if (c->announced)
				known->announced = c->announced;
		}
	}
	return n;
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static void add(json_t *object, const char *key, json_t *value)
{
	json_object_set_new(object, key, value);
}

static json_t *text_or_null(const char *text)
{
	return text && *text ? json_string(text) : json_null();
}

static json_t *number_or_null(int number)
{
	return number ? json_integer(number) : json_null();
}

static json_t *json_texts(const struct listing_texts *texts)
{
	json_t *list = json_array();

	for (size_t i = 0; i < texts->n_texts; i++)
		json_array_append_new(list, json_string(texts->text[i]));
	return list;
}

static json_t *json_hour(int minutes)
{
	char text[24];

	if (minutes < 0)
		return json_null();
	snprintf(text, sizeof(text), "%02d:%02d", minutes / 60, minutes % 60);
	return json_string(text);
}

static json_t *json_session(const struct listing_session *s)
{
	json_t *object = json_object();

	add(object, "on", json_string(s->on));
	add(object, "starts", json_hour(s->starts));
	add(object, "ends", json_hour(s->ends));
	add(object, "title", json_string(s->title));
	add(object, "number", number_or_null(s->number));
	add(object, "year_inferred", json_boolean(s->year_inferred));
	return object;
}

static json_t *json_sessions(const struct listing_programme *p)
{
	json_t *list = json_array();

	for (size_t i = 0; i < p->n_sessions; i++)
		json_array_append_new(list, json_session(&p->session[i]));
	return list;
}

static json_t *json_collection(const struct listing_record *r)
{
	json_t *object;

	if (!r->collection)
		return json_null();
	object = json_object();
	add(object, "name", json_string(r->collection));
	add(object, "number", number_or_null(r->number));
	return object;
}

static bool is_lost_link(const struct listing_link *link)
{
	return link->lost && strcmp(link->lost, "image") != 0;
}

static json_t *json_lost_links(const struct listing_links *links)
{
	json_t *list = json_array();

	for (size_t i = 0; i < links->n_links; i++)
		if (is_lost_link(&links->link[i]))
			json_array_append_new(list, json_string(links->link[i].words));
	return list;
}

static json_t *json_warnings(const struct listing_record *r)
{
	json_t *list = json_array();

	for (size_t i = 0; i < r->n_warnings; i++) {
		json_t *object = json_object();

		add(object, "code", json_string(r->warning[i].code));
		add(object, "message", json_string(r->warning[i].message));
		json_array_append_new(list, object);
	}
	return list;
}

static json_t *json_record(const struct listing_record *r)
{
	json_t *object = json_object();

	add(object, "title", json_string(r->title));
	add(object, "kind", json_string(r->kind));
	add(object, "visibility", json_string(visibility_name(r->visibility)));
	add(object, "summary", json_string(r->summary_text));
	add(object, "body_text", json_string(r->body_text));
	add(object, "categories", json_texts(&r->categories));
	add(object, "keywords", json_texts(&r->keywords));
	add(object, "collection", json_collection(r));
	add(object, "published_on", text_or_null(r->published_on));
	add(object, "sessions", json_sessions(&r->programme));
	add(object, "lost_links", json_lost_links(&r->links));
	add(object, "warnings", json_warnings(r));
	return object;
}

static json_t *json_records(const struct listing *listing)
{
	json_t *list = json_array();

	for (size_t i = 0; i < listing->n_records; i++)
		json_array_append_new(list, json_record(&listing->record[i]));
	return list;
}

static json_t *json_cycles(const struct listing *listing)
{
	struct arena *a = arena_new();
	struct report_cycle *cycle;
	size_t n = report_cycles(a, listing, &cycle);
	json_t *list = json_array();

	for (size_t i = 0; i < n; i++) {
		json_t *object = json_object();

		add(object, "title", json_string(cycle[i].title));
		add(object, "announced", number_or_null(cycle[i].announced));
		add(object, "sessions", json_integer((json_int_t)cycle[i].n_sessions));
		json_array_append_new(list, object);
	}
	arena_free(a);
	return list;
}

static void append_losses(json_t *list, const struct listing_record *r)
{
	for (size_t i = 0; i < r->links.n_links; i++) {
		const struct listing_link *link = &r->links.link[i];
		json_t *object;

		if (!link->lost)
			continue;
		object = json_object();
		add(object, "record", json_string(r->title));
		add(object, "label", json_string(link->words));
		add(object, "kind", json_string(link->lost));
		add(object, "role", text_or_null(link->role));
		json_array_append_new(list, object);
	}
}

static json_t *json_losses(const struct listing *listing)
{
	json_t *list = json_array();

	for (size_t i = 0; i < listing->n_records; i++)
		append_losses(list, &listing->record[i]);
	return list;
}

static void append_error(json_t *list, int64_t line, const char *message)
{
	json_t *object = json_object();

	add(object, "line", json_integer(line));
	add(object, "message", json_string(message));
	json_array_append_new(list, object);
}

static json_t *json_errors(const struct report *report)
{
	const struct import_result *result = &report->result;
	const struct listing_error *error = &report->listing->error;
	json_t *list = json_array();

	if (error->message && !result->n_errors)
		append_error(list, (int64_t)error->line, error->message);
	for (size_t i = 0; i < result->n_errors; i++)
		append_error(list, result->error[i].line, result->error[i].message);
	return list;
}

json_t *report_json(const struct report *report)
{
	json_t *object = json_object();

	add(object, "records", json_records(report->listing));
	add(object, "cycles", json_cycles(report->listing));
	add(object, "losses", json_losses(report->listing));
	add(object, "created", json_integer(report->result.n_created));
	add(object, "updated", json_integer(report->result.n_updated));
	add(object, "unchanged", json_integer(report->result.n_unchanged));
	add(object, "errors", json_errors(report));
	return object;
}

/* ---- text --------------------------------------------------------------------------------------
 */

static const char *plural(size_t n)
{
	return n == 1 ? "" : "s";
}

static size_t count_sessions(const struct listing *listing)
{
	size_t n = 0;

	for (size_t i = 0; i < listing->n_records; i++)
		n += listing->record[i].programme.n_sessions;
	return n;
}

static void put_record(struct out *o, const struct listing_record *r)
{
	const struct listing_programme *p = &r->programme;

	out_printf(o, "line %zu: %s (%s, %s)\n", r->line, r->title, r->kind,
		   visibility_name(r->visibility));
	for (size_t i = 0; i < p->n_sessions; i++)
		out_printf(o, "  %s %s\n", p->session[i].on, p->session[i].title);
	for (size_t i = 0; i < r->links.n_links; i++)
		if (r->links.link[i].lost)
			out_printf(o, "  lost %s: %s\n", r->links.link[i].lost,
				   r->links.link[i].label);
	for (size_t i = 0; i < r->n_warnings; i++)
		out_printf(o, "  %s: %s\n", r->warning[i].code, r->warning[i].message);
}

void report_text(struct out *o, const struct report *report)
{
	const struct listing *listing = report->listing;
	const struct import_result *result = &report->result;
	size_t n_sessions = count_sessions(listing);

	for (size_t i = 0; i < listing->n_records; i++)
		put_record(o, &listing->record[i]);
	out_printf(o, "%zu resource%s, %zu session%s: %lld created, %lld updated, %lld unchanged",
		   listing->n_records, plural(listing->n_records), n_sessions, plural(n_sessions),
		   (long long)result->n_created, (long long)result->n_updated,
		   (long long)result->n_unchanged);
	if (result->batch)
		out_printf(o, " (batch %lld)", (long long)result->batch);
	out_raw(o, report->dry_run ? "; dry run, nothing was kept\n" : "\n");
}
