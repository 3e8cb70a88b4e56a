/* app/registry_merge_rows.c — reading, noting and applying the rows of a merge or a split. */
#include "app/registry_merge_rows.h"

#include "app/registry_compare.h"
#include "app/registry_list.h"
#include "app/scope.h"
#include "base/clock.h"
#include "base/status.h"
#include "store/registry_row.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void merge_work_init(struct merge_work *w, const struct registry_act *act, const char *kind,
		     size_t rows)
{
	*w = (struct merge_work){
		.act = act,
		.apply = { .office = act->office,
			   .kind = act->kind,
			   .change = { .kind = kind,
				       .reason = act->reason,
				       .file = "",
				       .file_digest = "" } },
		.rows = arena_array(act->arena, rows, sizeof(*w->rows)),
		.links = arena_array(act->arena, rows, sizeof(*w->links)),
		.today = arena_alloc(act->arena, CLOCK_DAY),
	};
	clock_day(office_now(act->office), w->today);
}

int merge_refuse(const struct merge_work *w, const char *format, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	plan_note(w->act->notes, PLAN_REFUSED, "%s", text);
	return INVALID;
}

struct reading {
	struct merge_work *work;
	const char *const *ids;
	size_t count;
};

static int read_rows(struct db *db, void *arg)
{
	const struct reading *r = arg;
	struct merge_work *w = r->work;
	const char *registry = registry_name(w->act->kind);
	struct registry_row row;

	w->count = 0;
	TRY(registry_change_head(db, registry, &w->apply.expected));
	for (size_t i = 0; i < r->count; i++) {
		struct merge_row *m = &w->rows[w->count++];
		int rc = registry_row_get(db, w->act->arena, registry, r->ids[i], &row);
		if (rc == NONE) {
			(void)!merge_refuse(w, "名录里没有编号 %s，请核对编号", r->ids[i]);
			return NONE;
		}
		TRY(rc);
		m->id = row.id;
		m->added = false;
		registry_cells(w->act->kind, (struct span){ row.cells, row.cells_len }, m->old);
		TRY(scope_row(w->act->office, w->act->kind, m->old));
		memcpy(m->fresh, m->old, sizeof(m->fresh));
	}
	return OK;
}

int merge_read(struct merge_work *w, const char *const *ids, size_t count)
{
	struct reading r = { w, ids, count };

	return db_read(w->act->office->db, read_rows, &r);
}

/* As people read it. */
static const char *shown(const struct merge_work *w, const struct field *f, struct span cell)
{
	if (cell.len == 0)
		return "（空）";
	cell = registry_shown(w->act->arena, f, cell);
	return arena_mem(w->act->arena, cell.at, cell.len);
}

static void note_field(const struct merge_work *w, const struct merge_row *m, const struct field *f,
		       uint32_t field)
{
	plan_note(w->act->notes, PLAN_INFO, "%s「%s」：%s → %s", m->id, f[field].header,
		  shown(w, &f[field], m->old[field]), shown(w, &f[field], m->fresh[field]));
}

static void mark_changes(struct merge_work *w)
{
	uint32_t count;
	const struct field *f = registry_fields(w->act->kind, &count);
	struct registry_mark *marks =
		arena_array(w->act->arena, w->count * count + 1, sizeof(*marks));

	for (size_t i = 0; i < w->count; i++)
		for (uint32_t k = 1; !w->rows[i].added && k < count; k++) {
			if (span_equal(w->rows[i].old[k], w->rows[i].fresh[k]))
				continue;
			note_field(w, &w->rows[i], f, k);
			marks[w->apply.mark_count++] =
				(struct registry_mark){ w->rows[i].id, f[k].name };
		}
	w->apply.marks = marks;
}

static int compare_rows(const void *a, const void *b)
{
	const struct merge_row *x = a, *y = b;

	return span_compare(span_of(x->id), span_of(y->id));
}

struct writing {
	struct merge_work *work;
	db_work *more;
	void *arg;
};

static int write_links(struct db *db, void *arg)
{
	const struct writing *x = arg;
	struct merge_work *w = x->work;

	for (size_t i = 0; i < w->link_count; i++) {
		w->links[i].change = w->apply.id;
		TRY(registry_link_add(db, registry_name(w->act->kind), &w->links[i]));
	}
	return x->more ? x->more(db, x->arg) : OK;
}

int merge_apply(struct merge_work *w, db_work *more, void *arg)
{
	struct registry_pair *pairs = arena_array(w->act->arena, w->count, sizeof(*pairs));
	struct writing x = { w, more, arg };

	qsort(w->rows, w->count, sizeof(*w->rows), compare_rows);
	for (size_t i = 0; i < w->count; i++)
		pairs[i] = (struct registry_pair){ w->rows[i].added ? NULL : w->rows[i].old,
						   w->rows[i].fresh };
	if (!w->apply.change.undone)
		mark_changes(w);
	TRY(registry_apply_rows(&w->apply, w->act->arena, pairs, w->count));
	w->apply.more = write_links;
	w->apply.more_arg = &x;
	return registry_apply(&w->apply);
}
