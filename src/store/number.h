#ifndef STORE_NUMBER_H
#define STORE_NUMBER_H
/* store/number.h — queries that ask for one number. */
#include "db/db.h"

/* The first column of the first row; 0 if there is no row. */
MUST_USE int number_get(struct db_rows *r, int64_t *ret);

#endif
