/* cli/sheet_finish.c — values and shares in, draw, teams and papers out. */
#include "app/sheet_finish.h"

#include "base/status.h"
#include "cli/commands.h"
#include "cli/sheet_notes.h"
#include "cli/sheet_verify.h"

#include <stddef.h>

struct options {
	struct cli_list values;
	struct cli_pairs shares;
	const char *share_file;
};

static const struct cli_option option_rows[] = {
	{ "value", CLI_LIST, offsetof(struct options, values), "\"SOURCE SELECTOR=VALUE\"", NULL,
	  "随机数公布的值，可写几次；只写值时按声明的次序", true, 0, 0 },
	{ "open", CLI_PAIRS, offsetof(struct options, shares), "NAME=SHARE", NULL,
	  "见证方公开的份额（share），可写几次", false, 0, 0 },
	{ "operator-share", CLI_TEXT, offsetof(struct options, share_file), "FILE", NULL,
	  "抽签单位的份额文件；不写则为 DIR.operator-share", false, 0, 0 },
};

static struct sheet_opened *opened(struct arena *a, const struct cli_pair *pairs, size_t count)
{
	struct sheet_opened *list = arena_array(a, count + 1, sizeof(*list));

	for (size_t i = 0; i < count; i++)
		list[i] = (struct sheet_opened){ pairs[i].name, pairs[i].value };
	return list;
}

static struct sheet_opened *values_of(struct cli *cli, const struct cli_list *list)
{
	struct cli_pair *pairs = arena_array(cli->arena, list->count + 1, sizeof(*pairs));

	for (size_t i = 0; i < list->count; i++)
		pairs[i] = sheet_pair(cli->arena, list->at[i]);
	return opened(cli->arena, pairs, list->count);
}

static int run(struct cli *cli, void *options)
{
	const struct options *o = options;
	struct sheet_progress progress;
	struct plan_notes notes;
	struct sheet_finished finished;
	const struct sheet_finish in = {
		.folder = cli->args[0],
		.values = values_of(cli, &o->values),
		.value_count = o->values.count,
		.shares = opened(cli->arena, o->shares.at, o->shares.count),
		.share_count = o->shares.count,
		.share_file = o->share_file,
		.progress = sheet_progress_step,
		.progress_arg = &progress,
	};

	plan_notes_init(&notes, cli->arena);
	sheet_progress_init(&progress, "抽签");
	int rc = sheet_finish(&in, &notes, &finished);
	sheet_progress_end(&progress);
	if (rc != OK)
		return sheet_notes_fail(cli, &notes, rc, cli->args[0]);
	return sheet_finish_answer(cli, &notes, &finished, cli->args[0]);
}

const struct cli_command cli_sheet_finish = {
	.words = "sheet finish",
	.help = "收尾（finish）：代入公布的值和份额，抽签、派组、打印、核验",
	.usage = "DIR --value \"SOURCE SELECTOR=VALUE\" ... [--open NAME=SHARE ...]",
	.detail =
		"结果写进 DIR，打印件在 DIR/papers：任务表.xlsx、抽签记录.pdf、任务单（每家一页）。\n"
		"排不出检查组时退出 1，抽中的单位照样写出，原因逐条说明。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 1,
	.args_most = 1,
	.run = run,
};
