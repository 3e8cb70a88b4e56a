/* cli/draw_press.c — draw press and answer: the city presses a branch (督办), the branch answers. */
#include "app/life_cross.h"

#include "base/clock.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/draw.h"

struct options {
	struct data_options data;
	const char *words, *by;
};

static const struct cli_option press_rows[] = {
	DATA_ROWS(struct options, data),
	DRAW_NEEDED(struct options, words, "words", "TEXT", "督办内容"),
	DRAW_NEEDED(struct options, by, "by", "YYYY-MM-DD", "答复期限"),
};

static int run_press(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	struct life_press p = { .draw = cli->args[0], .branch = cli->args[1], .words = in->words };
	struct office o;

	if (clock_parse_day(in->by, &p.answer_by) != OK)
		return cli_fail_usage(cli, "--by “%s”不是日期，请写成 2026-03-05", in->by);
	TRY(data_open(cli, &in->data, &o));
	int rc = life_press(&o, cli->arena, &p);
	return draw_end(
		cli, &o, rc, p.draw,
		arena_printf(cli->arena, "已督办 %s，%s 前答复（draw answer）", p.branch, in->by));
}

const struct cli_command cli_draw_press = {
	.words = "draw press",
	.help = "督办（press）：市局催分局，限期答复",
	.usage = "ID BRANCH --words TEXT --by YYYY-MM-DD " DATA_USAGE,
	.detail = "BRANCH 是分局的六位代码。督办和答复都在 mingqian draw show 里。\n",
	DRAW_OPTIONS(struct options, press_rows, 2, 2),
	.run = run_press,
};

static const struct cli_option answer_rows[] = {
	DATA_ROWS(struct options, data),
	DRAW_NEEDED(struct options, words, "words", "TEXT", "答复内容"),
};

static int run_answer(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	const struct life_press p = { .draw = cli->args[0],
				      .branch = cli->args[1],
				      .words = in->words };
	struct visit_press said = { .words = "" };
	struct office o;

	TRY(data_open(cli, &in->data, &o));
	int rc = life_press_answer(&o, cli->arena, &p, &said);
	return draw_end(cli, &o, rc, p.draw,
			arena_printf(cli->arena, "已答复 %s 的督办：%s", draw_time(cli, said.at),
				     said.words));
}

const struct cli_command cli_draw_answer = {
	.words = "draw answer",
	.help = "答复督办（answer）",
	.usage = "ID BRANCH --words TEXT " DATA_USAGE,
	.detail =
		"答复的是还没有答复的督办里最早的一件；发督办的人不能自己答复。\n"
		"由分局的人本人办理：--as 写他在执法人员名录里的编号或姓名，他的管辖片区要有这个县区。\n",
	DRAW_OPTIONS(struct options, answer_rows, 2, 2),
	.run = run_answer,
};
