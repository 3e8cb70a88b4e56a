/* app/rule_set_basis_read.c — percentages with up to four decimals, ratios a/b, whole numbers, true. */
#include "app/rule_set_basis_read.h"

enum { MOST = 1000000, DECIMALS = 4, PERCENT = 10000 /* units of 10^-4 in one */ };

static uint64_t common_divisor(uint64_t a, uint64_t b)
{
	while (b) {
		uint64_t rest = a % b;
		a = b;
		b = rest;
	}
	return a;
}

static void set(struct rule_basis *ret, enum rule_basis_kind kind, uint64_t a, uint64_t b)
{
	uint64_t d = common_divisor(a, b);

	ret->kind = kind;
	ret->a = a / d;
	ret->b = b / d;
}

/* Digits up to a number of at most MOST; the rest of the text, or NULL. */
static const char *whole(const char *text, uint64_t *ret)
{
	uint64_t n = 0;
	const char *at = text;

	for (; *at >= '0' && *at <= '9'; at++) {
		n = n * 10 + (uint64_t)(*at - '0');
		if (n > MOST)
			return NULL;
	}
	if (at == text || (text[0] == '0' && at - text > 1))
		return NULL;
	*ret = n;
	return at;
}

/* "12.5" in units of 10^-4; false if it is none. */
static bool decimal(const char *text, uint64_t *ret)
{
	uint64_t n, scale = PERCENT;
	const char *at = whole(text, &n);

	if (!at)
		return false;
	n *= PERCENT;
	if (*at == '.') {
		const char *first = ++at;
		for (; *at >= '0' && *at <= '9' && at - first < DECIMALS; at++) {
			scale /= 10;
			n += (uint64_t)(*at - '0') * scale;
		}
		if (at == first)
			return false;
	}
	*ret = n;
	return *at == 0;
}

static void read_percent(struct rule_reading *r, const json_t *value, struct rule_basis *ret)
{
	uint64_t n = 0;

	if (json_is_integer(value)) {
		json_int_t given = json_integer_value(value);
		n = given > 0 && given <= 100 ? (uint64_t)given * PERCENT : 0;
	} else if (!json_is_string(value) || !decimal(json_string_value(value), &n)) {
		rule_wrong(r, "百分比应写成整数（10）或带引号的小数（\"12.5\"，最多四位小数）");
		return;
	}
	if (n == 0 || n > 100 * PERCENT)
		rule_wrong(r, "百分比应大于 0、不超过 100；全部都查请写 \"all\": true");
	else
		set(ret, RULE_PERCENT, n, 100 * PERCENT);
}

static bool ratio(const char *text, uint64_t *a, uint64_t *b)
{
	const char *at = whole(text, a);

	if (at && *at == '/') {
		at = whole(at + 1, b);
		return at && *at == 0;
	}
	*b = PERCENT;
	return decimal(text, a);
}

static void read_per_inspector(struct rule_reading *r, const json_t *value, struct rule_basis *ret)
{
	uint64_t a = 0, b = 1;

	if (json_is_integer(value)) {
		json_int_t given = json_integer_value(value);
		a = given > 0 && given <= MOST ? (uint64_t)given : 0;
	} else if (!json_is_string(value) || !ratio(json_string_value(value), &a, &b)) {
		a = 0;
	}
	if (a && b) {
		set(ret, RULE_PER_INSPECTOR, a, b);
		if (ret->a <= MOST)
			return;
	}
	rule_wrong(r,
		   "每人家数应为 1 到 %d 的整数，或写成 \"5/2\"、\"2.5\"（1:2.5 就是每人 2.5 家）",
		   MOST);
}

static void read_number(struct rule_reading *r, const json_t *value, struct rule_basis *ret)
{
	json_int_t given = json_is_integer(value) ? json_integer_value(value) : 0;

	if (given < 1 || given > MOST)
		rule_wrong(r, "数量应为 1 到 %d 的整数", MOST);
	else
		set(ret, RULE_NUMBER, (uint64_t)given, 1);
}

void rule_basis_read(struct rule_reading *r, enum rule_basis_kind kind, const json_t *value,
		     struct rule_basis *ret)
{
	ret->b = 1;
	switch (kind) {
	case RULE_PERCENT:
		read_percent(r, value, ret);
		return;
	case RULE_PER_INSPECTOR:
		read_per_inspector(r, value, ret);
		return;
	case RULE_NUMBER:
		read_number(r, value, ret);
		return;
	case RULE_ALL:
	case RULE_UNSET:
		break;
	}
	if (!json_is_true(value))
		rule_wrong(r, "只能写 true；不要就删掉这一项");
	ret->kind = kind;
}
