#ifndef BASE_JSON_H
#define BASE_JSON_H
/*
 * base/json.h — writes canonical JSON (RFC 8785, integers only): no white space, keys in the order of
 * their UTF-16 code units, which for the ASCII keys we use is byte order. The writer asserts that the
 * caller gives the keys of one object in that order and once each; numbers have |n| < 2^53.
 * Text must be valid UTF-8; an invalid byte is written as U+FFFD.
 */
#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

enum { JSON_DEEPEST = 16 };

struct json {
	struct buf *out;
	int depth;
	struct {
		bool object, any;
		const char *last_key; /* borrowed until the object ends */
	} level[JSON_DEEPEST];
};

/* Starts one document that is appended to out. */
void json_init(struct json *j, struct buf *out);

void json_begin_object(struct json *j); /* { */
void json_end_object(struct json *j);   /* } */
void json_begin_array(struct json *j);  /* [ */
void json_end_array(struct json *j);    /* ] */

/* Inside an object: the key of the value that follows. ASCII; must stay valid until the object ends. */
void json_key(struct json *j, const char *key);

void json_text(struct json *j, const char *text); /* NULL writes null */
void json_mem(struct json *j, const char *at, size_t len);
void json_int(struct json *j, int64_t n);
void json_bool(struct json *j, bool b);
void json_write_null(struct json *j);

void json_raw(struct json *j, const char *json); /* a value that is JSON already */

/* Key and value in one. */
void json_put_text(struct json *j, const char *key, const char *text);
void json_put_int(struct json *j, const char *key, int64_t n);
void json_put_bool(struct json *j, const char *key, bool b);

#endif
