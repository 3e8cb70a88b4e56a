/* cli/draw_end.c — draw cancel, annul, reveal and export: the ways out. */
#include "app/life_end.h"

#include "app/life_export.h"
#include "app/life_prepare.h"
#include "app/life_reveal.h"
#include "app/plan_period.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/draw.h"

#include <string.h>

struct cancel {
	struct data_options data;
	const char *reason, *party;
};

static const struct cli_option cancel_rows[] = {
	DATA_ROWS(struct cancel, data),
	DRAW_NEEDED(struct cancel, reason, "reason", "TEXT", "原因，公开"),
	DRAW_TEXT(struct cancel, party, "party", "NAME", "拒不公开份额的一方"),
};

/* How the draw is prepared again, or why that cannot be. A whole sentence without its full stop. */
static const char *again(const struct cli *cli, struct office *o, int rc)
{
	struct draw_row row;
	const char *why, *id = cli->args[0];

	if (rc != OK || life_find(o, cli->arena, id, &row) != OK)
		return arena_printf(cli->arena, "mingqian draw prepare --replaces %s", id);
	const char *words =
		arena_printf(cli->arena, "mingqian draw prepare %s %s%s%s --replaces %s", row.plan,
			     row.period, strcmp(row.pool, PLAN_POOL_DAILY) == 0 ? "" : " --pool ",
			     strcmp(row.pool, PLAN_POOL_DAILY) == 0 ? "" : row.pool, id);
	if (life_again(o, cli->arena, &row, &why) == INVALID)
		return arena_printf(cli->arena, "现在不能重来（%s）：%s", words, why);
	return arena_printf(cli->arena, "重来请用 %s 和以后的随机数", words);
}

static int run_cancel(struct cli *cli, void *arg)
{
	const struct cancel *in = arg;
	struct office o;

	TRY(data_open(cli, &in->data, &o));
	int rc = life_cancel(&o, cli->arena, cli->args[0], in->reason, in->party);
	return draw_end(cli, &o, rc, cli->args[0],
			arena_printf(cli->arena, "已取消抽取 %s，编号保留。%s", cli->args[0],
				     again(cli, &o, rc)));
}

const struct cli_command cli_draw_cancel = {
	.words = "draw cancel",
	.help = "取消抽取（cancel），只能在随机数产生之前",
	.usage = "ID --reason TEXT [--party NAME] " DATA_USAGE,
	DRAW_OPTIONS(struct cancel, cancel_rows, 1, 1),
	.run = run_cancel,
};

struct annul {
	struct data_options data;
	const char *reason, *head, *discipline;
};

static const struct cli_option annul_rows[] = {
	DATA_ROWS(struct annul, data),
	DRAW_NEEDED(struct annul, reason, "reason", "TEXT", "法定缺陷"),
	DRAW_NEEDED(struct annul, head, "head", "NAME", "签字的主要负责人"),
	DRAW_NEEDED(struct annul, discipline, "discipline", "NAME", "签字的纪检人员"),
};

static int run_annul(struct cli *cli, void *arg)
{
	const struct annul *in = arg;
	const struct life_annul a = { cli->args[0], in->reason, in->head, in->discipline };
	struct office o;

	TRY(data_open(cli, &in->data, &o));
	int rc = life_annul(&o, cli->arena, &a);
	return draw_end(cli, &o, rc, cli->args[0],
			arena_printf(cli->arena,
				     "已作废抽取 %s。它的结果与替代它的那次一起公开。%s",
				     cli->args[0], again(cli, &o, rc)));
}

const struct cli_command cli_draw_annul = {
	.words = "draw annul",
	.help = "作废抽取（annul）：有法定缺陷，主要负责人和纪检两人签字",
	.usage = "ID --reason TEXT --head NAME --discipline NAME " DATA_USAGE,
	DRAW_OPTIONS(struct annul, annul_rows, 1, 1),
	.run = run_annul,
};

struct reveal {
	struct data_options data;
	const char *share;
};

static const struct cli_option reveal_rows[] = {
	DATA_ROWS(struct reveal, data),
	DRAW_TEXT(struct reveal, share, "share-file", "FILE",
		  "抽取单位不在场时用保管人的那一份（文件第一行）"),
};

static int run_reveal(struct cli *cli, void *arg)
{
	const struct reveal *in = arg;
	const char *share = NULL;
	struct office o;
	struct draw_row row;

	if (in->share)
		TRY(draw_secret(cli, in->share, &share));
	TRY(data_open(cli, &in->data, &o));
	int rc = life_reveal(&o, cli->arena, cli->args[0], share, &row);
	return draw_end(cli, &o, rc, cli->args[0],
			arena_printf(cli->arena,
				     "已揭示抽取 %s。下一步：mingqian draw export %s --out 文件夹",
				     cli->args[0], cli->args[0]));
}

const struct cli_command cli_draw_reveal = {
	.words = "draw reveal",
	.help = "揭示（reveal）：检查全部结束，或到最迟揭示日",
	.usage = "ID [--share-file FILE] " DATA_USAGE,
	DRAW_OPTIONS(struct reveal, reveal_rows, 1, 1),
	.run = run_reveal,
};

struct export
{
	struct data_options data;
	const char *out;
	bool audit;
};

static const struct cli_option export_rows[] = {
	DATA_ROWS(struct export, data),
	DRAW_NEEDED(struct export, out, "out", "DIR", "写到这个文件夹（不能已有内容）"),
	DRAW_FLAG(struct export, audit, "audit", "审计版：连同回避名单；只在揭示之后"),
};

static int run_export(struct cli *cli, void *arg)
{
	const struct export *in = arg;
	struct office o;
	struct draw_row row;

	TRY(data_open(cli, &in->data, &o));
	int rc = life_export(&o, cli->arena, cli->args[0], in->audit ? LIFE_AUDIT : LIFE_PUBLIC,
			     in->out, &row);
	return draw_end(cli, &o, rc, cli->args[0],
			arena_printf(cli->arena, "已导出%s：%s。核验：mingqian dr1 verify %s",
				     in->audit ? "审计版" : "公开版", in->out, in->out));
}

const struct cli_command cli_draw_export = {
	.words = "draw export",
	.help = "导出 dr1 文件夹（export），人人可以核验",
	.usage = "ID --out DIR [--audit] " DATA_USAGE,
	.detail =
		"揭示之前只有声明和结果根；揭示之后公开版没有回避名单，审计版齐全。\n"
		"公开方式的抽取（draw prepare --open）从锁定起公开版就有名单和规则，抽取以后有结果。\n",
	DRAW_OPTIONS(struct export, export_rows, 1, 1),
	.run = run_export,
};
