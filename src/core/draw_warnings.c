/* core/draw_warnings.c — what is well-formed but will not do: said before the freeze, when it can still
 * be mended. */
#include "core/draw.h"
#include "core/text.h"

/* Above this many steps the search for objects that everybody must avoid is left to the draw itself. */
enum { RECUSAL_STEPS = 50000000, KNOWN = 64 };

/* One conflict, to be sorted by the object's place. */
struct barred {
	uint64_t where;
	uint32_t line; /* index of the conflict */
};

struct collector {
	const struct draw *draw;
	struct draw_warnings *out;
	uint64_t *quotas;      /* at least */
	uint64_t *found;       /* members that a team can be found for */
	struct barred *barred; /* conflicts by object and inspector; NULL: too many */
	uint64_t steps;
	bool certain; /* collects what no relaxation mends */
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

/* Who is left for an object; group[0..count) are its conflicts, by inspector. */
struct left {
	uint32_t people, seniors;
};

static struct left people_left(const struct collector *c, const struct draw_object *o,
			       const struct barred *group, uint32_t count)
{
	const struct draw *d = c->draw;
	uint64_t more = c->certain && relaxes(c, RULES_LIMIT);
	bool rotates = c->certain && relaxes(c, RULES_ROTATION);
	struct left left = { 0 };
	uint32_t next = 0;

	for (uint32_t i = 0; i < d->inspector_count; i++) {
		const struct draw_inspector *one = &d->inspectors[i];
		bool barred = next < count && d->conflicts[group[next].line].who == i;

		if (barred && rotates)
			barred = !span_equal(d->conflicts[group[next].line].reason,
					     SPAN("rotation"));
		next += next < count && d->conflicts[group[next].line].who == i;
		if (barred || one->limit + more == 0 || !draw_eligible(one, o))
			continue;
		left.people++;
		left.seniors += one->senior;
	}
	return left;
}

static bool suffices(struct left left, const struct rules_team *team)
{
	return left.people >= team->need && left.seniors >= team->min_senior &&
	       left.people - left.seniors >= team->min_junior;
}

static void warn_group(struct collector *c, const struct barred *group, uint32_t count)
{
	const struct draw *d = c->draw;
	struct draw_object o;
	const struct rules_team *team;
	struct left left;

	draw_object_at(d, group[0].where, &o);
	team = &d->rules.strata[rules_find(&d->rules, o.stratum)].team;
	left = people_left(c, &o, group, count);
	if (!suffices(left, team))
		warn(c, (struct problem){ .code = WARNING_RECUSED_ALL,
					  .file = CORE_FILE_CONFLICTS,
					  .line = group[count - 1].line + 1,
					  .what = o.id,
					  .have = left.people,
					  .want = team->need });
}

/* The conflicts by object; NULL in *ret if there are too many to look at. */
static int sort_conflicts(const struct draw *d, struct region *r, struct barred **ret)
{
	struct barred *all = region_take(r, d->conflict_count + 1, sizeof(*all));

	if (!all)
		return CORE_FULL;
	for (uint32_t i = 0; i < d->conflict_count; i++)
		all[i] = (struct barred){ d->conflicts[i].where, i };
	barred_sort(NULL, all, d->conflict_count);
	*ret = (uint64_t)d->conflict_count * d->inspector_count > RECUSAL_STEPS ? NULL : all;
	return CORE_OK;
}

/* How many conflicts from `all[i]` on are of its object. */
static uint32_t group_size(const struct draw *d, const struct barred *all, uint32_t i)
{
	uint32_t n = 1;

	while (i + n < d->conflict_count && all[i + n].where == all[i].where)
		n++;
	return n;
}

static void warn_recusals(struct collector *c)
{
	for (uint32_t i = 0, n; i < c->draw->conflict_count; i += n) {
		n = group_size(c->draw, c->barred, i);
		warn_group(c, c->barred + i, n);
	}
}

/* What the search found for a scope and skill without conflicts. */
struct known {
	struct span scope, skill;
	struct left left;
	bool set;
};

static struct left left_without(struct collector *c, const struct draw_object *o,
				struct known known[KNOWN])
{
	static const struct barred nobody = { 0 };
	uint32_t hash = 0;

	for (size_t i = 0; i < o->scope.len; i++)
		hash = hash * 31 + (unsigned char)o->scope.at[i];
	for (size_t i = 0; i < o->skill.len; i++)
		hash = hash * 31 + (unsigned char)o->skill.at[i];
	struct known *k = &known[hash % KNOWN];
	if (!k->set || !span_equal(k->scope, o->scope) || !span_equal(k->skill, o->skill)) {
		*k = (struct known){ o->scope, o->skill, people_left(c, o, &nobody, 0), true };
		c->steps += c->draw->inspector_count;
	}
	return k->left;
}

/* Counts in found[stratum] the objects that a team can be found for; false if it takes too long. */
static bool count_staffed(struct collector *c, uint64_t *found)
{
	const struct draw *d = c->draw;
	struct span text = d->files.file[CORE_FILE_OBJECTS], line;
	struct known known[KNOWN] = { 0 };
	const char *start = text.at;
	uint32_t next = 0;

	while (text_line(&text, &line)) {
		uint64_t where = (uint64_t)(line.at - start);
		struct draw_object o;
		struct left left;

		list_object(line, &o);
		if (next < d->conflict_count && c->barred[next].where == where) {
			uint32_t n = group_size(d, c->barred, next);
			left = people_left(c, &o, c->barred + next, n);
			next += n;
		} else {
			left = left_without(c, &o, known);
		}
		if (c->steps > RECUSAL_STEPS)
			return false;
		uint32_t stratum = (uint32_t)rules_find(&d->rules, o.stratum);
		struct rules_team team = team_of(c, stratum);
		found[stratum] += suffices(left, &team);
	}
	return true;
}

/* More must be drawn of a stratum than there are objects that a team can go to. */
static void warn_unstaffed(struct collector *c)
{
	const struct rules *rules = &c->draw->rules;

	memset(c->found, 0, rules->stratum_count * sizeof(*c->found));
	if (!c->barred || !count_staffed(c, c->found))
		return;
	for (uint32_t i = 0; i < rules->stratum_count; i++) {
		if (c->found[i] < least_drawn(c, i))
			warn(c, (struct problem){ .code = WARNING_UNSTAFFED,
						  .file = CORE_FILE_RULES,
						  .line = rules->strata[i].line,
						  .what = rules->strata[i].name,
						  .have = c->found[i],
						  .want = c->quotas[i] });
	}
}

static bool has_control(struct span line)
{
	for (size_t i = 0; i < line.len; i++) {
		unsigned char byte = (unsigned char)line.at[i];

		if ((byte < 0x20 && byte != '\t') || byte == 0x7f)
			return true;
	}
	return false;
}

/* The specification lets them stand, so that they can only be told. */
static void warn_controls(struct collector *c)
{
	struct span text = c->draw->files.file[CORE_FILE_OBJECTS], line;

	for (uint64_t number = 1; text_line(&text, &line); number++) {
		struct draw_object o;

		if (!has_control(line))
			continue;
		list_object(line, &o);
		warn(c, (struct problem){ .code = WARNING_CONTROL,
					  .file = CORE_FILE_OBJECTS,
					  .line = number,
					  .what = o.id });
	}
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
	if (drawn > 0 && c->draw->inspector_count == 0) {
		warn_nobody(c);
	} else if (drawn > 0) {
		uint32_t before = c->out->certain_count;

		warn_people(c);
		if (c->out->certain_count == before)
			warn_unstaffed(c);
	}
}

int draw_warnings(const struct draw *d, struct region *r, struct draw_warnings *ret)
{
	struct draw_warnings out = { 0 };
	struct collector c = { .draw = d, .out = &out };

	out.items = region_take(r, DRAW_MOST_WARNINGS, sizeof(*out.items));
	out.certain = region_take(r, DRAW_MOST_WARNINGS, sizeof(*out.certain));
	c.quotas = region_take(r, d->rules.stratum_count, sizeof(*c.quotas));
	c.found = region_take(r, d->rules.stratum_count, sizeof(*c.found));
	if (!out.items || !out.certain || !c.quotas || !c.found)
		return CORE_FULL;
	CORE_TRY(sort_conflicts(d, r, &c.barred));
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
		if (c.barred)
			warn_recusals(&c);
	}
	warn_controls(&c);
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
