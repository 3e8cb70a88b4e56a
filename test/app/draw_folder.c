/* test/app/draw_folder.c — what is written is whole, never replaced, and secret where it must be. */
#include "app/draw_folder.h"

#include "base/status.h"
#include "draw_world.h"
#include "unit.h"

#include <sys/stat.h>
#include <unistd.h>

TEST(draw_folder_opens_what_is_there)
{
	struct arena a;
	struct draw_folder f;
	enum core_file wrong;
	const char *folder = unit_folder();

	arena_init(&a);
	CHECK_INT(draw_folder_open(&f, arena_printf(&a, "%s/none", folder), &wrong), NONE);
	world_write(&a, folder, "rules.txt", SPAN("team 1 0 0\n"));
	world_write(&a, folder, "conflicts.tsv", SPAN(""));
	CHECK_INT(draw_folder_open(&f, arena_printf(&a, "%s/rules.txt", folder), &wrong), NONE);
	CHECK_INT(draw_folder_open(&f, folder, &wrong), OK);
	CHECK(span_equal(f.files.file[CORE_FILE_RULES], SPAN("team 1 0 0\n")));
	CHECK(f.files.file[CORE_FILE_CONFLICTS].at != NULL);
	CHECK_INT(f.files.file[CORE_FILE_CONFLICTS].len, 0);
	CHECK(f.files.file[CORE_FILE_OBJECTS].at == NULL);
	CHECK(region_take(&f.region, 1 << 20, 1) != NULL);
	draw_folder_release(&f);
	draw_folder_release(&f);
	arena_release(&a);
}

TEST(draw_folder_has_limits)
{
	struct arena a;
	struct draw_folder f;
	enum core_file wrong;
	const char *folder = unit_folder();

	arena_init(&a);
	const char *path = arena_printf(&a, "%s/record", folder);
	world_write(&a, folder, "record", SPAN("x"));
	CHECK_INT(truncate(path, (off_t)draw_folder_limit(CORE_FILE_RECORD)), 0);
	CHECK_INT(draw_folder_open(&f, folder, &wrong), OK);
	draw_folder_release(&f);
	CHECK_INT(truncate(path, (off_t)draw_folder_limit(CORE_FILE_RECORD) + 1), 0);
	CHECK_INT(draw_folder_open(&f, folder, &wrong), TOO_LARGE);
	CHECK_INT(wrong, CORE_FILE_RECORD);
	unlink(path);
	CHECK_INT(mkdir(path, 0755), 0);
	CHECK_INT(draw_folder_open(&f, folder, &wrong), INVALID);
	CHECK_INT(wrong, CORE_FILE_RECORD);
	rmdir(path);
	arena_release(&a);
}

/* Somebody else's folder: no link leads out of it, no size promises bytes that are not there. */
TEST(draw_folder_takes_no_links_pipes_or_holes)
{
	static int (*const opens[])(struct draw_folder *, const char *,
				    enum core_file *) = { draw_folder_open, draw_folder_read };
	struct arena a;
	struct draw_folder f;
	enum core_file wrong;
	const char *folder = unit_folder();

	arena_init(&a);
	const char *path = arena_printf(&a, "%s/conflicts.tsv", folder);
	const char *objects = arena_printf(&a, "%s/objects.tsv", folder);
	world_write(&a, folder, "other", SPAN("x\n"));
	for (size_t i = 0; i < 2; i++) {
		CHECK_INT(symlink("nowhere", path), 0);
		CHECK_INT(opens[i](&f, folder, &wrong), INVALID);
		CHECK_INT(wrong, CORE_FILE_CONFLICTS);
		unlink(path);
		CHECK_INT(symlink("other", path), 0);
		CHECK_INT(opens[i](&f, folder, &wrong), INVALID);
		unlink(path);
		CHECK_INT(mkfifo(path, 0644), 0);
		CHECK_INT(opens[i](&f, folder, &wrong), INVALID);
		unlink(path);
		world_write(&a, folder, "objects.tsv", SPAN("P1\tA\n"));
		CHECK_INT(truncate(objects, (off_t)15 << 30), 0);
		CHECK_INT(opens[i](&f, folder, &wrong), TOO_LARGE);
		unlink(objects);
	}
	world_write(&a, folder, "objects.tsv", SPAN("P1\tA\n"));
	CHECK_INT(truncate(objects, (off_t)3 << 30), 0);
	CHECK_INT(draw_folder_read(&f, folder, &wrong), INVALID);
	CHECK_INT(wrong, CORE_FILE_OBJECTS);
	arena_release(&a);
}

TEST(draw_folder_read_keeps_what_it_read)
{
	struct arena a;
	struct draw_folder f;
	enum core_file wrong;
	const char *folder = unit_folder();

	arena_init(&a);
	char *text = arena_alloc(&a, 1 << 20);
	memset(text, 'x', 1 << 20);
	world_write(&a, folder, "objects.tsv", (struct span){ text, 1 << 20 });
	world_write(&a, folder, "rules.txt", SPAN(""));
	CHECK_INT(draw_folder_read(&f, folder, &wrong), OK);
	CHECK_INT(truncate(arena_printf(&a, "%s/objects.tsv", folder), 0), 0);
	CHECK(span_equal(f.files.file[CORE_FILE_OBJECTS], (struct span){ text, 1 << 20 }));
	CHECK(f.files.file[CORE_FILE_RULES].at != NULL && f.files.file[CORE_FILE_RULES].len == 0);
	CHECK(f.files.file[CORE_FILE_SEED].at == NULL);
	draw_folder_release(&f);
	arena_release(&a);
}

static const struct draw_folder_text texts[] = {
	{ CORE_FILE_SEED, { "s\n", 2 } },
	{ CORE_FILE_RESULT, { "r\n", 2 } },
	{ CORE_FILE_ROOT, { "o\n", 2 } },
};

static unsigned mode(struct arena *a, const char *folder, const char *name)
{
	struct stat st = { 0 };

	CHECK_INT(stat(arena_printf(a, "%s/%s", folder, name), &st), 0);
	return st.st_mode & 0777;
}

TEST(draw_folder_writes_once)
{
	struct arena a;
	enum core_file wrong;
	const char *folder = unit_folder();

	arena_init(&a);
	world_write(&a, folder, "seed.Ab1xYz", SPAN("left by a killed run"));
	world_write(&a, folder, "seed.old", SPAN("somebody's own"));
	CHECK_INT(draw_folder_write(folder, texts, 3, &wrong), OK);
	CHECK_INT(draw_folder_write(folder, texts, 3, &wrong), OK);
	const char **names = world_names(&a, folder);
	CHECK_STR(names[0], "result.root");
	CHECK_STR(names[1], "result.tsv");
	CHECK_STR(names[2], "seed");
	CHECK_STR(names[3], "seed.old");
	CHECK(names[4] == NULL);
	CHECK_INT(mode(&a, folder, "seed"), 0600);
	CHECK_INT(mode(&a, folder, "result.tsv"), 0600);
	CHECK_INT(mode(&a, folder, "result.root"), 0644);
	CHECK_INT(draw_folder_write("/nowhere/at/all", texts, 3, &wrong), NONE);
	arena_release(&a);
}

TEST(draw_folder_never_replaces)
{
	struct arena a;
	enum core_file wrong;

	arena_init(&a);
	for (size_t i = 0; i < 3; i++) {
		const char *folder = unit_folder();
		const char *name = core_file_name(texts[i].file);
		world_write(&a, folder, name, SPAN("other\n"));
		CHECK_INT(draw_folder_write(folder, texts, 3, &wrong), CONFLICT);
		CHECK_INT(wrong, texts[i].file);
		const char **names = world_names(&a, folder);
		CHECK_STR(names[0], name);
		CHECK(names[1] == NULL);
		CHECK(span_equal(world_read(&a, folder, name), SPAN("other\n")));
	}
	arena_release(&a);
}

/* result.root cannot be written: a folder stands in its place. What was new is gone again. */
TEST(draw_folder_takes_back_what_it_wrote)
{
	struct arena a;
	enum core_file wrong;
	const char *folder = unit_folder();

	arena_init(&a);
	CHECK_INT(mkdir(arena_printf(&a, "%s/result.root", folder), 0755), 0);
	CHECK(draw_folder_write(folder, texts, 3, &wrong) != OK);
	CHECK_INT(wrong, CORE_FILE_ROOT);
	const char **names = world_names(&a, folder);
	CHECK_STR(names[0], "result.root");
	CHECK(names[1] == NULL);
	rmdir(arena_printf(&a, "%s/result.root", folder));
	arena_release(&a);
}
