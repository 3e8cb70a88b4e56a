/* test/core/declare.c — declaration, shares, record, entropy forms, the floor and R. */
#include "core/declare.h"

#include "draw_kit.h"

#include <stdio.h>
#include <stdlib.h>

#define H64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define QUICKNET "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
#define HEAD                                                                                       \
	"dr1\ndraw T-1\nobjects 1 " H64 "\ninspectors 1 " H64 "\nconflicts 0 " H64 "\nrules " H64  \
	"\n"

static struct problem problem;

static int parse(const char *text, struct declaration *d)
{
	problem = (struct problem){ 0 };
	return declaration_parse(KIT_SPAN(text), d, &problem);
}

TEST(bad_declarations_name_the_line)
{
	static const struct {
		const char *text;
		enum problem_code code;
		uint64_t line;
	} cases[] = {
		{ "", PROBLEM_DECLARATION_LINE, 1 },
		{ "dr2\n", PROBLEM_DECLARATION_LINE, 1 },
		{ "dr11\n", PROBLEM_DECLARATION_LINE, 1 },
		{ "dr1\n", PROBLEM_DECLARATION_LINE, 2 },
		{ "dr1\ndraw  T-1\n", PROBLEM_DRAW_ID, 2 },
		{ "dr1\ndraw T1\n", PROBLEM_DRAW_ID, 2 },
		{ "dr1\ndraw T-1\nobjects 01 " H64 "\n", PROBLEM_COUNT, 3 },
		{ "dr1\ndraw T-1\nobjects 1\n", PROBLEM_HASH, 3 },
		{ "dr1\ndraw T-1\nobjects 1 " H64 "0\n", PROBLEM_HASH, 3 },
		{ "dr1\ndraw T-1\nobjects 1 " H64 "\nobjects 1 " H64 "\n", PROBLEM_DECLARATION_LINE,
		  4 },
		{ "dr1\ndraw T-1\nobjects 1 " H64 "\ninspectors 1 " H64 "\nconflicts 0 " H64 "\n",
		  PROBLEM_DECLARATION_LINE, 6 },
		{ HEAD, PROBLEM_ENTROPY_NONE, 7 },
		{ HEAD "entropy demo x", PROBLEM_FILE_LAST_LF, 7 },
		{ HEAD "entropy demo x\n\n", PROBLEM_DECLARATION_MORE, 8 },
		{ HEAD "entropy demo x\nparent U-1 " H64 "\n", PROBLEM_DECLARATION_MORE, 8 },
		{ HEAD "parent U " H64 "\nentropy demo x\n", PROBLEM_DRAW_ID, 7 },
		{ HEAD "parent U-1 x\nentropy demo x\n", PROBLEM_HASH, 7 },
		{ HEAD "entropy coin 1\n", PROBLEM_ENTROPY_SOURCE, 7 },
		{ HEAD "entropy \n", PROBLEM_ENTROPY_SOURCE, 7 },
		{ HEAD "entropy demo\n", PROBLEM_ENTROPY_SELECTOR, 7 },
		{ HEAD "entropy demo x\nentropy demo x\n", PROBLEM_ENTROPY_DUPLICATE, 8 },
		{ HEAD "entropy demo x\nshare a\n", PROBLEM_SHARE_LINE, 8 },
		{ HEAD "entropy demo x\nshare a x\n", PROBLEM_SHARE_LINE, 8 },
		{ HEAD "entropy demo x\nshare a/b " H64 "\n", PROBLEM_PARTY, 8 },
		{ HEAD "entropy demo x\nshare a " H64 "\nshare a " H64 "\n",
		  PROBLEM_PARTY_DUPLICATE, 9 },
		{ HEAD "entropy demo x\nshare a " H64 "\nentropy demo y\n",
		  PROBLEM_DECLARATION_MORE, 9 },
	};
	struct declaration d;

	for (size_t i = 0; i < CORE_COUNT(cases); i++) {
		int rc = parse(cases[i].text, &d);

		unit_check(rc == CORE_INVALID && problem.code == cases[i].code &&
				   problem.line == cases[i].line &&
				   problem.file == CORE_FILE_DECLARATION,
			   __FILE__, __LINE__, "case %zu: %d %s line %llu", i, rc,
			   problem_name(problem.code), (unsigned long long)problem.line);
	}
	CHECK_INT(declaration_parse((struct span){ 0 }, &d, &problem), CORE_INVALID);
	CHECK_INT(problem.code, PROBLEM_FILE_MISSING);
}

TEST(at_most_sixteen_sources_and_shares)
{
	char text[8192] = HEAD;
	struct declaration d;

	for (int i = 0; i < 16; i++)
		sprintf(text + strlen(text), "entropy demo %d\n", i);
	CHECK_INT(parse(text, &d), CORE_OK);
	CHECK_INT(d.entropy_count, 16);
	for (int i = 0; i < 16; i++)
		sprintf(text + strlen(text), "share p%d %064d\n", i, i);
	CHECK_INT(parse(text, &d), CORE_OK);
	CHECK_INT(d.share_count, 16);
	strcat(text, "share q " H64 "\n");
	CHECK_INT(parse(text, &d), CORE_INVALID);
	CHECK_INT(problem.code, PROBLEM_SHARE_MANY);
	CHECK_INT(problem.want, 16);
	strcpy(text, HEAD);
	for (int i = 0; i < 17; i++)
		sprintf(text + strlen(text), "entropy demo %d\n", i);
	CHECK_INT(parse(text, &d), CORE_INVALID);
	CHECK_INT(problem.code, PROBLEM_ENTROPY_MANY);
}

static bool source_is(const char *text, uint32_t decibits)
{
	struct declare_entropy e;

	return entropy_parse(KIT_SPAN(text), &e, &problem) == CORE_OK && e.decibits == decibits;
}

static bool source_bad(const char *text)
{
	struct declare_entropy e;

	return entropy_parse(KIT_SPAN(text), &e, &problem) == CORE_INVALID;
}

TEST(sources_and_their_tenths_of_bits)
{
	CHECK(source_is("drand " QUICKNET " 1000", 2560));
	CHECK(source_is("nist 1 54610", 2560));
	CHECK(source_is("cwl-kl8 2026123", 616));
	CHECK(source_is("cwl-ssq 2026123", 240));
	CHECK(source_is("slc-dlt 2026123", 243));
	CHECK(source_is("slc-pl5 2026123", 166));
	CHECK(source_is("cwl-3d 2026123", 99));
	CHECK(source_is("dice 20d10 hall 2026-11-24T09:00", 660));
	CHECK(source_is("demo a b c", 0));
	CHECK(source_bad("drand " QUICKNET));
	CHECK(source_bad("drand " QUICKNET " 01"));
	CHECK(source_bad("nist 1 x"));
	CHECK(source_bad("nist 1 2 3"));
	CHECK(source_bad("cwl-kl8"));
	CHECK(source_bad("cwl-kl8 2026001 2026002"));
	CHECK(source_bad("dice 20d6 hall t"));
	CHECK(source_bad("dice 0d10 hall t"));
	CHECK(source_bad("dice 1001d10 hall t"));
	CHECK(source_bad("dice d10 hall t"));
	CHECK(source_bad("dice 20d10 hall"));
	CHECK(source_bad("demo  x"));
	CHECK(source_bad("demo 大厅"));
}

static enum problem_code value(const char *source, const char *text)
{
	struct declare_entropy e;

	if (!CHECK(entropy_parse(KIT_SPAN(source), &e, &problem) == CORE_OK))
		return PROBLEM_CODES;
	if (entropy_check(&e, KIT_SPAN(text), &problem) == CORE_OK)
		return PROBLEM_NONE;
	CHECK_INT(problem.file, CORE_FILE_RECORD);
	return problem.code;
}

TEST(values_by_the_form_of_their_source)
{
	const char *ssq = "cwl-ssq 2026001", *dlt = "slc-dlt 2026001", *kl8 = "cwl-kl8 2026001";

	CHECK_INT(value("drand " QUICKNET " 1", H64), PROBLEM_NONE);
	CHECK_INT(value("drand " QUICKNET " 1", "ab"), PROBLEM_VALUE_HEX);
	CHECK_INT(value("nist 1 1", H64 H64), PROBLEM_NONE);
	CHECK_INT(value("nist 1 1", H64), PROBLEM_VALUE_HEX);
	CHECK_INT(value(ssq, "01-02-03-10-20-33-16"), PROBLEM_NONE);
	CHECK_INT(value(ssq, "01-02-03-10-20-33-01"), PROBLEM_NONE);
	CHECK_INT(value(ssq, "01-02-03-10-20-34-16"), PROBLEM_VALUE_RANGE);
	CHECK_INT(value(ssq, "01-02-03-10-20-33-17"), PROBLEM_VALUE_RANGE);
	CHECK_INT(value(ssq, "01-02-03-10-20-33-00"), PROBLEM_VALUE_RANGE);
	CHECK_INT(value(ssq, "01-02-03-10-20-33-5"), PROBLEM_VALUE_RANGE);
	CHECK_INT(value(ssq, "01-02-03-10-20-33-x1"), PROBLEM_VALUE_RANGE);
	CHECK_INT(value(ssq, "01-03-02-10-20-33-16"), PROBLEM_VALUE_ASCENDING);
	CHECK_INT(value(ssq, "01-01-02-10-20-33-16"), PROBLEM_VALUE_ASCENDING);
	CHECK_INT(value(ssq, "01-02-03-10-20-33"), PROBLEM_VALUE_NUMBERS);
	CHECK_INT(value(ssq, ""), PROBLEM_VALUE_NUMBERS);
	CHECK_INT(value(dlt, "01-02-03-04-35-01-12"), PROBLEM_NONE);
	CHECK_INT(value(dlt, "01-02-03-04-35-12-01"), PROBLEM_VALUE_ASCENDING);
	CHECK_INT(value(dlt, "01-02-03-04-36-01-12"), PROBLEM_VALUE_RANGE);
	CHECK_INT(value(kl8, "01-05-07-11-13-17-22-26-29-30-34-41-48-50-55-60-66-71-77-80"),
		  PROBLEM_NONE);
	CHECK_INT(value(kl8, "01-05-07-11-13-17-22-26-29-30-34-41-48-50-55-60-66-71-77-81"),
		  PROBLEM_VALUE_RANGE);
	CHECK_INT(value("cwl-3d 2026001", "4-0-7"), PROBLEM_NONE);
	CHECK_INT(value("cwl-3d 2026001", "407"), PROBLEM_VALUE_DIGITS);
	CHECK_INT(value("cwl-3d 2026001", "4-0-7-1"), PROBLEM_VALUE_DIGITS);
	CHECK_INT(value("cwl-3d 2026001", "4-0-x"), PROBLEM_VALUE_DIGITS);
	CHECK_INT(value("cwl-3d 2026001", "4 0-7"), PROBLEM_VALUE_DIGITS);
	CHECK_INT(value("slc-pl5 2026001", "9-9-0-0-1"), PROBLEM_NONE);
	CHECK_INT(value("dice 3d10 hall t", "407"), PROBLEM_NONE);
	CHECK_INT(value("dice 3d10 hall t", "4071"), PROBLEM_VALUE_DIGITS);
	CHECK_INT(value("dice 3d10 hall t", "40x"), PROBLEM_VALUE_DIGITS);
	CHECK_INT(value("demo x", "anything:1"), PROBLEM_NONE);
	CHECK_INT(value("demo x", ""), PROBLEM_VALUE_TOKEN);
	CHECK_INT(value("demo x", "a b"), PROBLEM_VALUE_TOKEN);
}

/* Declares with these sources and this many outside shares and signatures. */
static int declare(struct kit *k, const char *const *sources, uint32_t outside,
		   uint32_t signed_shares)
{
	static const char *const names[] = { "notary", "archive", "operator" };
	static const char *const commitments[] = { H64, "1" H64, "22" H64 };
	struct declare_share shares[3];
	struct span entropy[4], text;
	struct declare_input in = { .draw_id = SPAN("T-1"),
				    .entropy = entropy,
				    .shares = shares,
				    .share_count = outside + 1,
				    .signed_outside_shares = signed_shares };

	for (uint32_t i = 0; i <= outside; i++)
		shares[i] = (struct declare_share){ KIT_SPAN(names[i == outside ? 2 : i]),
						    { commitments[i], 64 } };
	for (; sources[in.entropy_count]; in.entropy_count++)
		entropy[in.entropy_count] = KIT_SPAN(sources[in.entropy_count]);
	CHECK_INT(kit_open(k), CORE_OK);
	return draw_declare(&k->draw, &in, &k->region, &text, &k->problem);
}

TEST(the_floor_is_enforced_with_its_arithmetic)
{
	const char *const weak[] = { "cwl-3d 2026001", NULL };
	const char *const middle[] = { "cwl-ssq 2026001", NULL };
	const char *const strong[] = { "cwl-ssq 2026001", "slc-dlt 2026001", "slc-pl5 2026001",
				       NULL };
	const char *const rehearsal[] = { "demo x", "cwl-3d 2026001", NULL };
	struct kit k;

	kit_small(&k);
	CHECK_INT(declare(&k, strong, 0, 0), CORE_OK);
	CHECK_INT(declare(&k, rehearsal, 0, 0), CORE_OK);
	CHECK_INT(declare(&k, weak, 2, 2), CORE_INVALID);
	CHECK_INT(k.problem.code, PROBLEM_FLOOR);
	CHECK_INT(k.problem.have, 99);
	CHECK_INT(declare(&k, middle, 1, 1), CORE_INVALID);
	CHECK_INT(k.problem.code, PROBLEM_FLOOR_SHARES);
	CHECK_INT(declare(&k, middle, 2, 1), CORE_INVALID);
	CHECK_INT(k.problem.code, PROBLEM_FLOOR_UNSIGNED);
	CHECK_INT(declare(&k, middle, 2, 2), CORE_OK);
	kit_release(&k);
}

TEST(the_floor_at_its_edges)
{
	struct declaration d = { .entropy_count = 1, .share_count = 2 };
	struct declare_floor f;

	d.shares[0].party = SPAN("notary");
	d.shares[1].party = SPAN("operator");
	for (uint32_t bits = 239; bits < 602; bits += bits == 240 ? 359 : 1) {
		d.entropy[0].decibits = bits;
		f = declare_floor(&d);
		CHECK(f.enough_alone == (bits >= 600));
		CHECK(!f.enough_with_shares && f.outside_shares == 1 && !f.rehearsal);
		d.shares[1].party = SPAN("archive");
		CHECK(declare_floor(&d).enough_with_shares == (bits >= 240));
		d.shares[1].party = SPAN("operator");
	}
}

static enum problem_code declare_code(struct kit *k, const struct declare_input *in)
{
	struct span text;

	CHECK_INT(kit_open(k), CORE_OK);
	CHECK_INT(draw_declare(&k->draw, in, &k->region, &text, &k->problem), CORE_INVALID);
	return k->problem.code;
}

TEST(a_declaration_refuses_what_its_reader_refuses)
{
	const struct span demo = SPAN("demo x"), split = SPAN("demo x\nshare a");
	const struct declare_share share = { SPAN("a"), SPAN(H64) };
	const struct declare_share bad_share = { SPAN("a\nb"), SPAN(H64) };
	const struct declare_share bad_hash = { SPAN("a"), SPAN("x\n") };
	struct declare_input in = { .draw_id = SPAN("T-1"),
				    .entropy = &demo,
				    .entropy_count = 1,
				    .shares = &share,
				    .share_count = 1 };
	struct kit k;

	kit_small(&k);
	in.draw_id = SPAN("T-1\nx-1");
	CHECK_INT(declare_code(&k, &in), PROBLEM_DRAW_ID);
	in.draw_id = SPAN("T");
	CHECK_INT(declare_code(&k, &in), PROBLEM_DRAW_ID);
	in.draw_id = SPAN("T-1");
	in.parent_draw = SPAN("T\n-1");
	CHECK_INT(declare_code(&k, &in), PROBLEM_DRAW_ID);
	in.parent_draw = SPAN("T-0");
	CHECK_INT(declare_code(&k, &in), PROBLEM_HASH);
	in.parent_root = SPAN("\n");
	CHECK_INT(declare_code(&k, &in), PROBLEM_HASH);
	in.parent_draw = (struct span){ 0 };
	in.parent_root = SPAN(H64);
	CHECK_INT(declare_code(&k, &in), PROBLEM_DRAW_ID);
	in.parent_root = (struct span){ 0 };
	in.entropy = &split;
	CHECK_INT(declare_code(&k, &in), PROBLEM_ENTROPY_SELECTOR);
	in.entropy = &demo;
	in.shares = &bad_share;
	CHECK_INT(declare_code(&k, &in), PROBLEM_SHARE_LINE);
	in.shares = &bad_hash;
	CHECK_INT(declare_code(&k, &in), PROBLEM_SHARE_LINE);
	in.shares = &share;
	kit_set(&k, CORE_FILE_OBJECTS, "");
	CHECK_INT(declare_code(&k, &in), PROBLEM_NO_OBJECTS);
	kit_set(&k, CORE_FILE_OBJECTS, "P1\tA\n");
	k.region.size = 4096;
	CHECK_INT(kit_open(&k), CORE_OK);
	k.region.size = k.region.used + 64;
	CHECK_INT(draw_declare(&k.draw, &in, &k.region, &(struct span){ 0 }, &k.problem),
		  CORE_FULL);
	kit_release(&k);
}

TEST(a_written_declaration_reads_back)
{
	struct declaration d;
	struct kit k;

	kit_full(&k);
	CHECK_INT(declaration_parse(k.files.file[CORE_FILE_DECLARATION], &d, &k.problem), CORE_OK);
	CHECK(span_equal(d.draw_id, SPAN("BD-2026-0007")));
	CHECK(span_equal(d.parent_draw, SPAN("LD-2026-3")));
	CHECK_INT(d.objects, 60);
	CHECK_INT(d.inspectors, 10);
	CHECK_INT(d.conflicts, 6);
	CHECK_INT(d.entropy_count, 2);
	CHECK_INT(d.entropy[1].dice, 3);
	CHECK_INT(d.share_count, 3);
	CHECK_INT(declaration_check_lists(&d, &k.files, &k.problem), CORE_OK);
	kit_edit(&k, CORE_FILE_RULES, "quota 一般 3", "quota 一般 4");
	CHECK_INT(declaration_check_lists(&d, &k.files, &k.problem), CORE_INVALID);
	CHECK_INT(k.problem.file, CORE_FILE_RULES);
	kit_edit(&k, CORE_FILE_CONFLICTS, "kin", "own");
	CHECK_INT(declaration_check_lists(&d, &k.files, &k.problem), CORE_INVALID);
	CHECK_INT(k.problem.code, PROBLEM_LIST_ROOT);
	CHECK_INT(k.problem.file, CORE_FILE_CONFLICTS);
	kit_edit(&k, CORE_FILE_INSPECTORS, "I10\tJ\t6\t3\t130602\n", "");
	CHECK_INT(declaration_check_lists(&d, &k.files, &k.problem), CORE_INVALID);
	CHECK_INT(k.problem.code, PROBLEM_LIST_COUNT);
	CHECK_INT(k.problem.have, 9);
	kit_edit(&k, CORE_FILE_OBJECTS, "厂0", "厂x");
	CHECK_INT(declaration_check_lists(&d, &k.files, &k.problem), CORE_INVALID);
	CHECK_INT(k.problem.file, CORE_FILE_OBJECTS);
	kit_release(&k);
}

static enum problem_code record_code(struct kit *k)
{
	struct declaration d;
	struct record r;

	CHECK_INT(declaration_parse(k->files.file[CORE_FILE_DECLARATION], &d, &k->problem),
		  CORE_OK);
	if (record_parse(k->files.file[CORE_FILE_RECORD], &d, &r, &k->problem) == CORE_OK)
		return PROBLEM_NONE;
	CHECK_INT(k->problem.file, CORE_FILE_RECORD);
	return k->problem.code;
}

TEST(records_must_match_their_declaration)
{
	struct kit k;

	kit_full(&k);
	CHECK_INT(record_code(&k), PROBLEM_NONE);
	kit_edit(&k, CORE_FILE_RECORD, "2026123 01-", "2026124 01-");
	CHECK_INT(record_code(&k), PROBLEM_RECORD_LINE);
	CHECK_INT(k.problem.line, 1);
	kit_edit(&k, CORE_FILE_RECORD, "2026124 01-", "2026123 05-");
	CHECK_INT(record_code(&k), PROBLEM_VALUE_ASCENDING);
	kit_edit(&k, CORE_FILE_RECORD, "2026123 05-", "2026123 01-");
	kit_edit(&k, CORE_FILE_RECORD, "24 407", "24\t407");
	CHECK_INT(record_code(&k), PROBLEM_RECORD_LINE);
	CHECK_INT(k.problem.line, 2);
	kit_edit(&k, CORE_FILE_RECORD, "24\t407", "24 407");
	kit_edit(&k, CORE_FILE_RECORD, "share notary d4", "share notary d5");
	CHECK_INT(record_code(&k), PROBLEM_SHARE_OPEN);
	CHECK_INT(k.problem.line, 3);
	kit_edit(&k, CORE_FILE_RECORD, "share notary d5", "share notary D4");
	CHECK_INT(record_code(&k), PROBLEM_SHARE_HEX);
	kit_edit(&k, CORE_FILE_RECORD, "share notary D4", "share notari d4");
	CHECK_INT(record_code(&k), PROBLEM_RECORD_LINE);
	kit_edit(&k, CORE_FILE_RECORD, "share notari d4", "share notary d4");
	kit_release(&k);
}

TEST(records_end_where_the_declaration_ends)
{
	struct kit k;
	size_t len;

	kit_full(&k);
	len = k.files.file[CORE_FILE_RECORD].len;
	k.files.file[CORE_FILE_RECORD].len = len - 1;
	CHECK_INT(record_code(&k), PROBLEM_FILE_LAST_LF);
	k.files.file[CORE_FILE_RECORD].len = 0;
	CHECK_INT(record_code(&k), PROBLEM_RECORD_LINE);
	k.files.file[CORE_FILE_RECORD].len = len;
	kit_edit(&k, CORE_FILE_RECORD, "fedcba9876543210\n", "fedcba9876543210\nmore\n");
	CHECK_INT(record_code(&k), PROBLEM_RECORD_MORE);
	CHECK_INT(k.problem.line, 6);
	kit_release(&k);
}

TEST(a_record_is_not_written_from_wrong_values)
{
	struct declaration d;
	struct record r = { 0 };
	struct span text;
	struct kit k;

	kit_full(&k);
	CHECK_INT(declaration_parse(k.files.file[CORE_FILE_DECLARATION], &d, &k.problem), CORE_OK);
	CHECK_INT(record_parse(k.files.file[CORE_FILE_RECORD], &d, &r, &k.problem), CORE_OK);
	CHECK_INT(record_write(&d, &r, &k.region, &text, &k.problem), CORE_OK);
	CHECK(span_equal(text, k.files.file[CORE_FILE_RECORD]));
	r.values[1] = SPAN("40");
	CHECK_INT(record_write(&d, &r, &k.region, &text, &k.problem), CORE_INVALID);
	CHECK_INT(k.problem.code, PROBLEM_VALUE_DIGITS);
	r.values[1] = SPAN("407\nshare x");
	CHECK_INT(record_write(&d, &r, &k.region, &text, &k.problem), CORE_INVALID);
	k.region.size = k.region.used;
	CHECK_INT(record_write(&d, &r, &k.region, &text, &k.problem), CORE_FULL);
	kit_release(&k);
}

TEST(commitments_and_floor_words)
{
	char hex[65] = "", text[512];
	struct writer w = { text, sizeof(text) - 1, 0, false };
	struct declaration d;
	struct kit k;

	/* From the public vectors. */
	declare_commitment(SPAN("DEMO-2026-0001"), SPAN("notary"),
			   SPAN("d4f45b03e682b37bac3b4f0961d20f2df92b1bc47ef7017baa857bb457afa5bd"),
			   hex);
	CHECK_STR(hex, "525947511d2349d68007370f2293b331a1f252b50e4186d0ec7391ca92cc7ded");
	kit_full(&k);
	CHECK_INT(declaration_parse(k.files.file[CORE_FILE_DECLARATION], &d, &k.problem), CORE_OK);
	declare_floor_write(&d, &w);
	text[w.len] = '\0';
	CHECK_STR(text, "中国福利彩票快乐8 61.6 + 当众掷出的十面骰子 3 颗 9.9 = 71.5 比特");
	CHECK(entropy_source(ENTROPY_DRAND)->how.len > 20);
	kit_release(&k);
}
