/* app/life_copy.c — who has fetched what stands in the ledger, and nowhere else. */
#include "app/life_copy.h"

#include "app/ledger_bound.h"
#include "app/life_open.h"
#include "app/life_prepare.h"
#include "app/life_seal.h"
#include "app/office_person.h"
#include "app/person.h"
#include "base/status.h"
#include "store/draw_share.h"

#include <string.h>

enum { SHARE_MOST = 4096, HOLDERS = 2 };

struct fetching {
	struct office *o;
	struct arena *arena;
	const char *draw, *office;
	struct draw_row row;
	struct life_copy *copy;
};

static const char *other_office(const char *office)
{
	return strcmp(office, "archive") == 0 ? "discipline" : "archive";
}

static const char *document(struct arena *a, const struct draw_row *row, const char *office,
			    const char *holder)
{
	return holder ? arena_printf(a, "copy %s\noffice %s\nholder %s\n", row->id, office, holder)
		      : arena_printf(a, "copy %s\noffice %s\n", row->id, office);
}

/* How often this office's copy was fetched; holder NULL: by anybody. */
static int count_fetched(const struct fetching *in, const char *office, const char *holder,
			 int64_t *ret)
{
	const struct ledger_audit_entry entry = { "draw.copy", in->row.id, NULL, 0 };
	struct ledger_bound bound;

	TRY(ledger_bound(in->o->db, in->o->keys, &entry,
			 document(in->arena, &in->row, office, holder), false, &bound));
	*ret = bound.found;
	return OK;
}

/* One person with both copies could open it alone, and the operator needs none. */
static int check_apart(const struct fetching *in)
{
	struct draw_holder_row list[HOLDERS];
	int64_t other;
	size_t count;

	TRY(count_fetched(in, other_office(in->office), in->o->actor, &other));
	TRY(draw_holder_list(in->o->db, in->arena, in->row.key, list, &count));
	for (size_t i = 0; i < count; i++) {
		if (strcmp(list[i].office, in->office) == 0)
			return life_refuse(in->o, CONFLICT, "%s 已经登记保管这一份，不能再领",
					   list[i].holder);
		other += office_same_person(list[i].holder, in->o->actor);
	}
	if (other > 0)
		return life_refuse(in->o, FORBIDDEN, "两份份额要由两个人保管：%s 已经有一份",
				   in->o->actor);
	if (office_same_person(in->row.prepared_by, in->o->actor) ||
	    office_same_person(in->row.frozen_by, in->o->actor))
		return life_refuse(in->o, FORBIDDEN, "准备、锁定这次抽取的人不能保管份额");
	return OK;
}

static int check_first(const struct fetching *in)
{
	int64_t all, mine;

	TRY(count_fetched(in, in->office, NULL, &all));
	TRY(count_fetched(in, in->office, in->o->actor, &mine));
	if (all == mine)
		return OK;
	return life_refuse(in->o, CONFLICT,
			   "这一份已经由别人领走（账簿里有）：不该由他领的，请取消抽取 %s，重新来",
			   in->row.id);
}

static int read_share(struct fetching *in)
{
	CLEANUP(buf_release) struct buf bytes;
	struct draw_share_row list[DRAW_SHARES_MOST];
	size_t count;

	buf_init(&bytes, SHARE_MOST);
	int rc = life_file_get(in->o, &in->row, LIFE_SHARE, &bytes);
	if (rc == NONE)
		return life_refuse(in->o, INVALID, "抽取 %s 没有抽取单位的份额，不用保管",
				   in->row.id);
	TRY(rc);
	in->copy->share = arena_mem(in->arena, buf_text(&bytes), bytes.len);
	TRY(draw_share_list(in->o->db, in->arena, in->row.key, list, &count));
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].party, "operator") == 0)
			in->copy->commitment = list[i].commitment;
	return OK;
}

static int fetch(struct db *db, void *arg)
{
	struct fetching *in = arg;
	char digest[OFFICE_DIGEST];

	(void)db;
	TRY(life_find(in->o, in->arena, in->draw, &in->row));
	TRY(life_before_value(in->o, &in->row, "领取份额"));
	TRY(person_check(in->o, in->o->actor, person_role_bit(in->office)));
	TRY(check_apart(in));
	TRY(check_first(in));
	TRY(read_share(in));
	const char *text = document(in->arena, &in->row, in->office, in->o->actor);
	TRY(office_document(in->o, text, strlen(text), digest));
	return office_log(in->o, "draw.copy", in->row.id, digest);
}

int life_copy_fetch(struct office *o, struct arena *a, const char *draw, const char *office,
		    struct life_copy *ret)
{
	struct fetching in = { .o = o, .arena = a, .draw = draw, .office = office, .copy = ret };

	o->why[0] = 0;
	*ret = (struct life_copy){ "", "" };
	TRY(life_holder_office(o, office));
	return office_write(o, fetch, &in);
}
