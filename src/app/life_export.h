#ifndef APP_LIFE_EXPORT_H
#define APP_LIFE_EXPORT_H
/*
 * app/life_export.h — a draw as a dr1 folder (spec/draw.md 7): before the reveal only declaration and result
 * root; after it the auditor's form with everything, or the public form without conflicts.tsv, from which
 * inspectors are known by certificate number alone. An open draw (5.5) has no secret: its public form is whole from its
 * freeze on, as far as there are files yet.
 */
#include "app/office.h"
#include "store/draw_row.h"

enum life_form { LIFE_PUBLIC, LIFE_AUDIT };

/*
 * Makes the folder `out`, which must not exist or be empty, with SHA256SUMS; the auditor's form is for its owner only
 * and logs draw.export before it is put in place, so that there is no such folder without its entry (a failure after the
 * entry says so). FORBIDDEN: the auditor's form before the reveal, or by somebody
 * who is no known leader, lawyer or discipline officer; NONE: never frozen; CONFLICT: out is not empty.
 */
MUST_USE int life_export(struct office *o, struct arena *a, const char *draw, enum life_form form,
			 const char *out, struct draw_row *ret);

#endif
