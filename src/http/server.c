/*
 * http/server.c — between libmicrohttpd and the handlers. A request's head is checked when it has come, its body is
 * gathered up to its stated length, and then one thread runs it while its connection sleeps. The answer is queued in
 * the last call of the library's, on its own thread, so nothing of a connection is touched by two threads at once.
 */
#include "http/server.h"

#include "app/upload.h"
#include "base/log.h"
#include "base/status.h"
#include "http/pool.h"
#include "http/run.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <microhttpd.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	HEAD_MOST = 32768,
	UPLOAD_STEP = 1 << 20,
	QUEUE_FAST = 512,
	QUEUE_SLOW = 64,
	ADDRESS = INET6_ADDRSTRLEN
};

struct server {
	struct server_plan plan;
	struct run_plan run;
	struct MHD_Daemon *daemon;
	struct runner *own; /* of the I/O thread */
	struct pool *fast, *slow;
	struct pool *
		changes; /* one thread: of many small changes that come at the same time it makes one commit */
	struct metrics metrics;
	_Atomic bool stopping;
};

/* One request; made when its first line has come, freed when it is over. */
struct exchange {
	struct server *server;
	struct MHD_Connection *connection;
	const char *target;
	struct request q;
	struct buf body;
	char address[ADDRESS];
	int64_t began;
	bool headed;                                        /* the head was looked at */
	enum { STAGE_RUN, STAGE_ADMIT, STAGE_WRITE } stage; /* what its thread does next */
	bool asked,
		admitted; /* an upload: whoever sends it was asked who he is, and the answer was heard */
	bool decided; /* the reply is made: do not run it */
	_Atomic bool done;
};

static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* The raw target, before the library takes it apart. */
static void *begin(void *arg, const char *uri, struct MHD_Connection *connection)
{
	struct server *s = arg;
	struct exchange *x = must_alloc(sizeof(*x));

	memset(x, 0, sizeof(*x));
	x->server = s;
	x->connection = connection;
	x->began = now_us();
	x->q.metrics = &s->metrics;
	x->q.pages = s->plan.pages;
	arena_init(&x->q.arena);
	reply_init(&x->q.reply);
	x->q.file = -1;
	x->target = arena_str(&x->q.arena, uri);
	atomic_fetch_add(&s->metrics.live, 1);
	return x;
}

static void over(void *arg, struct MHD_Connection *connection, void **context,
		 enum MHD_RequestTerminationCode code)
{
	struct exchange *x = *context;

	(void)arg;
	(void)connection;
	(void)code;
	if (!x)
		return;
	atomic_fetch_sub(&x->server->metrics.live, 1);
	reply_release(&x->q.reply);
	if (x->q.file >= 0)
		close(x->q.file);
	buf_release(&x->body);
	arena_release(&x->q.arena);
	free(x);
	*context = NULL;
}

struct heads {
	struct gate_header at[GATE_MOST_HEADERS + 1];
	size_t count;
};

static enum MHD_Result add_header(void *arg, enum MHD_ValueKind kind, const char *key,
				  size_t key_size, const char *value, size_t value_size)
{
	struct heads *h = arg;

	(void)kind;
	if (h->count < COUNT(h->at))
		h->at[h->count++] = (struct gate_header){ { key, key_size },
							  { value ? value : "", value_size } };
	return MHD_YES;
}

/* A text without a NUL for an address; behind a proxy the last one it has written. */
static void find_address(struct exchange *x)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const char *said = x->q.head.forwarded_for;
	const struct sockaddr *peer = info ? info->client_addr : NULL;

	snprintf(x->address, ADDRESS, "local");
	if (peer && peer->sa_family == AF_INET)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)peer)->sin_addr,
			  x->address, ADDRESS);
	else if (peer && peer->sa_family == AF_INET6)
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)peer)->sin6_addr,
			  x->address, ADDRESS);
	x->q.address = x->address;
	if (!x->server->plan.behind_proxy || !said)
		return;
	const char *last = strrchr(said, ',');
	last = last ? last + 1 + strspn(last + 1, " ") : said;
	unsigned char binary[sizeof(struct in6_addr)];
	if (inet_pton(AF_INET, last, binary) == 1 || inet_pton(AF_INET6, last, binary) == 1)
		x->q.address = arena_str(&x->q.arena, last);
}

static void refuse(struct exchange *x, int status, const char *code, const char *why)
{
	reply_problem(&x->q.reply, status, code, why, NULL);
	x->decided = true;
}

static void find_route(struct exchange *x)
{
	struct request *q = &x->q;
	const char *allow = NULL;

	switch (routes_find(x->server->plan.routes, &q->arena, q->head.method, &q->head.target,
			    q->values, &q->route, &allow)) {
	case OK:
		break;
	case INVALID:
		refuse(x, 405, "bad_method", "这个网址不能用这种请求方法");
		q->reply.allow = allow;
		return;
	default:
		refuse(x, 404, "not_found", "没有这个网址");
		return;
	}
	if (!(q->route->flags & ROUTE_UPLOAD) && q->head.length > 0 &&
	    (!q->route->body || !q->head.json))
		refuse(x, 415, "bad_type", "这里只接受 application/json");
}

static bool is_upload(const struct exchange *x)
{
	return x->q.route && x->q.route->flags & ROUTE_UPLOAD;
}

static void read_head(struct exchange *x, const char *method, const char *version)
{
	struct heads h = { .count = 0 };
	struct gate_refusal refusal;

	MHD_get_connection_values_n(x->connection, MHD_HEADER_KIND, add_header, &h);
	struct gate_head head = { .method = span_of(method),
				  .version = span_of(version),
				  .target = span_of(x->target),
				  .headers = h.at,
				  .count = h.count,
				  .hosts = x->server->plan.hosts };
	x->headed = true;
	if (gate_check(&x->q.arena, &head, UPLOAD_MOST, &x->q.head, &refusal) != OK) {
		atomic_fetch_add(&x->server->metrics.refused, 1);
		x->q.reply.close = true;
		refuse(x, refusal.status, refusal.code, refusal.why);
		return;
	}
	find_address(x);
	find_route(x);
	if (!is_upload(x) && x->q.head.length > INPUT_BODY_MOST)
		refuse(x, 413, "body_too_large", "内容太大");
	x->q.reply.close = x->decided && x->q.head.length > 0;
	buf_init(&x->body, is_upload(x) ? UPLOAD_STEP + HEAD_MOST : x->q.head.length);
}

static const struct {
	const char *name, *value;
} usual[] = {
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "no-referrer" },
	{ "X-Frame-Options", "DENY" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
};

/* Of answers that are no page. */
static const char no_page[] =
	"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

static void add(struct MHD_Response *response, const char *name, const char *value)
{
	if (value)
		MHD_add_response_header(response, name, value);
}

static void add_headers(struct exchange *x, struct MHD_Response *response)
{
	const struct reply *r = &x->q.reply;
	char seconds[16];

	for (size_t i = 0; i < COUNT(usual); i++)
		add(response, usual[i].name, usual[i].value);
	add(response, "Content-Security-Policy", r->policy ? r->policy : no_page);
	add(response, "Content-Type", r->status == 204 || r->status == 304 ? NULL : r->type);
	add(response, "Cache-Control", r->cache ? r->cache : "no-store");
	add(response, "ETag", r->etag);
	add(response, "Content-Encoding", r->status == 304 ? NULL : r->coding);
	add(response, "Vary", r->vary);
	add(response, "Location", r->location);
	add(response, "Content-Disposition", r->disposition);
	add(response, "Allow", r->allow);
	for (size_t i = 0; i < REPLY_MOST_COOKIES; i++)
		add(response, "Set-Cookie", r->cookies[i]);
	if (x->server->plan.tls)
		add(response, "Strict-Transport-Security", "max-age=31536000");
	snprintf(seconds, sizeof(seconds), "%d", r->retry_after);
	add(response, "Retry-After", r->retry_after ? seconds : NULL);
	add(response, "Connection", r->close || x->server->stopping ? "close" : NULL);
}

/* Gives the reply's bytes or file to the library. */
static struct MHD_Response *make_response(struct reply *r)
{
	struct MHD_Response *response;

	if (r->file >= 0) {
		response = MHD_create_response_from_fd64(r->file_size, r->file);
		r->file = response ? -1 : r->file;
		return response;
	}
	if (r->fixed.len)
		return MHD_create_response_from_buffer(r->fixed.len, (void *)(uintptr_t)r->fixed.at,
						       MHD_RESPMEM_PERSISTENT);
	response = MHD_create_response_from_buffer(r->body.len, r->body.data,
						   r->body.data ? MHD_RESPMEM_MUST_FREE
								: MHD_RESPMEM_PERSISTENT);
	if (response)
		r->body.data = NULL;
	return response;
}

static enum MHD_Result answer(struct exchange *x)
{
	struct MHD_Response *response = make_response(&x->q.reply);

	if (!response)
		return MHD_NO;
	add_headers(x, response);
	metrics_answer(&x->server->metrics, x->q.reply.status, now_us() - x->began);
	enum MHD_Result rc =
		MHD_queue_response(x->connection, (unsigned)x->q.reply.status, response);
	MHD_destroy_response(response);
	return rc;
}

/* Before the first byte of an upload is taken: may he send it, and is there a place for it? */
static void admit(struct exchange *x, struct runner *r)
{
	if (!runner_admits(r, &x->q)) {
		x->decided = true;
	} else {
		x->q.file = runner_temp(r);
		if (x->q.file < 0)
			refuse(x, 507, "disk_full", "服务器放不下文件：请告诉系统管理员");
	}
	x->q.reply.close = x->decided;
}

/* What has come so far goes to the disk. After a failure the rest is taken and forgotten, and then told. */
static void write_down(struct exchange *x)
{
	const char *at = buf_text(&x->body);
	size_t left = x->decided ? 0 : x->body.len;

	while (left > 0) {
		ssize_t n = write(x->q.file, at, left);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			refuse(x, 507, "disk_full", "服务器的磁盘写不下了：请告诉系统管理员");
			break;
		}
		at += n;
		left -= (size_t)n;
	}
	buf_clear(&x->body);
}

/* On a thread of a pool; the connection sleeps, so all of the exchange is this thread's. */
static void run(void *state, void **items, size_t count)
{
	struct exchange *x = items[0];

	(void)count;
	if (x->stage == STAGE_ADMIT)
		admit(x, state);
	else if (is_upload(x))
		write_down(x);
	if (x->stage == STAGE_RUN) {
		if (!x->decided)
			runner_run(state, &x->q);
		atomic_store(&x->done, true);
	}
	MHD_resume_connection(x->connection);
}

/* Those that are answered already were only handed over. */
static void run_together(void *state, void **items, size_t count)
{
	struct request *requests[POOL_MOST_AT_ONCE];
	size_t left = 0;

	for (size_t i = 0; i < count; i++) {
		struct exchange *x = items[i];
		if (!x->decided)
			requests[left++] = &x->q;
	}
	if (left > 0)
		runner_run_together(state, requests, left);
	for (size_t i = 0; i < count; i++) {
		struct exchange *x = items[i];
		atomic_store(&x->done, true);
		MHD_resume_connection(x->connection);
	}
}

/* Lets a thread of this pool go on with it; full: the reply says so. */
static void hand_over(struct exchange *x, struct pool *pool)
{
	MHD_suspend_connection(x->connection);
	if (pool_put(pool, x))
		return;
	MHD_resume_connection(x->connection);
	atomic_fetch_add(&x->server->metrics.crowded, 1);
	refuse(x, 503, "crowded", "现在请求太多：请过几秒再试");
	x->q.reply.retry_after = 2;
	atomic_store(&x->done, x->stage == STAGE_RUN);
}

static enum MHD_Result start(struct exchange *x)
{
	struct server *s = x->server;
	struct pool *pool = x->q.route->flags & ROUTE_SLOW    ? s->slow
			    : x->q.route->flags & ROUTE_SMALL ? s->changes
							      : s->fast;

	x->q.body = (struct span){ buf_text(&x->body), x->body.len };
	if (x->q.route->flags & ROUTE_INLINE) {
		runner_run(s->own, &x->q);
		return answer(x);
	}
	x->stage = STAGE_RUN;
	hand_over(x, pool);
	return MHD_YES;
}

/* A piece of the body. */
static void take(struct exchange *x, const char *data, size_t len)
{
	buf_add(&x->body, data, len);
	if (!is_upload(x) || x->body.len < UPLOAD_STEP)
		return;
	x->stage = STAGE_WRITE;
	hand_over(x, x->server->fast);
}

/* The library asks again, as for the first time, when the connection wakes up; only then the body is let in. */
static enum MHD_Result admit_upload(struct exchange *x)
{
	if (x->asked)
		return x->decided ? answer(x) : MHD_YES;
	x->asked = true;
	x->stage = STAGE_ADMIT;
	hand_over(x, x->server->fast);
	return MHD_YES;
}

static enum MHD_Result handle(void *arg, struct MHD_Connection *connection, const char *url,
			      const char *method, const char *version, const char *data,
			      size_t *data_size, void **context)
{
	struct exchange *x = *context;

	(void)arg;
	(void)connection;
	(void)url;
	if (!x)
		return MHD_NO;
	if (!x->headed) {
		read_head(x, method, version);
		/* What could hide a second request in its body is answered before the body is read. */
		if (x->q.reply.close)
			return answer(x);
		return is_upload(x) && !x->decided ? admit_upload(x) : MHD_YES;
	}
	if (is_upload(x) && !x->admitted) {
		x->admitted = true;
		return admit_upload(x);
	}
	if (*data_size > 0) {
		take(x, data, *data_size);
		*data_size = 0;
		return MHD_YES;
	}
	if (atomic_load(&x->done) || x->decided)
		return answer(x);
	return start(x);
}

static void connected(void *arg, struct MHD_Connection *connection, void **context,
		      enum MHD_ConnectionNotificationCode code)
{
	struct server *s = arg;

	(void)connection;
	(void)context;
	if (code == MHD_CONNECTION_NOTIFY_STARTED)
		atomic_fetch_add(&s->metrics.connections, 1);
	else
		atomic_fetch_sub(&s->metrics.connections, 1);
}

/* The library must not undo escapes: the gate has read the target. */
static size_t unescape(void *arg, struct MHD_Connection *connection, char *text)
{
	(void)arg;
	(void)connection;
	return strlen(text);
}

static void *begin_thread(void *arg)
{
	struct server *s = arg;
	struct arena a;
	const char *why = "";
	int code;

	arena_init(&a);
	struct runner *r = runner_make(&a, &s->run, &code, &why);
	if (!r)
		log_at(LOG_ERROR, "a thread could not open the office: %s", why);
	arena_release(&a);
	return r;
}

static void end_thread(void *state)
{
	runner_free(state);
}

static struct pool *start_pool(struct server *s, size_t threads, size_t queue)
{
	return pool_start(
		&(struct pool_plan){ threads, queue, 1, s, begin_thread, run, end_thread });
}

static struct pool *start_changes(struct server *s)
{
	return pool_start(&(struct pool_plan){ 1, QUEUE_FAST, POOL_MOST_AT_ONCE, s, begin_thread,
					       run_together, end_thread });
}

static int start_daemon(struct server *s)
{
	const struct MHD_OptionItem options[] = {
		{ MHD_OPTION_LISTEN_SOCKET, s->plan.listen, NULL },
		{ MHD_OPTION_CONNECTION_LIMIT, SERVER_MOST_CONNECTIONS, NULL },
		{ MHD_OPTION_CONNECTION_TIMEOUT, SERVER_IDLE_SECONDS, NULL },
		{ MHD_OPTION_CONNECTION_MEMORY_LIMIT, HEAD_MOST, NULL },
		/* A missing Host is refused by the gate, in our words. */
		{ MHD_OPTION_STRICT_FOR_CLIENT, 0, NULL },
		{ MHD_OPTION_END, 0, NULL }
	};

	s->daemon = MHD_start_daemon(
		MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC, 0, NULL,
		NULL, handle, s, MHD_OPTION_URI_LOG_CALLBACK, begin, s, MHD_OPTION_NOTIFY_COMPLETED,
		over, s, MHD_OPTION_NOTIFY_CONNECTION, connected, s, MHD_OPTION_UNESCAPE_CALLBACK,
		unescape, s, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
	return s->daemon ? OK : UNAVAILABLE;
}

int server_start(struct arena *a, const struct server_plan *plan, struct server **ret,
		 const char **ret_why)
{
	struct server *s = must_alloc(sizeof(*s));
	int code = UNAVAILABLE;

	memset(s, 0, sizeof(*s));
	s->plan = *plan;
	s->run = (struct run_plan){ plan->where, plan->access, plan->arg };
	*ret_why = "服务器的线程起不来：请检查系统的线程数限制，详情见日志";
	s->own = runner_make(a, &s->run, &code, ret_why);
	if (s->own) {
		code = UNAVAILABLE;
		s->fast = start_pool(s, plan->fast_threads, QUEUE_FAST);
		s->slow = start_pool(s, plan->slow_threads, QUEUE_SLOW);
		s->changes = start_changes(s);
	}
	if (!s->own || !s->fast || !s->slow || !s->changes || start_daemon(s) != OK) {
		server_stop(s, 0);
		return code;
	}
	*ret = s;
	return OK;
}

int server_port(const struct server *s)
{
	const union MHD_DaemonInfo *info =
		MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT);

	return info ? info->port : 0;
}

void server_stop(struct server *s, int seconds)
{
	enum { STEP_US = 20000, STEPS = 50 };

	if (!s)
		return;
	atomic_store(&s->stopping, true);
	if (s->daemon)
		MHD_quiesce_daemon(s->daemon);
	for (int i = 0; i < seconds * STEPS && atomic_load(&s->metrics.live) > 0; i++)
		usleep(STEP_US);
	pool_stop(s->fast);
	pool_stop(s->slow);
	pool_stop(s->changes);
	if (s->daemon)
		MHD_stop_daemon(s->daemon);
	runner_free(s->own);
	if (s->plan.listen >= 0)
		close(s->plan.listen);
	free(s);
}
