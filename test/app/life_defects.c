/* test/app/life_defects.c — defects seen in real systems' source code, each shown not to be here. */
#include "app/life_loaded.h"
#include "app/life_prepare.h"
#include "app/life_seal.h"

#include "app/draw_run.h"
#include "base/status.h"

#include "../db/scene.h"
#include "life_world.h"
#include "unit.h"

static bool told(const struct life_world *w, const char *words)
{
	for (size_t i = 0; i < w->notes.count; i++)
		if (strstr(w->notes.list[i].text, words))
			return true;
	return false;
}

TEST(defect_random_numbers_without_a_stored_seed)
{
	struct life_world w;
	struct life_loaded l;
	struct draw_outcome again;
	struct draw_seed seed;

	life_world_init(&w);
	life_world_drawn(&w);
	struct draw_row row = life_world_row(&w);
	CHECK_INT(life_load(w.o, &row, NULL, &l), OK);
	draw_seed(l.files.file[CORE_FILE_DECLARATION], l.files.file[CORE_FILE_RECORD], &seed);
	CHECK_INT(memcmp(seed.hex, l.seed.hex, sizeof(seed.hex)), 0);
	CHECK_INT(draw_run(&l.draw, &seed, 1, NULL, &l.region, &again), OK);
	CHECK(span_equal(again.result.tsv, l.files.file[CORE_FILE_RESULT]));
	CHECK_INT(memcmp(again.result.root, row.root, 64), 0);
	life_loaded_release(&l);
	life_world_release(&w);
}

static int64_t drawn_by(const char *rules)
{
	struct life_world w;

	life_world_init(&w);
	life_lists_now.rules = rules;
	life_lists_now.limit = 200;
	life_world_drawn(&w);
	int64_t drawn = life_world_number(&w, "select count(*) from visit");
	life_world_release(&w);
	return drawn;
}

TEST(defect_a_ratio_in_the_program_instead_of_the_settings)
{
	int64_t all = drawn_by("team 2 1 1\nquota s0 1/1\nquota s1 1/1\n");

	CHECK_INT(all, 200);
	CHECK_INT(drawn_by("team 2 1 1\nsplit g 1/4 s0=1 s1=1\n"), 50);
	CHECK_INT(drawn_by("team 2 1 1\nsplit g 3/200 s0=1 s1=1\n"), 3);
	CHECK_INT(drawn_by("team 2 1 1\nquota s0 7\nquota s1 0\n"), 7);
}

/* Storing fails in the middle, and it neither says so softly nor stores a part. */
TEST(defect_an_exception_is_printed_and_success_returned)
{
	struct life_world w;

	life_world_init(&w);
	life_lists_now.rules = "team 2 1 1\nquota s0 1/1\nquota s1 1/1\n";
	life_lists_now.limit = 200;
	life_world_frozen(&w);
	life_world_sql(&w, "insert into draw_file (draw, name, part, sealed, bytes) select draw,"
			   " 'result.root', 0, 0, bytes from draw_file where part = 0 and name ="
			   " 'declaration'");
	w.o->fixed_now = LIFE_DICE_AT + 60000;
	CHECK_INT(life_world_run(&w), DB_UNIQUE);
	CHECK_STR(life_world_row(&w).state, "frozen");
	CHECK_INT(life_world_number(&w, "select count(*) from visit"), 0);
	CHECK_INT(life_world_number(&w, "select count(*) from draw_file where name = 'seed'"), 0);
	CHECK_INT(life_world_number(&w, "select count(*) from ledger_entry where action ="
					" 'draw.run'"),
		  0);
	life_world_sql(&w, "delete from draw_file where name = 'result.root'");
	life_world_ok(&w, life_world_run(&w));
	life_world_release(&w);
}

TEST(defect_drawing_with_replacement)
{
	struct life_world w;

	life_world_init(&w);
	life_lists_now.rules = "team 2 1 1\nsplit g 9/10 s0=1 s1=1\n";
	life_lists_now.limit = 200;
	life_world_drawn(&w);
	CHECK(life_world_number(&w, "select count(*) from visit") > 100);
	const char **ids;
	size_t count = life_world_visits(&w, &ids);
	for (size_t i = 0; i < count; i++) {
		struct visit_row v;
		struct life_site site;
		CHECK_INT(visit_get(w.o->db, w.a, ids[i], &v), OK);
		CHECK_INT(life_site_open(w.o, w.a, &v, &site), OK);
		CHECK_STR(life_world_visit_to(&w, arena_mem(w.a, site.id.at, site.id.len)), ids[i]);
	}
	life_world_release(&w);
}

TEST(defect_an_endless_loop_when_more_is_asked_than_there_is)
{
	struct life_world w;
	int64_t members = 0;

	life_world_init(&w);
	life_lists_now.rules = "team 2 1 1\nquota s0 100000\nquota s1 0\n";
	life_lists_now.limit = 200;
	life_world_drawn(&w);
	for (const char *at = life_world_secret(&w, "objects.tsv"); (at = strstr(at, "\ts0\t"));
	     at++)
		members++;
	CHECK(members > 50);
	CHECK_INT(life_world_number(&w, "select count(*) from visit"), members);
	CHECK(told(&w, "s0"));
	life_world_release(&w);
}

TEST(defect_the_second_officer_from_an_empty_list)
{
	struct life_world w;

	life_world_init(&w);
	life_lists_now.inspector_lines = "P1\tS\t200\t0\n";
	life_world_drawn(&w);
	CHECK(told(&w, "排不出检查组"));
	CHECK(!life_world_row(&w).teams);
	CHECK(life_world_number(&w, "select count(*) from visit") > 0);
	CHECK_INT(life_world_number(&w, "select count(*) from visit_member"), 0);
	life_world_release(&w);
}

TEST(defect_special_units_are_left_out_of_the_draw)
{
	struct life_world w;

	life_world_init(&w);
	life_lists_now.first = "A1\tspecial\t特殊一厂\t1000";
	life_lists_now.rules = "team 2 1 1\nquota s0 1/10\nquota s1 1/10\nquota special 1/2\n";
	life_world_drawn(&w);
	CHECK(strstr(life_world_secret(&w, "result.tsv"), "A1\tspecial\t1\t") != NULL);
	CHECK(*life_world_visit_to(&w, "A1"));
	life_world_release(&w);
}

TEST(defect_certificates_recusals_and_loads_are_not_checked)
{
	struct life_world w;
	CLEANUP(buf_release) struct buf conflicts;
	const char **ids;

	buf_init(&conflicts, 1 << 16);
	for (int i = 0; i < 200; i++)
		if (i % 2)
			buf_printf(&conflicts, "P00000\tS%07d\tkin\n", i);
	life_world_init(&w);
	life_lists_now.conflicts = buf_text(&conflicts);
	life_lists_now.limit = 4;
	life_world_drawn(&w);
	size_t count = life_world_visits(&w, &ids);
	for (size_t i = 0; i < count; i++) {
		struct visit_row v;
		struct life_site site;
		struct visit_member *team;
		size_t members;
		CHECK_INT(visit_get(w.o->db, w.a, ids[i], &v), OK);
		CHECK_INT(life_site_open(w.o, w.a, &v, &site), OK);
		CHECK_INT(visit_member_list(w.o->db, w.a, ids[i], false, &team, &members), OK);
		CHECK_INT(members, 2);
		for (size_t k = 0; k < members; k++)
			CHECK(strcmp(team[k].inspector, "P00000") != 0 ||
			      (site.id.at[site.id.len - 1] - '0') % 2 == 0);
	}
	/* P99999, whose certificate has ended, was left out with the reason; nobody has more than 4. */
	CHECK_INT(life_world_number(&w, "select count(*) from visit_member where inspector ="
					" 'P99999'"),
		  0);
	CHECK(strstr(life_world_secret(&w, LIFE_LEFT_OUT), "P99999\t赵六") != NULL);
	CHECK(life_world_number(&w, "select max(n) from (select count(*) as n from visit_member"
				    " group by inspector) as loads") <= 4);
	life_world_release(&w);
}

static int prepare_for(struct life_world *w, const char *period)
{
	const struct life_prepare in = {
		.plan = "P-2026", .period = period, .pool = "daily", .kind = "random"
	};
	struct draw_row row;

	return life_prepare(w->o, w->a, &in, &row);
}

TEST(defect_months_and_quarters_are_mixed_up)
{
	struct life_world w;

	life_world_init(&w);
	life_world_drawn(&w);
	CHECK_INT(life_world_number(&w, "select count(*) from visit where period <> '2026-Q1'"), 0);
	CHECK_INT(life_world_number(&w, "select count(*) from draw_cover where period = '2026-Q1'"),
		  1);
	CHECK_INT(prepare_for(&w, "2026-Q1"), CONFLICT);
	CHECK_INT(prepare_for(&w, "2026-01"), INVALID);
	CHECK_INT(prepare_for(&w, "2026-Q2"), OK);
	CHECK_INT(prepare_for(&w, "2026-Q2"), CONFLICT);
	life_world_release(&w);
}
