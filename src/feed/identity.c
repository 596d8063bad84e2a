#include "feed/identity.h"

#include "base/arena.h"
#include "store/setting.h"

static const char *or_else(const char *text, const char *otherwise)
{
	return *text ? text : otherwise;
}

enum status identity_read(struct db *db, struct arena *a, const char *public_url,
			  struct identity *identity)
{
	const char *id, *publisher, *contact;
	enum status status = setting_get(db, a, "site_id", &id);

	identity->url = public_url;
	if (status == OK)
		status = setting_get(db, a, "site_name", &identity->name);
	if (status == OK)
		status = setting_get(db, a, "publisher", &publisher);
	if (status == OK)
		status = setting_get(db, a, "site_purpose", &identity->purpose);
	if (status == OK)
		status = setting_get(db, a, "site_contact", &contact);
	if (status != OK)
		return status;
	identity->id = or_else(id, public_url);
	identity->publisher = or_else(publisher, identity->name);
	identity->contact = or_else(contact, NULL);
	return OK;
}

const char *identity_address(struct arena *a, const struct identity *identity, struct url path)
{
	return arena_printf(a, "%s%s", identity->url, path.address);
}

const char *identity_page(struct arena *a, const struct identity *identity, const char *prefix,
			  const char *slug)
{
	return identity_address(a, identity, url_path(a, prefix, slug));
}
