/*
 * app/sheet_freeze.c — import, lists, quotas, trial, declaration; every step adds to the notes, and only
 * when nothing stands in the way the hidden folder takes its name.
 */
#include "app/sheet_freeze.h"

#include "app/draw_entropy.h"
#include "app/draw_folder.h"
#include "app/draw_memory.h"
#include "app/draw_signatures.h"
#include "app/papers.h"
#include "app/plan_certificates.h"
#include "app/plan_never.h"
#include "app/plan_problem.h"
#include "app/registry.h"
#include "app/sheet_bound.h"
#include "app/sheet_day.h"
#include "app/sheet_registry.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/status.h"
#include "core/declare.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SHARE_BYTES = 32, RULES_FILE_MOST = 1 << 20 };

static const size_t NOTES_MOST = 4 << 20;

struct freezing {
	const struct sheet_freeze *in;
	struct plan_notes *notes;
	struct arena *arena;
	struct sheet_stage stage;
	struct region region;
	struct plan_rules rules;
	struct file_map sites, inspectors; /* the canonical registries in the stage */
	struct plan_lists lists;
	struct plan_quota quota;
	struct span rules_text; /* dr1 */
	struct draw draw;
	struct span declaration;
	struct sheet_frozen out;
	struct draw_signatures signatures;
	struct sheet_bound bound;
	char commitment[65];
	bool share_placed, escrow_placed; /* by this run: only then they are removed if it fails */
};

static const char *staged(struct freezing *f, const char *name)
{
	return arena_printf(f->arena, "%s/%s", f->stage.path, name);
}

static int read_rules(struct freezing *f)
{
	char *text;
	size_t len;
	int rc = file_read(f->arena, f->in->rules, RULES_FILE_MOST, &text, &len);

	if (rc == NONE)
		plan_note(f->notes, PLAN_REFUSED, "没有这个规则文件：%s。", f->in->rules);
	if (rc == TOO_LARGE)
		plan_note(f->notes, PLAN_REFUSED, "规则文件超过 1 MB，不像规则文件：%s。",
			  f->in->rules);
	TRY(rc);
	TRY(plan_rules_parse(text, len, f->notes, &f->rules));
	const char *prefix = f->rules.prefix;
	if (prefix && !f->in->rehearsal && strncmp(f->in->draw_id, prefix, strlen(prefix)) != 0) {
		plan_note(f->notes, PLAN_REFUSED,
			  "抽取编号“%s”应以规则文件规定的“%s”开头，例如 %s-1。", f->in->draw_id,
			  prefix, prefix);
		return INVALID;
	}
	return file_write(staged(f, "freeze/rules-file.txt"), text, len, 0644);
}

static int read_registry(struct freezing *f, enum registry kind, const char *file,
			 struct file_map *ret)
{
	const char *out = staged(f, arena_printf(f->arena, "freeze/%s.tsv", registry_name(kind)));
	struct sheet_import in = { .file = file,
				   .out = out,
				   .report = arena_printf(f->arena, "%s.%s-错误信息",
							  f->stage.target, registry_name(kind)),
				   .accept_quarantine = f->in->accept_quarantine,
				   .any_area = f->in->any_area,
				   .progress = f->in->progress,
				   .progress_arg = f->in->progress_arg };

	TRY(sheet_import_registry(kind, &in, f->notes));
	return file_map(out, ret);
}

static void note_people(struct freezing *f, const char *day)
{
	const struct plan_lists *l = &f->lists;

	plan_note(
		f->notes, PLAN_INFO,
		"检查对象：名录 %llu 家，在产 %llu 家参加抽取；停产 %llu、关闭 %llu、搬迁 %llu、在建 %llu "
		"家不参加。",
		(unsigned long long)l->sites, (unsigned long long)l->live,
		(unsigned long long)l->not_live[SITE_STOPPED],
		(unsigned long long)l->not_live[SITE_CLOSED],
		(unsigned long long)l->not_live[SITE_MOVED],
		(unsigned long long)l->not_live[SITE_BUILDING]);
	plan_note(
		f->notes, PLAN_INFO,
		"执法人员：%llu 人可派（老 %llu、新 %llu），%zu 人不列入；回避 %llu 对。以 %s 为准。",
		(unsigned long long)l->eligible, (unsigned long long)l->seniors,
		(unsigned long long)(l->eligible - l->seniors), l->absent_count,
		(unsigned long long)l->conflict_count, day);
	for (size_t i = 0; i < l->absent_count; i++)
		plan_note(f->notes, PLAN_INFO, "不列入：%s（%s）：%s", l->absent[i].name,
			  l->absent[i].id, l->absent[i].reason);
}

static int make_lists(struct freezing *f, int64_t day)
{
	struct plan_lists_input in = { .sites = { f->sites.at, f->sites.len },
				       .inspectors = { f->inspectors.at, f->inspectors.len },
				       .rules = &f->rules,
				       .day = day };
	char text[CLOCK_DAY];

	clock_day(day * 86400000, text);
	TRY(plan_lists_make(&in, f->notes, &f->lists));
	note_people(f, text);
	plan_doubles(&in, f->notes);
	TRY(plan_certificates(in.inspectors, day, f->notes));
	if (f->lists.live == 0)
		plan_note(f->notes, PLAN_REFUSED,
			  "没有一家在产单位可以抽。请核对检查对象名录的运行状态列。");
	if (f->lists.eligible == 0)
		plan_note(f->notes, PLAN_REFUSED, "没有一名执法人员可派。原因见上面“不列入”各条。");
	if (f->lists.live == 0 || f->lists.eligible == 0)
		return INVALID;
	f->rules_text = (struct span){ f->rules.text, f->rules.len };
	if (f->rules.plain)
		return OK;
	TRY(plan_quota(&f->rules, f->lists.cells, f->lists.cell_count, f->lists.staff, f->notes,
		       &f->quota));
	f->rules_text = (struct span){ f->quota.rules, f->quota.len };
	return OK;
}

static struct draw_files frozen_lists(const struct freezing *f)
{
	struct draw_files files = { 0 };

	files.file[CORE_FILE_OBJECTS] = f->lists.objects;
	files.file[CORE_FILE_INSPECTORS] = f->lists.inspectors;
	files.file[CORE_FILE_CONFLICTS] = f->lists.conflicts;
	files.file[CORE_FILE_RULES] = f->rules_text;
	return files;
}

static int core_status(struct freezing *f, int rc, const struct problem *p)
{
	if (rc == CORE_OK)
		return OK;
	if (rc == CORE_FULL)
		return TOO_LARGE;
	const struct draw_files files = frozen_lists(f);
	plan_note_problem(f->notes, PLAN_REFUSED, p, &files);
	return INVALID;
}

/* The operator's own share: from the kernel, so that nobody else could know it. */
static int make_share(struct freezing *f)
{
	uint8_t bytes[SHARE_BYTES];
	char *hex = arena_alloc(f->arena, 2 * SHARE_BYTES + 1);
	struct writer w = { hex, 2 * SHARE_BYTES, 0, false };

	if (getrandom(bytes, sizeof(bytes), 0) != SHARE_BYTES)
		return IO_ERROR;
	write_hex(&w, bytes, sizeof(bytes));
	f->out.share = hex;
	declare_commitment(span_of(f->in->draw_id), SPAN("operator"), span_of(hex), f->commitment);
	return OK;
}

static int add_signature(struct freezing *f, const struct sheet_share *s,
			 const struct declare_share *share)
{
	struct draw_signature *to = &f->signatures.list[f->signatures.count];

	if (draw_signature_parse(f->arena, s->party, s->signature, to) != OK ||
	    !draw_signature_right(to, span_of(f->in->draw_id), share)) {
		plan_note(f->notes, PLAN_REFUSED,
			  "“%s”的签名不对。应为 64 位十六进制公钥、冒号、128 位十六进制签名，"
			  "签的是“编号 换行 名称 换行 承诺 换行”。",
			  s->party);
		return INVALID;
	}
	f->signatures.count++;
	return OK;
}

static int add_share(struct freezing *f, const struct sheet_share *s, struct declare_share *ret)
{
	if (strcmp(s->party, "operator") == 0) {
		plan_note(f->notes, PLAN_REFUSED,
			  "operator 这个名字留给抽签单位自己，请给见证方换个名字。");
		return INVALID;
	}
	*ret = (struct declare_share){ span_of(s->party), span_of(s->commitment) };
	return s->signature ? add_signature(f, s, ret) : OK;
}

static int collect_shares(struct freezing *f, struct declare_share *shares, uint32_t *count)
{
	if (f->in->share_count + 1 > DECLARE_MOST_SHARES ||
	    f->in->entropy_count > DECLARE_MOST_ENTROPY) {
		plan_note(f->notes, PLAN_REFUSED, "份额最多 15 份，随机数来源最多 16 个。");
		return INVALID;
	}
	for (size_t i = 0; i < f->in->share_count; i++)
		TRY(add_share(f, &f->in->shares[i], &shares[(*count)++]));
	if (f->in->open_mode)
		return OK;
	TRY(make_share(f));
	shares[(*count)++] =
		(struct declare_share){ SPAN("operator"), { f->commitment, SHARE_BYTES * 2 } };
	return OK;
}

/* Values that exist already could have been known when the lists were made. */
static int check_entropy(struct freezing *f)
{
	size_t refused = f->notes->refused;
	const char *drawn_at = f->in->drawn_at;
	int64_t announced = 0;

	if (drawn_at && !draw_entropy_clock(span_of(drawn_at), &announced))
		plan_note(f->notes, PLAN_REFUSED,
			  "公告的开奖时间“%s”要写成 2026-03-02T21:30（北京时间）。", drawn_at);
	for (size_t i = 0; i < f->in->entropy_count && f->notes->refused == refused; i++) {
		struct draw_entropy e = draw_entropy_age(f->arena, span_of(f->in->entropy[i]),
							 clock_now(), announced);
		draw_entropy_note(&e, f->notes);
	}
	return f->notes->refused > refused ? INVALID : OK;
}

static int declare(struct freezing *f)
{
	struct declare_share shares[DECLARE_MOST_SHARES];
	struct span entropy[DECLARE_MOST_ENTROPY];
	struct declare_input in = { .draw_id = span_of(f->in->draw_id),
				    .entropy = entropy,
				    .shares = shares };
	const struct draw_files files = frozen_lists(f);
	struct problem problem = { 0 };

	TRY(draw_region_init(&f->region));
	TRY(core_status(f, draw_open(&files, &f->region, &f->draw, &problem), &problem));
	TRY(collect_shares(f, shares, &in.share_count));
	for (size_t i = 0; i < f->in->entropy_count; i++)
		entropy[in.entropy_count++] = span_of(f->in->entropy[i]);
	in.signed_outside_shares =
		draw_signatures_outside(&f->signatures, in.draw_id, shares, in.share_count);
	f->out.signed_shares = in.signed_outside_shares;
	return core_status(f, draw_declare(&f->draw, &in, &f->region, &f->declaration, &problem),
			   &problem);
}

static const char *bits(struct freezing *f, uint32_t decibits)
{
	return arena_printf(f->arena, "%u.%u", decibits / 10, decibits % 10);
}

/* "快乐8 61.6 = 61.6 比特 ≥ 下限 60.0 比特" */
static void note_floor(struct freezing *f, const struct declaration *d)
{
	struct declare_floor floor = declare_floor(d);
	char text[2048];
	struct writer w = { text, sizeof(text), 0, false };

	declare_floor_write(d, &w);
	f->out.floor = floor;
	f->out.floor_arithmetic = arena_mem(f->arena, text, w.len);
	if (floor.rehearsal) {
		f->out.floor_words = "含演练用的数，不论下限";
		plan_note(
			f->notes, PLAN_WARNING,
			"演练无效：随机数来源里有 demo，这是一次演练，不是抽签；每一页都盖“演练无效”，"
			"任何核验都不会认它。");
	} else if (floor.enough_alone) {
		f->out.floor_words =
			arena_printf(f->arena, "不低于下限 %s 比特", bits(f, DECLARE_FLOOR));
	} else {
		f->out.floor_words =
			arena_printf(f->arena, "不低于 %s 比特，另有 %u 个外部方签名的份额",
				     bits(f, DECLARE_FLOOR_WITH_SHARES), f->out.signed_shares);
	}
	plan_note(f->notes, PLAN_INFO, "随机数：%s，%s。", f->out.floor_arithmetic,
		  f->out.floor_words);
}

static int write_lists(struct freezing *f)
{
	enum core_file wrong = CORE_FILE_NONE;
	const struct draw_folder_text texts[] = {
		{ CORE_FILE_OBJECTS, f->lists.objects },
		{ CORE_FILE_INSPECTORS, f->lists.inspectors },
		{ CORE_FILE_CONFLICTS, f->lists.conflicts },
		{ CORE_FILE_RULES, f->rules_text },
		{ CORE_FILE_DECLARATION, f->declaration },
	};

	if (f->signatures.count > 0)
		TRY(draw_signatures_write(f->arena, f->stage.path, &f->signatures));
	return draw_folder_write(f->stage.path, texts, COUNT(texts), &wrong);
}

static int write_left_out(struct freezing *f)
{
	CLEANUP(buf_release) struct buf out;

	buf_init(&out, NOTES_MOST);
	for (size_t i = 0; i < f->lists.absent_count; i++) {
		const struct plan_absent *a = &f->lists.absent[i];
		buf_printf(&out, "%s\t%s\t%s\t%s\n", a->id, a->name, a->scope, a->reason);
	}
	TRY(buf_check(&out));
	return file_write(staged(f, "freeze/left-out.tsv"), buf_text(&out), out.len, 0644);
}

static int write_notes(struct freezing *f)
{
	static const char *const heads[] = { "", "提醒：", "不能冻结：" };
	CLEANUP(buf_release) struct buf out;

	buf_init(&out, NOTES_MOST);
	for (size_t i = 0; i < f->notes->count; i++)
		buf_printf(&out, "%s%s\n", heads[f->notes->list[i].kind], f->notes->list[i].text);
	TRY(buf_check(&out));
	return file_write(staged(f, "freeze/notes.txt"), buf_text(&out), out.len, 0644);
}

/* The lists of what is frozen, the protocol with their fingerprint, and the list of it all. */
static int write_papers(struct freezing *f, const struct sheet_plan *plan,
			const struct declaration *declaration)
{
	struct sheet_sums sums = { .arena = f->arena };

	TRY(sheet_bind(f->arena, f->stage.path, &f->bound));
	f->out.fingerprint = f->bound.fingerprint;
	struct papers_freeze p = { .plan = plan,
				   .declaration = declaration,
				   .declaration_text = f->declaration,
				   .fingerprint = f->bound.fingerprint,
				   .floor = arena_printf(f->arena, "%s，%s。",
							 f->out.floor_arithmetic,
							 f->out.floor_words),
				   .live = f->lists.live,
				   .eligible = f->lists.eligible,
				   .seniors = f->lists.seniors,
				   .conflicts = f->lists.conflict_count,
				   .left_out = f->lists.absent_count };
	f->out.protocol_path = arena_printf(f->arena, "%s/freeze/锁定记录.pdf", f->stage.target);
	TRY(papers_write_freeze(staged(f, "freeze/锁定记录.pdf"), &p));
	TRY(sheet_sums_folder(&sums, f->stage.path, ""));
	return sheet_sums_write(&sums, staged(f, "SHA256SUMS"), 0644);
}

static int bind_all(struct freezing *f, int64_t day)
{
	struct sheet_plan plan = sheet_plan_of(&f->rules, f->rules.plain ? NULL : &f->quota);
	struct declaration declaration;
	struct problem problem = { 0 };
	char text[CLOCK_DAY];

	clock_day(day * 86400000, text);
	plan.day = text;
	plan.sealed = !f->in->open_mode;
	plan.drawn_at = f->in->drawn_at ? f->in->drawn_at : "";
	TRY(core_status(f, declaration_parse(f->declaration, &declaration, &problem), &problem));
	plan.rehearsal = declare_floor(&declaration).rehearsal;
	note_floor(f, &declaration);
	TRY(sheet_plan_write(staged(f, "freeze/plan.tsv"), &plan));
	TRY(write_notes(f));
	return write_papers(f, &plan, &declaration);
}

/* The two secret files, in the hidden folder first. */
static int write_share(struct freezing *f)
{
	struct papers_escrow p = { f->rules.authority ? f->rules.authority : "", f->in->draw_id,
				   f->out.share, f->commitment, false };
	const char *line = arena_printf(f->arena, "%s\n", f->out.share);

	TRY(file_write(staged(f, "operator-share"), line, strlen(line), 0600));
	return papers_write_escrow(staged(f, "escrow.pdf"), &p);
}

static int place(struct freezing *f, const char *name, const char *path, bool *placed)
{
	int rc = file_place(staged(f, name), path);

	if (rc == CONFLICT)
		plan_note(f->notes, PLAN_REFUSED,
			  "已经有 %s。那可能是另一次抽签的秘密，请先收好再冻结。", path);
	*placed = rc == OK;
	return rc;
}

/* Beside the folder, each under a name that nobody else has: somebody may be freezing into the same one. */
static int place_share(struct freezing *f)
{
	const char *target = f->stage.target;

	if (f->in->open_mode || f->in->rehearsal)
		return OK;
	TRY(write_share(f));
	f->out.share_path = arena_printf(f->arena, "%s.operator-share", target);
	f->out.escrow_path = arena_printf(f->arena, "%s.escrow.pdf", target);
	TRY(place(f, "operator-share", f->out.share_path, &f->share_placed));
	return place(f, "escrow.pdf", f->out.escrow_path, &f->escrow_placed);
}

static int fill(struct freezing *f)
{
	int64_t day = 0;

	TRY(file_make_folder(staged(f, "freeze"), 0755));
	TRY(check_entropy(f));
	TRY(read_rules(f));
	TRY(sheet_day(&f->rules, f->in->day, f->notes, &day));
	TRY(read_registry(f, REGISTRY_SITES, f->in->sites, &f->sites));
	TRY(read_registry(f, REGISTRY_INSPECTORS, f->in->inspectors, &f->inspectors));
	TRY(make_lists(f, day));
	TRY(plan_trial(&f->lists, f->rules_text, f->notes, &f->out.trial));
	TRY(declare(f));
	plan_note_never(&f->draw, f->notes);
	TRY(write_lists(f));
	TRY(write_left_out(f));
	TRY(bind_all(f, day));
	return place_share(f);
}

static void report(struct freezing *f, struct sheet_frozen *ret)
{
	*ret = f->out;
	ret->sites = f->lists.sites;
	ret->live = f->lists.live;
	ret->eligible = f->lists.eligible;
	ret->seniors = f->lists.seniors;
	ret->conflicts = f->lists.conflict_count;
	ret->left_out = f->lists.absent_count;
	ret->declaration = arena_mem(f->arena, f->declaration.at, f->declaration.len);
	ret->fingerprint = arena_str(f->arena, f->bound.fingerprint);
}

static int commit(struct freezing *f)
{
	if (!f->in->open_mode) /* strata and conflicts are secret until the reveal */
		f->stage.mode = 0700;
	int rc = sheet_stage_commit(&f->stage);
	if (rc == CONFLICT)
		plan_note(f->notes, PLAN_REFUSED,
			  "%s 刚才被另一次冻结占用了。请换一个名字，冻结过的抽签不能覆盖。",
			  f->in->out);
	return rc;
}

int sheet_freeze(const struct sheet_freeze *in, struct plan_notes *notes, struct sheet_frozen *ret)
{
	struct freezing f = { .in = in, .notes = notes, .arena = notes->arena };
	int rc = sheet_stage_open(&f.stage, f.arena, in->out);

	if (rc == CONFLICT)
		plan_note(notes, PLAN_REFUSED,
			  "%s 已经存在而且不是空文件夹。请换一个名字，冻结过的抽签不能覆盖。",
			  in->out);
	TRY(rc);
	sheet_stage_note(&f.stage, notes);
	rc = fill(&f);
	if (rc == OK)
		rc = commit(&f);
	int why = errno;
	sheet_stage_abort(&f.stage);
	if (rc == OK)
		report(&f, ret);
	if (rc != OK && f.share_placed)
		unlink(f.out.share_path);
	if (rc != OK && f.escrow_placed)
		unlink(f.out.escrow_path);
	if (f.sites.at)
		file_unmap(&f.sites);
	if (f.inspectors.at)
		file_unmap(&f.inspectors);
	draw_region_release(&f.region);
	errno = why;
	return rc;
}
