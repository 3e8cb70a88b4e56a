/* app/draw_staffing.c — a verifier makes the teams again and compares bytes. */
#include "app/draw_staffing.h"

#include "app/draw_foreign.h"
#include "base/status.h"
#include "core/declare.h"
#include "core/text.h"

#include <string.h>

#define HOW_WRONG "事后的检查组不是由锁定的名单和随机数按规则排出的；这些派组不能作数"
#define HOW_BLOCKED "先解决上面不符或未核验的步骤，再核验事后派组"
#define HOW_AUDIT "向审计或纪检取审计版（含 conflicts.tsv）核验"

static int status_of(int rc)
{
	return rc == CORE_OK ? OK : TOO_LARGE;
}

int draw_staffing_make(const struct draw *d, const struct draw_seed *seed,
		       const struct draw_watch *watch, struct region *r, struct draw_staffing *ret)
{
	struct draw_staffing s;

	TRY(draw_run_select(d, seed, 0, watch, r, &s.selection));
	TRY(draw_run_teams(d, seed, &s.selection, 0, watch, r, &s.teams));
	if (s.teams.feasible)
		return NONE;
	TRY(status_of(draw_staff(d, seed, &s.selection, &s.teams, r, &s.staffed)));
	TRY(status_of(draw_staff_text(d, &s.teams, &s.staffed, r, &s.text)));
	*ret = s;
	return OK;
}

static struct verify_step step(enum verify_mark mark, const char *text, const char *how)
{
	return (struct verify_step){ "staff", mark, span_of(text), span_of(how) };
}

/* The object of the first line that is another one than computed. */
static struct span first_wrong(struct span have, struct span want)
{
	struct span have_line = SPAN(""), want_line = SPAN(""), id;

	do {
		bool more = text_line(&have, &have_line), wanted = text_line(&want, &want_line);
		if (!more)
			have_line = SPAN("");
		if (!wanted)
			want_line = SPAN("");
		if (!more && !wanted)
			return SPAN("");
	} while (span_equal(have_line, want_line));
	span_cut(want_line.len > 0 ? &want_line : &have_line, '\t', &id);
	return id;
}

static struct verify_step compare(struct arena *a, struct span have, const struct draw_staffing *s)
{
	const struct draw_staffed *n = &s->staffed;
	uint32_t trips = s->teams.problem.visit_count;

	if (!span_equal(have, s->text)) {
		struct span id = first_wrong(have, s->text);
		char words[256];
		struct writer w = { words, sizeof(words), 0, false };
		problem_write_words(id, &w);
		return step(VERIFY_FAILED,
			    arena_printf(a,
					 "事后派组（" DRAW_STAFFING_FILE
					 "）与重新排出的不同，如“%.*s”",
					 (int)w.len, words),
			    HOW_WRONG);
	}
	return step(
		VERIFY_OK,
		arena_printf(
			a,
			"抽取时排不出的检查组事后按 R 的次序派出：%u 次检查里 %u 次按声明的规则，"
			"%u 次补派，%u 次派不出；%llu 人次里 %llu 人次超出声明的限度（片区 "
			"%llu、上限 %llu、老新 %llu）；" DRAW_STAFFING_FILE
			" 与重新排出的逐字节相同",
			trips, n->declared, n->trips - n->declared, trips - n->trips,
			(unsigned long long)n->places, (unsigned long long)n->exceptions,
			(unsigned long long)n->scope, (unsigned long long)n->limit,
			(unsigned long long)n->grade),
		"");
}

/* Everything that the teams follow from was verified before; conflicts that the declaration says are none are none. */
static int again(struct draw_folder *f, struct arena *a, struct span have, struct verify_step *ret)
{
	struct draw_files files = f->files;
	struct declaration declaration;
	struct draw_staffing made;
	struct problem problem;
	struct draw_seed seed;
	struct draw d;

	if (declaration_parse(files.file[CORE_FILE_DECLARATION], &declaration, &problem) != CORE_OK)
		return INVALID;
	struct span *conflicts = &files.file[CORE_FILE_CONFLICTS];
	if (!conflicts->at)
		*conflicts = SPAN("");
	draw_seed(files.file[CORE_FILE_DECLARATION], files.file[CORE_FILE_RECORD], &seed);
	TRY(draw_run_open(&files, 0, NULL, &f->region, &d, &problem));
	int rc = draw_staffing_make(&d, &seed, NULL, &f->region, &made);
	if (rc == NONE) {
		*ret = step(VERIFY_FAILED,
			    "抽取时排出了检查组，却另有事后派组（" DRAW_STAFFING_FILE "）",
			    HOW_WRONG);
		return OK;
	}
	TRY(rc);
	*ret = compare(a, have, &made);
	return OK;
}

static bool marked(const struct verify_report *report, const char *name, enum verify_mark mark)
{
	for (uint32_t i = 0; i < report->count; i++)
		if (strcmp(report->steps[i].name, name) == 0)
			return report->steps[i].mark == mark;
	return false;
}

int draw_staffing_check(struct draw_folder *f, const char *folder, struct arena *a,
			const struct verify_report *report, struct verify_step *ret)
{
	const char *path = arena_printf(a, "%s/" DRAW_STAFFING_FILE, folder);
	struct file_map map;
	int rc = draw_foreign_read(path, draw_folder_limit(CORE_FILE_RESULT), &map);

	if (rc == NONE || rc == IO_ERROR)
		return rc;
	if (rc != OK) {
		*ret = step(VERIFY_FAILED,
			    DRAW_STAFFING_FILE " 不是普通文件（是文件夹、链接，或太大）",
			    "文件在导出之后被换过；请向组织方索取原来的文件夹");
		return OK;
	}
	if (report->form == VERIFY_DRAWN && report->failed == 0 &&
	    marked(report, "teams", VERIFY_OK))
		rc = again(f, a, (struct span){ map.at, map.len }, ret);
	else if (report->form == VERIFY_DRAWN && report->failed == 0)
		*ret = step(VERIFY_UNKNOWN, "事后派组（" DRAW_STAFFING_FILE "）没有重新排",
			    HOW_AUDIT);
	else
		*ret = step(VERIFY_UNKNOWN, "事后派组（" DRAW_STAFFING_FILE "）没有核验",
			    HOW_BLOCKED);
	file_unmap(&map);
	return rc;
}
