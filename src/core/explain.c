/* core/explain.c — one object's ticket and rank: its stratum is walked once, counting who comes first. */
#include "core/text.h"
#include "core/verify.h"

/* Objects of the stratum before the one looked for, in (ticket, id) order. */
static uint64_t count_before(const struct draw *d, const struct ticket_seed *tickets,
			     const struct draw_object *unit, const uint8_t own[SHA256_SIZE])
{
	struct span text = d->files.file[CORE_FILE_OBJECTS], line;
	uint64_t before = 0;

	while (text_line(&text, &line)) {
		uint8_t digest[SHA256_SIZE];
		struct draw_object o;
		int order;

		list_object(line, &o);
		if (!span_equal(o.stratum, unit->stratum))
			continue;
		ticket_digest(tickets, o.id, digest);
		order = ticket_compare(digest, own);
		before += order < 0 || (order == 0 && span_compare(o.id, unit->id) < 0);
	}
	return before;
}

int draw_explain(const struct draw *d, const struct draw_seed *seed, struct span id,
		 struct region *r, struct draw_explanation *ret, struct problem *problem)
{
	struct span hex = { seed->hex, sizeof(seed->hex) };
	struct draw_explanation out = { 0 };
	uint8_t digest[SHA256_SIZE];
	struct ticket_seed tickets;
	struct draw_object unit;
	uint64_t where, *quotas;
	int64_t stratum;

	if (!draw_find_object(d, id, &where))
		return problem_at(problem, PROBLEM_UNIT_UNKNOWN, CORE_FILE_NONE, 0, id);
	draw_object_at(d, where, &unit);
	quotas = region_take(r, d->rules.stratum_count, sizeof(*quotas));
	if (!quotas)
		return CORE_FULL;
	CORE_TRY(rules_quotas(&d->rules, d->members, hex, r, quotas));
	stratum = rules_find(&d->rules, unit.stratum);
	draw_tickets(seed, &tickets);
	ticket_digest(&tickets, unit.id, digest);
	ticket_text(digest, out.ticket);
	out.id = unit.id;
	out.stratum = unit.stratum;
	out.members = d->members[stratum];
	out.quota = quotas[stratum];
	out.rank = count_before(d, &tickets, &unit, digest) + 1;
	out.drawn = out.rank <= out.quota;
	out.reserve = !out.drawn && out.rank <= out.quota + 3;
	*ret = out;
	return CORE_OK;
}
