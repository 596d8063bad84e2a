#include "base/secret.h"

#include <sodium.h>
#include <string.h>

_Static_assert(PASSWORD_HASH_SIZE >= crypto_pwhash_STRBYTES, "room for libsodium's text");

enum { SECRET_BYTES = 32, HASH_BYTES = 32 };

void secret_draw(char secret[SECRET_SIZE])
{
	unsigned char bytes[SECRET_BYTES];

	randombytes_buf(bytes, sizeof(bytes));
	sodium_bin2base64(secret, SECRET_SIZE, bytes, sizeof(bytes),
			  sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	sodium_memzero(bytes, sizeof(bytes));
}

void secret_hash(const char *secret, char hash[SECRET_HASH_SIZE])
{
	unsigned char bytes[HASH_BYTES];

	crypto_generichash(bytes, sizeof(bytes), (const unsigned char *)secret, strlen(secret),
			   NULL, 0);
	sodium_bin2hex(hash, SECRET_HASH_SIZE, bytes, sizeof(bytes));
}

bool password_hash(const char *password, char hash[PASSWORD_HASH_SIZE])
{
	return crypto_pwhash_str(hash, password, strlen(password),
				 crypto_pwhash_OPSLIMIT_INTERACTIVE,
				 crypto_pwhash_MEMLIMIT_INTERACTIVE) == 0;
}

/* Of a password that was drawn and forgotten, with the limits of password_hash(). */
static const char *nobodys_hash(void)
{
	return "$argon2id$v=19$m=65536,t=2,p=1$"
	       "kqMtzbp3PbxCrmvM1PY1+A$xu4Y9bWS0SOIHlM4OZk8qWmbvUvV2p7F1EGVpYbSJbE";
}

bool password_verify(const char *hash, const char *password)
{
	bool is_right = crypto_pwhash_str_verify(hash ? hash : nobodys_hash(), password,
						 strlen(password)) == 0;

	return hash && is_right;
}

bool password_is_outdated(const char *hash)
{
	return crypto_pwhash_str_needs_rehash(hash, crypto_pwhash_OPSLIMIT_INTERACTIVE,
					      crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0;
}
