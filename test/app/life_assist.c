/* test/app/life_assist.c — experts assist: drawn by R or chosen with approval, and never officers. */
#include "app/life_assist.h"

#include "app/life_seal.h"
#include "app/life_visit.h"
#include "base/file.h"
#include "base/status.h"
#include "core/ticket.h"

#include "../db/scene.h"
#include "life_world.h"
#include "unit.h"

#include <stdio.h>

/* E7 must avoid every object. */
static const char head[] = "id,name,role,pool,confidential,declared,recusals,accepts,districts,"
			   "certificate,certificate_until\n";
static const char rows[] = "E1,专家甲,expert,water,2026-01-01,2026-01-01,,1,,,\n"
			   "E2,专家乙,expert,water,2026-01-01,2026-01-01,,1,,,\n"
			   "E3,专家丙,expert,air,2026-01-01,2026-01-01,,1,,,\n"
			   "E4,没交声明,expert,water,2026-01-01,,,1,,,\n"
			   "E5,不接受,expert,water,2026-01-01,2026-01-01,,0,,,\n"
			   "E6,别的县,expert,water,2026-01-01,2026-01-01,,1,130602,,\n"
			   "P00000,执法员,officer,,2026-01-01,2026-01-01,,1,,C0,2026-12-31\n";

static void begin(struct life_world *w)
{
	CLEANUP(buf_release) struct buf text;

	buf_init(&text, 4096);
	life_world_init(w);
	life_lists_now.objects = 20;
	life_lists_now.rules = "team 2 1 1\nquota s0 1/1\nquota s1 1/1\n";
	buf_printf(&text, "%s%sE7,要回避,expert,alone,2026-01-01,2026-01-01,", head, rows);
	for (int i = 0; i < 20; i++)
		buf_printf(&text, "%sS%07d", i ? ";" : "", i);
	buf_str(&text, ",1,,,\n");
	life_world_people(w, buf_text(&text));
	life_world_drawn(w);
}

/* A member of each team accepts its visit. */
static size_t begin_accepted(struct life_world *w, const char ***ret)
{
	begin(w);
	size_t count = life_world_visits(w, ret);

	for (size_t i = 0; i < count; i++) {
		struct visit_member *team;
		struct life_site site;
		size_t members;
		CHECK_INT(visit_member_list(w->o->db, w->a, (*ret)[i], false, &team, &members), OK);
		life_world_ok(w, life_world_accept(w, (*ret)[i], team[0].inspector, &site));
	}
	return count;
}

TEST(a_sealed_visit_tells_nothing_by_who_may_assist)
{
	static const char *const people[] = { "E1", "E3", "E4", "E6", "E7", "P00000", "nobody" };
	struct life_world w;
	struct life_assist in = { .reason = "懂工艺", .approver = "局长" };
	const char **ids, *who, *said = NULL;

	begin(&w);
	life_world_visits(&w, &ids);
	in.visit = ids[0];
	int64_t entries = life_world_number(&w, "select count(*) from ledger_entry");
	for (size_t i = 0; i < COUNT(people); i++) {
		in.assistant = people[i];
		CHECK_INT(life_assist_choose(w.o, w.a, &in), CONFLICT);
		if (said)
			CHECK_STR(w.o->why, said);
		said = arena_str(w.a, w.o->why);
		CHECK(strstr(said, "接收") != NULL);
	}
	for (size_t i = 0; i < 3; i++) {
		in.pool = (const char *const[]){ "water", "alone", NULL }[i];
		CHECK_INT(life_assist_draw(w.o, w.a, &in, &who), CONFLICT);
		CHECK_STR(w.o->why, said);
	}
	CHECK_INT(life_world_number(&w, "select count(*) from ledger_entry"), entries);
	life_world_release(&w);
}

TEST(an_expert_is_drawn_by_the_draws_own_random_number)
{
	struct life_world w;
	const char **ids, *who;

	size_t count = begin_accepted(&w, &ids);
	CHECK_INT(count, 20);
	const char *seed = life_world_secret(&w, "seed");
	for (size_t i = 0; i < count; i++) {
		const struct life_assist in = { .visit = ids[i], .pool = "water" };
		struct visit_row v;
		struct life_site site;
		struct ticket_seed tickets;
		uint8_t one[SHA256_SIZE], two[SHA256_SIZE];
		CHECK_INT(visit_get(w.o->db, w.a, ids[i], &v), OK);
		CHECK_INT(life_site_open(w.o, w.a, &v, &site), OK);
		const char *text =
			arena_printf(w.a, "%.64s/assist/%.*s", seed, (int)site.id.len, site.id.at);
		ticket_seed_init(&tickets, span_of(text));
		ticket_digest(&tickets, SPAN("E1"), one);
		ticket_digest(&tickets, SPAN("E2"), two);
		const char *want = ticket_compare(one, two) < 0 ? "E1" : "E2";
		life_world_ok(&w, life_assist_draw(w.o, w.a, &in, &who));
		CHECK_STR(who, want);
		/* The other one comes second; then nobody is left. */
		life_world_ok(&w, life_assist_draw(w.o, w.a, &in, &who));
		CHECK(strcmp(who, want) != 0);
		CHECK_INT(life_assist_draw(w.o, w.a, &in, &who), NONE);
	}
	CHECK_INT(life_world_number(&w, "select count(*) from visit_assistant"), 40);
	CHECK_INT(life_world_number(&w, "select count(*) from ledger_entry where action ="
					" 'visit.assist'"),
		  40);
	life_world_release(&w);
}

TEST(an_expert_who_must_avoid_a_site_does_not_assist_there)
{
	struct life_world w;
	struct life_assist in = { .pool = "alone" };
	const char **ids, *who;

	begin_accepted(&w, &ids);
	in.visit = ids[0];
	CHECK_INT(life_assist_draw(w.o, w.a, &in, &who), NONE);
	CHECK(strstr(w.o->why, "专家库里没有能来的人") != NULL);
	in.assistant = "E7";
	in.reason = "懂工艺";
	in.approver = "局长";
	CHECK_INT(life_assist_choose(w.o, w.a, &in), CONFLICT);
	CHECK(strstr(w.o->why, "回避") != NULL);
	life_world_release(&w);
}

TEST(an_expert_is_chosen_with_a_reason_and_anothers_approval)
{
	struct life_world w;
	struct life_assist in = { .assistant = "E3" };
	const char **ids;
	static const char digest[] =
		"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
	static const char *const not_there[] = { "P00000", "E4", "E5", "nobody" };

	begin_accepted(&w, &ids);
	in.visit = ids[0];
	CHECK_INT(life_assist_choose(w.o, w.a, &in), INVALID);
	in.reason = "废气治理";
	CHECK_INT(life_assist_choose(w.o, w.a, &in), FORBIDDEN);
	in.approver = w.o->actor;
	CHECK_INT(life_assist_choose(w.o, w.a, &in), FORBIDDEN);
	in.approver = "局长";
	CHECK_INT(life_assist_opinion(w.o, w.a, ids[0], "E3", digest), CONFLICT);
	life_world_ok(&w, life_assist_choose(w.o, w.a, &in));
	CHECK_INT(life_assist_choose(w.o, w.a, &in), CONFLICT);
	for (size_t i = 0; i < COUNT(not_there); i++) {
		in.assistant = not_there[i];
		CHECK_INT(life_assist_choose(w.o, w.a, &in), NONE);
	}
	in.assistant = "E6";
	CHECK_INT(life_assist_choose(w.o, w.a, &in), CONFLICT);
	CHECK_INT(life_assist_opinion(w.o, w.a, ids[0], "E3", "signed"), INVALID);
	life_world_ok(&w, life_assist_opinion(w.o, w.a, ids[0], "E3", digest));
	CHECK_INT(life_assist_opinion(w.o, w.a, ids[0], "E3", digest), CONFLICT);
	CHECK_INT(life_world_number(&w, "select count(*) from visit_member where inspector like"
					" 'E%'"),
		  0);
	life_world_release(&w);
}

TEST(a_certificate_that_ends_before_the_visit_stops_its_acceptance)
{
	struct life_world w;
	struct visit_member *team;
	struct life_site site;
	const char **ids;
	size_t count;

	life_world_init(&w);
	life_world_people(&w, "id,name,role,certificate,certificate_until\n"
			      "P00000,甲,officer,C0,2026-03-02\n");
	life_lists_now.inspector_lines = "P00000\tS\t200\t0\nP00001\tJ\t200\t0\n";
	life_world_drawn(&w);
	life_world_visits(&w, &ids);
	CHECK_INT(visit_member_list(w.o->db, w.a, ids[0], false, &team, &count), OK);
	life_world_ok(&w, life_world_accept(&w, ids[0], team[0].inspector, &site));
	w.o->fixed_now =
		WORLD_START + INT64_C(15) * 3600000 - 1; /* the last millisecond of the day */
	life_world_ok(&w, life_world_accept(&w, ids[1], "P00001", &site));
	w.o->fixed_now++;
	CHECK_INT(life_world_accept(&w, ids[2], "P00001", &site), FORBIDDEN);
	CHECK(strstr(w.o->why, "P00000") && strstr(w.o->why, "2026-03-03"));
	life_world_release(&w);
}

TEST(an_assistant_in_the_list_of_officers_stops_the_freeze)
{
	struct life_world w;

	life_world_init(&w);
	life_world_people(&w, "id,name,role\nP00001,辅助员,auxiliary\n");
	CHECK_INT(life_world_prepare(&w, "daily"), OK);
	CHECK_INT(life_world_approve(&w), OK);
	CHECK_INT(life_world_freeze(&w), INVALID);
	CHECK(strstr(w.o->why, "P00001") != NULL);
	life_world_release(&w);
}
