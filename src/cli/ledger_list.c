/* cli/ledger_list.c — who did what, newest first. */
#include "app/ledger_list.h"

#include "app/ledger_words.h"
#include "app/office.h"
#include "base/clock.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/data.h"

#include <string.h>

struct options {
	struct data_options data;
	const char *action, *actor, *from, *subject, *to;
	int64_t before, most;
};

static const struct cli_option option_rows[] = {
	DATA_WHERE_ROWS(struct options, data),
	{ .name = "subject",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct options, subject),
	  .value = "ID",
	  .help = "只列这个对象的条目，如抽取编号、计划编号" },
	{ .name = "actor",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct options, actor),
	  .value = "NAME",
	  .help = "只列这个人办的" },
	{ .name = "action",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct options, action),
	  .value = "ACTION",
	  .help = "只列这种事项，如 draw.freeze（--json 里的写法）" },
	{ .name = "from",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct options, from),
	  .value = "DAY",
	  .help = "从哪天起，含这天" },
	{ .name = "to",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct options, to),
	  .value = "DAY",
	  .help = "到哪天为止，含这天" },
	{ .name = "before",
	  .kind = CLI_NUMBER,
	  .offset = offsetof(struct options, before),
	  .value = "SEQ",
	  .fallback = "9007199254740991",
	  .help = "只列编号比它小的：翻页用",
	  .max = 9007199254740991 },
	{ .name = "most",
	  .kind = CLI_NUMBER,
	  .offset = offsetof(struct options, most),
	  .value = "N",
	  .fallback = "20",
	  .help = "最多列多少条",
	  .min = 1,
	  .max = LEDGER_LIST_MOST },
};

static void answer_json(const struct ledger_page *page)
{
	struct cli_json j;
	char time[CLOCK_TEXT];

	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_key(&j.json, "items");
	json_begin_array(&j.json);
	for (size_t i = 0; i < page->count; i++) {
		const struct ledger_entry *e = &page->items[i];
		clock_text(e->time, time);
		json_begin_object(&j.json);
		json_put_text(&j.json, "action", e->action);
		json_put_text(&j.json, "actor", e->actor);
		json_put_text(&j.json, "digest", e->digest);
		json_put_text(&j.json, "leaf", e->leaf);
		json_put_text(&j.json, "roles", e->roles);
		json_put_int(&j.json, "seq", e->seq);
		json_put_text(&j.json, "source", e->source);
		json_put_text(&j.json, "subject", e->subject);
		json_put_text(&j.json, "time", time);
		json_end_object(&j.json);
	}
	json_end_array(&j.json);
	json_key(&j.json, "next");
	if (page->next < 0)
		json_write_null(&j.json);
	else
		json_int(&j.json, page->next);
	json_put_int(&j.json, "total", page->total);
	json_end_object(&j.json);
	cli_json_print(&j);
}

static void answer_text(const struct cli *cli, const struct ledger_page *page)
{
	static const char *const heads[] = { ">编号", "时间", "办理人", "角色",
					     "事项",  "对象", "来源",   NULL };
	struct cli_table t;

	cli_table_init(&t, cli->arena, heads);
	for (size_t i = 0; i < page->count; i++) {
		const struct ledger_entry *e = &page->items[i];
		const char *const cells[] = { arena_printf(cli->arena, "%lld", (long long)e->seq),
					      data_time(cli, e->time),
					      e->actor,
					      e->roles,
					      ledger_words(e->action),
					      e->subject,
					      strcmp(e->source, OFFICE_LOCAL) == 0 ? "本机命令行"
										   : e->source };
		cli_table_row(&t, cells);
	}
	cli_table_print(&t);
	if (page->total == page->all)
		cli_print("账簿共 %lld 条，这里列出 %zu 条。\n", (long long)page->all, page->count);
	else
		cli_print("账簿共 %lld 条，符合的 %lld 条，这里列出 %zu 条。\n",
			  (long long)page->all, (long long)page->total, page->count);
	if (page->next >= 0)
		cli_print("更早的：加 --before %lld\n", (long long)page->next);
}

static int day_of(const struct cli *cli, const char *text, int64_t *ret)
{
	if (!text || clock_parse_day(text, ret) == OK)
		return CLI_OK;
	return cli_fail_usage(cli, "“%s”应为日期，如 2026-11-23", text);
}

static int run(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	struct ledger_page page;
	struct office o;

	struct ledger_list_ask ask = { .subject = in->subject,
				       .actor = in->actor,
				       .action = in->action,
				       .below = in->before,
				       .most = (size_t)in->most };

	TRY(day_of(cli, in->from, &ask.from));
	TRY(day_of(cli, in->to, &ask.to));
	TRY(data_look(cli, &in->data, &o));
	int rc = ledger_list(&o, cli->arena, &ask, &page);
	int code = rc == OK ? CLI_OK : data_fail(cli, &o, rc);
	office_release(&o);
	if (rc != OK)
		return code;
	if (cli->json)
		answer_json(&page);
	else
		answer_text(cli, &page);
	return CLI_OK;
}

const struct cli_command cli_ledger_list = {
	.words = "ledger list",
	.help = "账簿（ledger）：谁在什么时候办了什么，新的在前",
	.usage =
		"[--subject ID] [--actor NAME] [--action ACTION] [--from DAY] [--to DAY] [--before SEQ] [--most N] " DATA_USAGE,
	.detail = NULL,
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.run = run,
};
