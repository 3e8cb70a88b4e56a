/* test/app/ledger_draws.c — rows of draws and visits changed past the program no longer fit the ledger. */
#include "app/ledger_draws.h"

#include "app/life_assist.h"
#include "app/life_change.h"
#include "app/life_cross.h"
#include "app/life_drop.h"
#include "app/life_end.h"
#include "app/life_open.h"
#include "app/life_prepare.h"
#include "app/life_reveal.h"
#include "app/life_staff.h"
#include "app/life_undo.h"
#include "app/life_visit.h"
#include "app/person.h"
#include "app/registry_import.h"
#include "base/file.h"
#include "base/status.h"
#include "core/declare.h"

#include "life_tricks.h"
#include "unit.h"

#include <string.h>

#define EVIDENCE "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define SHARE "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100"
#define KEY "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29"
#define FIRST "130600-2026-0001"
#define SECOND "130600-2026-0002"
#define LATER "dice 20d10 hall 2026-03-02T12:00"

static const char people[] = "id,name,role,pool,confidential,declared,recusals,accepts,districts\n"
			     "E1,专家甲,expert,water,2026-01-01,2026-01-01,,1,\n";

static void import_expert(struct life_world *w)
{
	const char *path = arena_printf(w->a, "%s/people.csv", unit_folder());
	const struct registry_import in = {
		.kind = REGISTRY_INSPECTORS, .file = path, .reason = "导入", .max_rows = 1000
	};
	struct registry_imported done;

	CHECK_INT(file_write(path, people, strlen(people), 0600), OK);
	life_world_as(w, "录入员");
	CHECK_INT(registry_import(w->o, w->a, &in, &done), OK);
	life_world_as(w, "张三");
}

/* With the share of a notary that is opened, and a copy of the operator's that was tried. */
static void draw_first(struct life_world *w)
{
	char commitment[65] = "";
	struct draw_row row;

	declare_commitment(span_of(FIRST), SPAN("notary"), span_of(SHARE), commitment);
	const struct sheet_share share = { "notary", commitment, NULL };
	life_world_ok(w, life_party(w->o, "notary", KEY));
	life_world_ok(w, life_world_prepare(w, "daily"));
	life_world_ok(w, life_world_approve(w));
	life_world_ok(w, life_world_freeze_with(w, LIFE_DICE, &share, 1));
	life_world_hold(w);
	w->o->fixed_now += 1000;
	life_world_ok(
		w, life_rehearse(w->o, w->a, w->draw, "archive", life_world_secret(w, LIFE_SHARE)));
	life_world_ok(w, life_open(w->o, w->a, w->draw, "notary", SHARE, &row));
	w->o->fixed_now = LIFE_DICE_AT + 60000;
	life_world_ok(w, life_world_run(w));
}

static const char *accept(struct life_world *w, const char *visit)
{
	struct visit_member *team;
	struct life_site site;
	size_t count;

	CHECK_INT(visit_member_list(w->o->db, w->a, visit, false, &team, &count), OK);
	life_world_ok(w, life_world_accept(w, visit, team[0].inspector, &site));
	return arena_mem(w->a, site.id.at, site.id.len);
}

/* A visit that has another one in its trip, both after the first few. */
static const char *in_company(struct life_world *w, const char *const *ids, size_t count)
{
	for (size_t i = 5; i < count; i++)
		for (size_t k = 5; k < i; k++) {
			struct visit_row v, other;
			CHECK_INT(visit_get(w->o->db, w->a, ids[i], &v), OK);
			CHECK_INT(visit_get(w->o->db, w->a, ids[k], &other), OK);
			if (strcmp(other.trip, v.trip) == 0)
				return ids[i];
		}
	CHECK(false);
	return ids[5];
}

/* Of the visits by id: 0 replaced, 1 made, 2 accepted with an expert, 3 refused, 4 not made after all; somebody of a trip falls ill. */
static const char *change_visits(struct life_world *w)
{
	const struct life_assist expert = { .assistant = "E1",
					    .reason = "懂废水",
					    .approver = "局长" };
	struct life_change in = life_world_closed("");
	struct life_drop drop = { "", "refused", "不让进", EVIDENCE, "局长", "王五" };
	struct life_assist assist = expert;
	struct visit_member *team;
	struct life_changed out;
	const char **ids;
	size_t count;

	size_t visits = life_world_visits(w, &ids);
	in.visit = ids[0];
	life_world_ok(w, life_change(w->o, w->a, &in, &out));
	accept(w, ids[1]);
	life_world_ok(w, life_done(w->o, w->a, ids[1], 0, false));
	const char *site = accept(w, ids[2]);
	assist.visit = ids[2];
	life_world_ok(w, life_assist_choose(w->o, w->a, &assist));
	life_world_ok(w, life_assist_opinion(w->o, w->a, ids[2], "E1", EVIDENCE));
	const char *ill = in_company(w, ids, visits);
	CHECK_INT(visit_member_list(w->o->db, w->a, ill, false, &team, &count), OK);
	in = (struct life_change){ .kind = LIFE_ILLNESS,
				   .reason = "住院",
				   .approver = "局长",
				   .visit = ill,
				   .member = team[0].inspector };
	life_world_ok(w, life_change(w->o, w->a, &in, &out));
	accept(w, ids[3]);
	drop.visit = ids[3];
	life_world_ok(w, life_drop(w->o, w->a, &drop));
	accept(w, ids[4]);
	const struct life_undo undo = { ids[4], "记错了任务", "局长" };
	life_world_ok(w, life_done(w->o, w->a, ids[4], 0, true));
	w->o->fixed_now += 1000;
	life_world_ok(w, life_undo(w->o, w->a, &undo));
	return site;
}

/* The second draw waits for the first, and is frozen. */
static void freeze_second(struct life_world *w, const char *site)
{
	static const char *waiting[1];

	waiting[0] = site;
	life_lists_now.waiting = waiting;
	life_lists_now.waiting_count = 1;
	life_lists_now.prefix = "T";
	life_lists_now.rule = "campaign";
	life_world_ok(w, life_world_prepare(w, "campaign-1"));
	life_world_ok(w, life_world_approve(w));
	life_world_ok(w, life_world_freeze_with(w, LATER, NULL, 0));
	life_world_hold(w);
}

static void change_people(struct life_world *w)
{
	struct person_change in = { "局长", "leader", NULL };

	life_world_ok(w, person_add(w->o, w->a, &in));
	in = (struct person_change){ "赵六", "legal", "局长" };
	life_world_ok(w, person_add(w->o, w->a, &in));
	w->o->fixed_now += 1000;
	life_world_ok(w, person_leave(w->o, w->a, &in));
}

/* A draw of which everything has happened that can, and a frozen one. */
static void fill(struct life_world *w)
{
	struct life_press press = { .branch = "130638", .words = "进度", .answer_by = 20520 };

	life_world_init(w);
	life_lists_now.rules = "team 2 1 1\nbundle 3\nquota s0 1/5\nquota s1 1/5\n";
	import_expert(w);
	draw_first(w);
	const char *site = change_visits(w);
	press.draw = w->draw;
	life_world_ok(w, life_press(w->o, w->a, &press));
	w->o->fixed_now += 1000;
	life_world_as(w, "分局甲");
	press.words = "快完了";
	struct visit_press answered;
	life_world_ok(w, life_press_answer(w->o, w->a, &press, &answered));
	life_world_as(w, "张三");
	freeze_second(w, site);
	change_people(w);
}

#define OF_FIRST " draw = (select key from draw where id = '" FIRST "')"
#define OF_SECOND " draw = (select key from draw where id = '" SECOND "')"
/* A visit that nothing has happened to. */
#define LAST "(select max(id) from visit where replaces is null and state = 'planned')"

static const struct life_trick of_draws[] = {
	{ "update draw set frozen_by = '别人'", FIRST, "锁定" },
	{ "update draw set drawn_at = drawn_at + 1 where id = '" FIRST "'", FIRST, "抽取" },
	{ "update draw set approved_by = '别人'", FIRST, "批准" },
	{ "update draw set approved_for = 'discipline'", FIRST, "批准" },
	{ "update draw set approved_version = 2", FIRST, "批准" },
	{ "update draw set approved_rules = '?'", FIRST, "批准" },
	{ "update draw set root = '" EVIDENCE "' where state = 'drawn'", FIRST, "结果根" },
	{ "update draw set drawn = drawn + 1 where state = 'drawn'", FIRST, "抽中的家数" },
	{ "update draw set relaxed = 1 where state = 'drawn'", FIRST, "放宽" },
	{ "update draw set unmet = 1 where state = 'drawn'", FIRST, "派不出" },
	{ "update draw set teams = 0 where state = 'drawn'", FIRST, "有没有检查组" },
	{ "update draw set objects = objects + 1 where id = '" SECOND "'", SECOND, "名单的家数" },
	{ "update draw set reveal_by = 10000 where id = '" SECOND "'", SECOND, "最迟揭示日" },
	{ "update draw set period_end = period_end + 1 where id = '" SECOND "'", SECOND, "期末" },
	{ "update draw set pool = 'LH-9' where id = '" SECOND "'", SECOND, "准备抽取" },
	{ "update draw set period = '2026-Q2' where id = '" SECOND "'", SECOND, "准备抽取" },
	{ "update draw set sealed = 0 where id = '" SECOND "'", SECOND, "准备抽取" },
	{ "update draw set area = '130638' where id = '" SECOND "'", SECOND, "区域" },
	{ "update draw set title = '别的' where id = '" SECOND "'", SECOND, "名称" },
	{ "update draw set declaration = 'x' where id = '" SECOND "'", SECOND, "声明" },
	{ "update draw set state = 'opened' where id = '" SECOND "'", SECOND, "状态" },
	{ "update draw set opened_at = opened_at + 1 where opened_at > 0", FIRST, "打开份额" },
	{ "update draw set opened_by = '别人' where opened_at > 0", FIRST, "打开份额" },
	{ "update draw set state = 'frozen', drawn_at = 0, drawn_by = '' where id = '" FIRST "'",
	  FIRST, "抽取" },
	{ "delete from draw_cover where" OF_SECOND, SECOND, "最低要求" },
	{ "update draw_cover set members = 9 where" OF_SECOND, SECOND, "最低要求" },
	{ "update draw_cover set need = 9 where" OF_SECOND, SECOND, "最低要求" },
	{ "update draw_cover set drawn = 9 where" OF_SECOND, SECOND, "最低要求" },
	{ "update draw_cover set rule = 'x' where" OF_SECOND, SECOND, "最低要求" },
	{ "update draw_cover set pool = 'x' where" OF_SECOND, SECOND, "最低要求" },
	{ "update draw_cover set period = 'x' where" OF_SECOND, SECOND, "最低要求" },
	{ "update draw_cover set sentence = 'x' where" OF_SECOND, SECOND, "最低要求" },
	{ "update draw_cover set live = 0 where" OF_SECOND, SECOND, "最低要求" },
	{ "update draw_cover set body = '130602' where" OF_SECOND, SECOND, "最低要求" },
	{ "delete from draw_wait", SECOND, "等候" },
	{ "insert into draw_wait select other, draw from draw_wait", FIRST, "等候" },
	{ "update draw_share set commitment = '" EVIDENCE "' where party = 'notary'", FIRST,
	  "承诺" },
	{ "update draw_share set sign_key = 'x' where party = 'notary'", FIRST, "公钥" },
	{ "update draw_share set signature = 'x' where party = 'notary'", FIRST, "签名" },
	{ "update draw_share set party = 'press' where party = 'notary'", FIRST, "各方" },
	{ "delete from draw_share where" OF_SECOND, SECOND, "各方" },
	{ "update draw_share set opened = '" EVIDENCE "' where party = 'notary'", FIRST, "份额" },
	{ "update draw_share set opened_at = opened_at + 1 where party = 'notary'", FIRST,
	  "打开份额" },
	{ "update draw_share set opened = '', opened_at = 0 where party = 'notary'", FIRST,
	  "打开份额" },
	{ "update draw_share set opened = '" SHARE "', opened_at = 1 where party = 'operator'",
	  FIRST, "揭示" },
	{ "update draw_party set sign_key = '" EVIDENCE "'", "notary", "登记份额方" },
	{ "update draw_party set since = since - 1", "notary", "登记份额方" },
	{ "update draw_party set actor = '别人'", "notary", "登记份额方" },
	{ "update draw_party set party = 'press'", "press", "登记份额方" },
	{ "delete from draw_party", "notary", "登记份额方" },
	{ "insert into draw_party select party, '" EVIDENCE "', since, actor from draw_party",
	  "notary", "登记份额方" },
	{ "delete from draw_holder where office = 'archive' and" OF_FIRST, FIRST, "保管人" },
	{ "update draw_holder set holder = '别人' where office = 'archive' and" OF_FIRST, FIRST,
	  "保管人" },
	{ "update draw_holder set at = at - 1 where" OF_FIRST, FIRST, "保管人" },
	{ "update draw_holder set rehearsed_at = 0 where" OF_FIRST, FIRST, "试开份额" },
	{ "update draw_holder set rehearsed_at = at + 1000 where" OF_FIRST, FIRST, "试开份额" },
};

static const struct life_trick of_files[] = {
	{ "delete from draw_file where name = 'matters.tsv' and" OF_SECOND, SECOND, "文件" },
	{ "update draw_file set bytes = (select bytes from draw_file as o where o.name = 'left-out.tsv'"
	  " and o.draw = draw_file.draw) where name = 'conflicts.tsv' and" OF_SECOND,
	  SECOND, "文件" },
	{ "update draw_file set sealed = 0 where name = 'objects.tsv' and" OF_SECOND, SECOND,
	  "文件" },
	{ "update draw_file set name = 'x' where name = 'assistants.tsv' and" OF_SECOND, SECOND,
	  "文件" },
	{ "insert into draw_file select draw, name, 7, sealed, bytes from draw_file"
	  " where name = 'rules.txt' and" OF_SECOND,
	  SECOND, "文件" },
	{ "insert into draw_file select draw, 'new', 7, sealed, bytes from draw_file"
	  " where name = 'rules.txt' and" OF_SECOND,
	  SECOND, "文件" },
	{ "update draw_file set bytes = (select bytes from draw_file as o"
	  " where o.name = 'result.root') where name = 'declaration' and" OF_SECOND,
	  SECOND, "文件" },
	{ "delete from draw_file where name = 'operator-share' and" OF_SECOND, SECOND, "封存" },
	{ "delete from draw_file where name = 'values'", FIRST, "文件" },
	{ "delete from draw_file where name = 'result.tsv'", FIRST, "文件" },
	{ "delete from draw_file where name = 'result.root'", FIRST, "文件" },
	{ "delete from draw_file where name = 'record'", FIRST, "封存" },
	{ "delete from draw_file where name = 'seed'", FIRST, "封存" },
};

static const struct life_trick of_visits[] = {
	{ "update visit set sealed = (select o.sealed from visit as o where o.state = 'visited')"
	  " where id = " LAST,
	  FIRST, "检查任务" },
	{ "update visit set trip = (select min(id) from visit) where id = " LAST, FIRST,
	  "检查任务" },
	{ "update visit set shared = (select min(id) from visit) where id = " LAST, FIRST,
	  "检查任务" },
	{ "delete from visit_member where visit = " LAST, FIRST, "检查组" },
	{ "delete from visit_member where place = 1 and visit = " LAST, FIRST, "检查组" },
	{ "update visit_member set inspector = 'P99999' where place = 0 and visit = " LAST, FIRST,
	  "检查组" },
	{ "update visit_member set place = 9 where place = 0 and visit = " LAST, FIRST, "检查组" },
	{ "update visit_member set grade = 'J' where visit = " LAST, FIRST, "检查组" },
	{ "insert into visit_member select visit, 5, 'P99999', grade, 0, 0 from visit_member"
	  " where place = 1 and visit = " LAST,
	  FIRST, "检查组" },
	{ "update visit_member set lead = 1 - lead where visit = " LAST, "主办人", NULL },
	{ "update visit_member set left_at = 1, lead = 0 where place = 1 and visit = " LAST,
	  "离开检查组", NULL },
	{ "update visit set body = '130602' where id = " LAST, "与它的抽取不符", NULL },
	{ "update visit set year = 2027 where id = " LAST, "与它的抽取不符", NULL },
	{ "update visit set period = '2026-Q2' where id = " LAST, "与它的抽取不符", NULL },
	{ "update visit set kind = 'campaign' where id = " LAST, "与它的抽取不符", NULL },
	{ "update visit set joint = 1 where id = " LAST, "与它的抽取不符", NULL },
	{ "update visit set deadline = deadline + 30 where id = " LAST, "与它的抽取不符", NULL },
	{ "update visit set held = 0 where id = " LAST, "占用", NULL },
	{ "insert into visit (id, draw, body, year, period, kind, joint, state, trip, held, site,"
	  " sealed, deadline) select 'Z' || substr(id, 2), draw, body, year, period, kind, joint,"
	  " state, trip, held, site, sealed, deadline from visit where id = " LAST,
	  FIRST, "检查任务" },
	{ "insert into visit (id, draw, body, year, period, kind, joint, state, trip, held, site,"
	  " sealed, deadline) select 'Z' || substr(id, 2), null, body, year, period, 'targeted',"
	  " joint, state, trip, held, site, sealed, deadline from visit where id = " LAST,
	  "与它的抽取不符", NULL },
	{ "update visit set site = 'S9999999' where state = 'accepted'", "封存的那一家", NULL },
	{ "update visit set site = 'S9999999' where state = 'visited'", "封存的那一家", NULL },
	{ "update visit set site = 'S9999999' where ended = 'refused'", "封存的那一家", NULL },
	{ "update visit set state = 'visited', day = 20520, held = 0 where state = 'accepted'",
	  "完成检查", NULL },
	{ "update visit set state = 'ended', ended = 'closed', site = 'X', held = 0"
	  " where state = 'accepted'",
	  "终止任务", NULL },
	{ "update visit set accepted_at = 0 where state = 'accepted'", "接受任务", NULL },
	{ "update visit set accepted_at = accepted_at - 1 where state = 'accepted'", "接受任务",
	  NULL },
	{ "update visit set state = 'planned', accepted_at = 0, accepted_by = ''"
	  " where state = 'accepted'",
	  "接受任务", NULL },
	{ "update visit set accepted_by = 'P99999' where state = 'accepted'", "接收人", NULL },
	{ "update visit set day = day + 1 where state = 'visited'", "检查日期", NULL },
	{ "delete from visit_undone", "完成检查", NULL },
	{ "update visit_undone set day = day + 1", "检查登记", NULL },
	{ "update visit_undone set offsite = 0", "检查登记", NULL },
	{ "update visit_undone set done_by = '别人'", "完成检查", NULL },
	{ "update visit_undone set done_at = done_at - 1", "完成检查", NULL },
	{ "update visit_undone set at = at + 1", "检查登记", NULL },
	{ "update visit_undone set approver = '别人'", "检查登记", NULL },
	{ "update visit_undone set visit = (select id from visit where state = 'visited')",
	  "检查登记", NULL },
	{ "update visit set state = 'visited', held = 0, day = (select day from visit_undone), offsite = 1,"
	  " ended_at = (select done_at from visit_undone), ended_by = (select done_by from visit_undone)"
	  " where id = (select visit from visit_undone)",
	  "完成检查", NULL },
	{ "update visit set offsite = 1 where state = 'visited'", "检查日期", NULL },
	{ "update visit set ended_by = '别人' where state = 'visited'", "完成检查", NULL },
	{ "update visit set day = 20520 where state = 'accepted'", "状态", NULL },
	{ "update visit set ended = 'moved' where ended = 'refused'", "终结的原因", NULL },
	{ "update visit set ended = 'annulled' where ended = 'refused'", "终止任务", NULL },
};

static const struct life_trick of_changes[] = {
	{ "delete from visit_change where kind = 'reserve'", "没有更换记录", NULL },
	{ "update visit set state = 'planned', ended = '', held = 1, ended_at = 0, ended_by = ''"
	  " where ended = 'replaced'",
	  "启用备选", NULL },
	{ "update visit set ended = 'closed', site = 'X' where ended = 'replaced'", "终止任务",
	  NULL },
	{ "update visit set ended_at = ended_at + 1 where ended = 'replaced'", "启用备选", NULL },
	{ "update visit set replaces = null where replaces is not null", FIRST, "检查任务" },
	{ "update visit set replaces = " LAST " where replaces is not null", "启用备选",
	  "接替的检查任务" },
	{ "update visit set trip = id where replaces is not null", "启用备选", "接替的检查任务" },
	{ "update visit set sealed = (select o.sealed from visit as o where o.state = 'visited')"
	  " where replaces is not null",
	  "启用备选", "接替的检查任务" },
	{ "delete from visit_member where place = 0 and visit ="
	  " (select id from visit where replaces is not null)",
	  "启用备选", "接替的检查任务" },
	{ "update visit_change set new_visit = " LAST " where kind = 'reserve'", "启用备选",
	  "接替的检查任务" },
	{ "update visit_change set evidence = '' where kind = 'reserve'", "启用备选", "证据" },
	{ "update visit_change set second = '别人' where kind = 'reserve'", "启用备选", "批准人" },
	{ "update visit_change set words = (select sealed from visit where state = 'visited')"
	  " where kind = 'reserve'",
	  "启用备选", "封存的原因" },
	{ "delete from visit_change where kind = 'illness'", "因病换人", NULL },
	{ "update visit_change set actor = '别人' where kind = 'illness'", "因病换人", NULL },
	{ "update visit_change set at = at - 1 where kind = 'illness'", "因病换人", NULL },
	{ "update visit_change set approver = '别人' where kind = 'illness'", "因病换人",
	  "批准人" },
	{ "update visit_change set left_member = 'P99999' where kind = 'illness'", "因病换人",
	  "不去的人" },
	{ "update visit_change set new_member = 'P99999' where kind = 'illness'", FIRST, "检查组" },
	{ "update visit_member set left_at = 0 where left_at > 0", "照着换", NULL },
	{ "update visit_member set left_at = left_at - 1 where left_at > 0", "离开检查组", NULL },
	{ "delete from visit_member where inspector = (select new_member from visit_change"
	  " where kind = 'illness') and visit = (select visit from visit_change"
	  " where kind = 'illness')",
	  "因病换人", "接替的人" },
	{ "delete from visit_member where inspector = (select new_member from visit_change"
	  " where kind = 'illness') and visit <> (select visit from visit_change"
	  " where kind = 'illness') and visit in (select v.id from visit as v join visit as w"
	  " on w.trip = v.trip join visit_change as c on c.visit = w.id where c.kind = 'illness')",
	  "照着换", NULL },
	{ "update visit_member set grade = case when grade = 'S' then 'J' else 'S' end"
	  " where inspector = (select new_member from visit_change where kind = 'illness')"
	  " and visit = (select visit from visit_change where kind = 'illness')",
	  "因病换人", "接替的人" },
	{ "update visit_member set grade = case when grade = 'S' then 'J' else 'S' end"
	  " where inspector = (select new_member from visit_change where kind = 'illness')"
	  " and visit <> (select visit from visit_change where kind = 'illness') and visit in"
	  " (select v.id from visit as v join visit as w on w.trip = v.trip"
	  " join visit_change as c on c.visit = w.id where c.kind = 'illness')",
	  "老、新", NULL },
	{ "delete from visit_certain", "下次必查", NULL },
	{ "update visit_certain set at = at - 1", "下次必查", NULL },
	{ "update visit_certain set body = '130602'", "下次必查", NULL },
	{ "update visit_certain set sealed = (select sealed from visit where state = 'visited')",
	  "下次必查", NULL },
	{ "update visit_certain set used_by = (select key from draw where id = '" SECOND "')",
	  SECOND, "必查" },
	{ "insert into visit_certain (visit, body, sealed, at) select id, body, sealed, 1"
	  " from visit where id = " LAST,
	  "下次必查", NULL },
	{ "delete from visit_press", FIRST, "督办" },
	{ "update visit_press set words = '好'", FIRST, "督办" },
	{ "update visit_press set answer_by = answer_by + 1", FIRST, "答复期限" },
	{ "update visit_press set branch = '130602'", FIRST, "督办" },
	{ "update visit_press set answer = '好'", FIRST, "答复督办" },
	{ "update visit_press set answered_at = 0", FIRST, "答复督办" },
	{ "update visit_press set answered_by = '别人'", FIRST, "答复督办" },
	{ "delete from visit_assistant", "协助", NULL },
	{ "update visit_assistant set assistant = 'E2'", "协助", NULL },
	{ "update visit_assistant set how = 'drawn'", "协助", NULL },
	{ "update visit_assistant set approver = '别人'", "协助", "批准人" },
	{ "update visit_assistant set actor = '别人'", "协助", NULL },
	{ "update visit_assistant set opinion = '" SHARE "'", "专家意见", NULL },
	{ "update visit_assistant set opinion = '', opinion_at = 0", "专家意见", NULL },
};

static const struct life_trick of_people[] = {
	{ "insert into person (name, role, at, actor, left_at)"
	  " values ('小舅子', 'legal', 1772413200000, '局长', 0)",
	  "legal", "登记人员" },
	{ "insert into person (name, role, at, actor, left_at) select name, role, at, actor, 0"
	  " from person where name = '赵六'",
	  "legal", "登记人员" },
	{ "insert into person (name, role, at, actor, left_at) select '小舅子', role, at, actor, 0"
	  " from person where name = '赵六'",
	  "legal", "登记人员" },
	{ "update person set left_at = 0", "legal", "离任" },
	{ "update person set left_at = left_at + 1 where left_at > 0", "legal", "离任" },
	{ "update person set left_at = at where name = '局长'", "leader", "离任" },
	{ "update person set name = '小舅子' where name = '局长'", "leader", "登记人员" },
	{ "update person set role = 'legal' where name = '局长'", "登记人员", NULL },
	{ "update person set actor = '别人' where name = '局长'", "leader", "登记人员" },
	{ "update person set at = at - 1 where name = '局长'", "leader", "登记人员" },
	{ "delete from person where name = '赵六'", "legal", "登记人员" },
};

TEST(whatever_a_draw_left_is_changed_past_the_program_is_found)
{
	struct life_world w;

	fill(&w);
	life_tricks_found(&w, of_draws, COUNT(of_draws));
	life_tricks_found(&w, of_files, COUNT(of_files));
	life_tricks_found(&w, of_visits, COUNT(of_visits));
	life_tricks_found(&w, of_changes, COUNT(of_changes));
	life_tricks_found(&w, of_people, COUNT(of_people));
	life_world_release(&w);
}

TEST(teams_that_were_made_later_are_bound_by_their_own_entry)
{
	static const struct life_trick tricks[] = {
		{ "update draw_staff set approver = '别人'", FIRST, "批准人" },
		{ "update draw_staff set second = '别人'", FIRST, "批准人" },
		{ "update draw_staff set actor = '别人'", FIRST, "另行派组" },
		{ "update draw_staff set at = at + 1", FIRST, "另行派组" },
		{ "update draw_staff set visits = visits + 1", FIRST, "另行派组" },
		{ "update draw_staff set places = places + 1", FIRST, "派出的人次" },
		{ "update draw_staff set beyond = 0", FIRST, "超出" },
		{ "update draw_staff set words = (select sealed from visit where id = " LAST ")",
		  FIRST, "封存的原因" },
		{ "delete from draw_staff", FIRST, "另行派组" },
		{ "delete from draw_file where name = 'staff.tsv'", FIRST, "文件" },
		{ "delete from visit_member where place = 0 and visit = " LAST, FIRST, "检查组" },
		{ "update visit_member set inspector = 'P99999' where place = 0 and visit = " LAST,
		  FIRST, "检查组" },
	};
	struct life_staffed n;
	struct life_world w;

	life_world_init(&w);
	life_lists_now.limit = 1;
	life_world_drawn(&w);
	const struct life_staff in = { w.draw, "人手不够", "局长", "王五" };
	w.o->fixed_now += 1000;
	life_world_ok(&w, life_staff(w.o, &in, &w.notes, &n));
	life_tricks_found(&w, tricks, COUNT(tricks));
	life_world_release(&w);
}

TEST(what_a_reveal_has_put_in_the_clear_is_bound_by_its_entry)
{
	static const struct life_trick tricks[] = {
		{ "delete from draw_file where name = 'result.tsv'", FIRST, "揭示" },
		{ "update draw_file set bytes = (select bytes from draw_file as o"
		  " where o.name = 'seed') where name = 'objects.tsv'",
		  FIRST, "揭示" },
		{ "delete from draw_file where name = 'operator-share'", FIRST, "揭示" },
		{ "update draw_share set opened = '" SHARE "' where party = 'operator'", FIRST,
		  "揭示" },
		{ "update draw_share set opened_at = opened_at + 1 where party = 'operator'", FIRST,
		  "揭示" },
		{ "update draw set revealed_at = revealed_at - 1", FIRST, "揭示抽取" },
		{ "update draw set revealed_by = '别人'", FIRST, "揭示抽取" },
		{ "update draw set state = 'drawn', revealed_at = 0, revealed_by = ''", FIRST,
		  "揭示抽取" },
		{ "update visit set site = 'S9999999' where id = (select min(id) from visit)",
		  "封存的那一家", NULL },
		{ "update visit set site = '' where ended = 'replaced'", "与它的抽取不符", NULL },
	};
	struct life_change in;
	struct life_changed out;
	struct draw_row row;
	struct life_world w;
	const char **ids;

	life_world_init(&w);
	life_world_drawn(&w);
	life_world_visits(&w, &ids);
	in = life_world_closed(ids[0]);
	life_world_ok(&w, life_change(w.o, w.a, &in, &out));
	w.o->fixed_now += 40 * INT64_C(86400000) + 15 * INT64_C(86400000);
	life_world_ok(&w, life_reveal(w.o, w.a, w.draw, NULL, &row));
	life_tricks_found(&w, tricks, COUNT(tricks));
	life_world_release(&w);
}

TEST(what_was_annulled_stays_so)
{
	static const struct life_trick tricks[] = {
		{ "update draw set reason = '别的'", FIRST, "原因" },
		{ "update draw set ended_by = '别人'", FIRST, "作废抽取" },
		{ "update draw set ended_at = ended_at + 1", FIRST, "作废抽取" },
		{ "update draw set state = 'cancelled'", FIRST, "取消抽取" },
		{ "update draw set live = 1, state = 'drawn', ended_at = 0", FIRST, "作废抽取" },
		{ "update draw_cover set live = 1", FIRST, "最低要求" },
		{ "update visit set state = 'planned', ended = '', ended_at = 0, ended_by = '',"
		  " held = 1 where id = (select min(id) from visit)",
		  "是否作废", NULL },
		{ "update visit set ended_at = ended_at + 1 where id = (select min(id) from visit)",
		  "是否作废", NULL },
		{ "delete from draw_file where name = 'result.tsv'", FIRST, "文件" },
	};
	const struct life_annul in = {
		.draw = FIRST, .reason = "名单遗漏一个县", .head = "局长", .discipline = "纪检甲"
	};
	struct life_world w;

	life_world_init(&w);
	life_world_drawn(&w);
	life_world_ok(&w, life_annul(w.o, w.a, &in));
	life_tricks_found(&w, tricks, COUNT(tricks));
	life_world_release(&w);
}
