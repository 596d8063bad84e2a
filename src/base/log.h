/*
 * log.h - words for the person who runs the program, on standard error.
 *
 * Lower case, what failed first, the subject in quotes, no full stop:
 * "cannot open 'halle.db': disk full". Each line goes out in one write, so that
 * the threads of a server do not mix theirs.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))

/* "halle: " and the message. */
void log_error(const char *format, ...) PRINTF_LIKE(1, 2);

/* The message alone, for the journal of a server. */
void log_line(const char *format, ...) PRINTF_LIKE(1, 2);

/* For what cannot be gone on from: no memory left. Says so, exits with 3. */
_Noreturn void die(const char *format, ...) PRINTF_LIKE(1, 2);

#endif
