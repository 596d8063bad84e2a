#include "sieg/json.h"

#include <string.h>

#include "sieg/arena.h"
#include "sieg/name_set.h"

struct reader {
	struct sieg_arena *arena;
	const char *at, *end;
	int depth;
	enum sieg_code problem;
	bool failed;
};

static struct sieg_json *read_value(struct reader *r);

/* The first problem is the one that is told. */
static void *fail(struct reader *r, enum sieg_code problem)
{
	if (!r->failed)
		r->problem = problem;
	r->failed = true;
	return NULL;
}

static void skip_blanks(struct reader *r)
{
	while (r->at < r->end &&
	       (*r->at == ' ' || *r->at == '\t' || *r->at == '\n' || *r->at == '\r'))
		r->at++;
}

static bool take(struct reader *r, char c)
{
	if (r->at >= r->end || *r->at != c)
		return false;
	r->at++;
	return true;
}

static bool is_digit(const struct reader *r)
{
	return r->at < r->end && *r->at >= '0' && *r->at <= '9';
}

static bool take_digits(struct reader *r)
{
	if (!is_digit(r))
		return false;
	while (is_digit(r))
		r->at++;
	return true;
}

static struct sieg_json *make(struct reader *r, enum sieg_json_kind kind)
{
	struct sieg_json *value = sieg_make(r->arena, struct sieg_json, 1);

	value->kind = kind;
	return value;
}

static struct sieg_json *read_number(struct reader *r)
{
	struct sieg_json *value = make(r, SIEG_JSON_NUMBER);

	value->text = r->at;
	take(r, '-');
	if (!take(r, '0') && !take_digits(r))
		return fail(r, SIEG_E_JSON_SYNTAX);
	if (take(r, '.') && !take_digits(r))
		return fail(r, SIEG_E_JSON_SYNTAX);
	if (take(r, 'e') || take(r, 'E')) {
		if (!take(r, '+'))
			take(r, '-');
		if (!take_digits(r))
			return fail(r, SIEG_E_JSON_SYNTAX);
	}
	value->length = (size_t)(r->at - value->text);
	return value;
}

static struct sieg_json *read_word(struct reader *r, const char *word, enum sieg_json_kind kind)
{
	size_t length = strlen(word);

	if ((size_t)(r->end - r->at) < length || memcmp(r->at, word, length) != 0)
		return fail(r, SIEG_E_JSON_SYNTAX);
	r->at += length;
	return make(r, kind);
}

/* Four hexadecimal digits; -1 when they are not there. */
static int read_hex(struct reader *r)
{
	int value = 0;

	for (int i = 0; i < 4; i++, r->at++) {
		char c = r->at < r->end ? *r->at : ' ';

		if (c >= '0' && c <= '9')
			value = value * 16 + c - '0';
		else if ((c | 32) >= 'a' && (c | 32) <= 'f')
			value = value * 16 + (c | 32) - 'a' + 10;
		else
			return -1;
	}
	return value;
}

static char *put_utf8(char *to, unsigned c)
{
	if (c < 0x80) {
		*to++ = (char)c;
	} else if (c < 0x800) {
		*to++ = (char)(0xc0 | c >> 6);
		*to++ = (char)(0x80 | (c & 63));
	} else if (c < 0x10000) {
		*to++ = (char)(0xe0 | c >> 12);
		*to++ = (char)(0x80 | (c >> 6 & 63));
		*to++ = (char)(0x80 | (c & 63));
	} else {
		*to++ = (char)(0xf0 | c >> 18);
		*to++ = (char)(0x80 | (c >> 12 & 63));
		*to++ = (char)(0x80 | (c >> 6 & 63));
		*to++ = (char)(0x80 | (c & 63));
	}
	return to;
}

/* After "\u". A pair of surrogates is one character. NULL on failure. Half a pair is wrong
 * where it stands, before whatever is wrong with what follows. */
static char *read_unicode(struct reader *r, char *to)
{
	int high = read_hex(r), low;

	if (high < 0)
		return fail(r, SIEG_E_JSON_SYNTAX);
	if (high == 0 || (high >= 0xdc00 && high <= 0xdfff))
		return fail(r, SIEG_E_JSON_STRING);
	if (high < 0xd800 || high > 0xdbff)
		return put_utf8(to, (unsigned)high);
	if (!take(r, '\\') || !take(r, 'u'))
		return fail(r, SIEG_E_JSON_STRING);
	low = read_hex(r);
	if (low < 0xdc00 || low > 0xdfff)
		return fail(r, SIEG_E_JSON_STRING);
	return put_utf8(to, 0x10000 + ((unsigned)(high - 0xd800) << 10) + (unsigned)(low - 0xdc00));
}

static char *read_escape(struct reader *r, char *to)
{
	static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
	const char *found;

	if (take(r, 'u'))
		return read_unicode(r, to);
	found = r->at < r->end && *r->at ? strchr(letters, *r->at) : NULL;
	if (!found)
		return fail(r, SIEG_E_JSON_SYNTAX);
	r->at++;
	*to++ = meant[found - letters];
	return to;
}

/* What is escaped takes less room than its escapes. */
static bool read_escaped(struct reader *r, const char *begin, const char **text, size_t *length)
{
	const char *close = r->at;
	char *copy, *to;

	while (close < r->end && *close != '"')
		close += *close == '\\' && close + 1 < r->end ? 2 : 1;
	copy = sieg_alloc(r->arena, (size_t)(close - begin) + 4, 1);
	to = copy + (r->at - begin);
	memcpy(copy, begin, (size_t)(r->at - begin));
	while (r->at < r->end && *r->at != '"') {
		if ((unsigned char)*r->at < 0x20)
			return fail(r, SIEG_E_JSON_SYNTAX);
		if (*r->at != '\\') {
			*to++ = *r->at++;
			continue;
		}
		r->at++;
		to = read_escape(r, to);
		if (!to)
			return false;
	}
	*text = copy;
	*length = (size_t)(to - copy);
	return true;
}

/* After the opening quote, up to the closing one, which is left to the caller. */
static bool read_text(struct reader *r, const char **text, size_t *length)
{
	const char *begin = r->at;

	while (r->at < r->end && *r->at != '"' && *r->at != '\\') {
		if ((unsigned char)*r->at < 0x20)
			return fail(r, SIEG_E_JSON_SYNTAX);
		r->at++;
	}
	*text = begin;
	*length = (size_t)(r->at - begin);
	if (r->at < r->end && *r->at == '\\' && !read_escaped(r, begin, text, length))
		return false;
	if (!take(r, '"'))
		return fail(r, SIEG_E_JSON_SYNTAX);
	return true;
}

static struct sieg_json *read_string(struct reader *r)
{
	struct sieg_json *value = make(r, SIEG_JSON_TEXT);

	r->at++;
	return read_text(r, &value->text, &value->length) ? value : NULL;
}

/* After the opening bracket or brace. True when it is closed at once. */
static bool open(struct reader *r, char closing, bool *empty)
{
	r->at++;
	if (++r->depth > SIEG_JSON_DEPTH)
		return fail(r, SIEG_E_JSON_DEPTH);
	skip_blanks(r);
	*empty = take(r, closing);
	return true;
}

/* After an item: true when another follows. */
static bool more(struct reader *r, char closing)
{
	skip_blanks(r);
	if (take(r, ','))
		return true;
	if (!take(r, closing))
		fail(r, SIEG_E_JSON_SYNTAX);
	return false;
}

static struct sieg_json *read_array(struct reader *r)
{
	struct sieg_json *array = make(r, SIEG_JSON_ARRAY), **last = &array->first;
	bool go_on;

	if (!open(r, ']', &go_on))
		return NULL;
	for (go_on = !go_on; go_on; go_on = more(r, ']')) {
		*last = read_value(r);
		if (!*last)
			return NULL;
		last = &(*last)->next;
		array->n++;
	}
	r->depth--;
	return r->failed ? NULL : array;
}

static struct sieg_json *read_member(struct reader *r, struct sieg_name_set *names)
{
	struct sieg_json *value;
	const char *key;
	size_t length;

	skip_blanks(r);
	if (!take(r, '"'))
		return fail(r, SIEG_E_JSON_SYNTAX);
	if (!read_text(r, &key, &length))
		return NULL;
	if (!sieg_name_add(names, key, length))
		return fail(r, SIEG_E_JSON_DUPLICATE);
	skip_blanks(r);
	if (!take(r, ':'))
		return fail(r, SIEG_E_JSON_SYNTAX);
	value = read_value(r);
	if (!value)
		return NULL;
	value->key = key;
	value->key_length = length;
	return value;
}

static struct sieg_json *read_object(struct reader *r)
{
	struct sieg_json *object = make(r, SIEG_JSON_OBJECT), **last = &object->first;
	struct sieg_name_set names;
	bool go_on;

	if (!open(r, '}', &go_on))
		return NULL;
	sieg_name_set_init(&names, r->arena);
	for (go_on = !go_on; go_on; go_on = more(r, '}')) {
		*last = read_member(r, &names);
		if (!*last)
			return NULL;
		last = &(*last)->next;
		object->n++;
	}
	r->depth--;
	return r->failed ? NULL : object;
}

static struct sieg_json *read_value(struct reader *r)
{
	skip_blanks(r);
	if (r->at >= r->end)
		return fail(r, SIEG_E_JSON_SYNTAX);
	switch (*r->at) {
	case '{':
		return read_object(r);
	case '[':
		return read_array(r);
	case '"':
		return read_string(r);
	case 't':
		return read_word(r, "true", SIEG_JSON_TRUE);
	case 'f':
		return read_word(r, "false", SIEG_JSON_FALSE);
	case 'n':
		return read_word(r, "null", SIEG_JSON_NULL);
	default:
		return read_number(r);
	}
}

static bool is_blank(const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!bytes[i] || !strchr(" \t\n\r", bytes[i]))
			return false;
	return true;
}

/* Bytes of the character at `s`, or 0 when it is not UTF-8 (RFC 3629). */
static size_t utf8_length(const unsigned char *s, size_t left)
{
	static const struct {
		unsigned char first, last, second, second_last;
		size_t length;
	} forms[] = {
		{ 0x00, 0x7f, 0, 0, 1 },       { 0xc2, 0xdf, 0x80, 0xbf, 2 },
		{ 0xe0, 0xe0, 0xa0, 0xbf, 3 }, { 0xe1, 0xec, 0x80, 0xbf, 3 },
		{ 0xed, 0xed, 0x80, 0x9f, 3 }, { 0xee, 0xef, 0x80, 0xbf, 3 },
		{ 0xf0, 0xf0, 0x90, 0xbf, 4 }, { 0xf1, 0xf3, 0x80, 0xbf, 4 },
		{ 0xf4, 0xf4, 0x80, 0x8f, 4 },
	};

	for (size_t f = 0; f < sizeof(forms) / sizeof(*forms); f++) {
		if (s[0] < forms[f].first || s[0] > forms[f].last)
			continue;
		if (left < forms[f].length)
			return 0;
		if (forms[f].length > 1 && (s[1] < forms[f].second || s[1] > forms[f].second_last))
			return 0;
		for (size_t i = 2; i < forms[f].length; i++)
			if ((s[i] & 0xc0) != 0x80)
				return 0;
		return forms[f].length;
	}
	return 0;
}

static bool is_utf8(const char *bytes, size_t length)
{
	const unsigned char *s = (const unsigned char *)bytes;

	for (size_t i = 0, step; i < length; i += step) {
		step = utf8_length(s + i, length - i);
		if (!step)
			return false;
	}
	return true;
}

struct sieg_json *sieg_json_read(struct sieg_arena *a, const char *bytes, size_t length,
				 enum sieg_code *problem)
{
	struct reader r = { .arena = a, .at = bytes, .end = bytes + length };
	struct sieg_json *document = NULL;

	if (length > SIEG_JSON_SIZE) {
		fail(&r, SIEG_E_JSON_SIZE);
	} else if (is_blank(bytes, length)) {
		fail(&r, SIEG_E_JSON_EMPTY);
	} else if (!is_utf8(bytes, length)) {
		fail(&r, SIEG_E_JSON_UTF8);
	} else {
		document = read_value(&r);
		skip_blanks(&r);
		if (document && r.at < r.end)
			document = fail(&r, SIEG_E_JSON_SYNTAX);
	}
	*problem = r.problem;
	return document;
}
