/* app/sheet_plan.c — keys are a table; a key may come several times only for the arithmetic. */
#include "app/sheet_plan.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/status.h"

#include <stddef.h>
#include <string.h>

static const size_t PLAN_MOST = 1 << 20;

static const struct {
	const char *key;
	size_t offset;
} texts[] = {
	{ "title", offsetof(struct sheet_plan, title) },
	{ "authority", offsetof(struct sheet_plan, authority) },
	{ "matters", offsetof(struct sheet_plan, matters) },
	{ "from", offsetof(struct sheet_plan, from) },
	{ "to", offsetof(struct sheet_plan, to) },
	{ "day", offsetof(struct sheet_plan, day) },
	{ "drawn-at", offsetof(struct sheet_plan, drawn_at) },
};

static const char **text_at(struct sheet_plan *p, size_t i)
{
	return (const char **)(void *)((char *)p + texts[i].offset);
}

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

struct sheet_plan sheet_plan_of(const struct plan_rules *rules, const struct plan_quota *quota)
{
	struct sheet_plan p = {
		.title = or_empty(rules->name),
		.authority = or_empty(rules->authority),
		.matters = or_empty(rules->matters),
		.from = or_empty(rules->from),
		.to = or_empty(rules->to),
		.day = "",
		.drawn_at = "",
	};

	for (int g = 0; quota && g < PLAN_GROUPS; g++)
		if (quota->sums[g].line)
			p.sums[p.sum_count++] = quota->sums[g].line;
	return p;
}

int sheet_plan_write(const char *path, const struct sheet_plan *plan)
{
	CLEANUP(buf_release) struct buf out;
	struct sheet_plan copy = *plan;

	buf_init(&out, PLAN_MOST);
	for (size_t i = 0; i < COUNT(texts); i++)
		buf_printf(&out, "%s\t%s\n", texts[i].key, *text_at(&copy, i));
	buf_printf(&out, "sealed\t%d\nrehearsal\t%d\n", plan->sealed, plan->rehearsal);
	for (size_t i = 0; i < plan->sum_count; i++)
		buf_printf(&out, "sum\t%s\n", plan->sums[i]);
	TRY(buf_check(&out));
	return file_write(path, out.data, out.len, 0644);
}

static int read_line(struct sheet_plan *p, char *line)
{
	char *value = strchr(line, '\t');

	if (!value)
		return INVALID;
	*value++ = 0;
	for (size_t i = 0; i < COUNT(texts); i++)
		if (strcmp(texts[i].key, line) == 0) {
			*text_at(p, i) = value;
			return OK;
		}
	if (strcmp(line, "sealed") == 0)
		p->sealed = strcmp(value, "1") == 0;
	else if (strcmp(line, "rehearsal") == 0)
		p->rehearsal = strcmp(value, "1") == 0;
	else if (strcmp(line, "sum") == 0 && p->sum_count < SHEET_SUMS)
		p->sums[p->sum_count++] = value;
	else
		return INVALID;
	return OK;
}

int sheet_plan_read(struct arena *a, const char *path, struct sheet_plan *ret)
{
	struct sheet_plan p = { "", "", "", "", "", "", "", .sum_count = 0 };
	char *text, *state = NULL;
	size_t len;
	int rc = file_read(a, path, PLAN_MOST, &text, &len);

	if (rc != OK && rc != NONE)
		return rc;
	if (rc == OK)
		for (char *line = strtok_r(text, "\n", &state); line;
		     line = strtok_r(NULL, "\n", &state))
			TRY(read_line(&p, line));
	*ret = p;
	return OK;
}
