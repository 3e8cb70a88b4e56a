/* cli/import_registry.c — a CSV or XLSX file becomes a change of a registry in the kept data. */
#include "app/registry_import.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/data.h"
#include "cli/import_told.h"
#include "cli/sheet_notes.h"

#include <stdio.h>
#include <string.h>

enum { DOUBTS_TOLD = 20 };

struct options {
	struct data_options data;
	const char *map, *sheet, *area, *out, *reason;
	bool no_report, strict;
	int64_t max_rows;
};

static const struct cli_option option_rows[] = {
	DATA_ROWS(struct options, data),
	{ "map", CLI_TEXT, offsetof(struct options, map), "FILE", NULL,
	  "对照文件，写法见 mingqian sheet import --help", false, 0, 0 },
	{ "reason", CLI_TEXT, offsetof(struct options, reason), "TEXT", NULL,
	  "为什么导入，记入变更记录；不写时记“导入”", false, 0, 0 },
	{ "out", CLI_TEXT, offsetof(struct options, out), "DIR", ".", "核对表写到这个文件夹", false,
	  0, 0 },
	{ "sheet", CLI_TEXT, offsetof(struct options, sheet), "NAME", NULL,
	  "工作簿里的工作表名；不写则读第一张看得见的", false, 0, 0 },
	{ "area", CLI_TEXT, offsetof(struct options, area), "baoding|any", "baoding",
	  "县区范围：保定市局管辖的 22 个单位，或任何六位区划代码", false, 0, 0 },
	{ "max-rows", CLI_NUMBER, offsetof(struct options, max_rows), "N", "5000000",
	  "最多接受多少行", false, 1, 100000000 },
	{ "no-report", CLI_FLAG, offsetof(struct options, no_report), NULL, NULL,
	  "不写带错误信息的核对表", false, 0, 0 },
	{ "strict", CLI_FLAG, offsetof(struct options, strict), NULL, NULL,
	  "有未收的行时退出码为 1（名录照样更新）", false, 0, 0 },
};

static void doubts_json(const struct recusal_doubts *d)
{
	CLEANUP(buf_release) struct buf out;
	struct json j;

	buf_init(&out, SIZE_MAX / 2);
	json_init(&j, &out);
	json_begin_array(&j);
	for (size_t i = 0; i < d->count; i++) {
		json_begin_object(&j);
		json_put_text(&j, "id", d->list[i].id);
		json_put_text(&j, "text", d->list[i].words);
		json_end_object(&j);
	}
	json_end_array(&j);
	cli_write_json(buf_text(&out), out.len);
}

/* {"change":N,"doubts":[...],"import":<what sheet import answers>,"overridden":N,"rows_added":N,"rows_updated":N} */
static void answer_json(const struct registry_imported *r, FILE *f)
{
	cli_print("{\"change\":%lld,\"doubts\":", (long long)r->change);
	doubts_json(&r->doubts);
	cli_print(",\"import\":");
	import_told_rows(f);
	cli_print(",\"overridden\":%lld,\"rows_added\":%lld,\"rows_updated\":%lld}\n",
		  (long long)r->overridden, (long long)r->added, (long long)r->updated);
}

static void print_falls(const struct registry_imported *r)
{
	for (size_t i = 0; i < r->fall_count; i++)
		for (int k = 0; k < LOSS_KINDS; k++)
			if (r->falls[i].lost[k])
				cli_print(
					"注意：%s的%s %lld 家不再是（原 %lld 家，现 %lld 家）。\n",
					r->falls[i].county,
					registry_loss_word((enum registry_loss_kind)k),
					(long long)r->falls[i].lost[k],
					(long long)r->falls[i].before[k],
					(long long)r->falls[i].after[k]);
}

static void print_doubts(const struct registry_imported *r)
{
	for (size_t i = 0; i < r->doubts.count && i < DOUBTS_TOLD; i++)
		cli_warn("回避 %s：%s。", r->doubts.list[i].id, r->doubts.list[i].words);
	if (r->doubts.count > DOUBTS_TOLD)
		cli_warn("回避关系还有 %zu 处同样的问题，--json 全部列出。",
			 r->doubts.count - DOUBTS_TOLD);
}

static void answer(const struct registry_import *in, const struct registry_imported *r)
{
	import_told_summary(in->kind, r->summary);
	cli_print("第 %lld 号变更：名录新增 %lld 行，更新 %lld 行。\n", (long long)r->change,
		  (long long)r->added, (long long)r->updated);
	print_falls(r);
	print_doubts(r);
	if (r->overridden)
		cli_print("文件与本地修改不同的 %lld 处，按各字段的设置取舍："
			  "mingqian registry history --change %lld --registry %s 可看清单。\n",
			  (long long)r->overridden, (long long)r->change, registry_name(in->kind));
	import_told_report(r->summary, r->report);
}

static int fail(const struct cli *cli, const struct office *o, int rc,
		const struct registry_imported *r, const char *file)
{
	if (r->change)
		return cli_fail(
			cli, CLI_ENVIRONMENT,
			"名录已更新（第 %lld 号变更），但核对表 %s 没有写成：请检查路径和磁盘空间",
			(long long)r->change, r->problem_path);
	if (rc == INVALID && *r->summary->reasons && r->report)
		return cli_fail(cli, CLI_REFUSED, "“%s”没有导入：%s。未收的原因：\n%s核对表：%s",
				file, r->summary->refusal, r->summary->reasons, r->report);
	if (rc == INVALID && *r->summary->reasons)
		return cli_fail(cli, CLI_REFUSED, "“%s”没有导入：%s。未收的原因：\n%s", file,
				r->summary->refusal, r->summary->reasons);
	if (rc == CANCELLED)
		return cli_fail(cli, CLI_ENVIRONMENT, "导入已中断：名录没有改动，核对表没有写");
	if (rc == INVALID && *r->summary->refusal)
		return cli_fail(cli, CLI_REFUSED, "“%s”没有导入：%s", file, r->summary->refusal);
	if (rc == CONFLICT)
		return cli_fail(cli, CLI_REFUSED,
				"“%s”没有导入：别人也在改这份名录，请稍后再导入一次", file);
	if (rc == TOO_LARGE)
		return cli_fail(cli, CLI_REFUSED,
				"“%s”没有导入：管辖片区、类别等的不同写法太多，请先统一", file);
	if (r->problem_path && rc > DB_UNIQUE)
		return cli_fail_status(cli, rc, r->problem_path);
	return data_fail(cli, o, rc);
}

static int import(const struct cli *cli, struct office *o, const struct registry_import *what,
		  bool strict)
{
	CLEANUP(import_told_close) FILE *json = cli->json ? import_told_open() : NULL;
	struct registry_import in = *what;
	struct registry_imported r;
	struct sheet_progress progress;

	if (cli->json && !json)
		return cli_fail(cli, CLI_ENVIRONMENT, "不能建立临时文件：请检查磁盘空间和 TMPDIR");
	in.want_json = cli->json;
	in.json_fd = json ? fileno(json) : -1;
	in.progress = sheet_progress_step;
	in.progress_arg = &progress;
	sheet_progress_init(&progress, "读入名录");
	int rc = registry_import(o, cli->arena, &in, &r);
	sheet_progress_end(&progress);
	if (rc != OK)
		return fail(cli, o, rc, &r, in.file);
	if (*r.summary->hint)
		cli_warn("%s", r.summary->hint);
	if (json)
		answer_json(&r, json);
	else
		answer(&in, &r);
	return strict && r.summary->count[IMPORT_QUARANTINED] ? CLI_REFUSED : CLI_OK;
}

static int run(struct cli *cli, void *options)
{
	const struct options *opt = options;
	CLEANUP(office_release) struct office office = { .db = NULL };
	bool any = strcmp(opt->area, "any") == 0;
	struct registry_import in = { .file = cli->args[1],
				      .map = opt->map,
				      .sheet = opt->sheet,
				      .reason = opt->reason,
				      .report = opt->no_report ? NULL : opt->out,
				      .any_area = any,
				      .max_rows = (uint64_t)opt->max_rows };

	if (!registry_of(cli->args[0], &in.kind))
		return cli_fail_usage(cli,
				      "第一个参数应为 sites（检查对象）、inspectors（检查人员）、"
				      "matters（抽查事项）或 recusals（回避关系）");
	if (!any && strcmp(opt->area, "baoding") != 0)
		return cli_fail_usage(cli, "--area 应为 baoding 或 any");
	if (opt->reason && !*opt->reason)
		return cli_fail_usage(cli, "--reason 不能是空的");
	TRY(data_open(cli, &opt->data, &office));
	return import(cli, &office, &in, opt->strict);
}

const struct cli_command cli_import = {
	.words = "import",
	.help = "导入名录表格到数据里（sites、inspectors、matters、recusals），逐行核对，记为一次变更",
	.usage = "sites|inspectors|matters|recusals FILE " DATA_USAGE
		 " [--map FILE] [--reason TEXT] [--out DIR]",
	.detail =
		"再次导入是更新而不是重复：先按编号，其次按代码和地址、名称和地址对应；文件里没有的行原样保留。\n"
		"每一行都有去处：新增、更新、未变，或未收并在核对表里写明原因。\n"
		"本地修改过的字段，文件另有说法时按 mingqian registry winner 的设置取舍（不设则保留本地），并列出清单。\n"
		"重点变一般、不再特殊监管、不再在产的，按县区列出前后家数；一县超过十分之一（且不少于 5 家）的，要用 --reason 写明原因。\n"
		"要么全部办成，要么什么也没变：中途断电、断网或退出都可以再来一次。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 2,
	.args_most = 2,
	.run = run,
};
