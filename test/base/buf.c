/* test/base/buf.c — the limit of a buffer drops additions whole and is remembered. */
#include "base/buf.h"
#include "base/status.h"

#include "unit.h"

TEST(buf_holds_up_to_its_limit)
{
	struct buf b;

	buf_init(&b, 5);
	CHECK_STR(buf_text(&b), "");
	buf_str(&b, "abc");
	buf_char(&b, 'd');
	buf_printf(&b, "%d", 5);
	CHECK_STR(buf_text(&b), "abcd5");
	CHECK_INT(buf_check(&b), OK);
	buf_str(&b, "");
	CHECK_INT(buf_check(&b), OK);
	buf_char(&b, 'x');
	CHECK_INT(buf_check(&b), TOO_LARGE);
	CHECK_STR(buf_text(&b), "abcd5");
	buf_clear(&b);
	CHECK_INT(buf_check(&b), OK);
	buf_printf(&b, "%s", "too long for it");
	CHECK_STR(buf_text(&b), "");
	buf_char(&b, 'a'); /* nothing is added after a gap */
	CHECK_STR(buf_text(&b), "");
	CHECK_INT(buf_check(&b), TOO_LARGE);
	buf_release(&b);
}
