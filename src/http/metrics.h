#ifndef HTTP_METRICS_H
#define HTTP_METRICS_H
/* http/metrics.h — what the server counts about itself, as Prometheus text. Any thread may count. */
#include "base/buf.h"

#include <stdint.h>

enum { METRICS_BUCKETS = 8 };

struct metrics {
	_Atomic uint64_t answers[6]; /* by first digit of the status */
	_Atomic uint64_t refused;    /* by the gate */
	_Atomic uint64_t crowded;    /* 503 because a queue was full */
	_Atomic uint64_t live;       /* requests being worked on */
	_Atomic uint64_t connections;
	_Atomic uint64_t buckets[METRICS_BUCKETS], time_us;
};

/* One answer with this status after so many microseconds. */
void metrics_answer(struct metrics *m, int status, int64_t us);

/* Appends all as Prometheus text, format 0.0.4. */
void metrics_write(struct metrics *m, struct buf *out);

#endif
