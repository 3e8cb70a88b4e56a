/* test/files/sandbox.c — a child may compute and answer, and nothing else, with and without seccomp. */
#include "files/sandbox.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/status.h"

#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

static struct sandbox_result run(sandbox_work *work, void *arg, struct sandbox_limits limits)
{
	struct sandbox_job job = { .work = work, .work_arg = arg, .limits = limits };
	struct sandbox_result r = { 0 };

	CHECK_INT(sandbox_run(&job, &r), OK);
	return r;
}

static int take_all(const char *at, size_t len, void *arg)
{
	buf_add(arg, at, len);
	return 0;
}

static int write_much(int out, void *arg)
{
	size_t left = *(size_t *)arg;
	char piece[1000];

	memset(piece, 'x', sizeof(piece));
	while (left > 0) {
		ssize_t n = write(out, piece, left < sizeof(piece) ? left : sizeof(piece));
		if (n <= 0)
			return 1;
		left -= (size_t)n;
	}
	return 0;
}

TEST(what_the_child_writes_arrives_whole)
{
	size_t want = 5000000;
	struct buf got;
	buf_init(&got, 10000000);
	struct sandbox_job job = {
		.work = write_much, .work_arg = &want, .take = take_all, .take_arg = &got
	};
	struct sandbox_result r;

	CHECK_INT(sandbox_run(&job, &r), OK);
	CHECK_INT(r.end, SANDBOX_OK);
	CHECK_INT(got.len, want);
	buf_release(&got);
}

static int return_code(int out, void *arg)
{
	(void)out;
	return *(int *)arg;
}

TEST(a_failure_code_comes_back_in_full)
{
	int code = -123456;
	struct sandbox_result r = run(return_code, &code, (struct sandbox_limits){ 0 });

	CHECK_INT(r.end, SANDBOX_FAILED);
	CHECK_INT(r.code, code);
}

static int eat_memory(int out, void *arg)
{
	(void)out;
	(void)arg;
	for (int i = 0; i < 100; i++)
		memset(must_alloc(4 << 20), 1, 4 << 20);
	return 0;
}

static int eat_half(int out, void *arg)
{
	(void)out;
	(void)arg;
	memset(must_alloc(50 << 20), 1, 50 << 20);
	return 0;
}

TEST(memory_is_limited_to_what_was_granted)
{
	if (SANITIZED) {
		unit_skip("AddressSanitizer needs its own address space");
		return;
	}
	struct sandbox_limits l = { .memory = 100 << 20 };
	CHECK_INT(run(eat_half, NULL, l).end, SANDBOX_OK);
	CHECK_INT(run(eat_memory, NULL, l).end, SANDBOX_MEMORY);
}

static int spin(int out, void *arg)
{
	volatile uint64_t n = 0;

	(void)out;
	(void)arg;
	while (n + 1 != 0)
		n = n + 1;
	return 0;
}

static int sleep_long(int out, void *arg)
{
	(void)out;
	(void)arg;
	sleep(100);
	return 0;
}

TEST(time_is_limited)
{
	CHECK_INT(run(spin, NULL, (struct sandbox_limits){ .cpu_seconds = 1 }).end, SANDBOX_CPU);
	CHECK_INT(run(sleep_long, NULL, (struct sandbox_limits){ .wall_ms = 150 }).end,
		  SANDBOX_TIME);
}

static int crash(int out, void *arg)
{
	(void)out;
	(void)arg;
	raise(SIGKILL);
	return 0;
}

static int segfault(int out, void *arg)
{
	(void)out;
	munmap(arg, 4096);
	return *(volatile int *)arg;
}

TEST(a_crash_is_told_and_harms_nobody)
{
	void *page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	enum sandbox_end end = run(segfault, page, (struct sandbox_limits){ 0 }).end;

	CHECK(end == SANDBOX_CRASHED || (SANITIZED && end == SANDBOX_FORBIDDEN));
	CHECK(run(crash, NULL, (struct sandbox_limits){ 0 }).end == SANDBOX_CRASHED);
}

static int open_file(int out, void *arg)
{
	(void)out;
	(void)arg;
	return open("/etc/passwd", O_RDONLY) >= 0;
}

static int open_socket(int out, void *arg)
{
	(void)out;
	(void)arg;
	return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static int run_program(int out, void *arg)
{
	char *const argv[] = { (char[]){ "true" }, NULL };

	(void)out;
	(void)arg;
	execv("/bin/true", argv);
	return 0;
}

static int fork_child(int out, void *arg)
{
	(void)out;
	(void)arg;
	return fork() >= 0;
}

static int kill_parent(int out, void *arg)
{
	(void)out;
	return kill(*(pid_t *)arg, SIGTERM) == 0;
}

static int executable_memory(int out, void *arg)
{
	(void)out;
	(void)arg;
	return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
	       MAP_FAILED;
}

TEST(no_files_network_programs_processes_or_signals)
{
	sandbox_work *const works[] = { open_file,  open_socket, run_program,
					fork_child, kill_parent, executable_memory };
	pid_t self = getpid();

	for (size_t i = 0; i < COUNT(works); i++) {
		struct sandbox_result r =
			run(works[i], &self, (struct sandbox_limits){ .wall_ms = 5000 });
		if (r.end == SANDBOX_UNFILTERED) {
			unit_skip("this kernel refuses seccomp");
			return;
		}
		/* A sanitizer opens files of its own, so opening fails there instead of killing. */
		bool mild = SANITIZED && works[i] == open_file && r.end == SANDBOX_OK;
		unit_check(mild || r.end == SANDBOX_FORBIDDEN, __FILE__, __LINE__,
			   "work %zu ended %d", i, r.end);
	}
}

static int use_descriptors(int out, void *arg)
{
	const int *fd = arg;
	char got[6] = "";

	(void)out;
	if (pread(fd[0], got, 5, 0) != 5 || strcmp(got, "hello") != 0)
		return 1;
	if (write(fd[1], "answer", 6) != 6)
		return 2;
	return write(fd[2], "x", 1) < 0 && errno == EBADF ? 0 : 3;
}

TEST(the_child_has_the_descriptors_it_was_given_and_no_others)
{
	struct arena a;
	arena_init(&a);
	const char *folder = unit_folder();
	const char *in = arena_printf(&a, "%s/in", folder), *to = arena_printf(&a, "%s/to", folder);
	CHECK_INT(file_write(in, "hello", 5, 0600), OK);
	int fd[3] = { open(in, O_RDONLY), open(to, O_RDWR | O_CREAT, 0600), open(to, O_RDWR) };
	struct sandbox_job job = {
		.work = use_descriptors, .work_arg = fd, .keep = fd, .keep_count = 2
	};
	struct sandbox_result r;

	CHECK_INT(sandbox_run(&job, &r), OK);
	CHECK_INT(r.end, SANDBOX_OK);
	CHECK_INT(r.code, 0);
	char *text;
	size_t len;
	CHECK_INT(file_read(&a, to, 100, &text, &len), OK);
	CHECK_STR(text, "answer");
	for (int i = 0; i < 3; i++)
		close(fd[i]);
	arena_release(&a);
}

static int grow_file(int out, void *arg)
{
	static const char piece[4096];

	(void)out;
	for (int i = 0; i < 100; i++)
		if (write(*(int *)arg, piece, sizeof(piece)) < 0)
			return 1;
	return 0;
}

TEST(files_cannot_grow_past_the_limit)
{
	struct arena a;
	arena_init(&a);
	int fd = open(arena_printf(&a, "%s/grow", unit_folder()), O_RDWR | O_CREAT, 0600);
	struct sandbox_job job = { .work = grow_file,
				   .work_arg = &fd,
				   .keep = &fd,
				   .keep_count = 1,
				   .limits = { .file_size = 50000 } };
	struct sandbox_result r;

	CHECK_INT(sandbox_run(&job, &r), OK);
	CHECK_INT(r.end, SANDBOX_FILE_SIZE);
	CHECK(lseek(fd, 0, SEEK_END) <= 50000);
	close(fd);
	arena_release(&a);
}

static void *thread_body(void *arg)
{
	char *mine = must_alloc(1000);

	memset(mine, 7, 1000);
	*(int *)arg = mine[999];
	free(mine);
	return NULL;
}

static int run_threads(int out, void *arg)
{
	pthread_t t[2];
	int got[2] = { 0 };

	(void)arg;
	for (int i = 0; i < 2; i++)
		if (pthread_create(&t[i], NULL, thread_body, &got[i]) != 0)
			return 1;
	for (int i = 0; i < 2; i++)
		pthread_join(t[i], NULL);
	(void)dprintf(out, "%d", got[0] + got[1]);
	return got[0] + got[1] == 14 ? 0 : 2;
}

static void note_start(void *arg)
{
	++*(int *)arg;
}

static int give_count(int out, void *arg)
{
	(void)out;
	return 100 + *(int *)arg;
}

/* What runs beside the child begins after the fork: the child's copy of the memory is the one from before. */
TEST(the_parent_is_told_once_the_child_is_there)
{
	int count = 0;
	struct sandbox_job job = {
		.work = give_count, .work_arg = &count, .started = note_start, .started_arg = &count
	};
	struct sandbox_result r;

	CHECK_INT(sandbox_run(&job, &r), OK);
	CHECK_INT(r.code, 100);
	CHECK_INT(count, 1);
}

TEST(work_may_use_threads)
{
	struct sandbox_result r =
		run(run_threads, NULL, (struct sandbox_limits){ .memory = 64 << 20 });

	CHECK_INT(r.end, SANDBOX_OK);
	CHECK_INT(r.code, 0);
}

static int take_some(const char *at, size_t len, void *arg)
{
	(void)at;
	*(size_t *)arg += len;
	return *(size_t *)arg > 100000;
}

static int take_none(const char *at, size_t len, void *arg)
{
	(void)at;
	(void)len;
	return ++*(int *)arg > 1;
}

TEST(the_caller_can_cancel_by_data_and_by_time)
{
	size_t much = (size_t)1 << 40, got = 0;
	int ticks = 0;
	struct sandbox_job job = {
		.work = write_much, .work_arg = &much, .take = take_some, .take_arg = &got
	};
	struct sandbox_result r;

	CHECK_INT(sandbox_run(&job, &r), OK);
	CHECK_INT(r.end, SANDBOX_CANCELLED);
	job = (struct sandbox_job){ .work = sleep_long, .take = take_none, .take_arg = &ticks };
	CHECK_INT(sandbox_run(&job, &r), OK);
	CHECK_INT(r.end, SANDBOX_CANCELLED);
	CHECK_INT(ticks, 2);
}

TEST(in_steps_the_caller_brings_its_own_pipes)
{
	struct sandbox_job job = { .work = sleep_long };
	struct sandbox s;
	struct sandbox_result r;

	CHECK_INT(sandbox_start(&s, &job), OK);
	sandbox_cancel(&s);
	sandbox_cancel(&s);
	sandbox_wait(&s, &r);
	CHECK_INT(r.end, SANDBOX_CANCELLED);
}

static int mark_ran(int out, void *arg)
{
	(void)!write(out, "ran", 3);
	(void)arg;
	return 0;
}

static int note_any(const char *at, size_t len, void *arg)
{
	(void)at;
	*(size_t *)arg += len;
	return 0;
}

/* Exit code of a process in which no filter can be loaded: 0 if nothing ran then. */
static int without_seccomp(void)
{
	const struct scmp_arg_cmp set_seccomp = { 0, SCMP_CMP_EQ, 22 /* PR_SET_SECCOMP */, 0 };
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_ALLOW);
	if (!f || seccomp_rule_add(f, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(seccomp), 0) != 0 ||
	    seccomp_rule_add_array(f, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(prctl), 1, &set_seccomp) !=
		    0 ||
	    seccomp_load(f) != 0)
		return 77;
	seccomp_release(f);
	size_t came = 0;
	struct sandbox_job job = { .work = mark_ran, .take = note_any, .take_arg = &came };
	struct sandbox_result r = { 0 };
	if (sandbox_run(&job, &r) != OK || r.end != SANDBOX_UNFILTERED || came > 0)
		return 1;
	return strstr(sandbox_text(r.end), "seccomp") ? 0 : 2;
}

TEST(without_seccomp_nothing_runs_and_the_result_says_so)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0)
		_exit(without_seccomp());
	CHECK(waitpid(pid, &status, 0) == pid && WIFEXITED(status));
	if (WEXITSTATUS(status) == 77)
		unit_skip("this kernel refuses seccomp");
	else
		CHECK_INT(WEXITSTATUS(status), 0);
}

TEST(every_end_has_a_sentence)
{
	for (enum sandbox_end end = SANDBOX_OK; end <= SANDBOX_UNFILTERED; end++)
		CHECK(strlen(sandbox_text(end)) > 3);
}
