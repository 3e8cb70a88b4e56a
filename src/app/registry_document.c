/* app/registry_document.c — see registry_document.h. */
#include "app/registry_document.h"

#include "base/json.h"
#include "base/status.h"
#include "core/sha256.h"
#include "store/registry_beside.h"

#include <string.h>

void registry_document_write(const struct registry_change *c, const char *beside, struct buf *out)
{
	struct json j;

	json_init(&j, out);
	json_begin_object(&j);
	json_put_int(&j, "added", c->added);
	json_put_text(&j, "beside", beside);
	json_put_int(&j, "change", c->id);
	json_put_text(&j, "file", c->file);
	json_put_text(&j, "file_digest", c->file_digest);
	json_put_int(&j, "kept", c->kept);
	json_put_text(&j, "kind", c->kind);
	json_put_int(&j, "quarantined", c->quarantined);
	json_put_text(&j, "reason", c->reason);
	json_put_text(&j, "registry", c->registry);
	json_put_text(&j, "result_digest", c->result_digest);
	json_put_int(&j, "unchanged", c->unchanged);
	json_put_int(&j, "undone", c->undone);
	json_put_int(&j, "updated", c->updated);
	json_end_object(&j);
}

static int add_line(void *arg, const char *const cells[REGISTRY_BESIDE])
{
	for (int i = 0; i < REGISTRY_BESIDE; i++)
		sha256_add(arg, cells[i], strlen(cells[i]) + 1);
	return OK;
}

int registry_document_beside(struct db *db, int64_t change, char ret[REGISTRY_DOCUMENT_BESIDE])
{
	struct writer w = { ret, REGISTRY_DOCUMENT_BESIDE - 1, 0, false };
	uint8_t digest[SHA256_SIZE];
	struct sha256 sha;

	sha256_init(&sha);
	TRY(registry_beside_walk(db, change, add_line, &sha));
	sha256_done(&sha, digest);
	write_hex(&w, digest, sizeof(digest));
	ret[REGISTRY_DOCUMENT_BESIDE - 1] = 0;
	return OK;
}
