/*
 * richtext_check.h - what must hold of every text that richtext_clean() lets in, told
 * without any of its code. For test/unit/test_richtext.c and test/fuzz/fuzz_richtext.c.
 */
#ifndef TEST_RICHTEXT_CHECK_H
#define TEST_RICHTEXT_CHECK_H

#include <stddef.h>

struct arena;

/*
 * NULL when the markup holds only what richtext.h allows, and reads back as it is written:
 * gumbo's tree of it, written plainly, is the markup again. Else what is wrong.
 */
const char *richtext_fault(struct arena *a, const char *markup);

/*
 * Cleans `length` bytes and looks at all that follows from it: the result has no fault, a
 * second cleaning changes nothing, both ways into the tree agree, the words and an excerpt
 * are sound. NULL when all is well or the text is refused.
 */
const char *richtext_fault_after_cleaning(struct arena *a, const char *markup, size_t length);

#endif
