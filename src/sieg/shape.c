#include "sieg/shape.h"

#include <stdio.h>
#include <string.h>

#include "sieg/arena.h"
#include "sieg/json.h"
#include "sieg/scalar.h"

#define GOOD SIEG_N_CODES

const char sieg_last_word[] = "";

/* Where one is in the document; written out only when something is wrong there. */
struct place {
	const struct place *up;
	const char *name; /* NULL: an item of a list */
	size_t length;
	size_t index;
};

static bool read_value(const struct sieg_field *field, enum sieg_type type,
		       const struct sieg_json *value, void *to, const struct place *place,
		       struct sieg_issues *errors);

/* A part of a JSON pointer (RFC 6901): ~ and / are ~0 and ~1. Returns its bytes; NULL: counts. */
static size_t put_name(char *to, const char *name, size_t length)
{
	size_t n = 0;

	for (size_t i = 0; i < length; i++) {
		bool is_special = name[i] == '~' || name[i] == '/';

		if (to) {
			to[n] = is_special ? '~' : name[i];
			if (is_special)
				to[n + 1] = name[i] == '~' ? '0' : '1';
		}
		n += is_special ? 2 : 1;
	}
	return n;
}

static size_t put_path(char *to, const struct place *place)
{
	char index[24];
	size_t n;

	if (!place->up)
		return 0;
	n = put_path(to, place->up);
	if (to)
		to[n] = '/';
	n++;
	if (place->name)
		return n + put_name(to ? to + n : NULL, place->name, place->length);
	return n + put_name(to ? to + n : NULL, index,
			    (size_t)snprintf(index, sizeof(index), "%zu", place->index));
}

/* Documents may hold a great many faults: a path takes the room of its bytes, and no more. */
static const char *path_of(struct sieg_arena *a, const struct place *place)
{
	char *path = sieg_alloc(a, put_path(NULL, place) + 1, 1);

	put_path(path, place);
	return path;
}

static bool refuse(struct sieg_issues *errors, enum sieg_code code, const struct place *place,
		   const char *message)
{
	sieg_issue_at(errors, code, path_of(errors->arena, place), message);
	return false;
}

static const char *limits_text(const struct sieg_field *field, struct sieg_arena *a)
{
	return sieg_printf(a, "De %lld à %lld attendu ici.", (long long)field->min,
			   (long long)field->max);
}

static const char *words_text(const struct sieg_field *field, struct sieg_arena *a)
{
	const char *text = "Ce mot n’est pas admis ici. Il faut l’un de :";

	for (size_t i = 0; field->words[i] != SIEG_LAST_WORD; i++)
		if (field->words[i])
			text = sieg_printf(a, "%s %s", text, field->words[i]);
	return text;
}

static enum sieg_code check_sign(int sign, enum sieg_sign wanted, enum sieg_code negative)
{
	if (wanted == SIEG_ANY_SIGN)
		return GOOD;
	if (sign < 0)
		return negative;
	return wanted == SIEG_POSITIVE && sign == 0 ? SIEG_E_RANGE : GOOD;
}

static int sign_of(sieg_wide n)
{
	return (n > 0) - (n < 0);
}

static enum sieg_code read_money(const struct sieg_field *field, enum sieg_type type,
				 const struct sieg_json *value, void *to)
{
	sieg_cents cents = 0;
	enum sieg_code code = sieg_read_money(value->text, value->length, &cents);

	if (code != GOOD)
		return code;
	if (type == SIEG_T_MONEY)
		*(sieg_cents *)to = cents;
	else
		*(struct sieg_optional_cents *)to = (struct sieg_optional_cents){ cents, true };
	return check_sign(sign_of(cents), field->sign, SIEG_E_NEGATIVE);
}

static enum sieg_code read_rate(const struct sieg_field *field, enum sieg_type type,
				const struct sieg_json *value, struct sieg_rate *to)
{
	enum sieg_code code = sieg_read_rate(value->text, value->length, to);

	if (code != GOOD)
		return code;
	if (type == SIEG_T_KEY_VALUE)
		return check_sign(sign_of(to->numerator), SIEG_NOT_NEGATIVE, SIEG_E_KEY_NEGATIVE);
	return check_sign(sign_of(to->numerator), field->sign, SIEG_E_NEGATIVE);
}

static enum sieg_code read_word(const struct sieg_field *field, const struct sieg_json *value,
				int *to)
{
	for (int i = 0; field->words[i] != SIEG_LAST_WORD; i++) {
		const char *word = field->words[i];

		if (word && strlen(word) == value->length &&
		    memcmp(word, value->text, value->length) == 0) {
			*to = i;
			return GOOD;
		}
	}
	return SIEG_E_ENUM;
}

static enum sieg_code read_name(enum sieg_type type, const struct sieg_json *value, const char **to,
				struct sieg_arena *a)
{
	if (type == SIEG_T_ID) {
		enum sieg_code code = sieg_read_id(value->text, value->length);

		if (code != GOOD)
			return code;
	} else if (value->length < 1 || value->length > 2000) {
		return SIEG_E_TEXT;
	}
	*to = sieg_strndup(a, value->text, value->length);
	return GOOD;
}

/* What is written between quotes. */
static enum sieg_code read_text(const struct sieg_field *field, enum sieg_type type,
				const struct sieg_json *value, void *to, struct sieg_arena *a)
{
	switch (type) {
	case SIEG_T_MONEY:
	case SIEG_T_OPTIONAL_MONEY:
		return read_money(field, type, value, to);
	case SIEG_T_RATE:
	case SIEG_T_KEY_VALUE:
		return read_rate(field, type, value, to);
	case SIEG_T_DAY:
		return sieg_read_day(value->text, value->length, to);
	case SIEG_T_MONTH_DAY:
		return sieg_read_month_day(value->text, value->length, to);
	case SIEG_T_WORD:
		return read_word(field, value, to);
	default:
		return read_name(type, value, to, a);
	}
}

/* Something else than the text that was expected. */
static enum sieg_code not_text(enum sieg_type type, const struct sieg_json *value)
{
	if (value->kind != SIEG_JSON_NUMBER)
		return SIEG_E_TYPE;
	switch (type) {
	case SIEG_T_MONEY:
	case SIEG_T_OPTIONAL_MONEY:
		return SIEG_E_MONEY_FLOAT;
	case SIEG_T_RATE:
	case SIEG_T_KEY_VALUE:
		return SIEG_E_RATE_FLOAT;
	default:
		return SIEG_E_TYPE;
	}
}

static enum sieg_code read_scalar(const struct sieg_field *field, enum sieg_type type,
				  const struct sieg_json *value, void *to, struct sieg_arena *a)
{
	if (type == SIEG_T_BOOL) {
		if (value->kind != SIEG_JSON_TRUE && value->kind != SIEG_JSON_FALSE)
			return SIEG_E_TYPE;
		*(bool *)to = value->kind == SIEG_JSON_TRUE;
		return GOOD;
	}
	if (type == SIEG_T_INT) {
		if (value->kind != SIEG_JSON_NUMBER)
			return SIEG_E_TYPE;
		return sieg_read_int(value->text, value->length, field->min, field->max, to);
	}
	if (value->kind != SIEG_JSON_TEXT)
		return not_text(type, value);
	return read_text(field, type, value, to, a);
}

static size_t size_of(const struct sieg_field *field)
{
	static const size_t sizes[] = {
		[SIEG_T_MONEY] = sizeof(sieg_cents),
		[SIEG_T_OPTIONAL_MONEY] = sizeof(struct sieg_optional_cents),
		[SIEG_T_RATE] = sizeof(struct sieg_rate),
		[SIEG_T_KEY_VALUE] = sizeof(struct sieg_rate),
		[SIEG_T_DAY] = sizeof(sieg_day),
		[SIEG_T_MONTH_DAY] = sizeof(struct sieg_civil),
		[SIEG_T_ID] = sizeof(const char *),
		[SIEG_T_TEXT] = sizeof(const char *),
		[SIEG_T_INT] = sizeof(int64_t),
		[SIEG_T_BOOL] = sizeof(bool),
		[SIEG_T_WORD] = sizeof(int),
	};

	return field->shape ? field->shape->size : sizes[field->item];
}

static const struct sieg_field *field_named(const struct sieg_shape *shape,
					    const struct sieg_json *member)
{
	for (size_t i = 0; i < shape->n_fields; i++) {
		const char *name = shape->field[i].name;

		if (strncmp(name, member->key, member->key_length) == 0 &&
		    !name[member->key_length])
			return &shape->field[i];
	}
	return NULL;
}

static void set_fallback(const struct sieg_field *field, void *to)
{
	if (field->type == SIEG_T_INT)
		*(int64_t *)to = field->fallback;
	else if (field->type == SIEG_T_BOOL)
		*(bool *)to = field->fallback != 0;
	else if (field->type == SIEG_T_WORD)
		*(int *)to = (int)field->fallback;
}

static bool read_members(const struct sieg_shape *shape, const struct sieg_json *value,
			 unsigned char *to, const struct place *place, struct sieg_issues *errors)
{
	uint64_t met = 0;
	bool good = true;

	for (const struct sieg_json *m = value->first; m; m = m->next) {
		struct place here = { place, m->key, m->key_length, 0 };
		const struct sieg_field *f = field_named(shape, m);

		if (!f) {
			good = refuse(errors, SIEG_E_FIELD_UNKNOWN, &here, NULL);
			continue;
		}
		met |= UINT64_C(1) << (f - shape->field);
		good &= read_value(f, f->type, m, to + f->offset, &here, errors);
	}
	for (size_t i = 0; i < shape->n_fields; i++) {
		const struct sieg_field *f = &shape->field[i];
		struct place here = { place, f->name, strlen(f->name), 0 };

		if (met >> i & 1)
			continue;
		set_fallback(f, to + f->offset);
		if (f->required)
			good = refuse(errors, SIEG_E_REQUIRED, &here, NULL);
	}
	return good;
}

static bool read_object(const struct sieg_shape *shape, const struct sieg_json *value, void *to,
			const struct place *place, struct sieg_issues *errors)
{
	if (value->kind != SIEG_JSON_OBJECT)
		return refuse(errors, SIEG_E_TYPE, place, "Un objet { … } est attendu ici.");
	return read_members(shape, value, to, place, errors);
}

static bool read_list(const struct sieg_field *field, const struct sieg_json *value,
		      unsigned char *list, const struct place *place, struct sieg_issues *errors)
{
	size_t size = size_of(field);
	struct sieg_field item = *field;
	unsigned char *items;
	bool good = true;
	size_t i = 0;

	if (value->kind != SIEG_JSON_ARRAY)
		return refuse(errors, SIEG_E_TYPE, place, "Une liste [ … ] est attendue ici.");
	if ((int64_t)value->n < field->min || (int64_t)value->n > field->max)
		return refuse(errors, SIEG_E_ITEMS, place,
			      sieg_printf(errors->arena, "Cette liste a %zu éléments. %s", value->n,
					  limits_text(field, errors->arena)));
	item.min = field->item_min;
	item.max = field->item_max;
	items = sieg_alloc(errors->arena, value->n, size);
	*(void **)list = items;
	*(size_t *)(list + field->count - field->offset) = value->n;
	for (const struct sieg_json *v = value->first; v; v = v->next, i++) {
		struct place here = { place, NULL, 0, i };

		if (field->shape)
			good &= read_object(field->shape, v, items + i * size, &here, errors);
		else
			good &= read_value(&item, item.item, v, items + i * size, &here, errors);
	}
	return good;
}

static bool read_value(const struct sieg_field *field, enum sieg_type type,
		       const struct sieg_json *value, void *to, const struct place *place,
		       struct sieg_issues *errors)
{
	enum sieg_code code;
	const char *message = NULL;

	if (type == SIEG_T_LIST)
		return read_list(field, value, to, place, errors);
	if (type == SIEG_T_OBJECT) {
		void *object = sieg_alloc(errors->arena, 1, field->shape->size);

		*(void **)to = object;
		return read_object(field->shape, value, object, place, errors);
	}
	code = read_scalar(field, type, value, to, errors->arena);
	if (code == GOOD)
		return true;
	if (code == SIEG_E_ENUM)
		message = words_text(field, errors->arena);
	else if (code == SIEG_E_RANGE && type == SIEG_T_INT)
		message = limits_text(field, errors->arena);
	return refuse(errors, code, place, message);
}

void *sieg_shape_read(const struct sieg_shape *shape, const struct sieg_json *document,
		      struct sieg_issues *errors)
{
	void *structure = sieg_alloc(errors->arena, 1, shape->size);
	struct place root = { NULL, NULL, 0, 0 };

	return read_object(shape, document, structure, &root, errors) ? structure : NULL;
}
