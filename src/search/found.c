#include "search/found.h"

#include "base/arena.h"
#include "base/richtext.h"

static size_t passages(struct arena *a, const struct marks *marks, struct html markup,
		       struct html snippet[SNIPPETS])
{
	if (!markup.markup || !*markup.markup)
		return 0;
	return snippets_of(a, marks, richtext_to_text(a, markup), snippet);
}

enum status found_read(struct db *db, struct arena *a, const struct reader *reader,
		       const struct marks *marks, int64_t id, struct found *found)
{
	struct resource *r = &found->resource;
	enum status status;

	found->n_snippets = 0;
	if (marks_are_empty(marks))
		return resource_by_id(db, a, reader, id, r);
	status = resource_with_body(db, a, reader, id, r);
	if (status != OK)
		return status;
	found->n_snippets = passages(a, marks, r->body, found->snippet);
	if (!found->n_snippets)
		found->n_snippets = passages(a, marks, r->summary, found->snippet);
	return OK;
}
