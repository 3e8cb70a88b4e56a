/* test/app/life_drop.c — nobody drops a drawn unit alone. */
#include "app/life_drop.h"

#include "app/life_reveal.h"
#include "app/life_visit.h"
#include "base/status.h"

#include "life_world.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

#define EVIDENCE "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define REFUSED(w, in, code, words)                                                                \
	do {                                                                                       \
		CHECK_INT(life_drop((w)->o, (w)->a, (in)), (code));                                \
		if (!CHECK(strstr((w)->o->why, (words))))                                          \
			printf("# %s\n", (w)->o->why);                                             \
	} while (0)

static void accept(struct life_world *w, const char *visit)
{
	struct visit_member *team;
	struct life_site site;
	size_t count;

	CHECK_INT(visit_member_list(w->o->db, w->a, visit, false, &team, &count), OK);
	life_world_ok(w, life_world_accept(w, visit, team[0].inspector, &site));
}

static struct life_drop dropped(const char *visit, const char *why)
{
	return (struct life_drop){ visit, why, "就这样", EVIDENCE, "局长", "王五" };
}

static void check_nothing(struct life_world *w)
{
	CHECK_INT(life_world_number(w, "select count(*) from visit where state = 'ended'"), 0);
	CHECK_INT(life_world_number(w, "select count(*) from visit_certain"), 0);
	CHECK_INT(life_world_number(w, "select count(*) from ledger_entry where action ="
				       " 'visit.end'"),
		  0);
}

TEST(one_person_alone_drops_nothing_that_was_drawn)
{
	struct life_world w;
	struct life_drop in;
	const char **ids;

	life_world_init(&w);
	life_world_drawn(&w);
	life_world_visits(&w, &ids);
	in = dropped(ids[0], "closed");
	in.approver = in.second = NULL;
	REFUSED(&w, &in, FORBIDDEN, "两名批准人");
	in.approver = in.second = "局长";
	REFUSED(&w, &in, FORBIDDEN, "同一个人");
	in.second = "局 长";
	REFUSED(&w, &in, FORBIDDEN, "同一个人");
	in.second = w.o->actor;
	REFUSED(&w, &in, FORBIDDEN, "不能自己批准");
	in = dropped(ids[0], "other");
	in.evidence = NULL;
	REFUSED(&w, &in, INVALID, "证据");
	check_nothing(&w);
	life_world_release(&w);
}

TEST(a_sealed_visit_does_not_end_and_a_reserve_comes_first)
{
	struct life_world w;
	struct life_drop in;
	const char **ids;

	life_world_init(&w);
	life_world_drawn(&w);
	life_world_visits(&w, &ids);
	in = dropped(ids[0], "refused");
	REFUSED(&w, &in, CONFLICT, "封存");
	CHECK_INT(life_world_number(&w, "select count(*) from visit where site <> ''"), 0);
	accept(&w, ids[0]);
	in.why = "closed";
	REFUSED(&w, &in, CONFLICT, "候补");
	in.why = "other";
	REFUSED(&w, &in, CONFLICT, "候补");
	check_nothing(&w);
	in.why = "refused";
	life_world_ok(&w, life_drop(w.o, w.a, &in));
	CHECK_INT(life_world_number(&w, "select count(*) from visit where ended = 'refused'"), 1);
	CHECK_INT(life_world_number(&w, "select count(*) from visit_certain"), 1);
	CHECK_INT(life_world_number(&w, "select count(*) from ledger_entry where action ="
					" 'visit.end' and length(digest) = 64"),
		  1);
	life_world_release(&w);
}

TEST(without_a_reserve_it_ends_with_evidence_and_is_certain_next_time)
{
	struct life_world w;
	struct life_drop in;
	const char **ids;

	life_world_init(&w);
	life_lists_now.objects = 10;
	life_lists_now.rules = "team 2 1 1\nquota s0 1/1\nquota s1 1/1\n";
	life_world_drawn(&w);
	life_world_visits(&w, &ids);
	accept(&w, ids[0]);
	in = dropped(ids[0], "closed");
	life_world_ok(&w, life_drop(w.o, w.a, &in));
	CHECK_INT(life_world_number(&w, "select count(*) from visit_certain"), 1);
	CHECK_INT(life_world_number(&w, "select count(*) from visit where ended = 'closed'"), 1);
	REFUSED(&w, &in, CONFLICT, "已经终结");
	life_world_release(&w);
}
