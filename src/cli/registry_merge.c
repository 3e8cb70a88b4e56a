/* cli/registry_merge.c — sites that are one become one. */
#include "app/registry_merge.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/registry.h"

struct options {
	struct data_options data;
	const char *reason;
	int64_t undo;
};

static const struct cli_option option_rows[] = {
	DATA_ROWS(struct options, data),
	REGISTRY_REASON_ROW(struct options, reason),
	{ "undo", CLI_NUMBER, offsetof(struct options, undo), "CHANGE", "0",
	  "撤销这一号合并（或拆分）变更", false, 0, INT64_MAX },
};

static int run(struct cli *cli, void *options)
{
	const struct options *opt = options;
	CLEANUP(office_release) struct office office = { .db = NULL };
	struct plan_notes notes;
	const struct registry_act act = { &office, cli->arena, REGISTRY_SITES, opt->reason,
					  &notes };
	int64_t change;

	TRY(registry_reason(cli, opt->reason));
	if (opt->undo ? cli->arg_count != 0 : cli->arg_count < 2)
		return cli_fail_usage(cli,
				      "应写明存续对象的编号和要并入它的编号，或只写 --undo 变更号");
	TRY(data_open(cli, &opt->data, &office));
	plan_notes_init(&notes, cli->arena);
	const struct registry_merge_in in = { cli->args[0], cli->args + 1, cli->arg_count - 1 };
	int rc = opt->undo ? registry_act_part(&act, opt->undo, &change)
			   : registry_act_merge(&act, &in, &change);
	return rc == OK ? registry_done(cli, &notes, change)
			: registry_fail(cli, &office, &notes, rc);
}

const struct cli_command cli_registry_merge = {
	.words = "registry merge",
	.help = "合并（merge）：几条其实是一个检查对象，并成一条",
	.usage = "SURVIVOR GONE... --reason TEXT " DATA_USAGE " | --undo CHANGE --reason TEXT",
	.detail =
		"SURVIVOR 是存续对象的编号，GONE 是并入它的编号。并入的记为“已合并”，编号和全部历史保留；存续对象补上自己\n"
		"没有的内容，有一条是重点或特殊监管的就从严，抽查次数相加。以后按旧编号查到的都指向存续对象。\n"
		"再次导入时，文件里的旧行不会让并入的对象“复活”。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 0,
	.args_most = REGISTRY_MERGE_MOST + 1,
	.run = run,
};
