/* cli/data_clock.c — the way on after a clock that was ahead. */
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
	  .help = "为什么更正：时钟何时快了多少，谁发现的，谁批准的",
	  .required = true },
};

static int run(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	struct office o;

	const char *wrong = office_reason_wrong(in->reason);

	if (wrong)
		return cli_fail_usage(cli, "--reason 不能这样写：%s", wrong);
	TRY(data_open(cli, &in->data, &o));
	int rc = office_accept_clock(&o, in->reason);
	int code = rc == OK ? CLI_OK : data_fail(cli, &o, rc);
	const char *now = data_time(cli, office_now(&o));
	office_release(&o);
	if (rc != OK)
		return code;
	if (!cli->json) {
		cli_print("已记入账簿：从现在（%s）起，以本机时钟为准。\n", now);
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

const struct cli_command cli_data_clock = {
	.words = "data clock",
	.help = "时钟曾经快了：以现在的本机时钟为准，记入账簿（clock）",
	.usage = "--reason TEXT " DATA_USAGE,
	.detail =
		"时钟早于账簿最后一条时，程序不办理任何事项。若是现在的时钟慢了，请校正时钟；\n"
		"若是以前的时钟快了、账簿里已有将来的时间，用本命令更正。更正本身是账簿的一条，审计看得见。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.run = run,
};
