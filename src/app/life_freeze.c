/* app/life_freeze.c — everything is made and checked first; one transaction then keeps all of it. */
#include "app/life_freeze.h"

#include "app/draw_entropy.h"
#include "app/draw_memory.h"
#include "app/draw_run.h"
#include "app/draw_signatures.h"
#include "app/life_beside.h"
#include "app/life_certain.h"
#include "app/life_cross.h"
#include "app/life_documents.h"
#include "app/life_entropy.h"
#include "app/life_held.h"
#include "app/life_joint.h"
#include "app/life_joint_lists.h"
#include "app/life_pool.h"
#include "app/life_prepare.h"
#include "app/life_seal.h"
#include "app/life_told.h"
#include "app/office.h"
#include "app/papers.h"
#include "app/person.h"
#include "app/plan_period.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/status.h"
#include "core/sha256.h"
#include "store/draw_share.h"
#include "store/visit_change.h"

#include <sodium.h>
#include <string.h>
#include <unistd.h>

enum { SHARE_BYTES = 32, KEY_DAYS = 30, DAY_MS = 86400000, LEFT_OUT_MOST = 64 << 20 };

struct freezing {
	struct office *o;
	const struct life_freeze *in;
	struct plan_notes *notes;
	struct arena *arena;
	struct plan_period_lists lists;
	struct life_joint_lists joint; /* of a department's draw, else empty */
	struct span matters;
	struct draw_files files;
	struct life_certain certain;
	struct registry_lineage lineage;
	struct span assistants;
	struct region region;
	struct draw draw;
	struct declare_share shares[DECLARE_MOST_SHARES];
	uint32_t share_count;
	struct draw_signatures signatures;
	struct span declaration;
	char share[2 * SHARE_BYTES + 1], commitment[65];
	int64_t announced, first; /* of the values */
	int64_t day;              /* on which eligibility is judged */
	const char *read;         /* what the lists were made from */
	bool escrow_written, cancelled;
	struct life_frozen out;
};

static int refuse_problem(struct freezing *f, int rc, const struct problem *p)
{
	char text[OFFICE_WHY];
	struct writer w = { text, sizeof(text), 0, false };

	if (rc == CORE_FULL || rc == TOO_LARGE)
		return TOO_LARGE;
	struct problem told = *p;
	told.file = CORE_FILE_NONE; /* nobody has written that file: he gave options */
	problem_write(p->file == CORE_FILE_DECLARATION ? &told : p, &w);
	plan_note(f->notes, PLAN_REFUSED, "%s%.*s",
		  p->file == CORE_FILE_DECLARATION
			  ? "随机数来源（--entropy）或见证方的份额（--share）写得不对："
			  : "",
		  (int)w.len, text);
	return INVALID;
}

static int find_draw(struct freezing *f)
{
	TRY(life_find(f->o, f->arena, f->in->draw, &f->out.row));
	const struct draw_row *row = &f->out.row;
	if (strcmp(row->state, "approved") != 0)
		return life_wrong_state(f->o, row, "锁定");
	if (!row->sealed || f->in->fetched)
		return OK;
	if (!f->in->escrow)
		return life_refuse(f->o, INVALID,
				   "保密抽取要印两份份额保管件：请用 --escrow 指明文件，"
				   "打印后交纪检和档案各一份");
	if (file_exists(f->in->escrow))
		return life_refuse(f->o, CONFLICT,
				   "%s 已经存在，可能是另一次抽取的秘密：请先收好，或换一个文件名",
				   f->in->escrow);
	return OK;
}

/* A day of the past, or beyond the period, would choose whose certificate is valid and who is on leave. */
static int check_day(struct freezing *f, int64_t last)
{
	int64_t today = life_day(office_now(f->o));

	if (today > last) /* in an extension */
		last = f->lists.until;
	if (f->in->day == 0 || (f->in->day >= today && f->in->day <= last))
		return OK;
	return life_refuse(f->o, INVALID,
			   "--day 只能是今天到这一期最后一天之间的一天：执法证、请假等按它判断");
}

/* A department's lists come from the lead's draw; none of them touches the disk, since they name what was drawn. */
static int join_lists(struct freezing *f)
{
	const struct draw_row *row = &f->out.row;
	struct life_joint_lists *j = &f->joint;

	TRY(life_joint_lists(f->o, row, f->day, f->notes, j));
	f->files.file[CORE_FILE_OBJECTS] = j->objects;
	f->files.file[CORE_FILE_INSPECTORS] = j->inspectors;
	f->files.file[CORE_FILE_CONFLICTS] = j->conflicts;
	f->files.file[CORE_FILE_RULES] = j->rules;
	f->matters = j->matters;
	TRY(check_day(f, j->parent.period_end));
	f->lists = (struct plan_period_lists){
		.title = arena_printf(f->arena, "%s，%s", j->parent.title, row->department),
		.authority = j->authority,
		.body = row->body,
		.area = row->area,
		.to = j->parent.period_end,
		.until = j->parent.period_end,
		.reveal_by = j->parent.reveal_by,
		.absent = j->absent,
		.absent_count = j->absent_count,
	};
	return OK;
}

static int make_lists(struct freezing *f)
{
	const struct draw_row *row = &f->out.row;
	struct plan_period_ask ask = { row->plan, row->period, row->pool, 0, f->in->understaffed };

	ask.day = f->day = f->in->day ? f->in->day : life_day(office_now(f->o));
	if (row->parent != 0)
		return join_lists(f);
	int rc = f->in->lists(f->o, &ask, f->notes, &f->lists);
	if (rc == NONE)
		return life_refuse(
			f->o, CONFLICT,
			"计划 %s 现在没有 %s 的 %s 池（准备之后改过计划）：请取消这次抽取"
			"（draw cancel），按新的计划重新准备",
			row->plan, row->period, plan_pool_words(row->pool));
	TRY(rc);
	if (strcmp(f->lists.body, row->body) != 0)
		return life_refuse(f->o, INVALID, "计划 %s 不是 %s 的", row->plan, row->body);
	TRY(check_day(f, f->lists.to));
	f->certain.objects = f->lists.objects;
	f->certain.rules = f->lists.rules;
	f->matters = f->lists.matters;
	TRY(registry_lineage_load(f->o, f->arena, REGISTRY_SITES, &f->lineage));
	f->certain.lineage = &f->lineage;
	f->certain.planned = &f->lists;
	TRY(life_certain_apply(f->o, f->arena, row->body, &f->certain));
	if (f->certain.used_count > 0)
		plan_note(f->notes, PLAN_INFO,
			  "上次被替换、本次必查的单位：%zu 家，算在本次抽的家数里。",
			  f->certain.used_count);
	f->files.file[CORE_FILE_OBJECTS] = f->certain.objects;
	f->files.file[CORE_FILE_INSPECTORS] = f->lists.inspectors;
	if (strcmp(row->kind, "cross") == 0)
		TRY(life_cross_scopes(f->o, f->arena, f->certain.objects,
				      &f->files.file[CORE_FILE_INSPECTORS]));
	TRY(life_pool_make(f->o, f->arena, ask.day, f->files.file[CORE_FILE_INSPECTORS],
			   &f->assistants));
	f->files.file[CORE_FILE_CONFLICTS] = f->lists.conflicts;
	f->files.file[CORE_FILE_RULES] = f->certain.rules;
	return OK;
}

/* Who approved is asked here too: what a hand in the database does after this changes no list any more. */
static int read_once(struct db *db, void *arg)
{
	struct freezing *f = arg;
	const struct draw_row *row = &f->out.row;

	(void)db;
	TRY(f->in->basis(f->o, f->arena, row->year, &f->read));
	TRY(life_must_be_told(f->o, "draw.approve", row, 1));
	TRY(life_approver_clean(f->o, row, row->approved_by));
	TRY(life_approval_holds(f->o, f->arena, row));
	TRY(life_beside_freeze(f->o, f->arena, row)); /* before the lists tell anything */
	return make_lists(f);
}

static void watch_at(void *arg, const char *step, uint64_t done, uint64_t total)
{
	struct freezing *f = arg;

	if (f->in->progress && !f->in->progress(f->in->progress_arg, step, done, total))
		f->cancelled = true;
}

static bool watch_stop(void *arg)
{
	const struct freezing *f = arg;

	return f->cancelled;
}

/* Of quotas and strata: while visits of other draws are sealed it would tell of whom. */
static bool may_warn(const struct freezing *f, enum problem_code code)
{
	return !f->lists.blind || code == WARNING_LIMIT_ZERO || code == WARNING_NO_OBJECTS ||
	       code == WARNING_NO_INSPECTORS || code == WARNING_CONTROL;
}

static int check_lists(struct freezing *f)
{
	const struct draw_watch watch = { watch_at, watch_stop, f };
	struct problem problem = { 0 };
	struct draw_warnings warnings;

	TRY(draw_region_init(&f->region));
	int rc = draw_run_open(&f->files, 0, &watch, &f->region, &f->draw, &problem);
	if (rc == INVALID)
		return refuse_problem(f, rc, &problem);
	TRY(rc);
	if (draw_warnings(&f->draw, &f->region, &warnings) != CORE_OK)
		return TOO_LARGE;
	for (uint32_t i = 0; i < warnings.count; i++) {
		char text[OFFICE_WHY];
		if (f->out.row.parent != 0 && warnings.items[i].file != CORE_FILE_INSPECTORS)
			continue; /* it may name a site, and each of these was drawn */
		if (!may_warn(f, warnings.items[i].code))
			continue;
		struct writer w = { text, sizeof(text), 0, false };
		problem_write(&warnings.items[i], &w);
		plan_note(f->notes, PLAN_WARNING, "%.*s", (int)w.len, text);
	}
	return OK;
}

/* The operator's share: from the kernel, so that nobody could know it before. */
static void make_share(struct freezing *f)
{
	uint8_t bytes[SHARE_BYTES];
	struct writer w = { f->share, 2 * SHARE_BYTES, 0, false };

	randombytes_buf(bytes, sizeof(bytes));
	write_hex(&w, bytes, sizeof(bytes));
	sodium_memzero(bytes, sizeof(bytes));
	declare_commitment(span_of(f->out.row.id), SPAN("operator"), span_of(f->share),
			   f->commitment);
	f->shares[f->share_count++] =
		(struct declare_share){ SPAN("operator"), { f->commitment, 2 * SHARE_BYTES } };
}

/* A signature counts only by a key that was logged 30 days before (spec 2). */
static int take_signature(struct freezing *f, const struct sheet_share *s,
			  const struct declare_share *share)
{
	struct draw_signature *to = &f->signatures.list[f->signatures.count];
	int64_t since;

	if (draw_signature_parse(f->arena, s->party, s->signature, to) != OK ||
	    !draw_signature_right(to, span_of(f->out.row.id), share))
		return life_refuse(
			f->o, INVALID,
			"%s 的签名不对：应是“公钥:签名”，签的是“编号 换行 名称 换行 承诺 换行”",
			s->party);
	int rc = draw_party_since(f->o->db, s->party, to->key, &since);
	if (rc == NONE)
		return life_refuse(f->o, INVALID,
				   "%s 的公钥没有登记：先用 mingqian draw party 登记，满 %d "
				   "天后才算数",
				   s->party, KEY_DAYS);
	TRY(rc);
	if (office_now(f->o) - since < (int64_t)KEY_DAYS * DAY_MS)
		return life_refuse(f->o, INVALID, "%s 的公钥登记还不满 %d 天，这次不能用它签的份额",
				   s->party, KEY_DAYS);
	f->signatures.count++;
	return OK;
}

static int take_shares(struct freezing *f)
{
	if (f->in->share_count + 1 > DECLARE_MOST_SHARES ||
	    f->in->entropy_count > DECLARE_MOST_ENTROPY)
		return life_refuse(f->o, INVALID, "份额最多 15 份，随机数来源最多 16 个");
	for (size_t i = 0; i < f->in->share_count; i++) {
		const struct sheet_share *s = &f->in->shares[i];
		struct declare_share *to = &f->shares[f->share_count];

		if (strcmp(s->party, "operator") == 0)
			return life_refuse(f->o, INVALID,
					   "operator 这个名字留给抽取单位自己，请给见证方换个名字");
		*to = (struct declare_share){ span_of(s->party), span_of(s->commitment) };
		if (s->signature)
			TRY(take_signature(f, s, to));
		f->share_count++;
	}
	if (f->out.row.sealed)
		make_share(f);
	return OK;
}

/* The announced time; 0: none was given. */
static int read_announced(struct freezing *f)
{
	if (!f->in->drawn_at || draw_entropy_clock(span_of(f->in->drawn_at), &f->announced))
		return OK;
	return life_refuse(f->o, INVALID, "公告的开奖时间“%s”要写成 2026-03-02T21:30（北京时间）",
			   f->in->drawn_at);
}

/* Values that exist already could have been known when the lists were made. */
static int check_ages(struct freezing *f)
{
	size_t refused = f->notes->refused;

	for (size_t i = 0; i < f->in->entropy_count; i++) {
		struct draw_entropy e = draw_entropy_age(f->arena, span_of(f->in->entropy[i]),
							 office_now(f->o), f->announced);
		draw_entropy_note(&e, f->notes);
	}
	return f->notes->refused > refused ? INVALID : OK;
}

/* Before anything is kept, and again with the time that the freeze is kept with. */
static int check_first(struct freezing *f)
{
	if (f->first == 0) /* nobody could tell until when it may be cancelled */
		return life_refuse(f->o, INVALID,
				   "随机数什么时候产生推算不出：请查明还没有产生，用 --drawn-at "
				   "2026-03-02T21:30 写明公告的时间");
	TRY(life_entropy_within(f->o, f->first, f->lists.until, f->out.row.period));
	if (f->first >= office_now(f->o) + LIFE_FREEZE_MS)
		return OK;
	return life_refuse(f->o, INVALID,
			   "随机数要在锁定满 10 分钟之后才产生：声明的时间太早，请改用以后的一期");
}

static int check_times(struct freezing *f)
{
	struct declaration d;
	struct problem problem = { 0 };
	int64_t at;

	int rc = declaration_parse(f->declaration, &d, &problem);
	if (rc != CORE_OK)
		return refuse_problem(f, rc, &problem);
	if (declare_floor(&d).rehearsal && !f->o->demo)
		return life_refuse(f->o, INVALID,
				   "demo 随机数只用于演示数据（data init --demo）：请改用公开来源");
	for (uint32_t i = 0; i < d.entropy_count; i++)
		if (d.entropy[i].kind == ENTROPY_DICE && !life_entropy_time(&d.entropy[i], &at))
			return life_refuse(
				f->o, INVALID,
				"骰子要写明什么时候掷，例如 dice 20d10 大厅代号 2026-03-02T10:00");
	TRY(read_announced(f));
	TRY(check_ages(f));
	f->first = life_entropy_first(&d, f->announced);
	return check_first(f);
}

static int declare(struct freezing *f)
{
	struct span entropy[DECLARE_MOST_ENTROPY];
	struct declare_input in = { .draw_id = span_of(f->out.row.id),
				    .entropy = entropy,
				    .shares = f->shares };
	struct problem problem = { 0 };

	if (f->out.row.parent != 0) {
		in.parent_draw = span_of(f->joint.parent.id);
		in.parent_root = span_of(f->joint.parent.root);
	}
	TRY(take_shares(f));
	in.share_count = f->share_count;
	for (size_t i = 0; i < f->in->entropy_count; i++)
		entropy[in.entropy_count++] = span_of(f->in->entropy[i]);
	in.signed_outside_shares =
		draw_signatures_outside(&f->signatures, in.draw_id, f->shares, in.share_count);
	int rc = draw_declare(&f->draw, &in, &f->region, &f->declaration, &problem);
	if (rc != CORE_OK)
		return refuse_problem(f, rc, &problem);
	return check_times(f);
}

static int write_escrow(struct freezing *f)
{
	const struct papers_escrow p = { f->lists.authority, f->out.row.id, f->share, f->commitment,
					 true };

	if (!f->out.row.sealed || f->in->fetched)
		return OK;
	int rc = papers_write_escrow(f->in->escrow, &p);
	if (rc == NONE)
		return life_refuse(
			f->o, rc,
			"份额保管件写不到 %s：没有这个文件夹，请先建立，或换一个位置（--escrow）",
			f->in->escrow);
	TRY(rc);
	f->escrow_written = true;
	return OK;
}

static int keep_covers(struct freezing *f)
{
	for (size_t i = 0; i < f->lists.covered_count; i++) {
		const struct plan_covered *c = &f->lists.covered[i];
		const struct draw_cover_row row = { c->rule,
						    c->pool,
						    c->period,
						    c->sentence,
						    (int64_t)c->members,
						    (int64_t)c->need,
						    (int64_t)c->drawn };
		TRY(draw_cover_add(f->o->db, &f->out.row, &row));
	}
	return OK;
}

static int keep_shares(struct freezing *f)
{
	for (uint32_t i = 0; i < f->share_count; i++) {
		const struct declare_share *s = &f->shares[i];
		const struct draw_signature *by = draw_signature_of(&f->signatures, s->party);
		const struct draw_share_row row = {
			.party = arena_mem(f->arena, s->party.at, s->party.len),
			.commitment = arena_mem(f->arena, s->commitment.at, s->commitment.len),
			.sign_key = by ? by->key : "",
			.signature = by ? by->signature : "",
			.opened = "",
		};
		TRY(draw_share_add(f->o->db, f->out.row.key, i, &row));
	}
	return OK;
}

/* Who is not in inspectors.tsv and why: what explains a draw without teams. */
static int keep_absent(struct freezing *f)
{
	CLEANUP(buf_release) struct buf out;

	buf_init(&out, LEFT_OUT_MOST);
	for (size_t i = 0; i < f->lists.absent_count; i++) {
		const struct plan_absent *a = &f->lists.absent[i];
		buf_printf(&out, "%s\t%s\t%s\t%s\n", a->id, a->name, a->scope, a->reason);
	}
	TRY(buf_check(&out));
	return life_file_put(f->o, &f->out.row, LIFE_LEFT_OUT,
			     (struct span){ buf_text(&out), out.len }, true);
}

/* Lists' strata and conflicts are secret too until the reveal (spec 5.3). */
static int keep_files(struct freezing *f)
{
	const struct draw_row *row = &f->out.row;
	static const enum core_file lists[] = { CORE_FILE_OBJECTS, CORE_FILE_INSPECTORS,
						CORE_FILE_CONFLICTS, CORE_FILE_RULES };

	for (size_t i = 0; i < COUNT(lists); i++)
		TRY(life_file_put(f->o, row, core_file_name(lists[i]), f->files.file[lists[i]],
				  true));
	TRY(life_file_put(f->o, row, LIFE_MATTERS, f->matters, true));
	if (row->parent != 0)
		TRY(life_file_put(f->o, row, LIFE_RECUSALS, f->joint.recusals, true));
	TRY(keep_absent(f));
	TRY(life_file_put(f->o, row, LIFE_ASSISTANTS, f->assistants, true));
	TRY(life_file_put(f->o, row, core_file_name(CORE_FILE_DECLARATION), f->declaration, false));
	if (f->in->drawn_at)
		TRY(life_file_put(f->o, row, LIFE_DRAWN_AT, span_of(f->in->drawn_at), false));
	if (row->sealed)
		TRY(life_file_put(f->o, row, LIFE_SHARE, span_of(f->share), true));
	for (size_t i = 0; i < f->certain.used_count; i++)
		TRY(visit_certain_use(f->o->db, f->certain.used[i], row->key));
	return OK;
}

static int log_freeze(struct freezing *f)
{
	const struct draw_row *row = &f->out.row;
	char digest[OFFICE_DIGEST], judged[CLOCK_DAY], files[LIFE_SUM], secret[LIFE_SUM];
	struct life_kept kept;

	clock_day(f->day * DAY_MS, judged);
	TRY(life_sum_kept(f->o->db, row, &kept));
	TRY(life_sum_files(f->o->db, row, 1U << LIFE_FILES_FREEZE, files));
	TRY(life_sum_files(f->o->db, row, 1U << LIFE_FILES_SHARE, secret));
	TRY(office_document(f->o, f->declaration.at, f->declaration.len, f->out.digest));
	const char *text =
		arena_printf(f->arena, "%s%sday %s\n%s%s%s",
			     life_document_freeze(f->arena, row, &kept, files, secret), f->read,
			     judged, f->in->drawn_at ? "drawn-at " : "",
			     f->in->drawn_at ? f->in->drawn_at : "", f->in->drawn_at ? "\n" : "");
	TRY(office_document(f->o, text, strlen(text), digest));
	return office_log(f->o, "draw.freeze", row->id, digest);
}

static int keep(struct db *db, void *arg)
{
	struct freezing *f = arg;
	struct draw_row now;

	TRY(person_acts(f->o, PERSON_ACTORS));
	TRY(life_find(f->o, f->arena, f->in->draw, &now));
	if (strcmp(now.state, "approved") != 0)
		return life_wrong_state(f->o, &now, "锁定");
	TRY(life_approver_clean(f->o, &now, now.approved_by));
	TRY(life_approval_holds(f->o, f->arena, &now));
	TRY(life_must_be_told(f->o, "draw.approve", &now, 1));
	TRY(check_first(f));
	if (now.parent != 0)
		TRY(life_joint_parent(f->o, f->arena, f->joint.parent.id, &f->joint.parent));
	struct draw_row *row = &f->out.row;
	row->area = f->lists.area;
	row->title = f->lists.title;
	row->reveal_by = f->lists.reveal_by;
	row->period_end = f->lists.until;
	row->declaration = arena_mem(f->arena, f->declaration.at, f->declaration.len);
	row->objects = (int64_t)f->draw.object_count;
	row->frozen_at = office_now(f->o);
	row->frozen_by = f->o->actor;
	TRY(life_beside_freeze(f->o, f->arena, row));
	TRY(life_held_check(f->o, f->arena, row, &f->draw, &f->lineage));
	TRY(draw_row_freeze(db, row));
	TRY(life_beside_keep(f->o, f->arena, row));
	TRY(keep_covers(f));
	TRY(keep_shares(f));
	TRY(keep_files(f));
	return log_freeze(f);
}

static int freeze(struct freezing *f)
{
	TRY(find_draw(f));
	TRY(check_day(f, INT64_MAX));
	TRY(office_head(f->o));
	TRY(db_read(f->o->db, read_once, f));
	TRY(check_lists(f));
	TRY(declare(f));
	TRY(write_escrow(f));
	int rc = office_write(f->o, keep, f);
	if (rc == DB_UNIQUE)
		return life_refuse(f->o, CONFLICT,
				   "另一次有效的抽取已经覆盖同一规则、池和时期：用 mingqian draw "
				   "list 查看");
	return rc;
}

static void release(struct freezing *f)
{
	sodium_memzero(f->share, sizeof(f->share));
	draw_region_release(&f->region);
}

int life_freeze(struct office *o, const struct life_freeze *in, struct plan_notes *notes,
		struct life_frozen *ret)
{
	struct freezing f = { .o = o, .in = in, .notes = notes, .arena = notes->arena };

	o->why[0] = 0;
	int rc = freeze(&f);
	if (rc == OK) {
		life_checkpoint(o, notes);
		*ret = f.out;
		ret->row.state = "frozen";
		ret->inspectors = f.draw.inspector_count;
		ret->conflicts = f.draw.conflict_count;
	} else if (f.escrow_written && rc != DB_UNKNOWN) {
		unlink(in->escrow);
	}
	release(&f);
	return rc;
}
