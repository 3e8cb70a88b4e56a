/* app/demo.c — the rows of demo_rows.h as workbooks, and a rule file that explains itself. */
#include "app/demo.h"

#include "app/demo_rows.h"
#include "app/sheet_stage.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "base/status.h"
#include "files/xlsx_write.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

/* 2026-10-01T00:00:00Z: a fixed day, so that the bytes are the same on every machine. */
static const int64_t CREATED = 1790812800000;

static const char rules_text[] =
	"# 保定市 2026 年第四季度“双随机、一公开”抽查规则（演示）\n"
	"# 每行一条：关键词、空格、内容；# 后面是说明，不起作用。写法见 docs/rules-file.md。\n"
	"\n"
	"名称 2026年第四季度污染源双随机抽查\n"
	"机关 保定市生态环境局\n"
	"事项 排污许可证执行情况；污染防治设施运行情况；自动监测设施运行情况；固体废物贮存处置情况；环境应急预案落实情况\n"
	"期间 2026-10-01 2026-12-31\n"
	"期次 4 4\n"
	"编号 BD-2026\n"
	"\n"
	"# 以老带新：两人一组，至少一老一新；入岗满 5 年为“老”\n"
	"班组 2 1 1\n"
	"老 5\n"
	"上限 12\n"
	"放宽 一老 上限\n"
	"分配 按县\n"
	"\n"
	"# 各类最低数。每条只进位一次，再按各县单位数分摊\n"
	"最低 重点 比例 10%\n"
	"依据 重点 《保定市生态环境局2021年污染源“双随机、一公开”监管随机抽查工作计划》三（一）：每季度至少10%\n"
	"最低 特殊 比例 50%\n"
	"依据 特殊 同上计划三（一）：每季度抽查比例不低于50%\n"
	"最低 一般 每人 5 已查 1480\n"
	"依据 一般 同上计划三（一）：年度不低于1:5（执法人员数：被抽查单位数）\n";

static const uint8_t site_columns[] = {
	SITE_ID,
	SITE_NAME,
	SITE_FIRM,
	SITE_CODE,
	SITE_PERMIT,
	SITE_PERMIT_CLASS,
	SITE_PERMIT_UNTIL,
	SITE_COUNTY,
	SITE_TOWNSHIP,
	SITE_ADDRESS,
	SITE_LONGITUDE,
	SITE_LATITUDE,
	SITE_INDUSTRY,
	SITE_CLASS,
	SITE_SPECIAL,
	SITE_SPECIAL_REASON,
	SITE_SPECIAL_FROM,
	SITE_STATE,
	SITE_KIND,
	SITE_SKILL,
	SITE_ONLINE,
	SITE_CREDIT,
	SITE_NOTE,
	SITE_LEVEL,
	SITE_KEY_CATEGORIES,
	SITE_SPECIAL_ORIGIN,
	SITE_SPECIAL_ENTERED,
	SITE_STATE_EVIDENCE,
	SITE_POWER,
	SITE_CREDIT_DAY,
	SITE_MARKET_RISK,
	SITE_POSITIVE,
	SITE_POSITIVE_UNTIL,
	SITE_POSITIVE_REASON,
	SITE_RISK,
	SITE_LAST_VISIT,
	SITE_ENTERED,
};

static const uint8_t inspector_columns[] = {
	INSPECTOR_ID,          INSPECTOR_NAME,
	INSPECTOR_CERTIFICATE, INSPECTOR_CERTIFICATE_UNTIL,
	INSPECTOR_UNIT,        INSPECTOR_DISTRICTS,
	INSPECTOR_SINCE,       INSPECTOR_GRADE,
	INSPECTOR_SKILLS,      INSPECTOR_STAFF,
	INSPECTOR_DUTY,        INSPECTOR_ACCEPTS,
	INSPECTOR_LEAVE,       INSPECTOR_LIMIT,
	INSPECTOR_BASE,        INSPECTOR_RECUSALS,
	INSPECTOR_ASSISTANT,   INSPECTOR_PROVINCE,
	INSPECTOR_ROLE,        INSPECTOR_COUNTED,
	INSPECTOR_POOL,        INSPECTOR_CONFIDENTIAL,
	INSPECTOR_DECLARED,    INSPECTOR_ENTERED,
};

static const uint8_t matter_columns[] = {
	MATTER_ID,    MATTER_NAME,       MATTER_CATEGORY, MATTER_CONTENT, MATTER_BASIS,
	MATTER_KINDS, MATTER_LEVELS,     MATTER_METHODS,  MATTER_CLASS,   MATTER_FREQUENCY,
	MATTER_SKILL, MATTER_DEPARTMENT, MATTER_FROM,     MATTER_VERSION,
};

static const uint8_t recusal_columns[] = {
	RECUSAL_ID,   RECUSAL_INSPECTOR, RECUSAL_TARGET, RECUSAL_KIND,
	RECUSAL_FROM, RECUSAL_TO,        RECUSAL_SOURCE,
};

struct book {
	enum registry kind;
	const uint8_t *columns;
	size_t count;
	const struct demo_rows *rows;
};

static int write_book(const char *path, const struct book *b)
{
	CLEANUP(xlsx_write_abortp) struct xlsx_write *w = NULL;
	const struct xlsx_write_options options = { .created = CREATED, .mode = 0644 };
	const char *titles[REGISTRY_FIELDS_MOST];
	uint32_t fields;
	const struct field *table = registry_fields(b->kind, &fields);
	const struct xlsx_sheet sheet = { registry_title(b->kind), NULL, titles, b->count };

	for (size_t i = 0; i < b->count; i++)
		titles[i] = table[b->columns[i]].header;
	TRY(xlsx_write_open(&w, path, &options));
	TRY(xlsx_write_sheet(w, &sheet));
	for (size_t r = 0; r < b->rows->count; r++) {
		struct xlsx_value row[REGISTRY_FIELDS_MOST] = { { 0 } };
		for (size_t i = 0; i < b->count; i++)
			row[i].text = b->rows->list[r].cell[b->columns[i]];
		xlsx_write_row(w, row, b->count);
	}
	struct xlsx_write *done = w;
	w = NULL;
	return xlsx_write_commit(done);
}

struct files {
	struct book books[4];
	size_t same, other; /* of ours that are there already, with these bytes or not */
};

static void compare(struct arena *a, struct files *f, const char *stage, const char *folder,
		    const char *name)
{
	struct file_map new, old;

	if (file_map(arena_printf(a, "%s/%s", folder, name), &old) != OK)
		return;
	if (file_map(arena_printf(a, "%s/%s", stage, name), &new) == OK) {
		bool same = new.len == old.len &&memcmp(new.at, old.at, new.len) == 0;
		f->same += same;
		f->other += !same;
		file_unmap(&new);
	}
	file_unmap(&old);
}

static bool is_empty(const char *folder)
{
	DIR *dir = opendir(folder);
	size_t count = 0;

	while (dir && readdir(dir))
		count++;
	if (dir)
		closedir(dir);
	return count <= 2; /* "." and ".." */
}

static int fill(struct arena *a, struct files *f, const struct sheet_stage *s, bool force)
{
	for (size_t i = 0; i < COUNT(f->books); i++) {
		const char *name = arena_printf(a, "%s.xlsx", registry_name(f->books[i].kind));
		TRY(write_book(arena_printf(a, "%s/%s", s->path, name), &f->books[i]));
		compare(a, f, s->path, s->target, name);
	}
	TRY(file_write(arena_printf(a, "%s/rules.txt", s->path), rules_text, strlen(rules_text),
		       0644));
	compare(a, f, s->path, s->target, "rules.txt");
	if (force || (f->other == 0 && (f->same > 0 || is_empty(s->target))))
		return OK;
	return CONFLICT;
}

int demo_write(struct arena *a, const char *folder, const char *seed, bool force,
	       struct demo_written *ret)
{
	struct demo_rows sites, inspectors, matters, recusals;
	struct sheet_stage stage;
	struct stat st;

	TRY(file_make_folder(folder, 0755));
	demo_make(a, seed, &sites, &inspectors);
	demo_make_lists(a, seed, &sites, &inspectors, &matters, &recusals);
	struct files files = { .books = {
				       { REGISTRY_SITES, site_columns, COUNT(site_columns),
					 &sites },
				       { REGISTRY_INSPECTORS, inspector_columns,
					 COUNT(inspector_columns), &inspectors },
				       { REGISTRY_MATTERS, matter_columns, COUNT(matter_columns),
					 &matters },
				       { REGISTRY_RECUSALS, recusal_columns, COUNT(recusal_columns),
					 &recusals },
			       } };
	if (stat(folder, &st) != 0)
		return IO_ERROR;
	TRY(sheet_stage_merge(&stage, a, folder, folder));
	stage.mode = st.st_mode & 07777U;
	int rc = fill(a, &files, &stage, force);
	if (rc == OK)
		rc = sheet_stage_commit(&stage);
	sheet_stage_abort(&stage);
	TRY(rc);
	*ret = (struct demo_written){ sites.count, inspectors.count, matters.count,
				      recusals.count };
	return OK;
}
