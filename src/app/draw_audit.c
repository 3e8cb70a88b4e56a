/* app/draw_audit.c — core's steps first, then the folder's own. */
#include "app/draw_audit.h"

#include "app/draw_signatures.h"
#include "app/draw_staffing.h"
#include "app/draw_sums.h"
#include "base/buf.h"
#include "base/status.h"

#include <assert.h>

enum { NAMES_SHOWN = 10 };

static void add_step(struct draw_audit *out, struct verify_step step)
{
	assert(out->count < DRAW_AUDIT_STEPS);
	out->failed += step.mark == VERIFY_FAILED;
	out->unknown += step.mark == VERIFY_UNKNOWN;
	out->steps[out->count++] = step;
}

static struct verify_step others_step(struct arena *a, const struct draw_sums *sums)
{
	CLEANUP(buf_release) struct buf names;

	buf_init(&names, 8192);
	for (size_t i = 0; i < sums->other_count && i < NAMES_SHOWN; i++)
		buf_printf(&names, "%s%s", i ? "、" : "", sums->others[i]);
	const char *text =
		arena_printf(a, "文件夹里还有 %zu 个 dr1 不认识的文件：%s%s", sums->other_count,
			     buf_text(&names), sums->other_count > NAMES_SHOWN ? " 等" : "");
	return (struct verify_step){
		"files", VERIFY_UNKNOWN, span_of(text),
		span_of("没有 SHA256SUMS，它们是否被改过无从得知；请向组织方索取 "
			"SHA256SUMS，或另行核对")
	};
}

/* The list is bound to nothing that the steps before prove. */
static struct verify_step sums_step(struct arena *a, const struct draw_sums *sums)
{
	const char *text = arena_printf(
		a,
		"全部 %zu 个文件与 SHA256SUMS 一致，不多不少；但这份清单自己没有被声明或结果根"
		"绑定，连文件带清单一起换过也看不出。清单的摘要 %s",
		sums->files, sums->list_hash);
	return (struct verify_step){
		"files", VERIFY_UNKNOWN, span_of(text),
		span_of("与组织方完成抽取当日另行公布或登记的清单摘要逐位对照；抽中的对象和检查组"
			"以 result.tsv 为准，不以 papers 里的文件为准")
	};
}

/* The fingerprint that the witnesses have on paper, or what keeps it from being one. */
static void check_freeze(struct draw_audit *out, struct arena *a, const struct draw_sums *sums)
{
	const struct draw_sums_freeze *f = &sums->freeze;
	struct verify_step step = { .name = "freeze", .mark = VERIFY_FAILED };

	if (!f->there && !sums->papers)
		return;
	if (!f->there) {
		step.mark = VERIFY_UNKNOWN;
		step.text =
			span_of("有收尾的单据（papers），却没有 freeze 文件夹：名录原件和锁定指纹"
				"没有核验");
		step.how = span_of("公开版不含 freeze；向审计或纪检取完整的文件夹，与见证人手里的"
				   "锁定记录对照");
	} else if (f->problem) {
		step.text = span_of(f->problem);
		step.how = span_of("冻结之后被增删或改动；以见证人手里的锁定记录为准，向组织方索取"
				   "原来的文件夹");
	} else {
		const char *p = f->fingerprint;
		step.mark = VERIFY_UNKNOWN;
		step.text = span_of(arena_printf(
			a,
			"冻结的 %zu 个文件与 freeze/SHA256SUMS 一致，不多不少%s；锁定指纹 "
			"%.8s %.8s %.8s %.8s %.8s %.8s %.8s %.8s",
			f->files, f->lacks_conflicts ? "（这里没有的 conflicts.tsv 除外）" : "", p,
			p + 8, p + 16, p + 24, p + 32, p + 40, p + 48, p + 56));
		step.how = span_of("对照纸面：与见证人签过字的锁定记录上的锁定指纹逐组核对，有一组"
				   "不同，文件和清单就被一起换过");
	}
	add_step(out, step);
}

static int check_files(struct draw_audit *out, struct arena *a, const char *folder)
{
	struct draw_sums sums;

	TRY(draw_sums_check(a, folder, &sums));
	check_freeze(out, a, &sums);
	if (sums.problem)
		add_step(out, (struct verify_step){
				      "files", VERIFY_FAILED, span_of(sums.problem),
				      span_of("文件在完成之后被增删或改动；请向组织方索取原来"
					      "的文件夹") });
	else if (sums.listed)
		add_step(out, sums_step(a, &sums));
	else if (sums.other_count)
		add_step(out, others_step(a, &sums));
	return OK;
}

/* A line of signatures.tsv that says nothing about this declaration was put there or changed later. */
static void check_signatures(struct draw_audit *out, struct arena *a, const char *folder,
			     const struct declaration *d)
{
	struct draw_signatures s;
	const char *stray = NULL, *twin = NULL, *text = NULL;
	uint64_t line;
	int rc = draw_signatures_read(a, folder, &s, &line);

	if (rc == NONE)
		return;
	if (rc != OK && line == 0)
		text = DRAW_SIGNATURES_FILE " 不是普通文件（是文件夹、链接，或太大）";
	else if (rc != OK)
		text = arena_printf(a, DRAW_SIGNATURES_FILE " 第 %llu 行不合格式",
				    (unsigned long long)line);
	else if (!draw_signatures_fit(&s, d, &stray))
		text = arena_printf(a, DRAW_SIGNATURES_FILE " 里“%s”的签名与声明不符", stray);
	else if (draw_signatures_twins(&s, &stray, &twin))
		text = arena_printf(
			a, DRAW_SIGNATURES_FILE " 里“%s”和“%s”用同一个公钥：其实是一方，不能算两方",
			stray, twin);
	if (text)
		add_step(out,
			 (struct verify_step){
				 "signatures", VERIFY_FAILED, span_of(text),
				 span_of("签名文件被改过，或不是这次抽取的；请向组织方索取原件") });
}

/* Teams that were made after the draw, if there are any. */
static int check_staff(struct draw_audit *out, struct draw_folder *f, const char *folder,
		       struct arena *a, const struct verify_report *report)
{
	struct verify_step step;
	int rc = draw_staffing_check(f, folder, a, report, &step);

	if (rc == OK)
		add_step(out, step);
	return rc == NONE ? OK : rc;
}

int draw_audit(struct draw_folder *f, const char *folder, struct arena *a,
	       const struct draw_evidence *evidence, const struct draw_audit_watch *watch,
	       struct draw_audit *ret, const char **path)
{
	struct declaration d;
	struct record record;
	struct problem problem;
	struct verify_facts facts = { 0 };
	struct verify_report report;
	bool declared = false;
	struct draw_audit out = { 0 };

	if (declaration_parse(f->files.file[CORE_FILE_DECLARATION], &d, &problem) == CORE_OK) {
		bool opened = record_parse(f->files.file[CORE_FILE_RECORD], &d, &record,
					   &problem) == CORE_OK;
		TRY(draw_facts(a, folder, &d, opened ? &record : NULL, evidence, &facts, path));
		out.draw_id = d.draw_id;
		declared = true;
	}
	if (draw_verify(&f->files, &facts, &f->region, watch->at, watch->arg, &report) != CORE_OK)
		return TOO_LARGE;
	for (uint32_t i = 0; i < report.count; i++)
		add_step(&out, report.steps[i]);
	out.rehearsal = report.rehearsal;
	out.form = report.form;
	out.drawn = report.form != VERIFY_BEFORE;
	if (declared)
		check_signatures(&out, a, folder, &d);
	*path = NULL;
	TRY(check_staff(&out, f, folder, a, &report));
	*path = folder;
	TRY(check_files(&out, a, folder));
	*ret = out;
	return OK;
}
