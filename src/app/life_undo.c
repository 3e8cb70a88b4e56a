/* app/life_undo.c — the reverse of life_done, which needs a second person. */
#include "app/life_undo.h"

#include "app/ledger_held.h"
#include "app/life_apart.h"
#include "app/life_documents.h"
#include "app/life_person.h"
#include "app/life_prepare.h"
#include "app/life_seal.h"
#include "app/life_visit.h"
#include "app/person.h"
#include "base/status.h"
#include "store/visit_undone.h"

#include <string.h>

struct undoing {
	struct office *o;
	struct arena *arena;
	const struct life_undo *in;
};

/* Looks for a draw whose lists were made since the visit was said to be made. */
struct later {
	const struct visit_row *visit;
	const struct life_site *site;
	struct arena *arena;
	const char *id;
};

static int look(void *arg, const struct draw_row *row)
{
	struct later *l = arg;
	struct span area = span_of(row->area);

	if (!row->live || row->frozen_at < l->visit->ended_at || row->parent ||
	    (area.len && !memmem(area.at, area.len, l->site->scope.at, l->site->scope.len)))
		return OK;
	l->id = arena_str(l->arena, row->id);
	return CONFLICT;
}

/*
 * It holds its site again. Whether the site is in another draw by now must not be told, nor may that change what the
 * draw went by: no draw of its county may have been frozen since.
 */
static int hold_again(const struct undoing *u, struct visit_row *v)
{
	struct draw_row row;
	struct life_site site;
	struct later later = { .visit = v, .site = &site, .arena = u->arena };

	TRY(draw_row_get(u->o->db, u->arena, v->draw_id, &row));
	if (!row.live)
		return life_refuse(u->o, CONFLICT, "抽取 %s 已经作废，它的检查登记不再改动",
				   v->draw_id);
	v->held = strcmp(row.kind, "joint") != 0;
	TRY(life_site_open(u->o, u->arena, v, &site));
	int rc = draw_row_walk(u->o->db, "", 0, look, &later);
	if (rc == CONFLICT)
		return life_refuse(
			u->o, rc,
			"登记以后已经锁定了抽取 %s 的名单，那里按这次检查做过算了次数，登记不能再撤回："
			"请在检查记录里写明实际情况",
			later.id);
	return rc;
}

static int log_undo(const struct undoing *u, const struct visit_row *v,
		    const struct visit_undone *row)
{
	char said[OFFICE_DIGEST], digest[OFFICE_DIGEST];

	TRY(life_words(u->o, u->arena, v->id, u->in->reason, said));
	const char *text =
		arena_printf(u->arena, "%swords %s\n", life_document_undone(u->arena, row), said);
	TRY(office_document(u->o, text, strlen(text), digest));
	return office_log(u->o, "visit.undo", v->id, digest);
}

static int undo(struct db *db, void *arg)
{
	const struct undoing *u = arg;
	struct visit_row v;

	TRY(person_acts(u->o, PERSON_ACTORS));
	TRY(life_visit_find(u->o, u->arena, u->in->visit, &v));
	TRY(life_person_other(u->o, u->in->approver));
	if (strcmp(v.state, "visited") != 0)
		return life_visit_wrong(u->o, &v, "撤回检查登记");
	TRY(life_apart_check(u->o, &v, true));
	TRY(hold_again(u, &v));
	const struct visit_undone row = { .visit = v.id,
					  .day = v.day,
					  .offsite = v.offsite,
					  .done_at = v.ended_at,
					  .done_by = v.ended_by,
					  .at = office_now(u->o),
					  .actor = u->o->actor,
					  .approver = u->in->approver };
	TRY(visit_undo(db, &v, &row));
	return log_undo(u, &v, &row);
}

int life_undo(struct office *o, struct arena *a, const struct life_undo *in)
{
	struct undoing u = { .o = o, .arena = a, .in = in };

	o->why[0] = 0;
	TRY(office_reason(o, in->reason));
	return ledger_held_write(o, true, undo, &u);
}
