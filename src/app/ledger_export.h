#ifndef APP_LEDGER_EXPORT_H
#define APP_LEDGER_EXPORT_H
/*
 * app/ledger_export.h — the ledger as static files in the C2SP forms (tlog-tiles, tlog-checkpoint), which
 * existing checkers read: DIR/checkpoint, DIR/tile/<L>/<N>[.p/<W>], DIR/tile/entries/<N>[.p/<W>]. They hold
 * leaves and hashes only: no name, no address.
 */
#include "app/office.h"

struct ledger_exported {
	int64_t size, was;  /* leaves now, and in the folder before (0: it was new) */
	int64_t tiles;      /* files written */
	const char *note;   /* the checkpoint, in the arena */
	const char *origin; /* borrowed from the office */
};

/*
 * Makes a checkpoint and brings the folder up to it: only what is new is written, the checkpoint last, so
 * that a reader never sees one whose tiles are missing. CONFLICT and o->why: the folder holds another ledger
 * or one that this ledger does not continue; nothing was changed. NONE: a damaged tree.
 */
MUST_USE int ledger_export(struct office *o, struct arena *a, const char *folder,
			   struct ledger_exported *ret);

#endif
