/* cli/sheet_rehearse.c — freeze and finish in one go, worth nothing and stamped so. */
#include "app/sheet_rehearse.h"

#include "base/status.h"
#include "cli/commands.h"
#include "cli/sheet_notes.h"
#include "cli/sheet_verify.h"

#include <stddef.h>

struct options {
	const char *draw, *out, *day;
	bool open, accept_quarantine, any_area;
};

static const struct cli_option option_rows[] = {
	{ "out", CLI_TEXT, offsetof(struct options, out), "DIR", NULL,
	  "写到这个文件夹（不能已有内容）", true, 0, 0 },
	{ "draw", CLI_TEXT, offsetof(struct options, draw), "ID", NULL,
	  "演练的编号；不写则为 YANLIAN-年份-1", false, 0, 0 },
	{ "open", CLI_FLAG, offsetof(struct options, open), NULL, NULL, "按公开方式演练", false, 0,
	  0 },
	{ "accept-quarantine", CLI_FLAG, offsetof(struct options, accept_quarantine), NULL, NULL,
	  "名录里有错的行不收，其余照常", false, 0, 0 },
	{ "day", CLI_TEXT, offsetof(struct options, day), "YYYY-MM-DD", NULL,
	  "按这一天判断执法证、请假等；不写则为今天（在规则的期间之内）", false, 0, 0 },
	{ "any-area", CLI_FLAG, offsetof(struct options, any_area), NULL, NULL,
	  "接受保定 22 个单位以外的县区代码", false, 0, 0 },
};

static int run(struct cli *cli, void *options)
{
	const struct options *o = options;
	struct sheet_progress progress;
	struct plan_notes notes;
	struct sheet_rehearsed rehearsed;
	const struct sheet_freeze in = { .sites = cli->args[0],
					 .inspectors = cli->args[1],
					 .rules = cli->args[2],
					 .draw_id = o->draw,
					 .out = o->out,
					 .day = o->day,
					 .open_mode = o->open,
					 .accept_quarantine = o->accept_quarantine,
					 .any_area = o->any_area,
					 .progress = sheet_progress_plain,
					 .progress_arg = &progress };
	const struct sheet_finish watch = { .progress = sheet_progress_step,
					    .progress_arg = &progress };

	plan_notes_init(&notes, cli->arena);
	sheet_progress_init(&progress, "演练");
	int rc = sheet_rehearse(&in, &watch, &notes, &rehearsed);
	sheet_progress_end(&progress);
	if (rc != OK)
		return sheet_notes_fail(cli, &notes, rc, o->out);
	return sheet_finish_answer(cli, &notes, &rehearsed.finished, o->out);
}

const struct cli_command cli_sheet_rehearse = {
	.words = "sheet rehearse",
	.help = "演练（rehearse）：用当场生成的数走完全程，处处标明演练无效",
	.usage = "SITES INSPECTORS RULES --out DIR",
	.detail =
		"与正式抽签同样的步骤和文件；随机数来源是 demo，任何核验都不会认它。\n"
		"退出 0（--json 的 passed 为 true）是说演练走通了、各步算得一致，不是说抽签有效。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 3,
	.args_most = 3,
	.run = run,
};
