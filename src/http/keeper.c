/* http/keeper.c — server, keeper, workers: each is a child of the one before and dies with it. */
#include "http/keeper.h"

#include "app/job_draw.h"
#include "app/job_import.h"
#include "app/job_joint.h"
#include "app/job_ledger.h"
#include "app/job_run.h"
#include "app/job_suggest.h"
#include "app/upload.h"
#include "base/log.h"
#include "base/status.h"
#include "http/job_list.h"

#include <errno.h>
#include <signal.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { NAME_BYTES = 8, NAME_ROOM = 32, IDLE_MS = 300, AGAIN_MS = 1000 };

static volatile sig_atomic_t ending;
static bool ending_told; /* what job_work looks at */

static const struct job_kind *const kinds[] = { &job_import,     &job_list,    &job_draw,
						&job_draw_audit, &job_suggest, &job_joint,
						&job_ledger,     &job_run_draw };

static void on_end(int signal)
{
	(void)signal;
	ending = 1;
	ending_told = true;
}

static void pause_ms(int ms)
{
	struct timespec rest = { ms / 1000, (long)(ms % 1000) * 1000000 };

	if (!ending)
		nanosleep(&rest, NULL);
}

/* Ends with its parent, which may be gone already. */
static void live_with(pid_t parent)
{
	struct sigaction act = { .sa_handler = on_end };
	sigset_t none;

	ending = 0;
	ending_told = false;
	sigemptyset(&act.sa_mask);
	sigaction(SIGTERM, &act, NULL);
	signal(SIGINT, SIG_IGN); /* Ctrl-C is for the server */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		ending = 1;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* ---- a worker ---- */

static void work(struct office *o, const char *name)
{
	struct job_kind known[COUNT(kinds) + 1] = { { .name = NULL } };

	for (size_t i = 0; i < COUNT(kinds); i++)
		known[i] = *kinds[i];
	while (!ending) {
		int rc = job_work(o, known, name, &ending_told);
		if (rc == OK)
			continue;
		if (rc == NONE && upload_sweep(o) != OK)
			log_at(LOG_WARN, "old uploads could not be swept: %s",
			       db_error_text(o->db));
		if (rc != NONE)
			log_at(LOG_ERROR, "the queue: code %d, %s", rc, db_error_text(o->db));
		pause_ms(rc == NONE ? IDLE_MS : AGAIN_MS);
	}
}

static int work_until_end(const struct office_where *where, const char *name)
{
	CLEANUP(arena_release) struct arena a;
	struct office office;
	const char *why = "";

	arena_init(&a);
	if (office_open(&a, where, &office, &why) != OK) {
		log_at(LOG_ERROR, "a worker could not open the office: %s", why);
		return 1;
	}
	work(&office, name);
	office_release(&office);
	return 0;
}

/* ---- the keeper ---- */

static pid_t fork_worker(const struct office_where *where, const char *name)
{
	pid_t parent = getpid(), pid = fork();

	if (pid != 0)
		return pid;
	live_with(parent);
	_exit(work_until_end(where, name));
}

/* A worker that takes the place of a dead one has its name, and so its job. */
static void name_workers(char names[KEEPER_WORKERS][NAME_ROOM])
{
	unsigned char bytes[NAME_BYTES];
	char hex[2 * NAME_BYTES + 1];

	randombytes_buf(bytes, sizeof(bytes));
	sodium_bin2hex(hex, sizeof(hex), bytes, sizeof(bytes));
	for (int i = 0; i < KEEPER_WORKERS; i++)
		snprintf(names[i], NAME_ROOM, "%s-%d", hex, i);
}

static void keep(const struct office_where *where)
{
	char names[KEEPER_WORKERS][NAME_ROOM];
	pid_t workers[KEEPER_WORKERS] = { 0 };

	name_workers(names);
	while (!ending) {
		for (int i = 0; i < KEEPER_WORKERS; i++)
			if (workers[i] <= 0)
				workers[i] = fork_worker(where, names[i]);
		pid_t gone = wait(NULL);
		for (int i = 0; i < KEEPER_WORKERS; i++)
			if (workers[i] == gone && gone > 0)
				workers[i] = 0;
		pause_ms(AGAIN_MS); /* one that dies at once is not begun again at once */
	}
	for (int i = 0; i < KEEPER_WORKERS; i++)
		if (workers[i] > 0)
			kill(workers[i], SIGTERM);
	while (wait(NULL) > 0 || errno == EINTR)
		;
}

pid_t keeper_start(const struct office_where *where)
{
	pid_t parent = getpid(), pid = fork();

	if (pid != 0)
		return pid;
	live_with(parent);
	keep(where);
	_exit(0);
}

void keeper_stop(pid_t keeper)
{
	if (keeper <= 0)
		return;
	kill(keeper, SIGTERM);
	for (int i = 0; i < KEEPER_GRACE_SECONDS * 1000 / IDLE_MS; i++) {
		if (waitpid(keeper, NULL, WNOHANG) != 0)
			return;
		pause_ms(IDLE_MS);
	}
	kill(keeper, SIGKILL);
	waitpid(keeper, NULL, 0);
}
