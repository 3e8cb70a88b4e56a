/* http/api_visit.c — visits. The site of one that nobody has accepted is sealed and never answered here. */
#include "app/life_list.h"
#include "app/life_visit.h"
#include "base/status.h"
#include "http/api.h"
#include "http/take.h"
#include "http/tell.h"

enum { SIZE = 20, SIZE_MOST = 100 };

struct list_query {
	const char *after, *draw, *inspector, *state;
	int64_t size;
};

static const char *const state_words[] = { "planned", "accepted", "visited", "ended", NULL };
static const struct input list_inputs[] = {
	INPUT_ROW(struct list_query, after, INPUT_TEXT, "上一页的 next", .min = 1, .max = 26),
	INPUT_ROW(struct list_query, draw, INPUT_TEXT, "哪次抽取的", .min = 1, .max = 64),
	INPUT_ROW(struct list_query, inspector, INPUT_TEXT, "谁在检查组里（编号）", .min = 1,
		  .max = 64),
	INPUT_ROW(struct list_query, size, INPUT_INT, "一页几个，不写是 20", .min = 1,
		  .max = SIZE_MOST),
	INPUT_ROW(struct list_query, state, INPUT_WORD, "待接收、已接收、已检查、已终结",
		  .words = state_words),
	{ .name = NULL },
};

struct visit_body {
	int64_t day;
	bool offsite;
	const char *reason;
};
static const struct input done_inputs[] = {
	INPUT_ROW(struct visit_body, day, INPUT_DAY, "哪天检查的，不写是今天"),
	INPUT_ROW(struct visit_body, offsite, INPUT_BOOL, "非现场检查"),
	{ .name = NULL },
};
static const struct input open_inputs[] = {
	INPUT_ROW(struct visit_body, reason, INPUT_TEXT, "为什么现在就要知道", .required = true,
		  .min = 1, .max = 200),
	{ .name = NULL },
};

static void tell_team(struct json *j, const struct visit_member *team, size_t count)
{
	json_key(j, "team");
	json_begin_array(j);
	for (size_t i = 0; i < count; i++) {
		json_begin_object(j);
		json_put_text(j, "inspector", team[i].inspector);
		json_put_bool(j, "lead", team[i].lead);
		tell_time(j, "leftAt", team[i].left_at);
		json_put_bool(j, "senior", team[i].senior);
		json_end_object(j);
	}
	json_end_array(j);
}

static void tell_visit(struct json *j, const struct life_visit_shown *s)
{
	const struct visit_row *v = &s->row;

	json_begin_object(j);
	tell_time(j, "acceptedAt", v->accepted_at);
	json_put_text(j, "body", v->body);
	tell_day(j, "day", v->day);
	tell_day(j, "deadline", v->deadline);
	json_put_text(j, "draw", v->draw_id);
	json_put_text(j, "ended", v->ended);
	json_put_text(j, "id", v->id);
	json_put_bool(j, "joint", v->joint);
	json_put_text(j, "kind", v->kind);
	json_put_bool(j, "offsite", v->offsite);
	json_put_text(j, "period", v->period);
	json_put_text(j, "replaces", v->replaces);
	json_put_text(j, "shared", v->shared);
	json_put_text(j, "site", v->site);
	json_put_text(j, "state", v->state);
	tell_team(j, s->team, s->team_count);
	json_put_text(j, "trip", v->trip);
	json_end_object(j);
}

static int list_visits(struct request *q)
{
	struct list_query in = { .size = SIZE };
	struct life_visit_shown *list;
	size_t count;
	struct json j;

	if (take_query(q, &in) != OK)
		return OK;
	const struct life_visits_ask ask = { in.draw, in.state, in.inspector, in.after,
					     in.size + 1 };
	TRY(life_visits(q->office, &q->arena, &ask, &list, &count));
	bool more = (int64_t)count > in.size;
	tell_items(q, &j);
	for (size_t i = 0; i < count - more; i++)
		tell_visit(&j, &list[i]);
	int64_t total;
	TRY(life_visits_count(q->office, &q->arena, &ask, &total));
	tell_items_end(&j, more ? list[count - 2].row.id : NULL, total);
	return OK;
}

/* Whoever may see more reaches here only his own. */
static int list_own(struct request *q)
{
	q->office->own = true;
	return list_visits(q);
}

static int show_visit(struct request *q)
{
	struct life_visit_shown s;
	struct json j;

	TRY(life_visit_show(q->office, &q->arena, q->values[0], &s));
	json_init(&j, &q->reply.body);
	tell_visit(&j, &s);
	return OK;
}

static int show_own(struct request *q)
{
	q->office->own = true;
	return show_visit(q);
}

static void put_span(struct json *j, const char *key, struct span text)
{
	json_key(j, key);
	json_mem(j, text.at, text.len);
}

static int give_site(struct request *q, const struct life_site *site)
{
	struct json j;

	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	put_span(&j, "county", site->scope);
	put_span(&j, "id", site->id);
	put_span(&j, "matters", site->matters);
	put_span(&j, "name", site->name);
	json_end_object(&j);
	return OK;
}

static int accept(struct request *q)
{
	struct life_site site;

	q->office->own = true;
	TRY(life_accept(q->office, &q->arena, q->values[0], q->office->inspector, &site));
	return give_site(q, &site);
}

static int visited(struct request *q)
{
	struct visit_body in = { .day = 0 };

	if (take_body(q, &in) != OK)
		return OK;
	q->office->own = true;
	q->reply.status = 204;
	return life_done(q->office, &q->arena, q->values[0], in.day, in.offsite);
}

/* A member of the team, by himself. */
static int open_name(struct request *q)
{
	struct visit_body in = { .day = 0 };
	struct life_site site;

	if (take_body(q, &in) != OK)
		return OK;
	q->office->own = true;
	const struct life_opening ask = { q->values[0], in.reason, q->office->inspector, NULL };
	TRY(life_name_open(q->office, &q->arena, &ask, &site));
	return give_site(q, &site);
}

static const struct shape shapes[] = {
	{ "Visit",
	  "acceptedAt time?, body text, day day?, deadline day?, draw text, ended text, id id, joint bool, kind text, "
	  "offsite bool, "
	  "period text, replaces text, shared text, site text, state planned|accepted|visited|ended, team [VisitMember], trip text",
	  "检查任务；接收以前 site 是空的，shared 是一起去的主办方的任务" },
	{ "VisitMember", "inspector text, lead bool, leftAt time?, senior bool", "检查组的一人" },
	{ "VisitSite", "county text, id id, matters text, name text",
	  "检查对象：只给有权知道的人" },
	{ .name = NULL },
};

#define VISIT "/api/v1/visits/{id}"
static const struct route routes[] = {
	{ GATE_GET, "/api/v1/visits", list_visits, PERM_VISIT_READ, 0, list_inputs, NULL,
	  "检查任务", "200 [Visit]" },
	{ GATE_GET, "/api/v1/own/visits", list_own, PERM_VISIT_OWN, 0, list_inputs, NULL,
	  "自己的检查任务", "200 [Visit]" },
	{ GATE_GET, VISIT, show_visit, PERM_VISIT_READ, 0, NULL, NULL, "一个检查任务",
	  "200 Visit" },
	{ GATE_GET, "/api/v1/own/visits/{id}", show_own, PERM_VISIT_OWN, 0, NULL, NULL,
	  "自己的一个检查任务", "200 Visit" },
	{ GATE_POST, VISIT "/acceptance", accept, PERM_VISIT_OWN, ROUTE_CHANGES | ROUTE_SMALL, NULL,
	  NULL, "接收：从此知道检查对象", "200 VisitSite" },
	{ GATE_POST, VISIT "/completion", visited, PERM_VISIT_OWN, ROUTE_CHANGES | ROUTE_SMALL,
	  NULL, done_inputs, "检查完了", "204" },
	{ GATE_POST, VISIT "/opening", open_name, PERM_VISIT_OWN, ROUTE_CHANGES, NULL, open_inputs,
	  "检查组的人在接收以前拆看名称，记入账簿", "200 VisitSite" },
};

const struct api_group api_visit = { "visits", "检查任务", routes, COUNT(routes), shapes };
