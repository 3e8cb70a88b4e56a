/* cli/plan_check.c — can the year still keep the law, what clashes, and what is covered. */
#include "app/import_area.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/plan.h"

struct options {
	struct data_options data;
	const char *period, *day, *cell;
	int64_t version, clash, most;
};

static const struct cli_option option_rows[] = {
	DATA_ROWS(struct options, data),
	{ "period", CLI_TEXT, offsetof(struct options, period), "PERIOD", NULL,
	  "哪一期，例如 2026-Q3；不写为今天所在的一期", false, 0, 0 },
	{ "day", CLI_TEXT, offsetof(struct options, day), "YYYY-MM-DD", NULL,
	  "按这一天判断；不写为今天", false, 0, 0 },
	{ "version", CLI_NUMBER, offsetof(struct options, version), "N", "0", "第几版；不写为最新",
	  false, 0, INT64_MAX },
	{ "sites", CLI_NUMBER, offsetof(struct options, clash), "NUMBER", "0",
	  "列出第几条冲突涉及的单位", false, 0, 100000 },
	{ "open", CLI_TEXT, offsetof(struct options, cell), "CELL", NULL,
	  "打开表里的一个数，例如 key.done：怎么算的，是哪些单位、哪些检查", false, 0, 0 },
	{ "most", CLI_NUMBER, offsetof(struct options, most), "N", "100", "最多列几家", false, 1,
	  1000000 },
};

/* ---- text ---- */

/* A number that would tell who waits is not shown. */
static const char *shown(const struct cli *cli, const struct plan_check_rule *r, uint64_t n)
{
	return r->hidden ? "—" : plan_number(cli, n);
}

static void print_rules(const struct cli *cli, const struct plan_check *c)
{
	static const char *const heads[] = { "规则",    "编号",    ">在册",    ">应查",
					     ">待查",   ">已查",   ">还差",    ">本期至少",
					     ">本期抽", ">到年底", "能否完成", NULL };
	struct cli_table table;

	cli_table_init(&table, cli->arena, heads);
	for (size_t i = 0; i < c->rule_count; i++) {
		const struct plan_check_rule *r = &c->rules[i];
		const char *cells[] = { r->title,
					r->id,
					plan_number(cli, r->members),
					plan_number(cli, r->want),
					shown(cli, r, r->pending),
					shown(cli, r, r->done),
					shown(cli, r, r->left),
					shown(cli, r, r->need),
					shown(cli, r, r->drawn),
					shown(cli, r, r->year_left),
					r->never                   ? "不能"
					: !r->possible             ? "见下"
					: c->ended && r->left == 0 ? "已满足"
								   : "能" };
		cli_table_row(&table, cells);
	}
	cli_table_print(&table);
	cli_print(
		"打开一个数：--open 编号.列，列是 members（在册）、required（应查）、planned（待查）、"
		"done（已查）、left（还差）、need（本期至少）、drawn（本期抽）、year_left（到年底）。\n");
	for (size_t i = 0; i < c->rule_count; i++)
		cli_print("· %s\n", c->rules[i].sentence);
}

static void print_year(const struct cli *cli, const struct plan_check *c)
{
	static const char *const heads[] = { "期次", ">抽", ">人次", "最低数", NULL };
	struct cli_table table;

	cli_print("\n以后各期（%s）\n", "按现在的名录和规则推算");
	cli_table_init(&table, cli->arena, heads);
	for (size_t i = 0; i < c->project.count; i++) {
		const struct plan_project_period *p = &c->project.list[i];
		const char *cells[] = { p->text, plan_number(cli, p->visits),
					plan_number(cli, p->places), p->met ? "满足" : "不满足" };
		cli_table_row(&table, cells);
	}
	cli_table_print(&table);
	for (size_t i = 0; i < c->project.count; i++)
		if (!c->project.list[i].met)
			cli_print("%s 不满足：%s。\n", c->project.list[i].text,
				  c->project.list[i].why);
	cli_print(
		"人手：能派 %llu 人（老 %llu）；到期末最多 %llu 人次，本期需要 %llu 人次；到年底最多 %llu 人次，"
		"需要 %llu 人次。\n",
		(unsigned long long)c->people.count, (unsigned long long)c->people.seniors,
		(unsigned long long)c->capacity.all.room,
		(unsigned long long)c->capacity.all.places,
		(unsigned long long)c->capacity.all.year_room,
		(unsigned long long)c->project.places);
	if (c->capacity.unmet)
		cli_print(
			"按县区、专业、老新、上限和剩余工作日逐一排过：缺 %llu 人次。抽取时只看每人上限和声明的"
			"放宽，不看工作日：那时会报缺 %llu 人次（回避和抽中的是哪一家还会有出入）。\n",
			(unsigned long long)c->capacity.unmet,
			(unsigned long long)c->capacity.unmet_as_drawn);
	else
		cli_print("按县区、专业、老新、上限和剩余工作日逐一排过：排得满。\n");
	const char *sure = plan_sure_sentence(&c->sure, cli->arena);
	if (sure)
		cli_print("机会：%s。\n", sure);
	if (c->campaign_visits)
		cli_print("另有专项 %llu 家，分别抽取。\n", (unsigned long long)c->campaign_visits);
}

static uint64_t reached(const struct plan_places *p)
{
	uint64_t n = 0;

	for (size_t i = 0; i < p->count; i++)
		n += p->list[i].visited > 0;
	return n;
}

static void print_coverage(const struct plan_scene *s, const struct plan_check *c)
{
	const struct plan_coverage *v = &c->coverage;
	uint64_t matters = 0;

	for (size_t i = 0; i < s->matters.count; i++)
		matters += v->matters[i].visited > 0;
	cli_print(
		"覆盖：今年查到%llu / %llu 家；县区 %llu / %zu；乡镇 %llu / %zu；事项 %llu / %zu。\n",
		(unsigned long long)v->visited, (unsigned long long)v->sites,
		(unsigned long long)reached(&v->counties), v->counties.count,
		(unsigned long long)reached(&v->townships), v->townships.count,
		(unsigned long long)matters, s->matters.count);
}

static int answer(const struct cli *cli, const struct plan_scene *s, const struct plan_check *c)
{
	cli_print("%s，%s%s\n\n", s->version.title, c->draw->asks.period_text,
		  c->ended              ? "（已经结束，不能再抽）"
		  : c->draw->asks.drawn ? "（已经抽过，本期不再抽）"
					: "");
	print_rules(cli, c);
	if (!c->ended)
		print_year(cli, c);
	print_coverage(s, c);
	cli_print("\n");
	plan_clashes_print(&c->clashes);
	if (c->clashes.stops)
		return cli_fail(cli, CLI_REFUSED, "有 %zu 条冲突不解决就不能冻结",
				c->clashes.stops);
	cli_print(c->clashes.count ? "以上不影响冻结，请逐条处理。\n" : "没有冲突。\n");
	return CLI_OK;
}

/* ---- JSON ---- */

static void put_shown(struct json *j, const char *key, const struct plan_check_rule *r, uint64_t n)
{
	if (r->hidden)
		json_put_text(j, key, NULL);
	else
		json_put_int(j, key, (int64_t)n);
}

static void rules_json(struct json *j, const struct plan_check *c)
{
	json_key(j, "rules");
	json_begin_array(j);
	for (size_t i = 0; i < c->rule_count; i++) {
		const struct plan_check_rule *r = &c->rules[i];
		json_begin_object(j);
		put_shown(j, "done", r, r->done);
		put_shown(j, "drawn", r, r->drawn);
		json_put_text(j, "id", r->id);
		json_put_text(j, "law", r->law);
		put_shown(j, "left", r, r->left);
		json_put_int(j, "members", (int64_t)r->members);
		put_shown(j, "missing", r, r->missing);
		put_shown(j, "need", r, r->need);
		put_shown(j, "planned", r, r->pending);
		json_put_bool(j, "possible", r->possible);
		json_put_int(j, "required", (int64_t)r->want);
		json_put_text(j, "sentence", r->sentence);
		json_put_text(j, "title", r->title);
		put_shown(j, "year_left", r, r->year_left);
		put_shown(j, "year_room", r, r->year_room);
		json_end_object(j);
	}
	json_end_array(j);
}

static void places_json(struct json *j, const char *key, const struct plan_places *places)
{
	json_key(j, key);
	json_begin_array(j);
	for (size_t i = 0; i < places->count; i++) {
		const struct plan_place *p = &places->list[i];
		json_begin_object(j);
		json_put_text(j, "code", p->code);
		json_put_text(j, "county", p->county);
		json_put_int(j, "sites", (int64_t)p->sites);
		json_put_int(j, "uncovered", (int64_t)p->uncovered);
		json_put_int(j, "visited", (int64_t)p->visited);
		json_end_object(j);
	}
	json_end_array(j);
}

static void matters_json(struct json *j, const struct plan_scene *s, const struct plan_check *c)
{
	json_key(j, "matters");
	json_begin_array(j);
	for (size_t i = 0; i < s->matters.count; i++) {
		json_begin_object(j);
		json_key(j, "id");
		json_mem(j, s->matters.list[i].id.at, s->matters.list[i].id.len);
		json_put_int(j, "sites", (int64_t)c->coverage.matters[i].sites);
		json_put_int(j, "visited", (int64_t)c->coverage.matters[i].visited);
		json_end_object(j);
	}
	json_end_array(j);
}

static void capacity_json(struct json *j, const struct plan_check *c)
{
	const struct plan_sums *all = &c->capacity.all;

	json_key(j, "capacity");
	json_begin_object(j);
	json_put_int(j, "people", (int64_t)all->people);
	json_put_int(j, "places", (int64_t)all->places);
	json_put_int(j, "room", (int64_t)all->room);
	json_put_int(j, "senior_room", (int64_t)all->senior_room);
	json_put_int(j, "seniors", (int64_t)all->seniors);
	json_put_int(j, "seniors_needed", (int64_t)all->seniors_needed);
	json_put_int(j, "unmet", (int64_t)c->capacity.unmet);
	json_put_int(j, "unmet_as_drawn", (int64_t)c->capacity.unmet_as_drawn);
	json_put_int(j, "visits", (int64_t)all->visits);
	json_put_int(j, "year_places", (int64_t)c->project.places);
	json_put_int(j, "year_room", (int64_t)all->year_room);
	json_end_object(j);
}

static void periods_json(struct json *j, const struct plan_check *c)
{
	json_key(j, "periods");
	json_begin_array(j);
	for (size_t i = 0; i < c->project.count; i++) {
		const struct plan_project_period *p = &c->project.list[i];
		json_begin_object(j);
		json_put_bool(j, "met", p->met);
		json_put_text(j, "period", p->text);
		json_put_int(j, "places", (int64_t)p->places);
		json_put_int(j, "visits", (int64_t)p->visits);
		json_put_text(j, "why", p->why);
		json_end_object(j);
	}
	json_end_array(j);
}

static void chances_json(struct json *j, const struct plan_check *c)
{
	json_key(j, "chances");
	json_begin_object(j);
	json_put_int(j, "certain", (int64_t)c->sure.certain);
	json_put_int(j, "due", (int64_t)c->sure.due);
	json_put_int(j, "held", (int64_t)c->sure.held);
	json_put_int(j, "left_out", (int64_t)c->sure.left_out);
	json_put_int(j, "met", (int64_t)c->sure.met);
	json_put_int(j, "turned", (int64_t)c->sure.turned);
	json_end_object(j);
}

static void write_json(const struct plan_scene *s, const struct plan_check *c)
{
	struct cli_json j;

	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_int(&j.json, "campaign_visits", (int64_t)c->campaign_visits);
	capacity_json(&j.json, c);
	chances_json(&j.json, c);
	plan_clashes_json(&j.json, &c->clashes);
	places_json(&j.json, "counties", &c->coverage.counties);
	json_put_int(&j.json, "drawn", c->ended ? 0 : (int64_t)c->draw->cover.drawn);
	json_put_bool(&j.json, "ended", c->ended);
	matters_json(&j.json, s, c);
	json_put_text(&j.json, "period", c->draw->asks.period_text);
	periods_json(&j.json, c);
	json_put_text(&j.json, "plan", s->plan.id);
	rules_json(&j.json, c);
	json_put_int(&j.json, "sites", (int64_t)c->draw->sum.live);
	json_put_int(&j.json, "stops", (int64_t)c->clashes.stops);
	places_json(&j.json, "townships", &c->coverage.townships);
	json_put_int(&j.json, "uncovered", (int64_t)c->draw->sum.uncovered);
	json_end_object(&j.json);
	cli_json_print(&j);
}

/* ---- sites of a clash ---- */

struct listing {
	const struct cli *cli;
	struct cli_json json;
	uint64_t count;
};

static int list_site(void *arg, const struct site *site)
{
	struct listing *l = arg;
	struct span id = site->text[SITE_ID], name = site->text[SITE_NAME];
	struct span county = site->text[SITE_COUNTY], where = area_name(county);

	l->count++;
	if (!l->cli->json) {
		cli_print("%.*s  %.*s  %.*s\n", (int)id.len, id.at, (int)where.len, where.at,
			  (int)name.len, name.at);
		return OK;
	}
	json_begin_object(&l->json.json);
	json_key(&l->json.json, "county");
	json_mem(&l->json.json, county.at, county.len);
	json_key(&l->json.json, "id");
	json_mem(&l->json.json, id.at, id.len);
	json_key(&l->json.json, "name");
	json_mem(&l->json.json, name.at, name.len);
	json_end_object(&l->json.json);
	return OK;
}

static int list_sites(const struct cli *cli, const struct options *opt, const struct plan_scene *s,
		      const struct plan_check *c)
{
	struct listing l = { .cli = cli };
	const struct plan_site_ask ask = { (size_t)opt->clash - 1, (uint64_t)opt->most, list_site,
					   &l };

	if ((size_t)opt->clash > c->clashes.count)
		return cli_fail(cli, CLI_REFUSED, "没有第 %lld 条冲突，一共 %zu 条",
				(long long)opt->clash, c->clashes.count);
	cli_json_begin(&l.json);
	json_begin_object(&l.json.json);
	json_key(&l.json.json, "sites");
	json_begin_array(&l.json.json);
	int rc = plan_check_sites(s, c, &ask);
	json_end_array(&l.json.json);
	json_end_object(&l.json.json);
	if (rc == OK && cli->json)
		cli_json_print(&l.json);
	else
		buf_release(&l.json.text);
	if (rc == OK && !cli->json)
		cli_print("%s%llu 家。\n", c->clashes.list[opt->clash - 1].text[0] ? "列出 " : "",
			  (unsigned long long)l.count);
	return rc == OK ? CLI_OK : cli_fail_status(cli, rc, "检查对象名录");
}

static int run(struct cli *cli, void *options)
{
	const struct options *opt = options;
	CLEANUP(office_release) struct office office = { .db = NULL };
	CLEANUP(plan_scene_release) struct plan_scene scene = { .notes = NULL };
	struct plan_scene_ask ask = { .plan = cli->args[0], .version = opt->version };
	struct plan_check *check = arena_alloc(cli->arena, sizeof(*check));
	struct plan_notes notes;

	TRY(data_look(cli, &opt->data, &office));
	plan_notes_init(&notes, cli->arena);
	TRY(plan_day_option(cli, &office, opt->day, &ask.day));
	int rc = plan_scene_open(&office, &ask, &notes, &scene);
	if (rc == OK)
		rc = plan_check_make(&scene, plan_period_option(cli, &scene, opt->period), check);
	if (rc != OK)
		return plan_fail(cli, &office, &notes, rc);
	if (opt->cell)
		return plan_open_cell(cli, &scene, check, opt->cell, (uint64_t)opt->most);
	if (opt->clash)
		return list_sites(cli, opt, &scene, check);
	if (!cli->json) {
		sheet_notes_print(cli, &notes);
		return answer(cli, &scene, check);
	}
	write_json(&scene, check);
	return check->clashes.stops ? CLI_REFUSED : CLI_OK;
}

const struct cli_command cli_plan_check = {
	.words = "plan check",
	.help = "核对计划：各条规则应查、待查、已查、还差多少，能否完成，有哪些冲突和空白",
	.usage = "ID " DATA_USAGE
		 " [--period PERIOD] [--day YYYY-MM-DD] [--sites NUMBER] [--open CELL]",
	.detail =
		"有不解决就不能冻结的冲突时退出 1。--sites 列出一条冲突涉及的单位，正在等待检查的单位是\n"
		"保密的，任何清单里都没有。--open 打开表里的一个数，写成 规则编号.列，列的名字和 --json 里的一样。\n"
		"范围不到 5 家的，还有检查任务没有做完时只写在册和应查，免得看出哪一家已被抽中。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 1,
	.args_most = 1,
	.run = run,
};
