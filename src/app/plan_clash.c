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

void plan_clashes_json(struct json *j, const struct plan_clashes *clashes)
{
	json_key(j, "clashes");
	json_begin_array(j);
	for (size_t i = 0; i < clashes->count; i++) {
		const struct plan_clash *c = &clashes->list[i];
		json_begin_object(j);
		json_put_text(j, "choices", c->choices);
		json_put_text(j, "county", c->county);
		json_put_text(j, "kind", plan_clash_name(c->kind));
		json_put_int(j, "number", (int64_t)i + 1);
		json_put_text(j, "rules", c->rules);
		json_put_int(j, "sites", (int64_t)c->sites);
		json_put_bool(j, "stops", c->stops);
		json_put_text(j, "text", c->text);
		json_end_object(j);
	}
	json_end_array(j);
}
