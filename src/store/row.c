#include "store/row.h"

enum visibility row_visibility(struct query *q, int column)
{
	for (int i = PUBLIC; i <= RESTRICTED; i++)
		if (row_text_is(q, column, visibility_name((enum visibility)i)))
			return (enum visibility)i;
	return AS_OWNER;
}

void query_reader(struct query *q, int param, const struct reader *reader)
{
	query_text(q, param, access_held(reader));
}

void query_id(struct query *q, int param, int64_t id)
{
	if (id)
		query_int(q, param, id);
	else
		query_null(q, param);
}

void query_number(struct query *q, int param, int64_t value)
{
	if (value == NO_NUMBER)
		query_null(q, param);
	else
		query_int(q, param, value);
}

int64_t row_number(struct query *q, int column)
{
	return row_is_null(q, column) ? NO_NUMBER : row_int(q, column);
}
