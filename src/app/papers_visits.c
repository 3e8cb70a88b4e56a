/* app/papers_visits.c — 任务单: one page a drawn site, on as many threads as there are processors. */
#include "app/papers.h"

#include "app/papers_parts.h"
#include "app/workers.h"
#include "base/cleanup.h"
#include "base/status.h"
#include "core/bytes.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

/* The usual matters when the rule file names none; a plain sentence, no list of its own. */
static const char usual_matters[] =
	"按公布的随机抽查事项清单检查污染源日常环境监管事项，结果录入《污染源现场检查记录表》。";

enum { MISSING_MOST = 1 << 16 };

struct printing {
	const char *folder;
	const struct papers_model *m;
	papers_progress *progress;
	void *arg;
	atomic_uint next, done;
	atomic_int rc;
	pthread_mutex_t lock; /* on missing */
	struct buf *missing;
};

/* Whether the trip has other sites: its tasks stand side by side. */
static bool shared_trip(const struct papers_model *m, const struct papers_task *t)
{
	return (t > m->tasks && t[-1].trip == t->trip) ||
	       (t + 1 < m->tasks + m->task_count && t[1].trip == t->trip);
}

static const char *trip_words(struct arena *a, const struct papers_model *m,
			      const struct papers_task *t)
{
	if (t->member_count == 0)
		return "待派";
	return arena_printf(a, "第 %u 趟%s", t->trip,
			    shared_trip(m, t) ? "，同一组连续检查几家" : "");
}

static void add_site(struct pdf *p, struct arena *a, const struct papers_model *m,
		     const struct papers_task *t)
{
	const struct sheet_plan *plan = m->plan;
	const char *class =
		*t->special ? arena_printf(a, "%s；特殊监管：%s", t->class, t->special) : t->class;
	const char *industry =
		*t->skill ? arena_printf(a, "%s；主办须懂%s", t->industry, t->skill) : t->industry;
	/* A permit has 22 letters, a credit code 18: each its own width. */
	const struct pdf_cell codes[] = { { "信用代码", 17, PDF_LABEL },
					  { t->code, 32, PDF_VALUE },
					  { "许可证号", 17, PDF_LABEL },
					  { t->permit, 42, PDF_VALUE } };
	const struct pdf_pair first[] = { { "单位名称", t->name, NULL, NULL },
					  { "对象编号", t->object, "监管类别", class } };
	const struct pdf_pair second[] = {
		{ "地址", t->address, NULL, NULL },
		{ "县区", t->county, "乡镇街道", t->township },
		{ "行业", industry, "检查类型", "日常（双随机）" },
		{ "检查期间", papers_period(a, plan), NULL, NULL },
		{ "检查事项", *plan->matters ? plan->matters : usual_matters, NULL, NULL },
		{ "趟次", trip_words(a, m, t), NULL, NULL },
	};

	pdf_pairs(p, first, COUNT(first));
	pdf_grid(p, codes, COUNT(codes), 0);
	pdf_pairs(p, second, COUNT(second));
}

static void add_member(struct pdf *p, const struct papers_person *q, bool lead)
{
	const struct pdf_cell row[] = {
		{ lead ? "主办" : "协办", 12, PDF_CENTER },
		{ *q->name ? q->name : q->id, 18, PDF_CENTER },
		{ *q->certificate ? q->certificate : q->id, 28, PDF_CENTER },
		{ q->unit, 32, PDF_VALUE },
	};

	pdf_grid(p, row, COUNT(row), 8);
}

static void add_team(struct pdf *p, const struct papers_model *m, const struct papers_task *t)
{
	static const struct pdf_cell head[] = { { "分工", 12, PDF_LABEL },
						{ "姓名", 18, PDF_LABEL },
						{ "执法证号", 28, PDF_LABEL },
						{ "单位", 32, PDF_LABEL } };
	static const struct papers_person nobody = { "", "", "", "待派", .senior = false };

	pdf_gap(p, 3);
	pdf_grid(p, head, COUNT(head), 0);
	if (t->member_count == 0) {
		add_member(p, &nobody, true);
		return;
	}
	add_member(p, &m->people[t->lead], true);
	for (uint32_t i = 0; i < t->member_count; i++)
		if (t->members[i] != t->lead)
			add_member(p, &m->people[t->members[i]], false);
}

/* How much is squeezed so that a visit stays on one page. */
enum squeeze { ROOMY, TIGHT, TIGHTEST };

static void add_notice(struct pdf *p, enum squeeze squeeze)
{
	static const char *const notices[] = {
		"检查人员不得少于两人，并应主动出示执法证件；不出示的，被检查单位有权拒绝检查。",
		/* 行政处罚法 43, told in the words of the official record form */
		("被检查单位认为检查人员与本单位有直接利害关系或者有其他关系可能影响公正的，"
		 "有权申请回避；回避决定作出之前，不停止检查。"),
		"检查人员应当为被检查单位保守商业秘密。第三方机构人员只能协助，不得单独检查。",
	};

	if (squeeze == ROOMY)
		pdf_heading(p, "告知");
	for (size_t i = 0; i < COUNT(notices); i++)
		if (squeeze == TIGHTEST)
			pdf_note(p, notices[i]);
		else
			pdf_paragraph(p, notices[i]);
}

static int lay_out(struct arena *a, const struct papers_model *m, uint32_t index,
		   enum squeeze squeeze, struct pdf **ret)
{
	static const char *const signatures[] = { "审批人", "主办", "被检查单位" };
	const struct papers_task *t = &m->tasks[index];
	struct pdf *p = NULL;

	TRY(papers_open(&p, m->plan, "行政检查任务单", m->draw_id));
	pdf_title(p, "行政检查任务单");
	pdf_number(p,
		   arena_printf(a, "%s　%s 第 %u 号", m->plan->authority, m->draw_id, index + 1));
	add_site(p, a, m, t);
	add_team(p, m, t);
	add_notice(p, squeeze);
	pdf_gap(p, squeeze == ROOMY ? 4 : 2);
	pdf_signatures(p, signatures, COUNT(signatures));
	pdf_gap(p, squeeze == ROOMY ? 3 : 1);
	pdf_qr(p, arena_printf(a, "mingqian:%s/%s", m->draw_id, t->object),
	       arena_printf(a, "抽取编号 %s\n对象编号 %s\n扫码核对本次检查出自哪一次抽签",
			    m->draw_id, t->object));
	*ret = p;
	return OK;
}

/* Each character once, however many pages lack it. */
static void add_missing(struct printing *s, struct span text)
{
	pthread_mutex_lock(&s->lock);
	while (text.len > 0) {
		struct span c = { text.at, text_utf8_length(text) };
		const struct span all = { buf_text(s->missing), s->missing->len };
		if (c.len == 0)
			break;
		if (!memmem(all.at, all.len, c.at, c.len))
			buf_add(s->missing, c.at, c.len);
		text.at += c.len;
		text.len -= c.len;
	}
	pthread_mutex_unlock(&s->lock);
}

static int print_one(struct printing *s, uint32_t index)
{
	CLEANUP(arena_release) struct arena a;
	const struct papers_model *m = s->m;
	struct pdf *p = NULL;

	arena_init(&a);
	TRY(lay_out(&a, m, index, ROOMY, &p));
	for (int squeeze = TIGHT; squeeze <= TIGHTEST && pdf_pages(p) > 1; squeeze++) {
		pdf_abort(p);
		TRY(lay_out(&a, m, index, (enum squeeze)squeeze, &p));
	}
	const char *id = m->tasks[index].object;
	add_missing(s, span_of(pdf_missing(p)));
	return pdf_commit_staged(p, arena_printf(&a, "%s/%04u-%s.pdf", s->folder, index + 1, id),
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
		int rc = print_one(s, i);
		if (rc != OK)
			atomic_compare_exchange_strong(&s->rc, &none, rc);
		uint32_t done = atomic_fetch_add(&s->done, 1) + 1;
		if (index == 0 && s->progress && !s->progress(s->arg, done, s->m->task_count))
			atomic_store(&s->rc, CANCELLED);
	}
}

int papers_write_visits(const char *folder, const struct papers_model *m, papers_progress *progress,
			void *arg, struct buf *missing)
{
	struct printing s = { .folder = folder,
			      .m = m,
			      .progress = progress,
			      .arg = arg,
			      .lock = PTHREAD_MUTEX_INITIALIZER,
			      .missing = missing };

	buf_init(missing, MISSING_MOST);
	workers_run(workers_usual(), print_some, &s);
	return atomic_load(&s.rc);
}
