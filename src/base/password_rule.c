#include "base/password_rule.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/secret.h"
#include "base/text.h"

const char *password_clean(struct arena *a, const char *typed)
{
	const char *clean;

	return text_check(a, typed, strlen(typed), &clean) == OK ? clean : typed;
}

/*
 * What the commonest passwords of twelve characters and more are made of, once figures and marks
 * are taken from both ends: "motdepasse2026!" is "motdepasse". One word twice counts as once.
 */
static const char *const common[] = {
	"abcdef",
	"abcdefgh",
	"abcdefghij",
	"abcdefghijkl",
	"admin",
	"administrateur",
	"administration",
	"administrator",
	"agglomeration",
	"amoureux",
	"anticonstitutionnellement",
	"association",
	"azerty",
	"azertyui",
	"azertyuiop",
	"azertyuiopqsdfghjklm",
	"azertyuiopqs",
	"baseball",
	"bienvenue",
	"bonjour",
	"bonjourbonjour",
	"camille",
	"changeme",
	"changemoi",
	"chocolat",
	"chouchou",
	"collectivite",
	"commune",
	"communaute",
	"computer",
	"cooperation",
	"departement",
	"doudou",
	"dragon",
	"economiesociale",
	"economiesocialeetsolidaire",
	"football",
	"france",
	"iloveyou",
	"internet",
	"jetaime",
	"jetaimemonamour",
	"letmein",
	"liberte",
	"louloute",
	"loulou",
	"mairie",
	"marseille",
	"master",
	"metropole",
	"michel",
	"minecraft",
	"monamour",
	"monkey",
	"monmotdepasse",
	"motdepass",
	"motdepasse",
	"nicolas",
	"ordinateur",
	"paris",
	"passe",
	"passpass",
	"password",
	"passwordpassword",
	"pokemon",
	"princess",
	"princesse",
	"qazwsx",
	"qazwsxedc",
	"qsdfghjklm",
	"qwerty",
	"qwertyui",
	"qwertyuiop",
	"qwertyuiopasdfghjkl",
	"qwertyuiopas",
	"asdfghjkl",
	"region",
	"reseau",
	"secret",
	"soleil",
	"starwars",
	"sunshine",
	"superman",
	"test",
	"toulouse",
	"trustno",
	"ville",
	"welcome",
	"whatever",
	"wxcvbn",
	"azertyuiopqsdfghjklmwxcvbn",
	"qazwsxedcrfv",
	"lemotdepasse",
	"correcthorsebatterystaple",
};

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

/* Letters alone, without the figures and marks around them; blanks and hyphens inside go. */
static char *core_of(struct arena *a, const char *text)
{
	const char *folded = text_fold(a, text);
	size_t end = strlen(folded), n = 0;
	char *core;

	while (*folded && !is_letter(*folded))
		folded++, end--;
	while (end && !is_letter(folded[end - 1]))
		end--;
	core = arena_make(a, char, end + 1);
	for (size_t i = 0; i < end; i++)
		if (folded[i] != ' ' && folded[i] != '-' && folded[i] != '_' && folded[i] != '.')
			core[n++] = folded[i];
	return core;
}

/* "abcabc" is "abc". */
static void drop_repeats(char *core)
{
	size_t n = strlen(core);

	for (size_t part = 1; part <= n / 2; part++) {
		if (n % part || memcmp(core, core + part, n - part) != 0)
			continue;
		core[part] = '\0';
		return;
	}
}

static bool is_common_word(const char *core)
{
	for (size_t i = 0; i < sizeof(common) / sizeof(*common); i++)
		if (!strcmp(core, common[i]))
			return true;
	return false;
}

/* Figures and marks alone that follow one another or come back: "123456789012", "101010101010". */
static bool is_a_row(const char *text)
{
	size_t n = strlen(text), steps = 0;

	for (size_t i = 1; i < n; i++)
		steps += text[i] == text[i - 1] || text[i] == text[i - 1] + 1 ||
			 text[i] == text[i - 1] - 1 || (text[i] == '0' && text[i - 1] == '9');
	return steps + 2 >= n;
}

static bool repeats(struct arena *a, const char *text)
{
	char *copy = arena_strdup(a, text);

	drop_repeats(copy);
	return strlen(copy) <= 4 && strlen(copy) < strlen(text);
}

static bool is_common(struct arena *a, const char *password)
{
	char *core = core_of(a, password);

	if (is_a_row(password) || repeats(a, password))
		return true;
	if (is_common_word(core))
		return true;
	drop_repeats(core);
	return is_common_word(core);
}

/* The same letters, whatever the figures around them, once or several times. */
static bool is_same(struct arena *a, const char *password, const char *word)
{
	char *typed = core_of(a, password), *core = core_of(a, word);

	if (strlen(core) < 4)
		return false;
	drop_repeats(typed);
	drop_repeats(core);
	return !strcmp(typed, core);
}

static bool is_of_here(struct arena *a, const char *password, const char *email, const char *site)
{
	if (site && is_same(a, password, site))
		return true;
	if (!email)
		return false;
	return is_same(a, password, email) ||
	       is_same(a, password, arena_strndup(a, email, strcspn(email, "@")));
}

enum password_fault password_fault(struct arena *a, const char *password, const char *email,
				   const char *site)
{
	if (strlen(password) > PASSWORD_MAX)
		return PASSWORD_TOO_LONG;
	if (utf8_length(password) < PASSWORD_MIN)
		return PASSWORD_TOO_SHORT;
	if (is_common(a, password))
		return PASSWORD_COMMON;
	return is_of_here(a, password, email, site) ? PASSWORD_OF_HERE : PASSWORD_GOOD;
}
