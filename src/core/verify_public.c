/* core/verify_public.c — the team column of a public form, which has no conflicts.tsv: who was chosen
 * cannot be computed, but everybody named must exist, be different, fit scope, skill, grade and limit,
 * and all members of a trip must have one team. */
#include "core/text.h"
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

static void check_team(struct team_check *p, uint32_t trip, struct span team, uint64_t where)
{
	const struct rules *rules = &p->v->draw.rules;
	const struct assign_visit *visit = &p->teams.problem.visits[trip];
	struct draw_object object;
	uint32_t seniors = 0, juniors = 0;
	bool enough;

	draw_object_at(&p->v->draw, where, &object);
	while (team.len > 0) {
		struct span id;
		bool senior;

		span_cut(&team, ',', &id);
		if (!take_member(p, trip, id, &object, &senior))
			return;
		seniors += senior;
		juniors += !senior;
	}
	enough = seniors >= visit->min_senior && juniors >= visit->min_junior;
	if (!enough && relaxes(rules, RULES_SECOND))
		enough = seniors >= 1;
	if (!enough || seniors + juniors != visit->need)
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

static bool within_limits(const struct team_check *p, struct span *who)
{
	const struct draw *d = &p->v->draw;
	uint64_t more = relaxes(&d->rules, RULES_LIMIT);

	for (uint32_t i = 0; i < d->inspector_count; i++) {
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

int verify_public_teams(struct verifier *v, const struct draw_selection *selection)
{
	struct team_check p = { .v = v };
	const struct draw *d = &v->draw;
	struct span who = { 0 };

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
	if (!within_limits(&p, &who))
		return say_wrong(v, SPAN("有人的任务超过上限"), who);
	CORE_TRY(verify_say(v));
	write_number(&v->text, p.teams.problem.visit_count);
	write_span(
		&v->text,
		p.any ? SPAN(" 次检查的检查组：人员、人数、级别、辖区、资格、上限都合规则；回避和"
			     "是否唯一没有核验")
		      : SPAN(" 次检查都没有检查组；是不是组不成没有核验"));
	return verify_put(v, "teams", VERIFY_UNKNOWN, SPAN(HOW_AUDIT));
}
