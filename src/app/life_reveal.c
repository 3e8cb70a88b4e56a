/* app/life_reveal.c — everything is opened first and published in one transaction. */
#include "app/life_reveal.h"

#include "app/ledger_held.h"
#include "app/life_documents.h"
#include "app/life_joint.h"
#include "app/life_open.h"
#include "app/life_prepare.h"
#include "app/life_seal.h"
#include "app/person.h"
#include "base/clock.h"
#include "base/status.h"
#include "core/declare.h"
#include "core/text.h"
#include "store/draw_file.h"
#include "store/draw_share.h"
#include "store/draw_wait.h"
#include "store/visit.h"

#include <string.h>

enum { DAY_MS = 86400000, SHARE_ROOM = 128 };

struct revealing {
	struct office *o;
	struct arena *arena;
	const char *draw, *share;
	struct draw_row row;
	const char *document;
};

static int check_time(struct revealing *r)
{
	struct visit_counts n;
	char day[CLOCK_DAY];

	TRY(visit_count(r->o->db, r->row.key, &n));
	int64_t open = n.planned + n.accepted;
	if (open == 0 || life_day(office_now(r->o)) >= r->row.reveal_by)
		return OK;
	clock_day(r->row.reveal_by * DAY_MS, day);
	return life_refuse(
		r->o, CONFLICT,
		"还有 %lld 项检查没有结束，现在不能揭示：等全部结束，或到 %s（最迟揭示日）",
		(long long)open, day);
}

/* The operator's share: a holder's copy, else the sealed one; "" in open mode. */
static int find_share(struct revealing *r, const struct draw_row *row, const char *given,
		      const char **ret)
{
	CLEANUP(buf_release) struct buf share;

	buf_init(&share, SHARE_ROOM);
	*ret = "";
	if (!row->sealed)
		return OK;
	if (given) {
		*ret = given;
		return life_share_check(r->o, r->arena, row, "operator", given);
	}
	TRY(life_file_get(r->o, row, LIFE_SHARE, &share));
	*ret = arena_mem(r->arena, share.data, share.len);
	return OK;
}

/* Record and seed again from the public values and the shares. */
static int make_record(struct revealing *r, const struct draw_row *row, const char *share,
		       struct buf *record, struct draw_seed *seed)
{
	struct draw_share_row list[DRAW_SHARES_MOST];
	size_t count;

	TRY(life_file_get(r->o, row, LIFE_VALUES, record));
	TRY(draw_share_list(r->o->db, r->arena, row->key, list, &count));
	for (size_t i = 0; i < count; i++) {
		bool own = strcmp(list[i].party, "operator") == 0;
		buf_printf(record, "share %s %s\n", list[i].party, own ? share : list[i].opened);
	}
	TRY(buf_check(record));
	draw_seed(span_of(row->declaration), (struct span){ buf_text(record), record->len }, seed);
	return OK;
}

static int publish_file(struct revealing *r, const struct draw_row *row, const char *name,
			const char *share)
{
	CLEANUP(buf_release) struct buf bytes;
	struct draw_seed seed;
	struct span out;

	buf_init(&bytes, SIZE_MAX / 2);
	bool record = strcmp(name, core_file_name(CORE_FILE_RECORD)) == 0;
	if (record || strcmp(name, core_file_name(CORE_FILE_SEED)) == 0) {
		TRY(make_record(r, row, share, &bytes, &seed));
		out = (struct span){ buf_text(&bytes), bytes.len };
		if (!record)
			out = span_of(arena_printf(r->arena, "%.64s\n", seed.hex));
		return life_file_publish(r->o, row, name, out);
	}
	TRY(life_file_get(r->o, row, name, &bytes));
	out = (struct span){ buf_text(&bytes), bytes.len };
	return life_file_publish(r->o, row, name, out);
}

static int publish_files(struct revealing *r, const struct draw_row *row, const char *given)
{
	char files[LIFE_SUM];
	const char **names, *share;
	size_t count;

	TRY(find_share(r, row, given, &share));
	TRY(draw_file_names(r->o->db, r->arena, row->key, &names, &count));
	for (size_t i = 0; i < count; i++)
		if (strcmp(names[i], LIFE_SHARE) != 0)
			TRY(publish_file(r, row, names[i], share));
	TRY(life_sum_files(r->o->db, row, LIFE_FILES_ALL, files));
	r->document = arena_printf(r->arena, "%s%s", r->document,
				   life_document_reveal(r->arena, row, share, files));
	if (!*share)
		return OK;
	return draw_share_open(r->o->db, row->key, "operator", share, office_now(r->o));
}

/* Sites that are still sealed. */
struct secret {
	const char *id, *site;
	struct secret *next;
};

struct collecting {
	struct revealing *r;
	struct secret *list;
};

static int collect(void *arg, const struct visit_row *visit)
{
	CLEANUP(arena_release) struct arena a;
	struct collecting *c = arg;
	struct arena *keep = c->r->arena;
	struct life_site site;

	arena_init(&a);
	if (*visit->site)
		return OK;
	TRY(life_site_open(c->r->o, &a, visit, &site));
	struct secret *s = arena_alloc(keep, sizeof(*s));
	*s = (struct secret){ arena_str(keep, visit->id), arena_mem(keep, site.id.at, site.id.len),
			      c->list };
	c->list = s;
	return OK;
}

static int publish_visits(struct revealing *r, const struct draw_row *row)
{
	struct collecting c = { .r = r };
	const struct visit_ask ask = { .draw = row->key };

	TRY(visit_walk(r->o->db, &ask, collect, &c));
	for (const struct secret *s = c.list; s;) {
		struct visit_public list[VISIT_PUBLISH];
		size_t count = 0;
		for (; s && count < VISIT_PUBLISH; s = s->next)
			list[count++] = (struct visit_public){ s->id, s->site };
		TRY(visit_publish(r->o->db, list, count));
	}
	return OK;
}

/* Lists tell by what is missing which sites another draw holds, as long as that one is secret. */
static int check_waits(struct revealing *r, const struct draw_row *row)
{
	struct draw_row other;
	char day[CLOCK_DAY];
	int64_t today = life_day(office_now(r->o));

	if (today >= row->reveal_by)
		return OK;
	int rc = draw_wait_for(r->o->db, r->arena, row->key, today, &other);
	if (rc == NONE)
		return OK;
	TRY(rc);
	clock_day((other.reveal_by < row->reveal_by ? other.reveal_by : row->reveal_by) * DAY_MS,
		  day);
	return life_refuse(r->o, CONFLICT,
			   "抽取 %s 的名单公开了，可能看得出正等着抽取 %s 检查的是哪几家："
			   "等 %s 揭示以后再揭示，最迟到 %s",
			   row->id, other.id, other.id, day);
}

static int publish(struct revealing *r, struct draw_row *row, const char *share)
{
	TRY(life_joint_revealed(r->o, r->arena, row));
	TRY(check_waits(r, row));
	row->revealed_at = office_now(r->o);
	row->revealed_by = r->o->actor;
	TRY(publish_files(r, row, share));
	TRY(publish_visits(r, row));
	return draw_row_reveal(r->o->db, row);
}

/* What this draw replaced was annulled with its result kept back until now; and what that one had replaced. */
static int publish_replaced(struct revealing *r)
{
	struct draw_row old;

	for (int64_t key = r->row.replaces; key != 0; key = old.replaces) {
		TRY(draw_row_by_key(r->o->db, r->arena, key, &old));
		if (strcmp(old.state, "annulled") == 0 && old.revealed_at == 0)
			TRY(publish(r, &old, NULL));
	}
	return OK;
}

/* An annulled one comes out with the draw that took its place, or on its own hard day. */
static int check_annulled(struct revealing *r)
{
	const struct draw_row *row = &r->row;
	struct draw_row next;
	char day[CLOCK_DAY];

	if (row->revealed_at != 0)
		return life_refuse(r->o, CONFLICT, "作废的抽取 %s 已经揭示", row->id);
	if (life_day(office_now(r->o)) >= row->reveal_by)
		return OK;
	int rc = draw_row_replacing(r->o->db, r->arena, row->key, &next);
	if (rc != OK && rc != NONE)
		return rc;
	if (rc == OK && next.revealed_at != 0)
		return OK;
	clock_day(row->reveal_by * DAY_MS, day);
	return life_refuse(r->o, CONFLICT,
			   "抽取 %s 已作废，它与替代它的抽取%s%s一起揭示，或到 %s（最迟揭示日）",
			   row->id, rc == OK ? " " : "", rc == OK ? next.id : "", day);
}

static int check_state(struct revealing *r)
{
	if (strcmp(r->row.state, "annulled") == 0)
		return check_annulled(r);
	if (strcmp(r->row.state, "frozen") == 0 || strcmp(r->row.state, "opened") == 0)
		return life_refuse(
			r->o, CONFLICT,
			"抽取 %s 还没有抽取，现在不能揭示：随机数产生以后先抽取，mingqian "
			"draw run %s --value …",
			r->row.id, r->row.id);
	if (strcmp(r->row.state, "drawn") != 0)
		return life_wrong_state(r->o, &r->row, "揭示");
	return check_time(r);
}

/* What is sealed is opened because rows say that it is time: ledger_held_write has asked the ledger. */
static int reveal(struct db *db, void *arg)
{
	struct revealing *r = arg;
	char digest[OFFICE_DIGEST];

	(void)db;
	r->document = "";
	TRY(life_find(r->o, r->arena, r->draw, &r->row));
	TRY(check_state(r));
	TRY(r->share ? person_check(r->o, r->o->actor, PERSON_HOLDERS)
		     : person_acts(r->o, PERSON_ACTORS));
	TRY(publish(r, &r->row, r->share));
	TRY(publish_replaced(r));
	const char *text =
		arena_printf(r->arena, "%s%s\n", r->document, r->share ? "escrow" : "operator");
	TRY(office_document(r->o, text, strlen(text), digest));
	return office_log(r->o, "draw.reveal", r->row.id, digest);
}

int life_reveal(struct office *o, struct arena *a, const char *draw, const char *share,
		struct draw_row *ret)
{
	struct revealing r = { .o = o, .arena = a, .draw = draw, .share = share };

	o->why[0] = 0;
	TRY(ledger_held_write(o, share != NULL, reveal, &r));
	*ret = r.row;
	if (ret->live)
		ret->state = "revealed";
	return OK;
}
