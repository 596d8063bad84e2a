#include "search/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

enum { CHECKSUM = 32, CHUNK = 1 << 20 };

struct file_out {
	FILE *file;
	char *path, *beside;
	crypto_generichash_state sum;
	char *chunk; /* not yet written nor summed */
	size_t used;
	int error; /* the first */
};

struct file_in {
	FILE *file;
};

static void *room(size_t size)
{
	void *block = malloc(size);

	if (!block)
		die("out of memory");
	return block;
}

/* ---- writing --------------------------------------------------------------------------------- */

static void out_free(struct file_out *f)
{
	if (f->file)
		fclose(f->file);
	free(f->path);
	free(f->beside);
	free(f->chunk);
	free(f);
}

static char *beside(const char *path)
{
	static const char ending[] = ".new";
	size_t n = strlen(path);
	char *name = room(n + sizeof(ending));

	memcpy(name, path, n);
	memcpy(name + n, ending, sizeof(ending));
	return name;
}

/* Closed texts are in it: always a file of its own, whatever was left there by another. */
static FILE *create_private(const char *path)
{
	int fd;

	unlink(path);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	return fd < 0 ? NULL : fdopen(fd, "wb");
}

enum status file_create(const char *path, struct file_out **made)
{
	struct file_out *f = calloc(1, sizeof(*f));

	if (!f)
		die("out of memory");
	f->path = strdup(path);
	f->beside = beside(path);
	f->chunk = room(CHUNK);
	f->file = create_private(f->beside);
	if (!f->file) {
		log_error("cannot write '%s': %s", f->beside, strerror(errno));
		out_free(f);
		return FAILED;
	}
	setvbuf(f->file, NULL, _IONBF, 0);
	crypto_generichash_init(&f->sum, NULL, 0, CHECKSUM);
	*made = f;
	return OK;
}

static void write_out(struct file_out *f, const void *bytes, size_t length)
{
	if (!f->error && length && fwrite(bytes, 1, length, f->file) != length)
		f->error = errno ? errno : EIO;
}

static void flush(struct file_out *f)
{
	crypto_generichash_update(&f->sum, (unsigned char *)f->chunk, f->used);
	write_out(f, f->chunk, f->used);
	f->used = 0;
}

void file_put(struct file_out *f, const void *bytes, size_t length)
{
	const char *at = bytes;

	while (length) {
		size_t n = CHUNK - f->used < length ? CHUNK - f->used : length;

		memcpy(f->chunk + f->used, at, n);
		f->used += n;
		at += n;
		length -= n;
		if (f->used == CHUNK)
			flush(f);
	}
}

void file_put_number(struct file_out *f, int64_t number)
{
	file_put(f, &number, sizeof(number));
}

void file_put_text(struct file_out *f, const char *text)
{
	size_t n = strlen(text);

	file_put_number(f, (int64_t)n);
	file_put(f, text, n);
}

enum status file_finish(struct file_out *f)
{
	unsigned char sum[CHECKSUM];
	enum status status = OK;

	flush(f);
	crypto_generichash_final(&f->sum, sum, sizeof(sum));
	write_out(f, sum, sizeof(sum));
	if (!f->error && (fsync(fileno(f->file)) != 0 || rename(f->beside, f->path) != 0))
		f->error = errno;
	if (f->error) {
		log_error("cannot write '%s': %s", f->path, strerror(f->error));
		unlink(f->beside);
		status = FAILED;
	}
	out_free(f);
	return status;
}

/* ---- reading --------------------------------------------------------------------------------- */

static bool is_whole(FILE *file, size_t length)
{
	crypto_generichash_state state;
	unsigned char wanted[CHECKSUM], sum[CHECKSUM], *chunk = room(CHUNK);
	bool whole = length >= CHECKSUM;

	crypto_generichash_init(&state, NULL, 0, CHECKSUM);
	for (size_t left = whole ? length - CHECKSUM : 0, n; whole && left; left -= n) {
		n = left < CHUNK ? left : CHUNK;
		whole = fread(chunk, 1, n, file) == n;
		if (whole)
			crypto_generichash_update(&state, chunk, n);
	}
	free(chunk);
	crypto_generichash_final(&state, sum, sizeof(sum));
	return whole && fread(wanted, 1, sizeof(wanted), file) == sizeof(wanted) &&
	       sodium_memcmp(sum, wanted, sizeof(sum)) == 0;
}

/* Whatever stands there, it is not waited for. */
static FILE *open_to_read(const char *path)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	return fd < 0 ? NULL : fdopen(fd, "rb");
}

enum status file_open(const char *path, struct file_in **made)
{
	FILE *file = open_to_read(path);
	struct stat st;
	struct file_in *f;

	if (!file)
		return NOT_FOUND;
	if (fstat(fileno(file), &st) != 0 || !S_ISREG(st.st_mode) ||
	    !is_whole(file, (size_t)st.st_size)) {
		fclose(file);
		return NOT_FOUND;
	}
	rewind(file);
	setvbuf(file, NULL, _IOFBF, CHUNK);
	f = calloc(1, sizeof(*f));
	if (!f)
		die("out of memory");
	f->file = file;
	*made = f;
	return OK;
}

/* It was whole a moment ago: a disk that fails now is no reason to go on. */
void file_get(struct file_in *f, void *bytes, size_t length)
{
	if (length && fread(bytes, 1, length, f->file) != length)
		die("cannot read the search index: %s", strerror(errno));
}

int64_t file_get_number(struct file_in *f)
{
	int64_t number;

	file_get(f, &number, sizeof(number));
	return number;
}

const char *file_get_text(struct file_in *f, struct arena *a)
{
	size_t n = (size_t)file_get_number(f);
	char *text = arena_alloc(a, n + 1, 1);

	file_get(f, text, n);
	return text;
}

void file_close(struct file_in *f)
{
	fclose(f->file);
	free(f);
}
