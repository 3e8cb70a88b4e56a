/* app/plan_opening_said.c — the file's name is kept with who agreed and why (app/plan_opening.c). */
#include "app/plan_opening_said.h"

#include "app/plan_opening.h"
#include "base/status.h"
#include "store/plan.h"

#include <string.h>

static const char mark[] = "；", agreed[] = "；同意：";

static const char *until_mark(struct arena *a, const char *text)
{
	const char *end = strstr(text, mark);

	return arena_mem(a, text, end ? (size_t)(end - text) : strlen(text));
}

int plan_opening_said(struct db *db, struct arena *a, const char *plan,
		      struct plan_opening_said *ret)
{
	struct plan_opening_head head;
	struct plan_row row;

	TRY(plan_get(db, a, plan, &row));
	TRY(plan_opening_now(db, a, (uint32_t)row.year, &head));
	const char *more = strstr(head.file, mark);
	*ret = (struct plan_opening_said){ head.year, head.rows, until_mark(a, head.file),
					   head.actor, NULL };
	if (more && strncmp(more, agreed, sizeof(agreed) - 1) == 0)
		ret->approver = until_mark(a, more + sizeof(agreed) - 1);
	return OK;
}

const char *plan_opening_sentence(struct arena *a, const struct plan_opening_said *said)
{
	return arena_printf(a, "%lld 年的年初数据计 %lld 条（%s）：%s 导入，%s%s",
			    (long long)said->year, (long long)said->rows, said->file, said->actor,
			    said->approver ? said->approver : "没有人",
			    said->approver ? " 同意" : "同意过");
}
