#ifndef FILES_PULSE_H
#define FILES_PULSE_H
/*
 * files/pulse.h — pulses of the NIST Randomness Beacon 2.0 (NISTIR 8213): the JSON that
 * https://beacon.nist.gov/beacon/2.0/chain/<c>/pulse/<n> gives, its value, its RSA signature under a
 * certificate, and its link to the pulse before it. No network.
 *
 *   message = uri version cipherSuite period certificateId chainIndex pulseIndex timeStamp
 *             localRandomValue external.{sourceId statusCode value} listValues[].value
 *             precommitmentValue statusCode     (texts and hex with a 32-bit length before them)
 *   outputValue = SHA512(message signatureValue), signature = RSA PKCS#1 v1.5 with SHA-512,
 *   certificateId = SHA512 of the certificate in DER
 */
#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PULSE_MOST = 1 << 16, PULSE_HEX = 128 };

struct pulse {
	const char *uri, *time; /* "2018-08-30T17:44:00.000Z" */
	uint64_t chain, index;
	uint32_t cipher, period, status;
	const char *output, *certificate, *previous, *local,
		*promise; /* lower-case hex, 128 digits */
	const unsigned char *message, *signature;
	size_t message_len, signature_len;
};

/*
 * Reads a pulse (bare, or inside {"pulse":...}) of at most PULSE_MOST bytes; everything lives in the
 * arena. INVALID if a field is missing or of the wrong form, or a key stands twice.
 */
MUST_USE int pulse_parse(struct arena *a, const char *json, size_t len, struct pulse *ret);

/* Is outputValue the hash of message and signature? This alone proves nothing about who made it. */
MUST_USE bool pulse_output_right(const struct pulse *p);

/* Does `next` come directly after `p`: index, link to the output, and the random value promised before? */
MUST_USE bool pulse_follows(const struct pulse *next, const struct pulse *p);

enum pulse_verdict {
	PULSE_SIGNED,            /* signed by the certificate's key */
	PULSE_NO_CERTIFICATE,    /* the certificate cannot be read, or its key is not RSA */
	PULSE_OTHER_CERTIFICATE, /* certificateId names another one */
	PULSE_OTHER_NAME,        /* it was not made out to engine.beacon.nist.gov */
	PULSE_OTHER_TIME,        /* the pulse's time is outside the certificate's validity */
	PULSE_BAD_SIGNATURE
};

/*
 * Checks the signature under a certificate (PEM or DER, at most PULSE_MOST bytes). Whether the
 * certificate is NIST's is for the caller to know: anybody can make one with that name.
 */
MUST_USE enum pulse_verdict pulse_check(const struct pulse *p, const char *certificate, size_t len);

#endif
