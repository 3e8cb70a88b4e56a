/* http/metrics.c — counters only; what is in them can be shown to anybody who may watch the machine. */
#include "http/metrics.h"

#include "base/cleanup.h"

#include <inttypes.h>
#include <stdatomic.h>

static const struct {
	int64_t most_us;
	const char *label;
} buckets[METRICS_BUCKETS] = {
	{ 1000, "0.001" }, { 5000, "0.005" }, { 20000, "0.02" },  { 100000, "0.1" },
	{ 500000, "0.5" }, { 2000000, "2" },  { 10000000, "10" }, { INT64_MAX, "+Inf" },
};

void metrics_answer(struct metrics *m, int status, int64_t us)
{
	size_t i = 0;

	if (status >= 100 && status < 600)
		atomic_fetch_add_explicit(&m->answers[status / 100], 1, memory_order_relaxed);
	while (us > buckets[i].most_us)
		i++;
	atomic_fetch_add_explicit(&m->buckets[i], 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&m->time_us, (uint64_t)us, memory_order_relaxed);
}

static void one(struct buf *out, const char *name, const char *type, const char *help, uint64_t n)
{
	buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n%s %" PRIu64 "\n", name, help, name, type,
		   name, n);
}

static void durations(struct metrics *m, struct buf *out)
{
	static const char name[] = "mingqian_request_duration_seconds";
	uint64_t sum = 0, us = m->time_us;

	buf_printf(
		out,
		"# HELP %s Time from the head of a request to its answer.\n# TYPE %s histogram\n",
		name, name);
	for (size_t i = 0; i < METRICS_BUCKETS; i++) {
		sum += m->buckets[i];
		buf_printf(out, "%s_bucket{le=\"%s\"} %" PRIu64 "\n", name, buckets[i].label, sum);
	}
	buf_printf(out, "%s_sum %" PRIu64 ".%06" PRIu64 "\n%s_count %" PRIu64 "\n", name,
		   us / 1000000, us % 1000000, name, sum);
}

void metrics_write(struct metrics *m, struct buf *out)
{
	buf_str(out, "# HELP mingqian_answers_total Answers by class of status.\n"
		     "# TYPE mingqian_answers_total counter\n");
	for (size_t i = 1; i < COUNT(m->answers); i++)
		buf_printf(out, "mingqian_answers_total{class=\"%zuxx\"} %" PRIu64 "\n", i,
			   m->answers[i]);
	one(out, "mingqian_refused_total", "counter", "Heads that the gate refused.", m->refused);
	one(out, "mingqian_crowded_total", "counter", "Requests refused because a queue was full.",
	    m->crowded);
	one(out, "mingqian_requests", "gauge", "Requests being worked on.", m->live);
	one(out, "mingqian_connections", "gauge", "Open connections.", m->connections);
	durations(m, out);
}
