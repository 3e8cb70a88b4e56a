/* app/rule_set_basis_write.c — the way back, and the schema of the four numbers. */
#include "app/rule_set_basis_write.h"

#include <stdio.h>
#include <string.h>

enum { MOST = 1000000, PERCENT = 10000 /* units of 10^-4 in one */ };

/* a/b of a hundred in units of 10^-4 is whole, since that is how it was read. */
static void write_percent(struct json *j, const struct rule_basis *basis)
{
	uint64_t n = basis->a * 100 * PERCENT / basis->b;
	char text[32];

	if (n % PERCENT == 0) {
		json_int(j, (int64_t)(n / PERCENT));
		return;
	}
	snprintf(text, sizeof(text), "%u.%04u", (unsigned)(n / PERCENT), (unsigned)(n % PERCENT));
	for (size_t len = strlen(text); text[len - 1] == '0'; len--)
		text[len - 1] = 0;
	json_text(j, text);
}

void rule_basis_write(struct json *j, const struct rule_basis *basis)
{
	char text[48];

	switch (basis->kind) {
	case RULE_PERCENT:
		write_percent(j, basis);
		return;
	case RULE_PER_INSPECTOR:
		if (basis->b == 1) {
			json_int(j, (int64_t)basis->a);
			return;
		}
		snprintf(text, sizeof(text), "%llu/%llu", (unsigned long long)basis->a,
			 (unsigned long long)basis->b);
		json_text(j, text);
		return;
	case RULE_NUMBER:
		json_int(j, (int64_t)basis->a);
		return;
	case RULE_ALL:
	case RULE_UNSET:
		break;
	}
	json_bool(j, true);
}

static void number_or_text(struct json *j, int64_t most, const char *pattern)
{
	json_key(j, "anyOf");
	json_begin_array(j);
	json_begin_object(j);
	json_put_int(j, "maximum", most);
	json_put_int(j, "minimum", 1);
	json_put_text(j, "type", "integer");
	json_end_object(j);
	json_begin_object(j);
	json_put_text(j, "pattern", pattern);
	json_put_text(j, "type", "string");
	json_end_object(j);
	json_end_array(j);
}

void rule_basis_schema(struct json *j, enum rule_basis_kind kind, const char *says)
{
	json_begin_object(j);
	if (kind == RULE_PERCENT)
		number_or_text(j, 100, "^(0|[1-9][0-9]?|100)(\\.[0-9]{1,4})?$");
	else if (kind == RULE_PER_INSPECTOR)
		number_or_text(j, MOST, "^(0|[1-9][0-9]{0,6})(\\.[0-9]{1,4}|/[1-9][0-9]{0,6})?$");
	else if (kind != RULE_NUMBER) {
		json_key(j, "const");
		json_bool(j, true);
	}
	json_put_text(j, "description", says);
	if (kind == RULE_NUMBER) {
		json_put_int(j, "maximum", MOST);
		json_put_int(j, "minimum", 1);
		json_put_text(j, "type", "integer");
	}
	json_end_object(j);
}
