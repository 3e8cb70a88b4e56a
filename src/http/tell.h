#ifndef HTTP_TELL_H
#define HTTP_TELL_H
/* http/tell.h — what handlers write alike: times, days, notes, lists. */
#include "app/plan_notes.h"
#include "base/json.h"
#include "http/request.h"

/* A moment as text; 0: null. */
void tell_time(struct json *j, const char *key, int64_t ms);

/* A legal day, days since 1970; 0: null. */
void tell_day(struct json *j, const char *key, int64_t day);

/* [{kind, text}]: info, warning, refused; the shape Note. */
void tell_notes(struct json *j, const char *key, const struct plan_notes *notes);

/* Begins {"items":[; and ends it with next (NULL: no more) and total. */
void tell_items(struct request *q, struct json *j);
void tell_items_end(struct json *j, const char *next, int64_t total);

/*
 * How a use case with notes ended: OK as it is; a refusal whose reason stands in the notes makes the reply of it, and a
 * CONFLICT of an edit (`edit`) is 412. Not OK: the reply is made, and the handler returns OK at once.
 */
MUST_USE int tell_refused(struct request *q, const struct plan_notes *notes, int code, bool edit);

#endif
