/* app/life_apart.c — looks through what was taken back of the visit. */
#include "app/life_apart.h"

#include "app/life_seal.h"
#include "base/status.h"
#include "store/visit_undone.h"

struct moment {
	int64_t now;
	bool undo;
};

static int is_then(void *arg, const struct visit_undone *row)
{
	const struct moment *m = arg;

	return (m->undo ? row->at : row->done_at) == m->now ? CONFLICT : OK;
}

int life_apart_check(struct office *o, const struct visit_row *v, bool undo)
{
	struct moment now = { office_now(o), undo };

	int rc = visit_undone_walk(o->db, v->draw, v->id, is_then, &now);
	if (rc == CONFLICT)
		return life_refuse(
			o, rc,
			"检查任务 %s 的登记在同一时刻已经改过一次，账簿按时间分辨，不能再改："
			"请稍后再办，写了 --now 的用更晚的 --now",
			v->id);
	return rc;
}
