/* cli/rules_calendar.c — the working-day calendars: import a year, list them, count a term. */
#include "app/calendar_store.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/rules.h"
#include "cli/sheet_notes.h"

struct options {
	struct data_options data;
	const char *reason, *from;
	int64_t days;
};

static const struct cli_option option_rows[] = {
	DATA_ROWS(struct options, data),
	{ .name = "reason",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct options, reason),
	  .value = "TEXT",
	  .help = "导入时必须写：依据哪个放假通知" },
	{ .name = "from",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct options, from),
	  .value = "DAY",
	  .help = "算期限：从这一天（不算）起" },
	{ .name = "days",
	  .kind = CLI_NUMBER,
	  .offset = offsetof(struct options, days),
	  .value = "N",
	  .fallback = "20",
	  .help = "算期限：几个工作日",
	  .min = 1,
	  .max = 3660 },
};

static void put_kept(struct json *j, const struct calendar_kept *k)
{
	char time[CLOCK_TEXT];

	clock_text(k->at, time);
	json_begin_object(j);
	json_put_text(j, "actor", k->actor);
	json_put_text(j, "at", time);
	json_put_text(j, "digest", k->digest);
	json_put_text(j, "file", k->file);
	json_put_int(j, "off", (int64_t)k->off);
	json_put_int(j, "on", (int64_t)k->on);
	json_put_text(j, "reason", k->reason);
	json_put_int(j, "version", k->version);
	json_put_int(j, "year", k->year);
	json_end_object(j);
}

static int import(struct cli *cli, const struct options *in)
{
	struct plan_notes notes;
	struct calendar_kept kept;
	struct cli_json j;
	struct office o;
	char *text = NULL;
	size_t len = 0;
	const char *path = cli->args[0];
	int code = CLI_OK;

	if (!in->reason)
		return cli_fail_usage(cli, "导入日历要写 --reason：依据哪个放假通知");
	int rc = file_read(cli->arena, path, CALENDAR_FILE_MOST, &text, &len);
	if (rc != OK)
		return cli_fail_status(cli, rc, path);
	plan_notes_init(&notes, cli->arena);
	TRY(data_open(cli, &in->data, &o));
	rc = calendar_keep(&o, text, len, (const char *const[]){ path, in->reason }, &notes, &kept);
	if (notes.refused)
		code = sheet_notes_fail(cli, &notes, rc, path);
	else if (rc != OK)
		code = data_fail(cli, &o, rc);
	office_release(&o);
	if (rc != OK)
		return code;
	sheet_notes_print(cli, &notes);
	if (!cli->json) {
		cli_print("已存 %lld 年的日历，第 %lld 版。\n", (long long)kept.year,
			  (long long)kept.version);
		return CLI_OK;
	}
	cli_json_begin(&j);
	put_kept(&j.json, &kept);
	cli_json_print(&j);
	return CLI_OK;
}

static void answer_list(struct cli *cli, const struct calendar_list *list)
{
	static const char *const heads[] = { ">年",    ">版本", ">放假天数", ">上班天数",
					     "办理人", "时间",  "依据",      NULL };
	struct cli_table t;

	cli_table_init(&t, cli->arena, heads);
	for (size_t i = 0; i < list->count; i++) {
		const struct calendar_kept *k = &list->at[i];
		const char *const cells[] = { arena_printf(cli->arena, "%lld", (long long)k->year),
					      arena_printf(cli->arena, "%lld",
							   (long long)k->version),
					      arena_printf(cli->arena, "%zu", k->off),
					      arena_printf(cli->arena, "%zu", k->on),
					      k->actor,
					      data_time(cli, k->at),
					      k->reason };
		cli_table_row(&t, cells);
	}
	cli_table_print(&t);
	cli_print(
		"没有导入的年份按星期一至五上班算。导入：mingqian rules calendar 文件 --reason …\n");
}

static int list(struct cli *cli, struct office *o)
{
	struct calendar_list all;
	struct cli_json j;
	int rc = calendar_list(o, cli->arena, &all);

	if (rc != OK)
		return data_fail(cli, o, rc);
	if (!cli->json) {
		answer_list(cli, &all);
		return CLI_OK;
	}
	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_key(&j.json, "items");
	json_begin_array(&j.json);
	for (size_t i = 0; i < all.count; i++)
		put_kept(&j.json, &all.at[i]);
	json_end_array(&j.json);
	json_put_int(&j.json, "total", (int64_t)all.count);
	json_end_object(&j.json);
	cli_json_print(&j);
	return CLI_OK;
}

static int term(struct cli *cli, struct office *o, const struct options *in)
{
	struct calendar c;
	struct cli_json j;
	int64_t from;
	uint32_t missing = 0;

	if (!rules_day(in->from, &from))
		return cli_fail_usage(cli, "--from 应写成 2026-03-02 这样的日期");
	int rc = calendar_load(o, cli->arena, 1970, 9999, &c);
	if (rc != OK)
		return data_fail(cli, o, rc);
	int64_t due = calendar_due(&c, from, (uint32_t)in->days, true);
	bool guessed = calendar_missing(&c, from, due, &missing);
	if (guessed)
		cli_warn("没有 %u 年的日历，按星期一至五上班算；放假通知发布后请导入再算。",
			 (unsigned)missing);
	if (!cli->json) {
		cli_print("%s 之后第 %lld 个工作日：%s\n", in->from, (long long)in->days,
			  calendar_text(cli->arena, due));
		return CLI_OK;
	}
	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_text(&j.json, "due", calendar_text(cli->arena, due));
	json_put_bool(&j.json, "guessed", guessed);
	json_end_object(&j.json);
	cli_json_print(&j);
	return CLI_OK;
}

static int run(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	struct office o;

	if (cli->arg_count)
		return import(cli, in);
	TRY(data_look(cli, &in->data, &o));
	int code = in->from ? term(cli, &o, in) : list(cli, &o);
	office_release(&o);
	return code;
}

const struct cli_command cli_rules_calendar = {
	.words = "rules calendar",
	.help = "工作日日历：每年按放假通知导入一次；列出；算几个工作日之后是哪天",
	.usage = "[FILE --reason TEXT | --from DAY [--days N]] " DATA_USAGE,
	.detail =
		"FILE 是 CSV（UTF-8），第一行 date,working,name，以下一天一行，只写与“星期一至五上班”\n"
		"不同的日子：放假写 0，周末上班写 1，名称可以空。一年一个文件，如\n"
		"  2030-05-01,0,劳动节\n"
		"表格软件另存的 2030/5/1、是、否也认。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_most = 1,
	.run = run,
};
