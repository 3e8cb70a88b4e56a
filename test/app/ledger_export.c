/* test/app/ledger_export.c — static files that grow with the ledger and never change. */
#include "app/ledger_export.h"

#include "base/file.h"
#include "base/status.h"

#include "ledger_attack.h"
#include "unit.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static struct ledger_exported export_to(struct ledger_attack *t, const char *folder)
{
	struct ledger_exported e = { 0 };

	CHECK_INT(ledger_export(&t->world.office, &t->world.arena, folder, &e), OK);
	return e;
}

static off_t size_of(const char *folder, const char *name)
{
	char path[512];
	struct stat st;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return stat(path, &st) == 0 ? st.st_size : -1;
}

TEST(an_export_has_tiles_bundles_and_a_checkpoint)
{
	struct ledger_attack t;
	const char *folder = unit_folder();

	ledger_attack_init(&t);
	struct ledger_exported e = export_to(&t, folder);
	CHECK_INT(e.size, 300);
	CHECK_INT(e.was, 0);
	CHECK_INT(e.tiles, 5);
	CHECK_INT(size_of(folder, "tile/0/000"), 256 * 32);
	CHECK_INT(size_of(folder, "tile/0/001.p/44"), 44 * 32);
	CHECK_INT(size_of(folder, "tile/1/000.p/1"), 32);
	CHECK_INT(size_of(folder, "tile/entries/000"), 256 * 66);
	CHECK_INT(size_of(folder, "tile/entries/001.p/44"), 44 * 66);
	CHECK_INT(size_of(folder, "checkpoint"), (off_t)strlen(e.note));
	ledger_attack_release(&t);
}

static int log_more(struct db *db, void *arg)
{
	(void)db;
	for (int i = 0; i < 250; i++)
		TRY(office_log(arg, "test.act", "more", NULL));
	return OK;
}

TEST(an_export_grows_by_what_is_new)
{
	struct ledger_attack t;
	const char *folder = unit_folder();

	ledger_attack_init(&t);
	CHECK_INT(export_to(&t, folder).tiles, 5);
	CHECK_INT(export_to(&t, folder).tiles, 0);
	CHECK_INT(office_world_act(&t.world.office, "test.act", "one more"), OK);
	struct ledger_exported e = export_to(&t, folder);
	CHECK_INT(e.was, 300);
	CHECK_INT(e.tiles, 2); /* tile/0/001.p/45 and its bundle */
	CHECK_INT(size_of(folder, "tile/0/001.p/44"), 44 * 32);
	CHECK_INT(office_write(&t.world.office, log_more, &t.world.office), OK);
	e = export_to(&t, folder);
	CHECK_INT(e.size, 551);
	CHECK_INT(e.tiles, 5);
	CHECK_INT(size_of(folder, "tile/0/001"), 256 * 32);
	CHECK_INT(size_of(folder, "tile/1/000.p/2"), 64);
	CHECK_INT(size_of(folder, "tile/0/001.p/45"), -1);
	CHECK_INT(size_of(folder, "tile/0/001.p/44"), -1);
	CHECK_INT(size_of(folder, "tile/0/001.p"), -1);
	ledger_attack_release(&t);
}

TEST(a_lost_tile_is_written_again)
{
	struct ledger_attack t;
	const char *folder = unit_folder();
	char path[512];

	ledger_attack_init(&t);
	export_to(&t, folder);
	snprintf(path, sizeof(path), "%s/tile/entries/000", folder);
	CHECK_INT(unlink(path), 0);
	CHECK_INT(export_to(&t, folder).tiles, 1);
	CHECK_INT(size_of(folder, "tile/entries/000"), 256 * 66);
	ledger_attack_release(&t);
}

/* A power cut may leave a tile in name only; the checkpoint that would cover it was never written. */
TEST(a_torn_tile_beyond_the_checkpoint_is_written_again)
{
	struct ledger_attack t;
	const char *folder = unit_folder();
	char path[512];

	ledger_attack_init(&t);
	export_to(&t, folder);
	snprintf(path, sizeof(path), "%s/tile/0/001.p/45", folder);
	CHECK_INT(file_write(path, "torn", 4, 0644), OK);
	CHECK_INT(office_world_act(&t.world.office, "test.act", "one more"), OK);
	CHECK_INT(export_to(&t, folder).tiles, 2);
	CHECK_INT(size_of(folder, "tile/0/001.p/45"), 45 * 32);
	ledger_attack_release(&t);
}

TEST(many_tiles_are_exported_at_once)
{
	struct ledger_attack t;
	const char *folder = unit_folder();

	ledger_attack_init(&t);
	for (int i = 0; i < 70; i++)
		CHECK_INT(office_write(&t.world.office, log_more, &t.world.office), OK);
	struct ledger_exported e = export_to(&t, folder);
	CHECK_INT(e.size, 17800);
	CHECK_INT(e.tiles, 2 * 70 + 1);
	CHECK_INT(size_of(folder, "tile/1/000.p/69"), 69 * 32);
	CHECK_INT(size_of(folder, "tile/entries/069.p/136"), 136 * 66);
	ledger_attack_release(&t);
}

TEST(an_empty_ledger_can_be_exported)
{
	struct ledger_attack t = { 0 };
	const char *folder = unit_folder();

	office_world_init(&t.world);
	CHECK_INT(export_to(&t, folder).tiles, 0);
	CHECK(size_of(folder, "checkpoint") > 0);
	ledger_attack_release(&t);
}

TEST(the_folder_of_another_ledger_is_left_alone)
{
	struct ledger_attack one, two;
	struct ledger_exported e;
	const char *folder = unit_folder();

	ledger_attack_init(&one);
	ledger_attack_init(&two);
	export_to(&one, folder);
	CHECK_INT(ledger_export(&two.world.office, &two.world.arena, folder, &e), CONFLICT);
	CHECK(strstr(two.world.office.why, "不是本账簿的检查点") != NULL);
	/* Nor one that was exported before the ledger was cut or rewritten. */
	ledger_attack_sql(&one, "delete from ledger_entry where seq >= 280");
	ledger_attack_tree(&one);
	ledger_attack_sql(&one, "delete from ledger_checkpoint");
	CHECK_INT(ledger_export(&one.world.office, &one.world.arena, folder, &e), CONFLICT);
	CHECK(strstr(one.world.office.why, "比现在的账簿还长") != NULL);
	CHECK_INT(office_write(&one.world.office, log_more, &one.world.office), OK);
	CHECK_INT(ledger_export(&one.world.office, &one.world.arena, folder, &e), CONFLICT);
	CHECK(strstr(one.world.office.why, "对不上") != NULL);
	ledger_attack_release(&one);
	ledger_attack_release(&two);
}

TEST(a_ledger_with_a_hole_is_not_exported)
{
	struct ledger_attack t;
	struct ledger_exported e;
	const char *folder = unit_folder();

	ledger_attack_init(&t);
	ledger_attack_sql(&t, "delete from ledger_entry where seq = 200");
	CHECK_INT(ledger_export(&t.world.office, &t.world.arena, folder, &e), NONE);
	CHECK_INT(size_of(folder, "checkpoint"), -1);
	ledger_attack_release(&t);
}
