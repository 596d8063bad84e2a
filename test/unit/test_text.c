#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/html.h"

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

static int make_arena(void **state)
{
	*state = arena_new();
	return 0;
}

static int free_arena(void **state)
{
	arena_free(*state);
	return 0;
}

/* What goes in, what comes out. */
struct pair {
	const char *in, *out;
};

static void compare(const struct pair *pair, const char *out)
{
	if (strcmp(out, pair->out))
		fail_msg("'%s' became '%s', not '%s'", pair->in, out, pair->out);
}

/* ---- UTF-8 ----------------------------------------------------------------- */

static void test_the_first_byte_that_is_not_utf8(void **state)
{
	static const struct {
		const char *text;
		size_t length, valid;
	} c[] = {
		{ "", 0, 0 },
		{ "abc", 3, 3 },
		{ "é€😀", 9, 9 },
		{ "a\0b", 3, 1 },
		{ "a\xff", 2, 1 },
		{ "é\xa9", 3, 2 },
		{ "\xc0\x80", 2, 0 },             /* an overlong NUL */
		{ "\xe0\x80\xaf", 3, 0 },         /* an overlong slash */
		{ "a\xed\xa0\x80", 4, 1 },        /* a surrogate */
		{ "\xf4\x90\x80\x80", 4, 0 },     /* past U+10FFFF */
		{ "\xf8\x88\x80\x80\x80", 5, 0 }, /* five bytes */
		{ "ab\xe2\x82", 4, 2 },           /* cut short */
		{ "\xe2\x82\xac", 2, 0 },         /* whole, but not within the length */
		{ "\xe2(\xa1", 3, 0 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(c); i++)
		assert_int_equal(utf8_valid_length(c[i].text, c[i].length), c[i].valid);
}

static void test_characters_are_counted_and_decoded(void **state)
{
	static const unsigned expected[] = { 'a', 0xe9, 0x20ac, 0x1f600, 0 };
	const char *text = "aé€😀";
	size_t size;

	(void)state;
	assert_int_equal(utf8_length(text), 4);
	for (size_t i = 0; i < LENGTH(expected); i++, text += size)
		assert_int_equal(utf8_decode(text, &size), expected[i]);
	assert_int_equal(utf8_decode("", &size), 0);
	assert_int_equal(size, 0);
	assert_int_equal(utf8_decode("\xe2\x82", &size), 0xfffd);
	assert_int_equal(size, 1);
}

static void test_blanks_and_letters(void **state)
{
	static const unsigned blank[] = { ' ', '\t', '\n', 0xa0, 0x202f, 0x2009, 0x3000, 0x2028 };
	static const unsigned letter[] = { 'a', 'Z', 0xe9, 0x152, 0x3b1, 0x5d0, 0x4e2d };

	(void)state;
	for (size_t i = 0; i < LENGTH(blank); i++)
		assert_true(utf8_is_blank(blank[i]) && !utf8_is_letter(blank[i]));
	for (size_t i = 0; i < LENGTH(letter); i++)
		assert_true(utf8_is_letter(letter[i]) && !utf8_is_blank(letter[i]));
	assert_false(utf8_is_letter('1') || utf8_is_letter('-') || utf8_is_letter(0x301));
	assert_false(utf8_is_blank(0) || utf8_is_blank('_') || utf8_is_blank(0x200b));
}

static void test_what_is_let_in_is_clean(void **state)
{
	static const struct pair c[] = {
		{ "", "" },
		{ "abc", "abc" },
		{ "e\xcc\x81te\xcc\x81", "été" },
		{ "a\tb\nc", "a\tb\nc" },
		{ "a\r\nb\rc", "a\nb\nc" },
		{ "a\x0b"
		  "b\x0c"
		  "c",
		  "a\nb\nc" },
		{ "a\u2028b\u2029c\xc2\x85"
		  "d",
		  "a\nb\nc\nd" },
		{ "a\x01\x1b[31mb\x7f", "a[31mb" },
		{ "\xc2\x9f"
		  "a",
		  "a" },
		{ "\ufeffa\ufeffb", "a\ufeffb" },
		{ "\x01\ufeff\ufeffa", "a" },
		{ "\u212b", "Å" }, /* the sign for ångström is the letter */
		{ "9 h 30", "9 h 30" },
	};

	for (size_t i = 0; i < LENGTH(c); i++) {
		const char *clean, *again;

		assert_int_equal(text_check(*state, c[i].in, strlen(c[i].in), &clean), OK);
		compare(&c[i], clean);
		assert_int_equal(text_check(*state, clean, strlen(clean), &again), OK);
		assert_string_equal(clean, again);
	}
}

static void test_what_is_not_let_in(void **state)
{
	static const char *const wrong[] = {
		"\xff",         "a\xed\xa0\x80", "\xe9t\xe9",       "\xef\xbf\xbe",
		"\xef\xbf\xbf", "\xef\xb7\x90",  "\xf0\x9f\xbf\xbe"
	};
	const char *clean;

	for (size_t i = 0; i < LENGTH(wrong); i++) {
		assert_int_equal(text_check(*state, wrong[i], strlen(wrong[i]), &clean), INVALID);
		assert_string_equal(clean, "");
	}
	assert_int_equal(text_check(*state, "a\0b", 3, &clean), INVALID);
}

/* Of what is typed, only what nobody could see is left out. */
static void test_what_is_typed_is_taken(void **state)
{
	static const char *const typed[][2] = {
		{ "a\xef\xbf\xbe b\xf0\x9f\xbf\xbf", "a b" },
		{ "a\r\nb\vc\fd\xc2\x85 e\x01\x7f", "a\nb\nc\nd\n e" },
		{ "e\u0301", "\u00e9" },
		{ "", "" },
	};

	for (size_t i = 0; i < LENGTH(typed); i++)
		assert_string_equal(text_typed(*state, typed[i][0], strlen(typed[i][0])),
				    typed[i][1]);
	assert_null(text_typed(*state, "a\xff", 2));
	assert_null(text_typed(*state, "a\0b", 3));
}

static void test_accents_are_piled_thirty_high_and_no_higher(void **state)
{
	char text[1 + 2 * 5000 + 1] = "x";
	const char *clean;

	for (int i = 0; i < 5000; i++)
		memcpy(text + 1 + 2 * i, i % 2 ? "\xcc\xa3" : "\xcc\x81", 2);
	assert_int_equal(text_check(*state, text, 1 + 2 * 5000, &clean), OK);
	assert_int_equal(utf8_length(clean), 31);
}

/* ---- comparing and cutting --------------------------------------------------- */

static void test_folding(void **state)
{
	static const struct pair c[] = {
		{ "", "" },
		{ "Économie Sociale", "economie sociale" },
		{ "L’ÉTÉ, ‘ici’", "l'ete, 'ici'" },
		{ "Œuvre, cœur, Æsope", "oeuvre, coeur, aesope" },
		{ "Straße, Łódź, Ærø, İstanbul", "strasse, lodz, aero, istanbul" },
		{ "ﬁn, 1ᵉʳ, n°9, m²", "fin, 1er, n°9, m2" },
		{ "9\u00a0h\u202f30", "9 h 30" },
		{ "co\u00adopérative", "cooperative" },
		{ "ÇA, Noël, où", "ca, noel, ou" },
		{ "ΑΘΉΝΑ", "αθηνα" },
		{ "a\nb", "a\nb" },
	};

	for (size_t i = 0; i < LENGTH(c); i++) {
		compare(&c[i], text_fold(*state, c[i].in));
		compare(&(struct pair){ c[i].out, c[i].out }, text_fold(*state, c[i].out));
	}
}

static void test_slugs(void **state)
{
	static const struct pair c[] = {
		{ "", "" },
		{ "Filières & ESS – l'économie", "filieres-et-ess-l-economie" },
		{ "R&D", "r-et-d" },
		{ "  --Déjà vu !--  ", "deja-vu" },
		{ "L’ESS en 2024 : 1ᵉʳ bilan", "l-ess-en-2024-1er-bilan" },
		{ "&", "et" },
		{ "!?…", "" },
		{ "日本語", "" },
		{ "Œuvre", "oeuvre" },
		{ "../../etc/passwd", "etc-passwd" },
	};

	for (size_t i = 0; i < LENGTH(c); i++)
		compare(&c[i], text_slug(*state, c[i].in, 60));
}

static void test_a_slug_is_cut_at_a_word(void **state)
{
	const char *text = "une conférence en ligne";

	assert_string_equal(text_slug(*state, text, 23), "une-conference-en-ligne");
	assert_string_equal(text_slug(*state, text, 22), "une-conference-en");
	assert_string_equal(text_slug(*state, text, 17), "une-conference-en");
	assert_string_equal(text_slug(*state, text, 16), "une-conference");
	assert_string_equal(text_slug(*state, text, 15), "une-conference");
	assert_string_equal(text_slug(*state, text, 13), "une");
	assert_string_equal(text_slug(*state, text, 2), "un");
	assert_string_equal(text_slug(*state, text, 0), "");
	assert_string_equal(text_slug(*state, "anticonstitutionnellement", 10), "anticonsti");
}

static void test_blanks_are_squeezed(void **state)
{
	static const struct pair c[] = {
		{ "", "" },
		{ "   ", "" },
		{ "\u00a0\u202f", "" },
		{ " a  b\n\tc ", "a b c" },
		{ "\u00a0Qui\u202f?\u00a0 Moi\u2009.", "Qui ? Moi ." },
		{ "a b", "a b" },
	};

	for (size_t i = 0; i < LENGTH(c); i++)
		compare(&c[i], text_squeeze(*state, c[i].in));
}

static void test_clipping(void **state)
{
	static const struct {
		const char *in;
		size_t max;
		const char *out;
	} c[] = {
		{ "Court.", 6, "Court." },
		{ "Court.", 5, "Cour…" },
		{ "", 10, "" },
		{ "abc", 0, "" },
		{ "abc", 1, "…" },
		/* a sentence past half */
		{ "Une phrase finie. Puis une autre", 25, "Une phrase finie." },
		{ "Une phrase finie ! Puis une autre", 25, "Une phrase finie !" },
		{ "Une « phrase finie. » Puis une autre", 28, "Une « phrase finie. »" },
		{ "Finie… Puis une autre phrase", 10, "Finie…" },
		/* a sentence too early, and none */
		{ "Un. Deux trois quatre cinq six sept", 20, "Un. Deux trois…" },
		{ "Un deux trois quatre cinq", 15, "Un deux trois…" },
		{ "Un deux, trois quatre", 12, "Un deux…" },
		{ "Un deux, trois quatre", 9, "Un deux…" },
		{ "Un deux — trois quatre", 12, "Un deux…" },
		{ "anticonstitutionnellement", 10, "anticonst…" },
		{ "été été été", 6, "été…" },
		/* full stops that end nothing */
		{ "Le discours de M. Dupont sur l'eau", 25, "Le discours de M. Dupont…" },
		{ "Voir le livre, p. 3 du texte entier", 26, "Voir le livre, p. 3 du…" },
		{ "Des fruits, etc. et des légumes verts", 27, "Des fruits, etc. et des…" },
		{ "Le 3 oct. Rennes accueille tous", 17, "Le 3 oct. Rennes…" },
		{ "La version 2.5 du logiciel libre", 20, "La version 2.5 du…" },
		{ "Des fruits, etc. Puis les légumes verts", 27, "Des fruits, etc." },
		{ "L'étape 3. Puis la suite du chemin", 17, "L'étape 3." },
	};

	for (size_t i = 0; i < LENGTH(c); i++) {
		const char *out = text_clip(*state, c[i].in, c[i].max);

		compare(&(struct pair){ c[i].in, c[i].out }, out);
		assert_true(utf8_length(out) <= c[i].max);
	}
}

static void test_an_accent_is_not_torn_off(void **state)
{
	assert_string_equal(text_clip(*state, "aaax\u0323\u0307bbbb", 6), "aaa…");
}

static void test_shouting(void **state)
{
	(void)state;
	assert_true(text_is_shouting("SIEG"));
	assert_true(text_is_shouting("TÉLÉCHARGEZ LES 3 POINTS !"));
	assert_true(text_is_shouting("L'ESS"));
	assert_false(text_is_shouting("ESS"));
	assert_false(text_is_shouting("RepèrESS"));
	assert_false(text_is_shouting("2024 - !"));
	assert_false(text_is_shouting(""));
}

/* ---- typography ------------------------------------------------------------ */

#define N "\u202f" /* narrow */
#define B "\u00a0" /* no break */

static const struct pair typography[] = {
	{ "", "" },
	/* marks */
	{ "Qui ? Moi ! Lui ; eux : nous.", "Qui" N "? Moi" N "! Lui" N "; eux" B ": nous." },
	{ "Quoi ?! Non !!! Si ?", "Quoi" N "?! Non" N "!!! Si" N "?" },
	{ "Vrai  ?", "Vrai" N "?" },
	{ "Vrai" B "?", "Vrai" N "?" },
	{ "Lieu" N ": Rennes", "Lieu" B ": Rennes" },
	{ "Lieu: Rennes", "Lieu: Rennes" },
	{ "(vraiment ?)", "(vraiment" N "?)" },
	{ "Lieu :\nRennes", "Lieu" B ":\nRennes" },
	{ "a\n: b", "a\n: b" },
	{ " : b", " : b" },
	{ "a\n  : b", "a\n  : b" },
	{ "salut :) et ;-)", "salut :) et ;-)" },
	{ "!important, a !b, a :b", "!important, a !b, a :b" },
	{ "à 10:30, ratio 2 :1", "à 10:30, ratio 2 :1" },
	/* quotes */
	{ "« oui »", "«" N "oui" N "»" },
	{ "«oui»", "«" N "oui" N "»" },
	{ "«" B "oui" B "»", "«" N "oui" N "»" },
	{ "« oui », « non » !", "«" N "oui" N "», «" N "non" N "»" N "!" },
	{ "«»", "«" N "»" },
	{ "« »", "«" N "»" },
	{ "«", "«" },
	{ "»", "»" },
	{ "«\noui\n»", "«\noui\n»" },
	/* apostrophes */
	{ "l'économie d'aujourd'hui", "l’économie d’aujourd’hui" },
	{ "l'«ESS», d'1h30", "l’«" N "ESS" N "», d’1h30" },
	{ "'cité' et 5'10 et x='a'", "'cité' et 5'10 et x='a'" },
	{ "les élus' ", "les élus' " },
	{ "L’ESS", "L’ESS" },
	/* numbers */
	{ "450 000 €", "450" N "000" B "€" },
	{ "1 234 567 habitants", "1" N "234" N "567 habitants" },
	{ "450" B "000" B "€", "450" B "000" B "€" },
	{ "en 2024 200 personnes", "en 2024 200 personnes" },
	{ "02 99 12 34 56", "02 99 12 34 56" },
	{ "15 %, 20 km, 3 m², 5 kWh.", "15" B "%, 20" B "km, 3" B "m², 5" B "kWh." },
	{ "3 mois, 3 hommes, 5 grands", "3 mois, 3 hommes, 5 grands" },
	{ "9 h 30 à 11 h", "9" B "h" B "30 à 11" B "h" },
	{ "9h 30", "9h" B "30" },
	{ "n° 9, N° 10, nº 3", "n°" B "9, N°" B "10, nº" B "3" },
	{ "n°9", "n°9" },
	/* addresses */
	{ "https://a.fr/l'x?a=1;b", "https://a.fr/l'x?a=1;b" },
	{ "voir www.l'a.fr et d'x@y.fr !", "voir www.l'a.fr et d'x@y.fr" N "!" },
	{ "«https://a.fr»", "«" N "https://a.fr" N "»" },
};

static void test_typography(void **state)
{
	for (size_t i = 0; i < LENGTH(typography); i++)
		compare(&typography[i], text_typography(*state, typography[i].in));
}

static void test_typography_twice_changes_nothing(void **state)
{
	for (size_t i = 0; i < LENGTH(typography); i++) {
		const char *out = typography[i].out;

		compare(&(struct pair){ out, out }, text_typography(*state, out));
	}
}

static void test_typography_of_markup(void **state)
{
	static const struct pair c[] = {
		{ "<p>Qui ?</p>", "<p>Qui" N "?</p>" },
		{ "<p title=\"l'a ? b ; c\">l'a</p>", "<p title=\"l'a ? b ; c\">l’a</p>" },
		{ "<p title='a > b ; c'>d ; e</p>", "<p title='a > b ; c'>d" N "; e</p>" },
		{ "ESS &amp; eau ; b", "ESS &amp; eau" N "; b" },
		{ "a &amp;b", "a &amp;b" },
		{ "a &; b &x ; c", "a &; b &x" N "; c" },
		{ "l&#39;ESS, l&#x27;eau, l&apos;air", "l’ESS, l’eau, l’air" },
		{ "a&nbsp;: b&#160;; c", "a" B ": b" N "; c" },
		{ "&laquo;oui&raquo;", "&laquo;" N "oui" N "&raquo;" },
		{ "5&nbsp;km", "5&nbsp;km" },
		{ "10 &euro; 10 &amp;", "10" B "&euro; 10 &amp;" },
		{ "<b>Lieu :</b> ici", "<b>Lieu" B ":</b> ici" },
		{ "<b>Lieu</b> : ici", "<b>Lieu</b>" B ": ici" },
		{ "«<em>oui</em>»", "«" N "<em>oui</em>" N "»" },
		{ "« <em>oui</em> »", "«" N "<em>oui</em>" N "»" },
		{ "<p>«</p><p>»</p>", "<p>«</p><p>»</p>" },
		{ "l'<em>eau</em>", "l’<em>eau</em>" },
		{ "<code>l'a ; b</code> ; c", "<code>l'a ; b</code>" N "; c" },
		{ "<pre>a ; <b>l'b</b></pre>l'c", "<pre>a ; <b>l'b</b></pre>l’c" },
		{ "<CODE class=\"x\">a ;</CODE >b ;", "<CODE class=\"x\">a ;</CODE >b" N ";" },
		{ "<codex>a ;</codex>", "<codex>a" N ";</codex>" },
		{ "<!-- l'a ; <b> -->b ;", "<!-- l'a ; <b> -->b" N ";" },
		{ "1 < 2 ; l'a", "1 < 2" N "; l’a" },
		{ "<a href=\"https://a.fr/l'b\">https://a.fr/l'b</a>",
		  "<a href=\"https://a.fr/l'b\">https://a.fr/l'b</a>" },
		{ "<p>a ;", "<p>a" N ";" },
		{ "<code>a ;", "<code>a ;" },
		{ "<a title=\"", "<a title=\"" },
	};

	for (size_t i = 0; i < LENGTH(c); i++) {
		const char *out = html_typography(*state, html_trusted(c[i].in)).markup;

		compare(&c[i], out);
		assert_string_equal(html_typography(*state, html_trusted(out)).markup, out);
	}
	assert_null(html_typography(*state, html_trusted(NULL)).markup);
}

#define test(name) cmocka_unit_test_setup_teardown(name, make_arena, free_arena)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(test_the_first_byte_that_is_not_utf8),
		test(test_characters_are_counted_and_decoded),
		test(test_blanks_and_letters),
		test(test_what_is_let_in_is_clean),
		test(test_what_is_not_let_in),
		test(test_what_is_typed_is_taken),
		test(test_accents_are_piled_thirty_high_and_no_higher),
		test(test_folding),
		test(test_slugs),
		test(test_a_slug_is_cut_at_a_word),
		test(test_blanks_are_squeezed),
		test(test_clipping),
		test(test_an_accent_is_not_torn_off),
		test(test_shouting),
		test(test_typography),
		test(test_typography_twice_changes_nothing),
		test(test_typography_of_markup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
