/* store/number.c — see number.h. */
#include "store/number.h"

int number_get(struct db_rows *r, int64_t *ret)
{
	int rc = db_next(r);

	if (rc < 0)
		return rc;
	*ret = rc == DB_ROW ? db_i64(r, 0) : 0;
	return DB_OK;
}
