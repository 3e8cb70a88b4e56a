/* http/api_proposal.c — what takes several persons: asked for by one, agreed to by others. */
#include "app/account_session.h"
#include "app/file_store.h"
#include "app/proposal.h"
#include "app/upload.h"
#include "base/status.h"
#include "http/api.h"
#include "http/api_job.h"
#include "http/take.h"
#include "http/tell.h"

enum { SIZE = 20, SIZE_MOST = 100 };

static const char *const kind_words[] = { "draw.annul",
					  "draw.staff",
					  "person.add",
					  "person.leave",
					  "plan.opening",
					  "visit.assist",
					  "visit.end",
					  "visit.illness",
					  "visit.open",
					  "visit.recusal",
					  "visit.reserve",
					  "visit.undo",
					  NULL };
static const char *const why_words[] = { "closed", "moved", "refused", "other", NULL };
static const struct input make_inputs[] = {
	INPUT_ROW(struct proposal_ask, evidence, INPUT_TEXT,
		  "证据：上传的编号；终结任务、启用备选必须有，改年初数据是那份 CSV", .min = 1,
		  .max = UPLOAD_ID),
	INPUT_ROW(struct proposal_ask, kind, INPUT_WORD, "要办什么", .required = true,
		  .words = kind_words),
	INPUT_ROW(struct proposal_ask, member, INPUT_TEXT,
		  "人员编号：回避、因病的是不去的人，协助的是来的人；登记、离任的是姓名", .min = 1,
		  .max = 64),
	INPUT_ROW(struct proposal_ask, reason, INPUT_TEXT, "理由", .required = true, .min = 1,
		  .max = 200),
	INPUT_ROW(
		struct proposal_ask, subject, INPUT_TEXT,
		"任务或抽取的编号；登记、离任的是职责：leader、legal、discipline、archive、planner；改年初数据的是年份",
		.required = true, .min = 1, .max = 64),
	INPUT_ROW(struct proposal_ask, why, INPUT_WORD, "任务为什么终结", .words = why_words),
	{ .name = NULL },
};

static const struct account *asker(const struct request *q)
{
	return &q->here->account;
}

static int make(struct request *q)
{
	struct proposal_ask in = { .kind = NULL };
	char id[PROPOSAL_ID];
	struct json j;

	if (take_body(q, &in) != OK)
		return OK;
	if (!permission_has(asker(q)->may, proposal_kind(in.kind)->ask)) {
		reply_problem(&q->reply, 403, "forbidden",
			      arena_printf(&q->arena, "没有权限：%s",
					   permission_chinese(proposal_kind(in.kind)->ask)),
			      NULL);
		return OK;
	}
	TRY(proposal_make(q->office, &q->arena, asker(q), &in, id));
	q->reply.status = 201;
	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	json_put_text(&j, "id", id);
	json_end_object(&j);
	return OK;
}

static void tell_voices(struct json *j, const struct proposal_shown *p)
{
	json_key(j, "voices");
	json_begin_array(j);
	for (size_t i = 0; i < p->voice_count; i++) {
		json_begin_object(j);
		json_put_bool(j, "agree", p->voices[i].agree);
		tell_time(j, "at", p->voices[i].at);
		json_put_text(j, "person", p->voices[i].person);
		json_put_text(j, "reason", p->voices[i].reason);
		json_end_object(j);
	}
	json_end_array(j);
}

static void tell(struct request *q, struct json *j, const struct proposal_shown *p)
{
	bool own = p->row.asker == asker(q)->row.key;

	json_begin_object(j);
	tell_time(j, "askedAt", p->row.at);
	json_put_text(j, "askedBy", p->row.person);
	json_put_text(j, "digest", p->ask.digest);
	tell_time(j, "endedAt", p->row.ended_at);
	json_put_text(j, "id", p->row.id);
	json_put_text(j, "kind", p->row.kind);
	json_put_bool(j, "mayDecide", !own && permission_has(asker(q)->may, p->kind->agree));
	json_put_text(j, "member", p->ask.member);
	json_put_int(j, "needs", (int64_t)p->kind->needs);
	json_put_bool(j, "own", own);
	json_put_text(j, "reason", p->ask.reason);
	json_key(j, "result");
	if (*p->result)
		json_raw(j, p->result);
	else
		json_write_null(j);
	json_put_text(j, "state", p->row.state);
	json_put_text(j, "subject", p->row.subject);
	tell_voices(j, p);
	json_put_text(j, "why", p->ask.why);
	json_end_object(j);
}

struct list_query {
	int64_t after, size;
	bool open;
};
static const struct input list_inputs[] = {
	INPUT_ROW(struct list_query, after, INPUT_INT, "上一页的 next：只列更早的", .min = 0,
		  .max = INT64_C(1) << 53),
	INPUT_ROW(struct list_query, open, INPUT_BOOL, "只列还等着的", .max = 0),
	INPUT_ROW(struct list_query, size, INPUT_INT, "一页最多几件，不写是 20", .min = 1,
		  .max = SIZE_MOST),
	{ .name = NULL },
};

static int list(struct request *q)
{
	struct list_query in = { .after = INT64_MAX, .size = SIZE };
	struct proposal_page page = { .items = NULL };
	struct json j;

	if (take_query(q, &in) != OK)
		return OK;
	TRY(proposal_list(q->office, &q->arena, asker(q), in.open, in.after, (size_t)in.size,
			  &page));
	tell_items(q, &j);
	for (size_t i = 0; i < page.count; i++)
		tell(q, &j, &page.items[i]);
	tell_items_end(&j, page.next ? arena_printf(&q->arena, "%lld", (long long)page.next) : NULL,
		       page.total);
	return OK;
}

static int show(struct request *q)
{
	struct proposal_shown p;
	struct json j;

	TRY(proposal_show(q->office, &q->arena, asker(q), q->values[0], &p));
	json_init(&j, &q->reply.body);
	tell(q, &j, &p);
	return OK;
}

/* Whoever may agree sees what it rests on; it lies under the asker's name. */
static int get_evidence(struct request *q)
{
	struct proposal_shown p;
	struct upload_row row;

	TRY(proposal_show(q->office, &q->arena, asker(q), q->values[0], &p));
	if (!p.ask.evidence)
		return NONE;
	TRY(upload_find(q->office, &q->arena, p.row.asker, p.ask.evidence, &row));
	return api_job_file(q, row.tag, row.size, row.name);
}

struct decision_body {
	bool agree;
	const char *reason;
};
static const struct input decision_inputs[] = {
	INPUT_ROW(struct decision_body, agree, INPUT_BOOL, "同意不同意", .required = true),
	INPUT_ROW(struct decision_body, reason, INPUT_TEXT, "理由；不同意的必须写", .min = 1,
		  .max = 200),
	{ .name = NULL },
};

static int decide(struct request *q)
{
	struct decision_body in = { false, "" };
	struct json j;
	bool done;

	if (take_body(q, &in) != OK)
		return OK;
	TRY(proposal_decide(q->office, &q->arena, asker(q), q->values[0], in.agree, in.reason,
			    &done));
	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	json_put_bool(&j, "done", done);
	json_end_object(&j);
	return OK;
}

static int withdraw(struct request *q)
{
	q->reply.status = 204;
	return proposal_withdraw(q->office, &q->arena, asker(q), q->values[0]);
}

#define KINDS                                                                                      \
	"draw.annul|draw.staff|person.add|person.leave|plan.opening|visit.assist|visit.end|"       \
	"visit.illness|visit.open|visit.recusal|visit.reserve|visit.undo"
static const struct shape shapes[] = {
	{ "Proposal",
	  "askedAt time, askedBy text, digest digest?, endedAt time?, id id, kind " KINDS
	  ", mayDecide bool, member text?, needs int, own bool, reason text, result any,"
	  " state open|done|refused|withdrawn, subject id, voices [ProposalVoice], why text?",
	  "要几个人同意的一件事：needs 是要几个人，digest 是证据的摘要，result 是办成的结果；拆看的名称只给提出的人" },
	{ "ProposalVoice", "agree bool, at time, person text, reason text", "一个人的表态" },
	{ "ProposalMade", "id id", "提出的事" },
	{ "ProposalDecided", "done bool", "done：人数够了，已经办成" },
	{ .name = NULL },
};

#define PROPOSAL "/api/v1/proposals/{id}"
static const struct route routes[] = {
	{ GATE_GET, "/api/v1/proposals", list, PERM_VISIT_READ, 0, list_inputs, NULL,
	  "要几个人同意的事，新的在前", "200 [Proposal]" },
	{ GATE_POST, "/api/v1/proposals", make, PERM_DRAW_PREPARE, ROUTE_CHANGES, NULL, make_inputs,
	  "提出一件要别人同意的事", "201 ProposalMade" },
	{ GATE_GET, PROPOSAL, show, PERM_VISIT_READ, 0, NULL, NULL, "要几个人同意的一件事",
	  "200 Proposal" },
	{ GATE_GET, PROPOSAL "/evidence", get_evidence, PERM_VISIT_READ, ROUTE_SLOW, NULL, NULL,
	  "它的证据", "200 file" },
	{ GATE_POST, PROPOSAL "/decision", decide, PERM_VISIT_READ, ROUTE_CHANGES | ROUTE_SLOW,
	  NULL, decision_inputs, "同意或不同意；最后一个人同意就办成", "200 ProposalDecided" },
	{ GATE_DELETE, PROPOSAL, withdraw, PERM_DRAW_PREPARE, ROUTE_CHANGES, NULL, NULL,
	  "撤回自己提出的", "204" },
};

const struct api_group api_proposal = { "proposals", "要几个人同意的事", routes, COUNT(routes),
					shapes };
