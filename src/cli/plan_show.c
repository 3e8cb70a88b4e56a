/* cli/plan_show.c — the list of plans, or one with its rules, lines and milestones. */
#include "base/status.h"
#include "cli/commands.h"
#include "cli/plan.h"

#include <string.h>

struct options {
	struct data_options data;
	const char *day;
	int64_t version;
};

static const struct cli_option option_rows[] = {
	DATA_ROWS(struct options, data),
	{ "version", CLI_NUMBER, offsetof(struct options, version), "N", "0", "第几版；不写为最新",
	  false, 0, INT64_MAX },
	{ "day", CLI_TEXT, offsetof(struct options, day), "YYYY-MM-DD", NULL,
	  "进度按哪一天看；不写为今天", false, 0, 0 },
};

static int list(const struct cli *cli, struct office *o, struct plan_notes *notes)
{
	static const char *const heads[] = { "编号", ">年份", "机关", ">版", "状态", "标题", NULL };
	struct plan_listed *all;
	struct cli_table table;
	struct cli_json j;
	size_t count;
	int rc = plan_list(o, cli->arena, &all, &count);

	if (rc != OK)
		return plan_fail(cli, o, notes, rc);
	cli_table_init(&table, cli->arena, heads);
	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_key(&j.json, "plans");
	json_begin_array(&j.json);
	for (size_t i = 0; i < count; i++) {
		const struct plan_row *p = &all[i].plan;
		const struct plan_version_row *v = &all[i].version;
		const char *cells[] = { p->id,
					plan_number(cli, (uint64_t)p->year),
					p->body,
					plan_number(cli, (uint64_t)v->version),
					plan_state_words(v->state),
					v->title };
		cli_table_row(&table, cells);
		json_begin_object(&j.json);
		json_put_text(&j.json, "body", p->body);
		json_put_text(&j.json, "id", p->id);
		json_put_text(&j.json, "state", v->state);
		json_put_text(&j.json, "title", v->title);
		json_put_int(&j.json, "version", v->version);
		json_put_int(&j.json, "year", p->year);
		json_end_object(&j.json);
	}
	json_end_array(&j.json);
	json_end_object(&j.json);
	if (!cli->json) {
		if (count)
			cli_table_print(&table);
		else
			cli_print("还没有计划。用 mingqian plan new 编制。\n");
	}
	if (cli->json)
		cli_json_print(&j);
	else
		buf_release(&j.text);
	return CLI_OK;
}

static const char *basis_of(const struct cli *cli, const struct rule *r)
{
	if (r->unit == RULE_UNIT_ACTIONS && r->basis.kind == RULE_NUMBER)
		return arena_printf(cli->arena, "%llu 次", (unsigned long long)r->basis.a);
	return plan_basis_words(cli->arena, &r->basis);
}

static void print_rules(const struct cli *cli, const struct plan_scene *s)
{
	static const char *const heads[] = { "规则", "名称", "周期", "比例", "依据", NULL };
	struct cli_table table;

	cli_table_init(&table, cli->arena, heads);
	for (size_t i = 0; i < s->set.rule_count; i++) {
		const struct rule *r = &s->set.rules[i];
		const char *document = rule_document(&s->set, r);
		const char *cells[] = { r->id, r->title ? r->title : "",
					rule_period_words(r->period), basis_of(cli, r),
					arena_printf(cli->arena, "%s%s", document ? document : "",
						     r->article ? r->article : "") };
		cli_table_row(&table, cells);
	}
	cli_table_print(&table);
}

/* As the plan's CSV names it. */
static const char *kind_words(const char *kind)
{
	static const char *const words[][2] = { { "campaign", "专项" },
						{ "permit", "证后监管" },
						{ "project", "建设项目" },
						{ "joint", "部门联合" } };

	for (size_t i = 0; i < COUNT(words); i++)
		if (strcmp(words[i][0], kind) == 0)
			return words[i][1];
	return kind;
}

static void print_lines(const struct cli *cli, const struct plan_scene *s)
{
	static const char *const heads[] = { "项目", "类别", "名称", "期次", "目标", "范围", NULL };
	struct cli_table table;

	cli_table_init(&table, cli->arena, heads);
	for (size_t i = 0; i < s->line_count; i++) {
		const struct plan_line_row *l = &s->lines[i];
		const char *cells[] = { l->id,
					kind_words(l->kind),
					l->title,
					*l->period ? l->period : "每期",
					l->b ? arena_printf(cli->arena, "%lld/%lld",
							    (long long)l->a, (long long)l->b)
					     : plan_number(cli, (uint64_t)l->a),
					*l->pool ? l->pool : "全部" };
		cli_table_row(&table, cells);
	}
	if (s->line_count)
		cli_table_print(&table);
}

static void print_milestones(const struct cli *cli, const struct plan_scene *s)
{
	static const char *const heads[] = { "期次",  "抽签期限", "抽签", ">任务",
					     ">已查", "各月进度", NULL };
	struct plan_milestone list[12];
	struct cli_table table;
	size_t count;
	char text[PLAN_SPAN_TEXT];

	plan_milestones(s, list, &count);
	cli_table_init(&table, cli->arena, heads);
	for (size_t i = 0; i < count; i++) {
		const struct plan_milestone *m = &list[i];
		const char *months = "";
		for (size_t k = 0; k < m->months; k++)
			months = arena_printf(cli->arena, "%s%s%u%%：%s", months, k ? "，" : "",
					      m->month[k].percent,
					      plan_milestone_words(m->month[k].state));
		plan_span_text(&m->period, text);
		const char *cells[] = {
			arena_str(cli->arena, text),   plan_day_words(cli, m->draw_until),
			plan_milestone_words(m->draw), plan_number(cli, m->visits),
			plan_number(cli, m->done),     months
		};
		cli_table_row(&table, cells);
	}
	cli_table_print(&table);
}

static void write_json(const struct cli *cli, const struct plan_scene *s)
{
	struct plan_milestone list[12];
	struct cli_json j;
	size_t count;
	char text[PLAN_SPAN_TEXT];
	const struct plan_version_row *v = &s->version;

	plan_milestones(s, list, &count);
	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_text(&j.json, "area", v->area);
	json_put_text(&j.json, "authority", v->authority);
	json_put_text(&j.json, "body", s->plan.body);
	json_put_text(&j.json, "decided_by", v->decided_by);
	json_put_text(&j.json, "id", s->plan.id);
	json_key(&j.json, "lines");
	json_begin_array(&j.json);
	for (size_t i = 0; i < s->line_count; i++) {
		const struct plan_line_row *l = &s->lines[i];
		json_begin_object(&j.json);
		json_put_text(&j.json, "id", l->id);
		json_put_text(&j.json, "kind", l->kind);
		json_put_text(&j.json, "period", l->period);
		json_put_text(&j.json, "pool", l->pool);
		json_put_text(&j.json, "title", l->title);
		json_end_object(&j.json);
	}
	json_end_array(&j.json);
	json_put_text(&j.json, "made_by", v->made_by);
	json_key(&j.json, "milestones");
	json_begin_array(&j.json);
	for (size_t i = 0; i < count; i++) {
		plan_span_text(&list[i].period, text);
		json_begin_object(&j.json);
		json_put_int(&j.json, "done", (int64_t)list[i].done);
		json_put_text(&j.json, "draw", plan_milestone_words(list[i].draw));
		json_put_text(&j.json, "draw_until", plan_day_words(cli, list[i].draw_until));
		json_put_text(&j.json, "period", text);
		json_put_int(&j.json, "visits", (int64_t)list[i].visits);
		json_end_object(&j.json);
	}
	json_end_array(&j.json);
	json_put_text(&j.json, "period", v->period);
	json_put_text(&j.json, "reason", v->reason);
	json_put_text(&j.json, "rules", s->set.id);
	json_put_text(&j.json, "state", v->state);
	json_put_text(&j.json, "submitted_by", v->submitted_by);
	json_put_text(&j.json, "title", v->title);
	json_put_int(&j.json, "version", v->version);
	json_put_int(&j.json, "year", s->plan.year);
	json_end_object(&j.json);
	cli_json_print(&j);
}

static void print(const struct cli *cli, const struct plan_scene *s)
{
	const struct plan_version_row *v = &s->version;

	cli_print(
		"%s\n%s，%lld 年，第 %lld 版，%s；编制 %s%s%s%s%s\n区域：%s；规则集：%s（%s）\n\n",
		v->title, v->authority, (long long)s->plan.year, (long long)v->version,
		plan_state_words(v->state), v->made_by, *v->submitted_by ? "，提交 " : "",
		v->submitted_by,
		*v->decided_by ? (strcmp(v->state, "dropped") == 0 ? "，作废 " : "，审批 ") : "",
		v->decided_by, *v->area ? v->area : "全市", s->set.title ? s->set.title : "",
		s->set.id);
	if (*v->reason)
		cli_print("%s的原因：%s\n\n", plan_state_words(v->state), v->reason);
	print_rules(cli, s);
	cli_print("\n");
	print_lines(cli, s);
	for (size_t i = 0; i < s->extension_count; i++) {
		const struct plan_extension_row *x = &s->extensions[i];
		cli_print("延期第 %lld 号：%s 的%s延 %lld 天，%s（%s）%s\n", (long long)x->id,
			  x->period, x->what[0] == 'd' ? "抽签" : "检查", (long long)x->days,
			  x->decided_by[0] == 0 ? "待批"
			  : x->agreed           ? "同意"
						: "不同意",
			  x->reason, x->decided_by);
	}
	cli_print("\n");
	print_milestones(cli, s);
}

static int run(struct cli *cli, void *options)
{
	const struct options *opt = options;
	CLEANUP(office_release) struct office office = { .db = NULL };
	CLEANUP(plan_scene_release) struct plan_scene scene = { .notes = NULL };
	struct plan_notes notes;
	struct plan_scene_ask ask = { .version = opt->version };

	TRY(data_look(cli, &opt->data, &office));
	plan_notes_init(&notes, cli->arena);
	if (cli->arg_count == 0)
		return list(cli, &office, &notes);
	ask.plan = cli->args[0];
	TRY(plan_day_option(cli, &office, opt->day, &ask.day));
	int rc = plan_scene_open(&office, &ask, &notes, &scene);
	if (rc != OK)
		return plan_fail(cli, &office, &notes, rc);
	if (cli->json)
		write_json(cli, &scene);
	else
		print(cli, &scene);
	return CLI_OK;
}

const struct cli_command cli_plan_show = {
	.words = "plan show",
	.help = "列出计划，或显示一份：规则、项目、延期和各期进度",
	.usage = "[ID] " DATA_USAGE " [--version N] [--day YYYY-MM-DD]",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 0,
	.args_most = 1,
	.run = run,
};
