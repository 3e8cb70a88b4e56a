/* test/app/ledger_list.c — pages, newest first, that neither repeat nor skip. */
#include "app/ledger_list.h"

#include "base/status.h"

#include "ledger_attack.h"
#include "unit.h"

static int list(struct ledger_attack *t, const char *subject, int64_t below, size_t most,
		struct ledger_page *ret)
{
	const struct ledger_list_ask ask = { .subject = subject, .below = below, .most = most };

	return ledger_list(&t->world.office, &t->world.arena, &ask, ret);
}

TEST(pages_walk_back_to_the_first_entry)
{
	struct ledger_attack t;
	struct ledger_page page;
	int64_t below = INT64_MAX, expected = ATTACK_ENTRIES - 1;

	ledger_attack_init(&t);
	do {
		CHECK_INT(list(&t, NULL, below, 7, &page), OK);
		CHECK_INT(page.total, ATTACK_ENTRIES);
		for (size_t i = 0; i < page.count; i++)
			CHECK_INT(page.items[i].seq, expected--);
		below = page.next;
	} while (page.next >= 0);
	CHECK_INT(expected, -1);
	CHECK_STR(page.items[page.count - 1].subject, "s-0");
	CHECK_STR(page.items[0].actor, "张三");
	ledger_attack_release(&t);
}

TEST(a_page_of_one_subject)
{
	struct ledger_attack t;
	struct ledger_page page;

	ledger_attack_init(&t);
	CHECK_INT(office_world_act(&t.world.office, "test.again", "s-3"), OK);
	CHECK_INT(list(&t, "s-3", INT64_MAX, 2, &page), OK);
	CHECK_INT(page.count, 2);
	CHECK_INT(page.total, 2);
	CHECK_INT(page.all, ATTACK_ENTRIES + 1);
	CHECK_INT(page.next, -1);
	CHECK_STR(page.items[0].action, "test.again");
	CHECK_INT(page.items[1].seq, 3);
	CHECK_INT(list(&t, "none", INT64_MAX, 2, &page), OK);
	CHECK_INT(page.count, 0);
	CHECK_INT(page.next, -1);
	ledger_attack_release(&t);
}

TEST(entries_are_found_by_actor_action_and_day)
{
	struct ledger_attack t;
	struct ledger_page page;
	struct ledger_list_ask ask = { .below = INT64_MAX, .most = 3 };

	ledger_attack_init(&t);
	CHECK_INT(office_world_act(&t.world.office, "test.again", "s-3"), OK);
	ask.action = "test.again";
	CHECK_INT(ledger_list(&t.world.office, &t.world.arena, &ask, &page), OK);
	CHECK_INT(page.total, 1);
	CHECK_STR(page.items[0].subject, "s-3");
	int64_t day = (page.items[0].time + 8 * 3600 * 1000) / 86400000;
	ask.actor = "nobody";
	CHECK_INT(ledger_list(&t.world.office, &t.world.arena, &ask, &page), OK);
	CHECK_INT(page.total, 0);
	ask = (struct ledger_list_ask){
		.actor = "张三", .from = day, .to = day, .below = INT64_MAX, .most = 3
	};
	CHECK_INT(ledger_list(&t.world.office, &t.world.arena, &ask, &page), OK);
	CHECK_INT(page.count, 3);
	CHECK(page.next >= 0);
	ask.from = ask.to = day + 1;
	CHECK_INT(ledger_list(&t.world.office, &t.world.arena, &ask, &page), OK);
	CHECK_INT(page.total, 0);
	ledger_attack_release(&t);
}

TEST(who_reads_is_told_once_in_a_while)
{
	struct ledger_attack t;
	struct ledger_page page;

	ledger_attack_init(&t);
	struct office *o = &t.world.office;
	CHECK_INT(ledger_look(o, &t.world.arena, "report\n"), OK);
	CHECK_INT(ledger_look(o, &t.world.arena, "report\n"), OK);
	CHECK_INT(ledger_look(o, &t.world.arena, "proof 1\n"), OK);
	CHECK_INT(ledger_look(o, &t.world.arena, "report\n"), OK);
	CHECK_INT(list(&t, "ledger", INT64_MAX, 9, &page), OK);
	CHECK_INT(page.total, 2);
	CHECK_STR(page.items[0].action, "ledger.read");
	o->actor = "李四";
	CHECK_INT(ledger_look(o, &t.world.arena, "report\n"), OK);
	CHECK_INT(list(&t, "ledger", INT64_MAX, 9, &page), OK);
	CHECK_INT(page.total, 3);
	ledger_attack_release(&t);
}
