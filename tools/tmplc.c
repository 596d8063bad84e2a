#include "tmplc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_HEADERS = 16 };

static _Noreturn void usage(void)
{
	fputs("usage: tmplc [-I header.h]... IN.html OUT.c\n", stderr);
	exit(2);
}

static bool read_file(const char *name, struct buffer *b)
{
	char bytes[8192];
	FILE *f = fopen(name, "rb");
	bool failed;
	size_t n;

	if (!f)
		return false;
	buffer_text(b, "");
	while ((n = fread(bytes, 1, sizeof(bytes), f)) > 0)
		buffer_add(b, bytes, n);
	failed = ferror(f);
	return !fclose(f) && !failed;
}

static bool write_file(const char *name, const char *text)
{
	FILE *f = fopen(name, "wb");
	bool failed;

	if (!f)
		return false;
	failed = fputs(text, f) == EOF;
	return !fclose(f) && !failed;
}

static int translate(const struct source *source, const char *to)
{
	char message[MESSAGE_SIZE];
	char *code = tmplc_compile(source, message);
	bool written;

	if (!code) {
		fprintf(stderr, "%s\n", message);
		return EXIT_FAILURE;
	}
	written = write_file(to, code);
	free(code);
	if (written)
		return EXIT_SUCCESS;
	remove(to);
	fprintf(stderr, "tmplc: cannot write '%s'\n", to);
	return EXIT_FAILURE;
}

/* Names become part of a string of C. */
static void check_name(const char *name)
{
	for (; *name; name++)
		if ((unsigned char)*name < ' ' || *name == '"' || *name == '\\' || *name == '?')
			usage();
}

/* What is not C is likely to be a template that would be lost. */
static void check_output(const char *name)
{
	size_t n = strlen(name);

	if (n < 3 || strcmp(name + n - 2, ".c"))
		usage();
}

int main(int argc, char *argv[])
{
	const char *header[MAX_HEADERS];
	struct source source = { .header = header };
	struct buffer text = { 0 };
	int i = 1, status;

	for (; i + 1 < argc && !strcmp(argv[i], "-I"); i += 2) {
		if (source.n_headers == MAX_HEADERS)
			usage();
		check_name(argv[i + 1]);
		header[source.n_headers++] = argv[i + 1];
	}
	if (argc - i != 2)
		usage();
	check_name(argv[i]);
	check_output(argv[i + 1]);

	/* What was made of an older template must not be taken for this one's. */
	remove(argv[i + 1]);
	if (!read_file(argv[i], &text)) {
		fprintf(stderr, "tmplc: cannot read '%s'\n", argv[i]);
		return EXIT_FAILURE;
	}
	source.name = argv[i];
	source.text = text.data;
	source.length = text.length;
	status = translate(&source, argv[i + 1]);
	free(text.data);
	return status;
}
