/* app/registry_fields.c — which table belongs to which registry. */
#include "app/registry_fields.h"

static const struct {
	const char *name, *title, *prefix;
	const struct field *fields;
	uint32_t count, subject;
} registries[REGISTRIES] = {
	[REGISTRY_SITES] = { "sites", "检查对象名录", NULL, registry_site_fields, SITE_FIELDS,
			     SITE_NAME },
	[REGISTRY_INSPECTORS] = { "inspectors", "检查人员名录", "P", registry_inspector_fields,
				  INSPECTOR_FIELDS, INSPECTOR_NAME },
	[REGISTRY_MATTERS] = { "matters", "抽查事项清单", "M", registry_matter_fields,
			       MATTER_FIELDS, MATTER_NAME },
	[REGISTRY_RECUSALS] = { "recusals", "回避关系登记", "R", registry_recusal_fields,
				RECUSAL_FIELDS, RECUSAL_INSPECTOR },
};

const struct field *registry_fields(enum registry kind, uint32_t *count)
{
	*count = registries[kind].count;
	return registries[kind].fields;
}

const char *registry_name(enum registry kind)
{
	return registries[kind].name;
}

const char *registry_title(enum registry kind)
{
	return registries[kind].title;
}

const char *registry_prefix(enum registry kind)
{
	return registries[kind].prefix;
}

uint32_t registry_subject(enum registry kind)
{
	return registries[kind].subject;
}

bool registry_of(const char *name, enum registry *ret)
{
	for (int kind = 0; kind < REGISTRIES; kind++)
		if (span_equal(span_of(name), span_of(registries[kind].name))) {
			*ret = (enum registry)kind;
			return true;
		}
	return false;
}

struct span field_words(const struct field *f, struct span value)
{
	for (const struct field_choice *c = f->choices; c && c->value; c++) {
		struct span words = span_of(c->words), first;
		if (!span_equal(value, span_of(c->value)))
			continue;
		span_cut(&words, '|', &first);
		return first;
	}
	return value;
}
