/* files/zip_write.c — libzip, with the times left out. */
#include "files/zip_write.h"

#include "base/arena.h"
#include "base/status.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

enum { DEEPEST = 16 };

static int keep_named(const struct dirent *d)
{
	return d->d_type == DT_REG ||
	       (d->d_type == DT_DIR && strcmp(d->d_name, ".") != 0 && strcmp(d->d_name, "..") != 0);
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int add(zip_t *zip, struct arena *a, const char *folder, const char *name, const char *file)
{
	const char *path = arena_printf(a, "%s/%s", folder, file);
	zip_source_t *source = zip_source_file(zip, path, 0, -1);

	if (!source)
		return IO_ERROR;
	zip_int64_t at =
		zip_file_add(zip, arena_printf(a, "%s/%s", name, file), source, ZIP_FL_ENC_UTF_8);
	if (at < 0) {
		zip_source_free(source);
		return IO_ERROR;
	}
	return zip_file_set_dostime(zip, (zip_uint64_t)at, 0, 0x21, 0) == 0 ? OK : IO_ERROR;
}

static int add_all(zip_t *zip, struct arena *a, const char *folder, const char *name, int depth)
{
	struct dirent **list = NULL;
	int count = depth < DEEPEST ? scandir(folder, &list, keep_named, by_bytes) : -1;
	int rc = count < 0 ? IO_ERROR : OK;

	for (int i = 0; i < count; i++) {
		const char *one = list[i]->d_name;
		if (rc == OK && list[i]->d_type == DT_DIR)
			rc = add_all(zip, a, arena_printf(a, "%s/%s", folder, one),
				     arena_printf(a, "%s/%s", name, one), depth + 1);
		else if (rc == OK)
			rc = add(zip, a, folder, name, one);
		free(list[i]);
	}
	free(list);
	return rc;
}

int zip_write_folder(const char *folder, const char *name, const char *path)
{
	CLEANUP(arena_release) struct arena a;
	zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_EXCL, NULL);

	arena_init(&a);
	if (!zip)
		return IO_ERROR;
	int rc = add_all(zip, &a, folder, name, 0);
	if (rc == OK && zip_close(zip) == 0)
		return OK;
	bool full = zip_error_code_system(zip_get_error(zip)) == ENOSPC;
	zip_discard(zip);
	return full ? NO_SPACE : IO_ERROR;
}
