/* cli/dr1_explain.c — why one object was drawn or not, or how much one inspector got. */
#include "cli/dr1_explain.h"

#include "app/draw_foreign.h"
#include "app/draw_staffing.h"
#include "base/status.h"
#include "cli/commands.h"
#include "core/text.h"
#include "core/verify.h"

enum { RESULT_TEAM = 5 }; /* columns before a team in result.tsv */

#define LEFT_OUT_FILE "freeze/left-out.tsv"

enum { LEFT_OUT_MOST = 16 << 20 };

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

/* The cell after `skip` others of the line of this id; empty if there is none. */
static struct span cell_of(struct span text, struct span wanted, int skip)
{
	struct span line, cell;

	while (text.len) {
		span_cut(&text, '\n', &line);
		if (!span_cut(&line, '\t', &cell) || !span_equal(cell, wanted))
			continue;
		while (--skip > 0)
			if (!span_cut(&line, '\t', &cell))
				return SPAN("");
		span_cut(&line, '\t', &cell);
		return cell;
	}
	return SPAN("");
}

/* The object's team as the folder's files say: of the day of the draw, else what was made up for afterwards. */
static struct span team_of(const struct explaining *x, bool *later)
{
	struct span team = cell_of(x->folder.files.file[CORE_FILE_RESULT], x->id, RESULT_TEAM);

	*later = team.len == 0 && x->staff.len > 0;
	return *later ? cell_of(x->staff, x->id, 1) : team;
}

static void print_object(const struct cli *cli, const struct draw_explanation *e, struct span name,
			 struct span team, bool later)
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
		cli_print("检查组（%s按接受的次序，第一名老队员主办）：%s\n",
			  later ? "抽取时排不出，另行派组，见 " DRAW_STAFFING_FILE "；" : "",
			  cli_visible(cli->arena, team));
	cli_print("自己算一遍：mingqian dr1 tickets --seed R/objects，或见“不用我们的程序核验”\n");
}

static int explain_object(struct explaining *x, uint64_t offset)
{
	struct draw_explanation e;
	struct draw_object object;
	struct problem problem;
	bool later;

	int rc = draw_explain(&x->ready.draw, &x->ready.seed, x->id, &x->folder.region, &e,
			      &problem);
	if (rc != CORE_OK)
		return dr1_fail(x->cli, rc == CORE_FULL ? TOO_LARGE : INVALID, &problem);
	draw_object_at(&x->ready.draw, offset, &object);
	struct span team = team_of(x, &later);
	if (x->cli->json)
		json_object_answer(&e, object.name, team);
	else
		print_object(x->cli, &e, object.name, team, later);
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

/* What the office publishes after the reveal has no list of recusals (spec/draw.md 5.6). */
static bool is_public(const struct explaining *x)
{
	return !x->folder.files.file[CORE_FILE_CONFLICTS].at &&
	       x->folder.files.file[CORE_FILE_ROOT].at;
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
	x->open = is_public(x);
	int rc = x->open ? draw_ready_public(&x->folder, x->cli->args[0], &watch.watch, &x->ready,
					     &problem)
			 : draw_ready(&x->folder, x->cli->args[0], 0, &watch.watch, &x->ready,
				      &problem);
	cli_progress_end(&watch.progress);
	if (rc != OK)
		return dr1_fail(x->cli, rc, &problem);
	if (draw_find_object(&x->ready.draw, x->id, &offset))
		return explain_object(x, offset);
	if (draw_find_inspector(&x->ready.draw, x->id, &who)) {
		int code = dr1_explain_inspector(x, who, &watch.watch);
		cli_progress_end(&watch.progress);
		return code;
	}
	return fail_unlisted(x);
}

static int read_staff(struct explaining *x)
{
	const char *path = arena_printf(x->cli->arena, "%s/" DRAW_STAFFING_FILE, x->cli->args[0]);
	int rc = draw_foreign_read(path, draw_folder_limit(CORE_FILE_RESULT), &x->staff_map);

	if (rc == NONE)
		return CLI_OK;
	if (rc != OK)
		return cli_fail(x->cli, CLI_REFUSED,
				DRAW_STAFFING_FILE
				" 读不了（是文件夹、链接，或太大）：请向组织方索取原来的文件夹");
	x->staff = (struct span){ x->staff_map.at, x->staff_map.len };
	return CLI_OK;
}

static int run(struct cli *cli, void *options)
{
	struct explaining *x = arena_alloc(cli->arena, sizeof(*x));

	(void)options;
	x->cli = cli;
	x->id = span_of(cli->args[1]);
	TRY(dr1_read(cli, cli->args[0], &x->folder));
	int code = read_staff(x);
	if (code == CLI_OK)
		code = explain(x);
	if (x->staff_map.at)
		file_unmap(&x->staff_map);
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
