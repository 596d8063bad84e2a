/*
 * cache.h - answers kept ready, bounded, the least recently used going first.
 *
 * What an answer is, the cache does not know: it is given with its size and a function
 * that drops it. Every thread may call everything at any time.
 *
 * An answer is good until the next change that is announced. It is kept only when nothing
 * was announced between the stamp, taken before the page began, and the moment it is put,
 * and when the page saw the very change last announced: so neither a page that read an
 * older database nor one that read a newer one beside an older search index is kept.
 */
#ifndef WEB_CACHE_H
#define WEB_CACHE_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct request;
struct route;

struct cache;
struct kept;

typedef void drop_fn(void *answer);

/* `change` is the last one when it begins. */
struct cache *cache_new(size_t limit, int64_t change, drop_fn *drop);
void cache_free(struct cache *cache);

/* A change took place: what was kept before is stale. */
void cache_changed(struct cache *cache, int64_t change);

/* To be taken before a page reads anything, and given to cache_put(). */
uint64_t cache_stamp(struct cache *cache);

/* NULL when there is none that is good at `now`. To be released. */
struct kept *cache_find(struct cache *cache, const char *key, int64_t now);
void *kept_answer(const struct kept *kept);
void kept_release(struct kept *kept);

/* What is to be kept of an answer beside itself. */
struct keeping {
	const char *key;
	uint64_t stamp;
	int64_t change; /* that the page saw */
	int64_t until;  /* the moment at which it is no longer good */
	size_t size;
};

/* The answer is the cache's from now on, which may drop it at once. */
void cache_put(struct cache *cache, const struct keeping *keeping, void *answer);

/* Bytes and number of what is kept now. */
void cache_measure(struct cache *cache, size_t *bytes, size_t *n);

/* The path, and the parameters the route knows, in its order: one key for one page. */
const char *cache_key(struct arena *a, const struct request *req, const struct route *route);

#endif
