/* test/fuzz/fuzz_beacon.c — evidence that anybody may put beside a draw: NIST pulses, drand beacons and
 * certificates. Garbage may be refused, never believed. */
#include "base/status.h"
#include "files/drand.h"
#include "files/pulse.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_pulse(struct arena *a, const char *text, size_t size, const char *certificate,
		      size_t certificate_len)
{
	struct pulse p;

	if (pulse_parse(a, text, size, &p) != OK)
		return;
	if (strlen(p.output) != PULSE_HEX || strlen(p.certificate) != PULSE_HEX)
		abort();
	(void)pulse_output_right(&p);
	if (pulse_follows(&p, &p))
		abort();
	(void)pulse_check(&p, certificate, certificate_len);
}

static void try_drand(struct arena *a, const char *text, size_t size)
{
	struct drand_beacon b;
	int64_t due;

	if (drand_parse(a, text, size, &b) != OK)
		return;
	(void)drand_hash_right(&b);
	(void)drand_time(b.randomness, b.round, &due);
}

/* A NUL parts the JSON from a certificate. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	const char *end = memchr(text, 0, size);
	size_t len = end ? (size_t)(end - text) : size;
	struct arena a;

	arena_init(&a);
	try_pulse(&a, text, len, end ? end + 1 : "", end ? size - len - 1 : 0);
	try_drand(&a, text, size);
	arena_release(&a);
	return 0;
}
