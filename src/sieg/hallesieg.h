/*
 * hallesieg.h - the calculator of public service compensation, for programs that use it as a
 * library.
 *
 * Documents in and out: sieg/document.h. Structures in and out, one header an operation:
 * sieg/sheet.h, control.h, deminimis.h, route.h, act_check.h, calendar.h. The law as data:
 * sieg/rule.h. Nothing here reads or writes a file, asks for the time, looks at the locale or
 * uses floating point; what one thread does with its arena concerns no other.
 *
 *	struct sieg_arena *a = sieg_arena_new();
 *	struct sieg_answer answer = sieg_answer(a, SIEG_SHEET, bytes, length);
 *	fwrite(answer.bytes, 1, answer.length, stdout);
 *	sieg_arena_free(a);
 */
#ifndef HALLESIEG_H
#define HALLESIEG_H

#include "sieg/act_check.h"
#include "sieg/arena.h"
#include "sieg/calendar.h"
#include "sieg/control.h"
#include "sieg/day.h"
#include "sieg/deminimis.h"
#include "sieg/document.h"
#include "sieg/issue.h"
#include "sieg/route.h"
#include "sieg/rule.h"
#include "sieg/sheet.h"
#include "sieg/split.h"
#include "sieg/value.h"

#endif
