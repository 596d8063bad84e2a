/*
 * secret.h - what nobody may guess: tokens drawn at random, and passwords.
 *
 * A token is shown once, and kept as a hash: who reads the database signs in as nobody.
 * Passwords are hashed by argon2id (RFC 9106) with libsodium's interactive limits, which take
 * 64 MiB and some 100 ms: never in a thread that answers readers.
 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>

enum { SECRET_SIZE = 44, SECRET_HASH_SIZE = 65, PASSWORD_HASH_SIZE = 128 };

enum { PASSWORD_MIN = 12 /* characters */, PASSWORD_MAX = 1024 /* bytes */ };

/* 256 bits at random, as 43 characters of A-Z, a-z, 0-9, "-" and "_". */
void secret_draw(char secret[SECRET_SIZE]);

/* What is kept of it: 64 hexadecimal digits. */
void secret_hash(const char *secret, char hash[SECRET_HASH_SIZE]);

/* False when there is no memory for it. */
bool password_hash(const char *password, char hash[PASSWORD_HASH_SIZE]);

/* With a NULL hash it takes the same time, and is false. */
bool password_verify(const char *hash, const char *password);

/* True when the limits have been raised since: to be hashed again at the next sign-in. */
bool password_is_outdated(const char *hash);

#endif
