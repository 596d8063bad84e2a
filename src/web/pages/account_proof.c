/*
 * account_proof.c - showing that one is who one says: codes of a telephone, recovery codes, the
 * password once more.
 */
#include <sodium.h>
#include <string.h>

#include "base/arena.h"
#include "base/password_rule.h"
#include "base/secret.h"
#include "base/totp.h"
#include "db/db.h"
#include "web/pages/account_kit.h"

/* ---- codes of the telephone -------------------------------------------------------- */

enum status prove_by_code(struct request *req, int64_t person_id, const struct credentials *c,
			  const char *typed, enum proof *proof)
{
	int64_t step;
	enum status status;

	*proof = NOT_PROVEN;
	if (!c->totp_secret || !totp_check(c->totp_secret, typed, req->now, &step))
		return OK;
	status = credentials_use_step(req->db, person_id, step);
	if (status == OK)
		*proof = PROVEN;
	return status == CONFLICT ? OK : status; /* it was used already */
}

/* ---- recovery codes ---------------------------------------------------------------- */

/* 60 bits each; Crockford's letters, of which none is taken for another. */
enum { CODE_LETTERS = 12 };

static const char letters[] = "0123456789abcdefghjkmnpqrstvwxyz";

/* What is kept of a code: what is typed with other blanks, hyphens, capitals is the same. */
static bool read_recovery(const char *typed, char code[CODE_LETTERS + 1])
{
	size_t n = 0;

	for (; *typed; typed++) {
		char c = *typed;

		if (c == ' ' || c == '-')
			continue;
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		c = c == 'o' ? '0' : c == 'i' || c == 'l' ? '1' : c;
		if (!strchr(letters, c) || n == CODE_LETTERS)
			return false;
		code[n++] = c;
	}
	code[n] = '\0';
	return n == CODE_LETTERS;
}

enum status prove_by_recovery(struct request *req, int64_t person_id, const char *typed,
			      enum proof *proof)
{
	char code[CODE_LETTERS + 1], hash[SECRET_HASH_SIZE];
	enum status status;

	*proof = NOT_PROVEN;
	if (!read_recovery(typed, code))
		return OK;
	secret_hash(code, hash);
	status = recovery_use(req->db, person_id, hash);
	if (status == OK)
		*proof = PROVEN;
	return status == NOT_FOUND ? OK : status;
}

static void draw_code(char code[CODE_LETTERS + 1])
{
	for (size_t i = 0; i < CODE_LETTERS; i++)
		code[i] = letters[randombytes_uniform(sizeof(letters) - 1)];
	code[CODE_LETTERS] = '\0';
}

enum status recovery_draw(struct request *req, int64_t person_id, const char ***code)
{
	const char **hashes = arena_make(req->arena, const char *, RECOVERY_CODES);

	*code = arena_make(req->arena, const char *, RECOVERY_CODES);
	for (size_t i = 0; i < RECOVERY_CODES; i++) {
		char drawn[CODE_LETTERS + 1], hash[SECRET_HASH_SIZE];

		draw_code(drawn);
		secret_hash(drawn, hash);
		hashes[i] = arena_strdup(req->arena, hash);
		(*code)[i] =
			arena_printf(req->arena, "%.4s-%.4s-%.4s", drawn, drawn + 4, drawn + 8);
	}
	return recovery_set(req->db, person_id, hashes, RECOVERY_CODES);
}

/* ---- either ------------------------------------------------------------------------ */

static bool looks_like_code(const char *typed)
{
	return strspn(typed, "0123456789 ") == strlen(typed) && strlen(typed) <= TOTP_FIGURES + 1;
}

static enum status prove_by_either(struct request *req, const struct person *p,
				   const struct credentials *c, const char *typed, bool code_too,
				   enum proof *proof)
{
	enum status status;

	if (!code_too || !looks_like_code(typed)) {
		bool is_right = password_verify(c->password, password_clean(req->arena, typed));

		*proof = is_right ? PROVEN : NOT_PROVEN;
		return OK;
	}
	status = db_begin(req->db);
	if (status != OK)
		return status;
	return db_end(req->db, prove_by_code(req, p->id, c, typed, proof));
}

enum status prove(struct request *req, const struct person *p, const struct credentials *c,
		  const char *typed, bool code_too, enum proof *proof, int64_t *wait)
{
	struct limiter *l = req->site->limiter;
	const char *who = arena_printf(req->arena, "%lld", (long long)p->id);
	enum status status;

	*proof = HELD_BACK;
	*wait = limiter_take(l, CODES_OF_ACCOUNT, who, req->now);
	if (*wait)
		return OK;
	status = prove_by_either(req, p, c, typed, code_too && c->has_totp, proof);
	if (status == OK && *proof == PROVEN)
		limiter_give_back(l, CODES_OF_ACCOUNT, who, req->now);
	return status;
}
