/*
 * richtext_chars.h - which characters a text may hold, and how they are written.
 */
#ifndef BASE_RICHTEXT_CHARS_H
#define BASE_RICHTEXT_CHARS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct out;

/* HTML's blanks, and what text_check() makes line ends of. */
bool richtext_is_blank(unsigned c);

/* What text_check() would drop or refuse: controls, noncharacters, byte order marks. */
bool richtext_drops(unsigned c);

/* The text itself when it is in NFC already. Nothing in it is dropped. */
const char *richtext_in_nfc(struct arena *a, const char *text, size_t length);

/* Writes `text` with the characters of `special`, some of & < > ", as entities. */
void richtext_escape(struct out *o, const char *text, const char *special);

#endif
