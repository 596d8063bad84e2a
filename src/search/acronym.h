/*
 * acronym.h - definitions of acronyms met in a text: "Services d’intérêt économique général
 * (SIEG)".
 *
 * Pure. Each proposes a pair that an editor confirms or refuses (store/acronym.h); only confirmed
 * pairs widen queries.
 */
#ifndef SEARCH_ACRONYM_H
#define SEARCH_ACRONYM_H

struct arena;

enum { ACRONYM_MIN = 2, ACRONYM_MAX = 12 }; /* letters */

/*
 * An acronym as it is kept, in capitals without accents nor dots: "SIEG" for "sieg" and
 * "S.I.E.G.". NULL when the text is none.
 */
const char *acronym_letters(struct arena *a, const char *text);

/* `letters` is the acronym in capitals without dots, `words` what it stands for, as written there.
 */
typedef void acronym_fn(void *context, const char *letters, const char *words);

/* Each definition of a plain text, in order; the same one may come several times. */
void acronyms_in(struct arena *a, const char *text, acronym_fn *each, void *context);

#endif
