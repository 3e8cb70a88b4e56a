/* http/api.c — the list of groups. */
#include "http/api.h"

static const struct api_group *const groups[] = { API_LISTS, &api_export };

const struct api_group *const *api_groups(size_t *ret_count)
{
	*ret_count = COUNT(groups);
	return groups;
}

const struct api_group *const *api_served(size_t *ret_count)
{
	static const struct api_group *const served[] = { API_LISTS, &api_export, &api_pages };

	*ret_count = COUNT(served);
	return served;
}
