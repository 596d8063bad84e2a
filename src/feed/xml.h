/*
 * xml.h - writing XML. Names are literals; what stands between is text, and escaped.
 *
 * Texts of the store hold no character that XML 1.0 refuses: text_check() has seen to it.
 */
#ifndef FEED_XML_H
#define FEED_XML_H

#include <stdbool.h>

#include "base/out.h"

struct xml {
	struct out *out;
	bool in_tag; /* a start tag is still open for attributes */
};

/* The declaration. */
void xml_begin(struct xml *x, struct out *out);

void xml_open(struct xml *x, const char *name);
void xml_attribute(struct xml *x, const char *name, const char *value); /* after xml_open() */
void xml_text(struct xml *x, const char *text);
void xml_close(struct xml *x, const char *name); /* "/>" when nothing stands inside */

/* An element with text alone, on a line. Nothing when the text is NULL. */
void xml_element(struct xml *x, const char *name, const char *text);

#endif
