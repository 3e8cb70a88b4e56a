/* cli/visits_assist.c — visits assist and opinion: experts and third parties help, and never inspect. */
#include "app/life_assist.h"

#include "app/life_change.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/draw.h"

struct options {
	struct data_options data;
	const char *pool, *assistant, *reason, *approver, *file;
};

static const struct cli_option assist_rows[] = {
	DATA_ROWS(struct options, data),
	DRAW_TEXT(struct options, pool, "pool", "POOL", "从这个专家库抽；不写则从全部"),
	DRAW_TEXT(struct options, assistant, "assistant", "ID", "指定这个人，不抽取"),
	DRAW_TEXT(struct options, reason, "reason", "TEXT", "指定的原因，封存"),
	DRAW_TEXT(struct options, approver, "approver", "NAME", "批准指定的另一人"),
};

static int run_assist(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	const struct life_assist a = { cli->args[0], in->pool, in->assistant, in->reason,
				       in->approver };
	const char *who = in->assistant;
	struct office o;
	int rc;

	TRY(data_open(cli, &in->data, &o));
	if (in->assistant)
		rc = life_assist_choose(&o, cli->arena, &a);
	else
		rc = life_assist_draw(&o, cli->arena, &a, &who);
	return draw_end(cli, &o, rc, who ? who : "",
			arena_printf(cli->arena, "协助检查任务 %s 的是 %s（只协助，不是执法人员）",
				     cli->args[0], who ? who : ""));
}

const struct cli_command cli_visits_assist = {
	.words = "visits assist",
	.help = "请专家或第三方协助（assist）：按随机数抽取，或写明原因经批准指定",
	.usage = "VISIT [--pool POOL] [--assistant ID --reason TEXT --approver NAME] " DATA_USAGE,
	.detail = "专家库随抽取一起锁定封存；要交过保密承诺和回避声明。\n",
	DRAW_OPTIONS(struct options, assist_rows, 1, 1),
	.run = run_assist,
};

static const struct cli_option opinion_rows[] = {
	DATA_ROWS(struct options, data),
	DRAW_NEEDED(struct options, assistant, "assistant", "ID", "谁的意见"),
	DRAW_NEEDED(struct options, file, "file", "FILE", "签过字的意见，记入它的指纹"),
};

static int run_opinion(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	char digest[OFFICE_DIGEST];
	struct office o;

	TRY(draw_evidence(cli, in->file, digest));
	TRY(data_open(cli, &in->data, &o));
	int rc = life_assist_opinion(&o, cli->arena, cli->args[0], in->assistant, digest);
	return draw_end(cli, &o, rc, cli->args[0], "已登记意见");
}

const struct cli_command cli_visits_opinion = {
	.words = "visits opinion",
	.help = "登记专家签字的意见（opinion）",
	.usage = "VISIT --assistant ID --file FILE " DATA_USAGE,
	DRAW_OPTIONS(struct options, opinion_rows, 1, 1),
	.run = run_opinion,
};
