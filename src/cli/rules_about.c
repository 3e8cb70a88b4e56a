/* cli/rules_about.c — lists from the tables of the area and of the sites' fields. */
#include "cli/rules_about.h"

#include "app/import_area.h"
#include "app/registry.h"

#include <string.h>

static const struct rule_texts *counties(struct arena *a)
{
	struct rule_texts *ret = arena_alloc(a, sizeof(*ret));
	uint32_t count;
	const struct area *all = area_list(&count);
	const char **at = arena_array(a, count, sizeof(*at));

	for (uint32_t i = 0; i < count; i++)
		if (all[i].ours)
			at[ret->count++] = all[i].code;
	ret->at = at;
	return ret;
}

static const struct rule_texts *kinds(struct arena *a)
{
	struct rule_texts *ret = arena_alloc(a, sizeof(*ret));
	uint32_t fields;
	const struct field_choice *all =
		registry_fields(REGISTRY_SITES, &fields)[SITE_KIND].choices;

	while (all[ret->count].value)
		ret->count++;
	const char **at = arena_array(a, ret->count, sizeof(*at));
	for (size_t i = 0; i < ret->count; i++)
		at[i] = all[i].value;
	ret->at = at;
	return ret;
}

int rules_about(const struct cli *cli, const char *area, struct rule_check *ret)
{
	bool any = strcmp(area, "any") == 0;

	if (!any && strcmp(area, "baoding") != 0)
		return cli_fail_usage(cli, "--area 应为 baoding 或 any");
	*ret = (struct rule_check){ .counties = any ? NULL : counties(cli->arena),
				    .kinds = kinds(cli->arena) };
	return CLI_OK;
}
