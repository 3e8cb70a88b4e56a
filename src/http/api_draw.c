/* http/api_draw.c — draws: looked at, prepared, approved, opened, drawn, ended, revealed. Nothing sealed is answered. */
#include "app/account_session.h"
#include "app/job_run.h"
#include "app/life_cross.h"
#include "app/life_end.h"
#include "app/life_list.h"
#include "app/life_open.h"
#include "app/life_prepare.h"
#include "app/life_reveal.h"
#include "app/life_run.h"
#include "base/status.h"
#include "http/api.h"
#include "http/api_job.h"
#include "http/take.h"
#include "http/tell.h"

enum { VALUES_MOST = 32 };

struct draw_body {
	const char *plan, *period, *pool, *kind, *replaces, *office, *party, *key, *share, *reason,
		*branch, *words;
	struct input_rows values;
	int64_t answerBy;
	bool open;
};

#define TEXT(member, needed, most, words_of)                                                       \
	INPUT_ROW(struct draw_body, member, INPUT_TEXT, words_of, .required = needed,              \
		  .min = needed ? 1 : 0, .max = most)
static const char *const kind_words[] = { "random", "cross", NULL };
static const struct input prepare_inputs[] = {
	INPUT_ROW(struct draw_body, kind, INPUT_WORD, "随机，或市局组织的交叉",
		  .words = kind_words),
	INPUT_ROW(struct draw_body, open, INPUT_BOOL, "公开方式：没有操作方的份额"),
	TEXT(period, true, 10, "哪一期，例如 2026-Q4"),
	TEXT(plan, true, 64, "批准了的计划"),
	TEXT(pool, false, 64, "日常不写；专项、联合的写计划里的项目"),
	TEXT(replaces, false, 64, "代替哪次取消或作废的抽取"),
	{ .name = NULL },
};
static const char *const office_words[] = { "legal", "discipline", NULL };
static const struct input approve_inputs[] = {
	INPUT_ROW(struct draw_body, office, INPUT_WORD, "以法制还是纪检的名义", .required = true,
		  .words = office_words),
	{ .name = NULL },
};
static const char *const holder_words[] = { "discipline", "archive", NULL };
static const struct input hold_inputs[] = {
	INPUT_ROW(struct draw_body, office, INPUT_WORD, "为哪里保管", .required = true,
		  .words = holder_words),
	TEXT(share, true, 64, "手里的一份，与承诺核对，不保存"),
	{ .name = NULL },
};
static const struct input holder_share_inputs[] = {
	TEXT(share, true, 64, "手里的一份，64 个十六进制数字"),
	{ .name = NULL },
};
static const struct input party_inputs[] = {
	TEXT(key, true, 64, "签名用的公钥，64 个十六进制数字"),
	TEXT(party, true, 200, "外部参与方"),
	{ .name = NULL },
};
static const struct input share_inputs[] = {
	TEXT(party, true, 200, "外部参与方，写法与声明相同"),
	TEXT(share, true, 64, "它的份额，64 个十六进制数字"),
	{ .name = NULL },
};
static const struct input value_inputs[] = {
	{ .name = "name",
	  .kind = INPUT_TEXT,
	  .offset = offsetof(struct sheet_opened, name),
	  .max = 200,
	  .help = "声明里的来源；不写按顺序" },
	{ .name = "value",
	  .kind = INPUT_TEXT,
	  .offset = offsetof(struct sheet_opened, value),
	  .required = true,
	  .min = 1,
	  .max = 1000,
	  .help = "它的值" },
	{ .name = NULL },
};
static const struct input run_inputs[] = {
	INPUT_ROW(struct draw_body, values, INPUT_ROWS, "随机数来源的值", .required = true,
		  .min = 1, .max = VALUES_MOST, .row = value_inputs,
		  .row_size = sizeof(struct sheet_opened)),
	{ .name = NULL },
};
static const struct input cancel_inputs[] = {
	TEXT(party, false, 200, "拒不打开份额的参与方"),
	TEXT(reason, true, 200, "理由"),
	{ .name = NULL },
};
static const struct input press_inputs[] = {
	INPUT_ROW(struct draw_body, answerBy, INPUT_DAY, "哪天以前答复", .required = true),
	TEXT(branch, true, 6, "分局的六位代码"),
	TEXT(words, true, 200, "督办的内容"),
	{ .name = NULL },
};
static const struct input answer_inputs[] = {
	TEXT(branch, true, 6, "分局的六位代码"),
	TEXT(words, true, 200, "答复"),
	{ .name = NULL },
};

struct list_query {
	const char *body;
	int64_t year;
};
static const struct input list_inputs[] = {
	INPUT_ROW(struct list_query, body, INPUT_TEXT, "抽查机关的六位代码", .min = 6, .max = 6),
	INPUT_ROW(struct list_query, year, INPUT_INT, "哪一年", .min = 2000, .max = 9999),
	{ .name = NULL },
};

/* Members that a list and a draw have in common, in two runs of sorted keys. */
static void tell_draw(struct json *j, const struct draw_row *d)
{
	json_put_text(j, "approvedBy", d->approved_by);
	json_put_text(j, "area", d->area);
	json_put_text(j, "body", d->body);
	json_put_text(j, "department", d->department);
	json_put_int(j, "drawn", d->drawn);
	tell_time(j, "drawnAt", d->drawn_at);
	tell_time(j, "endedAt", d->ended_at);
	json_put_text(j, "endedReason", d->reason);
	tell_time(j, "frozenAt", d->frozen_at);
	json_put_text(j, "id", d->id);
	json_put_text(j, "kind", d->kind);
	json_put_bool(j, "live", d->live);
	json_put_int(j, "objects", d->objects);
	json_put_text(j, "period", d->period);
	json_put_text(j, "plan", d->plan);
	json_put_text(j, "pool", d->pool);
	tell_time(j, "preparedAt", d->prepared_at);
	json_put_text(j, "preparedBy", d->prepared_by);
	tell_day(j, "revealBy", d->reveal_by);
	tell_time(j, "revealedAt", d->revealed_at);
	json_put_text(j, "root", d->root);
	json_put_bool(j, "sealed", d->sealed);
	json_put_text(j, "state", d->state);
	json_put_bool(j, "teams", d->teams);
	json_put_text(j, "title", d->title);
	json_put_int(j, "unmet", d->unmet);
	json_put_int(j, "year", d->year);
}

static int give_draw(struct request *q, const struct draw_row *row)
{
	struct json j;

	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	tell_draw(&j, row);
	json_end_object(&j);
	return OK;
}

static int list_draws(struct request *q)
{
	struct list_query in = { .body = "" };
	struct life_draws draws;
	struct json j;

	if (take_query(q, &in) != OK)
		return OK;
	TRY(life_draws(q->office, &q->arena, in.body, in.year, &draws));
	tell_items(q, &j);
	for (size_t i = 0; i < draws.count; i++) {
		json_begin_object(&j);
		tell_draw(&j, &draws.list[i]);
		json_end_object(&j);
	}
	tell_items_end(&j, NULL, (int64_t)draws.count);
	return OK;
}

static void tell_shares(struct json *j, const struct life_draw_shown *s)
{
	json_key(j, "shares");
	json_begin_array(j);
	for (size_t i = 0; i < s->share_count; i++) {
		json_begin_object(j);
		json_put_text(j, "commitment", s->shares[i].commitment);
		tell_time(j, "openedAt", s->shares[i].opened_at);
		json_put_text(j, "party", s->shares[i].party);
		json_end_object(j);
	}
	json_end_array(j);
}

static void tell_holders(struct json *j, const struct life_draw_shown *s)
{
	json_key(j, "holders");
	json_begin_array(j);
	for (size_t i = 0; i < s->holder_count; i++) {
		json_begin_object(j);
		tell_time(j, "at", s->holders[i].at);
		json_put_text(j, "holder", s->holders[i].holder);
		json_put_text(j, "office", s->holders[i].office);
		json_end_object(j);
	}
	json_end_array(j);
}

static void tell_presses(struct json *j, const struct life_draw_shown *s)
{
	json_key(j, "presses");
	json_begin_array(j);
	for (size_t i = 0; i < s->press_count; i++) {
		const struct visit_press *p = &s->presses[i];
		json_begin_object(j);
		json_put_text(j, "answer", p->answer);
		tell_day(j, "answerBy", p->answer_by);
		tell_time(j, "answeredAt", p->answered_at);
		tell_time(j, "at", p->at);
		json_put_text(j, "branch", p->branch);
		json_put_text(j, "words", p->words);
		json_end_object(j);
	}
	json_end_array(j);
}

static void tell_moved(struct json *j, const struct life_draw_shown *s)
{
	json_key(j, "moved");
	json_begin_array(j);
	for (size_t i = 0; i < s->moved_count; i++) {
		const struct life_moved *m = &s->moved[i];
		json_begin_object(j);
		json_put_int(j, "changes", m->changes);
		json_put_int(j, "from", m->from);
		json_put_text(j, "registry", registry_name(m->registry));
		json_put_int(j, "to", m->to);
		json_end_object(j);
	}
	json_end_array(j);
}

static int show_draw(struct request *q)
{
	struct life_draw_shown s;
	struct json j;

	TRY(life_draw_show(q->office, &q->arena, q->values[0], &s));
	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	json_put_text(&j, "declared", s.declared);
	json_key(&j, "draw");
	json_begin_object(&j);
	tell_draw(&j, &s.row);
	json_end_object(&j);
	json_put_text(&j, "entropy", s.entropy);
	tell_holders(&j, &s);
	tell_moved(&j, &s);
	json_put_text(&j, "parent", s.parent);
	tell_presses(&j, &s);
	json_put_text(&j, "replacedBy", s.replaced_by);
	json_put_text(&j, "replaces", s.replaces);
	tell_shares(&j, &s);
	json_key(&j, "visits");
	json_begin_object(&j);
	json_put_int(&j, "accepted", s.visits.accepted);
	json_put_int(&j, "ended", s.visits.ended);
	json_put_int(&j, "planned", s.visits.planned);
	json_put_int(&j, "replaced", s.visits.replaced);
	json_put_int(&j, "visited", s.visits.visited);
	json_end_object(&j);
	json_end_object(&j);
	return OK;
}

static int prepare(struct request *q)
{
	struct draw_body in = { .kind = "random", .pool = "daily" };
	struct draw_row row;

	if (take_body(q, &in) != OK)
		return OK;
	const struct life_prepare ask = { .plan = in.plan,
					  .period = in.period,
					  .pool = in.pool,
					  .kind = in.kind,
					  .replaces = in.replaces,
					  .open_mode = in.open };
	TRY(life_prepare(q->office, &q->arena, &ask, &row));
	TRY(life_find(q->office, &q->arena, row.id, &row));
	q->reply.status = 201;
	return give_draw(q, &row);
}

static int done(struct request *q, int rc)
{
	q->reply.status = 204;
	return rc;
}

static int approve(struct request *q)
{
	struct draw_body in = { .office = "" };

	if (take_body(q, &in) != OK)
		return OK;
	return done(q, life_approve(q->office, &q->arena, q->values[0], in.office));
}

static int hold(struct request *q)
{
	struct draw_body in = { .office = "" };

	if (take_body(q, &in) != OK)
		return OK;
	return done(q, life_hold(q->office, &q->arena, q->values[0], in.office, in.share));
}

static int rehearse(struct request *q)
{
	struct draw_body in = { .office = "" };

	if (take_body(q, &in) != OK)
		return OK;
	return done(q, life_rehearse(q->office, &q->arena, q->values[0], in.office, in.share));
}

static int add_party(struct request *q)
{
	struct draw_body in = { .party = "" };

	if (take_body(q, &in) != OK)
		return OK;
	return done(q, life_party(q->office, in.party, in.key));
}

static int open_share(struct request *q)
{
	struct draw_body in = { .party = "" };
	struct draw_row row;

	if (take_body(q, &in) != OK)
		return OK;
	return done(q, life_open(q->office, &q->arena, q->values[0], in.party, in.share, &row));
}

/* What can be told at once is; the drawing itself may take long. */
static int run(struct request *q)
{
	struct draw_body in = { .party = "" };
	const char *request;
	struct job_row job;

	if (take_body(q, &in) != OK)
		return OK;
	TRY(life_run_ready(q->office, &q->arena, q->values[0]));
	const struct job_run_ask ask = { q->values[0], in.values.at, in.values.count };
	TRY(job_run_request(&q->arena, &ask, &request));
	TRY(job_make(q->office, &q->arena, q->here->account.row.key, job_run_draw.name, request,
		     &job));
	return api_job_accepted(q, &job);
}

static int cancel(struct request *q)
{
	struct draw_body in = { .reason = "" };

	if (take_body(q, &in) != OK)
		return OK;
	return done(q, life_cancel(q->office, &q->arena, q->values[0], in.reason, in.party));
}

static int reveal(struct request *q)
{
	struct draw_row row;

	TRY(life_reveal(q->office, &q->arena, q->values[0], NULL, &row));
	return give_draw(q, &row);
}

/* By a holder, when the operator's own share is lost or nobody reveals. */
static int reveal_by_holder(struct request *q)
{
	struct draw_body in = { .share = "" };
	struct draw_row row;

	if (take_body(q, &in) != OK)
		return OK;
	TRY(life_reveal(q->office, &q->arena, q->values[0], in.share, &row));
	return give_draw(q, &row);
}

static int press(struct request *q)
{
	struct draw_body in = { .words = "" };

	if (take_body(q, &in) != OK)
		return OK;
	const struct life_press ask = { q->values[0], in.branch, in.words, in.answerBy };
	return done(q, life_press(q->office, &q->arena, &ask));
}

static int list_presses(struct request *q)
{
	struct life_pressed *list;
	size_t count;
	struct json j;

	TRY(life_presses(q->office, &q->arena, &list, &count));
	tell_items(q, &j);
	for (size_t i = 0; i < count; i++) {
		const struct visit_press *p = &list[i].press;
		json_begin_object(&j);
		json_put_text(&j, "actor", p->actor);
		json_put_text(&j, "answer", p->answer);
		tell_day(&j, "answerBy", p->answer_by);
		tell_time(&j, "answeredAt", p->answered_at);
		json_put_text(&j, "answeredBy", p->answered_by);
		tell_time(&j, "at", p->at);
		json_put_text(&j, "branch", p->branch);
		json_put_text(&j, "draw", list[i].draw);
		json_put_text(&j, "words", p->words);
		json_end_object(&j);
	}
	tell_items_end(&j, NULL, (int64_t)count);
	return OK;
}

static int answer(struct request *q)
{
	struct draw_body in = { .words = "" };
	struct visit_press answered;

	if (take_body(q, &in) != OK)
		return OK;
	const struct life_press ask = { q->values[0], in.branch, in.words, 0 };
	return done(q, life_press_answer(q->office, &q->arena, &ask, &answered));
}

#define STATES "prepared|approved|frozen|opened|drawn|revealed|cancelled|annulled"
static const struct shape shapes[] = {
	{ "Draw",
	  "approvedBy text, area text, body text, department text, drawn int, drawnAt time?, endedAt time?, "
	  "endedReason text, frozenAt time?, id id, kind random|cross|joint|expert, live bool, objects int, period text, "
	  "plan text, pool text, preparedAt time?, preparedBy text, revealBy day?, revealedAt time?, root text, "
	  "sealed bool, state " STATES ", teams bool, title text, unmet int, year int",
	  "一次抽取" },
	{ "DrawShown",
	  "declared text, draw Draw, entropy text, holders [DrawHolder], moved [DrawMoved], parent id?, presses [DrawPress], "
	  "replacedBy id?, replaces id?, shares [DrawShare], visits VisitCounts",
	  "一次抽取的全部，没有封存的内容" },
	{ "DrawShare", "commitment text, openedAt time?, party text", "外部参与方的承诺" },
	{ "DrawMoved", "changes int, from int, registry text, to int",
	  "批准以后、锁定以前又变更过的名录：从第几号变更之后，到第几号" },
	{ "DrawHolder", "at time, holder text, office discipline|archive", "操作方份额的保管人" },
	{ "DrawPress",
	  "answer text, answerBy day?, answeredAt time?, at time, branch text, words text",
	  "督办和答复" },
	{ "Press",
	  "actor text, answer text, answerBy day?, answeredAt time?, answeredBy text, at time, branch text, draw text, "
	  "words text",
	  "一次督办和它的答复" },
	{ "VisitCounts", "accepted int, ended int, planned int, replaced int, visited int",
	  "检查任务各有多少；ended 里有 replaced 个由备选接替了" },
	{ .name = NULL },
};

#define DRAW "/api/v1/draws/{id}"
static const struct route routes[] = {
	{ GATE_GET, "/api/v1/draws", list_draws, PERM_DRAW_READ, 0, list_inputs, NULL, "抽取",
	  "200 [Draw]" },
	{ GATE_POST, "/api/v1/draws", prepare, PERM_DRAW_PREPARE, ROUTE_CHANGES, NULL,
	  prepare_inputs, "准备一次抽取", "201 Draw" },
	{ GATE_GET, DRAW, show_draw, PERM_DRAW_READ, 0, NULL, NULL, "一次抽取", "200 DrawShown" },
	{ GATE_POST, DRAW "/approval", approve, PERM_DRAW_APPROVE, ROUTE_CHANGES, NULL,
	  approve_inputs, "批准：准备的人、改过名录的人不能", "204" },
	{ GATE_POST, DRAW "/holders", hold, PERM_DRAW_HOLD, ROUTE_CHANGES, NULL, hold_inputs,
	  "自己保管一份操作方的份额", "204" },
	{ GATE_POST, DRAW "/holders/rehearsal", rehearse, PERM_DRAW_HOLD, ROUTE_CHANGES, NULL,
	  hold_inputs, "演练开封：手里的一份还打得开承诺，不公开", "204" },
	{ GATE_POST, DRAW "/holders/reveal", reveal_by_holder, PERM_DRAW_HOLD,
	  ROUTE_CHANGES | ROUTE_SLOW, NULL, holder_share_inputs, "保管人用自己的一份揭示",
	  "200 Draw" },
	{ GATE_POST, "/api/v1/parties", add_party, PERM_DRAW_PREPARE, ROUTE_CHANGES, NULL,
	  party_inputs, "登记外部参与方的公钥", "204" },
	{ GATE_POST, DRAW "/shares", open_share, PERM_DRAW_HOLD, ROUTE_CHANGES, NULL, share_inputs,
	  "打开外部参与方的份额", "204" },
	{ GATE_POST, DRAW "/run", run, PERM_DRAW_PREPARE, ROUTE_CHANGES, NULL, run_inputs,
	  "随机数有了：抽取。办成的结果是 drawn、root、state、teams、notes", "202 Job" },
	{ GATE_POST, DRAW "/cancellation", cancel, PERM_DRAW_PREPARE, ROUTE_CHANGES, NULL,
	  cancel_inputs, "在随机数产生以前取消", "204" },
	{ GATE_POST, DRAW "/reveal", reveal, PERM_DRAW_PREPARE, ROUTE_CHANGES | ROUTE_SLOW, NULL,
	  NULL, "揭示", "200 Draw" },
	{ GATE_GET, "/api/v1/presses", list_presses, PERM_DRAW_ANSWER, 0, NULL, NULL,
	  "督办：发给自己的分局的，市局的是全部", "200 [Press]" },
	{ GATE_POST, DRAW "/presses", press, PERM_DRAW_PREPARE, ROUTE_CHANGES, NULL, press_inputs,
	  "督办一个分局", "204" },
	{ GATE_POST, DRAW "/answers", answer, PERM_DRAW_ANSWER, ROUTE_CHANGES, NULL, answer_inputs,
	  "分局答复督办", "204" },
};

const struct api_group api_draw = { "draws", "抽取", routes, COUNT(routes), shapes };
