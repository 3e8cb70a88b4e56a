/* cli/demo_year.c — see demo_year.h. */
#include "cli/demo_year.h"

#include "base/status.h"
#include "cli/data.h"
#include "cli/sheet_notes.h"

int demo_conflict(const struct cli *cli, const char *dir)
{
	return cli_fail(cli, CLI_REFUSED,
			"“%s”里已有别的内容，或有改过的同名文件，什么也没有写。请换一个新文件夹；"
			"确实要写在这里，加 --force（改过的同名文件改名为 .bak）",
			dir);
}

static void answer_json(const struct demo_year_done *d)
{
	struct cli_json j;

	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_text(&j.json, "data", d->data);
	json_put_int(&j.json, "draws", (int64_t)d->draws);
	json_put_int(&j.json, "inspectors", (int64_t)d->written.inspectors);
	json_put_int(&j.json, "made", (int64_t)d->made);
	json_put_int(&j.json, "matters", (int64_t)d->written.matters);
	json_put_text(&j.json, "next", d->next);
	json_put_text(&j.json, "plan", d->plan);
	json_put_int(&j.json, "recusals", (int64_t)d->written.recusals);
	json_put_int(&j.json, "sites", (int64_t)d->written.sites);
	json_put_int(&j.json, "visits", (int64_t)d->visits);
	json_end_object(&j.json);
	cli_json_print(&j);
}

static void answer(const struct cli *cli, const struct demo_year *in,
		   const struct demo_year_done *d)
{
	const char *where =
		in->db ? arena_printf(cli->arena, "%s --db '%s'", d->data, in->db) : d->data;

	cli_print(
		"编好了一座虚构的城市和它 2026 年的工作：%zu 家检查对象、%zu 名执法人员，计划 %s，\n"
		"%llu 次抽取，抽中 %llu 家，查到 %llu 家（名称、代码均非真实）。\n"
		"数据在 %s。前三季度已经揭示，第四季度的检查刚做完。试一试：\n",
		d->written.sites, d->written.inspectors, d->plan, (unsigned long long)d->draws,
		(unsigned long long)d->visits, (unsigned long long)d->made, d->data);
	cli_print("  mingqian plan check %s --period 2026-Q4 --data %s --now %s\n", d->plan, where,
		  d->next);
	cli_print("  mingqian draw list --data %s\n", where);
	cli_print("  mingqian draw reveal 130600-2026-0004 --as %s --data %s --now %s\n",
		  d->planner, where, d->next);
	cli_print("  mingqian ledger verify --data %s\n", where);
	cli_print("演示数据里的时间由 --now 指定，要在 2026 年最后一件事之后，如 %s；办理人用 --as "
		  "写人员名单里的人（mingqian data person list）。\n",
		  d->next);
}

int demo_year_run(const struct cli *cli, const struct demo_year *in)
{
	struct sheet_progress progress;
	struct demo_year year = *in;
	struct demo_year_done done;
	const char *why;

	year.progress = sheet_progress_step;
	year.progress_arg = &progress;
	sheet_progress_init(&progress, "编一年的工作");
	int rc = demo_year_make(cli->arena, &year, &done, &why);
	sheet_progress_end(&progress);
	if (rc == CONFLICT && !why)
		return demo_conflict(cli, in->folder);
	if (rc == CANCELLED)
		return cli_fail(cli, CLI_ENVIRONMENT, "已中断：请删除 %s/data 再来一次",
				in->folder);
	if (rc != OK && why)
		return cli_fail(cli, data_exit(rc), "%s", why);
	if (rc != OK)
		return cli_fail_status(cli, rc, in->folder);
	if (cli->json)
		answer_json(&done);
	else
		answer(cli, in, &done);
	return CLI_OK;
}
