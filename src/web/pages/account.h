/*
 * account.h - the pages of accounts, for the map of the site.
 *
 * Whoever signs in comes back to the page they wanted: its path is "retour", in the address of the
 * first pages, in a hidden field of their forms, and in the row of a link sent by mail.
 */
#ifndef WEB_PAGES_ACCOUNT_H
#define WEB_PAGES_ACCOUNT_H

#include "web/route.h"

page_fn sign_in_show, sign_in_try;
page_fn link_ask_show, link_ask, link_asked_show;
page_fn link_show, link_use;
page_fn code_show, code_try;
page_fn sign_out_show, sign_out;
page_fn reset_ask_show, reset_ask;
page_fn password_show, password_choose;
page_fn email_show, email_confirm;

page_fn security_show;
page_fn security_set_password, security_ask_email;
page_fn security_end_device, security_end_others;
page_fn factor_show, factor_start, factor_confirm, factor_renew_codes, factor_remove;

extern const char *const return_known[];   /* "retour" */
extern const char *const security_known[]; /* "fait" */

#endif
