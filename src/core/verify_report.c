/* core/verify_report.c — the lines of a verification's report: a step's text is written straight into the
 * region, and what it did not need is given back. */
#include "core/bytes.h"
#include "core/verify_parts.h"

enum { TEXT_ROOM = 8192 };

int verify_say(struct verifier *v)
{
	v->text = (struct writer){ .size = TEXT_ROOM };
	v->text.at = region_take_raw(v->region, TEXT_ROOM, 1);
	return v->text.at ? CORE_OK : CORE_FULL;
}

/* What an input made too long ends in "…", on a character's border. */
static void cut_text(struct writer *w)
{
	size_t len = w->size - 3;

	if (!w->full)
		return;
	while (len > 0 && ((unsigned char)w->at[len] & 0xc0) == 0x80)
		len--;
	w->len = len;
	w->full = false;
	write_literal(w, "…");
	CORE_ASSERT(!w->full);
}

int verify_put(struct verifier *v, const char *name, enum verify_mark mark, struct span how)
{
	struct verify_report *r = v->report;

	CORE_ASSERT(r->count < VERIFY_MOST_STEPS);
	cut_text(&v->text);
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

int verify_needed(struct verifier *v, const char *name, enum core_file file, struct span how)
{
	if (v->report->form != VERIFY_DRAWN)
		return verify_absent(v, name, file, how);
	CORE_TRY(verify_say(v));
	write_literal(&v->text, "有抽取结果（seed、result.tsv 或 result.root），却没有 ");
	write_span(&v->text, span_of(core_file_name(file)));
	write_literal(&v->text, "：结果从哪里来，谁也算不出");
	return verify_put(
		v, name, VERIFY_FAILED,
		SPAN("向组织方索取完整的文件夹再核验；补不齐，这份结果不能当作抽取的结果"));
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
