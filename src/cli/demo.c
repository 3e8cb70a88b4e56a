/* cli/demo.c — a made-up city to try everything with. */
#include "app/demo.h"

#include "base/status.h"
#include "cli/commands.h"
#include "cli/demo_year.h"

#include <stddef.h>

struct options {
	const char *seed, *db;
	bool force, year;
};

static const struct cli_option option_rows[] = {
	{ "seed", CLI_TEXT, offsetof(struct options, seed), "TEXT", "明签",
	  "同样的种子（seed）得到同样的文件，一个字节不差", false, 0, 0 },
	{ "year", CLI_FLAG, offsetof(struct options, year), NULL, NULL,
	  "连同一年的工作：DIR/data 里有名录、规则、计划、四个季度的抽取和检查", false, 0, 0 },
	{ "db", CLI_TEXT, offsetof(struct options, db), "URL", NULL,
	  "与 --year 一起：数据放进这个空的 PostgreSQL 数据库，DIR/data 里只放密钥", false, 0, 0 },
	{ "force", CLI_FLAG, offsetof(struct options, force), NULL, NULL,
	  "文件夹里已有别的内容也写；改过的同名文件改名为 .bak", false, 0, 0 },
};

static int run(struct cli *cli, void *options)
{
	const struct options *o = options;
	const char *dir = cli->args[0];
	const struct demo_year year = {
		.folder = dir, .seed = o->seed, .db = o->db, .force = o->force
	};
	struct demo_written written;

	if (o->year)
		return demo_year_run(cli, &year);
	if (o->db)
		return cli_fail_usage(cli, "--db 要与 --year 一起写：只编名录文件时不用数据库");
	int rc = demo_write(cli->arena, dir, o->seed, o->force, &written);

	if (rc == CONFLICT)
		return demo_conflict(cli, dir);
	if (rc != OK)
		return cli_fail_status(cli, rc, dir);
	if (cli->json) {
		struct cli_json j;
		cli_json_begin(&j);
		json_begin_object(&j.json);
		json_put_int(&j.json, "inspectors", (int64_t)written.inspectors);
		json_put_int(&j.json, "matters", (int64_t)written.matters);
		json_put_int(&j.json, "recusals", (int64_t)written.recusals);
		json_put_int(&j.json, "sites", (int64_t)written.sites);
		json_end_object(&j.json);
		cli_json_print(&j);
		return CLI_OK;
	}
	cli_print(
		"编好了一座虚构的城市：%zu 家检查对象、%zu 名执法人员、%zu 个抽查事项、%zu 条回避关系\n"
		"（名称、代码均非真实）。\n"
		"  %s/sites.xlsx\n  %s/inspectors.xlsx\n  %s/matters.xlsx\n  %s/recusals.xlsx\n  %s/rules.txt\n"
		"试一试：mingqian sheet rehearse %s/sites.xlsx %s/inspectors.xlsx %s/rules.txt --out "
		"%s/yanlian\n",
		written.sites, written.inspectors, written.matters, written.recusals, dir, dir, dir,
		dir, dir, dir, dir, dir, dir);
	return CLI_OK;
}

const struct cli_command cli_demo = {
	.words = "demo",
	.help = "编一座虚构的城市（demo）：四份名录和规则文件，供试用",
	.usage = "DIR [--seed TEXT] [--force] [--year [--db URL]]",
	.detail = NULL,
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 1,
	.args_most = 1,
	.run = run,
};
