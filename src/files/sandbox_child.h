#ifndef FILES_SANDBOX_CHILD_H
#define FILES_SANDBOX_CHILD_H
/* files/sandbox_child.h — the child's side of sandbox.c: gives up every right, then runs the work. */
#include "files/sandbox.h"

#include <signal.h>

enum sandbox_state { SANDBOX_RUNNING, SANDBOX_RETURNED, SANDBOX_ABORTED, SANDBOX_NO_FILTER };

/* One page that parent and child both see; the parent believes it no more than an exit code. */
struct sandbox_shared {
	volatile sig_atomic_t state, code, no_memory;
};

/* Runs in the child just after the fork and never returns. */
_Noreturn void sandbox_child(const struct sandbox_job *job, int out, pid_t parent,
			     struct sandbox_shared *shared);

#endif
