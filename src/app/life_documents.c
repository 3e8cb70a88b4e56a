/* app/life_documents.c — lines of a word and what it says. */
#include "app/life_documents.h"

#include "base/clock.h"
#include "base/status.h"
#include "core/sha256.h"
#include "store/visit_team.h"

#include <string.h>

enum { DAY_MS = 86400000 };

static int add_place(void *arg, const char *visit, const char *trip, const char *inspector)
{
	struct sha256 *sum = arg;

	sha256_add(sum, visit, strlen(visit));
	sha256_add(sum, "\t", 1);
	sha256_add(sum, trip, strlen(trip));
	sha256_add(sum, "\t", 1);
	sha256_add(sum, inspector, strlen(inspector));
	sha256_add(sum, "\n", 1);
	return OK;
}

int life_teams_digest(struct db *db, const struct draw_row *row, char digest[LIFE_TEAMS_DIGEST])
{
	struct writer w = { digest, LIFE_TEAMS_DIGEST - 1, 0, false };
	uint8_t bytes[SHA256_SIZE];
	struct sha256 sum;

	sha256_init(&sum);
	TRY(visit_team_walk(db, row->key, row->teams, add_place, &sum));
	sha256_done(&sum, bytes);
	write_hex(&w, bytes, sizeof(bytes));
	digest[w.len] = 0;
	return OK;
}

const char *life_document_person(struct arena *a, const char *action, const char *role,
				 const char *name)
{
	return arena_printf(a, "%s\n%s %s\n", action, role, name);
}

/* All that a draw is about; the area and the title are made again at the freeze. */
const char *life_document_prepare(struct arena *a, const struct draw_row *row)
{
	return arena_printf(a,
			    "prepare %s\nbody %s\nyear %lld\nnumber %lld\nkind %s\nplan %s\n"
			    "period %s\npool %s\n%s\nparent %lld\nreplaces %lld\ndepartment %s\n",
			    row->id, row->body, (long long)row->year, (long long)row->number,
			    row->kind, row->plan, row->period, row->pool,
			    row->sealed ? "sealed" : "open", (long long)row->parent,
			    (long long)row->replaces, row->department);
}

const char *life_document_approve(struct arena *a, const struct draw_row *row)
{
	return arena_printf(a,
			    "approve %s\napprover %s\noffice %s\nplan %s\nversion %lld\nrules %s\n",
			    row->id, row->approved_by, row->approved_for, row->plan,
			    (long long)row->approved_version, row->approved_rules);
}

const char *life_document_freeze(struct arena *a, const struct draw_row *row)
{
	char declared[SHA256_HEX], day[CLOCK_DAY], end[CLOCK_DAY];

	sha256_hex(span_of(row->declaration), declared);
	clock_day(row->reveal_by * DAY_MS, day);
	clock_day(row->period_end * DAY_MS, end);
	return arena_printf(a,
			    "freeze %s\ndeclaration %.64s\nreveal-by %s\nperiod-end %s\narea %s\n"
			    "title %s\n",
			    row->id, declared, day, end, row->area, row->title);
}

const char *life_document_hold(struct arena *a, const struct draw_row *row,
			       const struct draw_holder_row *holder, const char *commitment)
{
	return arena_printf(a, "hold %s\n%s %s\nI hold a share that opens %s\n", row->id,
			    holder->office, holder->holder, commitment);
}

const char *life_document_run(struct arena *a, const struct draw_row *row,
			      const char teams[LIFE_TEAMS_DIGEST])
{
	return arena_printf(a, "result %s\nroot %s\nteams %s\n", row->id, row->root, teams);
}

const char *life_document_press(struct arena *a, const struct draw_row *row,
				const struct visit_press *press)
{
	return arena_printf(a, "draw.press %s\nbranch %s\n%s\n", row->id, press->branch,
			    press->words);
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

const char *life_document_change(struct arena *a, const struct visit_change *change)
{
	char words[SHA256_HEX];

	sha256_hex((struct span){ change->words, change->words_len }, words);
	return arena_printf(a,
			    "%s %s\nevidence %s\napprover %s\napprover %s\nleaves %s\n"
			    "comes %s\nvisit %s\nwords %.64s\n",
			    change->kind, change->visit, change->evidence, change->approver,
			    change->second, change->left_member, change->new_member,
			    change->new_visit, words);
}
