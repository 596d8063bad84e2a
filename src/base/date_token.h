/*
 * date_token.h - a sentence as words, numbers and marks, for reading dates in it.
 * Private to date_read.c and date_hours.c.
 *
 * Words are folded to a-z, so that "FÉVRIER", "fevrier" and "ᵉʳ" read as they sound.
 * Blanks, no-break ones and one line end among them, only part; an empty line ends
 * what is being read.
 */
#ifndef BASE_DATE_TOKEN_H
#define BASE_DATE_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

struct french_date;

enum { WORD_SIZE = 16 }; /* the longest word known here is "septembre" */

struct token {
	enum kind { NOTHING, WORD, NUMBER, MARK } kind;
	size_t at, end;
	bool close;           /* nothing stands between it and where the reading was */
	char word[WORD_SIZE]; /* "" when none of ours */
	int number, digits;   /* the number is kept when it has at most four */
	unsigned mark;
};

struct token token_at(const char *text, size_t at);

/* The token at `from`, or the next when `from` is in the middle of a word or a number. */
struct token token_from(const char *text, size_t from);

/* True when no line ends between two places. */
bool is_on_one_line(const char *text, size_t from, size_t to);

bool is_word(const struct token *t, const char *word);
bool is_mark(const struct token *t, unsigned mark);
bool is_dash(const struct token *t);
bool is_word_of(const struct token *t, const char *const word[], size_t n);

#define IS_WORD_OF(t, list) is_word_of((t), (list), sizeof(list) / sizeof(*(list)))

/* Each of these reads what its name says at *at, moves *at past it, and is true; or is false. */
bool take_word(const char *text, size_t *at, const char *word);
bool take_mark(const char *text, size_t *at, unsigned mark);

/* A number written with `least` to `most` figures, at most four. */
bool take_number(const char *text, size_t *at, int least, int most, int *number);

/* The same after a mark, with no blank around it: the "/05" of "12/05/2022". */
bool take_piece(const char *text, size_t *at, unsigned mark, int least, int most, int *number);

/*
 * What is known of the tokens before one: a number is free to be a day or an hour when
 * it is no piece of something longer ("v2", "1,5", "covid-19", "n° 9", "12:30").
 */
struct past {
	struct token last, before_last;
};

void past_add(struct past *p, const struct token *t);
bool is_free(const struct past *p, const struct token *t);

/* "mars", "oct": date_read.c. */
bool is_month_name(const struct token *t);

/* "9 h 30 à 11 h 30", with the word before it or without: date_hours.c. */
bool take_hours_after_date(const char *text, size_t *at, struct french_date *d);

#endif
