#ifndef APP_LIFE_DOCUMENTS_H
#define APP_LIFE_DOCUMENTS_H
/*
 * app/life_documents.h — how the documents of a draw's acts begin: what the entry binds of the rows that the act
 * leaves. Written by the act, held against the rows by app/ledger_draws.h. Nothing sealed is in them. In the arena.
 * Digests are those of app/life_sums.h. files, secret NULL: a later act has put others in their place, or they are lost.
 */
#include "app/life_sums.h"
#include "base/arena.h"
#include "store/draw_row.h"
#include "store/draw_share.h"
#include "store/draw_staff.h"
#include "store/visit.h"
#include "store/visit_assistant.h"
#include "store/visit_change.h"
#include "store/visit_undone.h"

const char *life_document_person(struct arena *a, const char *action, const char *role,
				 const char *name);
const char *life_document_prepare(struct arena *a, const struct draw_row *row, const char *files);
const char *life_document_approve(struct arena *a, const struct draw_row *row);

/* A draw that has ended has given back what was certain in it. */
const char *life_document_freeze(struct arena *a, const struct draw_row *row,
				 const struct life_kept *kept, const char *files,
				 const char *secret);
const char *life_document_hold(struct arena *a, const struct draw_row *row,
			       const struct draw_holder_row *holder, const char *commitment);

/* The whole document. */
const char *life_document_rehearse(struct arena *a, const struct draw_row *row, const char *office);
const char *life_document_open(struct arena *a, const struct draw_row *row,
			       const struct draw_share_row *share);
const char *life_document_run(struct arena *a, const struct draw_row *row, const char *visits,
			      const char *teams, const char *files, const char *secret);
const char *life_document_staff(struct arena *a, const struct draw_row *row,
				const struct draw_staff_row *staff, const char *teams,
				const char *files);

/* One draw that comes out; a reveal's document is of one or more. share: the operator's, or "". */
const char *life_document_reveal(struct arena *a, const struct draw_row *row, const char *share,
				 const char *files);

/* Cancelled or annulled, as row->state says. */
const char *life_document_end(struct arena *a, const struct draw_row *row);
const char *life_document_press(struct arena *a, const struct draw_row *row,
				const struct visit_press *press);
const char *life_document_answer(struct arena *a, const struct draw_row *row,
				 const struct visit_press *press);
const char *life_document_accept(struct arena *a, const struct visit_row *visit, const char *actor);
const char *life_document_done(struct arena *a, const struct visit_row *visit);

const char *life_document_undone(struct arena *a, const struct visit_undone *undone);

/* A visit that ended without being made. */
const char *life_document_drop(struct arena *a, const struct visit_row *visit);
const char *life_document_assist(struct arena *a, const struct visit_assistant *who);

/* grade: of who comes, visit: the digest of the visit that comes; "-" where there is none. */
const char *life_document_change(struct arena *a, const struct visit_change *change,
				 const char *grade, const char *visit);

#endif
