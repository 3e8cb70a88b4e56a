/* test/app/life_change.c — later changes by rule: reserves, recusals, illness, and the unit that is certain next
 * time (spec/draw.md 4.6). */
#include "app/life_change.h"

#include "app/draw_memory.h"
#include "app/life_loaded.h"
#include "app/life_open.h"
#include "app/life_prepare.h"
#include "app/life_seal.h"
#include "app/life_visit.h"
#include "base/status.h"

#include "../db/scene.h"
#include "life_world.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#define EVIDENCE "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define REFUSED(w, in, code, words) check_refused((w), (in), (code), (words), __LINE__)

static void check_refused(struct life_world *w, const struct life_change *in, int code,
			  const char *words, int line)
{
	struct life_changed out;
	int rc = life_change(w->o, w->a, in, &out);

	unit_check(rc == code && strstr(office_sentence(w->o, rc), words), __FILE__, line,
		   "%d \"%s\"; want %d \"%s\"", rc, office_sentence(w->o, rc), code, words);
}

/* The site of a visit. */
static struct life_site site_of(struct life_world *w, const char *visit)
{
	struct visit_row v;
	struct life_site site = { .id = SPAN("") };

	CHECK_INT(visit_get(w->o->db, w->a, visit, &v), OK);
	CHECK_INT(life_site_open(w->o, w->a, &v, &site), OK);
	return site;
}

static size_t team_of(struct life_world *w, const char *visit, struct visit_member **team)
{
	size_t count;

	CHECK_INT(visit_member_list(w->o->db, w->a, visit, false, team, &count), OK);
	return count;
}

/* The first written reserve of a stratum in result.tsv. */
static const char *first_reserve(struct life_world *w, struct span stratum, const char *rank)
{
	struct span rest = span_of(life_world_secret(w, "result.tsv")), line, cell[6];

	while (span_cut(&rest, '\n', &line)) {
		for (int i = 0; i < 6; i++)
			span_cut(&line, '\t', &cell[i]);
		if (span_equal(cell[1], stratum) && span_equal(cell[2], span_of(rank)))
			return arena_mem(w->a, cell[0].at, cell[0].len);
	}
	return "";
}

static uint64_t drawn_of(struct life_world *w, struct span stratum)
{
	struct span rest = span_of(life_world_secret(w, "result.tsv")), line, cell[6];
	uint64_t n = 0;

	while (span_cut(&rest, '\n', &line)) {
		for (int i = 0; i < 6; i++)
			span_cut(&line, '\t', &cell[i]);
		n += span_equal(cell[1], stratum) && span_equal(cell[4], SPAN("drawn"));
	}
	return n;
}

static struct life_change reserve(const char *visit)
{
	return (struct life_change){ .kind = LIFE_RESERVE,
				     .visit = visit,
				     .evidence = EVIDENCE,
				     .approver = "局长",
				     .second = "王五",
				     .reason = "现场已拆除" };
}

TEST(a_closed_unit_gives_way_to_the_next_reserve_and_its_team_goes_there)
{
	struct life_world w;
	struct life_changed out;
	struct visit_row v;
	struct visit_member *before, *after;
	const char **ids;

	life_world_init(&w);
	life_world_drawn(&w);
	life_world_visits(&w, &ids);
	struct life_site old = site_of(&w, ids[0]);
	uint64_t drawn = drawn_of(&w, old.stratum);
	for (uint64_t i = 1; i <= 5; i++) {
		/* The fourth and fifth are not written down; they follow from R all the same. */
		const char *rank = arena_printf(w.a, "%llu", (unsigned long long)(drawn + i));
		const char *want = first_reserve(&w, old.stratum, rank);
		struct life_change in = reserve(ids[0]);
		team_of(&w, ids[0], &before);
		life_world_ok(&w, life_change(w.o, w.a, &in, &out));
		struct life_site now = site_of(&w, out.visit);
		CHECK(span_equal(now.stratum, old.stratum));
		if (i <= 3)
			CHECK(span_equal(now.id, span_of(want)));
		CHECK_INT(now.matters.len, 7);
		CHECK_INT(visit_get(w.o->db, w.a, ids[0], &v), OK);
		CHECK_STR(v.ended, "replaced");
		CHECK(!v.held);
		CHECK_STR(v.site, "");
		CHECK_INT(team_of(&w, out.visit, &after), 2);
		if (out.replaced == 0)
			for (int k = 0; k < 2; k++)
				CHECK_STR(after[k].inspector, before[k].inspector);
		CHECK_INT(visit_get(w.o->db, w.a, out.visit, &v), OK);
		CHECK_STR(v.replaces, ids[0]);
		CHECK(v.held);
		ids[0] = out.visit;
	}
	CHECK_INT(life_world_number(&w, "select count(*) from visit_change"), 5);
	CHECK_INT(life_world_number(&w, "select count(*) from visit_certain"), 5);
	CHECK_INT(life_world_number(&w, "select count(*) from ledger_entry where action ="
					" 'visit.reserve' and length(digest) = 64"),
		  5);
	life_world_release(&w);
}

TEST(a_team_without_seniors_is_led_by_its_first_at_the_reserve_too)
{
	static const char juniors[] = "P1\tJ\t20\t0\t1000\nP2\tJ\t20\t0\t1000\n"
				      "P3\tJ\t20\t0\t1001\nP4\tJ\t20\t0\t1001\n";
	struct life_world w;
	struct visit_member *team;
	struct life_changed out;
	const char **ids;

	life_world_init(&w);
	life_lists_now.inspector_lines = juniors;
	life_lists_now.rules = "team 2 0 0\nquota s0 1/10\nquota s1 1/10\n";
	life_world_drawn(&w);
	life_world_visits(&w, &ids);
	struct life_change in = reserve(ids[0]);
	life_world_ok(&w, life_change(w.o, w.a, &in, &out));
	CHECK_INT(team_of(&w, out.visit, &team), 2);
	CHECK(team[0].lead && !team[1].lead);
	life_world_release(&w);
}

TEST(replacing_a_unit_takes_evidence_and_two_approvers)
{
	struct life_world w;
	struct life_change in;
	struct life_site site;
	struct visit_member *team;
	const char **ids;

	life_world_init(&w);
	life_world_drawn(&w);
	life_world_visits(&w, &ids);
	in = reserve(ids[0]);
	in.second = NULL;
	REFUSED(&w, &in, FORBIDDEN, "两名批准人");
	in.second = in.approver;
	REFUSED(&w, &in, FORBIDDEN, "同一个人");
	in.second = w.o->actor;
	REFUSED(&w, &in, FORBIDDEN, "不能自己批准");
	in = reserve(ids[0]);
	in.evidence = "see the photo";
	REFUSED(&w, &in, INVALID, "证据");
	in = reserve(ids[0]);
	in.reason = "";
	REFUSED(&w, &in, INVALID, "原因");
	in = reserve("nothing");
	REFUSED(&w, &in, NONE, "nothing");
	team_of(&w, ids[0], &team);
	CHECK_INT(life_world_accept(&w, ids[0], team[0].inspector, &site), OK);
	CHECK_INT(life_done(w.o, w.a, ids[0], 0, false), OK);
	in = reserve(ids[0]);
	REFUSED(&w, &in, CONFLICT, "已经结束");
	CHECK_INT(life_world_number(&w, "select count(*) from visit_change"), 0);
	life_world_release(&w);
}

TEST(a_stratum_without_reserves_says_so)
{
	struct life_world w;
	struct life_change in;
	const char **ids;

	life_world_init(&w);
	life_lists_now.objects = 10;
	life_lists_now.rules = "team 2 1 1\nquota s0 1/1\nquota s1 1/1\n";
	life_world_drawn(&w);
	life_world_visits(&w, &ids);
	in = reserve(ids[0]);
	REFUSED(&w, &in, NONE, "没有候补单位");
	life_world_release(&w);
}

/* Who core says replaces the member: the same question asked with the whole problem of the draw. */
static const char *expected(struct life_world *w, struct life_loaded *l, struct span object,
			    const char *leaves)
{
	struct draw_selection selection;
	struct draw_teams teams;
	const char *name = "";

	CHECK_INT(draw_select(&l->draw, &l->seed, &l->region, &selection), CORE_OK);
	CHECK_INT(draw_teams(&l->draw, &l->seed, &selection, &l->region, &teams), CORE_OK);
	for (uint32_t v = 0; v < teams.problem.visit_count; v++) {
		uint32_t gone, stay[8], count = 0;
		if (!span_equal(teams.problem.visits[v].id, object))
			continue;
		CHECK(draw_find_inspector(&l->draw, span_of(leaves), &gone));
		for (uint32_t k = teams.result.team_start[v]; k < teams.result.team_start[v + 1];
		     k++)
			if (teams.result.members[k] != gone)
				stay[count++] = teams.result.members[k];
		struct assign_visit visit = teams.problem.visits[v];
		uint32_t excluded[64], more = 0;
		for (uint32_t k = 0; k < visit.excluded_count; k++)
			if (visit.excluded[k] < gone)
				excluded[more++] = visit.excluded[k];
		excluded[more++] = gone;
		for (uint32_t k = 0; k < visit.excluded_count; k++)
			if (visit.excluded[k] > gone)
				excluded[more++] = visit.excluded[k];
		visit.excluded = excluded;
		visit.excluded_count = more;
		struct assign_problem p = teams.problem;
		p.visits = &visit;
		p.visit_count = 1;
		int64_t who = assign_replacement(&p, 0, object, stay, count, teams.result.load);
		if (who >= 0) {
			struct span id = l->draw.inspectors[who].id;
			name = arena_mem(w->a, id.at, id.len);
		}
	}
	return name;
}

TEST(who_replaces_a_member_follows_from_the_draw)
{
	struct life_world w;
	struct life_loaded l;
	struct life_changed out;
	struct visit_member *team;
	const char **ids;
	size_t count;

	life_world_init(&w);
	life_lists_now.conflicts = "P00000\tS0000003\tkin\nP00002\tS0000011\tkin\n";
	life_world_drawn(&w);
	count = life_world_visits(&w, &ids);
	CHECK(count > 10);
	struct draw_row row = life_world_row(&w);
	CHECK_INT(life_load(w.o, &row, NULL, &l), OK);
	struct life_change in = { .kind = LIFE_RECUSAL,
				  .visit = ids[3],
				  .reason = "配偶在该厂任职" };
	team_of(&w, ids[3], &team);
	in.member = team[0].inspector;
	REFUSED(&w, &in, FORBIDDEN, "一名批准人");
	in.approver = "局长";
	const char *want = expected(&w, &l, site_of(&w, ids[3]).order, in.member);
	CHECK(*want);
	life_world_ok(&w, life_change(w.o, w.a, &in, &out));
	CHECK_STR(out.member, want);
	CHECK_INT(team_of(&w, ids[3], &team), 2);
	CHECK_STR(team[1].inspector, want);
	CHECK_INT(team[0].lead + team[1].lead, 1);
	CHECK(team[0].lead ? team[0].senior : team[1].senior);
	CHECK(team[0].senior != team[1].senior); /* one old, one new, as before */
	REFUSED(&w, &in, NONE, "不在检查任务");
	/* Ill as well: whoever left before does not come back. */
	in.kind = LIFE_ILLNESS;
	const char *first = in.member;
	in.member = want;
	life_world_ok(&w, life_change(w.o, w.a, &in, &out));
	CHECK(strcmp(out.member, first) != 0);
	life_loaded_release(&l);
	life_world_release(&w);
}

TEST(nobody_left_to_replace_is_told_and_nothing_changes)
{
	struct life_world w;
	struct visit_member *team;
	const char **ids;

	life_world_init(&w);
	life_lists_now.objects = 10;
	life_lists_now.inspector_lines = "P1\tS\t20\t0\nP2\tJ\t20\t0\n";
	life_world_drawn(&w);
	life_world_visits(&w, &ids);
	team_of(&w, ids[0], &team);
	struct life_change in = { .kind = LIFE_ILLNESS,
				  .visit = ids[0],
				  .member = team[0].inspector,
				  .approver = "局长",
				  .reason = "住院" };
	REFUSED(&w, &in, NONE, "没有能接替");
	CHECK_INT(team_of(&w, ids[0], &team), 2);
	CHECK_INT(life_world_number(&w, "select count(*) from visit_change"), 0);
	life_world_release(&w);
}

static bool goes(const struct visit_member *team, size_t count, const char *who)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(team[i].inspector, who) == 0)
			return true;
	return false;
}

/* P2 has no visits behind him and P3 many, so P2 goes wherever he may: to each third unit. */
TEST(a_reserve_that_a_member_must_avoid_gets_another_member_by_rule)
{
	struct life_world w;
	struct life_changed out;
	struct visit_member *team;
	CLEANUP(buf_release) struct buf conflicts;
	const char **ids;
	size_t replaced = 0, count;

	buf_init(&conflicts, 1 << 16);
	for (int i = 0; i < 240; i++)
		if (i % 3 != 0)
			buf_printf(&conflicts, "P2\tS%07d\tkin\n", i);
	life_world_init(&w);
	life_lists_now.objects = 240;
	life_lists_now.rules = "team 2 1 1\nquota s0 30\nquota s1 30\n";
	life_lists_now.inspector_lines = "P1\tS\t100\t0\nP2\tJ\t100\t0\nP3\tJ\t100\t500\n";
	life_lists_now.conflicts = buf_text(&conflicts);
	life_world_drawn(&w);
	count = life_world_visits(&w, &ids);
	CHECK_INT(count, 60);
	for (size_t i = 0; i < count; i++) {
		struct life_change in = reserve(ids[i]);
		size_t before = team_of(&w, ids[i], &team);
		bool had = goes(team, before, "P2");
		life_world_ok(&w, life_change(w.o, w.a, &in, &out));
		struct span id = site_of(&w, out.visit).id;
		int number = (int)strtol(arena_mem(w.a, id.at + 1, id.len - 1), NULL, 10);
		size_t members = team_of(&w, out.visit, &team);
		CHECK_INT(members, 2);
		CHECK(goes(team, members, "P1"));
		CHECK_INT(goes(team, members, "P2"), had && number % 3 == 0);
		CHECK_INT(goes(team, members, "P3"), !(had && number % 3 == 0));
		CHECK_INT(out.replaced, had && number % 3 != 0);
		replaced += out.replaced;
	}
	CHECK(replaced > 0);
	life_world_release(&w);
}

TEST(the_replaced_unit_is_certain_in_the_next_draw)
{
	struct life_world w;
	struct life_changed out;
	const char **ids;
	size_t count, found = 0;

	life_world_init(&w);
	life_world_drawn(&w);
	const size_t first = life_world_visits(&w, &ids);
	struct life_change in = reserve(ids[0]);
	struct life_site old = site_of(&w, ids[0]);
	life_world_ok(&w, life_change(w.o, w.a, &in, &out));
	life_world_finish(&w); /* the quarter is over */
	CHECK_INT(life_world_prepare(&w, "campaign-1"), OK);
	CHECK_INT(life_world_approve(&w), OK);
	life_lists_now.rule = "again";
	w.o->fixed_now = LIFE_DICE_AT + 120000;
	CHECK_INT(life_world_freeze_with(&w, "dice 20d10 hall 2026-03-02T12:00", NULL, 0), OK);
	CHECK(strstr(life_world_secret(&w, "rules.txt"), ".certain 1/1") != NULL);
	CHECK_INT(life_world_number(&w, "select count(*) from visit_certain where used_by is null"),
		  0);
	CHECK_INT(life_world_hold_as(&w, "王五", "discipline", NULL), OK);
	CHECK_INT(life_world_hold_as(&w, "钱七", "archive", NULL), OK);
	w.o->fixed_now += 3 * 3600000;
	life_world_ok(&w, life_world_run(&w));
	count = life_world_visits(&w, &ids);
	CHECK_INT(count, first); /* it counts towards what its stratum is drawn for */
	for (size_t i = 0; i < count; i++)
		found += span_equal(site_of(&w, ids[i]).id, old.id);
	CHECK_INT(found, 1);
	life_world_release(&w);
}

/* Draws the next pool after a unit of the first draw was replaced; how many visits, and whether it is among them. */
static size_t next_draw(struct life_world *w, const char *rules, const char *of, bool *ret_found)
{
	const struct plan_stratum strata[] = { { "s0", 0, false }, { "s1", 0, false } };
	struct life_changed out;
	const char **ids;
	size_t i = 0;

	life_world_init(w);
	life_world_drawn(w);
	size_t count = life_world_visits(w, &ids);
	while (i < count && !span_equal(site_of(w, ids[i]).stratum, span_of(of)))
		i++;
	struct life_change in = reserve(ids[i]);
	struct life_site old = site_of(w, ids[i]);
	life_world_ok(w, life_change(w->o, w->a, &in, &out));
	life_world_finish(w);
	life_lists_now.rule = "again";
	life_lists_now.rules = rules;
	life_lists_now.strata = strata;
	life_lists_now.strata_count = 2;
	CHECK_INT(life_world_prepare(w, "campaign-1"), OK);
	CHECK_INT(life_world_approve(w), OK);
	w->o->fixed_now = LIFE_DICE_AT + 120000;
	CHECK_INT(life_world_freeze_with(w, "dice 20d10 hall 2026-03-02T12:00", NULL, 0), OK);
	CHECK_INT(life_world_hold_as(w, "王五", "discipline", NULL), OK);
	CHECK_INT(life_world_hold_as(w, "钱七", "archive", NULL), OK);
	w->o->fixed_now += 3 * 3600000;
	life_world_ok(w, life_world_run(w));
	count = life_world_visits(w, &ids);
	*ret_found = false;
	for (i = 0; i < count; i++)
		*ret_found |= span_equal(site_of(w, ids[i]).id, old.id);
	return count;
}

/* Its own stratum draws nobody, since another one of the same rules draws what they ask: it is one of those. */
TEST(a_certain_unit_whose_rules_another_line_serves_counts_there)
{
	struct life_world w;
	bool found;

	CHECK_INT(next_draw(&w, "team 2 1 1\nquota s0 0\nquota s1 3\n", "s0", &found), 3);
	CHECK(found);
	life_world_release(&w);
	CHECK_INT(next_draw(&w, "team 2 1 1\nquota s0 3\nquota s1 0\n", "s1", &found), 3);
	CHECK(found);
	life_world_release(&w);
	/* its own line first */
	CHECK_INT(next_draw(&w, "team 2 1 1\nquota s0 1\nquota s1 2\n", "s0", &found), 3);
	CHECK(found);
	life_world_release(&w);
}

/* A visit that shares its trip with another; which ones do is the draw's. NULL if every visit is alone. */
static const char *in_company(struct life_world *w, const char **ids, size_t count)
{
	struct visit_row v, other;

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < i; k++) {
			CHECK_INT(visit_get(w->o->db, w->a, ids[i], &v), OK);
			CHECK_INT(visit_get(w->o->db, w->a, ids[k], &other), OK);
			if (strcmp(other.trip, v.trip) == 0)
				return ids[i];
		}
	return NULL;
}

TEST(a_change_moves_the_whole_trip)
{
	struct life_world w;
	struct life_changed out;
	struct visit_member *team, *mate;
	const char **ids;
	size_t count, moved = 0;

	life_world_init(&w);
	life_lists_now.rules = "team 2 1 1\nbundle 3\nquota s0 1/5\nquota s1 1/5\n";
	life_world_drawn(&w);
	count = life_world_visits(&w, &ids);
	const char *id = in_company(&w, ids, count);
	if (!CHECK(id != NULL))
		return;
	struct visit_row v, other;
	CHECK_INT(visit_get(w.o->db, w.a, id, &v), OK);
	team_of(&w, id, &team);
	struct life_change in = { .kind = LIFE_ILLNESS,
				  .visit = id,
				  .member = team[1].inspector,
				  .approver = "局长",
				  .reason = "住院" };
	life_world_ok(&w, life_change(w.o, w.a, &in, &out));
	for (size_t i = 0; i < count; i++) {
		CHECK_INT(visit_get(w.o->db, w.a, ids[i], &other), OK);
		if (strcmp(other.trip, v.trip) != 0)
			continue;
		moved++;
		CHECK_INT(team_of(&w, ids[i], &mate), 2);
		CHECK_STR(mate[1].inspector, out.member);
	}
	CHECK(moved >= 2);
	life_world_release(&w);
}
