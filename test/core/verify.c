/* test/core/verify.c — the report step by step: a true draw, what is absent, what is partly shown, and
 * every single flipped byte. */
#include "core/verify.h"

#include "draw_kit.h"

#include <stdio.h>
#include <stdlib.h>

static void print_report(const struct verify_report *r)
{
	for (uint32_t i = 0; i < r->count; i++)
		printf("# %s %s: %.*s\n",
		       r->steps[i].mark == VERIFY_OK       ? "ok     "
		       : r->steps[i].mark == VERIFY_FAILED ? "FAILED "
							   : "unknown",
		       r->steps[i].name, (int)r->steps[i].text.len, r->steps[i].text.at);
}

TEST(a_true_draw_has_no_failed_step)
{
	static const char *const sound[] = {
		"rules",        "inspectors", "objects",        "conflicts",       "declaration",
		"root.objects", "root.rules", "root.conflicts", "root.inspectors", "record",
		"shares",       "floor",      "seed",           "quotas",          "tickets",
		"drawn",        "teams",      "result",         "result.root",     "result.form"
	};
	static const char *const open[] = { "declaration.hash", "time.order", "entropy.1",
					    "entropy.2",        "parent",     "changes",
					    "draw.ids" };
	struct verify_report r;
	struct kit k;

	kit_full(&k);
	CHECK_INT(kit_verify(&k, &r), 0);
	for (size_t i = 0; i < CORE_COUNT(sound); i++)
		unit_check(kit_mark(&r, sound[i]) == VERIFY_OK, __FILE__, __LINE__, "%s", sound[i]);
	for (size_t i = 0; i < CORE_COUNT(open); i++)
		unit_check(kit_mark(&r, open[i]) == VERIFY_UNKNOWN, __FILE__, __LINE__, "%s",
			   open[i]);
	CHECK_INT(r.count, CORE_COUNT(sound) + CORE_COUNT(open));
	CHECK_INT(r.unknown, CORE_COUNT(open));
	CHECK(!r.rehearsal);
	for (uint32_t i = 0; i < r.count; i++) {
		CHECK(r.steps[i].text.len > 10);
		CHECK(r.steps[i].mark == VERIFY_OK || r.steps[i].how.len > 5);
	}
	if (getenv("SHOW_REPORT"))
		print_report(&r);
	kit_release(&k);
}

/* A draw where nobody can be on a team still verifies: its result says so. */
TEST(a_draw_without_teams_verifies_as_such)
{
	struct verify_report r;
	struct kit k;

	kit_full(&k);
	kit_set(&k, CORE_FILE_INSPECTORS,
		"I01\tJ\t1\t0\nI02\tS\t0\t0\nI06\tJ\t1\t0\nI07\tJ\t1\t0\n");
	kit_declare(&k);
	kit_draw(&k);
	CHECK(!k.teams.feasible);
	CHECK_INT(kit_verify(&k, &r), 0);
	CHECK_INT(kit_mark(&r, "teams"), VERIFY_OK);
	kit_release(&k);
}

TEST(shortfalls_are_named)
{
	struct verify_report r;
	struct kit k;
	char text[4096];

	kit_full(&k);
	kit_set(&k, CORE_FILE_RULES,
		"team 2 1 1\nquota 重点.水 99\nquota 重点.气 99\nquota 一般 99\nquota 特殊 99\n"
		"quota a 1\nquota b 1\nquota c 1\n");
	kit_declare(&k);
	kit_draw(&k);
	CHECK_INT(kit_verify(&k, &r), 0);
	for (uint32_t i = 0; i < r.count; i++) {
		if (strcmp(r.steps[i].name, "quotas") != 0)
			continue;
		sprintf(text, "%.*s", (int)r.steps[i].text.len, r.steps[i].text.at);
		CHECK_STR(
			text,
			"7 层名额合计 399，应抽出 60；对象不足的层：重点.水、重点.气、一般、特殊、a等 7 层");
	}
	kit_release(&k);
}

/* Each file alone taken away: what a result follows from is missed as a failure, the rest is not green. */
TEST(absent_files_are_never_green)
{
	static const struct {
		enum core_file file;
		const char *step;
		uint32_t failed;
	} cases[] = {
		{ CORE_FILE_OBJECTS, "root.objects", 1 },
		{ CORE_FILE_OBJECTS, "drawn", 1 },
		{ CORE_FILE_OBJECTS, "conflicts", 1 },
		{ CORE_FILE_INSPECTORS, "teams", 1 },
		{ CORE_FILE_INSPECTORS, "conflicts", 1 },
		{ CORE_FILE_CONFLICTS, "conflicts", 0 },
		{ CORE_FILE_CONFLICTS, "root.conflicts", 0 },
		{ CORE_FILE_CONFLICTS, "teams", 0 },
		{ CORE_FILE_CONFLICTS, "result", 0 },
		{ CORE_FILE_RULES, "root.rules", 1 },
		{ CORE_FILE_RULES, "objects", 1 },
		{ CORE_FILE_DECLARATION, "root.rules", 1 },
		{ CORE_FILE_DECLARATION, "floor", 1 },
		{ CORE_FILE_DECLARATION, "record", 1 },
		{ CORE_FILE_DECLARATION, "seed", 1 },
		{ CORE_FILE_DECLARATION, "root.objects", 1 },
		{ CORE_FILE_RECORD, "shares", 1 },
		{ CORE_FILE_RECORD, "entropy.2", 1 },
		{ CORE_FILE_RECORD, "seed", 1 },
		{ CORE_FILE_RECORD, "result.root", 1 },
		{ CORE_FILE_SEED, "seed", 0 },
		{ CORE_FILE_RESULT, "drawn", 1 },
		{ CORE_FILE_RESULT, "tickets", 1 },
		{ CORE_FILE_RESULT, "teams", 1 },
		{ CORE_FILE_ROOT, "result.root", 0 },
	};

	for (size_t i = 0; i < CORE_COUNT(cases); i++) {
		struct verify_report r;
		struct kit k;

		kit_full(&k);
		kit_set(&k, cases[i].file, NULL);
		kit_verify(&k, &r);
		unit_check(r.failed == cases[i].failed, __FILE__, __LINE__, "%s: %u failed",
			   cases[i].step, r.failed);
		unit_check(kit_mark(&r, cases[i].step) == VERIFY_UNKNOWN, __FILE__, __LINE__,
			   "without %s, %s", core_file_name(cases[i].file), cases[i].step);
		kit_release(&k);
	}
}

/* Before the draw nothing but the declaration must be there. */
TEST(absent_files_before_the_draw_are_unknown)
{
	static const struct {
		enum core_file file;
		const char *step;
	} cases[] = { { CORE_FILE_OBJECTS, "objects" },
		      { CORE_FILE_INSPECTORS, "inspectors" },
		      { CORE_FILE_RULES, "rules" },
		      { CORE_FILE_RECORD, "record" } };

	for (size_t i = 0; i < CORE_COUNT(cases); i++) {
		struct verify_report r;
		struct kit k;

		kit_full(&k);
		kit_set(&k, cases[i].file, NULL);
		kit_set(&k, CORE_FILE_SEED, NULL);
		kit_set(&k, CORE_FILE_RESULT, NULL);
		kit_set(&k, CORE_FILE_ROOT, NULL);
		CHECK_INT(kit_verify(&k, &r), 0);
		CHECK_INT(kit_mark(&r, cases[i].step), VERIFY_UNKNOWN);
		kit_release(&k);
	}
}

TEST(without_result_tsv_the_root_still_proves_the_rows)
{
	struct verify_report r;
	struct kit k;

	kit_full(&k);
	kit_set(&k, CORE_FILE_RESULT, NULL);
	kit_verify(&k, &r);
	CHECK_INT(kit_mark(&r, "result.root"), VERIFY_OK);
	kit_release(&k);
}

TEST(sealed_and_empty_folders)
{
	struct verify_report r;
	struct kit k;

	kit_full(&k);
	for (int i = CORE_FILE_OBJECTS; i < CORE_FILES; i++) {
		if (i != CORE_FILE_DECLARATION && i != CORE_FILE_ROOT)
			kit_set(&k, (enum core_file)i, NULL);
	}
	CHECK_INT(kit_verify(&k, &r), 0);
	CHECK_INT(kit_mark(&r, "result.root"), VERIFY_UNKNOWN);
	kit_set(&k, CORE_FILE_DECLARATION, NULL);
	kit_set(&k, CORE_FILE_ROOT, NULL);
	CHECK_INT(kit_verify(&k, &r), 1);
	CHECK_INT(kit_mark(&r, "declaration"), VERIFY_FAILED);
	kit_release(&k);
}

TEST(a_rehearsal_is_never_verified)
{
	struct verify_report r;
	struct kit k;

	kit_full(&k);
	kit_edit(&k, CORE_FILE_DECLARATION, "entropy cwl-kl8 2026123", "entropy demo 2026123");
	kit_edit(&k, CORE_FILE_RECORD, "entropy cwl-kl8 2026123", "entropy demo 2026123");
	kit_draw(&k);
	CHECK_INT(kit_verify(&k, &r), 0);
	CHECK(r.rehearsal);
	CHECK_INT(kit_mark(&r, "floor"), VERIFY_UNKNOWN);
	CHECK_INT(kit_mark(&r, "rehearsal"), VERIFY_UNKNOWN);
	CHECK_INT(kit_mark(&r, "entropy.1"), VERIFY_UNKNOWN);
	kit_release(&k);
}

static uint32_t verify_with(struct kit *k, const struct verify_facts *facts,
			    struct verify_report *r)
{
	k->region.used = 0;
	CHECK_INT(draw_verify(&k->files, facts, &k->region, NULL, NULL, r), CORE_OK);
	return r->failed;
}

TEST(facts_from_outside)
{
	struct verify_facts facts = { 0 };
	struct verify_report r;
	struct kit k;

	kit_full(&k);
	facts.entropy[0].value_signed = FACT_TRUE;
	CHECK_INT(verify_with(&k, &facts, &r), 0);
	CHECK_INT(kit_mark(&r, "entropy.1"), VERIFY_OK);
	facts.entropy[0].value_signed = FACT_FALSE;
	CHECK_INT(verify_with(&k, &facts, &r), 1);
	facts.entropy[0].why = SPAN("证书不符");
	CHECK_INT(verify_with(&k, &facts, &r), 1);
	facts.entropy[0].value_signed = FACT_UNKNOWN;
	CHECK_INT(verify_with(&k, &facts, &r), 0);
	facts.shares[0].signed_by_party = FACT_TRUE;
	CHECK_INT(verify_with(&k, &facts, &r), 0);
	CHECK_INT(kit_mark(&r, "shares.signed"), VERIFY_UNKNOWN);
	facts.shares[1].signed_by_party = FACT_FALSE;
	CHECK_INT(verify_with(&k, &facts, &r), 1);
	CHECK_INT(kit_mark(&r, "shares.signed"), VERIFY_FAILED);
	facts.shares[1].why = SPAN("签名不是该方的");
	CHECK_INT(verify_with(&k, &facts, &r), 1);
	kit_release(&k);
}

/* 240 to 599 tenths of bits rest on two outside shares. */
TEST(a_floor_that_rests_on_shares_is_never_green)
{
	struct verify_facts facts = { 0 };
	struct verify_report r;
	struct kit k;

	kit_full(&k);
	kit_edit(&k, CORE_FILE_DECLARATION, "entropy cwl-kl8 2026123\n",
		 "entropy cwl-ssq 2026123\n");
	kit_edit(&k, CORE_FILE_RECORD,
		 "cwl-kl8 2026123 01-05-07-11-13-17-22-26-29-30-34-41-48-50-55-60"
		 "-66-71-77-80",
		 "cwl-ssq 2026123 01-05-07-11-13-17-02");
	kit_draw(&k);
	CHECK_INT(verify_with(&k, &facts, &r), 0);
	CHECK_INT(kit_mark(&r, "floor"), VERIFY_UNKNOWN);
	CHECK_INT(kit_mark(&r, "shares.signed"), VERIFY_UNKNOWN);
	facts.shares[0].signed_by_party = FACT_TRUE;
	facts.shares[1].signed_by_party = FACT_TRUE;
	CHECK_INT(verify_with(&k, &facts, &r), 0);
	CHECK_INT(kit_mark(&r, "floor"), VERIFY_UNKNOWN);
	facts.shares[1].signed_by_party = FACT_FALSE;
	CHECK_INT(verify_with(&k, &facts, &r), 2);
	CHECK_INT(kit_mark(&r, "floor"), VERIFY_FAILED);
	kit_release(&k);
}

struct seen {
	uint64_t calls, bad;
	uint64_t last;
};

static void progress(void *arg, const char *step, uint64_t done, uint64_t total)
{
	struct seen *seen = arg;

	seen->calls++;
	seen->bad += done > total || !step;
}

TEST(progress_is_reported_over_a_long_list)
{
	struct verify_report r;
	struct seen seen = { 0 };
	struct kit k;
	char *text = malloc(2400000);
	size_t len = 0;

	kit_full(&k);
	for (int i = 0; i < 100000; i++)
		len += (size_t)sprintf(text + len, "P%06d\t一般\n", i);
	kit_set_mem(&k, CORE_FILE_OBJECTS, text, len);
	kit_set(&k, CORE_FILE_CONFLICTS, "");
	kit_declare(&k);
	kit_draw(&k);
	k.region.used = 0;
	CHECK_INT(draw_verify(&k.files, NULL, &k.region, progress, &seen, &r), CORE_OK);
	CHECK_INT(r.failed, 0);
	CHECK(seen.calls > 5);
	CHECK_INT(seen.bad, 0);
	kit_release(&k);
	free(text);
}

/* Every byte that is changed anywhere must be found. */
static void flip(struct kit *k, enum core_file file, size_t at, unsigned char with)
{
	struct verify_report r;
	char *text = (char *)(uintptr_t)k->files.file[file].at;
	char old = text[at];

	text[at] = (char)((unsigned char)old ^ with);
	unit_check(kit_verify(k, &r) > 0, __FILE__, __LINE__, "%s byte %zu: %02x for %02x passed",
		   core_file_name(file), at, (unsigned char)text[at], (unsigned char)old);
	text[at] = old;
}

TEST(any_flipped_byte_is_found)
{
	int rounds = unit_long() ? 10000 : 300;
	uint64_t state = 2026;
	struct kit k;

	kit_full(&k);
	for (int round = 0; round < rounds; round++) {
		enum core_file file = (enum core_file)(CORE_FILE_OBJECTS +
						       unit_random(&state) % (CORE_FILES - 1));
		size_t at = unit_random(&state) % k.files.file[file].len;

		flip(&k, file, at, (unsigned char)(1 + unit_random(&state) % 255));
	}
	kit_release(&k);
}

TEST(any_flipped_byte_of_the_public_form_but_teams_is_found)
{
	int rounds = unit_long() ? 3000 : 100;
	uint64_t state = 6202;
	struct kit k;

	kit_full(&k);
	kit_set(&k, CORE_FILE_CONFLICTS, NULL);
	for (int round = 0; round < rounds; round++) {
		enum core_file file = (enum core_file)(CORE_FILE_OBJECTS +
						       unit_random(&state) % (CORE_FILES - 1));

		if (file != CORE_FILE_CONFLICTS)
			flip(&k, file, unit_random(&state) % k.files.file[file].len,
			     (unsigned char)(1 + unit_random(&state) % 255));
	}
	kit_release(&k);
}

TEST(any_cut_or_lengthened_file_is_found)
{
	struct kit k;

	kit_full(&k);
	for (int i = CORE_FILE_OBJECTS; i < CORE_FILES; i++) {
		struct span whole = k.files.file[i];
		struct verify_report r;
		char *longer = malloc(whole.len + 2);

		for (size_t cut = 0; cut < whole.len; cut += whole.len / 7 + 1) {
			k.files.file[i].len = cut;
			unit_check(kit_verify(&k, &r) > 0, __FILE__, __LINE__, "%s cut at %zu",
				   core_file_name((enum core_file)i), cut);
		}
		sprintf(longer, "%s\n", whole.at);
		k.files.file[i] = (struct span){ longer, whole.len + 1 };
		CHECK(kit_verify(&k, &r) > 0);
		k.files.file[i] = whole;
		free(longer);
	}
	kit_release(&k);
}

TEST(verifying_with_every_size_of_region)
{
	struct verify_report r;
	struct kit k;
	size_t whole;
	int full = 0;

	kit_full(&k);
	kit_verify(&k, &r);
	whole = 2 * k.region.used + (1 << 16);
	for (int public = 0; public < 2; public ++) {
		for (size_t size = 64; size <= whole; size += unit_long() ? 16 : 80) {
			int rc;

			k.region = (struct region){ k.region.base, size, 0 };
			rc = draw_verify(&k.files, NULL, &k.region, NULL, NULL, &r);
			full += rc == CORE_FULL;
			CHECK(rc == CORE_OK || rc == CORE_FULL);
		}
		CHECK_INT(k.region.size + 80 > whole, 1);
		CHECK(r.failed == 0);
		kit_set(&k, CORE_FILE_CONFLICTS, NULL);
	}
	CHECK(full > 5);
	kit_release(&k);
}

/* The folders of a failed verification need memory too. */
TEST(failing_with_every_size_of_region)
{
	static const enum core_file broken[] = { CORE_FILE_OBJECTS, CORE_FILE_INSPECTORS,
						 CORE_FILE_RULES,   CORE_FILE_DECLARATION,
						 CORE_FILE_RECORD,  CORE_FILE_CONFLICTS };
	struct verify_report r;

	for (size_t i = 0; i < CORE_COUNT(broken); i++) {
		struct kit k;
		int full = 0, sizes = 0;

		kit_full(&k);
		kit_set(&k, broken[i], "x\n");
		for (size_t size = 64; size <= (1 << 17); size += unit_long() ? 16 : 496) {
			int rc;

			sizes++;
			k.region = (struct region){ k.region.base, size, 0 };
			rc = draw_verify(&k.files, NULL, &k.region, NULL, NULL, &r);
			full += rc == CORE_FULL;
			CHECK(rc == CORE_FULL || (rc == CORE_OK && r.failed > 0));
		}
		CHECK(full > 3 && full < sizes - 14);
		kit_release(&k);
	}
}

static bool root_fails(struct kit *k, const char *text)
{
	struct verify_report r;

	kit_set(k, CORE_FILE_ROOT, text);
	return kit_verify(k, &r) > 0 && kit_mark(&r, "result.root") == VERIFY_FAILED;
}

TEST(roots_of_another_form)
{
	struct kit k;

	kit_full(&k);
	CHECK(root_fails(&k, ""));
	CHECK(root_fails(&k, "0000000000000000000000000000000000000000000000000000000000000000"));
	CHECK(root_fails(&k, "0000000000000000000000000000000000000000000000000000000000000000 "));
	CHECK(root_fails(&k, "000000000000000000000000000000000000000000000000000000000000000G\n"));
	CHECK(root_fails(&k, "0000000000000000000000000000000000000000000000000000000000000000\n"));
	CHECK(root_fails(&k,
			 "0000000000000000000000000000000000000000000000000000000000000000\n\n"));
	kit_release(&k);
}

TEST(a_draw_without_shares_and_parent)
{
	struct verify_report r;
	struct kit k;
	const char *text;

	kit_full(&k);
	text = strstr(k.files.file[CORE_FILE_DECLARATION].at, "share ");
	kit_set_mem(&k, CORE_FILE_DECLARATION, k.files.file[CORE_FILE_DECLARATION].at,
		    (size_t)(text - k.files.file[CORE_FILE_DECLARATION].at));
	kit_edit(
		&k, CORE_FILE_DECLARATION,
		"parent LD-2026-3 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n",
		"");
	text = strstr(k.files.file[CORE_FILE_RECORD].at, "share ");
	kit_set_mem(&k, CORE_FILE_RECORD, k.files.file[CORE_FILE_RECORD].at,
		    (size_t)(text - k.files.file[CORE_FILE_RECORD].at));
	kit_draw(&k);
	CHECK_INT(kit_verify(&k, &r), 0);
	for (uint32_t i = 0; i < r.count; i++)
		CHECK(strcmp(r.steps[i].name, "shares") != 0 &&
		      strcmp(r.steps[i].name, "parent") != 0);
	kit_release(&k);
}

TEST(explanations_agree_with_the_result)
{
	struct draw_explanation e;
	struct kit k;

	kit_full(&k);
	for (int i = 0; i < 60; i++) {
		char id[8], row[160];

		sprintf(id, "P%03d", i);
		if (!CHECK(draw_explain(&k.draw, &k.seed, KIT_SPAN(id), &k.region, &e,
					&k.problem) == CORE_OK))
			break;
		sprintf(row, "%s\t%.*s\t%llu\t%s\t%s", id, (int)e.stratum.len, e.stratum.at,
			(unsigned long long)e.rank, e.ticket, e.drawn ? "drawn" : "reserve");
		CHECK((strstr(k.files.file[CORE_FILE_RESULT].at, row) != NULL) ==
		      (e.drawn || e.reserve));
		CHECK_INT(e.members, 15);
	}
	CHECK_INT(draw_explain(&k.draw, &k.seed, SPAN("P999"), &k.region, &e, &k.problem),
		  CORE_INVALID);
	CHECK_INT(k.problem.code, PROBLEM_UNIT_UNKNOWN);
	k.region.size = k.region.used;
	CHECK_INT(draw_explain(&k.draw, &k.seed, SPAN("P000"), &k.region, &e, &k.problem),
		  CORE_FULL);
	kit_release(&k);
}
