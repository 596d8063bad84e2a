#include "import/listing_body.h"

#include <string.h>

#include "base/arena.h"
#include "base/out.h"
#include "base/text.h"
#include "import/listing_heads.h"
#include "import/listing_people.h"

enum {
	LONGEST_HEADING = 100,
	LONGEST_ACCESS = 400,
	LONGEST_ITEM_HEADING = 200,
	LONGEST_READ = 8192
};

/* ---- what a line is ---------------------------------------------------------------------- */

static const char *const parts[] = {
	"objectif",     "objectifs",   "les objectifs",          "contenu",
	"contenus",     "le contenu",  "au programme",           "programme",
	"deroule",      "public",      "intervenants",           "intervenantes",
	"intervenant*", "au sommaire", "informations pratiques", NULL
};
static const char *const keyword_labels[] = { "mots-cles", "mots cles", "mot-cle", "mot cle",
					      NULL };
static const char *const access_words[] = {
	"connectez-vous",
	"se connecter a leur espace",
	"se connecter a l' espace",
	"l' espace adherent*",
	"leur espace adherent*",
	"espace reserve*",
	"reserve* aux adherent*",
	"reserve* aux collectivites adherent*",
	"reservee* aux membres",
	"doivent se connecter",
	"accessible* aux adherent*",
	"accessible* aux collectivites adherent*",
	NULL,
};
static const char *const open_words[] = {
	"de",    "la",  "le",  "les",  "l'",    "d'",    "du",    "des",  "et",   "ou",
	"a",     "au",  "aux", "en",   "un",    "une",   "par",   "pour", "sur",  "dans",
	"avec",  "que", "qui", "dont", "ce",    "cet",   "cette", "ces",  "leur", "leurs",
	"son",   "sa",  "ses", "nos",  "notre", "entre", "sans",  "sous", "vers", "chez",
	"comme", "qu'", "n'",  "s'",   "tout",  "toute", "plus",  NULL,
};
static const char *const leads[] = { "de",        "par",      "avec", "que",  "a",
				     "suivant*",  "suivants", "est",  "sont", "d'",
				     "notamment", "pour",     "en",   NULL };

/* "… l'appropriation de la": a word that calls for another ends it. */
static bool is_open(struct arena *a, const char *text)
{
	struct words w = words_of(a, text);

	if (!w.n_words || w.word[w.n_words - 1].end != strlen(text))
		return false;
	return words_match_any(&w, w.n_words - 1, open_words) > 0;
}

const char *keywords_told(struct arena *a, const char *text)
{
	struct words w = words_of(a, text);
	size_t n = words_match_any(&w, 0, keyword_labels);
	size_t end = n ? w.word[n - 1].end : 0;

	if (!n)
		return NULL;
	while (text[end] == ' ')
		end++;
	return text[end] == ':' ? piece_of(a, text, end, strlen(text)) : NULL;
}

static bool is_file_name(const char *text)
{
	static const char *const ending[] = { ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg" };

	for (size_t i = 0; i < sizeof(ending) / sizeof(*ending); i++)
		if (ends_with(text, ending[i]))
			return true;
	return strchr(text, '_') != NULL;
}

static bool is_in(struct arena *a, const char *word, const char *text)
{
	const char *const pattern[] = { text_fold(a, word), NULL };

	return text_says(a, text, pattern);
}

/* A word alone on its line, as the name of an image is: in small letters, last, or of the title. */
static bool is_image(struct arena *a, const char *text, const char *title, bool is_last)
{
	struct words w = words_of(a, text);

	if (strchr(text, ' ') || !w.n_words || w.word[w.n_words - 1].end != strlen(text))
		return false;
	if (is_file_name(text))
		return true;
	if (words_match_any(&w, 0, parts) || !strcmp(w.word[0].fold, "contact"))
		return false;
	return !begins_capital(text) || is_last || is_in(a, text, title);
}

/* ---- headings ---------------------------------------------------------------------------------
 */

struct reading {
	struct arena *a;
	struct blocks *blocks;
	size_t capacity;
	const char *title;
};

static const struct block *block_before(const struct blocks *b, size_t i)
{
	return i ? &b->block[i - 1] : NULL;
}

static const struct block *block_after(const struct blocks *b, size_t i)
{
	return i + 1 < b->n_blocks ? &b->block[i + 1] : NULL;
}

static bool is_part(struct arena *a, const char *text)
{
	struct words w = words_of(a, text);
	size_t n = words_match_any(&w, 0, parts);

	return n && n == w.n_words;
}

static bool ends_a_sentence(const char *text)
{
	static const char *const ending[] = { ".", "!", "…", ";", ",", ")." };

	for (size_t i = 0; i < sizeof(ending) / sizeof(*ending); i++)
		if (ends_with(text, ending[i]))
			return true;
	return false;
}

/* "La Région a choisi ce mode, qui lui permet de :" leads to a list and is no heading. */
static bool leads_to_list(struct arena *a, const char *text)
{
	struct words w = words_of(a, text);

	return ends_with(text, ":") &&
	       (w.n_words > 8 || (w.n_words && words_match_any(&w, w.n_words - 1, leads)));
}

static bool looks_like_heading(struct arena *a, const struct blocks *b, size_t i)
{
	const char *text = b->block[i].text;
	const struct block *next = block_after(b, i);
	size_t at, end;

	if (utf8_length(text) > LONGEST_HEADING || ends_a_sentence(text) || !begins_capital(text))
		return false;
	if (address_find(text, 0, &at, &end) || strchr(text, '@') || people_introduced(a, text))
		return false;
	if (ends_with(text, "?") && !(next && next->kind == BLOCK_ITEM))
		return false;
	if (!next)
		return ends_with(text, ":") || !strchr(text, ':');
	return !(next->kind == BLOCK_ITEM && leads_to_list(a, text));
}

/* An item alone, with its account below, heads it. */
static bool is_lone_item(const struct blocks *b, size_t i)
{
	const struct block *before = block_before(b, i), *next = block_after(b, i);

	if (b->block[i].kind != BLOCK_ITEM || !next || next->kind != BLOCK_PARAGRAPH)
		return false;
	return (!before || before->kind != BLOCK_ITEM) && !ends_with(b->block[i].text, ".") &&
	       utf8_length(b->block[i].text) <= LONGEST_ITEM_HEADING;
}

static void find_headings(struct arena *a, struct blocks *b)
{
	for (size_t i = 0; i < b->n_blocks; i++) {
		if (is_lone_item(b, i) && b->block[i].text[0] && b->n_blocks > 3 &&
		    (!block_before(b, i) || !ends_with(block_before(b, i)->text, ":")))
			b->block[i].kind = BLOCK_HEADING;
		else if (b->block[i].kind == BLOCK_PARAGRAPH && looks_like_heading(a, b, i))
			b->block[i].kind = BLOCK_HEADING;
		b->block[i].is_part =
			b->block[i].kind == BLOCK_HEADING && is_part(a, b->block[i].text);
	}
}

/* What stands between a heading and this is nothing: it headed a list that is gone. */
static bool is_left_alone(const struct block *next)
{
	return !next || next->kind == BLOCK_HEADING || next->kind == BLOCK_EMBED ||
	       next->kind == BLOCK_LOST_LIST || next->kind == BLOCK_IMAGE;
}

static bool leads_nowhere(const struct blocks *b, size_t i)
{
	const struct block *next = block_after(b, i), *it = &b->block[i];

	if (it->is_part && next && next->kind == BLOCK_HEADING)
		return false;
	if (it->kind == BLOCK_HEADING)
		return !next || (next->kind != BLOCK_HEADING && is_left_alone(next)) ||
		       (next->kind == BLOCK_HEADING && ends_with(it->text, ":"));
	return it->kind == BLOCK_PARAGRAPH && ends_with(it->text, ":") && is_left_alone(next);
}

static void find_lost_lists(struct blocks *b)
{
	for (size_t i = b->n_blocks; i-- > 0;)
		if (leads_nowhere(b, i))
			b->block[i].kind = BLOCK_LOST_LIST;
}

static void set_levels(struct blocks *b)
{
	bool has_section = false, under_session = false, under_item = false;

	for (size_t i = 0; i < b->n_blocks; i++) {
		struct block *it = &b->block[i];

		if (it->kind == BLOCK_SESSION) {
			it->level = has_section ? 3 : 2;
			under_session = true;
		} else if (it->kind == BLOCK_HEADING && it->is_part && under_session) {
			it->level = has_section ? 4 : 3;
		} else if (it->kind == BLOCK_HEADING) {
			under_item = under_item || it->is_item;
			it->level = under_item && !it->is_item ? 3 : 2;
			has_section = true;
			under_session = false;
		}
	}
}

/* ---- reading -----------------------------------------------------------------------------------
 */

static bool is_access_note(struct arena *a, const char *text, bool is_closed)
{
	return is_closed && strlen(text) <= LONGEST_ACCESS && text_says(a, text, access_words);
}

static enum block_kind kind_of(const struct reading *r, const char *text, const char *next,
			       bool is_last)
{
	if (strlen(text) > LONGEST_READ)
		return BLOCK_LONG;
	if (is_image(r->a, text, r->title, is_last))
		return BLOCK_IMAGE;
	if (keywords_told(r->a, text))
		return BLOCK_KEYWORDS;
	if (is_access_note(r->a, text, r->blocks->is_closed))
		return BLOCK_ACCESS;
	if (head_is_day(r->a, text))
		return BLOCK_DAY;
	if (head_is_session(r->a, text, next))
		return BLOCK_SESSION;
	if (link_is_call(r->a, text) && !(ends_with(text, ":") && next))
		return link_is_embed(r->a, text) ? BLOCK_EMBED : BLOCK_CALL;
	return BLOCK_PARAGRAPH;
}

static void add_block(struct reading *r, enum block_kind kind, const char *text, size_t line)
{
	*arena_push(r->a, r->blocks->block, r->blocks->n_blocks, r->capacity) =
		(struct block){ .kind = kind, .text = text, .line = line };
}

static void add_item(struct reading *r, const struct listing_line *line, const char *next)
{
	struct blocks *b = r->blocks;
	struct block *last = b->n_blocks ? &b->block[b->n_blocks - 1] : NULL;

	if (strlen(line->text) > LONGEST_READ) {
		add_block(r, BLOCK_LONG, line->text, line->number);
		return;
	}
	if (last && last->kind == BLOCK_ITEM && strlen(last->text) < LONGEST_READ &&
	    is_open(r->a, last->text)) {
		last->text = arena_printf(r->a, "%s %s", last->text, line->text);
		last->joined = true;
		return;
	}
	if (head_is_session(r->a, line->text, next))
		add_block(r, BLOCK_SESSION, line->text, line->number);
	else
		add_block(r, BLOCK_ITEM, line->text, line->number);
	b->block[b->n_blocks - 1].is_item = true;
}

/* An embed is one when nothing but the end, or more that is lost, follows. */
static bool is_embed_here(struct arena *a, const struct blocks *b, size_t i)
{
	const struct block *next = block_after(b, i);

	if (b->block[i].kind != BLOCK_PARAGRAPH && b->block[i].kind != BLOCK_CALL)
		return false;
	return link_is_embed(a, b->block[i].text) && (!next || next->kind != BLOCK_SESSION) &&
	       (!next || next->kind != BLOCK_ITEM);
}

struct blocks blocks_of(struct arena *a, const struct listing_lines *lines, size_t from, size_t to,
			const char *title, bool is_closed)
{
	struct blocks blocks = { .is_closed = is_closed };
	struct reading r = { .a = a, .blocks = &blocks, .title = title };

	for (size_t i = from; i < to; i++) {
		const struct listing_line *line = &lines->line[i];
		const char *next = i + 1 < to ? lines->line[i + 1].text : NULL;

		if (line->is_item)
			add_item(&r, line, next);
		else
			add_block(&r, kind_of(&r, line->text, next, i + 1 == to), line->text,
				  line->number);
	}
	for (size_t i = 0; i < blocks.n_blocks; i++)
		if (is_embed_here(a, &blocks, i))
			blocks.block[i].kind = BLOCK_EMBED;
	find_headings(a, &blocks);
	find_lost_lists(&blocks);
	set_levels(&blocks);
	return blocks;
}

/* ---- writing ------------------------------------------------------------------------------------
 */

bool block_is_shown(const struct block *b)
{
	switch (b->kind) {
	case BLOCK_PARAGRAPH:
	case BLOCK_HEADING:
	case BLOCK_ITEM:
	case BLOCK_SESSION:
	case BLOCK_DAY:
	case BLOCK_LONG:
		return true;
	default:
		return false;
	}
}

/* The next address or e-mail at `from` or after; false when there is none. */
static bool next_target(const char *text, size_t from, struct span *target, bool *is_mail)
{
	size_t at, end, mail, mail_end;
	bool has_address = address_find(text, from, &at, &end);

	*is_mail = email_find(text, from, &mail, &mail_end) && (!has_address || mail < at);
	if (*is_mail)
		*target = (struct span){ mail, mail_end };
	else if (has_address)
		*target = (struct span){ at, end };
	return has_address || *is_mail;
}

static void put_text(struct out *o, struct arena *a, const char *text)
{
	struct span target;
	size_t from = 0;
	bool is_mail;

	while (next_target(text, from, &target, &is_mail)) {
		const char *address = arena_strndup(a, text + target.at, target.end - target.at);
		bool is_whole = is_mail || !strncmp(address, "http", 4);

		out_text(o, arena_strndup(a, text + from, target.at - from));
		out_raw(o, "<a href=\"");
		out_raw(o, is_mail ? "mailto:" : is_whole ? "" : "https://");
		out_text(o, address);
		out_raw(o, "\">");
		out_text(o, address);
		out_raw(o, "</a>");
		from = target.end;
	}
	out_text(o, text + from);
}

static const char *heading_text(struct arena *a, const struct block *b)
{
	size_t length = strlen(b->text);

	if (b->kind != BLOCK_HEADING || !ends_with(b->text, ":"))
		return b->text;
	return piece_of(a, b->text, 0, length);
}

static void put_block(struct out *o, struct arena *a, const struct block *b)
{
	char tag[] = "p\0";

	if (b->kind == BLOCK_HEADING || b->kind == BLOCK_SESSION)
		memcpy(tag, (char[]){ 'h', (char)('0' + b->level), '\0' }, 3);
	out_raw(o, "<");
	out_raw(o, tag);
	out_raw(o, ">");
	if (b->kind == BLOCK_LONG)
		out_text(o, b->text);
	else
		put_text(o, a, heading_text(a, b));
	out_raw(o, "</");
	out_raw(o, tag);
	out_raw(o, ">");
}

static bool is_listed(const struct block *b)
{
	return b->is_item && (b->kind == BLOCK_ITEM || b->kind == BLOCK_SESSION);
}

struct html blocks_html(struct arena *a, const struct blocks *blocks, size_t from, size_t to)
{
	struct out o;
	bool in_list = false;
	const char *markup;

	out_init(&o);
	for (size_t i = from; i < to; i++) {
		const struct block *b = &blocks->block[i];

		if (!block_is_shown(b))
			continue;
		if (is_listed(b) != in_list)
			out_raw(&o, in_list ? "</ul>" : "<ul>");
		in_list = is_listed(b);
		if (in_list) {
			out_raw(&o, "<li>");
			put_text(&o, a, b->text);
			out_raw(&o, "</li>");
		} else {
			put_block(&o, a, b);
		}
	}
	out_raw(&o, in_list ? "</ul>" : "");
	markup = arena_strdup(a, out_string(&o));
	out_release(&o);
	return html_trusted(markup);
}

const char *blocks_text(struct arena *a, const struct blocks *blocks, size_t from, size_t to)
{
	struct out o;
	const char *text;

	out_init(&o);
	for (size_t i = from; i < to; i++) {
		const struct block *b = &blocks->block[i];

		if (!block_is_shown(b))
			continue;
		out_raw(&o, o.length ? "\n" : "");
		out_raw(&o, is_listed(b) ? "• " : "");
		out_raw(&o, is_listed(b) ? b->text : heading_text(a, b));
	}
	text = arena_strdup(a, out_string(&o));
	out_release(&o);
	return text;
}
