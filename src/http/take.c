/* http/take.c — refusals of input have one form. */
#include "http/take.h"

#include "base/status.h"

#include <inttypes.h>
#include <string.h>

static int told(struct request *q, int rc, const struct reply_wrong *wrong)
{
	if (rc != OK)
		reply_problem(&q->reply, 422, "bad_field",
			      *wrong->field
				      ? arena_printf(&q->arena, "“%s”%s", wrong->field, wrong->why)
				      : wrong->why,
			      wrong);
	return rc;
}

int take_body(struct request *q, void *into)
{
	struct reply_wrong wrong = { "", "" };

	return told(q, input_json(&q->arena, q->body.at, q->body.len, q->route->body, into, &wrong),
		    &wrong);
}

int take_query(struct request *q, void *into)
{
	struct reply_wrong wrong = { "", "" };

	return told(q, input_query(&q->arena, &q->head.target, q->route->query, into, &wrong),
		    &wrong);
}

int take_version(struct request *q, int64_t *ret)
{
	const char *tag = q->head.if_match;
	size_t len = tag ? strlen(tag) : 0;
	uint64_t version;

	if (!tag) {
		reply_problem(&q->reply, 428, "version_required",
			      "要在 If-Match 里写明改的是哪一版（查看时的 ETag）", NULL);
		return INVALID;
	}
	if (len < 3 || tag[0] != '"' || tag[len - 1] != '"' ||
	    read_number((struct span){ tag + 1, len - 2 }, INT64_MAX, &version) != CORE_OK) {
		reply_problem(&q->reply, 412, "changed", "这一版已被别人改过：请重新查看后再改",
			      NULL);
		return INVALID;
	}
	*ret = (int64_t)version;
	return OK;
}

const char *entity_tag(struct request *q, int64_t version)
{
	return arena_printf(&q->arena, "\"%" PRId64 "\"", version);
}
