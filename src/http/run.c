/* http/run.c — codes of use cases become answers here, and nowhere do two requests share what one has said. */
#include "http/run.h"

#include "app/account.h"
#include "app/file_store.h"
#include "base/log.h"
#include "base/status.h"
#include "http/once.h"

#include <stdlib.h>

struct runner {
	const struct run_plan *plan;
	struct arena arena; /* of the office */
	struct office office;
	bool open;
};

struct runner *runner_make(struct arena *a, const struct run_plan *plan, int *ret_code,
			   const char **ret_why)
{
	struct runner *r = must_alloc(sizeof(*r));

	*r = (struct runner){ .plan = plan };
	arena_init(&r->arena);
	if (!plan->where)
		return r;
	*ret_code = office_open(&r->arena, plan->where, &r->office, ret_why);
	if (*ret_code == OK) {
		r->open = true;
		return r;
	}
	*ret_why = arena_str(a, *ret_why);
	runner_free(r);
	return NULL;
}

void runner_free(struct runner *r)
{
	if (!r)
		return;
	if (r->open)
		office_release(&r->office);
	arena_release(&r->arena);
	free(r);
}

static void refused(struct runner *r, struct request *q, int code)
{
	const char *why = r->open ? office_sentence(&r->office, code) : "没有办成";

	reply_refused(&q->reply, code, why);
	if (q->reply.status >= 500)
		log_at(LOG_ERROR, "%s %s: code %d, %s", gate_method_name(q->route->method),
		       q->route->path, code, r->open ? db_error_text(r->office.db) : "");
}

/* A thread's office has served others before. */
static void begin(struct runner *r, struct request *q)
{
	q->office = r->open ? &r->office : NULL;
	if (!r->open)
		return;
	account_enter(NULL, &r->office);
	r->office.source = q->address;
	r->office.why[0] = 0;
}

static bool may_run(struct runner *r, struct request *q)
{
	return !r->plan->access || r->plan->access(r->plan->arg, q) == OK;
}

bool runner_admits(struct runner *r, struct request *q)
{
	begin(r, q);
	bool may = may_run(r, q);
	q->office = NULL;
	return may;
}

int runner_temp(struct runner *r)
{
	return r->open ? file_store_temp(&r->office) : -1;
}

/* A route without parameters takes none; what a page's address says behind its '?' is the page's own matter. */
static bool no_parameters(struct request *q)
{
	const struct reply_wrong wrong = { q->head.target.pairs[0].name, "没有这个参数" };

	if (q->route->query || q->route->flags & ROUTE_PAGE || q->head.target.pair_count == 0)
		return true;
	reply_problem(&q->reply, 422, "bad_field",
		      arena_printf(&q->arena, "“%s”%s", wrong.field, wrong.why), &wrong);
	return false;
}

void runner_run(struct runner *r, struct request *q)
{
	int code = OK;

	begin(r, q);
	if (!may_run(r, q) || !no_parameters(q))
		return;
	code = once_wanted(q) ? once_run(q) : q->route->run(q);
	if (code != OK)
		refused(r, q, code);
	else if (buf_check(&q->reply.body) != OK)
		reply_problem(&q->reply, 500, "too_large", "答复超出了限度：请缩小查询的范围",
			      NULL);
	q->office = NULL;
}

/* ---- several with one commit ---- */

struct together {
	struct runner *r;
	struct request *const *requests;
	size_t count;
};

/* What was said before is of a transaction that did not come to its end. */
static void run_each(const struct together *t)
{
	for (size_t i = 0; i < t->count; i++) {
		reply_clear(&t->requests[i]->reply);
		runner_run(t->r, t->requests[i]);
	}
}

static int run_all(struct db *db, void *arg)
{
	(void)db;
	run_each(arg);
	return OK;
}

void runner_run_together(struct runner *r, struct request *const *requests, size_t count)
{
	struct together t = { r, requests, count };
	int rc = count == 1 || !r->open ? NONE : office_group(&r->office, run_all, &t);

	if (rc != OK && rc != DB_UNKNOWN)
		run_each(&t);
	/* Perhaps all of it is on the disk: it is not done again, and nobody is told that it was done. */
	for (size_t i = 0; rc == DB_UNKNOWN && i < count; i++) {
		reply_clear(&requests[i]->reply);
		refused(r, requests[i], rc);
	}
}
