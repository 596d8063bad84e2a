#include "mail/message.h"

#include <string.h>

#include "base/date.h"
#include "base/mail_address.h"
#include "base/out.h"
#include "base/text.h"

/* RFC 5322, 2.1.1, and RFC 2047, 2: without CR LF, and for a word with its marks. */
enum { LINE_MAX = 76, WORD_MAX = 75, LINK_MAX = 900, ID_MAX = 300 };

#define WORD_BEGINS "=?UTF-8?Q?"
#define WORD_ENDS   "?="
enum { WORD_MARKS = sizeof(WORD_BEGINS WORD_ENDS) - 1 };

static bool is_letter_or_figure(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_visible(unsigned char c)
{
	return c > ' ' && c < 0x7f;
}

/* ---- what is let in ------------------------------------------------------------ */

/* NEL, U+2028 and U+2029 end lines too, for some readers. */
static bool ends_lines(unsigned character)
{
	return character < ' ' || (character >= 0x7f && character < 0xa0) || character == 0x2028 ||
	       character == 0x2029;
}

bool message_words_are_good(const char *words)
{
	size_t size, length = strlen(words);

	if (utf8_valid_length(words, length) < length)
		return false;
	for (; *words; words += size)
		if (ends_lines(utf8_decode(words, &size)))
			return false;
	return true;
}

static bool all_visible(const char *text)
{
	for (; *text; text++)
		if (!is_visible((unsigned char)*text))
			return false;
	return true;
}

bool message_link_is_good(const char *url)
{
	return (!strncmp(url, "https://", 8) || !strncmp(url, "http://", 7)) && all_visible(url) &&
	       !strpbrk(url, "<>\"\\,") && strlen(url) <= LINK_MAX;
}

static bool id_is_good(const char *id)
{
	size_t length = strlen(id);

	return length > 4 && length <= ID_MAX && id[0] == '<' && id[length - 1] == '>' &&
	       strcspn(id + 1, "<>") == length - 2 && strchr(id, '@') && all_visible(id);
}

static bool headers_are_good(const struct message *m)
{
	return mail_address_is_good(m->from_address) && mail_address_is_good(m->to_address) &&
	       (!m->from_name || message_words_are_good(m->from_name)) &&
	       (!m->to_name || message_words_are_good(m->to_name)) && *m->subject &&
	       message_words_are_good(m->subject) && id_is_good(m->message_id) &&
	       (!m->list_unsubscribe || message_link_is_good(m->list_unsubscribe));
}

/* ---- headers --------------------------------------------------------------------- */

/* RFC 2047, 5 (3): what may stand as it is in a word that is part of a name. */
static size_t width_in_word(unsigned char c)
{
	return is_letter_or_figure(c) || c == ' ' || c == '-' || c == '!' || c == '*' || c == '+' ||
			       c == '/'
		       ? 1
		       : 3;
}

static void put_in_word(struct out *o, unsigned char c)
{
	if (c == ' ')
		out_char(o, '_');
	else if (width_in_word(c) == 1)
		out_char(o, (char)c);
	else
		out_printf(o, "=%02X", c);
}

static size_t width_of(const char *bytes, size_t n)
{
	size_t width = 0;

	for (size_t i = 0; i < n; i++)
		width += width_in_word((unsigned char)bytes[i]);
	return width;
}

/* Encoded words of whole characters, a line each; blanks between two of them are not read. */
static size_t put_words(struct out *o, size_t column, const char *text)
{
	while (*text) {
		size_t width = WORD_MARKS, size;

		out_raw(o, WORD_BEGINS);
		while (utf8_decode(text, &size)) {
			if (width + width_of(text, size) > WORD_MAX ||
			    column + width + width_of(text, size) > LINE_MAX)
				break;
			width += width_of(text, size);
			for (; size; size--)
				put_in_word(o, (unsigned char)*text++);
		}
		out_raw(o, WORD_ENDS);
		column += width;
		if (*text) {
			out_raw(o, "\r\n ");
			column = 1;
		}
	}
	return column;
}

/* `extra` are the characters, beside letters, figures and inner spaces, that need no encoding. */
static bool is_plain(const char *text, const char *extra)
{
	size_t length = strlen(text);

	if (text[0] == ' ' || text[length - 1] == ' ' || strstr(text, "  ") || strstr(text, "=?"))
		return false;
	for (; *text; text++)
		if (!is_letter_or_figure((unsigned char)*text) && *text != ' ' &&
		    !strchr(extra, *text))
			return false;
	return true;
}

static size_t put_text(struct out *o, size_t column, const char *text, const char *extra)
{
	if (column + strlen(text) > LINE_MAX || !is_plain(text, extra))
		return put_words(o, column, text);
	out_raw(o, text);
	return column + strlen(text);
}

static void put_subject(struct out *o, const char *subject)
{
	out_raw(o, "Subject: ");
	put_text(o, strlen("Subject: "), subject, "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");
	out_raw(o, "\r\n");
}

/* "Anne Martin <anne@exemple.fr>". RFC 5322, 3.2.3: a name of atoms needs no quotes. */
static void put_person(struct out *o, const char *header, const char *name, const char *address)
{
	size_t column = strlen(header);

	out_raw(o, header);
	if (name && *name) {
		column = put_text(o, column, name, "!#$%&'*+-/=?^_`{|}~");
		out_raw(o, column + strlen(address) + 3 > LINE_MAX ? "\r\n " : " ");
	}
	out_printf(o, "<%s>\r\n", address);
}

static void put_date(struct out *o, int64_t moment)
{
	static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
					      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct civil c = civil_in_paris(moment);

	out_printf(o, "Date: %s, %d %s %04d %02d:%02d:%02d +%02d00\r\n", days[c.weekday], c.day,
		   months[c.month - 1], c.year, c.hour, c.minute, c.second, c.offset / 3600);
}

/* RFC 8058: one click is a POST over https. */
static void put_unsubscribe(struct out *o, const char *url)
{
	if (!url)
		return;
	out_printf(o, "List-Unsubscribe:%s<%s>\r\n",
		   strlen("List-Unsubscribe: <>") + strlen(url) > LINE_MAX ? "\r\n " : " ", url);
	if (!strncmp(url, "https://", 8))
		out_raw(o, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
}

/* ---- bodies ------------------------------------------------------------------------ */

/* RFC 2045, 6.7: a blank at the end of a line would be lost on the way. */
static bool stands_as_it_is(const char *at)
{
	unsigned char c = (unsigned char)*at;

	if (c == ' ' || c == '\t')
		return at[1] && at[1] != '\n';
	return is_visible(c) && c != '=';
}

static void put_quoted(struct out *o, const char *text)
{
	size_t column = 0;

	for (; *text; text++) {
		size_t width = stands_as_it_is(text) ? 1 : 3;

		if (*text == '\n') {
			out_raw(o, "\r\n");
			column = 0;
			continue;
		}
		/* One place is kept for the mark itself. */
		if (column + width > LINE_MAX - 1) {
			out_raw(o, "=\r\n");
			column = 0;
		}
		if (width == 1)
			out_char(o, *text);
		else
			out_printf(o, "=%02X", (unsigned char)*text);
		column += width;
	}
	out_raw(o, "\r\n");
}

/* "=_" is never met in quoted-printable. */
static void put_boundary(struct out *o, const struct message *m)
{
	out_raw(o, "=_");
	for (const char *id = m->message_id + 1; *id != '@' && id - m->message_id <= 32; id++)
		if (is_letter_or_figure((unsigned char)*id))
			out_char(o, *id);
}

static void put_part(struct out *o, const struct message *m, const char *type, const char *body)
{
	out_raw(o, "--");
	put_boundary(o, m);
	out_printf(o,
		   "\r\nContent-Type: %s; charset=utf-8\r\n"
		   "Content-Transfer-Encoding: quoted-printable\r\n\r\n",
		   type);
	put_quoted(o, body);
}

enum status message_write(struct out *o, const struct message *m)
{
	if (!headers_are_good(m))
		return INVALID;
	put_date(o, m->date);
	put_person(o, "From: ", m->from_name, m->from_address);
	put_person(o, "To: ", m->to_name, m->to_address);
	put_subject(o, m->subject);
	/* RFC 3834, 5: nobody's absence is told to a machine. */
	out_printf(o,
		   "Message-ID:%s%s\r\nAuto-Submitted: auto-generated\r\nContent-Language: fr\r\n",
		   strlen("Message-ID: ") + strlen(m->message_id) > LINE_MAX ? "\r\n " : " ",
		   m->message_id);
	put_unsubscribe(o, m->list_unsubscribe);
	out_raw(o, "MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary=\"");
	put_boundary(o, m);
	out_raw(o, "\"\r\n\r\n");
	put_part(o, m, "text/plain", m->text);
	put_part(o, m, "text/html", m->html);
	out_raw(o, "--");
	put_boundary(o, m);
	out_raw(o, "--\r\n");
	return OK;
}
