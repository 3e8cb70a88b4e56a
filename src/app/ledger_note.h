#ifndef APP_LEDGER_NOTE_H
#define APP_LEDGER_NOTE_H
/* app/ledger_note.h — the ledger's signed notes: its verifier key, making checkpoints and checking them. */
#include "app/keys.h"
#include "base/arena.h"
#include "core/checkpoint.h"
#include "core/note.h"

/* The verifier key "name+id+base64" of these keys, in the arena. origin must be a note's name. */
MUST_USE char *ledger_note_key(struct arena *a, const struct keys *keys, const char *origin);

/* A signed checkpoint, in the arena. */
MUST_USE char *ledger_note_sign(struct arena *a, const struct keys *keys, const char *origin,
				uint64_t size, const uint8_t root[SHA256_SIZE]);

/*
 * Reads a note and checks that this verifier key has signed it and that it is a checkpoint of the same
 * origin. *ret points into note. INVALID: not a checkpoint; FORBIDDEN: another origin, or not signed by it.
 */
MUST_USE int ledger_note_check(struct arena *a, struct span note, const char *verifier_key,
			       struct checkpoint *ret);

#endif
