/* app/person.c — the list is short: it is walked. */
#include "app/person.h"

#include "app/ledger_bound.h"
#include "app/life_documents.h"
#include "app/life_seal.h"
#include "app/office_person.h"
#include "app/person_told.h"
#include "base/buf.h"
#include "base/status.h"
#include "store/person.h"

#include <stdio.h>
#include <string.h>

enum { TOLD_MOST = 4 };

static const struct {
	const char *word, *chinese;
} roles[PERSON_ROLES] = {
	[PERSON_LEADER] = { "leader", "负责人" },         [PERSON_LEGAL] = { "legal", "法制" },
	[PERSON_DISCIPLINE] = { "discipline", "纪检" },   [PERSON_ARCHIVE] = { "archive", "档案" },
	[PERSON_PLANNER] = { "planner", "双随机管理员" },
};

const char *person_role_word(enum person_role role)
{
	return roles[role].word;
}

const char *person_role_chinese(enum person_role role)
{
	return roles[role].chinese;
}

unsigned person_role_bit(const char *word)
{
	for (unsigned i = 0; i < PERSON_ROLES; i++)
		if (strcmp(roles[i].word, word) == 0)
			return PERSON_BIT(i);
	return 0;
}

/* What a walk over the list finds of one name. */
struct finding {
	const char *name;
	unsigned has;                     /* roles under any spelling of the name */
	bool misspelled;                  /* one of them under another spelling */
	char known[OFFICE_NAME_MOST + 1]; /* as the list writes it */
	size_t present;
};

static int find(void *arg, const struct person_row *row)
{
	struct finding *f = arg;

	if (row->left_at != 0)
		return OK;
	f->present++;
	if (!office_same_person(row->name, f->name))
		return OK;
	f->has |= person_role_bit(row->role);
	snprintf(f->known, sizeof(f->known), "%s", row->name);
	f->misspelled |= strcmp(row->name, f->name) != 0;
	return OK;
}

static int look(struct office *o, const char *name, struct finding *ret)
{
	*ret = (struct finding){ .name = name };
	return person_row_walk(o->db, find, ret);
}

/* Some of those who could. */
struct telling {
	struct buf *words;
	unsigned wanted, count;
};

static int tell(void *arg, const struct person_row *row)
{
	struct telling *t = arg;

	if (row->left_at == 0 && (person_role_bit(row->role) & t->wanted) && t->count++ < TOLD_MOST)
		buf_printf(t->words, "%s%s", t->words->len ? "、" : "", row->name);
	return OK;
}

static int not_known(struct office *o, const char *name, unsigned wanted, const char *act)
{
	CLEANUP(buf_release) struct buf words, names;
	struct telling t = { &names, wanted, 0 };

	buf_init(&words, OFFICE_WHY);
	buf_init(&names, OFFICE_WHY);
	for (unsigned i = 0; i < PERSON_ROLES; i++)
		if (wanted & PERSON_BIT(i))
			buf_printf(&words, "%s%s", words.len ? "、" : "", roles[i].chinese);
	TRY(person_row_walk(o->db, tell, &t));
	if (t.count > 0 && buf_check(&names) == OK)
		return life_refuse(o, FORBIDDEN,
				   "“%s”不在人员名单的%s里，不能%s：请由名单里的%s%s办理（--as "
				   "姓名），或由名单里的人同意登记，mingqian data person add",
				   name, buf_text(&words), act, buf_text(&names),
				   t.count > TOLD_MOST ? "等人" : "");
	return life_refuse(o, FORBIDDEN,
			   "“%s”不在人员名单的%s里，不能%s：先由名单里的人同意登记，"
			   "mingqian data person add（名单里的第一人直接登记）",
			   name, buf_text(&words), act);
}

static int count_told(struct office *o, const char *action, const char *name, const char *role,
		      int64_t *ret)
{
	CLEANUP(arena_release) struct arena a;
	const struct ledger_audit_entry entry = { action, role, NULL, 0 };
	struct ledger_bound bound;

	arena_init(&a);
	TRY(ledger_bound(o->db, o->keys, &entry, life_document_person(&a, action, role, name),
			 false, &bound));
	*ret = bound.found;
	return OK;
}

/* A row that nobody's act has made, or that one had ended, makes nobody known. */
static int told(struct office *o, const char *name, enum person_role role)
{
	int64_t came, went;

	TRY(count_told(o, "person.add", name, roles[role].word, &came));
	TRY(count_told(o, "person.leave", name, roles[role].word, &went));
	return came > went
		       ? OK
		       : life_refuse(
				 o, FORBIDDEN,
				 "“%s”在人员名单里，账簿里却没有登记的条目，或者已经离任：数据库被直接改过，请停办"
				 "并核验（mingqian ledger verify）",
				 name);
}

/* Rows that are gone while the ledger tells of them were taken away past the program. */
static int not_begun(struct office *o)
{
	bool begun;

	TRY(person_told_begun(o, &begun));
	return begun ? life_refuse(o, FORBIDDEN,
				   "人员名单是空的，账簿里登记过：数据库被直接改过，请停办"
				   "并核验（mingqian ledger verify）")
		     : OK;
}

int person_in_force(const struct office *o, bool *ret)
{
	*ret = true;
	return o->demo ? person_told_begun(o, ret) : OK;
}

static int check(struct office *o, const char *name, unsigned wanted, const char *act)
{
	struct finding f;

	TRY(look(o, name, &f));
	if (f.present == 0)
		TRY(not_begun(o));
	if (o->demo && f.present == 0)
		return OK;
	for (unsigned i = 0; i < PERSON_ROLES; i++)
		if (f.has & wanted & PERSON_BIT(i))
			return told(o, f.known, (enum person_role)i);
	return not_known(o, name, wanted, act);
}

#define APPROVE "批准、签字或保管"

int person_check(struct office *o, const char *name, unsigned wanted)
{
	return check(o, name, wanted, APPROVE);
}

int person_acts(struct office *o, unsigned wanted)
{
	return strcmp(o->source, OFFICE_LOCAL) == 0 ? check(o, o->actor, wanted, "办理这件事") : OK;
}

struct changing {
	struct office *o;
	struct arena *arena;
	const struct person_change *in;
};

/* Somebody of the list, in whatever role, who is neither the actor nor the one it is about. */
static int check_approver(const struct changing *c)
{
	const char *approver = c->in->approver;
	struct finding f;

	if (!approver)
		return life_refuse(c->o, FORBIDDEN,
				   "人员名单的变动要名单里的另一人同意：--approver 姓名");
	if (office_same_person(approver, c->o->actor))
		return life_refuse(c->o, FORBIDDEN, "办理人 %s 不能自己批准", c->o->actor);
	if (office_same_person(approver, c->in->name))
		return life_refuse(c->o, FORBIDDEN, "%s 不能批准自己的变动", approver);
	TRY(look(c->o, approver, &f));
	int rc = f.has ? OK : not_known(c->o, approver, ~0u, APPROVE);
	for (unsigned i = 0; i < PERSON_ROLES; i++)
		if (f.has & PERSON_BIT(i) && (rc = told(c->o, f.known, (enum person_role)i)) == OK)
			break;
	return rc;
}

static int log_change(const struct changing *c, const char *action, bool first)
{
	const struct person_change *in = c->in;
	char digest[OFFICE_DIGEST];
	const char *text = arena_printf(c->arena, "%sapprover %s\n",
					life_document_person(c->arena, action, in->role, in->name),
					first ? "-" : in->approver);
	TRY(office_document(c->o, text, strlen(text), digest));
	return office_log(c->o, action, in->role, digest);
}

static int add(struct db *db, void *arg)
{
	struct changing *c = arg;
	const struct person_change *in = c->in;
	const struct person_row row = { in->name, in->role, office_now(c->o), 0, c->o->actor };
	struct finding f;

	TRY(look(c->o, in->name, &f));
	if (f.misspelled)
		return life_refuse(c->o, INVALID,
				   "“%s”是名单里一人的另一种写法：请照名单上的写法登记", in->name);
	if (f.has & person_role_bit(in->role))
		return life_refuse(c->o, CONFLICT, "%s 已经在名单里", in->name);
	TRY(f.present > 0 ? check_approver(c) : not_begun(c->o));
	TRY(person_row_add(db, &row));
	return log_change(c, "person.add", f.present == 0);
}

static int check_role(struct office *o, const char *role)
{
	if (person_role_bit(role))
		return OK;
	return life_refuse(o, INVALID,
			   "职责只能是 leader（负责人）、legal（法制）、discipline（纪检）、"
			   "archive（档案）或 planner（双随机管理员），不是“%s”",
			   role);
}

int person_add(struct office *o, struct arena *a, const struct person_change *in)
{
	struct changing c = { o, a, in };
	const char *wrong = office_name_wrong(in->name);

	o->why[0] = 0;
	if (wrong)
		return life_refuse(o, INVALID, "“%s”不能当姓名：%s", in->name, wrong);
	TRY(check_role(o, in->role));
	return office_write(o, add, &c);
}

static int leave(struct db *db, void *arg)
{
	struct changing *c = arg;
	const struct person_change *in = c->in;
	struct person_told *list;

	TRY(person_told(c->o, c->arena, &list));
	if (person_told_roles(list, NULL, "") == 1 && person_told_roles(list, NULL, in->name) == 1)
		return life_refuse(c->o, CONFLICT, "%s 是名单里最后一人：先登记接替的人", in->name);
	TRY(check_approver(c));
	int rc = person_row_leave(db, in->name, in->role, office_now(c->o));
	if (rc == NONE)
		return life_refuse(c->o, NONE,
				   "名单里没有“%s”任%s：用 mingqian data person list 查看",
				   in->name, in->role);
	TRY(rc);
	return log_change(c, "person.leave", false);
}

int person_leave(struct office *o, struct arena *a, const struct person_change *in)
{
	struct changing c = { o, a, in };

	o->why[0] = 0;
	TRY(check_role(o, in->role));
	return office_write(o, leave, &c);
}

struct listing {
	struct arena *a;
	struct person_shown *list;
	size_t count, room;
};

static int show(void *arg, const struct person_row *row)
{
	struct listing *l = arg;
	enum person_role role = PERSON_LEADER;

	if (l->count == l->room) {
		size_t room = l->room * 2 + 16;
		struct person_shown *more = arena_array(l->a, room, sizeof(*more));
		if (l->count)
			memcpy(more, l->list, l->count * sizeof(*more));
		l->list = more;
		l->room = room;
	}
	while (role + 1 < PERSON_ROLES && strcmp(roles[role].word, row->role) != 0)
		role++;
	l->list[l->count++] = (struct person_shown){ arena_str(l->a, row->name), role, row->at,
						     row->left_at, arena_str(l->a, row->actor) };
	return OK;
}

int person_list(struct office *o, struct arena *a, struct person_shown **ret, size_t *ret_count)
{
	struct listing l = { .a = a };

	o->why[0] = 0;
	TRY(person_row_walk(o->db, show, &l));
	*ret = l.list;
	*ret_count = l.count;
	return OK;
}
