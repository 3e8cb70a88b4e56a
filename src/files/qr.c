/* files/qr.c — libqrencode, eight-bit mode. */
#include "files/qr.h"

#include "base/arena.h"
#include "base/status.h"

#include <assert.h>
#include <errno.h>
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

int qr_make(struct qr *ret, const char *text, enum qr_level level)
{
	size_t len = strlen(text);

	if (len == 0)
		return INVALID;
	if (len > QR_LONGEST)
		return TOO_LARGE;
	QRcode *code =
		QRcode_encodeString8bit(text, 0, level == QR_Q ? QR_ECLEVEL_Q : QR_ECLEVEL_M);
	if (!code)
		return errno == ERANGE ? TOO_LARGE : IO_ERROR;
	size_t count = (size_t)code->width * (size_t)code->width;
	*ret = (struct qr){ code->width, must_alloc(count) };
	for (size_t i = 0; i < count; i++)
		ret->modules[i] = code->data[i] & 1;
	QRcode_free(code);
	return OK;
}

void qr_release(struct qr *q)
{
	free(q->modules);
	*q = (struct qr){ 0 };
}

bool qr_dark(const struct qr *q, int x, int y)
{
	assert(x >= 0 && y >= 0 && x < q->size && y < q->size);
	return q->modules[y * q->size + x] != 0;
}
