#include "mail/outbox.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/date.h"

static bool write_all(int fd, const char *bytes, size_t length)
{
	while (length) {
		ssize_t n = write(fd, bytes, length);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes += n;
		length -= (size_t)n;
	}
	return true;
}

static bool write_file(const char *path, const char *bytes, size_t length)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool written = fd >= 0 && write_all(fd, bytes, length) && fsync(fd) == 0;

	if (fd >= 0 && close(fd) != 0)
		written = false;
	return written;
}

/* A name is there once its folder is on the disk. */
static bool sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool synced = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return synced;
}

enum status outbox_write(struct arena *a, const char *folder, int64_t made_at, int64_t id,
			 const char *message, size_t length, const char **path)
{
	const char *part = arena_printf(a, "%s/.%" PRId64 ".part", folder, id);

	*path = arena_printf(a, "%s/%s-%" PRId64 ".eml", folder, day_of_moment(a, made_at), id);
	if ((mkdir(folder, 0700) == 0 || errno == EEXIST) && write_file(part, message, length) &&
	    rename(part, *path) == 0 && sync_folder(folder))
		return OK;
	log_error("cannot write '%s': %s", *path, strerror(errno));
	unlink(part);
	return FAILED;
}
