#include "feed/xml.h"

#include "base/html.h"

void xml_begin(struct xml *x, struct out *out)
{
	*x = (struct xml){ .out = out };
	out_raw(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
}

static void end_tag(struct xml *x)
{
	if (x->in_tag)
		out_char(x->out, '>');
	x->in_tag = false;
}

void xml_open(struct xml *x, const char *name)
{
	if (x->in_tag)
		out_raw(x->out, ">\n");
	out_char(x->out, '<');
	out_raw(x->out, name);
	x->in_tag = true;
}

void xml_attribute(struct xml *x, const char *name, const char *value)
{
	out_char(x->out, ' ');
	out_raw(x->out, name);
	out_raw(x->out, "=\"");
	out_text(x->out, value);
	out_char(x->out, '"');
}

void xml_text(struct xml *x, const char *text)
{
	end_tag(x);
	out_text(x->out, text);
}

void xml_close(struct xml *x, const char *name)
{
	if (x->in_tag) {
		out_raw(x->out, "/>\n");
		x->in_tag = false;
		return;
	}
	out_raw(x->out, "</");
	out_raw(x->out, name);
	out_raw(x->out, ">\n");
}

void xml_element(struct xml *x, const char *name, const char *text)
{
	if (!text)
		return;
	xml_open(x, name);
	xml_text(x, text);
	xml_close(x, name);
}
