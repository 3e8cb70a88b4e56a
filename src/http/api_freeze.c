/* http/api_freeze.c — departments join a draw, its lists are frozen, its holders fetch their copies, and it is exported. */
#include "app/account_session.h"
#include "app/job_draw.h"
#include "app/job_joint.h"
#include "app/ledger_basis.h"
#include "app/life_copy.h"
#include "app/life_freeze.h"
#include "app/life_prepare.h"
#include "app/upload.h"
#include "base/status.h"
#include "http/api.h"
#include "http/api_job.h"
#include "http/take.h"
#include "http/tell.h"

#include <string.h>

enum { ENTROPY_MOST = 16, SHARES_MOST = 15 };

struct freeze_body {
	struct input_texts entropy;
	struct input_rows shares;
	const char *drawnAt, *office, *form;
	int64_t day;
	bool understaffed;
};

static const struct input share_inputs[] = {
	{ .name = "commitment",
	  .kind = INPUT_TEXT,
	  .offset = offsetof(struct sheet_share, commitment),
	  .required = true,
	  .min = 64,
	  .max = 64,
	  .help = "它的承诺，64 个十六进制数字" },
	{ .name = "party",
	  .kind = INPUT_TEXT,
	  .offset = offsetof(struct sheet_share, party),
	  .required = true,
	  .min = 1,
	  .max = 200,
	  .help = "外部参与方" },
	{ .name = "signature",
	  .kind = INPUT_TEXT,
	  .offset = offsetof(struct sheet_share, signature),
	  .min = 1,
	  .max = 200,
	  .help = "对承诺的 Ed25519 签名：公钥:签名" },
	{ .name = NULL },
};
static const struct input freeze_inputs[] = {
	INPUT_ROW(struct freeze_body, day, INPUT_DAY,
		  "按这一天判断执法证、请假等，今天到这一期最后一天；不写是今天"),
	INPUT_ROW(struct freeze_body, drawnAt, INPUT_TEXT,
		  "公告的开奖时间，例如 2026-11-20T21:30；按期号可能已经开奖的要写", .min = 1,
		  .max = 20),
	INPUT_ROW(struct freeze_body, entropy, INPUT_TEXTS,
		  "随机数来源，例如 cwl-kl8 2026310、dice 20d10 hall 2026-11-20T14:00",
		  .required = true, .min = 1, .max = ENTROPY_MOST),
	INPUT_ROW(struct freeze_body, shares, INPUT_ROWS, "外部参与方交来的承诺",
		  .max = SHARES_MOST, .row = share_inputs, .row_size = sizeof(struct sheet_share)),
	INPUT_ROW(struct freeze_body, understaffed, INPUT_BOOL,
		  "明知按现在的人手排不出检查组也锁定；抽出来以后要另行派组"),
	{ .name = NULL },
};
static const char *const holder_words[] = { "discipline", "archive", NULL };
static const struct input copy_inputs[] = {
	INPUT_ROW(struct freeze_body, office, INPUT_WORD, "为哪里保管", .required = true,
		  .words = holder_words),
	{ .name = NULL },
};
static const char *const form_words[] = { "public", "audit", NULL };
static const struct input export_inputs[] = {
	INPUT_ROW(struct freeze_body, form, INPUT_WORD, "公开版，还是揭示以后的审计版",
		  .required = true, .words = form_words),
	{ .name = NULL },
};

static int freeze(struct request *q)
{
	struct freeze_body in = { .form = NULL };
	struct life_frozen frozen;
	struct plan_notes notes;
	struct json j;

	if (take_body(q, &in) != OK)
		return OK;
	const struct life_freeze ask = { .draw = q->values[0],
					 .entropy = in.entropy.at,
					 .entropy_count = in.entropy.count,
					 .shares = in.shares.at,
					 .share_count = in.shares.count,
					 .fetched = true,
					 .drawn_at = in.drawnAt,
					 .day = in.day,
					 .lists = plan_period_lists,
					 .basis = ledger_basis,
					 .understaffed = in.understaffed };
	plan_notes_init(&notes, &q->arena);
	int rc = life_freeze(q->office, &ask, &notes, &frozen);
	if (tell_refused(q, &notes, rc, false) != OK)
		return OK;
	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	json_put_int(&j, "conflicts", (int64_t)frozen.conflicts);
	json_put_text(&j, "declaration", frozen.row.declaration);
	json_put_text(&j, "digest", frozen.digest);
	json_put_int(&j, "inspectors", (int64_t)frozen.inspectors);
	tell_notes(&j, "notes", &notes);
	json_put_int(&j, "objects", frozen.row.objects);
	tell_day(&j, "revealBy", frozen.row.reveal_by);
	json_put_bool(&j, "sealed", frozen.row.sealed);
	json_end_object(&j);
	return OK;
}

static int fetch_copy(struct request *q)
{
	struct freeze_body in = { .form = NULL };
	struct life_copy copy;
	struct json j;

	if (take_body(q, &in) != OK)
		return OK;
	TRY(life_copy_fetch(q->office, &q->arena, q->values[0], in.office, &copy));
	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	json_put_text(&j, "commitment", copy.commitment);
	json_put_text(&j, "share", copy.share);
	json_end_object(&j);
	return OK;
}

/* What the form needs beside the permission of the route. */
static int may_have(struct request *q, const struct job_kind *kind, const struct draw_row *row)
{
	if (!permission_has(q->here->account.may, kind->permission)) {
		reply_problem(&q->reply, 403, "forbidden",
			      arena_printf(&q->arena, "没有权限：%s",
					   permission_chinese(kind->permission)),
			      NULL);
		return FORBIDDEN;
	}
	if (row->frozen_at != 0)
		return OK;
	reply_problem(&q->reply, 409, "conflict", "没有锁定过，没有可以导出的文件", NULL);
	return CONFLICT;
}

static int export(struct request *q)
{
	struct freeze_body in = { .form = NULL };
	struct draw_row row;
	struct job_row job;

	if (take_body(q, &in) != OK)
		return OK;
	const struct job_kind *kind = strcmp(in.form, "audit") == 0 ? &job_draw_audit : &job_draw;
	TRY(life_find(q->office, &q->arena, q->values[0], &row));
	if (may_have(q, kind, &row) != OK)
		return OK;
	TRY(job_make(q->office, &q->arena, q->here->account.row.key, kind->name,
		     job_draw_request(&q->arena, row.id), &job));
	return api_job_accepted(q, &job);
}

static const struct input joint_inputs[] = {
	INPUT_ROW(struct job_joint_ask, department, INPUT_TEXT, "部门的名称", .required = true,
		  .min = 1, .max = 60),
	INPUT_ROW(struct job_joint_ask, replaces, INPUT_TEXT, "代替哪次取消或作废的抽取", .min = 1,
		  .max = 64),
	INPUT_ROW(struct job_joint_ask, upload, INPUT_TEXT, "它的人员名单：上传的编号",
		  .required = true, .min = 1, .max = UPLOAD_ID),
	{ .name = NULL },
};

static int prepare_joint(struct request *q)
{
	struct job_joint_ask in = { .lead = q->values[0] };
	struct upload_row upload;
	struct draw_row row;
	struct job_row job;

	if (take_body(q, &in) != OK)
		return OK;
	TRY(life_find(q->office, &q->arena, in.lead, &row));
	TRY(upload_find(q->office, &q->arena, q->here->account.row.key, in.upload, &upload));
	TRY(job_make(q->office, &q->arena, q->here->account.row.key, job_joint.name,
		     job_joint_request(&q->arena, &in), &job));
	return api_job_accepted(q, &job);
}

static const struct shape shapes[] = {
	{ "DrawFrozen",
	  "conflicts int, declaration text, digest digest, inspectors int, notes [Note], objects int, revealBy day?, "
	  "sealed bool",
	  "锁定了的名单：declaration 是声明，digest 是它的指纹" },
	{ "DrawCopy", "commitment digest, share digest", "操作方份额的一份，与声明里的承诺" },
	{ .name = NULL },
};

#define DRAW "/api/v1/draws/{id}"
static const struct route routes[] = {
	{ GATE_POST, DRAW "/departments", prepare_joint, PERM_DRAW_PREPARE, ROUTE_CHANGES, NULL,
	  joint_inputs, "准备联合部门的抽取：对象是这一次抽中的，人员是它交来的名单", "202 Job" },
	{ GATE_POST, DRAW "/freeze", freeze, PERM_DRAW_PREPARE, ROUTE_CHANGES | ROUTE_SLOW, NULL,
	  freeze_inputs, "锁定名单；操作方的份额由两个保管人各自领取", "200 DrawFrozen" },
	{ GATE_POST, DRAW "/copies", fetch_copy, PERM_DRAW_HOLD, ROUTE_CHANGES | ROUTE_SECRET, NULL,
	  copy_inputs, "保管人本人领取操作方份额的一份，登记保管以后不能再领", "200 DrawCopy" },
	{ GATE_POST, DRAW "/exports", export, PERM_DRAW_READ, ROUTE_CHANGES, NULL, export_inputs,
	  "导出抽取的文件夹（zip），可以用 mingqian dr1 verify 核验", "202 Job" },
};

const struct api_group api_freeze = { "freezing", "锁定和导出", routes, COUNT(routes), shapes };
