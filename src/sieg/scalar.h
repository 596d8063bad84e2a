/*
 * scalar.h - what is written in a text of the document: an amount, a rate, a day, an id
 * (CONTRACT, section 3). Each returns SIEG_N_CODES when it is well written.
 */
#ifndef SIEG_SCALAR_H
#define SIEG_SCALAR_H

#include "sieg/day.h"
#include "sieg/issue.h"

enum sieg_code sieg_read_money(const char *text, size_t length, sieg_cents *cents);
enum sieg_code sieg_read_rate(const char *text, size_t length, struct sieg_rate *rate);
enum sieg_code sieg_read_day(const char *text, size_t length, sieg_day *day);
enum sieg_code sieg_read_month_day(const char *text, size_t length, struct sieg_civil *day);
enum sieg_code sieg_read_id(const char *text, size_t length);

/* Whole, without fraction nor exponent: E_TYPE; between limits: E_RANGE. */
enum sieg_code sieg_read_int(const char *text, size_t length, int64_t min, int64_t max,
			     int64_t *value);

#endif
