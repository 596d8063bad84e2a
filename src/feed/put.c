#include "feed/put.h"

#include "base/log.h"
#include "store/row.h"

void put_value(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value))
		die("cannot write '%s' as JSON", key);
}

void put_text(json_t *object, const char *key, const char *text)
{
	put_value(object, key, text ? json_string(text) : json_null());
}

void put_text_if(json_t *object, const char *key, const char *text)
{
	if (text && *text)
		put_text(object, key, text);
}

void put_number(json_t *object, const char *key, int64_t number)
{
	put_value(object, key, number == NO_NUMBER ? json_null() : json_integer(number));
}

void put_one_more(json_t *object, const char *key, json_t *value)
{
	if (!json_object_get(object, key))
		put_value(object, key, json_array());
	if (json_array_append_new(json_object_get(object, key), value))
		die("cannot write '%s' as JSON", key);
}
