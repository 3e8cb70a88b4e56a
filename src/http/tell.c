/* http/tell.c — see the header. */
#include "http/tell.h"

#include "base/clock.h"
#include "base/status.h"

enum { DAY_MS = 24 * 3600 * 1000 };

void tell_time(struct json *j, const char *key, int64_t ms)
{
	char text[CLOCK_TEXT];

	clock_text(ms, text);
	json_put_text(j, key, ms ? text : NULL);
}

void tell_day(struct json *j, const char *key, int64_t day)
{
	char text[CLOCK_TEXT];

	clock_text(day * DAY_MS, text);
	text[CLOCK_DAY - 1] = 0;
	json_put_text(j, key, day ? text : NULL);
}

void tell_notes(struct json *j, const char *key, const struct plan_notes *notes)
{
	static const char *const kinds[] = {
		[PLAN_INFO] = "info", [PLAN_WARNING] = "warning", [PLAN_REFUSED] = "refused"
	};

	json_key(j, key);
	json_begin_array(j);
	for (size_t i = 0; i < notes->count; i++) {
		json_begin_object(j);
		json_put_text(j, "kind", kinds[notes->list[i].kind]);
		json_put_text(j, "text", notes->list[i].text);
		json_end_object(j);
	}
	json_end_array(j);
}

void tell_items(struct request *q, struct json *j)
{
	json_init(j, &q->reply.body);
	json_begin_object(j);
	json_key(j, "items");
	json_begin_array(j);
}

void tell_items_end(struct json *j, const char *next, int64_t total)
{
	json_end_array(j);
	json_put_text(j, "next", next);
	json_put_int(j, "total", total);
	json_end_object(j);
}

int tell_refused(struct request *q, const struct plan_notes *notes, int code, bool edit)
{
	const char *why = "";

	if (code == OK)
		return OK;
	for (size_t i = 0; i < notes->count; i++)
		if (notes->list[i].kind == PLAN_REFUSED)
			why = arena_printf(&q->arena, "%s%s%s", why, *why ? "；" : "",
					   notes->list[i].text);
	if (!*why)
		why = office_sentence(q->office, code);
	if (edit && code == CONFLICT)
		reply_problem(&q->reply, 412, "changed", why, NULL);
	else
		reply_refused(&q->reply, code, why);
	return code;
}
