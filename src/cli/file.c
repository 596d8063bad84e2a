/*
 * file.c - documents that are kept here: given to a resource, listed, taken away.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "cli/command.h"
#include "db/db.h"
#include "store/file.h"
#include "store/resource.h"

enum { LABEL_MAX = 500 };

static const int64_t file_max = (int64_t)2 << 30;

static const struct reader editor = { .level = EDITOR };

/* ---- add ----------------------------------------------------------------------------- */

/* The whole file in memory, as the system pages it in; NULL, said, when it cannot be. */
static const void *map_file(const char *path, size_t *length)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	void *bytes = MAP_FAILED;

	if (fd < 0 || fstat(fd, &st) != 0) {
		log_error("cannot read '%s': %s", path, strerror(errno));
	} else if (!S_ISREG(st.st_mode) || st.st_size == 0 || st.st_size > file_max) {
		log_error("'%s' is not a file of 1 byte to 2 GiB", path);
	} else {
		*length = (size_t)st.st_size;
		bytes = mmap(NULL, *length, PROT_READ, MAP_PRIVATE, fd, 0);
		if (bytes == MAP_FAILED)
			log_error("cannot read '%s': %s", path, strerror(errno));
	}
	if (fd >= 0)
		close(fd);
	return bytes == MAP_FAILED ? NULL : bytes;
}

/* False, said, when something is not as it must be. */
static bool read_link(struct args *args, struct arena *a, struct link *l)
{
	const char *role = args_value(args, "--role"), *label = args_value(args, "--label");
	const char *visibility = args_value(args, "--visibility");

	*l = (struct link){ .role = role ? role : "download", .visibility = AS_OWNER };
	if (!link_role_is_known(l->role)) {
		log_error("'%s' is not a role of links", l->role);
		return false;
	}
	if (visibility && !visibility_parse(visibility, &l->visibility)) {
		log_error("--visibility takes public, members or restricted, not '%s'", visibility);
		return false;
	}
	if (text_check(a, label ? label : "", strlen(label ? label : ""), &l->label) != OK ||
	    utf8_length(l->label) > LABEL_MAX) {
		log_error("the label is not a text of at most %d characters", LABEL_MAX);
		return false;
	}
	l->label = text_squeeze(a, l->label);
	return true;
}

/* The resource is saved again: so that what follows it sees that something changed. */
static enum status give(struct db *db, struct arena *a, struct resource *r, struct link *l)
{
	enum status status = link_add(db, OF_RESOURCE, r->id, l);

	if (status == OK)
		status = resource_with_body(db, a, &editor, r->id, r);
	r->modified_at = time(NULL);
	return status == OK ? resource_save(db, r) : status;
}

static enum status add_to(struct args *args, struct arena *a, struct db *db, struct resource *r,
			  struct link *l)
{
	size_t length = 0;
	const void *bytes = map_file(args->word[2], &length);
	struct file made;
	enum status status;

	if (!bytes)
		return INVALID;
	status = db_begin(db);
	if (status == OK)
		status = file_add(db, a, args->data, args->word[2], bytes, length, time(NULL),
				  &made);
	munmap((void *)(uintptr_t)bytes, length);
	if (status != OK)
		return db_end(db, status);
	l->file = made.id;
	l->label = *l->label ? l->label : made.name;
	status = db_end(db, give(db, a, r, l));
	if (status == OK)
		printf("/fichiers/%s/%s\n", made.id, made.name);
	return status;
}

static int add(struct args *args, struct arena *a, struct db *db)
{
	struct resource r;
	struct link l;
	enum status status;

	if (!read_link(args, a, &l))
		return WRONG_USAGE;
	status = resource_by_slug(db, a, &editor, args->word[1], &r);
	if (status == NOT_FOUND)
		log_error("there is no resource '%s'", args->word[1]);
	if (status == OK)
		status = add_to(args, a, db, &r, &l);
	return exit_code(status);
}

/* ---- list, remove ---------------------------------------------------------------------- */

static int list(struct args *args, struct arena *a, struct db *db)
{
	struct file_list files;
	enum status status = file_all(db, a, &files);

	(void)args;
	for (size_t i = 0; status == OK && i < files.n_files; i++)
		printf("%s %10lld %s %s\n", files.file[i].id, (long long)files.file[i].size,
		       files.file[i].media_type, files.file[i].name);
	return exit_code(status);
}

static int remove_one(struct args *args, struct arena *a, struct db *db)
{
	enum status status = db_begin(db);

	if (status == OK)
		status = db_end(db, file_remove(db, a, args->data, args->word[1]));
	if (status == NOT_FOUND)
		log_error("there is no file '%s' (see 'halle file list')", args->word[1]);
	return exit_code(status);
}

static int file_run(struct args *args)
{
	int (*work)(struct args *, struct arena *, struct db *) = NULL;
	struct arena *a;
	struct db *db;
	int code;

	if (!strcmp(args->word[0], "add") && args->n_words == 3)
		work = add;
	else if (!strcmp(args->word[0], "list") && args->n_words == 1)
		work = list;
	else if (!strcmp(args->word[0], "remove") && args->n_words == 2)
		work = remove_one;
	if (!work) {
		log_error("usage: halle file %s", command_file.usage);
		return WRONG_USAGE;
	}
	a = arena_new();
	db = open_data(args, a, false, &code);
	if (db) {
		code = work(args, a, db);
		db_close(db);
	}
	arena_free(a);
	return code;
}

static const struct option file_options[] = {
	{ "--role", "ROLE", "what the link is: download by default, slides, report…" },
	{ "--label", "TEXT", "the words of the link; the name of the file by default" },
	{ "--visibility", "WHO", "public, members or restricted; that of the resource by default" },
	{ 0 },
};

const struct command command_file = {
	.name = "file",
	.usage = "add RESOURCE FILE [--role ROLE] [--label TEXT] [--visibility WHO]"
		 " | list | remove NUMBER",
	.summary = "keep documents, and give them to resources",
	.option = file_options,
	.min_words = 1,
	.max_words = 3,
	.run = file_run,
};
