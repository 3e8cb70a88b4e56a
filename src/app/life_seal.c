/* app/life_seal.c — contexts of sealed values, and the fields of a sealed site. */
#include "app/life_seal.h"

#include "base/status.h"
#include "store/draw_file.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

enum { PART = 1 << 20, CONTEXT_ROOM = 200, FIELDS = 8, RANDOM_BYTES = 10 };
enum { ROOM_LEAST = 512, ROOM_STEP = 4 };

int life_refuse(struct office *o, int code, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(o->why, sizeof(o->why), format, ap);
	va_end(ap);
	return code;
}

static void part_context(char out[CONTEXT_ROOM], const char *draw, const char *name, int64_t part)
{
	snprintf(out, CONTEXT_ROOM, "draw/%s/%s/%lld", draw, name, (long long)part);
}

static int put_part(struct office *o, const struct draw_row *draw, struct draw_part *p,
		    unsigned char *room)
{
	char context[CONTEXT_ROOM];

	if (!p->sealed)
		return draw_file_add(o->db, p);
	struct draw_part sealed = *p;
	part_context(context, draw->id, p->name, p->part);
	keys_seal(o->keys, context, p->at, p->len, room);
	sealed.at = room;
	sealed.len = p->len + KEYS_SEALED_MORE;
	return draw_file_add(o->db, &sealed);
}

int life_file_put(struct office *o, const struct draw_row *draw, const char *name,
		  struct span bytes, bool sealed)
{
	CLEANUP(buf_release) struct buf room;
	int64_t part = 0;

	buf_init(&room, PART + KEYS_SEALED_MORE);
	static const char zeros[KEYS_SEALED_MORE];
	size_t first = bytes.len < PART ? bytes.len : PART;
	buf_add(&room, bytes.at ? bytes.at : "", first);
	buf_add(&room, zeros, sizeof(zeros));
	for (size_t at = 0; at < bytes.len || part == 0; part++) {
		size_t len = bytes.len - at < PART ? bytes.len - at : PART;
		struct draw_part p = { draw->key, name, part, sealed, bytes.at ? bytes.at + at : "",
				       len };
		TRY(put_part(o, draw, &p, (unsigned char *)room.data));
		at += len;
	}
	return OK;
}

struct getting {
	struct office *o;
	const struct draw_row *draw;
	struct buf *out;
	int64_t parts;
};

/* Opens one part into the end of a buffer. */
static int open_part(struct office *o, const char *draw, const struct draw_part *p, struct buf *out)
{
	char context[CONTEXT_ROOM];
	size_t before = out->len;

	buf_add(out, p->at, p->len);
	if (out->full)
		return TOO_LARGE;
	if (!p->sealed)
		return OK;
	if (p->len < KEYS_SEALED_MORE)
		return INVALID;
	part_context(context, draw, p->name, p->part);
	TRY(keys_open(o->keys, context, p->at, p->len, (unsigned char *)out->data + before));
	out->len = before + p->len - KEYS_SEALED_MORE;
	out->data[out->len] = 0;
	return OK;
}

static int get_part(void *arg, const struct draw_part *p)
{
	struct getting *in = arg;

	if (p->part != in->parts++)
		return INVALID;
	return open_part(in->o, in->draw->id, p, in->out);
}

int life_file_get(struct office *o, const struct draw_row *draw, const char *name, struct buf *ret)
{
	struct getting in = { o, draw, ret, 0 };
	int rc = draw_file_walk(o->db, draw->key, name, get_part, &in);

	if (rc == INVALID)
		return life_refuse(o, INVALID,
				   "抽取 %s 的 %s 打不开：密钥不是封存时的，或者数据库被改过。"
				   "请用 mingqian ledger verify 查看，并从备份中恢复",
				   draw->id, name);
	TRY(rc);
	return in.parts > 0 ? OK : NONE;
}

int life_file_publish(struct office *o, const struct draw_row *draw, const char *name,
		      struct span bytes)
{
	int64_t part = 0;

	for (size_t at = 0; at < bytes.len || part == 0; part++) {
		size_t len = bytes.len - at < PART ? bytes.len - at : PART;
		struct draw_part p = { draw->key, name, part, false, bytes.at + at, len };
		TRY(draw_file_replace(o->db, &p));
		at += len;
	}
	return OK;
}

/* The next of 512, 2048, 8192... bytes. */
static size_t padded(size_t len)
{
	size_t room = ROOM_LEAST;

	while (room < len)
		room *= ROOM_STEP;
	return room;
}

static void fields_of(const struct life_site *site, struct span ret[FIELDS])
{
	const struct span all[FIELDS] = { site->id,    site->stratum, site->name,    site->scope,
					  site->place, site->skill,   site->matters, site->order };

	memcpy(ret, all, sizeof(all));
}

static const char *site_context(struct arena *a, const char *visit)
{
	return arena_printf(a, "visit/%s/site", visit);
}

static struct life_sealed seal(struct office *o, struct arena *a, const char *context,
			       const char *text, size_t len)
{
	unsigned char *out = arena_alloc(a, len + KEYS_SEALED_MORE);

	keys_seal(o->keys, context, text, len, out);
	return (struct life_sealed){ out, len + KEYS_SEALED_MORE };
}

size_t life_site_room(const struct life_site *site)
{
	struct span fields[FIELDS];
	size_t len = FIELDS; /* a TAB behind each, so that the last one ends before the padding */

	fields_of(site, fields);
	for (size_t i = 0; i < FIELDS; i++)
		len += fields[i].len;
	return padded(len);
}

int life_site_seal(struct office *o, struct arena *a, const char *visit,
		   const struct life_site *site, size_t room, struct life_sealed *ret)
{
	struct span fields[FIELDS];
	size_t own = life_site_room(site);

	if (own > LIFE_SITE_MOST)
		return TOO_LARGE;
	if (room < own)
		room = own;
	char *text = arena_alloc(a, room);
	struct writer w = { text, room, 0, false };
	fields_of(site, fields);
	for (size_t i = 0; i < FIELDS; i++) {
		write_span(&w, fields[i]);
		write_char(&w, '\t');
	}
	memset(text + w.len, 0, room - w.len);
	*ret = seal(o, a, site_context(a, visit), text, room);
	sodium_memzero(text, room);
	return OK;
}

struct life_sealed life_words_seal(struct office *o, struct arena *a, const char *context,
				   const char *words)
{
	size_t len = strlen(words), room = padded(len);
	char *text = arena_alloc(a, room);

	memcpy(text, words, len);
	memset(text + len, 0, room - len);
	return seal(o, a, context, text, room);
}

int life_sealed_open(const struct office *o, struct arena *a, const char *visit, const void *sealed,
		     size_t len, struct life_site *ret)
{
	if (len < KEYS_SEALED_MORE)
		return INVALID;
	char *text = arena_alloc(a, len);
	TRY(keys_open(o->keys, site_context(a, visit), sealed, len, (unsigned char *)text));
	struct span rest = { text, len - KEYS_SEALED_MORE }, field[FIELDS];
	for (size_t i = 0; i < FIELDS; i++)
		span_cut(&rest, '\t', &field[i]);
	*ret = (struct life_site){ field[0], field[1], field[2], field[3],
				   field[4], field[5], field[6], field[7] };
	return OK;
}

int life_site_open(const struct office *o, struct arena *a, const struct visit_row *visit,
		   struct life_site *ret)
{
	return life_sealed_open(o, a, visit->id, visit->sealed, visit->sealed_len, ret);
}

int life_ulid(int64_t now, char out[VISIT_ID + 1])
{
	static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	enum { TIME_DIGITS = 10, BITS = 5, RANDOM_HALF = 8 };
	uint8_t bytes[RANDOM_BYTES];
	uint64_t time = (uint64_t)now;

	if (getrandom(bytes, sizeof(bytes), 0) != RANDOM_BYTES)
		return IO_ERROR;
	for (int i = TIME_DIGITS - 1; i >= 0; i--, time >>= BITS)
		out[i] = digits[time & 31];
	for (int half = 0; half < 2; half++) {
		uint64_t n = 0;
		for (int i = 0; i < BITS; i++)
			n = n << 8 | bytes[half * BITS + i];
		for (int i = RANDOM_HALF - 1; i >= 0; i--, n >>= BITS)
			out[TIME_DIGITS + half * RANDOM_HALF + i] = digits[n & 31];
	}
	out[VISIT_ID] = 0;
	return OK;
}
