#ifndef TEST_UNIT_H
#define TEST_UNIT_H
/*
 * test/unit.h — a test is a function TEST(name) { ... } in any file of a test program; the programs
 * print TAP. A failed CHECK is reported with its place and the test goes on, so that one run shows all.
 */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef void unit_body(void);

/* Called before main by TEST; name and body live as long as the program. */
void unit_add(const char *name, unit_body *body);

#define TEST(name)                                                                                 \
	static void test_##name(void);                                                             \
	__attribute__((constructor)) static void add_##name(void)                                  \
	{                                                                                          \
		unit_add(#name, test_##name);                                                      \
	}                                                                                          \
	static void test_##name(void)

/* Reports one check of the running test; returns ok. Thread-safe. */
__attribute__((format(printf, 4, 5))) bool unit_check(bool ok, const char *file, int line,
						      const char *format, ...);

#define CHECK(cond) unit_check((cond), __FILE__, __LINE__, "%s", #cond)
#define CHECK_INT(have, want)                                                                      \
	do {                                                                                       \
		long long unit_have = (long long)(have), unit_want = (long long)(want);            \
		unit_check(unit_have == unit_want, __FILE__, __LINE__, "%s is %lld, want %lld",    \
			   #have, unit_have, unit_want);                                           \
	} while (0)
#define CHECK_STR(have, want)                                                                      \
	do {                                                                                       \
		const char *unit_have = (have), *unit_want = (want);                               \
		unit_check(unit_have &&unit_want &&strcmp(unit_have, unit_want) == 0, __FILE__,    \
			   __LINE__, "%s is \"%s\", want \"%s\"", #have,                           \
			   unit_have ? unit_have : "(null)", unit_want ? unit_want : "(null)");    \
	} while (0)

/* Marks the running test as skipped, with the reason; return from the test afterwards. */
void unit_skip(const char *reason);

/* True when MINGQIAN_LONG=1: run the heavy counts. */
bool unit_long(void);

/* A repeatable random number (splitmix64) for tests; the state is the caller's. */
uint64_t unit_random(uint64_t *state);

/* A fresh empty folder, removed with its contents at exit. Valid until exit. */
const char *unit_folder(void);

/* Path of a file in the source tree, e.g. unit_source("test/vectors/tickets.json"). Valid until exit. */
const char *unit_source(const char *path);

#endif
