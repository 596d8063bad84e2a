/*
 * password_rule.h - which passwords are taken: long ones that nobody would try first. Nothing is
 * asked of their figures, capitals or marks.
 */
#ifndef BASE_PASSWORD_RULE_H
#define BASE_PASSWORD_RULE_H

struct arena;

/* As it is hashed, however it was typed: in NFC. */
const char *password_clean(struct arena *a, const char *typed);

enum password_fault {
	PASSWORD_GOOD,
	PASSWORD_TOO_SHORT,
	PASSWORD_TOO_LONG,
	PASSWORD_COMMON,  /* among those that are tried first */
	PASSWORD_OF_HERE, /* the address of e-mail, or the name of the site */
};

/* `email` and `site` may be NULL. */
enum password_fault password_fault(struct arena *a, const char *password, const char *email,
				   const char *site);

#endif
