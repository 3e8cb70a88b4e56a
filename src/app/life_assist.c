/* app/life_assist.c — one of the frozen pool comes to a visit. */
#include "app/life_assist.h"

#include "app/life_documents.h"
#include "app/life_person.h"
#include "app/life_prepare.h"
#include "app/life_visit.h"
#include "app/person.h"
#include "base/status.h"
#include "core/lists.h"
#include "core/text.h"
#include "core/ticket.h"
#include "core/draw.h"

#include <string.h>

enum { COLUMNS = 5, TEXT_ROOM = 256, POOL_MOST = 64 << 20, DIGEST_HEX = 64, SEED_HEX = 64 };

struct assisting {
	struct office *o;
	struct arena *arena;
	const struct life_assist *in;
	struct visit_row visit;
	struct draw_row row;
	struct life_site site;
	struct span pool; /* assistants.tsv */
	struct visit_assistant *there;
	size_t there_count;
	const char *who;
};

/* A person of the pool. */
struct person {
	struct span id, pool, districts, skills, targets;
};

static bool next_person(struct span *pool, struct person *ret)
{
	struct span line, cell[COLUMNS];

	if (!text_line(pool, &line))
		return false;
	for (size_t i = 0; i < COLUMNS; i++)
		span_cut(&line, '\t', &cell[i]);
	*ret = (struct person){ cell[0], cell[1], cell[2], cell[3], cell[4] };
	return true;
}

static int load_file(struct assisting *s, const char *name, struct span *ret)
{
	CLEANUP(buf_release) struct buf bytes;

	buf_init(&bytes, POOL_MOST);
	TRY(life_file_get(s->o, &s->row, name, &bytes));
	*ret = (struct span){ arena_mem(s->arena, buf_text(&bytes), bytes.len), bytes.len };
	return OK;
}

static int load(struct assisting *s)
{
	TRY(person_acts(s->o, PERSON_ACTORS));
	TRY(life_visit_find(s->o, s->arena, s->in->visit, &s->visit));
	if (strcmp(s->visit.state, "planned") != 0 && strcmp(s->visit.state, "accepted") != 0)
		return life_refuse(s->o, CONFLICT, "检查任务 %s 已经结束，不能再请人协助",
				   s->visit.id);
	if (s->visit.draw == 0)
		return life_refuse(s->o, INVALID, "检查任务 %s 不是抽取产生的", s->visit.id);
	/* Who may come and who may not would tell where the visit goes. */
	if (strcmp(s->visit.state, "accepted") != 0)
		return life_refuse(
			s->o, CONFLICT,
			"检查任务 %s 还封存着：由检查组接收（visits accept）以后，才能请人协助",
			s->visit.id);
	TRY(draw_row_by_key(s->o->db, s->arena, s->visit.draw, &s->row));
	TRY(life_site_open(s->o, s->arena, &s->visit, &s->site));
	TRY(load_file(s, LIFE_ASSISTANTS, &s->pool));
	return visit_assistant_list(s->o->db, s->arena, s->visit.id, &s->there, &s->there_count);
}

static bool must_avoid(const struct assisting *s, const struct person *p)
{
	struct span rest = p->targets, one;

	while (rest.len > 0) {
		span_cut(&rest, ';', &one);
		if (span_equal(one, s->site.id) || span_equal(one, s->site.name))
			return true;
	}
	return false;
}

/* Why somebody of the pool cannot come; NULL if he can. */
static const char *hindrance(const struct assisting *s, const struct person *p)
{
	if (p->districts.len > 0 && s->site.scope.len > 0 && !list_has(p->districts, s->site.scope))
		return "不在这个县区";
	if (must_avoid(s, p))
		return "须回避这家单位";
	for (size_t i = 0; i < s->there_count; i++)
		if (span_equal(span_of(s->there[i].assistant), p->id))
			return "已经请来";
	return NULL;
}

/* The lowest ticket under R "/assist/" object. */
static int find_lowest(struct assisting *s)
{
	struct span seed, rest = s->pool;
	struct person p, best = { .id = SPAN("") };
	uint8_t digest[SHA256_SIZE], lowest[SHA256_SIZE];
	struct ticket_seed tickets;
	char text[TEXT_ROOM];
	struct writer w = { text, sizeof(text), 0, false };

	TRY(load_file(s, core_file_name(CORE_FILE_SEED), &seed));
	if (seed.len < SEED_HEX)
		return INVALID;
	write_span(&w, (struct span){ seed.at, SEED_HEX });
	write_literal(&w, "/assist/");
	write_span(&w, s->site.id);
	ticket_seed_init(&tickets, (struct span){ text, w.len });
	while (next_person(&rest, &p)) {
		if (s->in->pool && !span_equal(p.pool, span_of(s->in->pool)))
			continue;
		if (hindrance(s, &p))
			continue;
		ticket_digest(&tickets, p.id, digest);
		if (best.id.len > 0 && ticket_compare(digest, lowest) >= 0)
			continue;
		best = p;
		memcpy(lowest, digest, sizeof(lowest));
	}
	if (best.id.len == 0)
		return life_refuse(
			s->o, NONE,
			"锁定时的专家库里没有能来的人（库名、县区、回避、保密和回避声明都要"
			"符合）：请先补充专家库，下次锁定后生效");
	s->who = arena_mem(s->arena, best.id.at, best.id.len);
	return OK;
}

static int find_chosen(struct assisting *s)
{
	struct span rest = s->pool;
	struct person p;

	while (next_person(&rest, &p)) {
		if (!span_equal(p.id, span_of(s->in->assistant)))
			continue;
		const char *why = hindrance(s, &p);
		if (why)
			return life_refuse(s->o, CONFLICT, "%s 不能来：%s", s->in->assistant, why);
		s->who = s->in->assistant;
		return OK;
	}
	return life_refuse(s->o, NONE,
			   "锁定时的专家库里没有 %s：专家、第三方人员要先在名录里登记并交保密和"
			   "回避声明；执法人员不能当专家",
			   s->in->assistant);
}

static int keep(struct assisting *s, const char *how)
{
	const struct life_assist *in = s->in;
	const struct visit_assistant row = { .visit = s->visit.id,
					     .assistant = s->who,
					     .how = how,
					     .at = office_now(s->o),
					     .actor = s->o->actor,
					     .approver = in->approver ? in->approver : "" };
	char said[OFFICE_DIGEST], digest[OFFICE_DIGEST];

	TRY(visit_assistant_add(s->o->db, &row));
	TRY(life_words(s->o, s->arena, s->visit.id, in->reason ? in->reason : "", said));
	const char *text =
		arena_printf(s->arena, "%swords %s\n", life_document_assist(s->arena, &row), said);
	TRY(office_document(s->o, text, strlen(text), digest));
	return office_log(s->o, "visit.assist", s->visit.id, digest);
}

static int draw(struct db *db, void *arg)
{
	struct assisting *s = arg;

	(void)db;
	TRY(load(s));
	TRY(find_lowest(s));
	return keep(s, "drawn");
}

int life_assist_draw(struct office *o, struct arena *a, const struct life_assist *in,
		     const char **ret)
{
	struct assisting s = { .o = o, .arena = a, .in = in };

	o->why[0] = 0;
	TRY(office_write(o, draw, &s));
	*ret = s.who;
	return OK;
}

static int choose(struct db *db, void *arg)
{
	struct assisting *s = arg;

	(void)db;
	TRY(load(s));
	TRY(life_person_other(s->o, s->in->approver));
	TRY(find_chosen(s));
	return keep(s, "chosen");
}

int life_assist_choose(struct office *o, struct arena *a, const struct life_assist *in)
{
	struct assisting s = { .o = o, .arena = a, .in = in };

	o->why[0] = 0;
	TRY(office_reason(o, in->reason));
	if (!in->approver || !*in->approver)
		return life_refuse(o, FORBIDDEN, "指定专家要另一人批准：--approver");
	return office_write(o, choose, &s);
}

struct opinion {
	struct office *o;
	struct arena *arena;
	const struct visit_row *visit;
	struct visit_assistant row;
};

static int keep_opinion(struct db *db, void *arg)
{
	struct opinion *in = arg;

	TRY(life_visit_teller(in->o, in->arena, in->visit, "登记意见"));
	in->row.opinion_at = office_now(in->o);
	int rc = visit_assistant_opinion(db, &in->row);
	if (rc == CONFLICT)
		return life_refuse(in->o, rc, "%s 没有协助这项检查，或者已经交过意见",
				   in->row.assistant);
	TRY(rc);
	return office_log(in->o, "visit.opinion", in->row.visit, in->row.opinion);
}

int life_assist_opinion(struct office *o, struct arena *a, const char *visit, const char *assistant,
			const char *digest)
{
	struct visit_row v;
	struct opinion in = {
		o, a, &v, { .visit = visit, .assistant = assistant, .opinion = digest }
	};

	o->why[0] = 0;
	if (!text_is_hex(span_of(digest), DIGEST_HEX))
		return life_refuse(o, INVALID, "请指明签过字的意见文件");
	TRY(life_visit_find(o, a, visit, &v));
	return office_write(o, keep_opinion, &in);
}
