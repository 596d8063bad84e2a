#include "base/tr.h"

const char *_(const char *text)
{
	return text;
}

const char *_n(const char *one, const char *many, int64_t n)
{
	return n < 2 ? one : many;
}
