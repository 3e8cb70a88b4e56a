/* cli/sheet_finish.c — values and shares in, draw, teams and papers out. */
#include "app/sheet_finish.h"

#include "base/file.h"
#include "base/secret.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/sheet_notes.h"
#include "cli/sheet_verify.h"

#include <stddef.h>
#include <string.h>
#include <unistd.h>

enum { SHARE_MOST = 4096 };

struct options {
	struct cli_list values;
	struct cli_pairs shares;
	const char *share_file;
};

static const struct cli_option option_rows[] = {
	{ "value", CLI_LIST, offsetof(struct options, values), "\"SOURCE SELECTOR=VALUE\"", NULL,
	  "随机数公布的值，可写几次；只写值时按声明的次序", true, 0, 0 },
	{ "open", CLI_PAIRS, offsetof(struct options, shares), "NAME=@FILE", NULL,
	  "见证方公开的份额（share），可写几次；NAME=- 从标准输入读，NAME=SHARE 直接写（别的用户会从进程表看到）",
	  false, 0, 0 },
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

/* All of standard input; NULL if it cannot be read or is too long. */
static const char *read_input(struct arena *a)
{
	char *text = arena_alloc(a, SHARE_MOST + 1);
	size_t len = 0;
	ssize_t n = 0;

	while (len <= SHARE_MOST && (n = read(STDIN_FILENO, text + len, SHARE_MOST + 1 - len)) > 0)
		len += (size_t)n;
	if (n < 0 || len > SHARE_MOST)
		return NULL;
	text[len] = 0;
	return text;
}

/* Replaces "-" and "@FILE" by what stands there. */
static int fetch_shares(struct cli *cli, struct cli_pairs *shares)
{
	bool input = false;

	for (size_t i = 0; i < shares->count; i++) {
		const char **value = &shares->at[i].value, *name = shares->at[i].name;
		char *text = NULL;
		size_t len;
		if (strcmp(*value, "-") == 0) {
			if (input)
				return cli_fail_usage(cli, "--open 只能有一个从标准输入读（-）");
			input = true;
			*value = read_input(cli->arena);
			if (!*value)
				return cli_fail(cli, CLI_ENVIRONMENT,
						"“%s”的份额从标准输入读不出来", name);
		} else if (**value == '@') {
			int rc = file_read(cli->arena, *value + 1, SHARE_MOST, &text, &len);
			if (rc != OK)
				return cli_fail_status(cli, rc, *value + 1);
			*value = text;
		}
		/* A copy, for a line end goes; the argument itself stays as it was typed. */
		*value = arena_mem(cli->arena, *value, strcspn(*value, "\r\n"));
	}
	return CLI_OK;
}

static int run(struct cli *cli, void *options)
{
	struct options *o = options;
	struct sheet_progress progress;
	struct plan_notes notes;
	struct sheet_finished finished;

	secret_process();
	int code = fetch_shares(cli, &o->shares);
	if (code != CLI_OK)
		return code;
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
	.usage = "DIR --value \"SOURCE SELECTOR=VALUE\" ... [--open NAME=@FILE ...]",
	.detail =
		"结果写进 DIR，打印件在 DIR/papers：任务表.xlsx、抽签记录.pdf、任务单（每家一页）。\n"
		"开始前先与冻结时的清单核对，有一个文件被改过、多出一个文件或空文件夹就不收尾；屏幕上的锁定指纹应由见证人与锁定记录核对。\n"
		"密封方式下屏幕上不显示种子。中断（Ctrl-C）不留下任何东西；用同样的值可以再次运行。\n"
		"排不出检查组时退出 1，抽中的单位照样写出，原因逐条说明。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 1,
	.args_most = 1,
	.run = run,
};
