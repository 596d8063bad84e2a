/*
 * access.h - who may see, read and do what: the only place that decides.
 *
 * Pure: facts are handed in, an answer comes out. The same rule is given as
 * functions and as predicates of SQL, made from one table, and a test holds the two
 * together.
 *
 * To *discover* a thing is to learn that it exists: its title, kind, date and public
 * summary. To *read* it is to have its text, links and files. A published resource that
 * is closed is discoverable by everyone unless it is unlisted. A session or a cycle that
 * may not be read does not exist for that reader.
 *
 * A closed thing may have keys that open it beside the level it asks for; a person
 * holds keys by what they are and by what they were granted:
 *
 *	function-elected   whoever has such a function
 *	group-3            the members of a working group
 *	session-12         those who attended a session
 *	grant-7            the one person whose request was granted, until its day
 *
 * Keys of the first three are for members only: when an organisation lapses, its people
 * read what anyone reads. A grant is a person's own.
 */
#ifndef ACCESS_ACCESS_H
#define ACCESS_ACCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* Each level may what the one before may. A member whose organisation has lapsed is anonymous. */
enum level { ANONYMOUS, MEMBER, EDITOR, ADMINISTRATOR };

/* The rule for what is published: what it is called, and the lowest level that may read it. */
#define ACCESS_TABLE(ROW, ...)                                                                     \
	ROW(PUBLIC, "public", 0, __VA_ARGS__)                                                      \
	ROW(MEMBERS, "members", 1, __VA_ARGS__)                                                    \
	ROW(RESTRICTED, "restricted", 2, __VA_ARGS__)

enum visibility {
	PUBLIC,
	MEMBERS,
	RESTRICTED, /* to whoever holds one of its keys */
	AS_OWNER,   /* of a link or a contribution: what its owner's is */
};

struct reader {
	enum level level;
	int64_t person_id; /* 0 is nobody */
	const char *keys;  /* made by access_keys(); NULL when the level says all */
};

/* What is decided about. */
struct object {
	enum visibility visibility;
	bool published;
	bool listed;
	bool opened; /* the reader holds one of its keys: ACCESS_OPENED_SQL, or access_opens() */
};

bool access_may_discover(const struct reader *reader, const struct object *object);
bool access_may_read(const struct reader *reader, const struct object *object);

/*
 * A link or a contribution of `owner`, with a visibility of its own or AS_OWNER. What opens the
 * owner opens its parts.
 */
bool access_may_read_part(const struct reader *reader, const struct object *owner,
			  enum visibility part);

/* "public", "members", "restricted"; NULL for AS_OWNER. */
const char *visibility_name(enum visibility visibility);

/* False when `name` is none of them. */
bool visibility_parse(const char *name, enum visibility *visibility);

/* "anonymous", "member", "editor", "administrator". */
bool level_parse(const char *name, enum level *level);

/* ---- keys -------------------------------------------------------------------------- */

/* A kind and a name or number, such as "group-3": lower case letters, a hyphen, the rest. */
bool access_key_is_good(const char *key);

/* What a reader of this level holds who has these keys beside it. */
const char *access_keys(struct arena *a, enum level level, const char *const *key, size_t n);

/* What is bound to `keys` in the conditions below. */
const char *access_held(const struct reader *reader);

/* True when the reader holds one of these keys, written with a comma after each. */
bool access_opens(const struct reader *reader, const char *keys);

/*
 * Whether a reader may change who is in an organisation, and what they do there. Its managers keep
 * that when its membership has lapsed: it gives nothing to read.
 */
bool access_may_manage(const struct reader *reader, int64_t organisation_id);

/* Whether a working group exists for a reader; and whether they may change who is in it. */
bool access_may_see_group(const struct reader *reader, int64_t group_id);
bool access_may_coordinate(const struct reader *reader, int64_t group_id);

/*
 * The same rules as conditions on a table, whose rows are of the kind `owner` ("resource",
 * "cycle", "session"); `keys` is a parameter such as "$1", bound to access_held(). That text
 * begins with the digit of the level, and is compared as text: '0' < '1' < '1,group-3,' < '2'.
 */
#define ACCESS_OPENED_SQL(owner, table, keys)                                                      \
	"(" keys " LIKE '%-%' AND EXISTS (SELECT 1 FROM opening x WHERE x.owner = '" owner "'"     \
	" AND x.owner_id = " table ".id AND " keys " LIKE '%,' || x.key || ',%'))"

#define ACCESS_ROW_SQL(visibility, name, level, table, keys)                                       \
	"(" table ".visibility = '" name "' AND " keys " >= '" #level "') OR "

#define ACCESS_READ_SQL(owner, table, keys)                                                        \
	"(" ACCESS_TABLE(ACCESS_ROW_SQL, table, keys) ACCESS_OPENED_SQL(owner, table, keys) ")"

#define ACCESS_DISCOVER_RESOURCE_SQL(table, keys)                                                  \
	"(" keys " >= '2' OR (" table ".status = 'published' AND (" table ".listed = 1"            \
	" OR " ACCESS_READ_SQL("resource", table, keys) ")))"

#define ACCESS_READ_RESOURCE_SQL(table, keys)                                                      \
	"(" keys " >= '2' OR (" table ".status = 'published'"                                      \
	" AND " ACCESS_READ_SQL("resource", table, keys) "))"

#endif
