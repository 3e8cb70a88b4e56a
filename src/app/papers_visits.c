/* app/papers_visits.c — 任务单: one page a drawn site, on as many threads as there are processors. */
#include "app/papers.h"

#include "app/papers_parts.h"
#include "app/workers.h"
#include "base/cleanup.h"
#include "base/status.h"

#include <stdatomic.h>
#include <string.h>

/* The usual matters when the rule file names none; a plain sentence, no list of its own. */
static const char usual_matters[] =
	"按公布的随机抽查事项清单检查污染源日常环境监管事项，结果录入《污染源现场检查记录表》。";

struct printing {
	const char *folder;
	const struct papers_model *m;
	papers_progress *progress;
	void *arg;
	atomic_uint next, done;
	atomic_int rc;
};

static void add_site(struct pdf *p, struct arena *a, const struct papers_model *m,
		     const struct papers_task *t)
{
	const struct sheet_plan *plan = m->plan;
	const char *class =
		*t->special ? arena_printf(a, "%s；特殊监管：%s", t->class, t->special) : t->class;
	const struct pdf_pair pairs[] = {
		{ "被检查单位", t->name, NULL, NULL },
		{ "污染源编号", t->object, "监管类别", class },
		{ "信用代码", t->code, "许可证编号", t->permit },
		{ "县区", t->county, "乡镇街道", t->township },
		{ "地址", t->address, NULL, NULL },
		{ "行业", t->industry, "所需专业", t->skill },
		{ "检查类型", "日常检查（双随机抽查）", "检查期间", papers_period(a, plan) },
		{ "检查事项", *plan->matters ? plan->matters : usual_matters, NULL, NULL },
	};

	pdf_pairs(p, pairs, COUNT(pairs));
}

static void add_team(struct pdf *p, struct arena *a, const struct papers_model *m,
		     const struct papers_task *t)
{
	static const struct pdf_cell head[] = { { "分工", 12, PDF_LABEL },
						{ "姓名", 18, PDF_LABEL },
						{ "执法证号", 28, PDF_LABEL },
						{ "单位", 32, PDF_LABEL } };

	pdf_gap(p, 3);
	pdf_grid(p, head, COUNT(head), 0);
	for (uint32_t i = 0; i < t->member_count; i++) {
		const struct papers_person *q = &m->people[t->members[i]];
		const struct pdf_cell row[] = {
			{ t->members[i] == t->lead ? "主办" : "协办", 12, PDF_CENTER },
			{ *q->name ? q->name : q->id, 18, PDF_CENTER },
			{ *q->certificate ? q->certificate : q->id, 28, PDF_CENTER },
			{ q->unit, 32, PDF_VALUE },
		};
		pdf_grid(p, row, COUNT(row), 9);
	}
	if (t->member_count == 0) {
		const struct pdf_cell row[] = { { "待派", 12, PDF_CENTER },
						{ "", 18, PDF_CENTER },
						{ "", 28, PDF_CENTER },
						{ "", 32, PDF_VALUE } };
		pdf_grid(p, row, COUNT(row), 9);
	} else {
		pdf_note(p, arena_printf(a, "第 %u 趟。同一趟的几家由同一组连续检查。", t->trip));
	}
}

static void add_notice(struct pdf *p)
{
	pdf_heading(p, "告知");
	pdf_paragraph(
		p,
		"检查人员不得少于两人，并应主动出示执法证件；不出示的，被检查单位有权拒绝检查。");
	pdf_paragraph(p,
		      "被检查单位认为检查人员与本单位有直接利害关系或者有其他关系可能影响公正的，"
		      "有权申请回避；回避决定作出之前，不停止检查。");
	pdf_paragraph(p,
		      "被检查单位应当如实反映情况、提供必要的资料；检查人员应当为其保守商业秘密。"
		      "第三方机构人员只能协助，不得单独检查。");
}

static int print_one(const struct papers_model *m, uint32_t index, const char *folder)
{
	static const char *const signatures[] = { "审批人", "主办", "被检查单位" };
	CLEANUP(arena_release) struct arena a;
	const struct papers_task *t = &m->tasks[index];
	struct pdf *p = NULL;

	arena_init(&a);
	TRY(papers_open(&p, m->plan, "行政检查任务单", m->draw_id));
	pdf_title(p, *m->plan->authority
			     ? arena_printf(&a, "%s\n行政检查任务单", m->plan->authority)
			     : "行政检查任务单");
	pdf_number(p, arena_printf(&a, "%s 第 %u 号", m->draw_id, index + 1));
	add_site(p, &a, m, t);
	add_team(p, &a, m, t);
	add_notice(p);
	pdf_gap(p, 4);
	pdf_signatures(p, signatures, COUNT(signatures));
	pdf_gap(p, 3);
	pdf_qr(p, arena_printf(&a, "mingqian:%s/%s", m->draw_id, t->object),
	       arena_printf(&a, "抽签编号 %s\n对象编号 %s\n扫码核对本次检查出自哪一次抽签",
			    m->draw_id, t->object));
	return pdf_commit(p, arena_printf(&a, "%s/%04u-%s.pdf", folder, index + 1, t->object),
			  0644);
}

/* Only the calling thread (index 0) tells the progress. */
static void print_some(void *arg, uint32_t index)
{
	struct printing *s = arg;
	int none = OK;

	while (atomic_load(&s->rc) == OK) {
		uint32_t i = atomic_fetch_add(&s->next, 1);
		if (i >= s->m->task_count)
			return;
		int rc = print_one(s->m, i, s->folder);
		if (rc != OK)
			atomic_compare_exchange_strong(&s->rc, &none, rc);
		uint32_t done = atomic_fetch_add(&s->done, 1) + 1;
		if (index == 0 && s->progress && !s->progress(s->arg, done, s->m->task_count))
			atomic_store(&s->rc, CANCELLED);
	}
}

int papers_write_visits(const char *folder, const struct papers_model *m, papers_progress *progress,
			void *arg)
{
	struct printing s = { .folder = folder, .m = m, .progress = progress, .arg = arg };

	workers_run(workers_usual(), print_some, &s);
	return atomic_load(&s.rc);
}
