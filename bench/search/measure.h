/*
 * measure.h - what every program of this bench does alike: it reads the queries, asks them many
 * times, and prints a line a class. For C and C++.
 *
 * Lines of figures are parted by tabs: "result", engine, class, answers, p50, p99 and longest of
 * all answers, p50 and p99 of the queries, each taken by its median (milliseconds; the second
 * says what a query costs where the first also says what else the machine did), and the mean
 * of the totals found. Other lines are "note", engine, words.
 */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct asked {
	char *class_name; /* "low", "phrase"… */
	char *text;       /* as halle reads it: words, "a phrase", begin* */
};

/* In the order of the file, which has the classes one after the other. */
struct asked_list {
	struct asked *asked;
	size_t n_asked;
};

/* Ends the program, said, when the file cannot be read. */
struct asked_list asked_read(const char *path);
void asked_release(struct asked_list *list);

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

/*
 * Sorts, and prints the line. The samples are of `n_queries` queries in turn, over and over; 0 when
 * they are not.
 */
void result(const char *engine, const char *class_name, struct samples *s, size_t n_queries,
	    double mean_total);

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
