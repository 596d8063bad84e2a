/*
 * banned.h - what has no place here, after git's list of that name: it overruns, keeps
 * state between calls, or depends on a locale or a time zone. Included everywhere by the build.
 */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#include <stdio.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf strtok
#pragma GCC poison gmtime localtime ctime asctime localtime_r mktime strftime setlocale

#endif
