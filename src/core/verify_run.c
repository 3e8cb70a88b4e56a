/* core/verify_run.c — the order of a verification, and the steps that need what core never has: a
 * ledger. */
#include "core/merkle.h"
#include "core/verify_parts.h"

static int verify_time(struct verifier *v)
{
	return verify_text(
		v, "time.order", VERIFY_UNKNOWN,
		SPAN("锁定、公开份额、随机数产生的先后：此处没有账簿，只有操作者的一面之词"),
		SPAN("到账簿查这次抽取：锁定须比第一个随机数至少早 10 分钟（以外部见证人或时间戳为准），外部"
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
		     "objects.tsv 相同（dr1 verify 加 --parent 文件夹）"));
}

/* What only the ledger can show. */
static int verify_outside(struct verifier *v)
{
	CORE_TRY(verify_parent(v));
	CORE_TRY(verify_text(
		v, "changes", VERIFY_UNKNOWN,
		SPAN("抽取之后的更换（回避、生病、备用递补）：此处没有账簿，看不到也没有核验"),
		SPAN("到账簿查以这个抽取编号登记的更换，每一条都应符合递补规则并有证据和批准人")));
	CORE_TRY(verify_text(
		v, "draw.ids", VERIFY_UNKNOWN,
		SPAN("抽取编号有没有断号、同一期有没有另抽一次：此处没有账簿，没有核验"),
		SPAN("到账簿查该单位当年的抽取编号，应逐号相连，作废的有登记的原因")));
	if (!v->report->rehearsal)
		return CORE_OK;
	return verify_text(v, "rehearsal", VERIFY_UNKNOWN,
			   SPAN("演练无效：随机数里有演练用的数，谁都可以编，结论不作数"),
			   SPAN("正式抽取要用公开的随机数来源重新声明"));
}

static enum verify_form form_of(const struct draw_files *files)
{
	static const enum core_file others[] = { CORE_FILE_OBJECTS,   CORE_FILE_INSPECTORS,
						 CORE_FILE_CONFLICTS, CORE_FILE_RULES,
						 CORE_FILE_RECORD,    CORE_FILE_SEED,
						 CORE_FILE_RESULT };

	if (!files->file[CORE_FILE_ROOT].at && !files->file[CORE_FILE_SEED].at &&
	    !files->file[CORE_FILE_RESULT].at)
		return VERIFY_BEFORE;
	for (size_t i = 0; i < CORE_COUNT(others); i++) {
		if (files->file[others[i]].at)
			return VERIFY_DRAWN;
	}
	return VERIFY_SEALED;
}

/* A list whose declared root is that of no line at all is known without its file. */
static void imply_conflicts(struct verifier *v)
{
	struct declaration d;
	struct problem problem;
	uint8_t digest[SHA256_SIZE];
	char hex[SHA256_HEX];
	struct writer w = { hex, sizeof(hex), 0, false };
	uint64_t lines;

	if (verify_file(v, CORE_FILE_CONFLICTS).at ||
	    declaration_parse(verify_file(v, CORE_FILE_DECLARATION), &d, &problem) != CORE_OK)
		return;
	merkle_lines(SPAN(""), digest, &lines);
	write_hex(&w, digest, sizeof(digest));
	v->conflicts_implied = v->report->form == VERIFY_DRAWN && d.conflicts == 0 &&
			       span_equal(d.conflicts_root, (struct span){ hex, sizeof(hex) });
	if (v->conflicts_implied)
		v->files.file[CORE_FILE_CONFLICTS] = SPAN("");
}

int draw_verify(const struct draw_files *files, const struct verify_facts *facts, struct region *r,
		verify_progress *progress, void *arg, struct verify_report *ret)
{
	static const struct verify_facts none;
	struct verify_report report = { .form = form_of(files) };
	struct verifier v = { .files = *files,
			      .facts = facts ? facts : &none,
			      .region = r,
			      .progress = progress,
			      .arg = arg,
			      .report = &report };

	imply_conflicts(&v);
	CORE_TRY(verify_lists(&v));
	CORE_TRY(verify_declaration(&v));
	CORE_TRY(verify_roots(&v));
	CORE_TRY(verify_time(&v));
	CORE_TRY(verify_entropy(&v));
	CORE_TRY(verify_form(&v));
	CORE_TRY(verify_result(&v));
	CORE_TRY(verify_outside(&v));
	*ret = report;
	return CORE_OK;
}
