#include "sieg/deminimis_inside.h"

#include <stdlib.h>
#include <string.h>

#include "sieg/arena.h"
#include "sieg/split.h"

/*
 * SPLIT rounds, so parts of an aid in the same hands cannot be added up while a later split may
 * cut them again, and splits and mergers in turn multiply them without end. Those of one amount
 * are counted rather than kept apart, which leaves few of them. These are the most that are held
 * at once, and made in all: 2,000 aids that 100 events cut in 50 are 10 million.
 */
#define MOST_HELD  ((size_t)1 << 21)
#define MOST_PARTS ((size_t)1 << 24)

struct piece {
	size_t holder;
	sieg_cents cents;
	int64_t n; /* so many of that amount; 1 of those of nothing */
};

struct purse { /* of one grant */
	struct piece *piece;
	size_t n_pieces, capacity;
};

/* An event, by places. */
struct change {
	const struct sieg_event *event;
	bool *leaves, *is_part; /* by undertaking: in `from`, in `into` */
	size_t *into;
	struct sieg_split *split; /* NULL: a merger */
	bool *settled;            /* by undertaking: what it holds after this is cut no more */
};

struct tie {
	size_t left, right;
	sieg_day from, to; /* 0: always */
	bool is_public, is_nonprofit;
};

struct groups {
	sieg_day day;
	size_t *root; /* NULL: none yet */
};

struct sieg_ledger {
	struct sieg_arena *arena;
	const struct sieg_deminimis *in;
	const struct sieg_grant *grant;
	size_t n_grants, n_undertakings;
	sieg_day day;

	struct change *change;
	size_t n_done; /* changes until `day` */
	size_t *heir;
	struct purse *purse;
	size_t n_held, n_parts;
	bool is_full;

	/* Room in which a purse is filled anew. */
	struct piece *room;
	size_t n_room, room_capacity;
	size_t *slot; /* by holder: its piece in the room, where `met` is `round` */
	size_t *met, round;

	/* What each holder has, in the order of `order`, made when it is asked for. */
	bool is_sorted;
	size_t *order; /* grants by regulation, then day */
	struct sieg_holding *holding;
	size_t capacity;
	size_t *start; /* by holder; the last is the end */

	struct tie *tie;
	struct groups group[2]; /* with links through non-profit entities, and without */
};

/* ---- undertakings by id ---------------------------------------------------------------------- */

static int compare_ids(const void *left, const void *right)
{
	const struct sieg_listed *l = left, *r = right;

	return strcmp(l->id, r->id);
}

void sieg_directory_init(struct sieg_directory *d, struct sieg_arena *a,
			 const struct sieg_deminimis *in)
{
	d->n_listed = in->n_undertakings;
	d->listed = sieg_make(a, struct sieg_listed, d->n_listed);
	for (size_t i = 0; i < d->n_listed; i++)
		d->listed[i] = (struct sieg_listed){ in->undertaking[i].id, i };
	qsort(d->listed, d->n_listed, sizeof(*d->listed), compare_ids);
}

size_t sieg_place(const struct sieg_directory *d, const char *id)
{
	struct sieg_listed wanted = { id, 0 };
	const struct sieg_listed *found = NULL;

	if (id)
		found = bsearch(&wanted, d->listed, d->n_listed, sizeof(*d->listed), compare_ids);
	return found ? found->place : SIEG_NOWHERE;
}

/* ---- groups ------------------------------------------------------------------------------------
 */

static void resolve_links(struct sieg_ledger *l, const struct sieg_directory *d)
{
	l->tie = sieg_make(l->arena, struct tie, l->in->n_links);
	for (size_t i = 0; i < l->in->n_links; i++) {
		const struct sieg_link *link = &l->in->link[i];
		size_t left = sieg_place(d, link->from), right = sieg_place(d, link->to);
		enum sieg_undertaking_kind one = l->in->undertaking[left].kind;
		enum sieg_undertaking_kind other = l->in->undertaking[right].kind;

		l->tie[i] = (struct tie){
			.left = left,
			.right = right,
			.from = link->valid_from,
			.to = link->valid_to,
			.is_public = one == SIEG_PUBLIC_BODY || other == SIEG_PUBLIC_BODY,
			.is_nonprofit = one == SIEG_NONPROFIT || other == SIEG_NONPROFIT,
		};
	}
}

/* Paths are halved on the way: J. van Leeuwen, R. Tarjan, 1984. */
static size_t root_of(size_t *root, size_t i)
{
	while (root[i] != i) {
		root[i] = root[root[i]];
		i = root[i];
	}
	return i;
}

static bool holds_on(const struct tie *tie, sieg_day day)
{
	return (!tie->from || tie->from <= day) && (!tie->to || day <= tie->to);
}

const size_t *sieg_groups(struct sieg_ledger *l, const struct sieg_regulation *regulation)
{
	struct groups *g = &l->group[regulation->nonprofit_parts];

	if (g->root && g->day == l->day)
		return g->root;
	if (!g->root)
		g->root = sieg_make(l->arena, size_t, l->n_undertakings);
	g->day = l->day;
	for (size_t i = 0; i < l->n_undertakings; i++)
		g->root[i] = i;
	for (size_t i = 0; i < l->in->n_links; i++) {
		const struct tie *t = &l->tie[i];

		if (!holds_on(t, l->day) || t->is_public ||
		    (t->is_nonprofit && regulation->nonprofit_parts))
			continue;
		g->root[root_of(g->root, t->right)] = root_of(g->root, t->left);
	}
	for (size_t i = 0; i < l->n_undertakings; i++)
		g->root[i] = root_of(g->root, i);
	return g->root;
}

/* ---- mergers and splits
 * -------------------------------------------------------------------------- */

static struct sieg_split *equity_split(struct sieg_arena *a, const struct sieg_event *event)
{
	sieg_cents weight[SIEG_MOST_EVENT_IDS];

	if (event->type == SIEG_MERGER)
		return NULL;
	for (size_t i = 0; i < event->n_into; i++)
		weight[i] = event->into[i].equity.cents;
	return sieg_split_by_cents(a, weight, event->n_into);
}

static void resolve_event(struct sieg_ledger *l, const struct sieg_directory *d,
			  const struct sieg_event *event, struct change *c)
{
	c->event = event;
	c->leaves = sieg_make(l->arena, bool, l->n_undertakings);
	c->is_part = sieg_make(l->arena, bool, l->n_undertakings);
	c->settled = sieg_make(l->arena, bool, l->n_undertakings);
	c->into = sieg_make(l->arena, size_t, event->n_into);
	c->split = equity_split(l->arena, event);
	for (size_t i = 0; i < event->n_from; i++)
		c->leaves[sieg_place(d, event->from[i])] = true;
	for (size_t i = 0; i < event->n_into; i++) {
		c->into[i] = sieg_place(d, event->into[i].id);
		c->is_part[c->into[i]] = true;
	}
}

/* From the last event backwards: what is split is not settled before, and what merges is settled
 * before if it is so after. */
static void resolve_events(struct sieg_ledger *l, const struct sieg_directory *d)
{
	bool *settled = sieg_make(l->arena, bool, l->n_undertakings);

	l->change = sieg_make(l->arena, struct change, l->in->n_events);
	memset(settled, true, l->n_undertakings);
	for (size_t k = l->in->n_events; k-- > 0;) {
		struct change *c = &l->change[k];
		bool after;

		resolve_event(l, d, &l->in->event[k], c);
		memcpy(c->settled, settled, l->n_undertakings);
		after = !c->split && settled[c->into[0]];
		for (size_t i = 0; i < l->n_undertakings; i++)
			if (c->leaves[i])
				settled[i] = after;
	}
}

static void keep(struct sieg_ledger *l, const struct change *c, struct piece piece)
{
	if (c->settled[piece.holder]) {
		piece = (struct piece){ piece.holder, piece.cents * piece.n, 1 };
		if (l->met[piece.holder] == l->round) {
			l->room[l->slot[piece.holder]].cents += piece.cents;
			return;
		}
		l->met[piece.holder] = l->round;
		l->slot[piece.holder] = l->n_room;
	}
	l->room = sieg_grow(l->arena, l->room, l->n_room, &l->room_capacity, sizeof(*l->room));
	l->room[l->n_room++] = piece;
}

static void cut(struct sieg_ledger *l, const struct change *c, struct piece piece)
{
	sieg_cents part[SIEG_MOST_EVENT_IDS];

	l->n_parts += c->event->n_into;
	if (l->n_parts > MOST_PARTS || l->n_held + l->n_room > MOST_HELD)
		l->is_full = true;
	if (l->is_full)
		return;
	sieg_split(c->split, piece.cents, part);
	for (size_t i = 0; i < c->event->n_into; i++)
		keep(l, c, (struct piece){ c->into[i], part[i], part[i] ? piece.n : 1 });
}

static void move(struct sieg_ledger *l, const struct change *c, const struct sieg_grant *grant,
		 struct piece piece)
{
	bool leaves = c->leaves[piece.holder];

	if (leaves && !c->split)
		piece.holder = c->into[0];
	else if (leaves && grant->used_by != SIEG_NOWHERE && c->is_part[grant->used_by])
		piece.holder = grant->used_by;
	else if (leaves) {
		cut(l, c, piece);
		return;
	}
	keep(l, c, piece);
}

static bool is_touched(const struct change *c, const struct sieg_grant *grant,
		       const struct purse *purse)
{
	/* Article 3(9): only what was granted before is shared out. */
	if (c->split && grant->day >= c->event->date)
		return false;
	for (size_t i = 0; i < purse->n_pieces; i++)
		if (c->leaves[purse->piece[i].holder])
			return true;
	return false;
}

static int compare_pieces(const void *left, const void *right)
{
	const struct piece *l = left, *r = right;

	if (l->holder != r->holder)
		return l->holder < r->holder ? -1 : 1;
	return (l->cents > r->cents) - (l->cents < r->cents);
}

/* Those of one holder and amount become one. The sum of all is an aid: no number overflows. */
static void count_alike(struct sieg_ledger *l)
{
	struct piece *last = l->room;

	if (!l->n_room)
		return;
	qsort(l->room, l->n_room, sizeof(*l->room), compare_pieces);
	for (size_t i = 1; i < l->n_room; i++) {
		if (compare_pieces(last, &l->room[i]))
			*++last = l->room[i];
		else if (last->cents)
			last->n += l->room[i].n;
	}
	l->n_room = (size_t)(last - l->room) + 1;
}

static void refill(struct sieg_ledger *l, struct purse *purse)
{
	if (l->n_room > l->n_undertakings)
		count_alike(l);
	if (l->n_room > purse->capacity) {
		purse->capacity = l->n_room + l->n_room / 2;
		purse->piece = sieg_make(l->arena, struct piece, purse->capacity);
	}
	l->n_held += l->n_room - purse->n_pieces;
	purse->n_pieces = l->n_room;
	if (l->n_room)
		memcpy(purse->piece, l->room, l->n_room * sizeof(*l->room));
}

static void apply(struct sieg_ledger *l, const struct change *c)
{
	for (size_t i = 0; i < l->n_undertakings; i++)
		if (!c->split && c->leaves[l->heir[i]])
			l->heir[i] = c->into[0];
	for (size_t g = 0; g < l->n_grants && !l->is_full; g++) {
		struct purse *purse = &l->purse[g];

		if (!is_touched(c, &l->grant[g], purse))
			continue;
		l->n_room = 0;
		l->round++;
		for (size_t i = 0; i < purse->n_pieces; i++)
			move(l, c, &l->grant[g], purse->piece[i]);
		refill(l, purse);
	}
	l->is_sorted = false;
}

void sieg_ledger_go(struct sieg_ledger *l, sieg_day day)
{
	l->day = day;
	while (l->n_done < l->in->n_events && l->in->event[l->n_done].date <= day)
		apply(l, &l->change[l->n_done++]);
}

/* ---- what is held
 * ---------------------------------------------------------------------------------- */

static int compare_keys(const struct sieg_grant *l, enum sieg_regulation_name name, sieg_day day)
{
	if (l->name != name)
		return l->name < name ? -1 : 1;
	return (l->day > day) - (l->day < day);
}

struct sorted {
	const struct sieg_grant *grant;
	size_t place;
};

static int compare_grants(const void *left, const void *right)
{
	const struct sorted *l = left, *r = right;
	int order = compare_keys(l->grant, r->grant->name, r->grant->day);

	return order ? order : (l->place > r->place) - (l->place < r->place);
}

static void sort_grants(struct sieg_ledger *l)
{
	struct sorted *sorted = sieg_make(l->arena, struct sorted, l->n_grants);

	for (size_t g = 0; g < l->n_grants; g++)
		sorted[g] = (struct sorted){ &l->grant[g], g };
	if (l->n_grants)
		qsort(sorted, l->n_grants, sizeof(*sorted), compare_grants);
	l->order = sieg_make(l->arena, size_t, l->n_grants);
	for (size_t g = 0; g < l->n_grants; g++)
		l->order[g] = sorted[g].place;
}

static void count_pieces(struct sieg_ledger *l)
{
	memset(l->start, 0, (l->n_undertakings + 1) * sizeof(*l->start));
	for (size_t g = 0; g < l->n_grants; g++)
		for (size_t i = 0; i < l->purse[g].n_pieces; i++)
			l->start[l->purse[g].piece[i].holder + 1]++;
	for (size_t h = 0; h < l->n_undertakings; h++)
		l->start[h + 1] += l->start[h];
}

/* By holder, and for each in the order of grants: sorted by counting. */
static void sort_pieces(struct sieg_ledger *l)
{
	size_t *next = l->slot; /* free between two changes */
	sieg_cents before = 0;

	if (l->is_sorted)
		return;
	l->is_sorted = true;
	if (l->n_held + 1 > l->capacity) {
		l->capacity = 2 * l->n_held + 1;
		l->holding = sieg_make(l->arena, struct sieg_holding, l->capacity);
	}
	count_pieces(l);
	memcpy(next, l->start, l->n_undertakings * sizeof(*next));
	for (size_t k = 0; k < l->n_grants; k++) {
		const struct purse *purse = &l->purse[l->order[k]];

		for (size_t i = 0; i < purse->n_pieces; i++)
			l->holding[next[purse->piece[i].holder]++] = (struct sieg_holding){
				.grant = l->order[k],
				.cents = purse->piece[i].cents * purse->piece[i].n,
			};
	}
	for (size_t i = 0; i <= l->n_held; i++) {
		l->holding[i].before = before;
		if (i < l->n_held)
			before += l->holding[i].cents;
	}
}

const struct sieg_holding *sieg_holdings(struct sieg_ledger *l, size_t holder, size_t *n)
{
	sort_pieces(l);
	*n = l->start[holder + 1] - l->start[holder];
	return l->holding + l->start[holder];
}

/* The first of a holder's that is not before this regulation and day. */
static const struct sieg_holding *first(const struct sieg_ledger *l, size_t holder,
					enum sieg_regulation_name name, sieg_day day)
{
	size_t low = l->start[holder], high = l->start[holder + 1];

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_keys(&l->grant[l->holding[middle].grant], name, day) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return &l->holding[low];
}

sieg_wide sieg_sum_held(struct sieg_ledger *l, size_t holder, unsigned names, sieg_day from,
			sieg_day to)
{
	sieg_wide sum = 0;

	sort_pieces(l);
	if (l->start[holder] == l->start[holder + 1])
		return 0;
	for (enum sieg_regulation_name name = 0; name < SIEG_N_REGULATIONS; name++)
		if (names >> name & 1)
			sum += first(l, holder, name, to + 1)->before -
			       first(l, holder, name, from)->before;
	return sum;
}

/* ---- the ledger
 * ------------------------------------------------------------------------------------ */

bool sieg_ledger_is_full(const struct sieg_ledger *l)
{
	return l->is_full;
}

size_t sieg_heir(const struct sieg_ledger *l, size_t undertaking)
{
	return l->heir[undertaking];
}

static void open_purses(struct sieg_ledger *l)
{
	struct piece *piece = sieg_make(l->arena, struct piece, l->n_grants);

	l->purse = sieg_make(l->arena, struct purse, l->n_grants);
	for (size_t g = 0; g < l->n_grants; g++) {
		piece[g] = (struct piece){ l->grant[g].beneficiary, l->grant[g].gge, 1 };
		l->purse[g] = (struct purse){ &piece[g], 1, 1 };
	}
	l->n_held = l->n_grants;
}

struct sieg_ledger *sieg_ledger_new(struct sieg_arena *a, const struct sieg_deminimis *in,
				    const struct sieg_directory *d, const struct sieg_grant *grant,
				    size_t n_grants)
{
	struct sieg_ledger *l = sieg_make(a, struct sieg_ledger, 1);
	size_t n = in->n_undertakings;

	l->arena = a;
	l->in = in;
	l->grant = grant;
	l->n_grants = n_grants;
	l->n_undertakings = n;
	l->heir = sieg_make(a, size_t, n);
	l->slot = sieg_make(a, size_t, n);
	l->met = sieg_make(a, size_t, n);
	l->start = sieg_make(a, size_t, n + 1);
	for (size_t i = 0; i < n; i++)
		l->heir[i] = i;
	open_purses(l);
	sort_grants(l);
	resolve_links(l, d);
	resolve_events(l, d);
	return l;
}
