#include "import/listing_lines.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

struct reading {
	struct arena *a;
	struct listing_lines *lines;
	struct listing_error *error;
	size_t capacity, number;
	bool after_blank;
};

static enum status refuse(struct reading *r, const char *code, const char *message)
{
	*r->error = (struct listing_error){ r->number, code, message };
	return INVALID;
}

/* "• ", "◦ ", "- ": what leads an item of a list, and its bytes. */
static size_t bullet_size(const char *text)
{
	static const char *const bullet[] = { "•", "◦", "▪", "‣", "●", "○", "·", "∙", "", "*" };

	for (size_t i = 0; i < sizeof(bullet) / sizeof(*bullet); i++) {
		size_t n = strlen(bullet[i]);

		if (!strncmp(text, bullet[i], n) && (text[n] == ' ' || (n > 1 && text[n])))
			return n + (text[n] == ' ');
	}
	return 0;
}

/* A hyphen is a bullet only when it is set off from the margin or from its word. */
static size_t hyphen_size(const char *text)
{
	static const char *const hyphen[] = { "- ", "– ", "— " };

	for (size_t i = 0; i < sizeof(hyphen) / sizeof(*hyphen); i++)
		if (!strncmp(text, hyphen[i], strlen(hyphen[i])))
			return strlen(hyphen[i]);
	return 0;
}

static void add_line(struct reading *r, const char *text, size_t *capacity)
{
	size_t bullet = bullet_size(text);

	if (!bullet)
		bullet = hyphen_size(text);
	if (!text[bullet]) {
		r->after_blank = true;
		return;
	}
	*arena_push(r->a, r->lines->line, r->lines->n_lines, *capacity) =
		(struct listing_line){ text + bullet, r->number, bullet > 0, r->after_blank };
	r->after_blank = false;
}

static enum status read_line(struct reading *r, const char *bytes, size_t length)
{
	const char *clean;

	r->number++;
	if (length > LISTING_LINE_MAX)
		return refuse(r, "line_too_long", "this line is longer than 1 MiB");
	if (text_check(r->a, bytes, length, &clean) != OK)
		return refuse(r, "encoding", "this line is not UTF-8 text");
	add_line(r, text_squeeze(r->a, clean), &r->capacity);
	return OK;
}

static size_t line_length(const char *bytes, size_t length)
{
	size_t n = 0;

	while (n < length && bytes[n] != '\n' && bytes[n] != '\r')
		n++;
	return n;
}

static size_t line_end_size(const char *bytes, size_t length)
{
	if (!length)
		return 0;
	return length > 1 && bytes[0] == '\r' && bytes[1] == '\n' ? 2 : 1;
}

static enum status read_lines(struct reading *r, const char *bytes, size_t length)
{
	size_t at = 0;

	while (at < length) {
		size_t n = line_length(bytes + at, length - at);
		enum status status = read_line(r, bytes + at, n);

		if (status != OK)
			return status;
		if (at + n > LISTING_FILE_MAX)
			return refuse(r, "file_too_long", "the file is longer than 64 MiB");
		at += n;
		r->lines->ends_open = at == length;
		at += line_end_size(bytes + at, length - at);
	}
	return OK;
}

enum status listing_lines_read(struct arena *a, const char *bytes, size_t length,
			       struct listing_lines *lines, struct listing_error *error)
{
	struct reading r = { .a = a, .lines = lines, .error = error, .after_blank = true };
	enum status status;

	*lines = (struct listing_lines){ 0 };
	*error = (struct listing_error){ 0 };
	status = read_lines(&r, bytes, length);
	if (status == OK && !lines->n_lines) {
		r.number = 1;
		return refuse(&r, "empty", "the file is empty");
	}
	return status;
}
