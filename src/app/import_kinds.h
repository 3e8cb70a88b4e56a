#ifndef APP_IMPORT_KINDS_H
#define APP_IMPORT_KINDS_H
/* app/import_kinds.h — clean text to the canonical value of its kind; for import_cell.c. */
#include "app/import_checker.h"

/* text is not empty. Adds reasons; the empty span where nothing can be made of it. */
MUST_USE struct span kind_check(struct checker *k, uint32_t field, struct span text);

/* import_days.c: a date in one of the usual forms, as YYYY-MM-DD in the scratch. */
MUST_USE struct span kind_day(struct checker *k, uint32_t field, struct span text);
MUST_USE struct span kind_periods(struct checker *k, uint32_t field, struct span text);

/* import_codes.c: numbers and places. */
MUST_USE struct span kind_id(struct checker *k, uint32_t field, struct span text);
MUST_USE struct span kind_code(struct checker *k, uint32_t field, struct span text);
MUST_USE struct span kind_permit(struct checker *k, uint32_t field, struct span text);
MUST_USE struct span kind_degree(struct checker *k, uint32_t field, struct span text);
MUST_USE struct span kind_county(struct checker *k, uint32_t field, struct span text);

/* import_ratio.c: a part of a whole as people write it, 5%, 1/20, 1:20 or 百分之五, as a/b. */
MUST_USE struct span kind_ratio(struct checker *k, uint32_t field, struct span text);

/* 1 yes, 0 no, -1 not understood. */
MUST_USE int kind_truth(struct span clean);

#endif
