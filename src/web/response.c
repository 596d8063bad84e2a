#include "web/response.h"

#include <strings.h>
#include <unistd.h>

#include "base/log.h"

void response_init(struct response *res)
{
	*res = (struct response){ .change = -1, .file = -1 };
}

void response_release(struct response *res)
{
	out_release(&res->body);
	out_release(&res->location);
	if (res->file >= 0)
		close(res->file);
	res->file = -1;
}

static void check_line(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			die("a control character in a header of an answer");
}

void response_header(struct response *res, const char *name, const char *value)
{
	if (res->n_headers == RESPONSE_HEADERS)
		die("more than %d headers in an answer", RESPONSE_HEADERS);
	check_line(name);
	check_line(value);
	res->header[res->n_headers++] = (struct header){ name, value };
}

const char *response_value(const struct response *res, const char *name)
{
	for (size_t i = 0; i < res->n_headers; i++)
		if (!strcasecmp(res->header[i].name, name))
			return res->header[i].value;
	return NULL;
}

bool response_has(const struct response *res, const char *name)
{
	return response_value(res, name) != NULL;
}

void response_file(struct response *res, int fd, int64_t from, int64_t length)
{
	if (res->file >= 0 || res->body.length || fd < 0 || from < 0 || length < 0)
		die("two bodies in an answer, or a part that no file has");
	res->file = fd;
	res->file_from = from;
	res->file_length = length;
}

static void add_address(struct out *o, const char *address)
{
	for (; *address; address++) {
		unsigned char c = (unsigned char)*address;

		if (c > ' ' && c < 0x7f && c != '"' && c != '<' && c != '>' && c != '\\')
			out_char(o, *address);
		else
			out_printf(o, "%%%02X", c);
	}
}

void response_redirect(struct response *res, int code, const char *location)
{
	if (res->location.length)
		die("two redirections in an answer");
	res->code = code;
	add_address(&res->location, location);
	response_header(res, "Location", out_string(&res->location));
}
