/*
 * shape.h - JSON into structures, by tables of fields (CONTRACT, sections 3 and 4, stage A).
 *
 * One table describes one object: what its fields are called, their types and limits, and where
 * they go in the structure. Every error of shape is told, and what is absent takes its default.
 */
#ifndef SIEG_SHAPE_H
#define SIEG_SHAPE_H

#include "sieg/issue.h"

struct sieg_json;

enum sieg_type {
	SIEG_T_MONEY,          /* sieg_cents; absent: 0 */
	SIEG_T_OPTIONAL_MONEY, /* struct sieg_optional_cents */
	SIEG_T_RATE,           /* struct sieg_rate */
	SIEG_T_KEY_VALUE,      /* idem */
	SIEG_T_DAY,            /* sieg_day */
	SIEG_T_MONTH_DAY,      /* struct sieg_civil, without year */
	SIEG_T_ID,             /* const char *; absent: NULL */
	SIEG_T_TEXT,           /* idem */
	SIEG_T_INT,            /* int64_t, from min to max; absent: fallback */
	SIEG_T_BOOL,           /* bool; absent: fallback */
	SIEG_T_WORD,           /* an enum: the place in `words`; absent: fallback */
	SIEG_T_OBJECT,         /* pointer to a structure; absent: NULL */
	SIEG_T_LIST,           /* pointer and count; from min to max items */
};

enum sieg_sign { SIEG_ANY_SIGN, SIEG_NOT_NEGATIVE, SIEG_POSITIVE };

struct sieg_shape;

struct sieg_field {
	const char *name;
	enum sieg_type type;
	bool required;
	size_t offset;
	enum sieg_sign sign;
	int64_t min, max, fallback;
	const char *const *words;   /* ended by SIEG_LAST_WORD; NULL: a value that has no word */
	size_t count;               /* LIST: offset of the number of items, a size_t */
	enum sieg_type item;        /* LIST */
	int64_t item_min, item_max; /* LIST of INT */
	const struct sieg_shape *shape; /* OBJECT, or LIST of them */
};

struct sieg_shape {
	size_t size; /* of the structure */
	const struct sieg_field *field;
	size_t n_fields;
};

extern const char sieg_last_word[];
#define SIEG_LAST_WORD sieg_last_word

#define SIEG_SHAPE(type, fields)                                                                   \
	{                                                                                          \
		sizeof(type), fields, sizeof(fields) / sizeof(*(fields))                           \
	}

/* The structure that the document fills, in the arena of `errors`; NULL when errors were added. */
void *sieg_shape_read(const struct sieg_shape *shape, const struct sieg_json *document,
		      struct sieg_issues *errors);

#endif
