/* app/job_suggest.c — see the header; doing it twice finds nothing new. */
#include "app/job_suggest.h"

#include "app/registry_suggest.h"
#include "base/status.h"

static int run(struct job_run *j)
{
	int64_t found, fresh;

	TRY(registry_suggest_find(j->office, &found, &fresh));
	j->answer = arena_printf(j->arena, "{\"found\":%lld,\"fresh\":%lld}", (long long)found,
				 (long long)fresh);
	return OK;
}

const struct job_kind job_suggest = { .name = "suggest",
				      .permission = PERM_REGISTRY_EDIT,
				      .run = run };
