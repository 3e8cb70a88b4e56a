/* app/scope.c — see the header. */
#include "app/scope.h"

#include "base/status.h"

#include <stdio.h>
#include <string.h>

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

bool scope_draw(const struct office *o, const struct draw_row *row)
{
	return scope_every(o, span_of(row->area)) &&
	       (!*o->department || strcmp(o->department, row->department) == 0);
}

static int in_team(struct office *o, struct arena *a, const char *visit)
{
	struct visit_member *team;
	size_t count;

	TRY(visit_member_list(o->db, a, visit, false, &team, &count));
	for (size_t i = 0; i < count; i++)
		if (*o->inspector && strcmp(team[i].inspector, o->inspector) == 0)
			return OK;
	return NONE;
}

int scope_visit(struct office *o, struct arena *a, const struct visit_row *visit)
{
	struct draw_row draw;

	if (o->own)
		return in_team(o, a, visit->id);
	if (scope_all(o) && !*o->department)
		return OK;
	if (visit->draw == 0)
		return NONE;
	TRY(draw_row_by_key(o->db, a, visit->draw, &draw));
	return scope_draw(o, &draw) ? OK : NONE;
}

struct draws {
	const struct office *o;
	struct arena *a;
	const char *text;
};

static int add_draw(void *arg, const struct draw_row *row)
{
	struct draws *d = arg;

	if (scope_draw(d->o, row))
		d->text = arena_printf(d->a, "%s%lld,", d->text, (long long)row->key);
	return OK;
}

int scope_draws(struct office *o, struct arena *a, const char **ret)
{
	struct draws d = { o, a, "," };

	*ret = "";
	if (scope_all(o) && !*o->department)
		return OK;
	TRY(draw_row_walk(o->db, "", 0, add_draw, &d));
	*ret = d.text;
	return OK;
}
