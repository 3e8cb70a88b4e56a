/* app/life_open.c — each opening is an act of its own in the ledger. */
#include "app/life_open.h"

#include "app/ledger_held.h"
#include "app/life_documents.h"
#include "app/life_entropy.h"
#include "app/life_prepare.h"
#include "app/life_seal.h"
#include "app/office_person.h"
#include "app/person.h"
#include "base/status.h"
#include "core/text.h"
#include "store/draw_share.h"

#include <string.h>

enum { SHARE_HEX = 64, HOLDERS = 2 };

static bool waits(const struct draw_row *row)
{
	return strcmp(row->state, "frozen") == 0 || strcmp(row->state, "opened") == 0;
}

static const struct draw_share_row *share_of(const struct draw_share_row *list, size_t count,
					     const char *party)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].party, party) == 0)
			return &list[i];
	return NULL;
}

int life_share_check(struct office *o, struct arena *a, const struct draw_row *row,
		     const char *party, const char *share)
{
	struct draw_share_row list[DRAW_SHARES_MOST];
	char commitment[65] = "";
	size_t count;

	TRY(draw_share_list(o->db, a, row->key, list, &count));
	const struct draw_share_row *s = share_of(list, count, party);
	if (!s)
		return life_refuse(o, NONE, "抽取 %s 的声明里没有“%s”这一方", row->id, party);
	if (!text_is_hex(span_of(share), SHARE_HEX))
		return life_refuse(
			o, INVALID,
			"份额要写成 64 位小写十六进制（0-9、a-f）；写在文件里的，用 --share 名称=@文件（保管的用 --share-file 文件）");
	declare_commitment(span_of(row->id), span_of(party), span_of(share), commitment);
	if (strcmp(commitment, s->commitment) != 0)
		return life_refuse(o, INVALID, "这个份额打不开“%s”在声明里的承诺：请核对有没有抄错",
				   party);
	return OK;
}

/* INVALID if the first value exists by its own or its announced time. */
static int before_entropy(struct office *o, const struct draw_row *row)
{
	struct declaration d;
	struct problem problem;
	int64_t announced;

	if (declaration_parse(span_of(row->declaration), &d, &problem) != CORE_OK)
		return life_refuse(o, INVALID, "抽取 %s 的声明读不懂", row->id);
	TRY(life_entropy_announced(o, row, &announced));
	if (office_now(o) < life_entropy_first(&d, announced))
		return OK;
	return life_refuse(o, INVALID,
			   "随机数已经产生，这时再公开份额或登记保管就太晚了：请作废抽取 %s"
			   "（draw annul），用新的编号和以后的随机数重来",
			   row->id);
}

int life_before_value(struct office *o, const struct draw_row *row, const char *act)
{
	return waits(row) ? before_entropy(o, row) : life_wrong_state(o, row, act);
}

struct holding {
	struct office *o;
	struct arena *arena;
	const char *draw, *office, *share;
};

/* One person with both copies could open it alone. */
static int check_holders(struct holding *in, const struct draw_row *row)
{
	struct draw_holder_row list[HOLDERS];
	size_t count;

	TRY(draw_holder_list(in->o->db, in->arena, row->key, list, &count));
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].office, in->office) != 0 &&
		    office_same_person(list[i].holder, in->o->actor))
			return life_refuse(in->o, FORBIDDEN,
					   "两份份额要由两个人保管：%s 已经保管一份", in->o->actor);
	return OK;
}

static int hold(struct db *db, void *arg)
{
	struct holding *in = arg;
	struct draw_row row;
	struct draw_share_row list[DRAW_SHARES_MOST];
	char digest[OFFICE_DIGEST];
	size_t count;

	TRY(life_find(in->o, in->arena, in->draw, &row));
	TRY(life_before_value(in->o, &row, "登记份额保管"));
	TRY(draw_share_list(db, in->arena, row.key, list, &count));
	const struct draw_share_row *s = share_of(list, count, "operator");
	if (!s)
		return life_refuse(in->o, INVALID, "抽取 %s 没有抽取单位的份额，不用保管", row.id);
	TRY(check_holders(in, &row));
	TRY(person_check(in->o, in->o->actor, person_role_bit(in->office)));
	if (in->share)
		TRY(life_share_check(in->o, in->arena, &row, "operator", in->share));
	const struct draw_holder_row h = { in->office, in->o->actor, office_now(in->o), 0 };
	TRY(draw_holder_add(db, row.key, &h));
	const char *text = arena_printf(in->arena, "%s%s\n",
					life_document_hold(in->arena, &row, &h, s->commitment),
					in->share ? "shown" : "not shown");
	TRY(office_document(in->o, text, strlen(text), digest));
	return office_log(in->o, "draw.hold", row.id, digest);
}

int life_holder_office(struct office *o, const char *office)
{
	if (strcmp(office, "discipline") == 0 || strcmp(office, "archive") == 0)
		return OK;
	return life_refuse(o, INVALID,
			   "保管部门只能是 discipline（纪检）或 archive（档案），不是“%s”", office);
}

int life_hold(struct office *o, struct arena *a, const char *draw, const char *office,
	      const char *share)
{
	struct holding in = { o, a, draw, office, share };

	o->why[0] = 0;
	TRY(life_holder_office(o, office));
	if (!share && !o->demo)
		return life_refuse(o, INVALID,
				   "请用 --share-file 给出本人那一份（只核对，不保存），"
				   "证明它打得开承诺");
	int rc = ledger_held_write(o, true, hold, &in);
	if (rc == DB_UNIQUE)
		return life_refuse(o, CONFLICT, "这个部门已经登记保管抽取 %s 的份额", draw);
	return rc;
}

struct opening {
	struct office *o;
	struct arena *arena;
	const char *draw, *party, *share;
	struct draw_row row;
};

/* The same share from two parties was made by one: no verifier accepts it (spec 2). */
static int check_alike(struct opening *in)
{
	struct draw_share_row list[DRAW_SHARES_MOST];
	size_t count;

	TRY(draw_share_list(in->o->db, in->arena, in->row.key, list, &count));
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].opened, in->share) == 0 && strcmp(list[i].party, in->party) != 0)
			return life_refuse(in->o, INVALID,
					   "“%s”的份额与“%s”的完全相同，是同一个人做的：请取消抽取 "
					   "%s（draw cancel），各方各自生成份额，用新的编号重来",
					   in->party, list[i].party, in->row.id);
	return OK;
}

static int all_open(struct db *db, struct opening *in, bool *ret)
{
	struct draw_share_row list[DRAW_SHARES_MOST];
	size_t count;

	TRY(draw_share_list(db, in->arena, in->row.key, list, &count));
	*ret = true;
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].party, "operator") != 0 && !*list[i].opened)
			*ret = false;
	return OK;
}

static int open_share(struct db *db, void *arg)
{
	struct opening *in = arg;
	char digest[OFFICE_DIGEST];
	bool all;

	TRY(person_acts(in->o, PERSON_EVERYBODY)); /* the share itself shows whose it is */
	TRY(life_find(in->o, in->arena, in->draw, &in->row));
	if (strcmp(in->row.state, "frozen") != 0)
		return life_wrong_state(in->o, &in->row, "公开份额");
	TRY(before_entropy(in->o, &in->row));
	TRY(life_share_check(in->o, in->arena, &in->row, in->party, in->share));
	TRY(check_alike(in));
	int rc = draw_share_open(db, in->row.key, in->party, in->share, office_now(in->o));
	if (rc == CONFLICT)
		return life_refuse(in->o, CONFLICT, "“%s”的份额已经公开过", in->party);
	TRY(rc);
	TRY(all_open(db, in, &all));
	if (all) {
		in->row.opened_at = office_now(in->o);
		in->row.opened_by = in->o->actor;
		TRY(draw_row_open(db, &in->row));
		in->row.state = "opened";
	}
	const struct draw_share_row opened = { .party = in->party, .opened = in->share };
	const char *text = life_document_open(in->arena, &in->row, &opened);
	TRY(office_document(in->o, text, strlen(text), digest));
	return office_log(in->o, "draw.open", in->row.id, digest);
}

int life_open(struct office *o, struct arena *a, const char *draw, const char *party,
	      const char *share, struct draw_row *ret)
{
	struct opening in = { .o = o, .arena = a, .draw = draw, .party = party, .share = share };

	o->why[0] = 0;
	if (strcmp(party, "operator") == 0)
		return life_refuse(o, INVALID,
				   "抽取单位的份额到揭示时才公开：mingqian draw reveal");
	TRY(ledger_held_write(o, true, open_share, &in));
	*ret = in.row;
	return OK;
}

static int rehearse(struct db *db, void *arg)
{
	struct holding *in = arg;
	char digest[OFFICE_DIGEST];
	struct draw_row row;

	TRY(person_acts(in->o, person_role_bit(in->office)));
	TRY(life_find(in->o, in->arena, in->draw, &row));
	TRY(life_share_check(in->o, in->arena, &row, "operator", in->share));
	int rc = draw_holder_rehearsed(db, row.key, in->office, office_now(in->o));
	if (rc == NONE)
		return life_refuse(in->o, NONE, "这个部门没有登记保管抽取 %s 的份额", row.id);
	TRY(rc);
	const char *text = life_document_rehearse(in->arena, &row, in->office);
	TRY(office_document(in->o, text, strlen(text), digest));
	return office_log(in->o, "draw.rehearse", row.id, digest);
}

int life_rehearse(struct office *o, struct arena *a, const char *draw, const char *office,
		  const char *share)
{
	struct holding in = { o, a, draw, office, share };

	o->why[0] = 0;
	TRY(life_holder_office(o, office));
	return office_write(o, rehearse, &in);
}
