#include "mail/bounce.h"

#include <sodium.h>
#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/out.h"
#include "base/text.h"

/* More than any server writes; what is beyond is not read. */
enum { FIELD_MAX = 4096, WORDS_MAX = 300, DEPTH_MAX = 4 };

/* What is left to read. */
struct lines {
	const char *at, *end;
};

struct field {
	const char *name, *value; /* without blanks around */
};

/* ---- lines and fields -------------------------------------------------------------- */

/* Without its end. False when there is none left. */
static bool take_line(struct lines *l, const char **line, size_t *length)
{
	const char *stop;

	if (l->at == l->end)
		return false;
	stop = memchr(l->at, '\n', (size_t)(l->end - l->at));
	*line = l->at;
	l->at = stop ? stop + 1 : l->end;
	*length = (size_t)((stop ? stop : l->end) - *line);
	while (*length && (*line)[*length - 1] == '\r')
		(*length)--;
	return true;
}

static bool goes_on(const struct lines *l)
{
	return l->at < l->end && (*l->at == ' ' || *l->at == '\t');
}

static void put_value(struct out *o, const char *text, size_t length)
{
	size_t room = FIELD_MAX - o->length;

	out_bytes(o, text, length < room ? length : room);
}

static const char *trimmed(struct arena *a, const char *text, size_t length)
{
	while (length && (*text == ' ' || *text == '\t'))
		text++, length--;
	while (length && (text[length - 1] == ' ' || text[length - 1] == '\t'))
		length--;
	return arena_strndup(a, text, length);
}

/* RFC 5322, 2.2.3: a line that begins with a blank goes on with the one before. */
static void read_field(struct arena *a, struct lines *l, const char *line, size_t length,
		       struct field *f)
{
	const char *colon = memchr(line, ':', length);
	struct out value;

	out_init(&value);
	put_value(&value, colon + 1, (size_t)(line + length - colon - 1));
	f->name = trimmed(a, line, (size_t)(colon - line));
	while (goes_on(l) && take_line(l, &line, &length))
		put_value(&value, line, length);
	f->value = trimmed(a, out_string(&value), value.length);
	out_release(&value);
}

/* The next field; false after the last one, its empty line read too. What is no field is passed. */
static bool take_field(struct arena *a, struct lines *l, struct field *f)
{
	const char *line;
	size_t length;

	while (take_line(l, &line, &length) && length)
		if (*line != ' ' && *line != '\t' && memchr(line, ':', length)) {
			read_field(a, l, line, length, f);
			return true;
		}
	return false;
}

static bool is_named(const struct field *f, const char *name)
{
	return !strcasecmp(f->name, name);
}

/* ---- kinds of content ---------------------------------------------------------------- */

static const char *skip_blanks(const char *at)
{
	return at + strspn(at, " \t");
}

/* "a token" or what stands between quotes, none of them written with a backslash. */
static const char *take_value(struct arena *a, const char **at)
{
	const char *start = *at;
	size_t length;

	if (*start != '"') {
		length = strcspn(start, "; \t");
		*at = start + length;
		return arena_strndup(a, start, length);
	}
	length = strcspn(++start, "\"");
	*at = start + length + (start[length] == '"');
	return arena_strndup(a, start, length);
}

/* RFC 2045, 5.1: what stands before a blank or the end is `word`, in whatever case. */
static bool is_word(const char *at, const char *word)
{
	size_t length = strcspn(at, "=; \t");

	return length == strlen(word) && !strncasecmp(at, word, length);
}

/* Of "type/subtype; name=value; …"; "" when there is none. */
static const char *parameter(struct arena *a, const char *content, const char *name)
{
	for (const char *at = strchr(content, ';'); at; at = strchr(at, ';')) {
		const char *value;
		bool is_wanted;

		at = skip_blanks(at + 1);
		is_wanted = is_word(at, name);
		at += strcspn(at, "=;");
		if (*at != '=')
			continue;
		at++;
		value = take_value(a, &at);
		if (is_wanted)
			return value;
	}
	return "";
}

/* "<abc@exemple.fr>", the last of those in `value`; some servers leave out its brackets. */
static const char *identifier(struct arena *a, const char *value)
{
	const char *start = strrchr(value, '<');
	size_t length = start ? strcspn(start, ">") : 0;

	if (start)
		return start[length] ? arena_strndup(a, start, length + 1) : "";
	return strchr(value, '@') && !strpbrk(value, " \t>") ? arena_printf(a, "<%s>", value) : "";
}

/* ---- parts ----------------------------------------------------------------------------- */

static bool is_delimiter(const char *line, size_t length, const char *boundary)
{
	size_t n = strlen(boundary);

	return length >= n + 2 && !memcmp(line, "--", 2) && !memcmp(line + 2, boundary, n);
}

/* What stands before the next delimiter; false when there is none. */
static bool take_part(struct lines *l, const char *boundary, struct lines *part)
{
	const char *line;
	size_t length;

	part->at = l->at;
	while (take_line(l, &line, &length))
		if (is_delimiter(line, length, boundary)) {
			part->end = line;
			return true;
		}
	part->end = l->end;
	return part->at < part->end;
}

/* ---- what became of it ------------------------------------------------------------------ */

static enum bounce_action action_named(const char *name)
{
	size_t length = strcspn(name, " \t(;");
	static const struct {
		const char *name;
		enum bounce_action action;
	} known[] = {
		{ "failed", BOUNCE_FAILED },     { "delayed", BOUNCE_DELAYED },
		{ "delivered", BOUNCE_ARRIVED }, { "relayed", BOUNCE_ARRIVED },
		{ "expanded", BOUNCE_ARRIVED },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (length == strlen(known[i].name) && !strncasecmp(name, known[i].name, length))
			return known[i].action;
	return BOUNCE_NONE;
}

/* RFC 3463: "5.1.1" is for good, "4.2.2" for now. For servers that forget the action. */
static enum bounce_action action_of(const char *status)
{
	switch (status[0]) {
	case '5':
		return BOUNCE_FAILED;
	case '4':
		return BOUNCE_DELAYED;
	case '2':
		return BOUNCE_ARRIVED;
	default:
		return BOUNCE_NONE;
	}
}

/* On one line of text, whatever a server somewhere wrote. */
static const char *clean(struct arena *a, const char *words)
{
	char *copy = arena_strdup(a, words);

	for (char *c = copy; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = ' ';
	if (utf8_valid_length(copy, strlen(copy)) < strlen(copy))
		for (char *c = copy; *c; c++)
			if ((unsigned char)*c > 0x7f)
				*c = '?';
	return text_clip(a, text_squeeze(a, text_typed(a, copy, strlen(copy))), WORDS_MAX);
}

/* "smtp; 550 5.1.1 no such user": the kind of words is not for people. */
static const char *after_kind(const char *value)
{
	const char *semicolon = strchr(value, ';');

	return semicolon ? skip_blanks(semicolon + 1) : value;
}

/* RFC 3464, 2.3: what is said of one recipient. */
static struct bounce read_recipient(struct arena *a, struct lines *l)
{
	struct bounce b = { .words = "" };
	const char *status = "";
	struct field f;

	while (take_field(a, l, &f)) {
		if (is_named(&f, "Action"))
			b.action = action_named(f.value);
		else if (is_named(&f, "Diagnostic-Code"))
			b.words = clean(a, after_kind(f.value));
		else if (is_named(&f, "Status"))
			status = clean(a, f.value);
	}
	if (b.action == BOUNCE_NONE)
		b.action = action_of(status);
	if (!*b.words)
		b.words = status;
	return b;
}

/* The first block is about the message, and has no action. */
static void read_status(struct arena *a, struct lines l, struct bounce *b)
{
	while (l.at < l.end) {
		struct bounce one = read_recipient(a, &l);

		if (one.action <= b->action)
			continue;
		b->action = one.action;
		b->words = one.words;
	}
}

static void read_message_id(struct arena *a, struct lines l, struct bounce *b)
{
	const char *line = "";
	size_t length = 0;
	struct field f;
	struct lines rest = l;

	/* Some leave an empty line before the headers that they return. */
	while (!length && take_line(&rest, &line, &length))
		if (!length)
			l = rest;
	while (take_field(a, &l, &f))
		if (is_named(&f, "Message-ID"))
			b->message_id = identifier(a, f.value);
}

static struct lines decoded(struct arena *a, struct lines part, const char *encoding)
{
	size_t length = (size_t)(part.end - part.at), n = 0;
	unsigned char *bytes;

	if (!is_word(encoding, "base64"))
		return part;
	bytes = arena_make(a, unsigned char, length + 1);
	if (sodium_base642bin(bytes, length, part.at, length, " \t\r\n", &n, NULL,
			      sodium_base64_VARIANT_ORIGINAL) != 0)
		n = 0;
	return (struct lines){ (const char *)bytes, (const char *)bytes + n };
}

static void read_content(struct arena *a, struct lines part, const char *content, struct bounce *b)
{
	static const char *const status[] = { "message/delivery-status",
					      "message/global-delivery-status" };
	static const char *const returned[] = { "message/rfc822", "message/rfc822-headers",
						"text/rfc822-headers", "message/global",
						"message/global-headers" };

	for (size_t i = 0; i < sizeof(status) / sizeof(*status); i++)
		if (is_word(content, status[i]))
			read_status(a, part, b);
	for (size_t i = 0; i < sizeof(returned) / sizeof(*returned); i++)
		if (is_word(content, returned[i]))
			read_message_id(a, part, b);
}

/* What is signed or passed on by a list stands a level deeper. */
static void read_parts(struct arena *a, struct lines l, const char *content, int depth,
		       struct bounce *b)
{
	const char *boundary = parameter(a, content, "boundary");
	bool is_report = is_word(content, "multipart/report");
	struct lines part;

	if (!*boundary || depth > DEPTH_MAX)
		return;
	(void)take_part(&l, boundary, &part); /* what stands before the first is for nobody */
	while (take_part(&l, boundary, &part)) {
		const char *kind = "", *encoding = "";
		struct field f;

		while (take_field(a, &part, &f)) {
			if (is_named(&f, "Content-Type"))
				kind = f.value;
			else if (is_named(&f, "Content-Transfer-Encoding"))
				encoding = f.value;
		}
		if (!strncasecmp(kind, "multipart/", strlen("multipart/")))
			read_parts(a, part, kind, depth + 1, b);
		else if (is_report)
			read_content(a, decoded(a, part, encoding), kind, b);
	}
}

enum status bounce_read(struct arena *a, const char *message, size_t length, struct bounce *b)
{
	struct lines l = { message, message + length };
	const char *content = "", *answered = "", *thread = "";
	struct field f;

	*b = (struct bounce){ .message_id = "", .words = "" };
	while (take_field(a, &l, &f)) {
		if (is_named(&f, "Content-Type"))
			content = f.value;
		else if (is_named(&f, "In-Reply-To"))
			answered = identifier(a, f.value);
		else if (is_named(&f, "References"))
			thread = identifier(a, f.value);
	}
	/* Some servers return nothing of the message, and name it here. */
	b->message_id = *answered ? answered : thread;
	if (!strncasecmp(content, "multipart/", strlen("multipart/")))
		read_parts(a, l, content, 0, b);
	return b->action == BOUNCE_NONE ? INVALID : OK;
}
