/*
 * fields.h - short words for the tables of fields (shape.h): a line of C for a line of the
 * contract. FIELD_OF names the structure being described.
 */
#ifndef SIEG_FIELDS_H
#define SIEG_FIELDS_H

#include "sieg/shape.h"

#define REQUIRED true
#define OPTIONAL false

#define AT(member) offsetof(FIELD_OF, member)

#define ID(word, need, member)                                                                     \
	{                                                                                          \
		.name = word, .type = SIEG_T_ID, .required = need, .offset = AT(member)            \
	}
#define TEXT(word, need, member)                                                                   \
	{                                                                                          \
		.name = word, .type = SIEG_T_TEXT, .required = need, .offset = AT(member)          \
	}
#define DAY(word, need, member)                                                                    \
	{                                                                                          \
		.name = word, .type = SIEG_T_DAY, .required = need, .offset = AT(member)           \
	}
#define MONTH_DAY(word, need, member)                                                              \
	{                                                                                          \
		.name = word, .type = SIEG_T_MONTH_DAY, .required = need, .offset = AT(member)     \
	}
#define MONEY(word, need, member, s)                                                               \
	{                                                                                          \
		.name = word, .type = SIEG_T_MONEY, .required = need, .offset = AT(member),        \
		.sign = s                                                                          \
	}
#define MAYBE_MONEY(word, member, s)                                                               \
	{                                                                                          \
		.name = word, .type = SIEG_T_OPTIONAL_MONEY, .offset = AT(member), .sign = s       \
	}
#define RATE(word, need, member, s)                                                                \
	{                                                                                          \
		.name = word, .type = SIEG_T_RATE, .required = need, .offset = AT(member),         \
		.sign = s                                                                          \
	}
#define KEY_VALUE(word, member)                                                                    \
	{                                                                                          \
		.name = word, .type = SIEG_T_KEY_VALUE, .required = REQUIRED, .offset = AT(member) \
	}
#define INT(word, need, member, low, high)                                                         \
	{                                                                                          \
		.name = word, .type = SIEG_T_INT, .required = need, .offset = AT(member),          \
		.min = low, .max = high                                                            \
	}
#define BOOL(word, need, member)                                                                   \
	{                                                                                          \
		.name = word, .type = SIEG_T_BOOL, .required = need, .offset = AT(member)          \
	}
#define WORD(word, need, member, list)                                                             \
	{                                                                                          \
		.name = word, .type = SIEG_T_WORD, .required = need, .offset = AT(member),         \
		.words = list                                                                      \
	}
#define OBJECT(word, need, member, described)                                                      \
	{                                                                                          \
		.name = word, .type = SIEG_T_OBJECT, .required = need, .offset = AT(member),       \
		.shape = &described                                                                \
	}
#define LIST(word, need, member, number, low, high, described)                                     \
	{                                                                                          \
		.name = word, .type = SIEG_T_LIST, .required = need, .offset = AT(member),         \
		.count = AT(number), .min = low, .max = high, .shape = &described                  \
	}
#define LIST_OF(word, need, member, number, low, high, type_, sign_)                               \
	{                                                                                          \
		.name = word, .type = SIEG_T_LIST, .required = need, .offset = AT(member),         \
		.count = AT(number), .min = low, .max = high, .item = type_, .sign = sign_         \
	}
#define LIST_OF_INT(word, need, member, number, low, high, least, most)                            \
	{                                                                                          \
		.name = word, .type = SIEG_T_LIST, .required = need, .offset = AT(member),         \
		.count = AT(number), .min = low, .max = high, .item = SIEG_T_INT,                  \
		.item_min = least, .item_max = most                                                \
	}

#endif
