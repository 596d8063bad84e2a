/*
 * measure.h - what every program of this bench does alike: it reads the queries, asks them many
 * times, and prints a line a class. For C and C++.
 *
 * Lines of figures are "result", engine, class, queries asked, p50, p99, max (milliseconds) and
 * the mean of the totals found, parted by tabs. Other lines are "note", engine, words.
 */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct asked {
	const char *class_name; /* "low", "phrase"… */
	const char *text;       /* as halle reads it: words, "a phrase", begin* */
};

/* In the order of the file, which has the classes one after the other. */
struct asked_list {
	struct asked *asked;
	size_t n_asked;
};

/* Ends the program, said, when the file cannot be read. Never freed. */
struct asked_list asked_read(const char *path);

double seconds_now(void); /* of a clock that only goes forward */

/* Durations in seconds. */
struct samples {
	double *seconds;
	size_t n, capacity;
};

void samples_add(struct samples *s, double seconds);
void samples_clear(struct samples *s);
void samples_release(struct samples *s);

/* After samples_sort(); `part` 0.5 is the median, 1 the longest. In milliseconds. */
void samples_sort(struct samples *s);
double samples_ms(const struct samples *s, double part);

void note(const char *engine, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Sorts, and prints the line. */
void result(const char *engine, const char *class_name, struct samples *s, double mean_total);

/* One query in full; returns how many documents it found. */
typedef int64_t ask_fn(void *context, const char *text);

/*
 * Every query of each class `runs` times, after once that does not count. A class that has taken
 * `limit` seconds ends there, which is noted; what counts is then what was asked by then.
 */
void measure_all(const char *engine, const struct asked_list *list, int runs, double limit,
		 ask_fn *ask, void *context);

/* Of this process, in bytes: resident now, and at most so far. */
int64_t memory_now(void);
int64_t memory_peak(void);

/* Files of a folder, or one file, in bytes. */
int64_t size_on_disk(const char *path);

#ifdef __cplusplus
}
#endif

#endif
