#ifndef CORE_TEXT_H
#define CORE_TEXT_H
/*
 * core/text.h — the text rules that every file of a draw obeys (spec/draw.md 1): UTF-8 without BOM, LF
 * after every line, the alphabet of ids, the form of stratum names; and lines cut from a text.
 */
#include "core/bytes.h"
#include "core/mem.h"
#include "core/problem.h"

enum { TEXT_ID_LONGEST = 64, TEXT_STRATUM_LONGEST = 64 };

/* Counts are below this everywhere, so that JSON and JavaScript can hold them. */
#define TEXT_NUMBER_MOST ((UINT64_C(1) << 53) - 1)

/* True for 1 to 64 bytes of [0-9A-Za-z._:-]. */
CORE_MUST_USE bool text_is_id(struct span text);

/* True for 1 to `longest` bytes of the same alphabet. */
CORE_MUST_USE bool text_is_token(struct span text, size_t longest);

/* True for one or more decimal digits. */
CORE_MUST_USE bool text_is_digits(struct span text);

/* True for an id that ends in '-' and at least one decimal digit. */
CORE_MUST_USE bool text_is_draw_id(struct span text);

/* True for 1 to 64 bytes of UTF-8 without space, '=' and control characters. */
CORE_MUST_USE bool text_is_stratum(struct span text);

/* True for exactly `digits` lower-case hex digits. */
CORE_MUST_USE bool text_is_hex(struct span text, size_t digits);

/* The problem of a malformed id (empty, too long, characters), for file and line. */
CORE_MUST_USE struct problem text_id_problem(struct span id, enum core_file file, uint64_t line);

/*
 * Checks a file as a whole: present, no BOM, valid UTF-8, no CR, LF at the end. CORE_INVALID with the
 * line of the first such fault. An empty file is well-formed.
 */
CORE_MUST_USE int text_check(struct span text, enum core_file file, struct problem *problem);

/* Takes the next line (without LF) off a text; false at the end. */
bool text_line(struct span *text, struct span *line);

#endif
