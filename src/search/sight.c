#include "search/sight.h"

#include <string.h>

#include "base/arena.h"

/* What the level alone gives; false when there is more that a key could open. */
static bool see_by_level(struct sight *s, const struct reader *reader)
{
	bool reads_all = true;

	for (unsigned c = 0; c < ACCESS_CLASSES; c++) {
		const struct object object = access_class_object((uint8_t)c);

		if (object.visibility == AS_OWNER)
			continue;
		if (access_may_discover(reader, &object))
			s->discover |= (uint16_t)(1u << c);
		if (access_may_read(reader, &object))
			s->read |= (uint16_t)(1u << c);
		else
			reads_all = false;
	}
	return reads_all;
}

static bool holds_keys(const struct reader *reader)
{
	return reader->keys && strchr(reader->keys, '-');
}

static const uint64_t *opened_by(struct arena *a, const struct index *x, const struct version *v,
				 const struct reader *reader)
{
	uint64_t *opened = arena_make(a, uint64_t, v->n_audiences / 64 + 1);
	bool any = false;

	for (uint32_t i = 0; i < v->n_audiences; i++)
		if (access_opens(reader, index_audience(x, i))) {
			opened[i / 64] |= (uint64_t)1 << (i % 64);
			any = true;
		}
	return any ? opened : NULL;
}

struct sight sight_of(struct arena *a, const struct index *x, const struct version *v,
		      const struct reader *reader)
{
	struct sight s = { 0 };

	if (!see_by_level(&s, reader) && holds_keys(reader))
		s.opened = opened_by(a, x, v, reader);
	return s;
}

bool sight_is_more_than_everyones(const struct sight *s)
{
	const struct reader anonymous = { .level = ANONYMOUS };
	struct sight everyones = { 0 };

	see_by_level(&everyones, &anonymous);
	return s->opened || s->read != everyones.read;
}
