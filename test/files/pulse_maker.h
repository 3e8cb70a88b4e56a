#ifndef TEST_FILES_PULSE_MAKER_H
#define TEST_FILES_PULSE_MAKER_H
/* test/files/pulse_maker.h — a beacon of our own: RSA key, certificate and signed pulses, made at test time. */
#include <stddef.h>
#include <stdint.h>

struct pulse_maker {
	struct evp_pkey_st *key;
	char certificate[4096]; /* PEM */
	char id[129];           /* SHA-512 of its DER, hex */
};

/* Makes a key and a certificate for the host name, valid from 2020 to 2040. */
void pulse_maker_init(struct pulse_maker *m, const char *host);
void pulse_maker_release(struct pulse_maker *m);

struct pulse_words {
	uint64_t chain, index;
	const char *time;
	const char *previous; /* 128 hex digits */
	uint8_t local;        /* byte that fills localRandomValue */
	uint8_t next_local;   /* ... of the pulse promised */
};

/* Writes the JSON (room 8192) and the output value in lower-case hex (129 bytes). */
void pulse_make(const struct pulse_maker *m, const struct pulse_words *w, char *json, char *output);

#endif
