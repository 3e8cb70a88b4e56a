/* http/api_whatif.c — the year as it would be with other ratios or numbers; and where it stood when it was begun here. */
#include "app/plan_opening.h"
#include "app/plan_whatif.h"
#include "base/status.h"
#include "http/api.h"
#include "http/take.h"
#include "http/tell.h"

#include <string.h>

enum {
	DAY_MS = 24 * 3600 * 1000,
	ZONE_MS = 8 * 3600 * 1000,
	CHANGES_MOST = 32,
	NUMBER_MOST = 1000000
};

struct whatif_query {
	const char *period, *ratios;
	int64_t heads, cap, limit;
};

static const struct input whatif_inputs[] = {
	INPUT_ROW(struct whatif_query, cap, INPUT_INT, "年度上限改为每家几次；0 是没有上限",
		  .min = 0, .max = 366),
	INPUT_ROW(struct whatif_query, heads, INPUT_INT, "双随机执法人员按这么多人计数", .min = 0,
		  .max = NUMBER_MOST),
	INPUT_ROW(struct whatif_query, limit, INPUT_INT, "每人每期上限；名录里写了本人上限的人不变",
		  .min = 1, .max = 99999),
	INPUT_ROW(struct whatif_query, period, INPUT_TEXT, "从哪一期起，例如 2026-Q3",
		  .required = true, .min = 1, .max = 10),
	INPUT_ROW(struct whatif_query, ratios, INPUT_TEXT,
		  "各条规则的新比例或数，逗号隔开：key=20%,general=1/3", .max = 1000),
	{ .name = NULL },
};

/* "20%", "1/3" or a number. */
static bool read_ratio(struct span s, struct plan_change *ret)
{
	struct span first;

	ret->b = 0;
	if (s.len && s.at[s.len - 1] == '%') {
		s.len--;
		ret->b = 100;
		return read_number(s, 100, &ret->a) == CORE_OK;
	}
	bool ratio = span_cut(&s, '/', &first);
	return read_number(first, NUMBER_MOST, &ret->a) == CORE_OK &&
	       (!ratio || (read_number(s, NUMBER_MOST, &ret->b) == CORE_OK && ret->b > 0));
}

/* INVALID: the reply says what is wrong. */
static int take_ratios(struct request *q, const char *text, struct plan_change *list, size_t *ret)
{
	static const struct reply_wrong wrong = { "ratios",
						  "要写成 key=20%,general=1/3,general=4 这样" };
	struct span rest = span_of(text ? text : ""), one, rule;
	size_t count = 0;
	bool fits = true;

	while (rest.len && fits) {
		(void)span_cut(&rest, ',', &one);
		fits = count < CHANGES_MOST && span_cut(&one, '=', &rule) && rule.len &&
		       read_ratio(one, &list[count]);
		if (fits)
			list[count++].rule = arena_mem(&q->arena, rule.at, rule.len);
	}
	*ret = count;
	if (fits)
		return OK;
	reply_problem(&q->reply, 422, "bad_field", wrong.why, &wrong);
	return INVALID;
}

static void tell_chances(struct json *j, const struct plan_project *p)
{
	json_key(j, "chances");
	json_begin_array(j);
	for (size_t i = 0; i < p->chance_count; i++) {
		const struct plan_chance *c = &p->chances[i];
		json_begin_object(j);
		json_put_text(j, "id", c->id);
		json_put_int(j, "members", (int64_t)c->members);
		json_key(j, "millionths");
		json_begin_array(j);
		for (int v = 0; v < PLAN_HAD && !c->hidden; v++)
			json_int(j, (int64_t)c->share[v]);
		json_end_array(j);
		json_put_text(j, "title", c->title);
		if (c->hidden)
			json_put_text(j, "visits", NULL);
		else
			json_put_int(j, "visits", (int64_t)c->visits);
		json_end_object(j);
	}
	json_end_array(j);
}

static void tell_outcome(struct json *j, const char *key, const struct plan_outcome *o)
{
	json_key(j, key);
	json_begin_object(j);
	tell_chances(j, &o->project);
	json_put_int(j, "loadPeriodHundredths", (int64_t)o->load_period);
	json_put_int(j, "loadYearHundredths", (int64_t)o->load_year);
	json_put_bool(j, "met", o->met);
	json_put_int(j, "ownLimits", (int64_t)o->own_limits);
	json_put_int(j, "people", (int64_t)o->people);
	json_key(j, "periods");
	json_begin_array(j);
	for (size_t i = 0; i < o->project.count; i++)
		json_int(j, (int64_t)o->project.list[i].visits);
	json_end_array(j);
	json_put_int(j, "places", (int64_t)o->project.places);
	json_put_int(j, "room", (int64_t)o->room);
	json_put_int(j, "unmet", (int64_t)o->unmet);
	json_put_int(j, "visits", (int64_t)o->project.visits);
	json_put_int(j, "yearRoom", (int64_t)o->year_room);
	json_end_object(j);
}

static int whatif(struct request *q)
{
	CLEANUP(plan_scene_release) struct plan_scene s = { .notes = NULL };
	struct whatif_query in = { .heads = -1, .cap = -1, .limit = -1 };
	struct plan_scene_ask ask = { q->values[0], PLAN_NEWEST, 0, false };
	struct plan_change changes[CHANGES_MOST];
	struct plan_outcome *both = arena_array(&q->arena, 2, sizeof(*both));
	struct plan_notes notes;
	struct json j;
	size_t count;

	if (take_query(q, &in) != OK || take_ratios(q, in.ratios, changes, &count) != OK)
		return OK;
	const struct plan_whatif what = { changes, count, in.heads, in.cap, in.limit };
	ask.day = (office_now(q->office) + ZONE_MS) / DAY_MS;
	plan_notes_init(&notes, &q->arena);
	int rc = plan_scene_open(q->office, &ask, &notes, &s);
	if (rc == OK)
		rc = plan_whatif_make(&s, in.period, &what, both);
	if (tell_refused(q, &notes, rc, false) != OK)
		return OK;
	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	tell_outcome(&j, "after", &both[1]);
	tell_outcome(&j, "before", &both[0]);
	json_put_text(&j, "model", plan_project_model());
	json_end_object(&j);
	return OK;
}

/* ---- where the year stood ---- */

struct opening_body {
	const char *file, *reason, *text;
	int64_t year;
};
enum { TEXT_MOST = 300000 };
static const struct input opening_inputs[] = {
	INPUT_ROW(struct opening_body, file, INPUT_TEXT, "文件名，只作记录", .required = true,
		  .min = 1, .max = 200),
	INPUT_ROW(struct opening_body, reason, INPUT_TEXT, "原因：比原来记着的少时必须写", .min = 1,
		  .max = 600),
	INPUT_ROW(
		struct opening_body, text, INPUT_TEXT,
		"CSV：类别（检查、频次、案件、任务量）、编号、日期、检查类型、次数，见 docs/plans.md",
		.required = true, .min = 1, .max = TEXT_MOST),
	INPUT_ROW(struct opening_body, year, INPUT_INT, "哪一年的", .required = true, .min = 2000,
		  .max = 9999),
	{ .name = NULL },
};

static int open_balances(struct request *q)
{
	struct opening_body in = { .text = "" };
	struct plan_opening_sum sum;
	struct plan_notes notes;
	struct json j;

	if (take_body(q, &in) != OK)
		return OK;
	plan_notes_init(&notes, &q->arena);
	const struct plan_opening_ask ask = { .year = (uint32_t)in.year,
					      .file_name = in.file,
					      .file = span_of(in.text),
					      .reason = in.reason };
	int rc = plan_opening_import(q->office, &ask, &notes, &sum);
	if (tell_refused(q, &notes, rc, false) != OK)
		return OK;
	q->reply.status = 201;
	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	json_put_int(&j, "above", (int64_t)sum.above);
	json_put_int(&j, "caps", (int64_t)sum.caps);
	json_put_int(&j, "cases", (int64_t)sum.cases);
	json_put_int(&j, "loads", (int64_t)sum.loads);
	tell_notes(&j, "notes", &notes);
	json_put_int(&j, "unknown", (int64_t)sum.unknown);
	json_put_int(&j, "visits", (int64_t)sum.visits);
	json_end_object(&j);
	return OK;
}

static const struct shape shapes[] = {
	{ "PlanWhatIf", "after PlanOutcome, before PlanOutcome, model text",
	  "现在的和改过以后的；model 说明怎么算的" },
	{ "PlanOutcome",
	  "chances [PlanChance], loadPeriodHundredths int, loadYearHundredths int, met bool, ownLimits int, "
	  "people int, periods [int], "
	  "places int, room int, unmet int, visits int, yearRoom int",
	  "一年：periods 是以后各期检查几家，places 是出动几人次，room 是最多能出动几人次" },
	{ "PlanChance", "id text, members int, millionths [int], title text, visits int?",
	  "一类单位一年被查 0、1、2、3 次以上的机会（百万分之几）；空的是不能说的" },
	{ "PlanOpened",
	  "above int, caps int, cases int, loads int, notes [Note], unknown int, visits int",
	  "记入了几条；above 是记入以后超过年度上限的家数，unknown 是编号不在名录里的" },
	{ .name = NULL },
};

static const struct route routes[] = {
	{ GATE_GET, "/api/v1/plans/{id}/what-if", whatif, PERM_PLAN_READ, ROUTE_SLOW, whatif_inputs,
	  NULL, "试算：换了比例、人数、上限会怎样，什么也不改", "200 PlanWhatIf" },
	{ GATE_POST, "/api/v1/openings", open_balances, PERM_PLAN_EDIT, ROUTE_CHANGES | ROUTE_SLOW,
	  NULL, opening_inputs,
	  "年中启用：导入今年已有的检查、频次、未结案件和任务量；有了人员名单，或者导入过以后再改的，提出 plan.opening",
	  "201 PlanOpened" },
};

const struct api_group api_whatif = { "what-if", "试算和年中启用", routes, COUNT(routes), shapes };
