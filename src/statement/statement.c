#include "statement/statement.h"

#include "base/arena.h"
#include "statement/build.h"
#include "statement/lines.h"
#include "statement/page.h"

static const struct {
	const char *title;
	void (*fill)(struct statement *r, const struct sieg_work *work);
} operations[SIEG_N_OPERATIONS] = {
	[SIEG_SHEET] = { "Fiche de compensation", statement_sheet },
	[SIEG_CHECK_ACT] = { "Contenu de l’acte de mandatement", statement_act_check },
	[SIEG_CONTROL_PERIODS] = { "Contrôle de la surcompensation", statement_control },
	[SIEG_DEADLINES] = { "Échéancier", statement_calendar },
	[SIEG_DE_MINIMIS] = { "Aides de minimis", statement_deminimis },
	[SIEG_FIND_ROUTE] = { "Recherche de la voie juridique", statement_route },
};

/* A lead never stands without what stops. */
static const char *with_stops(struct statement *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n_notes; i++)
		n += r->note[i].stops;
	if (!n)
		return r->lead;
	return words(r, "%s Attention : %s, à lire ci-dessous.", r->lead,
		     counted(r, n, "point bloquant", "points bloquants"));
}

struct statement *statement_make(struct arena *a, enum sieg_operation operation,
				 struct sieg_work work, const char *input, const char *css)
{
	struct statement *r = arena_make(a, struct statement, 1);

	r->arena = a;
	r->title = operations[operation].title;
	r->operation = sieg_operation_name(operation);
	r->input = input;
	r->style = html_trusted(arena_printf(a, "<style>\n%s</style>", css));
	operations[operation].fill(r, &work);
	r->lead = with_stops(r);
	return r;
}

void statement_lines(struct statement *r, const char *file, const struct csv_lines *lines)
{
	statement_section(r, "Lignes lues du fichier");
	statement_text(r, "Fichier « %s », %s.", file,
		       counted(r, lines->n_lines, "ligne lue", "lignes lues"));
	statement_table(r, "Ce qui était écrit, et ce qui a été compris", "#Ligne du fichier",
			"Poste", "Nature", "#Écrit", "#Compris", NULL);
	for (size_t i = 0; i < lines->n_lines; i++) {
		const struct csv_line *line = &lines->line[i];
		struct statement_row *row = statement_row(r);

		statement_put(row, 0, words(r, "%d", line->row));
		statement_put(row, 1, line->id);
		statement_put(row, 2, line->nature);
		statement_put(row, 3, line->written);
		statement_put(row, 4, words(r, "%s €", decimal_words(r, line->amount)));
	}
}

void statement_write(struct out *o, const struct statement *r)
{
	statement_html(o, r);
}
