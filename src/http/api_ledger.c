/* http/api_ledger.c — the ledger for those who audit: entries, proofs, checkpoints, the check from end to end; and people. */
#include "app/account_session.h"
#include "app/job_ledger.h"
#include "app/ledger_checkpoint.h"
#include "app/ledger_list.h"
#include "app/ledger_prove.h"
#include "app/ledger_verify.h"
#include "app/person.h"
#include "base/status.h"
#include "http/api.h"
#include "http/api_job.h"
#include "http/take.h"
#include "http/tell.h"

enum { SIZE = 20, SIZE_MOST = 100 };

struct list_query {
	const char *action, *actor, *subject;
	int64_t after, from, size, to;
};

static const struct input list_inputs[] = {
	INPUT_ROW(struct list_query, action, INPUT_TEXT, "只列这种事项，例如 draw.freeze", .min = 1,
		  .max = 64),
	INPUT_ROW(struct list_query, actor, INPUT_TEXT, "只列这个人办的（姓名）", .min = 1,
		  .max = 200),
	INPUT_ROW(struct list_query, after, INPUT_INT, "上一页的 next：只列编号更小的", .min = 0,
		  .max = INT64_C(1) << 53),
	INPUT_ROW(struct list_query, from, INPUT_DAY, "从哪天起（北京时间，含这天）"),
	INPUT_ROW(struct list_query, size, INPUT_INT, "一页几条，不写是 20", .min = 1,
		  .max = SIZE_MOST),
	INPUT_ROW(struct list_query, subject, INPUT_TEXT, "只列关于它的：抽取、任务、计划的编号等",
		  .min = 1, .max = 200),
	INPUT_ROW(struct list_query, to, INPUT_DAY, "到哪天为止（含这天）"),
	{ .name = NULL },
};

static void tell_entry(struct json *j, const struct ledger_entry *e)
{
	json_begin_object(j);
	json_put_text(j, "action", e->action);
	json_put_text(j, "actor", e->actor);
	json_put_text(j, "digest", e->digest);
	json_put_text(j, "roles", e->roles);
	json_put_int(j, "seq", e->seq);
	json_put_text(j, "source", e->source);
	json_put_text(j, "subject", e->subject);
	tell_time(j, "time", e->time);
	json_end_object(j);
}

static int list_entries(struct request *q)
{
	struct list_query in = { .after = INT64_MAX, .size = SIZE };
	struct ledger_page page;
	struct json j;

	if (take_query(q, &in) != OK)
		return OK;
	const struct ledger_list_ask ask = { in.subject, in.actor, in.action,      in.from,
					     in.to,      in.after, (size_t)in.size };
	TRY(ledger_look(q->office, &q->arena, ledger_list_what(&q->arena, &ask)));
	TRY(ledger_list(q->office, &q->arena, &ask, &page));
	tell_items(q, &j);
	for (size_t i = 0; i < page.count; i++)
		tell_entry(&j, &page.items[i]);
	tell_items_end(
		&j, page.next >= 0 ? arena_printf(&q->arena, "%lld", (long long)page.next) : NULL,
		page.total);
	return OK;
}

static int prove(struct request *q)
{
	struct ledger_proved proved;
	uint64_t seq;
	struct json j;

	if (read_number(span_of(q->values[0]), INT64_MAX, &seq) != CORE_OK)
		return NONE;
	TRY(ledger_look(q->office, &q->arena,
			arena_printf(&q->arena, "proof %llu\n", (unsigned long long)seq)));
	TRY(ledger_prove(q->office, &q->arena, (int64_t)seq, NULL, &proved));
	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	json_key(&j, "entry");
	tell_entry(&j, &proved.entry);
	json_put_text(&j, "proof", proved.proof);
	json_put_int(&j, "size", proved.size);
	json_end_object(&j);
	return OK;
}

static int checkpoint(struct request *q)
{
	const char *note;
	struct json j;

	TRY(ledger_checkpoint(q->office, &q->arena, &note));
	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	json_put_text(&j, "note", note);
	json_put_text(&j, "verifierKey", q->office->verifier_key);
	json_end_object(&j);
	return OK;
}

static int verify(struct request *q)
{
	static const char *const marks[] = {
		[VERIFY_OK] = "ok", [VERIFY_FAILED] = "failed", [VERIFY_UNKNOWN] = "unknown"
	};
	const struct ledger_check check = { .outside = NULL };
	struct ledger_report *report = arena_alloc(&q->arena, sizeof(*report));
	struct json j;

	TRY(ledger_look(q->office, &q->arena, "report\n"));
	TRY(ledger_verify(q->office, &q->arena, &check, report));
	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	json_put_int(&j, "failed", (int64_t)report->failed);
	json_put_text(&j, "root", report->root);
	json_put_int(&j, "size", report->size);
	json_key(&j, "steps");
	json_begin_array(&j);
	for (size_t i = 0; i < report->count; i++) {
		const struct ledger_step *s = &report->steps[i];
		json_begin_object(&j);
		json_put_text(&j, "how", s->how);
		json_put_text(&j, "mark", marks[s->mark]);
		json_put_text(&j, "name", s->name);
		json_put_text(&j, "text", s->text);
		json_end_object(&j);
	}
	json_end_array(&j);
	json_put_int(&j, "unknown", (int64_t)report->unknown);
	json_end_object(&j);
	return OK;
}

/* Its making is the entry of the export (job.make). */
static int export(struct request *q)
{
	struct job_row job = { .id = NULL };

	TRY(job_make(q->office, &q->arena, q->here->account.row.key, job_ledger.name, "{}", &job));
	return api_job_accepted(q, &job);
}

static int list_people(struct request *q)
{
	struct person_shown *list;
	size_t count;
	struct json j;

	TRY(person_list(q->office, &q->arena, &list, &count));
	tell_items(q, &j);
	for (size_t i = 0; i < count; i++) {
		json_begin_object(&j);
		tell_time(&j, "at", list[i].at);
		json_put_text(&j, "by", list[i].actor);
		tell_time(&j, "leftAt", list[i].left_at);
		json_put_text(&j, "name", list[i].name);
		json_put_text(&j, "role", person_role_word(list[i].role));
		json_end_object(&j);
	}
	tell_items_end(&j, NULL, (int64_t)count);
	return OK;
}

static const struct shape shapes[] = {
	{ "LedgerEntry",
	  "action text, actor text, digest text, roles text, seq int, source text, subject text, time time",
	  "账簿的一条" },
	{ "LedgerProof", "entry LedgerEntry, proof text, size int",
	  "一条和它在账簿里的证明（C2SP tlog-proof）" },
	{ "LedgerCheckpoint", "note text, verifierKey text",
	  "签了名的检查点：抄下来，交给外面的人保存" },
	{ "LedgerReport", "failed int, root text, size int, steps [LedgerStep], unknown int",
	  "账簿从头到尾的核验" },
	{ "LedgerStep", "how text?, mark ok|failed|unknown, name text, text text",
	  "核验的一步；unknown 是没有条件核验" },
	{ "KnownPerson",
	  "at time, by text, leftAt time?, name text, role leader|legal|discipline|archive",
	  "能批准、签字、保管份额的人" },
	{ .name = NULL },
};

static const struct route routes[] = {
	{ GATE_GET, "/api/v1/ledger", list_entries, PERM_LEDGER_READ, ROUTE_SLOW, list_inputs, NULL,
	  "账簿，新的在前；看过什么也记入账簿", "200 [LedgerEntry]" },
	{ GATE_GET, "/api/v1/ledger/{seq}/proof", prove, PERM_LEDGER_READ, ROUTE_SLOW, NULL, NULL,
	  "一条的证明", "200 LedgerProof" },
	{ GATE_POST, "/api/v1/ledger/checkpoints", checkpoint, PERM_LEDGER_EXPORT, 0, NULL, NULL,
	  "现在签一个检查点", "200 LedgerCheckpoint" },
	{ GATE_POST, "/api/v1/ledger/exports", export, PERM_LEDGER_EXPORT, ROUTE_CHANGES, NULL,
	  NULL, "导出账簿的静态文件（C2SP tlog-tiles，打成 zip）：不含名称和地址", "202 Job" },
	{ GATE_GET, "/api/v1/ledger/report", verify, PERM_LEDGER_READ, ROUTE_SLOW, NULL, NULL,
	  "核验账簿", "200 LedgerReport" },
	{ GATE_GET, "/api/v1/people", list_people, PERM_DRAW_READ, 0, NULL, NULL,
	  "人员名单，离任的也列出", "200 [KnownPerson]" },
};

const struct api_group api_ledger = { "ledger", "账簿和人员名单", routes, COUNT(routes), shapes };
