/*
 * user_inside.h - what the files of 'halle user' share.
 */
#ifndef CLI_USER_INSIDE_H
#define CLI_USER_INSIDE_H

#include "cli/account.h"

struct person;

/* The one whose address is the second word. NOT_FOUND, said, when nobody has it. */
CHECKED enum status named_person(struct work *w, struct person *p);

/* "person camille-aubry" */
const char *user_subject(struct work *w, const struct person *p);

/* INVALID, said, when it is none. */
CHECKED enum status check_role(struct work *w, const char *role);
CHECKED enum status give_role(struct work *w, const struct person *p, const char *role);

/* user_access.c */
CHECKED enum status user_password(struct work *w);
CHECKED enum status user_role(struct work *w);
CHECKED enum status user_factor(struct work *w);
CHECKED enum status user_block(struct work *w);
CHECKED enum status user_unblock(struct work *w);

#endif
