/* test/app/rule_set_world.c — texts in, sets out. */
#include "rule_set_world.h"

#include "app/rule_set_read.h"
#include "base/file.h"
#include "base/status.h"

#include "unit.h"

#include <stdio.h>

static void read_or_fail(struct arena *a, const char *what, const char *text, struct rule_set *ret)
{
	struct plan_notes notes;

	plan_notes_init(&notes, a);
	int rc = rule_set_read(text, strlen(text), &notes, ret);
	unit_check(rc == OK, __FILE__, __LINE__, "%s is read", what);
	for (size_t i = 0; i < notes.count; i++)
		printf("# %s: %s\n", what, notes.list[i].text);
}

void world_rule_file(struct arena *a, const char *name, struct rule_set *ret)
{
	char path[128];
	char *text = NULL;
	size_t len = 0;

	snprintf(path, sizeof(path), "rules/%s.json", name);
	if (CHECK(file_read(a, unit_source(path), RULE_FILE_MOST, &text, &len) == OK))
		read_or_fail(a, name, text, ret);
}

char *world_rule_text(struct arena *a, const char *more, const char *rules)
{
	return arena_printf(a,
			    "{\"format\": \"mingqian-rules-1\", \"id\": \"t\", \"title\": \"试\", "
			    "\"body\": \"局\", \"level\": \"city\", \"document\": \"文\", %s "
			    "\"teams\": [{\"need\": 2, \"min_senior\": 1}], \"rules\": [%s]}",
			    more, rules);
}

void world_rule_set(struct arena *a, const char *more, const char *rules, struct rule_set *ret)
{
	read_or_fail(a, rules, world_rule_text(a, more, rules), ret);
}

bool world_told(const struct plan_notes *notes, enum plan_note_kind kind, const char *words)
{
	for (size_t i = 0; i < notes->count; i++)
		if (notes->list[i].kind == kind && strstr(notes->list[i].text, words))
			return true;
	return false;
}
