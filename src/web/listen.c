#include "web/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"

enum { BACKLOG = 1024 };

union any_address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

static bool read_port(const char *text, int *port)
{
	*port = 0;
	if (!*text || strlen(text) > 5)
		return false;
	for (; *text; text++) {
		if (*text < '0' || *text > '9')
			return false;
		*port = *port * 10 + (*text - '0');
	}
	return *port <= 65535;
}

/* "127.0.0.1:8080" or "[::1]:8080". */
static bool read_listen(const char *text, union any_address *address, socklen_t *size)
{
	const char *colon = strrchr(text, ':');
	char host[PEER_SIZE];
	int port;
	size_t length = colon ? (size_t)(colon - text) : 0;
	bool v6 = length > 2 && *text == '[' && text[length - 1] == ']';

	*address = (union any_address){ 0 };
	if (!colon || !read_port(colon + 1, &port) || length >= sizeof(host))
		return false;
	snprintf(host, sizeof(host), "%.*s", (int)(v6 ? length - 2 : length), text + v6);
	*size = v6 ? sizeof(address->v6) : sizeof(address->v4);
	if (!v6) {
		address->v4.sin_family = AF_INET;
		address->v4.sin_port = htons((uint16_t)port);
		return inet_pton(AF_INET, host, &address->v4.sin_addr) == 1;
	}
	address->v6.sin6_family = AF_INET6;
	address->v6.sin6_port = htons((uint16_t)port);
	return inet_pton(AF_INET6, host, &address->v6.sin6_addr) == 1;
}

/* -1, errno saying why. */
static int open_socket(const union any_address *address, socklen_t size)
{
	int yes = 1, fd;

	fd = socket(address->any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (bind(fd, &address->any, size) < 0 || listen(fd, BACKLOG) < 0) {
		int why = errno;

		close(fd);
		errno = why;
		return -1;
	}
	return fd;
}

static int port_of(int fd)
{
	union any_address address;
	socklen_t size = sizeof(address);

	if (getsockname(fd, &address.any, &size) < 0)
		return -1;
	return ntohs(address.any.sa_family == AF_INET ? address.v4.sin_port : address.v6.sin6_port);
}

int listen_on(const char *text, int *port)
{
	union any_address address;
	socklen_t size;
	int fd;

	if (!read_listen(text, &address, &size)) {
		log_error("cannot listen on '%s': not an address and a port, "
			  "such as 127.0.0.1:8080 or [::1]:8080",
			  text);
		return -1;
	}
	fd = open_socket(&address, size);
	if (fd < 0)
		log_error("cannot listen on '%s': %s", text, strerror(errno));
	else
		*port = port_of(fd);
	return fd;
}

bool address_normalise(const char *text, char address[PEER_SIZE])
{
	unsigned char bytes[sizeof(struct in6_addr)];
	int family = strchr(text, ':') ? AF_INET6 : AF_INET;

	return inet_pton(family, text, bytes) == 1 &&
	       inet_ntop(family, bytes, address, PEER_SIZE) != NULL;
}

bool address_is_near(const char *one, const char *other)
{
	struct in6_addr a, b;

	if (inet_pton(AF_INET6, one, &a) != 1 || inet_pton(AF_INET6, other, &b) != 1)
		return !strcmp(one, other);
	return !memcmp(&a, &b, sizeof(a) / 2);
}

void peer_address(const struct sockaddr *address, char text[PEER_SIZE])
{
	const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)(const void *)address;
	const struct sockaddr_in *v4 = (const struct sockaddr_in *)(const void *)address;

	if (address->sa_family == AF_INET)
		inet_ntop(AF_INET, &v4->sin_addr, text, PEER_SIZE);
	else if (IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr))
		inet_ntop(AF_INET, &v6->sin6_addr.s6_addr[12], text, PEER_SIZE);
	else
		inet_ntop(AF_INET6, &v6->sin6_addr, text, PEER_SIZE);
}
