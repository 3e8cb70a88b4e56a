/* test/app/life_export.c — the auditor's form and its entry: no folder without the entry. */
#include "app/life_export.h"

#include "app/life_reveal.h"
#include "base/file.h"
#include "base/status.h"

#include "life_world.h"
#include "unit.h"

#include <dirent.h>
#include <sys/stat.h>

enum { DAY_MS = 86400000 };

static const char entries[] = "select count(*) from ledger_entry where action = 'draw.export'";

static void revealed(struct life_world *w)
{
	struct draw_row row;

	life_world_init(w);
	life_world_drawn(w);
	life_world_finish(w);
	CHECK_INT(life_reveal(w->o, w->a, w->draw, NULL, &row), OK);
}

/* Files in a folder, hidden ones too. */
static int count_in(const char *path)
{
	DIR *d = opendir(path);
	int n = 0;

	CHECK(d != NULL);
	while (d && readdir(d))
		n++;
	if (d)
		closedir(d);
	return n - 2;
}

/* The entry is refused, as it is by a database that is locked: nothing is there. */
TEST(an_export_whose_entry_fails_leaves_no_folder)
{
	struct life_world w;
	struct draw_row row;

	revealed(&w);
	const char *folder = unit_folder();
	int64_t now = w.o->fixed_now;
	w.o->fixed_now = now - DAY_MS; /* the ledger takes no entry from before its last one */
	CHECK(life_export(w.o, w.a, w.draw, LIFE_AUDIT, arena_printf(w.a, "%s/out", folder),
			  &row) != OK);
	CHECK_INT(count_in(folder), 0);
	CHECK_INT(life_world_number(&w, entries), 0);
	w.o->fixed_now = now;
	life_world_ok(&w, life_export(w.o, w.a, w.draw, LIFE_AUDIT,
				      arena_printf(w.a, "%s/out", folder), &row));
	CHECK_INT(count_in(folder), 1);
	CHECK_INT(life_world_number(&w, entries), 1);
	life_world_release(&w);
}

/* "." is a free folder, and no folder can take its name. */
TEST(an_export_that_cannot_be_put_in_place_is_told_to_be_in_the_ledger)
{
	struct life_world w;
	struct draw_row row;

	revealed(&w);
	const char *folder = unit_folder();
	LIFE_REFUSED(
		&w,
		life_export(w.o, w.a, w.draw, LIFE_AUDIT, arena_printf(w.a, "%s/.", folder), &row),
		IO_ERROR, "账簿里已记下");
	CHECK_INT(count_in(folder), 0);
	CHECK_INT(life_world_number(&w, entries), 1);
	life_world_release(&w);
}
