/* cli/dr1_odds.c — chances, teams and loads before the freeze. */
#include "app/draw_odds.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/dr1.h"

#include <string.h>

enum { SHOWN = 20, SHOWN_JSON = 10000 };

struct odds_options {
	int64_t trials, threshold;
};

static const struct cli_option options[] = {
	{ .name = "trials",
	  .kind = CLI_NUMBER,
	  .offset = offsetof(struct odds_options, trials),
	  .value = "N",
	  .fallback = "10000",
	  .min = 1,
	  .max = 1000000,
	  .help = "试抽多少次" },
	{ .name = "threshold",
	  .kind = CLI_NUMBER,
	  .offset = offsetof(struct odds_options, threshold),
	  .value = "N",
	  .fallback = "10",
	  .min = 1,
	  .max = 1000000000,
	  .help = "可选的检查组少于 N 种的对象要列出来" },
};

struct answer {
	struct cli *cli;
	const struct draw *draw;
	const struct draw_odds *odds;
	uint64_t threshold;
};

/* A fraction as decimal with two digits, rounded down. */
static const char *decimal(const struct cli *cli, uint64_t a, uint64_t b)
{
	uint64_t hundredths = b ? a * 100 / b : 0;

	return arena_printf(cli->arena, "%llu.%02llu", (unsigned long long)(hundredths / 100),
			    (unsigned long long)(hundredths % 100));
}

/* Of the mean drawn of a stratum's members, in percent. */
static const char *chance(const struct answer *x, uint32_t i)
{
	uint64_t members = x->draw->members[i];

	return members ? decimal(x->cli, x->odds->strata[i].drawn_sum * 100,
				 members * x->odds->trials)
		       : "-";
}

/* "<class>.v<k>" names a rotation sub-stratum; *class_len is where the class ends. */
static bool is_rotation(struct span name, size_t *class_len)
{
	size_t digits = 0;

	while (digits < name.len && name.at[name.len - 1 - digits] >= '0' &&
	       name.at[name.len - 1 - digits] <= '9')
		digits++;
	if (digits == 0 || name.len < digits + 3)
		return false;
	*class_len = name.len - digits - 2;
	return memcmp(name.at + *class_len, ".v", 2) == 0;
}

struct rotation {
	struct span class;
	uint64_t members, certain, none; /* certain: quota = members; none: quota 0 */
};

/* Sums up the sub-strata of each class; room for one a stratum. */
static uint32_t rotations(const struct answer *x, struct rotation *list)
{
	const struct rules *rules = &x->draw->rules;
	uint32_t count = 0;

	for (uint32_t i = 0; i < rules->stratum_count; i++) {
		struct span name = rules->strata[i].name;
		uint64_t members = x->draw->members[i];
		uint32_t k = 0;
		size_t len;
		if (!is_rotation(name, &len))
			continue;
		struct span class = { name.at, len };
		while (k < count && !span_equal(list[k].class, class))
			k++;
		if (k == count)
			list[count++] = (struct rotation){ .class = class };
		list[k].members += members;
		if (x->odds->strata[i].quota_most == 0)
			list[k].none += members;
		else if (x->odds->strata[i].quota_least >= members)
			list[k].certain += members;
	}
	return count;
}

static void json_strata(const struct answer *x, struct json *j)
{
	json_begin_array(j);
	for (uint32_t i = 0; i < x->draw->rules.stratum_count; i++) {
		const struct draw_odds_stratum *s = &x->odds->strata[i];
		json_begin_object(j);
		json_put_text(j, "chance_percent", chance(x, i));
		json_put_int(j, "members", (int64_t)x->draw->members[i]);
		json_key(j, "name");
		json_mem(j, x->draw->rules.strata[i].name.at, x->draw->rules.strata[i].name.len);
		json_put_int(j, "quota_least", (int64_t)s->quota_least);
		json_put_int(j, "quota_most", (int64_t)s->quota_most);
		json_end_object(j);
	}
	json_end_array(j);
}

static void json_loads(const struct answer *x, struct json *j)
{
	json_begin_array(j);
	for (uint32_t i = 0; i < x->draw->inspector_count; i++) {
		const struct draw_inspector *who = &x->draw->inspectors[i];
		json_begin_object(j);
		json_put_text(j, "grade", who->senior ? "S" : "J");
		json_key(j, "id");
		json_mem(j, who->id.at, who->id.len);
		json_put_int(j, "least", x->odds->loads[i].least);
		json_put_text(j, "mean", decimal(x->cli, x->odds->loads[i].sum, x->odds->feasible));
		json_put_int(j, "most", x->odds->loads[i].most);
		json_end_object(j);
	}
	json_end_array(j);
}

static void json_pairs(const struct answer *x, struct json *j)
{
	json_begin_array(j);
	for (uint32_t i = 0; i < x->odds->pair_count; i++) {
		const struct draw_odds_pair *p = &x->odds->pairs[i];
		const struct span *a = &x->draw->inspectors[p->a].id;
		const struct span *b = &x->draw->inspectors[p->b].id;
		json_begin_object(j);
		json_key(j, "a");
		json_mem(j, a->at, a->len);
		json_key(j, "b");
		json_mem(j, b->at, b->len);
		json_put_text(j, "percent_of_a", decimal(x->cli, p->together * 100, p->of));
		json_put_int(j, "together", (int64_t)p->together);
		json_end_object(j);
	}
	json_end_array(j);
}

static void json_rotations(const struct answer *x, struct json *j)
{
	struct rotation *list =
		arena_array(x->cli->arena, x->draw->rules.stratum_count, sizeof(*list));
	uint32_t count = rotations(x, list);

	json_begin_array(j);
	for (uint32_t i = 0; i < count; i++) {
		json_begin_object(j);
		json_put_int(j, "certain", (int64_t)list[i].certain);
		json_key(j, "class");
		json_mem(j, list[i].class.at, list[i].class.len);
		json_put_int(j, "members", (int64_t)list[i].members);
		json_put_int(j, "never", (int64_t)list[i].none);
		json_end_object(j);
	}
	json_end_array(j);
}

/* JSON numbers end at 2^53. */
static int64_t json_count(uint64_t n)
{
	return n < (UINT64_C(1) << 53) ? (int64_t)n : (INT64_C(1) << 53) - 1;
}

static void json_teams(const struct answer *x, struct json *j)
{
	const struct draw_odds *o = x->odds;

	json_begin_object(j);
	json_put_int(j, "below", (int64_t)o->few_count);
	json_put_bool(j, "known", o->teams_known);
	json_put_int(j, "least", json_count(o->teams_least));
	json_key(j, "list");
	json_begin_array(j);
	for (uint64_t i = 0; i < o->few_count && i < SHOWN_JSON; i++) {
		json_begin_object(j);
		json_key(j, "id");
		json_mem(j, o->few[i].object.at, o->few[i].object.len);
		json_put_int(j, "teams", json_count(o->few[i].teams));
		json_end_object(j);
	}
	json_end_array(j);
	json_put_int(j, "median", json_count(o->teams_median));
	json_put_int(j, "threshold", (int64_t)x->threshold);
	json_end_object(j);
}

static void answer_json(const struct answer *x)
{
	struct cli_json j;

	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_int(&j.json, "feasible", x->odds->feasible);
	json_key(&j.json, "loads");
	json_loads(x, &j.json);
	json_key(&j.json, "pairs");
	json_pairs(x, &j.json);
	json_put_int(&j.json, "relaxed", x->odds->relaxed);
	json_key(&j.json, "rotation");
	json_rotations(x, &j.json);
	json_put_text(&j.json, "seed", arena_printf(x->cli->arena, "dr1-odds %s", x->odds->name));
	json_key(&j.json, "strata");
	json_strata(x, &j.json);
	json_key(&j.json, "teams");
	json_teams(x, &j.json);
	json_put_int(&j.json, "trials", x->odds->trials);
	json_end_object(&j.json);
	cli_json_print(&j);
}

static const char *number(const struct cli *cli, uint64_t n)
{
	return arena_printf(cli->arena, "%llu", (unsigned long long)n);
}

static void print_strata(const struct answer *x)
{
	static const char *const heads[] = { "层", ">对象", ">名额", ">机会（%）", NULL };
	struct cli_table table;

	cli_table_init(&table, x->cli->arena, heads);
	for (uint32_t i = 0; i < x->draw->rules.stratum_count; i++) {
		const struct draw_odds_stratum *s = &x->odds->strata[i];
		const char *quota = number(x->cli, s->quota_least);
		if (s->quota_least != s->quota_most)
			quota = arena_printf(x->cli->arena, "%s-%s", quota,
					     number(x->cli, s->quota_most));
		const char *cells[] = { dr1_text(x->cli, x->draw->rules.strata[i].name),
					number(x->cli, x->draw->members[i]), quota, chance(x, i) };
		cli_table_row(&table, cells);
	}
	cli_print("各层每家被抽中的机会：\n");
	cli_table_print(&table);
}

/* A stratum nobody is drawn from, and which is no v0 of a rotation, is foreseeable: say so. */
static void warn_never(const struct answer *x)
{
	const struct rules *rules = &x->draw->rules;
	CLEANUP(buf_release) struct buf names;
	uint64_t members = 0, strata = 0;
	size_t len;

	buf_init(&names, 1 << 16);
	for (uint32_t i = 0; i < rules->stratum_count; i++) {
		struct span name = rules->strata[i].name;
		if (!x->draw->members[i] || x->odds->strata[i].quota_most ||
		    is_rotation(name, &len))
			continue;
		members += x->draw->members[i];
		if (strata++ < SHOWN)
			buf_printf(&names, "%s%.*s", strata > 1 ? "、" : "", (int)name.len,
				   name.at);
	}
	if (strata)
		cli_warn(
			"%llu 层共 %llu 家不管抽出什么数都不会抽到，名额是 0：%s%s；如不是有意，请并层或改名额",
			(unsigned long long)strata, (unsigned long long)members, buf_text(&names),
			strata > SHOWN ? " 等" : "");
}

static void print_rotations(const struct answer *x)
{
	struct rotation *list =
		arena_array(x->cli->arena, x->draw->rules.stratum_count, sizeof(*list));
	uint32_t count = rotations(x, list);

	for (uint32_t i = 0; i < count; i++)
		cli_print("轮查类别 %s：%llu 家中必查 %llu 家，本期不会抽到 %llu 家\n",
			  dr1_text(x->cli, list[i].class), (unsigned long long)list[i].members,
			  (unsigned long long)list[i].certain, (unsigned long long)list[i].none);
}

static void print_teams(const struct answer *x)
{
	const struct draw_odds *o = x->odds;

	if (!o->teams_known) {
		cli_print("\n对象超过 %llu 家，没有逐家数可选的检查组。\n",
			  (unsigned long long)DRAW_ODDS_TEAMS_OBJECTS);
		return;
	}
	cli_print(
		"\n单看一家，可选的检查组最少 %llu 种，中位 %llu 种；少于 %llu 种的有 %llu 家%s\n",
		(unsigned long long)o->teams_least, (unsigned long long)o->teams_median,
		(unsigned long long)x->threshold, (unsigned long long)o->few_count,
		o->few_count ? "，对它们来说派谁去实质上不随机：" : "。");
	for (uint64_t i = 0; i < o->few_count && i < SHOWN; i++)
		cli_print("  %.*s  %llu 种\n", (int)o->few[i].object.len, o->few[i].object.at,
			  (unsigned long long)o->few[i].teams);
	if (o->few_count > SHOWN)
		cli_print("  ……其余见 --json\n");
}

static void print_loads(const struct answer *x)
{
	static const char *const heads[] = { "人员", "级别", ">平均", ">最少", ">最多", NULL };
	struct cli_table table;

	cli_table_init(&table, x->cli->arena, heads);
	for (uint32_t i = 0; i < x->draw->inspector_count && i < SHOWN; i++) {
		const struct draw_odds_load *l = &x->odds->loads[i];
		const char *cells[] = { dr1_text(x->cli, x->draw->inspectors[i].id),
					x->draw->inspectors[i].senior ? "老 S" : "新 J",
					decimal(x->cli, l->sum, x->odds->feasible),
					number(x->cli, l->least), number(x->cli, l->most) };
		cli_table_row(&table, cells);
	}
	cli_print("\n各人这次会派到的趟数：\n");
	cli_table_print(&table);
	if (x->draw->inspector_count > SHOWN)
		cli_print("……共 %u 人，其余见 --json\n", x->draw->inspector_count);
}

static void print_pairs(const struct answer *x)
{
	cli_print("\n最常同组的人（占趟数较少那一位的比例）：\n");
	if (!x->odds->pairs_known)
		cli_print("  人员太多，没有统计\n");
	for (uint32_t i = 0; i < x->odds->pair_count; i++) {
		const struct draw_odds_pair *p = &x->odds->pairs[i];
		cli_print("  %s 与 %s：%s%%\n", dr1_text(x->cli, x->draw->inspectors[p->a].id),
			  dr1_text(x->cli, x->draw->inspectors[p->b].id),
			  decimal(x->cli, p->together * 100, p->of));
	}
}

static void answer_text(const struct answer *x)
{
	const struct draw_odds *o = x->odds;

	cli_print("用公开的种子试抽 %u 次（R = SHA256(\"dr1-odds %s <次序>\")），%u 次组得成检查组",
		  o->trials, o->name, o->feasible);
	cli_print(o->relaxed ? "，其中 %u 次用了声明的放宽。\n\n" : "。\n\n", o->relaxed);
	print_strata(x);
	print_rotations(x);
	print_teams(x);
	if (o->feasible == 0) {
		cli_print("\n没有一次组得成检查组：请增加人员、提高上限、扩大辖区，或减少名额。\n");
		return;
	}
	print_loads(x);
	print_pairs(x);
}

static int compute(struct cli *cli, const struct odds_options *o, struct draw_folder *f)
{
	struct dr1_watch watch;
	struct problem problem;
	struct draw draw;
	struct draw_odds odds;

	dr1_watch_init(&watch);
	int rc = draw_run_open(&f->files, 0, &watch.watch, &f->region, &draw, &problem);
	if (rc == OK)
		rc = draw_odds(&draw, (uint32_t)o->trials, (uint64_t)o->threshold, &watch.watch,
			       &f->region, &odds);
	cli_progress_end(&watch.progress);
	if (rc != OK)
		return dr1_fail(cli, rc, &problem);
	struct answer x = { cli, &draw, &odds, (uint64_t)o->threshold };
	warn_never(&x);
	if (cli->json)
		answer_json(&x);
	else
		answer_text(&x);
	return CLI_OK;
}

static int run(struct cli *cli, void *arg)
{
	struct draw_folder folder;

	TRY(dr1_open(cli, &folder));
	int code = compute(cli, arg, &folder);
	draw_folder_release(&folder);
	return code;
}

const struct cli_command cli_dr1_odds = {
	.words = "dr1 odds",
	.help = "锁定之前看机会：每层的概率、可选检查组数、各人趟数、谁常同组",
	.usage = "DIR [--trials N] [--threshold N]",
	.detail =
		"DIR 里要有 objects.tsv、inspectors.tsv、conflicts.tsv、rules.txt；不需要随机数。\n"
		"第 i 次试抽（从 0 起）的 R 是 SHA256(\"dr1-odds 名称 i\") 的十六进制，名称是声明里的抽取编号，\n"
		"还没有声明时是 rules.txt 的 SHA256；谁来算都一样。可按 Ctrl-C 中断。\n",
	.options = options,
	.option_count = COUNT(options),
	.options_size = sizeof(struct odds_options),
	.args_least = 1,
	.args_most = 1,
	.run = run,
};
