#ifndef APP_ROW_SUM_H
#define APP_ROW_SUM_H
/*
 * app/row_sum.h — one digest over cells of rows: each with its length before it, so that nothing can move from one cell
 * to the next, or from a row into another.
 */
#include "core/sha256.h"

enum { ROW_SUM = 65 }; /* 64 hex digits and NUL */

void row_sum_number(struct sha256 *sum, int64_t number);
void row_sum_bytes(struct sha256 *sum, const void *at, size_t len);
void row_sum_text(struct sha256 *sum, const char *text);
void row_sum_done(struct sha256 *sum, char ret[ROW_SUM]);

#endif
