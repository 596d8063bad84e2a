/*
 * pages.h - the pages people see, for the map of the site.
 */
#ifndef WEB_PAGES_PAGES_H
#define WEB_PAGES_PAGES_H

#include "base/status.h"
#include "web/route.h"

page_fn home_show;
page_fn resources_show, resource_show;
page_fn collections_show, collection_show;
page_fn agenda_show, session_show;
page_fn cycle_show;
page_fn directory_show, organisation_show;
page_fn text_page_show;
page_fn file_show;
page_fn health_show, icon_show;

/* Where an address of an earlier site leads. */
page_fn moved_show;

/* Of someone who is to sign in before. */
page_fn sign_in_first;

void error_show(struct request *req, struct response *res, enum status status);

/* What /ressources reads, in the order of its canonical address. */
extern const char *const resources_known[];
extern const char *const agenda_known[];
extern const char *const directory_known[];

#endif
