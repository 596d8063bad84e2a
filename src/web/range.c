#include "web/range.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

/* More than fits is the most that does: it is past any end. */
static bool read_number(const char **text, int64_t *number)
{
	const char *start = *text;

	*number = 0;
	for (; **text >= '0' && **text <= '9'; (*text)++)
		*number =
			*number > (INT64_MAX - 9) / 10 ? INT64_MAX : *number * 10 + (**text - '0');
	return *text > start;
}

/* "-500": the last ones. */
static enum range read_suffix(int64_t n, int64_t size, int64_t *from, int64_t *length)
{
	if (!n)
		return RANGE_NONE;
	if (n >= size)
		return size ? RANGE_PART : RANGE_WHOLE;
	*from = size - n;
	*length = n;
	return RANGE_PART;
}

enum range range_read(const char *range, int64_t size, int64_t *from, int64_t *length)
{
	int64_t first, last;
	bool has_first, has_last;

	*from = 0;
	*length = size;
	if (!range || strncasecmp(range, "bytes=", 6) != 0)
		return RANGE_WHOLE;
	range += 6;
	has_first = read_number(&range, &first);
	if (*range++ != '-')
		return RANGE_WHOLE;
	has_last = read_number(&range, &last);
	if (*range || (!has_first && !has_last) || (has_first && has_last && last < first))
		return RANGE_WHOLE;
	if (!has_first)
		return read_suffix(last, size, from, length);
	if (first >= size)
		return RANGE_NONE;
	*from = first;
	*length = (has_last && last < size ? last + 1 : size) - first;
	return RANGE_PART;
}
