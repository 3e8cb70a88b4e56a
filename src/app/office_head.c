/* app/office_head.c — an office and how far its ledger had come. */
#include "app/office.h"

#include "app/ledger_owed.h"
#include "base/status.h"

#include <stdio.h>

static int head_wrong(struct office *o, int rc)
{
	if (rc == FORBIDDEN)
		snprintf(o->why, sizeof(o->why), "%s", ledger_head_wrong);
	return rc;
}

int office_head(struct office *o)
{
	if (!keys_folder(o->keys))
		return OK;
	int rc = ledger_head_read(o->keys, &o->head);
	return head_wrong(o, rc == NONE || rc == INVALID ? FORBIDDEN : rc);
}

int office_head_check(struct office *o)
{
	TRY(office_head(o));
	if (!keys_folder(o->keys))
		return OK;
	TRY(head_wrong(o, ledger_head_holds(o->db, &o->head)));
	return head_wrong(o, ledger_owed_check(o->db, o->keys));
}
