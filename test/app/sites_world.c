/* test/app/sites_world.c — see sites_world.h. */
#include "sites_world.h"

#include "app/registry_compare.h"
#include "app/registry_import.h"
#include "base/file.h"
#include "base/status.h"
#include "store/registry_row.h"

#include "../db/scene.h"
#include "unit.h"

#include <stdio.h>

int64_t sites_world_import(struct sites_world *w, const char *csv)
{
	struct arena *a = &w->office.arena;
	const char *path = arena_printf(a, "%s/in.csv", w->office.where.data);
	struct registry_imported done;
	struct registry_import in = {
		.kind = REGISTRY_SITES, .file = path, .reason = "导入", .max_rows = 1000000
	};

	CHECK_INT(file_write(path, csv, strlen(csv), 0600), OK);
	if (!CHECK(registry_import(&w->office.office, a, &in, &done) == OK))
		printf("# %s\n", done.summary->refusal);
	return done.change;
}

void sites_world_init(struct sites_world *w, const char *csv)
{
	office_world_init(&w->office);
	plan_notes_init(&w->notes, &w->office.arena);
	w->act = (struct registry_act){ &w->office.office, &w->office.arena, REGISTRY_SITES,
					"核对过", &w->notes };
	sites_world_import(w, csv);
}

void sites_world_release(struct sites_world *w)
{
	office_world_release(&w->office);
}

const char *sites_world_cell(struct sites_world *w, const char *id, uint32_t field)
{
	struct span cells[REGISTRY_FIELDS_MOST];
	struct registry_row row;

	if (registry_row_get(w->office.office.db, &w->office.arena, "sites", id, &row) != OK)
		return "no row";
	registry_cells(REGISTRY_SITES, (struct span){ row.cells, row.cells_len }, cells);
	return arena_mem(&w->office.arena, cells[field].at, cells[field].len);
}

void sites_world_forget(struct sites_world *w)
{
	plan_notes_init(&w->notes, &w->office.arena);
}

bool sites_world_noted(const struct sites_world *w, const char *words)
{
	for (size_t i = 0; i < w->notes.count; i++)
		if (strstr(w->notes.list[i].text, words))
			return true;
	for (size_t i = 0; i < w->notes.count; i++)
		printf("# %s\n", w->notes.list[i].text);
	return false;
}

int64_t sites_world_entries(struct sites_world *w, const char *action)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	if (db_query(w->office.office.db, &r, "select count(*) from ledger_entry where action = $1",
		     "t", action) != DB_OK ||
	    db_next(r) != DB_ROW)
		return -1;
	return db_i64(r, 0);
}
