/* app/account_policy.c — the usual passwords are those that lists of leaks have at their top, and what officials here add. */
#include "app/account_policy.h"

#include "base/utf8.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { MINUTE = 60000, HOUR = 60 * MINUTE, RUN_LONGEST = 5 };

static const struct account_policy policies[] = {
	{ .name = "mlps3",
	  .least = 10,
	  .classes = 3,
	  .days = 90,
	  .failures = 5,
	  .locked_ms = 30 * MINUTE,
	  .address_failures = 30,
	  .address_minutes = 15,
	  .idle_ms = 30 * MINUTE,
	  .absolute_ms = 12 * HOUR,
	  .ticket_ms = INT64_C(72) * HOUR },
	{ .name = "asvs",
	  .least = 12,
	  .classes = 1,
	  .days = 0,
	  .failures = 10,
	  .locked_ms = 15 * MINUTE,
	  .address_failures = 30,
	  .address_minutes = 15,
	  .idle_ms = 60 * MINUTE,
	  .absolute_ms = 12 * HOUR,
	  .ticket_ms = INT64_C(24) * HOUR },
};

/* Parts that make a password guessable when little else stands beside them; compared without case. */
static const char *const usual[] = {
	"password", "passw0rd", "p@ssw0rd", "p@ssword", "qwerty",   "asdfgh",  "zxcvbn",
	"1qaz2wsx", "qazwsx",   "abc123",   "a1b2c3",   "admin",    "root",    "welcome",
	"letmein",  "iloveyou", "woaini",   "5201314",  "mingqian", "baoding", "huanbao",
	"changeme", "test1234", "88888888", "66666666", "00000000",
};

const struct account_policy *account_policy(const char *name)
{
	for (size_t i = 0; i < COUNT(policies); i++)
		if (strcmp(policies[i].name, name) == 0)
			return &policies[i];
	return NULL;
}

struct shape {
	size_t characters, classes;
	bool controls, run;
};

static struct shape shape_of(const char *password, size_t len)
{
	bool upper = false, lower = false, digits = false, others = false;
	struct shape s = { 0 };
	uint32_t c, before = 0;
	size_t same = 0, up = 0, down = 0;

	for (size_t i = 0; i < len; s.characters++, before = c) {
		i += utf8_next(password + i, len - i, &c);
		upper |= c >= 'A' && c <= 'Z';
		lower |= c >= 'a' && c <= 'z';
		digits |= c >= '0' && c <= '9';
		others |= c > 0x7f || (c >= 0x20 && c < 0x7f && !isalnum((int)c));
		s.controls |= c < 0x20 || c == 0x7f;
		same = c == before ? same + 1 : 0;
		up = c == before + 1 ? up + 1 : 0;
		down = c + 1 == before ? down + 1 : 0;
		s.run |= same >= RUN_LONGEST || up >= RUN_LONGEST || down >= RUN_LONGEST;
	}
	s.classes = (size_t)upper + lower + digits + others;
	return s;
}

static bool holds(const char *password, const char *part)
{
	return *part && strcasestr(password, part) != NULL;
}

static bool is_usual(const char *password)
{
	for (size_t i = 0; i < COUNT(usual); i++)
		if (holds(password, usual[i]))
			return true;
	return false;
}

const char *account_password_wrong(const struct account_policy *policy, const char *password,
				   const char *name, const char *person)
{
	size_t len = strlen(password);
	struct shape s = shape_of(password, len);

	if (len > PASSWORD_LONGEST)
		return "密码太长：最多 256 个字节";
	if (utf8_valid(password, len) != len || s.controls)
		return "密码里有不能输入的字符";
	if (s.characters < policy->least)
		return policy->least == 10 ? "密码太短：至少 10 个字符"
					   : "密码太短：至少 12 个字符";
	if (s.classes < policy->classes)
		return "密码要有大写字母、小写字母、数字、其他符号中的三种";
	if (holds(password, name) || holds(password, person))
		return "密码里不能有自己的登录名或姓名";
	if (s.run)
		return "密码里不能有连着的相同字符，或 123456、abcdef 这样的顺序";
	return is_usual(password) ? "密码里有常见的弱口令：请换一个别人猜不到的" : NULL;
}
