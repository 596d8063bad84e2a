/* Keys that open what there is in a world, and readers who hold some of them. */
#include "search/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "store/opening.h"

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

/* Some begin or end as others do. */
static const char *const key_of_readers[] = { "function-elected", "function-officer", "group-1",
					      "group-11",         "session-1",        "session-12",
					      "grant-1",          "grant-2" };
static const char *const key_of_others[] = { "group-111", "session-11", "grant-12" };

static const char *any(struct voice *v, const char *const *key, size_t n)
{
	return key[voice_pick(v, (unsigned)n)];
}

static void add(struct world *w, struct opening_list *list, const char *key)
{
	const char **larger = arena_make(w->a, const char *, list->n_keys + 1);

	for (size_t i = 0; i < list->n_keys; i++)
		larger[i] = list->key[i];
	larger[list->n_keys++] = key;
	list->key = larger;
}

static bool is_of_others(const char *key)
{
	for (size_t i = 0; i < LENGTH(key_of_others); i++)
		if (!strcmp(key_of_others[i], key))
			return true;
	return false;
}

static bool is_opened(const struct world *w, const struct opening_list *list)
{
	const char *keys = "";

	for (size_t i = 0; i < list->n_keys; i++)
		keys = arena_printf(w->a, "%s%s,", keys, list->key[i]);
	return access_opens(&w->outsider, keys);
}

static void set(struct world *w, int64_t id, const struct opening_list *list)
{
	assert_int_equal(opening_set(w->db, OF_RESOURCE, id, list->key, list->n_keys), OK);
}

struct opening_list world_keys(struct world *w, struct voice *v, bool *opened)
{
	struct opening_list list = { 0 };
	unsigned n = voice_once(v, 2) ? 0 : voice_pick(v, 3);

	for (unsigned i = 0; i < n; i++)
		add(w, &list, any(v, key_of_readers, LENGTH(key_of_readers)));
	if (voice_once(&w->closed, 4))
		add(w, &list, any(&w->closed, key_of_others, LENGTH(key_of_others)));
	*opened = is_opened(w, &list);
	return list;
}

bool world_is_opened(struct world *w, int64_t id)
{
	struct opening_list list;

	assert_int_equal(opening_of(w->db, w->a, OF_RESOURCE, id, &list), OK);
	return is_opened(w, &list);
}

void world_change_keys(struct world *w, int64_t id)
{
	const char *key = any(&w->open, key_of_readers, LENGTH(key_of_readers));
	struct opening_list list;
	bool opened;

	switch (voice_pick(&w->open, 4)) {
	case 0:
		assert_int_equal(opening_add(w->db, OF_RESOURCE, id, key), OK);
		break;
	case 1:
		assert_int_equal(opening_forget(w->db, key), OK);
		break;
	default:
		list = world_keys(w, &w->open, &opened);
		set(w, id, &list);
	}
}

void world_change_keys_of_others(struct world *w, int64_t id)
{
	const char *key = any(&w->closed, key_of_others, LENGTH(key_of_others));
	struct opening_list list, changed = { 0 };

	if (voice_once(&w->closed, 4)) {
		assert_int_equal(opening_forget(w->db, key), OK);
		return;
	}
	assert_int_equal(opening_of(w->db, w->a, OF_RESOURCE, id, &list), OK);
	for (size_t i = 0; i < list.n_keys; i++)
		if (!is_of_others(list.key[i]))
			add(w, &changed, list.key[i]);
	if (voice_once(&w->closed, 2))
		add(w, &changed, key);
	set(w, id, &changed);
}

struct reader world_reader(struct voice *v, struct arena *a)
{
	struct reader reader = { .level = (enum level)voice_pick(v, 3) };
	const char *key[3];
	size_t n = voice_pick(v, LENGTH(key) + 1);

	for (size_t i = 0; i < n; i++)
		key[i] = any(v, key_of_readers, LENGTH(key_of_readers));
	if (voice_once(v, 2))
		reader.keys = access_keys(a, reader.level, key, n);
	return reader;
}
