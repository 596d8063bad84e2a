#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { LINE_SIZE = 2048, EXIT_SYSTEM = 3 };

static void say(const char *prefix, const char *format, va_list args)
{
	char line[LINE_SIZE];
	int at = snprintf(line, sizeof(line), "%s", prefix);
	int n = vsnprintf(line + at, sizeof(line) - (size_t)at - 1, format, args);

	at += n < 0 ? 0 : n;
	if (at > LINE_SIZE - 2)
		at = LINE_SIZE - 2;
	line[at] = '\n';
	/* Nobody is left to tell when standard error cannot be written. */
	if (write(STDERR_FILENO, line, (size_t)at + 1) < 0)
		return;
}

void log_error(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say("halle: ", format, args);
	va_end(args);
}

void log_line(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say("", format, args);
	va_end(args);
}

void die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say("halle: ", format, args);
	va_end(args);
	exit(EXIT_SYSTEM);
}
