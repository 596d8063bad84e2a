/*
 * listen.h - addresses of machines: the one to listen on, those who come.
 */
#ifndef WEB_LISTEN_H
#define WEB_LISTEN_H

#include <netinet/in.h>
#include <stdbool.h>

struct sockaddr;

enum { PEER_SIZE = INET6_ADDRSTRLEN };

/*
 * A socket that listens on "127.0.0.1:8080" or "[::1]:8080", and its port. -1, logged in
 * one line, when the text is no such thing or the system refuses.
 */
int listen_on(const char *text, int *port);

/* The one way to write an address, so that two can be compared; false when it is none. */
bool address_normalise(const char *text, char address[PEER_SIZE]);

/* The same address, or in the same network of one IPv6 subscriber (/64); both normalised. */
bool address_is_near(const char *one, const char *other);

/* Of a connection; an IPv4 address that came over IPv6 is written as IPv4. */
void peer_address(const struct sockaddr *address, char text[PEER_SIZE]);

#endif
