/* app/registry_json.c — members by name. */
#include "app/registry_json.h"

#include <string.h>

void registry_cells_json(struct json *j, enum registry kind, const struct span *cells)
{
	uint32_t count;
	const struct field *f = registry_fields(kind, &count);
	const struct field *sorted[REGISTRY_FIELDS_MOST];

	for (uint32_t i = 0; i < count; i++) {
		uint32_t at = i;
		for (; at > 0 && strcmp(sorted[at - 1]->name, f[i].name) > 0; at--)
			sorted[at] = sorted[at - 1];
		sorted[at] = &f[i];
	}
	json_begin_object(j);
	for (uint32_t i = 0; i < count; i++) {
		struct span cell = cells[sorted[i] - f];
		if (cell.len == 0)
			continue;
		json_key(j, sorted[i]->name);
		json_mem(j, cell.at, cell.len);
	}
	json_end_object(j);
}
