#include "web/cache.h"

#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "web/address.h"
#include "web/route.h"

enum { N_BUCKETS = 1 << 14, LARGEST_SHARE = 16 };

struct kept {
	struct kept *in_bucket; /* the next */
	struct kept *newer, *older;
	uint64_t hash, stamp;
	int64_t until;
	size_t size;
	void *answer;
	drop_fn *drop;
	atomic_int holders; /* the cache is one */
	char key[];
};

struct cache {
	pthread_mutex_t lock; /* of all below */
	uint64_t stamp;
	int64_t change;
	size_t limit, size, n;
	struct kept *newest, *oldest;
	drop_fn *drop;
	/* Keys come from visitors: a secret keeps them from choosing one bucket for all. */
	unsigned char secret[crypto_shorthash_KEYBYTES];
	struct kept *bucket[N_BUCKETS];
};

struct cache *cache_new(size_t limit, int64_t change, drop_fn *drop)
{
	struct cache *cache = calloc(1, sizeof(*cache));

	if (!cache || sodium_init() < 0)
		die("out of memory");
	pthread_mutex_init(&cache->lock, NULL);
	cache->limit = limit;
	cache->change = change;
	cache->drop = drop;
	crypto_shorthash_keygen(cache->secret);
	return cache;
}

void kept_release(struct kept *kept)
{
	if (atomic_fetch_sub(&kept->holders, 1) > 1)
		return;
	kept->drop(kept->answer);
	free(kept);
}

static void unlink_age(struct cache *cache, struct kept *kept)
{
	*(kept->newer ? &kept->newer->older : &cache->newest) = kept->older;
	*(kept->older ? &kept->older->newer : &cache->oldest) = kept->newer;
}

static void link_newest(struct cache *cache, struct kept *kept)
{
	kept->newer = NULL;
	kept->older = cache->newest;
	*(cache->newest ? &cache->newest->newer : &cache->oldest) = kept;
	cache->newest = kept;
}

static uint64_t hash_of(const struct cache *cache, const char *key)
{
	uint64_t hash;

	crypto_shorthash((unsigned char *)&hash, (const unsigned char *)key, strlen(key),
			 cache->secret);
	return hash;
}

/* Where the bucket points to what has this key, or to its end. */
static struct kept **place_of(struct cache *cache, uint64_t hash, const char *key)
{
	struct kept **place = &cache->bucket[hash % N_BUCKETS];

	while (*place && ((*place)->hash != hash || strcmp((*place)->key, key) != 0))
		place = &(*place)->in_bucket;
	return place;
}

/* Given back for the caller to release once the lock is open: dropping takes time. */
static struct kept *take_out(struct cache *cache, struct kept **place)
{
	struct kept *kept = *place;

	*place = kept->in_bucket;
	unlink_age(cache, kept);
	cache->size -= kept->size;
	cache->n--;
	return kept;
}

void cache_free(struct cache *cache)
{
	if (!cache)
		return;
	while (cache->oldest)
		kept_release(
			take_out(cache, place_of(cache, cache->oldest->hash, cache->oldest->key)));
	pthread_mutex_destroy(&cache->lock);
	free(cache);
}

void cache_changed(struct cache *cache, int64_t change)
{
	pthread_mutex_lock(&cache->lock);
	cache->stamp++;
	if (change > cache->change)
		cache->change = change;
	pthread_mutex_unlock(&cache->lock);
}

uint64_t cache_stamp(struct cache *cache)
{
	uint64_t stamp;

	pthread_mutex_lock(&cache->lock);
	stamp = cache->stamp;
	pthread_mutex_unlock(&cache->lock);
	return stamp;
}

static bool is_good(const struct cache *cache, const struct kept *kept, int64_t now)
{
	return kept->stamp == cache->stamp && now < kept->until;
}

struct kept *cache_find(struct cache *cache, const char *key, int64_t now)
{
	uint64_t hash = hash_of(cache, key);
	struct kept *found, *stale = NULL, **place;

	pthread_mutex_lock(&cache->lock);
	place = place_of(cache, hash, key);
	found = *place;
	if (found && !is_good(cache, found, now)) {
		stale = take_out(cache, place);
		found = NULL;
	}
	if (found) {
		unlink_age(cache, found);
		link_newest(cache, found);
		atomic_fetch_add(&found->holders, 1);
	}
	pthread_mutex_unlock(&cache->lock);
	if (stale)
		kept_release(stale);
	return found;
}

void *kept_answer(const struct kept *kept)
{
	return kept->answer;
}

static struct kept *new_kept(struct cache *cache, const struct keeping *keeping, void *answer)
{
	size_t key_size = strlen(keeping->key) + 1;
	struct kept *kept = calloc(1, sizeof(*kept) + key_size);

	if (!kept)
		die("out of memory");
	kept->hash = hash_of(cache, keeping->key);
	kept->stamp = keeping->stamp;
	kept->until = keeping->until;
	kept->size = sizeof(*kept) + key_size + keeping->size;
	kept->answer = answer;
	kept->drop = cache->drop;
	kept->holders = 1;
	memcpy(kept->key, keeping->key, key_size);
	return kept;
}

static bool may_stay(const struct cache *cache, const struct kept *kept, int64_t change)
{
	return kept->stamp == cache->stamp && change == cache->change &&
	       kept->size <= cache->limit / LARGEST_SHARE;
}

/* What must go for the bound to hold, as a list through `in_bucket`. */
static struct kept *make_room(struct cache *cache)
{
	struct kept *gone = NULL;

	while (cache->size > cache->limit) {
		struct kept *oldest = cache->oldest;

		take_out(cache, place_of(cache, oldest->hash, oldest->key));
		oldest->in_bucket = gone;
		gone = oldest;
	}
	return gone;
}

static struct kept *put(struct cache *cache, struct kept *kept)
{
	struct kept **place = place_of(cache, kept->hash, kept->key), *former = NULL, *gone;

	if (*place)
		former = take_out(cache, place);
	place = &cache->bucket[kept->hash % N_BUCKETS];
	kept->in_bucket = *place;
	*place = kept;
	link_newest(cache, kept);
	cache->size += kept->size;
	cache->n++;
	gone = make_room(cache);
	if (former) {
		former->in_bucket = gone;
		gone = former;
	}
	return gone;
}

void cache_put(struct cache *cache, const struct keeping *keeping, void *answer)
{
	struct kept *kept = new_kept(cache, keeping, answer), *gone = kept;

	pthread_mutex_lock(&cache->lock);
	kept->in_bucket = NULL;
	if (may_stay(cache, kept, keeping->change))
		gone = put(cache, kept);
	pthread_mutex_unlock(&cache->lock);
	while (gone) {
		struct kept *next = gone->in_bucket;

		kept_release(gone);
		gone = next;
	}
}

void cache_measure(struct cache *cache, size_t *bytes, size_t *n)
{
	pthread_mutex_lock(&cache->lock);
	*bytes = cache->size;
	*n = cache->n;
	pthread_mutex_unlock(&cache->lock);
}

const char *cache_key(struct arena *a, const struct request *req, const struct route *route)
{
	struct pair *known = arena_make(a, struct pair, req->n_query);
	size_t n = 0;

	for (const char *const *name = route->known; name && *name; name++)
		for (size_t i = 0; i < req->n_query; i++)
			if (!strcmp(req->query[i].name, *name))
				known[n++] = req->query[i];
	return address_write(a, req->path, known, n);
}
