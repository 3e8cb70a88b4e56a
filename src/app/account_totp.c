/* app/account_totp.c — codes of the step before and after count too: phones' clocks are off. */
#include "app/account_totp.h"

#include "app/account_bound.h"

#include "base/status.h"

#include <liboath/oath.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { STEP_SECONDS = 30, DIGITS = 6, CONTEXT = 64, SEALED = TOTP_BYTES + KEYS_SEALED_MORE };

static void context(const char *use, const char *id, char out[CONTEXT])
{
	snprintf(out, CONTEXT, "account/%s/%s", id, use);
}

int account_totp_offer(struct office *o, const struct account *who, struct totp_offer *ret)
{
	unsigned char secret[TOTP_BYTES], sealed[SEALED];
	char where[CONTEXT], *text = NULL;

	_Static_assert(TOTP_OFFER > sodium_base64_ENCODED_LEN(SEALED, 7), "room");
	randombytes_buf(secret, sizeof(secret));
	context("totp-offer", who->row.id, where);
	keys_seal(o->keys, where, secret, sizeof(secret), sealed);
	int rc = oath_base32_encode((const char *)secret, sizeof(secret), &text, NULL);
	sodium_memzero(secret, sizeof(secret));
	if (rc != OATH_OK)
		return UNAVAILABLE;
	snprintf(ret->secret, sizeof(ret->secret), "%s", text);
	sodium_memzero(text, strlen(text));
	free(text);
	sodium_bin2base64(ret->offer, TOTP_OFFER, sealed, sizeof(sealed),
			  sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return OK;
}

/* The step of [last + 1, ...] whose code it is, or FORBIDDEN. */
static int find_step(struct office *o, const unsigned char *secret, const char *code, int64_t last,
		     int64_t *ret)
{
	int64_t now = office_now(o) / 1000 / STEP_SECONDS;
	char wanted[DIGITS + 1];
	int rc = FORBIDDEN;

	if (strlen(code) != DIGITS)
		return FORBIDDEN;
	for (int64_t step = now - 1; step <= now + 1; step++) {
		if (oath_totp_generate((const char *)secret, TOTP_BYTES,
				       (time_t)(step * STEP_SECONDS), STEP_SECONDS, 0, DIGITS,
				       wanted) != OATH_OK)
			return UNAVAILABLE;
		if (sodium_memcmp(wanted, code, DIGITS) == 0 && step > last) {
			*ret = step;
			rc = OK;
		}
	}
	return rc;
}

int account_totp_check(struct office *o, const struct account_row *row, const char *code,
		       int64_t *ret_step)
{
	unsigned char secret[TOTP_BYTES];
	char where[CONTEXT];

	context("totp", row->id, where);
	if (row->totp_len != SEALED || keys_open(o->keys, where, row->totp, SEALED, secret) != OK)
		return INVALID;
	int rc = find_step(o, secret, code, row->totp_step, ret_step);
	sodium_memzero(secret, sizeof(secret));
	return rc;
}

struct act {
	struct office *o;
	const struct account *who;
	const char *id;
	unsigned char sealed[SEALED];
	int64_t step;
};

static int keep(struct db *db, void *arg)
{
	struct act *in = arg;
	struct account_row row = in->who->row;

	row.totp = in->sealed;
	row.totp_len = SEALED;
	row.totp_step = in->step;
	TRY(account_row_set(db, &row));
	TRY(account_bind(in->o, &row, in->who->roles));
	return office_log(in->o, "account.totp", row.id, NULL);
}

int account_totp_confirm(struct office *o, const struct account *who, const char *offer,
			 const char *code)
{
	struct act in = { .o = o, .who = who };
	unsigned char offered[SEALED], secret[TOTP_BYTES];
	char where[CONTEXT];
	size_t len;

	o->why[0] = 0;
	context("totp-offer", who->row.id, where);
	if (sodium_base642bin(offered, sizeof(offered), offer, strlen(offer), NULL, &len, NULL,
			      sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
	    len != SEALED || keys_open(o->keys, where, offered, SEALED, secret) != OK) {
		snprintf(o->why, sizeof(o->why), "这不是刚才给您的密钥：请重新开始");
		return INVALID;
	}
	int rc = find_step(o, secret, code, 0, &in.step);
	context("totp", who->row.id, where);
	keys_seal(o->keys, where, secret, sizeof(secret), in.sealed);
	sodium_memzero(secret, sizeof(secret));
	if (rc == FORBIDDEN) {
		snprintf(o->why, sizeof(o->why), "动态口令不对：请核对手机的时间后再试");
		return INVALID;
	}
	TRY(rc);
	return office_write(o, keep, &in);
}

static int take_away(struct db *db, void *arg)
{
	struct act *in = arg;
	CLEANUP(arena_release) struct arena a;
	struct account account;
	struct account_row *row = &account.row;

	arena_init(&a);
	TRY(account_find(in->o, &a, in->id, &account));
	TRY(account_known(in->o, row, account.roles));
	if (!row->totp)
		return NONE;
	row->totp = NULL;
	row->totp_len = 0;
	TRY(account_row_set(db, row));
	TRY(account_bind(in->o, row, account.roles));
	return office_log(in->o, "account.totp-remove", row->id, NULL);
}

int account_totp_remove(struct office *o, const char *id)
{
	struct act in = { .o = o, .id = id };

	return office_write(o, take_away, &in);
}
