/*
 * qr.h - a text as a picture to be scanned by a telephone: QR code, level M.
 */
#ifndef WEB_QR_H
#define WEB_QR_H

struct arena;

struct qr {
	const char *box;  /* of viewBox, with the blank margin that readers need */
	const char *path; /* of the dark squares; NULL when the text is too long */
	int size;         /* squares a side, margin included */
};

struct qr qr_draw(struct arena *a, const char *text);

#endif
