/* app/life_person.c — names against names, and against the registry of inspectors. */
#include "app/life_person.h"

#include "app/life_seal.h"
#include "app/office_person.h"
#include "app/person.h"
#include "app/registry.h"
#include "base/status.h"
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
