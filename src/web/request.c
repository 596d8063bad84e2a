#include "web/request.h"

#include <string.h>

#include "base/log.h"

const char *site_cookie(const struct site *site)
{
	return strncmp(site->public_url, "https:", 6) != 0 ? "halle" : "__Host-halle";
}

/* RFC 9110, 13.1.5: a weak tag is none here, nor is a date, which we do not give. */
const char *request_range(const struct request *req, const char *etag)
{
	if (req->if_range && (!etag || *etag != '"' || strcmp(req->if_range, etag) != 0))
		return NULL;
	return req->range;
}

static const char *first(const struct pair *pair, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(pair[i].name, name))
			return pair[i].value;
	return NULL;
}

const char *request_param(const struct request *req, const char *name)
{
	const char *value = first(req->param, req->n_params, name);

	if (!value)
		die("no ':%s' in the pattern of this page's route", name);
	return value;
}

const char *request_query(const struct request *req, const char *name)
{
	return first(req->query, req->n_query, name);
}

const char *request_form(const struct request *req, const char *name)
{
	return first(req->form, req->n_form, name);
}

const struct upload *request_upload(const struct request *req, const char *name)
{
	for (size_t i = 0; i < req->n_uploads; i++)
		if (!strcmp(req->upload[i].name, name))
			return &req->upload[i];
	return NULL;
}

int64_t request_number(const struct request *req, const char *name, int64_t otherwise, int64_t max)
{
	const char *text = request_query(req, name);
	int64_t number = 0;

	if (!text || !*text)
		return otherwise;
	for (; *text; text++) {
		if (*text < '0' || *text > '9' || number > (max - (*text - '0')) / 10)
			return -1;
		number = number * 10 + (*text - '0');
	}
	return number >= 1 ? number : -1;
}
