/* test/app/plan_history.c — whose visits are whose. */
#include "app/plan_history.h"

#include "app/life_seal.h"
#include "app/registry_merge.h"
#include "base/clock.h"
#include "base/status.h"
#include "store/visit.h"

#include "plan_world.h"
#include "unit.h"

static void merge(struct plan_world *w, const char *survivor, const char *gone)
{
	const struct registry_act act = { w->o, w->a, REGISTRY_SITES, "同一家企业录了两次",
					  &w->notes };
	const struct registry_merge_in in = { .survivor = survivor, .gone = &gone, .count = 1 };
	int64_t change;

	CHECK_INT(registry_act_merge(&act, &in, &change), OK);
}

TEST(visits_of_a_merged_site_count_for_its_survivor)
{
	struct plan_world w = { 0 };
	struct plan_opening_sum sum;
	const char *sites = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 10);
	const struct plan_world_data data = {
		.sites = sites,
		.inspectors =
			"id,name,certificate,certificate_until,since\n"
			"P-1,甲,03-1,2030-12-31,2010-01-01\nP-2,乙,03-2,2030-12-31,2025-01-01\n",
		.rules = "{\"id\": \"key\", \"title\": \"重点\", \"who\": {\"classes\": [\"key\"]},"
			 " \"basis\": {\"percent\": 50}, \"period\": \"quarter\"}",
	};

	plan_world_init(&w, &data);
	CHECK_INT(plan_world_opening(&w,
				     "类别,编号,日期\n检查,130602-0001,2026-01-15\n"
				     "检查,130602-0003,2026-01-16\n检查,130602-0004,2026-01-17\n",
				     &sum),
		  OK);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(plan_world_rule(&w, "key")->done, 3);
	merge(&w, "130602-0002", "130602-0001"); /* not visited itself */
	merge(&w, "130602-0003", "130602-0004"); /* visited too */
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(plan_world_rule(&w, "key")->members, 8);
	CHECK_INT(plan_world_rule(&w, "key")->done, 2);
	plan_world_release(&w);
}

#define PEOPLE                                                                                     \
	"id,name,certificate,certificate_until,since\n"                                            \
	"P-1,甲,03-1,2030-12-31,2010-01-01\nP-2,乙,03-2,2030-12-31,2025-01-01\n"

static void edit(struct plan_world *w, const char *id, const char *state)
{
	const struct registry_act act = { w->o, w->a, REGISTRY_SITES, "企业已经关闭搬迁",
					  &w->notes };
	const struct registry_value values[] = { { SITE_STATE, state },
						 { SITE_STATE_EVIDENCE, "现场核实" },
						 { SITE_LEAVE_REASON, "停止生产" } };
	const struct registry_edit_in in = { .id = id, .values = values, .count = 3 };
	int64_t change;

	CHECK_INT(registry_act_edit(&act, &in, &change), OK);
}

static void split(struct plan_world *w, const char *id, size_t parts)
{
	const struct registry_act act = { w->o, w->a, REGISTRY_SITES, "两个厂区分开管理",
					  &w->notes };
	const struct registry_value second = { SITE_NAME, "二厂" }, third = { SITE_NAME, "三厂" };
	const struct registry_part list[] = { { &second, 1 }, { &third, 1 } };
	const struct registry_split_in in = { .id = id, .parts = list, .count = parts };
	const char *const *ids;
	int64_t change;

	CHECK_INT(registry_act_split(&act, &in, &ids, &change), OK);
}

#define VISIT(id, day) "检查,130602-000" id ",2026-" day ",日常,\n"

TEST(visits_of_sites_that_left_since_were_made_all_the_same)
{
	struct plan_world w = { 0 };
	struct plan_opening_sum sum;
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, NULL, "130602", "general,130602,,,,,,,", 20),
		.inspectors = PEOPLE,
		.matters = "id,name,kinds\nM-1,排污许可,\n",
		.rules =
			"{\"id\": \"heads\", \"title\": \"每人五家\", \"basis\": {\"per_inspector\": 5},"
			" \"period\": \"year\"},"
			"{\"id\": \"number\", \"title\": \"十二家\", \"basis\": {\"number\": 12},"
			" \"period\": \"year\"},"
			"{\"id\": \"part\", \"title\": \"一半\", \"basis\": {\"percent\": 50},"
			" \"period\": \"year\"},"
			"{\"id\": \"all\", \"title\": \"全部\", \"basis\": {\"all\": true},"
			" \"period\": \"year\"}",
		.lines = "编号,类别,名称,目标,范围\nzh,证后监管,许可,8,\nzp,证后监管,许可,50%,\n",
	};

	plan_world_init(&w, &data);
	CHECK_INT(plan_world_opening(&w,
				     "类别,编号,日期,检查类型,次数\n" VISIT("1", "01-15")
					     VISIT("2", "01-16") VISIT("3", "01-17")
						     VISIT("4", "01-18") VISIT("4", "02-18"),
				     &sum),
		  OK);
	edit(&w, "130602-0002", "关闭");
	edit(&w, "130602-0003", "搬迁");
	edit(&w, "130602-0004", "停产");
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(plan_world_rule(&w, "heads")->members, 17);
	/* visits are counted: five were made */
	CHECK_INT(plan_world_rule(&w, "heads")->done, 5);
	CHECK_INT(plan_world_rule(&w, "heads")->left, 5);
	CHECK_INT(plan_world_rule(&w, "number")->done, 5);
	/* a share is of the sites that there are: one of the seventeen was reached */
	CHECK_INT(plan_world_rule(&w, "part")->done, 1);
	CHECK_INT(plan_world_rule(&w, "all")->done, 1);
	CHECK_INT(plan_world_rule(&w, "all")->left, 16);
	/* so many sites of a line: four were; a share of its pool: one */
	CHECK_INT(plan_world_rule(&w, "zh")->done, 4);
	CHECK_INT(plan_world_rule(&w, "zp")->done, 1);
	plan_world_release(&w);
}

TEST(visits_outside_the_area_do_not_count)
{
	struct plan_world w = { 0 };
	struct plan_opening_sum sum;
	const char *sites = plan_world_sites(&w, NULL, "130602", "general,130602,,,,,,,", 5);
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, sites, "130606", "key,130606,,,,,,,", 5),
		.inspectors = PEOPLE,
		.rules =
			"{\"id\": \"g\", \"title\": \"一般\", \"who\": {\"classes\": [\"general\"]},"
			" \"basis\": {\"per_inspector\": 5}, \"period\": \"year\"}",
	};

	plan_world_init(&w, &data);
	CHECK_INT(plan_world_opening(&w,
				     "类别,编号,日期\n检查,130602-0001,2026-01-15\n"
				     "检查,130606-0001,2026-01-15\n",
				     &sum),
		  OK);
	edit(&w, "130602-0001", "关闭");
	edit(&w, "130606-0001", "关闭"); /* of another class */
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(plan_world_rule(&w, "g")->done, 1);
	plan_world_release(&w);
}

TEST(matters_checked_at_sites_that_left_were_checked)
{
	struct plan_world w = { 0 };
	struct plan_opening_sum sum;
	const char *sites =
		plan_world_sites(&w, NULL, "130602", "general,130602,,,,discharger,,,", 60);
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, sites, "130606", "general,130606,,,,waste,,,", 2),
		.inspectors = PEOPLE,
		.matters = "id,name,kinds\nM-1,排污许可,discharger\nM-2,危废经营,waste\n",
		.rules = "{\"id\": \"g\", \"title\": \"一般\", \"basis\": {\"percent\": 10},"
			 " \"period\": \"quarter\"}",
	};

	plan_world_init(&w, &data);
	CHECK_INT(plan_world_opening(&w, "类别,编号,日期\n检查,130606-0001,2026-01-15\n", &sum),
		  OK);
	edit(&w, "130606-0001", "关闭");
	CHECK_INT(plan_world_check(&w, "2026-Q4"), OK);
	/* no ask of its own for the kind that was reached before the site closed */
	CHECK_INT(w.check.draw->asks.count, 1);
	const struct plan_clash *gap = plan_world_clash(&w, CLASH_GAP, 0);
	CHECK(!gap ||
	      strcmp(gap->county, "130606") == 0); /* no matter: a county that gets no share */
	CHECK(!plan_world_clash(&w, CLASH_GAP, 1));
	CHECK_INT(w.check.coverage.matters[1].visited, 1);
	CHECK_INT(w.check.coverage.matters[1].sites, 1);
	plan_world_release(&w);
}

/* How often a site was visited, as the draw's cells see it. */
static uint64_t had(const struct plan_world *w, const char *id, uint32_t *ret_cap)
{
	size_t count;
	uint64_t n = 0;
	size_t at = plan_history_find(&w->scene.history, span_of(id), &count);

	*ret_cap = 0;
	for (size_t i = at; i < at + count; i++) {
		const struct plan_past *p = &w->scene.history.list[i];
		n += p->only_cap ? 0 : p->n;
		*ret_cap += p->only_cap ? p->n : 0;
	}
	return n;
}

TEST(parts_of_a_split_site_take_over_its_visits_until_then)
{
	struct plan_world w = { 0 };
	struct plan_opening_sum sum;
	uint32_t cap;
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, NULL, "130602", "general,130602,,,,,,,", 10),
		.inspectors = PEOPLE,
		.more = "\"cap\": {\"visits\": 2, \"per\": \"site\", \"counts\": [\"daily\"],"
			" \"document\": \"上限文件\"},",
		.rules =
			"{\"id\": \"heads\", \"title\": \"每人五家\", \"basis\": {\"per_inspector\": 5},"
			" \"period\": \"year\"},"
			"{\"id\": \"part\", \"title\": \"一半\", \"basis\": {\"percent\": 50},"
			" \"period\": \"year\"}",
	};

	plan_world_init(&w, &data);
	split(&w, "130602-0001", 2);
	plan_world_day(&w, "2026-04-07");
	/* one before the split, one on its day, one later, and a count of the cap before it */
	CHECK_INT(plan_world_opening(&w,
				     "类别,编号,日期,检查类型,次数\n" VISIT("1", "01-15") VISIT(
					     "1", "03-02") VISIT("1", "03-03")
					     VISIT("2", "03-03") "频次,130602-0001,2026-02-01,,1\n",
				     &sum),
		  OK);
	CHECK_INT(plan_world_check(&w, "2026-Q2"), OK);
	CHECK_INT(had(&w, "130602-0001", &cap), 3);
	CHECK_INT(cap, 1);
	CHECK_INT(had(&w, "130602-0001.1", &cap), 2);
	CHECK_INT(cap, 1);
	CHECK_INT(had(&w, "130602-0001.2", &cap), 2);
	CHECK_INT(w.check.draw->sum.live, 12);
	/* each visit was made once; of the units there are four were reached */
	CHECK_INT(plan_world_rule(&w, "heads")->done, 4);
	CHECK_INT(plan_world_rule(&w, "part")->done, 4);
	/* 0001, 0001.1 and 0001.2 are at the cap */
	CHECK_INT(plan_world_rule(&w, "part")->ask->capped, 3);
	plan_world_release(&w);
}

TEST(a_firm_is_not_charged_twice_for_one_visit)
{
	struct plan_world w = { 0 };
	struct plan_opening_sum sum;
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, NULL, "130602", "general,130602,,,,,,,", 10),
		.inspectors = PEOPLE,
		.more = "\"cap\": {\"visits\": 2, \"per\": \"firm\", \"counts\": [\"daily\"],"
			" \"document\": \"上限文件\"},",
		.rules = "{\"id\": \"part\", \"title\": \"一半\", \"basis\": {\"percent\": 50},"
			 " \"period\": \"year\"}",
	};
	const struct registry_value firm = { SITE_FIRM, "某集团" };
	const struct registry_edit_in in = { .id = "130602-0001", .values = &firm, .count = 1 };
	int64_t change;

	plan_world_init(&w, &data);
	const struct registry_act act = { w.o, w.a, REGISTRY_SITES, "写明企业", &w.notes };
	CHECK_INT(registry_act_edit(&act, &in, &change), OK);
	split(&w, "130602-0001", 2);
	CHECK_INT(plan_world_opening(&w, "类别,编号,日期\n检查,130602-0001,2026-01-15\n", &sum),
		  OK);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	/* one of the firm's two is left, for one of its three parts */
	CHECK_INT(plan_world_rule(&w, "part")->ask->capped, 2);
	CHECK_INT(plan_world_rule(&w, "part")->done, 3);
	plan_world_release(&w);
}

/* One visit of a period's draw, put in by hand; day 0: it waits, and is secret. */
struct made {
	struct plan_world *w;
	struct visit_row row;
	bool given;
};

static int next_made(void *arg, struct visit_row *row)
{
	struct made *m = arg;

	if (m->given)
		return DB_OK;
	m->given = true;
	*row = m->row;
	return DB_ROW;
}

static int add_made(struct db *db, void *arg)
{
	struct made *m = arg;

	m->given = false;
	TRY(visit_add(db, next_made, m));
	if (m->row.day == 0)
		return OK;
	TRY(visit_accept(db, &m->row));
	m->row.state = "accepted";
	return visit_done(db, &m->row);
}

static void put_visit(struct plan_world *w, const char *site, const char *period, const char *day)
{
	struct life_site secret = { .id = span_of(site) };
	char *id = arena_alloc(w->a, VISIT_ID + 1);
	struct life_sealed sealed;
	struct made m = { .w = w };

	CHECK_INT(life_ulid(WORLD_START, id), OK);
	CHECK_INT(life_site_seal(w->o, w->a, id, &secret, 0, &sealed), OK);
	m.row = (struct visit_row){ .id = id,
				    .body = "130600",
				    .year = 2026,
				    .period = period,
				    .kind = "daily",
				    .state = "planned",
				    .trip = id,
				    .held = true,
				    .site = day ? site : "",
				    .sealed = sealed.at,
				    .sealed_len = sealed.len,
				    .replaces = "",
				    .accepted_by = "甲",
				    .ended = "",
				    .ended_by = "甲" };
	if (day)
		CHECK_INT(clock_parse_day(day, &m.row.day), OK);
	CHECK_INT(db_write(w->o->db, add_made, &m), OK);
}

#define QUARTER_RULE                                                                               \
	"{\"id\": \"key\", \"title\": \"重点\", \"who\": {\"classes\": [\"key\"]},"              \
	" \"basis\": {\"percent\": 50}, \"period\": \"quarter\"}"

TEST(a_visit_done_in_an_extension_is_its_own_periods)
{
	struct plan_world w = { 0 };
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 10),
		.inspectors = PEOPLE,
		.rules = QUARTER_RULE,
	};

	plan_world_init(&w, &data);
	put_visit(&w, "130602-0001", "2026-Q1", "2026-03-30");
	put_visit(&w, "130602-0002", "2026-Q1", "2026-04-05");
	plan_world_day(&w, "2026-04-06");
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(plan_world_rule(&w, "key")->done, 2);
	CHECK_INT(w.check.milestones[0].done, 2);
	CHECK_INT(plan_world_check(&w, "2026-Q2"), OK);
	CHECK_INT(plan_world_rule(&w, "key")->done, 0);
	CHECK_INT(plan_world_rule(&w, "key")->left, 5);
	CHECK_INT(w.check.milestones[1].visits, 0);
	plan_world_release(&w);
}

TEST(a_sealed_visit_counts_only_as_its_own_draw_promised)
{
	struct plan_world w = { 0 };
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 10),
		.inspectors = PEOPLE,
		.rules = QUARTER_RULE,
	};

	plan_world_init(&w, &data);
	put_visit(&w, "130602-0001", "2026-Q1", NULL);
	put_visit(&w, "130602-0002", "2026-Q1", "2026-02-10");
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(plan_world_rule(&w, "key")->pending, 0);
	CHECK_INT(plan_world_rule(&w, "key")->done, 1);
	CHECK_INT(w.check.draw->asks.list[0].busy, 0);
	CHECK(plan_world_noted(&w, "1 家检查任务还封存着"));
	CHECK_INT(w.check.milestones[0].visits, 2);
	plan_world_release(&w);
}
