/* cli/draw_open.c — draw hold, open and rehearse: holders and witnesses. */
#include "app/life_open.h"

#include "base/status.h"
#include "cli/commands.h"
#include "cli/draw.h"

#include <string.h>

struct hold {
	struct data_options data;
	const char *office, *share;
};

static const struct cli_option hold_rows[] = {
	DATA_ROWS(struct hold, data),
	DRAW_NEEDED(struct hold, office, "for", "OFFICE",
		    "保管部门：discipline（纪检）或 archive（档案）"),
	DRAW_TEXT(struct hold, share, "share-file", "FILE",
		  "本人那一份（文件第一行），只核对，不保存；演示数据可以不给"),
};

static int run_hold(struct cli *cli, void *arg)
{
	const struct hold *in = arg;
	const char *share = NULL;
	struct office o;

	if (in->share)
		TRY(draw_secret(cli, in->share, &share));
	TRY(data_open(cli, &in->data, &o));
	const char *holder = arena_str(cli->arena, o.actor);
	int rc = life_hold(&o, cli->arena, cli->args[0], in->office, share);
	return draw_end(
		cli, &o, rc, cli->args[0],
		arena_printf(cli->arena, "已登记：%s 保管抽取 %s 的份额", holder, cli->args[0]));
}

const struct cli_command cli_draw_hold = {
	.words = "draw hold",
	.help = "登记份额保管（hold）：“本人保管的份额能打开承诺”",
	.usage = "ID --for OFFICE --share-file FILE " DATA_USAGE,
	.detail =
		"保管人本人办理：--as 写他在人员名单里的姓名。要在随机数产生之前登记；纪检、档案两份都登记后才能抽取。用完请删除文件，重新装封。\n",
	DRAW_OPTIONS(struct hold, hold_rows, 1, 1),
	.run = run_hold,
};

struct open {
	struct data_options data;
	struct cli_pairs shares;
};

static const struct cli_option open_rows[] = {
	DATA_ROWS(struct open, data),
	{ .name = "share",
	  .kind = CLI_PAIRS,
	  .offset = offsetof(struct open, shares),
	  .value = "NAME=@FILE",
	  .help = "见证方公开的份额（dr1 commit 写出的文件），可写几次；也可以不写 @，直接写 64 "
		  "位十六进制，但会留在命令历史里",
	  .required = true },
};

static int run_open(struct cli *cli, void *arg)
{
	const struct open *in = arg;
	struct office o;
	struct draw_row row = { .state = "frozen" };
	const char **shares = arena_array(cli->arena, in->shares.count + 1, sizeof(*shares));
	int rc = OK;

	for (size_t i = 0; i < in->shares.count; i++)
		TRY(draw_share(cli, &in->shares.at[i], &shares[i]));
	TRY(data_open(cli, &in->data, &o));
	for (size_t i = 0; i < in->shares.count && rc == OK; i++)
		rc = life_open(&o, cli->arena, cli->args[0], in->shares.at[i].name, shares[i],
			       &row);
	bool all = strcmp(row.state, "opened") == 0;
	return draw_end(cli, &o, rc, cli->args[0],
			all ? "份额已全部公开。下一步：随机数产生后 mingqian draw run"
			    : "份额已公开，还有见证方没有公开");
}

const struct cli_command cli_draw_open = {
	.words = "draw open",
	.help = "公开见证方的份额（open），在随机数产生之前",
	.usage = "ID --share NAME=@FILE ... " DATA_USAGE,
	DRAW_OPTIONS(struct open, open_rows, 1, 1),
	.run = run_open,
};

static const struct cli_option rehearse_rows[] = {
	DATA_ROWS(struct hold, data),
	DRAW_NEEDED(struct hold, office, "for", "OFFICE", "保管部门：discipline 或 archive"),
	DRAW_NEEDED(struct hold, share, "share-file", "FILE", "保管的那一份，文件第一行"),
};

static int run_rehearse(struct cli *cli, void *arg)
{
	const struct hold *in = arg;
	const char *share;
	struct office o;

	TRY(draw_secret(cli, in->share, &share));
	TRY(data_open(cli, &in->data, &o));
	int rc = life_rehearse(&o, cli->arena, cli->args[0], in->office, share);
	return draw_end(cli, &o, rc, cli->args[0],
			"演练通过：这一份能打开声明里的承诺。请重新装封");
}

const struct cli_command cli_draw_rehearse = {
	.words = "draw rehearse",
	.help = "演练开封（rehearse）：保管的份额能不能打开承诺，每年一次",
	.usage = "ID --for OFFICE --share-file FILE " DATA_USAGE,
	.detail = "只核对，不公开；用完请删除文件。\n",
	DRAW_OPTIONS(struct hold, rehearse_rows, 1, 1),
	.run = run_rehearse,
};
