/*
 * kit.h - an arena for each test, and documents that are easy to read in a C file.
 *
 * Documents are written with simple quotes for double ones, and so is what is compared.
 */
#ifndef TEST_SIEG_KIT_H
#define TEST_SIEG_KIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sieg/arena.h"
#include "sieg/day.h"
#include "sieg/document.h"
#include "sieg/issue.h"

struct kit {
	struct sieg_arena *a;
	struct sieg_issues errors;
};

int kit_setup(void **state);
int kit_teardown(void **state);

#define TEST(function) cmocka_unit_test_setup_teardown(function, kit_setup, kit_teardown)

/* Forgets what was computed and what was wrong. */
void kit_again(struct kit *kit);

/* Simple quotes become double, or the reverse. */
char *kit_double(struct kit *kit, const char *text);
char *kit_simple(struct kit *kit, const char *text, size_t length);

/* "/a E_TYPE, /b/0 W_CAP_NEAR": in the order of the list. */
const char *kit_issues(struct kit *kit, const struct sieg_issues *list);

/* The answer without its messages nor its line feed, and its exit code before it: "0 {…}". */
const char *kit_answer(struct kit *kit, const char *operation, const char *document);

/* The codes and paths of an answer that refuses: "1 /a E_TYPE". */
const char *kit_refusal(struct kit *kit, const char *operation, const char *document);

/* Numbers that look drawn by lot, the same ones each time. */
uint64_t kit_draw(uint64_t *seed, uint64_t n);

/* A day of the year 1990 or later, given as yyyymmdd. */
sieg_day kit_day(int yyyymmdd);

#endif
