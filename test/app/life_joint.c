/* test/app/life_joint.c — joint draws: the lead's from a line of the plan, and the departments' for its sites. */
#include "app/life_change.h"
#include "app/life_drop.h"
#include "app/life_end.h"
#include "app/life_list.h"
#include "app/life_prepare.h"
#include "app/life_reveal.h"
#include "app/life_seal.h"
#include "app/life_visit.h"
#include "app/plan_history.h"
#include "base/file.h"
#include "base/status.h"
#include "core/declare.h"

#include "life_tricks.h"
#include "unit.h"

#include <string.h>

#define EVIDENCE "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static void add_line(struct life_world *w, const char *id)
{
	life_world_sql(w,
		       arena_printf(w->a,
				    "insert into plan_line (plan, version, id, kind, title, pool,"
				    " period, a, b, matters, document) values (1, 1, '%s', 'joint',"
				    " '联合', '', '', 1, 0, '', '')",
				    id));
}

/* The lead's draw from the joint line LH-1, up to its dice. */
static void lead_drawn(struct life_world *w)
{
	add_line(w, "LH-1");
	life_lists_now.rule = "LH-1";
	life_world_ok(w, life_world_prepare(w, "LH-1"));
	life_world_ok(w, life_world_approve(w));
	life_world_ok(w, life_world_freeze(w));
	life_world_hold(w);
	w->o->fixed_now = LIFE_DICE_AT + 60000;
	life_world_ok(w, life_world_run(w));
}

static struct life_change reserve(const char *visit)
{
	return (struct life_change){ .kind = LIFE_RESERVE,
				     .visit = visit,
				     .evidence = EVIDENCE,
				     .approver = "局长",
				     .second = "王五",
				     .reason = "厂房已拆除" };
}

TEST(a_joint_line_is_a_pool_whose_visits_hold_no_site)
{
	struct life_world w;
	const char **visits;

	life_world_init(&w);
	life_world_frozen(&w);
	const char *daily = w.draw;
	lead_drawn(&w); /* the same sites are in the daily list, which waits */
	CHECK_STR(life_world_row(&w).kind, "joint");
	CHECK_INT(life_world_number(&w, "select count(*) from visit where joint = 1 and held = 0"
					" and kind = 'campaign'"),
		  life_world_row(&w).drawn);
	size_t count = life_world_visits(&w, &visits);
	CHECK(count > 0);
	w.draw = daily;
	life_world_ok(&w,
		      life_world_run(&w)); /* and it may draw sites that wait for a joint visit */
	life_world_release(&w);
}

TEST(a_reserve_of_a_joint_draw_holds_no_site)
{
	struct life_world w;
	struct life_changed out;
	const char **visits;

	life_world_init(&w);
	lead_drawn(&w);
	CHECK(life_world_visits(&w, &visits) > 0);
	const struct life_change in = reserve(visits[0]);
	life_world_ok(&w, life_change(w.o, w.a, &in, &out));
	CHECK_INT(life_world_number(&w, "select count(*) from visit where held = 1 or joint = 0"),
		  0);
	life_world_release(&w);
}

/* Replaces a visit until its stratum has no reserve; all of them are of the draw's own list. How many there were. */
static size_t replace_all(struct life_world *w, const char *visit, const char *prefix)
{
	size_t count = 0;

	for (;; count++) {
		const struct life_change in = reserve(visit);
		struct life_changed out;
		struct life_site site;
		struct visit_row row;
		int rc = life_change(w->o, w->a, &in, &out);
		if (rc == NONE)
			break;
		life_world_ok(w, rc);
		if (rc != OK)
			break;
		visit = out.visit;
		CHECK_INT(visit_get(w->o->db, w->a, visit, &row), OK);
		CHECK_STR(row.draw_id, w->draw);
		CHECK_INT(row.joint, strcmp(prefix, "J") == 0);
		CHECK_INT(life_site_open(w->o, w->a, &row, &site), OK);
		CHECK(site.id.len > 0 && site.id.at[0] == *prefix);
	}
	CHECK(strstr(w->o->why, "这一层已经没有候补单位") != NULL);
	return count;
}

/* Neither pool lends the other its sites, not even when its own reserve is used up. */
TEST(a_reserve_is_of_the_same_draw_as_the_visit_that_it_replaces)
{
	struct life_world w;
	const char **visits;

	life_world_init(&w);
	life_lists_now.objects = 10;
	life_lists_now.rules = "team 2 1 1\nquota s0 1\nquota s1 1\n";
	life_world_frozen(&w);
	const char *daily = w.draw;
	life_lists_now.prefix = "J";
	lead_drawn(&w);
	const char *lead = w.draw;
	w.draw = daily;
	life_world_ok(&w, life_world_run(&w));
	CHECK_INT(life_world_visits(&w, &visits), 2);
	const size_t of_daily = replace_all(&w, visits[0], "S");
	w.draw = lead;
	CHECK_INT(life_world_visits(&w, &visits), 2);
	const size_t of_joint = replace_all(&w, visits[0], "J");
	CHECK(of_daily > 1 && of_joint > 1);
	life_world_release(&w);
}

TEST(a_joint_line_is_no_cross_draw)
{
	struct life_world w;
	struct draw_row row;
	struct life_prepare in = {
		.plan = "P-2026", .period = "2026-Q1", .pool = "LH-1", .kind = "cross"
	};

	life_world_init(&w);
	add_line(&w, "LH-1");
	LIFE_REFUSED(&w, life_prepare(w.o, w.a, &in, &row), INVALID, "联合检查");
	life_world_release(&w);
}

/* ---- a department's draw ---- */

#define HEAD "id,name,certificate,certificate_until,districts,since,grade,recusals\n"
#define PERSON(n, grade, more)                                                                     \
	"SC-" n ",市监" n ",SC" n ",2030-12-31,,2015-01-01," grade "," more "\n"
#define PEOPLE                                                                                     \
	HEAD PERSON("1", "S", "") PERSON("2", "S", "") PERSON("3", "S", "") PERSON("4", "S", "")   \
		PERSON("5", "J", "") PERSON("6", "J", "") PERSON("7", "J", "")                     \
			PERSON("8", "J", "")
#define CHILD_DICE "dice 20d10 hall 2026-03-02T12:00"
#define CHILD_AT (LIFE_DICE_AT + 2 * 3600000 + 60000)
#define DEPARTMENT "市场监管局"

static int put_rules(struct db *db, void *arg)
{
	return db_run(db, "update plan_version set rules = $1", "t", (const char *)arg);
}

/* The lead's draw of twenty sites, and a rule set that the department's people are judged by. */
static void world(struct life_world *w)
{
	char *text;
	size_t len;

	life_world_init(w);
	CHECK_INT(file_read(w->a, unit_source("rules/baoding-2021.json"), 1 << 20, &text, &len),
		  OK);
	CHECK_INT(db_write(w->o->db, put_rules, text), OK);
	life_lists_now.objects = 60;
	lead_drawn(w);
}

static int prepare_joint(struct life_world *w, const char *lead, const char *people)
{
	const char *path = arena_printf(w->a, "%s/people.csv", unit_folder());
	const struct life_prepare in = { .plan = "P-2026",
					 .period = "2026-Q1",
					 .pool = "daily",
					 .kind = "joint",
					 .parent = lead,
					 .department = DEPARTMENT,
					 .people = path };
	struct draw_row row;

	CHECK_INT(file_write(path, people, strlen(people), 0600), OK);
	int rc = life_prepare(w->o, w->a, &in, &row);
	if (rc == OK)
		w->draw = row.id;
	return rc;
}

static void child_frozen(struct life_world *w, const char *lead, const char *people)
{
	life_world_ok(w, prepare_joint(w, lead, people));
	life_world_ok(w, life_world_approve(w));
	life_world_ok(w, life_world_freeze_with(w, CHILD_DICE, NULL, 0));
	life_world_hold(w);
}

static void child_run(struct life_world *w)
{
	w->o->fixed_now = CHILD_AT;
	life_world_ok(w, life_world_run(w));
}

static void child_drawn(struct life_world *w, const char *lead, const char *people)
{
	child_frozen(w, lead, people);
	child_run(w);
}

/* The site of a visit, opened for the test. */
static const char *site_of(struct life_world *w, const char *visit)
{
	struct visit_row v;
	struct life_site site = { .id = SPAN("") };

	CHECK_INT(visit_get(w->o->db, w->a, visit, &v), OK);
	CHECK_INT(life_site_open(w->o, w->a, &v, &site), OK);
	return arena_mem(w->a, site.id.at, site.id.len);
}

static struct visit_row visit_of(struct life_world *w, const char *visit)
{
	struct visit_row v = { 0 };

	CHECK_INT(visit_get(w->o->db, w->a, visit, &v), OK);
	return v;
}

static size_t team_of(struct life_world *w, const char *visit, struct visit_member **team)
{
	size_t count;

	CHECK_INT(visit_member_list(w->o->db, w->a, visit, false, team, &count), OK);
	return count;
}

static bool is_in(struct life_world *w, const char *visit, const char *inspector)
{
	struct visit_member *team;
	size_t count = team_of(w, visit, &team);

	for (size_t i = 0; i < count; i++)
		if (strcmp(team[i].inspector, inspector) == 0)
			return true;
	return false;
}

TEST(a_department_draws_its_own_teams_for_the_leads_sites)
{
	struct life_world w;
	struct declaration d;
	struct problem problem;
	const char **visits;

	world(&w);
	const char *lead = w.draw, *root = life_world_row(&w).root;
	int64_t drawn = life_world_row(&w).drawn;
	child_drawn(&w, lead, PEOPLE);
	struct draw_row row = life_world_row(&w);
	CHECK_INT(row.drawn, drawn);
	CHECK_STR(row.department, DEPARTMENT);
	CHECK_INT(declaration_parse(span_of(row.declaration), &d, &problem), CORE_OK);
	CHECK(span_equal(d.parent_draw, span_of(lead)));
	CHECK(span_equal(d.parent_root, span_of(root)));
	size_t count = life_world_visits(&w, &visits);
	CHECK_INT(count, drawn);
	for (size_t i = 0; i < count; i++) {
		struct visit_row v = visit_of(&w, visits[i]), with = visit_of(&w, v.shared);
		struct visit_member *team;
		CHECK_STR(with.draw_id, lead);
		CHECK_STR(site_of(&w, v.id), site_of(&w, with.id));
		CHECK(v.joint && !v.held && *v.site == 0);
		CHECK_INT(team_of(&w, v.id, &team), 2);
		CHECK(strncmp(team[0].inspector, "SC-", 3) == 0);
	}
	/* one visit of the site: it is not counted again */
	struct plan_history h;
	CHECK_INT(plan_history_load(w.o, w.a, 2026, 20514, false, &h), OK);
	CHECK_INT(h.count, drawn);
	CHECK_INT(life_world_number(&w, "select count(*) from draw_cover"), 1);
	life_world_release(&w);
}

/* The declaration is public while the sites are secret: its roots are not those of lines that anybody could guess. */
TEST(what_ties_a_department_to_the_lead_is_bound)
{
	static const struct life_trick tricks[] = {
		{ "update visit set shared = (select max(o.shared) from visit as o)"
		  " where id = (select min(o.id) from visit as o where o.shared is not null"
		  " and o.shared < (select max(p.shared) from visit as p))",
		  "0002", "检查任务" },
		{ "update visit set shared = null where id = (select max(o.id) from visit as o"
		  " where o.shared is not null)",
		  "0002", "检查任务" },
		{ "update draw set department = '别的局' where parent is not null", "0002",
		  "准备抽取" },
		{ "delete from draw_file where name = 'department.tsv'", "0002", "文件" },
		{ "delete from draw_file where name = 'recusals.tsv'", "0002", "文件" },
	};
	struct life_world w;

	world(&w);
	child_drawn(&w, w.draw, PEOPLE);
	life_tricks_found(&w, tricks, COUNT(tricks));
	life_world_release(&w);
}

TEST(the_declaration_of_a_department_tells_no_site)
{
	struct life_world w;
	const char **visits;

	world(&w);
	const char *lead = w.draw;
	CHECK(life_world_visits(&w, &visits) > 0);
	const char *site = site_of(&w, visits[0]);
	child_frozen(&w, lead,
		     arena_printf(w.a,
				  HEAD PERSON("1", "S", "%s=亲属") PERSON("2", "S", "")
					  PERSON("3", "J", "") PERSON("4", "J", ""),
				  site));
	for (size_t i = 0; i < w.notes.count; i++)
		CHECK(!strstr(w.notes.list[i].text, site));
	struct span rest = span_of(life_world_secret(&w, "objects.tsv")), line, cell;
	while (span_cut(&rest, '\n', &line)) {
		span_cut(&line, '\t', &cell);
		span_cut(&line, '\t', &cell);
		CHECK_INT(cell.len, strlen("联合.") + 32);
	}
	const char *conflicts = life_world_secret(&w, "conflicts.tsv");
	CHECK(strncmp(conflicts, "SC-1\t", 5) == 0 && strlen(conflicts) > 32 &&
	      strstr(conflicts, "\trelative."));
	CHECK_INT(life_world_number(&w, "select count(*) from draw_file where sealed = 0 and name"
					" <> 'declaration' and draw = (select max(key) from draw)"),
		  0);
	child_run(&w);
	size_t count = life_world_visits(&w, &visits);
	for (size_t i = 0; i < count; i++)
		if (strcmp(site_of(&w, visits[i]), site) == 0)
			CHECK(!is_in(&w, visits[i], "SC-1"));
	life_world_release(&w);
}

TEST(a_department_waits_for_the_leads_reveal)
{
	struct life_world w;
	struct draw_row row;

	world(&w);
	const char *lead = w.draw;
	child_drawn(&w, lead, PEOPLE);
	const char *child = w.draw;
	life_world_finish(&w);
	LIFE_REFUSED(&w, life_reveal(w.o, w.a, child, NULL, &row), CONFLICT, lead);
	w.draw = lead;
	life_world_finish(&w);
	life_world_ok(&w, life_reveal(w.o, w.a, lead, NULL, &row));
	life_world_ok(&w, life_reveal(w.o, w.a, child, NULL, &row));
	w.draw = child;
	life_world_exported(&w, LIFE_AUDIT, true);
	life_world_release(&w);
}

TEST(a_department_is_refused_what_does_not_fit)
{
	struct life_world w;
	const char *twice = HEAD PERSON("1", "S", "") PERSON("1", "J", "");

	world(&w);
	const char *lead = w.draw;
	LIFE_REFUSED(&w, prepare_joint(&w, "130600-2026-0099", PEOPLE), NONE, "没有编号");
	LIFE_REFUSED(&w, prepare_joint(&w, lead, "甲,乙\n"), INVALID, "人员名单");
	LIFE_REFUSED(&w, prepare_joint(&w, lead, twice), INVALID, "不合格");
	LIFE_REFUSED(&w, prepare_joint(&w, lead, HEAD), INVALID, "人员名单");
	life_world_sql(&w, "update draw set state = 'opened', drawn_at = 0");
	LIFE_REFUSED(&w, prepare_joint(&w, lead, PEOPLE), CONFLICT, "还没有抽");
	life_world_sql(&w, "update draw set state = 'drawn', drawn_at = 1, kind = 'random'");
	LIFE_REFUSED(&w, prepare_joint(&w, lead, PEOPLE), INVALID, "不是主办方");
	life_world_sql(&w,
		       "update draw set kind = 'joint', drawn_at = (select time from ledger_entry"
		       " where action = 'draw.run')");
	child_drawn(&w, lead, PEOPLE);
	LIFE_REFUSED(&w, prepare_joint(&w, lead, PEOPLE), CONFLICT, w.draw);
	LIFE_REFUSED(&w, prepare_joint(&w, w.draw, PEOPLE), INVALID, "不是主办方");
	/* numbers of its people are of nobody else */
	life_world_sql(&w, "update draw set department = '应急管理局' where department <> ''");
	LIFE_REFUSED(&w, prepare_joint(&w, lead, PEOPLE), INVALID, "部门代号");
	life_world_release(&w);
}

TEST(a_reserve_takes_the_departments_team_along)
{
	struct life_world w;
	struct life_changed out;
	struct visit_row next = { 0 };
	struct visit_member *before, *after;
	const char **visits;

	world(&w);
	const char *lead = w.draw;
	child_drawn(&w, lead, PEOPLE);
	CHECK(life_world_visits(&w, &visits) > 1);
	const char *own = visits[0];
	size_t count = team_of(&w, own, &before);
	struct life_change in = reserve(own);
	LIFE_REFUSED(&w, life_change(w.o, w.a, &in, &out), CONFLICT, "随主办方的任务");
	in.visit = visit_of(&w, own).shared;
	life_world_ok(&w, life_change(w.o, w.a, &in, &out));
	CHECK_STR(visit_of(&w, own).ended, "replaced");
	CHECK_INT(visit_replacing(w.o->db, w.a, own, &next), OK);
	CHECK_STR(next.shared, out.visit);
	CHECK_STR(site_of(&w, next.id), site_of(&w, out.visit));
	CHECK_STR(next.state, "planned");
	CHECK_INT(team_of(&w, next.id, &after), count);
	for (size_t i = 0; i < count; i++)
		CHECK_STR(after[i].inspector, before[i].inspector);
	CHECK_INT(life_world_number(&w, "select count(*) from visit_certain"), 1);
	CHECK_INT(life_world_number(&w, "select count(*) from ledger_entry where action ="
					" 'visit.reserve'"),
		  2);
	/* at the reserve too somebody may fall ill, and the reserve may be closed */
	const struct life_change ill = { .kind = LIFE_ILLNESS,
					 .visit = next.id,
					 .member = after[1].inspector,
					 .approver = "局长",
					 .reason = "住院" };
	life_world_ok(&w, life_change(w.o, w.a, &ill, &out));
	CHECK(!is_in(&w, next.id, after[1].inspector));
	in.visit = next.shared;
	life_world_ok(&w, life_change(w.o, w.a, &in, &out));
	CHECK_STR(visit_of(&w, next.id).ended, "replaced");
	life_world_release(&w);
}

TEST(who_is_barred_at_the_reserve_is_replaced_by_the_rule)
{
	struct life_world w;
	struct life_changed out;
	struct visit_row next = { 0 };
	const char **visits;
	char people[4096] = HEAD;

	world(&w);
	const char *lead = w.draw;
	/* SC-1 may go to none of the sites that were not drawn */
	size_t drawn = life_world_visits(&w, &visits);
	strcat(people, "SC-1,市监1,SC1,2030-12-31,,2015-01-01,S,\"");
	for (unsigned i = 0, first = 1; i < life_lists_now.objects; i++) {
		const char *site = arena_printf(w.a, "S%07u", i);
		bool in = false;
		for (size_t k = 0; k < drawn; k++)
			in |= strcmp(site_of(&w, visits[k]), site) == 0;
		if (in)
			continue;
		strcat(people, arena_printf(w.a, "%s%s=亲属", first ? "" : ",", site));
		first = 0;
	}
	strcat(people, "\"\n" PERSON("2", "S", "") PERSON("3", "J", "") PERSON("4", "J", ""));
	child_drawn(&w, lead, people);
	size_t count = life_world_visits(&w, &visits), led = 0;
	while (led < count && !is_in(&w, visits[led], "SC-1"))
		led++;
	if (CHECK(led < count)) {
		struct life_change in = reserve(visit_of(&w, visits[led]).shared);
		life_world_ok(&w, life_change(w.o, w.a, &in, &out));
		CHECK_INT(visit_replacing(w.o->db, w.a, visits[led], &next), OK);
		CHECK(!is_in(&w, next.id, "SC-1") && is_in(&w, next.id, "SC-2"));
	}
	life_world_release(&w);
}

TEST(a_department_that_draws_later_goes_where_the_lead_goes_now)
{
	struct life_world w;
	struct life_changed out, again;
	const char **visits;

	world(&w);
	const char *lead = w.draw;
	CHECK(life_world_visits(&w, &visits) > 0);
	struct life_change in = reserve(visits[0]);
	life_world_ok(&w, life_change(w.o, w.a, &in, &out));
	child_frozen(&w, lead, PEOPLE);
	in.visit = out.visit; /* once more, between freeze and draw */
	life_world_ok(&w, life_change(w.o, w.a, &in, &again));
	child_run(&w);
	CHECK_INT(
		life_world_number(&w, arena_printf(w.a,
						   "select count(*) from visit where shared = '%s'"
						   " and state = 'planned'",
						   again.visit)),
		1);
	CHECK_INT(life_world_number(&w, "select count(*) from visit where shared is not null and"
					" state = 'planned'"),
		  life_world_row(&w).drawn);
	life_world_release(&w);
}

TEST(a_department_ends_its_part_with_the_lead)
{
	struct life_world w;
	struct life_site site;
	struct visit_member *team;
	const char **visits;

	world(&w);
	const char *lead = w.draw;
	child_drawn(&w, lead, PEOPLE);
	CHECK(life_world_visits(&w, &visits) > 1);
	struct visit_row own = visit_of(&w, visits[0]), other = visit_of(&w, visits[1]);
	struct life_drop in = { .visit = own.id,
				.why = "refused",
				.reason = "拒绝进厂",
				.evidence = EVIDENCE,
				.approver = "局长",
				.second = "王五" };
	LIFE_REFUSED(&w, life_drop(w.o, w.a, &in), CONFLICT, "随主办方的任务");
	CHECK(team_of(&w, own.shared, &team) > 0);
	life_world_ok(&w, life_world_accept(&w, own.shared, team[0].inspector, &site));
	in.visit = own.shared;
	life_world_ok(&w, life_drop(w.o, w.a, &in));
	CHECK_STR(visit_of(&w, own.id).ended, "refused");
	CHECK_STR(visit_of(&w, own.id).site, visit_of(&w, own.shared).site);
	/* the lead went and the department did not: its part ends by its own act */
	CHECK(team_of(&w, other.shared, &team) > 0);
	life_world_ok(&w, life_world_accept(&w, other.shared, team[0].inspector, &site));
	life_world_ok(&w, life_done(w.o, w.a, other.shared, 0, false));
	in.visit = other.id;
	in.why = "other";
	life_world_ok(&w, life_drop(w.o, w.a, &in));
	CHECK_INT(life_world_number(&w, "select count(*) from visit_certain"), 1);
	life_world_release(&w);
}

TEST(a_lead_is_not_annulled_under_its_departments)
{
	struct life_world w;

	world(&w);
	const char *lead = w.draw;
	child_drawn(&w, lead, PEOPLE);
	struct life_annul in = { lead, "名单有误", "局长", "王五" };
	LIFE_REFUSED(&w, life_annul(w.o, w.a, &in), CONFLICT, w.draw);
	in.draw = w.draw;
	life_world_ok(&w, life_annul(w.o, w.a, &in));
	in.draw = lead;
	life_world_ok(&w, life_annul(w.o, w.a, &in));
	LIFE_REFUSED(&w, prepare_joint(&w, lead, PEOPLE), CONFLICT, "已经作废");
	life_world_release(&w);
}

TEST(people_of_a_department_act_for_themselves_with_valid_certificates)
{
	struct life_world w;
	struct life_site site;
	struct visit_member *team;
	const char **visits;

	world(&w);
	child_drawn(&w, w.draw, PEOPLE);
	CHECK(life_world_visits(&w, &visits) > 0);
	CHECK(team_of(&w, visits[0], &team) > 0);
	LIFE_REFUSED(&w, life_accept(w.o, w.a, visits[0], team[0].inspector, &site), FORBIDDEN,
		     "部门人员名单里的姓名");
	int64_t now = w.o->fixed_now;
	w.o->fixed_now = now + (int64_t)5 * 366 * 86400000;
	LIFE_REFUSED(&w, life_world_accept(&w, visits[0], team[0].inspector, &site), FORBIDDEN,
		     "有效的执法证");
	w.o->fixed_now = now;
	life_world_as(&w, arena_printf(w.a, "市监%s", team[0].inspector + 3));
	life_world_ok(&w, life_accept(w.o, w.a, visits[0], team[0].inspector, &site));
	struct life_visit_shown lead;
	CHECK_INT(life_visit_show(w.o, w.a, visit_of(&w, visits[0]).shared, &lead), OK);
	CHECK_INT(lead.shared_count, 1);
	CHECK_STR(lead.shared[0].department, DEPARTMENT);
	CHECK_STR(lead.shared[0].state, "accepted");
	life_world_release(&w);
}
