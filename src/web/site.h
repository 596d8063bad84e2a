/*
 * site.h - the map of the site, on one screen.
 */
#ifndef WEB_SITE_H
#define WEB_SITE_H

#include "web/route.h"

extern const struct site_map site_map;

#endif
