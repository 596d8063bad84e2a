#include "cli/import_run.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/log.h"

const char *import_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return !strcmp(path, "-") ? "standard input" : slash ? slash + 1 : path;
}

void import_say_errors(const char *path, const struct import_result *result)
{
	for (size_t i = 0; i < result->n_errors; i++) {
		const struct import_error *e = &result->error[i];

		if (e->line)
			log_error("%s: line %lld: %s", import_name(path), (long long)e->line,
				  e->message);
		else
			log_error("%s: %s", import_name(path), e->message);
	}
	if (result->n_all_errors > (int64_t)result->n_errors)
		log_error("%s: and %lld more", import_name(path),
			  (long long)(result->n_all_errors - (int64_t)result->n_errors));
	if (result->n_all_errors)
		log_error("%s: refused, nothing was kept", import_name(path));
}

FILE *import_open(const char *path, enum status *status)
{
	struct stat st;
	FILE *file;

	*status = INVALID;
	if (!strcmp(path, "-"))
		return stdin;
	file = fopen(path, "rb");
	if (!file) {
		log_error("cannot read '%s': %s", path, strerror(errno));
		return NULL;
	}
	if (fstat(fileno(file), &st) == 0 && !S_ISDIR(st.st_mode))
		return file;
	log_error("cannot read '%s': it is a folder", path);
	fclose(file);
	return NULL;
}
