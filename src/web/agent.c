#include "web/agent.h"

#include <stddef.h>
#include <string.h>

#include "base/arena.h"
#include "base/tr.h"

/* Browsers call themselves by the names of others: who is told apart comes first. */
static const struct {
	const char *mark, *name;
} browsers[] = {
	{ "Edg/", "Edge" },        { "EdgA/", "Edge" },
	{ "EdgiOS/", "Edge" },     { "OPR/", "Opera" },
	{ "Vivaldi/", "Vivaldi" }, { "SamsungBrowser/", "Samsung Internet" },
	{ "FxiOS/", "Firefox" },   { "Firefox/", "Firefox" },
	{ "CriOS/", "Chrome" },    { "Chromium/", "Chromium" },
	{ "Chrome/", "Chrome" },   { "Safari/", "Safari" },
};

static const struct {
	const char *mark, *name;
} systems[] = {
	{ "iPhone", N_("iPhone") },   { "iPad", N_("iPad") },     { "Android", N_("Android") },
	{ "Windows", N_("Windows") }, { "CrOS", N_("ChromeOS") }, { "Mac OS X", N_("Mac") },
	{ "Linux", N_("Linux") },
};

const char *agent_in_words(struct arena *a, const char *agent)
{
	const char *browser = NULL, *system = NULL;

	for (size_t i = 0; agent && !browser && i < sizeof(browsers) / sizeof(*browsers); i++)
		if (strstr(agent, browsers[i].mark))
			browser = browsers[i].name;
	for (size_t i = 0; agent && !system && i < sizeof(systems) / sizeof(*systems); i++)
		if (strstr(agent, systems[i].mark))
			system = _(systems[i].name);
	if (browser && system)
		return arena_printf(a, _("%s sur %s"), browser, system);
	return browser ? browser : system ? system : _("Navigateur inconnu");
}
