#include "base/names.h"

#include <string.h>

int name_place(const char *const *names, size_t n_names, const char *name)
{
	for (size_t i = 0; i < n_names; i++)
		if (!strcmp(names[i], name))
			return (int)i;
	return -1;
}
