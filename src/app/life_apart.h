#ifndef APP_LIFE_APART_H
#define APP_LIFE_APART_H
/* app/life_apart.h — acts on one visit that only their time tells apart. */
#include "app/office.h"
#include "store/visit.h"

/*
 * A visit is not said to be made (or, `undo`, that is not taken back) at the same millisecond as once before: the books
 * tell such acts apart by their time. CONFLICT with o->why.
 */
MUST_USE int life_apart_check(struct office *o, const struct visit_row *v, bool undo);

#endif
