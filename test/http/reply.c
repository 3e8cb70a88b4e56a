/* test/http/reply.c — problems have one form, and codes of use cases their status. */
#include "http/reply.h"

#include "app/office.h"
#include "base/status.h"
#include "unit.h"

TEST(reply_problem_says_what_and_where)
{
	struct reply r;
	const struct reply_wrong wrong = { "shares[1].party", "必须填写" };

	reply_init(&r);
	buf_str(&r.body, "half an answer");
	reply_problem(&r, 422, "bad_field", "有一项不对", &wrong);
	CHECK_INT(r.status, 422);
	CHECK_STR(r.type, "application/problem+json");
	CHECK_STR(buf_text(&r.body),
		  "{\"code\":\"bad_field\",\"detail\":\"有一项不对\","
		  "\"errors\":[{\"field\":\"shares[1].party\",\"why\":\"必须填写\"}],"
		  "\"status\":422,\"title\":\"内容不符合要求\",\"type\":\"about:blank\"}");
	reply_release(&r);
}

TEST(reply_refused_knows_the_codes)
{
	static const struct {
		int code, status;
	} cases[] = { { NONE, 404 },      { INVALID, 422 },   { FORBIDDEN, 403 },
		      { CONFLICT, 409 },  { TOO_LARGE, 413 }, { UNAVAILABLE, 503 },
		      { DB_FULL, 507 },   { DB_BUSY, 503 },   { DB_LOST, 503 },
		      { DB_UNIQUE, 409 }, { DB_FAILED, 500 }, { -9999, 500 } };

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reply r;
		reply_init(&r);
		reply_refused(&r, cases[i].code, "为什么");
		CHECK_INT(r.status, cases[i].status);
		CHECK(strstr(buf_text(&r.body), "为什么") != NULL);
		reply_release(&r);
	}
}
