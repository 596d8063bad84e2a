#include "search/piece.h"

#include <string.h>
#include <utf8proc.h>

enum letter_kind kind_after(const char *text, size_t length, size_t at, size_t *next)
{
	if (at < length)
		at += letter_at(text, length, at).size;
	while (kind_at(text, length, at) == LETTER_INVISIBLE)
		at += letter_at(text, length, at).size;
	*next = at;
	return kind_at(text, length, at);
}

uint32_t form_append(char *form, uint32_t length, const char *more, size_t n)
{
	if (n > FORM_MAX - length) {
		n = FORM_MAX - length;
		while (n && ((unsigned char)more[n] & 0xc0) == 0x80)
			n--;
	}
	memcpy(form + length, more, n);
	form[length + n] = '\0';
	return length + (uint32_t)n;
}

/* Accents that stand by themselves join their letters. */
static void compose(struct piece *p)
{
	utf8proc_int32_t c[4 * FORM_MAX];
	utf8proc_ssize_t n =
		utf8proc_decompose((const utf8proc_uint8_t *)p->form, (utf8proc_ssize_t)p->length,
				   c, 4 * FORM_MAX, UTF8PROC_DECOMPOSE | UTF8PROC_STABLE);

	if (n <= 0 || n > 4 * FORM_MAX)
		return;
	n = utf8proc_normalize_utf32(c, n, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
	p->length = 0;
	for (utf8proc_ssize_t i = 0; i < n; i++) {
		char bytes[4];
		unsigned size = letter_put((uint32_t)c[i], bytes);

		if (p->length + size > FORM_MAX)
			break;
		memcpy(p->form + p->length, bytes, size);
		p->length += size;
	}
	p->form[p->length] = '\0';
}

/* m², CO₂, but not the mark of a footnote: "économie²". */
static bool is_raised_part(const struct piece *p)
{
	return p->n <= 2 && p->seen & (1u << LETTER_LOWER | 1u << LETTER_UPPER);
}

static bool belongs(const struct piece *p, enum letter_kind kind)
{
	switch (kind) {
	case LETTER_LOWER:
	case LETTER_UPPER:
	case LETTER_DIGIT:
	case LETTER_INVISIBLE:
		return true;
	case LETTER_MARK:
		return p->n > 0;
	case LETTER_RAISED:
		return is_raised_part(p);
	default:
		return false;
	}
}

/* The letters and figures of ASCII from `at` on, up to the first that is not; where that is. */
static size_t add_ascii(struct piece *p, const char *text, size_t length, size_t at)
{
	size_t from = at;
	uint32_t n = p->length;

	for (; at < length && (unsigned char)text[at] < 0x80; at++) {
		const struct letter_entry *e = &letter_table[(unsigned char)text[at]];

		if (!kind_begins(e->kind))
			break;
		p->seen |= 1u << e->kind;
		p->n_upper += e->kind == LETTER_UPPER;
		if (n < FORM_MAX)
			p->form[n++] = (char)e->lower;
	}
	p->n += (unsigned)(at - from);
	/* What was cut stays cut: nothing is added after a gap. */
	p->full = p->full || n - p->length < at - from;
	p->length = n;
	return at;
}

static void add(struct piece *p, struct letter l)
{
	char bytes[4];
	unsigned size = letter_put(l.lower, bytes);

	p->seen |= 1u << l.kind;
	p->n += l.kind != LETTER_MARK;
	p->n_upper += l.kind == LETTER_UPPER;
	p->ascii = p->ascii && l.lower < 0x80;
	p->full = p->full || p->length + size > FORM_MAX;
	for (unsigned i = 0; i < size && !p->full; i++)
		p->form[p->length++] = bytes[i];
}

bool piece_read(const char *text, size_t length, size_t at, struct piece *p)
{
	if (!kind_begins(kind_at(text, length, at)))
		return false;
	p->from = at;
	p->n = p->n_upper = p->seen = 0;
	p->ascii = true;
	p->full = false;
	p->length = 0;
	p->to = at = add_ascii(p, text, length, at);
	while (at < length) {
		struct letter l = letter_at(text, length, at);

		if (!belongs(p, l.kind))
			break;
		at += l.size;
		if (l.kind == LETTER_INVISIBLE)
			continue;
		add(p, l);
		p->to = at = add_ascii(p, text, length, at);
	}
	p->after = at;
	p->form[p->length] = '\0';
	if (p->seen & 1u << LETTER_MARK)
		compose(p);
	return true;
}

bool piece_read_next(const char *text, size_t length, const struct piece *p, struct piece *next)
{
	size_t at;

	kind_after(text, length, p->after, &at);
	return piece_read(text, length, at, next);
}

bool piece_is(const struct piece *p, const char *form)
{
	return p->form[0] == form[0] && !strcmp(p->form, form);
}

bool piece_is_any(const struct piece *p, const char *const *forms)
{
	for (; *forms; forms++)
		if (piece_is(p, *forms))
			return true;
	return false;
}

uint32_t form_capitals(const char *form, size_t length, char capitals[FORM_MAX + 1])
{
	uint32_t n = (uint32_t)form_fold(form, length, capitals);

	for (uint32_t i = 0; i < n; i++)
		if (capitals[i] >= 'a' && capitals[i] <= 'z')
			capitals[i] = (char)(capitals[i] - 'a' + 'A');
	return n;
}
