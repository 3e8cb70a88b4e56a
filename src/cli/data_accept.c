/* cli/data_accept.c — the ways on after a clock that was ahead, and after a database that was put back. */
#include "app/office_person.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/data.h"

#include <string.h>

struct options {
	struct data_options data;
	const char *reason;
};

#define REASON(text)                                                                               \
	{                                                                                          \
		.name = "reason", .kind = CLI_TEXT, .offset = offsetof(struct options, reason),    \
		.value = "TEXT", .help = text, .required = true                                    \
	}

typedef int opener(const struct cli *cli, const struct data_options *o, struct office *ret);
typedef int acceptor(struct office *o, const char *reason);

static int accept(const struct cli *cli, const struct options *in, opener *open, acceptor *act,
		  const char *from_now)
{
	const char *wrong = office_reason_wrong(in->reason);
	struct cli_json j;
	struct office o;

	if (wrong)
		return cli_fail_usage(cli, "--reason 不能这样写：%s", wrong);
	TRY(open(cli, &in->data, &o));
	int rc = act(&o, in->reason);
	int code = rc == OK ? CLI_OK : data_fail(cli, &o, rc);
	const char *now = data_time(cli, office_now(&o));
	office_release(&o);
	if (rc != OK)
		return code;
	if (!cli->json) {
		cli_print("已记入账簿：从现在（%s）起，%s。\n", now, from_now);
		return CLI_OK;
	}
	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_text(&j.json, "now", now);
	json_end_object(&j.json);
	cli_json_print(&j);
	return CLI_OK;
}

static const struct cli_option clock_rows[] = {
	DATA_ROWS(struct options, data),
	REASON("为什么更正：时钟何时快了多少，谁发现的，谁批准的"),
};

static int run_clock(struct cli *cli, void *arg)
{
	return accept(cli, arg, data_open, office_accept_clock, "以本机时钟为准");
}

const struct cli_command cli_data_clock = {
	.words = "data clock",
	.help = "时钟曾经快了：以现在的本机时钟为准，记入账簿（clock）",
	.usage = "--reason TEXT " DATA_USAGE,
	.detail =
		"时钟早于账簿最后一条时，程序不办理任何事项。若是现在的时钟慢了，请校正时钟；\n"
		"若是以前的时钟快了、账簿里已有将来的时间，用本命令更正。更正本身是账簿的一条，审计看得见。\n",
	.options = clock_rows,
	.option_count = COUNT(clock_rows),
	.options_size = sizeof(struct options),
	.run = run_clock,
};

static const struct cli_option head_rows[] = {
	DATA_ROWS(struct options, data),
	REASON("数据库为什么退回：何时、谁做的、丢了什么、谁批准的"),
};

static int run_head(struct cli *cli, void *arg)
{
	return accept(cli, arg, data_open_alone, office_accept_head, "账簿接着数据库的现状");
}

const struct cli_command cli_data_head = {
	.words = "data head",
	.help = "数据库退回过：认可现状，记入账簿（head）",
	.usage = "--reason TEXT " DATA_USAGE,
	.detail =
		"账簿到了哪一条，密钥旁的 ledger.head 每次都记着。数据库接不上它，就是被退回到了以前的样子，或者有条目被抽走：\n"
		"程序不再办理任何事项。应当用备份恢复（data restore）。查明没有人动手脚、也没有更新的数据的，用本命令认可现状；\n"
		"认可本身是账簿的一条，写着原来到了哪一条，审计看得见。没有 ledger.head 的也用它重新记下。\n",
	.options = head_rows,
	.option_count = COUNT(head_rows),
	.options_size = sizeof(struct options),
	.run = run_head,
};
