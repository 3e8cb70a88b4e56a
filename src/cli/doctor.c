/* cli/doctor.c — every step with its mark, and what to do. */
#include "app/doctor.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/data.h"

struct options {
	struct data_options data;
};

static const struct cli_option option_rows[] = {
	DATA_WHERE_ROWS(struct options, data),
};

static const char *const mark_words[] = {
	[VERIFY_OK] = "✓",
	[VERIFY_FAILED] = "✗",
	[VERIFY_UNKNOWN] = "注意",
};

static const char *const mark_names[] = {
	[VERIFY_OK] = "ok",
	[VERIFY_FAILED] = "failed",
	[VERIFY_UNKNOWN] = "remark",
};

static void answer_json(const struct doctor_report *r)
{
	struct cli_json j;

	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_int(&j.json, "failed", (int64_t)r->failed);
	json_put_int(&j.json, "remarks", (int64_t)r->remarks);
	json_key(&j.json, "steps");
	json_begin_array(&j.json);
	for (size_t i = 0; i < r->count; i++) {
		json_begin_object(&j.json);
		json_put_text(&j.json, "how", r->steps[i].how);
		json_put_text(&j.json, "mark", mark_names[r->steps[i].mark]);
		json_put_text(&j.json, "name", r->steps[i].name);
		json_put_text(&j.json, "text", r->steps[i].text);
		json_end_object(&j.json);
	}
	json_end_array(&j.json);
	json_end_object(&j.json);
	cli_json_print(&j);
}

static void answer_text(const struct doctor_report *r)
{
	for (size_t i = 0; i < r->count; i++) {
		cli_print("%s %s\n", mark_words[r->steps[i].mark], r->steps[i].text);
		if (r->steps[i].how)
			cli_print("    怎么办：%s\n", r->steps[i].how);
	}
	cli_print("\n%s：✗ %zu 项，注意 %zu 项\n", r->failed ? "现在办理有风险" : "可以办理",
		  r->failed, r->remarks);
}

static int run(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	struct doctor_report *r = arena_alloc(cli->arena, sizeof(*r));
	struct office_where where;

	TRY(data_where(cli, &in->data, &where));
	doctor_look(cli->arena, &where, r);
	if (cli->json)
		answer_json(r);
	else
		answer_text(r);
	return r->failed ? CLI_REFUSED : CLI_OK;
}

const struct cli_command cli_doctor = {
	.words = "doctor",
	.help = "体检（doctor）：用户、时钟、磁盘、字体、密钥、数据库、账簿、备份，问题和办法",
	.usage = DATA_USAGE,
	.detail = "只看不改。✗ 是现在就有风险，退出码 1；“注意”是应当有人看一看。\n"
		  "SQLite 的数据库文件会整个读一遍。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.run = run,
};
