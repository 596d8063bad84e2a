/*
 * names.h - the words of an enumeration, in an array in its order.
 */
#ifndef BASE_NAMES_H
#define BASE_NAMES_H

#include <stdbool.h>
#include <stddef.h>

/* The place of `name` among them, or -1. */
int name_place(const char *const *names, size_t n_names, const char *name);

#define NAME_PLACE(names, name) name_place((names), sizeof(names) / sizeof(*(names)), (name))

#endif
