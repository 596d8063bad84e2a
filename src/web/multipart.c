#include "web/multipart.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "web/address.h"

enum { MAX_PARTS = 1000, MAX_HEADER = 4 << 10 };

/* What is left to read. */
struct rest {
	const char *at, *end;
};

/* Texts that came; `at` is NULL when it did not. */
struct piece {
	const char *at;
	size_t length;
};

struct part {
	bool has_disposition;
	struct piece name, filename, content;
};

struct reading {
	struct arena *arena;
	const char *delimiter; /* CR LF, two hyphens, the boundary */
	struct multipart *read;
	size_t form_capacity, upload_capacity;
};

static size_t left(const struct rest *rest)
{
	return (size_t)(rest->end - rest->at);
}

static bool take(struct rest *rest, const char *text)
{
	size_t length = strlen(text);

	if (left(rest) < length || memcmp(rest->at, text, length) != 0)
		return false;
	rest->at += length;
	return true;
}

/* What comes before `mark`, which is left behind too. */
static bool take_until(struct rest *rest, const char *mark, struct piece *piece)
{
	const char *found = memmem(rest->at, left(rest), mark, strlen(mark));

	if (!found)
		return false;
	*piece = (struct piece){ rest->at, (size_t)(found - rest->at) };
	rest->at = found + strlen(mark);
	return true;
}

static void skip_blanks(struct rest *rest)
{
	while (rest->at < rest->end && (*rest->at == ' ' || *rest->at == '\t'))
		rest->at++;
}

static bool is_word(struct piece piece, const char *word)
{
	return piece.length == strlen(word) && !strncasecmp(piece.at, word, piece.length);
}

/* Up to a character of `ends`, which stays. */
static struct piece take_word(struct rest *rest, const char *ends)
{
	struct piece word = { rest->at, 0 };

	while (rest->at < rest->end && *rest->at && !strchr(ends, *rest->at))
		rest->at++;
	word.length = (size_t)(rest->at - word.at);
	return word;
}

static bool take_value(struct rest *rest, struct piece *value)
{
	if (take(rest, "\""))
		return take_until(rest, "\"", value);
	*value = take_word(rest, "; \t\"");
	return value->length > 0;
}

static bool keep(struct piece *kept, struct piece value)
{
	if (kept->at)
		return false;
	*kept = value;
	return true;
}

/* "; name=value" */
static bool read_parameter(struct rest *rest, struct part *part)
{
	struct piece name, value;

	if (!take(rest, ";"))
		return false;
	skip_blanks(rest);
	name = take_word(rest, "= \t;\"");
	if (!name.length || !take(rest, "=") || !take_value(rest, &value))
		return false;
	skip_blanks(rest);
	if (is_word(name, "name"))
		return keep(&part->name, value);
	return !is_word(name, "filename") || keep(&part->filename, value);
}

static bool read_disposition(struct rest rest, struct part *part)
{
	if (part->has_disposition || !is_word(take_word(&rest, "; \t"), "form-data"))
		return false;
	part->has_disposition = true;
	skip_blanks(&rest);
	while (rest.at < rest.end)
		if (!read_parameter(&rest, part))
			return false;
	return true;
}

/* RFC 7578, 4.7: nothing encodes any more. */
static bool is_plain(struct rest rest)
{
	struct piece encoding = take_word(&rest, " \t");

	return is_word(encoding, "7bit") || is_word(encoding, "8bit") ||
	       is_word(encoding, "binary");
}

static bool read_line(struct piece line, struct part *part)
{
	struct rest rest = { line.at, line.at + line.length };
	struct piece name;

	if (!take_until(&rest, ":", &name))
		return false;
	skip_blanks(&rest);
	if (is_word(name, "Content-Disposition"))
		return read_disposition(rest, part);
	return !is_word(name, "Content-Transfer-Encoding") || is_plain(rest);
}

/* Up to the empty line. */
static bool read_header(struct rest *rest, struct part *part)
{
	struct rest header = *rest;
	struct piece line;

	if (left(&header) > MAX_HEADER)
		header.end = header.at + MAX_HEADER;
	while (take_until(&header, "\r\n", &line)) {
		if (!line.length) {
			rest->at = header.at;
			return part->name.at != NULL;
		}
		if (!read_line(line, part))
			return false;
	}
	return false;
}

static bool copy_text(struct arena *a, struct piece piece, const char **text)
{
	*text = arena_strndup(a, piece.at, piece.length);
	return address_is_text(piece.at, piece.length);
}

/* Some old browsers send where the file was. */
static struct piece without_folder(struct piece path)
{
	for (size_t i = path.length; i > 0; i--)
		if (path.at[i - 1] == '/' || path.at[i - 1] == '\\')
			return (struct piece){ path.at + i, path.length - i };
	return path;
}

static bool add_upload(struct reading *r, const struct part *part)
{
	struct multipart *read = r->read;
	struct upload *upload;

	if (!part->filename.length && !part->content.length)
		return true; /* none was chosen */
	upload = arena_push(r->arena, read->upload, read->n_uploads, r->upload_capacity);
	upload->bytes = part->content.at;
	upload->length = part->content.length;
	return copy_text(r->arena, part->name, &upload->name) &&
	       copy_text(r->arena, without_folder(part->filename), &upload->filename);
}

static bool add_field(struct reading *r, const struct part *part)
{
	struct multipart *read = r->read;
	struct pair *pair = arena_push(r->arena, read->form, read->n_form, r->form_capacity);

	pair->value = text_typed(r->arena, part->content.at, part->content.length);
	return copy_text(r->arena, part->name, &pair->name) && pair->value;
}

static bool read_part(struct reading *r, struct rest *rest)
{
	struct part part = { 0 };

	if (!read_header(rest, &part) || !take_until(rest, r->delimiter, &part.content))
		return false;
	return part.filename.at ? add_upload(r, &part) : add_field(r, &part);
}

static bool read_parts(struct reading *r, struct rest *rest)
{
	for (int n = 0; n < MAX_PARTS && take(rest, "\r\n"); n++)
		if (!read_part(r, rest))
			return false;
	/* An end of line after the last boundary is there or not. */
	return take(rest, "--") && (!left(rest) || (take(rest, "\r\n") && !left(rest)));
}

enum status multipart_read(struct arena *a, const char *boundary, const char *body, size_t length,
			   struct multipart *read)
{
	struct reading r = { .arena = a, .read = read };
	struct rest rest = { body, body + length };

	*read = (struct multipart){ 0 };
	r.delimiter = arena_printf(a, "\r\n--%s", boundary);
	return take(&rest, r.delimiter + 2) && read_parts(&r, &rest) ? OK : INVALID;
}
