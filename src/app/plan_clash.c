/* app/plan_clash.c — a growing list. */
#include "app/plan_clash.h"

#include <string.h>

const char *plan_clash_name(enum plan_clash_kind kind)
{
	static const char *const names[CLASH_KINDS] = {
		[CLASH_UNSET] = "unset",
		[CLASH_MINIMUM] = "minimum",
		[CLASH_CAP] = "cap",
		[CLASH_ODD] = "odd",
		[CLASH_LATER] = "later",
		[CLASH_SENIORS] = "seniors",
		[CLASH_CAPACITY] = "capacity",
		[CLASH_JUNIORS] = "juniors",
		[CLASH_SKILL] = "skill",
		[CLASH_CERTIFICATE] = "certificate",
		[CLASH_RULES] = "rules",
		[CLASH_LINE] = "line",
		[CLASH_TWO_POOLS] = "two-pools",
		[CLASH_GAP] = "gap",
	};

	return names[kind];
}

void plan_clash_add(struct plan_clashes *c, const struct plan_clash *clash)
{
	if (c->count == c->size) {
		size_t size = c->size ? c->size * 2 : 16;
		struct plan_clash *list = arena_array(c->arena, size, sizeof(*list));
		if (c->count)
			memcpy(list, c->list, c->count * sizeof(*list));
		c->list = list;
		c->size = size;
	}
	c->list[c->count] = *clash;
	struct plan_clash *last = &c->list[c->count++];
	last->rules = last->rules ? last->rules : "";
	last->county = last->county ? last->county : "";
	last->skill = last->skill ? last->skill : "";
	c->stops += last->stops;
}
