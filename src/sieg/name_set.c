#include "sieg/name_set.h"

#include <string.h>

#include "sieg/arena.h"

/* A leaf has a name; an inner node tells by which bit of which byte its two sides differ. */
struct sieg_name_node {
	struct sieg_name name; /* text NULL: inner */
	size_t byte;
	unsigned char bit;
	struct sieg_name_node *side[2];
};

void sieg_name_set_init(struct sieg_name_set *set, struct sieg_arena *a)
{
	set->arena = a;
	set->n = 0;
	set->root = NULL;
}

/* Past its end a name has zeros, which none has inside. */
static unsigned char byte_at(struct sieg_name name, size_t i)
{
	return i < name.length ? (unsigned char)name.text[i] : 0;
}

static int side_of(const struct sieg_name_node *node, struct sieg_name name)
{
	return (byte_at(name, node->byte) & node->bit) != 0;
}

/* The only leaf that the name can equal. */
static struct sieg_name nearest(const struct sieg_name_node *node, struct sieg_name name)
{
	while (!node->name.text)
		node = node->side[side_of(node, name)];
	return node->name;
}

static struct sieg_name_node *leaf(struct sieg_name_set *set, struct sieg_name name)
{
	struct sieg_name_node *node = sieg_make(set->arena, struct sieg_name_node, 1);

	node->name = name;
	return node;
}

static unsigned char highest_bit(unsigned char bits)
{
	while (bits & (bits - 1))
		bits &= (unsigned char)(bits - 1);
	return bits;
}

/* Whether `node` is decided by a bit before this one. */
static bool is_before(const struct sieg_name_node *node, size_t byte, unsigned char bit)
{
	if (node->name.text)
		return false;
	return node->byte < byte || (node->byte == byte && node->bit > bit);
}

static bool is_same(struct sieg_name l, struct sieg_name r)
{
	return l.length == r.length && memcmp(l.text, r.text, l.length) == 0;
}

bool sieg_name_has(const struct sieg_name_set *set, const char *text, size_t length)
{
	struct sieg_name name = { text, length };

	if (set->root)
		return is_same(nearest(set->root, name), name);
	for (size_t i = 0; i < set->n; i++)
		if (is_same(set->few[i], name))
			return true;
	return false;
}

static void add_to_tree(struct sieg_name_set *set, struct sieg_name name)
{
	struct sieg_name_node **at = &set->root, *inner;
	struct sieg_name found = nearest(set->root, name);
	size_t byte = 0;
	unsigned char bit;

	while (byte_at(found, byte) == byte_at(name, byte))
		byte++;
	bit = highest_bit(byte_at(found, byte) ^ byte_at(name, byte));
	while (is_before(*at, byte, bit))
		at = &(*at)->side[side_of(*at, name)];
	inner = sieg_make(set->arena, struct sieg_name_node, 1);
	inner->byte = byte;
	inner->bit = bit;
	inner->side[side_of(inner, name)] = leaf(set, name);
	inner->side[!side_of(inner, name)] = *at;
	*at = inner;
}

bool sieg_name_add(struct sieg_name_set *set, const char *text, size_t length)
{
	struct sieg_name name = { text, length };

	if (sieg_name_has(set, text, length))
		return false;
	if (!set->root && set->n < SIEG_FEW_NAMES) {
		set->few[set->n++] = name;
		return true;
	}
	if (!set->root) {
		set->root = leaf(set, set->few[0]);
		for (size_t i = 1; i < set->n; i++)
			add_to_tree(set, set->few[i]);
	}
	add_to_tree(set, name);
	return true;
}
