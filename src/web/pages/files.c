#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "store/audit.h"
#include "store/file.h"
#include "web/pages/frame.h"
#include "web/pages/pages.h"
#include "web/pages/parts.h"
#include "web/range.h"
#include "web/trace.h"

enum { DISPOSITION_NAME = 200 /* bytes */ };

static enum status open_contents(struct request *req, const struct file *f, int *fd)
{
	const char *path = file_path(req->arena, req->site->data ? req->site->data : ".", f);
	struct stat st;

	*fd = open(path, O_RDONLY | O_CLOEXEC);
	if (*fd >= 0 && fstat(*fd, &st) == 0 && st.st_size == f->size)
		return OK;
	if (*fd >= 0)
		close(*fd);
	log_error("the file '%s' ('%s') is missing or damaged", path, f->name);
	return FAILED;
}

/* RFC 6266 and 8187: what older programs read, then the name as it is. */
static const char *disposition(struct request *req, const struct file *f)
{
	char *ascii = arena_strndup(req->arena, f->name, strnlen(f->name, DISPOSITION_NAME));
	struct url encoded = url_path(req->arena, "", f->name);

	for (char *c = ascii; *c; c++)
		if (*c < ' ' || *c > '~' || *c == '"' || *c == '\\' || *c == '%')
			*c = '_';
	return arena_printf(req->arena, "%s; filename=\"%s\"; filename*=UTF-8''%s",
			    file_is_shown(f->media_type) ? "inline" : "attachment", ascii,
			    encoded.address);
}

/* NULL for what is closed, which nobody is to keep. */
static const char *etag_of(struct request *req, const struct file *f, bool is_closed)
{
	return is_closed ? NULL : arena_printf(req->arena, "\"%.40s\"", f->sha256);
}

static void set_headers(struct request *req, struct response *res, const struct file *f,
			const char *etag)
{
	res->content_type = f->media_type;
	response_header(res, "Content-Disposition", disposition(req, f));
	response_header(res, "Content-Security-Policy", "default-src 'none'; sandbox");
	response_header(res, "Accept-Ranges", "bytes");
	if (etag)
		response_header(res, "ETag", etag);
	else
		response_header(res, "Cache-Control", "private, no-store");
}

/* The whole, a part, or what tells that there is no such part. */
static void send_part(struct request *req, struct response *res, const struct file *f,
		      const char *etag, int fd)
{
	int64_t from = 0, length = f->size;

	switch (range_read(request_range(req, etag), f->size, &from, &length)) {
	case RANGE_WHOLE:
		break;
	case RANGE_PART:
		res->code = 206;
		response_header(res, "Content-Range",
				arena_printf(req->arena, "bytes %" PRId64 "-%" PRId64 "/%" PRId64,
					     from, from + length - 1, f->size));
		break;
	case RANGE_NONE:
		close(fd);
		res->code = 416;
		response_header(res, "Content-Range",
				arena_printf(req->arena, "bytes */%" PRId64, f->size));
		return;
	}
	response_file(res, fd, from, length);
}

/*
 * Who opens what is closed leaves a trace; reading on in it leaves no second one. Any piece may be
 * asked for first: all but one byte is a piece.
 */
static bool leave_trace(struct request *req, const struct file *f)
{
	const struct audit entry = {
		.at = req->now,
		.action = "file-opened",
		.person_id = req->reader.person_id,
		.subject = arena_printf(req->arena, "file %s", f->name),
		.address = req->address,
	};

	return !req->site->traces ||
	       traces_opened(req->site->traces, &entry, f->id, req->range != NULL);
}

enum status file_show(struct request *req, struct response *res)
{
	const char *id = request_param(req, "id");
	struct file f;
	const char *etag;
	bool is_closed;
	int fd;
	enum status status = NOT_FOUND;

	if (file_id_is_good(id))
		status = file_for_reader(req->db, req->arena, &req->reader, id, &f, &is_closed);
	if (status == NOT_FOUND)
		return not_here(req, res);
	if (status != OK)
		return status;
	if (strcmp(f.name, request_param(req, "name")) != 0) {
		response_redirect(res, 301, file_url(req->arena, f.id, f.name).address);
		return OK;
	}
	if (is_closed && !leave_trace(req, &f)) {
		log_error("a closed file is not opened: too many traces wait to be written");
		return FAILED;
	}
	status = open_contents(req, &f, &fd);
	if (status != OK)
		return status;
	res->fresh_until = -1;
	etag = etag_of(req, &f, is_closed);
	set_headers(req, res, &f, etag);
	send_part(req, res, &f, etag, fd);
	return OK;
}
