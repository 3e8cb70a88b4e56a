/* cli/plan_approve.c — a draft is handed in or dropped; a leader approves it or sends it back. */
#include "base/status.h"
#include "cli/commands.h"
#include "cli/plan.h"

struct submit_options {
	struct data_options data;
};

static const struct cli_option submit_rows[] = { DATA_ROWS(struct submit_options, data) };

static int run_submit(struct cli *cli, void *options)
{
	const struct submit_options *opt = options;
	CLEANUP(office_release) struct office office = { .db = NULL };
	struct plan_version_row version;
	struct plan_notes notes;

	TRY(data_open(cli, &opt->data, &office));
	plan_notes_init(&notes, cli->arena);
	int rc = plan_submit(&office, cli->args[0], &notes, &version);
	if (rc != OK)
		return plan_fail(cli, &office, &notes, rc);
	return plan_version_done(cli, cli->args[0], &version, &notes,
				 "下一步：由人员名单里的负责人 plan approve");
}

const struct cli_command cli_plan_submit = {
	.words = "plan submit",
	.help = "提交计划的草稿，等待批准",
	.usage = "ID " DATA_USAGE,
	.options = submit_rows,
	.option_count = COUNT(submit_rows),
	.options_size = sizeof(struct submit_options),
	.args_least = 1,
	.args_most = 1,
	.run = run_submit,
};

struct drop_options {
	struct data_options data;
	const char *reason;
};

static const struct cli_option drop_rows[] = {
	DATA_ROWS(struct drop_options, data),
	{ "reason", CLI_TEXT, offsetof(struct drop_options, reason), "TEXT", NULL,
	  "为什么作废，记入账簿", true, 0, 0 },
};

static int run_drop(struct cli *cli, void *options)
{
	const struct drop_options *opt = options;
	CLEANUP(office_release) struct office office = { .db = NULL };
	struct plan_version_row version;
	struct plan_notes notes;

	TRY(data_open(cli, &opt->data, &office));
	plan_notes_init(&notes, cli->arena);
	int rc = plan_drop(&office, cli->args[0], opt->reason, &notes, &version);
	if (rc != OK)
		return plan_fail(cli, &office, &notes, rc);
	return plan_version_done(cli, cli->args[0], &version, &notes,
				 "版号不再用；要重编就再 plan new");
}

const struct cli_command cli_plan_drop = {
	.words = "plan drop",
	.help = "作废计划的草稿（编制人本人，或人员名单里的负责人）；提交以后的不能作废，由批准人退回",
	.usage = "ID --reason TEXT " DATA_USAGE,
	.options = drop_rows,
	.option_count = COUNT(drop_rows),
	.options_size = sizeof(struct drop_options),
	.args_least = 1,
	.args_most = 1,
	.run = run_drop,
};

struct options {
	struct data_options data;
	const char *reason;
};

static const struct cli_option option_rows[] = {
	DATA_ROWS(struct options, data),
	{ "return", CLI_TEXT, offsetof(struct options, reason), "REASON", NULL,
	  "不批准，退回并写明原因", false, 0, 0 },
};

static int run(struct cli *cli, void *options)
{
	const struct options *opt = options;
	CLEANUP(office_release) struct office office = { .db = NULL };
	struct plan_version_row version;
	struct plan_notes notes;

	TRY(data_open(cli, &opt->data, &office));
	plan_notes_init(&notes, cli->arena);
	int rc = plan_decide(&office, cli->args[0], opt->reason, &notes, &version);
	if (rc != OK)
		return plan_fail(cli, &office, &notes, rc);
	return plan_version_done(cli, cli->args[0], &version, &notes,
				 opt->reason ? "下一步：改好后再编一版"
					     : "下一步：每期用 draw prepare 准备抽签");
}

const struct cli_command cli_plan_approve = {
	.words = "plan approve",
	.help = "批准（或退回）提交的计划：人员名单里的负责人，编制和提交的人不能自己批准",
	.usage = "ID " DATA_USAGE " [--return REASON]",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 1,
	.args_most = 1,
	.run = run,
};
