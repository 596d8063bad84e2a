#include "search/analyse.h"

#include <stdlib.h>
#include <string.h>

/* In the order of strcmp(). */
static const char *const stops[] = {
	"a",        "afin",       "ai",         "aient",     "ainsi",      "ait",      "alors",
	"au",       "auquel",     "aura",       "auraient",  "aurait",     "auront",   "aussi",
	"aux",      "auxquelles", "auxquels",   "avaient",   "avait",      "avec",     "avez",
	"avoir",    "avons",      "ayant",      "c",         "ce",         "ceci",     "cela",
	"celle",    "celles",     "celleux",    "celui",     "ces",        "cet",      "cette",
	"ceulles",  "ceux",       "chez",       "comme",     "d",          "dans",     "de",
	"depuis",   "des",        "desquelles", "desquels",  "donc",       "dont",     "du",
	"duquel",   "elle",       "elles",      "ellui",     "en",         "entre",    "es",
	"est",      "et",         "etaient",    "etait",     "etant",      "etes",     "etre",
	"eux",      "furent",     "fut",        "ici",       "iel",        "iels",     "il",
	"ils",      "j",          "je",         "jusqu",     "jusque",     "l",        "la",
	"laquelle", "le",         "lequel",     "les",       "lesquelles", "lesquels", "leur",
	"leurs",    "lors",       "lorsqu",     "lorsque",   "lui",        "m",        "ma",
	"mais",     "me",         "meme",       "memes",     "mes",        "mlle",     "mm",
	"mme",      "mmes",       "moi",        "mon",       "mr",         "n",        "ne",
	"ni",       "nos",        "nous",       "on",        "ont",        "ou",       "par",
	"pendant",  "plus",       "pour",       "presqu",    "puis",       "puisqu",   "puisque",
	"qu",       "quand",      "que",        "quel",      "quelle",     "quelles",  "quelqu",
	"quelque",  "quelques",   "quelquun",   "quelquune", "quels",      "qui",      "quoi",
	"quoiqu",   "quoique",    "s",          "sa",        "se",         "selon",    "sera",
	"seraient", "serait",     "seront",     "ses",       "soi",        "soient",   "soit",
	"sommes",   "son",        "sont",       "suis",      "sur",        "t",        "ta",
	"te",       "tes",        "toi",        "ton",       "tous",       "toustes",  "tout",
	"toute",    "toutes",     "tres",       "tu",        "un",         "une",      "vers",
	"vos",      "votre",      "vous",       "y",
};

static int compare(const void *key, const void *item)
{
	return strcmp(key, *(const char *const *)item);
}

/* The longest is "lesquelles". */
enum { STOP_MAX = 12 };

bool form_is_stop(const char *folded, size_t length)
{
	char key[STOP_MAX + 1];

	if (!length || length > STOP_MAX)
		return false;
	memcpy(key, folded, length);
	key[length] = '\0';
	return bsearch(key, stops, sizeof(stops) / sizeof(*stops), sizeof(*stops), compare);
}
