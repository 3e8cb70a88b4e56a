/*
 * files/sandbox_child.c — descriptors, limits, filter, work. The order matters: the filter comes last,
 * because everything before needs calls that it forbids.
 */
#include "files/sandbox_child.h"

#include "base/sanitized.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <malloc.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* Address space beyond the memory limit: maps of input files, and malloc's reserves for two threads. */
#define ADDRESS_SLACK ((size_t)1 << 30)
/* The first pthread_create installs glibc's own handler for this signal; no other may be changed: an ignored
 * SIGALRM would be no time limit. */
enum { SIGSETXID = 33 };
enum { EXIT_ABORTED = 134, EXIT_ORPHAN = 135, EXIT_NO_FILTER = 136, STATUS_LINE = 200 };

static struct sandbox_shared *child_shared;
static size_t child_probe;

/* malloc failed or an assertion did: if a quarter of the limit is not to be had, it was memory. */
static void on_abort(int signal)
{
	(void)signal;
	if (child_probe > 0) {
		void *p = mmap(NULL, child_probe, PROT_READ | PROT_WRITE,
			       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		child_shared->no_memory = p == MAP_FAILED;
	}
	child_shared->state = SANDBOX_ABORTED;
	_exit(EXIT_ABORTED);
}

/* The parent's handlers are not the child's. */
static void reset_signals(void)
{
	static const int plain[] = { SIGHUP, SIGINT, SIGTERM, SIGPIPE, SIGALRM, SIGXCPU, SIGXFSZ };
	sigset_t none;

	for (size_t i = 0; i < COUNT(plain); i++)
		signal(plain[i], SIG_DFL);
	signal(SIGABRT, on_abort);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static bool kept(const struct sandbox_job *job, int out, int fd)
{
	bool found = fd == out || fd == STDERR_FILENO;

	for (size_t i = 0; i < job->keep_count; i++)
		found = found || job->keep[i] == fd;
	return found;
}

/* The lowest kept descriptor at or above `from`, or -1. */
static int next_kept(const struct sandbox_job *job, int out, int from)
{
	int best = -1;

	for (size_t i = 0; i < job->keep_count + 2; i++) {
		int fd = i < job->keep_count ? job->keep[i] : i == job->keep_count ? out : 2;
		if (fd >= from && (best < 0 || fd < best))
			best = fd;
	}
	return best;
}

static void close_others(const struct sandbox_job *job, int out)
{
	int nothing = open("/dev/null", O_RDWR);

	for (int fd = 0; fd <= 1; fd++)
		if (nothing >= 0 && nothing != fd && !kept(job, out, fd))
			dup2(nothing, fd);
	unsigned from = 2;
	for (int fd = next_kept(job, out, 2); fd >= 0; fd = next_kept(job, out, fd + 1)) {
		if ((unsigned)fd > from)
			close_range(from, (unsigned)fd - 1, 0);
		from = (unsigned)fd + 1;
	}
	close_range(from, ~0U, 0);
}

/* Bytes of address space (0) or of private writable memory (5) this process has now. */
static size_t used_now(int field)
{
	char line[STATUS_LINE] = "";
	int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, line, sizeof(line) - 1);
	char *at = line;

	if (fd >= 0)
		close(fd);
	if (n <= 0)
		return 0;
	size_t pages = strtoul(at, &at, 10);
	for (int i = 0; i < field; i++)
		pages = strtoul(at, &at, 10);
	return pages * (size_t)sysconf(_SC_PAGESIZE);
}

static void limit(__rlimit_resource_t what, size_t soft, size_t hard)
{
	struct rlimit r = { .rlim_cur = soft, .rlim_max = hard };

	(void)setrlimit(what, &r);
}

static void set_limits(const struct sandbox_limits *l)
{
	size_t space = used_now(0), data = used_now(5);

	if (l->memory > 0 && !SANITIZED) {
		limit(RLIMIT_DATA, data + l->memory, data + l->memory);
		limit(RLIMIT_AS, space + l->memory + ADDRESS_SLACK,
		      space + l->memory + ADDRESS_SLACK);
		child_probe = l->memory / 4;
	}
	if (l->cpu_seconds > 0)
		limit(RLIMIT_CPU, l->cpu_seconds, (size_t)l->cpu_seconds + 1);
	if (l->file_size > 0)
		limit(RLIMIT_FSIZE, l->file_size, l->file_size);
	if (l->wall_ms > 0) {
		struct itimerval t = { .it_value = { .tv_sec = l->wall_ms / 1000,
						     .tv_usec = (l->wall_ms % 1000) * 1000 } };
		setitimer(ITIMER_REAL, &t, NULL);
	}
	limit(RLIMIT_CORE, 0, 0);
}

static bool allow_plain(scmp_filter_ctx f)
{
	static const int calls[] = {
		SCMP_SYS(read),
		SCMP_SYS(write),
		SCMP_SYS(readv),
		SCMP_SYS(writev),
		SCMP_SYS(pread64),
		SCMP_SYS(pwrite64),
		SCMP_SYS(lseek),
		SCMP_SYS(close),
		SCMP_SYS(poll),
		SCMP_SYS(ppoll),
		SCMP_SYS(munmap),
		SCMP_SYS(mremap),
		SCMP_SYS(madvise),
		SCMP_SYS(brk),
		SCMP_SYS(futex),
		SCMP_SYS(set_robust_list),
		SCMP_SYS(rseq),
		SCMP_SYS(exit),
		SCMP_SYS(exit_group),
		SCMP_SYS(rt_sigreturn),
		SCMP_SYS(rt_sigprocmask),
		SCMP_SYS(restart_syscall),
		SCMP_SYS(sched_yield),
		SCMP_SYS(sched_getaffinity),
		SCMP_SYS(gettid),
		SCMP_SYS(getpid),
		SCMP_SYS(clock_gettime),
		SCMP_SYS(clock_nanosleep),
		SCMP_SYS(nanosleep),
		SCMP_SYS(gettimeofday),
		SCMP_SYS(getrandom),
#if SANITIZED
		SCMP_SYS(sigaltstack),
		SCMP_SYS(rt_sigaction),
		SCMP_SYS(prlimit64),
#endif
	};
	bool ok = true;

	for (size_t i = 0; i < COUNT(calls); i++)
		ok = ok && seccomp_rule_add(f, SCMP_ACT_ALLOW, calls[i], 0) == 0;
	return ok;
}

/* Calls that libc makes on its own account and that may fail without harm. */
static bool refuse_mildly(scmp_filter_ctx f)
{
	static const int calls[] = {
		SCMP_SYS(fstat),
		SCMP_SYS(newfstatat),
		SCMP_SYS(ioctl),
		SCMP_SYS(prctl),
#if !SANITIZED
		SCMP_SYS(prlimit64),
#else
		SCMP_SYS(open),
		SCMP_SYS(openat),
		SCMP_SYS(readlink),
#endif
	};
	/* glibc falls back from clone3, whose flags a filter cannot see, to clone. */
	bool ok = seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;

	for (size_t i = 0; i < COUNT(calls); i++)
		ok = ok && seccomp_rule_add(f, SCMP_ACT_ERRNO(EPERM), calls[i], 0) == 0;
	return ok;
}

/* Calls that are allowed with some arguments only. */
static bool allow_partly(scmp_filter_ctx f)
{
	const struct {
		int call;
		struct scmp_arg_cmp argument;
	} parts[] = {
		{ SCMP_SYS(mmap), { 2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0 } },
		{ SCMP_SYS(mprotect), { 2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0 } },
		{ SCMP_SYS(clone), { 0, SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD } },
		{ SCMP_SYS(fcntl), { 1, SCMP_CMP_EQ, F_GETFL, 0 } },
		{ SCMP_SYS(rt_sigaction), { 0, SCMP_CMP_EQ, SIGSETXID, 0 } },
		{ SCMP_SYS(tgkill), { 0, SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0 } },
	};
	bool ok = true;

	for (size_t i = 0; i < COUNT(parts); i++)
		ok = ok && seccomp_rule_add_array(f, SCMP_ACT_ALLOW, parts[i].call, 1,
						  &parts[i].argument) == 0;
	return ok;
}

static bool load_filter(void)
{
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_KILL_PROCESS);

	if (!f)
		return false;
	(void)seccomp_attr_set(f, SCMP_FLTATR_CTL_OPTIMIZE,
			       2); /* a tree: fewer comparisons a call */
	bool ok = allow_plain(f) && refuse_mildly(f) && allow_partly(f) && seccomp_load(f) == 0;
	seccomp_release(f);
	return ok;
}

void sandbox_child(const struct sandbox_job *job, int out, pid_t parent,
		   struct sandbox_shared *shared)
{
	child_shared = shared;
	reset_signals();
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent) /* it died before the line above */
		_exit(EXIT_ORPHAN);
	close_others(job, out);
	set_limits(&job->limits);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	prctl(PR_SET_DUMPABLE, 0);
	/* libzip calls mktime, which looks for /etc/localtime each time unless the zone is given. */
	setenv("TZ", "UTC0", 1);
	tzset();
	/* Before the filter, so that it holds beside it; no call below needs a new descriptor. */
	limit(RLIMIT_NOFILE, 0, 0);
	/* Started by a thread, whose heap glibc would shrink: for that it reads a file in /proc, which the filter forbids. */
	mallopt(M_TRIM_THRESHOLD, INT_MAX);
	if (!load_filter()) {
		shared->state = SANDBOX_NO_FILTER;
		_exit(EXIT_NO_FILTER);
	}
	shared->code = job->work(out, job->work_arg);
	shared->state = SANDBOX_RETURNED;
	_exit(0);
}
