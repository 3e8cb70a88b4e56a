/* cli/dr1_run.c — the draw itself: record -> seed, result.tsv, result.root. */
#include "app/draw_ready.h"
#include "app/plan_trial.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/dr1.h"

struct drawing {
	struct cli *cli;
	struct draw_folder folder;
	struct draw_ready ready;
	struct draw_outcome out;
	struct plan_notes notes; /* why there are no teams */
};

static const char *const relax_words[] = {
	[RULES_ROTATION] = "rotation（连查回避不计）",
	[RULES_SECOND] = "second（每组至少一老，不要求一新）",
	[RULES_LIMIT] = "limit（每人上限加一）",
};

static const char *const mark_words[] = {
	[ASSIGN_FREE] = "",
	[ASSIGN_SHORT_SENIOR] = "缺老队员",
	[ASSIGN_SHORT_JUNIOR] = "缺新队员",
	[ASSIGN_SHORT_BOTH] = "新老都缺",
};

static int compute(struct drawing *d)
{
	const struct plan_shortage shortage = { .draw = &d->ready.draw, .teams = &d->out.teams };
	struct dr1_watch watch;
	struct problem problem;

	dr1_watch_init(&watch);
	int rc = draw_ready(&d->folder, d->cli->args[0], 0, &watch.watch, &d->ready, &problem);
	if (rc == OK)
		rc = draw_run(&d->ready.draw, &d->ready.seed, 0, &watch.watch, &d->folder.region,
			      &d->out);
	cli_progress_end(&watch.progress);
	if (rc == OK && !d->out.teams.feasible)
		rc = plan_explain_shortage(&shortage, &d->folder.region, &d->notes);
	return rc == OK ? CLI_OK : dr1_fail(d->cli, rc, &problem);
}

static int save(const struct drawing *d)
{
	const char *path = d->cli->args[0];
	const char *seed = arena_printf(d->cli->arena, "%.64s\n", d->ready.seed.hex);
	const char *root = arena_printf(d->cli->arena, "%.64s\n", d->out.result.root);
	const struct draw_folder_text texts[] = {
		{ CORE_FILE_SEED, span_of(seed) },
		{ CORE_FILE_RESULT, d->out.result.tsv },
		{ CORE_FILE_ROOT, span_of(root) },
	};
	enum core_file wrong;
	int rc = draw_folder_write(path, texts, COUNT(texts), &wrong);

	if (rc == CONFLICT)
		return cli_fail(
			d->cli, CLI_REFUSED,
			"%s 已经存在，内容与这次算出的不同：一份声明只有一个结果，不会覆盖；"
			"请用 dr1 verify 查明哪一个文件被改过",
			core_file_name(wrong));
	if (rc != OK)
		return cli_fail_status(
			d->cli, rc,
			arena_printf(d->cli->arena, "%s/%s", path, core_file_name(wrong)));
	return CLI_OK;
}

static void json_strata(const struct drawing *d, struct json *j)
{
	const struct draw *draw = &d->ready.draw;

	json_begin_array(j);
	for (uint32_t i = 0; i < draw->rules.stratum_count; i++) {
		const struct draw_stratum *s = &d->out.selection.strata[i];
		json_begin_object(j);
		json_put_int(j, "drawn", s->drawn_count);
		json_put_int(j, "members", (int64_t)draw->members[i]);
		json_key(j, "name");
		json_mem(j, draw->rules.strata[i].name.at, draw->rules.strata[i].name.len);
		json_put_int(j, "quota", (int64_t)s->quota);
		json_put_int(j, "reserves", s->reserve_count);
		json_end_object(j);
	}
	json_end_array(j);
}

static void json_shortage(const struct drawing *d, struct json *j)
{
	const struct draw_teams *t = &d->out.teams;

	json_begin_object(j);
	json_key(j, "notes");
	json_begin_array(j);
	for (size_t i = 0; i < d->notes.count; i++)
		json_text(j, d->notes.list[i].text);
	json_end_array(j);
	json_put_int(j, "unmet", (int64_t)t->result.unmet);
	json_key(j, "visits");
	json_begin_array(j);
	for (uint32_t v = 0; v < t->problem.visit_count; v++) {
		if (t->result.marks[v] == ASSIGN_FREE)
			continue;
		json_begin_object(j);
		json_key(j, "id");
		json_mem(j, t->problem.visits[v].id.at, t->problem.visits[v].id.len);
		json_put_text(j, "short", mark_words[t->result.marks[v]]);
		json_end_object(j);
	}
	json_end_array(j);
	json_end_object(j);
}

static void answer_json(const struct drawing *d)
{
	const struct draw_teams *t = &d->out.teams;
	struct cli_json j;

	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_text(&j.json, "draw", dr1_text(d->cli, d->ready.declaration.draw_id));
	json_put_int(&j.json, "drawn", (int64_t)d->out.selection.drawn_total);
	json_put_bool(&j.json, "feasible", t->feasible);
	json_put_bool(&j.json, "rehearsal", declare_floor(&d->ready.declaration).rehearsal);
	json_put_int(&j.json, "relaxed", t->relaxed);
	json_key(&j.json, "root");
	json_mem(&j.json, d->out.result.root, 64);
	json_key(&j.json, "seed");
	json_mem(&j.json, d->ready.seed.hex, 64);
	if (!t->feasible) {
		json_key(&j.json, "shortage");
		json_shortage(d, &j.json);
	}
	json_key(&j.json, "strata");
	json_strata(d, &j.json);
	json_put_int(&j.json, "visits", t->problem.visit_count);
	json_end_object(&j.json);
	cli_json_print(&j);
}

static void print_strata(const struct drawing *d)
{
	static const char *const heads[] = { "层", ">对象", ">名额", ">抽中", ">候补", "", NULL };
	const struct draw *draw = &d->ready.draw;
	struct arena *a = d->cli->arena;
	struct cli_table table;

	cli_table_init(&table, a, heads);
	for (uint32_t i = 0; i < draw->rules.stratum_count; i++) {
		const struct draw_stratum *s = &d->out.selection.strata[i];
		const char *cells[] = {
			dr1_text(d->cli, draw->rules.strata[i].name),
			arena_printf(a, "%llu", (unsigned long long)draw->members[i]),
			arena_printf(a, "%llu", (unsigned long long)s->quota),
			arena_printf(a, "%u", s->drawn_count),
			arena_printf(a, "%u", s->reserve_count),
			s->drawn_count < s->quota ? "不足名额" : "",
		};
		cli_table_row(&table, cells);
	}
	cli_table_print(&table);
}

static void print_shortage(const struct drawing *d)
{
	cli_print("\n组不成全部检查组。\n");
	for (size_t i = 0; i < d->notes.count; i++)
		cli_print("%s\n", d->notes.list[i].text);
	cli_print("抽中的对象已写入 result.tsv（没有检查组）；对象不因此重抽。\n");
}

static void answer_text(const struct drawing *d)
{
	const struct rules *rules = &d->ready.draw.rules;
	const struct draw_teams *t = &d->out.teams;

	cli_print("抽取 %s\n", dr1_text(d->cli, d->ready.declaration.draw_id));
	cli_print("R = %.64s\n\n", d->ready.seed.hex);
	print_strata(d);
	cli_print("\n共抽中 %llu 家，合 %u 趟检查\n",
		  (unsigned long long)d->out.selection.drawn_total, t->problem.visit_count);
	for (uint32_t i = 0; i < t->relaxed; i++)
		cli_print("%s声明的放宽：%s\n", t->feasible ? "按规则用了事先" : "已试过事先",
			  relax_words[rules->relax[i]]);
	if (!t->feasible)
		print_shortage(d);
	cli_print("结果根 %.64s\n", d->out.result.root);
	cli_print("已写入 %s：seed、result.tsv、result.root。结果根请在 24 小时内登记；"
		  "公开之前 seed、record、result.tsv 要保密。\n",
		  d->cli->args[0]);
	if (declare_floor(&d->ready.declaration).rehearsal)
		cli_print("演练无效：随机数是当场编的。\n");
}

static int draw(struct drawing *d)
{
	TRY(compute(d));
	TRY(save(d));
	if (d->cli->json)
		answer_json(d);
	else
		answer_text(d);
	return d->out.teams.feasible ? CLI_OK : CLI_REFUSED;
}

static int run(struct cli *cli, void *options)
{
	struct drawing *d = arena_alloc(cli->arena, sizeof(*d));

	(void)options;
	d->cli = cli;
	plan_notes_init(&d->notes, cli->arena);
	TRY(dr1_open(cli, &d->folder));
	int code = draw(d);
	draw_folder_release(&d->folder);
	return code;
}

const struct cli_command cli_dr1_run = {
	.words = "dr1 run",
	.help = "按声明和 record 抽取对象、组成检查组，写出 seed、result.tsv、result.root",
	.usage = "DIR",
	.detail =
		"读 objects.tsv inspectors.tsv conflicts.tsv rules.txt declaration record。\n"
		"record 是声明里的 entropy 各行后面加上公布的值，再接 share 各行，承诺换成公开的份额。\n"
		"再运行一次得到同样的字节；已有不同的结果时拒绝，不覆盖。\n"
		"组不成检查组时仍写出抽中的对象，退出码为 1，并说明缺谁、为什么。\n",
	.args_least = 1,
	.args_most = 1,
	.run = run,
};
