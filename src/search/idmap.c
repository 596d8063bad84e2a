#include "search/idmap.h"

#include <stdlib.h>

#include "base/log.h"

void idmap_release(struct idmap *m)
{
	free(m->id);
	free(m->value);
}

/* The slot of an identifier, or the free one where it would go. */
static size_t slot_of(const struct idmap *m, int64_t id)
{
	size_t at = ((uint64_t)id * 0x9e3779b97f4a7c15u) >> 20;

	for (at &= m->n_slots - 1; m->id[at] && m->id[at] != id;)
		at = (at + 1) & (m->n_slots - 1);
	return at;
}

static void resize(struct idmap *m, size_t n_slots)
{
	struct idmap old = *m;

	*m = (struct idmap){ .n_slots = n_slots };
	m->id = calloc(n_slots, sizeof(*m->id));
	m->value = calloc(n_slots, sizeof(*m->value));
	if (!m->id || !m->value)
		die("out of memory");
	for (size_t i = 0; i < old.n_slots; i++)
		if (old.id[i])
			idmap_set(m, old.id[i], old.value[i]);
	idmap_release(&old);
}

void idmap_set(struct idmap *m, int64_t id, int64_t value)
{
	size_t at;

	if (m->n * 2 >= m->n_slots)
		resize(m, m->n_slots ? 2 * m->n_slots : 256);
	at = slot_of(m, id);
	m->n += m->id[at] == 0;
	m->id[at] = id;
	m->value[at] = value;
}

int64_t idmap_get(const struct idmap *m, int64_t id, int64_t otherwise)
{
	size_t at;

	if (!m->n_slots)
		return otherwise;
	at = slot_of(m, id);
	return m->id[at] ? m->value[at] : otherwise;
}
