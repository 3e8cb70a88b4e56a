/* app/registry_merge.c — several sites become one. */
#include "app/registry_merge.h"

#include "app/identifiers.h"
#include "app/registry_lineage.h"
#include "app/registry_list.h"
#include "app/registry_merge_cells.h"
#include "app/registry_merge_rows.h"
#include "base/status.h"
#include "store/registry_suggestion.h"

#include <string.h>

enum { UNLIKE_LETTERS = 2 };

static bool is_merged(const struct merge_row *m)
{
	return span_equal(m->old[SITE_STATE], SPAN("merged"));
}

static int check(const struct merge_work *w, const struct registry_merge_in *in)
{
	if (w->act->kind != REGISTRY_SITES)
		return merge_refuse(w, "只有检查对象名录可以合并");
	if (in->count < 1 || in->count > REGISTRY_MERGE_MOST)
		return merge_refuse(w, "一次可以把 1 至 %d 个对象并入另一个", REGISTRY_MERGE_MOST);
	for (size_t i = 0; i < in->count; i++) {
		if (strcmp(in->gone[i], in->survivor) == 0)
			return merge_refuse(w, "%s 不能并入它自己", in->survivor);
		for (size_t k = 0; k < i; k++)
			if (strcmp(in->gone[i], in->gone[k]) == 0)
				return merge_refuse(w, "编号 %s 写了两次", in->gone[i]);
	}
	return OK;
}

/* Whatever its row says. */
static int refuse_gone(const struct merge_work *w)
{
	struct registry_lineage l = { 0 };

	TRY(registry_lineage_load(w->act->office, w->act->arena, w->act->kind, &l));
	for (size_t i = 0; i < w->count; i++)
		if (is_merged(&w->rows[i]) || registry_lineage_is_gone(&l, w->rows[i].id))
			return merge_refuse(w, "%s 已经并入别的对象，请改用它的存续编号",
					    w->rows[i].id);
	return OK;
}

static void warn_if_other(const struct merge_work *w, const struct merge_row *gone, uint32_t field)
{
	const struct merge_row *survivor = &w->rows[0];
	uint32_t count;
	const struct field *f = &registry_fields(w->act->kind, &count)[field];
	struct span a = registry_shown(w->act->arena, f, survivor->old[field]);
	struct span b = registry_shown(w->act->arena, f, gone->old[field]);

	if (!span_equal(a, b))
		plan_note(w->act->notes, PLAN_WARNING,
			  "%s 和 %s 的「%s」不同（%.*s、%.*s）：请核对确是同一个对象，"
			  "依据写在 --reason 里；弄错了可以用 --undo 撤销",
			  survivor->id, gone->id, f->header, (int)a.len, a.at, (int)b.len, b.at);
}

static bool differ(const struct merge_row *a, const struct merge_row *b, uint32_t field)
{
	return a->old[field].len == 0 || b->old[field].len == 0 ||
	       !span_equal(a->old[field], b->old[field]);
}

/* Two that have neither name nor code nor address in common are one only if somebody says why. */
static int check_unlike(const struct merge_work *w, const struct merge_row *gone)
{
	const struct merge_row *survivor = &w->rows[0];

	if (!differ(survivor, gone, SITE_NAME) || !differ(survivor, gone, SITE_CODE) ||
	    !differ(survivor, gone, SITE_ADDRESS))
		return OK;
	if (identifier_letters(span_of(w->act->reason)) >= UNLIKE_LETTERS) {
		warn_if_other(w, gone, SITE_NAME);
		warn_if_other(w, gone, SITE_ADDRESS);
		return OK;
	}
	return merge_refuse(
		w,
		"%s 和 %s 的名称、代码、地址没有一样相同：合并要在 --reason 里写明依据（如 "
		"变更登记的文号、现场核查的记录），“%s”说明不了",
		survivor->id, gone->id, w->act->reason);
}

/* Row 0 is the survivor. */
static int make(struct merge_work *w)
{
	struct arena *a = w->act->arena;
	struct merge_row *survivor = &w->rows[0];

	TRY(refuse_gone(w));
	for (size_t i = 1; i < w->count; i++) {
		struct merge_row *gone = &w->rows[i];
		TRY(check_unlike(w, gone));
		warn_if_other(w, gone, SITE_COUNTY);
		warn_if_other(w, gone, SITE_CLASS);
		registry_merge_cells(a, survivor->fresh, gone->old);
		gone->fresh[SITE_STATE] = SPAN("merged");
		gone->fresh[SITE_STATE_DAY] = span_of(w->today);
		gone->fresh[SITE_LEAVE_REASON] = registry_merge_reason(
			a, SITE_LEAVE_REASON, "并入", survivor->id, w->act->reason);
		w->links[w->link_count++] =
			(struct registry_link){ 0, "merge", gone->id, survivor->id, 0 };
	}
	return OK;
}

struct settling {
	const struct merge_work *work;
	const struct registry_merge_in *in;
};

/* Open suggestions about the survivor and one that went are decided by this. */
static int settle(struct db *db, void *arg)
{
	const struct settling *s = arg;
	const struct registry_act *act = s->work->act;
	const char *registry = registry_name(act->kind);

	for (size_t i = 0; i < s->in->count; i++) {
		struct registry_suggestion d = { .state = "confirmed",
						 .decided_at = s->work->apply.change.at,
						 .actor = act->office->actor,
						 .reason = act->reason,
						 .change = s->work->apply.id };
		TRY(registry_suggestion_find(db, registry, s->in->survivor, s->in->gone[i], &d.id));
		if (d.id == 0)
			continue;
		int rc = registry_suggestion_decide(db, &d);
		/* One that was refused before stays so: the merge has a reason of its own. */
		if (rc != OK && rc != CONFLICT)
			return rc;
	}
	return OK;
}

/* A survivor that gains nothing has no new version. */
static bool gains(const struct merge_row *survivor)
{
	for (uint32_t f = 0; f < SITE_FIELDS; f++)
		if (!span_equal(survivor->old[f], survivor->fresh[f]))
			return true;
	return false;
}

int registry_act_merge(const struct registry_act *act, const struct registry_merge_in *in,
		       int64_t *ret_change)
{
	struct merge_work w;
	struct settling s = { &w, in };
	const char **ids = arena_array(act->arena, in->count + 1, sizeof(*ids));

	TRY(registry_act_reason(act));
	merge_work_init(&w, act, "merge", in->count + 1);
	TRY(check(&w, in));
	ids[0] = in->survivor;
	for (size_t i = 0; i < in->count; i++)
		ids[i + 1] = in->gone[i];
	TRY(merge_read(&w, ids, in->count + 1));
	TRY(make(&w));
	if (!gains(&w.rows[0])) {
		memmove(&w.rows[0], &w.rows[1], (w.count - 1) * sizeof(*w.rows));
		w.count--;
	}
	TRY(merge_apply(&w, settle, &s));
	*ret_change = w.apply.id;
	return OK;
}
