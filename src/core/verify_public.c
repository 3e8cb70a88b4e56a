/* core/verify_public.c — the team column of a public form, which has no conflicts.tsv: who was chosen
 * cannot be computed, but everybody named must exist, be different, fit scope, skill, grade and limit, stand
 * in the order of the candidates' tickets, and all members of a trip must have one team. A relaxation that
 * some teams rest on must hold for all; whether it was needed, only the conflicts can tell. */
#include "core/text.h"
#include "core/ticket.h"
#include "core/verify_parts.h"

#define HOW_AUDIT                                                                                  \
	"这是公开版，没有 conflicts.tsv，检查组没有重新算；向审计或纪检取审计版核验，可算出唯一的检查组"

struct team_check {
	struct verifier *v;
	struct draw_teams teams; /* trips only */
	uint32_t *load;
	uint32_t *seen;       /* the trip + 1 in which an inspector was met last */
	struct span *team_of; /* team column of each trip; at == NULL until its first row */
	struct span wrong;    /* id of the first object whose team breaks a rule */
	struct span reason;
	bool any, lacking; /* some rows have a team; some have none */
	uint32_t first_lacking;
	bool second;              /* some team rests on the relaxation `second` */
	bool no_senior;           /* some team has no senior */
	uint32_t first_no_senior; /* its trip */
};

/* The candidates' order for one visit (spec/draw.md 4.2). */
struct order {
	struct ticket_seed tickets;
	uint8_t digest[SHA256_SIZE]; /* of the last member */
	struct span id;              /* the last member; empty before the first */
};

static void refuse(struct team_check *p, uint32_t trip, struct span reason)
{
	if (p->reason.len > 0)
		return;
	p->wrong = p->teams.problem.visits[trip].id;
	p->reason = reason;
}

static bool relaxes(const struct rules *rules, enum rules_relax kind)
{
	for (uint32_t i = 0; i < rules->relax_count; i++) {
		if (rules->relax[i] == kind)
			return true;
	}
	return false;
}

static void order_begin(const struct team_check *p, struct span visit, struct order *ret)
{
	char text[sizeof(p->v->seed.hex) + 6 + TEXT_ID_LONGEST];
	struct writer w = { text, sizeof(text), 0, false };

	write_span(&w, (struct span){ p->v->seed.hex, sizeof(p->v->seed.hex) });
	write_literal(&w, "/team/");
	write_span(&w, visit);
	CORE_ASSERT(!w.full);
	ticket_seed_init(&ret->tickets, (struct span){ text, w.len });
	ret->id = (struct span){ 0 };
}

/* True if the member comes after the one before. */
static bool order_next(struct order *o, struct span id)
{
	uint8_t digest[SHA256_SIZE];
	int order = -1;

	ticket_digest(&o->tickets, id, digest);
	if (o->id.len > 0)
		order = ticket_compare(o->digest, digest);
	if (order == 0)
		order = span_compare(o->id, id);
	memcpy(o->digest, digest, sizeof(digest));
	o->id = id;
	return order < 0;
}

/* Reads one member; false if the id names nobody. */
static bool take_member(struct team_check *p, uint32_t trip, struct span id,
			const struct draw_object *object, bool *senior)
{
	const struct draw *d = &p->v->draw;
	uint32_t who;

	if (!draw_find_inspector(d, id, &who)) {
		refuse(p, trip, SPAN("检查组里有 inspectors.tsv 里没有的人"));
		return false;
	}
	if (p->seen[who] == trip + 1)
		refuse(p, trip, SPAN("检查组里同一人写了两次"));
	p->seen[who] = trip + 1;
	p->load[who]++;
	if (!draw_eligible(&d->inspectors[who], object))
		refuse(p, trip, SPAN("检查组里有不在辖区或没有所需资格的人"));
	*senior = d->inspectors[who].senior;
	return true;
}

/* Whether the team has whom the rules or the relaxation `second` ask for. */
static bool grades_fit(struct team_check *p, uint32_t trip, uint32_t seniors, uint32_t juniors)
{
	const struct assign_visit *visit = &p->teams.problem.visits[trip];

	if (seniors == 0 && !p->no_senior) {
		p->no_senior = true;
		p->first_no_senior = trip;
	}
	if (seniors >= visit->min_senior && juniors >= visit->min_junior)
		return true;
	p->second = true;
	return relaxes(&p->v->draw.rules, RULES_SECOND) && seniors >= 1;
}

static void check_team(struct team_check *p, uint32_t trip, struct span team, uint64_t where)
{
	const struct assign_visit *visit = &p->teams.problem.visits[trip];
	struct draw_object object;
	uint32_t seniors = 0, juniors = 0;
	struct order order;

	draw_object_at(&p->v->draw, where, &object);
	order_begin(p, visit->id, &order);
	while (team.len > 0) {
		struct span id;
		bool senior;

		span_cut(&team, ',', &id);
		if (!take_member(p, trip, id, &object, &senior))
			return;
		if (!order_next(&order, id))
			refuse(p, trip, SPAN("检查组的人没有按票号的次序写"));
		seniors += senior;
		juniors += !senior;
	}
	if (!grades_fit(p, trip, seniors, juniors) || seniors + juniors != visit->need)
		refuse(p, trip, SPAN("检查组的人数或老、新队员人数不合规则"));
}

/* The team column of a recorded row. */
static struct span team_column(struct span result, uint64_t offset)
{
	struct span rest = { result.at + offset, result.len - (size_t)offset }, line, cell;

	text_line(&rest, &line);
	for (int i = 0; i < 6; i++)
		span_cut(&line, '\t', &cell);
	return cell;
}

static void check_row(struct team_check *p, uint32_t drawn)
{
	struct span result = verify_file(p->v, CORE_FILE_RESULT), team;
	uint64_t where = p->teams.drawn[drawn], offset;
	uint32_t trip = p->teams.trip_of[drawn];

	if (!list_find_object(result, draw_id_at(&p->v->draw, where), &offset))
		return;
	team = team_column(result, offset);
	p->any |= team.len > 0;
	if (p->team_of[trip].at) {
		if (!span_equal(p->team_of[trip], team))
			refuse(p, trip, SPAN("同一趟的对象写了不同的检查组"));
		return;
	}
	p->team_of[trip] = team;
	if (team.len > 0) {
		check_team(p, trip, team, where);
		return;
	}
	if (!p->lacking)
		p->first_lacking = trip;
	p->lacking = true;
}

/* Somebody above the limit, or above the relaxed one. *beyond: somebody is above the limit as written. */
static bool within_limits(const struct team_check *p, struct span *who, bool *beyond)
{
	const struct draw *d = &p->v->draw;
	uint64_t more = relaxes(&d->rules, RULES_LIMIT);

	*beyond = false;
	for (uint32_t i = 0; i < d->inspector_count; i++) {
		*beyond |= p->load[i] > d->inspectors[i].limit;
		if (p->load[i] <= d->inspectors[i].limit + more)
			continue;
		*who = d->inspectors[i].id;
		return false;
	}
	return true;
}

static int say_wrong(struct verifier *v, struct span words, struct span id)
{
	CORE_TRY(verify_say(v));
	write_span(&v->text, words);
	write_literal(&v->text, "（如“");
	problem_write_words(id, &v->text);
	write_literal(&v->text, "”）");
	return verify_put(v, "teams", VERIFY_FAILED,
			  SPAN("结果不是由这些名单和随机数算出来的；这次抽取的结果不能作数"));
}

static int say_open(struct verifier *v, const struct team_check *p, bool beyond)
{
	CORE_TRY(verify_say(v));
	write_number(&v->text, p->teams.problem.visit_count);
	if (!p->any) {
		write_literal(&v->text, " 次检查都没有检查组；是不是组不成没有核验");
		return verify_put(v, "teams", VERIFY_UNKNOWN, SPAN(HOW_AUDIT));
	}
	write_literal(&v->text,
		      " 次检查的检查组：人员、人数、级别、辖区、资格、上限、组内次序都合规则");
	if (p->second)
		write_literal(&v->text, "，用到了放宽办法 second");
	if (beyond)
		write_literal(&v->text, "，用到了放宽办法 limit");
	write_literal(&v->text, "；没有核验的：回避、检查组是否唯一的那一种");
	if (v->draw.rules.relax_count > 0)
		write_literal(&v->text, "、放宽是否必须");
	return verify_put(v, "teams", VERIFY_UNKNOWN, SPAN(HOW_AUDIT));
}

/* The relaxations are tried in order, so one that is used brings the earlier ones with it. */
static bool second_holds(const struct team_check *p, bool beyond)
{
	return p->second || (beyond && relaxes(&p->v->draw.rules, RULES_SECOND));
}

int verify_public_teams(struct verifier *v, const struct draw_selection *selection)
{
	struct team_check p = { .v = v };
	const struct draw *d = &v->draw;
	struct span who = { 0 };
	bool beyond;

	CORE_TRY(draw_teams_prepare(d, &v->seed, selection, 0, v->region, &p.teams));
	p.load = region_take(v->region, d->inspector_count, sizeof(*p.load));
	p.seen = region_take(v->region, d->inspector_count, sizeof(*p.seen));
	p.team_of = region_take(v->region, p.teams.problem.visit_count, sizeof(*p.team_of));
	if (!p.load || !p.seen || !p.team_of)
		return CORE_FULL;
	for (uint32_t i = 0; i < p.teams.drawn_count; i++)
		check_row(&p, i);
	if (p.any && p.lacking)
		refuse(&p, p.first_lacking, SPAN("别的对象有检查组，它没有"));
	if (p.reason.len > 0)
		return say_wrong(v, p.reason, p.wrong);
	if (!within_limits(&p, &who, &beyond))
		return say_wrong(v, SPAN("有人的任务超过上限"), who);
	if (second_holds(&p, beyond) && p.no_senior)
		return say_wrong(v, SPAN("放宽办法 second 要求每组有老队员，这一组没有"),
				 p.teams.problem.visits[p.first_no_senior].id);
	return say_open(v, &p, beyond);
}
