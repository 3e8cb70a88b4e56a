/* cli/plan_open_balances.c — a start in mid-year. */
#include "app/plan_opening.h"
#include "base/file.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/plan.h"

struct options {
	struct data_options data;
	int64_t year;
};

static const struct cli_option option_rows[] = {
	DATA_ROWS(struct options, data),
	{ "year", CLI_NUMBER, offsetof(struct options, year), "YYYY", NULL, "哪一年的", true, 2000,
	  9999 },
};

static void answer(const struct cli *cli, const struct plan_notes *notes,
		   const struct plan_opening_sum *sum)
{
	struct cli_json j;

	if (!cli->json) {
		cli_print("已记入：检查 %llu 条、频次 %llu 条、案件 %llu 条、任务量 %llu 条。\n",
			  (unsigned long long)sum->visits, (unsigned long long)sum->caps,
			  (unsigned long long)sum->cases, (unsigned long long)sum->loads);
		if (sum->unknown)
			cli_print("其中 %llu 条的编号不在名录里，暂时不起作用。\n",
				  (unsigned long long)sum->unknown);
		return;
	}
	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_int(&j.json, "caps", (int64_t)sum->caps);
	json_put_int(&j.json, "cases", (int64_t)sum->cases);
	json_put_int(&j.json, "loads", (int64_t)sum->loads);
	sheet_notes_json(&j.json, notes);
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
	rc = plan_opening_import(&office, (uint32_t)opt->year, cli->args[0],
				 (struct span){ text, len }, &notes, &sum);
	if (rc != OK)
		return plan_fail(cli, &office, &notes, rc);
	sheet_notes_print(cli, &notes);
	answer(cli, &notes, &sum);
	return CLI_OK;
}

const struct cli_command cli_plan_open_balances = {
	.words = "plan open-balances",
	.help = "年中启用：导入今年已有的检查、频次、未结案件和任务量（CSV）",
	.usage = "FILE --year YYYY " DATA_USAGE,
	.detail =
		"列：类别（检查、频次、案件、任务量）、编号、日期、检查类型、次数，见 docs/plans.md。\n"
		"同一年再导入一次，就替换上一次的；原来的仍然保留备查。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 1,
	.args_most = 1,
	.run = run,
};
