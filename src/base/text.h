/*
 * text.h - UTF-8 text: checking it at the door, comparing it, cutting it, and
 * setting it as French is set.
 *
 * Texts are NUL-terminated, UTF-8 and in NFC once text_check() has let them in.
 * Results live in the arena. Lengths in characters count code points.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

struct arena;
struct html;

/* Offset of the first byte that is not well-formed UTF-8 (or is NUL), or `length`. */
size_t utf8_valid_length(const char *text, size_t length);

size_t utf8_length(const char *text); /* in characters */

/*
 * The code point at `text`, which is valid UTF-8, and in *size its bytes. 0 at the end,
 * of no bytes. A byte that is not UTF-8 reads as U+FFFD, so that a loop always ends.
 */
unsigned utf8_decode(const char *text, size_t *size);

/* Spaces of any width, no-break or not, tabs and line ends. */
bool utf8_is_blank(unsigned character);

/* U+061C, U+200E and their like: what comes after is read from the other side. */
bool utf8_turns(unsigned character);

/* A letter of any script (a combining accent is not one). */
bool utf8_is_letter(unsigned character);

/*
 * Lets a text in: *clean is in NFC, without control characters other than tab
 * and line feed. CR LF and the other ends of lines (CR, VT, FF, NEL, U+2028, U+2029)
 * become LF; a byte order mark at the start goes, and so do accents piled more than
 * thirty high. INVALID when it is not UTF-8, or holds a NUL or a noncharacter
 * (U+FFFE, U+FFFF and their like). What it has let in, it lets in unchanged.
 */
CHECKED enum status text_check(struct arena *a, const char *text, size_t length,
			       const char **clean);

/*
 * What somebody typed or pasted, as text_check() would let it in; noncharacters are left out, for
 * they could not be found by who is to take them out. NULL when it is not UTF-8, or holds a NUL.
 */
const char *text_typed(struct arena *a, const char *text, size_t length);

/*
 * For comparing: lower case, without accents, ligatures opened, typographic apostrophes
 * made plain, no-break spaces and letters set high or wide made ordinary ("1ᵉʳ": "1er"),
 * invisible characters (soft hyphens) gone. Folding twice changes nothing.
 */
const char *text_fold(struct arena *a, const char *text);

/*
 * For an address: folded, a-z 0-9 and single hyphens, at most `max` bytes, cut at a word.
 * '&' is said "et". "" when the text holds no Latin letter and no figure.
 */
const char *text_slug(struct arena *a, const char *text, size_t max);

/* Blanks (no-break ones too) trimmed at both ends, and runs of them made one space. */
const char *text_squeeze(struct arena *a, const char *text);

/*
 * At most `max` characters, cut at the end of a sentence where one ends past half of
 * `max`, else at a word, then followed by "…", which counts.
 */
const char *text_clip(struct arena *a, const char *text, size_t max);

/* True when the letters are all capitals, and there are at least four. */
bool text_is_shouting(const char *text);

/*
 * French typography for display: blanks before ; ! ? become one narrow no-break space
 * (U+202F), before : a no-break one (U+00A0); inside « » a narrow one is added where
 * it is missing. A mark set close to its word ("10:30", "a: b") stays so. A single
 * space between a number and its unit, "n°" and its number, "9 h 30", does not break
 * (U+00A0), nor one between thousands (U+202F). ' after a letter and before a letter, a
 * figure or « becomes ’. Addresses ("https://…", "x@y.fr") are not touched. Setting twice
 * changes nothing.
 */
const char *text_typography(struct arena *a, const char *text);

/*
 * The same for the text of a markup, entities read as what they stand for; tags,
 * comments, <code>, <pre>, <kbd>, <samp>, <script> and <style> are left alone.
 */
struct html html_typography(struct arena *a, struct html markup);

#endif
