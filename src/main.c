#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sodium.h>

#include "base/arena.h"
#include "base/log.h"
#include "cli/command.h"

static const struct command *find(const char *name)
{
	for (size_t i = 0; commands[i]; i++)
		if (!strcmp(commands[i]->name, name))
			return commands[i];
	return NULL;
}

/* The value of `--name`, which is "--name VALUE" or "--name=VALUE"; moves past it. */
static const char *take_value(const char *name, char *argv[], int argc, int *i)
{
	size_t n = strlen(name);

	if (argv[*i][n] == '=')
		return argv[*i] + n + 1;
	if (*i + 1 >= argc) {
		log_error("%s needs a value", name);
		return NULL;
	}
	return argv[++*i];
}

static bool is_option(const char *word, const char *name)
{
	size_t n = strlen(name);

	return !strncmp(word, name, n) && (word[n] == '\0' || word[n] == '=');
}

static bool take_option(const struct command *c, struct args *args, char *argv[], int argc, int *i)
{
	if (is_option(argv[*i], "--data"))
		return (args->data = take_value("--data", argv, argc, i));
	for (size_t k = 0; c->option && c->option[k].name; k++) {
		const struct option *o = &c->option[k];

		if (!is_option(argv[*i], o->name))
			continue;
		args->value[k] = o->value ? take_value(o->name, argv, argc, i) : "";
		return args->value[k];
	}
	log_error("'%s' has no option '%s' (see 'halle help %s')", c->name, argv[*i], c->name);
	return false;
}

static bool read_args(const struct command *c, struct args *args, int argc, char *argv[])
{
	bool options = true;

	for (int i = 0; i < argc; i++) {
		if (c->takes_all) {
			args->word[args->n_words++] = argv[i];
		} else if (options && !strcmp(argv[i], "--")) {
			options = false;
		} else if (options && !strncmp(argv[i], "--", 2)) {
			if (!take_option(c, args, argv, argc, &i))
				return false;
		} else {
			args->word[args->n_words++] = argv[i];
		}
	}
	if (c->takes_all || (args->n_words >= c->min_words && args->n_words <= c->max_words))
		return true;
	log_error("usage: halle %s %s", c->name, c->usage);
	return false;
}

static int run(const struct command *c, int argc, char *argv[])
{
	struct args args = { .option = c->option, .data = getenv("HALLE_DATA") };
	int code = WRONG_USAGE;

	if (!args.data || !*args.data)
		args.data = "data";
	args.word = calloc((size_t)argc + 1, sizeof(*args.word));
	if (!args.word)
		die("out of memory");
	if (read_args(c, &args, argc, argv))
		code = c->run(&args);
	free(args.word);
	return code;
}

/* Whoever read what was printed has gone, having read enough: "halle search … | head". */
static bool has_lost_its_reader(void)
{
	struct pollfd out = { .fd = STDOUT_FILENO };

	return poll(&out, 1, 0) > 0 && (out.revents & POLLERR);
}

/* What was printed must have reached its place: a full disk is no success. */
static int flush(int code)
{
	if ((fflush(stdout) == 0 && !ferror(stdout)) || has_lost_its_reader())
		return code;
	log_error("cannot write to standard output");
	return code == DONE ? SYSTEM_FAILED : code;
}

int main(int argc, char *argv[])
{
	const char *name = argc > 1 ? argv[1] : "help";
	const struct command *c;

	/*
	 * glibc: large blocks are given back to the system once freed, however many there were;
	 * what requests take and free is kept for the next.
	 */
	mallopt(M_MMAP_THRESHOLD, 512 * 1024);
	mallopt(M_TRIM_THRESHOLD, 64 * 1024 * 1024);
	signal(SIGPIPE, SIG_IGN);
	/* A file grown past the limit is an error to tell, not a reason to die. */
	signal(SIGXFSZ, SIG_IGN);
	if (sodium_init() < 0)
		die("cannot start libsodium");
	if (!strcmp(name, "--help") || !strcmp(name, "-h"))
		name = "help";
	else if (!strcmp(name, "--version"))
		name = "version";
	c = find(name);
	if (!c) {
		log_error("'%s' is not a command (see 'halle help')", name);
		return WRONG_USAGE;
	}
	return flush(run(c, argc > 1 ? argc - 2 : 0, argv + 2));
}
