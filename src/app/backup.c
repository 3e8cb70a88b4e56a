/* app/backup.c — copied to a file of another name, read back, then given its name. */
#include "app/backup.h"

#include "app/file_digest.h"
#include "base/file.h"
#include "base/status.h"
#include "db/copy.h"
#include "db/migrate.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct backing {
	struct office *o;
	struct arena *a;
	const char *path, *part;
	backup_progress *progress;
	void *arg;
	struct db_copied copied;
	struct backup_made made;
};

PRINTF(3, 4) static int refuse(struct office *o, int code, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(o->why, sizeof(o->why), format, ap);
	va_end(ap);
	return code;
}

/* The file's own failures, told by where they happened. */
static int file_failed(struct backing *b, struct db *file, int rc)
{
	if (rc == DB_FULL)
		return refuse(b->o, NO_SPACE, "磁盘已满，写不下备份 %s：请换一处再备份", b->path);
	if (file && b->o->why[0] == 0 && rc != CANCELLED)
		snprintf(b->o->why, sizeof(b->o->why), "备份没有做成：%s", db_error_text(file));
	return rc;
}

static int make_file(struct backing *b)
{
	int fd = open(b->part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return refuse(b->o, errno == ENOSPC ? NO_SPACE : IO_ERROR,
			      "不能在这里写备份 %s：请检查文件夹和权限", b->path);
	close(fd);
	return OK;
}

static int fill(struct backing *b)
{
	CLEANUP(db_closep) struct db *file = NULL;
	int rc = db_open(arena_printf(b->a, "sqlite:%s", b->part), &file);

	if (rc == DB_OK)
		rc = db_migrate(file, migrations, migration_count);
	if (rc == DB_OK)
		rc = db_copy(b->o->db, file, b->progress, b->arg, &b->copied);
	return rc == DB_OK ? OK : file_failed(b, file, rc);
}

static int read_back(struct backing *b)
{
	CLEANUP(db_closep) struct db *file = NULL;
	struct db_copied again;
	int rc = db_open(arena_printf(b->a, "sqlite:%s", b->part), &file);

	if (rc == DB_OK)
		rc = db_sum(file, file, &again);
	if (rc != DB_OK)
		return file_failed(b, file, rc);
	if (again.sum != b->copied.sum || again.rows != b->copied.rows)
		return refuse(b->o, IO_ERROR, "写下的备份 %s 读回来不一样：请换一块磁盘再备份",
			      b->path);
	return OK;
}

static int measure(struct backing *b)
{
	struct stat st;

	if (stat(b->part, &st) != 0)
		return IO_ERROR;
	b->made.tables = b->copied.tables;
	b->made.rows = b->copied.rows;
	b->made.bytes = st.st_size;
	return file_digest(b->part, b->made.digest);
}

static int log_it(struct db *db, void *arg)
{
	const struct backing *b = arg;
	const char *slash = strrchr(b->path, '/');
	char digest[OFFICE_DIGEST];
	const char *text = arena_printf(
		b->a,
		"backup\nsha256 %s\ntables %" PRId64 "\nrows %" PRId64 "\nbytes %" PRId64 "\n",
		b->made.digest, b->made.tables, b->made.rows, b->made.bytes);

	(void)db;
	TRY(office_document(b->o, text, strlen(text), digest));
	return office_log(b->o, "data.backup", slash ? slash + 1 : b->path, digest);
}

static int write_all(struct backing *b)
{
	TRY(make_file(b));
	TRY(fill(b));
	TRY(read_back(b));
	TRY(measure(b));
	int rc = file_place(b->part, b->path);
	if (rc == CONFLICT)
		return refuse(b->o, rc, "%s 已经存在：不会覆盖，请换一个名称", b->path);
	TRY(rc);
	rc = office_write(b->o, log_it, b);
	if (rc != OK)
		unlink(b->path); /* what is not logged is not kept */
	return rc;
}

int backup_write(struct office *o, struct arena *a, const char *path, backup_progress *progress,
		 void *arg, struct backup_made *ret)
{
	struct backing b = { .o = o,
			     .a = a,
			     .path = path,
			     .part = arena_printf(a, "%s.part-%ld", path, (long)getpid()),
			     .progress = progress,
			     .arg = arg };

	o->why[0] = 0;
	if (file_exists(path))
		return refuse(o, CONFLICT, "%s 已经存在：不会覆盖，请换一个名称", path);
	int rc = write_all(&b);
	static const char *const rests[] = { "", "-wal", "-shm", "-journal" };
	for (size_t i = 0; i < COUNT(rests); i++)
		unlink(arena_printf(a, "%s%s", b.part, rests[i]));
	if (rc == OK)
		*ret = b.made;
	return rc;
}
