/* cli/plan_open_balances.c — a start in mid-year. */
#include "app/plan_opening.h"

#include "app/plan_opening_caps.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/plan.h"

#include <string.h>

struct options {
	struct data_options data;
	const char *approver, *reason;
	int64_t year;
};

static const struct cli_option option_rows[] = {
	DATA_ROWS(struct options, data),
	{ "year", CLI_NUMBER, offsetof(struct options, year), "YYYY", NULL, "哪一年的", true, 2000,
	  9999 },
	{ "approver", CLI_TEXT, offsetof(struct options, approver), "NAME", NULL,
	  "同意的负责人，不是办理人：有了人员名单，或者导入过以后再改的，必须写", false, 0, 0 },
	{ "reason", CLI_TEXT, offsetof(struct options, reason), "TEXT", NULL,
	  "比原来记着的少时要写的原因", false, 0, 0 },
};

static void answer(const struct cli *cli, const struct plan_notes *notes,
		   const struct plan_opening_sum *sum)
{
	struct cli_json j;

	if (!cli->json) {
		cli_print("已记入：检查 %llu 条、频次 %llu 条、案件 %llu 条、任务量 %llu 条。\n",
			  (unsigned long long)sum->visits, (unsigned long long)sum->caps,
			  (unsigned long long)sum->cases, (unsigned long long)sum->loads);
		if (sum->replaced)
			cli_print("替换了原来记着的 %llu 条（原来的仍然保留备查）。\n",
				  (unsigned long long)sum->replaced);
		if (sum->unknown)
			cli_print("其中 %llu 条的编号不在名录里，暂时不起作用。\n",
				  (unsigned long long)sum->unknown);
		return;
	}
	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_int(&j.json, "above", (int64_t)sum->above);
	json_put_int(&j.json, "caps", (int64_t)sum->caps);
	json_put_int(&j.json, "cases", (int64_t)sum->cases);
	json_put_int(&j.json, "loads", (int64_t)sum->loads);
	sheet_notes_json(&j.json, notes);
	json_put_int(&j.json, "replaced", (int64_t)sum->replaced);
	json_put_int(&j.json, "unknown", (int64_t)sum->unknown);
	json_put_int(&j.json, "visits", (int64_t)sum->visits);
	json_end_object(&j.json);
	cli_json_print(&j);
}

static int run(struct cli *cli, void *options)
{
	const struct options *opt = options;
	CLEANUP(office_release) struct office office = { .db = NULL };
	struct plan_opening_sum sum;
	struct plan_notes notes;
	char *text;
	size_t len;
	int rc = file_read(cli->arena, cli->args[0], PLAN_OPENING_FILE_MOST, &text, &len);

	if (rc != OK)
		return cli_fail_status(cli, rc, cli->args[0]);
	TRY(data_open(cli, &opt->data, &office));
	plan_notes_init(&notes, cli->arena);
	const struct plan_opening_ask ask = { .year = (uint32_t)opt->year,
					      .file_name = cli->args[0],
					      .file = { text, len },
					      .reason = opt->reason,
					      .approver = opt->approver };
	rc = plan_opening_import(&office, &ask, &notes, &sum);
	if (rc != OK)
		return plan_fail(cli, &office, &notes, rc);
	sheet_notes_print(cli, &notes);
	answer(cli, &notes, &sum);
	return CLI_OK;
}

const struct cli_command cli_plan_open_balances = {
	.words = "plan open-balances",
	.help = "年中启用：导入今年已有的检查、频次、未结案件和任务量（CSV）",
	.usage = "FILE --year YYYY [--approver NAME] [--reason TEXT] " DATA_USAGE,
	.detail =
		"列：类别（检查、频次、案件、任务量）、编号、日期、检查类型、次数，见 docs/plans.md。\n"
		"同一年再导入一次，就替换上一次的；原来的仍然保留备查。导入要人员名单里的另一名负责人\n"
		"同意（--approver；演示数据还没有人员名单的，第一次不用），"
		"比原来少的还要写 --reason。本系统抽过的地区，第一次抽取那一期起的日常、专项、联合检查不收。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 1,
	.args_most = 1,
	.run = run,
};

/* ---- what counts now ---- */

static const struct cli_option balances_rows[] = {
	DATA_ROWS(struct options, data),
	{ "year", CLI_NUMBER, offsetof(struct options, year), "YYYY", NULL, "哪一年的", true, 2000,
	  9999 },
};

struct listing {
	const struct cli *cli;
	struct json *json;
};

static int list_row(void *arg, const struct plan_opening_row *row)
{
	static const char *const words[][2] = {
		{ "visit", "检查" }, { "cap", "频次" }, { "case", "案件" }, { "load", "任务量" }
	};
	struct listing *l = arg;
	const char *kind = row->kind;
	char day[CLOCK_DAY];

	clock_day(row->day * 86400000, day);
	for (size_t i = 0; i < COUNT(words); i++)
		if (strcmp(row->kind, words[i][0]) == 0)
			kind = words[i][1];
	if (!l->cli->json) {
		cli_print("%s  %s  %s  %lld\n", kind, row->subject, day, (long long)row->n);
		return OK;
	}
	json_begin_object(l->json);
	json_put_text(l->json, "day", day);
	json_put_text(l->json, "kind", row->kind);
	json_put_int(l->json, "n", row->n);
	json_put_text(l->json, "subject", row->subject);
	json_put_int(l->json, "visits", row->visits);
	json_end_object(l->json);
	return OK;
}

static int run_balances(struct cli *cli, void *options)
{
	const struct options *opt = options;
	CLEANUP(office_release) struct office office = { .db = NULL };
	struct plan_opening_head head;
	struct cli_json j;
	struct listing l = { cli, &j.json };
	struct plan_notes notes;
	uint64_t above;

	TRY(data_look(cli, &opt->data, &office));
	plan_notes_init(&notes, cli->arena);
	int rc = plan_opening_now(office.db, cli->arena, (uint32_t)opt->year, &head);
	if (rc == NONE)
		return cli_fail(cli, CLI_REFUSED, "%lld 年没有导入过年初数据",
				(long long)opt->year);
	if (rc != OK)
		return cli_fail_status(cli, rc, "数据库");
	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_text(&j.json, "actor", head.actor);
	json_put_text(&j.json, "file", head.file);
	json_key(&j.json, "items");
	json_begin_array(&j.json);
	rc = plan_opening_rows(office.db, head.id, list_row, &l);
	json_end_array(&j.json);
	if (rc == OK)
		rc = plan_opening_caps(&office, (uint32_t)opt->year, &notes, &above);
	sheet_notes_json(&j.json, &notes);
	json_put_int(&j.json, "rows", head.rows);
	json_end_object(&j.json);
	if (cli->json)
		cli_json_print(&j);
	else
		buf_release(&j.text);
	if (rc == OK && !cli->json)
		cli_print("%lld 年现在记着 %lld 条：%s，%s 导入。\n", (long long)opt->year,
			  (long long)head.rows, head.file, head.actor);
	sheet_notes_print(cli, &notes);
	return rc == OK ? CLI_OK : cli_fail_status(cli, rc, "数据库");
}

const struct cli_command cli_plan_balances = {
	.words = "plan balances",
	.help = "看一年的年初数据现在记着哪些：检查、频次、案件、任务量",
	.usage = "--year YYYY " DATA_USAGE,
	.options = balances_rows,
	.option_count = COUNT(balances_rows),
	.options_size = sizeof(struct options),
	.run = run_balances,
};
