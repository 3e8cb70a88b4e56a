/* files/pulse.c — JSON by jansson, hashes and RSA by OpenSSL. */
#include "files/pulse.h"

#include "base/buf.h"
#include "base/status.h"

#include <ctype.h>
#include <jansson.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>

#define BEACON_NAME "engine.beacon.nist.gov"

enum { DIGEST = 64, MESSAGE_MOST = PULSE_MOST, TEXT_MOST = 1024, SIGNATURE_MOST = 2048 };

static void free_json(json_t **j)
{
	json_decref(*j);
}

static void free_certificate(X509 **c)
{
	X509_free(*c);
}

static void free_context(EVP_MD_CTX **c)
{
	EVP_MD_CTX_free(*c);
}

static void put_u32(struct buf *out, uint64_t n)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_char(out, (char)(n >> shift & 0xff));
}

static void put_u64(struct buf *out, uint64_t n)
{
	put_u32(out, n >> 32);
	put_u32(out, n & 0xffffffff);
}

/* One parse: the first wrong field sets bad, later reads go on harmlessly. */
struct reading {
	struct arena *arena;
	struct buf *message;
	bool bad;
};

static const char *read_text(struct reading *r, const json_t *from, const char *key)
{
	const char *text = json_string_value(json_object_get(from, key));

	if (!text || strlen(text) > TEXT_MOST) {
		r->bad = true;
		return "";
	}
	put_u32(r->message, strlen(text));
	buf_str(r->message, text);
	return arena_str(r->arena, text);
}

static uint64_t read_int(struct reading *r, const json_t *from, const char *key, uint64_t max)
{
	const json_t *value = json_object_get(from, key);
	json_int_t n = json_integer_value(value);

	if (!json_is_integer(value) || n < 0 || (uint64_t)n > max) {
		r->bad = true;
		return 0;
	}
	return (uint64_t)n;
}

static uint32_t read_u32(struct reading *r, const json_t *from, const char *key)
{
	uint64_t n = read_int(r, from, key, UINT32_MAX);

	put_u32(r->message, n);
	return (uint32_t)n;
}

static uint64_t read_u64(struct reading *r, const json_t *from, const char *key)
{
	uint64_t n = read_int(r, from, key, INT64_MAX);

	put_u64(r->message, n);
	return n;
}

static unsigned char nibble(char c)
{
	return (unsigned char)(isdigit((unsigned char)c) ? c - '0' : (c | 32) - 'a' + 10);
}

/* Hex of any case, an even number of digits up to 2 * most; returns the bytes. */
static const unsigned char *read_bytes(struct reading *r, const json_t *value, size_t most,
				       size_t *len)
{
	const char *text = json_string_value(value);
	size_t digits = text ? strlen(text) : 1;

	*len = digits / 2;
	if (digits % 2 || *len > most || strspn(text, "0123456789abcdefABCDEF") != digits) {
		r->bad = true;
		*len = 0;
		return NULL;
	}
	unsigned char *bytes = arena_alloc(r->arena, *len);
	for (size_t i = 0; i < *len; i++)
		bytes[i] = (unsigned char)(nibble(text[2 * i]) << 4 | nibble(text[2 * i + 1]));
	return bytes;
}

/* A 512-bit value: into the message, and back as lower-case hex. */
static const char *read_hash(struct reading *r, const json_t *value)
{
	size_t len;
	const unsigned char *bytes = read_bytes(r, value, DIGEST, &len);

	if (r->bad || len != DIGEST) {
		r->bad = true;
		return "";
	}
	put_u32(r->message, len);
	buf_add(r->message, bytes, len);
	char *hex = arena_alloc(r->arena, PULSE_HEX + 1);
	for (size_t i = 0; i < len; i++)
		snprintf(hex + 2 * i, 3, "%02x", bytes[i]);
	return hex;
}

static void read_list(struct reading *r, const json_t *list, struct pulse *p)
{
	size_t i;
	json_t *item;

	p->previous = "";
	r->bad |= !json_is_array(list) || json_array_size(list) > 16;
	json_array_foreach(list, i, item)
	{
		const char *type = json_string_value(json_object_get(item, "type"));
		const char *value = read_hash(r, json_object_get(item, "value"));
		if (type && strcmp(type, "previous") == 0)
			p->previous = value;
	}
}

/* The order of reading is the order of the message. */
static void read_pulse(struct reading *r, const json_t *from, struct pulse *p)
{
	const json_t *external = json_object_get(from, "external");

	p->uri = read_text(r, from, "uri");
	read_text(r, from, "version");
	p->cipher = read_u32(r, from, "cipherSuite");
	p->period = read_u32(r, from, "period");
	p->certificate = read_hash(r, json_object_get(from, "certificateId"));
	p->chain = read_u64(r, from, "chainIndex");
	p->index = read_u64(r, from, "pulseIndex");
	p->time = read_text(r, from, "timeStamp");
	p->local = read_hash(r, json_object_get(from, "localRandomValue"));
	read_hash(r, json_object_get(external, "sourceId"));
	read_u32(r, external, "statusCode");
	read_hash(r, json_object_get(external, "value"));
	read_list(r, json_object_get(from, "listValues"), p);
	p->promise = read_hash(r, json_object_get(from, "precommitmentValue"));
	p->status = read_u32(r, from, "statusCode");
	p->message_len = r->message->len;
	p->message = (unsigned char *)arena_mem(r->arena, buf_text(r->message), r->message->len);
	p->signature = read_bytes(r, json_object_get(from, "signatureValue"), SIGNATURE_MOST,
				  &p->signature_len);
	p->output = read_hash(r, json_object_get(from, "outputValue"));
}

int pulse_parse(struct arena *a, const char *json, size_t len, struct pulse *ret)
{
	CLEANUP(buf_release) struct buf message;
	struct pulse p = { 0 };
	struct reading r = { a, &message, false };

	buf_init(&message, MESSAGE_MOST);
	if (len > PULSE_MOST)
		return INVALID;
	CLEANUP(free_json) json_t *top = json_loadb(json, len, JSON_REJECT_DUPLICATES, NULL);
	const json_t *inner = json_object_get(top, "pulse");
	if (!json_is_object(top))
		return INVALID;
	read_pulse(&r, inner ? inner : top, &p);
	if (r.bad || buf_check(&message) != OK || p.cipher != 0)
		return INVALID;
	*ret = p;
	return OK;
}

static bool hash_is(const char *want_hex, const unsigned char *a, size_t a_len,
		    const unsigned char *b, size_t b_len)
{
	CLEANUP(free_context) EVP_MD_CTX *c = EVP_MD_CTX_new();
	unsigned char digest[EVP_MAX_MD_SIZE];
	char hex[PULSE_HEX + 1];

	if (!c || EVP_DigestInit_ex(c, EVP_sha512(), NULL) != 1 ||
	    EVP_DigestUpdate(c, a, a_len) != 1 || EVP_DigestUpdate(c, b, b_len) != 1 ||
	    EVP_DigestFinal_ex(c, digest, NULL) != 1)
		return false;
	for (size_t i = 0; i < DIGEST; i++)
		snprintf(hex + 2 * i, 3, "%02x", digest[i]);
	return strcmp(hex, want_hex) == 0;
}

bool pulse_output_right(const struct pulse *p)
{
	return hash_is(p->output, p->message, p->message_len, p->signature, p->signature_len);
}

bool pulse_follows(const struct pulse *next, const struct pulse *p)
{
	unsigned char local[DIGEST];

	for (size_t i = 0; i < DIGEST; i++)
		local[i] = (unsigned char)(nibble(next->local[2 * i]) << 4 |
					   nibble(next->local[2 * i + 1]));
	return next->chain == p->chain && next->index == p->index + 1 &&
	       strcmp(next->previous, p->output) == 0 &&
	       hash_is(p->promise, local, DIGEST, NULL, 0);
}

static X509 *read_certificate(const char *at, size_t len)
{
	const unsigned char *der = (const unsigned char *)at;
	BIO *bio = BIO_new_mem_buf(at, (int)len);
	X509 *c = bio ? PEM_read_bio_X509(bio, NULL, NULL, NULL) : NULL;

	BIO_free(bio);
	return c ? c : d2i_X509(NULL, &der, (long)len);
}

static bool certificate_id_is(X509 *c, const char *id)
{
	unsigned char *der = NULL;
	int len = i2d_X509(c, &der);
	bool same = len > 0 && hash_is(id, der, (size_t)len, NULL, 0);

	OPENSSL_free(der);
	return same;
}

static bool valid_at(X509 *c, const char *time)
{
	struct tm when = { 0 };

	if (!strptime(time, "%Y-%m-%dT%H:%M:%S", &when))
		return false;
	time_t t = timegm(&when);
	return X509_cmp_time(X509_get0_notBefore(c), &t) < 0 &&
	       X509_cmp_time(X509_get0_notAfter(c), &t) > 0;
}

static bool signature_right(X509 *c, const struct pulse *p)
{
	CLEANUP(free_context) EVP_MD_CTX *context = EVP_MD_CTX_new();
	EVP_PKEY *key = X509_get0_pubkey(c);

	return context && EVP_DigestVerifyInit(context, NULL, EVP_sha512(), NULL, key) == 1 &&
	       EVP_DigestVerify(context, p->signature, p->signature_len, p->message,
				p->message_len) == 1;
}

enum pulse_verdict pulse_check(const struct pulse *p, const char *certificate, size_t len)
{
	CLEANUP(free_certificate)
	X509 *c = len <= PULSE_MOST ? read_certificate(certificate, len) : NULL;
	EVP_PKEY *key = c ? X509_get0_pubkey(c) : NULL;

	if (!key || EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA)
		return PULSE_NO_CERTIFICATE;
	if (!certificate_id_is(c, p->certificate))
		return PULSE_OTHER_CERTIFICATE;
	if (X509_check_host(c, BEACON_NAME, 0, 0, NULL) != 1)
		return PULSE_OTHER_NAME;
	if (!valid_at(c, p->time))
		return PULSE_OTHER_TIME;
	return signature_right(c, p) ? PULSE_SIGNED : PULSE_BAD_SIGNATURE;
}
