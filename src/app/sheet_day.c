/* app/sheet_day.c — a plan may be frozen before its period begins; then its first day counts. */
#include "app/sheet_day.h"

#include "base/clock.h"
#include "base/status.h"

int sheet_day(const struct plan_rules *rules, const char *given, struct plan_notes *notes,
	      int64_t *ret)
{
	char text[CLOCK_DAY];
	int64_t today, from, to;

	if (given) {
		if (clock_parse_day(given, ret) == OK)
			return OK;
		plan_note(notes, PLAN_REFUSED, "--day “%s”不是日期。请写成 2026-10-01 的样子。",
			  given);
		return INVALID;
	}
	clock_day(clock_now(), text);
	if (clock_parse_day(text, &today) != OK)
		return IO_ERROR;
	*ret = today;
	if (!rules->from || clock_parse_day(rules->from, &from) != OK ||
	    clock_parse_day(rules->to, &to) != OK)
		return OK;
	if (today < from)
		*ret = from;
	if (today <= to)
		return OK;
	*ret = to;
	plan_note(
		notes, PLAN_WARNING,
		"规则文件的期间已于 %s 结束；执法证、请假等按这一天判断。请核对规则文件的“期间”。",
		rules->to);
	return OK;
}
