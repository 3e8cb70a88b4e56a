/* app/life_person.c — names against names, and against the registry of inspectors. */
#include "app/life_person.h"

#include "app/life_seal.h"
#include "app/office_person.h"
#include "app/person.h"
#include "app/registry.h"
#include "app/registry_compare.h"
#include "base/status.h"
#include "core/text.h"
#include "store/registry_row.h"

#include <string.h>

int life_person_name(struct office *o, const char *name)
{
	const char *wrong = office_name_wrong(name);

	return wrong ? life_refuse(o, INVALID, "“%s”不能当姓名：%s", name, wrong) : OK;
}

int life_person_other(struct office *o, const char *name)
{
	TRY(life_person_name(o, name));
	if (office_same_person(name, o->actor))
		return life_refuse(o, FORBIDDEN, "办理人 %s 不能自己批准", o->actor);
	return person_check(o, name, PERSON_APPROVERS);
}

int life_person_two(struct office *o, const char *first, const char *second)
{
	TRY(life_person_other(o, first));
	TRY(life_person_other(o, second));
	if (office_same_person(first, second))
		return life_refuse(o, FORBIDDEN, "两名批准人不能是同一个人");
	return OK;
}

int life_person_is(struct office *o, struct arena *a, const char *inspector)
{
	struct registry_row row;

	if (strcmp(inspector, o->actor) == 0)
		return OK;
	int rc = registry_row_get(o->db, a, registry_name(REGISTRY_INSPECTORS), inspector, &row);
	if (rc != OK && rc != NONE)
		return rc;
	if (rc == OK && strcmp(row.name, o->actor) == 0)
		return OK;
	return life_refuse(o, FORBIDDEN,
			   "办理人 %s 不是执法人员 %s：请本人办理，--as 写他的编号或名录里的姓名",
			   o->actor, inspector);
}

struct branch_walk {
	const char *actor, *branch;
	bool inspector, belongs;
};

static int look_at(void *arg, const char *id, const char *line, size_t len)
{
	struct branch_walk *w = arg;
	struct span cells[REGISTRY_FIELDS_MOST], list, item;

	registry_cells(REGISTRY_INSPECTORS, (struct span){ line, len }, cells);
	if (cells[INSPECTOR_LEFT].len > 0 ||
	    (strcmp(id, w->actor) != 0 && !span_equal(cells[INSPECTOR_NAME], span_of(w->actor))))
		return OK;
	w->inspector = true;
	list = cells[INSPECTOR_DISTRICTS];
	while (registry_item(&list, &item))
		w->belongs |= span_equal(item, span_of(w->branch));
	return OK;
}

int life_person_branch(struct office *o, const char *branch)
{
	struct branch_walk w = { .actor = o->actor, .branch = branch };

	TRY(registry_row_walk(o->db, registry_name(REGISTRY_INSPECTORS), INT64_MAX, look_at, &w));
	if (w.belongs)
		return OK;
	if (w.inspector)
		return life_refuse(o, FORBIDDEN,
				   "%s 的管辖片区里没有 %s，不是这个分局的人：请由分局的人答复，"
				   "--as 写他的编号或名录里的姓名",
				   o->actor, branch);
	int rc = person_check(o, o->actor, PERSON_EVERYBODY);
	if (rc == FORBIDDEN)
		return life_refuse(
			o, FORBIDDEN,
			"“%s”不在执法人员名录里，也不在人员名单里：请由分局 %s 的人答复，"
			"--as 写他的编号或名录里的姓名",
			o->actor, branch);
	return rc;
}
