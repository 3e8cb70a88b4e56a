/* app/life_pool.c — who may assist, out of the two registries that say so. */
#include "app/life_pool.h"

#include "app/life_seal.h"
#include "app/registry_export.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/status.h"
#include "core/lists.h"

#include <string.h>

struct pooling {
	struct office *o;
	struct arena *arena;
	int64_t day;
	struct file_map people, recusals;
	struct buf out;
};

static int wrong_row(struct pooling *p, enum registry kind, uint64_t line, const char *problem)
{
	return life_refuse(p->o, INVALID, "%s第 %llu 行：%s", registry_title(kind),
			   (unsigned long long)line, problem ? problem : "");
}

static bool may_assist(const struct inspector *i, int64_t day)
{
	return i->assistant && i->accepts && !inspector_away_on(i, day) &&
	       i->text[INSPECTOR_LEFT].len == 0 && i->text[INSPECTOR_CONFIDENTIAL].len > 0 &&
	       i->text[INSPECTOR_DECLARED].len > 0;
}

/* What a person must avoid by the register of recusals, under any of the names it may use for him. */
static int add_recusals(struct pooling *p, const struct inspector *i)
{
	struct registry_reader r;
	struct span cells[REGISTRY_FIELDS_MOST];
	int rc;

	TRY(registry_open(&r, REGISTRY_RECUSALS, (struct span){ p->recusals.at, p->recusals.len }));
	while ((rc = registry_next(&r, cells)) == OK) {
		struct recusal_row row;
		const char *problem = NULL;
		struct span who = cells[RECUSAL_INSPECTOR];
		if (recusal_decode(cells, &row, &problem) != OK)
			return wrong_row(p, REGISTRY_RECUSALS, r.line, problem);
		if (row.from > p->day || row.to < p->day)
			continue;
		if (span_equal(who, i->text[INSPECTOR_ID]) ||
		    span_equal(who, i->text[INSPECTOR_NAME]) ||
		    span_equal(who, i->text[INSPECTOR_CERTIFICATE]))
			buf_printf(&p->out, "%.*s;", (int)cells[RECUSAL_TARGET].len,
				   cells[RECUSAL_TARGET].at);
	}
	return rc == NONE ? OK : wrong_row(p, REGISTRY_RECUSALS, r.line, r.problem);
}

static int add_person(struct pooling *p, const struct inspector *i)
{
	static const enum inspector_field columns[] = { INSPECTOR_ID, INSPECTOR_POOL,
							INSPECTOR_DISTRICTS, INSPECTOR_SKILLS };
	struct span list = i->text[INSPECTOR_RECUSALS], item;

	for (size_t c = 0; c < COUNT(columns); c++)
		buf_printf(&p->out, "%.*s\t", (int)i->text[columns[c]].len, i->text[columns[c]].at);
	while (registry_item(&list, &item)) {
		struct span target, kind;
		registry_recusal(item, &target, &kind);
		buf_printf(&p->out, "%.*s;", (int)target.len, target.at);
	}
	TRY(add_recusals(p, i));
	buf_char(&p->out, '\n');
	return OK;
}

static int fill(struct pooling *p, struct span inspectors)
{
	struct registry_reader r;
	struct span cells[REGISTRY_FIELDS_MOST];
	uint64_t offset;
	int rc;

	TRY(registry_open(&r, REGISTRY_INSPECTORS, (struct span){ p->people.at, p->people.len }));
	while ((rc = registry_next(&r, cells)) == OK) {
		struct inspector i;
		const char *problem = NULL;
		if (inspector_decode(cells, &i, &problem) != OK)
			return wrong_row(p, REGISTRY_INSPECTORS, r.line, problem);
		if (!i.assistant)
			continue;
		if (list_find_object(inspectors, i.text[INSPECTOR_ID], &offset))
			return life_refuse(p->o, INVALID,
					   "%.*s 是专家或辅助人员，只能协助，不能列入执法人员名单",
					   (int)i.text[INSPECTOR_ID].len, i.text[INSPECTOR_ID].at);
		if (may_assist(&i, p->day))
			TRY(add_person(p, &i));
	}
	return rc == NONE ? OK : wrong_row(p, REGISTRY_INSPECTORS, r.line, r.problem);
}

int life_pool_make(struct office *o, struct arena *a, int64_t day, struct span inspectors,
		   struct span *ret)
{
	struct pooling p = { .o = o, .arena = a, .day = day };

	buf_init(&p.out, SIZE_MAX / 2);
	int rc = registry_export_map(o, REGISTRY_INSPECTORS, 0, &p.people);
	if (rc == OK)
		rc = registry_export_map(o, REGISTRY_RECUSALS, 0, &p.recusals);
	if (rc == OK)
		rc = fill(&p, inspectors);
	if (rc == OK)
		rc = buf_check(&p.out);
	if (rc == OK)
		*ret = (struct span){ arena_mem(a, buf_text(&p.out), p.out.len), p.out.len };
	if (p.people.at)
		file_unmap(&p.people);
	if (p.recusals.at)
		file_unmap(&p.recusals);
	buf_release(&p.out);
	return rc;
}
