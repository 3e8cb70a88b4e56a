#ifndef APP_IMPORT_KINDS_H
#define APP_IMPORT_KINDS_H
/* app/import_kinds.h — clean text to the canonical value of its kind; for import_cell.c. */
#include "app/import_cell.h"

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

/* A reason whose weight is the field's: a warning where it is lenient. Returns the empty span. */
struct span kind_bad(struct checker *k, enum reason_code code, uint32_t field, struct span text);

/* Cuts the next item of a list people typed, separated by , ; 、 ， ； | or line breaks; trimmed. */
MUST_USE bool kind_item(struct span *list, struct span *item);

#endif
