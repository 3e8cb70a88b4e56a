#ifndef APP_DRAW_FACTS_H
#define APP_DRAW_FACTS_H
/*
 * app/draw_facts.h — what a folder and the one who verifies it can show about the entropy values and the
 * shares beyond dr1's own files: NIST pulses, drand beacons, the parties' signatures.
 *
 * From the folder: pulse*.json, drand*.json, pulse-certificate.pem, signatures.tsv. A certificate that
 * lies in the folder came from the operator, so a pulse it signs stays "not verified here"; only one that
 * the verifier brings from elsewhere makes it verified, and naming the folder's own is not bringing one.
 */
#include "base/arena.h"
#include "core/verify.h"

struct draw_evidence {
	const char **pulses; /* paths of pulse files that the verifier brings */
	size_t pulse_count;
	const char *certificate; /* path, or NULL */
};

/*
 * Fills facts for a declaration and its record (NULL before there is one). NONE, TOO_LARGE, INVALID or IO_ERROR
 * with *path if a file that the verifier named cannot be read; malformed evidence is no error: it proves
 * nothing or refutes, and `why` says so. Texts live in the arena.
 */
MUST_USE int draw_facts(struct arena *a, const char *folder, const struct declaration *d,
			const struct record *record, const struct draw_evidence *evidence,
			struct verify_facts *ret, const char **path);

#endif
