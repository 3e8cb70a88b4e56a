/* app/registry_document.c — see registry_document.h. */
#include "app/registry_document.h"

#include "base/json.h"

void registry_document_write(const struct registry_change *c, struct buf *out)
{
	struct json j;

	json_init(&j, out);
	json_begin_object(&j);
	json_put_int(&j, "added", c->added);
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
