#ifndef CORE_WASM_H
#define CORE_WASM_H
/*
 * core/wasm.h — what the WebAssembly module exports (web/public/core.mjs calls it). The page asks for
 * room, writes its bytes there, names where each file lies, and calls. A call returns CORE_OK and leaves
 * one answer, UTF-8 text valid until the next call, or CORE_FULL when 4 GiB do not suffice. Calls that
 * read files answer {"problem":{code,file,line,text}} when these are not in order.
 */
#include "core/mem.h"

/* Room for `len` bytes of input, or NULL when there is none; input and answer of before are gone. */
void *core_room(size_t len);

/* The table of files: pairs of 32-bit address and length in the order of enum core_file; 0 0 for none. */
struct span *core_files(void);

const char *core_answer(void);
size_t core_answer_len(void);

/* Verifies the named files: {failed, unknown, rehearsal, steps: [{name, mark, text, how}]}. */
int core_verify(void);

/* Draws again from lists, declaration and record: {seed, feasible, unmet, root, result}. */
int core_draw(void);

/* One unit: {id, stratum, members, quota, rank, ticket, drawn, reserve}. The id lies in the input. */
int core_explain(const char *id, size_t id_len);

/* Lines "ticket TAB id" for ids one a line, in the order given. */
int core_tickets(const char *seed, size_t seed_len, const char *ids, size_t ids_len);

/* "root lines" of a list, whose leaves are its lines. */
int core_root(const char *text, size_t len);

/* 64 hex digits. */
int core_sha256(const char *text, size_t len);

#endif
