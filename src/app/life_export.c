/* app/life_export.c — files as they are kept, nothing computed again. */
#include "app/life_export.h"

#include "app/draw_folder.h"
#include "app/draw_signatures.h"
#include "app/draw_staffing.h"
#include "app/ledger_bound.h"
#include "app/life_documents.h"
#include "app/life_prepare.h"
#include "app/life_seal.h"
#include "app/life_sums.h"
#include "app/life_told.h"
#include "app/person.h"
#include "app/sheet_stage.h"
#include "base/file.h"
#include "base/status.h"
#include "core/sha256.h"
#include "store/draw_share.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { SIGNATURES_MOST = 1 << 16 };

static bool goes_out(enum core_file file, enum life_form form, bool lists)
{
	if (file == CORE_FILE_DECLARATION || file == CORE_FILE_ROOT)
		return true;
	return lists && (form == LIFE_AUDIT || file != CORE_FILE_CONFLICTS);
}

/* A row alone makes no sealed draw an open one: who prepared it has said so in the ledger. */
static int open_is_told(struct office *o, struct arena *a, const struct draw_row *row)
{
	const struct ledger_audit_entry entry = { "draw.prepare", row->id, NULL, 0 };
	struct ledger_bound bound;
	char files[LIFE_SUM];

	TRY(life_sum_files(o->db, row, 1U << LIFE_FILES_PREPARE, files));
	TRY(ledger_bound(o->db, o->keys, &entry, life_document_prepare(a, row, files), false,
			 &bound));
	return bound.found > 0
		       ? OK
		       : life_refuse(o, FORBIDDEN,
				     "抽取 %s 在账簿里不是公开方式：有人直接改过数据库。请停办，用 "
				     "mingqian ledger verify 查明",
				     row->id);
}

/* The lists are public: after the reveal, those of an open draw always. FORBIDDEN: the ledger knows of neither. */
static int lists_are_public(struct office *o, struct arena *a, const struct draw_row *row,
			    bool *ret)
{
	*ret = row->revealed_at != 0 || !row->sealed;
	if (!*ret)
		return OK;
	return row->revealed_at != 0 ? life_revealed_is_told(o, a, row) : open_is_told(o, a, row);
}

/* A line of SHA256SUMS. */
struct sum {
	const char *name;
	char hex[SHA256_HEX];
};

struct exporting {
	struct office *o;
	struct arena *arena;
	struct draw_row row;
	enum life_form form;
	bool lists; /* they go out */
	struct sheet_stage stage;
	struct sum sums[CORE_FILES + 2];
	size_t sum_count;
};

/* The auditor's form holds names and recusals: it is for one reader. */
static mode_t mode_of(const struct exporting *e)
{
	return e->form == LIFE_AUDIT ? 0600 : 0644;
}

static int write_one(struct exporting *e, const char *name, struct span bytes)
{
	struct sum *s = &e->sums[e->sum_count++];

	s->name = name;
	sha256_hex(bytes, s->hex);
	return file_write(arena_printf(e->arena, "%s/%s", e->stage.path, name), bytes.at, bytes.len,
			  mode_of(e));
}

static int write_file(struct exporting *e, const char *name)
{
	CLEANUP(buf_release) struct buf bytes;

	buf_init(&bytes, SIZE_MAX / 2);
	int rc = life_file_get(e->o, &e->row, name, &bytes);
	if (rc == NONE)
		return OK;
	TRY(rc);
	return write_one(e, name, (struct span){ buf_text(&bytes), bytes.len });
}

static int write_files(struct exporting *e)
{
	for (int file = 0; file < CORE_FILES; file++)
		if (goes_out((enum core_file)file, e->form, e->lists))
			TRY(write_file(e, core_file_name((enum core_file)file)));
	return e->lists ? write_file(e, DRAW_STAFFING_FILE) : OK;
}

static int write_signatures(struct exporting *e)
{
	struct draw_share_row list[DRAW_SHARES_MOST];
	struct draw_signatures signatures = { .count = 0 };
	size_t count;

	TRY(draw_share_list(e->o->db, e->arena, e->row.key, list, &count));
	for (size_t i = 0; i < count; i++)
		if (*list[i].signature)
			signatures.list[signatures.count++] =
				(struct draw_signature){ list[i].party, list[i].sign_key,
							 list[i].signature };
	if (signatures.count == 0)
		return OK;
	TRY(draw_signatures_write(e->arena, e->stage.path, &signatures));
	const char *path = arena_printf(e->arena, "%s/" DRAW_SIGNATURES_FILE, e->stage.path);
	char *text;
	TRY(file_read(e->arena, path, SIGNATURES_MOST, &text, &count));
	if (chmod(path, mode_of(e)) != 0)
		return IO_ERROR;
	struct sum *s = &e->sums[e->sum_count++];
	s->name = DRAW_SIGNATURES_FILE;
	sha256_hex((struct span){ text, count }, s->hex);
	return OK;
}

static int by_name(const void *a, const void *b)
{
	const struct sum *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* In the format of sha256sum, sorted bytewise by name. */
static int write_sums(struct exporting *e)
{
	CLEANUP(buf_release) struct buf text;

	buf_init(&text, SIGNATURES_MOST);
	qsort(e->sums, e->sum_count, sizeof(*e->sums), by_name);
	for (size_t i = 0; i < e->sum_count; i++)
		buf_printf(&text, "%.64s  %s\n", e->sums[i].hex, e->sums[i].name);
	return file_write(arena_printf(e->arena, "%s/SHA256SUMS", e->stage.path), buf_text(&text),
			  text.len, mode_of(e));
}

static int fill(struct exporting *e)
{
	TRY(write_files(e));
	TRY(write_signatures(e));
	TRY(write_sums(e));
	return file_sync_tree(e->stage.path);
}

static int log_export(struct db *db, void *arg)
{
	const struct exporting *e = arg;

	(void)db;
	TRY(person_check(e->o, e->o->actor, PERSON_APPROVERS));
	return office_log(e->o, "draw.export", e->row.id, NULL);
}

/* The entry comes first: whoever has the auditor's form is in the ledger, and a failure later is told as one. */
static int put_in_place(struct exporting *e)
{
	if (e->form != LIFE_AUDIT)
		return sheet_stage_commit(&e->stage);
	TRY(office_write(e->o, log_export, e));
	int rc = sheet_stage_commit(&e->stage);
	if (rc == OK)
		return OK;
	return life_refuse(e->o, rc,
			   "账簿里已记下这次导出，但是文件夹没有放到 %s，那里没有导出的文件："
			   "请检查磁盘、权限，或换一个文件夹，再导出一次（账簿里会再记一条）",
			   e->stage.target);
}

int life_export(struct office *o, struct arena *a, const char *draw, enum life_form form,
		const char *out, struct draw_row *ret)
{
	struct exporting e = { .o = o, .arena = a, .form = form };

	o->why[0] = 0;
	TRY(life_find(o, a, draw, &e.row));
	if (e.row.frozen_at == 0)
		return life_refuse(o, NONE, "抽取 %s 没有锁定过，没有可以导出的文件", draw);
	if (form == LIFE_AUDIT && e.row.revealed_at == 0)
		return life_refuse(
			o, FORBIDDEN,
			"抽取 %s 还没有揭示，审计版不能导出：揭示后再导出（draw reveal）；"
			"现在只能导出公开版（封存的抽取只有声明和结果根）",
			draw);
	TRY(lists_are_public(o, a, &e.row, &e.lists));
	if (form == LIFE_AUDIT)
		TRY(person_check(o, o->actor, PERSON_APPROVERS));
	int rc = sheet_stage_open(&e.stage, a, out);
	if (rc == CONFLICT)
		return life_refuse(o, CONFLICT, "%s 已经存在而且不是空的：请换一个文件夹", out);
	TRY(rc);
	if (form == LIFE_AUDIT)
		e.stage.mode = 0700;
	rc = fill(&e);
	if (rc == OK)
		rc = put_in_place(&e);
	sheet_stage_abort(&e.stage);
	if (rc == OK)
		*ret = e.row;
	return rc;
}
