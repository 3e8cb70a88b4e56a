/* test/app/life_staff.c — teams for the visits of a draw that ended without. */
#include "app/life_staff.h"

#include "app/draw_audit.h"
#include "app/draw_staffing.h"
#include "app/life_change.h"
#include "app/life_end.h"
#include "app/life_list.h"
#include "app/life_reveal.h"
#include "app/life_visit.h"
#include "base/file.h"
#include "base/status.h"

#include "life_world.h"
#include "unit.h"

#include <string.h>

#define EVIDENCE "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define DAY_MS INT64_C(86400000)

static int staff(struct life_world *w, const char *reason, const char *approver, const char *second,
		 struct life_staffed *ret)
{
	const struct life_staff in = { w->draw, reason, approver, second };

	return life_staff(w->o, &in, &w->notes, ret);
}

/* Drawn without teams: everybody may go once. */
static void short_of_people(struct life_world *w)
{
	life_world_init(w);
	life_lists_now.limit = 1;
	life_world_drawn(w);
	CHECK(!life_world_row(w).teams);
}

static int64_t entries(struct life_world *w)
{
	return life_world_number(w,
				 "select count(*) from ledger_entry where action = 'draw.staff'");
}

TEST(a_draw_without_teams_gets_them_by_r_with_two_approvers_in_one_entry)
{
	struct life_world w;
	struct life_staffed n;
	struct life_draw_shown shown;

	short_of_people(&w);
	LIFE_REFUSED(&w, staff(&w, " ", "局长", "王五", &n), INVALID, "写明");
	LIFE_REFUSED(&w, staff(&w, "人手不够", "局长", NULL, &n), FORBIDDEN, "两名批准人");
	LIFE_REFUSED(&w, staff(&w, "人手不够", "局长", "局 长", &n), FORBIDDEN, "同一个人");
	LIFE_REFUSED(&w, staff(&w, "人手不够", "局长", w.o->actor, &n), FORBIDDEN, "不能自己批准");
	CHECK_INT(entries(&w) + life_world_number(&w, "select count(*) from visit_member"), 0);
	life_world_ok(&w, staff(&w, "人手不够", "局长", "王五", &n));
	int64_t drawn = life_world_row(&w).drawn;
	CHECK_INT(n.visits, drawn);
	CHECK_INT(n.left, 0);
	CHECK(n.declared > 0 && n.declared < n.trips && n.exceptions > 0);
	CHECK_INT(n.places, 2 * (uint64_t)n.trips);
	CHECK_INT(life_world_number(&w, "select count(*) from visit_member"), 2 * drawn);
	CHECK_INT(life_world_number(&w, "select count(*) from visit_member where lead = 1"), drawn);
	CHECK_INT(entries(&w), 1);
	CHECK_INT(life_world_number(&w, "select count(*) from draw_staff where beyond > 0 and"
					" approver = '局长' and second = '王五'"),
		  1);
	CHECK_INT(life_world_number(&w, "select count(*) from draw_file where name = 'staff.tsv'"
					" and sealed = 0"),
		  0);
	life_world_ok(&w, life_draw_show(w.o, w.a, w.draw, &shown));
	CHECK(shown.staff && shown.staff->visits == drawn && !shown.staff->words);
	LIFE_REFUSED(&w, staff(&w, "再来", "局长", "王五", &n), CONFLICT, "已经派过组");
	CHECK_INT(entries(&w), 1);
	life_world_release(&w);
}

TEST(a_draw_with_teams_or_not_drawn_yet_is_not_staffed)
{
	struct life_world w;
	struct life_staffed n;

	life_world_init(&w);
	life_world_frozen(&w);
	LIFE_REFUSED(&w, staff(&w, "人手不够", "局长", "王五", &n), CONFLICT, "派组");
	w.o->fixed_now = LIFE_DICE_AT + 60000;
	life_world_ok(&w, life_world_run(&w));
	LIFE_REFUSED(&w, staff(&w, "人手不够", "局长", "王五", &n), CONFLICT, "排出了检查组");
	const struct life_annul annul = { w.draw, "名单有误", "局长", "周九" };
	life_world_ok(&w, life_annul(w.o, w.a, &annul));
	LIFE_REFUSED(&w, staff(&w, "人手不够", "局长", "王五", &n), CONFLICT, "派组");
	w.draw = "130600-2026-0999";
	LIFE_REFUSED(&w, staff(&w, "人手不够", "局长", "王五", &n), NONE, "0999");
	CHECK_INT(entries(&w), 0);
	life_world_release(&w);
}

TEST(where_two_persons_are_missing_nothing_is_staffed)
{
	struct life_world w;
	struct life_staffed n;

	life_world_init(&w);
	life_lists_now.inspector_lines = "P1\tS\t200\t0\n";
	life_world_drawn(&w);
	LIFE_REFUSED(&w, staff(&w, "人手不够", "局长", "王五", &n), NONE, "一项也派不出");
	CHECK_INT(entries(&w) + life_world_number(&w, "select count(*) from visit_member"), 0);
	life_world_release(&w);
}

TEST(a_unit_is_replaced_only_after_its_visit_has_a_team)
{
	struct life_world w;
	struct life_staffed n;
	struct life_changed out;
	const char **ids;

	short_of_people(&w);
	life_world_visits(&w, &ids);
	const struct life_change gone = { LIFE_RESERVE, ids[0], NULL,  EVIDENCE,
					  "局长",       "王五", "关了" };
	LIFE_REFUSED(&w, life_change(w.o, w.a, &gone, &out), CONFLICT, "draw staff");
	life_world_ok(&w, staff(&w, "人手不够", "局长", "王五", &n));
	/* From now on the rule of all reserves decides: somebody may come for those who must avoid the new unit, or not. */
	int rc = life_change(w.o, w.a, &gone, &out);
	CHECK(rc == OK || (rc == NONE && strstr(w.o->why, "没有人能接替")));
	life_world_release(&w);
}

/* Exports the draw; returns the folder. */
static const char *exported(struct life_world *w, enum life_form form)
{
	const char *out = arena_printf(w->a, "%s/out", unit_folder());
	struct draw_row row;

	life_world_ok(w, life_export(w->o, w->a, w->draw, form, out, &row));
	return out;
}

static void read_staff(struct life_world *w, const char *folder, char **ret)
{
	size_t len;

	CHECK_INT(file_read(w->a, arena_printf(w->a, "%s/staff.tsv", folder), 1 << 20, ret, &len),
		  OK);
}

/* The mark of the step about teams that were made later; -1 if there is none. */
static int mark_of(struct life_world *w, const char *path)
{
	const struct draw_evidence evidence = { 0 };
	const struct draw_audit_watch watch = { 0 };
	struct draw_folder folder;
	struct draw_audit audit;
	enum core_file wrong;
	const char *where;
	int mark = -1;

	CHECK_INT(draw_folder_read(&folder, path, &wrong), OK);
	CHECK_INT(draw_audit(&folder, path, w->a, &evidence, &watch, &audit, &where), OK);
	for (uint32_t i = 0; i < audit.count; i++)
		if (strcmp(audit.steps[i].name, "staff") == 0)
			mark = (int)audit.steps[i].mark;
	draw_folder_release(&folder);
	return mark;
}

static void finish_later(struct life_world *w)
{
	struct draw_row row;

	w->o->fixed_now = life_world_row(w).reveal_by * DAY_MS;
	life_world_ok(w, life_reveal(w->o, w->a, w->draw, NULL, &row));
}

TEST(a_verifier_finds_the_same_teams_out_of_the_export)
{
	struct life_world w;
	struct life_staffed n;

	short_of_people(&w);
	life_world_ok(&w, staff(&w, "人手不够", "局长", "王五", &n));
	finish_later(&w);
	life_world_exported(&w, LIFE_AUDIT, true);
	const char *audit = exported(&w, LIFE_AUDIT);
	char *text, *published;
	read_staff(&w, audit, &text);
	CHECK(strstr(text, ":limit\n") != NULL);
	CHECK_INT(mark_of(&w, audit), VERIFY_OK);
	const char *public = exported(&w, LIFE_PUBLIC);
	read_staff(&w, public, &published);
	CHECK(strcmp(text, published) == 0);
	/* These lists have no recusals, so nothing is missing from the public form. */
	CHECK_INT(mark_of(&w, public), VERIFY_OK);
	/* A member of another's choice is found. */
	const char *other = strstr(text, "\tP"), *end = strchr(other, ',');
	char *changed = arena_printf(w.a, "%.*s\tX%s", (int)(other - text), text, end);
	CHECK_INT(file_write(arena_printf(w.a, "%s/staff.tsv", audit), changed, strlen(changed),
			     0600),
		  OK);
	CHECK_INT(mark_of(&w, audit), VERIFY_FAILED);
	life_world_release(&w);
}

TEST(teams_that_are_made_after_the_reveal_are_the_same)
{
	struct life_world w;
	struct life_staffed n;

	short_of_people(&w);
	finish_later(&w);
	life_world_ok(&w, staff(&w, "人手不够", "局长", "王五", &n));
	CHECK_INT(life_world_number(&w, "select count(*) from draw_file where name = 'staff.tsv'"
					" and sealed = 1"),
		  0);
	life_world_exported(&w, LIFE_AUDIT, true);
	CHECK_INT(mark_of(&w, exported(&w, LIFE_AUDIT)), VERIFY_OK);
	life_world_release(&w);
}
