/* app/scope.c — see the header. */
#include "app/scope.h"

#include "base/status.h"

#include <stdio.h>

bool scope_all(const struct office *o)
{
	return o->counties[0] == 0;
}

static int refuse(struct office *o, const char *why)
{
	snprintf(o->why, sizeof(o->why), "%s", why);
	return FORBIDDEN;
}

int scope_need_all(struct office *o)
{
	return scope_all(o) ? OK : refuse(o, "这件事涉及全市：请负责全市的账号办理");
}

/* Is this code in the list? */
static bool listed(const char *list, struct span code)
{
	struct span rest = span_of(list), one;
	bool more = true;

	while (more) {
		more = span_cut(&rest, ',', &one);
		if (span_equal(one, code))
			return true;
	}
	return false;
}

bool scope_any(const struct office *o, struct span counties)
{
	struct span one;
	bool more = true;

	if (scope_all(o))
		return true;
	while (more) {
		more = span_cut(&counties, ',', &one);
		if (one.len && listed(o->counties, one))
			return true;
	}
	return false;
}

bool scope_every(const struct office *o, struct span counties)
{
	struct span one;
	bool more = true;

	if (scope_all(o))
		return true;
	while (more) {
		more = span_cut(&counties, ',', &one);
		if (!one.len || !listed(o->counties, one))
			return false;
	}
	return true;
}

static struct span counties_of(enum registry kind, const struct span *cells)
{
	if (kind == REGISTRY_SITES)
		return cells[SITE_COUNTY];
	return kind == REGISTRY_INSPECTORS ? cells[INSPECTOR_DISTRICTS] : SPAN("");
}

bool scope_sees_counties(const struct office *o, enum registry kind, struct span counties)
{
	if (scope_all(o) || kind == REGISTRY_MATTERS)
		return true;
	if (kind == REGISTRY_INSPECTORS && counties.len == 0)
		return true;
	return kind != REGISTRY_RECUSALS && scope_any(o, counties);
}

bool scope_sees(const struct office *o, enum registry kind, const struct span *cells)
{
	return scope_sees_counties(o, kind, counties_of(kind, cells));
}

bool scope_changes(const struct office *o, enum registry kind, const struct span *cells)
{
	return scope_every(o, counties_of(kind, cells));
}

int scope_row(struct office *o, enum registry kind, const struct span *cells)
{
	if (!scope_sees(o, kind, cells))
		return NONE;
	return scope_changes(o, kind, cells)
		       ? OK
		       : refuse(o, "这一行不只属于您负责的县区：请负责全市的账号办理");
}
