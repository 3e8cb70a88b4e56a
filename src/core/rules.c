/* core/rules.c — rules.txt, line by line; each kind of line has its function, and `phase` keeps the
 * order that the format demands. */
#include "core/rules.h"

#include "core/text.h"

enum phase { PHASE_START, PHASE_TEAM, PHASE_BUNDLE, PHASE_RELAX, PHASE_QUOTA };

/* A team line of one stratum; it stands before the stratum's quota, so it waits for it here. */
struct own_team {
	struct span stratum;
	struct rules_team team;
	uint64_t line;
};

struct parser {
	struct rules *rules;
	struct rules_team general;
	struct own_team *teams;
	uint32_t team_count;
	enum phase phase;
	uint64_t line;
	struct problem *problem;
};

static int wrong(struct parser *p, enum problem_code code, struct span what)
{
	return problem_at(p->problem, code, CORE_FILE_RULES, p->line, what);
}

static uint32_t name_hash(struct span name)
{
	uint64_t h = name.len, word;

	for (size_t at = 0; at < name.len; at += sizeof(word)) {
		size_t left = name.len - at;

		word = 0;
		memcpy(&word, name.at + at, left < sizeof(word) ? left : sizeof(word));
		h = (h ^ word) * UINT64_C(0x9e3779b97f4a7c15);
		h ^= h >> 29;
	}
	return (uint32_t)(h >> 16);
}

/* The slot that holds the name, or the empty one where it belongs. The table is never full. */
static uint32_t *slot_of(const struct rules *rules, struct span name)
{
	uint32_t mask = rules->table_size - 1;

	for (uint32_t i = name_hash(name) & mask;; i = (i + 1) & mask) {
		uint32_t *slot = &rules->table[i];

		if (*slot == 0 || span_equal(rules->strata[*slot - 1].name, name))
			return slot;
	}
}

int64_t rules_find(const struct rules *rules, struct span name)
{
	return (int64_t)*slot_of(rules, name) - 1;
}

/* Fields are separated by exactly one space. */
static bool spaces_fit(struct span line)
{
	for (size_t i = 0; i < line.len; i++) {
		if (line.at[i] == ' ' && (i == 0 || i + 1 == line.len || line.at[i + 1] == ' '))
			return false;
	}
	return true;
}

static int read_u32(struct span text, uint32_t *ret)
{
	uint64_t n;

	CORE_TRY(read_number(text, UINT32_MAX, &n));
	*ret = (uint32_t)n;
	return CORE_OK;
}

static int parse_amount(struct parser *p, struct span text, struct rules_amount *ret)
{
	struct span rest = text, first;
	bool ratio = span_cut(&rest, '/', &first);
	uint64_t a = 0, b = 0;

	if (read_number(first, TEXT_NUMBER_MOST, &a) != CORE_OK)
		return wrong(p, PROBLEM_RULES_AMOUNT, text);
	if (ratio && (read_number(rest, TEXT_NUMBER_MOST, &b) != CORE_OK || a == 0 || a > b))
		return wrong(p, PROBLEM_RULES_AMOUNT, text);
	*ret = (struct rules_amount){ a, b };
	return CORE_OK;
}

static int add_stratum(struct parser *p, const struct rules_stratum *stratum)
{
	struct rules *rules = p->rules;
	uint32_t *slot;

	if (!text_is_stratum(stratum->name))
		return wrong(p, PROBLEM_STRATUM_NAME, stratum->name);
	slot = slot_of(rules, stratum->name);
	if (*slot != 0)
		return wrong(p, PROBLEM_RULES_STRATUM_TWICE, stratum->name);
	rules->strata[rules->stratum_count] = *stratum;
	rules->strata[rules->stratum_count].line = p->line;
	*slot = ++rules->stratum_count;
	return CORE_OK;
}

static int parse_team(struct parser *p, struct span rest)
{
	struct rules_team team;
	struct span field[3];
	bool more = true;
	uint64_t least;

	for (size_t i = 0; i < 3; i++)
		more = span_cut(&rest, ' ', &field[i]);
	if (read_u32(field[0], &team.need) != CORE_OK ||
	    read_u32(field[1], &team.min_senior) != CORE_OK ||
	    read_u32(field[2], &team.min_junior) != CORE_OK)
		return wrong(p, PROBLEM_RULES_TEAM_FORM, rest);
	least = (uint64_t)team.min_senior + team.min_junior;
	if (team.need == 0 || team.need < least)
		return problem_set(p->problem, (struct problem){ .code = PROBLEM_RULES_TEAM_NEED,
								 .file = CORE_FILE_RULES,
								 .line = p->line,
								 .have = team.need,
								 .want = least });
	if (team.need > RULES_MOST_TEAM)
		return problem_set(p->problem, (struct problem){ .code = PROBLEM_RULES_TEAM_LARGE,
								 .file = CORE_FILE_RULES,
								 .line = p->line,
								 .have = team.need,
								 .want = RULES_MOST_TEAM });
	if (!more && p->phase != PHASE_START)
		return wrong(p, PROBLEM_RULES_ORDER, SPAN("team"));
	if (!more) {
		p->general = team;
		p->phase = PHASE_TEAM;
		return CORE_OK;
	}
	if (p->phase != PHASE_TEAM)
		return wrong(p,
			     p->phase == PHASE_START ? PROBLEM_RULES_TEAM_MISSING
						     : PROBLEM_RULES_ORDER,
			     SPAN("team"));
	if (!text_is_stratum(rest))
		return wrong(p, PROBLEM_STRATUM_NAME, rest);
	p->teams[p->team_count++] = (struct own_team){ rest, team, p->line };
	return CORE_OK;
}

static int parse_bundle(struct parser *p, struct span rest)
{
	if (p->phase >= PHASE_BUNDLE)
		return wrong(p, PROBLEM_RULES_ORDER, SPAN("bundle"));
	if (read_u32(rest, &p->rules->bundle) != CORE_OK || p->rules->bundle == 0)
		return wrong(p, PROBLEM_RULES_BUNDLE, rest);
	p->phase = PHASE_BUNDLE;
	return CORE_OK;
}

static int parse_relax(struct parser *p, struct span rest)
{
	static const struct span names[] = { SPAN_INIT("rotation"), SPAN_INIT("second"),
					     SPAN_INIT("limit") };
	struct rules *rules = p->rules;
	uint32_t kind = 0;

	while (kind < CORE_COUNT(names) && !span_equal(rest, names[kind]))
		kind++;
	if (kind == CORE_COUNT(names))
		return wrong(p, PROBLEM_RULES_RELAX, rest);
	if (p->phase == PHASE_QUOTA ||
	    (rules->relax_count > 0 && kind <= rules->relax[rules->relax_count - 1]))
		return wrong(p, PROBLEM_RULES_ORDER, rest);
	rules->relax[rules->relax_count++] = (enum rules_relax)kind;
	p->phase = PHASE_RELAX;
	return CORE_OK;
}

static int parse_quota(struct parser *p, struct span rest)
{
	struct rules_stratum stratum = { .split = RULES_NO_SPLIT };

	if (!span_cut(&rest, ' ', &stratum.name))
		return wrong(p, PROBLEM_RULES_QUOTA_FORM, rest);
	CORE_TRY(parse_amount(p, rest, &stratum.amount));
	p->phase = PHASE_QUOTA;
	return add_stratum(p, &stratum);
}

static int parse_cells(struct parser *p, struct span rest, struct rules_split *split)
{
	uint64_t sum = 0;

	while (rest.len > 0) {
		struct rules_stratum stratum = { .split = p->rules->split_count };
		struct span cell;

		span_cut(&rest, ' ', &cell);
		if (!span_cut(&cell, '=', &stratum.name))
			return wrong(p, PROBLEM_RULES_SPLIT_FORM, stratum.name);
		if (read_number(cell, TEXT_NUMBER_MOST, &stratum.weight) != CORE_OK)
			return wrong(p, PROBLEM_RULES_WEIGHT, cell);
		sum += stratum.weight;
		if (sum > TEXT_NUMBER_MOST)
			return wrong(p, PROBLEM_RULES_WEIGHT_SUM, cell);
		CORE_TRY(add_stratum(p, &stratum));
		split->count++;
	}
	return sum == 0 ? wrong(p, PROBLEM_RULES_WEIGHT_SUM, rest) : CORE_OK;
}

static int parse_split(struct parser *p, struct span rest)
{
	struct rules_split split = { .first = p->rules->stratum_count };
	struct span amount;

	if (!span_cut(&rest, ' ', &split.group) || !span_cut(&rest, ' ', &amount))
		return wrong(p, PROBLEM_RULES_SPLIT_FORM, rest);
	if (!text_is_stratum(split.group))
		return wrong(p, PROBLEM_STRATUM_NAME, split.group);
	CORE_TRY(parse_amount(p, amount, &split.amount));
	CORE_TRY(parse_cells(p, rest, &split));
	p->rules->splits[p->rules->split_count++] = split;
	p->phase = PHASE_QUOTA;
	return CORE_OK;
}

static int parse_line(struct parser *p, struct span line)
{
	static const struct {
		struct span kind;
		int (*parse)(struct parser *p, struct span rest);
	} kinds[] = {
		{ SPAN_INIT("team"), parse_team },   { SPAN_INIT("bundle"), parse_bundle },
		{ SPAN_INIT("relax"), parse_relax }, { SPAN_INIT("quota"), parse_quota },
		{ SPAN_INIT("split"), parse_split },
	};
	struct span rest = line, kind;

	if (line.len == 0)
		return wrong(p, PROBLEM_LINE_EMPTY, line);
	if (!spaces_fit(line))
		return wrong(p, PROBLEM_RULES_SPACES, line);
	span_cut(&rest, ' ', &kind);
	for (size_t i = 0; i < CORE_COUNT(kinds); i++) {
		if (!span_equal(kind, kinds[i].kind))
			continue;
		if (i > 0 && p->phase == PHASE_START)
			return wrong(p, PROBLEM_RULES_TEAM_MISSING, kind);
		return kinds[i].parse(p, rest);
	}
	return wrong(p, PROBLEM_RULES_KIND, kind);
}

/* Gives every stratum its team rule once all strata are known. */
static int apply_teams(struct parser *p)
{
	struct rules *rules = p->rules;

	for (uint32_t i = 0; i < rules->stratum_count; i++)
		rules->strata[i].team = (struct rules_team){ 0 };
	for (uint32_t i = 0; i < p->team_count; i++) {
		const struct own_team *own = &p->teams[i];
		int64_t at = rules_find(rules, own->stratum);

		p->line = own->line;
		if (at < 0)
			return wrong(p, PROBLEM_RULES_TEAM_STRATUM, own->stratum);
		if (rules->strata[at].team.need > 0)
			return wrong(p, PROBLEM_RULES_TEAM_DUPLICATE, own->stratum);
		rules->strata[at].team = own->team;
	}
	for (uint32_t i = 0; i < rules->stratum_count; i++) {
		if (rules->strata[i].team.need == 0)
			rules->strata[i].team = p->general;
	}
	return CORE_OK;
}

/* Room for the most that the text can hold: a stratum a line or a '='. */
static int take_arrays(struct parser *p, struct span text, struct region *r)
{
	struct rules *rules = p->rules;
	uint64_t lines = 0, cells = 0;

	for (size_t i = 0; i < text.len; i++) {
		lines += text.at[i] == '\n';
		cells += text.at[i] == '=';
	}
	if (lines + cells > RULES_MOST_STRATA)
		return problem_set(p->problem, (struct problem){ .code = PROBLEM_FILE_LARGE,
								 .file = CORE_FILE_RULES,
								 .have = RULES_MOST_STRATA });
	rules->table_size = 8;
	while (rules->table_size < 2 * (lines + cells))
		rules->table_size *= 2;
	rules->table = region_take(r, rules->table_size, sizeof(*rules->table));
	rules->strata = region_take(r, lines + cells, sizeof(*rules->strata));
	rules->splits = region_take(r, lines, sizeof(*rules->splits));
	p->teams = region_take(r, lines, sizeof(*p->teams));
	return rules->table && rules->strata && rules->splits && p->teams ? CORE_OK : CORE_FULL;
}

int rules_parse(struct span text, struct region *r, struct rules *ret, struct problem *problem)
{
	struct rules rules = { 0 };
	struct parser p = { .rules = &rules, .phase = PHASE_START, .problem = problem };
	struct span line, rest = text;

	CORE_TRY(text_check(text, CORE_FILE_RULES, problem));
	CORE_TRY(take_arrays(&p, text, r));
	while (text_line(&rest, &line)) {
		p.line++;
		CORE_TRY(parse_line(&p, line));
	}
	p.line = p.line == 0 ? 1 : p.line;
	if (p.phase == PHASE_START)
		return wrong(&p, PROBLEM_RULES_TEAM_MISSING, line);
	if (rules.stratum_count == 0)
		return wrong(&p, PROBLEM_RULES_NO_QUOTA, line);
	CORE_TRY(apply_teams(&p));
	*ret = rules;
	return CORE_OK;
}
