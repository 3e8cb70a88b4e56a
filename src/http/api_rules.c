/* http/api_rules.c — rule sets and working-day calendars. */
#include "app/calendar_store.h"
#include "app/rule_set_read.h"
#include "app/rule_set_store.h"
#include "app/rule_set_words.h"
#include "base/status.h"
#include "http/api.h"
#include "http/take.h"
#include "http/tell.h"

#include <string.h>

enum { WORDS_MOST = 1 << 20, TEXT_MOST = 500000 };

struct rules_body {
	const char *text, *reason;
};

#define REASON                                                                                     \
	INPUT_ROW(struct rules_body, reason, INPUT_TEXT, "理由、文号", .required = true, .min = 1, \
		  .max = 200)
static const struct input put_inputs[] = {
	REASON,
	INPUT_ROW(struct rules_body, text, INPUT_TEXT, "规则集的 JSON，整份", .required = true,
		  .min = 1, .max = TEXT_MOST),
	{ .name = NULL },
};
static const struct input retire_inputs[] = {
	REASON,
	{ .name = NULL },
};
static const struct input calendar_inputs[] = {
	REASON,
	INPUT_ROW(struct rules_body, text, INPUT_TEXT, "一年的放假和上班日，CSV：date,working,name",
		  .required = true, .min = 1, .max = CALENDAR_FILE_MOST),
	{ .name = NULL },
};

struct version_query {
	int64_t version;
};
static const struct input version_inputs[] = {
	INPUT_ROW(struct version_query, version, INPUT_INT, "第几版，不写是最后一版", .min = 1,
		  .max = 1000000000),
	{ .name = NULL },
};

static void tell_kept(struct json *j, const struct rule_set_kept *k)
{
	json_put_text(j, "actor", k->actor);
	tell_time(j, "at", k->at);
	json_put_text(j, "body", k->body);
	json_put_text(j, "digest", k->digest);
	json_put_text(j, "file", k->file);
	json_put_text(j, "level", k->level);
	json_put_text(j, "name", k->name);
	json_put_text(j, "reason", k->reason);
}

static void tell_kept_end(struct json *j, const struct rule_set_kept *k)
{
	json_put_text(j, "title", k->title);
	json_put_int(j, "version", k->version);
	json_put_bool(j, "withdrawn", k->withdrawn);
}

static int list(struct request *q, const char *name)
{
	struct rule_set_list kept;
	struct json j;

	TRY(rule_set_list(q->office, &q->arena, name, &kept));
	if (name && kept.count == 0)
		return NONE;
	tell_items(q, &j);
	for (size_t i = 0; i < kept.count; i++) {
		json_begin_object(&j);
		tell_kept(&j, &kept.at[i]);
		tell_kept_end(&j, &kept.at[i]);
		json_end_object(&j);
	}
	tell_items_end(&j, NULL, (int64_t)kept.count);
	return OK;
}

static int list_sets(struct request *q)
{
	return list(q, NULL);
}

static int list_versions(struct request *q)
{
	return list(q, q->values[0]);
}

static int look(struct request *q, struct rule_set *set, struct rule_set_kept *kept)
{
	struct version_query in = { 0 };
	struct plan_notes notes;

	if (take_query(q, &in) != OK)
		return INVALID;
	plan_notes_init(&notes, &q->arena);
	int rc = rule_set_look(q->office, q->values[0], in.version, &notes, set, kept);
	return tell_refused(q, &notes, rc, false);
}

static int show_set(struct request *q)
{
	CLEANUP(buf_release) struct buf words, whole;
	struct rule_set set;
	struct rule_set_kept kept;
	struct json j;

	buf_init(&words, WORDS_MOST);
	buf_init(&whole, WORDS_MOST);
	if (look(q, &set, &kept) != OK)
		return OK;
	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	tell_kept(&j, &kept);
	json_key(&j, "sentences");
	json_begin_array(&j);
	for (size_t i = 0; i < set.rule_count; i++) {
		buf_clear(&words);
		rule_sentence(&set, &set.rules[i], &words);
		json_text(&j, buf_text(&words));
	}
	json_end_array(&j);
	rule_set_write(&set, &whole);
	TRY(buf_check(&whole));
	json_put_text(&j, "text", buf_text(&whole));
	tell_kept_end(&j, &kept);
	json_end_object(&j);
	return OK;
}

static int check_set(struct request *q)
{
	static const char *const kinds[] = {
		[PLAN_INFO] = "info", [PLAN_WARNING] = "warning", [PLAN_REFUSED] = "refused"
	};
	struct rule_set set;
	struct rule_set_kept kept;
	struct rule_findings found;
	struct json j;

	if (look(q, &set, &kept) != OK)
		return OK;
	rule_set_check(&set, NULL, &q->arena, &found);
	tell_items(q, &j);
	for (size_t i = 0; i < found.count; i++) {
		const struct rule_finding *f = &found.list[i];
		json_begin_object(&j);
		json_put_text(&j, "code", rule_finding_name(f->code));
		json_put_text(&j, "kind", kinds[f->kind]);
		json_key(&j, "rules");
		json_begin_array(&j);
		for (size_t k = 0; k < f->rules.count; k++)
			json_text(&j, f->rules.at[k]);
		json_end_array(&j);
		json_put_text(&j, "text", f->text);
		json_end_object(&j);
	}
	tell_items_end(&j, NULL, (int64_t)found.count);
	return OK;
}

static int done(struct request *q, const struct rule_set_kept *kept, const struct plan_notes *notes)
{
	struct json j;

	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	json_put_text(&j, "name", kept->name);
	tell_notes(&j, "notes", notes);
	json_put_int(&j, "version", kept->version);
	json_end_object(&j);
	return OK;
}

static int put_set(struct request *q)
{
	struct rules_body in = { .text = "" };
	struct rule_set_kept kept;
	struct plan_notes notes;

	if (take_body(q, &in) != OK)
		return OK;
	const struct rule_set_given given = {
		.text = in.text, .len = strlen(in.text), .file = "", .reason = in.reason
	};
	plan_notes_init(&notes, &q->arena);
	int rc = rule_set_keep(q->office, &given, &notes, &kept);
	if (tell_refused(q, &notes, rc, false) != OK)
		return OK;
	q->reply.status = 201;
	return done(q, &kept, &notes);
}

static int retire_set(struct request *q)
{
	struct rules_body in = { .text = "" };
	struct rule_set_kept kept;
	struct plan_notes notes;

	if (take_body(q, &in) != OK)
		return OK;
	plan_notes_init(&notes, &q->arena);
	int rc = rule_set_retire(q->office, q->values[0], in.reason, &notes, &kept);
	if (tell_refused(q, &notes, rc, false) != OK)
		return OK;
	return done(q, &kept, &notes);
}

static int list_calendars(struct request *q)
{
	struct calendar_list kept;
	struct json j;

	TRY(calendar_list(q->office, &q->arena, &kept));
	tell_items(q, &j);
	for (size_t i = 0; i < kept.count; i++) {
		const struct calendar_kept *k = &kept.at[i];
		json_begin_object(&j);
		json_put_text(&j, "actor", k->actor);
		tell_time(&j, "at", k->at);
		json_put_int(&j, "off", (int64_t)k->off);
		json_put_int(&j, "on", (int64_t)k->on);
		json_put_text(&j, "reason", k->reason);
		json_put_int(&j, "version", k->version);
		json_put_int(&j, "year", k->year);
		json_end_object(&j);
	}
	tell_items_end(&j, NULL, (int64_t)kept.count);
	return OK;
}

static int put_calendar(struct request *q)
{
	struct rules_body in = { .text = "" };
	struct calendar_kept kept;
	struct plan_notes notes;
	struct json j;

	if (take_body(q, &in) != OK)
		return OK;
	const char *const from[2] = { "", in.reason };
	plan_notes_init(&notes, &q->arena);
	int rc = calendar_keep(q->office, in.text, strlen(in.text), from, &notes, &kept);
	if (tell_refused(q, &notes, rc, false) != OK)
		return OK;
	q->reply.status = 201;
	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	tell_notes(&j, "notes", &notes);
	json_put_int(&j, "version", kept.version);
	json_put_int(&j, "year", kept.year);
	json_end_object(&j);
	return OK;
}

#define KEPT                                                                                       \
	"actor text, at time, body text, digest digest, file text, level city|county, name text, " \
	"reason text, title text, version int, withdrawn bool"
static const struct shape shapes[] = {
	{ "RuleSet", KEPT, "规则集的一版" },
	{ "RuleSetShown", KEPT ", sentences [text], text text",
	  "规则集：每条规则一句话；text 是规范形式的 JSON" },
	{ "RuleFinding", "code text, kind info|warning|refused, rules [text], text text",
	  "检查规则集时发现的一处" },
	{ "RuleSetDone", "name text, notes [Note], version int", "存好的一版" },
	{ "Calendar", "actor text, at time, off int, on int, reason text, version int, year int",
	  "一年的工作日历：写明的放假日和上班日各几天" },
	{ "CalendarDone", "notes [Note], version int, year int", "存好的日历" },
	{ .name = NULL },
};

static const struct route routes[] = {
	{ GATE_GET, "/api/v1/rule-sets", list_sets, PERM_RULES_READ, 0, NULL, NULL,
	  "规则集，各自的最后一版", "200 [RuleSet]" },
	{ GATE_POST, "/api/v1/rule-sets", put_set, PERM_RULES_EDIT, ROUTE_CHANGES, NULL, put_inputs,
	  "存一个规则集的下一版", "201 RuleSetDone" },
	{ GATE_GET, "/api/v1/rule-sets/{name}", show_set, PERM_RULES_READ, 0, version_inputs, NULL,
	  "一个规则集", "200 RuleSetShown" },
	{ GATE_GET, "/api/v1/rule-sets/{name}/versions", list_versions, PERM_RULES_READ, 0, NULL,
	  NULL, "一个规则集的各版，新的在前", "200 [RuleSet]" },
	{ GATE_GET, "/api/v1/rule-sets/{name}/findings", check_set, PERM_RULES_READ, 0,
	  version_inputs, NULL, "检查一个规则集", "200 [RuleFinding]" },
	{ GATE_POST, "/api/v1/rule-sets/{name}/retirement", retire_set, PERM_RULES_EDIT,
	  ROUTE_CHANGES, NULL, retire_inputs, "停用一个规则集", "200 RuleSetDone" },
	{ GATE_GET, "/api/v1/calendars", list_calendars, PERM_RULES_READ, 0, NULL, NULL, "工作日历",
	  "200 [Calendar]" },
	{ GATE_POST, "/api/v1/calendars", put_calendar, PERM_RULES_EDIT, ROUTE_CHANGES, NULL,
	  calendar_inputs, "存一年的工作日历", "201 CalendarDone" },
};

const struct api_group api_rules = { "rules", "规则集和工作日历", routes, COUNT(routes), shapes };
