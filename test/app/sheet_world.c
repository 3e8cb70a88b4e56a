/* test/app/sheet_world.c — files, freeze, finish. */
#include "sheet_world.h"

#include "app/draw_audit.h"
#include "app/sheet_sums.h"
#include "base/file.h"
#include "base/status.h"

#include "unit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

atomic_int world_syncs, world_fail_from, world_hook_at;
void (*world_hook)(void);

int fsync(int fd)
{
	int number = atomic_fetch_add(&world_syncs, 1) + 1;

	if (world_hook && number == world_hook_at)
		world_hook();
	if (world_fail_from > 0 && number >= world_fail_from) {
		errno = EIO;
		return -1;
	}
	return (int)syscall(SYS_fsync, fd);
}

/* fontconfig keeps its configuration until the end of the process; LeakSanitizer asks here what to pass. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\n";
}

const char world_sites[] =
	"污染源编号,单位名称,统一社会信用代码,所属县区,乡镇街道,监管类别,是否特殊监管,运行状态\n"
	"A1,甲印染厂,,130602,130602001,重点,否,在产\n"
	"A2,乙纸业,,130602,130602001,重点,是,在产\n"
	"A3,丙石材,,130602,130602003,一般,否,在产\n"
	"A4,丁家具,,130602,130602003,一般,否,停产\n"
	"B1,戊汽修,,130606,130606001,一般,否,在产\n"
	"B2,己食品,,130606,130606001,一般,是,在产\n"
	"B3,庚皮革,,130606,130606004,重点,否,在产\n";

const char world_inspectors[] =
	"工号,姓名,执法证号,执法证有效期至,单位,管辖片区,老新,在编,在岗,可接受任务,请假起止,本期任务上限,回避对象,是否专家或辅助人员\n"
	"Z1,张一,C1,2040-12-31,竞秀分局,130602,老,是,是,是,,,,否\n"
	"Z2,李二,C2,2040-12-31,竞秀分局,130602,新,是,是,是,,,,否\n"
	"Z3,王三,C3,2040-12-31,莲池分局,130606,老,是,是,是,,,,否\n"
	"Z4,赵四,C4,2040-12-31,莲池分局,130606,新,是,是,是,,,,否\n"
	"Z5,钱五,C5,2020-12-31,莲池分局,130606,老,是,是,是,,,,否\n"
	"Z6,孙六,C6,2040-12-31,莲池分局,130606,老,是,否,是,,,,否\n"
	"Z7,周七,C7,2040-12-31,莲池分局,130606,老,是,是,是,,,,是\n";

const char world_rules[] = "名称 测试抽查\n机关 某局\n编号 T-2026\n班组 2 1 1\n上限 9\n分配 按县\n"
			   "最低 重点 比例 50%\n依据 重点 甲\n最低 特殊 比例 50%\n依据 特殊 乙\n"
			   "最低 一般 数量 2\n依据 一般 丙\n";

static const char entropy[] = "cwl-kl8 2999310";
static const char usual_value[] = "01-05-07-11-13-17-20-23-29-31-37-41-43-47-53-59-61-67-71-79";

static const char *put(struct world_run *r, const char *folder, const char *name, const char *text)
{
	const char *path = arena_printf(&r->arena, "%s/%s", folder, name);

	CHECK_INT(file_write(path, text, strlen(text), 0644), OK);
	return path;
}

void world_prepare(struct world_run *r, const struct world *w, struct sheet_freeze *ret)
{
	static const char *const sources[] = { entropy };
	const char *folder = unit_folder();

	*r = (struct world_run){ 0 };
	arena_init(&r->arena);
	plan_notes_init(&r->notes, &r->arena);
	r->folder = arena_printf(&r->arena, "%s/draw", folder);
	*ret = (struct sheet_freeze){
		.sites = put(r, folder, "sites.csv", w->sites ? w->sites : world_sites),
		.inspectors = put(r, folder, "people.csv",
				  w->inspectors ? w->inspectors : world_inspectors),
		.rules = put(r, folder, "rules.txt", w->rules ? w->rules : world_rules),
		.draw_id = "T-2026-1",
		.out = r->folder,
		.day = "2026-11-01",
		.entropy = sources,
		.entropy_count = 1,
	};
}

void world_freeze(struct world_run *r, const struct world *w, bool open_mode)
{
	struct sheet_freeze in;

	world_prepare(r, w, &in);
	in.open_mode = open_mode;
	r->rc = sheet_freeze(&in, &r->notes, &r->frozen);
}

void world_finish(struct world_run *r, const char *value)
{
	const struct sheet_opened values[] = { { entropy, value ? value : usual_value } };
	const struct sheet_finish in = { .folder = r->folder, .values = values, .value_count = 1 };

	r->rc = sheet_finish(&in, &r->notes, &r->finished);
}

void world_release(struct world_run *r)
{
	arena_release(&r->arena);
}

bool world_says(const struct world_run *r, enum plan_note_kind kind, const char *words)
{
	for (size_t i = 0; i < r->notes.count; i++)
		if (r->notes.list[i].kind == kind && strstr(r->notes.list[i].text, words))
			return true;
	return false;
}

const char *world_file(struct world_run *r, const char *name)
{
	char *text;
	size_t len;

	if (file_read(&r->arena, arena_printf(&r->arena, "%s/%s", r->folder, name), 1 << 24, &text,
		      &len) != OK)
		return "";
	return text;
}

uint32_t world_failures(struct world_run *r)
{
	struct draw_folder folder;
	struct draw_audit audit;
	const struct draw_evidence evidence = { 0 };
	const struct draw_audit_watch watch = { 0 };
	enum core_file wrong;
	const char *path;

	CHECK_INT(draw_folder_open(&folder, r->folder, &wrong), OK);
	CHECK_INT(draw_audit(&folder, r->folder, &r->arena, &evidence, &watch, &audit, &path), OK);
	draw_folder_release(&folder);
	return audit.failed;
}

bool world_has(struct world_run *r, const char *name)
{
	return file_exists(arena_printf(&r->arena, "%s%s", r->folder, name));
}

unsigned world_mode(struct world_run *r, const char *name)
{
	struct stat st;

	return stat(arena_printf(&r->arena, "%s%s", r->folder, name), &st) == 0
		       ? (unsigned)st.st_mode & 0777U
		       : 0;
}

void world_flip(const char *path, long at)
{
	FILE *f = fopen(path, "r+b");

	if (!f)
		return;
	fseek(f, at, SEEK_SET);
	int c = fgetc(f);
	fseek(f, at, SEEK_SET);
	fputc(c ^ 1, f);
	fclose(f);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(((const struct sheet_sum *)a)->name, ((const struct sheet_sum *)b)->name);
}

const char *world_tree(struct world_run *r, const char *folder, const char *but)
{
	struct sheet_sums sums = { .arena = &r->arena };
	const char *text = "";

	CHECK_INT(sheet_sums_folder(&sums, folder, ""), OK);
	if (sums.count)
		qsort(sums.list, sums.count, sizeof(*sums.list), by_text);
	for (size_t i = 0; i < sums.count; i++)
		if (!but || strcmp(sums.list[i].name, but) != 0)
			text = arena_printf(&r->arena, "%s%s %s\n", text, sums.list[i].hex,
					    sums.list[i].name);
	return text;
}
