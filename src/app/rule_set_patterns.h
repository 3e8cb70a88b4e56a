#ifndef APP_RULE_SET_PATTERNS_H
#define APP_RULE_SET_PATTERNS_H
/* app/rule_set_patterns.h — texts of a fixed form, for the tables and the reader. */
#include "app/rule_set_fields.h"

extern const struct rule_pattern rule_id_pattern;        /* 1-64 of [0-9A-Za-z._-] */
extern const struct rule_pattern rule_county_pattern;    /* six digits */
extern const struct rule_pattern rule_industry_pattern;  /* C, C26, C2614 */
extern const struct rule_pattern rule_yearly_pattern;    /* MM-DD */
extern const struct rule_pattern rule_count_day_pattern; /* MM-DD or YYYY-MM-DD */

#endif
