/* app/ledger_head.c — two slots of a fixed size, each a line with its tag; the one with the higher serial counts. */
#include "app/ledger_head.h"

#include "app/ledger_owed.h"
#include "app/ledger_proof.h"
#include "base/status.h"
#include "store/ledger_tree.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { SLOTS = 2, SLOT = 512, PATH_ROOM = 4096, HEX = 2 * SHA256_SIZE + 1 };

static const char context[] = "ledger/head";

const char ledger_head_wrong[] =
	"账簿与密钥旁记下的进度对不上：数据库被退回到以前的样子，或者有条目被抽走。请停办，用 mingqian ledger verify "
	"查明谁能写数据库，从备份恢复（data restore）；查明不是这样的，用 mingqian data head 认可现状";

static bool place(const struct keys *keys, char path[PATH_ROOM])
{
	const char *folder = keys_folder(keys);

	return folder && snprintf(path, PATH_ROOM, "%s/ledger.head", folder) < PATH_ROOM;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static int write_line(const struct keys *keys, const struct ledger_head *h, char slot[SLOT])
{
	char root[HEX], tag[KEYS_TAG];

	sodium_bin2hex(root, sizeof(root), h->root, sizeof(h->root));
	int len = snprintf(slot, SLOT, "mingqian-head-1 %" PRId64 " %" PRId64 " %s", h->serial,
			   h->size, root);
	keys_tag(keys, context, slot, (size_t)len, tag);
	return len + snprintf(slot + len, SLOT - (size_t)len, " %s\n", tag);
}

static bool read_line(const struct keys *keys, const char slot[SLOT], struct ledger_head *ret)
{
	char text[SLOT + 1], root[HEX], again[SLOT];
	struct ledger_head h;

	memcpy(text, slot, SLOT);
	text[SLOT] = 0;
	if (sscanf(text, "mingqian-head-1 %" SCNd64 " %" SCNd64 " %64s", &h.serial, &h.size,
		   root) != 3 ||
	    sodium_hex2bin(h.root, sizeof(h.root), root, strlen(root), NULL, NULL, NULL) != 0 ||
	    strlen(root) != HEX - 1)
		return false;
	int len = write_line(keys, &h, again);
	if (sodium_memcmp(again, slot, (size_t)len) != 0)
		return false;
	*ret = h;
	return true;
}

/* *ret_slot: where the one that counts stands. INVALID: none does. */
static int read_slots(const struct keys *keys, int fd, struct ledger_head *ret, int *ret_slot)
{
	int rc = INVALID;

	for (int i = 0; i < SLOTS; i++) {
		struct ledger_head h;
		char slot[SLOT] = { 0 };
		if (pread(fd, slot, SLOT, (off_t)i * SLOT) < 0)
			return IO_ERROR;
		if (!read_line(keys, slot, &h) || (rc == OK && h.serial < ret->serial))
			continue;
		*ret = h;
		*ret_slot = i;
		rc = OK;
	}
	return rc;
}

int ledger_head_read(const struct keys *keys, struct ledger_head *ret)
{
	char path[PATH_ROOM];
	int slot;

	if (!place(keys, path))
		return NONE;
	CLEANUP(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY);
	if (fd < 0)
		return errno == ENOENT ? NONE : IO_ERROR;
	if (flock(fd, LOCK_SH) != 0)
		return IO_ERROR;
	return read_slots(keys, fd, ret, &slot);
}

static int put(const struct keys *keys, int fd, struct ledger_head *h, bool anyway)
{
	struct ledger_head kept = { 0 };
	char line[SLOT];
	int slot = SLOTS - 1;

	if (flock(fd, LOCK_EX) != 0)
		return IO_ERROR;
	int rc = read_slots(keys, fd, &kept, &slot);
	if (rc == IO_ERROR)
		return rc;
	if (!anyway && (rc == INVALID || kept.size >= h->size))
		return rc == INVALID ? FORBIDDEN : OK;
	h->serial = kept.serial + 1;
	memset(line, '\n', SLOT);
	int len = write_line(keys, h, line);
	line[len] = '\n';
	if (pwrite(fd, line, SLOT, (off_t)((slot + 1) % SLOTS) * SLOT) != SLOT)
		return errno == ENOSPC ? NO_SPACE : IO_ERROR;
	return OK;
}

int ledger_head_put(const struct keys *keys, int64_t size, const uint8_t root[SHA256_SIZE],
		    bool anyway)
{
	struct ledger_head h = { .size = size };
	char path[PATH_ROOM];

	memcpy(h.root, root, SHA256_SIZE);
	if (!place(keys, path))
		return OK;
	CLEANUP(close_fd)
	int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | (anyway ? O_CREAT : 0),
		      0600);
	if (fd < 0)
		return errno == ENOSPC ? NO_SPACE : IO_ERROR;
	return put(keys, fd, &h, anyway);
}

static void root_of(const struct ledger_tree *tree, uint8_t root[SHA256_SIZE])
{
	struct merkle m = { .size = (uint64_t)tree->size };

	memcpy(m.edge, tree->edge, sizeof(m.edge));
	merkle_root(&m, root);
}

int ledger_head_renew(struct db *db, const struct keys *keys)
{
	uint8_t root[SHA256_SIZE];
	struct ledger_tree tree;

	TRY(ledger_tree_get(db, &tree));
	root_of(&tree, root);
	TRY(ledger_owed_forget(keys));
	return ledger_head_put(keys, tree.size, root, true);
}

/* The usual case, nothing added since, is answered by the kept edge: what the leaves make is asked where it counts. */
int ledger_head_holds(struct db *db, const struct ledger_head *head)
{
	struct ledger_tree tree;
	uint8_t root[SHA256_SIZE];
	int rc = ledger_tree_get(db, &tree);

	if (rc != OK)
		return rc == NONE || rc == INVALID ? FORBIDDEN : rc;
	if (tree.size < head->size)
		return FORBIDDEN;
	if (tree.size == head->size) {
		root_of(&tree, root);
	} else {
		rc = ledger_proof_root(db, (uint64_t)head->size, root);
		if (rc != OK)
			return rc == NONE ? FORBIDDEN : rc;
	}
	return memcmp(root, head->root, SHA256_SIZE) == 0 ? OK : FORBIDDEN;
}

int ledger_head_check(struct db *db, const struct keys *keys)
{
	struct ledger_head head;

	if (!keys_folder(keys))
		return OK;
	int rc = ledger_head_read(keys, &head);
	if (rc != OK)
		return rc == IO_ERROR ? rc : FORBIDDEN;
	TRY(ledger_head_holds(db, &head));
	return ledger_owed_check(db, keys);
}
