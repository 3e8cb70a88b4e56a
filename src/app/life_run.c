/* app/life_run.c — R and all that follows from it stay in memory until they are sealed. */
#include "app/life_run.h"

#include "app/ledger_held.h"
#include "app/life_documents.h"
#include "app/life_entropy.h"
#include "app/life_joint_follow.h"
#include "app/life_loaded.h"
#include "app/life_prepare.h"
#include "app/life_seal.h"
#include "app/life_told.h"
#include "app/life_visits.h"
#include "app/person.h"
#include "app/plan_trial.h"
#include "app/sheet_record.h"
#include "base/status.h"
#include "core/text.h"
#include "store/draw_share.h"

#include <sodium.h>
#include <string.h>

enum { HOLDERS = 2, LEFT_OUT_MOST = 64 << 20, SHARE_ROOM = 128 };

struct running {
	struct office *o;
	const struct life_run *in;
	struct plan_notes *notes;
	struct arena *arena;
	struct draw_row row;
	struct life_loaded loaded;
	struct buf operator_share;
	struct span record;
	struct draw_seed seed;
	struct draw_outcome outcome;
	struct life_visits visits;
	bool cancelled;
};

static int refuse_problem(struct running *r, int rc, const struct problem *p)
{
	char text[OFFICE_WHY];
	struct writer w = { text, sizeof(text), 0, false };

	if (rc == CORE_FULL)
		return TOO_LARGE;
	struct problem told = *p;
	told.file = CORE_FILE_NONE; /* nobody has written that file: he gave options */
	problem_write(p->file == CORE_FILE_RECORD ? &told : p, &w);
	plan_note(r->notes, PLAN_REFUSED, "%s%.*s",
		  p->file == CORE_FILE_RECORD ? "随机数的值（--value）不对：" : "", (int)w.len,
		  text);
	return INVALID;
}

static int check_holders(struct running *r)
{
	struct draw_holder_row holders[HOLDERS];
	size_t count;

	if (!r->row.sealed)
		return OK;
	TRY(draw_holder_list(r->o->db, r->arena, r->row.key, holders, &count));
	if (count == HOLDERS)
		return life_must_be_told(r->o, "draw.hold", &r->row, HOLDERS);
	return life_refuse(
		r->o, CONFLICT,
		"抽取前，纪检和档案两个保管人都要登记“本人保管的份额能打开承诺”："
		"mingqian draw hold %s --for discipline（档案写 archive）--share-file 文件",
		r->row.id);
}

static int check_time(struct running *r)
{
	int64_t announced, now = office_now(r->o);

	if (now - r->row.frozen_at < LIFE_FREEZE_MS)
		return life_refuse(r->o, INVALID,
				   "锁定到第一个随机数产生至少要 10 分钟，现在还不满：请用锁定之后"
				   "产生的值");
	TRY(life_entropy_announced(r->o, &r->row, &announced));
	int64_t first = life_entropy_first(&r->loaded.declaration, announced);
	if (first != 0 && first < r->row.frozen_at + LIFE_FREEZE_MS)
		return life_refuse(
			r->o, INVALID,
			"第一个随机数产生的时间离锁定不满 10 分钟，不能用它抽取：请作废抽取 "
			"%s（draw annul），用新的编号和以后的随机数重来",
			r->row.id);
	if (now < life_entropy_last(&r->loaded.declaration, announced))
		return life_refuse(r->o, INVALID, "声明的随机数还没有到产生的时间，不能先抽");
	return OK;
}

/* Drawn once and never again, whatever the row says now. */
static int check_told(struct running *r)
{
	int64_t runs;

	TRY(life_must_be_told(r->o, "draw.freeze", &r->row, 1));
	TRY(life_told(r->o, "draw.run", r->row.id, &runs));
	return runs == 0 ? OK
			 : life_refuse(r->o, FORBIDDEN,
				       "账簿里已有抽取 %s 的结果，不能再抽：有人直接改过数据库。"
				       "请停办，用 mingqian ledger verify 查明",
				       r->row.id);
}

static int check_state(struct running *r)
{
	struct draw_share_row list[DRAW_SHARES_MOST];
	size_t count;
	bool outside = false;

	TRY(draw_share_list(r->o->db, r->arena, r->row.key, list, &count));
	for (size_t i = 0; i < count; i++)
		outside |= strcmp(list[i].party, "operator") != 0;
	if (strcmp(r->row.state, outside ? "opened" : "frozen") != 0)
		return life_wrong_state(r->o, &r->row, "抽取");
	TRY(check_told(r));
	return check_holders(r);
}

/* The record's shares: the outside ones as they were opened, the operator's out of its seal. */
static int match_record(struct running *r, struct record *ret)
{
	struct draw_share_row list[DRAW_SHARES_MOST];
	struct sheet_opened shares[DRAW_SHARES_MOST];
	struct sheet_finish match = { .folder = "",
				      .values = r->in->values,
				      .value_count = r->in->value_count,
				      .shares = shares };

	TRY(draw_share_list(r->o->db, r->arena, r->row.key, list, &match.share_count));
	if (r->row.sealed)
		TRY(life_file_get(r->o, &r->row, LIFE_SHARE, &r->operator_share));
	for (size_t i = 0; i < match.share_count; i++) {
		bool own = strcmp(list[i].party, "operator") == 0;
		shares[i] = (struct sheet_opened){ list[i].party, own ? buf_text(&r->operator_share)
								      : list[i].opened };
	}
	return sheet_record_match(&match, &r->loaded.declaration, r->notes, ret);
}

static int make_record(struct running *r)
{
	struct problem problem = { 0 };
	struct record record;

	TRY(match_record(r, &record));
	int rc = record_write(&r->loaded.declaration, &record, &r->loaded.region, &r->record,
			      &problem);
	if (rc != CORE_OK)
		return refuse_problem(r, rc, &problem);
	draw_seed(r->loaded.files.file[CORE_FILE_DECLARATION], r->record, &r->seed);
	return OK;
}

static void watch_at(void *arg, const char *step, uint64_t done, uint64_t total)
{
	struct running *r = arg;

	if (r->in->progress && !r->in->progress(r->in->progress_arg, step, done, total))
		r->cancelled = true;
}

static bool watch_stop(void *arg)
{
	const struct running *r = arg;

	return r->cancelled;
}

static int make_visits(struct running *r)
{
	CLEANUP(buf_release) struct buf matters;

	buf_init(&matters, SIZE_MAX / 2);
	TRY(life_file_get(r->o, &r->row, LIFE_MATTERS, &matters));
	const struct life_visits_input in = { .row = &r->row,
					      .draw = &r->loaded.draw,
					      .outcome = &r->outcome,
					      .matters = { buf_text(&matters), matters.len } };
	return life_visits_make(r->o, &in, &r->visits);
}

/* The values are public; with them and a holder's copy the record can be made again (life_reveal). */
static int keep_values(struct running *r)
{
	const struct declaration *d = &r->loaded.declaration;
	struct span rest = r->record, line;
	size_t len = 0;

	for (uint32_t i = 0; i < d->entropy_count && text_line(&rest, &line); i++)
		len = (size_t)(line.at + line.len + 1 - r->record.at);
	return life_file_put(r->o, &r->row, LIFE_VALUES, (struct span){ r->record.at, len }, false);
}

static int keep_result(struct running *r)
{
	const char *seed = arena_printf(r->arena, "%.64s\n", r->seed.hex);
	const char *root = arena_printf(r->arena, "%s\n", r->row.root);

	TRY(keep_values(r));
	TRY(life_file_put(r->o, &r->row, core_file_name(CORE_FILE_RECORD), r->record, true));
	TRY(life_file_put(r->o, &r->row, core_file_name(CORE_FILE_SEED), span_of(seed), true));
	TRY(life_file_put(r->o, &r->row, core_file_name(CORE_FILE_RESULT), r->outcome.result.tsv,
			  true));
	return life_file_put(r->o, &r->row, core_file_name(CORE_FILE_ROOT), span_of(root), false);
}

static int keep(struct db *db, void *arg)
{
	struct running *r = arg;
	struct draw_row now;
	char digest[OFFICE_DIGEST], visits[LIFE_SUM], teams[LIFE_SUM], files[LIFE_SUM],
		secret[LIFE_SUM];

	TRY(life_find(r->o, r->arena, r->in->draw, &now));
	if (strcmp(now.state, r->row.state) != 0)
		return life_wrong_state(r->o, &now, "抽取");
	TRY(person_acts(r->o, PERSON_ACTORS));
	r->row.drawn_at = office_now(r->o);
	r->row.drawn_by = r->o->actor;
	TRY(draw_row_run(db, &r->row));
	TRY(keep_result(r));
	TRY(life_visits_keep(r->o, &r->visits));
	if (r->row.parent != 0)
		TRY(life_joint_link(r->o, r->arena, &r->row));
	TRY(life_sum_visits(db, &r->row, visits));
	TRY(life_sum_teams(db, &r->row, teams));
	TRY(life_sum_files(db, &r->row, 1U << LIFE_FILES_RUN, files));
	TRY(life_sum_files(db, &r->row, 1U << LIFE_FILES_SECRETS, secret));
	const char *text = life_document_run(r->arena, &r->row, visits, teams, files, secret);
	TRY(office_document(r->o, text, strlen(text), digest));
	TRY(office_log(r->o, "draw.run", r->row.id, digest));
	return r->row.parent ? life_joint_catch_up(r->o, r->arena, &r->row) : OK;
}

/* The lines of left-out.tsv. */
static int read_absent(struct running *r, struct plan_absent **ret, size_t *ret_count)
{
	struct buf bytes;
	size_t most = 1;

	buf_init(&bytes, LEFT_OUT_MOST);
	int rc = life_file_get(r->o, &r->row, LIFE_LEFT_OUT, &bytes);
	char *text = arena_mem(r->arena, buf_text(&bytes), bytes.len), *state = NULL;
	buf_release(&bytes);
	TRY(rc);
	for (const char *c = text; *c; c++)
		most += *c == '\n';
	*ret = arena_array(r->arena, most, sizeof(**ret));
	for (char *line = strtok_r(text, "\n", &state); line; line = strtok_r(NULL, "\n", &state)) {
		const char *cell[4] = { "", "", "", "" };
		for (int i = 0; i < 4 && line; i++)
			cell[i] = strsep(&line, "\t");
		(*ret)[(*ret_count)++] = (struct plan_absent){ cell[0], cell[1], cell[2], cell[3] };
	}
	return OK;
}

static int explain(struct running *r)
{
	struct plan_absent *absent = NULL;
	size_t count = 0;

	TRY(read_absent(r, &absent, &count));
	const struct plan_shortage shortage = { .draw = &r->loaded.draw,
						.teams = &r->outcome.teams,
						.absent = absent,
						.absent_count = count,
						.sealed = r->row.sealed };
	plan_note(r->notes, PLAN_REFUSED,
		  "排不出检查组，缺 %llu 人次。抽中的单位已经封存为检查任务，不能重抽；"
		  "由两名批准人同意后按这次的 R 另行派组：mingqian draw staff %s --reason 原因 "
		  "--approver 甲 --approver 乙",
		  (unsigned long long)r->outcome.teams.result.unmet, r->row.id);
	return plan_explain_shortage(&shortage, &r->loaded.region, r->notes);
}

static int run(struct running *r)
{
	const struct draw_watch watch = { watch_at, watch_stop, r };

	TRY(life_find(r->o, r->arena, r->in->draw, &r->row));
	TRY(check_state(r));
	TRY(life_load(r->o, &r->row, &watch, &r->loaded));
	TRY(check_time(r));
	TRY(make_record(r));
	TRY(draw_run(&r->loaded.draw, &r->seed, 0, &watch, &r->loaded.region, &r->outcome));
	r->row.root = arena_mem(r->arena, r->outcome.result.root, sizeof(r->outcome.result.root));
	r->row.drawn = (int64_t)r->outcome.selection.drawn_total;
	r->row.relaxed = r->outcome.teams.relaxed;
	r->row.teams = r->outcome.teams.feasible;
	r->row.unmet = r->row.teams ? 0 : (int64_t)r->outcome.teams.result.unmet;
	TRY(make_visits(r));
	if (r->cancelled)
		return CANCELLED;
	TRY(ledger_held_write(r->o, true, keep, r));
	life_checkpoint(r->o, r->notes);
	return r->row.teams ? OK : explain(r);
}

int life_run(struct office *o, const struct life_run *in, struct plan_notes *notes,
	     struct draw_row *ret)
{
	struct running r = { .o = o, .in = in, .notes = notes, .arena = notes->arena };

	o->why[0] = 0;
	buf_init(&r.operator_share, SHARE_ROOM);
	int rc = person_acts(o, PERSON_ACTORS);
	if (rc == OK)
		rc = run(&r);
	if (rc == OK) {
		*ret = r.row;
		ret->state = "drawn";
	}
	sodium_memzero(&r.seed, sizeof(r.seed));
	if (r.operator_share.data)
		sodium_memzero(r.operator_share.data, r.operator_share.len);
	buf_release(&r.operator_share);
	life_visits_release(&r.visits);
	life_loaded_release(&r.loaded);
	return rc;
}

int life_run_ready(struct office *o, struct arena *a, const char *draw)
{
	struct running r = { .o = o, .arena = a };

	o->why[0] = 0;
	TRY(person_acts(o, PERSON_ACTORS));
	TRY(life_find(o, a, draw, &r.row));
	return check_state(&r);
}
