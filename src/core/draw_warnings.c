/* core/draw_warnings.c — what is well-formed but will not do: said before the freeze, when it can still
 * be mended. */
#include "core/draw.h"
#include "core/text.h"

/* Above this many steps the search for objects that everybody must avoid is left to the draw itself. */
enum { RECUSAL_STEPS = 50000000 };

struct collector {
	const struct draw *draw;
	struct draw_warnings *out;
	uint64_t *quotas; /* at least */
	bool certain;     /* collects what no relaxation mends */
};

static void warn(struct collector *c, struct problem p)
{
	if (c->certain && c->out->certain_count < DRAW_MOST_WARNINGS)
		c->out->certain[c->out->certain_count++] = p;
	if (c->certain)
		return;
	if (c->out->count == DRAW_MOST_WARNINGS)
		c->out->more++;
	else
		c->out->items[c->out->count++] = p;
}

static uint64_t least_drawn(const struct collector *c, uint32_t stratum)
{
	uint64_t members = c->draw->members[stratum];

	return c->quotas[stratum] < members ? c->quotas[stratum] : members;
}

static void warn_strata(struct collector *c)
{
	const struct rules *rules = &c->draw->rules;

	for (uint32_t i = 0; i < rules->stratum_count; i++) {
		struct problem p = { .file = CORE_FILE_RULES,
				     .line = rules->strata[i].line,
				     .what = rules->strata[i].name,
				     .have = c->draw->members[i],
				     .want = c->quotas[i] };

		p.code = p.want > p.have ? WARNING_SHORTFALL : WARNING_STRATUM_EMPTY;
		if (p.want > p.have || (p.have == 0 && !c->certain))
			warn(c, p);
	}
}

static bool relaxes(const struct collector *c, enum rules_relax kind)
{
	const struct rules *rules = &c->draw->rules;

	for (uint32_t i = 0; i < rules->relax_count; i++) {
		if (rules->relax[i] == kind)
			return true;
	}
	return false;
}

struct room {
	uint64_t limits;
	uint32_t people, seniors, juniors; /* with a limit above 0 */
};

static struct room count_room(struct collector *c)
{
	const struct draw *d = c->draw;
	uint64_t more = c->certain && relaxes(c, RULES_LIMIT);
	struct room room = { 0 };

	for (uint32_t i = 0; i < d->inspector_count; i++) {
		const struct draw_inspector *one = &d->inspectors[i];
		uint64_t limit = one->limit + more;

		room.limits += limit;
		room.people += limit > 0;
		room.seniors += limit > 0 && one->senior;
		room.juniors += limit > 0 && !one->senior;
		if (limit == 0 && !c->certain)
			warn(c, (struct problem){ .code = WARNING_LIMIT_ZERO,
						  .file = CORE_FILE_INSPECTORS,
						  .line = i + 1,
						  .what = one->id });
	}
	return room;
}

static void warn_room(struct collector *c, enum problem_code code, uint64_t have, uint64_t want)
{
	warn(c, (struct problem){
			.code = code, .file = CORE_FILE_INSPECTORS, .have = have, .want = want });
}

/* What a stratum's team needs, relaxed as far as the rules go where only the certain counts. */
static struct rules_team team_of(const struct collector *c, uint32_t stratum)
{
	struct rules_team team = c->draw->rules.strata[stratum].team;

	if (c->certain && relaxes(c, RULES_SECOND)) {
		team.min_senior = team.min_senior < 1 ? team.min_senior : 1;
		team.min_junior = 0;
	}
	return team;
}

/* An inspection by one person alone is no inspection by law; dr1 itself does not forbid it. */
static void warn_lonely(struct collector *c)
{
	const struct rules *rules = &c->draw->rules;

	for (uint32_t i = 0; i < rules->stratum_count; i++) {
		if (rules->strata[i].team.need > 1 || least_drawn(c, i) == 0)
			continue;
		warn(c, (struct problem){ .code = WARNING_TEAM_ONE,
					  .file = CORE_FILE_RULES,
					  .what = rules->strata[i].name });
		return;
	}
}

/* The most that any drawn stratum asks for, and the places of all trips if trips are as full as can be. */
static void warn_people(struct collector *c)
{
	const struct rules *rules = &c->draw->rules;
	uint64_t bundle = rules->bundle > 0 ? rules->bundle : 1, places = 0;
	struct rules_team most = { 0 };
	struct room room = count_room(c);

	for (uint32_t i = 0; i < rules->stratum_count; i++) {
		const struct rules_team one = team_of(c, i), *team = &one;
		uint64_t drawn = least_drawn(c, i);

		if (drawn == 0)
			continue;
		places += (drawn + bundle - 1) / bundle * team->need;
		most.need = team->need > most.need ? team->need : most.need;
		most.min_senior =
			team->min_senior > most.min_senior ? team->min_senior : most.min_senior;
		most.min_junior =
			team->min_junior > most.min_junior ? team->min_junior : most.min_junior;
	}
	if (room.seniors == 0 && most.min_senior > 0)
		warn_room(c, WARNING_NO_SENIOR, 0, most.min_senior);
	if (room.juniors == 0 && most.min_junior > 0)
		warn_room(c, WARNING_NO_JUNIOR, 0, most.min_junior);
	if (room.people < most.need)
		warn_room(c, WARNING_FEW_PEOPLE, room.people, most.need);
	if (room.limits < places)
		warn_room(c, WARNING_NO_ROOM, room.limits, places);
}

/* True if somebody may work in the scope. */
static bool scope_served(const struct draw *d, struct span scope)
{
	for (uint32_t i = 0; i < d->inspector_count; i++) {
		struct span scopes = d->inspectors[i].scopes;

		if (scopes.len == 0 || list_has(scopes, scope))
			return true;
	}
	return false;
}

/* Walks the objects; a scope is looked up when it differs from the last served and the last unserved. */
static void warn_scopes(struct collector *c)
{
	struct span text = c->draw->files.file[CORE_FILE_OBJECTS], line;
	struct span served = { 0 }, unserved = { 0 };

	for (uint64_t number = 1; text_line(&text, &line); number++) {
		struct draw_object o;

		list_object(line, &o);
		if (o.scope.len == 0 || span_equal(o.scope, served) ||
		    span_equal(o.scope, unserved))
			continue;
		if (scope_served(c->draw, o.scope)) {
			served = o.scope;
			continue;
		}
		unserved = o.scope;
		warn(c, (struct problem){ .code = WARNING_SCOPE_NOBODY,
					  .file = CORE_FILE_OBJECTS,
					  .line = number,
					  .what = o.id });
	}
}

struct barred {
	uint64_t where;
	uint32_t line; /* index of the conflict */
};

static inline bool barred_before(const void *none, const struct barred *a, const struct barred *b)
{
	(void)none;
	return a->where != b->where ? a->where < b->where : a->line < b->line;
}

#define SORT_NAME barred
#define SORT_TYPE struct barred
#define SORT_CONTEXT const void *
#define SORT_LESS barred_before
#include "core/sort.inc"

/* group[0..count) are the conflicts of one object, by inspector. */
static void warn_group(struct collector *c, const struct barred *group, uint32_t count)
{
	const struct draw *d = c->draw;
	struct draw_object o;
	uint32_t seniors = 0, people = 0, next = 0;
	const struct rules_team *team;

	draw_object_at(d, group[0].where, &o);
	team = &d->rules.strata[rules_find(&d->rules, o.stratum)].team;
	for (uint32_t i = 0; i < d->inspector_count; i++) {
		bool barred = next < count && d->conflicts[group[next].line].who == i;

		next += barred;
		if (barred || d->inspectors[i].limit == 0 || !draw_eligible(&d->inspectors[i], &o))
			continue;
		people++;
		seniors += d->inspectors[i].senior;
	}
	if (people < team->need || seniors < team->min_senior ||
	    people - seniors < team->min_junior)
		warn(c, (struct problem){ .code = WARNING_RECUSED_ALL,
					  .file = CORE_FILE_CONFLICTS,
					  .line = group[count - 1].line + 1,
					  .what = o.id,
					  .have = people,
					  .want = team->need });
}

static int warn_recusals(struct collector *c, struct region *r)
{
	const struct draw *d = c->draw;
	struct barred *all = region_take(r, d->conflict_count, sizeof(*all));

	if (!all)
		return CORE_FULL;
	for (uint32_t i = 0; i < d->conflict_count; i++)
		all[i] = (struct barred){ d->conflicts[i].where, i };
	barred_sort(NULL, all, d->conflict_count);
	if ((uint64_t)d->conflict_count * d->inspector_count > RECUSAL_STEPS)
		return CORE_OK;
	for (uint32_t i = 0, n; i < d->conflict_count; i += n) {
		n = 1;
		while (i + n < d->conflict_count && all[i + n].where == all[i].where)
			n++;
		warn_group(c, all + i, n);
	}
	return CORE_OK;
}

static void warn_nobody(struct collector *c)
{
	warn(c, (struct problem){ .code = WARNING_NO_INSPECTORS, .file = CORE_FILE_INSPECTORS });
}

/* Once more, asking only for what cannot be whatever happens. */
static void collect_certain(struct collector *c)
{
	uint64_t drawn = 0;

	c->certain = true;
	warn_strata(c);
	for (uint32_t i = 0; i < c->draw->rules.stratum_count; i++)
		drawn += least_drawn(c, i);
	if (drawn > 0 && c->draw->inspector_count == 0)
		warn_nobody(c);
	else if (drawn > 0)
		warn_people(c);
}

int draw_warnings(const struct draw *d, struct region *r, struct draw_warnings *ret)
{
	struct draw_warnings out = { 0 };
	struct collector c = { .draw = d, .out = &out };

	out.items = region_take(r, DRAW_MOST_WARNINGS, sizeof(*out.items));
	out.certain = region_take(r, DRAW_MOST_WARNINGS, sizeof(*out.certain));
	c.quotas = region_take(r, d->rules.stratum_count, sizeof(*c.quotas));
	if (!out.items || !out.certain || !c.quotas)
		return CORE_FULL;
	rules_quotas_least(&d->rules, d->members, c.quotas, NULL);
	if (d->object_count == 0)
		warn(&c, (struct problem){ .code = WARNING_NO_OBJECTS, .file = CORE_FILE_OBJECTS });
	warn_strata(&c);
	warn_lonely(&c);
	if (d->inspector_count == 0) {
		warn_nobody(&c);
	} else {
		warn_people(&c);
		warn_scopes(&c);
		CORE_TRY(warn_recusals(&c, r));
	}
	collect_certain(&c);
	*ret = out;
	return CORE_OK;
}

static uint64_t count_lines(struct span text)
{
	struct span line;
	uint64_t lines = 0;

	while (text_line(&text, &line))
		lines++;
	return lines;
}

uint64_t draw_region_estimate(const struct draw_files *files)
{
	uint64_t objects = count_lines(files->file[CORE_FILE_OBJECTS]);
	uint64_t drawn = files->file[CORE_FILE_RESULT].at
				 ? count_lines(files->file[CORE_FILE_RESULT])
				 : objects / 4;
	uint64_t people = count_lines(files->file[CORE_FILE_INSPECTORS]);
	uint64_t conflicts = count_lines(files->file[CORE_FILE_CONFLICTS]);

	return (UINT64_C(8) << 20) + 128 * files->file[CORE_FILE_RULES].len +
	       2 * files->file[CORE_FILE_RESULT].len + 1024 * drawn + 512 * people + 96 * conflicts;
}
