/* test/fuzz/fuzz_rules.c — rules.txt: what is accepted must find its strata and give quotas that add up to
 * the total of each split. */
#include "core/rules.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned char room[1 << 24];

static void check_quotas(const struct rules *rules, struct region *r)
{
	uint64_t *members = region_take(r, rules->stratum_count, sizeof(*members));
	uint64_t *quotas = region_take(r, rules->stratum_count, sizeof(*quotas));

	if (!members || !quotas)
		return;
	for (uint32_t i = 0; i < rules->stratum_count; i++)
		members[i] = 1000 * (i % 7);
	if (rules_quotas(rules, members, SPAN("seed"), r, quotas) != CORE_OK)
		return;
	for (uint32_t i = 0; i < rules->split_count; i++) {
		const struct rules_split *split = &rules->splits[i];
		uint64_t population = 0, sum = 0;

		for (uint32_t s = split->first; s < split->first + split->count; s++) {
			population += members[s];
			sum += quotas[s];
		}
		if (sum != rules_amount(split->amount, population))
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span text = { size ? (const char *)data : "", size };
	struct region r = { room, sizeof(room), 0 };
	struct problem problem;
	struct rules rules;

	if (rules_parse(text, &r, &rules, &problem) != CORE_OK)
		return 0;
	for (uint32_t i = 0; i < rules.stratum_count; i++) {
		if (rules_find(&rules, rules.strata[i].name) != i)
			abort();
	}
	check_quotas(&rules, &r);
	return 0;
}
