#ifndef FILES_SANDBOX_H
#define FILES_SANDBOX_H
/*
 * files/sandbox.h — runs work on hostile input in a child process that can do no harm: it has the
 * descriptors it was given and its memory, and nothing else.
 *
 * What holds in the child, in this order:
 *   - all descriptors but `keep`, the result pipe and standard error are closed (0 and 1 read and write
 *     nothing); no new one can be opened (RLIMIT_NOFILE 0);
 *   - limits on memory, processor time, wall-clock time and file size, kept by the kernel;
 *   - a seccomp filter that allows reading, writing, seeking and mapping open descriptors, memory, futexes,
 *     threads, clocks, random numbers and exit. Opening, sockets, exec, fork, signals to others and
 *     executable memory kill the child at once (SANDBOX_FORBIDDEN). So whatever opens files by itself
 *     (iconv_open, locales, time zones, fonts) has to be done before, in the parent: the child is a fork and
 *     has a copy of everything. fstat fails with EPERM: measure in the parent.
 *
 * Where the kernel or a container refuses seccomp, the work does not run at all (SANDBOX_UNFILTERED): a hostile
 * file is not read without the filter.
 *
 * The work may start threads (each takes 8 MB of the memory limit for its stack). Its memory is a copy:
 * results leave only through the pipe and the kept descriptors. It ends by _exit: no atexit, no flush of
 * stdio. Builds with AddressSanitizer have no memory limit.
 */
#include "base/cleanup.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* 0 means no such limit. */
struct sandbox_limits {
	size_t memory;        /* bytes the child may add to what the parent has now */
	unsigned cpu_seconds; /* processor time, all threads */
	unsigned wall_ms;     /* time by the clock */
	size_t file_size;     /* largest size of a file it writes; pipes do not count */
};

enum sandbox_end {
	SANDBOX_OK,        /* work returned 0 */
	SANDBOX_FAILED,    /* work returned something else: see code */
	SANDBOX_MEMORY,    /* killed: memory limit */
	SANDBOX_CPU,       /* killed: processor time */
	SANDBOX_TIME,      /* killed: wall-clock time */
	SANDBOX_FILE_SIZE, /* killed: a file grew too large */
	SANDBOX_FORBIDDEN, /* killed: tried a system call that the filter forbids */
	SANDBOX_CANCELLED, /* killed by the caller */
	SANDBOX_CRASHED,   /* ended by another signal: see signal */
	SANDBOX_UNFILTERED /* the filter could not be loaded; nothing ran */
};

struct sandbox_result {
	enum sandbox_end end;
	int code;   /* what work returned, kept in full (not cut to 8 bits) */
	int signal; /* the signal that ended it, or 0 */
};

/* Runs in the child. out is the writing end of the result pipe (-1 with sandbox_start). 0 is success. */
typedef int sandbox_work(int out, void *arg);

/*
 * Runs in the parent for each piece that came through the pipe, and with len 0 at least every 200 ms while
 * nothing comes (progress, "cancelled?"). Not 0 kills the child.
 */
typedef int sandbox_take(const char *at, size_t len, void *arg);

struct sandbox_job {
	sandbox_work *work;
	void *work_arg;
	sandbox_take *take; /* may be NULL: what comes is dropped */
	void *take_arg;
	const int *keep; /* descriptors the child may use, under the same numbers */
	size_t keep_count;
	struct sandbox_limits limits;
	/*
	 * Called in the parent once the child is there, before its first piece; may be NULL. Threads that shall run beside
	 * the child start here, not before: a fork copies the locks that other threads hold.
	 */
	void (*started)(void *arg);
	void *started_arg;
};

/*
 * Runs the work to its end and hands over what it writes. OK when the child ran (ret tells how it ended),
 * IO_ERROR when there was none (no process, no pipe). The calling thread waits meanwhile; the child dies
 * with it. Other threads' locks, malloc's excepted, are as they were at the fork: the work takes none.
 */
MUST_USE int sandbox_run(const struct sandbox_job *job, struct sandbox_result *ret);

/* The same in steps, for callers with pipes of their own (pass them in keep; take is not used). */
struct sandbox {
	pthread_mutex_t lock; /* guards pid and cancelled */
	pid_t pid;            /* 0 after the child was reaped */
	bool cancelled;
	struct sandbox_shared *shared;
};

/* OK, then sandbox_wait must follow; IO_ERROR. */
MUST_USE int sandbox_start(struct sandbox *s, const struct sandbox_job *job);

/* Kills the child; from any thread, also when it has ended already. sandbox_wait must still follow. */
void sandbox_cancel(struct sandbox *s);

/* Waits for the end and releases s. */
void sandbox_wait(struct sandbox *s, struct sandbox_result *ret);

/* A Chinese sentence for the user: what happened and what to do. Static text. */
MUST_USE const char *sandbox_text(enum sandbox_end end);

#endif
