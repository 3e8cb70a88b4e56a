/* app/life_loaded.c — bytes are wiped before their memory is given back. */
#include "app/life_loaded.h"

#include "app/draw_memory.h"
#include "app/life_seal.h"
#include "base/status.h"

#include <sodium.h>
#include <string.h>

static const size_t FILE_MOST = (size_t)16 << 30;

static int load_files(struct office *o, const struct draw_row *row, struct life_loaded *l)
{
	for (size_t i = 0; i < CORE_FILES; i++) {
		int rc = life_file_get(o, row, core_file_name((enum core_file)i), &l->bytes[i]);
		if (rc == NONE)
			continue;
		TRY(rc);
		l->files.file[i] = (struct span){ buf_text(&l->bytes[i]), l->bytes[i].len };
	}
	return l->files.file[CORE_FILE_DECLARATION].at ? OK : NONE;
}

static int refuse_problem(struct office *o, const struct draw_row *row, const struct problem *p)
{
	char text[OFFICE_WHY / 2];
	struct writer w = { text, sizeof(text), 0, false };

	problem_write(p, &w);
	return life_refuse(o, INVALID, "抽取 %s 保存的名单与声明不符：%.*s", row->id, (int)w.len,
			   text);
}

int life_load(struct office *o, const struct draw_row *row, const struct draw_watch *watch,
	      struct life_loaded *ret)
{
	struct problem problem = { 0 };

	*ret = (struct life_loaded){ 0 };
	for (size_t i = 0; i < CORE_FILES; i++)
		buf_init(&ret->bytes[i], FILE_MOST);
	TRY(load_files(o, row, ret));
	TRY(draw_region_init(&ret->region));
	struct span text = ret->files.file[CORE_FILE_DECLARATION];
	if (declaration_parse(text, &ret->declaration, &problem) != CORE_OK)
		return refuse_problem(o, row, &problem);
	int rc = draw_run_open(&ret->files, 0, watch, &ret->region, &ret->draw, &problem);
	if (rc == INVALID)
		return refuse_problem(o, row, &problem);
	TRY(rc);
	if (declaration_check_lists(&ret->declaration, &ret->files, &problem) != CORE_OK)
		return refuse_problem(o, row, &problem);
	struct span seed = ret->files.file[CORE_FILE_SEED];
	if (seed.len >= sizeof(ret->seed.hex))
		memcpy(ret->seed.hex, seed.at, sizeof(ret->seed.hex));
	return OK;
}

void life_loaded_release(struct life_loaded *l)
{
	for (size_t i = 0; i < CORE_FILES; i++) {
		if (l->bytes[i].data)
			sodium_memzero(l->bytes[i].data, l->bytes[i].len);
		buf_release(&l->bytes[i]);
	}
	sodium_memzero(&l->seed, sizeof(l->seed));
	draw_region_release(&l->region);
}
