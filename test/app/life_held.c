/* test/app/life_held.c — a site waits for at most one random visit, and lists may hold it nevertheless. */
#include "app/life_visit.h"

#include "base/status.h"

#include "life_world.h"
#include "unit.h"

#include <string.h>

/* The code, and words in the sentence. */
#define REFUSED(w, call, code, words)                                                              \
	do {                                                                                       \
		CHECK_INT((call), (code));                                                         \
		CHECK(strstr((w)->o->why, (words)));                                               \
	} while (0)

TEST(a_site_is_in_one_unfinished_random_draw)
{
	struct life_world w;

	life_world_init(&w);
	life_world_frozen(&w);
	CHECK_INT(life_world_prepare(&w, "campaign-1"), OK);
	CHECK_INT(life_world_approve(&w), OK);
	life_lists_now.rule = "campaign";
	REFUSED(&w, life_world_freeze(&w), CONFLICT, "130600-2026-0001");
	w.o->fixed_now = LIFE_DICE_AT + 60000;
	const char *second = w.draw;
	w.draw = "130600-2026-0001";
	life_world_ok(&w, life_world_run(&w));
	w.draw = second;
	const char *entropy = "dice 20d10 hall 2026-03-02T12:00";
	REFUSED(&w, life_world_freeze_with(&w, entropy, NULL, 0), CONFLICT,
		"已被另一次随机抽取抽中");
	life_lists_now.prefix = "T";
	CHECK_INT(life_world_freeze_with(&w, entropy, NULL, 0), OK);
	life_world_release(&w);
}

/* The planner keeps it in the list, where it counts as a member, in a stratum of which none is drawn. */
TEST(a_site_that_waits_elsewhere_may_be_in_a_list_that_cannot_draw_it)
{
	static const char *const quotas[] = { "quota sx 0\n", "quota sx 1\n" };
	struct life_world w;
	struct life_site site;
	const char **visits;

	life_world_init(&w);
	life_world_drawn(&w);
	CHECK(life_world_visits(&w, &visits) > 0);
	CHECK_INT(life_name_open(w.o, w.a,
				 &(struct life_opening){
					 .visit = visits[0], .reason = "核对", .approver = "局长" },
				 &site),
		  OK);
	life_lists_now.prefix = "T";
	life_lists_now.rule = "campaign";
	life_lists_now.first = arena_printf(w.a, "%.*s\tsx\t企业\t1", (int)site.id.len, site.id.at);
	CHECK_INT(life_world_prepare(&w, "campaign-1"), OK);
	CHECK_INT(life_world_approve(&w), OK);
	for (int drawn = 1; drawn >= 0; drawn--) {
		life_lists_now.rules = arena_printf(
			w.a, "team 2 1 1\nquota s0 1/10\nquota s1 1/10\n%s", quotas[drawn]);
		int rc = life_world_freeze_with(&w, "dice 20d10 hall 2026-03-02T12:00", NULL, 0);
		CHECK_INT(rc, drawn ? CONFLICT : OK);
	}
	life_world_release(&w);
}
