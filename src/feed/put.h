/*
 * put.h - small words for writing JSON with jansson: members are taken over, whatever
 * happens, so that nothing leaks and nothing is checked.
 */
#ifndef FEED_PUT_H
#define FEED_PUT_H

#include <jansson.h>
#include <stdint.h>

void put_value(json_t *object, const char *key, json_t *value);
void put_text(json_t *object, const char *key, const char *text); /* NULL is null */
void put_number(json_t *object, const char *key, int64_t number); /* NO_NUMBER is null */

/* Nothing when the text is NULL or empty. */
void put_text_if(json_t *object, const char *key, const char *text);

/* Adds to the array of that name, which is made when it is not there. */
void put_one_more(json_t *object, const char *key, json_t *value);

#endif
