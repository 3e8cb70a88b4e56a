#ifndef APP_LIFE_POOL_H
#define APP_LIFE_POOL_H
/* app/life_pool.h — who may assist at visits, as the registries stand at the freeze. */
#include "app/office.h"
#include "core/mem.h"

/*
 * The pool as it is now: assistants.tsv, sorted lines "id TAB pool TAB districts TAB skills TAB targets", where
 * targets are ids, codes and names of what they must avoid, joined by ';'. Only those who accept work, are not away
 * that day and have given both statements (confidentiality, recusal). INVALID
 * with o->why if one of them stands in `inspectors` (inspectors.tsv).
 */
MUST_USE int life_pool_make(struct office *o, struct arena *a, int64_t day, struct span inspectors,
			    struct span *ret);

#endif
