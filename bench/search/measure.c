#include "measure.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/log.h"

enum { STEP = 37 };

static void *room(void *items, size_t n, size_t size)
{
	void *larger = realloc(items, n * size);

	if (!larger)
		die("out of memory");
	return larger;
}

static void add_line(struct asked_list *list, char *line)
{
	char *text = strchr(line, '\t'), *end;

	if (!text)
		return;
	*text++ = '\0';
	end = text + strcspn(text, "\t\n");
	*end = '\0';
	list->asked = room(list->asked, list->n_asked + 1, sizeof(*list->asked));
	list->asked[list->n_asked++] = (struct asked){ strdup(line), strdup(text) };
}

struct asked_list asked_read(const char *path)
{
	struct asked_list list = { NULL, 0 };
	FILE *file = fopen(path, "r");
	char line[1024];

	if (!file)
		die("cannot read '%s'", path);
	while (fgets(line, sizeof(line), file))
		add_line(&list, line);
	fclose(file);
	if (!list.n_asked)
		die("no query in '%s'", path);
	return list;
}

void asked_release(struct asked_list *list)
{
	for (size_t i = 0; i < list->n_asked; i++) {
		free(list->asked[i].class_name);
		free(list->asked[i].text);
	}
	free(list->asked);
	*list = (struct asked_list){ NULL, 0 };
}

double seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* ---- samples ----------------------------------------------------------------------------- */

void samples_add(struct samples *s, double seconds)
{
	if (s->n == s->capacity) {
		s->capacity = s->capacity ? 2 * s->capacity : 4096;
		s->seconds = room(s->seconds, s->capacity, sizeof(*s->seconds));
	}
	s->seconds[s->n++] = seconds;
}

void samples_clear(struct samples *s)
{
	s->n = 0;
}

void samples_release(struct samples *s)
{
	free(s->seconds);
	*s = (struct samples){ NULL, 0, 0 };
}

static int compare(const void *left, const void *right)
{
	double l = *(const double *)left, r = *(const double *)right;

	return l < r ? -1 : l > r;
}

void samples_sort(struct samples *s)
{
	if (s->n)
		qsort(s->seconds, s->n, sizeof(*s->seconds), compare);
}

double samples_ms(const struct samples *s, double part)
{
	if (!s->n)
		return 0;
	return s->seconds[(size_t)(part * (double)(s->n - 1) + 0.5)] * 1e3;
}

/* ---- what is printed ------------------------------------------------------------------------ */

void note(const char *engine, const char *format, ...)
{
	va_list values;

	printf("note\t%s\t", engine);
	va_start(values, format);
	vprintf(format, values);
	va_end(values);
	putchar('\n');
	fflush(stdout);
}

static struct samples medians(const struct samples *s, size_t n_queries)
{
	struct samples all = { NULL, 0, 0 }, one = { NULL, 0, 0 };

	for (size_t query = 0; query < n_queries && query < s->n; query++) {
		samples_clear(&one);
		for (size_t i = query; i < s->n; i += n_queries)
			samples_add(&one, s->seconds[i]);
		samples_sort(&one);
		samples_add(&all, one.seconds[(one.n - 1) / 2]);
	}
	samples_release(&one);
	samples_sort(&all);
	return all;
}

void result(const char *engine, const char *class_name, struct samples *s, size_t n_queries,
	    double mean_total)
{
	struct samples of_queries = medians(s, n_queries);

	samples_sort(s);
	printf("result\t%s\t%s\t%zu\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t%.1f\n", engine, class_name,
	       s->n, samples_ms(s, 0.5), samples_ms(s, 0.99), samples_ms(s, 1),
	       samples_ms(&of_queries, 0.5), samples_ms(&of_queries, 0.99), mean_total);
	fflush(stdout);
	samples_release(&of_queries);
}

/* ---- asking -----------------------------------------------------------------------------------
 */

/* The queries of one class, from `first` up to `end`. */
struct class
{
	const struct asked_list *list;
	size_t first, end;
	const char *name;
};

static struct class class_at(const struct asked_list *list, size_t first)
{
	struct class class = { list, first, first, list->asked[first].class_name };

	while (class.end < list->n_asked && !strcmp(list->asked[class.end].class_name, class.name))
		class.end++;
	return class;
}

/* One pass over a class, in an order that mixes it; false when time was up before its end. */
static bool ask_each(const struct class *class, ask_fn *ask, void *context, double deadline,
		     struct samples *s, double *sum)
{
	size_t n = class->end - class->first, step = n % STEP ? STEP : 1;

	for (size_t i = 0; i < n; i++) {
		double start = seconds_now();

		if (start > deadline)
			return false;
		*sum += (double)ask(context, class->list->asked[class->first + i * step % n].text);
		samples_add(s, seconds_now() - start);
	}
	return true;
}

static void measure(const char *engine, const struct class *class, int runs, double limit,
		    ask_fn *ask, void *context)
{
	struct samples s = { NULL, 0, 0 };
	double sum = 0, start = seconds_now();
	bool in_time = ask_each(class, ask, context, start + limit, &s, &sum);
	/* When it is so slow that there may be no second time, the first must count. */
	bool warm = seconds_now() - start < limit / 2;

	if (warm) {
		samples_clear(&s);
		sum = 0;
	}
	for (int run = 0; run < runs && in_time && warm; run++)
		in_time = ask_each(class, ask, context, start + limit, &s, &sum);
	if (!in_time || !warm)
		note(engine, "class '%s' ended by the limit of %.0f s, with %zu answers%s",
		     class->name, limit, s.n, warm ? "" : ", the first of each query among them");
	result(engine, class->name, &s, class->end - class->first, s.n ? sum / (double)s.n : 0);
	samples_release(&s);
}

void measure_all(const char *engine, const struct asked_list *list, int runs, double limit,
		 ask_fn *ask, void *context)
{
	for (size_t first = 0; first < list->n_asked;) {
		struct class class = class_at(list, first);

		measure(engine, &class, runs, limit, ask, context);
		first = class.end;
	}
}

/* ---- sizes --------------------------------------------------------------------------------------
 */

static int64_t status_line(const char *name)
{
	FILE *file = fopen("/proc/self/status", "r");
	char line[256];
	long long kilobytes = 0;

	while (file && fgets(line, sizeof(line), file))
		if (!strncmp(line, name, strlen(name)))
			kilobytes = strtoll(line + strlen(name), NULL, 10);
	if (file)
		fclose(file);
	return kilobytes * 1024;
}

int64_t memory_now(void)
{
	return status_line("VmRSS:");
}

int64_t memory_peak(void)
{
	return status_line("VmHWM:");
}

int64_t size_on_disk(const char *path)
{
	struct stat st;
	struct dirent *entry;
	int64_t sum = 0;
	DIR *dir;

	if (stat(path, &st) != 0)
		return 0;
	if (!S_ISDIR(st.st_mode))
		return st.st_size;
	dir = opendir(path);
	while (dir && (entry = readdir(dir))) {
		char inside[4096];

		if (*entry->d_name == '.')
			continue;
		snprintf(inside, sizeof(inside), "%s/%s", path, entry->d_name);
		sum += size_on_disk(inside);
	}
	if (dir)
		closedir(dir);
	return sum;
}
