/* http/once.c — what the key covers is all that the client sent. */
#include "http/once.h"

#include "app/account_session.h"
#include "app/answer.h"
#include "base/status.h"

#include <string.h>

bool once_wanted(const struct request *q)
{
	return q->head.idempotency && q->here && (q->route->flags & ROUTE_CHANGES) &&
	       !(q->route->flags & ROUTE_UPLOAD);
}

/* It may run again: the reply begins afresh. */
static int act(void *arg, struct answer *ret)
{
	struct request *q = arg;

	reply_clear(&q->reply);
	TRY(q->route->run(q));
	TRY(buf_check(&q->reply.body));
	*ret = (struct answer){ q->reply.status, q->reply.etag, buf_text(&q->reply.body),
				q->reply.body.len, false };
	return OK;
}

/* Method, target and version, each part after its length, so that no two requests read alike. */
static const char *what(struct request *q)
{
	const char *match = q->head.if_match ? q->head.if_match : "";
	const char *text =
		arena_printf(&q->arena, "%s\n%s\n%zu %s", gate_method_name(q->head.method),
			     q->route->path, strlen(match), match);

	for (size_t i = 0; i < REQUEST_MOST_VALUES && q->values[i]; i++)
		text = arena_printf(&q->arena, "%s\n%zu %s", text, strlen(q->values[i]),
				    q->values[i]);
	for (size_t i = 0; i < q->head.target.pair_count; i++) {
		const struct target_pair *pair = &q->head.target.pairs[i];
		text = arena_printf(&q->arena, "%s\n%s=%zu %s", text, pair->name,
				    strlen(pair->value), pair->value);
	}
	return text;
}

static void give_again(struct request *q, const struct answer *answer)
{
	reply_clear(&q->reply);
	q->reply.status = answer->status;
	q->reply.etag = answer->etag;
	buf_add(&q->reply.body, answer->body, answer->len);
}

int once_run(struct request *q)
{
	struct answer_ask ask = { .account = q->here->account.row.key,
				  .key = q->head.idempotency,
				  .what = what(q),
				  .body = q->body.at,
				  .len = q->body.len,
				  .shown_once = (q->route->flags & ROUTE_SECRET) != 0 };
	struct answer answer = { .status = 0 };

	if (!answer_key_right(ask.key)) {
		reply_problem(&q->reply, 422, "bad_key", "Idempotency-Key 要是一个 UUID", NULL);
		return OK;
	}
	TRY(answer_sweep(q->office));
	TRY(answer_once(q->office, &q->arena, &ask, act, q, &answer));
	if (answer.again)
		give_again(q, &answer);
	return OK;
}
