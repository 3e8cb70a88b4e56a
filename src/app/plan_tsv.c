/* app/plan_tsv.c — cells hold no TAB and no LF: registries were checked for that. */
#include "app/plan_tsv.h"

void plan_tsv_add(struct buf *b, const struct span *cells, size_t count)
{
	while (count > 0 && cells[count - 1].len == 0)
		count--;
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			buf_char(b, '\t');
		buf_add(b, cells[i].at, cells[i].len);
	}
	buf_char(b, '\n');
}
