/* app/registry_undo.c — a change is undone by another: rows go back, or leave, through a file of the new lines. */
#include "app/person.h"
#include "app/registry_apply.h"
#include "app/registry_change.h"
#include "app/registry_compare.h"
#include "app/registry_import.h"
#include "app/registry_list.h"
#include "app/scope.h"
#include "app/work_folder.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/status.h"
#include "core/sha256.h"
#include "store/registry_history.h"

#include <stdio.h>
#include <string.h>

enum { LINE_MOST = 1 << 16, REASON_MOST = 300, DAY_MS = 86400000 };

enum { COUNTIES_MOST = 256 };

struct leaving {
	struct span county;
	int64_t sites;
};

struct undoing {
	const struct registry_act *act;
	int64_t change;
	struct registry_change what;
	struct registry_apply apply;
	struct work_folder work;
	struct facets facets;
	struct file_out out;
	struct sha256 sha;
	struct buf line;
	struct file_map changed;
	int64_t rows;
	struct leaving *leaving; /* sites that the change added, by county */
	size_t county_count;
	int64_t leaving_count, counted; /* in all; as whoever acts says */
	const char *leave_reason;
	char today[CLOCK_DAY], yesterday[CLOCK_DAY];
	char digest[SHA256_HEX + 1];
};

/* The cells of a row that leaves. */
static void leave(const struct undoing *u, struct span *cells)
{
	switch (u->act->kind) {
	case REGISTRY_SITES:
		cells[SITE_STATE] = SPAN("closed");
		cells[SITE_STATE_DAY] = span_of(u->today);
		cells[SITE_STATE_EVIDENCE] = span_of(u->leave_reason);
		cells[SITE_LEAVE_REASON] = span_of(u->leave_reason);
		return;
	case REGISTRY_INSPECTORS:
		cells[INSPECTOR_LEFT] = span_of(u->today);
		cells[INSPECTOR_LEAVE_REASON] = span_of(u->leave_reason);
		return;
	case REGISTRY_MATTERS:
		cells[MATTER_UNTIL] = span_of(u->yesterday);
		return;
	case REGISTRY_RECUSALS:
	case REGISTRIES:
	default:
		cells[RECUSAL_TO] = span_of(u->yesterday);
		return;
	}
}

static int count_facet(struct undoing *u, const struct span *cells, int64_t more)
{
	struct registry_shape shape;

	registry_shape(u->act->kind, cells, &shape);
	struct facet_entry *e = facets_find(&u->facets, shape.facet);
	if (!e)
		return TOO_LARGE;
	e->more += more;
	return OK;
}

static void write_line(struct undoing *u)
{
	file_out_add(&u->out, u->line.data, u->line.len);
	sha256_add(&u->sha, u->line.data, u->line.len);
}

static void count_leaving(struct undoing *u, const struct span *now)
{
	struct span county = now[SITE_COUNTY];
	size_t i = 0;

	if (u->act->kind != REGISTRY_SITES || !span_equal(now[SITE_STATE], SPAN("live")))
		return;
	u->leaving_count++;
	while (i < u->county_count && !span_equal(u->leaving[i].county, county))
		i++;
	if (i == COUNTIES_MOST)
		return;
	if (i == u->county_count)
		u->leaving[u->county_count++] = (struct leaving){
			{ arena_mem(u->act->arena, county.at, county.len), county.len }, 0
		};
	u->leaving[i].sites++;
}

/* Nobody closes a hundred sites by one wrong number: who means it has counted them. */
static int check_leaving(const struct undoing *u)
{
	const struct registry_act *act = u->act;
	uint32_t count;
	const struct field *county = &registry_fields(REGISTRY_SITES, &count)[SITE_COUNTY];

	if (u->leaving_count < LOSS_LEAST || u->counted == u->leaving_count)
		return OK;
	const char *counties = "";
	for (size_t i = 0; i < u->county_count; i++) {
		struct span name = registry_shown(act->arena, county, u->leaving[i].county);
		counties = arena_printf(act->arena, "%s%s%.*s %lld 家", counties, i ? "、" : "",
					(int)name.len, name.at, (long long)u->leaving[i].sites);
	}
	plan_note(
		act->notes, PLAN_REFUSED,
		"撤销第 %lld 号变更会让 %lld 家在产单位退出名录（记为关闭）：%s。请核对变更的编号；"
		"确是整份导错了的，写明家数再办：--leaving %lld",
		(long long)u->change, (long long)u->leaving_count, counties,
		(long long)u->leaving_count);
	return INVALID;
}

static int undo_row(void *arg, const char *id, const char *from, const char *to)
{
	struct undoing *u = arg;
	struct span now[REGISTRY_FIELDS_MOST], then[REGISTRY_FIELDS_MOST];

	(void)id;
	registry_cells(u->act->kind, span_of(from), now);
	registry_cells(u->act->kind, span_of(to ? to : from), then);
	if (!to) {
		count_leaving(u, now);
		leave(u, then);
	}
	TRY(count_facet(u, now, -1));
	TRY(count_facet(u, then, 1));
	buf_clear(&u->line);
	registry_write_row(&u->line, u->act->kind, then);
	write_line(u);
	u->rows++;
	return u->out.rc;
}

static int read_change(struct db *db, void *arg)
{
	struct undoing *u = arg;
	const char *registry = registry_name(u->act->kind);

	TRY(registry_change_head(db, registry, &u->apply.expected));
	TRY(registry_change_get(db, u->act->arena, registry, u->change, &u->what));
	if (strcmp(u->what.kind, "merge") == 0 || strcmp(u->what.kind, "split") == 0)
		return FORBIDDEN;
	return registry_undo_walk(db, registry, u->change, undo_row, u);
}

static int write_file(struct undoing *u, const char *path)
{
	uint8_t digest[SHA256_SIZE];
	struct writer hex = { u->digest, SHA256_HEX, 0, false };

	TRY(file_out_open(&u->out, path, 0600));
	u->out.staged = true; /* gone before this process is */
	buf_clear(&u->line);
	registry_write_header(&u->line, u->act->kind);
	write_line(u);
	int rc = db_read(u->act->office->db, read_change, u);
	if (rc != OK) {
		file_out_abort(&u->out);
		return rc;
	}
	sha256_done(&u->sha, digest);
	write_hex(&hex, digest, sizeof(digest));
	return file_out_commit(&u->out);
}

static int undo(struct undoing *u)
{
	const struct registry_act *act = u->act;
	const char *path;

	TRY(work_folder_make(act->office->work, act->arena, &u->work));
	path = arena_printf(act->arena, "%s/changed.tsv", u->work.path);
	int rc = write_file(u, path);
	if (rc == FORBIDDEN) {
		plan_note(act->notes, PLAN_REFUSED,
			  "第 %lld 号变更是合并或拆分，请用 mingqian registry merge 或 split 改回",
			  (long long)u->change);
		return INVALID;
	}
	TRY(rc);
	int64_t left = u->what.added + u->what.updated - u->rows;
	if (u->rows == 0) {
		plan_note(act->notes, PLAN_REFUSED,
			  "第 %lld 号变更没有可撤销的行：它没有改动，或各行以后都又改过",
			  (long long)u->change);
		return INVALID;
	}
	TRY(check_leaving(u));
	if (left > 0)
		plan_note(act->notes, PLAN_WARNING, "其中 %lld 行以后又改过，没有动",
			  (long long)left);
	TRY(file_map(path, &u->changed));
	u->apply.changed = (struct span){ u->changed.at, u->changed.len };
	u->apply.change.updated = u->rows;
	u->apply.change.result_digest = u->digest;
	return registry_apply(&u->apply);
}

int registry_act_undo_counted(const struct registry_act *act, int64_t change, int64_t leaving,
			      int64_t *ret_change)
{
	struct undoing *u = arena_alloc(act->arena, sizeof(*u));
	char reason[REASON_MOST + 1];
	int64_t now = office_now(act->office);

	TRY(registry_act_reason(act));
	TRY(person_acts(act->office, PERSON_ACTORS)); /* before what is refused for what it does */
	TRY(scope_need_all(act->office));
	u->act = act;
	u->change = change;
	u->counted = leaving;
	u->out.fd = -1;
	u->leaving = arena_array(act->arena, COUNTIES_MOST, sizeof(*u->leaving));
	u->apply = (struct registry_apply){ .office = act->office,
					    .kind = act->kind,
					    .change = { .kind = "undo",
							.reason = act->reason,
							.file = "",
							.file_digest = "",
							.undone = change },
					    .facets = &u->facets };
	clock_day(now, u->today);
	clock_day(now - DAY_MS, u->yesterday);
	int len = snprintf(reason, sizeof(reason), "撤销第 %lld 号变更", (long long)change);
	u->leave_reason = arena_mem(act->arena, reason, (size_t)len);
	facets_init(&u->facets, act->arena);
	sha256_init(&u->sha);
	buf_init(&u->line, LINE_MOST);
	int rc = undo(u);
	buf_release(&u->line);
	file_unmap(&u->changed);
	work_folder_release(&u->work);
	if (rc != OK)
		return rc;
	plan_note(act->notes, PLAN_INFO, "撤销了 %lld 行", (long long)u->rows);
	*ret_change = u->apply.id;
	return OK;
}

int registry_act_undo(const struct registry_act *act, int64_t change, int64_t *ret_change)
{
	return registry_act_undo_counted(act, change, 0, ret_change);
}
