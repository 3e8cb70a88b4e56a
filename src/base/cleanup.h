#ifndef BASE_CLEANUP_H
#define BASE_CLEANUP_H
/* base/cleanup.h — the few macros that every file but core's may use. */

/* Runs fn(&variable) when the variable leaves its scope. */
#define CLEANUP(fn) __attribute__((cleanup(fn)))
#define MUST_USE __attribute__((warn_unused_result))
/* Parameter f is a format, never NULL, for the arguments from a on. */
#define PRINTF(f, a) __attribute__((format(printf, f, a), nonnull(f)))
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Returns the code of a failed call; the only macro that hides a return. */
#define TRY(call)                                                                                  \
	do {                                                                                       \
		int try_rc = (call);                                                               \
		if (try_rc != 0)                                                                   \
			return try_rc;                                                             \
	} while (0)

#endif
