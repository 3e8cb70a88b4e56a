/* test/base/file.c — files are replaced whole or not at all. */
#include "base/arena.h"
#include "base/file.h"
#include "base/status.h"

#include "unit.h"

#include <dirent.h>
#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Stands before the library's: counts, and fails once when the count comes to fail_at. */
static int syncs, fail_at;

int fsync(int fd)
{
	if (++syncs == fail_at) {
		errno = EDQUOT;
		return -1;
	}
	return (int)syscall(SYS_fsync, fd);
}

static int entries(const char *folder)
{
	DIR *d = opendir(folder);
	int n = 0;

	while (d && readdir(d))
		n++;
	if (d)
		closedir(d);
	return n - 2;
}

TEST(file_write_then_read_and_map_give_the_bytes_back)
{
	struct arena a;
	struct file_map m;
	char *text;
	size_t len;

	arena_init(&a);
	const char *folder = unit_folder(), *path = arena_printf(&a, "%s/a", folder);
	CHECK_INT(file_read(&a, path, 10, &text, &len), NONE);
	CHECK_INT(file_write(path, "hello", 5, 0600), OK);
	CHECK_INT(file_read(&a, path, 5, &text, &len), OK);
	CHECK_STR(text, "hello");
	CHECK_INT(file_read(&a, path, 4, &text, &len), TOO_LARGE);
	CHECK_INT(file_map(path, &m), OK);
	CHECK(m.len == 5 && memcmp(m.at, "hello", 5) == 0);
	file_unmap(&m);
	CHECK_INT(file_write(path, "", 0, 0600), OK);
	CHECK_INT(file_map(path, &m), OK);
	CHECK_INT(m.len, 0);
	file_unmap(&m);
	CHECK_INT(file_map(folder, &m), INVALID);
	CHECK_INT(entries(folder), 1);
	arena_release(&a);
}

TEST(file_out_abort_leaves_the_old_file_and_no_other)
{
	struct arena a;
	struct file_out f;
	char *text, big[100000];
	size_t len;

	arena_init(&a);
	memset(big, 'x', sizeof(big));
	const char *folder = unit_folder(), *path = arena_printf(&a, "%s/a", folder);
	CHECK_INT(file_write(path, "old", 3, 0600), OK);
	CHECK_INT(file_out_open(&f, path, 0600), OK);
	for (int i = 0; i < 5; i++)
		file_out_add(&f, big, sizeof(big));
	file_out_abort(&f);
	file_out_abort(&f);
	CHECK_INT(entries(folder), 1);
	CHECK_INT(file_read(&a, path, 10, &text, &len), OK);
	CHECK_STR(text, "old");
	arena_release(&a);
}

TEST(file_out_open_in_a_missing_folder_says_none)
{
	struct file_out f;
	struct arena a;

	arena_init(&a);
	CHECK_INT(file_out_open(&f, arena_printf(&a, "%s/nowhere/a", unit_folder()), 0600), NONE);
	arena_release(&a);
}

TEST(file_make_folder_makes_parents_and_accepts_what_is_there)
{
	struct arena a;

	arena_init(&a);
	const char *path = arena_printf(&a, "%s/x/y/z", unit_folder());
	CHECK_INT(file_make_folder(path, 0700), OK);
	CHECK_INT(file_make_folder(path, 0700), OK);
	CHECK_INT(file_write(arena_printf(&a, "%s/f", path), "", 0, 0600), OK);
	CHECK_INT(file_make_folder(arena_printf(&a, "%s/f", path), 0700), INVALID);
	arena_release(&a);
}

static void write_staged(const char *path, const char *text)
{
	struct file_out f;

	CHECK_INT(file_out_open(&f, path, 0600), OK);
	f.staged = true;
	file_out_add(&f, text, strlen(text));
	CHECK_INT(file_out_commit(&f), OK);
}

TEST(staged_files_are_synced_once_for_all)
{
	struct arena a;
	char *text;
	size_t len;

	arena_init(&a);
	const char *folder = unit_folder(), *below = arena_printf(&a, "%s/b", folder);
	CHECK_INT(file_make_folder(below, 0755), OK);
	syncs = 0;
	write_staged(arena_printf(&a, "%s/1", folder), "one");
	write_staged(arena_printf(&a, "%s/2", below), "two");
	CHECK_INT(symlink("/nowhere", arena_printf(&a, "%s/link", folder)), 0);
	CHECK_INT(syncs, 0);
	CHECK_INT(entries(folder), 3);
	CHECK_INT(file_read(&a, arena_printf(&a, "%s/2", below), 10, &text, &len), OK);
	CHECK_STR(text, "two");
	CHECK_INT(file_sync_tree(folder), OK);
	CHECK_INT(syncs, 4); /* two files, two folders; a link has nothing of its own */
	for (int i = 1; i <= 4; i++) {
		fail_at = syncs + i;
		CHECK_INT(file_sync_tree(folder), NO_SPACE);
	}
	fail_at = 0;
	CHECK_INT(file_sync_tree(arena_printf(&a, "%s/nowhere", folder)), NONE);
	syncs = 0;
	CHECK_INT(file_write(arena_printf(&a, "%s/1", folder), "new", 3, 0600), OK);
	CHECK_INT(syncs, 2); /* a file alone: itself and its folder */
	arena_release(&a);
}

static void write_unnamed(const char *folder)
{
	struct file_out f = { 0 };
	struct file_map m;

	CHECK_INT(file_out_unnamed(&f, folder), OK);
	file_out_add(&f, "secret", 6);
	CHECK_INT(file_out_map(&f, &m), OK);
	CHECK_INT(m.len, 6);
	CHECK(memcmp(m.at, "secret", 6) == 0);
	file_unmap(&m);
	CHECK_INT(file_out_unnamed(&f, folder), OK);
	CHECK_INT(file_out_map(&f, &m), OK);
	CHECK_INT(m.len, 0);
	file_unmap(&m);
}

TEST(a_file_without_a_name_is_seen_in_no_folder)
{
	const char *folder = unit_folder();
	int before = entries(folder);
	struct file_out f = { 0 };

	CHECK_INT(file_out_unnamed(&f, folder), OK);
	file_out_add(&f, "secret", 6);
	CHECK_INT(entries(folder), before);
	file_out_abort(&f);
	write_unnamed(folder);
	write_unnamed(NULL);
	write_unnamed("/proc"); /* which has no such files: in memory then */
	CHECK_INT(entries(folder), before);
}
