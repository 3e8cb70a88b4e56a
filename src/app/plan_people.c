/* app/plan_people.c — one pass over the inspectors, one over the registered recusals. */
#include "app/plan_people.h"

#include "app/plan_milestone.h"
#include "base/clock.h"
#include "base/status.h"

#include <string.h>

enum { LIMIT_NONE = 99999, DAYS_PER_LOAD = 10 };

struct reading {
	const struct plan_scene *scene;
	struct plan_people *to;
	const struct plan_span *period;
	int64_t day, last; /* until then visits can be made */
	size_t size, absent_size;
};

static void *grow(struct arena *a, void *old, size_t count, size_t *size, size_t each)
{
	if (count < *size)
		return old;
	*size = *size ? *size * 2 : 64;
	void *list = arena_array(a, *size, each);
	if (count)
		memcpy(list, old, count * each);
	return list;
}

static const char *text_of(struct reading *r, struct span s)
{
	return arena_mem(r->scene->notes->arena, s.at, s.len);
}

static void add_absent(struct reading *r, const struct inspector *i, const char *reason)
{
	struct plan_people *p = r->to;
	const struct span *t = i->text;

	p->absent = grow(r->scene->notes->arena, p->absent, p->absent_count, &r->absent_size,
			 sizeof(*p->absent));
	p->absent[p->absent_count++] = (struct plan_absent){
		.id = text_of(r, t[INSPECTOR_ID]),
		.name = text_of(r, t[INSPECTOR_NAME]),
		.scope = text_of(r, t[INSPECTOR_DISTRICTS]),
		.reason = reason,
	};
}

static bool parse_day(struct span cell, int64_t *ret)
{
	char text[PLAN_DAY_TEXT] = { 0 };

	if (cell.len != PLAN_DAY_TEXT - 1)
		return false;
	memcpy(text, cell.at, cell.len);
	return clock_parse_day(text, ret) == OK;
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* Working days of the rest of the period that leave takes. Leaves are told apart, so they may be added. */
static int64_t leave_days(const struct plan_scene *s, struct span leave, int64_t from, int64_t to)
{
	struct span item, start;
	int64_t sum = 0, a, b;

	while (registry_item(&leave, &item))
		if (span_cut(&item, '/', &start) && parse_day(start, &a) && parse_day(item, &b))
			sum += calendar_working_days(&s->calendar, later(a, from), earlier(b, to));
	return sum;
}

static int64_t certificate_until(const struct inspector *i)
{
	int64_t first = i->text[INSPECTOR_CERTIFICATE].len ? i->certificate_until : INT64_MIN;
	int64_t second = i->text[INSPECTOR_CERTIFICATE2].len ? i->certificate2_until : INT64_MIN;

	return later(first, second);
}

/* Working days until `to` or the certificate's end, and the visits that they leave. */
static int64_t days_until(const struct reading *r, const struct inspector *i, int64_t to)
{
	const struct plan_scene *s = r->scene;
	int64_t last = earlier(to, certificate_until(i));

	return later(0, (int64_t)calendar_working_days(&s->calendar, r->day, last) -
				leave_days(s, i->text[INSPECTOR_LEAVE], r->day, last));
}

/* Visits that so many days leave beside what waits. */
static uint64_t room_of(const struct reading *r, int64_t days, uint64_t waiting)
{
	uint64_t room = (uint64_t)(days * r->scene->version.day_load / DAYS_PER_LOAD);

	return room > waiting ? room - waiting : 0;
}

static uint64_t at_most(uint64_t n, uint64_t most)
{
	return n < most ? n : most;
}

/* In a period to come only those trips take time that are due in it: earlier ones were made by then. */
static uint64_t waiting_of(const struct reading *r, struct span id)
{
	int64_t from = r->scene->day < r->period->from ? r->period->from : INT64_MIN;

	return plan_history_waiting_of(&r->scene->history, id, from);
}

static void add_person(struct reading *r, const struct inspector *i)
{
	const struct plan_scene *s = r->scene;
	struct plan_people *p = r->to;
	const struct span *t = i->text;
	struct plan_span year = plan_span_make(RULE_YEAR, r->period->year, 1);
	uint32_t periods = plan_span_left(&year, r->period);
	struct plan_person one = {
		.id = t[INSPECTOR_ID],
		.name = t[INSPECTOR_NAME],
		.certificate = t[INSPECTOR_CERTIFICATE],
		.scopes = t[INSPECTOR_DISTRICTS],
		.skills = t[INSPECTOR_SKILLS],
		.senior = inspector_grade_on(i, r->day, s->set.senior_years) == 'S',
		.until = certificate_until(i),
	};

	one.base = i->base + plan_history_load_of(&s->history, one.id, year.from, r->day);
	one.own_limit = i->has_limit;
	one.limit = i->has_limit ? i->limit : s->set.limit ? s->set.limit : LIMIT_NONE;
	uint64_t waiting = waiting_of(r, one.id);
	one.days = days_until(r, i, r->last);
	one.day_room = room_of(r, one.days, waiting);
	one.room = at_most(one.day_room, one.limit);
	one.year_room = at_most(room_of(r, days_until(r, i, later(year.to, r->last)), waiting),
				(uint64_t)one.limit * periods);
	one.certified_to_end = one.until >= r->last;
	p->list = grow(s->notes->arena, p->list, p->count, &r->size, sizeof(*p->list));
	p->list[p->count++] = one;
	p->seniors += one.senior;
	plan_recusals_add_cell(&p->recusals, i);
}

static int read_inspectors(struct reading *r)
{
	struct registry_reader reader;
	struct span cells[REGISTRY_FIELDS_MOST];
	struct arena *a = r->scene->notes->arena;
	int rc = registry_open(&reader, REGISTRY_INSPECTORS, r->scene->inspectors);

	while (rc == OK && (rc = registry_next(&reader, cells)) == OK) {
		struct inspector i;
		int64_t left;
		rc = inspector_decode(cells, &i, &reader.problem);
		if (rc != OK)
			break;
		if (parse_day(cells[INSPECTOR_LEFT], &left) && left <= r->day)
			continue;
		const char *reason = plan_reason_out(&i, r->day, a);
		if (reason)
			add_absent(r, &i, reason);
		else
			add_person(r, &i);
	}
	if (rc == NONE)
		return OK;
	plan_note(r->scene->notes, PLAN_REFUSED, "检查人员名录第 %llu 行：%s",
		  (unsigned long long)reader.line, reader.problem ? reader.problem : "读不懂");
	return INVALID;
}

/* By number, certificate or name; a name that several have means all of them. */
static size_t add_recusal(struct reading *r, const struct recusal_row *row)
{
	struct plan_people *p = r->to;
	struct span who = row->text[RECUSAL_INSPECTOR];
	size_t found = 0;

	for (size_t i = 0; i < p->count; i++)
		if (span_equal(who, p->list[i].id) || span_equal(who, p->list[i].certificate) ||
		    span_equal(who, p->list[i].name)) {
			plan_recusals_add(&p->recusals, p->list[i].id, row->text[RECUSAL_TARGET],
					  row->text[RECUSAL_KIND]);
			found++;
		}
	return found;
}

static bool is_absent(const struct plan_people *p, struct span who)
{
	for (size_t i = 0; i < p->absent_count; i++)
		if (span_equal(who, span_of(p->absent[i].id)) ||
		    span_equal(who, span_of(p->absent[i].name)))
			return true;
	return false;
}

static int read_recusals(struct reading *r)
{
	struct registry_reader reader = { 0 };
	struct span cells[REGISTRY_FIELDS_MOST];
	struct span file = r->scene->recusals;
	int rc = file.len ? registry_open(&reader, REGISTRY_RECUSALS, file) : NONE;

	while (rc == OK && (rc = registry_next(&reader, cells)) == OK) {
		struct recusal_row row;
		rc = recusal_decode(cells, &row, &reader.problem);
		if (rc != OK || row.from > r->last || row.to < r->day)
			continue;
		struct span who = cells[RECUSAL_INSPECTOR];
		if (add_recusal(r, &row) == 0 && !is_absent(r->to, who))
			plan_note(r->scene->notes, PLAN_WARNING,
				  "回避关系 %.*s 的执法人员“%.*s”不在检查人员名录里。请核对，"
				  "写执法人员编号最稳妥。",
				  (int)cells[RECUSAL_ID].len, cells[RECUSAL_ID].at, (int)who.len,
				  who.at);
	}
	if (rc == NONE)
		return OK;
	plan_note(r->scene->notes, PLAN_REFUSED, "回避关系登记第 %llu 行：%s",
		  (unsigned long long)reader.line, reader.problem ? reader.problem : "读不懂");
	return INVALID;
}

/* The last day of the period's visits, with extensions that were agreed and `more` days. */
static int64_t last_day(const struct plan_scene *s, const struct plan_span *period, int64_t more)
{
	char text[PLAN_SPAN_TEXT];

	plan_span_text(period, text);
	return period->to + plan_extension_days(s, text, "visits") + more;
}

int plan_people_read(const struct plan_scene *s, const struct plan_span *period, int64_t more,
		     struct plan_people *ret)
{
	struct plan_people p = { 0 };
	struct reading r = { .scene = s,
			     .to = &p,
			     .period = period,
			     .day = plan_scene_day(s, period),
			     .last = last_day(s, period, more) };
	int rc = read_inspectors(&r);

	if (rc == OK)
		rc = read_recusals(&r);
	if (rc != OK) {
		plan_recusals_release(&p.recusals);
		return rc;
	}
	plan_recusals_sort(&p.recusals);
	*ret = p;
	return OK;
}

static bool in_list(struct span list, struct span word)
{
	struct span item;

	while (registry_item(&list, &item))
		if (span_equal(item, word))
			return true;
	return false;
}

bool plan_person_in(const struct plan_person *p, struct span county)
{
	return p->scopes.len == 0 || in_list(p->scopes, county);
}

bool plan_person_can(const struct plan_person *p, struct span skill)
{
	return skill.len == 0 || in_list(p->skills, skill);
}
