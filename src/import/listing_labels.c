#include "import/listing_labels.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

enum { MOST_VALUES = 8, LONGEST_LABEL = 60, LONGEST_VALUE = 200, LONGEST_YES = 5 };

static const struct label_name {
	const char *fold;
	enum listing_label label;
} label_name[] = {
	{ "type de ressource", LABEL_KIND },   { "type de ressources", LABEL_KIND },
	{ "ressource privee", LABEL_PRIVATE }, { "resume", LABEL_SUMMARY },
	{ "categorie", LABEL_CATEGORY },       { "categories", LABEL_CATEGORY },
	{ "thematique", LABEL_CATEGORY },      { "thematiques", LABEL_CATEGORY },
	{ "mots-cles", LABEL_KEYWORDS },       { "mots cles", LABEL_KEYWORDS },
	{ "mot-cle", LABEL_KEYWORDS },         { "mot cle", LABEL_KEYWORDS },
	{ "territoire", LABEL_TERRITORY },     { "territoires", LABEL_TERRITORY },
	{ "date de publication", LABEL_DATE }, { "date", LABEL_DATE },
};

static const char *without_colon(struct arena *a, const char *text)
{
	size_t length = strlen(text);

	if (length && text[length - 1] == ':')
		length--;
	while (length && text[length - 1] == ' ')
		length--;
	return arena_strndup(a, text, length);
}

enum listing_label listing_label_of(struct arena *a, const char *text)
{
	const char *fold;

	if (strlen(text) > LONGEST_LABEL)
		return N_LABELS;
	fold = without_colon(a, text_fold(a, text));
	for (size_t i = 0; i < sizeof(label_name) / sizeof(*label_name); i++)
		if (!strcmp(label_name[i].fold, fold))
			return label_name[i].label;
	return N_LABELS;
}

/* The labels that no sentence is: a block has one of them at least. */
static bool is_strong(enum listing_label label)
{
	return label == LABEL_KIND || label == LABEL_PRIVATE;
}

struct finding {
	struct arena *a;
	const struct listing_lines *lines;
	enum listing_label *of; /* each line */
};

static bool may_be_value(const struct finding *f, size_t i)
{
	return i < f->lines->n_lines && f->of[i] == N_LABELS;
}

/* Categories and keywords may have several values, a line each, but a label must follow them. */
static size_t last_value(const struct finding *f, size_t i)
{
	size_t last = i;

	while (last < i + MOST_VALUES && may_be_value(f, last) &&
	       strlen(f->lines->line[last].text) <= LONGEST_VALUE)
		last++;
	return last < f->lines->n_lines && f->of[last] != N_LABELS ? last : i + 1;
}

/* Whether a resource is private is said on the next line; past an empty one in a word only. */
static bool is_private_value(const struct finding *f, size_t i)
{
	return !f->lines->line[i].after_blank || strlen(f->lines->line[i].text) <= LONGEST_YES;
}

/* The line after the value, or values, of the label at `i`. */
static size_t past_values(const struct finding *f, size_t i)
{
	enum listing_label label = f->of[i];

	if (label == LABEL_SUMMARY || !may_be_value(f, i + 1))
		return i + 1;
	if (label == LABEL_PRIVATE)
		return is_private_value(f, i + 1) ? i + 2 : i + 1;
	return label == LABEL_KIND || label == LABEL_DATE ? i + 2 : last_value(f, i + 1);
}

static void tell(struct label_block *b, const struct finding *f, size_t i, size_t to)
{
	struct listing_values *v = &b->label[f->of[i]];

	v->told = true;
	v->range = (struct listing_range){ i + 1, to };
}

/* Categories and keywords may stand before: lines with no empty one between, a label leading. */
static size_t first_label(const struct finding *f, size_t strong, size_t floor)
{
	size_t first = strong;

	for (size_t i = strong; i > floor && strong - i < MOST_VALUES; i--) {
		if (f->lines->line[i].after_blank)
			break;
		if (f->of[i - 1] != N_LABELS && f->of[i - 1] != LABEL_SUMMARY)
			first = i - 1;
	}
	return first;
}

static struct label_block block_from(const struct finding *f, size_t first)
{
	struct label_block b = { .from = first, .to = first };

	while (b.to < f->lines->n_lines && f->of[b.to] != N_LABELS && !b.label[f->of[b.to]].told) {
		size_t i = b.to;

		b.to = past_values(f, i);
		tell(&b, f, i, b.to);
		if (f->of[i] == LABEL_SUMMARY)
			break;
	}
	return b;
}

static struct label_block block_at(const struct finding *f, size_t strong, size_t floor)
{
	struct label_block b = block_from(f, first_label(f, strong, floor));

	return b.to > strong ? b : block_from(f, strong);
}

struct label_blocks label_blocks_find(struct arena *a, const struct listing_lines *lines)
{
	struct finding f = { a, lines, arena_make(a, enum listing_label, lines->n_lines + 1) };
	struct label_blocks blocks = { 0 };
	size_t capacity = 0, floor = 0;

	for (size_t i = 0; i < lines->n_lines; i++)
		f.of[i] = lines->line[i].is_item ? N_LABELS
						 : listing_label_of(a, lines->line[i].text);
	for (size_t i = 0; i < lines->n_lines; i++) {
		struct label_block *b;

		if (!is_strong(f.of[i]))
			continue;
		b = arena_push(a, blocks.block, blocks.n_blocks, capacity);
		*b = block_at(&f, i, floor);
		floor = b->to;
		i = b->to - 1;
	}
	return blocks;
}
