#include "statement/lines.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sieg/arena.h"
#include "sieg/json.h"
#include "statement/csv.h"

enum column {
	POSTE,
	NATURE,
	MONTANT,
	ACTIVITE,
	CLE,
	PREVISION,
	MOTIF,
	LIBELLE,
	COMPTE,
	OPERATEUR,
	ANNEE,
	N_COLUMNS,
};

static const char *const column_names[N_COLUMNS] = {
	"poste", "nature",  "montant", "activite",  "cle",   "prevision",
	"motif", "libelle", "compte",  "operateur", "annee",
};

static const struct nature {
	const char *name, *kind;
	bool is_revenue;
} natures[] = {
	{ "direct", "direct", false },
	{ "commun", "common", false },
	{ "exclu", "excluded", false },
	{ "usagers", "users", true },
	{ "ventes", "sales", true },
	{ "subvention", "grant", true },
	{ "europe", "eu", true },
	{ "assurance", "insurance", true },
	{ "excedent", "excess_profit", true },
	{ "avantage", "other_advantage", true },
};

static const char *const motives[][2] = {
	{ "hors-sieg", "not_sgei" },
	{ "amende", "fine" },
	{ "hors-periode", "out_of_period" },
	{ "tva", "vat" },
	{ "nature", "in_kind" },
	{ "provision", "provision" },
	{ "transfert", "transfer" },
};

struct reader {
	struct csv_lines *lines;
	struct csv csv;
	struct sieg_json *document;
	size_t place[N_COLUMNS]; /* 1 + the field that holds the column; 0: absent */
	size_t n_heads;
	struct sieg_json *list, *last; /* where the row before went */
};

__attribute__((format(printf, 3, 4))) static void problem(struct csv_lines *lines, int row,
							  const char *format, ...)
{
	struct csv_problem *p;
	va_list arguments;

	lines->problem = sieg_grow(lines->arena, lines->problem, lines->n_problems,
				   &lines->problem_capacity, sizeof(*lines->problem));
	p = &lines->problem[lines->n_problems++];
	p->row = row;
	va_start(arguments, format);
	p->text = sieg_vprintf(lines->arena, format, arguments);
	va_end(arguments);
}

#define WRONG(...) problem(r->lines, r->csv.row, __VA_ARGS__)

/* ---- words and amounts -------------------------------------------------------------------- */

/* In small letters, with accents of é taken away: "Activité" is "activite". */
static const char *folded(struct sieg_arena *a, const char *text)
{
	char *copy = sieg_alloc(a, strlen(text) + 1, 1), *to = copy;

	for (; *text; text++) {
		unsigned char c = (unsigned char)*text, next = (unsigned char)text[1];

		if (c == 0xc3 && (next | 0x20) >= 0xa8 && (next | 0x20) <= 0xab) {
			*to++ = 'e';
			text++;
		} else if (c >= 'A' && c <= 'Z') {
			*to++ = (char)(c | 32);
		} else if (c != ' ') {
			*to++ = (char)c;
		}
	}
	return copy;
}

/* A blank of any width, and how many bytes it has. */
static size_t blank(const char *text)
{
	static const char *const blanks[] = { " ", "\u00a0", "\u202f", "\u2009" };

	for (size_t i = 0; i < sizeof(blanks) / sizeof(*blanks); i++)
		if (strncmp(text, blanks[i], strlen(blanks[i])) == 0)
			return strlen(blanks[i]);
	return 0;
}

static const char *skip_blanks(const char *text)
{
	for (size_t n; (n = blank(text)); text += n)
		;
	return text;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Digits, by three after a blank, into `to`; where they end, or NULL. */
static const char *take_whole(const char *text, char **to)
{
	size_t n = 0;
	bool is_grouped = false;

	for (;; n++) {
		size_t b = blank(text);

		if (b && is_digit(text[b])) {
			if ((is_grouped && n != 3) || n == 0 || n > 3)
				return NULL;
			is_grouped = true;
			n = 0;
			text += b;
		}
		if (!is_digit(*text))
			break;
		*(*to)++ = *text++;
	}
	return n == 0 || (is_grouped && n != 3) ? NULL : text;
}

/* One or two decimals: three after a point could be thousands. */
static const char *take_cents(const char *text, char **to)
{
	size_t n = 0;

	if (*text != ',' && *text != '.')
		return text;
	*(*to)++ = '.';
	for (text++; is_digit(*text); n++)
		*(*to)++ = *text++;
	return n == 1 || n == 2 ? text : NULL;
}

static const char *skip_euro(const char *text)
{
	text = skip_blanks(text);
	if (strncmp(text, "€", strlen("€")) == 0)
		text += strlen("€");
	return skip_blanks(text);
}

const char *french_amount(struct sieg_arena *a, const char *text)
{
	char *amount = sieg_alloc(a, strlen(text) + 2, 1), *to = amount, *digits;

	text = skip_blanks(text);
	if (*text == '-' || strncmp(text, "−", strlen("−")) == 0) {
		text = skip_blanks(text + (*text == '-' ? 1 : strlen("−")));
		*to++ = '-';
	}
	digits = to;
	text = take_whole(text, &to);
	if (text)
		text = take_cents(text, &to);
	if (!text || *skip_euro(text))
		return NULL;
	/* "007" is 7. */
	while (digits[0] == '0' && is_digit(digits[1]))
		memmove(digits, digits + 1, strlen(digits));
	return amount;
}

/* ---- the document ---------------------------------------------------------------------------- */

static struct sieg_json *member(const struct sieg_json *object, const char *key)
{
	if (object->kind != SIEG_JSON_OBJECT)
		return NULL;
	for (struct sieg_json *m = object->first; m; m = m->next)
		if (m->key_length == strlen(key) && memcmp(m->key, key, m->key_length) == 0)
			return m;
	return NULL;
}

static void append(struct sieg_json *to, struct sieg_json *item)
{
	struct sieg_json **last = &to->first;

	while (*last)
		last = &(*last)->next;
	*last = item;
	to->n++;
}

static struct sieg_json *make(struct sieg_arena *a, enum sieg_json_kind kind, const char *key)
{
	struct sieg_json *value = sieg_make(a, struct sieg_json, 1);

	value->kind = kind;
	value->key = key;
	value->key_length = key ? strlen(key) : 0;
	return value;
}

static void add_text(struct sieg_arena *a, struct sieg_json *object, const char *key,
		     const char *text)
{
	struct sieg_json *value;

	if (!text || !*text)
		return;
	value = make(a, SIEG_JSON_TEXT, key);
	value->text = text;
	value->length = strlen(text);
	append(object, value);
}

static bool is_text(const struct sieg_json *value, const char *text)
{
	return value && value->kind == SIEG_JSON_TEXT && value->length == strlen(text) &&
	       memcmp(value->text, text, value->length) == 0;
}

/* "2023" is the year of "2023-01-01", and the day itself tells two periods of a year apart. */
static bool begins_on(const struct sieg_json *year, const char *wanted)
{
	const struct sieg_json *from = member(year, "from");
	size_t n = strlen(wanted);

	return (n == 4 || n == 10) && from && from->kind == SIEG_JSON_TEXT && from->length == 10 &&
	       memcmp(from->text, wanted, n) == 0;
}

static const char *field(const struct reader *r, enum column column)
{
	size_t place = r->place[column];

	return place && place <= r->csv.n_fields ? r->csv.field[place - 1] : "";
}

static bool is_named(const struct sieg_json *item, enum column column, const char *wanted)
{
	return column == ANNEE ? begins_on(item, wanted) : is_text(member(item, "id"), wanted);
}

/* The operator or year of a row: the only one there is, or the only one of that name. */
static struct sieg_json *choose(struct reader *r, struct sieg_json *list, enum column column,
				const char *what, size_t *index)
{
	const char *wanted = field(r, column);
	struct sieg_json *found = NULL;
	size_t i = 0, n = 0;

	*index = 0;
	if (!list || list->kind != SIEG_JSON_ARRAY || !list->n) {
		WRONG("le document n’a pas de liste « %s » où mettre cette ligne", what);
		return NULL;
	}
	if (!*wanted && list->n == 1)
		return list->first;
	for (struct sieg_json *item = list->first; item; item = item->next, i++)
		if (*wanted && is_named(item, column, wanted) && n++ == 0) {
			*index = i;
			found = item;
		}
	if (!*wanted)
		WRONG("le document a plusieurs choix : dites lequel dans la colonne « %s »",
		      column_names[column]);
	else if (n == 0)
		WRONG("colonne « %s » : « %s » n’est pas dans le document", column_names[column],
		      wanted);
	else if (n > 1)
		WRONG("colonne « %s » : « %s » désigne plusieurs périodes ; donnez le premier jour",
		      column_names[column], wanted);
	return n == 1 ? found : NULL;
}

/* The list of costs or revenues that a row goes to, and its path. */
static struct sieg_json *target(struct reader *r, bool is_revenue, const char **path)
{
	const char *key = is_revenue ? "revenues" : "costs";
	struct sieg_json *operator_, *year = NULL, *list;
	size_t i, j;

	operator_ = choose(r, member(r->document, "operators"), OPERATEUR, "operators", &i);
	if (operator_)
		year = choose(r, member(operator_, "years"), ANNEE, "years", &j);
	if (!year)
		return NULL;
	list = member(year, key);
	if (!list && year->kind == SIEG_JSON_OBJECT) {
		list = make(r->lines->arena, SIEG_JSON_ARRAY, key);
		append(year, list);
	}
	if (!list || list->kind != SIEG_JSON_ARRAY) {
		WRONG("le document n’a pas de liste « %s » où mettre cette ligne", key);
		return NULL;
	}
	*path = sieg_printf(r->lines->arena, "/operators/%zu/years/%zu/%s/%zu", i, j, key, list->n);
	return list;
}

/* ---- rows
 * ---------------------------------------------------------------------------------------- */

static const struct nature *nature_of(struct reader *r)
{
	const char *name = folded(r->lines->arena, field(r, NATURE));

	for (size_t i = 0; i < sizeof(natures) / sizeof(*natures); i++)
		if (strcmp(natures[i].name, name) == 0)
			return &natures[i];
	if (!*name)
		WRONG("la case « nature » est vide : une ligne de total ne se met pas");
	else
		WRONG("nature « %s » inconnue : direct, commun, exclu ; usagers, ventes, "
		      "subvention, "
		      "europe, "
		      "assurance, excedent ou avantage",
		      field(r, NATURE));
	return NULL;
}

/* Where commas separate, "1 234,50" would be two cells, and "1 234" may be what is left of it. */
static bool may_be_cut(const struct reader *r, enum column column)
{
	size_t place = r->place[column];

	return r->csv.separator == ',' && place && place <= r->csv.n_fields &&
	       !r->csv.is_quoted[place - 1] && !strchr(field(r, column), '.');
}

static const char *amount_in(struct reader *r, enum column column)
{
	const char *amount = french_amount(r->lines->arena, field(r, column));

	if (!*field(r, column))
		WRONG("la case « %s » est vide", column_names[column]);
	else if (may_be_cut(r, column))
		WRONG("%s « %s » : entre des virgules, un montant s’écrit avec un point (« 1234.00 "
		      "») ou "
		      "entre guillemets",
		      column_names[column], field(r, column));
	else if (!amount)
		WRONG("%s « %s » : écrivez « 1 234,50 », deux décimales au plus",
		      column_names[column], field(r, column));
	return amount;
}

/* Of what is excluded, why; of other lines, the reason of a difference. */
static void add_motive(struct reader *r, struct sieg_json *line, const struct nature *nature)
{
	const char *motive = field(r, MOTIF), *name = folded(r->lines->arena, motive);

	if (strcmp(nature->kind, "excluded") != 0) {
		add_text(r->lines->arena, line, "reason", motive);
		return;
	}
	for (size_t i = 0; i < sizeof(motives) / sizeof(*motives); i++)
		if (strcmp(motives[i][0], name) == 0) {
			add_text(r->lines->arena, line, "why", motives[i][1]);
			return;
		}
	WRONG("motif « %s » inconnu : hors-sieg, amende, hors-periode, tva, nature, provision ou "
	      "transfert",
	      motive);
}

static void remember(struct reader *r, const char *path, const char *amount)
{
	struct csv_lines *l = r->lines;

	l->line = sieg_grow(l->arena, l->line, l->n_lines, &l->line_capacity, sizeof(*l->line));
	l->line[l->n_lines++] = (struct csv_line){
		.row = r->csv.row,
		.path = path,
		.id = field(r, POSTE),
		.nature = field(r, NATURE),
		.written = field(r, MONTANT),
		.amount = amount,
	};
}

/* Rows of one list follow each other: where it ends is not looked for again. */
static void append_line(struct reader *r, struct sieg_json *list, struct sieg_json *line)
{
	if (r->list == list) {
		r->last->next = line;
		list->n++;
	} else {
		append(list, line);
	}
	r->list = list;
	r->last = line;
}

/* A comma within an amount would make one more cell, and cut it: nothing is left over. */
static bool has_more_cells(struct reader *r)
{
	for (size_t i = r->n_heads; i < r->csv.n_fields; i++)
		if (*r->csv.field[i]) {
			WRONG("cette ligne a %zu cases, les titres %zu : un texte ou un montant "
			      "qui contient "
			      "le séparateur se met entre guillemets",
			      r->csv.n_fields, r->n_heads);
			return true;
		}
	return false;
}

static void add_row(struct reader *r)
{
	struct sieg_arena *a = r->lines->arena;
	struct sieg_json *line = make(a, SIEG_JSON_OBJECT, NULL), *list;
	const struct nature *nature;
	const char *amount, *path;

	if (has_more_cells(r))
		return;
	nature = nature_of(r);
	amount = amount_in(r, MONTANT);
	if (!nature)
		return;
	add_text(a, line, "id", field(r, POSTE));
	add_text(a, line, "kind", nature->kind);
	add_text(a, line, "label", field(r, LIBELLE));
	if (!nature->is_revenue)
		add_text(a, line, "account", field(r, COMPTE));
	add_text(a, line, "amount", amount);
	add_text(a, line, "activity", field(r, ACTIVITE));
	add_text(a, line, "key", field(r, CLE));
	if (*field(r, PREVISION))
		add_text(a, line, "forecast", amount_in(r, PREVISION));
	add_motive(r, line, nature);
	list = target(r, nature->is_revenue, &path);
	if (!list)
		return;
	append_line(r, list, line);
	remember(r, path, amount);
}

static void read_heads(struct reader *r)
{
	for (size_t i = 0; i < r->csv.n_fields; i++) {
		const char *name = folded(r->lines->arena, r->csv.field[i]);
		size_t c = 0;

		/* A spreadsheet leaves separators after the last column. */
		if (!*name)
			continue;
		r->n_heads = i + 1;
		while (c < N_COLUMNS && strcmp(column_names[c], name) != 0)
			c++;
		if (c == N_COLUMNS)
			WRONG("colonne « %s » inconnue", r->csv.field[i]);
		else if (r->place[c])
			WRONG("colonne « %s » donnée deux fois", r->csv.field[i]);
		else
			r->place[c] = i + 1;
	}
	for (enum column c = POSTE; c <= MONTANT; c++)
		if (!r->place[c])
			WRONG("il manque la colonne « %s »", column_names[c]);
}

const char *csv_column_of(const char *field)
{
	static const struct {
		const char *field;
		enum column column;
	} columns[] = {
		{ "id", POSTE },          { "kind", NATURE }, { "amount", MONTANT },
		{ "activity", ACTIVITE }, { "key", CLE },     { "forecast", PREVISION },
		{ "reason", MOTIF },      { "why", MOTIF },   { "label", LIBELLE },
		{ "account", COMPTE },
	};

	for (size_t i = 0; i < sizeof(columns) / sizeof(*columns); i++)
		if (strcmp(columns[i].field, field) == 0)
			return column_names[columns[i].column];
	return NULL;
}

bool csv_lines_add(struct csv_lines *lines, struct sieg_arena *a, const char *bytes, size_t length,
		   struct sieg_json *document)
{
	struct reader reader = { .lines = lines, .document = document }, *r = &reader;
	const char *text = csv_as_utf8(a, bytes, &length);

	int control = csv_control_row(text, length);

	*lines = (struct csv_lines){ .arena = a };
	if (control) {
		problem(lines, control,
			"un caractère de commande s’y trouve : ce n’est pas du texte");
		return false;
	}
	csv_open(&r->csv, a, text, length);
	if (!csv_next(&r->csv)) {
		problem(lines, 1, "le fichier n’a pas de ligne de titres");
		return false;
	}
	read_heads(r);
	if (lines->n_problems)
		return false;
	while (csv_next(&r->csv))
		add_row(r);
	if (!lines->n_lines && !lines->n_problems && !r->csv.is_broken)
		problem(lines, 1, "le fichier n’a que des titres : aucune ligne à ajouter");
	if (r->csv.is_broken)
		WRONG("un guillemet n’est pas fermé, ou la ligne a trop de colonnes");
	return lines->n_problems == 0;
}
