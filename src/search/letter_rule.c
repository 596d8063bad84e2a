#include "search/letter.h"

#include <utf8proc.h>

struct special {
	uint32_t c;
	enum letter_kind kind;
};

/* Where the general category says too little: keyboards and typesetters have many signs for one. */
static const struct special specials[] = {
	{ '\t', LETTER_BLANK },        { '\n', LETTER_LINE_END },
	{ '\v', LETTER_LINE_END },     { '\f', LETTER_LINE_END },
	{ '\r', LETTER_LINE_END },     { ' ', LETTER_BLANK },
	{ '&', LETTER_AND },           { '\'', LETTER_APOSTROPHE },
	{ '(', LETTER_OPEN },          { ')', LETTER_CLOSE },
	{ ',', LETTER_COMMA },         { '-', LETTER_HYPHEN },
	{ '.', LETTER_DOT },           { '/', LETTER_SLASH },
	{ ':', LETTER_COLON },         { '@', LETTER_AT },
	{ '`', LETTER_APOSTROPHE },    { 0x85, LETTER_LINE_END },
	{ 0xb0, LETTER_DEGREE },       { 0xb4, LETTER_APOSTROPHE }, /* acute accent */
	{ 0xb7, LETTER_MIDDLE_DOT },   { 0xba, LETTER_DEGREE },     /* º, a letter to Unicode */
	{ 0x2b9, LETTER_APOSTROPHE },                               /* prime */
	{ 0x2bb, LETTER_APOSTROPHE },                               /* turned comma */
	{ 0x2bc, LETTER_APOSTROPHE },                               /* letter apostrophe */
	{ 0x2bd, LETTER_APOSTROPHE },                               /* reversed comma */
	{ 0x2c8, LETTER_APOSTROPHE },                               /* vertical line */
	{ 0x2ca, LETTER_APOSTROPHE },                               /* acute */
	{ 0x2d9, LETTER_MIDDLE_DOT },                               /* dot above */
	{ 0x2da, LETTER_DEGREE },                                   /* ring above */
	{ 0x387, LETTER_MIDDLE_DOT },                               /* Greek */
	{ 0x55a, LETTER_APOSTROPHE },                               /* Armenian */
	{ 0x1427, LETTER_MIDDLE_DOT },                              /* Canadian syllabics */
	{ 0x16eb, LETTER_MIDDLE_DOT },                              /* runic */
	{ 0x1fbd, LETTER_APOSTROPHE },                              /* Greek koronis */
	{ 0x2010, LETTER_HYPHEN },     { 0x2011, LETTER_HYPHEN },   /* no-break */
	{ 0x2012, LETTER_HYPHEN },                                  /* figure dash */
	{ 0x2013, LETTER_HYPHEN },                                  /* en dash */
	{ 0x2018, LETTER_APOSTROPHE }, { 0x2019, LETTER_APOSTROPHE },
	{ 0x201b, LETTER_APOSTROPHE }, { 0x2022, LETTER_MIDDLE_DOT }, /* bullet */
	{ 0x2024, LETTER_MIDDLE_DOT },                                /* one dot leader */
	{ 0x2027, LETTER_MIDDLE_DOT },                                /* hyphenation point */
	{ 0x2028, LETTER_LINE_END },   { 0x2029, LETTER_LINE_END },
	{ 0x2032, LETTER_APOSTROPHE },                                /* prime */
	{ 0x2035, LETTER_APOSTROPHE },                                /* reversed prime */
	{ 0x2043, LETTER_HYPHEN },                                    /* hyphen bullet */
	{ 0x2044, LETTER_SLASH },                                     /* fraction */
	{ 0x2212, LETTER_HYPHEN },                                    /* minus */
	{ 0x2215, LETTER_SLASH },                                     /* division */
	{ 0x2219, LETTER_MIDDLE_DOT },                                /* bullet operator */
	{ 0x22c5, LETTER_MIDDLE_DOT },                                /* dot operator */
	{ 0x25cf, LETTER_MIDDLE_DOT },                                /* black circle */
	{ 0x25e6, LETTER_MIDDLE_DOT },                                /* white bullet */
	{ 0x26ac, LETTER_MIDDLE_DOT },                                /* small white circle */
	{ 0x2981, LETTER_MIDDLE_DOT },                                /* spot */
	{ 0x2e30, LETTER_MIDDLE_DOT },                                /* ring point */
	{ 0x2e31, LETTER_MIDDLE_DOT },                                /* word separator */
	{ 0x2e33, LETTER_MIDDLE_DOT },                                /* raised dot */
	{ 0x30fb, LETTER_MIDDLE_DOT },                                /* katakana */
	{ 0xa78b, LETTER_APOSTROPHE },                                /* saltillo */
	{ 0xa78c, LETTER_APOSTROPHE }, { 0xa78f, LETTER_MIDDLE_DOT }, /* sinological dot */
	{ 0xff65, LETTER_MIDDLE_DOT },                                /* halfwidth katakana */
};

/* "！" to "～" are ASCII set wide. */
static uint32_t narrow(uint32_t c)
{
	return c >= 0xff01 && c <= 0xff5e ? c - 0xff01 + '!' : c;
}

static enum letter_kind by_category(uint32_t c)
{
	switch (utf8proc_category((utf8proc_int32_t)c)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LT:
		return LETTER_UPPER;
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
		return LETTER_LOWER;
	case UTF8PROC_CATEGORY_ND:
		return c < 0x80 ? LETTER_DIGIT : LETTER_LOWER;
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
		return LETTER_MARK;
	case UTF8PROC_CATEGORY_CF:
		return LETTER_INVISIBLE;
	case UTF8PROC_CATEGORY_ZS:
		return LETTER_BLANK;
	default:
		return LETTER_NONE;
	}
}

/* ² ³ ¹, then those of the block of superscripts and subscripts; 10 when it is none. */
static uint32_t raised_figure(uint32_t c)
{
	if (c == 0xb2 || c == 0xb3)
		return c - 0xb0;
	if (c == 0xb9)
		return 1;
	if (c == 0x2070 || (c >= 0x2074 && c <= 0x2079))
		return c - 0x2070;
	return c >= 0x2080 && c <= 0x2089 ? c - 0x2080 : 10;
}

enum letter_kind letter_rule_kind(uint32_t c)
{
	size_t low = 0, high = sizeof(specials) / sizeof(*specials);

	c = narrow(c);
	while (low < high) {
		size_t middle = (low + high) / 2;

		if (specials[middle].c == c)
			return specials[middle].kind;
		if (specials[middle].c < c)
			low = middle + 1;
		else
			high = middle;
	}
	return raised_figure(c) < 10 ? LETTER_RAISED : by_category(c);
}

uint32_t letter_rule_lower(uint32_t c)
{
	uint32_t figure = raised_figure(c);

	if (figure < 10)
		return '0' + figure;
	return (uint32_t)utf8proc_tolower((utf8proc_int32_t)narrow(c));
}

/* What Unicode does not take apart. */
static const char *opened(uint32_t c)
{
	switch (c) {
	case 0xe6:
		return "ae";
	case 0x153:
		return "oe";
	case 0xf8:
		return "o";
	case 0xf0:
	case 0x111:
		return "d";
	case 0xfe:
		return "th";
	case 0x127:
		return "h";
	case 0x131:
		return "i";
	case 0x142:
		return "l";
	case 0x14b:
		return "n";
	case 0x167:
		return "t";
	default:
		return letter_rule_kind(c) == LETTER_APOSTROPHE ? "" : NULL;
	}
}

enum { PARTS_MAX = 24 };

static unsigned put(char *folded, unsigned n, uint32_t c)
{
	return n + 4 > FOLDED_MAX ? n : n + letter_put(c, folded + n);
}

static unsigned fold(uint32_t c, char folded[FOLDED_MAX], unsigned n, int depth)
{
	utf8proc_int32_t part[PARTS_MAX];
	const char *known = opened(c);
	utf8proc_ssize_t n_parts;

	for (; known && *known; known++)
		n = put(folded, n, (unsigned char)*known);
	if (known)
		return n;
	if (letter_rule_kind(c) == LETTER_NONE)
		return put(folded, n, c);
	n_parts = utf8proc_decompose_char((utf8proc_int32_t)c, part, PARTS_MAX,
					  UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
						  UTF8PROC_STRIPMARK | UTF8PROC_IGNORE,
					  NULL);
	for (utf8proc_ssize_t i = 0; i < n_parts && i < PARTS_MAX; i++) {
		uint32_t d = (uint32_t)part[i];

		/* What came out may fold again: "Ǿ" becomes "ø", which is opened above. */
		if (d != c && depth < 4)
			n = fold(d, folded, n, depth + 1);
		else if (letter_rule_kind(d) != LETTER_MARK)
			n = put(folded, n, d);
	}
	return n;
}

unsigned letter_rule_fold(uint32_t c, char folded[FOLDED_MAX])
{
	return fold(c, folded, 0, 0);
}

unsigned letter_put(uint32_t c, char bytes[4])
{
	return (unsigned)utf8proc_encode_char((utf8proc_int32_t)c, (utf8proc_uint8_t *)bytes);
}
