/* app/papers_tasks.c — 任务表: the workbook that goes to the branches. */
#include "app/papers.h"

#include "app/papers_parts.h"
#include "base/cleanup.h"
#include "base/status.h"
#include "base/utf8.h"
#include "files/xlsx_write.h"

#include <string.h>

/* Columns of letters; a Chinese character takes two. */
enum { NAME_WIDTH = 24, ADDRESS_WIDTH = 28 };

static struct xlsx_value text(const char *t)
{
	return (struct xlsx_value){ .text = t };
}

static struct xlsx_value count(uint64_t n)
{
	return (struct xlsx_value){ .number = (int64_t)n, .look = XLSX_NUMERIC };
}

static const char *person(struct arena *a, const struct papers_person *p)
{
	if (!*p->name)
		return p->id;
	return arena_printf(a, "%s\n%s", p->name, *p->certificate ? p->certificate : p->id);
}

/* A text cut into lines of about equal width, none wider than `most` columns of letters. */
static const char *broken(struct arena *a, const char *text, size_t most)
{
	size_t len = strlen(text), width = utf8_width(text, len);
	size_t lines = (width + most - 1) / most, used = 0, to = 0;

	if (lines < 2)
		return text;
	/* One more column for a letter of two that does not fit. */
	size_t each = (width + lines - 1) / lines + 1;
	char *out = arena_alloc(a, len * 2 + 1);
	for (size_t i = 0, n; i < len; i += n) {
		uint32_t code;
		n = utf8_next(text + i, len - i, &code);
		size_t wide = utf8_width(text + i, n);
		if (used > 0 && used + wide > each) {
			out[to++] = '\n';
			used = 0;
		}
		memcpy(out + to, text + i, n);
		to += n;
		used += wide;
	}
	out[to] = 0;
	return out;
}

static const char *heading(struct arena *a, const struct papers_model *m, const char *what)
{
	return arena_printf(a, "%s%s %s %s", m->plan->rehearsal ? "【" PAPERS_REHEARSAL "】" : "",
			    m->plan->title, m->draw_id, what);
}

static const char *helpers(struct arena *a, const struct papers_model *m,
			   const struct papers_task *t)
{
	const char *list = "";

	for (uint32_t i = 0; i < t->member_count; i++)
		if (t->members[i] != t->lead)
			list = arena_printf(a, "%s%s%s", list, *list ? "\n" : "",
					    person(a, &m->people[t->members[i]]));
	return list;
}

/* To be printed: as wide as a page of A4 with letters that can be read. The next sheet has the data whole. */
static int add_tasks(struct xlsx_write *w, struct arena *a, const struct papers_model *m)
{
	static const char *const columns[] = { "序号",     "趟次", "主办", "协办",
					       "单位名称", "县区", "地址" };
	const struct xlsx_sheet sheet = { "任务", heading(a, m, "检查任务"), columns,
					  COUNT(columns) };

	TRY(xlsx_write_sheet(w, &sheet));
	for (uint32_t i = 0; i < m->task_count; i++) {
		const struct papers_task *t = &m->tasks[i];
		const struct xlsx_value row[] = {
			count(i + 1),
			t->trip ? count(t->trip) : text("待派"),
			text(t->member_count ? person(a, &m->people[t->lead]) : ""),
			text(helpers(a, m, t)),
			text(broken(a, t->name, NAME_WIDTH)),
			text(t->county),
			text(broken(a, t->address, ADDRESS_WIDTH)),
		};
		xlsx_write_row(w, row, COUNT(row));
	}
	return OK;
}

static int add_units(struct xlsx_write *w, struct arena *a, const struct papers_model *m)
{
	static const char *const columns[] = { "序号",     "对象编号", "单位名称", "监管类别",
					       "乡镇街道", "信用代码", "行业" };
	const struct xlsx_sheet sheet = { "单位资料", heading(a, m, "被检查单位"), columns,
					  COUNT(columns) };

	TRY(xlsx_write_sheet(w, &sheet));
	for (uint32_t i = 0; i < m->task_count; i++) {
		const struct papers_task *t = &m->tasks[i];
		const struct xlsx_value row[] = {
			count(i + 1),
			text(t->object),
			text(t->name),
			text(*t->special ? arena_printf(a, "%s（特殊）", t->class) : t->class),
			text(t->township),
			text(t->code),
			text(t->industry),
		};
		xlsx_write_row(w, row, COUNT(row));
	}
	return OK;
}

/* Trips that each person leads. */
static uint32_t *count_leads(struct arena *a, const struct papers_model *m)
{
	uint32_t *leads = arena_array(a, m->person_count + 1, sizeof(*leads));
	bool *seen = arena_array(a, m->trips + 2, sizeof(*seen));

	for (uint32_t i = 0; i < m->task_count; i++) {
		const struct papers_task *t = &m->tasks[i];
		if (t->member_count == 0 || seen[t->trip])
			continue;
		seen[t->trip] = true;
		leads[t->lead]++;
	}
	return leads;
}

static int add_people(struct xlsx_write *w, struct arena *a, const struct papers_model *m)
{
	static const char *const columns[] = { "工号",     "姓名",     "执法证号", "单位",
					       "老/新",    "本期已办", "本次趟数", "其中主办",
					       "合计趟数", "本次上限" };
	const struct xlsx_sheet sheet = { "人员", heading(a, m, "人员任务量"), columns,
					  COUNT(columns) };
	const uint32_t *leads = count_leads(a, m);

	TRY(xlsx_write_sheet(w, &sheet));
	for (uint32_t i = 0; i < m->person_count; i++) {
		const struct papers_person *p = &m->people[i];
		const struct xlsx_value row[] = {
			text(p->id),
			text(p->name),
			text(p->certificate),
			text(p->unit),
			text(p->senior ? "老" : "新"),
			count(p->base),
			count(p->load),
			count(leads[i]),
			count(p->base + p->load),
			p->limit >= PLAN_NO_LIMIT ? text("不限") : count(p->limit),
		};
		xlsx_write_row(w, row, COUNT(row));
	}
	return OK;
}

static int add_reserves(struct xlsx_write *w, struct arena *a, const struct papers_model *m)
{
	static const char *const columns[] = { "层",   "备选次序", "对象编号", "单位名称",
					       "县区", "乡镇街道", "地址" };
	const struct xlsx_sheet sheet = { "备选", heading(a, m, "备选（依次递补，不得挑选）"),
					  columns, COUNT(columns) };

	TRY(xlsx_write_sheet(w, &sheet));
	uint64_t order = 0;
	for (uint32_t i = 0; i < m->reserve_count; i++) {
		const struct papers_task *t = &m->reserves[i];
		order = i > 0 && strcmp(t->stratum, m->reserves[i - 1].stratum) == 0 ? order + 1
										     : 1;
		const struct xlsx_value row[] = {
			text(t->stratum), count(order),
			text(t->object),  text(broken(a, t->name, NAME_WIDTH)),
			text(t->county),  text(t->township),
			text(t->address)
		};
		xlsx_write_row(w, row, COUNT(row));
	}
	return OK;
}

int papers_write_tasks(const char *path, const struct papers_model *m)
{
	CLEANUP(arena_release) struct arena a;
	CLEANUP(xlsx_write_abortp) struct xlsx_write *w = NULL;
	const struct xlsx_write_options options = { .title = m->draw_id,
						    .created = papers_created(m->plan),
						    .mode = 0644 };

	arena_init(&a);
	TRY(xlsx_write_open(&w, path, &options));
	TRY(add_tasks(w, &a, m));
	TRY(add_units(w, &a, m));
	TRY(add_people(w, &a, m));
	TRY(add_reserves(w, &a, m));
	struct xlsx_write *done = w;
	w = NULL;
	return xlsx_write_commit(done);
}
