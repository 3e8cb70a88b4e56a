/* cli/rules_retire.c — a rule set is used no longer. */
#include "base/status.h"
#include "cli/commands.h"
#include "cli/rules.h"
#include "cli/sheet_notes.h"

struct options {
	struct data_options data;
	const char *reason;
};

static const struct cli_option option_rows[] = {
	DATA_ROWS(struct options, data),
	{ .name = "reason",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct options, reason),
	  .value = "TEXT",
	  .help = "为什么停用，记入账簿",
	  .required = true },
};

static void answer(const struct cli *cli, const struct rule_set_kept *kept)
{
	struct cli_json j;

	if (!cli->json) {
		cli_print("规则集 %s 已停用（第 %lld 版）。以前各版都留着。\n", kept->name,
			  (long long)kept->version);
		return;
	}
	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_text(&j.json, "name", kept->name);
	json_put_int(&j.json, "version", kept->version);
	json_end_object(&j.json);
	cli_json_print(&j);
}

static int run(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	const char *name = cli->args[0];
	struct rule_set_kept kept;
	struct plan_notes notes;
	struct office o;

	plan_notes_init(&notes, cli->arena);
	TRY(data_open(cli, &in->data, &o));
	int rc = rule_set_retire(&o, name, in->reason, &notes, &kept);
	int code = CLI_OK;
	if (rc == NONE)
		code = cli_fail(cli, CLI_REFUSED, "数据里没有规则集“%s”", name);
	else if (notes.refused)
		code = sheet_notes_fail(cli, &notes, rc, name);
	else if (rc != OK)
		code = data_fail(cli, &o, rc);
	office_release(&o);
	if (rc == OK)
		answer(cli, &kept);
	return code;
}

const struct cli_command cli_rules_retire = {
	.words = "rules retire",
	.help = "停用一个规则集：旧版都留着，再导入就是恢复",
	.usage = "NAME --reason TEXT " DATA_USAGE,
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 1,
	.args_most = 1,
	.run = run,
};
