/* app/draw_folder.c — the nine files on disk. The folder is locked while it is written. */
#include "app/draw_folder.h"

#include "app/draw_foreign.h"
#include "app/draw_memory.h"
#include "base/arena.h"
#include "base/status.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

size_t draw_folder_limit(enum core_file file)
{
	switch (file) {
	case CORE_FILE_OBJECTS:
	case CORE_FILE_INSPECTORS:
	case CORE_FILE_CONFLICTS:
	case CORE_FILE_RESULT:
		return (size_t)4 << 30;
	case CORE_FILE_RULES:
		return (size_t)16 << 20;
	case CORE_FILE_NONE:
	case CORE_FILE_DECLARATION:
	case CORE_FILE_RECORD:
	case CORE_FILE_SEED:
	case CORE_FILE_ROOT:
	case CORE_FILES:
		break;
	}
	return (size_t)1 << 20;
}

static char *path_of(struct arena *a, const char *folder, enum core_file file)
{
	return arena_printf(a, "%s/%s", folder, core_file_name(file));
}

static int map_own(const char *path, size_t most, struct file_map *ret)
{
	struct file_map map;
	struct stat st;

	if (lstat(path, &st) == 0 && S_ISLNK(st.st_mode))
		return INVALID;
	TRY(file_map(path, &map));
	if (map.len > most) {
		file_unmap(&map);
		return TOO_LARGE;
	}
	*ret = map;
	return OK;
}

static int take_files(struct draw_folder *f, const char *path,
		      int (*take)(const char *, size_t, struct file_map *), enum core_file *wrong)
{
	CLEANUP(arena_release) struct arena a;

	arena_init(&a);
	for (enum core_file i = CORE_FILE_NONE + 1; i < CORE_FILES; i++) {
		int rc = take(path_of(&a, path, i), draw_folder_limit(i), &f->map[i]);
		if (rc == NONE)
			continue;
		*wrong = i;
		TRY(rc);
		f->files.file[i] = (struct span){ f->map[i].at, f->map[i].len };
	}
	return OK;
}

static int open_folder(struct draw_folder *f, const char *path,
		       int (*take)(const char *, size_t, struct file_map *), enum core_file *wrong)
{
	struct draw_folder made = { 0 };
	struct stat st;

	*wrong = CORE_FILE_NONE;
	if (stat(path, &st) != 0 || !S_ISDIR(st.st_mode))
		return NONE;
	int rc = draw_region_init(&made.region);
	if (rc == OK)
		rc = take_files(&made, path, take, wrong);
	if (rc != OK) {
		int why = errno;
		draw_folder_release(&made);
		errno = why;
		return rc;
	}
	*wrong = CORE_FILE_NONE;
	*f = made;
	return OK;
}

int draw_folder_open(struct draw_folder *f, const char *path, enum core_file *wrong)
{
	return open_folder(f, path, map_own, wrong);
}

int draw_folder_read(struct draw_folder *f, const char *path, enum core_file *wrong)
{
	return open_folder(f, path, draw_foreign_read, wrong);
}

void draw_folder_release(struct draw_folder *f)
{
	for (size_t i = 0; i < CORE_FILES; i++)
		if (f->map[i].at)
			file_unmap(&f->map[i]);
	draw_region_release(&f->region);
	*f = (struct draw_folder){ 0 };
}

/* "<one of the nine>.XXXXXX", as file_out names what it has not finished. */
bool draw_folder_leftover(const char *name)
{
	for (enum core_file i = CORE_FILE_NONE + 1; i < CORE_FILES; i++) {
		size_t len = strlen(core_file_name(i));
		if (strncmp(name, core_file_name(i), len) != 0 || name[len] != '.' ||
		    strlen(name + len + 1) != 6)
			continue;
		size_t k = len + 1;
		while (isalnum((unsigned char)name[k]))
			k++;
		if (!name[k])
			return true;
	}
	return false;
}

static void remove_leftovers(const char *path, int folder)
{
	DIR *dir = opendir(path);
	struct dirent *entry;

	while (dir && (entry = readdir(dir)))
		if (draw_folder_leftover(entry->d_name))
			unlinkat(folder, entry->d_name, 0);
	if (dir)
		closedir(dir);
}

/* OK: the same bytes are there; NONE: nothing is there; CONFLICT: other bytes. */
static int compare(const char *path, struct span text)
{
	struct file_map m;

	TRY(file_map(path, &m));
	int rc = m.len == text.len && memcmp(m.at, text.at, m.len) == 0 ? OK : CONFLICT;
	file_unmap(&m);
	return rc;
}

static mode_t mode_of(enum core_file file)
{
	bool secret =
		file == CORE_FILE_SEED || file == CORE_FILE_RECORD || file == CORE_FILE_RESULT;

	return secret ? 0600 : 0644;
}

struct writing {
	struct file_out out[CORE_FILES];
	char *path[CORE_FILES];
	bool fresh[CORE_FILES]; /* did not exist */
	size_t count;
};

static int prepare(struct writing *w, const struct draw_folder_text *texts, size_t count,
		   enum core_file *wrong)
{
	for (size_t i = 0; i < count; i++) {
		int rc = compare(w->path[i], texts[i].text);
		*wrong = texts[i].file;
		w->fresh[i] = rc == NONE;
		if (rc != OK && rc != NONE)
			return rc;
	}
	for (; w->count < count; w->count++) {
		size_t i = w->count;
		if (!w->fresh[i])
			continue;
		*wrong = texts[i].file;
		TRY(file_out_open(&w->out[i], w->path[i], mode_of(texts[i].file)));
		file_out_add(&w->out[i], texts[i].text.at, texts[i].text.len);
	}
	return OK;
}

static int commit(struct writing *w, const struct draw_folder_text *texts, enum core_file *wrong)
{
	int rc = OK;
	size_t i = 0;

	for (; i < w->count && rc == OK; i++) {
		*wrong = texts[i].file;
		if (w->fresh[i])
			rc = file_out_commit(&w->out[i]);
	}
	while (rc != OK && i-- > 0)
		if (w->fresh[i])
			unlink(w->path[i]);
	return rc;
}

static void close_folder(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

int draw_folder_write(const char *path, const struct draw_folder_text *texts, size_t count,
		      enum core_file *wrong)
{
	CLEANUP(arena_release) struct arena a;
	CLEANUP(close_folder) int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct writing w = { 0 };

	arena_init(&a);
	*wrong = CORE_FILE_NONE;
	if (folder < 0)
		return errno == ENOENT || errno == ENOTDIR ? NONE : IO_ERROR;
	while (flock(folder, LOCK_EX) != 0)
		if (errno != EINTR)
			return IO_ERROR;
	remove_leftovers(path, folder);
	for (size_t i = 0; i < count; i++)
		w.path[i] = path_of(&a, path, texts[i].file);
	int rc = prepare(&w, texts, count, wrong);
	if (rc == OK)
		rc = commit(&w, texts, wrong);
	int why = errno;
	for (size_t i = 0; i < count; i++)
		if (w.fresh[i])
			file_out_abort(&w.out[i]);
	errno = why;
	if (rc == OK)
		*wrong = CORE_FILE_NONE;
	return rc;
}
