/* test/files/pulse_maker.c — writes the message a second time, independently of files/pulse.c. */
#include "pulse_maker.h"

#include <assert.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>

struct message {
	uint8_t at[4096];
	size_t len;
};

static void number(struct message *m, uint64_t n, int bytes)
{
	while (bytes-- > 0)
		m->at[m->len++] = (uint8_t)(n >> (8 * bytes));
}

static void bytes(struct message *m, const void *at, size_t len)
{
	number(m, len, 4);
	memcpy(m->at + m->len, at, len);
	m->len += len;
}

static void hex(const uint8_t *at, size_t len, const char *format, char *out)
{
	for (size_t i = 0; i < len; i++)
		snprintf(out + 2 * i, 3, format[0] == 'X' ? "%02X" : "%02x", at[i]);
}

static void unhex(const char *text, uint8_t *out, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned n;
		assert(sscanf(text + 2 * i, "%2x", &n) == 1);
		out[i] = (uint8_t)n;
	}
}

static void sha512(const void *at, size_t len, uint8_t out[64])
{
	assert(EVP_Digest(at, len, out, NULL, EVP_sha512(), NULL) == 1);
}

void pulse_maker_init(struct pulse_maker *m, const char *host)
{
	char name[128];
	uint8_t digest[64], *der = NULL;
	X509 *c = X509_new();

	m->key = EVP_RSA_gen(2048);
	assert(c && m->key);
	X509_set_version(c, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(c), 1);
	ASN1_TIME_set_string(X509_getm_notBefore(c), "20200101000000Z");
	ASN1_TIME_set_string(X509_getm_notAfter(c), "20400101000000Z");
	X509_set_pubkey(c, m->key);
	X509_NAME_add_entry_by_txt(X509_get_subject_name(c), "CN", MBSTRING_ASC,
				   (const unsigned char *)host, -1, -1, 0);
	X509_set_issuer_name(c, X509_get_subject_name(c));
	snprintf(name, sizeof(name), "DNS:%s", host);
	X509_EXTENSION *san = X509V3_EXT_conf_nid(NULL, NULL, NID_subject_alt_name, name);
	X509_add_ext(c, san, -1);
	X509_EXTENSION_free(san);
	assert(X509_sign(c, m->key, EVP_sha256()) > 0);

	BIO *bio = BIO_new(BIO_s_mem());
	PEM_write_bio_X509(bio, c);
	int len = BIO_read(bio, m->certificate, sizeof(m->certificate) - 1);
	assert(len > 0);
	m->certificate[len] = 0;
	BIO_free(bio);
	len = i2d_X509(c, &der);
	sha512(der, (size_t)len, digest);
	hex(digest, 64, "x", m->id);
	OPENSSL_free(der);
	X509_free(c);
}

void pulse_maker_release(struct pulse_maker *m)
{
	EVP_PKEY_free(m->key);
}

static size_t sign(const struct pulse_maker *m, const struct message *msg, uint8_t *out,
		   size_t room)
{
	EVP_MD_CTX *c = EVP_MD_CTX_new();

	assert(EVP_DigestSignInit(c, NULL, EVP_sha512(), NULL, m->key) == 1);
	assert(EVP_DigestSign(c, out, &room, msg->at, msg->len) == 1);
	EVP_MD_CTX_free(c);
	return room;
}

void pulse_make(const struct pulse_maker *m, const struct pulse_words *w, char *json, char *output)
{
	static const char format[] =
		"{\"pulse\":{\"uri\":\"%s\",\"version\":\"Version 2.0\",\"cipherSuite\":0,"
		"\"period\":60000,\"certificateId\":\"%s\",\"chainIndex\":%llu,\"pulseIndex\":%llu,"
		"\"timeStamp\":\"%s\",\"localRandomValue\":\"%s\",\"external\":{\"sourceId\":\"%s\","
		"\"statusCode\":0,\"value\":\"%s\"},\"listValues\":[{\"type\":\"previous\",\"value\":\"%s\"},"
		"{\"type\":\"hour\",\"value\":\"%s\"}],\"precommitmentValue\":\"%s\",\"statusCode\":0,"
		"\"signatureValue\":\"%s\",\"outputValue\":\"%s\"}}";
	struct message msg = { .len = 0 };
	char uri[128], local_hex[129], promise_hex[129], zero_hex[129], signature_hex[1025];
	uint8_t raw[64], zero[64] = { 0 }, local[64], promise[64], next[64], signature[512];

	snprintf(uri, sizeof(uri), "https://beacon.nist.gov/beacon/2.0/chain/%llu/pulse/%llu",
		 (unsigned long long)w->chain, (unsigned long long)w->index);
	memset(local, w->local, 64);
	memset(next, w->next_local, 64);
	sha512(next, 64, promise);
	bytes(&msg, uri, strlen(uri));
	bytes(&msg, "Version 2.0", 11);
	number(&msg, 0, 4);
	number(&msg, 60000, 4);
	unhex(m->id, raw, 64);
	bytes(&msg, raw, 64);
	number(&msg, w->chain, 8);
	number(&msg, w->index, 8);
	bytes(&msg, w->time, strlen(w->time));
	bytes(&msg, local, 64);
	bytes(&msg, zero, 64);
	number(&msg, 0, 4);
	bytes(&msg, zero, 64);
	unhex(w->previous, raw, 64);
	bytes(&msg, raw, 64);
	bytes(&msg, zero, 64);
	bytes(&msg, promise, 64);
	number(&msg, 0, 4);
	size_t len = sign(m, &msg, signature, sizeof(signature));
	memcpy(msg.at + msg.len, signature, len);
	sha512(msg.at, msg.len + len, raw);
	hex(raw, 64, "x", output);
	hex(signature, len, "X", signature_hex);
	hex(local, 64, "X", local_hex);
	hex(promise, 64, "X", promise_hex);
	hex(zero, 64, "X", zero_hex);
	snprintf(json, 8192, format, uri, m->id, (unsigned long long)w->chain,
		 (unsigned long long)w->index, w->time, local_hex, zero_hex, zero_hex, w->previous,
		 zero_hex, promise_hex, signature_hex, output);
}
