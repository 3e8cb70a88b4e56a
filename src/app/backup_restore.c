/*
 * app/backup_restore.c — the file becomes an office in a folder for temporary files, and only when that one opened
 * with its keys does it take its place, or its rows go to the server.
 */
#include "app/backup.h"

#include "app/file_digest.h"
#include "app/work_folder.h"
#include "base/file.h"
#include "base/status.h"
#include "db/copy.h"
#include "db/migrate.h"
#include "store/meta.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 1 << 16 };

struct restoring {
	const struct restore_plan *plan;
	struct arena *a;
	struct work_folder work;
	const char *data, *keys, *staged; /* staged: the database in the work folder */
	char digest[OFFICE_DIGEST];
	struct restored *ret;
	struct office office; /* over the staged database */
	const char *why;
	bool began; /* to write into the folder */
};

static int refuse(struct restoring *r, int code, const char *why)
{
	r->why = why;
	return code;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static int look_first(struct restoring *r)
{
	const struct office_where *w = &r->plan->where;

	if (!w->db && file_exists(arena_printf(r->a, "%s/mingqian.db", r->data)))
		return refuse(
			r, CONFLICT,
			arena_printf(r->a, "%s 里已经有数据：不会覆盖，请换一个文件夹", r->data));
	if (!file_exists(arena_printf(r->a, "%s/seal.key", r->keys)))
		return refuse(r, NONE,
			      arena_printf(r->a,
					   "%s 里没有密钥：请先把另存的 seal.key 和 sign.key 放进去"
					   "（chmod 600），再恢复",
					   r->keys));
	int rc = file_digest(r->plan->file, r->digest);
	if (rc != OK)
		return refuse(r, rc, arena_printf(r->a, "读不了备份文件 %s", r->plan->file));
	if (r->plan->digest && strcmp(r->plan->digest, r->digest) != 0)
		return refuse(r, INVALID,
			      arena_printf(r->a, "备份文件的 SHA-256 是 %s，与给出的不同：请换一份",
					   r->digest));
	return OK;
}

static int copy_file(struct restoring *r)
{
	CLEANUP(close_fd) int from = open(r->plan->file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	char piece[PIECE];
	struct file_out out;
	ssize_t n;

	if (from < 0)
		return IO_ERROR;
	TRY(file_out_open(&out, r->staged, 0600));
	while ((n = read(from, piece, sizeof(piece))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			file_out_abort(&out);
			return IO_ERROR;
		}
		file_out_add(&out, piece, (size_t)n);
	}
	return file_out_commit(&out);
}

/* How far the ledger had come when it was last written with these keys: auditors see what the backup had not. */
static const char *head_words(struct restoring *r)
{
	char root[2 * SHA256_SIZE + 1];
	struct ledger_head head;

	keys_alone(r->office.keys, false);
	int rc = ledger_head_read(r->office.keys, &head);
	keys_alone(r->office.keys, true);
	if (rc != OK)
		return "-";
	sodium_bin2hex(root, sizeof(root), head.root, sizeof(head.root));
	return arena_printf(r->a, "%lld %s", (long long)head.size, root);
}

static int start_anew(struct db *db, void *arg)
{
	struct restoring *r = arg;
	struct office *o = &r->office;
	const char *text =
		arena_printf(r->a, "restore\nsha256 %s\nhead was %s\n", r->digest, head_words(r));
	char digest[OFFICE_DIGEST];
	struct meta meta;

	TRY(meta_new_epoch(db, &meta));
	r->ret->epoch = arena_str(r->a, meta.epoch);
	TRY(office_document(o, text, strlen(text), digest));
	return office_log(o, "data.restore", "data", digest);
}

static int make_office(struct restoring *r)
{
	struct office_where where = { .data = r->work.path, .keys = r->keys, .alone = true };
	struct ledger_check check = { 0 };
	int rc = office_open(r->a, &where, &r->office, &r->why);

	if (rc == UNAVAILABLE)
		return refuse(r, INVALID,
			      arena_printf(r->a, "%s 不是能用的备份：%s", r->plan->file, r->why));
	TRY(rc);
	if (r->plan->fixed_now && !r->office.demo)
		return refuse(r, INVALID, office_real_clock);
	r->office.actor = r->plan->actor;
	r->office.fixed_now = r->plan->fixed_now;
	rc = office_write(&r->office, start_anew, r);
	if (rc == OK)
		rc = ledger_verify(&r->office, r->a, &check, &r->ret->ledger);
	struct db_copied sum = { 0 };
	if (rc == OK)
		rc = db_sum(r->office.db, r->office.db, &sum);
	r->ret->tables = sum.tables;
	r->ret->rows = sum.rows;
	if (rc != OK)
		r->why = arena_str(r->a, office_sentence(&r->office, rc));
	return rc;
}

static int to_server(struct restoring *r)
{
	CLEANUP(db_closep) struct db *server = NULL;
	struct db_copied copied, there;
	int rc = db_open(arena_printf(r->a, "postgres:%s", r->plan->where.db), &server);

	if (rc == DB_OK)
		rc = db_migrate(server, migrations, migration_count);
	if (rc == DB_OK)
		rc = db_copy(r->office.db, server, r->plan->progress, r->plan->arg, &copied);
	if (rc == CONFLICT)
		return refuse(r, rc, "这个数据库里已经有数据：不会覆盖，请另建一个空的数据库");
	if (rc == DB_OK)
		rc = db_sum(server, r->office.db, &there);
	if (rc != DB_OK)
		return refuse(r, rc == CANCELLED ? rc : UNAVAILABLE,
			      arena_printf(r->a, "没有恢复成：%s", db_error_text(server)));
	if (there.sum != copied.sum || there.rows != copied.rows)
		return refuse(r, IO_ERROR, "写进数据库的内容读回来不一样：请检查数据库的磁盘");
	return OK;
}

static int put_in_place(struct restoring *r)
{
	if (r->plan->where.db)
		TRY(to_server(r));
	keys_alone(r->office.keys, false);
	int rc = ledger_head_renew(r->office.db, r->office.keys);
	if (rc != OK)
		return refuse(r, rc,
			      arena_printf(r->a, "写不了 %s 里账簿的进度：请检查权限和磁盘空间",
					   r->keys));
	if (r->plan->where.db)
		return OK;
	office_release(&r->office); /* the last connection folds the log into the file */
	rc = file_place(r->staged, arena_printf(r->a, "%s/mingqian.db", r->data));
	if (rc == CONFLICT)
		return refuse(r, rc, "别人刚在这里建立了数据：不会覆盖");
	return rc;
}

static int restore(struct restoring *r)
{
	TRY(look_first(r));
	r->began = true;
	int rc = file_make_folder(r->data, 0700);
	if (rc == OK)
		rc = work_folder_make(arena_printf(r->a, "%s/work", r->data), r->a, &r->work);
	if (rc == OK) {
		r->staged = arena_printf(r->a, "%s/mingqian.db", r->work.path);
		rc = copy_file(r);
	}
	if (rc != OK)
		return refuse(r, rc,
			      arena_printf(r->a, "写不了 %s：请检查权限和磁盘空间", r->data));
	TRY(make_office(r));
	return put_in_place(r);
}

int backup_restore(struct arena *a, const struct restore_plan *plan, struct restored *ret,
		   const char **ret_why)
{
	const struct office_where *w = &plan->where;
	struct restoring r = { .plan = plan, .a = a, .ret = ret };

	r.data = w->data;
	r.keys = w->keys ? w->keys : arena_printf(a, "%s/keys", w->data);
	int rc = restore(&r);
	office_release(&r.office);
	work_folder_release(&r.work);
	if (rc != OK && r.began) { /* what was made for nothing goes, if nothing else is in it */
		rmdir(arena_printf(a, "%s/work", r.data));
		rmdir(r.data);
	}
	if (rc != OK)
		*ret_why = r.why ? r.why : "没有恢复成：请检查磁盘和权限";
	return rc;
}
