/* cli/visits_list.c — visits list and show; a name that is sealed is not shown. */
#include "base/buf.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/draw.h"

#include <string.h>

enum { TEAM_ROOM = 4096 };

struct options {
	struct data_options data;
	const char *draw, *state, *inspector, *after;
	int64_t most;
};

static const struct cli_option list_rows[] = {
	DATA_WHERE_ROWS(struct options, data),
	DRAW_TEXT(struct options, draw, "draw", "ID", "只看一次抽取"),
	DRAW_TEXT(struct options, state, "state", "STATE",
		  "待接收、已接收、已检查、已终结，或 planned、accepted、visited、ended"),
	DRAW_TEXT(struct options, inspector, "inspector", "ID", "只看一名执法人员的"),
	DRAW_TEXT(struct options, after, "after", "VISIT", "从这一项之后列起"),
	{ .name = "most",
	  .kind = CLI_NUMBER,
	  .offset = offsetof(struct options, most),
	  .value = "N",
	  .fallback = "1000",
	  .help = "最多列多少项",
	  .min = 1,
	  .max = 1000000 },
};

static const char *team_words(const struct cli *cli, const struct life_visit_shown *v)
{
	CLEANUP(buf_release) struct buf text;

	buf_init(&text, TEAM_ROOM);
	for (size_t i = 0; i < v->team_count; i++)
		buf_printf(&text, "%s%s%s%s", i ? "、" : "", v->team[i].inspector,
			   v->team[i].lead ? "（主办）" : "", v->team[i].left_at ? "（已换）" : "");
	return arena_str(cli->arena, buf_text(&text));
}

static void json_visit(struct json *j, const struct cli *cli, const struct life_visit_shown *v)
{
	json_begin_object(j);
	if (v->name)
		json_put_text(j, "address", *v->address ? v->address : NULL);
	json_key(j, "assistants");
	json_begin_array(j);
	for (size_t i = 0; i < v->assistant_count; i++)
		json_text(j, v->assistants[i].assistant);
	json_end_array(j);
	json_put_text(j, "day", draw_day(cli, v->row.day));
	json_put_text(j, "deadline", draw_day(cli, v->row.deadline));
	json_put_text(j, "draw", v->row.draw_id);
	json_put_text(j, "ended", v->row.ended);
	json_put_text(j, "id", v->row.id);
	json_put_bool(j, "joint", v->row.joint);
	json_put_text(j, "kind", v->row.kind);
	if (v->name)
		json_put_text(j, "name", *v->name ? v->name : NULL);
	json_put_bool(j, "offsite", v->row.offsite);
	json_put_text(j, "period", v->row.period);
	json_put_text(j, "replaces", v->row.replaces);
	json_put_text(j, "shared", *v->row.shared ? v->row.shared : NULL);
	json_put_text(j, "site", *v->row.site ? v->row.site : NULL);
	json_put_text(j, "state", v->row.state);
	json_key(j, "team");
	json_begin_array(j);
	for (size_t i = 0; i < v->team_count; i++)
		if (v->team[i].left_at == 0)
			json_text(j, v->team[i].inspector);
	json_end_array(j);
	json_end_object(j);
}

/* Of a joint visit: the lead's own, or the lead's visit that a department's goes along with. */
static const char *joint_words(const struct cli *cli, const struct visit_row *v)
{
	if (*v->shared)
		return arena_printf(cli->arena, "随 %s", v->shared);
	return v->joint ? "主办" : "";
}

static void list_json(const struct cli *cli, const struct life_visit_shown *list, size_t count,
		      int64_t most, int64_t total)
{
	struct cli_json j;
	bool more = count > 0 && (int64_t)count == most;

	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_key(&j.json, "items");
	json_begin_array(&j.json);
	for (size_t i = 0; i < count; i++)
		json_visit(&j.json, cli, &list[i]);
	json_end_array(&j.json);
	json_put_text(&j.json, "next", more ? list[count - 1].row.id : NULL);
	json_put_int(&j.json, "total", total);
	json_end_object(&j.json);
	cli_json_print(&j);
}

/* What was left out is told, and how to see it. */
static void list_end(const struct options *in, const struct life_visit_shown *list, size_t count,
		     int64_t total)
{
	if (total == 0 && in->inspector)
		cli_print("没有“%s”的检查任务：请核对编号，mingqian registry show --registry "
			  "inspectors\n",
			  in->inspector);
	if ((int64_t)count == total)
		cli_print("共列出 %zu 项。\n", count);
	else if ((int64_t)count == in->most)
		cli_print(
			"列出 %zu 项，共 %lld 项；接着列：--after %s（一次列多少项：--most N）。\n",
			count, (long long)total, list[count - 1].row.id);
	else
		cli_print("列出 %zu 项，到这里列完，共 %lld 项。\n", count, (long long)total);
}

static void list_text(const struct cli *cli, const struct life_visit_shown *list, size_t count)
{
	struct cli_table t;

	cli_table_init(&t, cli->arena,
		       (const char *const[]){ "任务", "抽取", "时期", "状态", "对象", "检查组",
					      "期限", "检查日", "联合", NULL });
	for (size_t i = 0; i < count; i++) {
		const struct visit_row *v = &list[i].row;
		cli_table_row(&t, (const char *const[]){
					  v->id, v->draw_id, v->period, draw_visit_words(v->state),
					  *v->site ? v->site : "（封存）",
					  team_words(cli, &list[i]), draw_day(cli, v->deadline),
					  draw_day(cli, v->day), joint_words(cli, v) });
	}
	cli_table_print(&t);
}

static int run_list(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	const struct life_visits_ask ask = { in->draw, draw_visit_state(in->state), in->inspector,
					     in->after, in->most };
	struct life_visit_shown *list = NULL;
	int64_t total = 0;
	size_t count = 0;
	struct office o;

	TRY(data_look(cli, &in->data, &o));
	int rc = life_visits(&o, cli->arena, &ask, &list, &count);
	if (rc == OK)
		rc = life_visits_count(&o, cli->arena, &ask, &total);
	int code = rc == OK ? CLI_OK : draw_fail(cli, &o, NULL, rc);
	if (rc == OK && cli->json) {
		list_json(cli, list, count, in->most, total);
	} else if (rc == OK) {
		list_text(cli, list, count);
		list_end(in, list, count, total);
	}
	office_release(&o);
	return code;
}

const struct cli_command cli_visits_list = {
	.words = "visits list",
	.help = "列出检查任务（visits）；还没接收的不显示名称",
	.usage = "[--draw ID] [--state STATE] [--inspector ID] " DATA_USAGE,
	DRAW_OPTIONS(struct options, list_rows, 0, 0),
	.run = run_list,
};

static void show_shared(const struct life_visit_shared *s)
{
	cli_print("  联合：%s，任务 %s（%s）", s->department, s->id, draw_visit_words(s->state));
	for (size_t i = 0; i < s->team_count; i++)
		cli_print("%s%s", i ? "、" : "，", s->team[i].inspector);
	cli_print("\n");
}

static void show_text(const struct cli *cli, const struct life_visit_shown *s)
{
	const struct visit_row *v = &s->row;

	cli_print("检查任务 %s（抽取 %s，%s）：%s\n  对象：%s", v->id, v->draw_id, v->period,
		  draw_visit_words(v->state), *v->site ? v->site : "（封存，接收后显示）");
	if (*s->name)
		cli_print(" %s", cli_visible(cli->arena, span_of(s->name)));
	if (*s->address)
		cli_print("\n  地址：%s", cli_visible(cli->arena, span_of(s->address)));
	cli_print("\n  检查组：%s\n  期限：%s\n", team_words(cli, s), draw_day(cli, v->deadline));
	if (v->accepted_at)
		cli_print("  接收：%s %s\n", draw_time(cli, v->accepted_at), v->accepted_by);
	if (v->day)
		cli_print("  检查：%s%s\n", draw_day(cli, v->day), v->offsite ? "（非现场）" : "");
	for (size_t i = 0; i < s->undone_count; i++)
		cli_print("  撤回：%s %s 登记的 %s 检查，%s 撤回，%s 同意\n",
			  draw_time(cli, s->undone[i].done_at), s->undone[i].done_by,
			  draw_day(cli, s->undone[i].day), s->undone[i].actor,
			  s->undone[i].approver);
	if (*v->ended)
		cli_print("  终结：%s（%s）\n", draw_time(cli, v->ended_at),
			  draw_ended_words(v->ended));
	for (size_t i = 0; i < s->assistant_count; i++)
		cli_print("  协助：%s（%s%s）%s\n", s->assistants[i].assistant,
			  strcmp(s->assistants[i].how, "drawn") == 0 ? "抽取" : "指定，批准 ",
			  s->assistants[i].approver, *s->assistants[i].opinion ? "，已交意见" : "");
	if (*v->replaces)
		cli_print("  接替：%s\n", v->replaces);
	if (*v->shared)
		cli_print("  联合：随主办方的检查任务 %s\n", v->shared);
	for (size_t i = 0; i < s->shared_count; i++)
		show_shared(&s->shared[i]);
}

static int run_show(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	struct life_visit_shown shown;
	struct office o;

	TRY(data_look(cli, &in->data, &o));
	int rc = life_visit_show(&o, cli->arena, cli->args[0], &shown);
	int code = rc == OK ? CLI_OK : draw_fail(cli, &o, NULL, rc);
	if (rc == OK && cli->json) {
		struct cli_json j;
		cli_json_begin(&j);
		json_visit(&j.json, cli, &shown);
		cli_json_print(&j);
	} else if (rc == OK) {
		show_text(cli, &shown);
	}
	office_release(&o);
	return code;
}

static const struct cli_option show_rows[] = {
	DATA_WHERE_ROWS(struct options, data),
};

const struct cli_command cli_visits_show = {
	.words = "visits show",
	.help = "一项检查任务（show）",
	.usage = "VISIT " DATA_USAGE,
	DRAW_OPTIONS(struct options, show_rows, 1, 1),
	.run = run_show,
};
