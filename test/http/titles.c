/* test/http/titles.c — whatever a list can hold is called something that people read. */
#include "http/titles.h"

#include "core/mem.h"
#include "http/api.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

static const char *copy(struct arena *a, struct span s)
{
	return arena_mem(a, s.at, s.len);
}

static void check_words(struct arena *a, const char *member, struct span type)
{
	struct span word;
	bool more = true;

	while (type.len && (type.at[0] == '[' || type.at[0] == ' '))
		type = (struct span){ type.at + 1, type.len - 1 };
	while (type.len && strchr("]?", type.at[type.len - 1]))
		type.len--;
	if (!memchr(type.at, '|', type.len))
		return;
	while (more) {
		more = span_cut(&type, '|', &word);
		if (word.len)
			unit_check(title_word(member, copy(a, word)) != NULL, __FILE__, __LINE__,
				   "the word %s of %s has a title", copy(a, word), member);
	}
}

static void check_shape(struct arena *a, const struct shape *s)
{
	struct span rest = span_of(s->members), one, name;

	while (rest.len) {
		(void)span_cut(&rest, ',', &one);
		while (one.len && one.at[0] == ' ')
			one = (struct span){ one.at + 1, one.len - 1 };
		(void)span_cut(&one, ' ', &name);
		name.len -= name.at[name.len - 1] == '?';
		const char *member = copy(a, name);
		unit_check(title_of(member) != NULL, __FILE__, __LINE__, "%s of %s has a title",
			   member, s->name);
		check_words(a, member, one);
	}
}

static bool is_listed(const char *shape)
{
	size_t count;
	const struct api_group *const *groups = api_groups(&count);
	char answer[80];

	snprintf(answer, sizeof(answer), "200 [%s]", shape);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < groups[i]->count; k++)
			if (strcmp(groups[i]->routes[k].answer, answer) == 0 &&
			    groups[i]->routes[k].permission != PERM_SELF)
				return true;
	return false;
}

TEST(what_lists_hold_has_titles)
{
	CLEANUP(arena_release) struct arena a;
	size_t count, seen = 0;
	const struct api_group *const *groups = api_groups(&count);

	arena_init(&a);
	for (size_t i = 0; i < count; i++)
		for (const struct shape *s = groups[i]->shapes; s && s->name; s++)
			if (is_listed(s->name)) {
				check_shape(&a, s);
				seen++;
			}
	CHECK(seen > 10);
	CHECK(title_of("nothing") == NULL);
	CHECK(title_word("state", "nothing") == NULL);
	CHECK_STR(title_word("kind", "joint"), "联合抽取");
	CHECK_STR(title_word("role", "joint"), "联合部门");
}
