/* cli/ledger_prove.c — one entry opened for somebody who asks for it. */
#include "app/ledger_prove.h"

#include "base/file.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/data.h"
#include "core/mem.h"

#include <string.h>

struct options {
	struct data_options data;
	const char *subject, *out;
};

static const struct cli_option option_rows[] = {
	DATA_ROWS(struct options, data),
	{ .name = "subject",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct options, subject),
	  .value = "ID",
	  .help = "这个对象最新的一条" },
	{ .name = "out",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct options, out),
	  .value = "FILE",
	  .help = "写进这个文件，而不是标准输出" },
};

static void answer_json(const struct ledger_proved *p)
{
	struct cli_json j;
	char salt[2 * LEDGER_SALT + 1] = "";
	struct writer w = { salt, 2 * LEDGER_SALT, 0, false };

	write_hex(&w, p->entry.salt, LEDGER_SALT);
	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_text(&j.json, "entry", p->json);
	json_put_text(&j.json, "leaf", p->entry.leaf);
	json_put_text(&j.json, "proof", p->proof);
	json_put_text(&j.json, "salt", salt);
	json_put_int(&j.json, "seq", p->entry.seq);
	json_put_int(&j.json, "size", p->size);
	json_end_object(&j.json);
	cli_json_print(&j);
}

static int answer(const struct cli *cli, const struct options *in, const struct ledger_proved *p)
{
	if (in->out) {
		int rc = file_write(in->out, p->proof, strlen(p->proof), 0600);
		if (rc != OK)
			return cli_fail_status(cli, rc, in->out);
	}
	if (cli->json)
		answer_json(p);
	else if (in->out)
		cli_print("已打开编号 %lld 的条目，证明写在 %s：\n%s\n", (long long)p->entry.seq,
			  in->out, p->json);
	else
		cli_print("%s", p->proof);
	return CLI_OK;
}

static int which(const struct cli *cli, const struct options *in, int64_t *ret)
{
	uint64_t seq;

	*ret = -1;
	if ((cli->arg_count == 1) == (in->subject != NULL))
		return cli_fail_usage(cli, "请写条目的编号，或用 --subject 指明对象，二者只写一个");
	if (in->subject)
		return CLI_OK;
	if (read_number(span_of(cli->args[0]), INT64_MAX, &seq) != CORE_OK)
		return cli_fail_usage(cli, "条目的编号是从 0 起的整数，而不是“%s”", cli->args[0]);
	*ret = (int64_t)seq;
	return CLI_OK;
}

static int run(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	struct ledger_proved p;
	struct office o;
	int64_t seq;

	TRY(which(cli, in, &seq));
	TRY(data_open(cli, &in->data, &o));
	int rc = ledger_prove(&o, cli->arena, seq, in->subject, &p);
	int code = CLI_OK;
	if (rc == NONE)
		code = cli_fail(cli, CLI_REFUSED, "账簿里没有这一条：%s",
				in->subject ? in->subject : cli->args[0]);
	else if (rc != OK)
		code = data_fail(cli, &o, rc);
	office_release(&o);
	return rc == OK ? answer(cli, in, &p) : code;
}

const struct cli_command cli_ledger_prove = {
	.words = "ledger prove",
	.help = "打开账簿的一条，并给出它在账簿里的证明（.tlog-proof）",
	.usage = "SEQ | --subject ID [--out FILE] " DATA_USAGE,
	.detail =
		"证明是一个文本文件：条目的原文和盐（extra，Base64）、路径、签过名的检查点。\n"
		"拿到它的人只要有公开的验证密钥，就能自行核验（docs/ledger.md 有办法），也能用\n"
		"mingqian ledger verify --against FILE 与账簿核对。打开的只有这一条，别的条目仍不可见。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_most = 1,
	.run = run,
};
