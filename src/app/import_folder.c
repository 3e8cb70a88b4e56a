/* app/import_folder.c — remembers where the folders begin that were not there. */
#include "app/import_folder.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/status.h"

#include <string.h>
#include <unistd.h>

/* The shortest beginning of the path that does not exist; NULL if all of it does. */
static const char *first_missing(struct arena *a, const char *path)
{
	for (size_t i = 1; path[i - 1]; i++) {
		if (path[i] && path[i] != '/')
			continue;
		const char *part = arena_mem(a, path, i);
		if (!file_exists(part))
			return part;
	}
	return NULL;
}

void import_folder_drop(const struct import_folder *f)
{
	CLEANUP(arena_release) struct arena a;

	arena_init(&a);
	if (!f->made)
		return;
	char *part = arena_str(&a, f->path);
	for (size_t len = strlen(part); len >= strlen(f->made); len--)
		if (part[len] == 0 || part[len] == '/') {
			part[len] = 0;
			rmdir(part);
		}
}

int import_folder_make(struct import_folder *f, struct arena *a, const char *path)
{
	*f = (struct import_folder){ path, first_missing(a, path) };
	int rc = file_make_folder(path, 0755);
	if (rc != OK)
		import_folder_drop(f);
	return rc;
}
