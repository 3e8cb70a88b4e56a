#ifndef APP_PLAN_CERTIFICATES_H
#define APP_PLAN_CERTIFICATES_H
/*
 * app/plan_certificates.h — one person must not count as a team of two: a certificate number stands for one
 * person, whatever the rows say.
 */
#include "app/plan_notes.h"
#include "core/mem.h"

/*
 * Looks at everybody who may be sent on that day (days since 1970). INVALID with a PLAN_REFUSED note for each
 * certificate number that two rows share, naming both; one name twice in one unit is a warning. `inspectors` is
 * a canonical registry; INVALID also if it does not read.
 */
MUST_USE int plan_certificates(struct span inspectors, int64_t day, struct plan_notes *notes);

#endif
