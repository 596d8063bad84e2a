#include "import/jsonl.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "import/import.h"

struct line {
	char *bytes;
	size_t length, capacity;
	int64_t number;
};

static void make_room(struct line *l)
{
	if (l->length < l->capacity)
		return;
	l->capacity = l->capacity ? l->capacity * 2 : 8192;
	l->bytes = realloc(l->bytes, l->capacity);
	if (!l->bytes)
		die("out of memory");
}

/* One line without its end. NOT_FOUND at the end of the file, INVALID when it is too long. */
static enum status next_line(FILE *file, struct line *l)
{
	int c;

	l->length = 0;
	l->number++;
	while ((c = getc_unlocked(file)) != EOF && c != '\n') {
		if (l->length >= JSONL_LINE_MAX)
			return INVALID;
		make_room(l);
		l->bytes[l->length++] = (char)c;
	}
	if (ferror(file)) {
		log_error("cannot read line %lld: %s", (long long)l->number, strerror(errno));
		return FAILED;
	}
	if (c == EOF && l->length == 0)
		return NOT_FOUND;
	if (l->length && l->bytes[l->length - 1] == '\r')
		l->length--;
	return OK;
}

static bool is_blank(const struct line *l)
{
	for (size_t i = 0; i < l->length; i++)
		if (!strchr(" \t", l->bytes[i]))
			return false;
	return true;
}

/* {"type":"halle","version":1} */
static bool read_header(struct import *import, const struct line *l, const json_t *object)
{
	const char *type = json_string_value(json_object_get(object, "type"));
	const json_t *version = json_object_get(object, "version");

	if (!type || strcmp(type, "halle") != 0)
		return false;
	if (l->number != 1)
		import_refuse(import, l->number, "the line of type 'halle' is not the first");
	else if (!json_is_integer(version) || json_integer_value(version) != 1)
		import_refuse(import, l->number, "version 1 is the only one this program reads");
	else if (json_object_size(object) != 2)
		import_refuse(import, l->number, "the first line has fields it should not");
	return true;
}

static void refuse_json(struct import *import, const struct line *l, const json_error_t *error)
{
	size_t valid = utf8_valid_length(l->bytes, l->length);

	if (valid < l->length)
		import_refuse(import, l->number, "is not UTF-8 (byte %zu of the line)", valid + 1);
	else
		import_refuse(import, l->number, "is not a JSON object: %s", error->text);
}

static enum status read_object(struct import *import, const struct line *l)
{
	json_error_t error;
	json_t *object = json_loadb(l->bytes, l->length, JSON_REJECT_DUPLICATES, &error);
	enum outcome outcome;
	enum status status = OK;

	if (!json_is_object(object)) {
		if (object)
			snprintf(error.text, sizeof(error.text), "it is of another kind");
		refuse_json(import, l, &error);
	} else if (!read_header(import, l, object)) {
		status = import_object(import, l->number, object, &outcome);
	}
	json_decref(object);
	return status == INVALID ? OK : status;
}

enum status jsonl_read(FILE *file, struct import *import, bool resume)
{
	struct line line = { 0 };
	enum status status;

	while ((status = next_line(file, &line)) == OK) {
		if (!is_blank(&line))
			status = read_object(import, &line);
		if (status == OK && resume && line.number % JSONL_STEP == 0)
			status = import_commit(import);
		if (status != OK)
			break;
	}
	if (status == INVALID && line.length >= JSONL_LINE_MAX) {
		import_refuse(import, line.number, "is longer than %d MiB",
			      JSONL_LINE_MAX / 1024 / 1024);
		status = OK;
	}
	free(line.bytes);
	return status == NOT_FOUND ? OK : status;
}
