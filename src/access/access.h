/*
 * access.h - who may see and read what: the only place that decides.
 *
 * Pure: facts are handed in, an answer comes out. The same rule is given as
 * functions and as predicates of SQL, and a test holds the two together.
 *
 * To *discover* a thing is to learn that it exists: its title, kind, date and public
 * summary. To *read* it is to have its text, links and files. A published resource that
 * is closed is discoverable by everyone unless it is unlisted. A session or a cycle that
 * may not be read does not exist for that reader.
 */
#ifndef ACCESS_ACCESS_H
#define ACCESS_ACCESS_H

#include <stdbool.h>
#include <stdint.h>

enum visibility {
	PUBLIC,
	MEMBERS,
	RESTRICTED, /* to functions, to groups, to those who attended */
	AS_OWNER,   /* of a link or a contribution: what its owner's is */
};

/* Each level may what the one before may. A member whose organisation has lapsed is anonymous. */
enum level { ANONYMOUS, MEMBER, EDITOR, ADMINISTRATOR };

struct reader {
	enum level level;
	int64_t person_id; /* 0 is nobody */
};

/* What is decided about. */
struct object {
	enum visibility visibility;
	bool published;
	bool listed;
};

bool access_may_discover(const struct reader *reader, const struct object *object);
bool access_may_read(const struct reader *reader, const struct object *object);

/* A link or a contribution of `owner`, with a visibility of its own or AS_OWNER. */
bool access_may_read_part(const struct reader *reader, const struct object *owner,
			  enum visibility part);

/* "public", "members", "restricted"; NULL for AS_OWNER. */
const char *visibility_name(enum visibility visibility);

/* False when `name` is none of them. */
bool visibility_parse(const char *name, enum visibility *visibility);

/* "anonymous", "member", "editor". */
bool level_parse(const char *name, enum level *level);

/* The same rules as conditions on a table; `level` is a parameter such as "$1". */
#define ACCESS_READ_SQL(table, level)                                                              \
	"(" level " >= 2 OR " table ".visibility = 'public'"                                       \
	" OR (" table ".visibility = 'members' AND " level " >= 1))"

#define ACCESS_DISCOVER_RESOURCE_SQL(table, level)                                                 \
	"(" level " >= 2 OR (" table ".status = 'published' AND (" table ".listed = 1"             \
	" OR " ACCESS_READ_SQL(table, level) ")))"

#define ACCESS_READ_RESOURCE_SQL(table, level)                                                     \
	"(" level " >= 2 OR (" table ".status = 'published' AND " ACCESS_READ_SQL(table, level) "))"

#endif
