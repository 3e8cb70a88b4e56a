/* app/plan_open.c — the same pass as the check's, and only what one cell counts. */
#include "app/plan_open.h"

#include "base/status.h"

#include <string.h>

static const struct {
	const char *name, *chinese;
} columns[PLAN_COLUMNS] = {
	[PLAN_COLUMN_MEMBERS] = { "members", "在册" },
	[PLAN_COLUMN_REQUIRED] = { "required", "应查" },
	[PLAN_COLUMN_PLANNED] = { "planned", "待查" },
	[PLAN_COLUMN_DONE] = { "done", "已查" },
	[PLAN_COLUMN_LEFT] = { "left", "还差" },
	[PLAN_COLUMN_NEED] = { "need", "本期至少" },
	[PLAN_COLUMN_DRAWN] = { "drawn", "本期抽" },
	[PLAN_COLUMN_YEAR_LEFT] = { "year_left", "到年底" },
};

const char *plan_column_name(enum plan_column column)
{
	return columns[column].name;
}

int plan_cell_find(const struct plan_check *check, const char *name, size_t *ret_rule,
		   enum plan_column *ret)
{
	const char *dot = strrchr(name, '.');

	for (size_t i = 0; dot && i < check->rule_count; i++) {
		const char *id = check->rules[i].id;
		if (strlen(id) != (size_t)(dot - name) || strncmp(id, name, strlen(id)) != 0)
			continue;
		for (unsigned c = 0; c < PLAN_COLUMNS; c++)
			if (strcmp(columns[c].name, dot + 1) == 0) {
				*ret_rule = i;
				*ret = (enum plan_column)c;
				return OK;
			}
	}
	return NONE;
}

/* ---- how it is made ---- */

static const char *need_words(const struct plan_check_rule *r, struct arena *a)
{
	return arena_printf(
		a, "“%s”本期至少 %llu 家：还差 %llu 家（%s.left），分在剩下的各期里，向上取整",
		r->title, (unsigned long long)r->need, (unsigned long long)r->left, r->id);
}

static const char *left_words(const struct plan_check_rule *r, struct arena *a)
{
	return arena_printf(
		a,
		"“%s”还差 %llu：应查 %llu（%s.required）− 待查 %llu（%s.planned）− 已查 %llu"
		"（%s.done），不小于 0",
		r->title, (unsigned long long)r->left, (unsigned long long)r->want, r->id,
		(unsigned long long)r->pending, r->id, (unsigned long long)r->done, r->id);
}

static const char *hidden_words(const struct plan_check_rule *r, struct arena *a)
{
	return arena_printf(a,
			    "“%s”不到 %d 家，还有检查任务没有做完，这个数不公开，免得看出是哪一家",
			    r->title, PLAN_FEW);
}

const char *plan_cell_words(const struct plan_scene *s, const struct plan_check *check, size_t rule,
			    enum plan_column column)
{
	const struct plan_check_rule *r = &check->rules[rule];
	struct arena *a = s->notes->arena;

	if (r->hidden && column != PLAN_COLUMN_MEMBERS && column != PLAN_COLUMN_REQUIRED)
		return hidden_words(r, a);
	switch (column) {
	case PLAN_COLUMN_MEMBERS:
		return arena_printf(a, "“%s”在册 %llu", r->title, (unsigned long long)r->members);
	case PLAN_COLUMN_DONE:
		return arena_printf(a, "“%s”已查 %llu", r->title, (unsigned long long)r->done);
	case PLAN_COLUMN_PLANNED:
		return arena_printf(a,
				    "“%s”待查 %llu：在检查之前是哪几家保密，不列出；各项任务见 "
				    "mingqian visits list",
				    r->title, (unsigned long long)r->pending);
	case PLAN_COLUMN_LEFT:
		return left_words(r, a);
	case PLAN_COLUMN_NEED:
		return need_words(r, a);
	case PLAN_COLUMN_DRAWN:
		return arena_printf(
			a,
			"“%s”本期抽 %llu：至少 %llu（%s.need），一家同时在几条规则里的只抽一次，"
			"对每条都算数，所以可以多于至少的数；抽中谁由抽签决定",
			r->title, (unsigned long long)r->drawn, (unsigned long long)r->need, r->id);
	case PLAN_COLUMN_YEAR_LEFT:
		return arena_printf(
			a, "“%s”到年底 %llu：还差 %llu（%s.left）加上以后各期的应查（%s.required）",
			r->title, (unsigned long long)r->year_left, (unsigned long long)r->left,
			r->id, r->id);
	case PLAN_COLUMN_REQUIRED:
	case PLAN_COLUMNS:
		break;
	}
	return arena_printf(a, "“%s”应查 %llu。%s", r->title, (unsigned long long)r->want,
			    r->sentence);
}

/* ---- its rows ---- */

struct opening {
	const struct plan_scene *scene;
	const struct plan_check *check;
	const struct plan_cell_ask *ask;
	const struct plan_ask *rule; /* NULL: no rule of the daily draw */
	uint64_t bit;
	size_t past; /* next visit of the history */
	uint64_t told;
};

static int tell(struct opening *o, const struct plan_cell_row *row)
{
	if (o->told == o->ask->most)
		return NONE;
	o->told++;
	return o->ask->each(o->ask->arg, row);
}

/* The visits of a site that the rule counts; of a rule that counts sites the first one. */
static int tell_visits(struct opening *o, struct plan_cell_row row, bool gone)
{
	const struct plan_history *h = &o->scene->history;
	size_t count, first = plan_history_find(h, row.id, &count);

	if (gone && o->rule->share)
		return OK;
	for (size_t i = first; i < first + count; i++) {
		const struct plan_past *p = &h->list[i];
		if (p->pending || !plan_ask_counts(o->rule, p))
			continue;
		row.day = p->day;
		row.n = p->n;
		TRY(tell(o, &row));
		if (o->rule->distinct)
			break;
	}
	return OK;
}

static int look_at(void *arg, const struct plan_scanned *s)
{
	struct opening *o = arg;
	const struct plan_cell_row row = { s->site->text[SITE_ID], s->site->text[SITE_NAME],
					   s->site->text[SITE_COUNTY], INT64_MIN, 0 };

	if (!(s->asks & o->bit))
		return OK;
	return o->ask->column == PLAN_COLUMN_DONE ? tell_visits(o, row, false) : tell(o, &row);
}

/* Visits of sites that are not in operation any more. */
static int tell_gone(struct opening *o)
{
	const struct plan_scan_sum *sum = &o->check->draw->sum;

	for (size_t i = 0; i < sum->gone_count; i++) {
		const struct plan_gone *gone = &sum->gone[i];
		const struct plan_cell_row row = { o->scene->history.list[gone->past].site,
						   SPAN("（已不在产）"), SPAN(""), INT64_MIN, 0 };
		if (gone->asks & o->bit)
			TRY(tell_visits(o, row, true));
	}
	return OK;
}

static int tell_rule(struct opening *o)
{
	struct plan_asks asks = o->check->draw->asks;
	struct plan_scan_sum sum;

	o->bit = (uint64_t)1 << (o->rule - o->check->draw->asks.list);
	TRY(plan_scan(o->scene, &asks, false, look_at, o, &sum));
	return o->ask->column == PLAN_COLUMN_DONE ? tell_gone(o) : OK;
}

/* Joint actions: the plan's lines that were drawn. */
static int tell_actions(struct opening *o)
{
	const struct plan_scene *s = o->scene;

	for (size_t i = 0; i < s->line_count; i++)
		for (size_t k = 0; k < s->joint_count; k++)
			if (strcmp(s->joint[k].line, s->lines[i].id) == 0)
				TRY(tell(o, &(struct plan_cell_row){ span_of(s->lines[i].id),
								     span_of(s->lines[i].title),
								     SPAN(""), INT64_MIN, 0 }));
	return OK;
}

int plan_cell_rows(const struct plan_scene *s, const struct plan_check *check,
		   const struct plan_cell_ask *ask)
{
	const struct plan_check_rule *r = &check->rules[ask->rule];
	struct opening o = { .scene = s, .check = check, .ask = ask, .rule = r->ask };
	bool members = ask->column == PLAN_COLUMN_MEMBERS, done = ask->column == PLAN_COLUMN_DONE;
	int rc = OK;

	if (!members && (!done || r->hidden))
		return OK;
	if (r->ask)
		rc = tell_rule(&o);
	else if (done)
		rc = tell_actions(&o);
	return rc == NONE && o.told == ask->most ? OK : rc;
}
