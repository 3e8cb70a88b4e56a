/* app/ledger_visits.c — rows of a draw are collected first: one statement runs at a time. */
#include "app/ledger_visits.h"

#include "app/ledger_words.h"
#include "app/life_documents.h"
#include "app/life_seal.h"
#include "app/plan_period.h"
#include "base/status.h"
#include "store/ledger_audit_follow.h"
#include "store/visit_assistant.h"

#include <string.h>

/* ---- of one draw ---- */

/* Never as many as visits: what was changed later. */
struct kept {
	struct kept *next;
	union {
		struct visit_change change;
		struct visit_row visit; /* id, ended, ended_by, ended_at */
		struct visit_assistant assistant;
		struct visit_undone undone;
	};
};

struct list {
	struct arena *a;
	struct kept *first, **end;
};

static void list_init(struct list *l, struct arena *a)
{
	*l = (struct list){ a, NULL, &l->first };
}

static struct kept *list_add(struct list *l)
{
	struct kept *one = arena_alloc(l->a, sizeof(*one));

	one->next = NULL;
	*l->end = one;
	l->end = &one->next;
	return one;
}

static void keep_texts(struct arena *a, const char **const *texts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		*texts[i] = arena_str(a, *texts[i]);
}

static int keep_change(void *arg, const struct visit_change *row)
{
	struct list *l = arg;
	struct visit_change *to = &list_add(l)->change;
	const char **const texts[] = { &to->visit,       &to->kind,       &to->actor,
				       &to->evidence,    &to->approver,   &to->second,
				       &to->left_member, &to->new_member, &to->new_visit };

	*to = *row;
	keep_texts(l->a, texts, COUNT(texts));
	to->words = arena_mem(l->a, row->words, row->words_len);
	return OK;
}

static int keep_ended(void *arg, const struct visit_row *row)
{
	struct list *l = arg;

	if (strcmp(row->ended, "replaced") == 0 || strcmp(row->ended, "annulled") == 0)
		return OK;
	struct visit_row *to = &list_add(l)->visit;
	const char **const texts[] = { &to->id, &to->ended, &to->ended_by };
	*to = *row;
	keep_texts(l->a, texts, COUNT(texts));
	return OK;
}

static int keep_assistant(void *arg, const struct visit_assistant *row)
{
	struct list *l = arg;
	struct visit_assistant *to = &list_add(l)->assistant;
	const char **const texts[] = { &to->visit, &to->assistant, &to->how,
				       &to->actor, &to->approver,  &to->opinion };

	*to = *row;
	keep_texts(l->a, texts, COUNT(texts));
	return OK;
}

static int keep_undone(void *arg, const struct visit_undone *row)
{
	struct list *l = arg;
	struct visit_undone *to = &list_add(l)->undone;
	const char **const texts[] = { &to->visit, &to->done_by, &to->actor, &to->approver };

	*to = *row;
	keep_texts(l->a, texts, COUNT(texts));
	return OK;
}

static int check_change(struct ledger_checking *c, struct arena *a, const struct visit_change *row)
{
	const struct ledger_audit_entry entry = { arena_printf(a, "visit.%s", row->kind),
						  row->visit, row->actor, row->at };
	char visit[LIFE_SUM] = "-";
	const char *grade;

	TRY(visit_member_grade(c->o->db, a, row->visit, row->new_member, &grade));
	if (*row->new_visit)
		TRY(life_sum_visit(c->o->db, row->new_visit, visit));
	return ledger_check_bound(c, &entry, life_document_change(a, row, grade, visit));
}

static int check_changes(struct ledger_checking *c, struct arena *a, const struct draw_row *row)
{
	struct list list;

	list_init(&list, a);
	TRY(visit_change_walk(c->o->db, row->key, keep_change, &list));
	for (const struct kept *k = list.first; k; k = k->next)
		TRY(check_change(c, a, &k->change));
	return OK;
}

static int check_ended(struct ledger_checking *c, struct arena *a, const struct draw_row *row)
{
	const struct visit_ask ask = { .draw = row->key, .state = "ended" };
	struct list list;

	list_init(&list, a);
	TRY(visit_walk(c->o->db, &ask, keep_ended, &list));
	for (const struct kept *k = list.first; k; k = k->next) {
		const struct ledger_audit_entry entry = { "visit.end", k->visit.id,
							  k->visit.ended_by, k->visit.ended_at };
		TRY(ledger_check_bound(c, &entry, life_document_drop(a, &k->visit)));
	}
	return OK;
}

static int check_assistants(struct ledger_checking *c, struct arena *a, const struct draw_row *row)
{
	struct list list;

	list_init(&list, a);
	TRY(visit_assistant_walk(c->o->db, row->key, keep_assistant, &list));
	for (const struct kept *k = list.first; k; k = k->next) {
		const struct visit_assistant *who = &k->assistant;
		const struct ledger_audit_entry entry = { "visit.assist", who->visit, who->actor,
							  who->at };
		TRY(ledger_check_bound(c, &entry, life_document_assist(a, who)));
	}
	return OK;
}

static int check_undone(struct ledger_checking *c, struct arena *a, const struct draw_row *row)
{
	struct list list;

	list_init(&list, a);
	TRY(visit_undone_walk(c->o->db, row->key, NULL, keep_undone, &list));
	for (const struct kept *k = list.first; k; k = k->next) {
		const struct visit_undone *u = &k->undone;
		const struct ledger_audit_entry entry = { "visit.undo", u->visit, u->actor, u->at };
		TRY(ledger_check_bound(c, &entry, life_document_undone(a, u)));
	}
	return OK;
}

int ledger_visits_of(struct ledger_checking *c, struct arena *a, const struct draw_row *row)
{
	TRY(check_changes(c, a, row));
	TRY(check_ended(c, a, row));
	TRY(check_assistants(c, a, row));
	return check_undone(c, a, row);
}

/* ---- of all ---- */

static int follow(void *arg, enum ledger_follow what, const char *subject)
{
	static const char *const words[LEDGER_FOLLOW_COUNT] = {
		[LEDGER_FOLLOW_DRAW] = "抽取 %s 的状态与它各步的时间、公开的份额不符",
		[LEDGER_FOLLOW_COVER] = "抽取 %s 完成的最低要求是否有效与抽取的状态不符",
		[LEDGER_FOLLOW_VISIT] = "检查任务 %s 与它的抽取不符",
		[LEDGER_FOLLOW_STATE] = "检查任务 %s 的状态、是否占用对象与它各步的时间不符",
		[LEDGER_FOLLOW_ANNULLED] = "检查任务 %s 是否作废与它的抽取不符",
		[LEDGER_FOLLOW_REPLACED] = "检查任务 %s 已被替换而没有更换记录",
		[LEDGER_FOLLOW_SUCCESSOR] = "检查任务 %s 接替别的任务而没有更换记录",
		[LEDGER_FOLLOW_CHANGE] = "检查任务 %s 有更换记录，却没有被替换，或者没有接替的任务",
		[LEDGER_FOLLOW_CERTAIN] = "检查任务 %s 没有检查就终结，却没有列入下次必查",
		[LEDGER_FOLLOW_KEPT] = "检查任务 %s 列入下次必查的记录与这项任务、用到它的抽取不符",
		[LEDGER_FOLLOW_LEAD] = "检查任务 %s 的主办人不是第一名老队员（没有的，第一人）",
		[LEDGER_FOLLOW_GRADE] = "检查任务 %s 有人的老、新与他在同一抽取的别的任务里不同",
		[LEDGER_FOLLOW_LEFT] = "检查任务 %s 有人离开检查组而没有更换记录",
		[LEDGER_FOLLOW_JOINED] = "检查任务 %s 有更换人员的记录，检查组却没有照着换",
		[LEDGER_FOLLOW_OPINION] = "检查任务 %s 的专家意见与账簿不同",
	};
	struct ledger_checking *c = arg;
	const char *at = strstr(words[what], "%s");

	ledger_table_wrong(c->draws, c->a, "%.*s%s%s", (int)(at - words[what]), words[what],
			   subject, at + 2);
	return OK;
}

static int check_accepted(void *arg, const struct ledger_audit_visit *v)
{
	CLEANUP(arena_release) struct arena a;
	char digest[OFFICE_DIGEST];
	struct ledger_checking *c = arg;

	arena_init(&a);
	const char *text = life_document_accept(&a, &v->visit, v->actor);
	office_digest(text, strlen(text), digest);
	if (strcmp(digest, v->digest) != 0)
		ledger_table_wrong(c->draws, c->a, "检查任务 %s 的接收人与账簿不同", v->visit.id);
	return OK;
}

static int check_made(void *arg, const struct ledger_audit_visit *v)
{
	CLEANUP(arena_release) struct arena a;
	char digest[OFFICE_DIGEST];
	struct ledger_checking *c = arg;

	arena_init(&a);
	const char *text = life_document_done(&a, &v->visit);
	office_digest(text, strlen(text), digest);
	if (strcmp(digest, v->digest) != 0)
		ledger_table_wrong(c->draws, c->a, "检查任务 %s 的检查日期、方式或登记人与账簿不同",
				   v->visit.id);
	return OK;
}

/* A site is in the clear once its team has accepted, and after the reveal: what was sealed when it was drawn. */
static int check_site(void *arg, const struct visit_row *v)
{
	CLEANUP(arena_release) struct arena a;
	struct ledger_checking *c = arg;
	struct life_site site;

	arena_init(&a);
	if (!*v->site)
		return OK;
	c->sites->seen++;
	if (!c->o->keys)
		return OK;
	int rc = life_site_open(c->o, &a, v, &site);
	if (rc != OK && rc != INVALID)
		return rc;
	if (rc == INVALID || !span_equal(site.id, span_of(v->site)))
		ledger_table_wrong(c->sites, c->a, "检查任务 %s 的对象不是抽取时封存的那一家",
				   v->id);
	return OK;
}

int ledger_visits_all(struct ledger_checking *c)
{
	const struct visit_ask all = { 0 };
	struct db *db = c->o->db;

	TRY(ledger_audit_follow(db, PLAN_POOL_DAILY, follow, c));
	TRY(ledger_audit_draw_visits(db, true, check_accepted, c));
	TRY(ledger_audit_draw_visits(db, false, check_made, c));
	return visit_walk(db, &all, check_site, c);
}
