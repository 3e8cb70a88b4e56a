/* http/api_assist.c — experts and third parties at a visit: drawn from a pool, listed, and what they signed. */
#include "app/account_session.h"
#include "app/life_assist.h"
#include "app/life_list.h"
#include "app/upload.h"
#include "base/status.h"
#include "http/api.h"
#include "http/take.h"
#include "http/tell.h"

struct assist_body {
	const char *pool, *upload;
};
static const struct input draw_inputs[] = {
	INPUT_ROW(struct assist_body, pool, INPUT_TEXT, "从这个专家库抽；不写则从全部", .min = 1,
		  .max = 60),
	{ .name = NULL },
};
static const struct input opinion_inputs[] = {
	INPUT_ROW(struct assist_body, upload, INPUT_TEXT, "签过字的意见：上传的编号，记入它的指纹",
		  .required = true, .min = 1, .max = UPLOAD_ID),
	{ .name = NULL },
};

static int list_assistants(struct request *q)
{
	struct life_visit_shown s;
	struct json j;

	TRY(life_visit_show(q->office, &q->arena, q->values[0], &s));
	tell_items(q, &j);
	for (size_t i = 0; i < s.assistant_count; i++) {
		const struct visit_assistant *v = &s.assistants[i];
		json_begin_object(&j);
		json_put_text(&j, "approver", v->approver);
		json_put_text(&j, "assistant", v->assistant);
		tell_time(&j, "at", v->at);
		json_put_text(&j, "by", v->actor);
		json_put_text(&j, "how", v->how);
		json_put_text(&j, "opinion", v->opinion);
		tell_time(&j, "opinionAt", v->opinion_at);
		json_end_object(&j);
	}
	tell_items_end(&j, NULL, (int64_t)s.assistant_count);
	return OK;
}

static int draw_assistant(struct request *q)
{
	struct assist_body in = { NULL, NULL };
	const char *who = "";
	struct json j;

	if (take_body(q, &in) != OK)
		return OK;
	const struct life_assist ask = { .visit = q->values[0], .pool = in.pool };
	TRY(life_assist_draw(q->office, &q->arena, &ask, &who));
	q->reply.status = 201;
	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	json_put_text(&j, "assistant", who);
	json_end_object(&j);
	return OK;
}

static int keep_opinion(struct request *q)
{
	struct assist_body in = { NULL, NULL };
	struct upload_row row;

	if (take_body(q, &in) != OK)
		return OK;
	TRY(upload_find(q->office, &q->arena, q->here->account.row.key, in.upload, &row));
	q->reply.status = 204;
	return life_assist_opinion(q->office, &q->arena, q->values[0], q->values[1], row.digest);
}

static const struct shape shapes[] = {
	{ "VisitAssistant",
	  "approver text, assistant text, at time, by text, how drawn|chosen, opinion text, opinionAt time?",
	  "协助检查的专家或第三方人员：只协助，不是执法人员；opinion 是签过字的意见的指纹" },
	{ "AssistantDrawn", "assistant text", "抽到的专家或第三方人员" },
	{ .name = NULL },
};

#define ASSISTANTS "/api/v1/visits/{id}/assistants"
static const struct route routes[] = {
	{ GATE_GET, ASSISTANTS, list_assistants, PERM_VISIT_READ, 0, NULL, NULL,
	  "协助这项检查的专家和第三方人员", "200 [VisitAssistant]" },
	{ GATE_POST, ASSISTANTS, draw_assistant, PERM_VISIT_REPLACE, ROUTE_CHANGES, NULL,
	  draw_inputs, "从锁定时的专家库按随机数抽一人协助；指定某人要别人同意（visit.assist）",
	  "201 AssistantDrawn" },
	{ GATE_POST, ASSISTANTS "/{assistant}/opinion", keep_opinion, PERM_VISIT_REPLACE,
	  ROUTE_CHANGES, NULL, opinion_inputs, "登记专家签字的意见", "204" },
};

const struct api_group api_assist = { "assistants", "协助检查的专家", routes, COUNT(routes),
				      shapes };
