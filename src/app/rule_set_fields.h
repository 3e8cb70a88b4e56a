#ifndef APP_RULE_SET_FIELDS_H
#define APP_RULE_SET_FIELDS_H
/*
 * app/rule_set_fields.h — the JSON form of a rule set as tables: one row a key, one shape a struct. The
 * reader, the canonical writer, the schema and the documentation's test all walk them.
 */
#include "app/rule_set.h"
#include "app/rule_set_lists.h"

/* What a text must look like. */
struct rule_pattern {
	const char *regex; /* for the schema; the same as fits */
	bool (*fits)(const char *text);
	const char *says; /* Chinese, after 应为 */
};

enum rule_field_kind {
	RULE_FIELD_CONSTANT, /* always the first word of `list`; not stored */
	RULE_FIELD_TEXT,   /* const char *, NULL if absent; 1 to max bytes, no control characters */
	RULE_FIELD_FROM,   /* int64_t day, RULE_NO_START if absent */
	RULE_FIELD_TO,     /* int64_t day, RULE_NO_END if absent */
	RULE_FIELD_COUNT,  /* uint32_t, min to max */
	RULE_FIELD_FLAG,   /* bool */
	RULE_FIELD_CHOICE, /* an enum: one word of `list` */
	RULE_FIELD_BITS,   /* unsigned: an array of words of `list`, in its order */
	RULE_FIELD_TEXTS, /* struct rule_texts: an array of texts (words of `list` if there is one) */
	RULE_FIELD_PERCENTS, /* uint32_t[12], its size_t count at `beside`: cumulative, 0 to 100 */
	RULE_FIELD_BASIS,    /* struct rule_basis: `value` says which kind this key makes it */
	RULE_FIELD_OBJECT,   /* a struct inside, of `shape` */
	RULE_FIELD_LIST      /* a pointer to structs of `shape`, their size_t count at `beside` */
};

struct rule_field {
	const char *key; /* ASCII; the rows of a shape are sorted by it */
	const char *says;
	enum rule_field_kind kind;
	size_t offset;
	size_t beside; /* where a list's count is, or (flagged) a bool that says that the key is there */
	bool flagged, required;
	uint32_t min,
		max; /* of a count; of a text's bytes (max 0: RULE_TEXT_MOST); of a list's items */
	uint32_t value; /* when the key is absent; RULE_FIELD_BASIS: the enum rule_basis_kind */
	const struct rule_word *list;
	const struct rule_pattern *pattern;
	const struct rule_shape *shape;
};

struct rule_shape {
	const char *says;
	const struct rule_field *fields;
	size_t count, size; /* rows; bytes of the struct */
	const char *const
		*one_of; /* exactly one of these keys must be there; NULL-terminated, or NULL */
};

/* struct rule_set. */
extern const struct rule_shape rule_set_shape;

#endif
