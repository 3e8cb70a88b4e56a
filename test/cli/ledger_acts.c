/*
 * test/cli/ledger_acts.c — acts of a demo office as a crash leaves them: committed, without their numbers.
 *   ledger-acts COUNT SUBJECT DATA [DB KEYS]     one a millisecond, by 张三, about SUBJECT-0, SUBJECT-1, ...
 */
#include "app/office.h"
#include "base/status.h"

#include <stdio.h>
#include <stdlib.h>

static const int64_t start = 1772413200000; /* 2026-03-02 09:00 at +08:00 */

struct acts {
	struct office *o;
	int count;
	const char *subject;
};

static int add(struct db *db, void *arg)
{
	struct acts *in = arg;
	char subject[64];

	(void)db;
	for (int i = 0; i < in->count; i++) {
		snprintf(subject, sizeof(subject), "%s-%d", in->subject, i);
		in->o->fixed_now = start + i;
		TRY(office_log(in->o, "test.act", subject, NULL));
	}
	return OK;
}

int main(int argc, char **argv)
{
	CLEANUP(arena_release) struct arena a = { NULL };
	CLEANUP(office_release) struct office o = { .db = NULL };
	const char *why = "usage: ledger-acts COUNT SUBJECT DATA [DB KEYS]";

	if (argc != 4 && argc != 6) {
		fprintf(stderr, "%s\n", why);
		return 2;
	}
	struct office_where where = { .data = argv[3] };
	if (argc == 6) {
		where.db = argv[4];
		where.keys = argv[5];
	}
	int rc = office_open(&a, &where, &o, &why);
	if (rc != OK) {
		fprintf(stderr, "%s\n", why);
		return 1;
	}
	o.actor = "张三";
	o.roles = "管理员";
	struct acts in = { &o, (int)strtol(argv[1], NULL, 10), argv[2] };
	return db_write(o.db, add, &in) == OK ? 0 : 1;
}
