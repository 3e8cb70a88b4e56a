/* cli/plan_extend.c — 延期: asked for, then agreed to by somebody else. */
#include "base/status.h"
#include "cli/commands.h"
#include "cli/plan.h"
#include "core/mem.h"

struct options {
	struct data_options data;
	const char *period, *what, *reason;
	int64_t days, decide;
	bool refuse;
};

static const struct cli_option option_rows[] = {
	DATA_ROWS(struct options, data),
	{ "period", CLI_TEXT, offsetof(struct options, period), "PERIOD", "",
	  "哪一期，例如 2026-Q3", false, 0, 0 },
	{ "what", CLI_TEXT, offsetof(struct options, what), "WORD", "visits",
	  "延的是 draw（抽签）还是 visits（检查）", false, 0, 0 },
	{ "days", CLI_NUMBER, offsetof(struct options, days), "N", "0", "延几天", false, 0, 366 },
	{ "reason", CLI_TEXT, offsetof(struct options, reason), "TEXT", "", "原因", false, 0, 0 },
	{ "decide", CLI_NUMBER, offsetof(struct options, decide), "NUMBER", "0",
	  "批准这个编号的申请（人员名单里的负责人，不是申请人）", false, 0, INT64_MAX },
	{ "refuse", CLI_FLAG, offsetof(struct options, refuse), NULL, NULL,
	  "与 --decide 同用：不同意", false, 0, 0 },
};

static int answer(const struct cli *cli, int64_t number, const char *words)
{
	struct cli_json j;

	if (!cli->json) {
		cli_print("延期第 %lld 号：%s\n", (long long)number, words);
		return CLI_OK;
	}
	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_int(&j.json, "extension", number);
	json_put_text(&j.json, "state", words);
	json_end_object(&j.json);
	cli_json_print(&j);
	return CLI_OK;
}

static int run(struct cli *cli, void *options)
{
	const struct options *opt = options;
	CLEANUP(office_release) struct office office = { .db = NULL };
	struct plan_extension_row row = {
		.period = opt->period, .what = opt->what, .days = opt->days, .reason = opt->reason
	};
	struct plan_notes notes;

	TRY(data_open(cli, &opt->data, &office));
	plan_notes_init(&notes, cli->arena);
	if (opt->decide) {
		int rc = plan_extend_decide(&office, opt->decide, !opt->refuse, &notes);
		if (rc == NONE)
			return cli_fail(cli, CLI_REFUSED, "没有第 %lld 号延期申请",
					(long long)opt->decide);
		return rc == OK ? answer(cli, opt->decide, opt->refuse ? "不同意" : "同意")
				: plan_fail(cli, &office, &notes, rc);
	}
	int rc = plan_extend(&office, cli->args[0], &row, &notes);
	return rc == OK ? answer(cli, row.id, "已申请，等待人员名单里的另一名负责人批准")
			: plan_fail(cli, &office, &notes, rc);
}

const struct cli_command cli_plan_extend = {
	.words = "plan extend",
	.help = "延期（申请，由人员名单里的另一名负责人批准）",
	.usage = "ID --period PERIOD --days N --reason TEXT " DATA_USAGE
		 " [--what draw] | ID --decide NUMBER",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 1,
	.args_most = 1,
	.run = run,
};
