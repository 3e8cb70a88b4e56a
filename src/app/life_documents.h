#ifndef APP_LIFE_DOCUMENTS_H
#define APP_LIFE_DOCUMENTS_H
/*
 * app/life_documents.h — how the documents of a draw's acts begin: what the entry binds of the rows that the act
 * leaves. Written by the act, held against the rows by app/ledger_draws.h. Nothing sealed is in them. In the arena.
 */
#include "base/arena.h"
#include "store/draw_row.h"
#include "store/draw_share.h"
#include "store/visit.h"
#include "store/visit_change.h"

/* 64 hex digits and NUL: who was drawn to go where, of a draw that has its visits. */
enum { LIFE_TEAMS_DIGEST = 65 };
MUST_USE int life_teams_digest(struct db *db, const struct draw_row *row,
			       char digest[LIFE_TEAMS_DIGEST]);

const char *life_document_person(struct arena *a, const char *action, const char *role,
				 const char *name);
const char *life_document_prepare(struct arena *a, const struct draw_row *row);
const char *life_document_approve(struct arena *a, const struct draw_row *row);
const char *life_document_freeze(struct arena *a, const struct draw_row *row);
const char *life_document_hold(struct arena *a, const struct draw_row *row,
			       const struct draw_holder_row *holder, const char *commitment);
const char *life_document_run(struct arena *a, const struct draw_row *row,
			      const char teams[LIFE_TEAMS_DIGEST]);
const char *life_document_press(struct arena *a, const struct draw_row *row,
				const struct visit_press *press);
const char *life_document_answer(struct arena *a, const struct draw_row *row,
				 const struct visit_press *press);
const char *life_document_accept(struct arena *a, const struct visit_row *visit, const char *actor);
const char *life_document_done(struct arena *a, const struct visit_row *visit);
const char *life_document_change(struct arena *a, const struct visit_change *change);

#endif
