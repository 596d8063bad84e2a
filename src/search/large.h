/*
 * large.h - zeroed memory of many pages, in large ones where the system has them to give.
 *
 * Tables and lists are read here and there: with small pages the processor spends as long finding
 * where a page is as reading it.
 */
#ifndef SEARCH_LARGE_H
#define SEARCH_LARGE_H

#include <stddef.h>

/* Freed with free(). Out of memory ends the program. */
void *large_alloc(size_t bytes);

#endif
