/* app/plan_problem.c — a line of a list is named by the id that stands first in it. */
#include "app/plan_problem.h"

#include "core/text.h"

static struct span id_at(struct span list, uint64_t line)
{
	struct span text = SPAN(""), id = SPAN("");

	for (uint64_t i = 0; i < line; i++)
		if (!text_line(&list, &text))
			return id;
	span_cut(&text, '\t', &id);
	return id;
}

/* "检查人员名录里编号 Z1 的一行：" */
static const char *row_of(struct arena *a, const char *registry, struct span list, uint64_t line)
{
	struct span id = id_at(list, line);

	if (id.len == 0)
		return arena_printf(a, "%s名录：", registry);
	return arena_printf(a, "%s名录里编号 %.*s 的一行：", registry, (int)id.len, id.at);
}

static const char *place_of(struct arena *a, const struct problem *p,
			    const struct draw_files *files)
{
	switch (p->file) {
	case CORE_FILE_OBJECTS:
		return row_of(a, "检查对象", files->file[p->file], p->line);
	case CORE_FILE_INSPECTORS:
		return row_of(a, "检查人员", files->file[p->file], p->line);
	case CORE_FILE_CONFLICTS:
		if (p->code == WARNING_RECUSED_ALL) /* about an object */
			return "回避：";
		return row_of(a, "检查人员", files->file[p->file], p->line);
	case CORE_FILE_RULES:
		return p->line ? arena_printf(a, "规则文件第 %llu 行：",
					      (unsigned long long)p->line)
			       : "规则文件：";
	case CORE_FILE_NONE:
	case CORE_FILE_DECLARATION:
	case CORE_FILE_RECORD:
	case CORE_FILE_SEED:
	case CORE_FILE_RESULT:
	case CORE_FILE_ROOT:
	case CORE_FILES:
		break;
	}
	return "";
}

void plan_note_problem(struct plan_notes *notes, enum plan_note_kind kind, const struct problem *p,
		       const struct draw_files *files)
{
	struct problem sentence = *p;
	char text[1024];
	struct writer w = { text, sizeof(text), 0, false };

	sentence.file = CORE_FILE_NONE;
	sentence.line = 0;
	problem_write(&sentence, &w);
	plan_note(notes, kind, "%s%.*s", place_of(notes->arena, p, files), (int)w.len, text);
}
