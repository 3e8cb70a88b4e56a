/* cli/data_head.c — the way on after a database was put back to an older state. */
#include "app/office_person.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/data.h"

#include <string.h>

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
	  .help = "数据库为什么退回：何时、谁做的、丢了什么、谁批准的",
	  .required = true },
};

static int run(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	struct office o;

	const char *wrong = office_reason_wrong(in->reason);

	if (wrong)
		return cli_fail_usage(cli, "--reason 不能这样写：%s", wrong);
	TRY(data_open_alone(cli, &in->data, &o));
	int rc = office_accept_head(&o, in->reason);
	int code = rc == OK ? CLI_OK : data_fail(cli, &o, rc);
	const char *now = data_time(cli, office_now(&o));
	office_release(&o);
	if (rc != OK)
		return code;
	if (!cli->json) {
		cli_print("已记入账簿：从现在（%s）起，账簿接着数据库的现状。\n", now);
		return CLI_OK;
	}
	struct cli_json j;
	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_text(&j.json, "now", now);
	json_end_object(&j.json);
	cli_json_print(&j);
	return CLI_OK;
}

const struct cli_command cli_data_head = {
	.words = "data head",
	.help = "数据库退回过：认可现状，记入账簿（head）",
	.usage = "--reason TEXT " DATA_USAGE,
	.detail =
		"账簿到了哪一条，密钥旁的 ledger.head 每次都记着。数据库接不上它，就是被退回到了以前的样子，或者有条目被抽走：\n"
		"程序不再办理任何事项。应当用备份恢复（data restore）。查明没有人动手脚、也没有更新的数据的，用本命令认可现状；\n"
		"认可本身是账簿的一条，写着原来到了哪一条，审计看得见。没有 ledger.head 的也用它重新记下。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.run = run,
};
