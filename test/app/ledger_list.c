/* test/app/ledger_list.c — pages, newest first, that neither repeat nor skip. */
#include "app/ledger_list.h"

#include "base/status.h"

#include "ledger_attack.h"
#include "unit.h"

TEST(pages_walk_back_to_the_first_entry)
{
	struct ledger_attack t;
	struct ledger_page page;
	int64_t below = INT64_MAX, expected = ATTACK_ENTRIES - 1;

	ledger_attack_init(&t);
	do {
		CHECK_INT(ledger_list(&t.world.office, &t.world.arena, NULL, below, 7, &page), OK);
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
	CHECK_INT(ledger_list(&t.world.office, &t.world.arena, "s-3", INT64_MAX, 2, &page), OK);
	CHECK_INT(page.count, 2);
	CHECK_INT(page.next, -1);
	CHECK_STR(page.items[0].action, "test.again");
	CHECK_INT(page.items[1].seq, 3);
	CHECK_INT(ledger_list(&t.world.office, &t.world.arena, "none", INT64_MAX, 2, &page), OK);
	CHECK_INT(page.count, 0);
	CHECK_INT(page.next, -1);
	ledger_attack_release(&t);
}
