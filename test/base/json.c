/* test/base/json.c — canonical JSON: escapes, order, numbers. */
#include "base/json.h"
#include "base/status.h"

#include "unit.h"

TEST(json_writes_canonical_documents)
{
	struct buf b;
	struct json j;

	buf_init(&b, 1000);
	json_init(&j, &b);
	json_begin_object(&j);
	json_key(&j, "a");
	json_begin_array(&j);
	json_int(&j, -9007199254740991);
	json_bool(&j, true);
	json_write_null(&j);
	json_text(&j, NULL);
	json_end_array(&j);
	json_put_text(&j, "b", "\"\\\b\f\n\r\t\v\x1f/检\x7f\xff");
	json_put_int(&j, "c", 0);
	json_end_object(&j);
	CHECK_INT(buf_check(&b), OK);
	CHECK_STR(buf_text(&b),
		  "{\"a\":[-9007199254740991,true,null,null],"
		  "\"b\":\"\\\"\\\\\\b\\f\\n\\r\\t\\u000b\\u001f/检\x7f\xef\xbf\xbd\",\"c\":0}");
	buf_release(&b);
}
