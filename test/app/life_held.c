/* test/app/life_held.c — a site waits for at most one random visit, and lists may hold it nevertheless. */
#include "app/life_change.h"
#include "app/life_visit.h"

#include "base/status.h"

#include "life_world.h"
#include "unit.h"

#include <string.h>

#define MERGED_ROW                                                                                 \
	"insert into registry_row (registry, id, name, code, facet)"                               \
	" values ('sites', '%s', '', '', 0)"
#define MERGED_LINK                                                                                \
	"insert into registry_link (registry, change, kind, old_row, new_row)"                     \
	" select 'sites', (select max(id) from registry_change), 'merge', a.key, b.key"            \
	" from registry_row as a, registry_row as b where a.id = '%s' and b.id = '%s'"

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
	/* None of its sites waits for the first draw, and the table does not tell that. */
	CHECK_INT(life_world_number(&w, "select count(*) from draw_wait"), 1);
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

/* In the registry the site was merged into T-SURVIVOR. */
static void merge(struct life_world *w, const char *site)
{
	life_world_sql(
		w, "insert into registry_change (registry, kind, at, actor, reason, file,"
		   " file_digest, result_digest, added, updated, unchanged, quarantined, kept)"
		   " values ('sites', 'merge', 1772413100000, '赵六', '同一家', '', '', '', 0, 2,"
		   " 0, 0, 0)");
	const char *const ids[] = { site, "T-SURVIVOR" };
	for (int i = 0; i < 2; i++)
		life_world_sql(w, arena_printf(w->a, MERGED_ROW, ids[i]));
	life_world_sql(w, arena_printf(w->a, MERGED_LINK, ids[0], ids[1]));
}

/* The same of the first site of visits[0]. */
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
	merge(w, arena_mem(w->a, site.id.at, site.id.len));
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

/* A draw of one site that another draw's list has too. */
static void draw_of(struct life_world *w, const char *site, const char *rules)
{
	life_lists_now.objects = 0;
	life_lists_now.rule = "campaign";
	life_lists_now.first = arena_printf(w->a, "%s\tsx\t企业\t1000", site);
	life_lists_now.rules = rules;
	CHECK_INT(life_world_prepare(w, "campaign-1"), OK);
	CHECK_INT(life_world_approve(w), OK);
	life_world_ok(w, life_world_freeze_with(w, "dice 20d10 hall 2026-03-02T12:00", NULL, 0));
	life_world_hold(w);
}

/* Two random visits would wait for one site; taking the reserve after it would be a choice. */
TEST(a_reserve_that_another_draw_has_waits_until_that_one_is_done)
{
	struct life_world w;
	struct life_changed out;
	struct life_site site;
	struct visit_member *team;
	const char **visits;
	size_t count;

	life_world_init(&w);
	life_world_drawn(&w);
	life_world_visits(&w, &visits);
	const char *visit = visits[0], *first = w.draw, *reserve = life_world_reserve(&w, visit);
	const struct life_change in = life_world_closed(visit);
	draw_of(&w, reserve, "team 2 1 1\nquota sx 1\n");
	const char *second = w.draw;
	REFUSED(&w, life_change(w.o, w.a, &in, &out), CONFLICT, second);
	CHECK(strstr(w.o->why, "那次还没有抽") != NULL && !strstr(w.o->why, reserve));
	w.o->fixed_now = LIFE_DICE_AT + 3 * 3600000;
	life_world_ok(&w, life_world_run(&w));
	REFUSED(&w, life_change(w.o, w.a, &in, &out), CONFLICT, second);
	CHECK(strstr(w.o->why, "等那项检查结束") != NULL && !strstr(w.o->why, reserve));
	CHECK_INT(life_world_number(&w, "select count(*) from visit_change"), 0);
	const char *theirs = life_world_visit_to(&w, reserve);
	CHECK_INT(visit_member_list(w.o->db, w.a, theirs, false, &team, &count), OK);
	CHECK_INT(life_world_accept(&w, theirs, team[0].inspector, &site), OK);
	CHECK_INT(life_done(w.o, w.a, theirs, 0, false), OK);
	life_world_ok(&w, life_change(w.o, w.a, &in, &out));
	w.draw = first;
	CHECK_STR(life_world_visit_to(&w, reserve), out.visit);
	life_world_release(&w);
}

TEST(a_list_that_cannot_draw_a_reserve_leaves_it_free)
{
	struct life_world w;
	struct life_changed out;
	const char **visits;

	life_world_init(&w);
	life_world_drawn(&w);
	life_world_visits(&w, &visits);
	const struct life_change in = life_world_closed(visits[0]);
	draw_of(&w, life_world_reserve(&w, visits[0]), "team 2 1 1\nquota sx 0\n");
	life_world_ok(&w, life_change(w.o, w.a, &in, &out));
	life_world_release(&w);
}

/* The reserve was merged into another number after the first freeze: that number is in the second list. */
TEST(a_reserve_waits_under_the_number_of_its_survivor)
{
	struct life_world w;
	struct life_changed out;
	const char **visits;

	life_world_init(&w);
	life_world_drawn(&w);
	life_world_visits(&w, &visits);
	const struct life_change in = life_world_closed(visits[0]);
	merge(&w, life_world_reserve(&w, visits[0]));
	draw_of(&w, "T-SURVIVOR", "team 2 1 1\nquota sx 1\n");
	REFUSED(&w, life_change(w.o, w.a, &in, &out), CONFLICT, "那次还没有抽");
	w.o->fixed_now = LIFE_DICE_AT + 3 * 3600000;
	life_world_ok(&w, life_world_run(&w));
	REFUSED(&w, life_change(w.o, w.a, &in, &out), CONFLICT, "等那项检查结束");
	life_world_release(&w);
}

struct adding {
	struct visit_row row;
	bool done;
};

static int next_visit(void *arg, struct visit_row *row)
{
	struct adding *a = arg;

	if (a->done)
		return DB_OK;
	a->done = true;
	*row = a->row;
	return DB_ROW;
}

static int add(struct db *db, void *arg)
{
	struct adding *a = arg;

	a->done = false;
	return visit_add(db, next_visit, a);
}

/* Freeze and replacement let no site into two draws; a visit that somebody puts into the database stops the draw. */
TEST(a_draw_does_not_take_a_site_that_is_held)
{
	struct life_world w;
	struct adding a = { .done = false };
	const struct life_site site = { .id = SPAN("T0000001") };
	struct life_sealed sealed;
	const char **visits;

	life_world_init(&w);
	life_world_drawn(&w);
	life_world_visits(&w, &visits);
	draw_of(&w, "T0000001", "team 2 1 1\nquota sx 1\n");
	CHECK_INT(visit_get(w.o->db, w.a, visits[0], &a.row), OK);
	a.row.id = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
	CHECK_INT(life_site_seal(w.o, w.a, a.row.id, &site, 0, &sealed), OK);
	a.row.sealed = sealed.at;
	a.row.sealed_len = sealed.len;
	CHECK_INT(db_write(w.o->db, add, &a), OK);
	w.touched = true;
	w.o->fixed_now = LIFE_DICE_AT + 3 * 3600000;
	REFUSED(&w, life_world_run(&w), FORBIDDEN, "数据库与账簿不符");
	CHECK_STR(life_world_row(&w).state, "frozen");
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
