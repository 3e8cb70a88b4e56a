/* app/ledger_people.c — the list is short: each change looks at all before it. */
#include "app/ledger_people.h"

#include "app/ledger_words.h"
#include "app/person_told.h"
#include "base/status.h"

#include <string.h>

static bool agreed(const struct person_told *list, const struct person_told *one)
{
	if (strcmp(one->approver, "-") == 0)
		return one == list && one->comes;
	return person_told_roles(list, one, one->approver) > 0;
}

int ledger_people_check(struct ledger_checking *c)
{
	CLEANUP(arena_release) struct arena a;
	struct person_told *list;

	arena_init(&a);
	TRY(person_told(c->o, &a, &list));
	for (const struct person_told *p = list; p; p = p->next) {
		const char *action = ledger_words(p->comes ? "person.add" : "person.leave");
		c->draws->seen++;
		if (!p->own)
			ledger_table_wrong(c->draws, c->a, "%s的“%s”没有本程序写下的全文", p->role,
					   action);
		else if (!agreed(list, p))
			ledger_table_wrong(c->draws, c->a,
					   "“%s”的“%s”：同意的人“%s”那时不在人员名单里", p->name,
					   action, p->approver);
	}
	return OK;
}
