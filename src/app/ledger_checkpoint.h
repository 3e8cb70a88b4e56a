#ifndef APP_LEDGER_CHECKPOINT_H
#define APP_LEDGER_CHECKPOINT_H
/*
 * app/ledger_checkpoint.h — a signed checkpoint now. They come at set moments (the first act of a legal day,
 * which office_write sees to; a draw's freeze and result; an export), not at each act, so that their growth
 * tells nothing.
 */
#include "app/office.h"

/*
 * Numbers what is pending, signs a checkpoint over all of it and keeps it; if nothing was added since the
 * newest one, that one is given again. The note lives in the arena. Not inside office_write: call it after.
 * INVALID and o->why: the tree does not continue the newest checkpoint, so nothing was signed.
 */
MUST_USE int ledger_checkpoint(struct office *o, struct arena *a, const char **ret_note);

#endif
