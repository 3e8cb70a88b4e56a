/* test/app/life_held.c — a site waits for at most one random visit, and lists may hold it nevertheless. */
#include "app/life_change.h"
#include "app/life_visit.h"

#include "base/status.h"

#include "life_world.h"
#include "unit.h"

#include <string.h>

#define MERGED_ROW                                                                                 \
	"insert into registry_row (registry, id, name, code, facet, change, version)"              \
	" select 'sites', '%s', '', '', 0, max(id), 1 from registry_change"
#define MERGED_LINK                                                                                \
	"insert into registry_link (registry, change, kind, old_row, new_row)"                     \
	" select 'sites', a.change, 'merge', a.key, b.key from registry_row as a, registry_row as" \
	" b where a.id = '%s' and b.id = '%s'"

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

/* In the registry the first site of visits[0] was merged into T-SURVIVOR. */
static struct life_site merged(struct life_world *w)
{
	struct life_site site;
	const char **visits;

	CHECK(life_world_visits(w, &visits) > 0);
	CHECK_INT(life_name_open(w->o, w->a,
				 &(struct life_opening){
					 .visit = visits[0], .reason = "核对", .approver = "局长" },
				 &site),
		  OK);
	life_world_sql(
		w, "insert into registry_change (registry, kind, at, actor, reason, file,"
		   " file_digest, result_digest, added, updated, unchanged, quarantined, kept)"
		   " values ('sites', 'merge', 1772413100000, '赵六', '同一家', '', '', '', 0, 2,"
		   " 0, 0, 0)");
	const char *const ids[] = { arena_mem(w->a, site.id.at, site.id.len), "T-SURVIVOR" };
	for (int i = 0; i < 2; i++)
		life_world_sql(w, arena_printf(w->a, MERGED_ROW, ids[i]));
	life_world_sql(w, arena_printf(w->a, MERGED_LINK, ids[0], ids[1]));
	return site;
}

TEST(a_merged_site_waits_under_the_number_of_its_survivor)
{
	struct life_world w;

	life_world_init(&w);
	life_world_drawn(&w);
	merged(&w);
	life_lists_now.prefix = "T";
	life_lists_now.rule = "campaign";
	CHECK_INT(life_world_prepare(&w, "campaign-1"), OK);
	CHECK_INT(life_world_approve(&w), OK);
	life_lists_now.first = "T-SURVIVOR\tsx\t企业\t1";
	life_lists_now.rules = "team 2 1 1\nquota s0 1/10\nquota s1 1/10\nquota sx 1\n";
	const char *entropy = "dice 20d10 hall 2026-03-02T12:00";
	REFUSED(&w, life_world_freeze_with(&w, entropy, NULL, 0), CONFLICT,
		"已被另一次随机抽取抽中");
	life_lists_now.rules = "team 2 1 1\nquota s0 1/10\nquota s1 1/10\nquota sx 0\n";
	life_world_ok(&w, life_world_freeze_with(&w, entropy, NULL, 0));
	life_world_release(&w);
}

TEST(who_goes_on_for_a_replaced_unit_is_certain)
{
	struct life_world w;
	const char **visits;
	struct life_changed out;

	life_world_init(&w);
	life_world_drawn(&w);
	merged(&w);
	life_world_visits(&w, &visits);
	const struct life_change in = {
		.kind = LIFE_RESERVE,
		.visit = visits[0],
		.evidence = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
		.approver = "局长",
		.second = "王五",
		.reason = "已拆除"
	};
	life_world_ok(&w, life_change(w.o, w.a, &in, &out));
	life_lists_now.prefix = "T";
	life_lists_now.rule = "campaign";
	CHECK_INT(life_world_prepare(&w, "campaign-1"), OK);
	CHECK_INT(life_world_approve(&w), OK);
	life_lists_now.first = "T-SURVIVOR\tsx\t企业\t1";
	life_lists_now.rules = "team 2 1 1\nquota s0 1/10\nquota s1 1/10\nquota sx 0\n";
	life_world_ok(&w, life_world_freeze_with(&w, "dice 20d10 hall 2026-03-02T12:00", NULL, 0));
	CHECK(strstr(life_world_secret(&w, "objects.tsv"), "T-SURVIVOR\tsx.certain\t") != NULL);
	CHECK_INT(life_world_number(&w, "select count(*) from visit_certain where used_by is not"
					" null"),
		  1);
	CHECK_INT(life_world_number(&w, "select count(*) from ledger_checkpoint") > 2, true);
	life_world_release(&w);
}
