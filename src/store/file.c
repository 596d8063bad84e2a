#include "store/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "access/access.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "db/db.h"
#include "store/row.h"

enum { ID_BYTES = 16, NAME_CHARS = 120 };

bool file_id_is_good(const char *id)
{
	return strlen(id) == 2 * ID_BYTES && strspn(id, "0123456789abcdef") == 2 * ID_BYTES;
}

/* ---- what it is ------------------------------------------------------------------------ */

static const struct signature {
	size_t at;
	const char *bytes;
	size_t length;
	const char *media_type;
} signatures[] = {
	{ 0, "%PDF-", 5, "application/pdf" },
	{ 0, "\x89PNG\r\n\x1a\n", 8, "image/png" },
	{ 0, "\xff\xd8\xff", 3, "image/jpeg" },
	{ 0, "GIF87a", 6, "image/gif" },
	{ 0, "GIF89a", 6, "image/gif" },
	{ 8, "WEBP", 4, "image/webp" },
	{ 8, "WAVE", 4, "audio/wav" },
	{ 4, "ftyp", 4, "video/mp4" },
	{ 0, "\x1a\x45\xdf\xa3", 4, "video/webm" },
	{ 0, "ID3", 3, "audio/mpeg" },
	{ 0, "OggS", 4, "audio/ogg" },
	{ 0, "WEBVTT", 6, "text/vtt" },
	{ 30, "mimetypeapplication/vnd.oasis.opendocument.text", 47,
	  "application/vnd.oasis.opendocument.text" },
	{ 30, "mimetypeapplication/vnd.oasis.opendocument.spreadsheet", 54,
	  "application/vnd.oasis.opendocument.spreadsheet" },
	{ 30, "mimetypeapplication/vnd.oasis.opendocument.presentation", 55,
	  "application/vnd.oasis.opendocument.presentation" },
	{ 0, "PK\x03\x04", 4, "application/zip" },
};

const char *file_media_type(const void *bytes, size_t length)
{
	for (size_t i = 0; i < sizeof(signatures) / sizeof(*signatures); i++) {
		const struct signature *s = &signatures[i];

		if (length >= s->at + s->length &&
		    !memcmp((const char *)bytes + s->at, s->bytes, s->length))
			return s->media_type;
	}
	return "application/octet-stream";
}

bool file_is_shown(const char *media_type)
{
	return !strcmp(media_type, "application/pdf") || !strncmp(media_type, "image/", 6) ||
	       !strncmp(media_type, "audio/", 6) || !strncmp(media_type, "video/", 6);
}

/* What comes after the last slash of either kind. */
static const char *last_part(const char *name)
{
	const char *at;

	while ((at = strpbrk(name, "/\\")))
		name = at + 1;
	return name;
}

const char *file_name_clean(struct arena *a, const char *name)
{
	const char *checked;
	char *clean, *to;

	if (text_check(a, name, strlen(name), &checked) != OK)
		return "document";
	checked = text_squeeze(a, last_part(checked));
	if (utf8_length(checked) > NAME_CHARS)
		checked = last_part(text_clip(a, checked, NAME_CHARS));
	clean = to = arena_strdup(a, checked);
	for (size_t size; *checked; checked += size) {
		unsigned c = utf8_decode(checked, &size);

		/* "con.txt" turned, then "fdp.exe", is read "con.txtexe.pdf". */
		if ((size == 1 && strchr("\"<>|:*?\n\t", *checked)) || utf8_turns(c))
			continue;
		memcpy(to, checked, size);
		to += size;
	}
	*to = '\0';
	return *clean && *clean != '.' ? clean : "document";
}

/* ---- contents -------------------------------------------------------------------------- */

const char *file_path(struct arena *a, const char *data, const struct file *f)
{
	return arena_printf(a, "%s/files/%.2s/%s", data, f->sha256, f->sha256);
}

static enum status make_folder(const char *path)
{
	if (mkdir(path, 0700) == 0 || errno == EEXIST)
		return OK;
	log_error("cannot make the folder '%s': %s", path, strerror(errno));
	return FAILED;
}

static bool write_all(int fd, const char *bytes, size_t length)
{
	while (length) {
		ssize_t n = write(fd, bytes, length);

		if (n < 0 && errno != EINTR)
			return false;
		bytes += n > 0 ? n : 0;
		length -= n > 0 ? (size_t)n : 0;
	}
	return true;
}

/* All of it or nothing: beside its place first, then in it. */
static enum status write_contents(const char *path, const char *beside, const void *bytes,
				  size_t length)
{
	int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool good = fd >= 0 && write_all(fd, bytes, length) && fsync(fd) == 0;

	if (fd >= 0)
		good &= close(fd) == 0;
	if (good && rename(beside, path) == 0)
		return OK;
	log_error("cannot write '%s': %s", path, strerror(errno));
	unlink(beside);
	return FAILED;
}

static enum status keep_contents(struct arena *a, const char *data, const struct file *f,
				 const void *bytes, size_t length)
{
	const char *path = file_path(a, data, f);
	struct stat st;
	enum status status;

	if (stat(path, &st) == 0 && st.st_size == f->size)
		return OK;
	status = make_folder(arena_printf(a, "%s/files", data));
	if (status == OK)
		status = make_folder(arena_printf(a, "%s/files/%.2s", data, f->sha256));
	if (status != OK)
		return status;
	return write_contents(path, arena_printf(a, "%s.%s", path, f->id), bytes, length);
}

static const char *hash_of(struct arena *a, const void *bytes, size_t length)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char *hex = arena_make(a, char, 2 * sizeof(hash) + 1);

	crypto_hash_sha256(hash, bytes, length);
	return sodium_bin2hex(hex, 2 * sizeof(hash) + 1, hash, sizeof(hash));
}

static const char *draw_id(struct arena *a)
{
	unsigned char bytes[ID_BYTES];
	char *hex = arena_make(a, char, 2 * ID_BYTES + 1);

	randombytes_buf(bytes, sizeof(bytes));
	return sodium_bin2hex(hex, 2 * ID_BYTES + 1, bytes, sizeof(bytes));
}

enum status file_add(struct db *db, struct arena *a, const char *data, const char *name,
		     const void *bytes, size_t length, int64_t now, struct file *made)
{
	struct query *q;
	enum status status;

	*made = (struct file){
		.id = draw_id(a),
		.sha256 = hash_of(a, bytes, length),
		.name = file_name_clean(a, name),
		.media_type = file_media_type(bytes, length),
		.size = (int64_t)length,
		.made_at = now,
	};
	status = keep_contents(a, data, made, bytes, length);
	if (status != OK)
		return status;
	q = db_query(db, "INSERT INTO file (id, sha256, name, media_type, size, made_at)"
			 " VALUES ($1, $2, $3, $4, $5, $6)");
	query_text(q, 1, made->id);
	query_text(q, 2, made->sha256);
	query_text(q, 3, made->name);
	query_text(q, 4, made->media_type);
	query_int(q, 5, made->size);
	query_int(q, 6, now);
	return query_run(q);
}

/* ---- who may have it ------------------------------------------------------------------- */

/* A row for each link to it: what the link says, and what it belongs to. $1 is what is held. */
#define SELECT_FILE                                                                                                                                                          \
	"SELECT f.id, f.sha256, f.name, f.media_type, f.size, f.made_at, l.visibility,"                                                                                      \
	" coalesce(r.visibility, s.visibility, c.visibility),"                                                                                                               \
	" r.id IS NULL OR r.status = 'published', r.id IS NULL OR r.listed = 1,"                                                                                             \
	" CASE l.owner WHEN 'resource' THEN " ACCESS_OPENED_SQL(                                                                                                             \
		"resource", "r",                                                                                                                                             \
		"$1") " WHEN 'session' THEN " ACCESS_OPENED_SQL("session", "s",                                                                                              \
								"$1") " ELSE " ACCESS_OPENED_SQL("cycle",                                                                    \
												 "c",                                                                        \
												 "$1") " END, l.owner = 'resource'"                                          \
												       " FROM file f JOIN link l ON l.file_id = f.id"                        \
												       " LEFT JOIN resource r ON l.owner = 'resource' AND r.id = l.owner_id" \
												       " LEFT JOIN session s ON l.owner = 'session' AND s.id = l.owner_id"   \
												       " LEFT JOIN cycle c ON l.owner = 'cycle' AND c.id = l.owner_id"       \
												       " WHERE f.id = $2"

static struct file file_row(struct query *q, struct arena *a)
{
	return (struct file){
		.id = row_text(q, 0, a),
		.sha256 = row_text(q, 1, a),
		.name = row_text(q, 2, a),
		.media_type = row_text(q, 3, a),
		.size = row_int(q, 4),
		.made_at = row_int(q, 5),
	};
}

/* A session or a cycle that may not be read is not there, nor is what an open link of it tells. */
static bool may_have(const struct reader *reader, const struct object *owner, bool is_resource,
		     enum visibility part)
{
	return (is_resource || access_may_read(reader, owner)) &&
	       access_may_read_part(reader, owner, part);
}

enum status file_for_reader(struct db *db, struct arena *a, const struct reader *reader,
			    const char *id, struct file *found, bool *is_closed)
{
	const struct reader anyone = { .level = ANONYMOUS };
	struct query *q = db_query(db, SELECT_FILE);
	bool may = false;
	enum status status;

	*is_closed = true;
	query_reader(q, 1, reader);
	query_text(q, 2, id);
	while (query_row(q)) {
		struct object owner = { row_visibility(q, 7), row_int(q, 8) != 0,
					row_int(q, 9) != 0, row_int(q, 10) != 0 };
		enum visibility part = row_visibility(q, 6);
		bool is_resource = row_int(q, 11) != 0;

		*found = file_row(q, a);
		may |= may_have(reader, &owner, is_resource, part);
		owner.opened = false;
		if (may_have(&anyone, &owner, is_resource, part))
			*is_closed = false;
	}
	status = query_end(q);
	return status == OK && !may ? NOT_FOUND : status;
}

/* ---- all of them, and the end of one ------------------------------------------------------ */

#define SELECT_ROW "SELECT id, sha256, name, media_type, size, made_at FROM file f"

static enum status rows(struct query *q, struct arena *a, struct file_list *list)
{
	size_t capacity = 0;

	*list = (struct file_list){ 0 };
	while (query_row(q))
		*arena_push(a, list->file, list->n_files, capacity) = file_row(q, a);
	return query_end(q);
}

enum status file_all(struct db *db, struct arena *a, struct file_list *list)
{
	return rows(db_query(db, SELECT_ROW " ORDER BY name, id"), a, list);
}

/* The contents stay as long as another row has them. */
static enum status forget(struct db *db, struct arena *a, const char *data, const struct file *f)
{
	struct query *q = db_query(db, "DELETE FROM file WHERE id = $1");
	int64_t others;
	enum status status;

	query_text(q, 1, f->id);
	status = query_run(q);
	if (status != OK)
		return status;
	q = db_query(db, "SELECT count(*) FROM file WHERE sha256 = $1");
	query_text(q, 1, f->sha256);
	status = query_one_int(q, &others);
	if (status == OK && !others)
		unlink(file_path(a, data, f));
	return status;
}

enum status file_remove(struct db *db, struct arena *a, const char *data, const char *id)
{
	struct query *q = db_query(db, SELECT_ROW " WHERE id = $1");
	struct file_list list;
	enum status status;

	query_text(q, 1, id);
	status = rows(q, a, &list);
	if (status == OK && !list.n_files)
		return NOT_FOUND;
	if (status != OK)
		return status;
	q = db_query(db, "INSERT INTO change (kind, object_id)"
			 " SELECT owner, owner_id FROM link WHERE file_id = $1");
	query_text(q, 1, id);
	status = query_run(q);
	if (status != OK)
		return status;
	q = db_query(db, "DELETE FROM link WHERE file_id = $1");
	query_text(q, 1, id);
	status = query_run(q);
	return status == OK ? forget(db, a, data, &list.file[0]) : status;
}

enum status file_prune(struct db *db, struct arena *a, const char *data, int64_t before, int64_t *n)
{
	struct query *q = db_query(db, SELECT_ROW
				   " WHERE f.made_at < $1"
				   " AND NOT EXISTS (SELECT 1 FROM link l WHERE l.file_id = f.id)"
				   " AND NOT EXISTS (SELECT 1 FROM resource_version v"
				   " WHERE v.data LIKE '%\"file\":\"' || f.id || '\"%')");
	struct file_list list;
	enum status status;

	query_int(q, 1, before);
	status = rows(q, a, &list);
	for (size_t i = 0; i < list.n_files && status == OK; i++)
		status = forget(db, a, data, &list.file[i]);
	*n = (int64_t)list.n_files;
	return status;
}
