/* test/core/draw_kit.c — see draw_kit.h. */
#include "draw_kit.h"

#include <stdio.h>
#include <stdlib.h>

enum { REGION = 16 << 20, TEXT = 1 << 16 };

static const char shares[3][65] = {
	"d4f45b03e682b37bac3b4f0961d20f2df92b1bc47ef7017baa857bb457afa5bd",
	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
	"fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210",
};
static const char *const parties[3] = { "notary", "discipline", "operator" };
static const char kl8[] = "01-05-07-11-13-17-22-26-29-30-34-41-48-50-55-60-66-71-77-80";
static const char draw_id[] = "BD-2026-0007";

void kit_set_mem(struct kit *k, enum core_file file, const char *at, size_t len)
{
	char *copy = malloc(len + 1);

	memcpy(copy, at, len);
	copy[len] = '\0';
	free((void *)(uintptr_t)k->files.file[file].at);
	k->files.file[file] = (struct span){ copy, len };
}

void kit_set(struct kit *k, enum core_file file, const char *text)
{
	if (text) {
		kit_set_mem(k, file, text, strlen(text));
		return;
	}
	free((void *)(uintptr_t)k->files.file[file].at);
	k->files.file[file] = (struct span){ 0 };
}

void kit_edit(struct kit *k, enum core_file file, const char *from, const char *to)
{
	const char *old = k->files.file[file].at;
	const char *at = strstr(old, from);
	char *text;

	if (!CHECK(at != NULL))
		return;
	text = malloc(strlen(old) + strlen(to) + 1);
	sprintf(text, "%.*s%s%s", (int)(at - old), old, to, at + strlen(from));
	kit_set(k, file, text);
	free(text);
}

void kit_release(struct kit *k)
{
	for (int i = 0; i < CORE_FILES; i++)
		kit_set(k, (enum core_file)i, NULL);
	free(k->region.base);
}

static void kit_init(struct kit *k)
{
	*k = (struct kit){ .region.size = REGION };
	k->region.base = malloc(REGION);
}

int kit_open(struct kit *k)
{
	k->region.used = 0;
	return draw_open(&k->files, &k->region, &k->draw, &k->problem);
}

static void full_objects(struct kit *k)
{
	static const char *const strata[] = { "重点.水", "重点.气", "一般", "特殊" };
	char *text = malloc(TEXT);
	size_t len = 0;

	for (int i = 0; i < 60; i++)
		len += (size_t)sprintf(text + len, "P%03d\t%s\t厂%d\t%s\t%s%s\n", i, strata[i % 4],
				       i, i % 3 == 0 ? "130602" : "130606", i % 5 == 0 ? "" : "t1",
				       i % 5 == 0 ? (i % 2 == 0 ? "\t水" : "\t气")
						  : (i % 4 == 0 ? "\t水" : ""));
	kit_set(k, CORE_FILE_OBJECTS, text);
	free(text);
}

void kit_full(struct kit *k)
{
	kit_init(k);
	full_objects(k);
	kit_set(k, CORE_FILE_INSPECTORS,
		"I01\tS\t6\t0\t130602,130606\t水,气\n"
		"I02\tS\t5\t1\t\t水\n"
		"I03\tS\t4\t2\t130606\t气,水\n"
		"I04\tS\t6\t0\n"
		"I05\tS\t3\t0\t130602\t水,气\n"
		"I06\tJ\t6\t1\t130602,130606\n"
		"I07\tJ\t6\t0\n"
		"I08\tJ\t5\t0\t130606\n"
		"I09\tJ\t0\t0\n"
		"I10\tJ\t6\t3\t130602\n");
	kit_set(k, CORE_FILE_CONFLICTS,
		"I01\tP000\tkin\n"
		"I01\tP004\trotation\n"
		"I02\tP008\tinterest\n"
		"I06\tP001\trotation\n"
		"I06\tP002\tkin\n"
		"I07\tP013\tkin\n");
	kit_set(k, CORE_FILE_RULES,
		"team 2 1 1\n"
		"team 3 1 1 特殊\n"
		"bundle 2\n"
		"relax rotation\n"
		"relax second\n"
		"relax limit\n"
		"split 重点 1/5 重点.水=1 重点.气=2\n"
		"quota 一般 3\n"
		"quota 特殊 1/6\n");
	kit_declare(k);
	kit_draw(k);
}

void kit_small(struct kit *k)
{
	kit_init(k);
	kit_set(k, CORE_FILE_OBJECTS, "P1\tA\n");
	kit_set(k, CORE_FILE_INSPECTORS, "I1\tS\t1\t0\n");
	kit_set(k, CORE_FILE_CONFLICTS, "");
	kit_set(k, CORE_FILE_RULES, "team 1 1 0\nquota A 1\n");
}

void kit_declare(struct kit *k)
{
	static const char parent[] =
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
	const struct span entropy[] = { SPAN("cwl-kl8 2026123"),
					SPAN("dice 3d10 hall 2026-11-24") };
	struct record values = { .values = { KIT_SPAN(kl8), SPAN("407") } };
	struct declare_share committed[3];
	struct declaration declaration;
	char commitments[3][64];
	struct span text;

	for (int i = 0; i < 3; i++) {
		struct span share = { shares[i], 64 };

		declare_commitment(KIT_SPAN(draw_id), KIT_SPAN(parties[i]), share, commitments[i]);
		committed[i] =
			(struct declare_share){ KIT_SPAN(parties[i]), { commitments[i], 64 } };
		values.shares[i] = share;
	}
	CHECK_INT(kit_open(k), CORE_OK);
	CHECK_INT(draw_declare(&k->draw,
			       &(struct declare_input){ .draw_id = KIT_SPAN(draw_id),
							.parent_draw = SPAN("LD-2026-3"),
							.parent_root = KIT_SPAN(parent),
							.entropy = entropy,
							.entropy_count = 2,
							.shares = committed,
							.share_count = 3 },
			       &k->region, &text, &k->problem),
		  CORE_OK);
	kit_set_mem(k, CORE_FILE_DECLARATION, text.at, text.len);
	CHECK_INT(
		declaration_parse(k->files.file[CORE_FILE_DECLARATION], &declaration, &k->problem),
		CORE_OK);
	CHECK_INT(record_write(&declaration, &values, &k->region, &text, &k->problem), CORE_OK);
	kit_set_mem(k, CORE_FILE_RECORD, text.at, text.len);
}

static void set_hex(struct kit *k, enum core_file file, const char *hex)
{
	char line[66];

	sprintf(line, "%.64s\n", hex);
	kit_set(k, file, line);
}

void kit_draw(struct kit *k)
{
	struct draw_result result;

	if (!CHECK(kit_open(k) == CORE_OK))
		return;
	draw_seed(k->files.file[CORE_FILE_DECLARATION], k->files.file[CORE_FILE_RECORD], &k->seed);
	CHECK_INT(draw_select(&k->draw, &k->seed, &k->region, &k->selection), CORE_OK);
	CHECK_INT(draw_teams(&k->draw, &k->seed, &k->selection, &k->region, &k->teams), CORE_OK);
	CHECK_INT(draw_result(&k->draw, &k->seed, &k->selection, &k->teams, &k->region, &result),
		  CORE_OK);
	set_hex(k, CORE_FILE_SEED, k->seed.hex);
	kit_set_mem(k, CORE_FILE_RESULT, result.tsv.at, result.tsv.len);
	set_hex(k, CORE_FILE_ROOT, result.root);
}

void kit_seed(struct kit *k, char c)
{
	memset(k->seed.hex, c, sizeof(k->seed.hex));
}

bool kit_run(struct kit *k, char seed)
{
	kit_seed(k, seed);
	return CHECK(kit_open(k) == CORE_OK) &&
	       CHECK(draw_select(&k->draw, &k->seed, &k->region, &k->selection) == CORE_OK) &&
	       CHECK(draw_teams(&k->draw, &k->seed, &k->selection, &k->region, &k->teams) ==
		     CORE_OK);
}

uint32_t kit_verify(struct kit *k, struct verify_report *report)
{
	k->region.used = 0;
	*report = (struct verify_report){ 0 };
	CHECK_INT(draw_verify(&k->files, NULL, &k->region, NULL, NULL, report), CORE_OK);
	return report->failed;
}

int kit_mark(const struct verify_report *report, const char *name)
{
	for (uint32_t i = 0; i < report->count; i++) {
		if (strcmp(report->steps[i].name, name) == 0)
			return (int)report->steps[i].mark;
	}
	unit_check(false, __FILE__, __LINE__, "no step %s", name);
	return -1;
}

const char *kit_sentence(const struct kit *k)
{
	static char text[2048];
	struct writer w = { text, sizeof(text) - 1, 0, false };

	problem_write(&k->problem, &w);
	text[w.len] = '\0';
	return text;
}
