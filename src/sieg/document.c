#include "sieg/document.h"

#include <string.h>

#include "sieg/act_check.h"
#include "sieg/calendar.h"
#include "sieg/control.h"
#include "sieg/deminimis.h"
#include "sieg/json.h"
#include "sieg/operation.h"
#include "sieg/route.h"
#include "sieg/sheet.h"

/* Structures of every operation behind one pair of functions. */
#define OPERATION(name)                                                                            \
	static void *compute_##name(const void *in, struct sieg_issues *errors)                    \
	{                                                                                          \
		return sieg_##name(in, errors);                                                    \
	}                                                                                          \
	static void write_##name(struct sieg_writer *w, const void *in, const void *result)        \
	{                                                                                          \
		sieg_write_##name(w, in, result);                                                  \
	}

OPERATION(sheet)
OPERATION(control)
OPERATION(deminimis)
OPERATION(route)
OPERATION(act_check)
OPERATION(calendar)

static const struct operation {
	const char *name;
	const struct sieg_shape *shape;
	void *(*compute)(const void *in, struct sieg_issues *errors);
	void (*write)(struct sieg_writer *w, const void *in, const void *result);
} operations[SIEG_N_OPERATIONS] = {
	[SIEG_SHEET] = { "sheet", &sieg_sheet_shape, compute_sheet, write_sheet },
	[SIEG_CONTROL_PERIODS] = { "control", &sieg_control_shape, compute_control, write_control },
	[SIEG_DE_MINIMIS] = { "de-minimis", &sieg_deminimis_shape, compute_deminimis,
			      write_deminimis },
	[SIEG_FIND_ROUTE] = { "route", &sieg_route_shape, compute_route, write_route },
	[SIEG_CHECK_ACT] = { "act-check", &sieg_act_check_shape, compute_act_check,
			     write_act_check },
	[SIEG_DEADLINES] = { "calendar", &sieg_calendar_shape, compute_calendar, write_calendar },
};

enum sieg_operation sieg_operation_named(const char *name)
{
	enum sieg_operation o = 0;

	while (o < SIEG_N_OPERATIONS &&
	       (!operations[o].name || strcmp(operations[o].name, name) != 0))
		o++;
	return o;
}

const char *sieg_operation_name(enum sieg_operation operation)
{
	return operations[operation].name;
}

struct sieg_work sieg_compute_json(enum sieg_operation operation, const struct sieg_json *document,
				   struct sieg_issues *errors)
{
	const struct operation *o = &operations[operation];
	struct sieg_work work = { .in = sieg_shape_read(o->shape, document, errors) };

	if (work.in)
		work.result = o->compute(work.in, errors);
	sieg_issues_sort(errors);
	return work;
}

struct sieg_work sieg_compute(enum sieg_operation operation, const char *bytes, size_t length,
			      struct sieg_issues *errors, int *code)
{
	struct sieg_work work = { 0 };
	enum sieg_code problem;
	const struct sieg_json *document = sieg_json_read(errors->arena, bytes, length, &problem);

	if (document)
		work = sieg_compute_json(operation, document, errors);
	else
		sieg_issue_at(errors, problem, "", NULL);
	*code = work.result ? 0 : document ? 1 : 2;
	return work;
}

static struct sieg_answer errors_answer(const struct sieg_issues *errors, int code)
{
	struct sieg_answer answer = { .code = code };

	answer.bytes = sieg_write_errors(errors->arena, errors, &answer.length);
	return answer;
}

struct sieg_answer sieg_answer(struct sieg_arena *a, enum sieg_operation operation,
			       const char *bytes, size_t length)
{
	struct sieg_answer answer = { 0 };
	struct sieg_issues errors;
	struct sieg_writer *w;
	struct sieg_work work;

	sieg_issues_init(&errors, a);
	work = sieg_compute(operation, bytes, length, &errors, &answer.code);
	if (answer.code)
		return errors_answer(&errors, answer.code);
	w = sieg_writer_new(a);
	operations[operation].write(w, work.in, work.result);
	answer.bytes = sieg_writer_end(w, &answer.length);
	return answer;
}

struct sieg_answer sieg_refusal(struct sieg_arena *a, enum sieg_code code)
{
	struct sieg_issues errors;

	sieg_issues_init(&errors, a);
	sieg_issue_at(&errors, code, "", NULL);
	return errors_answer(&errors, 2);
}
