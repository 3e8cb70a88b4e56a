/* test/fuzz/fuzz_rule_set.c — JSON of a rule set: what is taken is written canonically, read back as the same
 * bytes, checked and said without trouble; what is refused has at least one sentence. */
#include "app/rule_set_check.h"
#include "app/rule_set_read.h"
#include "app/rule_set_words.h"
#include "base/buf.h"
#include "base/status.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void say(const struct rule_set *set)
{
	CLEANUP(buf_release) struct buf out = { 0 };

	buf_init(&out, 32 << 20);
	for (size_t i = 0; i < set->rule_count; i++)
		rule_sentence(set, &set->rules[i], &out);
	rule_set_sentences(set, &out);
	if (buf_check(&out) != OK || out.len == 0)
		abort();
}

static void check_again(struct arena *a, const struct rule_set *set)
{
	CLEANUP(buf_release) struct buf first = { 0 }, second = { 0 };
	struct rule_findings found;
	struct plan_notes notes;
	struct rule_set again;

	buf_init(&first, 32 << 20);
	buf_init(&second, 32 << 20);
	plan_notes_init(&notes, a);
	rule_set_write(set, &first);
	/* The canonical form may be longer than a file may be only if the file was near the limit itself. */
	if (first.len > RULE_FILE_MOST)
		return;
	if (rule_set_read(buf_text(&first), first.len, &notes, &again) != OK)
		abort();
	rule_set_write(&again, &second);
	if (first.len != second.len || memcmp(buf_text(&first), buf_text(&second), first.len) != 0)
		abort();
	rule_set_check(set, NULL, a, &found);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_release) struct arena a;
	struct plan_notes notes;
	struct rule_set set;

	arena_init(&a);
	plan_notes_init(&notes, &a);
	if (rule_set_read((const char *)data, size, &notes, &set) != OK) {
		if (notes.refused == 0)
			abort();
		return 0;
	}
	say(&set);
	check_again(&a, &set);
	return 0;
}
