/* app/plan_document.c — see plan_document.h. */
#include "app/plan_document.h"

#include "base/json.h"

void plan_document_write(const struct plan_row *plan, const struct plan_version_row *v,
			 const struct plan_line_row *lines, size_t count, struct buf *out)
{
	struct json j;

	json_init(&j, out);
	json_begin_object(&j);
	json_put_text(&j, "area", v->area);
	json_put_text(&j, "authority", v->authority);
	json_put_text(&j, "body", plan->body);
	json_put_int(&j, "day_load", v->day_load);
	json_put_text(&j, "id", plan->id);
	json_key(&j, "lines");
	json_begin_array(&j);
	for (size_t i = 0; i < count; i++) {
		json_begin_object(&j);
		json_put_int(&j, "a", lines[i].a);
		json_put_int(&j, "b", lines[i].b);
		json_put_text(&j, "document", lines[i].document);
		json_put_text(&j, "id", lines[i].id);
		json_put_text(&j, "kind", lines[i].kind);
		json_put_text(&j, "matters", lines[i].matters);
		json_put_text(&j, "period", lines[i].period);
		json_put_text(&j, "pool", lines[i].pool);
		json_put_text(&j, "title", lines[i].title);
		json_end_object(&j);
	}
	json_end_array(&j);
	json_put_text(&j, "period", v->period);
	json_put_text(&j, "rules", v->rules);
	json_put_text(&j, "title", v->title);
	json_put_int(&j, "version", v->version);
	json_put_int(&j, "year", plan->year);
	json_end_object(&j);
}
