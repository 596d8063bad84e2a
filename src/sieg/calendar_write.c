#include "sieg/calendar.h"
#include "sieg/operation.h"

void sieg_write_calendar(struct sieg_writer *w, const struct sieg_calendar *in,
			 const struct sieg_calendar_result *result)
{
	sieg_open_object(w);
	sieg_write_contract(w);
	sieg_key(w, "deadlines");
	sieg_open_list(w);
	for (size_t i = 0; i < result->n_deadlines; i++) {
		const struct sieg_deadline *d = &result->deadline[i];

		sieg_open_object(w);
		sieg_write_day(w, "date", d->day);
		sieg_write_text(w, "kind", sieg_deadline_name(d->kind));
		sieg_write_text(w, "ref", d->about);
		sieg_write_rule(w, d->rule);
		sieg_close_object(w);
	}
	sieg_close_list(w);
	sieg_write_text(w, "dossier", in->dossier);
	sieg_write_findings(w, &result->findings);
	sieg_write_text(w, "operation", "calendar");
	sieg_write_rules(w);
	sieg_close_object(w);
}
