/* cli/dr1_explain.c — why one object was drawn or not, or how much one inspector got. */
#include "app/draw_foreign.h"
#include "app/draw_ready.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/dr1.h"
#include "core/text.h"
#include "core/verify.h"

#define LEFT_OUT_FILE "freeze/left-out.tsv"

enum { LEFT_OUT_MOST = 16 << 20 };

struct explaining {
	struct cli *cli;
	struct draw_folder folder;
	struct draw_ready ready;
	struct span id;
};

static void json_object_answer(const struct draw_explanation *e, struct span name, struct span team)
{
	struct cli_json j;

	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_bool(&j.json, "drawn", e->drawn);
	json_key(&j.json, "id");
	json_mem(&j.json, e->id.at, e->id.len);
	json_put_text(&j.json, "kind", "object");
	json_put_int(&j.json, "members", (int64_t)e->members);
	json_key(&j.json, "name");
	json_mem(&j.json, name.len ? name.at : "", name.len);
	json_put_int(&j.json, "quota", (int64_t)e->quota);
	json_put_int(&j.json, "rank", (int64_t)e->rank);
	json_put_bool(&j.json, "reserve", e->reserve);
	json_key(&j.json, "stratum");
	json_mem(&j.json, e->stratum.at, e->stratum.len);
	json_key(&j.json, "team");
	json_mem(&j.json, team.len ? team.at : "", team.len);
	json_put_text(&j.json, "ticket", e->ticket);
	json_end_object(&j.json);
	cli_json_print(&j);
}

/* The team column of the object's line in result.tsv; empty if there is no such line. */
static struct span team_of(const struct explaining *x)
{
	struct span text = x->folder.files.file[CORE_FILE_RESULT], line, id;

	while (text.len) {
		span_cut(&text, '\n', &line);
		if (!span_cut(&line, '\t', &id) || !span_equal(id, x->id))
			continue;
		for (int skip = 0; skip < 4; skip++)
			if (!span_cut(&line, '\t', &id))
				return SPAN("");
		return line;
	}
	return SPAN("");
}

static void print_object(const struct cli *cli, const struct draw_explanation *e, struct span name,
			 struct span team)
{
	cli_print("检查对象 %.*s %s\n", (int)e->id.len, e->id.at, cli_visible(cli->arena, name));
	cli_print("层 %.*s：共 %llu 家，名额 %llu\n", (int)e->stratum.len, e->stratum.at,
		  (unsigned long long)e->members, (unsigned long long)e->quota);
	cli_print("票号（ticket）%s\n", e->ticket);
	cli_print("按（票号，编号）从小到大排在本层第 %llu 位\n", (unsigned long long)e->rank);
	if (e->drawn)
		cli_print("结论：抽中，因为名次 %llu 不大于名额 %llu\n",
			  (unsigned long long)e->rank, (unsigned long long)e->quota);
	else if (e->reserve)
		cli_print("结论：没有抽中，因为名次 %llu 大于名额 %llu；列为第 %llu 候补\n",
			  (unsigned long long)e->rank, (unsigned long long)e->quota,
			  (unsigned long long)(e->rank - e->quota));
	else
		cli_print("结论：没有抽中，因为名次 %llu 大于名额 %llu\n",
			  (unsigned long long)e->rank, (unsigned long long)e->quota);
	if (team.len)
		cli_print("检查组（按接受的次序，第一名老队员主办）：%s\n",
			  cli_visible(cli->arena, team));
	cli_print("自己算一遍：mingqian dr1 tickets --seed R/objects，或见“不用我们的程序核验”\n");
}

static int explain_object(struct explaining *x, uint64_t offset)
{
	struct draw_explanation e;
	struct draw_object object;
	struct problem problem;

	int rc = draw_explain(&x->ready.draw, &x->ready.seed, x->id, &x->folder.region, &e,
			      &problem);
	if (rc != CORE_OK)
		return dr1_fail(x->cli, rc == CORE_FULL ? TOO_LARGE : INVALID, &problem);
	draw_object_at(&x->ready.draw, offset, &object);
	if (x->cli->json)
		json_object_answer(&e, object.name, team_of(x));
	else
		print_object(x->cli, &e, object.name, team_of(x));
	return CLI_OK;
}

struct share_of_work {
	uint64_t candidate, load; /* visits one may be sent to, and is sent to */
};

static bool listed(const uint32_t *list, uint32_t count, uint32_t who)
{
	uint32_t low = 0, high = count;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		if (list[mid] < who)
			low = mid + 1;
		else
			high = mid;
	}
	return low < count && list[low] == who;
}

static struct share_of_work count_work(const struct draw_teams *t, uint32_t who)
{
	const struct assign_problem *p = &t->problem;
	struct share_of_work out = { 0, t->feasible ? t->result.load[who] : 0 };

	for (uint32_t v = 0; v < p->visit_count; v++) {
		const struct assign_visit *visit = &p->visits[v];
		const struct assign_pool *pool = &p->pools[visit->pool];
		if (listed(pool->inspectors, pool->count, who) &&
		    !listed(visit->excluded, visit->excluded_count, who))
			out.candidate++;
	}
	return out;
}

static void answer_inspector(const struct explaining *x, const struct draw_inspector *i,
			     const struct draw_teams *t, struct share_of_work work)
{
	struct cli_json j;

	if (!x->cli->json) {
		cli_print("检查人员 %.*s（%s），上限 %u 趟，此前已有 %u 趟\n", (int)i->id.len,
			  i->id.at, i->senior ? "老队员 S" : "新队员 J", i->limit, i->base);
		cli_print("这次共 %u 趟检查，按辖区、资格和回避可派 %llu 趟\n",
			  t->problem.visit_count, (unsigned long long)work.candidate);
		if (t->feasible)
			cli_print(
				"派了 %llu 趟，累计 %llu 趟；各人累计要尽量均衡，同样均衡时由票号决定\n",
				(unsigned long long)work.load,
				(unsigned long long)(work.load + i->base));
		else
			cli_print("这次组不成检查组，没有派人\n");
		return;
	}
	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_int(&j.json, "base", i->base);
	json_put_int(&j.json, "candidate", (int64_t)work.candidate);
	json_put_bool(&j.json, "feasible", t->feasible);
	json_put_text(&j.json, "grade", i->senior ? "S" : "J");
	json_key(&j.json, "id");
	json_mem(&j.json, i->id.at, i->id.len);
	json_put_text(&j.json, "kind", "inspector");
	json_put_int(&j.json, "limit", i->limit);
	json_put_int(&j.json, "load", (int64_t)work.load);
	json_put_int(&j.json, "visits", t->problem.visit_count);
	json_end_object(&j.json);
	cli_json_print(&j);
}

static int explain_inspector(struct explaining *x, uint32_t who, const struct draw_watch *watch)
{
	struct draw_outcome out;
	int rc = draw_run(&x->ready.draw, &x->ready.seed, 0, watch, &x->folder.region, &out);

	if (rc != OK)
		return dr1_fail(x->cli, rc, NULL);
	answer_inspector(x, &x->ready.draw.inspectors[who], &out.teams,
			 count_work(&out.teams, who));
	return CLI_OK;
}

/* Why the id is on no list, if the freeze wrote it down: id, name, scope, reason a line. NULL if not. */
static const char *left_out(const struct explaining *x)
{
	const char *path = arena_printf(x->cli->arena, "%s/" LEFT_OUT_FILE, x->cli->args[0]);
	const char *why = NULL;
	struct span text, line, cell;
	struct file_map map;

	if (draw_foreign_read(path, LEFT_OUT_MOST, &map) != OK)
		return NULL;
	text = (struct span){ map.at, map.len };
	while (!why && text_line(&text, &line)) {
		if (!span_cut(&line, '\t', &cell) || !span_equal(cell, x->id))
			continue;
		for (int skip = 0; skip < 2; skip++)
			span_cut(&line, '\t', &cell);
		why = cli_visible(x->cli->arena, line);
	}
	file_unmap(&map);
	return why;
}

static int fail_unlisted(const struct explaining *x)
{
	const char *why = left_out(x);

	if (why)
		return cli_fail(
			x->cli, CLI_REFUSED,
			"“%s”不在检查对象和检查人员的名单里：锁定时没有列入，原因是：%s（见 " LEFT_OUT_FILE
			"）",
			x->cli->args[1], why);
	return cli_fail(
		x->cli, CLI_REFUSED,
		"“%s”不在这次抽取的检查对象（objects.tsv）和检查人员（inspectors.tsv）名单里；"
		"请核对编号：对象用登记号，不用统一社会信用代码",
		x->cli->args[1]);
}

static int explain(struct explaining *x)
{
	struct dr1_watch watch;
	struct problem problem;
	uint64_t offset;
	uint32_t who;

	if (!x->folder.files.file[CORE_FILE_RECORD].at)
		return cli_fail(x->cli, CLI_REFUSED,
				"还没有 record，票号要等随机数公布才有；抽取之前请看 dr1 odds");
	dr1_watch_init(&watch);
	int rc = draw_ready(&x->folder, x->cli->args[0], 0, &watch.watch, &x->ready, &problem);
	cli_progress_end(&watch.progress);
	if (rc != OK)
		return dr1_fail(x->cli, rc, &problem);
	if (draw_find_object(&x->ready.draw, x->id, &offset))
		return explain_object(x, offset);
	if (draw_find_inspector(&x->ready.draw, x->id, &who)) {
		int code = explain_inspector(x, who, &watch.watch);
		cli_progress_end(&watch.progress);
		return code;
	}
	return fail_unlisted(x);
}

static int run(struct cli *cli, void *options)
{
	struct explaining *x = arena_alloc(cli->arena, sizeof(*x));

	(void)options;
	x->cli = cli;
	x->id = span_of(cli->args[1]);
	TRY(dr1_read(cli, cli->args[0], &x->folder));
	int code = explain(x);
	draw_folder_release(&x->folder);
	return code;
}

const struct cli_command cli_dr1_explain = {
	.words = "dr1 explain",
	.help = "说明一个对象为什么抽中或没抽中，或一名检查人员派了多少",
	.usage = "DIR ID",
	.detail = "ID 是检查对象的登记号，或检查人员的编号。\n",
	.args_least = 2,
	.args_most = 2,
	.run = run,
};
