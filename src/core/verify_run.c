/* core/verify_run.c — the order of a verification, its report, and the steps that need what core never
 * has: a ledger. */
#include "core/bytes.h"
#include "core/verify_parts.h"

enum { TEXT_ROOM = 8192 };

int verify_say(struct verifier *v)
{
	v->text_mark = region_mark(v->region);
	v->text = (struct writer){ .size = TEXT_ROOM };
	v->text.at = region_take_raw(v->region, TEXT_ROOM, 1);
	return v->text.at ? CORE_OK : CORE_FULL;
}

int verify_put(struct verifier *v, const char *name, enum verify_mark mark, struct span how)
{
	struct verify_report *r = v->report;

	CORE_ASSERT(r->count < VERIFY_MOST_STEPS && !v->text.full);
	r->steps[r->count++] = (struct verify_step){ name, mark, { v->text.at, v->text.len }, how };
	r->failed += mark == VERIFY_FAILED;
	r->unknown += mark == VERIFY_UNKNOWN;
	/* Give back what the text did not need; it starts where the writer starts. */
	region_reset(v->region,
		     (size_t)((unsigned char *)v->text.at - v->region->base) + v->text.len);
	return CORE_OK;
}

int verify_text(struct verifier *v, const char *name, enum verify_mark mark, struct span text,
		struct span how)
{
	CORE_TRY(verify_say(v));
	write_span(&v->text, text);
	return verify_put(v, name, mark, how);
}

int verify_problem(struct verifier *v, const char *name, const struct problem *p, struct span how)
{
	CORE_TRY(verify_say(v));
	problem_write(p, &v->text);
	return verify_put(v, name, VERIFY_FAILED, how);
}

int verify_absent(struct verifier *v, const char *name, enum core_file file, struct span how)
{
	CORE_TRY(verify_say(v));
	write_literal(&v->text, "这里没有 ");
	write_span(&v->text, span_of(core_file_name(file)));
	write_literal(&v->text, "，这一步没有做");
	return verify_put(v, name, VERIFY_UNKNOWN, how);
}

/* What a step is about, for one that could not be made; the first row whose name begins the step's. */
static struct span subject_of(const char *name)
{
	static const struct {
		struct span name, subject;
	} subjects[] = {
		{ SPAN_INIT("objects"), SPAN_INIT("objects.tsv 的格式") },
		{ SPAN_INIT("conflicts"), SPAN_INIT("conflicts.tsv 的格式") },
		{ SPAN_INIT("declaration.hash"), SPAN_INIT("声明的摘要") },
		{ SPAN_INIT("root.objects"), SPAN_INIT("objects.tsv 的摘要") },
		{ SPAN_INIT("root.inspectors"), SPAN_INIT("inspectors.tsv 的摘要") },
		{ SPAN_INIT("root.conflicts"), SPAN_INIT("conflicts.tsv 的摘要") },
		{ SPAN_INIT("root.rules"), SPAN_INIT("rules.txt 的摘要") },
		{ SPAN_INIT("record"), SPAN_INIT("随机数和份额的记录") },
		{ SPAN_INIT("shares"), SPAN_INIT("份额与承诺") },
		{ SPAN_INIT("floor"), SPAN_INIT("随机数的下限") },
		{ SPAN_INIT("entropy"), SPAN_INIT("随机数的值") },
		{ SPAN_INIT("seed"), SPAN_INIT("R") },
		{ SPAN_INIT("quotas"), SPAN_INIT("名额") },
		{ SPAN_INIT("tickets"), SPAN_INIT("票号") },
		{ SPAN_INIT("drawn"), SPAN_INIT("抽中和备用的对象") },
		{ SPAN_INIT("teams"), SPAN_INIT("检查组") },
		{ SPAN_INIT("result.root"), SPAN_INIT("结果根") },
		{ SPAN_INIT("result"), SPAN_INIT("result.tsv") },
	};
	struct span whole = span_of(name);
	size_t i = 0;

	while (whole.len < subjects[i].name.len ||
	       memcmp(name, subjects[i].name.at, subjects[i].name.len) != 0)
		CORE_ASSERT(++i < CORE_COUNT(subjects));
	return subjects[i].subject;
}

int verify_blocked(struct verifier *v, const char *name)
{
	CORE_TRY(verify_say(v));
	write_span(&v->text, subject_of(name));
	write_literal(&v->text, "：前面的步骤没有通过或没有做，这一步做不了");
	return verify_put(v, name, VERIFY_UNKNOWN, SPAN("先解决前面没有通过的步骤"));
}

void verify_name(struct writer *w, struct span name, uint64_t before, uint64_t most)
{
	if (before >= most)
		return;
	if (before > 0)
		write_literal(w, "、");
	problem_write_words(name, w);
}

static int verify_time(struct verifier *v)
{
	return verify_text(
		v, "time.order", VERIFY_UNKNOWN,
		SPAN("锁定、公开份额、随机数产生的先后：此处没有台账，只有操作者的一面之词"),
		SPAN("到台账查这次抽取：锁定须比第一个随机数至少早 10 分钟（以外部见证人或时间戳为准），外部"
		     "份额须在随机数产生之前公开，结果根须在 24 小时内登记"));
}

static int verify_parent(struct verifier *v)
{
	const struct declaration *d = &v->declaration;

	if (!v->declaration_sound || d->parent_draw.len == 0)
		return CORE_OK;
	CORE_TRY(verify_say(v));
	write_literal(&v->text, "联合抽查，检查对象来自牵头部门的抽取 ");
	write_span(&v->text, d->parent_draw);
	write_literal(&v->text, "，结果根 ");
	write_span(&v->text, d->parent_root);
	return verify_put(
		v, "parent", VERIFY_UNKNOWN,
		SPAN("取牵头部门那次抽取的文件夹核验，其 result.root 应与此相同，抽中的对象应与这里的 "
		     "objects.tsv 相同"));
}

/* What only the ledger can show. */
static int verify_outside(struct verifier *v)
{
	CORE_TRY(verify_parent(v));
	CORE_TRY(verify_text(
		v, "changes", VERIFY_UNKNOWN,
		SPAN("抽取之后的更换（回避、生病、备用递补）：此处没有台账，看不到也没有核验"),
		SPAN("到台账查以这个抽取编号登记的更换，每一条都应符合递补规则并有证据和批准人")));
	CORE_TRY(verify_text(
		v, "draw.ids", VERIFY_UNKNOWN,
		SPAN("抽取编号有没有断号、同一期有没有另抽一次：此处没有台账，没有核验"),
		SPAN("到台账查该单位当年的抽取编号，应逐号相连，作废的有登记的原因")));
	if (!v->report->rehearsal)
		return CORE_OK;
	return verify_text(v, "rehearsal", VERIFY_UNKNOWN,
			   SPAN("演练无效：随机数里有演练用的数，谁都可以编，结论不作数"),
			   SPAN("正式抽取要用公开的随机数来源重新声明"));
}

int draw_verify(const struct draw_files *files, const struct verify_facts *facts, struct region *r,
		verify_progress *progress, void *arg, struct verify_report *ret)
{
	static const struct verify_facts none;
	struct verify_report report = { 0 };
	struct verifier v = { .files = files,
			      .facts = facts ? facts : &none,
			      .region = r,
			      .progress = progress,
			      .arg = arg,
			      .report = &report };

	CORE_TRY(verify_lists(&v));
	CORE_TRY(verify_declaration(&v));
	CORE_TRY(verify_roots(&v));
	CORE_TRY(verify_time(&v));
	CORE_TRY(verify_entropy(&v));
	CORE_TRY(verify_result(&v));
	CORE_TRY(verify_outside(&v));
	*ret = report;
	return CORE_OK;
}
