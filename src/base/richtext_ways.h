/*
 * richtext_ways.h - the two ways from markup to the tree.
 *
 * In most texts every tag stands where it may and ends where it should: there the tags say
 * all, and go straight to the tree. As soon as one does not, all begins again with gumbo,
 * which knows what browsers make of it. It takes ten times as long. Where the straight way
 * is open, both lead to the same: test/fuzz/fuzz_richtext.c compares them.
 */
#ifndef BASE_RICHTEXT_WAYS_H
#define BASE_RICHTEXT_WAYS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct richtree;

/* A copy of valid UTF-8 without the characters that gumbo does not like, with a NUL behind it. */
const char *richtext_sift(struct arena *a, const char *markup, size_t length);

/* Both take sifted markup. */

/* False when it cannot tell; the tree is then of no use. */
bool richtext_read_straight(struct richtree *t, const char *markup);

/* False when the markup is so entangled that it would take too much memory. */
bool richtext_read_with_gumbo(struct richtree *t, const char *markup);

#endif
