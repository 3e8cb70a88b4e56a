#ifndef APP_SCOPE_H
#define APP_SCOPE_H
/*
 * app/scope.h — data scope: an actor who is responsible for some counties (office.counties) sees and changes only what is
 * theirs; what is elsewhere does not exist for him. The command line, and accounts of the whole city, have no limits.
 */
#include "app/office.h"
#include "app/registry.h"
#include "store/draw_row.h"
#include "store/visit.h"

/* Is the actor responsible for the whole city? */
MUST_USE bool scope_all(const struct office *o);

/* FORBIDDEN with o->why unless he is. */
MUST_USE int scope_need_all(struct office *o);

/* Is one of these counties (codes joined by ',') his? */
MUST_USE bool scope_any(const struct office *o, struct span counties);

/* Are all of them, and is there one? "" (the whole city) is his only if everything is. */
MUST_USE bool scope_every(const struct office *o, struct span counties);

/*
 * Rows of registries. Seen: sites of his counties; inspectors who work in one of them, or anywhere; all matters; no
 * recusals, which tie people to sites elsewhere. Changed: sites and inspectors that are his alone.
 */
MUST_USE bool scope_sees(const struct office *o, enum registry kind, const struct span *cells);
MUST_USE bool scope_changes(const struct office *o, enum registry kind, const struct span *cells);

/* NONE unless he sees the row; FORBIDDEN with o->why unless he changes it. */
MUST_USE int scope_row(struct office *o, enum registry kind, const struct span *cells);

/* The same for what a list of rows is filtered by: their counties, "" where they have none. */
MUST_USE bool scope_sees_counties(const struct office *o, enum registry kind, struct span counties);

/* A plan or draw of some counties ("" the whole city) is his if all of them are; a department's account has its draws alone. */
MUST_USE bool scope_draw(const struct office *o, const struct draw_row *row);

/* NONE unless the visit is of a draw that is his, or (office.own) he is in its team. */
MUST_USE int scope_visit(struct office *o, struct arena *a, const struct visit_row *visit);

/* The keys of the draws that are his as ",3,17,", in the arena; "" if all are. */
MUST_USE int scope_draws(struct office *o, struct arena *a, const char **ret);

#endif
