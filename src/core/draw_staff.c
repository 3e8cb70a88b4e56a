/* core/draw_staff.c — who goes where no assignment exists: the part that the rules allow, then circle by circle. */
#include "core/draw_staff.h"

#include "core/assign.h"
#include "core/bytes.h"

enum { CIRCLES = 6, KEEPING = 3 }; /* of which the first keep the grade minimums */

struct staffing {
	const struct draw *draw;
	const struct draw_teams *teams;
	struct region *region;
	struct assign_problem circle[CIRCLES];
	uint32_t *load;
	struct draw_staffed out;
};

static int take_arrays(struct staffing *s)
{
	const struct assign_problem *p = &s->teams->problem;
	uint64_t places = 0;

	s->out.start = region_take_raw(s->region, p->visit_count, sizeof(*s->out.start));
	s->out.count = region_take(s->region, p->visit_count, sizeof(*s->out.count));
	if (!s->out.start || !s->out.count)
		return CORE_FULL;
	for (uint32_t v = 0; v < p->visit_count; v++) {
		s->out.start[v] = (uint32_t)places;
		places += p->visits[v].need;
		if (places >= UINT32_MAX)
			return CORE_FULL;
	}
	s->out.members = region_take_raw(s->region, places, sizeof(*s->out.members));
	s->out.beyond = region_take(s->region, places, sizeof(*s->out.beyond));
	return s->out.members && s->out.beyond ? CORE_OK : CORE_FULL;
}

/* The trips taken, solved as a problem of their own. */
static int solve_declared(struct staffing *s, const bool *taken)
{
	struct assign_problem part = s->teams->problem;
	struct assign_visit *visits = region_take_raw(s->region, part.visit_count, sizeof(*visits));
	uint32_t *index = region_take_raw(s->region, part.visit_count, sizeof(*index));
	struct assign_result result;
	uint32_t n = 0;

	if (!visits || !index)
		return CORE_FULL;
	for (uint32_t v = 0; v < part.visit_count; v++) {
		if (!taken[v])
			continue;
		visits[n] = part.visits[v];
		index[n++] = v;
	}
	part.visits = visits;
	part.visit_count = n;
	int rc = assign_solve(&part, s->region, &result);
	CORE_ASSERT(rc != CORE_INFEASIBLE);
	CORE_TRY(rc);
	for (uint32_t k = 0; k < n; k++) {
		uint32_t *team = s->out.members + s->out.start[index[k]];

		s->out.count[index[k]] = visits[k].need;
		for (uint32_t i = 0; i < visits[k].need; i++)
			team[i] = result.members[result.team_start[k] + i];
		s->out.places += visits[k].need;
	}
	s->out.trips = s->out.declared = n;
	s->load = result.load;
	return CORE_OK;
}

/* The same problem with the grade minimums given up. */
static int give_up_minimums(struct staffing *s, const struct assign_problem *from,
			    struct assign_problem *ret)
{
	struct assign_visit *visits =
		region_take_raw(s->region, from->visit_count, sizeof(*visits));

	if (!visits)
		return CORE_FULL;
	for (uint32_t v = 0; v < from->visit_count; v++) {
		visits[v] = from->visits[v];
		visits[v].min_senior = visits[v].min_junior = 0;
	}
	*ret = *from;
	ret->visits = visits;
	return CORE_OK;
}

/* Everybody goes everywhere: recusals of people from other scopes count too, so the problem is made again. */
static int widen(struct staffing *s, const struct draw_seed *seed,
		 const struct draw_selection *selection, struct assign_problem *ret)
{
	struct draw wide = *s->draw;
	struct draw_inspector *people =
		region_take_raw(s->region, wide.inspector_count, sizeof(*people));
	struct draw_teams teams;

	if (!people)
		return CORE_FULL;
	for (uint32_t i = 0; i < wide.inspector_count; i++) {
		people[i] = s->draw->inspectors[i];
		people[i].scopes = SPAN("");
	}
	wide.inspectors = people;
	CORE_TRY(draw_teams_prepare(&wide, seed, selection, s->teams->relaxed, s->region, &teams));
	CORE_ASSERT(teams.problem.visit_count == s->teams->problem.visit_count);
	*ret = teams.problem;
	return CORE_OK;
}

static int make_circles(struct staffing *s, const struct draw_seed *seed,
			const struct draw_selection *selection)
{
	struct assign_problem *c = s->circle;
	uint32_t count = s->draw->inspector_count;
	struct assign_inspector *free = region_take_raw(s->region, count, sizeof(*free));

	if (!free)
		return CORE_FULL;
	c[0] = s->teams->problem;
	CORE_TRY(widen(s, seed, selection, &c[1]));
	c[2] = c[1];
	for (uint32_t i = 0; i < count; i++) {
		free[i] = c[1].inspectors[i];
		free[i].limit = UINT32_MAX;
	}
	c[2].inspectors = free;
	CORE_TRY(give_up_minimums(s, &c[0], &c[3]));
	CORE_TRY(give_up_minimums(s, &c[1], &c[4]));
	c[5] = c[4];
	c[5].inspectors = free;
	return CORE_OK;
}

static uint8_t beyond(const struct staffing *s, uint32_t trip, uint32_t who, uint32_t circle)
{
	const struct assign_problem *p = &s->teams->problem;
	struct draw_object first;
	uint64_t offset = 0;
	bool found = draw_find_object(s->draw, p->visits[trip].id, &offset);
	uint8_t bits = circle < KEEPING ? 0 : STAFF_GRADE;

	CORE_ASSERT(found);
	draw_object_at(s->draw, offset, &first);
	if (!draw_eligible(&s->draw->inspectors[who], &first))
		bits |= STAFF_SCOPE;
	if (s->load[who] >= p->inspectors[who].limit)
		bits |= STAFF_LIMIT;
	return bits;
}

/* Finds who takes the next place; -1 if there is nobody left. */
static int64_t next_member(const struct staffing *s, uint32_t trip, const uint32_t *team,
			   uint32_t count, uint32_t *circle)
{
	for (*circle = 0; *circle < CIRCLES; ++*circle) {
		const struct assign_problem *p = &s->circle[*circle];
		int64_t who = assign_replacement(p, trip, p->visits[trip].id, team, count, s->load);

		if (who >= 0)
			return who;
	}
	return -1;
}

static void count_beyond(struct draw_staffed *out, uint8_t bits)
{
	out->exceptions += bits != 0;
	out->scope += (bits & STAFF_SCOPE) != 0;
	out->limit += (bits & STAFF_LIMIT) != 0;
	out->grade += (bits & STAFF_GRADE) != 0;
}

static void fill_trip(struct staffing *s, uint32_t trip)
{
	uint32_t need = s->teams->problem.visits[trip].need, circle;
	uint32_t *team = s->out.members + s->out.start[trip];
	uint8_t *bits = s->out.beyond + s->out.start[trip];

	for (uint32_t n = 0; n < need; n++) {
		int64_t who = next_member(s, trip, team, n, &circle);

		if (who < 0) {
			while (n > 0)
				s->load[team[--n]]--;
			return;
		}
		team[n] = (uint32_t)who;
		bits[n] = beyond(s, trip, team[n], circle);
		s->load[who]++;
	}
	for (uint32_t n = 0; n < need; n++)
		count_beyond(&s->out, bits[n]);
	s->out.count[trip] = need;
	s->out.places += need;
	s->out.trips++;
}

int draw_staff(const struct draw *d, const struct draw_seed *seed,
	       const struct draw_selection *selection, const struct draw_teams *teams,
	       struct region *r, struct draw_staffed *ret)
{
	struct staffing s = { .draw = d, .teams = teams, .region = r };
	uint32_t count = teams->problem.visit_count, *order;
	bool *taken = region_take(r, count, sizeof(*taken));

	CORE_ASSERT(!teams->feasible);
	if (!taken)
		return CORE_FULL;
	CORE_TRY(take_arrays(&s));
	CORE_TRY(assign_order(&teams->problem, r, &order));
	CORE_TRY(assign_most(&teams->problem, order, r, taken));
	CORE_TRY(solve_declared(&s, taken));
	CORE_TRY(make_circles(&s, seed, selection));
	for (uint32_t k = 0; k < count; k++)
		if (!taken[order[k]])
			fill_trip(&s, order[k]);
	*ret = s.out;
	return CORE_OK;
}

/* A drawn object on its way into a line. */
struct line {
	uint64_t where;
	uint32_t trip;
};

static inline bool line_before(const void *none, const struct line *a, const struct line *b)
{
	(void)none;
	return a->where < b->where;
}

#define SORT_NAME line
#define SORT_TYPE struct line
#define SORT_CONTEXT const void *
#define SORT_LESS line_before
#include "core/sort.inc"

static void write_beyond(struct writer *w, struct span id, uint8_t bits)
{
	static const struct span words[] = { SPAN_INIT("scope"), SPAN_INIT("limit"),
					     SPAN_INIT("grade") };
	bool more = false;

	write_span(w, id);
	for (uint32_t k = 0; k < CORE_COUNT(words); k++) {
		if ((bits >> k & 1) == 0)
			continue;
		write_char(w, more ? '+' : ':');
		write_span(w, words[k]);
		more = true;
	}
}

static void write_line(const struct draw *d, const struct draw_staffed *s, const struct line *l,
		       struct writer *w)
{
	const uint32_t *team = s->members + s->start[l->trip];
	const uint8_t *bits = s->beyond + s->start[l->trip];
	uint32_t count = s->count[l->trip];
	bool more = false;

	write_span(w, draw_id_at(d, l->where));
	for (uint32_t i = 0; i < count; i++) {
		write_char(w, i == 0 ? '\t' : ',');
		write_span(w, d->inspectors[team[i]].id);
	}
	for (uint32_t i = 0; i < count; i++) {
		if (bits[i] == 0)
			continue;
		write_char(w, more ? ',' : '\t');
		write_beyond(w, d->inspectors[team[i]].id, bits[i]);
		more = true;
	}
	write_char(w, '\n');
}

/* Room that a line takes at most. */
static size_t line_room(const struct draw *d, const struct draw_staffed *s, const struct line *l)
{
	size_t room = draw_id_at(d, l->where).len + 1;

	for (uint32_t i = 0; i < s->count[l->trip]; i++)
		room += 2 * d->inspectors[s->members[s->start[l->trip] + i]].id.len +
			sizeof(",,:scope+limit+grade");
	return room;
}

int draw_staff_text(const struct draw *d, const struct draw_teams *teams,
		    const struct draw_staffed *staffed, struct region *r, struct span *ret)
{
	struct line *lines = region_take_raw(r, teams->drawn_count, sizeof(*lines));
	struct writer w = { 0 };

	if (!lines)
		return CORE_FULL;
	for (uint32_t i = 0; i < teams->drawn_count; i++) {
		lines[i] = (struct line){ teams->drawn[i], teams->trip_of[i] };
		w.size += line_room(d, staffed, &lines[i]);
	}
	line_sort(NULL, lines, teams->drawn_count);
	w.at = region_take_raw(r, w.size, 1);
	if (!w.at)
		return CORE_FULL;
	for (uint32_t i = 0; i < teams->drawn_count; i++)
		write_line(d, staffed, &lines[i], &w);
	CORE_ASSERT(!w.full);
	*ret = (struct span){ w.at, w.len };
	return CORE_OK;
}
