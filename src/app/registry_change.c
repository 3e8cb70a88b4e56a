/* app/registry_change.c — edits of one row, and who wins in a field. */
#include "app/registry_change.h"

#include "app/identifiers.h"
#include "app/office_person.h"
#include "app/person.h"
#include "app/registry_apply.h"
#include "app/registry_check.h"
#include "app/registry_compare.h"
#include "app/registry_lineage.h"
#include "app/registry_list.h"
#include "app/scope.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/status.h"
#include "store/registry_edit.h"
#include "store/registry_row.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { EVIDENCE_LETTERS = 2, EVIDENCE_MOST = 16 << 20, DOCUMENT_MOST = 1 << 16 };

bool registry_field_of(enum registry kind, const char *word, uint32_t *ret)
{
	uint32_t count;
	const struct field *f = registry_fields(kind, &count);

	for (uint32_t i = 0; i < count; i++)
		if (strcmp(f[i].name, word) == 0 || strcmp(f[i].header, word) == 0) {
			*ret = i;
			return true;
		}
	return false;
}

PRINTF(2, 3) static int refuse(const struct registry_act *act, const char *format, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	plan_note(act->notes, PLAN_REFUSED, "%s", text);
	return INVALID;
}

int registry_act_reason(const struct registry_act *act)
{
	const char *wrong = office_reason_wrong(act->reason);

	if (wrong)
		return refuse(act, "%s", wrong);
	return OK;
}

struct editing {
	const struct registry_act *act;
	const struct registry_edit_in *in;
	struct registry_apply apply;
	struct span old[REGISTRY_FIELDS_MOST], given[REGISTRY_FIELDS_MOST],
		fresh[REGISTRY_FIELDS_MOST];
	bool touched[REGISTRY_FIELDS_MOST];
	struct registry_mark marks[REGISTRY_FIELDS_MOST];
	char *evidence;
	size_t evidence_len;
	char evidence_digest[OFFICE_DIGEST];
};

static int read_row(struct db *db, void *arg)
{
	struct editing *e = arg;
	const char *registry = registry_name(e->act->kind);
	struct registry_row row;

	TRY(registry_change_head(db, registry, &e->apply.expected));
	TRY(registry_row_get(db, e->act->arena, registry, e->in->id, &row));
	registry_cells(e->act->kind, (struct span){ row.cells, row.cells_len }, e->old);
	if (e->in->version && row.version != e->in->version) {
		plan_note(e->act->notes, PLAN_REFUSED,
			  "这一行已被别人改过（第 %lld 版）：请重新查看后再改",
			  (long long)row.version);
		return CONFLICT;
	}
	return scope_row(e->act->office, e->act->kind, e->old);
}

static int read_evidence(struct editing *e)
{
	const char *path = e->in->evidence, *slash;

	e->apply.change.file = e->apply.change.file_digest = "";
	if (!path)
		return OK;
	int rc = file_read(e->act->arena, path, EVIDENCE_MOST, &e->evidence, &e->evidence_len);
	if (rc == TOO_LARGE)
		return refuse(e->act, "证据文件 %s 超过 16 MB，请压缩或只留要紧的几页", path);
	if (rc != OK)
		return refuse(e->act, "读不了证据文件 %s，请检查路径和权限", path);
	if (e->evidence_len == 0)
		return refuse(e->act, "证据文件 %s 是空的，请换成真正的证据", path);
	office_digest(e->evidence, e->evidence_len, e->evidence_digest);
	slash = strrchr(path, '/');
	e->apply.change.file = slash ? slash + 1 : path;
	e->apply.change.file_digest = e->evidence_digest;
	return OK;
}

/* A field that follows from another one, unless a person gave it. */
static void follow(struct editing *e, uint32_t field, const char *value)
{
	if (e->touched[field])
		return;
	e->touched[field] = true;
	e->given[field] = span_of(value);
}

static bool is(struct span cell, const char *value)
{
	return span_equal(cell, span_of(value));
}

static int complete_site(struct editing *e, const char *today)
{
	struct span state = e->given[SITE_STATE];

	if (!e->touched[SITE_STATE] || span_equal(state, e->old[SITE_STATE]))
		return OK;
	if (!e->in->evidence &&
	    (!e->touched[SITE_STATE_EVIDENCE] ||
	     identifier_letters(e->given[SITE_STATE_EVIDENCE]) < EVIDENCE_LETTERS))
		return refuse(e->act, "改运行状态要有证据：用 --evidence 附上文件，"
				      "或写明 state_evidence=（如现场照片编号、工商注销文号）");
	follow(e, SITE_STATE_DAY, today);
	if (e->in->evidence)
		follow(e, SITE_STATE_EVIDENCE, e->apply.change.file);
	return OK;
}

static bool is_special_now(const struct editing *e, const struct span *cells)
{
	char today[CLOCK_DAY];

	clock_day(office_now(e->act->office), today);
	return is(cells[SITE_SPECIAL], "1") &&
	       (cells[SITE_SPECIAL_TO].len == 0 ||
		span_compare(cells[SITE_SPECIAL_TO], span_of(today)) >= 0);
}

/* A special site is visited several times as often: why and from when is said when it is listed, and stays said. */
static int refuse_groundless(const struct editing *e)
{
	static const uint32_t grounds[] = { SITE_SPECIAL_REASON, SITE_SPECIAL_FROM };
	bool listed = e->act->kind == REGISTRY_SITES && is_special_now(e, e->fresh);
	bool fresh = listed && !is_special_now(e, e->old);

	for (size_t i = 0; listed && i < COUNT(grounds); i++) {
		uint32_t f = grounds[i];
		bool missing = e->fresh[f].len == 0 ||
			       (f == SITE_SPECIAL_REASON &&
				identifier_letters(e->fresh[f]) < EVIDENCE_LETTERS);
		if ((fresh && !e->touched[f]) || ((fresh || e->touched[f]) && missing))
			return refuse(e->act,
				      "列入特殊监管对象要写明原因和起始日：special_reason=原因 "
				      "special_from=2026-01-31，有截止日的再写 special_to=");
	}
	return OK;
}

/* The words for the state may be synonyms: what the check has made of them counts. */
static int refuse_merged(const struct editing *e)
{
	if (e->act->kind != REGISTRY_SITES || !is(e->fresh[SITE_STATE], "merged") ||
	    is(e->old[SITE_STATE], "merged"))
		return OK;
	return refuse(e->act, "合并请用 mingqian registry merge，不能直接改运行状态");
}

/* As long as the merge holds its survivor counts for it; two that count would count twice. */
static int refuse_revived(const struct editing *e)
{
	struct registry_lineage l = { 0 };
	size_t count;

	if (e->act->kind != REGISTRY_SITES || !is(e->old[SITE_STATE], "merged") ||
	    is(e->fresh[SITE_STATE], "merged"))
		return OK;
	TRY(registry_lineage_load(e->act->office, e->act->arena, e->act->kind, &l));
	if (!registry_lineage_is_gone(&l, e->in->id))
		return OK;
	const char *const *living = registry_lineage_living(&l, e->in->id, &count);
	return refuse(e->act,
		      "%s 已经并入 %s，不能直接改运行状态。合并弄错了的，先撤销那次合并："
		      "mingqian registry merge --undo 变更号",
		      e->in->id, count ? living[0] : "别的对象");
}

/* The rows that have this word as part of their number, name or code. */
static int find(const struct editing *e, enum registry kind, struct span word,
		struct registry_page *ret)
{
	struct registry_filter f = { .registry = registry_name(kind),
				     .text = arena_mem(e->act->arena, word.at, word.len),
				     .after = "",
				     .most = REGISTRY_PAGE_MOST };

	return registry_list(e->act->office->db, e->act->arena, &f, ret);
}

static const uint32_t certificates[] = { INSPECTOR_CERTIFICATE, INSPECTOR_CERTIFICATE2 };

/* Refuses when this row is another person in force who holds one of the edited one's certificates. */
static int see_holder(void *arg, const char *id, const char *line, size_t len)
{
	const struct editing *e = arg;
	struct span cells[REGISTRY_FIELDS_MOST];

	registry_cells(REGISTRY_INSPECTORS, (struct span){ line, len }, cells);
	if (strcmp(id, e->in->id) == 0 || cells[INSPECTOR_LEFT].len)
		return OK;
	for (size_t i = 0; i < COUNT(certificates); i++)
		for (size_t j = 0; j < COUNT(certificates); j++) {
			struct span mine = e->fresh[certificates[i]];
			if (mine.len && span_equal(mine, cells[certificates[j]]))
				return refuse(
					e->act,
					"执法证号 %.*s 是工号 %s 的：同一个人不要有两个工号，"
					"不是同一个人请核对证号；原来的人已离开的先登记退出日期",
					(int)mine.len, mine.at, id);
		}
	return OK;
}

/* No two people in force hold one certificate. */
static int refuse_taken(struct editing *e)
{
	bool any = e->fresh[INSPECTOR_CERTIFICATE].len || e->fresh[INSPECTOR_CERTIFICATE2].len;

	if (e->act->kind != REGISTRY_INSPECTORS || !any || e->fresh[INSPECTOR_LEFT].len)
		return OK;
	return registry_row_walk(e->act->office->db, registry_name(REGISTRY_INSPECTORS), INT64_MAX,
				 see_holder, e);
}

static bool is_known(struct span word, const struct registry_page *page)
{
	for (size_t i = 0; i < page->count; i++)
		if (span_equal(word, span_of(page->rows[i].id)) ||
		    span_equal(word, span_of(page->rows[i].name)) ||
		    span_equal(word, span_of(page->rows[i].code)))
			return true;
	return false;
}

/* A recusal of somebody who is in no registry keeps nobody away. */
static int warn_if_unknown(const struct editing *e, uint32_t field, enum registry kind)
{
	struct span word = e->fresh[field];
	struct registry_page page;

	if (!e->touched[field] || word.len == 0)
		return OK;
	TRY(find(e, kind, word, &page));
	if (!is_known(word, &page))
		plan_note(
			e->act->notes, PLAN_WARNING,
			"%s里没有编号、名称或证号（代码）是“%.*s”的：这条回避现在不起作用，请核对",
			registry_title(kind), (int)word.len, word.at);
	return OK;
}

static int warn_of_recusal(const struct editing *e)
{
	if (e->act->kind != REGISTRY_RECUSALS)
		return OK;
	TRY(warn_if_unknown(e, RECUSAL_INSPECTOR, REGISTRY_INSPECTORS));
	return warn_if_unknown(e, RECUSAL_TARGET, REGISTRY_SITES);
}

static bool site_leaves(const struct editing *e)
{
	return e->touched[SITE_STATE] &&
	       (is(e->fresh[SITE_STATE], "closed") || is(e->fresh[SITE_STATE], "moved"));
}

static int complete(struct editing *e)
{
	char *today = arena_alloc(e->act->arena, CLOCK_DAY);

	clock_day(office_now(e->act->office), today);
	if (e->act->kind == REGISTRY_SITES)
		return complete_site(e, today);
	if (e->act->kind == REGISTRY_INSPECTORS && e->touched[INSPECTOR_LEFT] &&
	    e->given[INSPECTOR_LEFT].len)
		follow(e, INSPECTOR_LEAVE_REASON, e->act->reason);
	return OK;
}

static int take_values(struct editing *e)
{
	uint32_t count;
	const struct field *fields = registry_fields(e->act->kind, &count);

	memcpy(e->given, e->old, sizeof(e->given));
	for (size_t i = 0; i < e->in->count; i++) {
		const struct registry_value *v = &e->in->values[i];
		if (v->field == 0)
			return refuse(e->act, "编号不能改：它是这一行在所有年度里的身份");
		if (e->touched[v->field])
			return refuse(e->act, "「%s」写了两次", fields[v->field].header);
		e->touched[v->field] = true;
		e->given[v->field] = span_of(v->value);
	}
	return OK;
}

static int check(struct editing *e)
{
	struct registry_check c = { e->act->kind, e->old, e->given, e->touched, e->in->any_area };

	return registry_check(e->act->office, e->act->arena, &c, e->act->notes, e->fresh);
}

static void tell_field(const struct editing *e, const struct field *f, struct span from,
		       struct span to)
{
	struct arena *a = e->act->arena;
	struct span was = from.len ? registry_shown(a, f, from) : SPAN("（空）");
	struct span is = to.len ? registry_shown(a, f, to) : SPAN("（空）");

	plan_note(e->act->notes, PLAN_INFO, "「%s」：%.*s → %.*s", f->header, (int)was.len, was.at,
		  (int)is.len, is.at);
}

/* Marks the fields that differ; INVALID if none does. */
static int mark(struct editing *e)
{
	uint32_t count;
	const struct field *fields = registry_fields(e->act->kind, &count);
	size_t marks = 0;

	for (uint32_t f = 1; f < count; f++) {
		if (span_equal(e->fresh[f], e->old[f]))
			continue;
		e->marks[marks++] = (struct registry_mark){ e->in->id, fields[f].name };
		tell_field(e, &fields[f], e->old[f], e->fresh[f]);
	}
	if (marks == 0)
		return refuse(e->act, "没有变化：名录里已经是这些值");
	e->apply.marks = e->marks;
	e->apply.mark_count = marks;
	return OK;
}

static int keep_evidence(struct db *db, void *arg)
{
	struct editing *e = arg;
	char digest[OFFICE_DIGEST];

	(void)db;
	return office_document(e->act->office, e->evidence, e->evidence_len, digest);
}

/* What the checked row makes follow: why a site left, and that an expert who is an officer now assists no more. */
static bool complete_checked(struct editing *e)
{
	bool leaves =
		e->act->kind == REGISTRY_SITES && site_leaves(e) && !e->touched[SITE_LEAVE_REASON];
	bool officer = e->act->kind == REGISTRY_INSPECTORS && e->touched[INSPECTOR_ROLE] &&
		       !e->touched[INSPECTOR_ASSISTANT] &&
		       is(e->fresh[INSPECTOR_ROLE], "officer") &&
		       is(e->fresh[INSPECTOR_ASSISTANT], "1");

	if (leaves)
		follow(e, SITE_LEAVE_REASON, e->act->reason);
	if (officer)
		follow(e, INSPECTOR_ASSISTANT, "0");
	return leaves || officer;
}

/* A row leaves the actor's counties only by somebody who sees both. */
static int refuse_elsewhere(const struct editing *e)
{
	if (scope_changes(e->act->office, e->act->kind, e->fresh))
		return OK;
	return refuse(e->act, "改到别的县区，要负责全市的账号办理");
}

static int edit(struct editing *e)
{
	struct registry_pair pair = { e->old, e->fresh };

	TRY(db_read(e->act->office->db, read_row, e));
	TRY(read_evidence(e));
	TRY(take_values(e));
	TRY(complete(e));
	TRY(check(e));
	TRY(refuse_elsewhere(e));
	TRY(refuse_merged(e));
	TRY(refuse_revived(e));
	TRY(refuse_taken(e));
	TRY(refuse_groundless(e));
	if (complete_checked(e)) {
		plan_notes_init(e->act->notes, e->act->notes->arena);
		TRY(check(e));
	}
	TRY(warn_of_recusal(e));
	TRY(mark(e));
	TRY(registry_apply_rows(&e->apply, e->act->arena, &pair, 1));
	if (e->evidence) {
		e->apply.more = keep_evidence;
		e->apply.more_arg = e;
	}
	return registry_apply(&e->apply);
}

int registry_act_edit(const struct registry_act *act, const struct registry_edit_in *in,
		      int64_t *ret_change)
{
	struct editing *e = arena_alloc(act->arena, sizeof(*e));

	TRY(registry_act_reason(act));
	e->act = act;
	e->in = in;
	e->apply = (struct registry_apply){ .office = act->office,
					    .kind = act->kind,
					    .change = { .kind = "edit", .reason = act->reason } };
	TRY(edit(e));
	*ret_change = e->apply.id;
	return OK;
}

/* ---- who wins ---- */

struct settling {
	const struct registry_act *act;
	const char *field, *winner;
};

static int settle(struct db *db, void *arg)
{
	const struct settling *s = arg;
	const char *registry = registry_name(s->act->kind);
	char digest[OFFICE_DIGEST];
	CLEANUP(buf_release) struct buf out;
	struct json j;

	buf_init(&out, DOCUMENT_MOST);
	TRY(person_acts(s->act->office, PERSON_ACTORS));
	TRY(registry_winner_set(db, registry, s->field, s->winner));
	json_init(&j, &out);
	json_begin_object(&j);
	json_put_text(&j, "field", s->field);
	json_put_text(&j, "reason", s->act->reason);
	json_put_text(&j, "registry", registry);
	json_put_text(&j, "winner", s->winner);
	json_end_object(&j);
	TRY(buf_check(&out));
	TRY(office_document(s->act->office, out.data, out.len, digest));
	return office_log(s->act->office, "registry.winner",
			  arena_printf(s->act->arena, "%s/%s", registry, s->field), digest);
}

int registry_act_winner(const struct registry_act *act, uint32_t field, bool file_wins)
{
	uint32_t count;
	struct settling s = { act, registry_fields(act->kind, &count)[field].name,
			      file_wins ? "file" : "local" };

	if (*act->reason)
		TRY(registry_act_reason(act));
	TRY(scope_need_all(act->office));
	return office_write(act->office, settle, &s);
}
