#ifndef HTTP_INPUT_H
#define HTTP_INPUT_H
/*
 * http/input.h — from the members of a JSON body, or the parameters of a query, to a struct, by a table. What the
 * table does not name is refused; what it names is inside its limits afterwards, or the request was refused.
 */
#include "http/reply.h"
#include "http/target.h"

#include <stddef.h>

enum input_kind {
	INPUT_TEXT, /* const char *; min and max in characters; no controls but line ends */
	INPUT_WORD, /* const char *, one of `words` */
	INPUT_INT,  /* int64_t; min and max are its range */
	INPUT_BOOL, /* bool */
	INPUT_DAY,  /* int64_t, days since 1970; written 2026-11-30 */
	INPUT_TEXTS, /* struct input_texts; min and max in items, each item at most INPUT_ITEM_LONGEST characters */
	INPUT_ROWS /* struct input_rows of objects, each by the table `row`; min and max in items */
};

enum { INPUT_ITEM_LONGEST = 1000 };

struct input_texts {
	const char *const *at;
	size_t count;
};

struct input_rows {
	const void *at; /* count structs of row_size bytes */
	size_t count;
};

struct input {
	const char *name;
	enum input_kind kind;
	size_t offset; /* of its place in the struct */
	bool required;
	int64_t min, max;
	const char *const *words; /* NULL at the end */
	const struct input *row;  /* ends with a row without name */
	size_t row_size;
	const char *help; /* Chinese, what it is */
};

/* A row for the member of a struct that has its name; more members of the row may follow. */
#define INPUT_ROW(type, member, of_kind, words_of_help, ...)                                       \
	{                                                                                          \
		.name = #member, .kind = of_kind, .offset = offsetof(type, member),                \
		.help = words_of_help, __VA_ARGS__                                                 \
	}

/* Most bytes of a body that is read by tables. */
enum { INPUT_BODY_MOST = 1 << 20 };

/*
 * Fills *into (zeroed before by the caller; a missing member leaves its place as it is) from a JSON object.
 * INVALID with *ret_wrong; texts live in the arena. fields ends with a row without name; NULL: no member at all.
 */
MUST_USE int input_json(struct arena *a, const char *body, size_t len, const struct input *fields,
			void *into, struct reply_wrong *ret_wrong);

/* The same from a query; texts and rows in lists cannot stand there. */
MUST_USE int input_query(struct arena *a, const struct target *target, const struct input *fields,
			 void *into, struct reply_wrong *ret_wrong);

#endif
