#include "web/limiter.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* A name stands in the few places its hash points to. 16,384 places are 256 KiB. */
enum { SETS = 2048, WAYS = 8 };

static const struct {
	int at_once, seconds;
} limits[N_LIMITS] = {
	[PASSWORDS_FROM_ADDRESS] = { 20, 30 },  [PASSWORDS_OF_ACCOUNT] = { 10, 180 },
	[CODES_FROM_ADDRESS] = { 20, 30 },      [CODES_OF_ACCOUNT] = { 6, 300 },
	[LINKS_FROM_ADDRESS] = { 10, 60 },      [BAD_LINKS_FROM_ADDRESS] = { 20, 30 },
	[INVITATIONS_OF_ACCOUNT] = { 30, 120 },
};

/* All that was tried is forgotten at `free_at`, a moment that each try puts further off. */
struct place {
	uint64_t name;
	int64_t free_at; /* 0: nobody's */
};

struct limiter {
	pthread_mutex_t lock;
	unsigned char key[crypto_shorthash_KEYBYTES];
	struct place place[SETS][WAYS];
};

struct limiter *limiter_new(void)
{
	struct limiter *l = calloc(1, sizeof(*l));

	if (!l)
		die("out of memory");
	pthread_mutex_init(&l->lock, NULL);
	crypto_shorthash_keygen(l->key);
	return l;
}

void limiter_free(struct limiter *l)
{
	if (!l)
		return;
	pthread_mutex_destroy(&l->lock);
	free(l);
}

/* The kind is part of the name, so that one table is enough. */
static uint64_t name_of(const struct limiter *l, enum limit limit, const char *who)
{
	unsigned char hash[crypto_generichash_BYTES];
	unsigned char kind = (unsigned char)limit;
	crypto_generichash_state state;
	uint64_t name;

	crypto_generichash_init(&state, l->key, sizeof(l->key), sizeof(hash));
	crypto_generichash_update(&state, &kind, 1);
	crypto_generichash_update(&state, (const unsigned char *)who, strlen(who));
	crypto_generichash_final(&state, hash, sizeof(hash));
	memcpy(&name, hash, sizeof(name));
	return name;
}

/* Its own place, or NULL. */
static struct place *find(struct limiter *l, uint64_t name)
{
	struct place *set = l->place[name % SETS];

	for (size_t i = 0; i < WAYS; i++)
		if (set[i].free_at && set[i].name == name)
			return &set[i];
	return NULL;
}

/* Its own place, or that of whoever is soonest free. */
static struct place *obtain(struct limiter *l, uint64_t name)
{
	struct place *set = l->place[name % SETS], *found = find(l, name);

	if (found)
		return found;
	found = set;
	for (size_t i = 1; i < WAYS; i++)
		if (set[i].free_at < found->free_at)
			found = &set[i];
	*found = (struct place){ .name = name };
	return found;
}

static int64_t take(struct limiter *l, uint64_t name, enum limit limit, int64_t now)
{
	int64_t step = limits[limit].seconds, room = (limits[limit].at_once - 1) * step;
	struct place *place = obtain(l, name);

	if (place->free_at < now)
		place->free_at = now;
	if (place->free_at - now > room)
		return place->free_at - now - room;
	place->free_at += step;
	return 0;
}

int64_t limiter_take(struct limiter *l, enum limit limit, const char *who, int64_t now)
{
	int64_t wait;

	if (!l)
		return 0;
	pthread_mutex_lock(&l->lock);
	wait = take(l, name_of(l, limit, who), limit, now);
	pthread_mutex_unlock(&l->lock);
	return wait;
}

void limiter_give_back(struct limiter *l, enum limit limit, const char *who, int64_t now)
{
	struct place *place;

	if (!l)
		return;
	pthread_mutex_lock(&l->lock);
	place = find(l, name_of(l, limit, who));
	if (place && place->free_at > now)
		place->free_at -= limits[limit].seconds;
	pthread_mutex_unlock(&l->lock);
}

void limiter_forget(struct limiter *l, enum limit limit, const char *who)
{
	struct place *place;

	if (!l)
		return;
	pthread_mutex_lock(&l->lock);
	place = find(l, name_of(l, limit, who));
	if (place)
		place->free_at = 0;
	pthread_mutex_unlock(&l->lock);
}

const char *limiter_place(struct arena *a, const char *address)
{
	struct in6_addr v6;
	char text[INET6_ADDRSTRLEN];

	if (!address)
		return "";
	if (inet_pton(AF_INET6, address, &v6) != 1)
		return address;
	memset(v6.s6_addr + 8, 0, 8);
	inet_ntop(AF_INET6, &v6, text, sizeof(text));
	return arena_printf(a, "%s/64", text);
}
