#ifndef CLI_AUDIT_H
#define CLI_AUDIT_H
/* cli/audit.h — how a verification is shown, whichever command made it. */
#include "app/draw_audit.h"
#include "cli/cli.h"

/* Every step with its mark and how to check it, then the counts. */
void audit_print(const struct draw_audit *audit);

/* "steps":[{"how","mark","name","text"}] inside an open object. */
void audit_json(struct json *j, const struct draw_audit *audit);

/* The one plain sentence at the end. `passed`: by the caller's measure (--strict). */
MUST_USE const char *audit_conclusion(const struct cli *cli, const struct draw_audit *audit,
				      bool passed);

#endif
