/* app/office_open.c — opening an office: folders, keys, database, and what must hold before anything is done in it. */
#include "app/office.h"

#include "app/ledger_head.h"
#include "app/ledger_note.h"
#include "app/ledger_sequence.h"
#include "app/office_schema.h"
#include "app/work_folder.h"
#include "base/file.h"
#include "base/status.h"
#include "core/note.h"
#include "db/migrate.h"
#include "store/ledger_tree.h"
#include "store/meta.h"
#include "store/office.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_ROOM = 4096, ORIGIN_DIGITS = 16 };

static const char seal_context[] = "office/seal-check";

/* What office_open is doing; the office is given away only when all of it worked. */
struct opening {
	struct arena *a;
	const struct office_where *where;
	struct office office;
	const char *keys, *why;
};

PRINTF(3, 4) static int refuse(struct opening *in, int code, const char *format, ...)
{
	char text[OFFICE_WHY];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	in->why = arena_str(in->a, text);
	return code;
}

/* The database said no: a full disk stops readers too, and is told apart. */
static int refuse_database(struct opening *in, int code, const char *what)
{
	if (code == DB_FULL)
		return refuse(
			in, NO_SPACE,
			"磁盘已满，数据库打不开，连查看也不行：请腾出空间后重试，数据没有改动");
	if (!in->where->db)
		return refuse(in, UNAVAILABLE, "%s：%s", what, db_error_text(in->office.db));
	return refuse(in, UNAVAILABLE,
		      "%s：请检查 --db 的网址、数据库的名称、用户和口令，PostgreSQL "
		      "有没有开着（它的原话：%s）",
		      what, db_error_text(in->office.db));
}

/* libpq takes "host=... dbname=..." too, and would look for a database of that name. */
static bool is_other_url(const char *db)
{
	return strstr(db, "://") && strncmp(db, "postgresql://", strlen("postgresql://")) != 0 &&
	       strncmp(db, "postgres://", strlen("postgres://")) != 0;
}

static bool has_keys(const struct opening *in)
{
	return file_exists(arena_printf(in->a, "%s/sign.key", in->keys));
}

static int place(struct opening *in)
{
	const struct office_where *w = in->where;
	const char *data = w->data ? w->data : w->keys;

	if (!data)
		return refuse(
			in, NONE,
			"没有指明数据文件夹，也没有指明密钥文件夹：请用 --data DIR 或 --keys DIR");
	in->office.data = arena_str(in->a, data);
	in->office.work = arena_printf(in->a, "%s/work", data);
	in->keys = w->keys   ? arena_str(in->a, w->keys)
		   : w->data ? arena_printf(in->a, "%s/keys", data)
			     : arena_str(in->a, data);
	return OK;
}

static int make_folders(struct opening *in)
{
	const char *const folders[] = { in->office.data, in->keys, in->office.work };

	for (size_t i = 0; i < COUNT(folders); i++) {
		int rc = file_make_folder(folders[i], 0700);
		if (rc != OK)
			return refuse(in, rc, "无法建立文件夹 %s：请检查路径、权限和磁盘空间",
				      folders[i]);
	}
	return OK;
}

/* Who may write here may put another database or other keys in their place. */
static int check_writers(struct opening *in)
{
	const char *const paths[] = { in->office.data, in->keys,
				      arena_printf(in->a, "%s/mingqian.db", in->office.data) };
	struct stat st;

	for (size_t i = 0; i < COUNT(paths); i++)
		if (stat(paths[i], &st) == 0 && (st.st_mode & (S_IWGRP | S_IWOTH)))
			return refuse(in, FORBIDDEN,
				      "%s 别人也能改写：请先执行 chmod go-w %s，并查清有没有被换过",
				      paths[i], paths[i]);
	return OK;
}

/* Keys that have signed are another database's: two ledgers under one key cannot be told apart. */
static int check_unused(struct opening *in)
{
	struct ledger_head head = { .size = 0 };
	char path[PATH_ROOM];
	struct keys *keys = NULL;

	if (!has_keys(in) || keys_load(in->keys, &keys, path, sizeof(path)) != OK)
		return OK;
	int rc = ledger_head_read(keys, &head);
	keys_free(keys);
	if (rc != OK || head.size == 0)
		return OK;
	return refuse(in, CONFLICT,
		      "%s 里的密钥已经有一本账簿在用（%" PRId64
		      " 条）：不会再建一本。要另建一套数据，请换一个新文件夹；"
		      "数据在别处的，请用原来的 --db",
		      in->keys, head.size);
}

/* Keys that a broken-off attempt has left are used; an office in use is left alone. */
static int make_keys(struct opening *in)
{
	struct office_row row;
	int rc = office_row_get(in->office.db, in->a, &row);

	if (rc == OK)
		return refuse(in, CONFLICT, "这里的数据库已经在用：不会重新建立");
	if (rc != NONE)
		return refuse_database(in, rc, "读不了数据库");
	TRY(check_unused(in));
	rc = keys_make(in->keys);
	if (rc != OK)
		return refuse(in, rc, "无法在 %s 里写密钥：请检查权限和磁盘空间", in->keys);
	return OK;
}

static int load_keys(struct opening *in)
{
	char path[PATH_ROOM];

	switch (keys_load(in->keys, &in->office.keys, path, sizeof(path))) {
	case OK:
		keys_alone(in->office.keys, in->where->alone);
		return OK;
	case NONE:
		if (in->where->look)
			return OK;
		return refuse(in, NONE, "没有密钥文件 %s：请指明正确的数据文件夹或 --keys", path);
	case FORBIDDEN:
		return refuse(
			in, FORBIDDEN,
			"密钥文件 %s 别人也能读，或不是您的：请先执行 chmod 600 %s，并确认它属于您",
			path, path);
	case INVALID:
		return refuse(in, INVALID, "密钥文件 %s 不是 32 字节的普通文件：请从备份中恢复",
			      path);
	default:
		return refuse(in, IO_ERROR, "无法读取密钥文件 %s", path);
	}
}

static int reach_database(struct opening *in)
{
	const struct office_where *w = in->where;
	char address[PATH_ROOM];
	int len;

	if (w->db && is_other_url(w->db))
		return refuse(
			in, INVALID,
			"--db 只能是 PostgreSQL 的网址，如 postgresql://用户@主机/数据库，不是 %s",
			w->db);
	if (w->db)
		len = snprintf(address, sizeof(address), "postgres:%s", w->db);
	else
		len = snprintf(address, sizeof(address), "sqlite:%s/mingqian.db", in->office.data);
	if (len < 0 || (size_t)len >= sizeof(address))
		return refuse(in, INVALID, "数据库的地址太长");
	const char *file = address + strlen("sqlite:");
	if (!w->db && !file_exists(file) && has_keys(in))
		return refuse(in, w->make ? CONFLICT : NONE,
			      "%s 里只有密钥，没有数据库文件：数据在 PostgreSQL 里的，请加 --db "
			      "postgresql://…；从备份恢复用 mingqian data restore%s",
			      in->office.data, w->make ? "；要另建一套数据，请换一个新文件夹" : "");
	if (!w->db && !w->make && !file_exists(file))
		return refuse(in, NONE, "%s 里没有数据：请用 mingqian data init %s 建立",
			      in->office.data, in->office.data);
	int rc = db_open(address, &in->office.db);
	return rc == DB_OK ? OK : refuse_database(in, rc, "打不开数据库");
}

static int bring_up_to_date(struct opening *in)
{
	int rc = db_migrate(in->office.db, migrations, migration_count);

	switch (rc) {
	case DB_OK:
		return OK;
	case DB_NEWER:
		return refuse(in, UNAVAILABLE,
			      "数据库是更新版本的明签建立的：请用那个版本的程序打开");
	case DB_CHANGED:
		return refuse(in, UNAVAILABLE,
			      "数据库的结构与本程序不符：请用建立它的那个版本的程序打开");
	default:
		return refuse_database(in, rc, "无法准备数据库");
	}
}

/* A tag of the right seal key; it also binds whether the data are made up. */
static const char *seal_check(struct arena *a, const struct keys *keys, bool demo)
{
	const char *what = demo ? "demo" : "";
	char tag[KEYS_TAG];

	keys_tag(keys, seal_context, what, strlen(what), tag);
	return arena_str(a, tag);
}

static int add_office(struct db *db, void *arg)
{
	struct opening *in = arg;
	struct meta meta;

	TRY(meta_ensure(db, &meta));
	const char *origin =
		in->where->origin ? in->where->origin
				  : arena_printf(in->a, "mingqian/%.*s", ORIGIN_DIGITS, meta.epoch);
	struct office_row row = { origin, in->where->demo,
				  ledger_note_key(in->a, in->office.keys, origin),
				  seal_check(in->a, in->office.keys, in->where->demo) };
	TRY(office_row_add(db, &row));
	return ledger_tree_start(db);
}

/* The head first: an office without one is never opened. */
static int make_office(struct opening *in)
{
	uint8_t root[SHA256_SIZE];
	struct merkle none;

	merkle_init(&none);
	merkle_root(&none, root);
	int rc = ledger_head_put(in->office.keys, 0, root, true);
	if (rc != OK)
		return refuse(in, rc, "无法在 %s 里写账簿的进度：请检查权限和磁盘空间", in->keys);
	rc = db_write(in->office.db, add_office, in);

	if (rc == DB_UNIQUE)
		return refuse(in, CONFLICT, "这里的数据库已经在用：不会重新建立");
	if (rc != DB_OK)
		return refuse_database(in, rc, "无法写数据库");
	return OK;
}

static int know_keys(struct opening *in, const struct office_row *row)
{
	const struct keys *keys = in->office.keys;

	if (!keys)
		return OK;
	if (strcmp(row->sign_key, ledger_note_key(in->a, keys, row->origin)) == 0 &&
	    strcmp(row->seal_check, seal_check(in->a, keys, row->demo)) == 0)
		return OK;
	if (strcmp(row->seal_check, seal_check(in->a, keys, !row->demo)) == 0)
		return refuse(
			in, INVALID,
			"数据库里“演示数据”的标记被人直接改过：请查明谁能写数据库，从备份恢复");
	return refuse(in, INVALID, "%s 里的密钥不是这个数据库的：请指明与它一起建立的密钥",
		      in->keys);
}

static int know_office(struct opening *in)
{
	struct office_row row;
	int rc = office_row_get(in->office.db, in->a, &row);

	if (rc == NONE)
		return refuse(in, NONE, "这个数据库还没有建立：请用 mingqian data init 建立");
	if (rc != OK)
		return refuse_database(in, rc, "读不了数据库");
	TRY(know_keys(in, &row));
	in->office.origin = row.origin;
	in->office.verifier_key = row.sign_key;
	in->office.demo = row.demo;
	in->office.clock = in->where->clock;
	if (in->where->clock && !row.demo)
		return refuse(in, INVALID,
			      "--clock 只能用于演示数据（data init --demo）：正式数据用本机时钟");
	return OK;
}

static int catch_up(struct opening *in)
{
	if (in->where->look)
		return OK;
	int64_t strangers; /* told after the next act, and by ledger verify */
	int rc = ledger_head_check(in->office.db, in->office.keys);
	if (rc == OK)
		rc = ledger_sequence(in->office.db, in->office.keys, &strangers);
	if (rc == FORBIDDEN)
		return refuse(in, rc, "%s", ledger_head_wrong);
	if (rc == INVALID)
		return refuse(in, rc, "%s", ledger_broken);
	return rc == OK ? OK : refuse_database(in, rc, "无法给账簿的新条目编号");
}

/* What this program did not make there could change what an act does without a word in the ledger. */
static int know_schema(struct opening *in)
{
	const char *name = NULL;

	if (in->where->look)
		return OK;
	int rc = office_schema_strange(in->office.db, in->a, &name);
	if (rc != OK)
		return refuse_database(in, rc, "读不了数据库");
	if (!name)
		return OK;
	return refuse(
		in, FORBIDDEN,
		"数据库里有不是本程序建立的%s：它能让账簿核对不到的改动混进来。请查明是谁建的，恢复原样，"
		"再用 mingqian ledger verify 核验",
		name);
}

static int have_work(struct opening *in)
{
	if (in->where->look)
		return OK;
	int rc = file_make_folder(in->office.work, 0700);
	if (rc != OK)
		return refuse(in, rc, "无法建立文件夹 %s：请检查权限和磁盘空间", in->office.work);
	work_folder_sweep(in->office.work);
	return OK;
}

static int open_all(struct opening *in)
{
	if (in->where->origin && !note_is_name(span_of(in->where->origin)))
		return refuse(in, INVALID, "账簿的名称不能有空格和加号，最长 256 字节");
	TRY(place(in));
	if (in->where->make)
		TRY(make_folders(in));
	TRY(check_writers(in));
	TRY(reach_database(in));
	if (!in->where->look)
		TRY(bring_up_to_date(in));
	TRY(know_schema(in));
	if (in->where->make)
		TRY(make_keys(in));
	TRY(load_keys(in));
	if (in->where->make)
		TRY(make_office(in));
	TRY(know_office(in));
	TRY(have_work(in));
	return catch_up(in);
}

int office_open(struct arena *a, const struct office_where *where, struct office *ret,
		const char **ret_why)
{
	struct opening in = { .a = a, .where = where };

	in.office.actor = in.office.source = OFFICE_LOCAL;
	in.office.roles = in.office.counties = in.office.department = in.office.inspector = "";
	int rc = open_all(&in);
	if (rc != OK) {
		*ret_why = in.why;
		office_release(&in.office);
		return rc;
	}
	*ret = in.office;
	return OK;
}

void office_release(struct office *o)
{
	db_close(o->db);
	o->db = NULL;
	keys_free(o->keys);
	o->keys = NULL;
}
