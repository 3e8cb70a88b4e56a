/* files/sandbox.c — the parent's side: fork, pump the result pipe, wait, and tell how the child ended. */
#include "files/sandbox.h"

#include "base/status.h"
#include "files/sandbox_child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TICK_MS = 200, PIPE_SIZE = 1 << 20, PIECE = 1 << 16 };

/* Starts the child; out is its result pipe or -1. */
static int start(struct sandbox *s, const struct sandbox_job *job, int out)
{
	struct sandbox_shared *shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
					     MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (shared == MAP_FAILED)
		return IO_ERROR;
	pid_t parent = getpid(), pid = fork();
	if (pid == 0)
		sandbox_child(job, out, parent, shared);
	if (pid < 0) {
		munmap(shared, sizeof(*shared));
		return IO_ERROR;
	}
	*s = (struct sandbox){ .pid = pid, .shared = shared };
	pthread_mutex_init(&s->lock, NULL);
	if (job->started)
		job->started(job->started_arg);
	return OK;
}

int sandbox_start(struct sandbox *s, const struct sandbox_job *job)
{
	return start(s, job, -1);
}

void sandbox_cancel(struct sandbox *s)
{
	pthread_mutex_lock(&s->lock);
	if (s->pid > 0 && kill(s->pid, SIGKILL) == 0)
		s->cancelled = true;
	pthread_mutex_unlock(&s->lock);
}

static enum sandbox_end end_by_signal(int signal)
{
	switch (signal) {
	case SIGALRM:
		return SANDBOX_TIME;
	case SIGXCPU:
		return SANDBOX_CPU;
	case SIGXFSZ:
		return SANDBOX_FILE_SIZE;
	case SIGSYS:
		return SANDBOX_FORBIDDEN;
	default:
		return SANDBOX_CRASHED;
	}
}

static enum sandbox_end end_of(const struct sandbox *s, int status, struct sandbox_result *r)
{
	if (WIFEXITED(status) && s->shared->state == SANDBOX_RETURNED) {
		r->code = s->shared->code;
		return r->code == 0 ? SANDBOX_OK : SANDBOX_FAILED;
	}
	if (WIFSIGNALED(status))
		r->signal = WTERMSIG(status);
	if (s->cancelled)
		return SANDBOX_CANCELLED;
	if (s->shared->state == SANDBOX_NO_FILTER)
		return SANDBOX_UNFILTERED;
	if (s->shared->state == SANDBOX_ABORTED) {
		r->signal = SIGABRT;
		return s->shared->no_memory ? SANDBOX_MEMORY : SANDBOX_CRASHED;
	}
	return end_by_signal(r->signal);
}

/* Waits for the end without reaping, so that the process id stays ours while others may cancel. */
static bool ended(const struct sandbox *s, int options)
{
	siginfo_t info = { 0 };
	int rc;

	do
		rc = waitid(P_PID, (id_t)s->pid, &info, WEXITED | WNOWAIT | options);
	while (rc < 0 && errno == EINTR);
	return rc < 0 || info.si_pid != 0;
}

void sandbox_wait(struct sandbox *s, struct sandbox_result *ret)
{
	struct sandbox_result r = { 0 };
	int status = 0;

	(void)ended(s, 0);
	pthread_mutex_lock(&s->lock);
	while (waitpid(s->pid, &status, 0) < 0 && errno == EINTR)
		continue;
	s->pid = 0;
	pthread_mutex_unlock(&s->lock);
	r.end = end_of(s, status, &r);
	munmap(s->shared, sizeof(*s->shared));
	s->shared = NULL;
	pthread_mutex_destroy(&s->lock);
	*ret = r;
}

static int take(const struct sandbox_job *job, const char *at, size_t len)
{
	return job->take ? job->take(at, len, job->take_arg) : 0;
}

/* Reads once; false at the end of the pipe. */
static bool pump_piece(const struct sandbox_job *job, int in, bool *cancel)
{
	char piece[PIECE];
	ssize_t n = read(in, piece, sizeof(piece));

	if (n < 0)
		return errno == EINTR;
	if (n > 0 && take(job, piece, (size_t)n) != 0)
		*cancel = true;
	return n > 0;
}

/*
 * Hands over what comes until the pipe ends, the child ended (somebody else may have inherited the pipe) or
 * the caller has enough.
 */
static void pump(struct sandbox *s, const struct sandbox_job *job, int in)
{
	bool cancel = false, more = true;

	while (more && !cancel) {
		struct pollfd p = { .fd = in, .events = POLLIN };
		int n = poll(&p, 1, TICK_MS);
		if (n > 0)
			more = pump_piece(job, in, &cancel);
		else if (n == 0 && ended(s, WNOHANG))
			more = poll(&p, 1, 0) > 0;
		else if (n == 0)
			cancel = take(job, "", 0) != 0;
		else
			more = errno == EINTR;
	}
	if (cancel)
		sandbox_cancel(s);
}

int sandbox_run(const struct sandbox_job *job, struct sandbox_result *ret)
{
	struct sandbox s;
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return IO_ERROR;
	(void)fcntl(ends[1], F_SETPIPE_SZ, PIPE_SIZE); /* only for speed: may be refused */
	int rc = start(&s, job, ends[1]);
	close(ends[1]);
	if (rc == OK) {
		pump(&s, job, ends[0]);
		sandbox_wait(&s, ret);
	}
	close(ends[0]);
	return rc;
}

const char *sandbox_text(enum sandbox_end end)
{
	static const char *const texts[] = {
		[SANDBOX_OK] = "处理完成",
		[SANDBOX_FAILED] = "处理没有完成",
		[SANDBOX_MEMORY] = "处理这个文件需要的内存超过上限，已停止；请把文件拆小后再试",
		[SANDBOX_CPU] = "处理这个文件用的时间超过上限，已停止；请把文件拆小后再试",
		[SANDBOX_TIME] = "处理这个文件用的时间超过上限，已停止；请把文件拆小后再试",
		[SANDBOX_FILE_SIZE] = "处理结果超过文件大小上限，已停止；请把文件拆小后再试",
		[SANDBOX_FORBIDDEN] =
			"处理这个文件时程序试图做不允许的事，已被系统终止；请不要再打开此文件，并告知管理员",
		[SANDBOX_CANCELLED] = "已取消",
		[SANDBOX_CRASHED] = "处理这个文件时程序意外终止；原有数据不受影响，请告知管理员",
		[SANDBOX_UNFILTERED] =
			"这台机器（或容器）不允许 seccomp 过滤，没有它就不读外来文件；请管理员放开 seccomp 后再试",
	};

	return texts[end];
}
