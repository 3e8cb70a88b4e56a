#ifndef APP_PLAN_TSV_H
#define APP_PLAN_TSV_H
/* app/plan_tsv.h — a line of a dr1 list. */
#include "base/buf.h"
#include "core/mem.h"

/* Appends the cells with TABs and LF; those that stand empty at the end are left out (spec/draw.md 1). */
void plan_tsv_add(struct buf *b, const struct span *cells, size_t count);

#endif
