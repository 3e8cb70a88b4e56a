#ifndef CLI_DEMO_YEAR_H
#define CLI_DEMO_YEAR_H
/* cli/demo_year.h — demo --year: the city with a year of work, and how it is told. */
#include "app/demo_year.h"
#include "cli/cli.h"

/* Makes it and says what there is and what to try; returns the exit code. `in` has folder, seed and force. */
MUST_USE int demo_year_run(const struct cli *cli, const struct demo_year *in);

/* What demo_write refuses with CONFLICT. */
MUST_USE int demo_conflict(const struct cli *cli, const char *dir);

#endif
