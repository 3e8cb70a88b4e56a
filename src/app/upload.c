/* app/upload.c — the bytes are kept first, the row that names them commits with the entry. */
#include "app/upload.h"

#include "app/file_store.h"
#include "app/job.h"
#include "app/ledger_asked.h"
#include "base/clock.h"
#include "base/status.h"
#include "base/utf8.h"
#include "store/job.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LOOK = 4096, SWEEP_MS = 3600 * 1000, ORPHAN_MS = 24 * 3600 * 1000, HEX = 24 };

static bool begins(const unsigned char *at, size_t len, const char *magic, size_t size)
{
	return len >= size && memcmp(at, magic, size) == 0;
}

static bool holds(const unsigned char *at, size_t len, const char *word)
{
	return memmem(at, len, word, strlen(word)) != NULL;
}

/* Text is what has no controls but line ends and tabs; the encoding is the reader's business. */
static bool is_text(const unsigned char *at, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (at[i] < 0x20 && at[i] != '\n' && at[i] != '\r' && at[i] != '\t')
			return false;
	return len > 0;
}

const char *upload_type(const unsigned char *at, size_t len)
{
	if (begins(at, len, "PK\3\4", 4))
		return holds(at, len, "[Content_Types].xml") || holds(at, len, "xl/") ||
				       holds(at, len, "_rels/")
			       ? "xlsx"
			       : "zip";
	if (begins(at, len, "%PDF-", 5))
		return "pdf";
	if (begins(at, len, "\x89PNG\r\n\x1a\n", 8))
		return "png";
	if (begins(at, len, "\xff\xd8\xff", 3))
		return "jpeg";
	if (!is_text(at, len))
		return "bytes";
	return at[0] == '{' || at[0] == '[' ? "json" : "csv";
}

struct adding {
	struct office *o;
	struct arena *a;
	struct upload_row row;
};

static int check_name(struct office *o, const char *name)
{
	int64_t count = 0;
	uint32_t c;
	size_t len = strlen(name);

	for (size_t i = 0; i < len; count++) {
		i += utf8_next(name + i, len - i, &c);
		if (c < 0x20 || c == 0x7f || c == '/' || c == '\\')
			count = UPLOAD_NAME_LONGEST + 1;
	}
	if (count > 0 && count <= UPLOAD_NAME_LONGEST && name[0] != '.')
		return OK;
	snprintf(o->why, sizeof(o->why),
		 "文件名要有 1 到 %d 个字，不以点开头，不带文件夹、斜杠和不能显示的字符",
		 UPLOAD_NAME_LONGEST);
	return INVALID;
}

static int check_room(struct office *o, int64_t account, int64_t size)
{
	int64_t sum, count;

	TRY(upload_row_sum(o->db, account, office_now(o), &sum, &count));
	if (sum + size <= UPLOAD_SUM_MOST && count < UPLOAD_OPEN_MOST)
		return OK;
	snprintf(o->why, sizeof(o->why),
		 "七天内上传的文件太多（最多 %d 个、共 20 GB）：请过几天再传，或少传一些",
		 UPLOAD_OPEN_MOST);
	return TOO_LARGE;
}

static int check_size(struct office *o, int fd, int64_t *ret)
{
	struct stat s;

	if (fstat(fd, &s) != 0)
		return IO_ERROR;
	*ret = s.st_size;
	if (s.st_size > 0 && s.st_size <= UPLOAD_MOST)
		return OK;
	snprintf(o->why, sizeof(o->why),
		 s.st_size ? "文件超过 1 GB：请分成几个" : "文件是空的：请换成要上传的文件");
	return s.st_size ? TOO_LARGE : INVALID;
}

/* Not the name: it may be that of a site. */
static const char *text_of(struct arena *a, const struct upload_row *row)
{
	return arena_printf(a, "upload %s\n%" PRId64 " bytes\nkept as %s\naccount %" PRId64 "\n",
			    row->digest, row->size, row->tag, row->account);
}

static int add(struct db *db, void *arg)
{
	struct adding *in = arg;
	char digest[OFFICE_DIGEST];

	in->row.at = office_now(in->o);
	in->row.until = in->row.at + UPLOAD_KEPT_MS;
	TRY(upload_row_add(db, &in->row));
	const char *text = text_of(in->a, &in->row);
	TRY(office_document(in->o, text, strlen(text), digest));
	return office_log(in->o, "upload.add", in->row.id, digest);
}

static const char *fresh_id(struct arena *a)
{
	unsigned char bytes[HEX / 2];
	char hex[HEX + 1];

	randombytes_buf(bytes, sizeof(bytes));
	sodium_bin2hex(hex, sizeof(hex), bytes, sizeof(bytes));
	return arena_printf(a, "U-%s", hex);
}

int upload_add(struct office *o, struct arena *a, int64_t account, int fd, const char *name,
	       struct upload_row *ret)
{
	struct adding in = { .o = o, .a = a };
	unsigned char look[LOOK];
	struct file_stored kept;
	int64_t size;

	TRY(check_name(o, name));
	TRY(check_size(o, fd, &size));
	TRY(check_room(o, account, size));
	ssize_t len = pread(fd, look, sizeof(look), 0);
	if (len < 0)
		return IO_ERROR;
	TRY(file_store_keep(o, fd, &kept));
	in.row = (struct upload_row){ .id = fresh_id(a),
				      .account = account,
				      .tag = arena_str(a, kept.tag),
				      .digest = arena_str(a, kept.digest),
				      .size = kept.size,
				      .name = name,
				      .type = upload_type(look, (size_t)len) };
	TRY(office_write(o, add, &in));
	*ret = in.row;
	return OK;
}

int upload_find(struct office *o, struct arena *a, int64_t account, const char *id,
		struct upload_row *ret)
{
	struct ledger_asked *told;
	char digest[OFFICE_DIGEST];

	TRY(upload_row_get(o->db, a, account, id, office_now(o), ret));
	const char *text = text_of(a, ret);
	office_digest(text, strlen(text), digest);
	TRY(ledger_asked(o, a, id, digest, NULL, &told));
	return told && told->time == ret->at && ret->until == ret->at + UPLOAD_KEPT_MS ? OK : NONE;
}

/* ---- sweeping ---- */

static int forget(struct db *db, void *arg)
{
	const struct office *o = arg;

	TRY(upload_row_sweep(db, office_now(o)));
	return job_row_sweep(db, clock_now() - JOB_KEPT_MS);
}

static int drop_nameless(void *arg, const char *tag)
{
	struct office *o = arg;
	bool named;

	TRY(upload_tag_named(o->db, tag, &named));
	if (!named)
		file_store_drop(o, tag);
	return OK;
}

int upload_sweep(struct office *o)
{
	static int64_t last;
	int64_t now = clock_now();

	if (now < last + SWEEP_MS)
		return OK;
	last = now;
	TRY(db_write(o->db, forget, o));
	return file_store_walk(o, now - ORPHAN_MS, drop_nameless, o);
}
