#include "access/access.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/names.h"
#include "base/out.h"

#define NAME_OF(visibility, name, level, ...)  [visibility] = name,
#define LEVEL_OF(visibility, name, level, ...) [visibility] = level,

static const char *const visibility_names[] = { ACCESS_TABLE(NAME_OF, ) };
static const int lowest_level[] = { ACCESS_TABLE(LEVEL_OF, ) };
static const char *const level_names[] = { "anonymous", "member", "editor", "administrator" };

bool access_may_read(const struct reader *reader, const struct object *object)
{
	if (reader->level >= EDITOR)
		return true;
	if (!object->published)
		return false;
	return object->opened || (int)reader->level >= lowest_level[object->visibility];
}

bool access_may_discover(const struct reader *reader, const struct object *object)
{
	return (object->published && object->listed) || access_may_read(reader, object);
}

bool access_may_read_part(const struct reader *reader, const struct object *owner,
			  enum visibility part)
{
	struct object object = *owner;

	if (part != AS_OWNER)
		object.visibility = part;
	return access_may_read(reader, &object);
}

const char *visibility_name(enum visibility visibility)
{
	return visibility == AS_OWNER ? NULL : visibility_names[visibility];
}

bool visibility_parse(const char *name, enum visibility *visibility)
{
	int place = NAME_PLACE(visibility_names, name);

	if (place >= 0)
		*visibility = (enum visibility)place;
	return place >= 0;
}

bool level_parse(const char *name, enum level *level)
{
	int place = NAME_PLACE(level_names, name);

	if (place >= 0)
		*level = (enum level)place;
	return place >= 0;
}

/* ---- keys -------------------------------------------------------------------------- */

/* No comma, which stands between two, nor "%" nor "_", which LIKE would read. */
bool access_key_is_good(const char *key)
{
	size_t kind = strspn(key, "abcdefghijklmnopqrstuvwxyz");
	size_t rest;

	if (!kind || key[kind] != '-')
		return false;
	rest = strspn(key + kind + 1, "abcdefghijklmnopqrstuvwxyz0123456789");
	return rest > 0 && !key[kind + 1 + rest];
}

const char *access_keys(struct arena *a, enum level level, const char *const *key, size_t n)
{
	struct out o;
	const char *keys;

	out_init(&o);
	out_printf(&o, "%d,", (int)level);
	for (size_t i = 0; i < n; i++)
		if (access_key_is_good(key[i]))
			out_printf(&o, "%s,", key[i]);
	keys = arena_strdup(a, out_string(&o));
	out_release(&o);
	return keys;
}

const char *access_held(const struct reader *reader)
{
	static const char *const by_level[] = { "0", "1", "2", "3" };

	return reader->keys ? reader->keys : by_level[reader->level];
}

bool access_opens(const struct reader *reader, const char *keys)
{
	const char *held = reader->keys;

	for (size_t length; held && *keys; keys += length + 1) {
		length = strcspn(keys, ",");
		for (const char *at = held; (at = strchr(at, ',')); at++)
			if (!strncmp(at + 1, keys, length) && at[1 + length] == ',')
				return true;
		if (!keys[length])
			break;
	}
	return false;
}

static bool holds(const struct reader *reader, const char *kind, int64_t id)
{
	char key[48];

	(void)snprintf(key, sizeof(key), "%s-%" PRId64 ",", kind, id);
	return access_opens(reader, key);
}

bool access_may_manage(const struct reader *reader, int64_t organisation_id)
{
	return reader->level >= EDITOR || holds(reader, "manager", organisation_id);
}

bool access_may_see_group(const struct reader *reader, int64_t group_id)
{
	return access_may_coordinate(reader, group_id) || holds(reader, "group", group_id);
}

/* Whoever has lapsed reads what anyone reads: no group is left to them. */
bool access_may_coordinate(const struct reader *reader, int64_t group_id)
{
	return reader->level >= EDITOR ||
	       (reader->level >= MEMBER && holds(reader, "coordinator", group_id));
}
