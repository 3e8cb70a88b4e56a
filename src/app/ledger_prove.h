#ifndef APP_LEDGER_PROVE_H
#define APP_LEDGER_PROVE_H
/*
 * app/ledger_prove.h — one entry opened, with the proof that it stands in the ledger: a C2SP .tlog-proof
 * whose `extra` is base64 of salt (32 bytes) and entry (RFC 8785 JSON). The leaf is the 64 hex digits of
 * SHA256(salt || entry), so one file is enough for anybody who has the verifier key.
 */
#include "app/office.h"
#include "store/ledger.h"

struct ledger_proved {
	struct ledger_entry entry;
	const char *json;  /* the entry as its leaf binds it */
	const char *proof; /* the .tlog-proof, text */
	int64_t size;      /* of the checkpoint's tree */
};

/*
 * Opens the entry with that number, or the newest one of a subject (seq < 0). Makes a checkpoint if the
 * newest does not cover it. All strings live in the arena. NONE: no such entry, or a damaged tree; INVALID
 * and o->why: the entry does not fit its leaf or the tree its checkpoint.
 */
MUST_USE int ledger_prove(struct office *o, struct arena *a, int64_t seq, const char *subject,
			  struct ledger_proved *ret);

#endif
