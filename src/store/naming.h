/*
 * naming.h - the people named in contributions: renamed everywhere, or withdrawn everywhere.
 *
 * Everywhere is: the contributions of resources, cycles and sessions, the earlier states of
 * resources, and what imports keep in order to be undone. Names are the same when they fold to
 * the same (base/text.h): "Zoé ÉTÉ" is "zoe ete". What is derived follows the changes noted for
 * each owner.
 */
#ifndef STORE_NAMING_H
#define STORE_NAMING_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "store/link.h"

/* A name, as it is written most often first. */
struct named {
	const char *name;
	int64_t n_places;
};

struct named_list {
	struct named *named;
	size_t n_named;
};

/* One contribution under a name. */
struct naming {
	enum owner owner;
	int64_t owner_id;
	const char *slug, *title; /* of the owner */
	const char *name;         /* as it is written there */
	const char *role, *words; /* their title, or NULL */
	const char *affiliation, *email, *organisation;
};

struct naming_list {
	struct naming *naming;
	size_t n_namings;
};

/* A text that holds a name as it is written. */
enum { NAMING_TEXTS_MAX = 500 };
enum naming_place { IN_RESOURCE, IN_CYCLE, IN_SESSION, IN_COLLECTION };

struct naming_text {
	enum naming_place place;
	const char *slug, *title;
	int64_t n_earlier; /* states before the present one that hold it; 0: the present one does */
};

struct naming_text_list {
	struct naming_text *text;
	size_t n_texts;
	bool is_cut; /* there may be more than NAMING_TEXTS_MAX */
};

struct naming_result {
	int64_t n_contributions, n_versions;
};

/* By name as it is read, without accents. */
CHECKED enum status naming_all(struct db *db, struct arena *a, struct named_list *list);

CHECKED enum status naming_of(struct db *db, struct arena *a, const char *name,
			      struct naming_list *list);

/*
 * Titles, texts, notes and labels of links that hold the name as whole words, whatever its accents,
 * its capitals, its hyphens and the markup within it. Nothing here changes them: they are
 * somebody's sentences. Present ones first. Every text there is is read, which takes a second for
 * 20,000.
 */
CHECKED enum status naming_in_texts(struct db *db, struct arena *a, const char *name,
				    struct naming_text_list *list);

/* NOT_FOUND when nobody is named so. */
CHECKED enum status naming_rename(struct db *db, const char *name, const char *to, int64_t now,
				  struct naming_result *result);

/*
 * Of a contribution for an organisation of the directory, the organisation stays; any other goes
 * whole: a title and a commune's name often tell who it is. NOT_FOUND when nobody is named so.
 */
CHECKED enum status naming_withdraw(struct db *db, const char *name, int64_t now,
				    struct naming_result *result);

#endif
