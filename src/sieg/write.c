#include "sieg/write.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "sieg/arena.h"
#include "sieg/day.h"
#include "sieg/json.h"

#define DEPTH 16

struct sieg_writer {
	struct sieg_arena *arena;
	char *bytes;
	size_t length, room;
	struct {
		bool has_items;
		const char *key; /* the last one */
	} level[DEPTH];
	int depth;
	bool after_key;
	bool too_large;
	bool cited[SIEG_N_RULES];
	size_t rules_at; /* 0: no list of rules */
};

struct sieg_writer *sieg_writer_new(struct sieg_arena *a)
{
	struct sieg_writer *w = sieg_make(a, struct sieg_writer, 1);

	w->arena = a;
	return w;
}

static void make_room(struct sieg_writer *w, size_t more)
{
	char *larger;

	if (w->room - w->length >= more)
		return;
	w->room = w->room * 2 + more + 4096;
	larger = sieg_alloc(w->arena, w->room, 1);
	if (w->length)
		memcpy(larger, w->bytes, w->length);
	w->bytes = larger;
}

static void put(struct sieg_writer *w, const char *bytes, size_t length)
{
	make_room(w, length);
	memcpy(w->bytes + w->length, bytes, length);
	w->length += length;
}

static void put_char(struct sieg_writer *w, char c)
{
	put(w, &c, 1);
}

/* A comma before all but the first. */
static void begin_value(struct sieg_writer *w)
{
	if (w->after_key) {
		w->after_key = false;
		return;
	}
	if (w->level[w->depth].has_items)
		put_char(w, ',');
	w->level[w->depth].has_items = true;
}

static void open(struct sieg_writer *w, char c)
{
	begin_value(w);
	put_char(w, c);
	w->depth++;
	assert(w->depth < DEPTH);
	w->level[w->depth].has_items = false;
	w->level[w->depth].key = NULL;
}

static void close(struct sieg_writer *w, char c)
{
	w->depth--;
	put_char(w, c);
}

void sieg_open_object(struct sieg_writer *w)
{
	open(w, '{');
}

void sieg_close_object(struct sieg_writer *w)
{
	close(w, '}');
}

void sieg_open_list(struct sieg_writer *w)
{
	open(w, '[');
}

void sieg_close_list(struct sieg_writer *w)
{
	close(w, ']');
}

static void put_escape(struct sieg_writer *w, unsigned char c)
{
	static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
	const char *known = c ? strchr(from, c) : NULL;
	char code[8];

	if (known) {
		put_char(w, '\\');
		put_char(w, to[known - from]);
		return;
	}
	snprintf(code, sizeof(code), "\\u%04x", c);
	put(w, code, 6);
}

static void put_quoted(struct sieg_writer *w, const char *text, size_t length)
{
	size_t plain = 0;

	put_char(w, '"');
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		put(w, text + plain, i - plain);
		put_escape(w, c);
		plain = i + 1;
	}
	put(w, text + plain, length - plain);
	put_char(w, '"');
}

void sieg_key(struct sieg_writer *w, const char *key)
{
	const char *before = w->level[w->depth].key;

	assert(!before || strcmp(before, key) < 0);
	w->level[w->depth].key = key;
	begin_value(w);
	put_quoted(w, key, strlen(key));
	put_char(w, ':');
	w->after_key = true;
}

void sieg_put_text(struct sieg_writer *w, const char *text)
{
	begin_value(w);
	put_quoted(w, text, strlen(text));
}

void sieg_put_int(struct sieg_writer *w, int64_t value)
{
	char text[24];

	begin_value(w);
	put(w, text, (size_t)snprintf(text, sizeof(text), "%lld", (long long)value));
}

void sieg_put_bool(struct sieg_writer *w, bool value)
{
	begin_value(w);
	put(w, value ? "true" : "false", value ? 4 : 5);
}

static size_t print_cents(char text[static 32], sieg_cents cents)
{
	uint64_t size = cents < 0 ? (uint64_t)0 - (uint64_t)cents : (uint64_t)cents;

	return (size_t)snprintf(text, 32, "%s%llu.%02u", cents < 0 ? "-" : "",
				(unsigned long long)(size / 100), (unsigned)(size % 100));
}

void sieg_put_cents(struct sieg_writer *w, sieg_cents cents)
{
	char text[32];

	if (cents > SIEG_CENTS_OUT || cents < -SIEG_CENTS_OUT)
		w->too_large = true;
	begin_value(w);
	put_quoted(w, text, print_cents(text, cents));
}

static size_t print_day(char text[static 32], sieg_day day)
{
	struct sieg_civil c = sieg_civil_of(day);

	return (size_t)snprintf(text, 32, "%04d-%02d-%02d", c.year, c.month, c.day);
}

void sieg_put_day(struct sieg_writer *w, sieg_day day)
{
	char text[32];

	begin_value(w);
	put_quoted(w, text, print_day(text, day));
}

void sieg_put_rule(struct sieg_writer *w, enum sieg_rule rule)
{
	w->cited[rule] = true;
	sieg_put_text(w, sieg_rule_text(rule)->id);
}

void sieg_put_figure_of(struct sieg_writer *w, struct sieg_figure figure, const char *key,
			const char *text)
{
	bool early = key && strcmp(key, "rounding") < 0;

	sieg_open_object(w);
	sieg_write_cents(w, "amount", figure.cents);
	if (key && early)
		sieg_write_text(w, key, text);
	if (figure.rounding)
		sieg_write_text(w, "rounding", sieg_rounding_name(figure.rounding));
	sieg_write_rule(w, figure.rule);
	if (key && !early)
		sieg_write_text(w, key, text);
	sieg_close_object(w);
}

void sieg_put_figure(struct sieg_writer *w, struct sieg_figure figure)
{
	sieg_put_figure_of(w, figure, NULL, NULL);
}

void sieg_write_text(struct sieg_writer *w, const char *key, const char *text)
{
	if (!text)
		return;
	sieg_key(w, key);
	sieg_put_text(w, text);
}

void sieg_write_int(struct sieg_writer *w, const char *key, int64_t value)
{
	sieg_key(w, key);
	sieg_put_int(w, value);
}

void sieg_write_bool(struct sieg_writer *w, const char *key, bool value)
{
	sieg_key(w, key);
	sieg_put_bool(w, value);
}

void sieg_write_cents(struct sieg_writer *w, const char *key, sieg_cents cents)
{
	sieg_key(w, key);
	sieg_put_cents(w, cents);
}

void sieg_write_day(struct sieg_writer *w, const char *key, sieg_day day)
{
	sieg_key(w, key);
	sieg_put_day(w, day);
}

void sieg_write_rule(struct sieg_writer *w, enum sieg_rule rule)
{
	sieg_key(w, "rule");
	sieg_put_rule(w, rule);
}

void sieg_write_figure(struct sieg_writer *w, const char *key, struct sieg_figure figure)
{
	sieg_key(w, key);
	sieg_put_figure(w, figure);
}

void sieg_write_contract(struct sieg_writer *w)
{
	sieg_write_text(w, "contract", SIEG_CONTRACT);
	sieg_write_text(w, "data", SIEG_DATA);
}

void sieg_write_findings(struct sieg_writer *w, const struct sieg_issues *findings)
{
	sieg_key(w, "findings");
	sieg_open_list(w);
	for (size_t i = 0; i < findings->n_issues; i++) {
		const struct sieg_issue *f = &findings->issue[i];

		sieg_open_object(w);
		sieg_write_text(w, "code", sieg_code_name(f->code));
		sieg_write_text(w, "level", sieg_code_stops(f->code) ? "stop" : "warn");
		sieg_write_text(w, "message", f->message);
		sieg_write_text(w, "path", f->path);
		sieg_write_rule(w, f->rule);
		sieg_close_object(w);
	}
	sieg_close_list(w);
}

void sieg_write_rules(struct sieg_writer *w)
{
	sieg_key(w, "rules");
	w->after_key = false;
	w->rules_at = w->length;
}

static void put_rules(struct sieg_writer *w)
{
	sieg_open_list(w);
	for (enum sieg_rule r = SIEG_NO_RULE + 1; r < SIEG_N_RULES; r++) {
		const struct sieg_rule_text *text = sieg_rule_text(r);

		if (!w->cited[r])
			continue;
		sieg_open_object(w);
		sieg_write_text(w, "article", text->article);
		sieg_write_text(w, "id", text->id);
		sieg_write_text(w, "status", sieg_standing_letter(text->standing));
		sieg_close_object(w);
	}
	sieg_close_list(w);
}

/* The list goes where its place was kept. */
static void insert_rules(struct sieg_writer *w)
{
	struct sieg_writer *list = sieg_writer_new(w->arena);

	memcpy(list->cited, w->cited, sizeof(w->cited));
	put_rules(list);
	make_room(w, list->length);
	memmove(w->bytes + w->rules_at + list->length, w->bytes + w->rules_at,
		w->length - w->rules_at);
	memcpy(w->bytes + w->rules_at, list->bytes, list->length);
	w->length += list->length;
}

const char *sieg_writer_end(struct sieg_writer *w, size_t *length)
{
	assert(w->depth == 0);
	if (w->rules_at)
		insert_rules(w);
	put_char(w, '\n');
	*length = w->length;
	return w->bytes;
}

bool sieg_writer_too_large(const struct sieg_writer *w)
{
	return w->too_large;
}

const char *sieg_write_errors(struct sieg_arena *a, const struct sieg_issues *errors,
			      size_t *length)
{
	struct sieg_writer *w = sieg_writer_new(a);

	sieg_open_object(w);
	sieg_key(w, "errors");
	sieg_open_list(w);
	for (size_t i = 0; i < errors->n_issues; i++) {
		const struct sieg_issue *e = &errors->issue[i];

		sieg_open_object(w);
		sieg_write_text(w, "code", sieg_code_name(e->code));
		sieg_write_text(w, "message", e->message);
		sieg_write_text(w, "path", e->path);
		sieg_close_object(w);
	}
	sieg_close_list(w);
	sieg_close_object(w);
	return sieg_writer_end(w, length);
}

static void put_json(struct sieg_writer *w, const struct sieg_json *value)
{
	static const char *const words[] = { "null", "false", "true" };
	bool is_object = value->kind == SIEG_JSON_OBJECT;

	if (value->kind <= SIEG_JSON_TRUE) {
		put(w, words[value->kind], strlen(words[value->kind]));
	} else if (value->kind == SIEG_JSON_NUMBER) {
		put(w, value->text, value->length);
	} else if (value->kind == SIEG_JSON_TEXT) {
		put_quoted(w, value->text, value->length);
	} else {
		put_char(w, is_object ? '{' : '[');
		for (const struct sieg_json *item = value->first; item; item = item->next) {
			if (item != value->first)
				put_char(w, ',');
			if (is_object) {
				put_quoted(w, item->key, item->key_length);
				put_char(w, ':');
			}
			put_json(w, item);
		}
		put_char(w, is_object ? '}' : ']');
	}
}

const char *sieg_json_text(struct sieg_arena *a, const struct sieg_json *document)
{
	struct sieg_writer *w = sieg_writer_new(a);

	put_json(w, document);
	put_char(w, '\0');
	return w->bytes;
}

const char *sieg_cents_text(struct sieg_arena *a, sieg_cents cents)
{
	char text[32];

	return sieg_strndup(a, text, print_cents(text, cents));
}

const char *sieg_day_text(struct sieg_arena *a, sieg_day day)
{
	char text[32];

	return sieg_strndup(a, text, print_day(text, day));
}

const char *sieg_rounding_name(enum sieg_rounding rounding)
{
	static const char *const names[] = { "", "LINE", "PROFIT_MAX", "GGE", "SPLIT" };

	return names[rounding];
}
