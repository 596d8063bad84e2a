#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "cli/command.h"
#include "store/setting.h"

static void print_settings(void)
{
	int width = 0;

	for (size_t i = 0; i < n_settings; i++)
		if ((int)strlen(setting_table[i].name) > width)
			width = (int)strlen(setting_table[i].name);
	for (size_t i = 0; i < n_settings; i++)
		printf("  %-*s %s\n", width, setting_table[i].name, setting_table[i].help);
}

static void print_command(const struct command *c)
{
	printf("halle %s %s\n\n%s\n\n", c->name, c->usage, c->summary);
	for (size_t i = 0; c->option && c->option[i].name; i++) {
		const char *value = c->option[i].value ? c->option[i].value : "";

		printf("  %s %-*s %s\n", c->option[i].name, 24 - (int)strlen(c->option[i].name),
		       value, c->option[i].help);
	}
	if (!c->takes_all)
		printf("  %-25s %s\n", "--data DIR",
		       "the data folder (or HALLE_DATA); 'data' by default");
}

static int print_all(void)
{
	puts("halle: the information system of a network of local authorities\n");
	for (size_t i = 0; commands[i]; i++)
		printf("  %-12s %s\n", commands[i]->name, commands[i]->summary);
	puts("\n'halle help COMMAND' tells its options, 'halle help settings' the settings.");
	return DONE;
}

static int help_run(struct args *args)
{
	if (args->n_words == 0)
		return print_all();
	if (!strcmp(args->word[0], "settings")) {
		print_settings();
		return DONE;
	}
	for (size_t i = 0; commands[i]; i++) {
		if (strcmp(commands[i]->name, args->word[0]) != 0)
			continue;
		print_command(commands[i]);
		return DONE;
	}
	log_error("'%s' is not a command (see 'halle help')", args->word[0]);
	return WRONG_USAGE;
}

const struct command command_help = {
	.name = "help",
	.usage = "[COMMAND]",
	.summary = "tell what the commands are and do",
	.max_words = 1,
	.run = help_run,
};

static int version_run(struct args *args)
{
	(void)args;
	puts("halle " HALLE_VERSION);
	return DONE;
}

const struct command command_version = {
	.name = "version",
	.usage = "",
	.summary = "print the version of the program",
	.run = version_run,
};
