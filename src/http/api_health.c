/* http/api_health.c — is it alive, and how much it does: for whoever watches the machine. */
#include "base/status.h"
#include "http/api.h"

static int healthz(struct request *q)
{
	q->reply.type = "text/plain; charset=utf-8";
	buf_str(&q->reply.body, "ok\n");
	return OK;
}

static int get_metrics(struct request *q)
{
	q->reply.type = "text/plain; version=0.0.4; charset=utf-8";
	metrics_write(q->metrics, &q->reply.body);
	return OK;
}

static const struct route routes[] = {
	{ GATE_GET, "/healthz", healthz, PERM_SELF, ROUTE_INLINE | ROUTE_OPEN, NULL, NULL,
	  "服务器在运行", "200 plain" },
	{ GATE_GET, "/metrics", get_metrics, PERM_SELF, ROUTE_INLINE | ROUTE_OPEN, NULL, NULL,
	  "运行的计数（Prometheus）", "200 plain" },
};

const struct api_group api_health = { "health", "运行情况", routes, COUNT(routes), NULL };
