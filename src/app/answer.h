#ifndef APP_ANSWER_H
#define APP_ANSWER_H
/*
 * app/answer.h — a change that is asked for twice happens once. Who asks gives it a key of his own; what was answered is
 * kept under it in the transaction of the change, sealed, since it may hold names that are secret, and given again.
 */
#include "app/office.h"

enum { ANSWER_KEPT_MS = 7 * 24 * 3600 * 1000, ANSWER_MOST = 1 << 20 };

struct answer_ask {
	int64_t account;  /* whose key it is */
	const char *key;  /* a UUID of 36 characters, see answer_key_right */
	const char *what; /* method, target and version of what is asked */
	const void *body;
	size_t len;
	bool shown_once; /* the answer holds a secret: it is not kept */
};

struct answer {
	int status;
	const char *etag; /* NULL: none */
	const char *body; /* in the arena; NULL: it was not kept */
	size_t len;
	bool again; /* this is what was answered the first time */
};

/* 8-4-4-4-12 hex digits. */
MUST_USE bool answer_key_right(const char *key);

/* Does it, inside office_write, and fills *ret; may run again. An answer that is no success (2xx) is not kept. */
typedef int answer_act(void *arg, struct answer *ret);

/*
 * OK: *ret is what `act` answered, now or then. CONFLICT with o->why: it was done, and the answer is shown only once;
 * INVALID: the key was used for something else; TOO_LARGE: an answer that cannot be kept, and nothing was done;
 * else what `act` returned, and nothing is kept, so that it may be tried again.
 */
MUST_USE int answer_once(struct office *o, struct arena *a, const struct answer_ask *ask,
			 answer_act *act, void *arg, struct answer *ret);

/* Forgets answers older than ANSWER_KEPT_MS, once a day and process. */
MUST_USE int answer_sweep(struct office *o);

#endif
