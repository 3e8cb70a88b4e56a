/* test/files/zip_write.c — a folder packed: its files whole, in order, and the same bytes each time. */
#include "files/zip_write.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/status.h"

#include "unit.h"

#include <string.h>
#include <sys/stat.h>
#include <zip.h>

static void check_entry(zip_t *zip, zip_uint64_t at, const char *name, const char *text)
{
	char got[64] = "";
	zip_file_t *file = zip_fopen_index(zip, at, 0);

	CHECK_STR(zip_get_name(zip, at, 0), name);
	CHECK(file != NULL);
	if (!file)
		return;
	CHECK_INT(zip_fread(file, got, sizeof(got) - 1), (int64_t)strlen(text));
	CHECK_STR(got, text);
	zip_fclose(file);
}

TEST(a_folder_is_packed_the_same_each_time)
{
	CLEANUP(arena_release) struct arena a;
	const char *folder = unit_folder();
	char *first, *second;
	size_t first_len, second_len;

	arena_init(&a);
	const char *in = arena_printf(&a, "%s/in", folder), *one = arena_printf(&a, "%s/1", folder),
		   *two = arena_printf(&a, "%s/2", folder);
	CHECK_INT(file_make_folder(arena_printf(&a, "%s/empty", in), 0700), OK);
	CHECK_INT(file_make_folder(arena_printf(&a, "%s/more/x000", in), 0700), OK);
	CHECK_INT(file_write(arena_printf(&a, "%s/more/x000/001", in), "leaf", 4, 0600), OK);
	CHECK_INT(file_write(arena_printf(&a, "%s/seed", in), "r\n", 2, 0600), OK);
	CHECK_INT(file_write(arena_printf(&a, "%s/SHA256SUMS", in), "x y\n", 4, 0644), OK);
	CHECK_INT(zip_write_folder(in, "130600-2026-0001", one), OK);
	CHECK_INT(zip_write_folder(in, "130600-2026-0001", two), OK);
	CHECK_INT(file_read(&a, one, 1 << 16, &first, &first_len), OK);
	CHECK_INT(file_read(&a, two, 1 << 16, &second, &second_len), OK);
	CHECK_INT(first_len, second_len);
	CHECK(memcmp(first, second, first_len) == 0);
	zip_t *zip = zip_open(one, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
	CHECK(zip != NULL);
	if (!zip)
		return;
	CHECK_INT(zip_get_num_entries(zip, 0), 3);
	check_entry(zip, 0, "130600-2026-0001/SHA256SUMS", "x y\n");
	check_entry(zip, 1, "130600-2026-0001/more/x000/001", "leaf");
	check_entry(zip, 2, "130600-2026-0001/seed", "r\n");
	zip_discard(zip);
}

TEST(what_is_there_is_not_replaced_and_a_failure_leaves_nothing)
{
	CLEANUP(arena_release) struct arena a;
	const char *folder = unit_folder();

	arena_init(&a);
	const char *out = arena_printf(&a, "%s/out", folder);
	CHECK_INT(zip_write_folder(arena_printf(&a, "%s/nowhere", folder), "x", out), IO_ERROR);
	CHECK(!file_exists(out));
	CHECK_INT(file_write(out, "mine", 4, 0644), OK);
	CHECK_INT(zip_write_folder(folder, "x", out), IO_ERROR);
}
