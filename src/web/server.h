/*
 * server.h - HTTP/1.1 in front of the site: connections, limits, cache, compression.
 * Only the files named in server_inside.h know libmicrohttpd.
 */
#ifndef WEB_SERVER_H
#define WEB_SERVER_H

#include "base/status.h"
#include "web/request.h"
#include "web/route.h"

struct server;

struct server_options {
	const char *db_address; /* every worker opens a connection of its own; NULL for none */
	int socket;             /* listening already: see web/listen.h; the server closes it */
	const char *proxy;      /* the address whose last X-Forwarded-For is believed, or NULL */
	int n_workers;          /* 0: one for each processor, at least two */
	const struct site_map *map;
	const struct site *site;
	bool quiet; /* no line for each request */
	/* 0 for the default in all of these. */
	int header_seconds;  /* for a whole header, counted from the connection: 10 */
	int body_seconds;    /* for what is posted: 30 */
	int idle_seconds;    /* a connection on which nothing moves: 15 */
	int max_connections; /* 1000 */
	int max_per_address; /* 100; without effect when there is a proxy */
	size_t cache_bytes;  /* of answers kept ready: 64 MiB */
};

/* FAILED, logged in one line, when it cannot start; the socket is closed all the same. */
CHECKED enum status server_start(const struct server_options *options, struct server **server);

/* Called after each change of the database: kept answers older than `change` are stale. */
void server_changed(struct server *server, int64_t change);

/* Takes no new connection, finishes the answers under way (at most `seconds`), stops. */
void server_stop(struct server *server, int seconds);

#endif
