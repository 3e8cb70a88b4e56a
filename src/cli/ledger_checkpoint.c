/* cli/ledger_checkpoint.c — a checkpoint now, for a timer or to be printed. */
#include "app/ledger_checkpoint.h"

#include "base/status.h"
#include "cli/commands.h"
#include "cli/data.h"

struct options {
	struct data_options data;
};

static const struct cli_option option_rows[] = { DATA_ROWS(struct options, data) };

static int run(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	const char *note;
	struct office o;

	TRY(data_open(cli, &in->data, &o));
	int rc = ledger_checkpoint(&o, cli->arena, &note);
	int code = rc == OK ? CLI_OK : data_fail(cli, &o, rc);
	const char *key = o.verifier_key;
	office_release(&o);
	if (rc != OK)
		return code;
	if (!cli->json) {
		cli_print("%s", note);
		return CLI_OK;
	}
	struct cli_json j;
	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_text(&j.json, "key", key);
	json_put_text(&j.json, "note", note);
	json_end_object(&j.json);
	cli_json_print(&j);
	return CLI_OK;
}

const struct cli_command cli_ledger_checkpoint = {
	.words = "ledger checkpoint",
	.help = "给账簿签一个检查点（checkpoint）并输出：可公布、打印、寄给别人保存",
	.usage = DATA_USAGE,
	.detail =
		"上一个检查点之后没有新条目时，输出上一个。请在固定的时间签，而不是办一件事签一次；每天办第一件事时会自动签一个。\n"
		"保存在库外的检查点，用 mingqian ledger verify --against FILE 核对。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.run = run,
};
