#include "web/qr.h"

#include <qrencode.h>

#include "base/arena.h"
#include "base/out.h"

enum { MARGIN = 4, IS_DARK = 1 };

/* Squares that touch are one stroke: a path a third as long. */
static void draw_row(struct out *o, const QRcode *code, int y)
{
	const unsigned char *row = code->data + (size_t)y * (size_t)code->width;

	for (int x = 0, end; x < code->width; x = end + 1) {
		for (end = x; end < code->width && row[end] & IS_DARK; end++)
			;
		if (end > x)
			out_printf(o, "M%d %dh%dv1h-%dz", x + MARGIN, y + MARGIN, end - x, end - x);
	}
}

static const char *draw(struct arena *a, const QRcode *code)
{
	struct out o;
	const char *path;

	out_init(&o);
	for (int y = 0; y < code->width; y++)
		draw_row(&o, code, y);
	path = arena_strdup(a, out_string(&o));
	out_release(&o);
	return path;
}

struct qr qr_draw(struct arena *a, const char *text)
{
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	struct qr qr = { 0 };

	if (!code)
		return qr;
	qr.size = code->width + 2 * MARGIN;
	qr.box = arena_printf(a, "0 0 %d %d", qr.size, qr.size);
	qr.path = draw(a, code);
	QRcode_free(code);
	return qr;
}
