/* cli/plan_whatif.c — the year with another ratio, head count, cap or limit. */
#include "app/plan_whatif.h"

#include "base/status.h"
#include "cli/commands.h"
#include "cli/plan.h"

#include <string.h>

struct options {
	struct data_options data;
	const char *period, *day;
	struct cli_pairs ratios;
	int64_t version, heads, cap, limit;
};

static const struct cli_option option_rows[] = {
	DATA_ROWS(struct options, data),
	{ "period", CLI_TEXT, offsetof(struct options, period), "PERIOD", NULL,
	  "从哪一期起；不写为今天所在的一期", false, 0, 0 },
	{ "day", CLI_TEXT, offsetof(struct options, day), "YYYY-MM-DD", NULL,
	  "按这一天判断；不写为今天", false, 0, 0 },
	{ "version", CLI_NUMBER, offsetof(struct options, version), "N", "0", "第几版；不写为最新",
	  false, 0, INT64_MAX },
	{ "ratio", CLI_PAIRS, offsetof(struct options, ratios), "RULE=RATIO", NULL,
	  "一条规则的新比例或数，例如 key=20%、general=1/3、general=4，可写几次", false, 0, 0 },
	{ "heads", CLI_NUMBER, offsetof(struct options, heads), "N", "-1",
	  "双随机执法人员按这么多人计数", false, 0, 1000000 },
	{ "cap", CLI_NUMBER, offsetof(struct options, cap), "N", "-1",
	  "年度上限改为每家几次；0 为没有上限", false, 0, 366 },
	{ "limit", CLI_NUMBER, offsetof(struct options, limit), "N", "-1",
	  "每人每期上限，1 到 99999；名录里写了本人上限的人不变", false, 1, 99999 },
};

static bool parse_ratio(const char *text, struct plan_change *ret)
{
	struct span s = span_of(text), first;

	ret->b = 0;
	if (s.len && s.at[s.len - 1] == '%') {
		s.len--;
		ret->b = 100;
		return read_number(s, 100, &ret->a) == CORE_OK;
	}
	bool ratio = span_cut(&s, '/', &first);
	return read_number(first, 1000000, &ret->a) == CORE_OK &&
	       (!ratio || (read_number(s, 1000000, &ret->b) == CORE_OK && ret->b > 0));
}

static const char *load(const struct cli *cli, uint64_t hundredths)
{
	return arena_printf(cli->arena, "%llu.%02llu", (unsigned long long)(hundredths / 100),
			    (unsigned long long)(hundredths % 100));
}

static void row(const struct cli *cli, struct cli_table *t, const char *what, uint64_t before,
		uint64_t after)
{
	const char *cells[] = { what, plan_number(cli, before), plan_number(cli, after) };

	cli_table_row(t, cells);
}

static const char *share_of(const struct cli *cli, const struct plan_chance *c, int visits)
{
	return c->hidden ? "—" : plan_share(cli, c->share[visits]);
}

static void print(const struct cli *cli, int64_t limit, const struct plan_outcome o[2])
{
	static const char *const heads[] = { "", ">现在", ">改后", NULL };
	static const char *const chance_heads[] = { "一年被查的机会", "",          ">0 次", ">1 次",
						    ">2 次",          ">3 次以上", NULL };
	struct cli_table t, chances;

	cli_table_init(&t, cli->arena, heads);
	row(cli, &t, "本期检查（家）", o[0].project.list[0].visits, o[1].project.list[0].visits);
	row(cli, &t, "到年底检查（家次）", o[0].project.visits, o[1].project.visits);
	row(cli, &t, "到年底出动（人次）", o[0].project.places, o[1].project.places);
	row(cli, &t, "能派的人", o[0].people, o[1].people);
	row(cli, &t, "到期末最多（人次）", o[0].room, o[1].room);
	row(cli, &t, "到年底最多（人次）", o[0].year_room, o[1].year_room);
	row(cli, &t, "本期排不满（人次）", o[0].unmet, o[1].unmet);
	const char *period[] = { "每人本期", load(cli, o[0].load_period),
				 load(cli, o[1].load_period) };
	const char *year[] = { "每人到年底", load(cli, o[0].load_year), load(cli, o[1].load_year) };
	const char *met[] = { "各期最低数", o[0].met ? "满足" : "不满足",
			      o[1].met ? "满足" : "不满足" };
	cli_table_row(&t, period);
	cli_table_row(&t, year);
	cli_table_row(&t, met);
	cli_table_print(&t);
	cli_print("\n");
	cli_table_init(&chances, cli->arena, chance_heads);
	for (size_t i = 0; i < o[0].project.chance_count; i++)
		for (int k = 0; k < 2; k++) {
			const struct plan_chance *c = &o[k].project.chances[i];
			const char *cells[] = { k ? "" : c->title,   k ? "改后" : "现在",
						share_of(cli, c, 0), share_of(cli, c, 1),
						share_of(cli, c, 2), share_of(cli, c, 3) };
			cli_table_row(&chances, cells);
		}
	cli_table_print(&chances);
	cli_print("%s\n", plan_project_model());
	if (limit >= 0 && o[1].own_limits)
		cli_print(
			"能派的 %llu 人里有 %llu 人在名录里写了本人的“本期任务上限”，按本人的算，--limit "
			"不改：%s%s。逐人看：mingqian registry show 编号 --registry inspectors\n",
			(unsigned long long)o[1].people, (unsigned long long)o[1].own_limits,
			o[1].own, o[1].own_limits > 10 ? "等" : "");
}

static void outcome_json(struct json *j, const struct plan_outcome *o)
{
	json_begin_object(j);
	json_key(j, "chances");
	json_begin_array(j);
	for (size_t i = 0; i < o->project.chance_count; i++) {
		const struct plan_chance *c = &o->project.chances[i];
		json_begin_object(j);
		json_put_text(j, "id", c->id);
		json_put_int(j, "members", (int64_t)c->members);
		json_key(j, "millionths");
		json_begin_array(j);
		for (int v = 0; v < PLAN_HAD && !c->hidden; v++)
			json_int(j, (int64_t)c->share[v]);
		json_end_array(j);
		if (c->hidden)
			json_put_text(j, "visits", NULL);
		else
			json_put_int(j, "visits", (int64_t)c->visits);
		json_end_object(j);
	}
	json_end_array(j);
	json_put_int(j, "load_period_hundredths", (int64_t)o->load_period);
	json_put_int(j, "load_year_hundredths", (int64_t)o->load_year);
	json_put_bool(j, "met", o->met);
	json_put_int(j, "own_limits", (int64_t)o->own_limits);
	json_put_int(j, "people", (int64_t)o->people);
	json_key(j, "periods");
	json_begin_array(j);
	for (size_t i = 0; i < o->project.count; i++)
		json_int(j, (int64_t)o->project.list[i].visits);
	json_end_array(j);
	json_put_int(j, "places", (int64_t)o->project.places);
	json_put_int(j, "room", (int64_t)o->room);
	json_put_int(j, "unmet", (int64_t)o->unmet);
	json_put_int(j, "visits", (int64_t)o->project.visits);
	json_put_int(j, "year_room", (int64_t)o->year_room);
	json_end_object(j);
}

static void write_json(const struct plan_outcome o[2])
{
	struct cli_json j;

	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_key(&j.json, "after");
	outcome_json(&j.json, &o[1]);
	json_key(&j.json, "before");
	outcome_json(&j.json, &o[0]);
	json_put_text(&j.json, "model", plan_project_model());
	json_end_object(&j.json);
	cli_json_print(&j);
}

static int parse_changes(const struct cli *cli, const struct options *opt, struct plan_change *ret)
{
	for (size_t i = 0; i < opt->ratios.count; i++) {
		ret[i].rule = opt->ratios.at[i].name;
		if (!parse_ratio(opt->ratios.at[i].value, &ret[i]))
			return cli_fail_usage(cli, "--ratio “%s”应写成 20%%、1/3 或一个数",
					      opt->ratios.at[i].value);
	}
	return CLI_OK;
}

static int run(struct cli *cli, void *options)
{
	const struct options *opt = options;
	CLEANUP(office_release) struct office office = { .db = NULL };
	CLEANUP(plan_scene_release) struct plan_scene scene = { .notes = NULL };
	struct plan_scene_ask ask = { .plan = cli->args[0], .version = opt->version };
	struct plan_change *changes =
		arena_array(cli->arena, opt->ratios.count + 1, sizeof(*changes));
	struct plan_whatif what = { changes, opt->ratios.count, opt->heads, opt->cap, opt->limit };
	struct plan_outcome both[2];
	struct plan_notes notes;

	TRY(parse_changes(cli, opt, changes));
	TRY(data_look(cli, &opt->data, &office));
	plan_notes_init(&notes, cli->arena);
	TRY(plan_day_option(cli, &office, opt->day, &ask.day));
	int rc = plan_scene_open(&office, &ask, &notes, &scene);
	if (rc == OK)
		rc = plan_whatif_make(&scene, plan_period_option(cli, &scene, opt->period), &what,
				      both);
	if (rc != OK)
		return plan_fail(cli, &office, &notes, rc);
	if (cli->json)
		write_json(both);
	else
		print(cli, opt->limit, both);
	return CLI_OK;
}

const struct cli_command cli_plan_what_if = {
	.words = "plan what-if",
	.help = "试算：改比例、人数、上限，看检查次数、每人任务量和各类单位一年被查几次的机会",
	.usage = "ID " DATA_USAGE " [--ratio RULE=RATIO] [--heads N] [--cap N] [--limit N]",
	.detail = "什么也不改。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 1,
	.args_most = 1,
	.run = run,
};
