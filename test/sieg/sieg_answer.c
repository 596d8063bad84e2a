/*
 * Answers every document of a folder: NAME.in.json by the operation in NAME.op. Prints how many
 * answers of each kind there were.
 *
 *	sieg_answer FOLDER
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sieg/arena.h"
#include "sieg/document.h"

/* All of a file, ended by NUL; NULL when it is not there. */
static char *read_file(const char *folder, const char *stem, const char *ending, size_t *length)
{
	char path[4096], *bytes;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s%s", folder, stem, ending);
	f = fopen(path, "rb");
	if (!f)
		return NULL;
	bytes = malloc((size_t)20 << 20);
	if (!bytes)
		abort();
	*length = fread(bytes, 1, ((size_t)20 << 20) - 1, f);
	bytes[*length] = '\0';
	fclose(f);
	return bytes;
}

static int answer(const char *folder, const char *stem)
{
	struct sieg_arena *a = sieg_arena_new();
	size_t length, document_length = 0;
	char *name = read_file(folder, stem, ".op", &length);
	char *document = read_file(folder, stem, ".in.json", &document_length);
	enum sieg_operation operation;
	struct sieg_answer said;

	if (!name || !document)
		abort();
	name[strcspn(name, "\n")] = '\0';
	operation = sieg_operation_named(name);
	said = operation == SIEG_N_OPERATIONS
		       ? sieg_refusal(a, SIEG_E_OPERATION)
		       : sieg_answer(a, operation, document, document_length);
	free(name);
	free(document);
	sieg_arena_free(a);
	return said.code;
}

int main(int argc, char *argv[])
{
	static const char ending[] = ".in.json";
	int count[3] = { 0 };
	DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;

	if (!folder) {
		fputs("usage: sieg_answer FOLDER\n", stderr);
		return 2;
	}
	for (struct dirent *entry; (entry = readdir(folder));) {
		size_t length = strlen(entry->d_name);

		if (length <= strlen(ending) ||
		    strcmp(entry->d_name + length - strlen(ending), ending) != 0)
			continue;
		entry->d_name[length - strlen(ending)] = '\0';
		count[answer(argv[1], entry->d_name)]++;
	}
	closedir(folder);
	printf("%d computed, %d refused, %d no JSON\n", count[0], count[1], count[2]);
	return count[0] == 0;
}
