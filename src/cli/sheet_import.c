/* cli/sheet_import.c — a CSV or XLSX file becomes a canonical registry, with a report on every row. */
#include "app/import.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/import_told.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct options {
	const char *map, *into, *out, *sheet, *area;
	bool strict, no_report;
	int64_t max_rows;
};

static const struct cli_option option_rows[] = {
	{ "map", CLI_TEXT, offsetof(struct options, map), "FILE", NULL,
	  "对照文件：表头对不上、词认不出、缺列时用（写法见下）", false, 0, 0 },
	{ "into", CLI_TEXT, offsetof(struct options, into), "OLD.tsv", NULL,
	  "并入这个已有的名录：按编号，其次按代码和地址、名称和地址对应", false, 0, 0 },
	{ "out", CLI_TEXT, offsetof(struct options, out), "DIR", ".", "名录和核对表写到这个文件夹",
	  false, 0, 0 },
	{ "sheet", CLI_TEXT, offsetof(struct options, sheet), "NAME", NULL,
	  "工作簿里的工作表名；不写则读第一张看得见的", false, 0, 0 },
	{ "area", CLI_TEXT, offsetof(struct options, area), "baoding|any", "baoding",
	  "县区范围：保定市局管辖的 22 个单位，或任何六位区划代码", false, 0, 0 },
	{ "max-rows", CLI_NUMBER, offsetof(struct options, max_rows), "N", "5000000",
	  "最多接受多少行", false, 1, 100000000 },
	{ "no-report", CLI_FLAG, offsetof(struct options, no_report), NULL, NULL,
	  "不写带错误信息的核对表", false, 0, 0 },
	{ "strict", CLI_FLAG, offsetof(struct options, strict), NULL, NULL,
	  "有未收的行时退出码为 1（名录照样写出）", false, 0, 0 },
};

static const char detail[] =
	"写出 DIR/sites.tsv（或 inspectors.tsv、matters.tsv、recusals.tsv）和核对表 DIR/sites-report.csv\n"
	"（或 .xlsx）：核对表就是原文件，\n"
	"行列次序不变，多一列「错误信息」。每一行都有去处：新增、更新、未变，或未收（quarantined）并写明原因。\n"
	"一行也没有收时不写名录，退出码为 1。已有的同名名录留作 .bak。文件编码可为 UTF-8、GB18030（GBK）、UTF-16；工作簿只认 .xlsx。\n"
	"\n"
	"对照文件是 UTF-8 文本，一行一条，# 起为注释：\n"
	"  企业全称 = 单位名称              文件里的表头 = 字段名\n"
	"  联系人 = -                       这一列不读\n"
	"  监管类别 := 一般                 文件没有这一列或单元格为空时的值\n"
	"  所属县区: 东城 => 130602         这一列里的某个词是什么意思\n";

static bool on_progress(void *arg, uint64_t done, uint64_t total)
{
	cli_progress_at(arg, done, total);
	return !cli_interrupted();
}

static void answer(const struct import_options *o, const struct import_summary *s,
		   const struct import_paths *paths)
{
	import_told_summary(o->kind, s);
	if (paths->registry)
		cli_print("名录：%s\n", paths->registry);
	else
		cli_print("没有写出名录。\n");
	import_told_report(s, paths->report);
}

static int fail(const struct cli *cli, int rc, const struct import_summary *s,
		const struct import_paths *paths, const char *file)
{
	if (rc == INVALID && *s->refusal)
		return cli_fail(cli, CLI_REFUSED, "“%s”没有导入：%s", file, s->refusal);
	if (rc == CANCELLED)
		return cli_fail(cli, CLI_ENVIRONMENT,
				"导入已中断：没有写出名录和核对表，原有的都没有改动");
	return cli_fail_status(cli, rc, paths->problem_path ? paths->problem_path : file);
}

static int import(struct cli *cli, const struct import_options *given, const struct options *opt)
{
	struct import_options o = *given;
	CLEANUP(import_told_close) FILE *json = cli->json ? import_told_open() : NULL;
	struct import_summary *s = arena_alloc(cli->arena, sizeof(*s));
	struct import_paths paths;
	struct cli_progress progress;

	if (cli->json && !json)
		return cli_fail(cli, CLI_ENVIRONMENT, "不能建立临时文件：请检查磁盘空间和 TMPDIR");
	o.want_json = cli->json;
	o.json_fd = json ? fileno(json) : -1;
	o.progress = on_progress;
	o.progress_arg = &progress;
	cli_catch_interrupt();
	cli_progress_init(&progress, "导入");
	int rc = import_file(&o, cli->arena, s, &paths);
	cli_progress_end(&progress);
	if (rc != OK)
		return fail(cli, rc, s, &paths, o.file);
	if (*s->hint)
		cli_warn("%s", s->hint);
	if (json) {
		import_told_rows(json);
		cli_print("\n");
	} else {
		answer(&o, s, &paths);
	}
	if (!paths.registry && !json)
		return cli_fail(cli, CLI_REFUSED, "“%s”没有导入：%s", o.file, s->refusal);
	if (!paths.registry)
		return CLI_REFUSED;
	return opt->strict && s->count[IMPORT_QUARANTINED] ? CLI_REFUSED : CLI_OK;
}

static int run(struct cli *cli, void *options)
{
	const struct options *opt = options;
	bool any = strcmp(opt->area, "any") == 0;
	enum registry kind;

	if (!registry_of(cli->args[0], &kind))
		return cli_fail_usage(cli,
				      "第一个参数应为 sites（检查对象）、inspectors（检查人员）、"
				      "matters（抽查事项）或 recusals（回避关系）");
	if (!any && strcmp(opt->area, "baoding") != 0)
		return cli_fail_usage(cli, "--area 应为 baoding 或 any");
	struct import_options o = { .kind = kind,
				    .file = cli->args[1],
				    .map = opt->map,
				    .old = opt->into,
				    .out = opt->out,
				    .sheet = opt->sheet,
				    .any_area = any,
				    .no_report = opt->no_report,
				    .must_take = true,
				    .max_rows = (uint64_t)opt->max_rows };

	return import(cli, &o, opt);
}

const struct cli_command cli_sheet_import = {
	.words = "sheet import",
	.help = "导入名录表格（CSV、XLSX），逐行核对（import a registry）",
	.usage = "sites|inspectors|matters|recusals FILE [--map FILE] [--into OLD.tsv] [--out DIR]",
	.detail = detail,
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 2,
	.args_most = 2,
	.run = run,
};
