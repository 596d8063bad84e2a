#include "statement/chart.h"

#include "base/arena.h"
#include "sieg/day.h"

enum { LEFT = 50, RIGHT = 870, TOP = 80, BOTTOM = 250, BAR = 8, ROWS = 5, ROOM = 20, LINE = 13 };

/* The days that the drawing spans: whole years. */
struct span {
	sieg_day from, to;
	sieg_cents most;
};

static struct span span_of(const struct statement_mark *mark, size_t n)
{
	struct span s = { .most = 1 };

	s.from = sieg_day_of(sieg_year_of(mark[0].day), 1, 1);
	s.to = sieg_day_of(sieg_year_of(mark[n - 1].day) + 1, 1, 1);
	for (size_t i = 0; i < n; i++) {
		if (mark[i].total > s.most)
			s.most = mark[i].total;
		if (mark[i].ceiling > s.most)
			s.most = mark[i].ceiling;
	}
	return s;
}

static int x_of(const struct span *s, sieg_day day)
{
	return LEFT + (int)((int64_t)(day - s->from) * (RIGHT - LEFT) / (s->to - s->from));
}

static int y_of(const struct span *s, sieg_cents cents)
{
	return BOTTOM - (int)((sieg_wide)cents * (BOTTOM - TOP) / s->most);
}

static struct chart_bar bar_of(const struct span *s, const struct statement_mark *m)
{
	int x = x_of(s, m->day), y = y_of(s, m->total);

	return (struct chart_bar){
		.x = x - BAR / 2,
		.y = y,
		.height = BOTTOM - y,
		.ceiling_x1 = x - 14,
		.ceiling_x2 = x + 14,
		.ceiling_y = y_of(s, m->ceiling),
		.label_x = x,
		.label_y = TOP - 8,
	};
}

/* Labels that would touch stand one above the other. */
static void stagger(struct chart_bar *bar, size_t n)
{
	int last_x[ROWS];

	for (size_t row = 0; row < ROWS; row++)
		last_x[row] = -ROOM;
	for (size_t i = 0; i < n; i++) {
		size_t row = 0;

		while (row + 1 < ROWS && bar[i].label_x - last_x[row] < ROOM)
			row++;
		last_x[row] = bar[i].label_x;
		bar[i].label_y -= (int)row * LINE;
	}
}

struct chart chart_of(struct arena *a, const struct statement_mark *mark, size_t n)
{
	struct span s = span_of(mark, n);
	int first = sieg_year_of(s.from), last = sieg_year_of(s.to);
	int step = (last - first) / 20 + 1; /* years have room for their labels */
	struct chart c = { .n_bars = n };

	c.bar = arena_make(a, struct chart_bar, n);
	for (size_t i = 0; i < n; i++)
		c.bar[i] = bar_of(&s, &mark[i]);
	stagger(c.bar, n);
	c.year = arena_make(a, struct chart_year, (size_t)(last - first) + 1);
	for (int year = first; year <= last; year += step)
		c.year[c.n_years++] = (struct chart_year){
			.x = x_of(&s, sieg_day_of(year, 1, 1)),
			.label = arena_printf(a, "%d", year),
		};
	return c;
}
