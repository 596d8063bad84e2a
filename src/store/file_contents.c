#include "store/file_contents.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "store/file.h"

enum { PIECE = 1 << 16 };

/* What is done with each piece that is read; false stops. */
typedef bool piece_fn(void *context, const unsigned char *bytes, size_t length);

static bool read_pieces(int fd, piece_fn *take, void *context)
{
	unsigned char piece[PIECE];
	ssize_t n;

	while ((n = read(fd, piece, sizeof(piece))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 || !take(context, piece, (size_t)n))
			return false;
	}
	return true;
}

/* ---- copying --------------------------------------------------------------------------- */

static bool write_piece(void *context, const unsigned char *bytes, size_t length)
{
	int fd = *(int *)context;

	while (length) {
		ssize_t n = write(fd, bytes, length);

		if (n < 0 && errno != EINTR)
			return false;
		bytes += n > 0 ? n : 0;
		length -= n > 0 ? (size_t)n : 0;
	}
	return true;
}

/* It appears under its name once it is whole. */
static bool copy_contents(const char *from, const char *beside, const char *to)
{
	int in = open(from, O_RDONLY | O_CLOEXEC);
	int out = in < 0 ? -1 : open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool good = out >= 0 && read_pieces(in, write_piece, &out) && fsync(out) == 0;

	if (in >= 0)
		close(in);
	if (out >= 0)
		good &= close(out) == 0;
	return good && rename(beside, to) == 0;
}

static bool is_there(const char *path, int64_t size)
{
	struct stat st;

	return stat(path, &st) == 0 && st.st_size == size;
}

static enum status copy_one(struct arena *a, const char *from, const char *to, const struct file *f)
{
	const char *source = file_path(a, from, f), *target = file_path(a, to, f);
	const char *folder = arena_printf(a, "%s/files/%.2s", to, f->sha256);

	if (is_there(target, f->size))
		return OK;
	if ((mkdir(folder, 0700) != 0 && errno != EEXIST) ||
	    !copy_contents(source, arena_printf(a, "%s.partial", target), target)) {
		log_error("cannot copy '%s' ('%s') to '%s': %s", source, f->name, to,
			  strerror(errno));
		return FAILED;
	}
	return OK;
}

enum status file_contents_copy(struct db *db, struct arena *a, const char *from, const char *to)
{
	const char *folder = arena_printf(a, "%s/files", to);
	struct file_list list;
	enum status status = file_all(db, a, &list);

	if (status != OK || !list.n_files)
		return status;
	if ((mkdir(to, 0700) != 0 && errno != EEXIST) ||
	    (mkdir(folder, 0700) != 0 && errno != EEXIST)) {
		log_error("cannot make the folder '%s': %s", folder, strerror(errno));
		return FAILED;
	}
	for (size_t i = 0; i < list.n_files && status == OK; i++)
		status = copy_one(a, from, to, &list.file[i]);
	return status;
}

/* ---- checking -------------------------------------------------------------------------- */

static bool hash_piece(void *context, const unsigned char *bytes, size_t length)
{
	return crypto_hash_sha256_update(context, bytes, length) == 0;
}

static bool is_whole(const char *path, const char *sha256)
{
	crypto_hash_sha256_state state;
	unsigned char hash[crypto_hash_sha256_BYTES];
	char hex[2 * sizeof(hash) + 1];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool was_read;

	if (fd < 0)
		return false;
	crypto_hash_sha256_init(&state);
	was_read = read_pieces(fd, hash_piece, &state);
	close(fd);
	crypto_hash_sha256_final(&state, hash);
	return was_read && !strcmp(sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash)), sha256);
}

enum status file_contents_check(struct db *db, struct arena *a, const char *data, size_t *n_bad)
{
	struct file_list list;
	enum status status = file_all(db, a, &list);

	*n_bad = 0;
	for (size_t i = 0; status == OK && i < list.n_files; i++) {
		const char *path = file_path(a, data, &list.file[i]);

		if (is_whole(path, list.file[i].sha256))
			continue;
		log_error("the file '%s' ('%s') is missing or damaged", path, list.file[i].name);
		++*n_bad;
	}
	return status;
}
