/* cli/ledger_export.c — the ledger as static files for the public. */
#include "app/ledger_export.h"

#include "base/status.h"
#include "cli/commands.h"
#include "cli/data.h"

struct options {
	struct data_options data;
};

static const struct cli_option option_rows[] = { DATA_ROWS(struct options, data) };

static int answer(const struct cli *cli, const char *folder, const struct ledger_exported *e,
		  const char *key)
{
	if (!cli->json) {
		cli_print("%s：账簿 %lld 条（上次导出 %lld 条），新写 %lld 个文件。\n", folder,
			  (long long)e->size, (long long)e->was, (long long)e->tiles);
		cli_print("验证密钥：%s\n", key);
		return CLI_OK;
	}
	struct cli_json j;
	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_text(&j.json, "key", key);
	json_put_text(&j.json, "note", e->note);
	json_put_int(&j.json, "size", e->size);
	json_put_int(&j.json, "tiles", e->tiles);
	json_put_int(&j.json, "was", e->was);
	json_end_object(&j.json);
	cli_json_print(&j);
	return CLI_OK;
}

static int run(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	const char *folder = cli->args[0];
	struct ledger_exported e;
	struct office o;

	TRY(data_open(cli, &in->data, &o));
	int rc = ledger_export(&o, cli->arena, folder, &e);
	int code = CLI_OK;
	if (rc == IO_ERROR || rc == NO_SPACE || rc == TOO_LARGE)
		code = cli_fail_status(cli, rc, folder);
	else if (rc == NONE)
		code = cli_fail(cli, CLI_REFUSED, "账簿缺条目：请先用 mingqian ledger verify 查明");
	else if (rc != OK)
		code = data_fail(cli, &o, rc);
	else
		code = answer(cli, folder, &e, o.verifier_key);
	office_release(&o);
	return code;
}

const struct cli_command cli_ledger_export = {
	.words = "ledger export",
	.help = "把账簿导出成静态文件（C2SP tlog-tiles）：可放到任何网站上，不含名称和地址",
	.usage = "DIR " DATA_USAGE,
	.detail =
		"先签一个检查点，再只写 DIR 里还没有的部分：checkpoint、tile/…、tile/entries/…。\n"
		"DIR 里若是另一本账簿，或账簿与它对不上，则拒绝，不改动任何文件。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 1,
	.args_most = 1,
	.run = run,
};
