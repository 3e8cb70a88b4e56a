/* test/app/registry_world.c — see registry_world.h. */
#include "registry_world.h"

#include "app/registry_export.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/status.h"

#include "scene.h"
#include "unit.h"

#include <stdio.h>

enum { FILE_MOST = 64 << 20 };

void registry_world_init(struct registry_world *w)
{
	*w = (struct registry_world){ .kind = REGISTRY_SITES };
	office_world_init(&w->office);
}

void registry_world_release(struct registry_world *w)
{
	office_world_release(&w->office);
}

const char *registry_world_file(struct registry_world *w, const char *text)
{
	const char *path =
		arena_printf(&w->office.arena, "%s/in-%d.csv", unit_folder(), w->files++);

	CHECK_INT(file_write(path, text, strlen(text), 0600), OK);
	return path;
}

int registry_world_import_by(struct registry_world *w, struct office *o, const char *csv,
			     struct registry_imported *ret)
{
	struct registry_import in = { .kind = w->kind,
				      .file = registry_world_file(w, csv),
				      .reason = "例行更新",
				      .max_rows = 1000000 };

	return registry_import(o, &w->office.arena, &in, ret);
}

int registry_world_import(struct registry_world *w, const char *csv)
{
	return registry_world_import_by(w, &w->office.office, csv, &w->imported);
}

static struct registry_act act(struct registry_world *w, const char *reason)
{
	plan_notes_init(&w->notes, &w->office.arena);
	return (struct registry_act){ &w->office.office, &w->office.arena, w->kind, reason,
				      &w->notes };
}

int registry_world_edit(struct registry_world *w, const char *id, uint32_t field, const char *value,
			bool evidence)
{
	struct registry_value values[2] = { { field, value },
					    { SITE_STATE_EVIDENCE, "照片 3 张" } };
	struct registry_edit_in in = { .id = id, .values = values, .count = evidence ? 2 : 1 };
	struct registry_act a = act(w, "核实");
	int64_t change;

	return registry_act_edit(&a, &in, &change);
}

int registry_world_undo(struct registry_world *w, int64_t change)
{
	struct registry_act a = act(w, "导错了");
	int64_t made;

	return registry_act_undo(&a, change, &made);
}

const char *registry_world_cell(struct registry_world *w, const char *id, uint32_t field)
{
	struct registry_single s;
	int rc = registry_single(&w->office.office, &w->office.arena, w->kind, id, &s);

	if (rc != OK)
		return rc == NONE ? "(none)" : "(failed)";
	return arena_mem(&w->office.arena, s.cells[field].at, s.cells[field].len);
}

const char *registry_world_text(struct registry_world *w, int64_t change)
{
	const char *path = arena_printf(&w->office.arena, "%s/out.tsv", unit_folder());
	char *text;
	size_t len;

	if (registry_export(&w->office.office, w->kind, change, path) != OK ||
	    file_read(&w->office.arena, path, FILE_MOST, &text, &len) != OK)
		return "(failed)";
	return text;
}

const char *registry_world_notes(struct registry_world *w)
{
	const char *all = "";

	for (size_t i = 0; i < w->notes.count; i++)
		all = arena_printf(&w->office.arena, "%s%s\n", all, w->notes.list[i].text);
	return all;
}

int64_t registry_world_entries(struct registry_world *w)
{
	return scene_number(w->office.office.db, "select count(*) from ledger_entry");
}

void registry_world_check(struct registry_world *w)
{
	struct db *db = w->office.office.db;

	CHECK_INT(scene_number(db,
			       "select count(*) from registry_facet as f where f.rows <>"
			       " (select count(*) from registry_row as r where r.facet = f.id)"),
		  0);
	CHECK_INT(scene_number(db,
			       "select cast(coalesce(sum(rows), 0) as bigint) from registry_facet"),
		  scene_number(db, "select count(*) from registry_row"));
	CHECK_INT(scene_number(db, "select count(*) from registry_stage"), 0);
	CHECK_INT(
		scene_number(
			db,
			"select count(*) from registry_row as r where"
			" (select coalesce(max(v.version), -1) from registry_version as v where v.row = r.key) <>"
			" (select count(*) from registry_version as v where v.row = r.key)"),
		0);
	CHECK_INT(scene_number(db,
			       "select count(*) from ledger_entry where action like 'registry.%'"
			       " and action <> 'registry.winner'"),
		  scene_number(db, "select count(*) from registry_change"));
}

const char *registry_world_many(struct registry_world *w, int rows, int every)
{
	struct buf out;

	buf_init(&out, FILE_MOST);
	buf_str(&out, "编号,单位名称,所属县区,监管类别,备注\n");
	for (int i = 1; i <= rows; i++)
		buf_printf(&out, "S-%06d,保定第%d厂,1306%02d,%s,%s\n", i, i, i % 2 ? 2 : 8,
			   i % 5 ? "一般" : "重点", every && i % every == 0 ? "改过" : "");
	const char *text = arena_mem(&w->office.arena, out.data, out.len);
	buf_release(&out);
	return text;
}
