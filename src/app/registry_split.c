/* app/registry_split.c — one site becomes several; and merges and splits are undone. */
#include "app/registry_check.h"
#include "app/registry_compare.h"
#include "app/registry_merge.h"
#include "app/registry_merge_cells.h"
#include "app/registry_merge_rows.h"
#include "app/scope.h"
#include "base/status.h"
#include "store/registry_history.h"
#include "store/registry_row.h"

#include <string.h>

/* ---- splitting ---- */

struct part_before {
	const char *id;
	struct span name, address;
};

struct numbering {
	struct merge_work *work;
	const char *id;
	const char **ids;
	size_t count;
	struct part_before *before; /* parts that there are already */
	size_t before_count;
};

static void take_before(struct numbering *n, const struct registry_row *row)
{
	struct span cells[REGISTRY_FIELDS_MOST];

	registry_cells(n->work->act->kind, (struct span){ row->cells, row->cells_len }, cells);
	if (n->before_count == REGISTRY_MERGE_MOST || span_equal(cells[SITE_STATE], SPAN("merged")))
		return;
	n->before[n->before_count++] =
		(struct part_before){ row->id, cells[SITE_NAME], cells[SITE_ADDRESS] };
}

/* A part that is another one, or the whole site, once more would be counted twice. */
static int check_new(const struct numbering *n)
{
	const struct merge_work *w = n->work;

	for (size_t i = 1; i < w->count; i++) {
		const struct span *mine = w->rows[i].fresh;
		const char *same = NULL;
		for (size_t k = 0; k < i; k++) {
			const struct span *other = k ? w->rows[k].fresh : w->rows[k].old;
			if (span_equal(mine[SITE_NAME], other[SITE_NAME]) &&
			    span_equal(mine[SITE_ADDRESS], other[SITE_ADDRESS]))
				same = w->rows[k].id;
		}
		for (size_t k = 0; k < n->before_count; k++)
			if (span_equal(mine[SITE_NAME], n->before[k].name) &&
			    span_equal(mine[SITE_ADDRESS], n->before[k].address))
				same = n->before[k].id;
		if (same)
			return merge_refuse(
				w,
				"拆出的一处与 %s 的名称和地址都相同：已经有了，不用再拆；"
				"确是另一处的，把名称或地址写得分得开",
				same);
	}
	return OK;
}

/* Numbers that the registry does not have. */
static int find_free(struct db *db, void *arg)
{
	struct numbering *n = arg;
	struct arena *a = n->work->act->arena;
	struct registry_row row;
	uint32_t serial = 0;

	n->before_count = 0;
	for (size_t i = 0; i < n->count;) {
		n->ids[i] = arena_printf(a, "%s.%u", n->id, ++serial);
		if (!registry_id_valid(span_of(n->ids[i])))
			return merge_refuse(n->work, "编号 %s 太长，不能再加分号，请先改用短编号",
					    n->id);
		int rc =
			registry_row_get(db, a, registry_name(n->work->act->kind), n->ids[i], &row);
		if (rc != OK && rc != NONE)
			return rc;
		if (rc == OK)
			take_before(n, &row);
		i += rc == NONE;
	}
	return OK;
}

/* What a part has by being a part; what was given comes over it. */
static void inherit(const struct merge_work *w, const struct merge_row *site, const char *id,
		    struct span *cells)
{
	static const uint8_t own[] = { SITE_PERMIT,    SITE_PERMIT_FROM,    SITE_PERMIT_UNTIL,
				       SITE_STATE_DAY, SITE_STATE_EVIDENCE, SITE_LEAVE_REASON,
				       SITE_LONGITUDE, SITE_LATITUDE };

	memcpy(cells, site->old, sizeof(site->old));
	cells[SITE_ID] = span_of(id);
	for (size_t i = 0; i < COUNT(own); i++)
		cells[own[i]] = SPAN("");
	cells[SITE_ENTERED] = span_of(w->today);
	cells[SITE_NOTE] =
		registry_merge_reason(w->act->arena, SITE_NOTE, "拆分自", site->id, w->act->reason);
}

static int make_part(struct merge_work *w, const struct registry_split_in *in,
		     const struct registry_part *part, const char *id)
{
	const struct merge_row *site = &w->rows[0];
	struct merge_row *m = &w->rows[w->count];
	struct span given[REGISTRY_FIELDS_MOST];
	bool touched[REGISTRY_FIELDS_MOST] = { false };

	*m = (struct merge_row){ .id = id, .added = true };
	inherit(w, site, id, m->old);
	memcpy(given, m->old, sizeof(given));
	for (size_t i = 0; i < part->count; i++) {
		const struct registry_value *v = &part->values[i];
		if (v->field == SITE_ID || v->field == SITE_STATE)
			return merge_refuse(w, "拆分时不能指定编号和运行状态");
		touched[v->field] = true;
		given[v->field] = span_of(v->value);
	}
	if (!touched[SITE_NAME] && !touched[SITE_ADDRESS])
		return merge_refuse(w, "拆出的每一处至少要写明单位名称或详细地址，"
				       "如 name=某某公司二厂");
	struct registry_check c = { w->act->kind, m->old, given, touched, in->any_area };
	TRY(registry_check(w->act->office, w->act->arena, &c, w->act->notes, m->fresh));
	w->links[w->link_count++] = (struct registry_link){ 0, "split", site->id, id, 0 };
	w->count++;
	return OK;
}

static int split(struct merge_work *w, const struct registry_split_in *in, const char **ids)
{
	struct part_before before[REGISTRY_MERGE_MOST];
	struct numbering n = { w, in->id, ids, in->count, before, 0 };

	if (w->act->kind != REGISTRY_SITES)
		return merge_refuse(w, "只有检查对象名录可以拆分");
	if (in->count < 1 || in->count > REGISTRY_MERGE_MOST)
		return merge_refuse(w, "一次可以拆出 1 至 %d 处", REGISTRY_MERGE_MOST);
	TRY(merge_read(w, &in->id, 1));
	if (span_equal(w->rows[0].old[SITE_STATE], SPAN("merged")))
		return merge_refuse(w, "%s 已经并入别的对象，请拆分它的存续编号，或先撤销那次合并",
				    in->id);
	TRY(db_read(w->act->office->db, find_free, &n));
	for (size_t i = 0; i < in->count; i++)
		TRY(make_part(w, in, &in->parts[i], ids[i]));
	TRY(check_new(&n));
	/* The site itself does not change. */
	memmove(&w->rows[0], &w->rows[1], (w->count - 1) * sizeof(*w->rows));
	w->count--;
	return merge_apply(w, NULL, NULL);
}

int registry_act_split(const struct registry_act *act, const struct registry_split_in *in,
		       const char *const **ret_ids, int64_t *ret_change)
{
	struct merge_work w;
	const char **ids = arena_array(act->arena, in->count + 1, sizeof(*ids));

	TRY(registry_act_reason(act));
	merge_work_init(&w, act, "split", in->count + 1);
	TRY(split(&w, in, ids));
	*ret_ids = ids;
	*ret_change = w.apply.id;
	return OK;
}

/* ---- undoing ---- */

struct parting {
	struct merge_work *work;
	int64_t change;
	struct registry_change of;
	struct merge_row *rows; /* that the change touched and no later one */
	size_t count, size;
	struct registry_link *links; /* of the change */
	size_t link_count;
	bool holds;
};

static int take_link(void *arg, const struct registry_link *l)
{
	struct parting *p = arg;
	struct arena *a = p->work->act->arena;

	if (l->change != p->change)
		return OK;
	if (p->link_count == REGISTRY_MERGE_MOST)
		return TOO_LARGE;
	p->links[p->link_count++] =
		(struct registry_link){ l->change, arena_str(a, l->kind), arena_str(a, l->old_id),
					arena_str(a, l->new_id), l->at };
	return OK;
}

static int take_row(void *arg, const char *id, const char *from, const char *to)
{
	struct parting *p = arg;
	struct arena *a = p->work->act->arena;

	if (p->count == p->size)
		return TOO_LARGE;
	struct merge_row *m = &p->rows[p->count++];
	*m = (struct merge_row){ .id = arena_str(a, id) };
	registry_cells(p->work->act->kind, span_of(arena_str(a, from)), m->old);
	if (to)
		registry_cells(p->work->act->kind, span_of(arena_str(a, to)), m->fresh);
	else
		memcpy(m->fresh, m->old, sizeof(m->fresh));
	return OK;
}

static int read_parting(struct db *db, void *arg)
{
	struct parting *p = arg;
	const struct registry_act *act = p->work->act;
	const char *registry = registry_name(act->kind);

	p->count = p->link_count = 0;
	TRY(registry_change_head(db, registry, &p->work->apply.expected));
	TRY(registry_change_get(db, act->arena, registry, p->change, &p->of));
	TRY(registry_change_holds(db, p->change, &p->holds));
	TRY(registry_link_walk(db, registry, take_link, p));
	if (p->link_count == 0)
		return OK;
	return registry_undo_walk(db, registry, p->change, take_row, p);
}

static struct merge_row *row_of(struct parting *p, const char *id)
{
	for (size_t i = 0; i < p->count; i++)
		if (strcmp(p->rows[i].id, id) == 0)
			return &p->rows[i];
	return NULL;
}

static int part_merge(struct parting *p)
{
	struct merge_work *w = p->work;

	for (size_t i = 0; i < p->link_count; i++)
		if (!row_of(p, p->links[i].old_id))
			return merge_refuse(w,
					    "%s 在合并之后又有改动，请先撤销那次改动，再撤销合并",
					    p->links[i].old_id);
	for (size_t i = 0; i < p->count; i++)
		w->rows[w->count++] = p->rows[i];
	if (p->count < (size_t)p->of.updated)
		plan_note(w->act->notes, PLAN_WARNING,
			  "%s 在合并之后又有改动，保留现在的值；请核对合并时补入的各项",
			  p->links[0].new_id);
	return OK;
}

/* Nothing is deleted: a part goes back into its site. */
static int part_split(struct parting *p)
{
	struct merge_work *w = p->work;

	for (size_t i = 0; i < p->link_count; i++) {
		const struct registry_link *l = &p->links[i];
		const struct merge_row *m = row_of(p, l->new_id);
		if (!m)
			return merge_refuse(
				w, "%s 在拆分之后又有改动，请先撤销那次改动，或用合并把它并回 %s",
				l->new_id, l->old_id);
		struct merge_row *back = &w->rows[w->count++];
		*back = *m;
		back->fresh[SITE_STATE] = SPAN("merged");
		back->fresh[SITE_STATE_DAY] = span_of(w->today);
		back->fresh[SITE_LEAVE_REASON] =
			registry_merge_reason(w->act->arena, SITE_LEAVE_REASON, "撤销拆分，并回",
					      l->old_id, w->act->reason);
		w->links[w->link_count++] =
			(struct registry_link){ 0, "merge", l->new_id, l->old_id, 0 };
	}
	return OK;
}

int registry_act_part(const struct registry_act *act, int64_t change, int64_t *ret_change)
{
	enum { ROWS = REGISTRY_MERGE_MOST + 1 };
	struct merge_work w;
	struct parting p = { .work = &w,
			     .change = change,
			     .rows = arena_array(act->arena, ROWS, sizeof(*p.rows)),
			     .size = ROWS,
			     .links = arena_array(act->arena, ROWS, sizeof(*p.links)) };

	TRY(registry_act_reason(act));
	TRY(scope_need_all(act->office));
	merge_work_init(&w, act, "undo", ROWS);
	int rc = db_read(act->office->db, read_parting, &p);
	if (rc == NONE) {
		(void)!merge_refuse(&w, "没有第 %lld 号变更", (long long)change);
		return NONE;
	}
	TRY(rc);
	if (p.link_count == 0)
		return merge_refuse(&w, "第 %lld 号变更不是合并或拆分", (long long)change);
	if (!p.holds)
		return merge_refuse(&w, "第 %lld 号变更已经撤销过", (long long)change);
	TRY(strcmp(p.of.kind, "split") == 0 ? part_split(&p) : part_merge(&p));
	w.apply.change.undone = change;
	TRY(merge_apply(&w, NULL, NULL));
	*ret_change = w.apply.id;
	return OK;
}
