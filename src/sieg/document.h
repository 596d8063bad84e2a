/*
 * document.h - one document in, one document out: what the command does, without its input and
 * output (CONTRACT, sections 1 to 5).
 */
#ifndef SIEG_DOCUMENT_H
#define SIEG_DOCUMENT_H

#include "sieg/issue.h"

struct sieg_arena;
struct sieg_json;

enum sieg_operation {
	SIEG_SHEET,
	SIEG_CONTROL_PERIODS,
	SIEG_DE_MINIMIS,
	SIEG_FIND_ROUTE,
	SIEG_CHECK_ACT,
	SIEG_DEADLINES,
	SIEG_N_OPERATIONS,
};

/* SIEG_N_OPERATIONS when there is none of that name. */
enum sieg_operation sieg_operation_named(const char *name);
const char *sieg_operation_name(enum sieg_operation operation);

/* 0: computed; 1: the document breaks a rule of the contract; 2: it is not JSON. */
struct sieg_answer {
	int code;
	const char *bytes; /* canonical JSON, ended by a line feed */
	size_t length;
};

struct sieg_answer sieg_answer(struct sieg_arena *a, enum sieg_operation operation,
			       const char *bytes, size_t length);

/* The answer to what cannot be read at all: one error, E_OPERATION or one in E_JSON_. */
struct sieg_answer sieg_refusal(struct sieg_arena *a, enum sieg_code code);

/*
 * The structures behind an answer: struct sieg_sheet and struct sieg_sheet_result for SIEG_SHEET,
 * and so on. NULL with `errors`, in whose arena they live.
 */
struct sieg_work {
	const void *in;
	const void *result;
};

/* The same from JSON that was read already. */
struct sieg_work sieg_compute_json(enum sieg_operation operation, const struct sieg_json *document,
				   struct sieg_issues *errors);

/* `code` as in an answer. */
struct sieg_work sieg_compute(enum sieg_operation operation, const char *bytes, size_t length,
			      struct sieg_issues *errors, int *code);

#endif
