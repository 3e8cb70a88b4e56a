#ifndef STORE_VISIT_TEAM_H
#define STORE_VISIT_TEAM_H
/* store/visit_team.h — the teams of a draw as they were drawn, whatever was changed since. Reads only. */
#include "db/db.h"

#include <stdbool.h>

/* inspector: "" in a visit without a team. Valid during the call. */
typedef int visit_team_each(void *arg, const char *visit, const char *trip, const char *inspector);

/* By visit and place; with teams false only the visits. */
MUST_USE int visit_team_walk(struct db *db, int64_t draw, bool teams, visit_team_each *each,
			     void *arg);

#endif
