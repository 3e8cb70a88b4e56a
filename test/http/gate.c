/* test/http/gate.c — heads that pass, and each one that must not. */
#include "http/gate.h"

#include "base/status.h"
#include "unit.h"

enum { BODY_MOST = 1000, MOST = 8 };

struct head {
	const char *method, *version, *target;
	const char *headers[MOST][2];
};

static int check(struct arena *a, const struct head *in, struct gate_request *ret,
		 struct gate_refusal *ret_refusal)
{
	static const char *const hosts[] = { "mq.example.cn", "mq.example.cn:8443", NULL };
	struct gate_header headers[MOST];
	struct gate_head head = { span_of(in->method),
				  span_of(in->version ? in->version : "HTTP/1.1"),
				  span_of(in->target ? in->target : "/api/v1/sites"),
				  headers,
				  0,
				  hosts };

	for (; head.count < MOST && in->headers[head.count][0]; head.count++)
		headers[head.count] = (struct gate_header){ span_of(in->headers[head.count][0]),
							    span_of(in->headers[head.count][1]) };
	return gate_check(a, &head, BODY_MOST, ret, ret_refusal);
}

#define HOST                                                                                       \
	{                                                                                          \
		"Host", "mq.example.cn"                                                            \
	}
#define JSON                                                                                       \
	{                                                                                          \
		"Content-Type", "application/json"                                                 \
	}

TEST(gate_reads_a_head)
{
	static const struct head in = {
		.method = "POST",
		.headers = { { "hOST", "MQ.example.cn:8443" },
			     { "Content-Type", "application/json; charset=utf-8" },
			     { "Content-Length", "12" },
			     { "Cookie", "s=1" },
			     { "Idempotency-Key", "k" },
			     { "X-Other", "x" } },
	};
	CLEANUP(arena_release) struct arena a;
	struct gate_request q;
	struct gate_refusal refusal;

	arena_init(&a);
	CHECK_INT(check(&a, &in, &q, &refusal), OK);
	CHECK_INT(q.method, GATE_POST);
	CHECK_INT(q.length, 12);
	CHECK(q.json);
	CHECK_STR(q.cookie, "s=1");
	CHECK_STR(q.idempotency, "k");
	CHECK(q.origin == NULL);
	CHECK_INT(q.target.count, 3);
}

TEST(gate_refuses)
{
	static const struct {
		struct head head;
		int status;
		const char *code;
	} cases[] = {
		{ { "GET", NULL, NULL, { { "X", "1" } } }, 400, "host_required" },
		{ { "GET", NULL, NULL, { HOST, HOST } }, 400, "double_header" },
		{ { "GET", NULL, NULL, { { "Host", "evil.example" } } }, 421, "wrong_host" },
		{ { "GET", "HTTP/1.0", NULL, { HOST } }, 505, "bad_version" },
		{ { "GET", "HTTP/1.2", NULL, { HOST } }, 505, "bad_version" },
		{ { "TRACE", NULL, NULL, { HOST } }, 405, "bad_method" },
		{ { "get", NULL, NULL, { HOST } }, 405, "bad_method" },
		{ { "GET", NULL, "/a/../b", { HOST } }, 400, "bad_target" },
		{ { "GET", NULL, NULL, { HOST, { "Transfer-Encoding", "chunked" } } },
		  501,
		  "transfer_encoding" },
		{ { "POST",
		    NULL,
		    NULL,
		    { HOST, JSON, { "Content-Length", "3" }, { "Transfer-Encoding", "x" } } },
		  501,
		  "transfer_encoding" },
		{ { "POST", NULL, NULL, { HOST, JSON } }, 411, "length_required" },
		{ { "POST",
		    NULL,
		    NULL,
		    { HOST, JSON, { "Content-Length", "3" }, { "Content-Length", "3" } } },
		  400,
		  "bad_length" },
		{ { "POST", NULL, NULL, { HOST, JSON, { "Content-Length", "+3" } } },
		  400,
		  "bad_length" },
		{ { "POST", NULL, NULL, { HOST, JSON, { "Content-Length", "0x3" } } },
		  400,
		  "bad_length" },
		{ { "POST", NULL, NULL, { HOST, JSON, { "Content-Length", "3, 3" } } },
		  400,
		  "bad_length" },
		{ { "POST", NULL, NULL, { HOST, JSON, { "Content-Length", "" } } },
		  400,
		  "bad_length" },
		{ { "POST",
		    NULL,
		    NULL,
		    { HOST, JSON, { "Content-Length", "99999999999999999999" } } },
		  400,
		  "bad_length" },
		{ { "POST", NULL, NULL, { HOST, JSON, { "Content-Length", "1001" } } },
		  413,
		  "body_too_large" },
		{ { "POST", NULL, NULL, { HOST, { "Content-Length", "3" } } },
		  415,
		  "type_required" },
		{ { "GET", NULL, NULL, { HOST, { "Content-Length", "3" } } }, 400, "no_body" },
		{ { "DELETE", NULL, NULL, { HOST, JSON, { "Content-Length", "3" } } },
		  400,
		  "no_body" },
		{ { "GET", NULL, NULL, { HOST, { "Expect", "200-ok" } } }, 417, "bad_expect" },
		{ { "GET", NULL, NULL, { HOST, { "Cookie", "a=1" }, { "cookie", "a=2" } } },
		  400,
		  "double_header" },
		{ { "GET", NULL, NULL, { HOST, { "X-A", "a\rb" } } }, 400, "bad_header" },
		{ { "GET", NULL, NULL, { HOST, { "X A", "a" } } }, 400, "bad_header" },
		{ { "GET", NULL, NULL, { HOST, { "", "a" } } }, 400, "bad_header" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		CLEANUP(arena_release) struct arena a;
		struct gate_request q;
		struct gate_refusal refusal = { 0, "passed", NULL };
		arena_init(&a);
		CHECK_INT(check(&a, &cases[i].head, &q, &refusal), INVALID);
		unit_check(refusal.status == cases[i].status &&
				   strcmp(refusal.code, cases[i].code) == 0,
			   __FILE__, __LINE__, "case %zu: %d %s, want %d %s", i, refusal.status,
			   refusal.code, cases[i].status, cases[i].code);
	}
}

TEST(gate_counts_headers_and_their_bytes)
{
	CLEANUP(arena_release) struct arena a;
	struct gate_header headers[GATE_MOST_HEADERS + 1];
	struct gate_head head = { SPAN("GET"), SPAN("HTTP/1.1"), SPAN("/"), headers, 0, NULL };
	static char text[GATE_VALUE_LONGEST + 1];
	struct gate_request q;
	struct gate_refusal refusal = { 0, "", NULL };

	arena_init(&a);
	headers[head.count++] = (struct gate_header){ SPAN("Host"), SPAN("any.example") };
	while (head.count < GATE_MOST_HEADERS)
		headers[head.count++] = (struct gate_header){ SPAN("X"), SPAN("1") };
	CHECK_INT(gate_check(&a, &head, BODY_MOST, &q, &refusal), OK);
	headers[head.count++] = (struct gate_header){ SPAN("X"), SPAN("1") };
	CHECK_INT(gate_check(&a, &head, BODY_MOST, &q, &refusal), INVALID);
	CHECK_INT(refusal.status, 431);
	memset(text, 'a', sizeof(text));
	head.count = 2;
	headers[1].value = (struct span){ text, GATE_VALUE_LONGEST };
	CHECK_INT(gate_check(&a, &head, BODY_MOST, &q, &refusal), OK);
	headers[1].value.len++;
	CHECK_INT(gate_check(&a, &head, BODY_MOST, &q, &refusal), INVALID);
	CHECK_INT(refusal.status, 431);
}
