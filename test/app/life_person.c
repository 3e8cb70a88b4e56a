/* test/app/life_person.c — where two persons are wanted, one with two spellings of his name is one. */
#include "app/life_end.h"
#include "app/life_open.h"
#include "app/life_prepare.h"

#include "base/status.h"

#include "life_world.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

#define HIDDEN "王五\xe2\x80\x8b" /* a space without width at its end */
#define REFUSED(w, call, code, words)                                                              \
	do {                                                                                       \
		CHECK_INT((call), (code));                                                         \
		if (!CHECK(strstr((w)->o->why, (words))))                                          \
			printf("# %s\n", (w)->o->why);                                             \
	} while (0)

TEST(whoever_prepared_a_draw_does_not_approve_it_in_other_letters)
{
	struct life_world w;

	life_world_init(&w);
	life_world_as(&w, "Zhang San");
	CHECK_INT(life_world_prepare(&w, "daily"), OK);
	life_world_as(&w, "zhang san");
	REFUSED(&w, life_approve(w.o, w.a, w.draw, "legal"), FORBIDDEN, "另一个人");
	life_world_as(&w, "李四");
	CHECK_INT(life_approve(w.o, w.a, w.draw, "legal"), OK);
	CHECK_INT(life_world_number(&w, "select count(*) from ledger_entry where action ="
					" 'draw.approve' and length(digest) = 64"),
		  1);
	life_world_release(&w);
}

TEST(two_copies_of_a_share_are_held_by_two_persons)
{
	struct life_world w;

	life_world_init(&w);
	CHECK_INT(life_world_prepare(&w, "daily"), OK);
	CHECK_INT(life_world_approve(&w), OK);
	CHECK_INT(life_world_freeze(&w), OK);
	REFUSED(&w, life_world_hold_as(&w, HIDDEN, "discipline", NULL), INVALID, "姓名");
	CHECK_INT(life_world_hold_as(&w, "王五", "discipline", NULL), OK);
	REFUSED(&w, life_world_hold_as(&w, "王五", "archive", NULL), FORBIDDEN, "两个人保管");
	REFUSED(&w, life_world_hold_as(&w, "王 五", "archive", NULL), FORBIDDEN, "两个人保管");
	CHECK_INT(life_world_hold_as(&w, "钱七", "archive", NULL), OK);
	life_world_release(&w);
}

TEST(a_draw_is_annulled_by_two_persons)
{
	struct life_world w;
	struct life_annul annul = { .reason = "遗漏", .head = "局长", .discipline = "局 长" };

	life_world_init(&w);
	life_world_frozen(&w);
	annul.draw = w.draw;
	REFUSED(&w, life_annul(w.o, w.a, &annul), INVALID, "同一个人");
	annul.discipline = HIDDEN;
	REFUSED(&w, life_annul(w.o, w.a, &annul), INVALID, "姓名");
	annul.discipline = "王五";
	CHECK_INT(life_annul(w.o, w.a, &annul), OK);
	life_world_release(&w);
}
