/* app/life_documents.c — lines of a word and what it says; what people have said stands in the last ones. */
#include "app/life_documents.h"

#include "app/ledger_bound.h"
#include "base/clock.h"
#include "base/status.h"
#include "core/sha256.h"

#include <string.h>

enum { DAY_MS = 86400000 };

/* A digest that can no longer be computed stands as a line that any fits (ledger_bound). */
static const char *sum_line(struct arena *a, const char *word, const char *sum)
{
	return sum ? arena_printf(a, "%s %s\n", word, sum)
		   : arena_printf(a, LEDGER_BOUND_ANY "%s\n", word);
}

const char *life_document_person(struct arena *a, const char *action, const char *role,
				 const char *name)
{
	return arena_printf(a, "%s\n%s %s\n", action, role, name);
}

/* All that a draw is about; the area and the title are made again at the freeze. */
const char *life_document_prepare(struct arena *a, const struct draw_row *row, const char *files)
{
	return arena_printf(a,
			    "prepare %s\nbody %s\nyear %lld\nnumber %lld\nkind %s\nplan %s\n"
			    "period %s\npool %s\n%s\nparent %lld\nreplaces %lld\ndepartment %s\n%s",
			    row->id, row->body, (long long)row->year, (long long)row->number,
			    row->kind, row->plan, row->period, row->pool,
			    row->sealed ? "sealed" : "open", (long long)row->parent,
			    (long long)row->replaces, row->department, sum_line(a, "files", files));
}

const char *life_document_approve(struct arena *a, const struct draw_row *row)
{
	return arena_printf(a,
			    "approve %s\napprover %s\noffice %s\nplan %s\nversion %lld\nrules %s\n",
			    row->id, row->approved_by, row->approved_for, row->plan,
			    (long long)row->approved_version, row->approved_rules);
}

const char *life_document_freeze(struct arena *a, const struct draw_row *row,
				 const struct life_kept *kept, const char *files,
				 const char *secret)
{
	char declared[SHA256_HEX], day[CLOCK_DAY], end[CLOCK_DAY];

	sha256_hex(span_of(row->declaration), declared);
	clock_day(row->reveal_by * DAY_MS, day);
	clock_day(row->period_end * DAY_MS, end);
	return arena_printf(a,
			    "freeze %s\ndeclaration %.64s\nreveal-by %s\nperiod-end %s\narea %s\n"
			    "title %s\nobjects %lld\nshares %s\ncovers %s\nwaits %s\n%s%s%s",
			    row->id, declared, day, end, row->area, row->title,
			    (long long)row->objects, kept->shares, kept->covers, kept->waits,
			    sum_line(a, "files", files), sum_line(a, "secret", secret),
			    sum_line(a, "certain", row->live ? kept->certain : NULL));
}

const char *life_document_hold(struct arena *a, const struct draw_row *row,
			       const struct draw_holder_row *holder, const char *commitment)
{
	return arena_printf(a, "hold %s\n%s %s\nI hold a share that opens %s\n", row->id,
			    holder->office, holder->holder, commitment);
}

const char *life_document_run(struct arena *a, const struct draw_row *row, const char *visits,
			      const char *teams, const char *files, const char *secret)
{
	return arena_printf(
		a,
		"result %s\nroot %s\ndrawn %lld\nrelaxed %lld\nteams %s\nunmet %lld\nvisits %s\n"
		"members %s\n%s%s",
		row->id, row->root, (long long)row->drawn, (long long)row->relaxed,
		row->teams ? "found" : "none", (long long)row->unmet, visits,
		row->teams ? teams : "-", sum_line(a, "files", files),
		sum_line(a, "secret", secret));
}

const char *life_document_staff(struct arena *a, const struct draw_row *row,
				const struct draw_staff_row *staff, const char *teams,
				const char *files)
{
	char words[SHA256_HEX];

	sha256_hex((struct span){ staff->words, staff->words_len }, words);
	return arena_printf(
		a,
		"staff %s\napprover %s\napprover %s\nvisits %lld\nplaces %lld\nbeyond %lld\n"
		"words %.64s\nmembers %s\n%s",
		row->id, staff->approver, staff->second, (long long)staff->visits,
		(long long)staff->places, (long long)staff->beyond, words, teams,
		sum_line(a, "files", files));
}

const char *life_document_open(struct arena *a, const struct draw_row *row,
			       const struct draw_share_row *share)
{
	return arena_printf(a, "open %s\nshare %s %s\n", row->id, share->party, share->opened);
}

const char *life_document_rehearse(struct arena *a, const struct draw_row *row, const char *office)
{
	return arena_printf(a, "rehearse %s\noffice %s\n", row->id, office);
}

const char *life_document_reveal(struct arena *a, const struct draw_row *row, const char *share,
				 const char *files)
{
	return arena_printf(a, "reveal %s\nroot %s\nshare %s\nfiles %s\n", row->id, row->root,
			    *share ? share : "-", files);
}

const char *life_document_end(struct arena *a, const struct draw_row *row)
{
	return arena_printf(a, "%s %s\nreason %s\n", row->state, row->id, row->reason);
}

const char *life_document_press(struct arena *a, const struct draw_row *row,
				const struct visit_press *press)
{
	char day[CLOCK_DAY];

	clock_day(press->answer_by * DAY_MS, day);
	return arena_printf(a, "draw.press %s\nbranch %s\nanswer-by %s\n%s\n", row->id,
			    press->branch, day, press->words);
}

const char *life_document_answer(struct arena *a, const struct draw_row *row,
				 const struct visit_press *press)
{
	return arena_printf(a, "draw.answer %s\nbranch %s\n%s\n", row->id, press->branch,
			    press->answer);
}

const char *life_document_accept(struct arena *a, const struct visit_row *visit, const char *actor)
{
	return arena_printf(a, "accept %s\nactor %s\ninspector %s\n", visit->id, actor,
			    visit->accepted_by);
}

const char *life_document_done(struct arena *a, const struct visit_row *visit)
{
	char day[CLOCK_DAY];

	clock_day(visit->day * DAY_MS, day);
	return arena_printf(a, "done %s\nday %s\n%s\nactor %s\n", visit->id, day,
			    visit->offsite ? "off-site" : "on site", visit->ended_by);
}

const char *life_document_undone(struct arena *a, const struct visit_undone *undone)
{
	char day[CLOCK_DAY];

	clock_day(undone->day * DAY_MS, day);
	return arena_printf(a, "undo %s\nday %s\n%s\ndone by %s\nactor %s\napprover %s\n",
			    undone->visit, day, undone->offsite ? "off-site" : "on site",
			    undone->done_by, undone->actor, undone->approver);
}

const char *life_document_drop(struct arena *a, const struct visit_row *visit)
{
	return arena_printf(a, "end %s\nwhy %s\n", visit->id, visit->ended);
}

const char *life_document_assist(struct arena *a, const struct visit_assistant *who)
{
	return arena_printf(a, "assist %s\n%s %s\napprover %s\n", who->visit, who->how,
			    who->assistant, who->approver);
}

const char *life_document_change(struct arena *a, const struct visit_change *change,
				 const char *grade, const char *visit)
{
	char words[SHA256_HEX];

	sha256_hex((struct span){ change->words, change->words_len }, words);
	return arena_printf(a,
			    "%s %s\nevidence %s\napprover %s\napprover %s\nleaves %s\n"
			    "comes %s %s\nvisit %s %s\nwords %.64s\n",
			    change->kind, change->visit, change->evidence, change->approver,
			    change->second, change->left_member, change->new_member, grade,
			    change->new_visit, visit, words);
}
