/*
 * test/app/plan_secret.c — whoever may change the registries and ask the plan cannot find out who was drawn: in two
 * worlds that differ in nothing else every answer is the same, byte for byte.
 */
#include "app/registry_merge.h"
#include "base/status.h"

#include "sealed_world.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

#define PEOPLE                                                                                     \
	"id,name,certificate,certificate_until,since,recusals\n"                                   \
	"P-1,甲,03-1,2030-12-31,2010-01-01,130602-0001:亲属\n"                                  \
	"P-2,乙,03-2,2030-12-31,2025-01-01,130606-0002:亲属\n"                                  \
	"P-3,丙,03-3,2030-12-31,2011-01-01,\nP-4,丁,03-4,2030-12-31,2024-01-01,\n"

#define LINES                                                                                      \
	"编号,类别,名称,目标,范围\nzh,证后监管,证后,2,county=130606\n"             \
	"zx,专项,夏季,2,county=130602\n"

#define RULE(id, title, class, more)                                                               \
	"{\"id\": \"" id "\", \"title\": \"" title                                                 \
	"\", \"who\": {\"classes\": [\"" class "\"]}, " more "}"

#define PLAIN                                                                                                       \
	RULE("key", "重点", "key", "\"basis\": {\"percent\": 30}, \"period\": \"quarter\"")                         \
	"," RULE("general", "一般", "general", "\"basis\": {\"per_inspector\": 3}, \"period\": \"year\"") "," RULE( \
		"special", "特殊", "special",                                                                       \
		"\"basis\": {\"percent\": 50}, \"period\": \"quarter\"")

#define TURNS                                                                                      \
	RULE("key", "重点", "key",                                                                 \
	     "\"basis\": {\"percent\": 25}, \"period\": \"quarter\","                              \
	     " \"repeat\": {\"policy\": \"rotation\", \"visits\": 1}")                             \
	"," RULE("general", "一般", "general",                                                     \
		 "\"basis\": {\"percent\": 80}, \"period\": \"year\","                             \
		 " \"repeat\": {\"policy\": \"after-coverage\"}")

struct trying {
	struct plan_world w;
	struct sealed_world sealed;
	struct buf told, drawn; /* drawn: ids, each with a blank behind it */
};

static void begin(struct trying *t, const char *more, const char *rules, const char *seed)
{
	struct plan_world *w = &t->w;
	const char *sites =
		plan_world_sites(w, NULL, "130602", "key,130602,城关镇,,,discharger,,,", 7);
	sites = plan_world_sites(w, sites, "130603", "key,130602,东关,1,,discharger,,,", 3);
	sites = plan_world_sites(w, sites, "130604", "general,130606,西关,,,waste,,,", 2);
	const struct plan_world_data data = {
		.sites = plan_world_sites(w, sites, "130606",
					  "general,130606,城关镇,,,discharger,,,", 10),
		.inspectors = PEOPLE,
		.matters = "id,name,kinds\nM-1,排污许可,discharger\nM-2,危废经营,waste\n",
		.recusals = NULL,
		.more = more,
		.rules = rules,
		.lines = LINES,
	};
	const struct sealed_draw in = { "2026-Q1", PLAN_POOL_DAILY, "random", "daily", seed };

	plan_world_init(w, &data);
	plan_world_approve(w);
	buf_init(&t->told, (size_t)1 << 28);
	sealed_world_draw(w, &in, &t->sealed);
	buf_init(&t->drawn, 1 << 16);
	for (size_t i = 0; i < t->sealed.count; i++)
		buf_printf(&t->drawn, "%s ", t->sealed.sites[i]);
}

/* The year's turn: the period that was drawn, the next, and the last, when matters must be reached. */
static void look(struct trying *t, const char *what, bool all)
{
	buf_printf(&t->told, "== %s\n", what);
	if (all) {
		sealed_world_told(&t->w, "2026-Q1", true, &t->told);
		plan_world_day(&t->w, "2026-10-07");
		sealed_world_told(&t->w, "2026-Q4", true, &t->told);
	}
	plan_world_day(&t->w, "2026-04-07");
	sealed_world_told(&t->w, "2026-Q2", all, &t->told);
	plan_world_day(&t->w, "2026-03-02");
}

/* The line where two texts part. */
static void print_first(const struct buf *a, const struct buf *b)
{
	struct span x = { buf_text(a), a->len }, y = { buf_text(b), b->len }, p, q, what = SPAN("");

	while (span_cut(&x, '\n', &p) && span_cut(&y, '\n', &q)) {
		if (p.len > 2 && memcmp(p.at, "==", 2) == 0)
			what = p;
		if (span_equal(p, q))
			continue;
		printf("# %.*s\n# %.*s\n# %.*s\n", (int)what.len, what.at, (int)p.len, p.at,
		       (int)q.len, q.at);
		return;
	}
}

/* How many were drawn in one world and not in the other. */
static size_t apart(const struct buf *a, const struct buf *b)
{
	struct span rest = { buf_text(a), a->len }, id;
	size_t n = 0;

	while (span_cut(&rest, ' ', &id))
		n += id.len > 0 && memmem(buf_text(b), b->len, id.at, id.len) == NULL;
	return n;
}

/* The same steps in two worlds. */
static void in_two_worlds(const char *more, const char *rules, void (*attack)(struct trying *t))
{
	static const char *const seeds[] = { "one world", "the other world" };
	static struct trying t[2];

	for (int i = 0; i < 2; i++) {
		t[i] = (struct trying){ 0 };
		begin(&t[i], more, rules, seeds[i]);
		look(&t[i], "before", true);
		attack(&t[i]);
		CHECK(t[i].sealed.count >= 5);
		plan_world_release(&t[i].w);
	}
	CHECK(apart(&t[0].drawn, &t[1].drawn) >= 3);
	CHECK_INT(t[0].told.len, t[1].told.len);
	if (!CHECK(t[0].told.len == t[1].told.len &&
		   memcmp(buf_text(&t[0].told), buf_text(&t[1].told), t[0].told.len) == 0))
		print_first(&t[0].told, &t[1].told);
	for (int i = 0; i < 2; i++) {
		buf_release(&t[i].told);
		buf_release(&t[i].drawn);
	}
}

static void edit(struct trying *t, const char *id, const struct registry_value *values,
		 size_t count)
{
	struct plan_notes notes;
	plan_notes_init(&notes, t->w.a);
	const struct registry_act act = { t->w.o, t->w.a, REGISTRY_SITES, "核对名录时更正",
					  &notes };
	const struct registry_edit_in in = {
		.id = id, .values = values, .count = count, .any_area = true
	};
	int64_t change;

	if (CHECK(registry_act_edit(&act, &in, &change) == OK))
		return;
	for (size_t i = 0; i < notes.count; i++)
		printf("# %s %s\n", id, notes.list[i].text);
}

/* Every site of the city in the order of the registry. */
static void each_site(struct trying *t, void (*one)(struct trying *t, const char *id))
{
	static const struct {
		const char *prefix;
		uint32_t count;
	} parts[] = { { "130602", 7 }, { "130603", 3 }, { "130604", 2 }, { "130606", 6 } };

	for (size_t p = 0; p < COUNT(parts); p++)
		for (uint32_t i = 1; i <= parts[p].count; i++)
			one(t, arena_printf(t->w.a, "%s-%04u", parts[p].prefix, i));
}

/* Each edit also takes back the one before. */
static void change_one(struct trying *t, const char *id)
{
	bool key = strcmp(id, "130604") < 0, special = strncmp(id, "130603", 6) == 0;
	const struct registry_value class = { SITE_CLASS, key ? "一般" : "重点" },
				    second[] = { { SITE_CLASS, key ? "重点" : "一般" },
						 { SITE_COUNTY, key ? "130606" : "130602" },
						 { SITE_SPECIAL, special ? "0" : "1" },
						 { SITE_SPECIAL_REASON, "挂牌督办" },
						 { SITE_SPECIAL_FROM, "2026-01-01" } },
				    third[] = { { SITE_COUNTY, key ? "130602" : "130606" },
						{ SITE_SPECIAL, special ? "1" : "0" },
						{ SITE_SPECIAL_REASON, "挂牌督办" },
						{ SITE_SPECIAL_FROM, "2026-01-01" },
						{ SITE_STATE, "停产" },
						{ SITE_STATE_EVIDENCE, "现场核实" },
						{ SITE_LEAVE_REASON, "停止生产" } },
				    last[] = { { SITE_STATE, "在产" },
					       { SITE_STATE_EVIDENCE, "现场核实" } };

	edit(t, id, &class, 1);
	look(t, arena_printf(t->w.a, "class of %s", id), false);
	edit(t, id, second, COUNT(second));
	look(t, arena_printf(t->w.a, "county and flag of %s", id), false);
	edit(t, id, third, COUNT(third));
	look(t, arena_printf(t->w.a, "state of %s", id), false);
	edit(t, id, last, COUNT(last));
}

static void change_each(struct trying *t)
{
	each_site(t, change_one);
	look(t, "after", true);
}

static void bring_one(struct trying *t, const char *id)
{
	plan_world_brought(&t->w, id, 20494); /* 2026-02-10 */
	look(t, arena_printf(t->w.a, "a visit to %s", id), false);
}

static void bring_each(struct trying *t)
{
	each_site(t, bring_one);
}

static void merge(struct trying *t, const char *survivor, const char *gone)
{
	struct plan_notes notes;
	plan_notes_init(&notes, t->w.a);
	const struct registry_act act = { t->w.o, t->w.a, REGISTRY_SITES, "同一家企业录了两次",
					  &notes };
	const struct registry_merge_in in = { .survivor = survivor, .gone = &gone, .count = 1 };
	int64_t change;

	CHECK_INT(registry_act_merge(&act, &in, &change), OK);
	look(t, arena_printf(t->w.a, "%s into %s", gone, survivor), false);
}

static void merge_each(struct trying *t)
{
	for (uint32_t i = 1; i < 7; i += 2)
		merge(t, arena_printf(t->w.a, "130602-%04u", i),
		      arena_printf(t->w.a, "130602-%04u", i + 1));
	for (uint32_t i = 1; i <= 3; i++)
		merge(t, arena_printf(t->w.a, "130606-%04u", i),
		      arena_printf(t->w.a, "130606-%04u", i + 3));
	merge(t, "130603-0001", "130603-0002");
	look(t, "after", true);
}

TEST(no_change_of_a_site_tells_whether_it_was_drawn)
{
	in_two_worlds("", PLAIN, change_each);
}

TEST(no_visit_brought_from_before_tells_whether_its_site_was_drawn)
{
	in_two_worlds("\"cap\": {\"visits\": 2, \"per\": \"site\", \"counts\": [\"daily\"],"
		      " \"document\": \"上限文件\"},",
		      PLAIN, bring_each);
}

TEST(no_merged_site_tells_whether_it_was_drawn)
{
	in_two_worlds("", PLAIN, merge_each);
}

TEST(taking_turns_does_not_tell_who_was_drawn)
{
	in_two_worlds("", TURNS, bring_each);
}

TEST(what_waits_is_what_the_draw_promised_less_what_was_opened)
{
	static struct trying t;

	t = (struct trying){ 0 };
	begin(&t, "", PLAIN, "one world");
	plan_world_day(&t.w, "2026-03-02");
	CHECK_INT(plan_world_check(&t.w, "2026-Q1"), OK);
	const struct plan_check_rule *key = plan_world_rule(&t.w, "key");
	const uint64_t all = key->pending;
	CHECK_INT(all, 3); /* 30 % of ten */
	CHECK_INT(key->left, 0);
	size_t which = 0;
	while (strcmp(t.sealed.sites[which], "130604") > 0)
		which++;
	sealed_world_open(&t.w, &t.sealed, which, NULL);
	CHECK_INT(plan_world_check(&t.w, "2026-Q1"), OK);
	key = plan_world_rule(&t.w, "key");
	CHECK_INT(key->pending, all);
	CHECK_INT(key->ask->busy, 1); /* it is known, and in the registry */
	plan_world_release(&t.w);
	buf_release(&t.told);
	buf_release(&t.drawn);
}

/* A list with other strata: of the sites in `set` (bits, by line) the one that draws none; `word` ends every name. */
static void guess(struct span list, const char *word, unsigned set, struct buf *out)
{
	struct span line, id, stratum;

	buf_clear(out);
	for (unsigned i = 0; span_cut(&list, '\n', &line); i++) {
		span_cut(&line, '\t', &id);
		span_cut(&line, '\t', &stratum);
		buf_printf(out, "%.*s\tzx.130602.%s%s%s\t%.*s\n", (int)id.len, id.at,
			   set >> i & 1 ? "x" : "d0", *word ? "." : "", word, (int)line.len,
			   line.at);
	}
}

TEST(nobody_finds_who_waits_by_trying_all_sets_of_a_small_pool)
{
	struct plan_world w = { 0 };
	struct sealed_world sealed;
	struct plan_period_lists l = { 0 };
	struct buf out;
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, NULL, "130602", "key,130602,,,,discharger,,,", 8),
		.inspectors = PEOPLE,
		.rules = RULE("key", "重点", "key",
			      "\"basis\": {\"percent\": 30}, \"period\": \"quarter\""),
		.lines = "编号,类别,名称,目标,范围\nzx,专项,夏季,2,county=130602\n",
	};
	const struct sealed_draw in = { "2026-Q1", PLAN_POOL_DAILY, "random", "daily", "a world" };

	plan_world_init(&w, &data);
	plan_world_approve(&w);
	sealed_world_draw(&w, &in, &sealed);
	CHECK_INT(sealed.count, 3);
	CHECK_INT(plan_world_lists(&w, "2026-Q1", "zx", &l), OK);
	CHECK_INT(l.object_count, 8);
	CHECK_INT(l.waiting_count, 3);
	struct span list = l.objects, first = list, id, stratum, part;
	span_cut(&first, '\t', &id);
	span_cut(&first, '\t', &stratum);
	while (stratum.len > 0)
		span_cut(&stratum, '.', &part);
	const char *word = arena_mem(w.a, part.at, part.len);
	CHECK_INT(part.len, 16);
	buf_init(&out, 1 << 16);
	unsigned found[2] = { 0, 0 }, which = 0;
	for (unsigned set = 0; set < 256; set++)
		for (int known = 0; known < 2; known++) {
			guess(list, known ? word : "", set, &out);
			bool same = out.len == list.len &&
				    memcmp(buf_text(&out), list.at, list.len) == 0;
			found[known] += same;
			which = same ? set : which;
		}
	CHECK_INT(found[0], 0);
	CHECK_INT(found[1], 1); /* whoever had the word would find it */
	CHECK_INT(__builtin_popcount(which), 3);
	/* another word in every draw, in the rules too */
	struct span rules = l.rules;
	CHECK(memmem(rules.at, rules.len, word, strlen(word)) != NULL);
	CHECK_INT(plan_world_lists(&w, "2026-Q1", "zx", &l), OK);
	list = l.objects;
	CHECK(memmem(list.at, list.len, word, strlen(word)) == NULL);
	buf_release(&out);
	plan_world_release(&w);
}
