/* base/secret.c — two kernel settings; a kernel that refuses them is no reason to stop. */
#include "base/secret.h"

#include "base/sanitized.h"

#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>

void secret_process(void)
{
	const struct rlimit none = { 0, 0 };

	(void)setrlimit(RLIMIT_CORE, &none);
	if (!SANITIZED)
		(void)prctl(PR_SET_DUMPABLE, 0);
}
