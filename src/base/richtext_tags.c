#include "base/richtext_tags.h"

#define HAS(attribute) (1u << (attribute))
#define TAG(name)      [GUMBO_TAG_##name]

/* Whatever is not here is LOST. */
const struct tag richtext_tag[GUMBO_TAG_LAST + 1] = {
	TAG(P) = { .kind = PARAGRAPH, .attributes = HAS(LANG) },
	TAG(H1) = { .kind = HEADING, .written = GUMBO_TAG_H2, .attributes = HAS(LANG) },
	TAG(H2) = { .kind = HEADING, .attributes = HAS(LANG) },
	TAG(H3) = { .kind = HEADING, .attributes = HAS(LANG) },
	TAG(H4) = { .kind = HEADING, .attributes = HAS(LANG) },
	TAG(H5) = { .kind = HEADING, .written = GUMBO_TAG_H4, .attributes = HAS(LANG) },
	TAG(H6) = { .kind = HEADING, .written = GUMBO_TAG_H4, .attributes = HAS(LANG) },
	TAG(PRE) = { .kind = VERBATIM, .attributes = HAS(LANG) },
	TAG(BR) = { .kind = LINE },
	TAG(HR) = { .kind = RULE },
	TAG(BLOCKQUOTE) = { .kind = FLOW, .attributes = HAS(LANG) },
	TAG(FIGURE) = { .kind = FLOW, .attributes = HAS(LANG) },
	TAG(FIGCAPTION) = { .kind = CELL, .attributes = HAS(LANG) },
	TAG(UL) = { .kind = LIST, .attributes = HAS(LANG) },
	TAG(OL) = { .kind = LIST, .attributes = HAS(LANG) | HAS(START) },
	TAG(LI) = { .kind = CELL, .attributes = HAS(LANG) },
	TAG(DL) = { .kind = PAIRS, .attributes = HAS(LANG) },
	TAG(DT) = { .kind = CELL, .attributes = HAS(LANG) },
	TAG(DD) = { .kind = CELL, .attributes = HAS(LANG) },
	TAG(TABLE) = { .kind = TABLE, .attributes = HAS(LANG) },
	TAG(CAPTION) = { .kind = CELL, .attributes = HAS(LANG) },
	TAG(THEAD) = { .kind = SECTION, .attributes = HAS(LANG) },
	TAG(TBODY) = { .kind = SECTION, .attributes = HAS(LANG) },
	TAG(TFOOT) = { .kind = SECTION, .attributes = HAS(LANG) },
	TAG(TR) = { .kind = ROW, .attributes = HAS(LANG) },
	TAG(TD) = { .kind = CELL, .attributes = HAS(LANG) | HAS(COLSPAN) | HAS(ROWSPAN) },
	TAG(TH) = { .kind = CELL,
		    .attributes = HAS(LANG) | HAS(COLSPAN) | HAS(ROWSPAN) | HAS(SCOPE) },

	TAG(A) = { .kind = INLINE, .attributes = HAS(LANG) | HAS(HREF) },
	TAG(ABBR) = { .kind = INLINE, .attributes = HAS(LANG) | HAS(TITLE) },
	TAG(B) = { .kind = INLINE, .attributes = HAS(LANG) },
	TAG(CITE) = { .kind = INLINE, .attributes = HAS(LANG) },
	TAG(CODE) = { .kind = INLINE, .attributes = HAS(LANG) },
	TAG(EM) = { .kind = INLINE, .attributes = HAS(LANG) },
	TAG(I) = { .kind = INLINE, .attributes = HAS(LANG) },
	TAG(KBD) = { .kind = INLINE, .attributes = HAS(LANG) },
	TAG(MARK) = { .kind = INLINE, .attributes = HAS(LANG) },
	TAG(Q) = { .kind = INLINE, .attributes = HAS(LANG), .nests = true },
	TAG(S) = { .kind = INLINE, .attributes = HAS(LANG) },
	TAG(SMALL) = { .kind = INLINE, .attributes = HAS(LANG) },
	TAG(STRONG) = { .kind = INLINE, .attributes = HAS(LANG) },
	TAG(SUB) = { .kind = INLINE, .attributes = HAS(LANG), .nests = true },
	TAG(SUP) = { .kind = INLINE, .attributes = HAS(LANG), .nests = true },
	TAG(U) = { .kind = INLINE, .attributes = HAS(LANG) },

	TAG(IMG) = { .kind = IMAGE },
	TAG(IMAGE) = { .kind = IMAGE },
	TAG(TEXTAREA) = { .kind = FIELD },

	TAG(ADDRESS) = { .kind = BREAK },
	TAG(ARTICLE) = { .kind = BREAK },
	TAG(ASIDE) = { .kind = BREAK },
	TAG(BODY) = { .kind = BREAK },
	TAG(CENTER) = { .kind = BREAK },
	TAG(DETAILS) = { .kind = BREAK },
	TAG(DIR) = { .kind = BREAK },
	TAG(DIV) = { .kind = BREAK },
	TAG(FIELDSET) = { .kind = BREAK },
	TAG(FOOTER) = { .kind = BREAK },
	TAG(FORM) = { .kind = BREAK },
	TAG(HEADER) = { .kind = BREAK },
	TAG(HGROUP) = { .kind = BREAK },
	TAG(LEGEND) = { .kind = BREAK },
	TAG(LISTING) = { .kind = BREAK },
	TAG(MAIN) = { .kind = BREAK },
	TAG(MENU) = { .kind = BREAK },
	TAG(NAV) = { .kind = BREAK },
	TAG(OPTGROUP) = { .kind = BREAK },
	TAG(OPTION) = { .kind = BREAK },
	TAG(PLAINTEXT) = { .kind = BREAK },
	TAG(SECTION) = { .kind = BREAK },
	TAG(SUMMARY) = { .kind = BREAK },

	TAG(APPLET) = { .kind = GONE },
	TAG(MATH) = { .kind = GONE },
	TAG(NOSCRIPT) = { .kind = GONE },
	TAG(OBJECT) = { .kind = GONE },
	TAG(SVG) = { .kind = GONE },
	TAG(TEMPLATE) = { .kind = GONE },

	TAG(IFRAME) = { .kind = RAW },
	TAG(NOEMBED) = { .kind = RAW },
	TAG(NOFRAMES) = { .kind = RAW },
	TAG(SCRIPT) = { .kind = RAW },
	TAG(STYLE) = { .kind = RAW },
	TAG(TITLE) = { .kind = RAW },
	TAG(XMP) = { .kind = RAW },
};

const char *const richtext_attribute[N_ATTRIBUTES] = {
	[HREF] = "href",       [TITLE] = "title",     [LANG] = "lang",   [START] = "start",
	[COLSPAN] = "colspan", [ROWSPAN] = "rowspan", [SCOPE] = "scope",
};

GumboTag richtext_written(GumboTag tag)
{
	unsigned char written = richtext_tag[tag].written;

	return written ? (GumboTag)written : tag;
}
