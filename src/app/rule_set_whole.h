#ifndef APP_RULE_SET_WHOLE_H
#define APP_RULE_SET_WHOLE_H
/* app/rule_set_whole.h — what must hold between the values of a rule set. Private to its reader. */
#include "app/rule_set.h"
#include "app/rule_set_reading.h"

/* Tells each mistake with its path and fills what follows from other values (a rule's counts). */
void rule_set_whole(struct rule_reading *r, struct rule_set *set);

#endif
