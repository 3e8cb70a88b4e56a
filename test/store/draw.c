/* test/store/draw.c — draws, shares, files and visits as rows, on both engines. */
#include "store/draw_file.h"
#include "store/draw_row.h"
#include "store/draw_share.h"
#include "store/draw_staff.h"
#include "store/visit.h"
#include "store/visit_assistant.h"
#include "store/visit_change.h"

#include "base/status.h"
#include "db/migrate.h"

#include "scene.h"
#include "unit.h"

#include <stdio.h>

#define HEX_A "00000000000000000000000000000000000000000000000000000000000000aa"
#define HEX_B "00000000000000000000000000000000000000000000000000000000000000bb"
#define ID_A "01ARZ3NDEKTSV4RRFFQ69G5FAA"
#define ID_B "01ARZ3NDEKTSV4RRFFQ69G5FBB"
#define HEX HEX_A

struct scene {
	struct db *db;
	struct arena a;
	struct draw_row row;
	int (*step)(struct scene *s);
};

static void begin(struct scene *s)
{
	*s = (struct scene){ .db = scene_again(scene_migrated()) };
	arena_init(&s->a);
	s->row = (struct draw_row){ .id = "130600-2026-0001",
				    .body = "130600",
				    .year = 2026,
				    .number = 1,
				    .kind = "random",
				    .plan = "P",
				    .period = "2026-Q1",
				    .pool = "daily",
				    .area = "",
				    .sealed = true,
				    .title = "题",
				    .prepared_at = 5,
				    .prepared_by = "甲" };
}

static void end(struct scene *s)
{
	arena_release(&s->a);
	db_close(s->db);
}

static int work(struct db *db, void *arg)
{
	struct scene *s = arg;

	(void)db;
	return s->step(s);
}

static int in_write(struct scene *s, int (*step)(struct scene *s))
{
	s->step = step;
	return db_write(s->db, work, s);
}

static int add(struct scene *s)
{
	return draw_row_add(s->db, &s->row);
}

static int approve(struct scene *s)
{
	s->row.approved_by = "乙";
	s->row.approved_for = "legal";
	s->row.approved_version = 3;
	s->row.approved_rules = HEX;
	s->row.approved_at = 6;
	return draw_row_approve(s->db, &s->row);
}

static int freeze(struct scene *s)
{
	s->row.declaration = "dr1\n";
	s->row.frozen_at = 7;
	s->row.frozen_by = "甲";
	s->row.reveal_by = 20558;
	return draw_row_freeze(s->db, &s->row);
}

static int open_shares(struct scene *s)
{
	s->row.opened_at = 8;
	s->row.opened_by = "丙";
	return draw_row_open(s->db, &s->row);
}

static int run(struct scene *s)
{
	s->row.root = HEX;
	s->row.drawn_at = 9;
	s->row.drawn_by = "甲";
	s->row.teams = true;
	return draw_row_run(s->db, &s->row);
}

static int reveal(struct scene *s)
{
	s->row.revealed_at = 10;
	s->row.revealed_by = "丁";
	return draw_row_reveal(s->db, &s->row);
}

static int annul(struct scene *s)
{
	s->row.ended_by = "局长";
	s->row.reason = "缺陷";
	return draw_row_end(s->db, &s->row, "annulled");
}

static const char *state(struct scene *s)
{
	struct draw_row now;

	CHECK_INT(draw_row_get(s->db, &s->a, s->row.id, &now), DB_OK);
	return now.state;
}

TEST(a_draw_takes_its_steps_in_order_and_each_once)
{
	struct scene s;
	int (*const steps[])(struct scene *) = { approve, freeze, open_shares, run, reveal };
	static const char *const states[] = { "approved", "frozen", "opened", "drawn", "revealed" };

	begin(&s);
	CHECK_INT(in_write(&s, add), DB_OK);
	CHECK_STR(state(&s), "prepared");
	for (size_t i = 0; i < COUNT(steps); i++) {
		for (size_t k = 0; k < COUNT(steps); k++) {
			/* run names the state it starts from, here one that is not so. */
			s.row.state = i == 2 ? "opened" : i == 3 ? "frozen" : state(&s);
			if (k != i)
				CHECK_INT(in_write(&s, steps[k]), CONFLICT);
		}
		s.row.state = state(&s);
		CHECK_INT(in_write(&s, steps[i]), DB_OK);
		CHECK_STR(state(&s), states[i]);
	}
	s.row.state = "revealed";
	CHECK_INT(in_write(&s, annul), DB_OK);
	CHECK_INT(in_write(&s, annul), CONFLICT);
	CHECK_INT(scene_number(s.db, "select live from draw"), 0);
	end(&s);
}

TEST(one_live_draw_of_a_pool_and_numbers_are_taken_once)
{
	struct scene s;
	int64_t next = 0;

	begin(&s);
	CHECK_INT(draw_row_next(s.db, "130600", 2026, &next), DB_OK);
	CHECK_INT(next, 1);
	CHECK_INT(in_write(&s, add), DB_OK);
	struct draw_row first = s.row;
	CHECK_INT(draw_row_next(s.db, "130600", 2026, &next), DB_OK);
	CHECK_INT(next, 2);
	CHECK_INT(draw_row_next(s.db, "130638", 2026, &next), DB_OK);
	CHECK_INT(next, 1);
	s.row.id = "130600-2026-0002";
	s.row.number = 2;
	CHECK_INT(in_write(&s, add), DB_UNIQUE); /* the pool */
	s.row.pool = "other";
	s.row.number = 1;
	CHECK_INT(in_write(&s, add), DB_UNIQUE); /* the number */
	s.row.number = 2;
	CHECK_INT(in_write(&s, add), DB_OK);
	struct draw_row by_key;
	CHECK_INT(draw_row_by_key(s.db, &s.a, first.key, &by_key), DB_OK);
	CHECK_STR(by_key.pool, "daily");
	CHECK_INT(draw_row_get(s.db, &s.a, "none", &by_key), NONE);
	CHECK_INT(draw_row_replacing(s.db, &s.a, first.key, &by_key), NONE);
	end(&s);
}

static int cover(struct scene *s)
{
	const struct draw_cover_row c = {
		.rule = "key", .pool = "daily", .period = "2026-Q1", .sentence = "1 = 1"
	};

	return draw_cover_add(s->db, &s->row, &c);
}

TEST(a_minimum_is_served_by_one_live_draw)
{
	struct scene s;

	begin(&s);
	CHECK_INT(in_write(&s, add), DB_OK);
	CHECK_INT(in_write(&s, cover), DB_OK);
	struct draw_row first = s.row;
	s.row.id = "130600-2026-0002";
	s.row.number = 2;
	s.row.pool = "other";
	CHECK_INT(in_write(&s, add), DB_OK);
	CHECK_INT(in_write(&s, cover), DB_UNIQUE);
	struct draw_row second = s.row;
	s.row = first;
	s.row.state = "prepared";
	CHECK_INT(in_write(&s, annul), DB_OK);
	s.row = second;
	CHECK_INT(in_write(&s, cover), DB_OK);
	end(&s);
}

static int add_share(struct scene *s)
{
	const struct draw_share_row share = { "notary", HEX, "", "", "", 0 };
	const struct draw_holder_row holder = { "archive", "钱七", 3, 0 };

	TRY(draw_party_add(s->db, "notary", HEX, 4, "甲"));
	TRY(draw_holder_add(s->db, s->row.key, &holder));
	return draw_share_add(s->db, s->row.key, 0, &share);
}

static int open_one(struct scene *s)
{
	return draw_share_open(s->db, s->row.key, "notary", HEX_B, 11);
}

static int rehearse(struct scene *s)
{
	TRY(draw_holder_rehearsed(s->db, s->row.key, "archive", 12));
	return draw_holder_rehearsed(s->db, s->row.key, "discipline", 12);
}

TEST(a_share_is_opened_once)
{
	struct scene s;
	struct draw_share_row list[DRAW_SHARES_MOST];
	struct draw_holder_row holders[2];
	size_t count = 0;
	int64_t since = 0;

	begin(&s);
	CHECK_INT(in_write(&s, add), DB_OK);
	CHECK_INT(in_write(&s, add_share), DB_OK);
	CHECK_INT(in_write(&s, add_share), DB_UNIQUE);
	CHECK_INT(draw_party_since(s.db, "notary", HEX, &since), DB_OK);
	CHECK_INT(since, 4);
	CHECK_INT(draw_party_since(s.db, "notary", HEX_B, &since), NONE);
	CHECK_INT(in_write(&s, open_one), DB_OK);
	CHECK_INT(in_write(&s, open_one), CONFLICT);
	CHECK_INT(draw_share_list(s.db, &s.a, s.row.key, list, &count), DB_OK);
	CHECK_INT(count, 1);
	CHECK_STR(list[0].opened, HEX_B);
	CHECK_INT(list[0].opened_at, 11);
	CHECK_INT(in_write(&s, rehearse), NONE); /* and both are undone */
	CHECK_INT(draw_holder_list(s.db, &s.a, s.row.key, holders, &count), DB_OK);
	CHECK_INT(count, 1);
	CHECK_INT(holders[0].rehearsed_at, 0);
	end(&s);
}

struct adding {
	int next;
	bool held;
};

static int next_visit(void *arg, struct visit_row *v)
{
	struct adding *in = arg;

	if (in->next == 2)
		return DB_OK;
	*v = (struct visit_row){ .id = in->next ? ID_B : ID_A,
				 .draw = 1,
				 .body = "130600",
				 .year = 2026,
				 .period = "2026-Q1",
				 .kind = "daily",
				 .state = "planned",
				 .trip = ID_A,
				 .held = in->held,
				 .site = "",
				 .sealed = "xyz",
				 .sealed_len = 3,
				 .deadline = 20543,
				 .replaces = "" };
	in->next++;
	return DB_ROW;
}

static int next_member(void *arg, struct visit_member *m)
{
	int *next = arg;

	if (*next == 4)
		return DB_OK;
	*m = (struct visit_member){ .visit = *next / 2 ? ID_B : ID_A,
				    .place = *next % 2,
				    .inspector = *next % 2 ? "P2" : "P1",
				    .senior = *next % 2 == 0,
				    .lead = *next % 2 == 0 };
	++*next;
	return DB_ROW;
}

static int add_visits(struct scene *s)
{
	struct adding in = { 0, true };
	int member = 0;

	TRY(visit_add(s->db, next_visit, &in));
	return visit_member_add(s->db, next_member, &member);
}

static struct visit_row of(struct scene *s, const char *id)
{
	struct visit_row v = { 0 };

	CHECK_INT(visit_get(s->db, &s->a, id, &v), DB_OK);
	return v;
}

static int accept(struct scene *s)
{
	struct visit_row v = of(s, ID_A);

	v.site = "A";
	v.accepted_by = "P1";
	return visit_accept(s->db, &v);
}

static int done(struct scene *s)
{
	struct visit_row v = of(s, ID_A);

	v.day = 20500;
	v.ended_by = "甲";
	return visit_done(s->db, &v);
}

static int leave(struct scene *s)
{
	TRY(visit_member_leave(s->db, ID_B, "P1", 13));
	return visit_member_lead(s->db, ID_B, 1);
}

static int publish(struct scene *s)
{
	const struct visit_public list[] = { { ID_B, "B" }, { "nobody", "C" } };

	return visit_publish(s->db, list, COUNT(list));
}

static int count_load(void *arg, const char *inspector, int64_t trips)
{
	int64_t *sum = arg;

	*sum = *sum * 10 + trips;
	CHECK(*inspector == 'P');
	return DB_OK;
}

static int count_waiting(void *arg, const char *inspector, int64_t deadline, int64_t trips)
{
	int64_t *sum = arg;

	CHECK_INT(deadline, 20543);
	*sum = *sum * 100 + (inspector[1] - '0') * 10 + trips;
	return DB_OK;
}

TEST(visits_move_on_and_their_teams_with_them)
{
	struct scene s;
	struct visit_member *team;
	struct visit_counts n;
	const char **ids;
	size_t count;
	int64_t load = 0;

	begin(&s);
	CHECK_INT(in_write(&s, add), DB_OK);
	CHECK_INT(in_write(&s, add_visits), DB_OK);
	CHECK_INT(memcmp(of(&s, ID_A).sealed, "xyz", 3), 0);
	CHECK_STR(of(&s, ID_A).draw_id, "130600-2026-0001");
	CHECK_INT(in_write(&s, done), CONFLICT);
	CHECK_INT(in_write(&s, accept), DB_OK);
	CHECK_INT(in_write(&s, accept), CONFLICT);
	CHECK_INT(in_write(&s, done), DB_OK);
	CHECK_INT(in_write(&s, done), CONFLICT);
	CHECK(!of(&s, ID_A).held && of(&s, ID_B).held);
	CHECK_INT(visit_count(s.db, s.row.key, &n), DB_OK);
	CHECK(n.planned == 1 && n.accepted == 0 && n.visited == 1 && n.ended == 0);
	CHECK_INT(visit_load_walk(s.db, s.row.key, count_load, &load), DB_OK);
	CHECK_INT(load, 11); /* one trip for each of the two */
	load = 0;
	CHECK_INT(visit_load_waiting(s.db, count_waiting, &load), DB_OK);
	CHECK_INT(load, 1121); /* B waits for both of them */
	CHECK_INT(in_write(&s, leave), DB_OK);
	load = 0;
	CHECK_INT(visit_load_waiting(s.db, count_waiting, &load), DB_OK);
	CHECK_INT(load, 21);
	CHECK_INT(in_write(&s, leave), NONE);
	CHECK_INT(visit_member_list(s.db, &s.a, ID_B, false, &team, &count), DB_OK);
	CHECK(count == 1 && team[0].lead && strcmp(team[0].inspector, "P2") == 0);
	CHECK_INT(visit_member_list(s.db, &s.a, ID_B, true, &team, &count), DB_OK);
	CHECK_INT(count, 2);
	CHECK_INT(visit_trip_list(s.db, &s.a, ID_A, &ids, &count), DB_OK);
	CHECK_INT(count, 2);
	CHECK_INT(in_write(&s, publish), DB_OK);
	CHECK_STR(of(&s, ID_B).site, "B");
	CHECK_STR(of(&s, ID_A).site, "A");
	end(&s);
}

static int hold_again(struct scene *s)
{
	struct adding in = { 1, true };

	TRY(visit_annul(s->db, s->row.key, 20, "局长"));
	return visit_add(s->db, next_visit, &in);
}

TEST(a_site_is_held_once)
{
	struct scene s;

	begin(&s);
	CHECK_INT(in_write(&s, add), DB_OK);
	CHECK_INT(in_write(&s, add_visits), DB_OK);
	CHECK_INT(in_write(&s, add_visits), DB_UNIQUE);
	CHECK_INT(scene_number(s.db, "select count(*) from visit where held = 1"), 2);
	CHECK_INT(in_write(&s, hold_again), DB_UNIQUE); /* the id; what was annulled comes back */
	CHECK_INT(scene_number(s.db, "select count(*) from visit where held = 1"), 2);
	end(&s);
}

static int add_file(struct scene *s)
{
	const struct draw_part parts[] = { { s->row.key, "rules.txt", 0, true, "abc", 3 },
					   { s->row.key, "rules.txt", 1, true, "de", 2 } };

	TRY(draw_file_add(s->db, &parts[0]));
	return draw_file_add(s->db, &parts[1]);
}

static int replace_part(struct scene *s)
{
	const struct draw_part p = { s->row.key, "rules.txt", 1, false, "E", 1 };
	const struct draw_part none = { s->row.key, "rules.txt", 2, false, "E", 1 };

	TRY(draw_file_replace(s->db, &p));
	return draw_file_replace(s->db, &none) == NONE ? OK : INVALID;
}

static int join_parts(void *arg, const struct draw_part *p)
{
	char *out = arg;

	memcpy(out + strlen(out), p->at, p->len);
	return p->sealed == (p->part == 0) ? DB_OK : INVALID;
}

TEST(files_are_parts_in_order)
{
	struct scene s;
	char text[16] = "";
	const char **names;
	size_t count;

	begin(&s);
	CHECK_INT(in_write(&s, add), DB_OK);
	CHECK_INT(in_write(&s, add_file), DB_OK);
	CHECK_INT(in_write(&s, add_file), DB_UNIQUE);
	CHECK_INT(in_write(&s, replace_part), OK);
	CHECK_INT(draw_file_walk(s.db, s.row.key, "rules.txt", join_parts, text), DB_OK);
	CHECK_STR(text, "abcE");
	CHECK_INT(draw_file_names(s.db, &s.a, s.row.key, &names, &count), DB_OK);
	CHECK(count == 1 && strcmp(names[0], "rules.txt") == 0);
	end(&s);
}

static int add_more(struct scene *s)
{
	const struct visit_certain certain = {
		.visit = ID_A, .body = "130600", .sealed = "xyz", .sealed_len = 3
	};
	const struct visit_assistant assistant = {
		.visit = ID_A, .assistant = "E1", .how = "drawn", .actor = "甲", .approver = ""
	};
	const struct visit_press press = { .draw = s->row.key,
					   .branch = "130638",
					   .actor = "甲",
					   .words = "催",
					   .answer_by = 20550 };

	TRY(visit_certain_add(s->db, &certain));
	TRY(visit_assistant_add(s->db, &assistant));
	return visit_press_add(s->db, &press);
}

static int use_certain(struct scene *s)
{
	return visit_certain_use(s->db, 1, s->row.key);
}

static int answer(struct scene *s)
{
	struct visit_press press;

	TRY(visit_press_next(s->db, &s->a, s->row.key, "130638", &press));
	press.answered_at = 30;
	press.answered_by = "乙";
	press.answer = "好";
	return visit_press_answer(s->db, &press);
}

static int give_opinion(struct scene *s)
{
	const struct visit_assistant row = { .visit = ID_A, .assistant = "E1", .opinion = HEX };

	return visit_assistant_opinion(s->db, &row);
}

static int count_certain(void *arg, const struct visit_certain *c)
{
	int *n = arg;

	++*n;
	return c->sealed_len == 3 ? DB_OK : INVALID;
}

TEST(what_is_used_or_answered_once_stays_so)
{
	struct scene s;
	int n = 0;

	begin(&s);
	CHECK_INT(in_write(&s, add), DB_OK);
	CHECK_INT(in_write(&s, add_visits), DB_OK);
	CHECK_INT(in_write(&s, add_more), DB_OK);
	CHECK_INT(visit_certain_walk(s.db, "130600", count_certain, &n), DB_OK);
	CHECK_INT(n, 1);
	CHECK_INT(in_write(&s, use_certain), DB_OK);
	CHECK_INT(in_write(&s, use_certain), CONFLICT);
	CHECK_INT(visit_certain_walk(s.db, "130600", count_certain, &n), DB_OK);
	CHECK_INT(n, 1);
	CHECK_INT(in_write(&s, answer), DB_OK);
	CHECK_INT(in_write(&s, answer), NONE);
	CHECK_INT(in_write(&s, give_opinion), DB_OK);
	CHECK_INT(in_write(&s, give_opinion), CONFLICT);
	end(&s);
}

static int add_staff(struct scene *s)
{
	const struct draw_staff_row row = { .draw = s->row.key,
					    .at = 11,
					    .actor = "甲",
					    .approver = "局长",
					    .second = "王五",
					    .visits = 3,
					    .places = 6,
					    .beyond = 1,
					    .words = "xyz",
					    .words_len = 3 };

	return draw_staff_add(s->db, &row);
}

TEST(teams_made_later_are_a_row_of_the_draw)
{
	struct scene s;
	struct draw_staff_row row;

	begin(&s);
	CHECK_INT(in_write(&s, add), DB_OK);
	CHECK_INT(draw_staff_get(s.db, &s.a, s.row.key, &row), NONE);
	CHECK_INT(in_write(&s, add_staff), DB_OK);
	CHECK_INT(draw_staff_get(s.db, &s.a, s.row.key, &row), DB_OK);
	CHECK(row.at == 11 && row.visits == 3 && row.places == 6 && row.beyond == 1);
	CHECK(row.words_len == 3 && memcmp(row.words, "xyz", 3) == 0);
	CHECK_STR(row.second, "王五");
	end(&s);
}
