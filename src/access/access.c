#include "access/access.h"

#include <stddef.h>

#include "base/names.h"

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
