/* cli/registry_undo.c — a change is undone by a new one. */
#include "app/registry_change.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/registry.h"
#include "core/mem.h"

struct options {
	struct data_options data;
	const char *registry, *reason;
	int64_t leaving;
};

static const struct cli_option option_rows[] = {
	DATA_ROWS(struct options, data),
	REGISTRY_ROW(struct options, registry),
	REGISTRY_REASON_ROW(struct options, reason),
	{ "leaving", CLI_NUMBER, offsetof(struct options, leaving), "N", "0",
	  "退出名录的在产单位有几家；不少于 5 家时要写，先核对", false, 0, INT64_MAX },
};

static int run(struct cli *cli, void *options)
{
	const struct options *opt = options;
	CLEANUP(office_release) struct office office = { .db = NULL };
	struct plan_notes notes;
	struct registry_act act = { &office, cli->arena, REGISTRY_SITES, opt->reason, &notes };
	uint64_t change;
	int64_t made;

	TRY(registry_option(cli, opt->registry, &act.kind));
	TRY(registry_reason(cli, opt->reason));
	if (read_number(span_of(cli->args[0]), INT64_MAX, &change) != CORE_OK || change == 0)
		return cli_fail_usage(cli, "“%s”应为变更的编号，见 mingqian registry history",
				      cli->args[0]);
	TRY(data_open(cli, &opt->data, &office));
	plan_notes_init(&notes, cli->arena);
	int rc = registry_act_undo_counted(&act, (int64_t)change, opt->leaving, &made);
	if (rc == NONE)
		return cli_fail(cli, CLI_REFUSED, "%s没有第 %s 号变更", registry_title(act.kind),
				cli->args[0]);
	return rc == OK ? registry_done(cli, &notes, made)
			: registry_fail(cli, &office, &notes, rc);
}

const struct cli_command cli_registry_undo = {
	.words = "registry undo",
	.help = "撤销一次变更：另记一次新的变更，什么也不删",
	.usage = "CHANGE --reason TEXT " DATA_USAGE " [--registry NAME]",
	.detail =
		"被它更新的行改回原样；被它新增的行退出名录（对象记为关闭，人员记为退出，事项和回避截止到前一天）。\n"
		"以后又改过的行不动，并说明有多少。让不少于 5 家在产单位退出名录的，先按县区列出家数，用 --leaving 写明家数才办。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 1,
	.args_most = 1,
	.run = run,
};
