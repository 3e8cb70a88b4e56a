/* app/ledger_checkpoint.c — the office signs. */
#include "app/ledger_checkpoint.h"

#include "app/ledger_sign.h"
#include "base/status.h"

#include <assert.h>
#include <stdio.h>

int ledger_checkpoint(struct office *o, struct arena *a, const char **ret_note)
{
	struct ledger_signer s = { .db = o->db,
				   .keys = o->keys,
				   .origin = o->origin,
				   .verifier_key = o->verifier_key,
				   .now = office_now(o) };

	assert(!o->writing && o->keys);
	o->why[0] = 0;
	int rc = ledger_sign(&s, a, ret_note);
	if (rc == INVALID)
		snprintf(o->why, sizeof(o->why), "%s", s.why);
	return rc;
}
