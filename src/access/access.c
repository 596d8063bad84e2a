#include "access/access.h"

#include <stddef.h>
#include <string.h>

static const char *const visibility_names[] = { "public", "members", "restricted" };
static const char *const level_names[] = { "anonymous", "member", "editor" };

bool access_may_read(const struct reader *reader, const struct object *object)
{
	if (reader->level >= EDITOR)
		return true;
	if (!object->published)
		return false;
	return object->visibility == PUBLIC ||
	       (object->visibility == MEMBERS && reader->level >= MEMBER);
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
	for (size_t i = 0; i < sizeof(visibility_names) / sizeof(*visibility_names); i++) {
		if (!strcmp(name, visibility_names[i])) {
			*visibility = (enum visibility)i;
			return true;
		}
	}
	return false;
}

bool level_parse(const char *name, enum level *level)
{
	for (size_t i = 0; i < sizeof(level_names) / sizeof(*level_names); i++) {
		if (!strcmp(name, level_names[i])) {
			*level = (enum level)i;
			return true;
		}
	}
	return false;
}
