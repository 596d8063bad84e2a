/*
 * embed.c - puts files into the program, at build time.
 *
 *	embed migrations NAME OUT.c FILE...	SQL, numbered by its file's name
 *	embed files NAME OUT.c FILE...		anything served as it is
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void fail(const char *what, const char *subject)
{
	fprintf(stderr, "embed: %s '%s'\n", what, subject);
	exit(1);
}

static unsigned char *read_file(const char *path, size_t *length)
{
	FILE *f = fopen(path, "rb");
	size_t capacity = 1 << 16, n;
	unsigned char *bytes = malloc(capacity);

	if (!f || !bytes)
		fail("cannot read", path);
	*length = 0;
	while ((n = fread(bytes + *length, 1, capacity - *length, f)) > 0) {
		*length += n;
		if (*length < capacity)
			continue;
		capacity *= 2;
		bytes = realloc(bytes, capacity);
		if (!bytes)
			fail("cannot read", path);
	}
	if (ferror(f))
		fail("cannot read", path);
	fclose(f);
	return bytes;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* An array of numbers: ISO C bounds the length of a string literal. */
static void write_bytes(FILE *out, const unsigned char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		fprintf(out, "%u,%s", bytes[i], i % 24 == 23 ? "\n" : "");
	fprintf(out, "0\n");
}

/* FNV-1a: only tells one version of a file from another. */
static uint64_t hash(const unsigned char *bytes, size_t length)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < length; i++)
		h = (h ^ bytes[i]) * 0x100000001b3u;
	return h;
}

static const char *media_type(const char *name)
{
	static const char *const types[][2] = {
		{ ".css", "text/css; charset=utf-8" },
		{ ".js", "text/javascript; charset=utf-8" },
		{ ".svg", "image/svg+xml" },
		{ ".png", "image/png" },
		{ ".ico", "image/x-icon" },
		{ ".txt", "text/plain; charset=utf-8" },
		{ ".json", "application/json" },
		{ ".mo", "application/octet-stream" },
	};
	const char *dot = strrchr(name, '.');

	for (size_t i = 0; dot && i < sizeof(types) / sizeof(*types); i++)
		if (!strcmp(dot, types[i][0]))
			return types[i][1];
	fail("no media type is known for", name);
}

static void write_migrations(FILE *out, const char *name, int n, char **file)
{
	fprintf(out, "const struct migration %s_migration[] = {\n", name);
	for (int i = 0; i < n; i++)
		fprintf(out, "\t{ %d, \"%.*s\", (const char *)bytes_%d },\n",
			atoi(base_name(file[i])), (int)strcspn(base_name(file[i]), "."),
			base_name(file[i]), i);
	fprintf(out, "};\nconst size_t n_%s_migrations = %d;\n", name, n);
}

static void write_files(FILE *out, const char *name, int n, char **file, size_t *length,
			const uint64_t *hashes)
{
	fprintf(out, "const struct static_file %s_file[] = {\n", name);
	for (int i = 0; i < n; i++)
		fprintf(out,
			"\t{ \"%s\", \"/statique/%08x-%s\", \"%s\", (const char *)bytes_%d, %zu "
			"},\n",
			base_name(file[i]), (unsigned)(hashes[i] >> 32), base_name(file[i]),
			media_type(base_name(file[i])), i, length[i]);
	fprintf(out, "};\nconst size_t n_%s_files = %d;\n", name, n);
}

int main(int argc, char *argv[])
{
	int n = argc - 4;
	size_t *length = calloc((size_t)argc, sizeof(*length));
	uint64_t *hashes = calloc((size_t)argc, sizeof(*hashes));
	int is_sql = argc > 4 && !strcmp(argv[1], "migrations");
	FILE *out;

	if (argc < 5 || !length || !hashes || (!is_sql && strcmp(argv[1], "files") != 0))
		fail("usage:", "embed migrations|files NAME OUT.c FILE...");
	out = fopen(argv[3], "w");
	if (!out)
		fail("cannot write", argv[3]);
	fprintf(out, "#include \"%s\"\n\n", is_sql ? "db/driver.h" : "web/static.h");
	if (is_sql)
		fprintf(out,
			"extern const struct migration %s_migration[];\n"
			"extern const size_t n_%s_migrations;\n",
			argv[2], argv[2]);
	for (int i = 0; i < n; i++) {
		unsigned char *bytes = read_file(argv[4 + i], &length[i]);

		hashes[i] = hash(bytes, length[i]);
		fprintf(out, "static const unsigned char bytes_%d[] = {\n", i);
		write_bytes(out, bytes, length[i]);
		fprintf(out, "};\n");
		free(bytes);
	}
	if (is_sql)
		write_migrations(out, argv[2], n, argv + 4);
	else
		write_files(out, argv[2], n, argv + 4, length, hashes);
	free(length);
	free(hashes);
	if (fclose(out))
		fail("cannot write", argv[3]);
	return 0;
}
