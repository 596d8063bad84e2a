#include "feed/uuid.h"

#include <sodium.h>
#include <string.h>

#include "base/arena.h"

enum { UUID_BYTES = 16, VERSION_8 = 0x80, VARIANT = 0x80 };

/* With its final NUL, so that no two sequences of texts are the same bytes. */
static void add(crypto_generichash_state *state, const char *text)
{
	crypto_generichash_update(state, (const unsigned char *)text, strlen(text) + 1);
}

const char *uuid_of(struct arena *a, const char *site_id, const char *kind, const char *slug)
{
	crypto_generichash_state state;
	unsigned char b[UUID_BYTES];
	char hex[2 * UUID_BYTES + 1];

	crypto_generichash_init(&state, NULL, 0, sizeof(b));
	add(&state, site_id);
	add(&state, kind);
	add(&state, slug);
	crypto_generichash_final(&state, b, sizeof(b));
	b[6] = (unsigned char)((b[6] & 0x0f) | VERSION_8);
	b[8] = (unsigned char)((b[8] & 0x3f) | VARIANT);
	sodium_bin2hex(hex, sizeof(hex), b, sizeof(b));
	return arena_printf(a, "%.8s-%.4s-%.4s-%.4s-%s", hex, hex + 8, hex + 12, hex + 16,
			    hex + 20);
}

const char *uuid_urn(struct arena *a, const char *site_id, const char *kind, const char *slug)
{
	return arena_printf(a, "urn:uuid:%s", uuid_of(a, site_id, kind, slug));
}
