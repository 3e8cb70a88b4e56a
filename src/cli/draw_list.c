/* cli/draw_list.c — draw list and show: numbers without gap, and one draw with all its steps. */
#include "app/life_prepare.h"
#include "app/plan_period.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/draw.h"
#include "core/text.h"

#include <string.h>

enum { ENTROPY_WORD = sizeof("entropy ") - 1 };

struct options {
	struct data_options data;
	const char *body;
	int64_t year;
};

static const struct cli_option list_rows[] = {
	DATA_WHERE_ROWS(struct options, data),
	DRAW_TEXT(struct options, body, "body", "CODE", "只看一个单位：六位代码"),
	{ .name = "year",
	  .kind = CLI_NUMBER,
	  .offset = offsetof(struct options, year),
	  .value = "YEAR",
	  .fallback = "0",
	  .help = "只看一年",
	  .min = 0,
	  .max = 9999 },
};

static void json_row(struct json *j, const struct cli *cli, const struct draw_row *d)
{
	json_begin_object(j);
	json_put_text(j, "department", *d->department ? d->department : NULL);
	json_put_int(j, "drawn", d->drawn);
	json_put_text(j, "frozen_at", draw_time(cli, d->frozen_at));
	json_put_text(j, "id", d->id);
	json_put_text(j, "kind", d->kind);
	json_put_int(j, "objects", d->objects);
	json_put_text(j, "period", d->period);
	json_put_text(j, "plan", d->plan);
	json_put_text(j, "pool", d->pool);
	json_put_text(j, "reason", d->reason);
	json_put_text(j, "reveal_by", draw_day(cli, d->reveal_by));
	json_put_text(j, "root", d->root);
	json_put_text(j, "state", d->state);
	json_end_object(j);
}

static void list_json(const struct cli *cli, const struct life_draws *draws)
{
	struct cli_json j;

	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_text(&j.json, "gap", draws->gap);
	json_key(&j.json, "items");
	json_begin_array(&j.json);
	for (size_t i = 0; i < draws->count; i++)
		json_row(&j.json, cli, &draws->list[i]);
	json_end_array(&j.json);
	json_put_int(&j.json, "total", (int64_t)draws->count);
	json_end_object(&j.json);
	cli_json_print(&j);
}

/* "LH-1", or "LH-1（市场监管局）" of a department's draw */
static const char *pool_words(const struct cli *cli, const struct draw_row *d)
{
	const char *pool = plan_pool_words(d->pool);

	return *d->department ? arena_printf(cli->arena, "%s（%s）", pool, d->department) : pool;
}

static void list_text(const struct cli *cli, const struct life_draws *draws)
{
	struct cli_table t;

	cli_table_init(&t, cli->arena,
		       (const char *const[]){ "编号", "时期", "池", "状态", ">对象", ">抽中",
					      "锁定", "最迟揭示", "说明", NULL });
	for (size_t i = 0; i < draws->count; i++) {
		const struct draw_row *d = &draws->list[i];
		cli_table_row(&t, (const char *const[]){
					  d->id, d->period, pool_words(cli, d),
					  draw_state_words(d->state),
					  arena_printf(cli->arena, "%lld", (long long)d->objects),
					  arena_printf(cli->arena, "%lld", (long long)d->drawn),
					  draw_time(cli, d->frozen_at), draw_day(cli, d->reveal_by),
					  d->reason });
	}
	cli_table_print(&t);
	if (draws->gap)
		cli_warn("编号断了：缺 %s。请用 mingqian ledger verify 查看", draws->gap);
	else
		cli_print("共 %zu 次，编号逐号相连。\n", draws->count);
}

static int run_list(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	struct life_draws draws;
	struct office o;

	TRY(data_look(cli, &in->data, &o));
	int rc = life_draws(&o, cli->arena, in->body ? in->body : "", in->year, &draws);
	int code = rc == OK ? CLI_OK : draw_fail(cli, &o, NULL, rc);
	if (rc == OK && cli->json)
		list_json(cli, &draws);
	else if (rc == OK)
		list_text(cli, &draws);
	office_release(&o);
	return rc == OK && draws.gap ? CLI_REFUSED : code;
}

const struct cli_command cli_draw_list = {
	.words = "draw list",
	.help = "列出抽取（list），编号有没有断",
	.usage = "[--body CODE] [--year YEAR] " DATA_USAGE,
	DRAW_OPTIONS(struct options, list_rows, 0, 0),
	.run = run_list,
};

static void show_shares(const struct cli *cli, const struct life_draw_shown *s)
{
	for (size_t i = 0; i < s->share_count; i++) {
		const struct draw_share_row *h = &s->shares[i];
		bool own = strcmp(h->party, "operator") == 0;
		cli_print("  份额 %s：%s%s\n", own ? "抽取单位" : h->party,
			  *h->opened ? "已公开 " : "未公开，承诺 ",
			  *h->opened ? h->opened : h->commitment);
	}
	for (size_t i = 0; i < s->holder_count; i++) {
		const struct draw_holder_row *h = &s->holders[i];
		cli_print("  保管 %s：%s，%s 登记%s%s\n",
			  strcmp(h->office, "archive") == 0 ? "档案" : "纪检", h->holder,
			  draw_time(cli, h->at), h->rehearsed_at ? "，演练 " : "",
			  draw_time(cli, h->rehearsed_at));
	}
}

/* The lines "entropy SOURCE SELECTOR... [VALUE]" without their first word. */
static void show_declared(const struct life_draw_shown *s)
{
	struct span rest = span_of(s->entropy), line;

	if (*s->declared)
		cli_print("  声明 D：%s\n", s->declared);
	while (text_line(&rest, &line))
		cli_print("  随机数 %.*s\n", (int)(line.len - ENTROPY_WORD),
			  line.at + ENTROPY_WORD);
}

static void show_steps(const struct cli *cli, const struct draw_row *d)
{
	const struct {
		const char *words;
		int64_t at;
		const char *who;
	} steps[] = { { "准备", d->prepared_at, d->prepared_by },
		      { "批准", d->approved_at, d->approved_by },
		      { "锁定", d->frozen_at, d->frozen_by },
		      { "份额公开", d->opened_at, d->opened_by },
		      { "抽取", d->drawn_at, d->drawn_by },
		      { "揭示", d->revealed_at, d->revealed_by },
		      { strcmp(d->state, "annulled") == 0 ? "作废" : "取消", d->ended_at,
			d->ended_by } };

	for (size_t i = 0; i < COUNT(steps); i++)
		if (steps[i].at)
			cli_print("  %s %s %s\n", draw_time(cli, steps[i].at), steps[i].words,
				  steps[i].who);
}

static const char *late(int64_t day, const struct visit_press *p)
{
	return day > p->answer_by ? "（逾期）" : "";
}

static void show_changes(const struct cli *cli, const struct life_draw_shown *s)
{
	for (size_t i = 0; i < s->change_count; i++) {
		const struct visit_change *c = &s->changes[i];
		if (*c->new_visit)
			cli_print("  %s 更换对象：任务 %s → %s（批准：%s、%s）\n",
				  draw_time(cli, c->at), c->visit, c->new_visit, c->approver,
				  c->second);
		else
			cli_print("  %s %s：任务 %s，%s → %s（批准：%s）\n", draw_time(cli, c->at),
				  strcmp(c->kind, "illness") == 0 ? "生病" : "回避", c->visit,
				  c->left_member, c->new_member, c->approver);
	}
	for (size_t i = 0; i < s->press_count; i++) {
		const struct visit_press *p = &s->presses[i];
		cli_print("  %s 督办 %s：%s（%s，%s 前答复）\n", draw_time(cli, p->at), p->branch,
			  p->words, p->actor, draw_day(cli, p->answer_by));
		if (p->answered_at)
			cli_print("    %s 答复%s：%s（%s）\n", draw_time(cli, p->answered_at),
				  late(life_day(p->answered_at), p), p->answer, p->answered_by);
		else
			cli_print("    未答复%s\n", late(s->today, p));
	}
}

static void show_moved(const struct life_draw_shown *s)
{
	for (size_t i = 0; i < s->moved_count; i++) {
		const struct life_moved *m = &s->moved[i];
		cli_print(
			"  批准以后%s%s又有 %lld 次变更：mingqian registry diff %lld %lld --registry %s\n",
			s->row.frozen_at ? "、锁定以前，" : "，", registry_title(m->registry),
			(long long)m->changes, (long long)m->from, (long long)m->to,
			registry_name(m->registry));
	}
}

static void show_text(const struct cli *cli, const struct life_draw_shown *s)
{
	const struct draw_row *d = &s->row;

	cli_print("抽取 %s（%s，%s，%s 池）：%s\n", d->id, d->title, d->period,
		  plan_pool_words(d->pool), draw_state_words(d->state));
	show_steps(cli, d);
	if (*d->reason)
		cli_print("  原因：%s\n", d->reason);
	if (s->parent)
		cli_print("  联合：%s，为主办方 %s 抽中的对象抽检查组\n", d->department, s->parent);
	for (size_t i = 0; i < s->child_count; i++)
		cli_print("  联合部门：%s，抽取 %s（%s）\n", s->children[i].department,
			  s->children[i].id, draw_state_words(s->children[i].state));
	if (s->replaces)
		cli_print("  替代：%s\n", s->replaces);
	if (s->replaced_by)
		cli_print("  被替代：%s\n", s->replaced_by);
	show_moved(s);
	if (s->opening)
		cli_print("  %s\n", plan_opening_sentence(cli->arena, s->opening));
	show_declared(s);
	show_shares(cli, s);
	for (size_t i = 0; i < s->cover_count; i++)
		cli_print("  规则 %s：%s\n", s->covers[i].rule, s->covers[i].sentence);
	if (d->reveal_by)
		cli_print("  最迟揭示日：%s\n", draw_day(cli, d->reveal_by));
	if (d->drawn_at)
		cli_print(
			"  结果根：%s\n  抽中 %lld 家：待接收 %lld，已接收 %lld，已检查 %lld，已终结 "
			"%lld\n",
			d->root, (long long)d->drawn, (long long)s->visits.planned,
			(long long)s->visits.accepted, (long long)s->visits.visited,
			(long long)(s->visits.ended - s->visits.replaced));
	if (s->visits.replaced)
		cli_print("  另有 %lld 家由候补接替，不在上面的数里\n",
			  (long long)s->visits.replaced);
	if (d->drawn_at && !d->teams)
		cli_print("  抽取时排不出检查组：缺 %lld 人次%s\n", (long long)d->unmet,
			  s->staff ? "" : "，还没有另行派组（draw staff）");
	if (s->staff)
		cli_print("  %s 另行派组：%lld 项任务，%lld 人次，其中 %lld 人次超出声明的限度"
			  "（批准：%s、%s）\n",
			  draw_time(cli, s->staff->at), (long long)s->staff->visits,
			  (long long)s->staff->places, (long long)s->staff->beyond,
			  s->staff->approver, s->staff->second);
	show_changes(cli, s);
}

static void json_staff(struct json *j, const struct cli *cli, const struct life_draw_shown *s)
{
	if (!s->staff) {
		json_write_null(j);
		return;
	}
	json_begin_object(j);
	json_put_text(j, "at", draw_time(cli, s->staff->at));
	json_put_int(j, "beyond", s->staff->beyond);
	json_put_int(j, "places", s->staff->places);
	json_put_int(j, "visits", s->staff->visits);
	json_end_object(j);
}

static void json_opening(struct json *j, const struct plan_opening_said *said)
{
	json_key(j, "opening");
	if (!said) {
		json_write_null(j);
		return;
	}
	json_begin_object(j);
	json_put_text(j, "actor", said->actor);
	json_put_text(j, "approver", said->approver);
	json_put_text(j, "file", said->file);
	json_put_int(j, "rows", said->rows);
	json_put_int(j, "year", said->year);
	json_end_object(j);
}

static void show_json(const struct cli *cli, const struct life_draw_shown *s)
{
	struct cli_json j;

	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_int(&j.json, "changes", (int64_t)s->change_count);
	json_key(&j.json, "children");
	json_begin_array(&j.json);
	for (size_t i = 0; i < s->child_count; i++)
		json_text(&j.json, s->children[i].id);
	json_end_array(&j.json);
	json_put_text(&j.json, "declaration", s->row.declaration);
	json_put_text(&j.json, "declared", s->declared);
	json_key(&j.json, "draw");
	json_row(&j.json, cli, &s->row);
	json_put_text(&j.json, "entropy", s->entropy);
	json_key(&j.json, "moved");
	json_begin_array(&j.json);
	for (size_t i = 0; i < s->moved_count; i++) {
		json_begin_object(&j.json);
		json_put_int(&j.json, "changes", s->moved[i].changes);
		json_put_int(&j.json, "from", s->moved[i].from);
		json_put_text(&j.json, "registry", registry_name(s->moved[i].registry));
		json_put_int(&j.json, "to", s->moved[i].to);
		json_end_object(&j.json);
	}
	json_end_array(&j.json);
	json_opening(&j.json, s->opening);
	json_put_text(&j.json, "parent", s->parent);
	json_put_text(&j.json, "replaced_by", s->replaced_by);
	json_put_text(&j.json, "replaces", s->replaces);
	json_key(&j.json, "staff");
	json_staff(&j.json, cli, s);
	json_put_int(&j.json, "unmet", s->row.unmet);
	json_key(&j.json, "visits");
	json_begin_object(&j.json);
	json_put_int(&j.json, "accepted", s->visits.accepted);
	json_put_int(&j.json, "ended", s->visits.ended - s->visits.replaced);
	json_put_int(&j.json, "planned", s->visits.planned);
	json_put_int(&j.json, "replaced", s->visits.replaced);
	json_put_int(&j.json, "visited", s->visits.visited);
	json_end_object(&j.json);
	json_end_object(&j.json);
	cli_json_print(&j);
}

static int run_show(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	struct life_draw_shown shown;
	struct office o;

	TRY(data_look(cli, &in->data, &o));
	int rc = life_draw_show(&o, cli->arena, cli->args[0], &shown);
	int code = rc == OK ? CLI_OK : draw_fail(cli, &o, NULL, rc);
	if (rc == OK && cli->json)
		show_json(cli, &shown);
	else if (rc == OK)
		show_text(cli, &shown);
	office_release(&o);
	return code;
}

static const struct cli_option show_rows[] = {
	DATA_WHERE_ROWS(struct options, data),
};

const struct cli_command cli_draw_show = {
	.words = "draw show",
	.help = "一次抽取（show）：每一步、份额、保管、数量和以后的更换",
	.usage = "ID " DATA_USAGE,
	DRAW_OPTIONS(struct options, show_rows, 1, 1),
	.run = run_show,
};
